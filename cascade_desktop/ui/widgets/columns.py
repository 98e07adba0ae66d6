"""Three panels side by side, or one above the other where the window is narrow."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QSizePolicy, QWidget

from cascade_desktop.ui.theme import GAP_PX, MARGIN_PX
from cascade_desktop.ui.widgets.card import Card

STACK_BELOW_PX = 1000
SIDE_MOST_PX = 300
SIDE_LEAST_PX = 278
LOW_PX = 600
"""Lower than this there is no room to give away."""
STACKED_PREVIEW_PX = 560  # a phone one can read


class ThreeColumns(QScrollArea):
    """Lays out the outer panels at a fixed width and the middle one in what is left.

    Below 1,000 px they are stacked and the page scrolls; above, each card scrolls by itself.
    """

    def __init__(
        self, left: Card, middle: Card, right: Card, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._cards = (left, middle, right)
        self._stacked = False
        self.setProperty("role", "page")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        page.setMinimumHeight(1)  # or wrapped words count at their narrowest
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, page)
        self._layout.setSpacing(GAP_PX)
        for card in self._cards:
            self._layout.addWidget(card, 1 if card is middle else 0)
        self.setWidget(page)
        self._arrange()

    @property
    def stacked(self) -> bool:
        """Tell whether the panels are one above the other."""
        return self._stacked

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose between side by side and stacked."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        width = self.width()
        below_px = 12 if self.height() < LOW_PX else 24
        self._layout.setContentsMargins(MARGIN_PX, 12, MARGIN_PX, below_px)
        self._stacked = width < STACK_BELOW_PX
        direction = QBoxLayout.Direction
        self._layout.setDirection(direction.TopToBottom if self._stacked else direction.LeftToRight)
        side_px = max(SIDE_LEAST_PX, min(SIDE_MOST_PX, round(width * 0.235)))
        bar = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(bar.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(
            bar.ScrollBarAsNeeded if self._stacked else bar.ScrollBarAlwaysOff
        )
        for card in self._cards:
            card.set_scrolling(not self._stacked)
            self._fit(card, side_px)
        self._cards[2].setMinimumHeight(STACKED_PREVIEW_PX if self._stacked else 0)

    def _fit(self, card: Card, side_px: int) -> None:
        if self._stacked or card is self._cards[1]:
            card.setMinimumWidth(0)
            card.setMaximumWidth(16_777_215)  # Qt's own "no limit"
        else:
            card.setFixedWidth(side_px)
        down = QSizePolicy.Policy.Minimum if self._stacked else QSizePolicy.Policy.Expanding
        card.setSizePolicy(QSizePolicy.Policy.Preferred, down)
