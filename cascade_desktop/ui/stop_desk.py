"""The “Do not message” list of the account that is open; all work is off the screen's thread."""

import threading
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from cascade_desktop.core.pasted import Pasted
from cascade_desktop.core.questions import Question
from cascade_desktop.core.reading_problems import ColumnProblem, FileProblem
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.states import Reason
from cascade_desktop.core.stop_list import Stopped, StopSum, tidy_reason
from cascade_desktop.core.stop_reading import StopReading, questions_of, read_stop_list
from cascade_desktop.core.table import Table
from cascade_desktop.engine.journal.schema import UnwritableJournalError
from cascade_desktop.engine.tables.child import ReadingCancelledError, WarmReader
from cascade_desktop.engine.tables.grid import ReadChoice
from cascade_desktop.engine.tables.report import ReportNotWrittenError
from cascade_desktop.engine.tables.rows_file import write_rows
from cascade_desktop.engine.tables.stop_file import write_stop_list
from cascade_desktop.engine.tables.unreadable import UnreadableFileError
from cascade_desktop.engine.worker import Worker
from cascade_desktop.engine.workspace import Workspace
from cascade_desktop.ui.list_looks import ListLooks
from cascade_desktop.ui.reading_choice import ReadingChoice
from cascade_desktop.ui.row_search import SearchText
from cascade_desktop.ui.tasks import Tasks
from cascade_desktop.ui.wording_stop import list_columns, list_name


@dataclass(frozen=True, slots=True)
class StopRows:
    """The whole list as screens need it, put together in the worker."""

    entries: tuple[Stopped, ...] = ()
    phones: frozenset[str] = frozenset()
    search: SearchText = field(default_factory=SearchText)


@dataclass(frozen=True, slots=True)
class _Source:
    """What numbers are taken from, and how it is understood."""

    table: Table | None
    """None before its file is read."""
    choice: Choice
    path: Path | None = None
    how: ReadChoice = field(default_factory=ReadChoice)
    reason: str = ""
    answered: bool = False
    """The operator has said how to read it: nothing is asked again."""


class StopDesk(QObject):
    """Keeps one account's list; what `kept` and `removed` tell is on the disk."""

    changed = Signal(object)
    """Emits the StopRows as they stand."""
    kept = Signal(object, object)
    """Emits the StopSum of what was added and the StopReading that it came from."""
    stopped = Signal(object)
    """Emits a tuple of phones that were put on the list one by one, and were not there before."""
    removed = Signal(object)
    """Emits the tuple of Stopped that were taken off."""
    asked = Signal(object, object, object)
    """Emits a Question or a ColumnProblem, the Table that it is about, and its Choice."""
    failed = Signal(object)
    """Emits the FileProblem of a file that gave no numbers."""
    refused = Signal(object)
    """Emits a Reason or a ReportProblem: something could not be done."""
    written = Signal(object)
    """Emits the Path of an exported list."""

    def __init__(self, tasks: Tasks, reader: WarmReader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._reader = reader
        self._files = Worker()
        self.looks = ListLooks(tasks, reader, self)
        self._space: Workspace | None = None
        self._asked: _Source | None = None
        self._cancelled = threading.Event()
        self.rows = StopRows()

    def attach(self, space: Workspace) -> None:
        """Take another account's list."""
        self._space = space
        self._tasks.spawn(self._reload(space))

    def detach(self) -> None:
        """Let go of an account that is about to close; what was being read for it is given up."""
        self._cancelled.set()
        self.looks.turn_to(None, ReadChoice())
        self._space = self._asked = None

    def add(self, phones: Iterable[str], reason: str = "") -> None:
        """Put numbers on the list that are known as they are sent to."""
        space = self._space
        if space is not None:
            now, why = space.waits.now(), tidy_reason(reason)
            entries = tuple(Stopped(phone, now, why) for phone in phones)
            self._spawn(self._stop(space, entries))

    def add_text(self, text: str, reason: str, country: str) -> None:
        """Put typed or pasted numbers on the list."""
        if self._space is not None:
            about = _Source(None, Choice(country=country), reason=tidy_reason(reason))
            pasted = Pasted(text, self.tr("Typed numbers"))
            self._spawn(self._take_text(self._space, about, pasted))

    def put_back(self, entries: tuple[Stopped, ...]) -> None:
        """Undo a removal: dates and reasons are as they were."""
        if self._space is not None:
            self._spawn(self._put_back(self._space, entries))

    def take_back(self, phones: tuple[str, ...]) -> None:
        """Undo that numbers were put on the list."""
        if self._space is not None:
            self._spawn(self._take_back(self._space, phones))

    def remove(self, entries: tuple[Stopped, ...]) -> None:
        """Take numbers off the list."""
        if self._space is not None:
            self._spawn(self._remove(self._space, entries))

    def import_file(self, path: Path, country: str) -> None:
        """Add the numbers of a file; one that was still being read is given up."""
        people = Choice(country=country, include_hidden=True)
        self._read(_Source(None, people, path, ReadChoice(country=country)), path)

    def read_as(self, wanted: ReadingChoice) -> None:
        """Understand what was asked about as the operator says."""
        about, self._asked = self._asked, None
        if about is None or self._space is None:
            return
        column, country = wanted.phone_column, wanted.country
        choice = replace(about.choice, phone_column=column, country=country)
        about = replace(about, choice=choice, how=wanted.over(about.how), answered=True)
        if wanted.reads_again and about.path is not None:
            self._read(about, about.path)
        else:
            self._spawn(self._understand(self._space, about))

    def export(self, path: Path) -> None:
        """Write the list to a file that another computer can import."""
        if self._space is not None:
            self._spawn(self._export(path, self.rows.entries))

    def save_rows(
        self,
        path: Path,
        names: Sequence[str],
        rows: Sequence[Sequence[str]],
    ) -> None:
        """Save what an import could not read, each row with why."""
        self._spawn(self._save_rows(path, names, rows))

    def close(self) -> None:
        """Give up what is being read and end the thread."""
        self.detach()
        self.looks.close()
        self._files.close()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.spawn(self._told(work))

    async def _told(self, work: Coroutine[Any, Any, None]) -> None:
        """Turn what the disk refuses into a word for the operator."""
        try:
            await work
        except UnwritableJournalError:
            self.refused.emit(Reason.DISK_FULL)
        except ReportNotWrittenError as error:
            self.refused.emit(error.problem)

    def _read(self, about: _Source, path: Path) -> None:
        self._cancelled.set()
        self._cancelled = threading.Event()
        if self._space is not None:
            self._spawn(self._import(self._space, about, path, self._cancelled))

    async def _import(
        self, space: Workspace, about: _Source, path: Path, cancelled: threading.Event
    ) -> None:
        try:
            table = await self._files.run(self._reader.read, path, about.how, cancelled=cancelled)
        except ReadingCancelledError:
            return
        except UnreadableFileError as error:
            if not cancelled.is_set():
                self.failed.emit(error.problem)
            return
        if not cancelled.is_set():
            await self._understand(space, replace(about, table=table))

    async def _take_text(self, space: Workspace, about: _Source, pasted: Pasted) -> None:
        table = await self._files.run(pasted.table)
        if isinstance(table, FileProblem):
            self.failed.emit(table)
        else:
            await self._understand(space, replace(about, table=table))

    async def _understand(self, space: Workspace, about: _Source) -> None:
        """Find the numbers; ask first where two readings are likely."""
        table = about.table
        if table is None:
            return
        found, question = await self._files.run(_asked, table, about.choice)
        if about.answered and isinstance(found, Recipients):
            question = None
        if space is not self._space:
            return
        if question is not None or not isinstance(found, Recipients):
            self._asked = about
            self.looks.turn_to(about.path, about.how)
            self.asked.emit(question, table, about.choice)
            return
        reading = await self._files.run(_numbers, found, space.waits.now(), about.reason)
        if space is self._space:
            await self._keep(space, reading)

    async def _keep(self, space: Workspace, reading: StopReading) -> None:
        done = StopSum()
        if reading.entries:
            done = await space.worker.run(space.journal.stop_list.add, reading.entries)
            await self._reload(space)
        self.kept.emit(done, reading)

    async def _stop(self, space: Workspace, entries: tuple[Stopped, ...]) -> None:
        known = await space.worker.run(space.journal.stop_list.phones)
        await self._keep(space, StopReading(entries))
        self.stopped.emit(tuple(entry.phone for entry in entries if entry.phone not in known))

    async def _take_back(self, space: Workspace, phones: tuple[str, ...]) -> None:
        await space.worker.run(space.journal.stop_list.remove, phones)
        await self._reload(space)

    async def _put_back(self, space: Workspace, entries: tuple[Stopped, ...]) -> None:
        await space.worker.run(space.journal.stop_list.add, entries)
        await self._reload(space)

    async def _remove(self, space: Workspace, entries: tuple[Stopped, ...]) -> None:
        phones = [entry.phone for entry in entries]
        await space.worker.run(space.journal.stop_list.remove, phones)
        await self._reload(space)
        self.removed.emit(entries)

    async def _export(self, path: Path, entries: tuple[Stopped, ...]) -> None:
        await self._files.run(write_stop_list, path, list_name(), list_columns(), entries)
        self.written.emit(path)

    async def _save_rows(
        self,
        path: Path,
        names: Sequence[str],
        rows: Sequence[Sequence[str]],
    ) -> None:
        await self._files.run(write_rows, path, names, rows)

    async def _reload(self, space: Workspace) -> None:
        rows = await space.worker.run(_load, space.journal.stop_list.entries)
        if space is self._space:
            self.rows = rows
            self.changed.emit(rows)


def _load(read: Callable[[], tuple[Stopped, ...]]) -> StopRows:
    entries = read()
    search = SearchText()
    search.add((entry.phone, entry.reason) for entry in entries)
    return StopRows(entries, frozenset(entry.phone for entry in entries), search)


def _asked(
    table: Table, choice: Choice
) -> tuple[Recipients | ColumnProblem, Question | ColumnProblem | None]:
    """Find the numbers, and what must be asked about them first."""
    found = read_recipients(table, choice)
    if not isinstance(found, Recipients):
        return found, found
    return found, next(iter(questions_of(table, found)), None)


def _numbers(found: Recipients, now: datetime, reason: str) -> StopReading:
    """Read the numbers; a reason that was typed once is the reason of all."""
    reading = read_stop_list(found, now)
    if not reason:
        return reading
    entries = tuple(replace(entry, reason=entry.reason or reason) for entry in reading.entries)
    return replace(reading, entries=entries)
