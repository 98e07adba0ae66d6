"""Look through the whole journal for damage, beside those who work with it."""

import sqlite3
from contextlib import suppress
from pathlib import Path

from cascade_desktop.engine.journal.schema import connect


class QuickCheck:
    """SQLite's quick check on a connection of its own; it holds nobody up."""

    def __init__(self, folder: Path) -> None:
        self._db = connect(folder, readonly=True)
        self._stopped = False

    def is_sound(self) -> bool:
        """Return whether the file is sound, once; then close it."""
        try:
            return self._db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        except sqlite3.DatabaseError:
            return self._stopped
        finally:
            self._db.close()

    def stop(self) -> None:
        """Break off: the program ends, and nothing will be sent."""
        self._stopped = True
        with suppress(sqlite3.ProgrammingError):  # it has ended by itself
            self._db.interrupt()
