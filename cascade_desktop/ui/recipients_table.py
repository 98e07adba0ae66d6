"""The grid of rows to mend, made for the keyboard: type a phone, Enter, the next one."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QWidget

from cascade_desktop.ui.grid_layout import WidthWatch
from cascade_desktop.ui.recipients_cells import (
    ActionsDelegate,
    OwnDelegate,
    PhoneFieldDelegate,
    SentenceDelegate,
)
from cascade_desktop.ui.recipients_model import Column, RecipientsModel, Tab
from cascade_desktop.ui.theme import MARGIN_PX
from cascade_desktop.ui.widgets.table import DataTable

ROW_PX = 66
"""High enough for three lines of a sentence with air round them, or two stacked buttons."""
WIDTHS_PX = {
    Column.ROW: 76,
    Column.PHONE: 268,
    Column.OWN: 128,
    Column.WHY: 340,
    Column.ACTIONS: 178,
}
LEAST_WHY_PX = 240
WIDEST_NAME_PX = 170
ROOMY_PX = 1150
"""From this width on there is room for two of the operator's own columns."""
WITHOUT_ACTIONS = (Tab.DUPLICATE, Tab.STOPPED, Tab.NO_CONSENT, Tab.HIDDEN, Tab.BLANK)
"""Where no row has a button: what happened has that room."""

_Hint = QAbstractItemDelegate.EndEditHint
_Flag = QItemSelectionModel.SelectionFlag
_STEPS = {_Hint.SubmitModelCache: 1, _Hint.EditNextItem: 1, _Hint.EditPreviousItem: -1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class RecipientsTable(DataTable):
    """Typing writes a row's phone wherever in the row the cursor is; Delete leaves rows out."""

    deleted = Signal(object)
    """Emits the lines that were chosen when Delete was pressed."""
    pressed_action = Signal(int, object)
    """Emits a sheet row and the Action that was pressed."""

    def __init__(self, model: RecipientsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        self.setEditTriggers(self.EditTrigger.EditKeyPressed | self.EditTrigger.AnyKeyPressed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        self._actions = ActionsDelegate(self)
        self._delegates = {
            Column.PHONE: PhoneFieldDelegate(self),
            Column.OWN: OwnDelegate(self),
            Column.WHY: SentenceDelegate(self),
            Column.ACTIONS: self._actions,
        }
        self._actions.pressed.connect(self.pressed_action)
        WidthWatch(self).changed.connect(self.fit_columns)

    def lay_out_columns(self) -> None:
        """Give every column its look: another list has others."""
        for at, kind in enumerate(self._rows.columns):
            self.setColumnWidth(at, WIDTHS_PX[kind])
            self.setItemDelegateForColumn(at, self._delegates.get(kind))  # type: ignore[arg-type]
        self.fit_columns()

    def fit_columns(self) -> None:
        """Give what the other columns leave to the sentence about a row, then to the name."""
        columns = self._rows.columns
        if not columns:
            return
        own = [at for at, kind in enumerate(columns) if kind is Column.OWN]
        for at in own[1:]:
            self.setColumnHidden(at, self.width() < ROOMY_PX - 2 * MARGIN_PX)
        actions, idle = columns.index(Column.ACTIONS), self._rows.tab in WITHOUT_ACTIONS
        self.setColumnHidden(actions, idle)
        shown = (at for at in range(len(columns)) if not self.isColumnHidden(at))
        others = sum(WIDTHS_PX[columns[at]] for at in shown if columns[at] is not Column.WHY)
        left = self.viewport().width() - others
        name = max(0, min(WIDEST_NAME_PX - WIDTHS_PX[Column.OWN], left - WIDTHS_PX[Column.WHY]))
        if own:
            self.setColumnWidth(own[0], WIDTHS_PX[Column.OWN] + name)
            left -= name
        self.setColumnWidth(columns.index(Column.WHY), max(LEAST_WHY_PX, left))

    def go_to(self, line: int) -> None:
        """Put the cursor on a line's phone and choose this line alone, whatever keys are held."""
        if 0 <= line < self._rows.rowCount():
            index = self._rows.index(line, self._rows.columns.index(Column.PHONE))
            self.selectionModel().setCurrentIndex(index, _Flag.ClearAndSelect | _Flag.Rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type into the phone, open it with Enter or F2, leave rows out with Delete."""
        here = self.currentIndex()
        if event.key() == Qt.Key.Key_Delete and self.selectionModel().hasSelection():
            self.deleted.emit(self.chosen_lines())
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
