"""Tests in the journal: sent by the same law as a campaign, counted in none, kept as long.

A test is a campaign of one message that its key in `trials` tells from the others: no list of
campaigns names it, and who got one got nothing from a campaign.
"""

import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from cascade_desktop.core.campaign_file import write_campaign
from cascade_desktop.core.outcome import ServiceWords
from cascade_desktop.core.states import CampaignState, Reason, Resolution, State
from cascade_desktop.core.trial import Trial, id_stem
from cascade_desktop.engine.journal.batches import count
from cascade_desktop.engine.journal.deleting import remove
from cascade_desktop.engine.journal.reading import load_reason, load_words
from cascade_desktop.engine.journal.schema import read
from cascade_desktop.engine.journal.transaction import transaction
from cascade_desktop.engine.journal.writing import iso

REMEMBERED = 10
_KEYS = "(SELECT campaign FROM trials)"
_OUTCOME = (
    "SELECT c.code, p.phone, m.state, m.why, m.words, c.reason, c.words, m.at, m.offered_at,"
    " m.delivery FROM trials t JOIN campaigns c ON c.id=t.campaign"
    " JOIN messages m ON m.campaign=c.id JOIN people p ON p.campaign=c.id"
)


class TrialOutcome(NamedTuple):
    """What became of a test."""

    code: str
    phone: str
    state: State
    reason: Reason
    words: ServiceWords
    at: datetime | None = None
    """The time that it was set to; None for now."""
    left_at: datetime | None = None
    """When it was first handed over; None where it never was."""
    delivery: str = ""


class Trials:
    """Records tests, and the numbers that they went to."""

    def __init__(self, db: sqlite3.Connection, now: Callable[[], datetime]) -> None:
        self._db = db
        self._now = now

    @read()
    def numbers(self) -> tuple[str, ...]:
        """Return the numbers that tests went to, the latest first."""
        found = self._db.execute("SELECT phone FROM trial_numbers ORDER BY used_at DESC, phone")
        return tuple(phone for (phone,) in found)

    def create(self, trial: Trial, code: str, *, host: str, account: str) -> None:
        """Record a test that is to leave, and remember its number."""
        campaign, stamp = trial.campaign, iso(self._now())
        head = (
            code, campaign.name, campaign.draft.kind.value, write_campaign(campaign),
            campaign.route.value, host, account, id_stem(code), "", "[]", 0, stamp,
            CampaignState.PAUSED.value, Reason.INTERRUPTED.value, 1, 0,
        )  # fmt: skip
        at = None if trial.at is None else iso(trial.at)
        with transaction(self._db):
            key = self._db.execute(
                "INSERT INTO campaigns (code, name, kind, draft, route, host, account, id_stem,"
                " source, columns, phone_column, created_at, state, reason, ready, left_out)"
                " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                head,
            ).lastrowid
            self._db.execute("INSERT INTO trials VALUES (?)", (key,))
            self._db.execute(
                "INSERT INTO people VALUES (?,0,1,?,'[]',?)", (key, trial.phone, trial.text)
            )
            self._db.execute(
                "INSERT INTO messages (campaign, row, idx, state, at) VALUES (?,0,1,'ready',?)",
                (key, at),
            )
            self._remember(trial.phone, stamp)

    def close(self, code: str) -> None:
        """Let nothing of a test wait or be asked about any more, now that its run is over.

        Its text goes: it holds what a list says of somebody, under the number of another.
        """
        with transaction(self._db):
            key, reason, words = self._db.execute(
                "SELECT id, reason, words FROM campaigns WHERE code=?", (code,)
            ).fetchone()
            waited = self._db.execute(
                "UPDATE messages SET state='refused', why=?, words=?, settled_at=?"
                " WHERE campaign=? AND state='ready'",
                (reason, words, iso(self._now()), key),
            ).rowcount
            count(self._db, key, State.READY, State.REFUSED, waited)
            self._db.execute("UPDATE people SET text='' WHERE campaign=?", (key,))
            _settle(self._db)

    @read()
    def outcome(self, code: str) -> TrialOutcome:
        """Return what is known of a test."""
        return _outcome(self._db.execute(f"{_OUTCOME} WHERE c.code=?", (code,)).fetchone())

    @read()
    def latest(self) -> TrialOutcome | None:
        """Return what became of the latest test that is still known."""
        row = self._db.execute(f"{_OUTCOME} ORDER BY c.id DESC LIMIT 1").fetchone()
        return None if row is None else _outcome(row)

    def _remember(self, phone: str, stamp: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO trial_numbers VALUES (?,?)", (phone, stamp))
        self._db.execute(
            "DELETE FROM trial_numbers WHERE phone NOT IN"
            " (SELECT phone FROM trial_numbers ORDER BY used_at DESC, phone LIMIT ?)",
            (REMEMBERED,),
        )


def settle_interrupted(db: sqlite3.Connection) -> None:
    """Let what a crash left of tests ask nobody; call it inside a transaction, after R3.

    What was being sent is uncertain and settled. What only waited is gone: nobody wants it now.
    """
    waiting = f"SELECT id FROM campaigns WHERE ready>0 AND id IN {_KEYS}"  # noqa: S608
    for (key,) in db.execute(waiting).fetchall():
        remove(db, key)
    db.execute(f"UPDATE people SET text='' WHERE text<>'' AND campaign IN {_KEYS}")  # noqa: S608
    _settle(db)


def _settle(db: sqlite3.Connection) -> None:
    db.execute(
        "UPDATE messages SET resolution=? WHERE state='unknown' AND resolution IS NULL"  # noqa: S608
        f" AND campaign IN {_KEYS}",
        (Resolution.CLOSED.value,),
    )


def _outcome(row: tuple[str, ...]) -> TrialOutcome:
    code, phone, state, why, words, reason, said, at, left_at, delivery = row
    stands = State(state)
    if (
        stands is State.READY
    ):  # its end found no room on the disk: it waits for nothing all the same
        why, words = reason, said
    return TrialOutcome(
        code,
        phone,
        stands,
        load_reason(why),
        load_words(words),
        None if at is None else datetime.fromisoformat(at),
        None if left_at is None else datetime.fromisoformat(left_at),
        delivery,
    )
