"""How grids and the filters above them use the room they have."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyleOptionViewItem

from cascade_desktop.ui.indexed_model import AnyIndex
from cascade_desktop.ui.theme import colour
from cascade_desktop.ui.widgets.segmented import Segmented
from cascade_desktop.ui.widgets.table import CELL_PADDING_PX, CellDelegate, DataTable, draw_ground


def let_wrap(segments: Segmented) -> None:
    """Let filters take a second line; a fixed height would cut it off."""
    policy = segments.sizePolicy()
    policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
    segments.setSizePolicy(policy)


class WidthWatch(QObject):
    """Tells when a grid has another width for its columns, its scroll bar's coming included."""

    changed = Signal()

    def __init__(self, table: DataTable) -> None:
        super().__init__(table)
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the part of the grid that shows rows."""
        if isinstance(event, QResizeEvent) and event.size().width() != event.oldSize().width():
            self.changed.emit()
        return super().eventFilter(watched, event)


class QuietDelegate(CellDelegate):
    """Draws cells that a role marks in grey: they are only what a sheet says."""

    def __init__(self, quiet_role: int, parent: QObject) -> None:
        super().__init__(parent)
        self._quiet_role = quiet_role

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the ground and the words."""
        if not index.data(self._quiet_role):
            super().paint(painter, option, index)
            return
        draw_ground(painter, option)
        room = option.rect.adjusted(CELL_PADDING_PX, 0, -CELL_PADDING_PX, 0)
        words = " ".join(str(index.data() or "").split())
        shown = option.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width() + 1)
        painter.setPen(colour("muted"))
        painter.setFont(option.font)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)
