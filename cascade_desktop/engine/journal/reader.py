"""The journal's questions; asking changes nothing and holds nobody up."""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from cascade_desktop.core.sent_before import Sent
from cascade_desktop.core.states import Reason
from cascade_desktop.engine.journal import reading, standing
from cascade_desktop.engine.journal.deliveries import Deliveries
from cascade_desktop.engine.journal.schema import read
from cascade_desktop.engine.journal.stop_list import StopList
from cascade_desktop.engine.journal.values import Counts, Entry, Head, Waiting


class JournalReader:
    """What can be asked of one data folder's record."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.stop_list = StopList(db)
        self.deliveries = Deliveries(db)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @read()
    def next_waiting(self, code: str, most: int) -> tuple[Waiting, ...]:
        """Return the next messages that may be sent, in the plan's order."""
        return reading.waiting(self._db, self._key(code), limit=most)

    @read()
    def waiting(self, code: str, numbers: Sequence[int]) -> tuple[Waiting, ...]:
        """Return those of these messages that may be sent."""
        wanted = set(numbers)
        found = reading.waiting(
            self._db, self._key(code), first=min(wanted), last=max(wanted), limit=-1
        )
        return tuple(message for message in found if message.number in wanted)

    @read()
    def has_answer(self, host: str, account: str, question: str) -> bool:
        """Tell whether the operator has answered this for the account."""
        row = self._db.execute(
            "SELECT 1 FROM answers WHERE host=? AND account=? AND question=?",
            (host, account, question),
        ).fetchone()
        return row is not None

    @read()
    def was_answered(self, code: str, reason: Reason) -> bool:
        """Tell whether a batch of this campaign was ever answered so."""
        row = self._db.execute(
            "SELECT 1 FROM batches WHERE campaign=? AND reason=? LIMIT 1",
            (self._key(code), reason.value),
        ).fetchone()
        return row is not None

    @read()
    def head(self, code: str) -> Head:
        """Return one campaign.

        Raises:
            KeyError: there is none with this code.
        """
        return reading.head(self._db, self._key(code))

    @read()
    def heads(self) -> tuple[Head, ...]:
        """Return all campaigns, the newest first."""
        return reading.heads(self._db)

    @read()
    def counts(self, code: str) -> Counts:
        """Return the settled totals of a campaign."""
        return reading.counts(self._db, self._key(code))

    @read()
    def overtaken(self, state: Path) -> int:
        """Return how many messages left this computer after this journal was put aside."""
        return standing.overtaken(self._db, state)

    def entries(self, code: str) -> Iterator[Entry]:
        """Yield every imported row in the file's order, as it stands now."""
        return reading.entries(self._db, self._key(code))

    def sent(self, since: datetime, now: datetime) -> Iterator[Sent]:
        """Yield what people got, or perhaps got, or will get, since a moment."""
        return reading.sent(self._db, since, now)

    def is_sound(self) -> bool:
        """Run SQLite's quick check."""
        try:
            return self._db.execute("PRAGMA quick_check").fetchone() == ("ok",)
        except sqlite3.DatabaseError:
            return False

    def _key(self, code: str) -> int:
        row = self._db.execute("SELECT id FROM campaigns WHERE code=?", (code,)).fetchone()
        if row is None:
            raise KeyError(code)
        return row[0]
