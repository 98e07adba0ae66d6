"""The list of recipients that is open: read off the screen's thread, judged, edited."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cascade_desktop.core.pasted import table_from_text
from cascade_desktop.core.reading_problems import FileFault, FileProblem
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.table import Table
from cascade_desktop.engine.tables.child import ReadingCancelledError, WarmReader
from cascade_desktop.engine.tables.grid import ReadChoice
from cascade_desktop.engine.tables.report import ReportNotWrittenError
from cascade_desktop.engine.tables.rows_file import write_rows
from cascade_desktop.engine.tables.unreadable import UnreadableFileError
from cascade_desktop.engine.worker import Worker
from cascade_desktop.ui.tasks import Tasks


class ListDesk(QObject):
    """Opens lists and keeps what the operator decided about the one that is open."""

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

    def __init__(
        self, tasks: Tasks, reader: WarmReader, country: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._reader = reader
        self._worker = Worker()
        self._cancelled = threading.Event()
        self._read_choice = ReadChoice(country=country)
        self._choice = Choice(country=country)
        self.path: Path | None = None
        self.table: Table | None = None
        self.recipients: Recipients | None = None

    def open(self, path: Path, choice: ReadChoice | None = None) -> None:
        """Read a file; a file that was still being read is given up."""
        self._cancelled.set()
        self._cancelled = threading.Event()
        self.started.emit(path.name)
        wanted = choice or ReadChoice(country=self._choice.country)
        self._tasks.spawn(self._open(path, wanted, self._cancelled))

    def open_text(self, text: str, title: str) -> None:
        """Take pasted cells or typed numbers as the list."""
        self.cancel()
        table = table_from_text(text, title)
        if not len(table):
            self.failed.emit(FileProblem(FileFault.NO_ROWS, title))
            return
        self.path = None
        self._judge_new(table)

    def cancel(self) -> None:
        """Give up the file that is being read."""
        self._cancelled.set()

    @property
    def country(self) -> str:
        """Return the country of numbers without a country's code."""
        return self._choice.country

    def read_as(
        self, sheet: str | None, header_row: int | None, column: int | None, country: str
    ) -> None:
        """Understand the same list another way; the file is read again only if it must be."""
        again = (sheet, header_row) != (self._read_choice.sheet, self._read_choice.header_row)
        if again and self.path is not None:
            self._choice = Choice(country=country)
            self.open(self.path, ReadChoice(sheet=sheet, header_row=header_row, country=country))
        else:
            self._rejudge(replace(self._choice, phone_column=column, country=country))

    def save_rows(self, path: Path, reason: str, rows: Sequence[tuple[Sequence[str], str]]) -> None:
        """Save rows of the list as a workbook, each with why it is there."""
        if self.table is not None:
            self._tasks.spawn(self._save_rows(path, self.table.names, reason, rows))

    def edit(self, sheet_row: int, cell: str) -> None:
        """Write another number into a row's phone cell."""
        edits: Mapping[int, str] = {**self._choice.edits, sheet_row: cell}
        self._rejudge(replace(self._choice, edits=edits))

    def leave_out(self, sheet_row: int, *, out: bool) -> None:
        """Leave a row out, or take it back."""
        rows = self._choice.left_out - {sheet_row}
        left_out = rows | {sheet_row} if out else rows
        self._rejudge(replace(self._choice, left_out=left_out))

    def close(self) -> None:
        """Give up what is being read and end the thread."""
        self.cancel()
        self._worker.close()

    async def _open(self, path: Path, choice: ReadChoice, cancelled: threading.Event) -> None:
        try:
            table = await self._worker.run(self._reader.read, path, choice, cancelled=cancelled)
        except ReadingCancelledError:
            return
        except UnreadableFileError as error:
            if not cancelled.is_set():
                self.failed.emit(error.problem)
            return
        if not cancelled.is_set():
            self.path = path
            self._read_choice = choice
            self._judge_new(table)

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

    def _judge_new(self, table: Table) -> None:
        self.table = table
        self._rejudge(Choice(country=self._choice.country))

    def _rejudge(self, choice: Choice) -> None:
        self._choice = choice
        if self.table is not None:
            self._tasks.spawn(self._judge(self.table, choice))

    async def _judge(self, table: Table, choice: Choice) -> None:
        before = self.recipients
        found = await self._worker.run(read_recipients, table, choice, before)
        if choice is not self._choice:
            return
        if isinstance(found, Recipients):
            self.recipients = found
            self.changed.emit(found)
        else:
            self.recipients = None
            self.asked.emit(found, table)
