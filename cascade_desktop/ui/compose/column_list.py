"""The list of columns that opens under the cursor while a placeholder is typed."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QListWidget, QPlainTextEdit, QScrollArea

from cascade_desktop.ui.theme import mark

ROWS_SHOWN = 7
LEAST_PX, MOST_PX = 180, 380
EDGES_PX = 10
SCROLL_BAR_PX = 40
BELOW_PX = 4
LONGEST_NAME = 48


class ColumnList(QListWidget):
    """Offers columns below a text's cursor; the keys stay with the text."""

    chosen = Signal(str)
    opened = Signal(bool)
    """Emits whether it came into sight or left it."""

    def __init__(self, edit: QPlainTextEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._names: tuple[str, ...] = ()
        mark(self, role="popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.itemEntered.connect(self.setCurrentItem)
        self.itemClicked.connect(lambda _: self.take())
        self.hide()

    @property
    def is_open(self) -> bool:
        """Tell whether it is in sight."""
        return self.isVisible()

    @property
    def names(self) -> tuple[str, ...]:
        """Return what it offers."""
        return self._names

    def offer(self, names: Sequence[str]) -> None:
        """Open with these columns, the first one chosen; without any, close."""
        if not names:
            self.hide()
            return
        if tuple(names) != self._names or not self.isVisible():
            self._names = tuple(names)
            self.clear()
            self.addItems([_shown(name) for name in names])
            self.setCurrentRow(0)
        self._place()
        self.show()
        self.raise_()
        self._announce()

    def step(self, rows: int) -> None:
        """Go to another column; past either end it goes on at the other."""
        self.setCurrentRow((self.currentRow() + rows) % self.count())
        self._announce()

    def take(self) -> None:
        """Choose the column that is marked."""
        at = self.currentRow()
        self.hide()
        if at >= 0:
            self.chosen.emit(self._names[at])

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that it is there."""
        super().showEvent(event)
        self.opened.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that it is gone."""
        super().hideEvent(event)
        self.opened.emit(False)

    def _place(self) -> None:
        """Stand below the cursor, or above it where there is no room."""
        window = self._edit.window()
        if self.parentWidget() is not window:
            self.setParent(window)
            self.setAccessibleName(self.tr("Columns of your list"))
            self._close_on_scrolling()
        line = self._edit.cursorRect()
        place = QRect(self._edit.viewport().mapTo(window, line.topLeft()), line.size())
        size = self._wish()
        left = max(0, min(place.left() - EDGES_PX, window.width() - size.width()))
        top = place.bottom() + BELOW_PX
        if top + size.height() > window.height() and place.top() > size.height():
            top = place.top() - BELOW_PX - size.height()
        self.setGeometry(QRect(QPoint(left, top), size))

    def _wish(self) -> QSize:
        self.ensurePolished()
        row = max(self.sizeHintForRow(0), 1)
        rows = min(self.count(), ROWS_SHOWN)
        width = self.sizeHintForColumn(0) + SCROLL_BAR_PX
        return QSize(max(LEAST_PX, min(MOST_PX, width)), rows * row + EDGES_PX)

    def _close_on_scrolling(self) -> None:
        above = self._edit.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.verticalScrollBar().valueChanged.connect(self.hide)
            above = above.parentWidget()
        self._edit.verticalScrollBar().valueChanged.connect(self.hide)

    def _announce(self) -> None:
        item = self.currentItem()
        if item is not None:
            event = QAccessibleAnnouncementEvent(self._edit, item.text())
            QAccessible.updateAccessibility(event)


def _shown(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
