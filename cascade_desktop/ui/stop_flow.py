"""From “never message again” to the list: asked, kept, told, undone."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from cascade_desktop.core.questions import Question
from cascade_desktop.core.reading_problems import ColumnProblem, FileProblem
from cascade_desktop.core.recipients import Choice
from cascade_desktop.core.report import ReportProblem
from cascade_desktop.core.states import Reason
from cascade_desktop.core.stop_list import Stopped, StopSum
from cascade_desktop.core.stop_reading import StopReading, UnreadDate, UnreadRow
from cascade_desktop.core.table import Table
from cascade_desktop.ui.file_choice import choose_list, choose_stop_list, choose_workbook
from cascade_desktop.ui.list_desk import ListDesk
from cascade_desktop.ui.main_window import MainWindow
from cascade_desktop.ui.message_dialog import MessageDialog
from cascade_desktop.ui.never_dialog import NeverDialog
from cascade_desktop.ui.reading_choice import ReadingChoice
from cascade_desktop.ui.reading_dialog import ReadingDialog
from cascade_desktop.ui.recipients_undo import RecipientsUndo
from cascade_desktop.ui.saved_dialog import SavedDialog
from cascade_desktop.ui.stop_add_dialog import StopAddDialog
from cascade_desktop.ui.stop_desk import StopDesk, StopRows
from cascade_desktop.ui.wording import say_reason, say_report_problem
from cascade_desktop.ui.wording_reading import say_reading
from cascade_desktop.ui.wording_stop import (
    list_name,
    say_no_numbers,
    say_stop_sum,
    say_undated_count,
    say_unread,
    say_unread_count,
)

UNREAD_SHOWN = 8


class StopFlow(QObject):
    """Joins the desk of the list to its page, and to the list of recipients that is open."""

    def __init__(self, window: MainWindow, stops: StopDesk, lists: ListDesk) -> None:
        super().__init__(window)
        self._window = window
        self._stops = stops
        self._lists = lists
        self._practice = True
        self._removed: tuple[Stopped, ...] = ()
        self._reading: ReadingDialog | None = None
        self._undo = RecipientsUndo(window, lists, stops)
        self.dialog: StopAddDialog | ReadingDialog | NeverDialog | MessageDialog | None = None
        view = window.stop_list
        view.add_wanted.connect(self.ask_numbers)
        view.import_wanted.connect(lambda: choose_list(window, self.import_file))
        view.export_wanted.connect(self.ask_export)
        view.remove_wanted.connect(stops.remove)
        view.undo_wanted.connect(self.undo)
        window.never_wanted.connect(self.ask_stop)
        window.recipients.never_wanted.connect(self.ask_stop)
        stops.changed.connect(self._on_changed)
        for ended in (stops.kept, stops.asked, stops.failed, stops.refused):
            ended.connect(self._on_read)  # first: a sheet is laid over the page as it looks then
        stops.kept.connect(self._on_kept)
        stops.removed.connect(self._on_removed)
        stops.asked.connect(self._on_asked)
        stops.looks.looked.connect(self._on_looked)
        stops.looks.sampled.connect(self._on_sampled)
        stops.failed.connect(self._on_failed)
        stops.refused.connect(self._on_refused)
        stops.written.connect(self._on_written)

    def set_practice(self, practice: bool) -> None:
        """Follow another account: its list is another one."""
        self._practice = practice
        self._removed = ()
        self._undo.forget()
        self._on_read()
        self._window.stop_list.set_practice(practice)

    def ask_numbers(self) -> None:
        """Ask for numbers to put on the list."""
        dialog = StopAddDialog(self._window)
        dialog.taken.connect(
            lambda text, why: self._stops.add_text(text, why, self._lists.usual_country)
        )
        self._open(dialog)

    def ask_stop(self, phones: Sequence[str], without: int = 0) -> None:
        """Ask whether these people shall never be messaged again; some rows have no number."""
        if not phones:
            self._tell(self.tr("There is no number here"), say_no_numbers())
            return
        dialog = NeverDialog(phones, self._window, practice=self._practice, without=without)
        dialog.accepted.connect(lambda: self._stops.add(phones, dialog.reason))
        self._open(dialog)

    def import_file(self, path: Path) -> None:
        """Add the numbers of a file."""
        self._window.stop_list.show_reading(path.name)
        self._stops.import_file(path, self._lists.usual_country)

    def ask_export(self) -> None:
        """Ask where the list goes."""
        stamp = self.tr("PRACTICE") + " " if self._practice else ""
        choose_stop_list(self._window, f"{stamp}{list_name()}.xlsx", self._stops.export)

    def undo(self) -> None:
        """Put back what was taken off last."""
        removed, self._removed = self._removed, ()
        self._window.stop_list.forget_removal()
        if removed:
            self._stops.put_back(removed)

    def _on_changed(self, rows: StopRows) -> None:
        self._window.stop_list.show_list(rows.entries, rows.search)
        self._lists.set_stopped(rows.phones)

    def _on_read(self) -> None:
        """Nothing is being read any more."""
        self._window.stop_list.show_reading("")

    def _on_removed(self, entries: tuple[Stopped, ...]) -> None:
        self._removed = entries
        self._window.stop_list.show_removed(len(entries))

    def _on_kept(self, done: StopSum, reading: StopReading) -> None:
        """Say what was added, and every row that was not; a plain addition needs no words."""
        self._window.stop_list.forget_removal()
        told: tuple[UnreadRow | UnreadDate, ...] = (*reading.unread, *reading.undated)
        page, window = self._window.page(), self._window
        if not told and page is window.recipients:
            return
        if not told and not done.known and page is window.stop_list:
            return
        lines = [say_stop_sum(done) if reading.entries else say_no_numbers()]
        if reading.unread:
            lines += [say_unread_count(len(reading.unread)), *self._some(reading.unread)]
        if reading.undated:
            lines += [say_undated_count(len(reading.undated)), *self._some(reading.undated)]
        title = self.tr("Some could not be read") if told else list_name()
        dialog = MessageDialog(title, "\n".join(lines), self._window)
        if len(told) > UNREAD_SHOWN:
            dialog.offer(self.tr("&Save them as Excel…"), lambda: self._save_unread(told))
        self._open(dialog)

    def _some(self, rows: Sequence[UnreadRow | UnreadDate]) -> list[str]:
        """Say the first rows, and how many more there are."""
        more = len(rows) - UNREAD_SHOWN
        last = [self.tr("… and %Ln more", "", more)] if more > 0 else []
        return [say_unread(row) for row in rows[:UNREAD_SHOWN]] + last

    def _save_unread(self, told: Sequence[UnreadRow | UnreadDate]) -> None:
        names = (self.tr("Row"), self.tr("Cell"), self.tr("Why"))
        rows = [(str(row.row), row.cell, say_unread(row)) for row in told]
        name = f"{list_name()} ({len(rows)}).xlsx"
        choose_workbook(self._window, name, lambda path: self._stops.save_rows(path, names, rows))

    def _on_asked(self, question: Question | ColumnProblem, table: Table, choice: Choice) -> None:
        stops = self._stops
        words = say_reading(question)
        dialog = ReadingDialog(table, None, choice, words, self._window, asks_consent=False)
        dialog.chosen.connect(stops.read_as)
        dialog.look_wanted.connect(stops.looks.look)
        dialog.samples_wanted.connect(stops.looks.sample)
        dialog.finished.connect(self._on_reading_answered)
        self._reading = dialog
        self._open(dialog)

    def _on_reading_answered(self) -> None:
        """Let what was still read for the question come to nothing."""
        self._reading = None

    def _on_looked(self, wanted: ReadingChoice, read: Table | FileProblem) -> None:
        if self._reading is None:
            return
        if isinstance(read, FileProblem):
            self._reading.show_problem(wanted, say_reading(read))
        else:
            self._reading.show_look(wanted, read)

    def _on_sampled(self, encoding: str, table: Table) -> None:
        if self._reading is not None:
            self._reading.encoding_question.show_samples(encoding, table)

    def _on_failed(self, problem: FileProblem) -> None:
        self._tell(self.tr("This file gave no numbers"), say_reading(problem))

    def _on_refused(self, why: Reason | ReportProblem) -> None:
        words = say_reason(why) if isinstance(why, Reason) else say_report_problem(why)
        self._tell(self.tr("This did not work"), words)

    def _on_written(self, path: Path) -> None:
        self._open(SavedDialog(self.tr("The list is saved"), path, self._window))

    def _tell(self, title: str, text: str) -> None:
        self._open(MessageDialog(title, text, self._window))

    def _open(self, dialog: StopAddDialog | ReadingDialog | NeverDialog | MessageDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()
