"""The journal's file: how it is opened, its tables, its version."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cascade_desktop.engine.private import PRIVATE_FILE, close_to_others, make_private

VERSION = 8
FILE_NAME = "journal.db"
ROOM_BYTES = 50 * 1000**2
"""What must be free on the disk before a batch leaves: its outcome has to be written too."""

_TABLES = """
CREATE TABLE campaigns (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    draft TEXT NOT NULL,
    route TEXT NOT NULL,
    host TEXT NOT NULL,
    account TEXT NOT NULL,
    id_stem TEXT NOT NULL,
    source TEXT NOT NULL,
    columns TEXT NOT NULL,
    phone_column INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT '',
    ready INTEGER NOT NULL,
    sending INTEGER NOT NULL DEFAULT 0,
    accepted INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0,
    unknown INTEGER NOT NULL DEFAULT 0,
    left_out INTEGER NOT NULL
);
CREATE TABLE people (
    campaign INTEGER NOT NULL REFERENCES campaigns(id),
    row INTEGER NOT NULL,
    sheet_row INTEGER NOT NULL,
    phone TEXT NOT NULL,
    cells TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (campaign, row)
) WITHOUT ROWID;
CREATE TABLE messages (
    campaign INTEGER NOT NULL REFERENCES campaigns(id),
    row INTEGER NOT NULL,
    idx INTEGER,
    state TEXT NOT NULL,
    why TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT '',
    batch INTEGER,
    message_ids TEXT NOT NULL DEFAULT '',
    at TEXT,
    settled_at TEXT,
    resolution TEXT,
    resends INTEGER NOT NULL DEFAULT 0,
    delivery TEXT NOT NULL DEFAULT '',
    parts INTEGER,
    cost REAL,
    currency TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (campaign, row)
) WITHOUT ROWID;
CREATE INDEX messages_by_state ON messages (campaign, state, idx);
CREATE TABLE batches (
    campaign INTEGER NOT NULL REFERENCES campaigns(id),
    batch INTEGER NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    opened_monotonic REAL NOT NULL,
    settled_at TEXT,
    rest TEXT,
    reason TEXT,
    PRIMARY KEY (campaign, batch)
) WITHOUT ROWID;
CREATE TABLE answers (
    host TEXT NOT NULL,
    account TEXT NOT NULL,
    question TEXT NOT NULL,
    answered_at TEXT NOT NULL,
    PRIMARY KEY (host, account, question)
) WITHOUT ROWID;
CREATE TABLE trace (
    campaign INTEGER NOT NULL REFERENCES campaigns(id),
    at TEXT NOT NULL,
    what TEXT NOT NULL,
    count INTEGER NOT NULL
);
"""
_STOPPED = """
CREATE TABLE stopped (
    phone TEXT PRIMARY KEY,
    added_at TEXT NOT NULL,
    reason TEXT NOT NULL
) WITHOUT ROWID;
"""
_ASKING = """
ALTER TABLE messages ADD COLUMN asks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN ask_at INTEGER;
CREATE INDEX messages_to_ask ON messages (ask_at) WHERE asks=0 AND ask_at IS NOT NULL;
CREATE INDEX messages_to_ask_again ON messages (ask_at) WHERE asks>0 AND ask_at IS NOT NULL;
UPDATE messages SET ask_at=CAST(strftime('%s', COALESCE(at, settled_at)) AS INTEGER)
 WHERE state='accepted';
"""
_FOLDER = """
CREATE TABLE folder (
    id TEXT PRIMARY KEY,
    mark TEXT NOT NULL,
    before TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO folder VALUES (lower(hex(randomblob(16))), lower(hex(randomblob(8))), '');
"""
_OFFERED = """
ALTER TABLE messages ADD COLUMN offered_at TEXT;
UPDATE messages SET offered_at=COALESCE(
  (SELECT opened_at FROM batches b WHERE b.campaign=messages.campaign AND b.batch=messages.batch),
  settled_at)
 WHERE batch IS NOT NULL OR resends>0;
"""
_LEAVING = """
CREATE TABLE leaving (
    campaign INTEGER PRIMARY KEY REFERENCES campaigns(id),
    batch INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    answered TEXT NOT NULL
);
"""
_TRIALS = """
CREATE TABLE trials (
    campaign INTEGER PRIMARY KEY REFERENCES campaigns(id)
);
CREATE TABLE trial_numbers (
    phone TEXT PRIMARY KEY,
    used_at TEXT NOT NULL
) WITHOUT ROWID;
"""
_CONFIRMED = """
CREATE TABLE confirmations (
    campaign INTEGER NOT NULL REFERENCES campaigns(id),
    question TEXT NOT NULL,
    words TEXT NOT NULL,
    answer TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (campaign, question)
) WITHOUT ROWID;
"""
_STEPS = (_TABLES, _STOPPED, _ASKING, _FOLDER, _OFFERED, _LEAVING, _TRIALS, _CONFIRMED)
"""What each version added to the one before it; the first made the file."""
_READ_SINCE = {6: _LEAVING, 7: _TRIALS, 8: _CONFIRMED}
"""Tables that every reader asks; in a file from before them it finds them empty."""


class NewerJournalError(Exception):
    """The journal was written by a newer version of this program."""


class DamagedJournalError(Exception):
    """The journal's file is not a sound database; ``copy`` is the latest one there is of it."""

    copy = ""


class UnwritableJournalError(Exception):
    """The journal could not be written: no room, or no permission."""


class MovedJournalError(Exception):
    """The journal's file is not in its place any more: moved, deleted, or replaced."""


@contextmanager
def told() -> Iterator[None]:
    """Turn what SQLite says into what this program knows.

    Raises:
        UnwritableJournalError: the disk failed, is full, or may not be written.
        DamagedJournalError: what it read is not sound.
    """
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except sqlite3.OperationalError as error:
        raise UnwritableJournalError(str(error)) from error
    except sqlite3.DatabaseError as error:
        raise DamagedJournalError(str(error)) from error


@contextmanager
def read() -> Iterator[None]:
    """Do as `told`, and call what this program never writes into a row damage too."""
    with told():
        try:
            yield
        except sqlite3.OperationalError as error:
            # No code: a text that is not UTF-8. The plain one: a table or column that is not there.
            if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) != sqlite3.SQLITE_ERROR:
                raise
            raise DamagedJournalError(str(error)) from error
        except (TypeError, ValueError) as error:
            raise DamagedJournalError(type(error).__name__) from error


def room_in(folder: Path) -> int:
    """Return how many bytes are free on a folder's disk."""
    return shutil.disk_usage(folder).free


def identity(folder: Path) -> tuple[int, int]:
    """Return which file the journal of a folder is, whatever it is called; (0, 0) for none."""
    try:
        found = (folder / FILE_NAME).stat()
    except OSError:
        return 0, 0
    return found.st_dev, found.st_ino


def connect(folder: Path, *, readonly: bool) -> sqlite3.Connection:
    """Open the journal of a data folder; the writer makes folder and file as needed, private.

    Raises:
        NewerJournalError: a newer version wrote it.
        DamagedJournalError: the file is not a sound database.
        UnwritableJournalError: there is no room, no permission, or somebody holds it too long.
        FileNotFoundError: a reader asked for a journal that is not there.
    """
    path = folder / FILE_NAME
    _make_private_file(path, readonly=readonly)
    with told():
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        with told():
            _prepare(connection, readonly=readonly)
    except BaseException:
        connection.close()
        raise
    return connection


def _make_private_file(path: Path, *, readonly: bool) -> None:
    """Make the file where there is none; SQLite gives those beside it the same rights."""
    if not path.exists():
        if readonly:
            raise FileNotFoundError(path.name)
        make_private(path.parent)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, PRIVATE_FILE))
    elif not readonly:
        for file in (path, *path.parent.glob(f"{FILE_NAME}-*")):
            close_to_others(file)


def _prepare(connection: sqlite3.Connection, *, readonly: bool) -> None:
    connection.execute("PRAGMA busy_timeout=10000")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise NewerJournalError(version)
    if readonly:
        if version == 0:
            raise FileNotFoundError(FILE_NAME)
        for since, tables in _READ_SINCE.items():
            if version < since:
                connection.executescript(tables.replace("CREATE", "CREATE TEMP"))
        connection.execute("PRAGMA query_only=ON")
        return
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA fullfsync=ON")
    connection.execute("PRAGMA secure_delete=ON")
    connection.execute("PRAGMA foreign_keys=ON")
    if version < VERSION:
        missing = "".join(_STEPS[version:])
        connection.executescript(f"BEGIN IMMEDIATE;{missing}PRAGMA user_version={VERSION};COMMIT;")
        checkpoint(connection)


def checkpoint(db: sqlite3.Connection) -> None:
    """Bring what is committed into the file itself, as far as readers let it, without waiting.

    Whoever deletes the files beside it leaves then a journal that is seen to be an older one.
    """
    with suppress(sqlite3.OperationalError):  # it stays where it is, as safe as before
        db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
