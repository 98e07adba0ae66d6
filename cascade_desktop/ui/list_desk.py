"""The list of recipients that is open: read off the screen's thread, judged, edited."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from cascade_desktop.core.campaign_file import Campaign, ListRef
from cascade_desktop.core.decisions import RowDecisions, RowsKey
from cascade_desktop.core.pasted import Pasted
from cascade_desktop.core.questions import Question
from cascade_desktop.core.reading_problems import FileProblem
from cascade_desktop.core.recipients import Choice, Recipients
from cascade_desktop.core.repairs import Repairs
from cascade_desktop.core.report import ReportProblem
from cascade_desktop.core.table import Table
from cascade_desktop.engine.list_memory import ListMemory
from cascade_desktop.engine.list_opening import open_as, open_list, understood
from cascade_desktop.engine.tables.child import ReadingCancelledError, WarmReader
from cascade_desktop.engine.tables.report import ReportNotWrittenError
from cascade_desktop.engine.tables.rows_file import write_rows
from cascade_desktop.engine.tables.saving import is_the_list
from cascade_desktop.engine.tables.unreadable import UnreadableFileError
from cascade_desktop.engine.worker import Worker
from cascade_desktop.ui.list_looks import ListLooks
from cascade_desktop.ui.open_list import OpenList, Reading, as_opened, is_same_column, judge
from cascade_desktop.ui.reading_choice import ReadingChoice
from cascade_desktop.ui.tasks import Tasks

T = TypeVar("T")


class ListDesk(QObject):
    """Opens lists and keeps what the operator decided about the one that is open.

    A new list takes the old one's place only when its phones are found; until then every
    decision is about the list that the screen shows. Who was left out or corrected stays so when
    the very same file is opened again.
    """

    started = Signal(str)
    """Emits the name of the file that is being read."""
    failed = Signal(object)
    """Emits the FileProblem of a file that could not be read; the list before it stays."""
    asked = Signal(object, object)
    """Emits a ColumnProblem and the Table that it is about."""
    rows_refused = Signal(object)
    """Emits the ReportProblem of rows that could not be saved."""
    rows_saved = Signal(Path)
    changed = Signal(object)
    """Emits the Recipients as they stand."""
    judging = Signal(bool)
    """Emits whether a decision about the list that is shown is still on its way to `changed`."""
    lost = Signal(object, str)
    """Emits why decisions about rows do not hold, and the file's name; after `changed`."""

    def __init__(
        self,
        tasks: Tasks,
        reader: WarmReader,
        memory: ListMemory,
        country: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._reader = reader
        self._memory = memory
        self.looks = ListLooks(tasks, reader, self)
        self._files, self._worker = Worker(), Worker()
        self.reading: Reading | None = None
        """The file that is on its way to the screen."""
        self.usual_country = country
        """Of numbers without a country's code in the lists to come."""
        self._shown: OpenList | None = None
        self._asked: OpenList | None = None
        self._decided: dict[RowsKey, RowDecisions] = {}
        self._arriving: OpenList | None = None
        """What takes the shown list's place once it is judged."""
        self._on_their_way = 0
        """So many decisions about the list that is shown are not judged yet."""
        self._past: list[Choice] = []
        self._stopped: frozenset[str] = frozenset()
        self.known_rows: Callable[[Table], RowDecisions | None] = lambda _: None
        """Tells what a campaign that is to come back says about the rows of a list."""
        self.recipients: Recipients | None = None
        self.questions: tuple[Question, ...] = ()
        """What must be asked about it, the most important first."""
        self.repairs: Repairs = {}
        """What can be mended in it together."""
        self.path: Path | None = None
        """The file of the list that is shown; None where it is no file."""
        self.pasted: Pasted | None = None
        """The text of the list that is shown; None where it is a file."""
        self.as_last_time = False
        """Whether it is read as one of its shape was read before."""

    @property
    def table(self) -> Table | None:
        """Return the table that the screen shows, or that a question is about."""
        about = self._asked or self._shown
        return about.table if about else None

    @property
    def undoable(self) -> tuple[Choice, ...]:
        """Return what held before each decision about this list, and what holds now."""
        return (*self._past, self._shown.choice) if self._past and self._shown else ()

    @property
    def choice(self) -> Choice:
        """Return what was decided about the list that is shown or asked about."""
        about = self._asked or self._shown
        return about.choice if about else Choice(country=self.usual_country)

    def set_stopped(self, phones: frozenset[str]) -> None:
        """Take other numbers that must not be messaged; a list that is open is judged again."""
        if phones != self._stopped:
            self._stopped = phones
            if self._shown is not None:
                self._shown = replace(self._shown)
                self._judge(self._shown)
            if self._arriving is not None:
                self._judge(replace(self._arriving))

    def open(self, path: Path, campaign: Campaign | None = None) -> None:
        """Read a file, as a campaign says where one does; what was still being read is given up."""
        country = campaign.country if campaign else self.choice.country
        ref = campaign.recipients if campaign else None
        self._tasks.spawn(self._open(path, country, self._begin(path.name), ref))

    def open_text(
        self, text: str, title: str, header_row: int | None = None, country: str = ""
    ) -> None:
        """Take pasted cells or typed numbers as the list."""
        choice = Choice(country=country or self.choice.country)
        pasted = Pasted(text, title, header_row)
        self._tasks.spawn(self._open_text(pasted, choice, self._begin(title)))

    def cancel(self) -> None:
        """Give up the file that is being read, and the verdicts on one that is not shown yet."""
        if self.reading is not None:
            self.reading.cancelled.set()
            self.reading = None
        if self._arriving is not None and self._arriving.reading is not None:
            self._arriving = None
        self._turn_looks(self._asked or self._shown)

    def leave_question(self) -> None:
        """Give up the list that a question was about; the one before it stays."""
        self._asked = None
        self._turn_looks(self._shown)

    def read_as(self, wanted: ReadingChoice) -> None:
        """Understand a list another way, from now on; the file is read again if it must."""
        about = self._asked or self._shown
        if about is None:
            return
        choice = replace(
            about.choice,
            phone_column=wanted.phone_column,
            consent_column=wanted.consent_column,
            country=wanted.country,
        )
        self._turn_looks(about)
        path, how = about.path, wanted.over(about.how)
        about = replace(about, choice=choice, to_remember=True, as_last_time=False)
        if wanted.reads_again and path is not None:
            about = replace(about, how=how)
            self._tasks.spawn(self._read_again(about, path, self._begin(path.name)))
        elif wanted.header_row is not None and about.pasted is not None:
            pasted = replace(about.pasted, header_row=wanted.header_row)
            self._tasks.spawn(self._open_text(pasted, choice, self._begin(pasted.title)))
        else:
            self._judge(self._decided_over(about, about))

    def edit(self, cells: Mapping[int, str]) -> None:
        """Write other numbers into phone cells, each under its row number of the sheet."""
        if self._shown is not None:
            choice = self._shown.choice
            self._decide(replace(choice, edits={**choice.edits, **cells}))

    def leave_out(self, sheet_rows: Iterable[int], *, out: bool) -> None:
        """Leave rows out, or take them back."""
        if self._shown is not None:
            choice = self._shown.choice
            rows = frozenset(sheet_rows)
            kept = choice.left_out | rows if out else choice.left_out - rows
            self._decide(replace(choice, left_out=kept))

    def include_hidden(self, include: bool) -> None:
        """Include the rows that are hidden in the file, or leave them out."""
        if self._shown is not None:
            self._decide(replace(self._shown.choice, include_hidden=include))

    def undo(self) -> None:
        """Take the last decision about single rows back; how the list is read stays."""
        if self._past and self._shown is not None:
            before = self._past.pop()
            self._settle(
                replace(
                    self._shown.choice,
                    edits=before.edits,
                    left_out=before.left_out,
                    include_hidden=before.include_hidden,
                )
            )

    def save_rows(
        self, path: Path, table: Table, extra: tuple[str, str], rows: Iterable[Sequence[str]]
    ) -> None:
        """Save rows of a list as a workbook, with why each is there and one more column.

        They are asked for one by one as they are written, off the screen's thread.
        """
        if is_the_list(path, table.source.file):
            self.rows_refused.emit(ReportProblem.THE_LIST)
        else:
            self._tasks.spawn(self._save_rows(path, (*table.names, *extra), rows))

    def close(self) -> None:
        """Give up what is being read and end the thread."""
        self.cancel()
        self.looks.close()
        self._files.close()
        self._worker.close()

    def _begin(self, name: str) -> Reading:
        """Give up what is being read, and begin with a file or a text."""
        self._asked = None
        self.cancel()
        self.reading = Reading(name)
        self.started.emit(name)
        return self.reading

    def _turn_looks(self, about: OpenList | None) -> None:
        if about is not None:
            self.looks.turn_to(about.path, about.how)

    async def _open(
        self, path: Path, country: str, reading: Reading, ref: ListRef | None = None
    ) -> None:
        way = open_list if ref is None else partial(open_as, ref=ref)
        read = partial(way, self._reader, self._memory, path, country)
        opened = await self._unless_failed(reading, read)
        if opened is not None:
            shown = self._shown
            same = ref is None and shown is not None and shown.path == path
            arrived = as_opened(opened, path, reading)
            self._judge(self._decided_over(arrived, shown if same else None))

    async def _open_text(self, pasted: Pasted, choice: Choice, reading: Reading) -> None:
        table = await self._files.run(pasted.table)
        if reading is not self.reading:
            return
        if isinstance(table, FileProblem):
            self.cancel()
            self.failed.emit(table)
        else:
            about = OpenList(table, None, choice, pasted=pasted, reading=reading)
            self._judge(self._decided_over(about, None))

    async def _read_again(self, about: OpenList, path: Path, reading: Reading) -> None:
        table = await self._unless_failed(reading, partial(self._reader.read, path, about.how))
        if table is not None:
            arrived = replace(about, table=table, reading=reading)
            self._judge(self._decided_over(arrived, about))

    async def _unless_failed(self, reading: Reading, read: Callable[..., T]) -> T | None:
        """Return what was read; None, which was told, where it could not be or is not wanted."""
        try:
            found = await self._files.run(read, cancelled=reading.cancelled, report=reading.report)
        except ReadingCancelledError:
            return None
        except UnreadableFileError as error:
            if reading is self.reading:
                self.cancel()
                self.failed.emit(error.problem)
            return None
        return found if reading is self.reading else None

    async def _remember(self, about: OpenList, found: Recipients) -> None:
        known = understood(found, about.how, about.choice.country)
        with suppress(OSError):  # nothing but a convenience is lost
            if known is not None:
                await self._worker.run(self._memory.remember, about.shape, known)

    async def _save_rows(
        self, path: Path, names: Sequence[str], rows: Iterable[Sequence[str]]
    ) -> None:
        try:
            await self._files.run(partial(write_rows, wide=-2), path, names, rows)
        except ReportNotWrittenError as error:
            self.rows_refused.emit(error.problem)
        else:
            self.rows_saved.emit(path)

    def _decide(self, choice: Choice) -> None:
        """Take a decision about the list that is shown, one that can be undone."""
        if self._shown is not None and choice != self._shown.choice:
            self._past.append(self._shown.choice)
            self._settle(choice)

    def _settle(self, choice: Choice) -> None:
        """Judge the list that is shown anew; the next decision builds on this one at once."""
        if self._shown is not None:
            self._shown = replace(self._shown, choice=choice)
            column = self.recipients.phone_column if self.recipients else choice.phone_column
            self._decided[self._shown.key] = self._shown.decisions(column)
            if self._arriving is not None and self._arriving.table is self._shown.table:
                self._arriving = None  # a decision about rows wins over one about the reading
            self._judge(self._shown)

    def _decided_over(self, about: OpenList, before: OpenList | None) -> OpenList:
        known = self.known_rows(about.table)
        if known is not None:
            self._decided[about.key] = known
        return about.with_decisions(self._decided.get(about.key), before)

    def _judge(self, about: OpenList) -> None:
        if about is not self._shown:
            self._arriving = about
        if about.reading is not None:
            self._tasks.spawn(self._give_verdicts(about))
        else:
            self._on_their_way += 1
            self.judging.emit(True)
            self._tasks.spawn(self._judge_again(about))

    async def _judge_again(self, about: OpenList) -> None:
        """Judge the list that is shown; until then nobody may take its people for those meant."""
        try:
            await self._give_verdicts(about)
        finally:
            self._on_their_way -= 1
            if not self._on_their_way:
                self.judging.emit(False)

    async def _give_verdicts(self, about: OpenList) -> None:
        choice = replace(about.choice, stopped=self._stopped)
        try:
            found, questions, repairs = await self._worker.run(
                judge, about, choice, self.recipients
            )
        except ReadingCancelledError:
            return
        if about is self._arriving:
            self._arriving, self._asked = None, None
            if about.reading is self.reading:
                self.reading = None
        elif about is not self._shown:
            return
        if isinstance(found, Recipients):
            self.questions, self.repairs = questions, repairs
            self._show(about, found)
            if about.to_remember:
                await self._remember(about, found)
        else:
            self._asked = replace(about, reading=None)
            self._turn_looks(about)
            self.asked.emit(found, about.table)

    def _show(self, about: OpenList, found: Recipients) -> None:
        """Let a list be the one that decisions are about."""
        if not is_same_column(self.recipients, found):
            self._past.clear()
        self._shown = about.settled()
        self._turn_looks(self._asked or about)
        self.path, self.pasted = about.path, about.pasted
        self.as_last_time = about.as_last_time
        self.recipients = found
        self.changed.emit(found)
        if about.lost is not None:
            self.lost.emit(about.lost, found.table.source.file)
