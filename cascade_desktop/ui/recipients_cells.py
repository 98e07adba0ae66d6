"""The cells of the recipients' page: phones that look like the fields they are, and buttons."""

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cascade_desktop.ui.indexed_model import AnyIndex
from cascade_desktop.ui.recipient_actions import Action
from cascade_desktop.ui.recipients_model import (
    ACTIONS_ROLE,
    SHEET_ROW_ROLE,
    STRUCK_ROLE,
)
from cascade_desktop.ui.theme import SMALL_PX, colour, ui_font
from cascade_desktop.ui.widgets.painting import draw_panel, inside
from cascade_desktop.ui.widgets.sentence import unbroken
from cascade_desktop.ui.widgets.table import CELL_PADDING_PX, CellDelegate, draw_ground

CELL_PX = 8
FIELD_HEIGHT_PX = 34
BUTTON_HEIGHT_PX = 30
BUTTON_PADDING_PX = 10
GAP_PX = 6
STACKED_GAP_PX = 4
CUT_SHARE = 0.25
"""So much of the last line stays free where words are cut, for lines that break early."""

WRAPPED = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)


def fits_in_lines(metrics: QFontMetrics, room: QRect, words: str) -> bool:
    """Return whether words too long for one line fit when they are wrapped."""
    if metrics.horizontalAdvance(words) <= room.width():
        return False
    needed = metrics.boundingRect(room, WRAPPED, words)
    return needed.height() <= room.height() and needed.width() <= room.width()


class SentenceDelegate(QStyledItemDelegate):
    """Draws a sentence in as many lines as the row has room for; the tip has all of it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the ground and the words."""
        draw_ground(painter, option)
        words = unbroken(str(index.data() or ""))
        room = option.rect.adjusted(CELL_PADDING_PX, 0, -CELL_PADDING_PX, 0)
        painter.setPen(colour("text"))
        painter.setFont(option.font)
        metrics = option.fontMetrics
        if metrics.boundingRect(room, WRAPPED, words).height() > room.height():
            lines = max(1, room.height() // metrics.lineSpacing())
            longest = int(room.width() * (lines - CUT_SHARE))
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, longest)
        painter.drawText(room, WRAPPED, words)


class OwnDelegate(CellDelegate):
    """Draws the operator's own cells; struck through where the row was left out."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the ground and the words: below one another where that shows them whole."""
        struck = QStyleOptionViewItem(option)
        struck.font = _font(option.font, index)
        words = unbroken(" ".join(str(index.data() or "").split()))
        room = option.rect.adjusted(CELL_PADDING_PX, 0, -CELL_PADDING_PX, 0)
        if not fits_in_lines(option.fontMetrics, room, words):
            super().paint(painter, struck, index)
            return
        draw_ground(painter, option)
        painter.setPen(colour("text"))
        painter.setFont(struck.font)
        painter.drawText(room, WRAPPED, words)


class PhoneFieldDelegate(QStyledItemDelegate):
    """Draws a phone as a field, which a click, F2 or typing opens."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the field and what stands in it."""
        draw_ground(painter, option)
        field = self._field(option.rect)
        painter.save()
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        edge = colour("accent" if focused else "field_line")
        draw_panel(painter, inside(field), 8, colour("field"), edge)
        painter.setPen(colour("text"))
        painter.setFont(_font(option.font, index))
        room = field.adjusted(10, 0, -10, 0)
        text = " ".join(str(index.data() or "").split("\n"))
        shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> QWidget:
        """Edit in a field of the window's own look."""
        edit = QLineEdit(parent)
        edit.setProperty("small", True)
        edit.setAccessibleName(self.tr("Phone in row {row}").format(row=index.data(SHEET_ROW_ROLE)))
        return edit

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        """Lay the editor over the field that was drawn."""
        editor.setGeometry(self._field(option.rect))

    def _field(self, cell: QRect) -> QRect:
        top = cell.top() + (cell.height() - FIELD_HEIGHT_PX) // 2
        return QRect(cell.left() + CELL_PX, top, cell.width() - 2 * CELL_PX, FIELD_HEIGHT_PX)


class ActionsDelegate(QStyledItemDelegate):
    """Draws what can be done about a row as small buttons; the row's menu has them too."""

    pressed = Signal(int, object)
    """Emits a sheet row and the Action that was pressed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._armed = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the buttons."""
        draw_ground(painter, option)
        painter.save()
        painter.setFont(_button_font())
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        for rect, (_, words, _) in _buttons(option.rect, index):
            edge = colour("accent" if over else "field_line")
            draw_panel(painter, inside(rect), 7, colour("panel"), edge)
            painter.setPen(colour("text"))
            painter.drawText(QRectF(rect), int(Qt.AlignmentFlag.AlignCenter), words)
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: AnyIndex,
    ) -> bool:
        """Press the button under the pointer; a double click presses it once."""
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self._armed = event.type() == QEvent.Type.MouseButtonPress
        released = event.type() == QEvent.Type.MouseButtonRelease and self._armed
        if released and isinstance(event, QMouseEvent):
            for rect, action in _buttons(option.rect, index):
                if rect.contains(event.position().toPoint()):
                    self.pressed.emit(int(index.data(SHEET_ROW_ROLE)), action)
                    return True
        return super().editorEvent(event, model, option, index)


def _font(font: QFont, index: AnyIndex) -> QFont:
    """Return a font, struck through where its row was left out."""
    struck = QFont(font)
    struck.setStrikeOut(bool(index.data(STRUCK_ROLE)))
    return struck


def _button_font() -> QFont:
    return ui_font(SMALL_PX, QFont.Weight.DemiBold, tabular=True)


def _buttons(cell: QRect, index: AnyIndex) -> Iterator[tuple[QRect, Action]]:
    """Yield where each of a row's buttons lies: side by side, or stacked where that is too wide."""
    actions: tuple[Action, ...] = index.data(ACTIONS_ROLE) or ()
    metrics = QFontMetrics(_button_font())
    widths = [metrics.horizontalAdvance(words) + 2 * BUTTON_PADDING_PX for _, words, _ in actions]
    across = sum(widths) + GAP_PX * (len(widths) - 1) + 2 * CELL_PX <= cell.width()
    lines = 1 if across else len(widths)
    room = (cell.height() - (lines + 1) * STACKED_GAP_PX) // lines
    height = min(BUTTON_HEIGHT_PX, room)
    left = cell.left() + CELL_PX
    top = cell.top() + (cell.height() - lines * (height + STACKED_GAP_PX) + STACKED_GAP_PX) // 2
    for action, width in zip(actions, widths, strict=True):
        yield QRect(left, top, width, height), action
        if across:
            left += width + GAP_PX
        else:
            top += height + STACKED_GAP_PX
