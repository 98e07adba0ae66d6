"""“Can you read these names?”: a few cells of the file, written in each way that is plausible."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from cascade_desktop.core.table import Table
from cascade_desktop.engine.tables.encodings import usual_encodings
from cascade_desktop.ui.reading_choice import LOOK_ROWS, may_be_misread
from cascade_desktop.ui.widgets.buttons import LinkButton
from cascade_desktop.ui.wording_reading import say_encoding

SAMPLES = 5
LONGEST = 18
LEAST_ROWS, MOST_CELLS = 20, 50_000
"""Of a very wide list fewer rows are looked at."""

Place = tuple[int, int]


class EncodingQuestion(QWidget):
    """Asks at once when there is doubt, else only when the names look wrong to somebody."""

    changed = Signal()
    samples_wanted = Signal(tuple)
    """Emits the encodings whose cells are to be shown with `show_samples`."""

    def __init__(self, table: Table, country: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        source = table.source
        others = source.encodings or tuple(
            name for name in usual_encodings(country) if name != source.encoding
        )
        self._others = others
        self._now = source.encoding
        self._places = telling_places(table) if may_be_misread(source) else ()
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QRadioButton] = {}
        self._question_label = QLabel(self.tr("Can you read these names?"))
        self._question_label.setProperty("role", "field-label")
        self.wrong_button = LinkButton(self.tr("Do the names look &wrong?"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        column.addWidget(self._question_label)
        column.addLayout(self._grid)
        column.addWidget(self.wrong_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._add(self._now, cells_at(table, self._places))
        self.wrong_button.clicked.connect(self._ask)
        self._group.buttonClicked.connect(lambda _: self.changed.emit())
        self.setVisible(bool(self._places))
        self._in_doubt = bool(source.encodings)

    @property
    def encoding(self) -> str:
        """Return the encoding that is chosen."""
        chosen = (name for name, button in self.buttons.items() if button.isChecked())
        return next(chosen, self._now)

    def begin(self) -> None:
        """Ask at once where there is doubt."""
        if self._in_doubt:
            self._ask()

    def show_samples(self, encoding: str, table: Table) -> None:
        """Offer an encoding, with the same cells as it writes them."""
        cells = cells_at(table, self._places)
        if any(cells) and _line(cells) not in (button.text() for button in self.buttons.values()):
            self._add(encoding, cells)

    def _ask(self) -> None:
        self.wrong_button.hide()
        self.samples_wanted.emit(self._others)

    def _add(self, encoding: str, cells: Sequence[str]) -> None:
        button = QRadioButton(_line(cells))
        button.setAccessibleDescription(say_encoding(encoding))
        button.setChecked(encoding == self._now)
        self._group.addButton(button)
        self.buttons[encoding] = button
        origin_label = QLabel(say_encoding(encoding))
        origin_label.setProperty("role", "muted")
        row = self._grid.rowCount()
        self._grid.addWidget(button, row, 0)
        self._grid.addWidget(origin_label, row, 1)


def telling_places(table: Table) -> tuple[Place, ...]:
    """Return where the first cells are whose letters another encoding would write otherwise."""
    found: dict[str, Place] = {}
    rows = max(LEAST_ROWS, min(LOOK_ROWS, MOST_CELLS // max(1, len(table.columns))))
    for row in range(min(len(table), rows)):
        for column in range(len(table.columns)):
            cell = table.columns[column][row]
            if not cell.isascii():
                found.setdefault(cell, (row, column))
                if len(found) == SAMPLES:
                    return tuple(found.values())
    return tuple(found.values())


def _line(cells: Sequence[str]) -> str:
    return " · ".join(cells).replace("&", "&&")


def cells_at(table: Table, places: Sequence[Place]) -> tuple[str, ...]:
    """Return the cells at places of a table, shortened; none where it has no such place."""
    return tuple(
        _shortened(" ".join(table.columns[column][row].split()))
        for row, column in places
        if column < len(table.columns) and row < len(table)
    )


def _shortened(cell: str) -> str:
    """Return a cell with a sign where it goes on: else it looks damaged by the encoding."""
    return cell if len(cell) <= LONGEST else f"{cell[: LONGEST - 1].rstrip()}…"
