"""The grid of rows to mend, made for the keyboard: type a phone, Enter, the next one."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QWidget

from cascade_desktop.ui.recipients_model import Column, RecipientsModel
from cascade_desktop.ui.widgets.table import DataTable

_Hint = QAbstractItemDelegate.EndEditHint
_STEPS = {_Hint.SubmitModelCache: 1, _Hint.EditNextItem: 1, _Hint.EditPreviousItem: -1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class RecipientsTable(DataTable):
    """Typing writes a row's phone wherever in the row the cursor is; Delete leaves rows out."""

    deleted = Signal(object)
    """Emits the lines that were chosen when Delete was pressed."""

    def __init__(self, model: RecipientsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        self.setEditTriggers(self.EditTrigger.EditKeyPressed | self.EditTrigger.AnyKeyPressed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def go_to(self, line: int) -> None:
        """Put the cursor on a line's phone."""
        if 0 <= line < self._rows.rowCount():
            column = self._rows.columns.index(Column.PHONE)
            self.setCurrentIndex(self._rows.index(line, column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type into the phone, open it with Enter or F2, leave rows out with Delete."""
        here = self.currentIndex()
        lines = {index.row() for index in self.selectionModel().selectedIndexes()}
        if event.key() == Qt.Key.Key_Delete and lines:
            self.deleted.emit(tuple(sorted(lines)))
            return
        if not here.isValid() or self.state() == self.State.EditingState:
            super().keyPressEvent(event)
            return
        opens = event.key() in (*_ENTER, Qt.Key.Key_F2) and not event.modifiers() & _COMMANDS
        types = event.text().strip().isprintable() and event.text().strip() != ""
        if opens or (types and not event.modifiers() & _COMMANDS):
            self.go_to(here.row())
        if opens:
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first row, so that keys have something to work on."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.go_to(0)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go on to the next row that needs a person when a phone was written."""
        line = self.currentIndex().row()
        step = _STEPS.get(hint)
        super().closeEditor(editor, _Hint.NoHint if step else hint)
        if step:
            self.go_to(self._rows.next_to_fix(line, step))

    def edit_phone(self, index: QModelIndex) -> None:
        """Open a phone with one click: it looks like a field."""
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
