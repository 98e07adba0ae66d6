"""The buttons of the window; all show a ring when the keyboard is on them."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from cascade_desktop.ui.theme import colour, icon, mark
from cascade_desktop.ui.widgets.painting import draw_ring, draw_stripes, inside, ring_shown

ICON_PX = 18


class Button(QPushButton):
    """A push button that keeps the typing cursor where it is when it is clicked."""

    role = "secondary"
    icon_ink = "text"
    ring_ink = "accent"
    radius_px = 9.0

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        small: bool = False,
        icon_name: str = "",
    ) -> None:
        super().__init__(text, parent)
        self.setProperty("role", self.role)
        self.setProperty("small", small)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self._icon_name = ""
        self.set_icon(icon_name)

    def set_icon(self, name: str) -> None:
        """Show a shipped icon, recoloured with the theme; an empty name takes it away."""
        self._icon_name = name
        self._refresh_icon()

    def changeEvent(self, event: QEvent) -> None:
        """Recolour the icon with the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._icon_name:
            self._refresh_icon()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, and the ring where the keyboard is."""
        super().paintEvent(event)
        if ring_shown(self):
            painter = QPainter(self)
            draw_ring(painter, self._ring_rect(), self.radius_px, colour(self.ring_ink))

    def _ring_rect(self) -> QRectF:
        return inside(self.rect(), 0)

    def _refresh_icon(self) -> None:
        if self._icon_name:
            self.setIcon(icon(self._icon_name, self.icon_ink))
            self.setIconSize(QSize(ICON_PX, ICON_PX))
        elif not self.icon().isNull():
            self.setIcon(type(self.icon())())


class SecondaryButton(Button):
    """An ordinary button: white with a line round it."""


class DangerButton(Button):
    """A button that ends something, in red words."""

    role = "danger"
    icon_ink = "danger"
    ring_ink = "danger"


class PrimaryButton(Button):
    """The one main button of a screen; striped where pressing it is practice."""

    role = "primary"
    icon_ink = "on_accent"
    ring_ink = "on_accent"

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        big: bool = False,
        icon_name: str = "",
    ) -> None:
        super().__init__(text, parent, icon_name=icon_name)
        self.setProperty("big", big)
        self._practice = False

    @property
    def practice(self) -> bool:
        """Tell whether it wears the stripes."""
        return self._practice

    def set_practice(self, on: bool) -> None:
        """Wear the stripes of practice, or not."""
        self._practice = on
        self.icon_ink = self.ring_ink = "accent" if on else "on_accent"
        mark(self, practice=on)
        self._refresh_icon()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the stripes under the button's text and edge."""
        if self._practice:
            painter = QPainter(self)
            painter.setOpacity(1.0 if self.isEnabled() else 0.5)
            ground = colour("hover" if self.underMouse() and self.isEnabled() else "panel")
            draw_stripes(
                painter, inside(self.rect()), self.radius_px, ground, colour("accent_soft")
            )
            painter.end()
        super().paintEvent(event)

    def _ring_rect(self) -> QRectF:
        return inside(self.rect(), 0 if self._practice else 3)


class LinkButton(Button):
    """Words that do something, in the colour of links."""

    role = "link"
    icon_ink = "accent"
    radius_px = 5.0

    def __init__(
        self, text: str = "", parent: QWidget | None = None, *, icon_name: str = ""
    ) -> None:
        super().__init__(text, parent, icon_name=icon_name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


class ChipButton(Button):
    """A small coloured word to insert or to choose."""

    role = "chip"
    radius_px = 7.0


class IconButton(Button):
    """A square button with only an icon; its name is what screen readers and the tip say."""

    role = "quiet"

    def __init__(self, icon_name: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent, small=True, icon_name=icon_name)
        self.setProperty("square", True)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Say what the icon does."""
        self.setAccessibleName(name)
        self.setToolTip(name)
