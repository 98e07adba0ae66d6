"""What texts are made of, a number a cell: a column is read once, a draft adds the numbers up."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from cascade_desktop.core.template import find_control_syntax
from cascade_desktop.core.text_length import GSM_BASIC, GSM_EXTENDED

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[Any, Any]

_PIECE = 4096
"""Cells read at a time: one call must not keep the other threads waiting."""
_ASTRAL, _EXTENDED, _FOREIGN, _BLANK, _HALF, _PERCENT, _SHUT = (1 << bit for bit in range(7))
_CODE_POINTS = 0x110000
_LAST_BLANK = 0x3000
_WITHIN = r"[A-Za-z0-9_=\u0080-\U0010ffff]"
"""What may stand within the service's control syntax, and more."""
_OPENS, _CLOSES = re.compile(rf"%{_WITHIN}*\Z"), re.compile(rf"{_WITHIN}*%")


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where the characters of two units stand in the texts that hold any."""

    texts: "Numbers"
    """The texts that hold any, in order."""
    starts: "Numbers"
    """Where each of these begins among the offsets, and at last where they end."""
    offsets: "Numbers"
    """Units before the character in its own text."""


@dataclass(frozen=True, slots=True, eq=False)
class CellVectors:
    """Facts of every cell of a column; of one that is blank, as of an empty text."""

    chars: "Numbers"
    pairs: "Numbers"
    """Characters that take two UTF-16 units."""
    extended: "Numbers"
    """Characters that take two units in GSM-7."""
    is_foreign: "Numbers"
    """Whether it is not all GSM-7."""
    is_blank: "Numbers"
    is_broken: "Numbers"
    """Whether it holds half of a character."""
    is_within: "Numbers"
    """Whether control syntax may go on through it."""
    opens: "Numbers"
    """Whether control syntax may begin in it and go on after it."""
    closes: "Numbers"
    """Whether control syntax that began before it may end in it."""
    holds: "Numbers"
    """Whether control syntax stands in it."""
    pair_places: Places
    extended_places: Places


def measure_cells(
    cells: Sequence[str], step: Callable[[], None], *, as_written: bool = False
) -> CellVectors:
    """Read a column; `step` is called now and then, and what it raises ends the work.

    With `as_written` a text of blanks counts as what it is, not as an empty one.
    """
    import numpy as np

    reader = _Reader(np, as_written=as_written)
    several = iter(cells)
    while piece := list(islice(several, _PIECE)):
        step()
        reader.take(piece)
    return reader.done()


class _Reader:
    def __init__(self, np: Any, *, as_written: bool) -> None:
        self._np = np
        self._as_written = as_written
        self._classes = _classes()
        self._facts: list[tuple[Numbers, ...]] = []
        self._places: tuple[list[tuple[Numbers, ...]], ...] = ([], [])
        self._first = 0

    def take(self, cells: list[str]) -> None:
        """Read the next cells."""
        np = self._np
        lengths = np.fromiter(map(len, cells), np.int32, len(cells))
        signs = "".join(cells).encode("utf-32-le", "surrogatepass")
        classes = self._classes[np.frombuffer(signs, np.uint32)]
        ends = np.cumsum(lengths)
        starts = ends - lengths
        present = int(np.bitwise_or.reduce(classes)) if len(classes) else 0

        def count(kind: int) -> "Numbers":
            if not present & kind:
                return np.zeros(len(cells), np.int32)
            sums = np.concatenate(([0], np.cumsum((classes & kind) != 0, dtype=np.int32)))
            return sums[ends] - sums[starts]

        blank = count(_BLANK) == lengths
        filled = np.ones(len(cells), np.bool_) if self._as_written else ~blank
        pairs, extended, percent = (count(kind) * filled for kind in (_ASTRAL, _EXTENDED, _PERCENT))
        opens, closes, holds = self._controls(cells, percent)
        self._facts.append(
            (
                *(lengths * filled, pairs, extended),
                *((count(_FOREIGN) > 0) & filled, blank, count(_HALF) > 0),
                *((count(_SHUT) == 0) | ~filled, opens, closes, holds),
            )
        )
        for found, kind, counts in zip(
            self._places, (_ASTRAL, _EXTENDED), (pairs, extended), strict=True
        ):
            if counts.any():
                found.append(self._places_of(classes, kind, starts, counts))
        self._first += len(cells)

    def done(self) -> CellVectors:
        """Return what was read."""
        np = self._np
        facts = [np.concatenate(one) for one in zip(*self._facts, strict=True)]
        if not facts:
            facts = [np.zeros(0, np.int32)] * 3 + [np.zeros(0, np.bool_)] * 7
        return CellVectors(*facts, *(self._joined(found) for found in self._places))

    def _controls(self, cells: list[str], percent: "Numbers") -> tuple["Numbers", ...]:
        np = self._np
        found = tuple(np.zeros(len(cells), np.bool_) for _ in range(3))
        for at in np.flatnonzero(percent).tolist():
            for flags, tells in zip(found, (_OPENS.search, _CLOSES.match, _holds), strict=True):
                flags[at] = bool(tells(cells[at]))
        return found

    def _places_of(
        self, classes: "Numbers", kind: int, starts: "Numbers", counts: "Numbers"
    ) -> tuple["Numbers", ...]:
        """Return the cells that hold such characters, how many each, and where they stand."""
        np = self._np
        at = np.flatnonzero(classes & kind)
        cell = np.searchsorted(starts, at, side="right") - 1
        # of cells that begin at the same place all but the last are empty
        at, cell = at[counts[cell] > 0], cell[counts[cell] > 0]
        holders = np.flatnonzero(counts)
        many = counts[holders]
        before = np.arange(len(at)) - np.repeat(np.cumsum(many) - many, many)
        return holders + self._first, many, at - starts[cell] + before

    def _joined(self, found: list[tuple["Numbers", ...]]) -> Places:
        np = self._np
        if not found:
            nothing = np.zeros(0, np.int64)
            return Places(nothing, np.zeros(1, np.int64), nothing)
        texts, many, offsets = (np.concatenate(one) for one in zip(*found, strict=True))
        return Places(texts, np.concatenate(([0], np.cumsum(many))), offsets)


def _holds(cell: str) -> str:
    return find_control_syntax(cell)


@lru_cache(maxsize=1)
def _classes() -> "Numbers":
    """Return for every character there is what counting must know of it."""
    import numpy as np

    classes = np.zeros(_CODE_POINTS, np.uint8)
    classes[0x10000:] = _ASTRAL
    classes |= _FOREIGN
    for char in GSM_BASIC | GSM_EXTENDED:
        classes[ord(char)] &= ~_FOREIGN & 0xFF
    for char in GSM_EXTENDED:
        classes[ord(char)] |= _EXTENDED
    for code in range(_LAST_BLANK + 1):
        if chr(code).isspace():
            classes[code] |= _BLANK
    classes[0xD800:0xE000] |= _HALF
    classes[ord("%")] |= _PERCENT
    for code in range(0x80):
        if not re.match(_WITHIN, chr(code)):
            classes[code] |= _SHUT
    return classes
