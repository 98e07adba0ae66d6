"""The look and manners of every grid."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from cascade_desktop.ui.theme import colour, ui_font

ROW_PX = 38
CELL_PADDING_PX = 11
NOWHERE = -1

AnyIndex = QModelIndex | QPersistentModelIndex


def draw_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """Draw what lies under a cell: its tint when chosen or under the pointer, and its line."""
    rect = option.rect
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, colour("accent_soft"))
    elif _is_pointed_at(option):
        painter.fillRect(rect, colour("hover"))
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colour("line"))
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, colour("accent"))


def _is_pointed_at(option: QStyleOptionViewItem) -> bool:
    """Return whether the pointer is over a cell, or in a grid of rows over its row."""
    grid = option.widget
    if isinstance(grid, DataTable):
        return option.rect.top() <= grid.pointer_y <= option.rect.bottom()
    return bool(option.state & QStyle.StateFlag.State_MouseOver)


class CellDelegate(QStyledItemDelegate):
    """Draws text cells by hand, which is faster than the style sheet does it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the ground and the words, shortened with dots where they do not fit."""
        draw_ground(painter, option)
        text = index.data(Qt.ItemDataRole.DisplayRole)
        if text is None or text == "":
            return
        room = option.rect.adjusted(CELL_PADDING_PX, 0, -CELL_PADDING_PX, 0)
        words = str(text).replace("\n", " ")
        shown = option.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width() + 1)
        ink = index.data(Qt.ItemDataRole.ForegroundRole)
        painter.setPen(ink if isinstance(ink, QColor) else colour("text"))
        painter.setFont(option.font)
        given = index.data(Qt.ItemDataRole.TextAlignmentRole)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        align = Qt.AlignmentFlag(given) if given is not None else left
        painter.drawText(room, align, shown)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Leave room for the words as they are drawn, with the air beside them."""
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        return QSize(option.fontMetrics.horizontalAdvance(words) + 2 * CELL_PADDING_PX + 1, ROW_PX)


class DataTable(QTableView):
    """A grid of whole rows: chosen together, 38 px high, with a line under each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pointer_y = NOWHERE
        self.setFont(ui_font(tabular=True))
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_PX)
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setStretchLastSection(True)
        columns.setMinimumSectionSize(56)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def chosen_lines(self) -> tuple[int, ...]:
        """Return the lines that are chosen, however many, from the top."""
        chosen = self.selectionModel().selection()
        parts = [chosen.at(number) for number in range(chosen.count())]
        return tuple(sorted({at for p in parts for at in range(p.top(), p.bottom() + 1)}))

    def viewportEvent(self, event: QEvent) -> bool:
        """Tint the whole row under the pointer."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            self._point_at(event.position().toPoint().y())
        elif event.type() == QEvent.Type.Leave:
            self._point_at(NOWHERE)
        return super().viewportEvent(event)

    def _point_at(self, y: int) -> None:
        before, self.pointer_y = self.pointer_y, y
        if self.rowAt(before) != self.rowAt(y):
            self.viewport().update()
