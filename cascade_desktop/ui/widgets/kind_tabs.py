"""The four kinds of campaign as tabs with a second line."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from cascade_desktop.ui.theme import BODY_PX, SMALL_PX, colour, ui_font
from cascade_desktop.ui.widgets.painting import draw_ring, inside, ring_shown

KINDS = ("transaction", "promo", "viber_survey", "flashcall")  # the wire's names
SIDE_PX = 18
HEIGHT_PX = 58
UNDERLINE_PX = 3


class KindTab(QAbstractButton):
    """One tab: what it is, and below what it is for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._detail = ""
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._title_font = ui_font(BODY_PX, QFont.Weight.DemiBold)
        self._detail_font = ui_font(SMALL_PX)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_words(self, title: str, detail: str) -> None:
        """Say what the tab is and what it is for."""
        self._detail = detail
        self.setText(title)
        self.setAccessibleName(f"{title}: {detail}")
        self.setToolTip(detail)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Wish for the longer of the two lines."""
        title = QFontMetrics(self._title_font).horizontalAdvance(self.text())
        detail = QFontMetrics(self._detail_font).horizontalAdvance(self._detail)
        return QSize(max(title, detail) + 2 * SIDE_PX, HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        """Need the title; the second line may be cut with dots."""
        title = QFontMetrics(self._title_font).horizontalAdvance(self.text())
        return QSize(title + 2 * SIDE_PX, HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both lines, and the line under the chosen tab."""
        painter = QPainter(self)
        lit = self.isChecked() or ring_shown(self)
        ink = colour("accent" if lit else "text" if self.underMouse() else "muted")
        painter.setPen(ink)
        room = self.width() - 2 * SIDE_PX
        for top, font, text in (
            (6, self._title_font, self.text()),
            (27, self._detail_font, self._detail),
        ):
            painter.setFont(font)
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room + 1)
            painter.drawText(SIDE_PX, top, room + 2, 21, Qt.AlignmentFlag.AlignVCenter, shown)
        if self.isChecked():
            top = self.height() - UNDERLINE_PX
            painter.fillRect(0, top, self.width(), UNDERLINE_PX, colour("accent"))
        if ring_shown(self):
            ring = inside(self.rect(), 0).adjusted(0, 0, 0, -UNDERLINE_PX - 1)
            draw_ring(painter, ring, 8, colour("accent"))


class KindTabs(QWidget):
    """The row of tabs; arrow keys go from one to the next, Tab goes on to the page."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs = {kind: KindTab() for kind in KINDS}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for kind, tab in self._tabs.items():
            self._group.addButton(tab)
            row.addWidget(tab)
            tab.clicked.connect(lambda _checked=False, kind=kind: self._pick(kind))
        row.addStretch(1)
        self._say()
        self.choose(KINDS[0])

    @property
    def current(self) -> str:
        """Return the kind that is open."""
        return next(kind for kind, tab in self._tabs.items() if tab.isChecked())

    def choose(self, kind: str) -> None:
        """Show another tab as open without telling anybody."""
        self._tabs[kind].setChecked(True)
        for one, tab in self._tabs.items():
            reached = Qt.FocusPolicy.TabFocus if one == kind else Qt.FocusPolicy.NoFocus
            tab.setFocusPolicy(reached)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the arrow keys."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        kind = KINDS[(KINDS.index(self.current) + step) % len(KINDS)]
        self._tabs[kind].setFocus(Qt.FocusReason.TabFocusReason)
        self._pick(kind)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def _pick(self, kind: str) -> None:
        self.choose(kind)
        self.chosen.emit(kind)

    def _say(self) -> None:
        words = (
            (self.tr("Transaction"), self.tr("order, visit, payment")),
            (self.tr("Promo"), self.tr("sale, news")),
            (self.tr("Survey"), self.tr("one question")),
            (self.tr("Flash call"), self.tr("rings once")),
        )
        for tab, (title, detail) in zip(self._tabs.values(), words, strict=True):
            tab.set_words(title, detail)
