"""Write reports in a thread of their own: sending goes on meanwhile."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cascade_desktop.core.report import Report
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.tables.report import ReportNotWrittenError
from cascade_desktop.engine.tables.saving import save_report
from cascade_desktop.engine.worker import Worker
from cascade_desktop.ui.tasks import Tasks


class ReportDesk(QObject):
    """Writes what the journal of one data folder tells of a campaign."""

    saved = Signal(object)
    """Emits the Path of a report."""
    refused = Signal(object)
    """Emits the ReportProblem: it could not be written."""

    def __init__(
        self, tasks: Tasks, folder: Path, make_report: Callable[..., Report], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._folder = folder
        self._make_report = make_report
        self._worker = Worker()

    def save(self, code: str, path: Path, *, practice: bool) -> None:
        """Write the results of a campaign."""
        self._tasks.spawn(self._save(code, path, practice))

    def close(self) -> None:
        """Let the report under way be written, then end the thread."""
        self._worker.close()

    async def _save(self, code: str, path: Path, practice: bool) -> None:
        try:
            await self._worker.run(self._write, code, path, practice)
        except ReportNotWrittenError as error:
            self.refused.emit(error.problem)
            return
        self.saved.emit(path)

    def _write(self, code: str, path: Path, practice: bool) -> None:
        journal = Journal(self._folder, readonly=True)
        try:
            report = self._make_report(journal.head(code), journal.entries(code), practice)
            save_report(path, report)
        finally:
            journal.close()
