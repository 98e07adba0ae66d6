"""How a journal stands to its ledger: in step, older than what was sent, or from elsewhere.

The journal's mark is written with a batch's intent, and the ledger's entry follows before the
request leaves. So after a crash between the two the journal is one mark ahead, and still in step.
"""

import sqlite3
from datetime import datetime
from pathlib import Path

from cascade_desktop.core.plan import tracking_id
from cascade_desktop.core.states import Reason
from cascade_desktop.engine.journal.schema import UnwritableJournalError
from cascade_desktop.engine.journal.values import Gap
from cascade_desktop.engine.ledger import Ledger, make_mark


class FrozenJournalError(Exception):
    """Nothing may leave: the journal does not know what was sent."""


def folder_id(db: sqlite3.Connection) -> str:
    """Return what the data folder is called in the ledgers of the computers it was on."""
    return db.execute("SELECT id FROM folder").fetchone()[0]


def standing(db: sqlite3.Connection, ledger: Ledger) -> Reason:
    """Compare a journal with its ledger; a folder from which nothing could leave is entered."""
    mark, before = _marks(db)
    try:
        last = ledger.last()
        if not last and _is_harmless(db, before):
            ledger.append(mark, ())
            return Reason.NONE
        if not ledger.may_write():
            return Reason.STATE_UNWRITABLE
    except OSError:
        return Reason.STATE_UNWRITABLE
    if last in (mark, before) and last:
        return Reason.NONE
    known = last and (ledger.knows(mark) or ledger.knows(before))
    return Reason.OLDER_COPY if known else Reason.UNKNOWN_FOLDER


def advance(db: sqlite3.Connection, ledger: Ledger) -> str:
    """Give the journal the mark of its next batch, inside the transaction of the intent.

    Raises:
        FrozenJournalError: it is not in step with the ledger.
        UnwritableJournalError: the ledger cannot be read.
    """
    try:
        last = ledger.last()
    except OSError as error:
        raise UnwritableJournalError(str(error)) from error
    if not last or last not in _marks(db):
        raise FrozenJournalError
    mark = make_mark()
    _set_marks(db, mark, last)
    return mark


def take_as_sent(db: sqlite3.Connection, ledger: Ledger, now: datetime) -> dict[int, int]:
    """Let what waits here and left once be unknown, and the journal be in step again.

    Call it inside a transaction; then enter the mark that the journal has got. Returns how many
    messages of each campaign it took.
    """
    last = ledger.last()
    ids = _waiting(db)
    sent = [ids[name] for name in ledger.holds(ids)]
    db.executemany(
        "UPDATE messages SET state='unknown', why=?, words='', resolution=NULL, settled_at=?"
        " WHERE campaign=? AND row=?",
        ((Reason.LEFT_BEFORE_COPY.value, now.isoformat(), key, row) for key, row in sent),
    )
    _set_marks(db, make_mark(), last)
    counts: dict[int, int] = {}
    for key, _ in sent:
        counts[key] = counts.get(key, 0) + 1
    return counts


def gap(db: sqlite3.Connection, ledger: Ledger) -> Gap:
    """Return what left after the journal's latest mark, and of whom the ledger cannot tell.

    It tells of everybody when it knows the mark and no line of it is torn.
    """
    try:
        mark, before = _marks(db)
        left = ledger.count_after(mark if ledger.knows(mark) else before)
        if (ledger.knows(mark) or ledger.knows(before)) and ledger.is_whole():
            return Gap(left)
        ids = _waiting(db)
        return Gap(left, len(ids) - len(ledger.holds(ids)))
    except OSError:
        return Gap()


def overtaken(db: sqlite3.Connection, state: Path) -> int:
    """Return how many messages left this computer that a journal which is only read misses.

    0 where it is in step, or this computer does not know. Another process may be sending from it
    meanwhile: one whose mark moves is no copy.
    """
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name='folder'").fetchone():
        return 0  # a file from before there was a ledger
    try:
        ledger = Ledger(state, folder_id(db))
        marks = _marks(db)
        last = ledger.last()
        if not last or last in marks or marks != _marks(db):
            return 0
        known = next((one for one in marks if ledger.knows(one)), "")
        return ledger.count_after(known) if known else 0
    except OSError:
        return 0


def mark(db: sqlite3.Connection) -> str:
    """Return the journal's latest mark."""
    return _marks(db)[0]


def _marks(db: sqlite3.Connection) -> tuple[str, str]:
    return db.execute("SELECT mark, before FROM folder").fetchone()


def _set_marks(db: sqlite3.Connection, mark: str, before: str) -> None:
    db.execute("UPDATE folder SET mark=?, before=?", (mark, before))


def _waiting(db: sqlite3.Connection) -> dict[str, tuple[int, int]]:
    """Return the campaign and the row of every tracking id that waits."""
    rows = db.execute(
        "SELECT c.id, c.id_stem, m.row, m.idx FROM messages m JOIN campaigns c ON c.id=m.campaign"
        " WHERE m.state='ready'"
    )
    return {tracking_id(stem, idx): (key, row) for key, stem, row, idx in rows}


def _is_harmless(db: sqlite3.Connection, before: str) -> bool:
    """Tell whether a folder holds no campaign, or none that waits and none since it has a ledger.

    So the update that brought the ledger asks nobody about campaigns that are over.
    """
    (count, waiting) = db.execute(
        "SELECT COUNT(*), COALESCE(SUM(ready + sending), 0) FROM campaigns"
    ).fetchone()
    return not count or not (before or waiting)
