"""What an administrator reads in the log about a campaign: codes, sizes, reasons, nobody."""

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict

from cascade_desktop.engine.journal.values import Counts
from cascade_desktop.engine.sender import Sender
from cascade_desktop.engine.sending import Ending, Progress, Report

_log = logging.getLogger(__name__)


async def run_logged(sender: Sender, code: str, report: Report) -> Ending:
    """Run a campaign as `Sender.run` does, and note every batch, wait and end."""

    def note(progress: Progress) -> None:
        _note(progress)
        report(progress)

    _log.info("campaign %s: begins", code)
    try:
        ending = await sender.run(code, note)
    except BaseException as error:
        _log.warning("campaign %s: broken off by %s", code, type(error).__name__)
        raise
    _log.info(
        "campaign %s: %s, %s; %s",
        code,
        ending.state.value,
        ending.reason.value,
        _say(_counted(ending.counts)),
    )
    return ending


def _note(progress: Progress) -> None:
    code, reason = progress.campaign, progress.reason.value
    if progress.waiting_s:
        _log.info("campaign %s: waits %.1f s, %s", code, progress.waiting_s, reason)
        return
    states = Counter(change.state.value for change in progress.changes)
    _log.info(
        "campaign %s: batch %s of %s, %s, %s",
        code,
        progress.batch,
        len(progress.changes),
        _say(states),
        reason,
    )
    _log.debug("campaign %s: so far %s", code, _say(_counted(progress.counts)))


def _counted(counts: Counts) -> dict[str, int]:
    return {name: count for name, count in asdict(counts).items() if count}


def _say(counts: Mapping[str, int]) -> str:
    return " ".join(f"{name}={count}" for name, count in counts.items()) or "nothing"
