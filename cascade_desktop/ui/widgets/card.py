"""The white rounded panels a page is made of."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from cascade_desktop.ui.theme import colour
from cascade_desktop.ui.widgets.buttons import LinkButton

PADDING_PX = 16
LEAST_SCROLLED_PX = 120
FADE_PX, FADE_INSET_PX = 22, 10


class _Fade(QWidget):
    """A veil over the last lines that says: there is more below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.ground_ink = "panel"
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw from nothing to the ground's colour."""
        ground = colour(self.ground_ink)
        clear = QColor(ground)
        clear.setAlpha(0)
        veil = QLinearGradient(0, 0, 0, self.height())
        veil.setColorAt(0, clear)
        veil.setColorAt(1, ground)
        QPainter(self).fillRect(self.rect(), veil)


class BodyScroll(QScrollArea):
    """Scrolls its content, or, told so, is as high as its content and lets others scroll."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fade = _Fade(self)
        self._scrolling = True
        self._content = content
        # Else a wrapped label asks for the height it would have at its narrowest.
        content.setMinimumHeight(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        content.installEventFilter(self)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._show_fade)
        bar.rangeChanged.connect(self._show_fade)

    def set_ground(self, ink: str) -> None:
        """Fade into another colour than a card's."""
        self._fade.ground_ink = ink
        self._fade.update()

    def set_scrolling(self, on: bool) -> None:
        """Scroll inside, or be as high as the content."""
        if self._scrolling is not on:
            self._scrolling = on
            self._show_bar()
            self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Say that its height follows its words, unless it scrolls."""
        return not self._scrolling

    def heightForWidth(self, width: int) -> int:
        """Return the height that shows all of the content."""
        if self._content.hasHeightForWidth():
            return self._content.heightForWidth(width)
        return self._content.sizeHint().height()

    def sizeHint(self) -> QSize:
        """Wish to show all of the content, unless scrolling is what it is for."""
        return QSize(self._content.sizeHint().width(), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Need a few lines when scrolling, everything when not."""
        least = self._content.minimumSizeHint()
        high = self.heightForWidth(max(self.width(), least.width()))
        return QSize(least.width(), min(LEAST_SCROLLED_PX, high) if self._scrolling else high)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the content when it grows."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._show_bar()
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the bar only where the content needs it."""
        self._show_bar()
        super().resizeEvent(event)
        self._show_fade()

    def _show_fade(self) -> None:
        bar, place = self.verticalScrollBar(), self.viewport().geometry()
        # Inside the rounded corners of what it lies on.
        left, right = place.left() + FADE_INSET_PX, place.right() - FADE_INSET_PX
        top = place.bottom() + 1 - FADE_PX
        self._fade.setGeometry(left, top, right - left, FADE_PX)
        self._fade.setVisible(bar.value() < bar.maximum())

    def _show_bar(self) -> None:
        # Qt keeps a bar that was needed once: it makes words wrap, which then need the bar.
        needed = self._scrolling and self.heightForWidth(self.width()) > self.height()
        policy = Qt.ScrollBarPolicy
        wanted = policy.ScrollBarAlwaysOn if needed else policy.ScrollBarAlwaysOff
        if self.verticalScrollBarPolicy() is not wanted:
            self.setVerticalScrollBarPolicy(wanted)


class Card(QFrame):
    """A panel with a title, perhaps a link on its right, and a body to fill."""

    link_clicked = Signal()

    def __init__(
        self,
        title: str = "",
        parent: QWidget | None = None,
        *,
        link: str = "",
        scrolling: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._title_label = QLabel(title)
        self._title_label.setProperty("role", "card-title")
        self._title_label.setWordWrap(True)
        self._link_button = LinkButton(link)
        self._link_button.clicked.connect(self.link_clicked)
        self._scroll: BodyScroll | None = None
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self._assemble(scrolling)
        self.set_title(title)
        self.set_link(link)

    def set_title(self, title: str) -> None:
        """Name the card; without a title and a link the top line goes."""
        self._title_label.setText(title)
        self._head.setVisible(bool(title or self._link_button.text()))

    def set_link(self, text: str) -> None:
        """Offer something on the right of the title, or nothing."""
        self._link_button.setText(text)
        self._link_button.setVisible(bool(text))
        self._head.setVisible(bool(text or self._title_label.text()))

    def set_scrolling(self, on: bool) -> None:
        """Scroll the body inside the card, or let the page do it."""
        if self._scroll is not None:
            self._scroll.set_scrolling(on)

    def _assemble(self, scrolling: bool) -> None:
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(PADDING_PX, 0, PADDING_PX - 2, 0)
        head.addWidget(self._title_label, 1)
        head.addWidget(self._link_button, 0, Qt.AlignmentFlag.AlignTop)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 13, 0, 2)
        outer.setSpacing(8)
        outer.addWidget(self._head)
        self.body.setContentsMargins(PADDING_PX, 2, PADDING_PX, PADDING_PX - 2)
        if scrolling:
            content = QWidget()
            content.setLayout(self.body)
            self._scroll = BodyScroll(content)
            outer.addWidget(self._scroll, 1)
        else:
            outer.addLayout(self.body, 1)
