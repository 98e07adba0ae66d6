"""Which group each row of a list is in, as arrays: a million rows are counted in milliseconds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any

import numpy as np

from cascade_desktop.core.composition import Composition
from cascade_desktop.core.recipients import Recipients
from cascade_desktop.core.rows import RowCodes, RowList
from cascade_desktop.core.verdicts import ORDER

Codes = np.ndarray[Any, np.dtype[np.uint8]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
_PIECE = 16_384


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


@dataclass(frozen=True, slots=True, eq=False)
class RowGroups:
    """The group of every row; made off the screen's thread, for a million rows take a while."""

    recipients: Recipients
    composition: Composition | None
    """The message, where there is one that could be written out."""
    verdicts: Codes
    """Each row's group by its verdict alone."""
    codes: Codes
    """Each row's group, with what a message's own faults change about it."""
    differing: Flags
    """Whether a row's number has several different messages."""


def verdict_codes(recipients: Recipients) -> Codes:
    """Return each row's group by its verdict alone."""
    return _OF_VERDICT[np.frombuffer(recipients.verdicts.codes, np.uint8)]


def group_rows(recipients: Recipients, composition: Composition | None = None) -> RowGroups:
    """Find the group of every row."""
    verdicts = verdict_codes(recipients)
    codes, differing = verdicts.copy(), np.zeros(len(verdicts), np.bool_)
    if composition is not None:
        _mark(codes, composition.faults, CODE[Group.TO_FIX])
        _mark(codes, composition.doubles, CODE[Group.DUPLICATE])
        _mark(codes, composition.unagreed, CODE[Group.NO_CONSENT])
        _mark(codes, composition.rows, CODE[Group.READY])
        _mark(differing, _sharing(recipients, composition), 1)
    return RowGroups(recipients, composition, verdicts, codes, differing)


def _mark(marked: "np.ndarray[Any, Any]", rows: Iterable[int], value: int) -> None:
    """Write a value at these rows, some at a time: other threads must not wait for a million."""
    if isinstance(rows, RowList):
        marked[np.asarray(rows.places)] = value
        return
    if isinstance(rows, RowCodes):
        marked[np.asarray(rows.codes) != 0] = value
        return
    several = iter(rows)
    while piece := list(islice(several, _PIECE)):
        marked[piece] = value


def _sharing(recipients: Recipients, composition: Composition) -> Iterator[int]:
    """Yield the rows whose number has several messages: it stands in several rows."""
    if composition.shared:
        several = recipients.duplicate_of
        for row in {*several, *several.values()}:
            told = row in composition.rows or row in composition.doubles
            if told and recipients.phones[row] in composition.shared:
                yield row


def decided(before: Recipients, now: Recipients) -> Flags:
    """Return for every row whether the operator decided about it between two readings."""
    old, new = before.choice, now.choice
    rows = set(old.left_out ^ new.left_out)
    if old.edits is not new.edits:
        rows |= {row for row, _ in old.edits.items() ^ new.edits.items()}
    stopped = CODE[Group.STOPPED]
    flags = (verdict_codes(before) == stopped) != (verdict_codes(now) == stopped)
    places = map(now.table.index_of, rows)
    _mark(flags, (place for place in places if place is not None), 1)
    return flags
