"""One transaction on the journal: all of it is written, durably, or nothing is."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from cascade_desktop.engine.journal.schema import UnwritableJournalError


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Commit what happens inside, or roll it back.

    Raises:
        UnwritableJournalError: the disk did not take it; nothing was changed.
    """
    try:
        db.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise UnwritableJournalError(str(error)) from error
    try:
        yield
        db.execute("COMMIT")
    except BaseException as error:
        if db.in_transaction:  # SQLite ends some failed ones by itself
            db.execute("ROLLBACK")
        if isinstance(error, sqlite3.OperationalError):
            raise UnwritableJournalError(str(error)) from error
        raise
