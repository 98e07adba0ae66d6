"""A layout that fills a line and goes on in the next, for chips and filters."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lay items out like words; its wish is one line, its least is the widest item."""

    def __init__(
        self, parent: QWidget | None = None, *, gap_px: int = 5, margin_px: int = 0
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._wishes: list[tuple[QLayoutItem, QSize]] | None = None
        self._heights: dict[int, int] = {}
        self._gap_px = gap_px
        self.setContentsMargins(margin_px, margin_px, margin_px, margin_px)

    def addItem(self, item: QLayoutItem) -> None:
        """Add an item at the end."""
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, or None past the end, as Qt asks until then."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Hand an item over."""
        self.invalidate()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Take no more room than needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Say that a narrower line means more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high the lines are at a width: Qt asks dozens of times for each layout."""
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        """Forget what was asked of the items: one of them has changed, come or gone."""
        self._wishes = None
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        """Put every item in its place."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """Wish for a single line."""
        shown = [size for _, size in self._shown()]
        edge = 2 * self.contentsMargins().left()
        width = sum(size.width() for size in shown) + self._gap_px * max(0, len(shown) - 1)
        return QSize(width + edge, max((size.height() for size in shown), default=0) + edge)

    def minimumSize(self) -> QSize:
        """Need at least the widest item's width."""
        shown = [item.minimumSize() for item in self._items if not item.isEmpty()]
        edge = 2 * self.contentsMargins().left()
        return QSize(
            max((size.width() for size in shown), default=0) + edge,
            max((size.height() for size in shown), default=0) + edge,
        )

    def _shown(self) -> list[tuple[QLayoutItem, QSize]]:
        """Return the items that are there, each with the size it wishes for."""
        if self._wishes is None:
            self._wishes = [(one, one.sizeHint()) for one in self._items if not one.isEmpty()]
        return self._wishes

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        edge = self.contentsMargins().left()
        area = rect.adjusted(edge, edge, -edge, -edge)
        y = area.top()
        for line in self._lines(area.width()):
            height = max(size.height() for _, size in line)
            x = area.left()
            for item, size in line:
                if move:
                    top = y + (height - size.height()) // 2
                    item.setGeometry(QRect(QPoint(x, top), size))
                x += size.width() + self._gap_px
            y += height + self._gap_px
        return max(y - self._gap_px, area.top()) - rect.top() + edge

    def _lines(self, room: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        used = 0
        for item, wish in self._shown():
            size = QSize(min(wish.width(), max(room, 1)), wish.height())
            if not lines or used + self._gap_px + size.width() > room:
                lines.append([])
                used = -self._gap_px
            lines[-1].append((item, size))
            used += self._gap_px + size.width()
        return lines
