"""What is not finished yet, and when it may go on by itself: the service answers again (R10)."""

from datetime import datetime, timedelta
from pathlib import Path

from cascade_desktop.core.campaign_file import Campaign, read_campaign
from cascade_desktop.core.drafts import stale_after_s
from cascade_desktop.core.states import CampaignState, Reason
from cascade_desktop.engine.batching import LONGEST_AWAY
from cascade_desktop.engine.client import Client
from cascade_desktop.engine.journal.schema import (
    DamagedJournalError,
    NewerJournalError,
    UnwritableJournalError,
)
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.journal.values import Head
from cascade_desktop.engine.waits import Waits

ASK_EVERY_S = 60.0
PASSING = frozenset(
    {Reason.NO_CONNECTION, Reason.SLOW_CONNECTION, Reason.PROXY_DOWN, Reason.SERVER_BUSY}
)
"""Why a campaign pauses that may be over by itself; nothing of it was handed over."""


def is_unfinished(head: Head) -> bool:
    """Tell whether a campaign was interrupted or left something to decide."""
    waits = head.state is not CampaignState.STOPPED and head.counts.ready > 0
    return waits or head.counts.sending > 0 or head.undecided > 0


def unfinished_in(folder: Path) -> Head | None:
    """Return the latest campaign of a folder that is not finished, without opening it for work.

    None also where nobody can tell: who opens the folder is told what is wrong with it.
    """
    try:
        journal = Journal(folder, readonly=True)
    except (OSError, DamagedJournalError, NewerJournalError, UnwritableJournalError):
        return None
    try:
        return next(filter(is_unfinished, journal.heads()), None)
    except (DamagedJournalError, UnwritableJournalError):
        return None
    finally:
        journal.close()


def comes_back_until(head: Head, now: datetime) -> datetime | None:
    """Return until when a campaign that just paused may go on by itself; None where it may not.

    Whoever comes back later is asked, and a call or a code is not worth sending that long.
    """
    if head.state is not CampaignState.PAUSED or head.reason not in PASSING:
        return None
    campaign = read_campaign(head.draft)
    stale_s = stale_after_s(campaign.draft) if isinstance(campaign, Campaign) else None
    return now + (LONGEST_AWAY if stale_s is None else timedelta(seconds=stale_s))


async def wait_for_service(client: Client, waits: Waits, until: datetime) -> bool:
    """Ask once a minute, sending nothing, until the service answers; False when it is too late.

    By the wall clock: a computer that slept meanwhile does not go on in the night.
    """
    while waits.now() < until:
        await waits.wait(ASK_EVERY_S)
        check = await client.check_keys()
        if waits.now() < until and (check.is_right or check.is_wrong):
            return True
    return False
