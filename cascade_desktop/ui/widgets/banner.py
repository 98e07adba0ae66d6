"""Boxes that tell something: grey worth knowing, amber worth a thought, red stops sending."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QWidget

from cascade_desktop.ui.theme import colour, mark
from cascade_desktop.ui.widgets.buttons import LinkButton
from cascade_desktop.ui.widgets.painting import draw_panel, draw_ring, inside, ring_shown
from cascade_desktop.ui.widgets.sentence import Sentence

PILL_LEAST_PX = 150
PILL_HEIGHTS_PX = (37, 52)  # with one line and with two


class Notice(QFrame):
    """A sentence in a box, perhaps with something to do about it on the right.

    Tones: none for grey information, amber for a remark, ok, danger.
    """

    action_clicked = Signal()
    link_clicked = Signal(str)

    def __init__(
        self,
        html: str = "",
        parent: QWidget | None = None,
        *,
        tone: str = "",
        action: str = "",
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._words = Sentence()
        self._action_button = LinkButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(13, 9, 12, 9)
        row.setSpacing(12)
        row.addWidget(self._words, 1)
        row.addWidget(self._action_button)
        self._words.link_clicked.connect(self.link_clicked)
        self._action_button.clicked.connect(self.action_clicked)
        self.set_html(html)
        self.set_action(action)
        self.set_tone(tone)

    def set_html(self, html: str) -> None:
        """Say something else."""
        self._words.set_html(html)

    def set_action(self, text: str) -> None:
        """Offer something to do, or nothing."""
        self._action_button.setText(text)
        self._action_button.setVisible(bool(text))

    def set_tone(self, tone: str) -> None:
        """Change how pressing it is."""
        mark(self, tone=tone)
        mark(self._words)


class StopPill(QAbstractButton):
    """What stops sending, in red; a click leads to it. Long words take two lines.

    In amber it tells what only waits.
    """

    def __init__(
        self, text: str = "", parent: QWidget | None = None, *, tone: str = "danger"
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Say what stops sending; nothing hides the pill."""
        self.setText(text)
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Wish for one line."""
        wish = self._words_width() + 24
        two = 0 < self.width() < wish and self.isVisible()
        return QSize(wish, PILL_HEIGHTS_PX[1 if two else 0])

    def minimumSizeHint(self) -> QSize:
        """Need room for the first words."""
        return QSize(min(PILL_LEAST_PX, self._words_width() + 24), PILL_HEIGHTS_PX[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the second line where the words need it."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pill and its words."""
        painter = QPainter(self)
        edge = colour(self._tone) if self.underMouse() else None
        draw_panel(painter, inside(self.rect()), 8, colour(f"{self._tone}_soft"), edge)
        painter.setPen(colour(self._tone))
        room = self.rect().adjusted(12, 0, -12, 0)
        one_line = self._words_width() <= room.width()
        metrics = QFontMetrics(self.font())
        most = room.width() if one_line else int(room.width() * 1.85)
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, most)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, int(flags) | int(Qt.TextFlag.TextWordWrap), text)
        if ring_shown(self):
            draw_ring(painter, inside(self.rect(), 0), 8, colour(self._tone))

    def _words_width(self) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(self.text()) + 3  # rounding
