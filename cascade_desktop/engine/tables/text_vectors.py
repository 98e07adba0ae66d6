"""The lengths of a draft's finished texts, over all rows at once and without writing them out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cascade_desktop.core.template import Bound
from cascade_desktop.core.text_length import Encoding, sms_lengths
from cascade_desktop.engine.tables.cell_vectors import CellVectors, Places, measure_cells

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[Any, Any]

EMPTY, BROKEN, TOO_LONG, MISSING = 1, 2, 3, 4
"""Why a row cannot be finished; from MISSING on, by the place of the name that has no value."""
_ROWS = 65_536
"""Rows counted at a time: what no one waits for any more ends soon, and memory stays small."""


@dataclass(frozen=True, slots=True, eq=False)
class TextVectors:
    """Facts of every row's finished text."""

    units: "Numbers"
    """UTF-16 units."""
    sms_units: "Numbers"
    parts: "Numbers"
    """SMS parts, of rows that can be finished."""
    doubled: "Numbers"
    """Characters that take two units as SMS."""
    is_foreign: "Numbers"
    """Whether it is Unicode as SMS."""
    codes: "Numbers"
    """Why it cannot be finished; 0 where it can."""
    suspects: "Numbers"
    """Whether control syntax may stand in it."""
    missing: tuple[str, ...]
    """The names that codes from MISSING on mean."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a finished text must keep to."""

    limit: int
    may_be_empty: bool


@dataclass(frozen=True, slots=True)
class _Fixed:
    """A text that many rows share; its facts have the names of a column's."""

    facts: CellVectors

    def get(self, fact: str) -> Any:
        return getattr(self.facts, fact)[0]

    def places(self, encoding: Encoding) -> Places:
        return _places(self.facts, encoding)

    def units(self, encoding: Encoding) -> int:
        return int(self.get("chars") + self.get(_DOUBLED[encoding]))


_DOUBLED = {Encoding.GSM7: "extended", Encoding.UCS2: "pairs"}


@dataclass(frozen=True, slots=True)
class _Value:
    """What a placeholder becomes in some of the rows."""

    cells: CellVectors
    fallback: _Fixed | None
    first: int
    end: int

    def get(self, fact: str) -> "Numbers":
        import numpy as np

        own = getattr(self.cells, fact)[self.first : self.end]
        if self.fallback is None:
            return own
        return np.where(self.is_blank, self.fallback.get(fact), own)

    @property
    def is_blank(self) -> "Numbers":
        return self.cells.is_blank[self.first : self.end]


def measure_texts(
    bound: Bound,
    columns: Sequence[CellVectors],
    count: int,
    rules: Rules,
    step: Callable[[], None],
) -> TextVectors:
    """Measure each row's text; ``columns`` holds one column for each placeholder, in order."""
    import numpy as np

    names = tuple(
        dict.fromkeys(one.name for one in bound.template.placeholders if one.fallback is None)
    )
    several = [
        _Slice(bound, columns, first, min(first + _ROWS, count), names).measure(rules, step)
        for first in range(0, max(1, count), _ROWS)
    ]
    return TextVectors(*(np.concatenate(one) for one in zip(*several, strict=True)), missing=names)


class _Slice:
    """Some of the rows."""

    def __init__(
        self,
        bound: Bound,
        columns: Sequence[CellVectors],
        first: int,
        end: int,
        names: Sequence[str],
    ) -> None:
        cells = iter(columns)
        self._first, self._count, self._names = first, end - first, names
        self._pieces: list[_Fixed | _Value] = []
        self._unfilled: list[tuple[str, _Value]] = []
        for piece in bound.template.pieces:
            if isinstance(piece, str):
                self._pieces.append(_fixed(piece))
                continue
            fallback = _fixed(piece.fallback) if piece.fallback else None
            value = _Value(next(cells), fallback, first, end)
            self._pieces.append(value)
            if piece.fallback is None and piece.name:
                self._unfilled.append((piece.name, value))

    def measure(self, rules: Rules, step: Callable[[], None]) -> tuple["Numbers", ...]:
        """Return the facts of a TextVectors."""
        import numpy as np

        step()
        chars, pairs, extended = map(self._sum, ("chars", "pairs", "extended"))
        is_foreign = self._any("is_foreign")
        units, doubled = chars + pairs, np.where(is_foreign, pairs, extended)
        sms_units = chars + doubled
        codes = self._codes(units, rules)
        parts = np.ones(self._count, np.int32)
        for encoding, mine in ((Encoding.GSM7, ~is_foreign), (Encoding.UCS2, is_foreign)):
            single, part = sms_lengths(encoding)
            long = np.flatnonzero(mine & (sms_units > single) & (codes == 0))
            step()
            torn = self._torn(long[doubled[long] > 0], encoding, part)
            length = sms_units[long]
            length[doubled[long] > 0] += torn
            parts[long] = -(-length // part)
        return units, sms_units, parts, doubled, is_foreign, codes, self._suspects()

    def _sum(self, fact: str) -> "Numbers":
        import numpy as np

        total = np.zeros(self._count, np.int32)
        for piece in self._pieces:
            total += piece.get(fact)
        return total

    def _any(self, fact: str) -> "Numbers":
        import numpy as np

        found = np.zeros(self._count, np.bool_)
        for piece in self._pieces:
            found |= piece.get(fact)
        return found

    def _codes(self, units: "Numbers", rules: Rules) -> "Numbers":
        """Return what is wrong with each text, in the order of compose."""
        import numpy as np

        codes = np.where(self._any("is_broken"), np.uint16(BROKEN), np.uint16(0))
        codes[units > rules.limit] = TOO_LONG
        if not rules.may_be_empty:
            blank = np.ones(self._count, np.bool_)
            for piece in self._pieces:
                blank &= piece.get("is_blank")
            codes[blank] = EMPTY
        for name, value in reversed(self._unfilled):
            codes[value.is_blank] = MISSING + self._names.index(name)
        return codes

    def _suspects(self) -> "Numbers":
        """Tell where control syntax may have come together, within a piece or over several."""
        import numpy as np

        found, is_open = np.zeros(self._count, np.bool_), np.zeros(self._count, np.bool_)
        for piece in self._pieces:
            found |= (is_open & piece.get("closes")) | piece.get("holds")
            is_open = (is_open & piece.get("is_within")) | piece.get("opens")
        return found

    def _torn(self, rows: "Numbers", encoding: Encoding, part: int) -> "Numbers":
        """Count the units left empty where a character of two would have been torn."""
        import numpy as np

        before, torn = np.zeros(len(rows), np.int64), np.zeros(len(rows), np.int64)
        if not len(rows):
            return torn
        for piece in self._pieces:
            if isinstance(piece, _Fixed):
                torn += _table(piece, encoding, part)[(before + torn) % part]
                before += piece.units(encoding)
                continue
            if piece.fallback is not None:
                blank = np.flatnonzero(piece.is_blank[rows])
                table = _table(piece.fallback, encoding, part)
                torn[blank] += table[(before[blank] + torn[blank]) % part]
            self._tear_cells(_places(piece.cells, encoding), rows, before, torn, part)
            before += (piece.get("chars") + piece.get(_DOUBLED[encoding]))[rows]
        return torn

    def _tear_cells(
        self, places: Places, rows: "Numbers", before: "Numbers", torn: "Numbers", part: int
    ) -> None:
        """Go through the n-th doubled character of every cell that has so many."""
        import numpy as np

        first, end = np.searchsorted(places.texts, (self._first, self._first + self._count))
        place = np.full(self._count, -1)
        place[rows] = np.arange(len(rows))
        at = place[places.texts[first:end] - self._first]
        starts, many = places.starts[first:end], np.diff(places.starts[first : end + 1])
        starts, many, at = starts[at >= 0], many[at >= 0], at[at >= 0]
        for nth in range(int(many.max()) if len(many) else 0):
            at, starts, many = at[many > nth], starts[many > nth], many[many > nth]
            stands = before[at] + torn[at] + places.offsets[starts + nth]
            torn[at] += stands % part == part - 1


def _places(facts: CellVectors, encoding: Encoding) -> Places:
    return facts.extended_places if encoding is Encoding.GSM7 else facts.pair_places


@lru_cache(maxsize=256)
def _fixed(text: str) -> _Fixed:
    """Read a text; unlike a cell's, its blanks count."""
    facts = measure_cells([text], lambda: None, as_written=True)
    return _Fixed(facts)


@lru_cache(maxsize=256)
def _table(fixed: _Fixed, encoding: Encoding, part: int) -> "Numbers":
    """Return how many units a text leaves empty, by where in a part it begins."""
    import numpy as np

    begins, torn = np.arange(part), np.zeros(part, np.int64)
    for offset in fixed.places(encoding).offsets.tolist():
        torn += (begins + torn + offset) % part == part - 1
    return torn
