"""Delete people so that no file keeps them: rows, free pages, the write-ahead log, the copies.

Totals, states and costs stay. The “Do not message” list stays too: it is what keeps a number from
being messaged again.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import NamedTuple, cast

from cascade_desktop.core.campaign_file import Campaign, read_campaign, write_campaign
from cascade_desktop.core.drafts import Draft, FlashCall, Promo, Survey, Transaction
from cascade_desktop.core.states import CampaignState, State
from cascade_desktop.engine.journal.copies import copy_journal, drop_copies
from cascade_desktop.engine.journal.schema import UnwritableJournalError, read, told
from cascade_desktop.engine.journal.transaction import transaction

FORGOTTEN = "forgotten"
_PENDING = "deleting"
"""A file that lies in the data folder until what was deleted is gone from all the others."""
_NAMES_NOBODY = ("version", "type", "ttl", "route", "schedule", "zone", "country")
"""The fields of a campaign file that hold nothing about a person, in any version."""
_TAIL = 9
"""So many last digits tell a number, however it is spelt in a cell."""
_OLD = (
    "SELECT c.id FROM campaigns c WHERE c.sending=0 AND (c.ready=0 OR c.state=?)"
    " AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.campaign=c.id AND m.state='unknown'"
    "  AND m.resolution IS NULL)"
    " AND NOT EXISTS (SELECT 1 FROM trace t WHERE t.campaign=c.id AND t.what=?)"
    " AND MAX(c.created_at, COALESCE((SELECT MAX(b.settled_at) FROM batches b"
    "  WHERE b.campaign=c.id), '')) < ?"
)
_UNUSED = "SELECT 1 FROM trial_numbers WHERE used_at < ? LIMIT 1"


class BeingSentError(Exception):
    """Messages of the campaign are being sent at this moment; nothing was deleted."""


class Found(NamedTuple):
    """A row of a campaign in which a number stands."""

    code: str
    name: str
    created_at: datetime
    row: int
    state: State


class Deleting:
    """Deletes from one data folder's journal; when a method returns, no file holds it any more.

    Each may raise UnwritableJournalError: what had to be deleted is then deleted, or nothing was;
    what is left of it in other files goes with the next start or deletion.
    """

    def __init__(self, db: sqlite3.Connection, folder: Path, now: Callable[[], datetime]) -> None:
        self._db = db
        self._folder = folder
        self._now = now
        self.copying = Lock()

    def undone(self, code: str) -> None:
        """Delete a campaign of which nothing ever left; only the journal itself is changed.

        Raises:
            KeyError: there is none with this code.
        """
        with transaction(self._db):
            found = self._db.execute("SELECT id FROM campaigns WHERE code=?", (code,)).fetchone()
            if found is None:
                raise KeyError(code)
            remove(self._db, *found)

    def campaign(self, code: str) -> None:
        """Delete a campaign, its totals too."""
        with self._everywhere():
            remove(self._db, self._key(code))

    def people(self, code: str) -> None:
        """Delete the names, phones and texts of a campaign, and keep its totals."""
        with self._everywhere():
            self._forget(self._key(code))

    def number(self, phone: str) -> int:
        """Delete every row in which a number stands, of all campaigns; return how many.

        Tests in which it stands are gone altogether, and no test proposes it any more.
        """
        found = self.find(phone)
        if not found and not self._is_remembered(phone):
            return 0
        with self._everywhere():
            for code in dict.fromkeys(row.code for row in found):
                rows = [row.row for row in found if row.code == code]
                self._drop(self._key(code), rows)
            self._db.execute("DELETE FROM trial_numbers WHERE phone=?", (phone,))
            for table in ("messages", "campaigns"):
                self._db.execute(f"UPDATE {table} SET words='' WHERE holds(words, ?)", (phone,))  # noqa: S608
            self._db.execute("UPDATE messages SET why='to_fix' WHERE holds(why, ?)", (phone,))
        return len(found)

    def older_than(self, days: int) -> int:
        """Delete the people of campaigns that ended or were stopped so long ago; 0 keeps them all.

        What is paused or uncertain stays until somebody decides; to stop one is to decide.
        Numbers that no test went to for so long are proposed no more.
        Returns how many campaigns.
        """
        if days <= 0:
            return 0
        before = (self._now() - timedelta(days=days)).astimezone(UTC).isoformat()
        with told():
            asked = (CampaignState.STOPPED.value, FORGOTTEN, before)
            keys = [key for (key,) in self._db.execute(_OLD, asked)]
            unused = self._db.execute(_UNUSED, (before,)).fetchone() is not None
        if keys or unused or self.is_pending():
            with self._everywhere():
                self._db.execute("DELETE FROM trial_numbers WHERE used_at < ?", (before,))
                for key in keys:
                    self._drop(key)
        return len(keys)

    def find(self, phone: str) -> tuple[Found, ...]:
        """Return every row in which a number stands, however it is spelt, the newest first."""
        self._db.create_function("holds", 2, _holds, deterministic=True)
        with read():
            rows = self._db.execute(
                "SELECT c.code, c.name, c.created_at, p.row, m.state FROM people p"
                " JOIN campaigns c ON c.id=p.campaign"
                " JOIN messages m ON m.campaign=p.campaign AND m.row=p.row"
                " WHERE p.phone=? OR holds(p.cells, ?) OR holds(p.text, ?)"
                " ORDER BY p.campaign DESC, p.row",
                (phone, phone, phone),
            ).fetchall()
            return tuple(
                Found(code, name, datetime.fromisoformat(at), row, State(state))
                for code, name, at, row, state in rows
            )

    def is_pending(self) -> bool:
        """Tell whether something was deleted and may still stand in another file."""
        return (self._folder / _PENDING).exists()

    @contextmanager
    def _everywhere(self) -> Iterator[None]:
        """Delete what is deleted inside from all files; no copy is made meanwhile."""
        with self.copying:
            with transaction(self._db):
                yield
                self._mark()  # before the commit: a deletion that is cut short is known of
            self._finish()

    def _mark(self) -> None:
        try:
            (self._folder / _PENDING).touch(mode=0o600)
        except OSError as error:
            raise UnwritableJournalError(str(error)) from error

    def _finish(self) -> None:
        """Write the journal anew, empty its log, and let one fresh copy take the others' place."""
        with told():
            self._db.execute("VACUUM")
            (is_busy, *_) = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if is_busy:
            raise UnwritableJournalError(_PENDING)
        drop_copies(self._folder, 0)
        with suppress(OSError):
            (self._folder / _PENDING).unlink()
        with suppress(UnwritableJournalError):  # the next start tries again
            copy_journal(self._folder, self._now())

    def _key(self, code: str) -> int:
        row = self._db.execute("SELECT id, sending FROM campaigns WHERE code=?", (code,)).fetchone()
        if row is None:
            raise KeyError(code)
        if row[1]:
            raise BeingSentError(code)
        return row[0]

    def _is_remembered(self, phone: str) -> bool:
        found = self._db.execute("SELECT 1 FROM trial_numbers WHERE phone=?", (phone,))
        return found.fetchone() is not None

    def _drop(self, key: int, rows: Iterable[int] | None = None) -> None:
        """Do as `_forget`; a test, which has no totals to keep, is removed."""
        if self._db.execute("SELECT 1 FROM trials WHERE campaign=?", (key,)).fetchone():
            remove(self._db, key)
        else:
            self._forget(key, rows)

    def _forget(self, key: int, rows: Iterable[int] | None = None) -> None:
        """Blank the people of a campaign, or of some of its rows; what waited never leaves."""
        asked: list[tuple[int, int | None]] = [(key, None)]
        if rows is not None:
            rows = set(rows)
            asked = [(key, row) for row in rows]
        for sql in _BLANKING:
            self._db.executemany(sql, asked)
        draft, columns = self._db.execute(
            "SELECT draft, columns FROM campaigns WHERE id=?", (key,)
        ).fetchone()
        blank = json.dumps([""] * len(json.loads(columns)))
        self._db.executemany(
            "UPDATE people SET phone='', text='', cells=?"
            " WHERE campaign=? AND row=COALESCE(?, row)",
            [(blank, *one) for one in asked],
        )
        typed = self._typed(key, rows)
        self._db.execute(
            "UPDATE campaigns SET words='', draft=? WHERE id=?", (_without(draft, typed), key)
        )
        self._db.execute("UPDATE batches SET sha256='' WHERE campaign=?", (key,))
        self._db.execute(_RECOUNT, {"key": key})
        if rows is None:
            stamp = self._now().astimezone(UTC).isoformat()
            self._db.execute("INSERT INTO trace VALUES (?,?,?,0)", (key, stamp, FORGOTTEN))

    def _typed(self, key: int, rows: Iterable[int] | None) -> set[int] | None:
        """Return the sheet rows whose typed phones go; None for all."""
        if rows is None:
            return None
        wanted = set(rows)
        found = self._db.execute("SELECT row, sheet_row FROM people WHERE campaign=?", (key,))
        return {sheet_row for row, sheet_row in found if row in wanted}


_BLANKING: tuple[str, ...] = (
    # What left once and was to leave again may have arrived: leaving it out would deny that.
    (
        "UPDATE messages SET state='unknown', resolution='closed'"
        " WHERE campaign=? AND row=COALESCE(?, row) AND state='ready' AND resends>0"
    ),
    (
        "UPDATE messages SET state='left_out', why='left_out', idx=NULL"
        " WHERE campaign=? AND row=COALESCE(?, row) AND state='ready'"
    ),
    (
        "UPDATE messages SET resolution='closed'"
        " WHERE campaign=? AND row=COALESCE(?, row) AND state='unknown' AND resolution IS NULL"
    ),
    "UPDATE messages SET why='to_fix' WHERE campaign=? AND row=COALESCE(?, row) AND why LIKE '[%'",
    (
        "UPDATE messages SET words='', message_ids='', ask_at=NULL"
        " WHERE campaign=? AND row=COALESCE(?, row)"
    ),
)
_TOTAL = "{0}=(SELECT COUNT(*) FROM messages WHERE campaign=:key AND state='{0}')"
_TOTALS = ", ".join(_TOTAL.format(state.value) for state in State)
_RECOUNT = f"UPDATE campaigns SET {_TOTALS} WHERE id=:key"  # noqa: S608


def remove(db: sqlite3.Connection, key: int) -> None:
    """Delete every row of a campaign, or of a test, inside a transaction."""
    for table in ("messages", "people", "batches", "trace", "trials", "confirmations"):
        db.execute(f"DELETE FROM {table} WHERE campaign=?", (key,))  # noqa: S608
    db.execute("DELETE FROM campaigns WHERE id=?", (key,))


def _without(draft: str, typed: set[int] | None) -> str:
    """Return a campaign's draft without what was typed for some rows, or for all with its texts."""
    campaign = read_campaign(draft)
    if not isinstance(campaign, Campaign):
        return _without_the_unknown(draft)
    if typed is None:
        wordless = _wordless(campaign.draft)
        return write_campaign(replace(campaign, draft=wordless, edits={}, left_out=()))
    kept = {row: phone for row, phone in campaign.edits.items() if row not in typed}
    return write_campaign(replace(campaign, edits=kept))


def _without_the_unknown(draft: str) -> str:
    """Return what surely names nobody of a draft that this version cannot read."""
    try:
        found: object = json.loads(draft)
    except (ValueError, RecursionError):
        return "{}"
    body = cast("dict[str, object]", found) if isinstance(found, dict) else {}
    kept = {name: body[name] for name in _NAMES_NOBODY if isinstance(body.get(name), str | int)}
    return json.dumps(kept)


def _wordless(draft: Draft) -> Draft:
    match draft:
        case FlashCall():
            return replace(draft, fallback_text="")
        case Survey():
            return replace(draft, text="", options=())
        case Transaction() | Promo():
            return replace(draft, text="")


def _holds(text: str, phone: str) -> bool:
    """Tell whether a text holds a number, whatever stands between its digits."""
    tail = phone[-_TAIL:]
    return tail in "".join(char for char in text if char.isdecimal())
