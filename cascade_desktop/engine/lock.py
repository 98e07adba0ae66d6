"""One process at a time may send from a data folder; the system frees the lock when it dies."""

import os
import sys
from pathlib import Path
from types import TracebackType


class LockedError(Exception):
    """Another process holds the folder."""


class FolderLock:
    """An operating-system lock on a folder, held for life.

    On POSIX the folder itself is locked, so deleting a lock file lets nobody in; on Windows an
    open file cannot be deleted.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._handle = -1

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            LockedError: another process has it.
        """
        self._handle = _open(self._folder)
        try:
            _lock(self._handle)
        except OSError as error:
            self.release()
            raise LockedError(self._folder.name) from error

    def release(self) -> None:
        """Give the lock back; the system does so too when the process ends."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


if sys.platform == "win32":
    import msvcrt

    _BEYOND_ITS_END = 1 << 30

    def _open(folder: Path) -> int:
        return os.open(folder / "writer.lock", os.O_RDWR | os.O_CREAT)

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def hold_alone(handle: int) -> None:
        """Wait until nobody else holds an open file, and hold it until it is closed."""
        os.lseek(handle, _BEYOND_ITS_END, os.SEEK_SET)  # a lock keeps readers out too
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def _open(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY)

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def hold_alone(handle: int) -> None:
        """Wait until nobody else holds an open file, and hold it until it is closed."""
        fcntl.flock(handle, fcntl.LOCK_EX)
