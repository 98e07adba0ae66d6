"""From the ways to give a list to the verdicts: what the operator does with recipients."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from cascade_desktop.core.composition import Duplicates
from cascade_desktop.core.decisions import Lost, RowsKey, rows_key
from cascade_desktop.core.reading_problems import ColumnProblem, FileProblem, PhonesGone
from cascade_desktop.core.recipients import Recipients
from cascade_desktop.core.repairs import Repair
from cascade_desktop.core.report import ReportProblem
from cascade_desktop.core.table import Table
from cascade_desktop.engine.campaign_files import is_campaign_file
from cascade_desktop.engine.resources import resource
from cascade_desktop.ui.draft_desk import Composed, DraftDesk
from cascade_desktop.ui.file_choice import choose_list, choose_list_or_campaign, choose_workbook
from cascade_desktop.ui.list_desk import ListDesk
from cascade_desktop.ui.main_window import COMPOSE, MainWindow
from cascade_desktop.ui.message_dialog import MessageDialog
from cascade_desktop.ui.paste_dialog import PasteDialog
from cascade_desktop.ui.reading_choice import ReadingChoice
from cascade_desktop.ui.reading_dialog import ReadingDialog
from cascade_desktop.ui.recipient_groups_model import group_rows
from cascade_desktop.ui.recipients_model import Column, Tab
from cascade_desktop.ui.saved_dialog import SavedDialog
from cascade_desktop.ui.wording import say_report_problem
from cascade_desktop.ui.wording_files import say_dropped, say_lost
from cascade_desktop.ui.wording_offers import CONSENT, SHARED, Answer, Offer, Wish
from cascade_desktop.ui.wording_reading import say_list_kept, say_reading
from cascade_desktop.ui.wording_rows import RowWords

SAMPLE = "samples/sample-list.xlsx"
TELL_EVERY_MS = 100
TAKEN_BACK = 2
"""The result of a dialog that was neither accepted nor rejected."""


class ListFlow(QObject):
    """Joins the list desk to the compose page and the page of verdicts."""

    campaign_wanted = Signal(Path)
    """Emits a campaign file that was given where a list may be given."""

    def __init__(self, window: MainWindow, lists: ListDesk, drafts: DraftDesk) -> None:
        super().__init__(window)
        self._window = window
        self._lists = lists
        self._drafts = drafts
        self._settled: dict[RowsKey, frozenset[str]] = {}
        self.dialog: ReadingDialog | PasteDialog | None = None
        self._asked_about: Table | None = None
        self._ticks = QTimer(self, interval=TELL_EVERY_MS)
        self._ticks.timeout.connect(self._on_tick)
        compose, verdicts = window.compose, window.recipients
        compose.open_wanted.connect(lambda: choose_list_or_campaign(window, self.open_file))
        compose.sample_wanted.connect(lambda: lists.open(resource(SAMPLE)))
        compose.paste_wanted.connect(lambda: self.ask_numbers(from_clipboard=True))
        compose.type_wanted.connect(lambda: self.ask_numbers(from_clipboard=False))
        compose.change_reading_wanted.connect(self.ask_reading)
        compose.recipients_card.corrected_wanted.connect(lambda: self._show_rows(Tab.REPAIRED))
        compose.recipients_card.consent_unwanted.connect(self._on_consent_unwanted)
        compose.reading_cancelled.connect(lists.cancel)
        window.file_dropped.connect(self.open_file)
        window.others_dropped.connect(lambda paths: self._tell(say_dropped(len(paths))))
        verdicts.change_wanted.connect(self.ask_reading)
        verdicts.edited.connect(lambda row, cell: lists.edit({row: cell}))
        verdicts.left_out.connect(lambda rows, out: lists.leave_out(rows, out=out))
        verdicts.answered.connect(self._on_answered)
        compose.recipients_card.answered.connect(self._on_answered)
        verdicts.save_wanted.connect(lambda _: self.ask_rows())
        lists.started.connect(self._on_started)
        lists.failed.connect(self._on_failed)
        lists.asked.connect(self._on_asked)
        lists.looks.looked.connect(self._on_looked)
        lists.looks.sampled.connect(self._on_sampled)
        lists.changed.connect(self._on_changed)
        lists.lost.connect(self._on_lost)
        lists.judging.connect(drafts.hold)
        lists.rows_refused.connect(self._on_rows_refused)
        lists.rows_saved.connect(
            lambda path: SavedDialog(self.tr("The rows are saved"), path, window).open()
        )
        drafts.composed.connect(self._on_composed)

    def open_file(self, path: Path) -> None:
        """Open a list that was dropped or named at the start, or hand a campaign's file on."""
        if is_campaign_file(path):
            self.campaign_wanted.emit(path)
        else:
            self._lists.open(path)

    def open_files(self, paths: Sequence[Path]) -> None:
        """Open the list that a file manager named; of several none is opened."""
        if len(paths) == 1:
            self.open_file(paths[0])
        elif paths:
            self._tell(say_dropped(len(paths)))

    def ask_numbers(self, *, from_clipboard: bool) -> None:
        """Ask for pasted cells or typed numbers."""
        dialog = PasteDialog(self._window, from_clipboard=from_clipboard)
        title = self.tr("Pasted numbers") if from_clipboard else self.tr("Typed numbers")
        dialog.taken.connect(lambda text: self._lists.open_text(text, title))
        self._open(dialog)

    def ask_reading(self) -> None:
        """Ask how the list that is open shall be read."""
        table = self._lists.table
        if table is not None:
            self._ask_reading(table)

    def ask_rows(self) -> None:
        """Ask where the rows that are shown go."""
        found = self._lists.recipients
        if found is not None:
            count = len(self._window.recipients.model.table_rows())
            of_what = self._window.recipients.tab_name.lower()
            name = f"{Path(found.table.source.file).stem} - {of_what} ({count}).xlsx"
            choose_workbook(self._window, name, self.save_rows)

    def save_rows(self, path: Path) -> None:
        """Save the rows that are shown, each as it stands and with its reason."""
        model = self._window.recipients.model
        words = model.words
        if words is None:
            return
        rows = (  # a million take half a minute, so they are put together as they are written
            _row_as_it_stands(words, place) for place in model.table_rows()
        )
        why = model.columns.index(Column.WHY)
        reason = str(model.headerData(why, Qt.Orientation.Horizontal))
        extra = (reason, self.tr("Row in the list"))
        self._lists.save_rows(path, words.recipients.table, extra, rows)

    def _tell(self, sentence: str) -> None:
        MessageDialog(self.tr("This is not a list"), sentence, self._window).open()

    def _ask_reading(self, table: Table, why: ColumnProblem | None = None) -> None:
        found, lists = self._lists.recipients, self._lists
        column = found.phone_column if found is not None and found.table is table else None
        self._leave_reading()
        self._asked_about = table
        sentence = say_reading(why) if why is not None else ""
        proposes = not isinstance(why, PhonesGone)  # another column would be other people's
        dialog = ReadingDialog(
            table, column, lists.choice, sentence, self._window, proposes=proposes
        )
        dialog.chosen.connect(lists.read_as)
        dialog.look_wanted.connect(lists.looks.look)
        dialog.samples_wanted.connect(lists.looks.sample)
        dialog.rejected.connect(lists.leave_question)
        self._open(dialog)

    def _on_consent_unwanted(self) -> None:
        found = self._lists.recipients
        if found is not None:
            self._settle(CONSENT, found)
            self._lists.read_as(replace(_as_it_is(found), consent_column=None))

    def _on_sampled(self, encoding: str, table: Table) -> None:
        if isinstance(self.dialog, ReadingDialog):
            self.dialog.encoding_question.show_samples(encoding, table)

    def _on_looked(self, wanted: ReadingChoice, read: Table | FileProblem) -> None:
        if not isinstance(self.dialog, ReadingDialog):
            return
        if isinstance(read, FileProblem):
            self.dialog.show_problem(wanted, say_reading(read))
        else:
            self.dialog.show_look(wanted, read)

    def _open(self, dialog: ReadingDialog | PasteDialog) -> None:
        dialog.finished.connect(self._on_finished)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def _on_finished(self) -> None:
        """Let what was still read for a dialog come to nothing."""
        self.dialog = None

    def _leave_reading(self) -> None:
        """Take back the question about a list that is not the one to be asked about any more.

        Nobody rejected it: the desk may hold the next question already, and must keep it.
        """
        if isinstance(self.dialog, ReadingDialog):
            self.dialog.done(TAKEN_BACK)

    def _on_started(self, name: str) -> None:
        self._leave_reading()
        self._window.show_page(COMPOSE)
        self._window.compose.show_reading(name)
        self._ticks.start()

    def _on_tick(self) -> None:
        reading = self._lists.reading
        if reading is None:
            self._ticks.stop()
        else:
            compose = self._window.compose
            for panel in (compose.reading_panel, compose.recipients_card.reading_panel):
                panel.show_progress(reading.progress)

    def _on_failed(self, problem: FileProblem) -> None:
        self._window.compose.show_problem(say_reading(problem))

    def _on_asked(self, problem: ColumnProblem, table: Table) -> None:
        self._window.compose.show_problem(say_reading(problem))
        self._ask_reading(table, problem)

    def _on_changed(self, recipients: Recipients) -> None:
        if self._lists.table is not self._asked_about:
            self._leave_reading()
        path = self._lists.path
        is_sample = path == resource(SAMPLE)
        self._window.folders.of_list = None if path is None or is_sample else path.parent
        self._window.compose.show_recipients(recipients, as_last_time=self._lists.as_last_time)
        self._window.recipients.show_list(group_rows(recipients))
        self._ask(recipients)
        self._drafts.set_recipients(recipients)
        if self._lists.reading is not None:  # this was a decision about the list before it
            self._window.compose.show_reading(self._lists.reading.file)
            self._on_tick()

    def _on_lost(self, why: Lost, file: str) -> None:
        self._window.compose.recipients_card.show_news(say_lost(why, file))

    def _on_rows_refused(self, why: ReportProblem) -> None:
        title = self.tr("The rows are not saved")
        MessageDialog(title, _say_unsaved(why), self._window).open()

    def _on_answered(self, offer: Offer, answer: Answer) -> None:
        found = self._lists.recipients
        if found is None:
            return
        if offer.code and answer.wish is not Wish.SEE:
            self._settle(offer.code, found)
        self._do(answer, found)
        self._ask(found)

    def _settle(self, code: str, found: Recipients) -> None:
        key = rows_key(found.table.source)
        self._settled[key] = self._settled.get(key, frozenset()) | {code}

    def _do(self, answer: Answer, found: Recipients) -> None:
        match answer.wish:
            case Wish.HIDDEN_IN | Wish.HIDDEN_OUT:
                self._lists.include_hidden(answer.wish is Wish.HIDDEN_IN)
            case Wish.SHEET:
                self._lists.read_as(ReadingChoice(answer.value, None, None, found.country))
            case Wish.HEADER:
                self._lists.read_as(replace(_as_it_is(found), header_row=int(answer.value)))
            case Wish.COUNTRY:
                self._lists.read_as(replace(_as_it_is(found), country=answer.value))
            case Wish.CONSENT:
                column = int(answer.value)
                self._lists.read_as(replace(_as_it_is(found), consent_column=column))
            case Wish.CORRECT:
                self._correct(Repair(answer.value), found)
            case _:
                self._do_aside(answer)

    def _correct(self, kind: Repair, found: Recipients) -> None:
        """Mend the rows of a kind, but none that was written over since they were judged."""
        then, now = found.choice.edits, self._lists.choice.edits
        repairs = self._lists.repairs.get(kind, {})
        self._lists.edit({row: to for row, to in repairs.items() if now.get(row) == then.get(row)})

    def _do_aside(self, answer: Answer) -> None:
        """Do what changes nothing about the list itself."""
        match answer.wish:
            case Wish.DUPLICATES:
                self._window.compose.settle_duplicates(Duplicates(answer.value))
            case Wish.STOP_LIST:
                self._window.show_stop_list()
            case Wish.OTHER_LIST:
                choose_list(self._window, self._lists.open)
            case Wish.SEE:
                self._show_rows(Tab.DIFFERING if answer.value == SHARED else Tab.TO_FIX)
            case _:
                pass

    def _show_rows(self, tab: Tab) -> None:
        self._window.recipients.show_tab(tab)
        self._window.show_verdicts()

    def _ask(self, found: Recipients) -> None:
        settled = self._settled.get(rows_key(found.table.source), frozenset())
        asked = tuple(one for one in self._lists.questions if one.code not in settled)
        card = self._window.compose.recipients_card
        card.ask(asked, consent_settled=CONSENT in settled)
        self._window.recipients.ask(asked, self._lists.repairs)

    def _on_composed(self, composed: Composed | None) -> None:
        if composed is not None:
            self._window.recipients.show_list(composed.groups)


def _say_unsaved(why: ReportProblem) -> str:
    return say_list_kept() if why is ReportProblem.THE_LIST else say_report_problem(why)


def _row_as_it_stands(words: RowWords, place: int) -> tuple[str, ...]:
    """Return a row's cells with the phone as it was written over, why, and where it stood."""
    found = words.recipients
    row = list(found.table.row(place))
    row[found.phone_column] = found.phone_cell(place)
    return (*row, words.whole(place), str(found.table.row_numbers[place]))


def _as_it_is(found: Recipients) -> ReadingChoice:
    """Return the choice that changes nothing about how a list is read."""
    choice = found.choice
    return ReadingChoice(
        None, None, found.phone_column, choice.country, consent_column=choice.consent_column
    )
