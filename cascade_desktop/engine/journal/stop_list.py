"""The “Do not message” list of one data folder, in the journal's file but of no campaign.

Deleting campaigns and their people leaves it as it is.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from cascade_desktop.core.recipients import Verdict
from cascade_desktop.core.states import Resolution, State
from cascade_desktop.core.stop_list import Stopped, StopSum
from cascade_desktop.engine.journal.schema import read
from cascade_desktop.engine.journal.transaction import transaction

_MERGE = (
    "INSERT INTO stopped (phone, added_at, reason) VALUES (?,?,?)"
    " ON CONFLICT (phone) DO UPDATE SET reason=CASE"
    " WHEN stopped.reason='' THEN excluded.reason"
    " WHEN excluded.reason<>'' AND excluded.added_at<stopped.added_at THEN excluded.reason"
    " ELSE stopped.reason END,"
    " added_at=MIN(stopped.added_at, excluded.added_at)"
)
_OF_CAMPAIGN = (
    "SELECT m.row, m.resends, m.settled_at FROM messages m"
    " JOIN people p ON p.campaign=m.campaign AND p.row=m.row"
    " JOIN stopped s ON s.phone=p.phone"
    " WHERE m.campaign=? AND m.state='ready' AND m.idx BETWEEN ? AND ?"
)


class StopList:
    """Reads and changes the list; each change is on the disk when it returns."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    @read()
    def entries(self) -> tuple[Stopped, ...]:
        """Return all numbers, the latest first."""
        if not self._exists():
            return ()
        rows = self._db.execute("SELECT * FROM stopped ORDER BY added_at DESC, phone")
        return tuple(
            Stopped(phone, datetime.fromisoformat(at), reason) for phone, at, reason in rows
        )

    @read()
    def phones(self) -> frozenset[str]:
        """Return the numbers alone."""
        if not self._exists():
            return frozenset()
        return frozenset(phone for (phone,) in self._db.execute("SELECT phone FROM stopped"))

    def add(self, entries: Iterable[Stopped]) -> StopSum:
        """Add numbers in one transaction; one that is there keeps its earliest date.

        Its reason is that of the earliest date, or the only one there is.
        """
        rows = [(entry.phone, _stamp(entry.added_at), entry.reason) for entry in entries]
        numbers = len({phone for phone, _, _ in rows})
        with transaction(self._db):
            before = self._count()
            self._db.executemany(_MERGE, rows)
            added = self._count() - before
        return StopSum(added, numbers - added)

    def remove(self, phones: Iterable[str]) -> int:
        """Take numbers off the list in one transaction; return how many were there."""
        with transaction(self._db):
            return self._db.executemany(
                "DELETE FROM stopped WHERE phone=?", ((phone,) for phone in phones)
            ).rowcount

    def _count(self) -> int:
        return self._db.execute("SELECT COUNT(*) FROM stopped").fetchone()[0]

    def _exists(self) -> bool:
        """Tell whether the file has the list: a reader may see one of an older version."""
        found = self._db.execute("SELECT 1 FROM sqlite_master WHERE name='stopped'")
        return found.fetchone() is not None


class Left(NamedTuple):
    """A row that a stopped number keeps from leaving, and where that leaves it."""

    row: int
    state: State
    settled_at: datetime | None
    resolution: Resolution | None


def leave_out(
    db: sqlite3.Connection, key: int, numbers: Sequence[int] | None = None
) -> tuple[Left, ...]:
    """Let the waiting messages to stopped numbers never leave.

    Call it inside a transaction. A message that left once and was to be sent again stays
    unknown, settled: leaving it out would say that nobody got it.
    """
    if db.execute("SELECT 1 FROM stopped LIMIT 1").fetchone() is None:
        return ()
    first, last = (min(numbers), max(numbers)) if numbers else (0, 2**62)
    found = db.execute(_OF_CAMPAIGN, (key, first, last)).fetchall()
    why = Verdict.STOPPED.value
    db.executemany(
        "UPDATE messages SET state='left_out', why=?, words='', idx=NULL, settled_at=NULL"
        " WHERE campaign=? AND row=?",
        ((why, key, row) for row, resends, _ in found if not resends),
    )
    db.executemany(
        "UPDATE messages SET state='unknown', why=?, words='', resolution=?"
        " WHERE campaign=? AND row=?",
        ((why, Resolution.CLOSED.value, key, row) for row, resends, _ in found if resends),
    )
    return tuple(
        Left(row, State.UNKNOWN, datetime.fromisoformat(at), Resolution.CLOSED)
        if resends
        else Left(row, State.LEFT_OUT, None, None)
        for row, resends, at in found
    )


def _stamp(moment: datetime) -> str:
    """Write a moment so that texts compare as times do."""
    return moment.astimezone(UTC).replace(microsecond=0).isoformat()
