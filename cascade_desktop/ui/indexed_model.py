"""A table model that shows some of its rows: an index array instead of a proxy.

At a million rows QSortFilterProxyModel takes seconds for a filter, an index array milliseconds.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

ROOT = QModelIndex()
AnyIndex = QModelIndex | QPersistentModelIndex
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_RUNS_MOST = 64
"""More separate pieces than these coming or going are shown as a new list at once."""


class IndexedModel(QAbstractTableModel):
    """Shows those of its rows that `_wanted` marks; subclasses own the rows."""

    def __init__(self) -> None:
        super().__init__()
        self._shown = np.empty(0, np.int64)
        self._mask = np.empty(0, np.bool_)
        self._watched = (0, 2**31)

    def watch(self, first: int, last: int) -> None:
        """Learn which lines are on the screen: changes of others need no repainting."""
        self._watched = (first, last)

    def rowCount(self, parent: AnyIndex = ROOT) -> int:
        """Count the rows that are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def _wanted(self) -> "np.ndarray[Any, np.dtype[np.bool_]]":
        """Return for every row whether it is to be shown."""
        raise NotImplementedError

    def _grow(self, count: int) -> None:
        """Make room for new rows at the end, not shown until `_refresh`."""
        self._mask = np.concatenate([self._mask, np.zeros(count, np.bool_)])

    def _refresh(self) -> None:
        """Show what is wanted now: rows come and go in as few pieces as they lie in."""
        mask = self._wanted()
        fresh = np.flatnonzero(mask)
        gone = np.flatnonzero(~mask[self._shown])
        come = np.flatnonzero(~self._mask[fresh])
        if _count_runs(gone) + _count_runs(come) > _RUNS_MOST:
            self._show_anew(mask)
            return
        self._mask = mask
        for first, last in reversed(list(_runs(gone))):
            self.beginRemoveRows(ROOT, first, last)
            self._shown = np.delete(self._shown, slice(first, last + 1))
            self.endRemoveRows()
        for first, last in _runs(come):
            self.beginInsertRows(ROOT, first, last)
            self._shown = np.insert(self._shown, first, fresh[first : last + 1])
            self.endInsertRows()

    def _show_anew(self, mask: "np.ndarray[Any, np.dtype[np.bool_]]") -> None:
        """Show these rows as a new list."""
        self.beginResetModel()
        self._mask = mask
        self._shown = np.flatnonzero(mask)
        self.endResetModel()

    def _tell(self, touched: "np.ndarray[Any, np.dtype[np.int64]]") -> None:
        """Emit one change for the rows among these that are shown and watched."""
        lines = np.searchsorted(self._shown, touched[self._mask[touched]])
        lines = lines[(lines >= self._watched[0]) & (lines <= self._watched[1])]
        if len(lines):
            first = self.index(int(lines.min()), 0)
            self.dataChanged.emit(first, self.index(int(lines.max()), self.columnCount() - 1))

    def _tell_all(self) -> None:
        """Emit that every word may have changed."""
        last = self.columnCount() - 1
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, last))


def _count_runs(places: Any) -> int:
    """Count the unbroken stretches of ascending numbers."""
    return int(np.count_nonzero(np.diff(places) > 1)) + 1 if len(places) else 0


def _runs(places: Any) -> Iterator[tuple[int, int]]:
    """Yield the first and last of each unbroken stretch of ascending numbers."""
    if len(places):
        breaks = np.flatnonzero(np.diff(places) > 1)
        starts = np.concatenate([places[:1], places[breaks + 1]])
        ends = np.concatenate([places[breaks], places[-1:]])
        yield from zip(starts.tolist(), ends.tolist(), strict=True)
