"""What the command line prints, line by line, and how a command ends before its time."""

import errno
import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict

from cascade_desktop.core.exit_codes import NEEDS_SOMEBODY, UNUSABLE
from cascade_desktop.core.states import CampaignState
from cascade_desktop.engine.journal.values import Counts, Head
from cascade_desktop.ui import wording_cli

_GONE = (errno.EPIPE, errno.EINVAL)
"""What a system says when nobody reads any more; Windows says the second."""


class CommandEndError(Exception):
    """A command cannot go on; ``sentences`` say why, ``exit_code`` for whom."""

    def __init__(self, exit_code: int, *sentences: str, code: str = "") -> None:
        super().__init__(*sentences)
        self.exit_code = exit_code
        self.sentences = sentences
        self.code = code


def unusable(*sentences: str) -> CommandEndError:
    """Return the end of a command whose input cannot be used."""
    return CommandEndError(UNUSABLE, *sentences)


def print_answer(text: str) -> None:
    """Print a line of what was asked for; a reader who has gone has read enough.

    Raises:
        CommandEndError: it could not be written, and there is nothing else that the command does.
    """
    try:
        print(text, flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno not in _GONE:
            sentence = wording_cli.say_not_printed()
            raise CommandEndError(NEEDS_SOMEBODY, sentence, code="NOT_PRINTED") from error


def print_line(text: str) -> None:
    """Print a line; that it cannot be written is no reason to stop sending."""
    with suppress(CommandEndError):
        print_answer(text)


def print_json(line: Mapping[str, object]) -> None:
    """Print one JSON object on a line of its own."""
    print_line(as_json(line))


def as_json(line: Mapping[str, object]) -> str:
    """Return one JSON object as a line."""
    return json.dumps(line, ensure_ascii=False)


def print_sentence(sentence: str) -> None:
    """Tell a person something beside the answer; a full disk that takes it is no reason to end."""
    with suppress(OSError):
        print(sentence, file=sys.stderr, flush=True)


def print_last_json(
    campaign: str, state: CampaignState, reason: str, counts: Counts | None = None
) -> None:
    """Print the last line of a command that sends: where its campaign stands and why."""
    if state is CampaignState.RUNNING:  # as the journal has it when this process broke off
        state = CampaignState.PAUSED
    print_json(
        {
            "campaign": campaign,
            "state": state.value,
            "reason": reason,
            "counts": asdict(counts or Counts()),
        }
    )


def print_unfinished_json(head: Head | None, named: str, reason: str) -> None:
    """Print the last line of a command that came to no end of its own."""
    if head is None:
        print_last_json(named, CampaignState.PAUSED, reason)
    else:
        print_last_json(head.code, head.state, reason or head.reason.value, head.counts)
