"""The first rows of a list as they would be read."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from cascade_desktop.core.table import Table, column_letter
from cascade_desktop.ui.theme import ui_font
from cascade_desktop.ui.widgets.table import AnyIndex, CellDelegate

ROWS, COLUMNS = 4, 12
ROW_PX = 34
LONGEST = 60
WIDEST_PX = 220
NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
AFTER_NUMBERS = 1
"""The first column holds the sheet's own row numbers."""


class _PreviewDelegate(CellDelegate):
    """Draws cells in the font they were given, which a grid of ten thousand rows has no use for."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the ground and the words."""
        font = index.data(Qt.ItemDataRole.FontRole)
        if isinstance(font, QFont):
            option.font = font
        super().paint(painter, option, index)


class FirstRows(QTableWidget):
    """Shows a few rows under their column names; the column of phones is bold."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("The first rows as they will be read"))
        self.setFont(ui_font(tabular=True))
        self.setItemDelegate(_PreviewDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        names = self.horizontalHeader()
        names.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        names.setSectionsClickable(False)
        names.setStretchLastSection(True)
        names.setMaximumSectionSize(WIDEST_PX)
        self._shown: list[int] = []

    def show_table(self, table: Table, phones: int | None) -> None:
        """Show a table's first rows with the sheet's own row numbers."""
        columns = [at for at in range(len(table.columns)) if at not in table.hidden_columns]
        self._shown = columns[:COLUMNS]
        rows = min(ROWS, len(table))
        self.setColumnCount(AFTER_NUMBERS + len(self._shown))
        self.setRowCount(rows)
        names = [table.names[at] or column_letter(at) for at in self._shown]
        self.setHorizontalHeaderLabels(["", *(name[:LONGEST] for name in names)])
        above_numbers = QTableWidgetItem(self.tr("Row"))
        above_numbers.setTextAlignment(NUMBER)
        self.setHorizontalHeaderItem(0, above_numbers)
        for row in range(rows):
            number = QTableWidgetItem(str(table.row_numbers[row]))
            number.setTextAlignment(NUMBER)
            self.setItem(row, 0, number)
            for place, at in enumerate(self._shown, AFTER_NUMBERS):
                cell = " ".join(table.columns[at][row].split())[:LONGEST]
                self.setItem(row, place, QTableWidgetItem(cell))
        self.mark_phones(phones)
        self.resizeColumnsToContents()
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + ROW_PX * rows + 2)
        self.setVisible(rows > 0)

    def mark_phones(self, phones: int | None) -> None:
        """Show which column holds the phones."""
        for place, at in enumerate(self._shown, AFTER_NUMBERS):
            weight = QFont.Weight.DemiBold if at == phones else QFont.Weight.Normal
            for row in range(self.rowCount()):
                cell = self.item(row, place)
                if cell is not None:
                    cell.setFont(ui_font(weight=weight, tabular=True))
