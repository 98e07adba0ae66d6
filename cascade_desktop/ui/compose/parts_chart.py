"""A small chart of how many people get how many SMS, readable without its colour."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cascade_desktop.ui.theme import SMALL_PX, colour, ui_font
from cascade_desktop.ui.widgets.painting import draw_panel

ROW_PX = 26
BAR_PX = 12
LEAST_BAR_PX = 4
GAP_PX = 10
ROWS_MOST = 8


class PartsChart(QWidget):
    """A line for each count of SMS: the count, a bar as long as its people are many, the people."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[tuple[str, int, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(ui_font(SMALL_PX, tabular=True))

    def show_lines(self, lines: Sequence[tuple[str, int, str]]) -> None:
        """Show these: what is counted, how many, and how many in words."""
        self._lines = tuple(lines[:ROWS_MOST])
        self.setAccessibleDescription("; ".join(f"{name}: {said}" for name, _, said in lines))
        self.setToolTip("")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Need a line for each count."""
        return QSize(200, max(1, len(self._lines)) * ROW_PX)

    def minimumSizeHint(self) -> QSize:
        """Need every line, whatever the width."""
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines below one another."""
        painter = QPainter(self)
        bold = ui_font(SMALL_PX, QFont.Weight.DemiBold, tabular=True)
        width = self.fontMetrics().horizontalAdvance
        left = max((width(name) for name, _, _ in self._lines), default=0) + 2 * GAP_PX
        right = max((width(said) for _, _, said in self._lines), default=0) + GAP_PX
        room = max(LEAST_BAR_PX, self.width() - left - right)
        most = max((count for _, count, _ in self._lines), default=1)
        middle = Qt.AlignmentFlag.AlignVCenter
        for at, (name, count, said) in enumerate(self._lines):
            y = at * ROW_PX
            painter.setFont(bold)
            painter.setPen(colour("text"))
            painter.drawText(QRectF(0, y, left, ROW_PX), middle, name)
            length = max(LEAST_BAR_PX, room * count / max(most, 1))
            bar = QRectF(left, y + (ROW_PX - BAR_PX) / 2, length, BAR_PX)
            draw_panel(painter, bar, BAR_PX / 4, colour("accent"))
            painter.setFont(self.font())
            painter.setPen(colour("muted"))
            painter.drawText(QRectF(bar.right() + GAP_PX, y, right, ROW_PX), middle, said)
