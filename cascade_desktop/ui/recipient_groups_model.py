"""Which group each row of a list is in, as arrays: a million rows are counted in milliseconds."""

from enum import StrEnum
from typing import Any

import numpy as np

from cascade_desktop.core.composition import Composition
from cascade_desktop.core.recipients import Recipients
from cascade_desktop.core.verdicts import ORDER


class Group(StrEnum):
    """What becomes of a row for the message as it stands; each row is in exactly one."""

    TO_FIX = "to_fix"
    DUPLICATE = "duplicate"
    STOPPED = "stopped"
    LEFT_OUT = "left_out"
    NO_CONSENT = "no_consent"
    HIDDEN = "hidden"
    BLANK = "blank"
    READY = "ready"


GROUPS = tuple(Group)
CODE = {group: code for code, group in enumerate(GROUPS)}
_OF_VERDICT = np.array([CODE[Group(verdict.value)] for verdict in ORDER], np.uint8)
"""A verdict's code -> its group's."""


def verdict_codes(recipients: Recipients) -> "np.ndarray[Any, np.dtype[np.uint8]]":
    """Return each row's group by its verdict alone."""
    return _OF_VERDICT[np.frombuffer(recipients.verdicts.codes, np.uint8)]


def with_composition(
    verdicts: "np.ndarray[Any, np.dtype[np.uint8]]", composition: Composition | None
) -> "np.ndarray[Any, np.dtype[np.uint8]]":
    """Return each row's group, with what a message's own faults change about it."""
    codes = verdicts.copy()
    if composition is not None:
        codes[list(composition.faults)] = CODE[Group.TO_FIX]
        codes[list(composition.doubles)] = CODE[Group.DUPLICATE]
        codes[list(composition.unagreed)] = CODE[Group.NO_CONSENT]
        codes[list(composition.rows)] = CODE[Group.READY]
    return codes


def differing(
    recipients: Recipients, composition: Composition | None
) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """Return for every row whether its number has several different messages."""
    marked = np.zeros(len(recipients.phones), np.bool_)
    if composition is not None and composition.shared:
        rows = (*composition.rows, *composition.doubles)
        shared = [row for row in rows if recipients.phones[row] in composition.shared]
        marked[shared] = True
    return marked


def decided(before: Recipients, now: Recipients) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """Return for every row whether the operator decided about it between two readings."""
    old, new = before.choice, now.choice
    rows = set(old.left_out ^ new.left_out)
    if old.edits is not new.edits:
        rows |= {row for row, _ in old.edits.items() ^ new.edits.items()}
    numbers = now.table.row_numbers
    stopped = CODE[Group.STOPPED]
    moved = (verdict_codes(before) == stopped) != (verdict_codes(now) == stopped)
    if not rows:
        return moved
    return moved | np.isin(np.fromiter(numbers, np.int64, len(numbers)), sorted(rows))
