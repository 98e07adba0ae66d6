"""A sheet: a question laid over the dimmed window."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QShowEvent,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cascade_desktop.core.masking import mask_phones
from cascade_desktop.ui.theme import colour
from cascade_desktop.ui.widgets.buttons import Button
from cascade_desktop.ui.widgets.card import BodyScroll
from cascade_desktop.ui.widgets.painting import draw_panel, ring_shown

SHEET_PX = 660
SHADOW_PX = 40
PADDING_PX = 28
RADIUS_PX = 15.0
AWAY_FROM_EDGE_PX = 24
TAKE_ANEW_MS = 150
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Veil(QWidget):
    """Dims the window below a sheet and follows its size."""

    painted_over = Signal()
    """The window below looks otherwise now."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._is_left_out = False
        self.setGeometry(window.rect())
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Darken what lies below."""
        if not self._is_left_out:
            QPainter(self).fillRect(self.rect(), colour("veil"))
            self.painted_over.emit()

    def picture(self) -> QPixmap:
        """Return the window as it looks without the veil, everything in its place."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self._is_left_out = True
        taken = self._window.grab()
        self._is_left_out = False
        return taken


class Sheet(QDialog):
    """A modal sheet with a title, a body to fill and a row of buttons.

    Show it with `open()`, never `exec()`, which loses other tasks under qasync. Esc rejects.
    """

    def __init__(self, title: str, parent: QWidget, *, width_px: int = SHEET_PX) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._backdrop = QPixmap()
        self._take_timer = QTimer(self, singleShot=True, interval=TAKE_ANEW_MS)
        self._take_timer.timeout.connect(self._take_backdrop)
        self._width_px = width_px
        self._below = parent
        self._end_was_seen = False
        self._veil: _Veil | None = None
        self._title_label = QLabel()
        self._title_label.setProperty("role", "sheet-title")
        self._title_label.setWordWrap(True)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self.body.setContentsMargins(PADDING_PX, 2, PADDING_PX, 2)
        self.button_row = QHBoxLayout()
        self._assemble()
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """Ask something else."""
        self.setWindowTitle(mask_phones(title))  # other programs read the titles of windows
        self._title_label.setText(title)

    def set_corner(self, widget: QWidget) -> None:
        """Put a small widget, such as the stamp of practice, beside the title."""
        self._head.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)

    def add_button(self, button: Button, *, default: bool = False) -> None:
        """Add a button at the right end; Enter presses the default one unless a ring is shown."""
        self.button_row.addWidget(button)
        button.setDefault(default)

    def shows_the_rest(self) -> bool:
        """Go on to what was not in sight yet; False when everything was."""
        bar = self._scroll.verticalScrollBar()
        if self._end_was_seen or bar.value() >= bar.maximum():
            return False
        bar.setValue(min(bar.maximum(), bar.value() + bar.pageStep()))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter the button that wears the ring of the keyboard."""
        button = self.focusWidget()
        if event.key() in _ENTER and isinstance(button, Button) and ring_shown(button):
            button.click()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Dim the window and lie in its middle."""
        super().showEvent(event)
        window = self._below.window()
        self._veil = _Veil(window)
        self._take_backdrop()
        self._veil.painted_over.connect(self._on_painted_over)
        self._veil.show()
        self._veil.raise_()
        self.fit()

    def done(self, result: int) -> None:
        """Take the veil away with the answer."""
        self._lift_veil()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Take the veil away however the sheet goes."""
        self._lift_veil()
        super().closeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Grow and shrink with the body, and show what lies below where it comes to lie."""
        handled = super().event(event)
        if event.type() == QEvent.Type.Move:
            self.update()  # a window manager may have put it elsewhere than it was painted for
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.fit()
        return handled

    def fit(self) -> None:
        """Be as high as the words need, and never higher than the window."""
        window = self._below.window()
        width = min(self._width_px, window.width() - 2 * AWAY_FROM_EDGE_PX) + 2 * SHADOW_PX
        self.setFixedWidth(width)
        self._scroll.set_scrolling(False)
        wish = self._outer.totalHeightForWidth(width)
        most = window.height() - 2 * AWAY_FROM_EDGE_PX + 2 * SHADOW_PX
        self._scroll.set_scrolling(wish > most)
        self.setFixedHeight(min(wish, most))
        middle = window.mapToGlobal(window.rect().center())
        self.move(middle.x() - width // 2, middle.y() - self.height() // 2)
        self._outer.activate()
        # What fitting itself asks for is done: it would ask for fitting again, for ever.
        QCoreApplication.removePostedEvents(self, QEvent.Type.LayoutRequest)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the panel and the shadow round it.

        What lies below is drawn too: a see-through window is black where nothing composes windows.
        """
        painter = QPainter(self)
        corner = self.mapFromGlobal(self._below.window().mapToGlobal(QPoint(0, 0)))
        painter.drawPixmap(corner, self._backdrop)
        painter.fillRect(self.rect(), colour("veil"))
        panel = QRectF(self.rect()).adjusted(SHADOW_PX, SHADOW_PX, -SHADOW_PX, -SHADOW_PX)
        shade = colour("shadow")
        shade.setAlpha(shade.alpha() // 12)  # many thin layers make one soft shadow
        for spread in range(SHADOW_PX - 12, 0, -1):
            grown = panel.adjusted(-spread, -spread + 12, spread, spread + 12)
            draw_panel(painter, grown, RADIUS_PX + spread, shade)
        draw_panel(painter, panel, RADIUS_PX, colour("panel"))

    def _take_backdrop(self) -> None:
        """Draw what lies below as it looks now."""
        if self._veil is not None:
            self._backdrop = self._veil.picture()
            self.update()

    def _note_end(self, value: int) -> None:
        """Remember that somebody scrolled to the end."""
        self._end_was_seen |= value > 0 and value >= self._scroll.verticalScrollBar().maximum()

    def _on_painted_over(self) -> None:
        if not self._take_timer.isActive():  # else what moves below would put it off for ever
            self._take_timer.start()

    def _lift_veil(self) -> None:
        if self._veil is not None:
            self._veil.hide()
            self._veil.deleteLater()
            self._veil = None

    def _assemble(self) -> None:
        outer = self._outer = QVBoxLayout(self)
        edge = SHADOW_PX
        outer.setContentsMargins(edge, edge + PADDING_PX - 4, edge, edge + PADDING_PX - 4)
        outer.setSpacing(14)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(PADDING_PX, 0, PADDING_PX, 0)
        self._head.addWidget(self._title_label, 1)
        outer.addLayout(self._head)
        content = QWidget()
        content.setLayout(self.body)
        self._scroll = BodyScroll(content)
        bar = self._scroll.verticalScrollBar()
        bar.valueChanged.connect(self._note_end)
        self._scroll.set_scrolling(False)  # or its bar is seen before the sheet has its height
        outer.addWidget(self._scroll, 1)
        self.button_row.setContentsMargins(PADDING_PX, 4, PADDING_PX, 0)
        self.button_row.setSpacing(10)
        self.button_row.addStretch(1)
        outer.addLayout(self.button_row)
