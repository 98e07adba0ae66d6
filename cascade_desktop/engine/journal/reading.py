"""Read what the journal holds; plain functions over a connection."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime

from cascade_desktop.core.confirmations import Given
from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.outcome import NO_WORDS, ServiceWords
from cascade_desktop.core.sent_before import Sent
from cascade_desktop.core.states import CampaignState, Reason, Resolution, State
from cascade_desktop.engine.journal.schema import read
from cascade_desktop.engine.journal.values import (
    Change,
    Counts,
    Entry,
    HandedOver,
    Head,
    LastBatch,
    Waiting,
)

_LEAVES = (
    "EXISTS (SELECT 1 FROM leaving l"
    " WHERE l.campaign=m.campaign AND m.idx BETWEEN l.first AND l.last)"
)
"""Whether a message that its row calls ready is on its way (`batches`)."""
_LEAVING = "(SELECT COALESCE(SUM(last-first+1), 0) FROM leaving WHERE campaign=campaigns.id)"
_COUNTS = f"ready, sending, accepted, refused, unknown, left_out, {_LEAVING}"
_HEAD = (
    "SELECT code, name, kind, draft, route, host, account, id_stem, source, columns,"  # noqa: S608
    f" phone_column, created_at, state, reason, words, {_COUNTS},"
    " (SELECT COUNT(*) FROM messages WHERE campaign=campaigns.id AND state='unknown'"
    "  AND resolution IS NULL),"
    " (SELECT COUNT(*) FROM messages WHERE campaign=campaigns.id AND state='left_out'"
    "  AND why LIKE '[%'),"
    " (SELECT batch || ' ' || size || ' ' || opened_at FROM batches"
    "  WHERE campaign=campaigns.id ORDER BY batch DESC LIMIT 1),"
    " (SELECT MIN(opened_at) || ' ' || MAX(opened_at) FROM batches"
    "  WHERE campaign=campaigns.id AND batch IN (SELECT batch FROM messages"
    "  WHERE campaign=campaigns.id AND state='unknown' AND resolution IS NULL)),"
    " (SELECT json_group_array(json_array(question, words, answer, at)) FROM confirmations"
    "  WHERE campaign=campaigns.id)"
    " FROM campaigns"
)
_PAGE = 2000
_SENT_PAGE = 2000


def head(db: sqlite3.Connection, key: int) -> Head:
    """Return the campaign with this key."""
    return _head(db.execute(f"{_HEAD} WHERE id=?", (key,)).fetchone())


def counts(db: sqlite3.Connection, key: int) -> Counts:
    """Return a campaign's settled totals, without counting a row: it is asked after every batch."""
    row = db.execute(
        f"SELECT {_COUNTS} FROM campaigns WHERE id=?",  # noqa: S608
        (key,),
    ).fetchone()
    return _counts(*row)


def heads(db: sqlite3.Connection) -> tuple[Head, ...]:
    """Return all campaigns, the newest first; a test is none."""
    others = "WHERE id NOT IN (SELECT campaign FROM trials)"
    return tuple(_head(row) for row in db.execute(f"{_HEAD} {others} ORDER BY id DESC"))


def waiting(
    db: sqlite3.Connection, key: int, *, first: int = 0, last: int = 2**62, limit: int
) -> tuple[Waiting, ...]:
    """Return ready messages with a number from first to last, in order; limit -1 is all."""
    rows = db.execute(
        "SELECT m.idx, m.row, p.phone, p.text, m.at, m.resends FROM messages m"  # noqa: S608
        " JOIN people p ON p.campaign=m.campaign AND p.row=m.row"
        f" WHERE m.campaign=? AND m.state='ready' AND NOT {_LEAVES} AND m.idx BETWEEN ? AND ?"
        " ORDER BY m.idx LIMIT ?",
        (key, first, last, limit),
    )
    return tuple(
        Waiting(number, row, phone, text, _moment(at), resends > 0)
        for number, row, phone, text, at, resends in rows
    )


def entries(db: sqlite3.Connection, key: int) -> Iterator[Entry]:
    """Yield every row in the file's order, a page at a time so that writers are never held up."""
    after = -1
    while True:
        with read():
            rows = db.execute(
                "SELECT p.row, p.sheet_row, m.idx, p.phone, p.cells, p.text,"  # noqa: S608
                f" CASE WHEN m.state='ready' AND {_LEAVES} THEN 'sending' ELSE m.state END, m.why,"
                " m.words, m.message_ids, m.at, m.settled_at, m.resolution, m.delivery, m.parts,"
                " m.cost, m.currency FROM people p"
                " JOIN messages m ON m.campaign=p.campaign AND m.row=p.row"
                " WHERE p.campaign=? AND p.row>? ORDER BY p.row LIMIT ?",
                (key, after, _PAGE),
            ).fetchall()
            found = [_entry(row) for row in rows]
        if not found:
            return
        yield from found
        after = found[-1].row


def accepted(db: sqlite3.Connection, key: int, numbers: Sequence[int]) -> tuple[Change, ...]:
    """Return those of these messages that were accepted, as a batch tells what changed."""
    wanted = set(numbers)
    rows = db.execute(
        "SELECT idx, row, why, message_ids, settled_at, resolution FROM messages"
        " WHERE campaign=? AND state='accepted' AND idx BETWEEN ? AND ?",
        (key, min(wanted), max(wanted)),
    )
    return tuple(
        Change(row, State.ACCEPTED, why, NO_WORDS, tuple(ids.split()), _moment(at), _choice(chosen))
        for number, row, why, ids, at, chosen in rows
        if number in wanted
    )


def sent(db: sqlite3.Connection, since: datetime, now: datetime) -> Iterator[Sent]:
    """Yield what people got, or perhaps got, since a moment; a page at a time, as `entries` does.

    What is to leave again may have arrived before; what was handed over for later arrives then;
    what is being sent counts whenever it began. A test counts for nobody.
    """
    campaign, after = -1, -1
    while True:
        with read():
            rows = db.execute(
                "SELECT m.campaign, m.row, p.phone, p.text,"  # noqa: S608
                " MAX(COALESCE(m.settled_at, ?), COALESCE(m.at, '')) FROM messages m"
                " JOIN people p ON p.campaign=m.campaign AND p.row=m.row"
                " WHERE (m.campaign, m.row)>(?, ?)"
                " AND ((m.state IN ('accepted', 'unknown') OR m.resends>0)"
                "  AND MAX(m.settled_at, COALESCE(m.at, ''))>=?"
                f"  OR m.state='sending' OR m.state='ready' AND {_LEAVES})"
                " AND m.campaign NOT IN (SELECT campaign FROM trials)"
                " ORDER BY m.campaign, m.row LIMIT ?",
                (now.isoformat(), campaign, after, since.isoformat(), _SENT_PAGE),
            ).fetchall()
        if not rows:
            return
        yield from (Sent(phone, text, at) for _, _, phone, text, at in rows)
        campaign, after, *_ = rows[-1]


def load_words(text: str) -> ServiceWords:
    """Read the service's words back."""
    if not text:
        return ServiceWords()
    code, message, field, *status = json.loads(text)
    return ServiceWords(code, message, field, status=int(status[0]) if status else 0)


def load_reason(text: str) -> Reason:
    """Read a reason back; NONE for one of another version, or a verdict."""
    try:
        return Reason(text)
    except ValueError:
        return Reason.NONE


def _head(row: tuple[object, ...]) -> Head:
    (*texts, columns, phone_column, created_at, state, reason, words) = row[:15]
    *numbers, undecided, to_fix, last, handed_over, given = row[15:]
    Kind(str(texts[2]))  # who reads it relies on it
    return Head(
        *texts,  # type: ignore[arg-type]
        columns=tuple(json.loads(str(columns))),
        phone_column=int(str(phone_column)),
        created_at=datetime.fromisoformat(str(created_at)),
        state=CampaignState(str(state)),
        reason=load_reason(str(reason)),
        words=load_words(str(words)),
        counts=_counts(*(int(str(number)) for number in numbers)),
        undecided=int(str(undecided)),
        to_fix=int(str(to_fix)),
        last_batch=None if last is None else _last_batch(str(last)),
        handed_over=None if handed_over is None else _handed_over(str(handed_over)),
        given=tuple(_given(*one) for one in json.loads(str(given))),
    )


def _given(question: str, words: str, answer: str, at: str) -> Given:
    return Given(question, words, answer, datetime.fromisoformat(at))


def _last_batch(text: str) -> LastBatch:
    number, size, at = text.split(" ", 2)
    return LastBatch(int(number), int(size), at)


def _handed_over(text: str) -> HandedOver:
    first, last = text.split(" ")
    return HandedOver(datetime.fromisoformat(first), datetime.fromisoformat(last))


def _counts(*numbers: int) -> Counts:
    """Return totals; what is leaving is being sent, whatever its rows say (`batches`)."""
    ready, sending, *others, leaving = numbers
    return Counts(ready - leaving, sending + leaving, *others)


def _entry(row: tuple[object, ...]) -> Entry:
    values = list(row)
    values[4] = tuple(json.loads(str(row[4])))
    values[6] = State(str(row[6]))
    values[8] = load_words(str(row[8]))
    values[9] = tuple(str(row[9]).split())
    values[10] = _moment(row[10])
    values[11] = _moment(row[11])
    values[12] = _choice(row[12])
    return Entry(*values)  # type: ignore[arg-type]


def _moment(text: object) -> datetime | None:
    return None if text is None else datetime.fromisoformat(str(text))


def _choice(text: object) -> Resolution | None:
    return None if text is None else Resolution(str(text))
