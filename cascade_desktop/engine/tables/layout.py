"""Lay a worksheet's hidden columns and merged ranges over its cells, in time that is bounded."""

from collections.abc import Iterable, Sequence

from cascade_desktop.core.reading_problems import FileFault
from cascade_desktop.core.table import TextColumn
from cascade_desktop.engine.tables.grid import MOST_LETTERS, Grid
from cascade_desktop.engine.tables.unreadable import refuse

Merged = tuple[int, int, int]
"""Column, first and last row of a range."""


def columns_within(spans: Iterable[tuple[int, int]], width: int) -> frozenset[int]:
    """Return the columns of spans (first, behind the last) that may overlap.

    >>> sorted(columns_within([(1, 3), (0, 2), (7, 99)], 9))
    [0, 1, 2, 7, 8]
    """
    found: list[int] = []
    behind = 0
    for first, last in sorted(spans):
        found.extend(range(max(first, behind), min(last, width)))
        behind = max(behind, last)
    return frozenset(found)


def fill_merged(grid: Grid, merged: Iterable[Merged]) -> None:
    """Give each row of a merged range its value; of ranges that overlap, the first counts."""
    ranges = sorted(merged)
    places = {number: index for index, number in enumerate(grid.row_numbers)} if ranges else {}
    changed: dict[int, list[str]] = {}
    column, filled, letters = -1, 0, 0
    for place, first, last in ranges:
        filled = filled if place == column else 0
        column = place
        if place >= len(grid.columns) or last <= first or first <= filled:
            continue
        filled = last
        if first in places:
            cells = changed.get(place) or changed.setdefault(place, list(grid.columns[place]))
            letters += _fill_down(grid.row_numbers, cells, places[first], last)
        if letters > MOST_LETTERS:
            refuse(FileFault.TOO_BIG, count=letters, limit=MOST_LETTERS)
    for place, cells in changed.items():
        grid.columns[place] = TextColumn.of(cells)


def _fill_down(numbers: Sequence[int], cells: list[str], start: int, last: int) -> int:
    """Fill the empty cells below one; returns how many letters that made."""
    value, filled = cells[start], 0
    if not value:
        return 0
    for index in range(start + 1, len(cells)):
        if numbers[index] > last:
            break
        if not cells[index]:
            cells[index] = value
            filled += 1
    return filled * len(value)
