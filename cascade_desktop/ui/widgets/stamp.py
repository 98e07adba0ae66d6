"""The calm sign that everything here is practice."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cascade_desktop.ui.theme import SMALL_PX, colour, ui_font
from cascade_desktop.ui.widgets.painting import draw_stripes, inside

HEIGHT_PX = 30
PADDING_PX = 12


class PracticeStamp(QWidget):
    """A striped band that reads PRACTICE, and in few words what that means.

    `brief=True` leaves the explanation away, for a corner of a sheet or a row.
    """

    def __init__(self, parent: QWidget | None = None, *, brief: bool = False) -> None:
        super().__init__(parent)
        self._brief = brief
        self._word, self._detail = "", ""
        self._word_font = ui_font(SMALL_PX, QFont.Weight.Bold)
        self._word_font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 1.0)
        self._detail_font = ui_font(SMALL_PX)
        across = QSizePolicy.Policy.Maximum if brief else QSizePolicy.Policy.Expanding
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self._say()

    def sizeHint(self) -> QSize:
        """Wish for all words."""
        width = QFontMetrics(self._word_font).horizontalAdvance(self._word) + 2 * PADDING_PX
        if not self._brief:
            width += QFontMetrics(self._detail_font).horizontalAdvance(self._detail) + 10
        return QSize(width, HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        """Need the one word."""
        word = QFontMetrics(self._word_font).horizontalAdvance(self._word)
        return QSize(word + 2 * PADDING_PX, HEIGHT_PX)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the band and its words."""
        painter = QPainter(self)
        draw_stripes(painter, inside(self.rect()), 8, colour("inset"), colour("line"))
        painter.setPen(colour("text"))
        painter.setFont(self._word_font)
        room = self.rect().adjusted(PADDING_PX, 0, -PADDING_PX, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._word)
        if not self._brief:
            word = QFontMetrics(self._word_font).horizontalAdvance(self._word) + 10
            room.adjust(word, 0, 0, 0)
            metrics = QFontMetrics(self._detail_font)
            shown = metrics.elidedText(self._detail, Qt.TextElideMode.ElideRight, room.width())
            painter.setFont(self._detail_font)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)

    def _say(self) -> None:
        self._word = self.tr("PRACTICE")
        self._detail = self.tr("Nothing leaves this computer, and nobody gets anything.")
        self.setAccessibleName(self._word)
        self.setAccessibleDescription(self._detail)
        self.setToolTip(self._detail)
        self.updateGeometry()
        self.update()
