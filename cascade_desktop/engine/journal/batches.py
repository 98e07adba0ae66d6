"""Write a batch's intent and outcome; plain functions, to be called inside a transaction.

Where one batch follows another without a pause, the rows of the first would hold up the second.
So the answer and the next intent are committed at once as one row of `leaving` (R1, R2), and the
rows of both follow while the service works. Whoever changes the journal next writes them first
(`transaction`); who only reads takes what is leaving as being sent (`reading`).
"""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from cascade_desktop.core.delivery import FIRST_ASK_S
from cascade_desktop.core.states import State
from cascade_desktop.engine.journal.values import Answered, Change, Settlement
from cascade_desktop.engine.journal.writing import change_of, iso, runs, settled_row


def note_intent(
    db: sqlite3.Connection, key: int, size: int, sha256: str, *, now: datetime, monotonic: float
) -> int:
    """Note that so many messages leave now; return the batch's number."""
    (last,) = db.execute(
        "SELECT COALESCE(MAX(batch), 0) FROM batches WHERE campaign=?", (key,)
    ).fetchone()
    db.execute(
        "INSERT INTO batches (campaign, batch, size, sha256, opened_at, opened_monotonic)"
        " VALUES (?,?,?,?,?,?)",
        (key, last + 1, size, sha256, iso(now), monotonic),
    )
    return last + 1


def write_intent(
    db: sqlite3.Connection, key: int, batch: int, numbers: Sequence[int], stamp: str
) -> None:
    """Let these messages be those that are being sent in a batch.

    Raises:
        ValueError: one of them may not be.
    """
    changed = db.executemany(
        "UPDATE messages SET state='sending', batch=?, why='', words='',"
        " offered_at=COALESCE(offered_at, ?)"
        " WHERE campaign=? AND state='ready' AND idx BETWEEN ? AND ?",
        ((batch, stamp, key, first, last) for first, last in runs(numbers)),
    ).rowcount
    if changed != len(numbers):
        message = f"batch {batch}: {changed} of {len(numbers)} messages are ready"
        raise ValueError(message)
    count(db, key, State.READY, State.SENDING, changed)


def note_outcome(
    db: sqlite3.Connection, key: int, batch: int, outcome: Settlement, now: datetime
) -> None:
    """Note how a batch ended."""
    db.execute(
        "UPDATE batches SET settled_at=?, rest=?, reason=? WHERE campaign=? AND batch=?",
        (iso(now), outcome.rest.value, outcome.reason.value, key, batch),
    )


def write_outcome(
    db: sqlite3.Connection, key: int, batch: int, outcome: Settlement, now: datetime
) -> tuple[Change, ...]:
    """Write what became of a batch's messages; return what changed."""
    stamp, second = iso(now), int(now.timestamp())
    members = db.execute(
        "SELECT row, idx, resolution, CAST(strftime('%s', at) AS INTEGER)"
        " FROM messages INDEXED BY messages_by_state"
        " WHERE campaign=? AND state='sending' AND batch=?",
        (key, batch),
    ).fetchall()
    changes = tuple(
        change_of(row, outcome, outcome.accepted.get(number), now, decided)
        for row, number, decided, _ in members
    )
    db.executemany(
        "UPDATE messages SET state=?, why=?, words=?, message_ids=?, settled_at=?,"
        " resolution=?, asks=0, ask_at=? WHERE campaign=? AND row=?",
        (
            settled_row(change, stamp, (at or second) + FIRST_ASK_S, key)
            for change, (_, _, _, at) in zip(changes, members, strict=True)
        ),
    )
    done = sum(change.state is State.ACCEPTED for change in changes)
    count(db, key, State.SENDING, State.ACCEPTED, done)
    count(db, key, State.SENDING, outcome.rest, len(changes) - done)
    return changes


def hand_on(
    db: sqlite3.Connection,
    key: int,
    batch: int,
    numbers: Sequence[int],
    *,
    after: Answered,
    now: datetime,
) -> None:
    """Record at once what became of one batch, and the intent to send the next.

    Raises:
        ValueError: one of the messages may not be sent.
    """
    note_outcome(db, key, after.batch, after.outcome, now)
    first, last = numbers[0], numbers[-1]
    (ready,) = db.execute(
        "SELECT COUNT(*) FROM messages WHERE campaign=? AND state='ready' AND idx BETWEEN ? AND ?",
        (key, first, last),
    ).fetchone()
    if not ready == len(numbers) == last - first + 1:
        write_outcome(db, key, after.batch, after.outcome, now)
        write_intent(db, key, batch, numbers, iso(now))
        return
    db.execute(
        "INSERT INTO leaving VALUES (?,?,?,?,?)",
        (key, batch, first, last, _dump(after)),
    )


def catch_up(db: sqlite3.Connection) -> None:
    """Write the rows of what was handed on."""
    for key, batch, first, last, answered in db.execute("SELECT * FROM leaving").fetchall():
        (at,) = db.execute(
            "SELECT opened_at FROM batches WHERE campaign=? AND batch=?", (key, batch)
        ).fetchone()
        after = _load(answered)
        write_outcome(db, key, after.batch, after.outcome, datetime.fromisoformat(at))
        write_intent(db, key, batch, range(first, last + 1), at)
        db.execute("DELETE FROM leaving WHERE campaign=?", (key,))


def count(db: sqlite3.Connection, key: int, old: State, new: State, moved: int) -> None:
    """Move a campaign's totals in the transaction that moves its rows."""
    if moved:
        db.execute(
            f"UPDATE campaigns SET {old.value}={old.value}-?, {new.value}={new.value}+?"  # noqa: S608
            " WHERE id=?",
            (moved, moved, key),
        )


def _dump(after: Answered) -> str:
    accepted = after.outcome.accepted
    return json.dumps((after.batch, list(accepted), list(accepted.values())))


def _load(text: str) -> Answered:
    """Read an answer back; only one that accepted its batch whole is ever kept."""
    batch, numbers, ids = json.loads(text)
    accepted = dict(zip(numbers, map(tuple, ids), strict=True))
    return Answered(batch, Settlement(accepted, State.UNKNOWN))
