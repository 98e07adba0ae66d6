"""The list of recipients that is open: read off the screen's thread, judged, edited."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from cascade_desktop.core.decisions import (
    Lost,
    RowDecisions,
    RowsKey,
    bare,
    rows_key,
    why_lost,
)
from cascade_desktop.core.pasted import table_from_text
from cascade_desktop.core.questions import Question, find_questions
from cascade_desktop.core.reading_problems import ColumnProblem, FileFault, FileProblem
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.repairs import Repairs, find_repairs
from cascade_desktop.core.report import ReportProblem
from cascade_desktop.core.table import Table
from cascade_desktop.engine.list_memory import ListMemory
from cascade_desktop.engine.list_opening import open_list, understood
from cascade_desktop.engine.tables.child import ReadingCancelledError, WarmReader
from cascade_desktop.engine.tables.grid import ReadChoice
from cascade_desktop.engine.tables.report import ReportNotWrittenError
from cascade_desktop.engine.tables.rows_file import write_rows
from cascade_desktop.engine.tables.saving import is_the_list
from cascade_desktop.engine.tables.unreadable import UnreadableFileError
from cascade_desktop.engine.worker import Worker
from cascade_desktop.ui.list_looks import ListLooks
from cascade_desktop.ui.reading_choice import ReadingChoice
from cascade_desktop.ui.tasks import Tasks

T = TypeVar("T")
_BY_ITSELF = ReadChoice()


@dataclass(frozen=True, slots=True)
class _List:
    """A table with where it came from and what was decided about it."""

    table: Table
    path: Path | None
    choice: Choice
    how: ReadChoice = _BY_ITSELF
    shape: str = ""
    """Under which the operator's choices about the reading are remembered."""
    to_remember: bool = False
    as_last_time: bool = False
    lost: Lost | None = None
    """Why decisions about its rows, or of the list before it, do not hold."""


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
    changed = Signal(object)
    """Emits the Recipients as they stand."""
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
        self._worker = Worker()
        self._cancelled = threading.Event()
        self.usual_country = country
        """Of numbers without a country's code in the lists to come."""
        self._shown: _List | None = None
        self._asked: _List | None = None
        self._decided: dict[RowsKey, RowDecisions] = {}
        self._latest: _List | None = None
        self._past: list[Choice] = []
        self._stopped: frozenset[str] = frozenset()
        self.recipients: Recipients | None = None
        self.questions: tuple[Question, ...] = ()
        """What must be asked about it, the most important first."""
        self.repairs: Repairs = {}
        """What can be mended in it together."""
        self.as_last_time = False
        """Whether it is read as one of its shape was read before."""

    @property
    def table(self) -> Table | None:
        """Return the table that the screen shows, or that a question is about."""
        about = self._asked or self._shown
        return about.table if about else None

    @property
    def undoable(self) -> tuple[Choice, Choice] | None:
        """Return what held before the last decision about this list, and what holds now."""
        return (self._past[-1], self._shown.choice) if self._past and self._shown else None

    @property
    def choice(self) -> Choice:
        """Return what was decided about the list that is shown or asked about."""
        about = self._asked or self._shown
        return about.choice if about else Choice(country=self.usual_country)

    def set_stopped(self, phones: frozenset[str]) -> None:
        """Take other numbers that must not be messaged; a list that is open is judged again."""
        if phones != self._stopped:
            self._stopped = phones
            about = self._latest or self._shown
            if about is not None and self._asked is None:
                self._judge(about)

    def open(self, path: Path) -> None:
        """Read a file; a file that was still being read is given up."""
        country = self.choice.country
        self._tasks.spawn(self._open(path, country, self._begin(path)))

    def open_text(self, text: str, title: str) -> None:
        """Take pasted cells or typed numbers as the list."""
        self.cancel()
        self._asked = None
        table = table_from_text(text, title)
        if not len(table):
            self.failed.emit(FileProblem(FileFault.NO_ROWS, title))
            return
        self._judge(_List(table, None, Choice(country=self.choice.country)))

    def cancel(self) -> None:
        """Give up the file that is being read, and the verdicts on one that is not shown yet."""
        self._cancelled.set()
        about, shown = self._latest, self._shown
        if about is not None and (shown is None or about.table is not shown.table):
            self._latest = None

    def leave_question(self) -> None:
        """Give up the list that a question was about; the one before it stays."""
        if self._asked is not None:
            self._asked, self._latest = None, self._shown
            if self._shown is not None and self._are_others_stopped():
                self._judge(self._shown)
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
            self._tasks.spawn(self._read_again(about, path, self._begin(path)))
        else:
            self._judge(self._with_decisions(about, about))

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

    def save_rows(self, path: Path, reason: str, rows: Sequence[tuple[Sequence[str], str]]) -> None:
        """Save rows of the list as a workbook, each with why it is there."""
        if self._shown is None:
            return
        table = self._shown.table
        if is_the_list(path, table.source.file):
            self.rows_refused.emit(ReportProblem.THE_LIST)
        else:
            self._tasks.spawn(self._save_rows(path, table.names, reason, rows))

    def close(self) -> None:
        """Give up what is being read and end the thread."""
        self.cancel()
        self.looks.close()
        self._worker.close()

    def _begin(self, path: Path) -> threading.Event:
        """Give up what is being read, and begin with a file; returns what gives that up."""
        self.cancel()
        self._cancelled = threading.Event()
        self._asked = None
        self.started.emit(path.name)
        return self._cancelled

    def _turn_looks(self, about: _List | None) -> None:
        if about is not None:
            self.looks.turn_to(about.path, about.how)

    async def _open(self, path: Path, country: str, cancelled: threading.Event) -> None:
        opened = await self._unless_failed(
            cancelled,
            partial(open_list, self._reader, self._memory, path, country, cancelled),
        )
        if opened is not None:
            columns = opened.columns
            choice = Choice(
                country=opened.country,
                phone_column=columns.phone if columns else None,
                consent_column=columns.consent if columns else None,
            )
            found = _List(
                opened.table,
                path,
                choice,
                opened.how,
                opened.shape,
                as_last_time=columns is not None,
            )
            shown = self._shown
            same = shown is not None and shown.path == path
            self._judge(self._with_decisions(found, shown if same else None))

    async def _read_again(self, about: _List, path: Path, cancelled: threading.Event) -> None:
        table = await self._unless_failed(
            cancelled, partial(self._reader.read, path, about.how, cancelled=cancelled)
        )
        if table is not None:
            self._judge(self._with_decisions(replace(about, table=table), about))

    async def _unless_failed(self, cancelled: threading.Event, read: Callable[[], T]) -> T | None:
        """Return what was read; None, which was told, where it could not be or is not wanted."""
        try:
            found = await self._worker.run(read)
        except ReadingCancelledError:
            return None
        except UnreadableFileError as error:
            if not cancelled.is_set():
                self.failed.emit(error.problem)
            return None
        return None if cancelled.is_set() else found

    async def _remember(self, about: _List, found: Recipients) -> None:
        known = understood(found, about.how, about.choice.country)
        with suppress(OSError):  # nothing but a convenience is lost
            if known is not None:
                await self._worker.run(self._memory.remember, about.shape, known)

    async def _save_rows(
        self,
        path: Path,
        names: Sequence[str],
        reason: str,
        rows: Sequence[tuple[Sequence[str], str]],
    ) -> None:
        try:
            await self._worker.run(write_rows, path, names, reason, rows)
        except ReportNotWrittenError as error:
            self.rows_refused.emit(error.problem)

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
            self._decided[rows_key(self._shown.table.source)] = RowDecisions(
                column, choice.left_out, choice.edits, choice.include_hidden
            )
            self._judge(self._shown)

    def _with_decisions(self, about: _List, before: _List | None) -> _List:
        """Lay what was decided about these very rows over a list; tell what is left behind."""
        source = about.table.source
        known = self._decided.get(rows_key(source))
        if known is not None:
            choice, lost = known.over(about.choice)
            return replace(about, choice=choice, lost=lost or about.lost)
        lost = why_lost(before.choice, before.table.source, source) if before else None
        return replace(about, choice=bare(about.choice), lost=lost or about.lost)

    def _judge(self, about: _List) -> None:
        self._latest = about
        self._tasks.spawn(self._give_verdicts(about))

    def _are_others_stopped(self) -> bool:
        """Tell whether numbers came or went while a question was open."""
        return self.recipients is not None and self.recipients.choice.stopped != self._stopped

    async def _give_verdicts(self, about: _List) -> None:
        choice = replace(about.choice, stopped=self._stopped)
        found, questions, repairs = await self._worker.run(
            _judged, about.table, choice, self.recipients
        )
        if about is not self._latest:
            return
        self._turn_looks(about)
        if isinstance(found, Recipients):
            if not _is_same_column(self.recipients, found):
                self._past.clear()
            self._shown, self._asked = replace(about, to_remember=False, lost=None), None
            self.as_last_time = about.as_last_time
            self.recipients, self.questions, self.repairs = found, questions, repairs
            self.changed.emit(found)
            if about.lost is not None:
                self.lost.emit(about.lost, found.table.source.file)
            if about.to_remember:
                await self._remember(about, found)
        else:
            self._asked = about
            self.asked.emit(found, about.table)


def _is_same_column(before: Recipients | None, found: Recipients) -> bool:
    if before is None or before.table is not found.table:
        return False
    return before.phone_column == found.phone_column


def _judged(
    table: Table, choice: Choice, before: Recipients | None
) -> tuple[Recipients | ColumnProblem, tuple[Question, ...], Repairs]:
    found = read_recipients(table, choice, before)
    repairs = find_repairs(found) if isinstance(found, Recipients) else {}
    return found, find_questions(table, found), repairs
