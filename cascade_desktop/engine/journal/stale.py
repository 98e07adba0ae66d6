"""What makes no sense any more: calls and codes that were offered too long ago (R12)."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from cascade_desktop.core.outcome import ServiceWords
from cascade_desktop.core.states import Reason, Resolution, State
from cascade_desktop.engine.journal.values import Change

_OFFERED = (
    "SELECT row, resends FROM messages WHERE campaign=? AND state='ready' AND at IS NULL"
    " AND idx BETWEEN ? AND ? AND offered_at<?"
)
_GIVE_UP = "UPDATE messages SET state=?, why=?, words='', settled_at=?, resolution=?"


def give_up(
    db: sqlite3.Connection, key: int, numbers: Sequence[int], before: str, now: datetime
) -> tuple[Change, ...]:
    """Let waiting messages that were offered before a moment never leave again.

    Call it inside a transaction. What the service proved not to have taken is refused; one that
    was uncertain and was to be sent again stays unknown, settled.
    """
    found = db.execute(_OFFERED, (key, min(numbers), max(numbers), before)).fetchall()
    changes = tuple(_change(row, again=resends > 0, now=now) for row, resends in found)
    db.executemany(
        f"{_GIVE_UP} WHERE campaign=? AND row=?",
        (
            (change.state.value, change.why, now.isoformat(), change.resolution, key, change.row)
            for change in changes
        ),
    )
    return changes


def _change(row: int, *, again: bool, now: datetime) -> Change:
    state = State.UNKNOWN if again else State.REFUSED
    decided = Resolution.CLOSED if again else None
    return Change(row, state, Reason.TOO_OLD.value, ServiceWords(), (), now, decided)
