"""The menu of a row of recipients, for the right button and the keyboard's menu key."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from cascade_desktop.ui.indexed_model import AnyIndex
from cascade_desktop.ui.recipient_actions import Act, Action
from cascade_desktop.ui.recipients_model import MENU_ROLE, SHEET_ROW_ROLE, RecipientsModel
from cascade_desktop.ui.recipients_table import RecipientsTable
from cascade_desktop.ui.wording_recipients import say_never


class RowMenu(QMenu):
    """Offers what a row's buttons do, and never to message the numbers of the chosen rows again."""

    acted = Signal(int, object)
    """Emits a sheet row and the Action."""
    never_wanted = Signal(object, int)
    """Emits the phones, E.164, that stood in the chosen rows when the menu opened, and how many of
    those rows have none."""

    def __init__(self, index: AnyIndex, table: RecipientsTable, model: RecipientsModel) -> None:
        super().__init__(table)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._table = table
        if not index.isValid():
            return
        row = int(index.data(SHEET_ROW_ROLE))
        for action in index.data(MENU_ROLE) or ():
            entry = QAction(self._text(action), self)
            entry.triggered.connect(lambda _=False, action=action: self.acted.emit(row, action))
            self.addAction(entry)
        chosen = table.chosen_lines()
        lines = chosen if index.row() in chosen else (index.row(),)
        phones, without = model.stoppable(lines)
        if phones:
            never = QAction(say_never(len(phones)), self)
            never.triggered.connect(lambda: self.never_wanted.emit(phones, without))
            self.addAction(never)
        model.modelAboutToBeReset.connect(self.close)  # another list has other people there

    def open(self, at: QPoint) -> None:
        """Open where the pointer or the row is; a row about which nothing can be done has none."""
        if self.actions():
            self.popup(self._table.viewport().mapToGlobal(at))
        else:
            self.deleteLater()

    def _text(self, action: Action) -> str:
        what, words, _ = action
        return self.tr("Use {phone}").format(phone=words) if what is Act.USE else words
