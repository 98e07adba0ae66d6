"""How a list is read, each part with a way to change it, over its first rows as they would be."""

from html import escape
from itertools import islice

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from cascade_desktop.core.columns import find_phone_column
from cascade_desktop.core.consent import count_consent, find_consent_column, may_say_consent
from cascade_desktop.core.reading_problems import (
    ColumnProblem,
    DuplicateHeader,
    SeveralPhoneColumns,
)
from cascade_desktop.core.recipients import Choice
from cascade_desktop.core.table import Source, Table, column_letter
from cascade_desktop.ui.column_box import BETWEEN, ColumnBox
from cascade_desktop.ui.country_box import CountryBox
from cascade_desktop.ui.encoding_question import EncodingQuestion
from cascade_desktop.ui.first_rows import FirstRows
from cascade_desktop.ui.reading_choice import (
    DELIMITED,
    ONE_COLUMN,
    TYPED,
    ReadingChoice,
    may_be_misread,
)
from cascade_desktop.ui.widgets.banner import Notice
from cascade_desktop.ui.widgets.buttons import PrimaryButton, SecondaryButton
from cascade_desktop.ui.widgets.dialog import Sheet
from cascade_desktop.ui.widgets.fields import NumberField
from cascade_desktop.ui.widgets.sentence import Sentence
from cascade_desktop.ui.wording_reading import say_consent, say_separator

SAMPLES, SAMPLE_ROWS = 3, 200
SAMPLE_LEAST, SAMPLE_CELLS = 20, 200_000
"""Of a very wide list fewer rows are looked at."""
SAMPLE_LONGEST = 24
HEADER_MOST = 1000
SHEET_PX = 820
LOOK_AFTER_MS = 250
SEPARATORS = (";", ",", "\t", "|", ONE_COLUMN)


class ReadingDialog(Sheet):
    """Asks how a list is to be read; a sentence on top says why, if something stopped."""

    chosen = Signal(object)
    """Emits a ReadingChoice."""
    look_wanted = Signal(object)
    """Emits a ReadingChoice for which the first rows shall be shown."""
    samples_wanted = Signal(tuple)
    """Emits encodings in which the names shall be shown by `encoding_question`."""

    def __init__(
        self,
        table: Table,
        column: int | None,
        choice: Choice,
        sentence: str,
        parent: QWidget,
        *,
        asks_consent: bool = True,
        proposes: bool = True,
    ) -> None:
        super().__init__("", parent, width_px=SHEET_PX)
        self._table = self._whole = table
        self._source: Source = table.source
        self._agreed = choice.consent_column is not None
        self._asks_consent = asks_consent
        self._proposes = proposes
        self._looked = ReadingChoice(None, None, None, choice.country)
        self.set_title(self.tr("How shall we read this list?"))
        self.column_box = ColumnBox()
        self.country_box = CountryBox(choice.country)
        self.sheet_box = ColumnBox()
        self.header_box = NumberField()
        self.consent_box = ColumnBox()
        self.separator_box = ColumnBox()
        self.encoding_question = EncodingQuestion(table, choice.country)
        self.first_rows = FirstRows()
        self._problem_notice = Notice(tone="amber")
        self._consent_words = Sentence(role="muted")
        self.back_button = SecondaryButton(self.tr("&Back"))
        self.read_button = PrimaryButton(self.tr("&Read it like this"))
        self._timer = QTimer(self, singleShot=True, interval=LOOK_AFTER_MS)
        if sentence:
            self.body.addWidget(Notice(escape(sentence), tone="amber"))
        self.column_box.setPlaceholderText(self.tr("Choose the column"))
        self._fill_file()
        self._fill_columns(column, choice.consent_column)
        self._lay_out()
        self._wire()

    @property
    def choice(self) -> ReadingChoice:
        """Return what is chosen at the moment."""
        source = self._source
        sheet = self.sheet_box.currentText() if self.sheet_box.count() else source.sheet
        row, separator = self.header_box.value(), self.separator_box.currentData()
        encoding = self.encoding_question.encoding
        return ReadingChoice(
            sheet=sheet if sheet != source.sheet else None,
            header_row=row if row != (source.header_row or 0) else None,
            phone_column=self.column_box.currentData(),
            country=self.country_box.country,
            encoding=encoding if encoding != source.encoding else None,
            separator=separator if separator != (source.separator or ONE_COLUMN) else None,
            consent_column=self.consent_box.currentData(),
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Ask about the letters at once where there is doubt."""
        super().showEvent(event)
        if may_be_misread(self._source):
            self.encoding_question.begin()

    def show_look(self, wanted: ReadingChoice, table: Table) -> None:
        """Show the first rows as they would be read, and the column of phones found in them."""
        if not self._is_about(wanted):
            return
        self._table, self._looked = table, wanted
        self._problem_notice.hide()
        self._fill_columns(None, find_consent_column(table) if self._agreed else None)

    def show_problem(self, wanted: ReadingChoice, sentence: str) -> None:
        """Say why the list cannot be read like this."""
        if self._is_about(wanted):
            self._problem_notice.set_html(escape(sentence))
            self._problem_notice.show()
            self.first_rows.hide()
            self.read_button.setEnabled(False)

    def _is_about(self, wanted: ReadingChoice) -> bool:
        return _file_part(wanted) == _file_part(self.choice)

    def _choose(self) -> None:
        choice = self.choice
        self.accept()
        self.chosen.emit(choice)

    def _look(self) -> None:
        if _file_part(self.choice) != _file_part(self._looked):
            self.look_wanted.emit(self.choice)
        else:
            self._show_phones()

    def _fill_file(self) -> None:
        source = self._source
        if len(source.sheets) > 1:
            self.sheet_box.addItems(list(source.sheets))
            self.sheet_box.setCurrentText(source.sheet)
        self.header_box.setRange(0, HEADER_MOST)
        self.header_box.setSpecialValueText(self.tr("no column names"))
        self.header_box.setValue(source.header_row or 0)
        for separator in SEPARATORS:
            self.separator_box.addItem(say_separator(separator), separator)
        now = self.separator_box.findData(source.separator or ONE_COLUMN)
        if now < 0:
            self.separator_box.addItem(say_separator(source.separator), source.separator)
            now = self.separator_box.count() - 1
        self.separator_box.setCurrentIndex(now)

    def _fill_columns(self, column: int | None, consent: int | None) -> None:
        table = self._table
        self.column_box.clear()
        self.consent_box.blockSignals(True)
        self.consent_box.clear()
        self.consent_box.addItem(self.tr("The list does not say"), None)
        for at in range(len(table.columns)):
            if at not in table.hidden_columns:
                text = self._column_text(at)
                self.column_box.addItem(text, at)
                if self._asks_consent and may_say_consent(table.names[at]):
                    self.consent_box.addItem(text, at)
        if column is None and self._proposes:
            column = _likely(find_phone_column(table, self.country_box.country))
        self.column_box.setCurrentIndex(self.column_box.findData(column))
        self.consent_box.setCurrentIndex(max(0, self.consent_box.findData(consent)))
        self.consent_box.blockSignals(False)
        self._show_consent()
        self.first_rows.show_table(table, self.column_box.currentData())
        self._show_phones()

    def _show_consent(self) -> None:
        """Say what the chosen column says, or that one looks as if it said something."""
        at = self.consent_box.currentData()
        asked = at is None and self._asks_consent
        offered = find_consent_column(self._table) if asked else None
        self._consent_words.setVisible(at is not None or offered is not None)
        if at is not None:
            is_whole = self._table is self._whole  # a look has the first rows only
            counts = count_consent(self._table, at) if is_whole else None
            self._consent_words.set_html(say_consent(counts))
        elif offered is not None:
            text = self.tr("The column “{name}” seems to say it. Choose it to use it.")
            self._consent_words.set_html(escape(text.format(name=self._table.names[offered])))

    def _column_text(self, at: int) -> str:
        """Return a column's letter and name, and the first cells that are not empty."""
        column, width = self._table.columns[at], len(self._table.columns)
        rows = min(len(column), max(SAMPLE_LEAST, min(SAMPLE_ROWS, SAMPLE_CELLS // width)))
        filled = (cell for cell in (column[row] for row in range(rows)) if cell.strip())
        cells = [_sample(cell) for cell in islice(filled, SAMPLES)]
        name = " · ".join(part for part in (column_letter(at), self._table.names[at]) if part)
        return f"{name}: {BETWEEN.join(cells)}" if cells else name

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        fields = [
            self._field(self.tr("&Phones are in the column"), self.column_box),
            self._field(self.tr("Numbers without a country code are &from"), self.country_box),
        ]
        if self._source.kind != TYPED:
            if self.sheet_box.count():
                fields.append(self._field(self.tr("&Sheet"), self.sheet_box))
            fields.append(self._field(self.tr("&Column names are in row"), self.header_box))
        if self._source.kind in DELIMITED:
            words = self.tr("Cells are parted &by")
            fields.append(self._field(words, self.separator_box))
        if self._asks_consent:
            words = self.tr("Who &agreed to advertising (Promo, Survey)")
            fields.append(self._field(words, self.consent_box))
        for at, field in enumerate(fields):
            grid.addLayout(field, at // 2, at % 2)
        self.body.addLayout(grid)
        self.body.addWidget(self._consent_words)
        self.body.addWidget(self.encoding_question)
        self.body.addWidget(self._problem_notice)
        self.body.addWidget(self.first_rows)
        self._problem_notice.hide()
        self.add_button(self.back_button)
        self.add_button(self.read_button, default=True)

    def _wire(self) -> None:
        self.back_button.clicked.connect(self.reject)
        self.read_button.clicked.connect(self._choose)
        self.column_box.currentIndexChanged.connect(self._show_phones)
        self.consent_box.currentIndexChanged.connect(self._show_consent)
        for changed in (
            self.sheet_box.currentIndexChanged,
            self.header_box.valueChanged,
            self.separator_box.currentIndexChanged,
            self.encoding_question.changed,
        ):
            changed.connect(self._on_file_changed)
        self._timer.timeout.connect(self._look)
        self.encoding_question.samples_wanted.connect(self.samples_wanted)

    def _on_file_changed(self) -> None:
        self.read_button.setEnabled(False)
        self._timer.start()

    def _show_phones(self) -> None:
        """Mark the column of phones; without one there is nothing to read."""
        column = self.column_box.currentData()
        self.first_rows.mark_phones(column)
        self.read_button.setEnabled(column is not None)

    def _field(self, name: str, field: QWidget) -> QVBoxLayout:
        label = QLabel(name)
        label.setProperty("role", "field-label")
        label.setBuddy(field)
        # Or a long name makes its column of fields wider than the other.
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        field.setAccessibleName(name.replace("&", ""))
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(label)
        column.addWidget(field)
        column.addStretch(1)
        return column


def _likely(found: int | ColumnProblem) -> int | None:
    """Return the column to propose; None where the operator has to say it."""
    match found:
        case int():
            return found
        case SeveralPhoneColumns(columns=columns) | DuplicateHeader(columns=columns):
            return columns[0]
        case _:
            return None


def _sample(cell: str) -> str:
    """Return a cell in one line, with dots where it was too long."""
    words = " ".join(cell.split())
    return words if len(words) <= SAMPLE_LONGEST else f"{words[: SAMPLE_LONGEST - 1]}…"


def _file_part(choice: ReadingChoice) -> tuple[object, ...]:
    return choice.sheet, choice.header_row, choice.encoding, choice.separator
