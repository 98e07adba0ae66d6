"""One transaction on the journal: all of it is written, durably, or nothing is."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from cascade_desktop.engine.journal.batches import catch_up
from cascade_desktop.engine.journal.schema import read, told


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Commit what happens inside, or roll it back; every row is up to date there.

    Raises:
        UnwritableJournalError: the disk did not take it; nothing was changed.
        DamagedJournalError: the file is not sound; nothing was changed.
    """
    with told():
        db.execute("BEGIN IMMEDIATE")
        try:
            with read():
                catch_up(db)
            yield
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:  # SQLite ends some failed ones by itself
                db.execute("ROLLBACK")
            raise
