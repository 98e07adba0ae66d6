"""Closing the window: at once, after the batch under way, or not yet and out of sight."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from cascade_desktop.core.report import ReportProblem
from cascade_desktop.core.states import Reason
from cascade_desktop.engine.journal.values import Counts, Head
from cascade_desktop.engine.sending import Progress
from cascade_desktop.ui.campaign_desk import CampaignDesk
from cascade_desktop.ui.closing_dialog import ClosingDialog
from cascade_desktop.ui.main_window import RESULTS, MainWindow
from cascade_desktop.ui.sending_tray import SendingTray


class ClosingFlow(QObject):
    """Asks once while a campaign is sent; hides the window, and brings it back at the end."""

    leave_wanted = Signal()
    """The program shall end; the batch under way is finished first."""

    def __init__(self, window: MainWindow, tray: SendingTray) -> None:
        super().__init__(window)
        self._window = window
        self._tray = tray
        self._desk: CampaignDesk | None = None
        self._counts: Counts | None = None
        self._is_leaving = False
        self._is_away = False
        self.dialog: ClosingDialog | None = None
        window.closing.connect(self.ask)
        tray.open_wanted.connect(self.come_back)
        tray.quit_wanted.connect(self._leave)
        tray.pause_wanted.connect(lambda: self._desk and self._desk.pause())

    def attach(self, desk: CampaignDesk) -> None:
        """Follow another account's desk."""
        self._desk = desk
        self._counts = None
        desk.undo_ticked.connect(self._on_held)
        desk.began.connect(self._on_began)
        desk.settled.connect(self._on_settled)
        desk.ended.connect(self._on_over)
        desk.undone.connect(lambda: self._on_over(None))
        desk.refused.connect(self._on_refused)

    def ask(self) -> None:
        """Close at once when nothing is being sent; ask otherwise."""
        if self._is_leaving:
            return
        if not self._is_sending():
            self._leave()
        elif self.dialog is None:
            self._ask()

    def ask_no_more(self) -> None:
        """Hear that the program ends whatever the operator would say."""
        self._is_leaving = True
        if self.dialog is not None:
            self.dialog.show_finishing()

    def come_back(self) -> None:
        """Show the window again, in front of the others."""
        self._show_window()
        self._window.raise_()
        self._window.activateWindow()

    def _ask(self) -> None:
        dialog = self.dialog = ClosingDialog(self._window, tray=self._tray.is_available())
        dialog.stop_wanted.connect(self._leave)
        dialog.keep_wanted.connect(self._keep_sending)
        dialog.finished.connect(self._on_answered)
        if self._counts is None:
            dialog.show_held()
        else:
            dialog.show_counts(self._counts)
        dialog.open()

    def _on_answered(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _leave(self) -> None:
        if self._is_leaving:
            return
        self._is_leaving = True
        if self._is_sending():
            self._show_window()
            if self.dialog is None:
                self._ask()
            if self.dialog is not None:
                self.dialog.show_finishing()
        self.leave_wanted.emit()

    def _is_sending(self) -> bool:
        """Tell whether a campaign is sent; a test under way is ended, and nobody is asked."""
        return self._desk is not None and self._desk.is_sending and not self._desk.is_trying

    def _keep_sending(self) -> None:
        """Leave the screen to other work; where there is no tray the window stays listed."""
        self._is_away = True
        self._window.show_page(RESULTS)
        if self._tray.is_available():
            self._tray.icon.show()
            self._window.hide()
        else:
            self._window.showMinimized()

    def _show_window(self) -> None:
        self._is_away = False
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()

    def _return_quietly(self) -> None:
        """Show the window without taking the keyboard from what somebody is typing."""
        quiet = Qt.WidgetAttribute.WA_ShowWithoutActivating
        self._window.setAttribute(quiet, True)
        self._show_window()
        self._window.setAttribute(quiet, False)
        QApplication.alert(self._window)

    def _on_held(self, _seconds: int) -> None:
        self._counts = None

    def _on_began(self, head: Head) -> None:
        self._show_counts(head.counts)

    def _on_settled(self, progress: Progress) -> None:
        if not progress.waiting_s:
            self._show_counts(progress.counts)

    def _show_counts(self, counts: Counts) -> None:
        self._counts = counts
        if self.dialog is not None:
            self.dialog.show_counts(counts)

    def _on_refused(self, why: Reason | ReportProblem) -> None:
        if isinstance(why, Reason):  # a report that was not saved ends no sending
            self._on_over(None)

    def _on_over(self, head: Head | None) -> None:
        """Nothing is being sent any more: ask what is still to ask, and hide nothing.

        What somebody is about to click on does not vanish.
        """
        if self._is_leaving:
            return
        if self.dialog is not None:
            self.dialog.show_over(head)
        if self._is_away:
            self._return_quietly()
