"""The campaign under way on the results page: what happens, and what the operator wants."""

from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject

from cascade_desktop.core.report import ReportProblem
from cascade_desktop.core.states import Reason, Resolution
from cascade_desktop.engine.journal.schema import DamagedJournalError
from cascade_desktop.engine.journal.values import Entry, Head
from cascade_desktop.engine.sending import Progress
from cascade_desktop.engine.tracker import Deliveries
from cascade_desktop.ui.campaign_desk import CampaignDesk
from cascade_desktop.ui.campaign_report import report_name
from cascade_desktop.ui.delivery_desk import DeliveryDesk
from cascade_desktop.ui.details_dialog import about_fault
from cascade_desktop.ui.file_choice import choose_report
from cascade_desktop.ui.main_window import COMPOSE, HISTORY, RESULTS, MainWindow
from cascade_desktop.ui.message_dialog import MessageDialog
from cascade_desktop.ui.results_model import ResultsModel
from cascade_desktop.ui.saved_dialog import SavedDialog
from cascade_desktop.ui.typed_phones import with_typed_phones
from cascade_desktop.ui.uncertain_dialog import UncertainDialog
from cascade_desktop.ui.unusable import say_unusable
from cascade_desktop.ui.wording import say_reason, say_report_problem
from cascade_desktop.ui.wording_trouble import say_busy, say_trying


class ResultsFlow(QObject):
    """Joins the desk of the account that is open to the results and the history page."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._view = window.results
        self._desk: CampaignDesk | None = None
        self._deliveries: DeliveryDesk | None = None
        self._practice = True
        self._head: Head | None = None
        self._model = ResultsModel()
        self._began_at = 0.0
        self._began_done = 0
        view = self._view
        view.pause_wanted.connect(lambda: self._desk and self._desk.pause())
        view.stop_wanted.connect(lambda: self._desk and self._desk.stop())
        view.continue_wanted.connect(lambda: self._desk and self._desk.go_on())
        view.undo_wanted.connect(lambda: self._desk and self._desk.undo())
        view.split_allowed.connect(lambda: self._desk and self._desk.allow_split())
        view.hold_wanted.connect(lambda on: self._desk and self._desk.hold(on=on))
        view.decide_wanted.connect(self.ask_uncertain)
        view.save_wanted.connect(self.ask_report)
        view.grid.rows_seen.connect(self._look)
        window.page_shown.connect(self._on_page)
        window.history.opened.connect(self._on_history)

    def attach(self, desk: CampaignDesk, deliveries: DeliveryDesk, *, practice: bool) -> None:
        """Follow another account's desks."""
        self._desk = desk
        self._deliveries = deliveries
        self._practice = practice
        self._head = None
        self._view.show_nothing()
        desk.opened.connect(self._show_campaign)
        desk.settled.connect(self._show_progress)
        desk.answer_awaited.connect(self._view.show_silence)
        desk.undo_ticked.connect(self._view.show_undo)
        desk.undone.connect(self._on_undone)
        desk.began.connect(self._on_began)
        desk.ended.connect(self._on_ended)
        desk.comes_back.connect(self._view.show_comeback)
        desk.refused.connect(self._on_refused)
        desk.report_saved.connect(self._on_saved)
        desk.heads_read.connect(self._window.history.show_heads)
        desk.ended.connect(deliveries.start)
        deliveries.learned.connect(self._show_deliveries)
        deliveries.halted.connect(self._view.show_halt)

    def ask_report(self) -> None:
        """Ask where the report goes, then write it there."""
        if self._head is not None:
            name = report_name(self._head, self._practice)
            choose_report(self._window, name, self.save_report)

    def save_report(self, path: Path) -> None:
        """Write the report."""
        if self._desk is not None:
            self._desk.save_report(path)

    def ask_uncertain(self) -> None:
        """Ask what shall become of the uncertain messages."""
        if self._head is None or not self._head.undecided:
            return
        dialog = UncertainDialog(self._head, self._window)
        dialog.decided.connect(self._decide)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def show_failure(self, error: BaseException) -> None:
        """Say that the program itself failed at something."""
        if isinstance(error, DamagedJournalError):
            self._tell(self.tr("The record of campaigns is damaged"), say_unusable(error))
            return
        about_fault(error, self._window).open()

    def _show_campaign(self, head: Head, entries: list[Entry]) -> None:
        self._head = head
        self._model = ResultsModel(head.columns, head.phone_column, head.id_stem)
        self._model.stream(with_typed_phones(head, entries))
        self._view.show_campaign(head, practice=self._practice, model=self._model)
        self._window.show_page(RESULTS)

    def _on_began(self, head: Head) -> None:
        self._head = head
        self._began_at, self._began_done = monotonic(), head.counts.done
        self._view.show_running(head)

    def _show_progress(self, progress: Progress) -> None:
        if self._head is None or progress.campaign != self._head.code:
            return
        self._model.apply(progress.changes)
        if progress.waiting_s:
            self._view.show_waiting(progress.reason, progress.waiting_s)
            return
        elapsed = monotonic() - self._began_at
        done = progress.counts.done - self._began_done
        self._view.show_progress(progress.counts, done / elapsed if elapsed > 0 else 0.0)

    def _show_deliveries(self, learned: Deliveries) -> None:
        if self._head is not None and learned.campaign == self._head.code:
            self._model.apply(learned.changes)

    def _look(self, rows: tuple[int, ...]) -> None:
        if self._deliveries is not None and self._head is not None:
            self._deliveries.look(self._head.code, rows)

    def _on_ended(self, head: Head) -> None:
        self._head = head
        self._view.show_ending(head)

    def _on_undone(self) -> None:
        self._head = None
        self._view.show_nothing()
        self._window.show_page(COMPOSE)
        self._tell(
            self.tr("Undone"),
            self.tr("Nothing was sent. Your list and your message are as they were."),
        )

    def _on_refused(self, why: Reason | ReportProblem) -> None:
        words = say_reason(why) if isinstance(why, Reason) else say_report_problem(why)
        self._tell(self.tr("This did not work"), words)

    def _on_saved(self, path: Path) -> None:
        SavedDialog(self.tr("The report is saved"), path, self._window).open()

    def _decide(self, choice: str) -> None:
        if choice and self._desk is not None and self._head is not None:
            self._desk.decide(Resolution(choice), self._head.undecided)

    def _on_page(self, key: str) -> None:
        if key == HISTORY and self._desk is not None:
            self._desk.read_heads()

    def _on_history(self, code: str) -> None:
        if self._desk is None:
            return
        if self._desk.is_sending and self._desk.is_trying:
            self._tell(*say_trying())
        elif self._desk.is_sending and code != self._desk.code:
            self._tell(*say_busy(held=self._desk.is_held))
        elif self._desk.is_sending:
            self._window.show_page(RESULTS)
        else:
            self._desk.show(code)

    def _tell(self, title: str, text: str) -> None:
        MessageDialog(title, text, self._window).open()
