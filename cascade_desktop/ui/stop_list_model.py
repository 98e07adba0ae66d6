"""The rows of the “Do not message” list: number, date, reason; a search among any many."""

from typing import Any

import numpy as np
from PySide6.QtCore import QDate, QLocale, Qt

from cascade_desktop.core.numbering import show_phone
from cascade_desktop.core.stop_list import Stopped
from cascade_desktop.ui.indexed_model import ROOT, AnyIndex, IndexedModel
from cascade_desktop.ui.row_search import SearchText, phone_digits


class StopListModel(IndexedModel):
    """One line a number, the latest first."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[Stopped, ...] = ()
        self._search = SearchText()
        self._needle = ""

    def show_list(self, entries: tuple[Stopped, ...], search: SearchText) -> None:
        """Show another state of the list; the search stays."""
        self.beginResetModel()
        self._entries, self._search = entries, search
        self._mask = self._wanted()
        self._shown = np.flatnonzero(self._mask)
        self.endResetModel()

    def search(self, text: str) -> None:
        """Show only rows whose number or reason holds a text; "" is all."""
        if text.strip() != self._needle:
            self._needle = text.strip()
            self._refresh()

    def entry(self, row: int) -> Stopped:
        """Return what a line shows."""
        return self._entries[self._shown[row]]

    def retranslate(self) -> None:
        """Say everything again in the language of now."""
        self._tell_all()

    def columnCount(self, parent: AnyIndex = ROOT) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(self._titles())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Name a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles()[section]
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words; the tip has a long reason whole."""
        if not index.isValid() or not 0 <= index.row() < len(self._shown):
            return None
        entry = self.entry(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return (show_phone(entry.phone), _day(entry), entry.reason)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return entry.reason or None
        return None

    def _titles(self) -> tuple[str, str, str]:
        return self.tr("Phone"), self.tr("Since"), self.tr("Reason")

    def _wanted(self) -> "np.ndarray[Any, np.dtype[np.bool_]]":
        mask = np.zeros(len(self._entries), np.bool_)
        if not self._needle:
            mask[:] = True
            return mask
        needle = self._needle.casefold()
        digits = phone_digits(needle)
        mask[self._search.find(needle)] = True
        if digits:
            mask[self._search.find(digits)] = True
        return mask


def _day(entry: Stopped) -> str:
    local = entry.added_at.astimezone()
    day = QDate(local.year, local.month, local.day)
    return QLocale().toString(day, QLocale.FormatType.ShortFormat)
