"""The first rows of a list as they would be read."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from cascade_desktop.core.table import Table, column_letter

ROWS, COLUMNS = 4, 12
ROW_PX = 30
LONGEST = 60
WIDEST_PX = 220


class FirstRows(QTableWidget):
    """Shows a few rows under their column names; the column of phones is bold."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("The first rows as they will be read"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(False)
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setMaximumSectionSize(WIDEST_PX)
        self._shown: list[int] = []
        self._items: dict[tuple[int, int], QTableWidgetItem] = {}

    def show_table(self, table: Table, phones: int | None) -> None:
        """Show a table's first rows with the sheet's own row numbers."""
        columns = [at for at in range(len(table.columns)) if at not in table.hidden_columns]
        self._shown = columns[:COLUMNS]
        rows = min(ROWS, len(table))
        self.setColumnCount(len(self._shown))
        self.setRowCount(rows)
        names = [table.names[at] or column_letter(at) for at in self._shown]
        self.setHorizontalHeaderLabels([name[:LONGEST] for name in names])
        self.setVerticalHeaderLabels([str(table.row_numbers[row]) for row in range(rows)])
        for place, at in enumerate(self._shown):
            for row in range(rows):
                cell = " ".join(table.columns[at][row].split())[:LONGEST]
                item = self._items[row, place] = QTableWidgetItem(cell)
                self.setItem(row, place, item)
        self.mark_phones(phones)
        self.resizeColumnsToContents()
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + ROW_PX * rows + 4)
        self.setVisible(rows > 0)

    def mark_phones(self, phones: int | None) -> None:
        """Show which column holds the phones."""
        bold = self.font()
        bold.setBold(True)
        for place, at in enumerate(self._shown):
            for row in range(self.rowCount()):
                self._items[row, place].setFont(bold if at == phones else self.font())
