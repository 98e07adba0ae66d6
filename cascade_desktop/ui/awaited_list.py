"""Nothing is written for one list and sent to another: a campaign's own list is waited for."""

from PySide6.QtCore import QObject

from cascade_desktop.ui.draft_desk import DraftDesk
from cascade_desktop.ui.file_choice import choose_list
from cascade_desktop.ui.list_desk import ListDesk
from cascade_desktop.ui.list_return import ListReturn
from cascade_desktop.ui.main_window import MainWindow
from cascade_desktop.ui.wording_campaigns import say_list_awaited


class AwaitedList(QObject):
    """Holds a draft whose list is not the one on the screen, says so, and shows the ways out."""

    def __init__(
        self, window: MainWindow, lists: ListDesk, drafts: DraftDesk, returns: ListReturn
    ) -> None:
        super().__init__(window)
        self._window = window
        self._compose = compose = window.compose
        self._lists = lists
        self._drafts = drafts
        self._returns = returns
        self._held = False
        drafts.is_awaiting = self.is_held
        returns.waits.connect(self._show)
        for signal in (lists.started, lists.failed, lists.asked, lists.changed):
            signal.connect(self._show)
        compose.reading_cancelled.connect(self._on_cancelled)
        for signal in (compose.kind_changed, compose.edited):
            signal.connect(self._show)
        self._notice = compose.recipients_card.awaited_notice
        self._notice.choose_wanted.connect(self._ask)
        self._notice.instead_wanted.connect(self._use_shown)
        compose.action_bar.held_clicked.connect(self._notice.focus_choice)

    def is_held(self) -> bool:
        """Tell whether the open tab's draft waits for its list while another is on the screen."""
        return self._returns.is_awaited(self._compose.kind())

    def _show(self) -> None:
        held, awaited, found = self.is_held(), self._returns.awaited, self._lists.recipients
        reads = self._lists.reading is not None
        if held and awaited is not None and found is not None:
            sentence = say_list_awaited(awaited, reads=reads)
            self._compose.action_bar.hold(sentence)
            self._notice.show_list(sentence, found.table.source.file)
        else:
            self._compose.action_bar.hold("")
        self._notice.setVisible(held and not reads)
        if held is not self._held:
            self._held = held
            self._drafts.touch()

    def _on_cancelled(self) -> None:
        awaited = self._returns.awaited
        if awaited is not None and self._lists.recipients is None:
            self._compose.show_problem(say_list_awaited(awaited, reads=False))
        self._show()

    def _ask(self) -> None:
        awaited = self._returns.awaited
        if awaited is not None:
            choose_list(self._window, lambda path: self._returns.find(path, awaited))

    def _use_shown(self) -> None:
        self._returns.use_shown()
        self._compose.edited.emit()
