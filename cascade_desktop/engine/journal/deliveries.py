"""What is known of deliveries, and about which messages to ask next."""

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from cascade_desktop.core.delivery import FINAL, Bill, BillSum, Found, sum_bills
from cascade_desktop.engine.journal.schema import read
from cascade_desktop.engine.journal.transaction import transaction

_FIELDS = "c.code, m.row, m.message_ids, COALESCE(m.at, m.settled_at), m.asks"
_ACCOUNT = "c.host=:host AND c.account=:account AND (:code='' OR c.code=:code)"
_ASK = (
    f"SELECT {_FIELDS} FROM messages m CROSS JOIN campaigns c ON c.id=m.campaign"  # noqa: S608
    f" WHERE m.ask_at<=:now AND {_ACCOUNT}"
)
_SHOWN = (
    f"SELECT {_FIELDS} FROM campaigns c CROSS JOIN messages m ON c.id=m.campaign"  # noqa: S608
    f" WHERE +m.ask_at<=:now AND {_ACCOUNT}"
)
_FIRST = (
    " AND m.asks=0 AND m.ask_at IS NOT NULL"
    " ORDER BY m.ask_at DESC, m.campaign DESC, m.row DESC LIMIT :most"
)
_AGAIN = " AND m.asks>0 AND m.ask_at IS NOT NULL ORDER BY m.ask_at LIMIT :most"


class Ask(NamedTuple):
    """An accepted message about which something is not known yet."""

    code: str
    row: int
    message_ids: tuple[str, ...]
    since: datetime
    """When it was handed over, or is to leave the service."""
    asks: int
    """How often it was asked about."""


class Told(NamedTuple):
    """What asking brought: news, or None; and when to ask again, None for never."""

    ask: Ask
    found: Found | None
    ask_at: datetime | None


class Delivered(NamedTuple):
    """What is known of one row's delivery now; what the grid needs and no more."""

    row: int
    delivery: str
    bill: Bill


class Tally(NamedTuple):
    """How many accepted messages of a campaign are told to be what; "" is not known yet."""

    count_of: Mapping[str, int]
    bill: BillSum

    @property
    def open(self) -> int:
        """Return those whose end is not known."""
        return sum(count for word, count in self.count_of.items() if word not in FINAL)


class Deliveries:
    """Reads and records deliveries of one journal; of one account where that is named."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    @read()
    def shown(
        self, host: str, account: str, code: str, rows: Sequence[int], now: datetime
    ) -> tuple[Ask, ...]:
        """Return those of these rows that may be asked about now."""
        places = ",".join(str(int(row)) for row in rows)
        found = self._db.execute(
            f"{_SHOWN} AND m.row IN ({places}) ORDER BY m.row",
            {"now": now.timestamp(), "host": host, "account": account, "code": code},
        )
        return tuple(map(_ask, found))

    @read()
    def due(
        self, host: str, account: str, now: datetime, most: int, code: str = ""
    ) -> tuple[Ask, ...]:
        """Return what may be asked about now: half for the first time, the newest first.

        The other half waited longest since it was asked about; what one half leaves, the other
        may take.
        """
        given = {"host": host, "account": account, "now": now.timestamp(), "code": code}
        first, again = (
            self._db.execute(_ASK + order, {**given, "most": most}).fetchall()
            for order in (_FIRST, _AGAIN)
        )
        half = max(most // 2, most - len(again))
        chosen = first[:half]
        return tuple(map(_ask, (*chosen, *again[: most - len(chosen)])))

    @read()
    def soonest(self, host: str, account: str, code: str = "") -> datetime | None:
        """Return when the next message may be asked about; None where nothing is open."""
        found = [
            row[0]
            for asks in ("m.asks=0", "m.asks>0")
            for row in self._db.execute(
                "SELECT m.ask_at FROM messages m"  # noqa: S608
                " CROSS JOIN campaigns c ON c.id=m.campaign"
                f" WHERE {asks} AND m.ask_at IS NOT NULL AND {_ACCOUNT}"
                " ORDER BY m.ask_at LIMIT 1",
                {"host": host, "account": account, "code": code},
            )
        ]
        return datetime.fromtimestamp(min(found), UTC) if found else None

    @read()
    def any_known(self, host: str, account: str) -> bool:
        """Tell whether the service has ever told of a delivery."""
        row = self._db.execute(
            "SELECT 1 FROM messages m JOIN campaigns c ON c.id=m.campaign"
            " WHERE m.delivery<>'' AND c.host=? AND c.account=? LIMIT 1",
            (host, account),
        ).fetchone()
        return row is not None

    def record(self, told: Sequence[Told]) -> None:
        """Record what asking brought, in one transaction; a known end is never taken back."""
        rows = [
            (
                one.found.delivery if one.found else None,
                one.found.bill.parts if one.found else None,
                one.found.bill.cost if one.found else None,
                (one.found.bill.currency or None) if one.found else None,
                None if one.ask_at is None else int(one.ask_at.timestamp()),
                one.ask.code,
                one.ask.row,
            )
            for one in told
        ]
        with transaction(self._db):
            self._db.executemany(
                "UPDATE messages SET delivery=COALESCE(?, delivery), parts=COALESCE(?, parts),"
                " cost=COALESCE(?, cost), currency=COALESCE(?, currency), asks=asks+1, ask_at=?"
                " WHERE campaign=(SELECT id FROM campaigns WHERE code=?)"
                " AND row=? AND state='accepted' AND ask_at IS NOT NULL",
                rows,
            )

    @read()
    def tally(self, code: str) -> Tally:
        """Count and sum what is known of a campaign's accepted messages."""
        rows = self._db.execute(
            "SELECT m.delivery, m.parts, m.cost, m.currency, COUNT(*) FROM messages m"
            " JOIN campaigns c ON c.id=m.campaign WHERE c.code=? AND m.state='accepted'"
            " GROUP BY 1, 2, 3, 4",
            (code,),
        )
        counts: Counter[str] = Counter()
        bills: Counter[Bill] = Counter()
        for word, parts, cost, currency, count in rows:
            counts[word] += count
            bills[Bill(parts, cost, currency)] += count
        return Tally(counts, sum_bills(bills))


def _ask(row: tuple[str, int, str, str, int]) -> Ask:
    code, place, ids, since, asks = row
    return Ask(code, place, tuple(ids.split()), datetime.fromisoformat(since), asks)
