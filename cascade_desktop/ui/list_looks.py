"""Looks at the first rows of a list in other ways of reading it, before one is chosen."""

import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cascade_desktop.engine.tables.child import ReadingCancelledError, WarmReader
from cascade_desktop.engine.tables.grid import ReadChoice
from cascade_desktop.engine.tables.unreadable import UnreadableFileError
from cascade_desktop.engine.worker import Worker
from cascade_desktop.ui.reading_choice import LOOK_ROWS, ReadingChoice
from cascade_desktop.ui.tasks import Tasks


class ListLooks(QObject):
    """Reads some rows in the background; a newer look gives an older one up."""

    looked = Signal(object, object)
    """Emits how a list would be read, and the Table's first rows or the FileProblem."""
    sampled = Signal(str, object)
    """Emits an encoding, and the Table's first rows as it writes them."""

    def __init__(self, tasks: Tasks, reader: WarmReader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._reader = reader
        self._worker = Worker()
        self._path: Path | None = None
        self._how = ReadChoice()
        self._looking = threading.Event()
        self._sampling = threading.Event()

    def turn_to(self, path: Path | None, how: ReadChoice) -> None:
        """Be about another list, read in some way; None is one without a file."""
        self._looking.set()
        self._sampling.set()
        self._path, self._how = path, how

    def look(self, wanted: ReadingChoice) -> None:
        """Read the first rows in another way."""
        self._looking.set()
        self._looking = threading.Event()
        if self._path is not None:
            how = replace(wanted.over(self._how), most_rows=LOOK_ROWS)
            self._tasks.spawn(self._look(self._path, wanted, how, self._looking))

    def sample(self, encodings: Sequence[str]) -> None:
        """Read the first rows in other encodings, to show whose names can be read."""
        self._sampling.set()
        self._sampling = threading.Event()
        if self._path is not None:
            self._tasks.spawn(self._sample(self._path, encodings, self._sampling))

    def close(self) -> None:
        """Give up what is being read and end the thread."""
        self.turn_to(None, self._how)
        self._worker.close()

    async def _look(
        self, path: Path, wanted: ReadingChoice, how: ReadChoice, cancelled: threading.Event
    ) -> None:
        try:
            read = await self._worker.run(self._reader.read, path, how, cancelled=cancelled)
        except ReadingCancelledError:
            return
        except UnreadableFileError as error:
            read = error.problem
        if not cancelled.is_set():
            self.looked.emit(wanted, read)

    async def _sample(
        self, path: Path, encodings: Sequence[str], cancelled: threading.Event
    ) -> None:
        for encoding in encodings:
            how = replace(self._how, encoding=encoding, most_rows=LOOK_ROWS)
            with suppress(UnreadableFileError, ReadingCancelledError):
                table = await self._worker.run(self._reader.read, path, how, cancelled=cancelled)
                if not cancelled.is_set():
                    self.sampled.emit(encoding, table)
