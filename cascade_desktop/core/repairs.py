"""Rows of one kind that can be mended together, because each of them can mean only one number."""

from collections.abc import Mapping
from enum import StrEnum

from cascade_desktop.core.reading_problems import (
    LetterInPhone,
    PhoneProblem,
    PlusNeeded,
    WordsBesidePhone,
)
from cascade_desktop.core.recipients import Recipients


class Repair(StrEnum):
    """What is wrong with all rows of a kind."""

    LETTER = "letter"
    """A letter that looks like a digit stands among the digits."""
    WORDS = "words"
    """Words stand beside the number, a name from a chat for example."""
    PLUS = "plus"
    """The number is only accepted when it is written with its country's code."""


Repairs = Mapping[Repair, Mapping[int, str]]
"""The rows of each kind: row number of the sheet → the number that it means."""


def find_repairs(recipients: Recipients) -> Repairs:
    """Return what can be mended together.

    A number that can be two people's is never among them.
    """
    found: dict[Repair, dict[int, str]] = {}
    numbers = recipients.table.row_numbers
    for row, problem in recipients.problems.items():
        kind, phone = _repair_of(problem)
        if kind is not None:
            found.setdefault(kind, {})[numbers[row]] = phone
    return found


def _repair_of(problem: PhoneProblem) -> tuple[Repair | None, str]:
    match problem:
        case LetterInPhone(suggestion=phone) if phone:
            return Repair.LETTER, phone
        case WordsBesidePhone(suggestion=phone) if phone:
            return Repair.WORDS, phone
        case PlusNeeded(phone):
            return Repair.PLUS, phone
        case _:
            return None, ""
