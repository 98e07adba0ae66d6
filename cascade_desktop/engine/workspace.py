"""One data folder at work: its lock, its journal, its worker, its service."""

from pathlib import Path

from cascade_desktop.core.target import Keys, Target
from cascade_desktop.engine.batching import PACE_PER_S
from cascade_desktop.engine.client import Client
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.lock import FolderLock
from cascade_desktop.engine.sender import Sender
from cascade_desktop.engine.waits import Waits
from cascade_desktop.engine.worker import Worker


class Workspace:
    """The writer of one data folder.

    Raises, when it is made:
        LockedError: another process sends from this folder.
        NewerJournalError: a newer version wrote its journal.
        DamagedJournalError: its journal is not sound.
        UnwritableJournalError: its journal cannot be written.
        OSError: the folder cannot be made or used.
    """

    def __init__(self, folder: Path, *, waits: Waits | None = None) -> None:
        self.waits = waits or Waits()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder
        self._lock = FolderLock(folder)
        self._lock.acquire()
        try:
            self.journal = Journal(folder, now=self.waits.now, monotonic=self.waits.monotonic)
        except BaseException:
            self._lock.release()
            raise
        try:
            self.journal.recover()
        except BaseException:
            self.journal.close()
            self._lock.release()
            raise
        self.worker = Worker()

    def sender(self, client: Client, *, pace_per_s: float | None = PACE_PER_S) -> Sender:
        """Return a sender for one campaign."""
        return Sender(self.journal, client, self.worker, waits=self.waits, pace_per_s=pace_per_s)

    def client(self, target: Target, keys: Keys) -> Client:
        """Return a client for a service and an account."""
        return Client(target, keys, waits=self.waits)

    def close(self) -> None:
        """End the worker, close the journal, free the folder."""
        self.worker.close()
        self.journal.close()
        self._lock.release()
