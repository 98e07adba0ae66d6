"""How the list is read: which column holds the phones, which sheet, which row of names."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from cascade_desktop.core.table import Table, column_letter
from cascade_desktop.ui.country_box import CountryBox
from cascade_desktop.ui.widgets.banner import Notice
from cascade_desktop.ui.widgets.buttons import PrimaryButton, SecondaryButton
from cascade_desktop.ui.widgets.dialog import Sheet
from cascade_desktop.ui.widgets.fields import NumberField

SAMPLES, SAMPLE_ROWS = 3, 200
SAMPLE_LONGEST = 24
HEADER_MOST = 1000
TYPED = "typed"


@dataclass(frozen=True, slots=True)
class ReadingChoice:
    """What the operator says about how to read a list; None leaves it as it is."""

    sheet: str | None
    header_row: int | None
    """The sheet's own number of the row with the column names; 0 for "there is none"."""
    phone_column: int | None
    """None also where the file must be read again: its columns may be others then."""
    country: str


class ColumnBox(QComboBox):
    """Choose a column by its name and what stands in it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class ReadingDialog(Sheet):
    """Asks how a list is to be read; a sentence on top says why, if something stopped."""

    chosen = Signal(object)
    """Emits a ReadingChoice."""

    def __init__(
        self, table: Table, column: int | None, country: str, sentence: str, parent: QWidget
    ) -> None:
        super().__init__("", parent, width_px=600)
        self._table = table
        self.set_title(self.tr("How shall we read this list?"))
        self.column_box = ColumnBox()
        self.country_box = CountryBox(country)
        self.sheet_box = ColumnBox()
        self.header_box = NumberField()
        self._fill(column)
        if sentence:
            self.body.addWidget(Notice(sentence, tone="amber"))
        self._lay_out()
        self.back_button = SecondaryButton(self.tr("&Back"))
        self.read_button = PrimaryButton(self.tr("&Read it like this"))
        self.add_button(self.back_button)
        self.add_button(self.read_button, default=True)
        self.back_button.clicked.connect(self.reject)
        self.read_button.clicked.connect(self._choose)
        self.sheet_box.currentIndexChanged.connect(self._show_rereading)
        self.header_box.valueChanged.connect(self._show_rereading)
        self._show_rereading()

    @property
    def choice(self) -> ReadingChoice:
        """Return what is chosen at the moment."""
        source = self._table.source
        sheet = self.sheet_box.currentText() if self.sheet_box.count() else source.sheet
        row = self.header_box.value()
        again = self._must_read_again()
        return ReadingChoice(
            sheet=sheet if again and sheet else None,
            header_row=row if row != (source.header_row or 0) else None,
            phone_column=None if again else self.column_box.currentData(),
            country=self.country_box.country,
        )

    def _must_read_again(self) -> bool:
        source = self._table.source
        other_sheet = self.sheet_box.count() > 0 and self.sheet_box.currentText() != source.sheet
        return other_sheet or self.header_box.value() != (source.header_row or 0)

    def _choose(self) -> None:
        choice = self.choice
        self.accept()
        self.chosen.emit(choice)

    def _show_rereading(self) -> None:
        """Columns of another sheet are not known yet: they are found when it is read."""
        again = self._must_read_again()
        self.column_box.setEnabled(not again)
        self._again_label.setVisible(again)

    def _fill(self, column: int | None) -> None:
        table, source = self._table, self._table.source
        for at in range(len(table.columns)):
            if at not in table.hidden_columns:
                self.column_box.addItem(self._column_text(at), at)
        self.column_box.setCurrentIndex(max(0, self.column_box.findData(column)))
        if len(source.sheets) > 1:
            self.sheet_box.addItems(list(source.sheets))
            self.sheet_box.setCurrentText(source.sheet)
        self.header_box.setRange(0, HEADER_MOST)
        self.header_box.setSpecialValueText(self.tr("no column names"))
        self.header_box.setValue(source.header_row or 0)

    def _column_text(self, at: int) -> str:
        """Return a column's letter and name, and the first cells that are not empty."""
        head = self._table.columns[at][:SAMPLE_ROWS]
        cells = [" ".join(cell.split())[:SAMPLE_LONGEST] for cell in head if cell.strip()]
        name = " · ".join(part for part in (column_letter(at), self._table.names[at]) if part)
        return f"{name}: {', '.join(cells[:SAMPLES])}" if cells else name

    def _lay_out(self) -> None:
        self._again_label = QLabel(
            self.tr("The list is read again, and the column of phones is looked for.")
        )
        self._again_label.setProperty("role", "muted")
        self._again_label.setWordWrap(True)
        self._add(self.tr("&Phones are in the column"), self.column_box)
        self._add(self.tr("Numbers without a country code are &from"), self.country_box)
        if self._table.source.kind != TYPED:
            if self.sheet_box.count():
                self._add(self.tr("&Sheet"), self.sheet_box)
            self._add(self.tr("&Column names are in row"), self.header_box)
        self.body.addWidget(self._again_label)

    def _add(self, name: str, field: QWidget) -> None:
        label = QLabel(name)
        label.setProperty("role", "field-label")
        label.setBuddy(field)
        field.setAccessibleName(name.replace("&", ""))
        self.body.addWidget(label)
        self.body.addWidget(field)
