"""A whole row or tile that is a button: no tiny links to aim at."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextDocumentFragment
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QSizePolicy, QWidget

from cascade_desktop.ui.theme import colour, draw_icon
from cascade_desktop.ui.widgets.painting import draw_panel, draw_ring, inside, ring_shown
from cascade_desktop.ui.widgets.sentence import Sentence

MARK_PX = 17


class Clickable(QAbstractButton):
    """A rounded panel, pressed anywhere, that holds other widgets in a layout of its own."""

    ground_ink = "inset"
    radius_px = 9.0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Wish for what the content wishes for."""
        layout = self.layout()
        return layout.totalSizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Need what the content needs."""
        layout = self.layout()
        return layout.totalMinimumSize() if layout is not None else super().minimumSizeHint()

    def heightForWidth(self, width: int) -> int:
        """Grow where the words wrap."""
        layout = self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return self.sizeHint().height()
        return layout.totalHeightForWidth(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height the words need at this width."""
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the panel: tinted under the pointer, edged in blue when chosen."""
        painter = QPainter(self)
        over = self.underMouse() and self.isEnabled()
        edge = colour("accent" if self.isChecked() else "field_line" if over else "line")
        ground = colour("hover" if over or self.isDown() else self.ground_ink)
        draw_panel(painter, inside(self.rect()), self.radius_px, ground, edge)
        if ring_shown(self):
            draw_ring(painter, inside(self.rect(), 0), self.radius_px, colour("accent"))


class FieldButton(Clickable):
    """Looks like a field and opens something: a time, with how far away it is."""

    ground_ink = "field"
    radius_px = 8.0

    def __init__(self, text: str = "", detail: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = self._short = ""
        self._text_label = QLabel()
        self._detail_label = QLabel()
        self._detail_label.setProperty("role", "muted")
        # Long words must not push what stands beside the field out of the window.
        self._text_label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(12, 9, 36, 9)
        for part in (self._text_label, self._detail_label):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(self._text_label, 1)
        row.addWidget(self._detail_label)
        self.set_words(text, detail)

    def set_words(self, text: str, detail: str = "", short: str = "") -> None:
        """Show a value, and on the right what to know about it; ``short`` where it is narrow."""
        self._text, self._short = text, short or text
        self._detail_label.setText(detail)
        self.setAccessibleName(f"{text}, {detail}" if detail else text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave out first what stands on the right, then what the short words leave out."""
        margins, metrics = self._row.contentsMargins(), self._text_label.fontMetrics()
        room = self.width() - margins.left() - margins.right()
        detail = self._detail_label.sizeHint().width() + self._row.spacing()
        wish = metrics.horizontalAdvance(self._text) + 2  # rounding
        self._text_label.setText(self._text if wish <= room else self._short)
        self._detail_label.setVisible(bool(self._detail_label.text()) and wish + detail <= room)
        self.setToolTip("" if wish + detail <= room else self.accessibleName())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow that says it opens."""
        super().paintEvent(event)
        _draw_mark(self, "chevron-down", "muted")


class RowLink(Clickable):
    """A sentence in a box with an arrow: *39 will not. See why ›*."""

    def __init__(self, html: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Sentence()
        self._words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 34, 10)
        row.addWidget(self._words, 1)
        self.set_html(html)

    def set_html(self, html: str) -> None:
        """Say something else."""
        self._words.set_html(html)
        self.setAccessibleName(plain(html))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow in the theme's colour."""
        super().paintEvent(event)
        _draw_mark(self, "chevron-right", "text")


def _draw_mark(widget: QWidget, name: str, ink: str) -> None:
    painter = QPainter(widget)
    place = QRectF(widget.width() - 28, (widget.height() - MARK_PX) / 2, MARK_PX, MARK_PX)
    draw_icon(painter, place, name, colour(ink))


def plain(html: str) -> str:
    """Return words without their markup, for screen readers."""
    return QTextDocumentFragment.fromHtml(html).toPlainText()
