"""Take back what was decided last on the page of recipients: about rows, or about numbers."""

from PySide6.QtCore import QObject

from cascade_desktop.core.recipients import Recipients
from cascade_desktop.core.table import Table
from cascade_desktop.ui.list_desk import ListDesk
from cascade_desktop.ui.main_window import MainWindow
from cascade_desktop.ui.stop_desk import StopDesk
from cascade_desktop.ui.wording_offers import say_change
from cascade_desktop.ui.wording_stop import say_stopped_count


class RecipientsUndo(QObject):
    """Knows the order of the decisions about rows and of those never to message somebody."""

    def __init__(self, window: MainWindow, lists: ListDesk, stops: StopDesk) -> None:
        super().__init__(window)
        self._window = window
        self._lists = lists
        self._stops = stops
        self._table: Table | None = None
        self._stopped: list[tuple[int, tuple[str, ...]]] = []
        """The numbers, each time with how much there was to undo about rows before."""
        window.recipients.undo_wanted.connect(self.undo)
        lists.changed.connect(self._on_changed)
        stops.stopped.connect(self._on_stopped)

    def undo(self) -> None:
        """Take the last decision back."""
        if self._are_numbers_last():
            self._stops.take_back(self._stopped.pop()[1])
            self._say()
        else:
            self._lists.undo()

    def forget(self) -> None:
        """Take back no number any more: another list counts now."""
        self._stopped.clear()
        self._say()

    def _are_numbers_last(self) -> bool:
        return bool(self._stopped) and self._stopped[-1][0] >= len(self._lists.undoable)

    def _on_changed(self, recipients: Recipients) -> None:
        if recipients.table is not self._table:
            self._table = recipients.table
            self._stopped.clear()
        self._say()

    def _on_stopped(self, phones: tuple[str, ...]) -> None:
        if phones and self._window.page() is self._window.recipients:
            self._stopped.append((len(self._lists.undoable), phones))
            self._say()

    def _say(self) -> None:
        undoable, words = self._lists.undoable, ""
        if self._are_numbers_last():
            words = say_stopped_count(len(self._stopped[-1][1]))
        elif undoable:
            words = say_change(*undoable[-2:])
        self._window.recipients.show_undo(words)
