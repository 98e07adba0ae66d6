"""The bar at the top: name, pages, where messages go, settings and help."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from cascade_desktop.ui.theme import GAP_PX, MARGIN_PX, SMALL_PX, colour, ui_font
from cascade_desktop.ui.widgets.buttons import SecondaryButton
from cascade_desktop.ui.widgets.painting import (
    draw_panel,
    draw_ring,
    draw_stripes,
    inside,
    ring_shown,
)
from cascade_desktop.ui.widgets.segmented import Segmented

PILL_HEIGHT_PX = 32
PILL_PADDING_PX = 14
HEADER_HEIGHT_PX = 52


class AccountPill(QAbstractButton):
    """Says where messages go: grey stripes in practice, solid blue when real people get them.

    Where the whole text has no room, `set_brief` leaves the part before its colon.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = False
        self._brief = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFont(ui_font(SMALL_PX, QFont.Weight.DemiBold))

    @property
    def live(self) -> bool:
        """Tell whether it says that real people get messages."""
        return self._live

    def show_place(self, text: str, *, live: bool) -> None:
        """Say where messages go."""
        self._live = live
        self.setText(text)
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_brief(self, brief: bool) -> None:
        """Show only what stands before the colon, or everything."""
        if brief != self._brief:
            self._brief = brief
            self.updateGeometry()
            self.update()

    def whole_width(self) -> int:
        """Return the width all words need."""
        return self._width_of(self.text())

    def shown_text(self) -> str:
        """Return what is read on the pill."""
        return self.text().split(":", 1)[0] if self._brief else self.text()

    def sizeHint(self) -> QSize:
        """Be as wide as what is shown."""
        return QSize(self._width_of(self.shown_text()), PILL_HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pill."""
        painter = QPainter(self)
        rect, radius = inside(self.rect()), self.height() / 2
        if self._live:
            ground = colour("accent_hover" if self.underMouse() else "accent")
            draw_panel(painter, rect, radius, ground)
        else:
            draw_stripes(painter, rect, radius, colour("inset"), colour("line"))
        painter.setPen(colour("on_accent" if self._live else "text"))
        painter.setFont(self.font())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.shown_text())
        if ring_shown(self):
            ring = inside(self.rect(), 2.5 if self._live else 0)
            draw_ring(painter, ring, radius, colour("on_accent" if self._live else "accent"))

    def _width_of(self, text: str) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(text) + 2 * PILL_PADDING_PX


class Header(QFrame):
    """The bar at the top of the window."""

    page_chosen = Signal(str)
    account_clicked = Signal()
    settings_clicked = Signal()
    help_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "header")
        self.setFixedHeight(HEADER_HEIGHT_PX)
        self._account: str | None = None
        self._name_label = QLabel("Cascade Desktop")
        self._name_label.setProperty("role", "brand")
        self.pages = Segmented(
            [("compose", ""), ("results", ""), ("history", "")], large=True, parent=self
        )
        self.pill = AccountPill()
        self.settings_button = SecondaryButton(small=True)
        self.help_button = SecondaryButton(small=True)
        self._assemble()
        self.pages.chosen.connect(self.page_chosen)
        self.pill.clicked.connect(self.account_clicked)
        self.settings_button.clicked.connect(self.settings_clicked)
        self.help_button.clicked.connect(self.help_clicked)
        self._say()

    def show_page(self, key: str) -> None:
        """Show which page is open: compose, results or history."""
        self.pages.choose(key)

    def show_practice(self) -> None:
        """Say that nothing leaves this computer."""
        self._account = None
        self._say()

    def show_live(self, account: str = "") -> None:
        """Say that real people get messages, through which account if there are several."""
        self._account = account
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the pill where the bar is narrow."""
        super().resizeEvent(event)
        self._make_room()

    def _assemble(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, 1)
        row.setSpacing(GAP_PX)
        row.addWidget(self._name_label)
        row.addWidget(self.pages)
        row.addStretch(1)
        row.addWidget(self.pill)
        row.addWidget(self.settings_button)
        row.addWidget(self.help_button)

    def _say(self) -> None:
        self.pages.set_text("compose", self.tr("Compose"))
        self.pages.set_text("results", self.tr("Results"))
        self.pages.set_text("history", self.tr("History"))
        self.settings_button.setText(self.tr("Settings"))
        self.help_button.setText(self.tr("Help"))
        if self._account is None:
            self.pill.show_place(self.tr("Practice: nothing leaves this computer"), live=False)
        elif self._account:
            text = self.tr("Live, {account}: real people get these")
            self.pill.show_place(text.format(account=self._account), live=True)
        else:
            self.pill.show_place(self.tr("Live: real people get these"), live=True)
        self._make_room()

    def _make_room(self) -> None:
        others = (self._name_label, self.pages, self.settings_button, self.help_button)
        taken = sum(part.sizeHint().width() for part in others)
        room = self.width() - taken - 2 * MARGIN_PX - (len(others) + 1) * GAP_PX
        self.pill.set_brief(room < self.pill.whole_width())
