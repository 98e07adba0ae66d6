"""What can be done about a row of a list with one press."""

from enum import StrEnum

from cascade_desktop.core.numbering import show_phone
from cascade_desktop.core.reading_problems import (
    AmbiguousPhone,
    LetterInPhone,
    PhoneProblem,
    PlusNeeded,
    TwoPhones,
    WordsBesidePhone,
)
from cascade_desktop.core.recipients import Recipients
from cascade_desktop.ui.recipient_groups_model import Group
from cascade_desktop.ui.wording_recipients import say_leave_out, say_take_back


class Act(StrEnum):
    """What a press on a row can do."""

    USE = "use"
    LEAVE_OUT = "leave_out"
    TAKE_BACK = "take_back"


Action = tuple[Act, str, str]
"""What a press does, its words, and the phone that it is about."""


def row_actions(recipients: Recipients, place: int, group: Group) -> tuple[Action, ...]:
    """Return the buttons of a row."""
    match group:
        case Group.TO_FIX:
            phones = _suggested(recipients.problems.get(place))
            return tuple((Act.USE, show_phone(phone), phone) for phone in phones)
        case Group.READY:
            return ((Act.LEAVE_OUT, say_leave_out(), ""),)
        case Group.LEFT_OUT:
            return ((Act.TAKE_BACK, say_take_back(), ""),)
        case _:
            return ()


def row_menu(recipients: Recipients, place: int, group: Group) -> tuple[Action, ...]:
    """Return what the row's own menu offers: its buttons, and to leave it out."""
    actions = row_actions(recipients, place, group)
    if group is Group.TO_FIX:
        actions += ((Act.LEAVE_OUT, say_leave_out(), ""),)
    return actions


def _suggested(problem: PhoneProblem | None) -> tuple[str, ...]:
    """Return the numbers that a cell may have meant."""
    match problem:
        case TwoPhones(phones) | AmbiguousPhone(phones):
            return phones
        case PlusNeeded(phone) if phone:
            return (phone,)
        case LetterInPhone(suggestion=phone) | WordsBesidePhone(phone) if phone:
            return (phone,)
        case _:
            return ()
