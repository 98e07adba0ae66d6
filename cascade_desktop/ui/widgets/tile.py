"""A number of the results that is also a filter."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cascade_desktop.ui.theme import ui_font
from cascade_desktop.ui.widgets.buttons import LinkButton
from cascade_desktop.ui.widgets.clickable import Clickable


class _Words(QLabel):
    """Words that would rather stay in one line, and wrap where they cannot."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)

    def sizeHint(self) -> QSize:
        """Wish for one line."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + 3  # rounding
        return QSize(width, super().sizeHint().height())


class ResultTile(Clickable):
    """A big number, what it counts, and perhaps what to do about it.

    `clicked` asks for only these; `link_clicked` for what the link says. Tones: ok, danger,
    uncertain.
    """

    ground_ink = "panel"
    radius_px = 12.0
    link_clicked = Signal()

    def __init__(self, tone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self._number_label = QLabel()
        self._number_label.setProperty("role", "tile-number")
        self._number_label.setProperty("tone", tone)
        self._number_label.setFont(ui_font(tabular=True))
        self._words_label = _Words()
        self._link_button = LinkButton()
        self._link_button.clicked.connect(self.link_clicked)
        for part in (self._number_label, self._words_label):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._assemble()
        self.show_count(0, "")
        self.set_link("")

    def show_count(self, count: int, words: str) -> None:
        """Show how many and of what."""
        number = self.locale().toString(count)
        self._number_label.setText(number)
        self._words_label.setText(words)
        self.setAccessibleName(f"{number} {words}")

    def set_link(self, text: str) -> None:
        """Offer something to do about these, or nothing."""
        self._link_button.setText(text)
        self._link_button.setVisible(bool(text))

    def nextCheckState(self) -> None:
        """Leave being chosen to the view, which keeps tiles and filters alike."""

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 13, 16, 12)
        column.setSpacing(2)
        column.addWidget(self._number_label)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._words_label)
        row.addWidget(self._link_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        column.addLayout(row)
