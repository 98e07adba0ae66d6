"""Daily copies of a journal, beside it: what there is to go back to when it is damaged."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cascade_desktop.engine.journal.schema import (
    ROOM_BYTES,
    UnwritableJournalError,
    connect,
    room_in,
)
from cascade_desktop.engine.private import PRIVATE_FILE, make_private

FOLDER = "copies"
KEPT = 7
EVERY = timedelta(days=1)
_NAME = "journal-%Y-%m-%d-%H%M%S.db"
_PAGES = 2000


class StoppedError(Exception):
    """The program ends; the copy is left for another time."""


def copies(folder: Path) -> tuple[Path, ...]:
    """Return the copies of a data folder's journal, the latest first."""
    return tuple(sorted((folder / FOLDER).glob("journal-*.db"), reverse=True))


def made_at(copy: Path) -> datetime | None:
    """Return when a copy was made; None for a file that somebody named otherwise."""
    try:
        return datetime.strptime(copy.name, _NAME).replace(tzinfo=UTC)
    except ValueError:
        return None


def is_due(folder: Path, now: datetime) -> bool:
    """Tell whether the latest copy is a day old, or from a clock that was wrong."""
    made = (made_at(copy) for copy in copies(folder))
    return not any(timedelta(0) <= now - at < EVERY for at in made if at is not None)


def copy_journal(
    folder: Path, now: datetime, is_stopped: Callable[[], bool] = lambda: False
) -> Path:
    """Write a copy as it stands at this moment; those who read and write are not held up.

    Raises:
        UnwritableJournalError: there is no room for it, or it cannot be written.
        StoppedError: the program ends.
    """
    target = folder / FOLDER / now.astimezone(UTC).strftime(_NAME)
    part = target.with_suffix(".part")
    try:
        with closing(connect(folder, readonly=True)) as source:
            make_private(target.parent)
            _refuse_without_room(source, folder)
            os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, PRIVATE_FILE))
            _fill(source, part, is_stopped)
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise UnwritableJournalError(str(error)) from error
    finally:
        with suppress(OSError):
            part.unlink()
    drop_copies(folder, KEPT)
    return target


def drop_copies(folder: Path, kept: int) -> None:
    """Delete all copies but the latest.

    Raises:
        UnwritableJournalError: one of them cannot be deleted.
    """
    try:
        for copy in copies(folder)[kept:]:
            copy.unlink()
    except OSError as error:
        raise UnwritableJournalError(str(error)) from error


def _refuse_without_room(source: sqlite3.Connection, folder: Path) -> None:
    (pages,) = source.execute("PRAGMA page_count").fetchone()
    (size,) = source.execute("PRAGMA page_size").fetchone()
    if room_in(folder) < pages * size + ROOM_BYTES:
        raise OSError(FOLDER)


def _fill(source: sqlite3.Connection, part: Path, is_stopped: Callable[[], bool]) -> None:
    def look(*_: int) -> None:
        if is_stopped():
            raise StoppedError

    with closing(sqlite3.connect(part, isolation_level=None)) as target:
        source.execute("BEGIN")  # one moment for all pages, whoever writes meanwhile
        source.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
        source.backup(target, pages=_PAGES, progress=look)
        target.execute("PRAGMA journal_mode=DELETE")  # a copy is one file
