"""What became of accepted messages, as the service tells it; when to ask, when to stop asking.

That the service knows our messages' ids there is an assumption (cascade-api.md, "Delivery
status"): nothing here is needed to send, and nothing here ever sends.
"""

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import cast

from cascade_desktop.core.outcome import Answer, retry_after_s
from cascade_desktop.core.states import Delivery

FINAL = frozenset({Delivery.DELIVERED, Delivery.UNDELIVERABLE, Delivery.PERMANENT_ERROR})
FIRST_ASK_S = 5
ASK_S = (5.0, 10.0)
GROWTH = 1.6
LONGEST_S = 1800.0
_TRIES_TO_LONGEST = 12
AFTER_TTL = timedelta(hours=1)

WORD_LONGEST = 40
PARTS_MOST = 255
COST_MOST = 1_000_000
_CURRENCY = re.compile(r"[A-Z]{3}")
_REFUSED_KEY = (401, 402, 403)
_LATER = (408, 421, 425, 429)


class AskNext(StrEnum):
    """What to do after an answer about a delivery."""

    NEWS = "news"
    NO_NEWS = "no_news"
    WAIT = "wait"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Bill:
    """What a message took: SMS parts and money; None where the service did not say."""

    parts: int | None = None
    cost: float | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What the service says of a message; words that nobody documents are kept, never final."""

    delivery: str
    bill: Bill = Bill()

    @property
    def is_final(self) -> bool:
        """Tell whether nothing more will happen to it."""
        return self.delivery in FINAL


@dataclass(frozen=True, slots=True)
class DeliveryAnswer:
    """What an answer about a message means."""

    next: AskNext
    found: Found | None = None
    wait_s: float | None = None
    """How long the service asks to be left alone, where it says so."""


@dataclass(frozen=True, slots=True)
class BillSum:
    """What many messages took together; a sum of money for each currency."""

    parts: int = 0
    costs: tuple[tuple[str, Decimal], ...] = ()


def judge_delivery(answer: Answer, message_id: str) -> DeliveryAnswer:
    """Decide what an answer about this message means, for it and for asking at all."""
    status = answer.status
    if status in _REFUSED_KEY or status in range(300, 400):
        return DeliveryAnswer(AskNext.STOP)
    page = "text/html" in answer.content_type.lower()
    if status in _LATER or status in range(500, 600) or (page and status in range(200, 300)):
        return DeliveryAnswer(AskNext.WAIT, wait_s=retry_after_s(answer))
    found = read_delivery(answer.body, message_id) if status in range(200, 300) else None
    return DeliveryAnswer(AskNext.NO_NEWS if found is None else AskNext.NEWS, found)


def read_delivery(body: bytes | None, message_id: str) -> Found | None:
    """Read what the service says of a message; None for another form or another message.

    >>> read_delivery(b'{"messageId": "m1", "deliverystatus": "delivered"}', "m1").is_final
    True
    """
    try:
        parsed = json.loads((body or b"").decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return None
    if not isinstance(parsed, dict):
        return None
    told = cast("dict[str, object]", parsed)
    named = told.get("messageId", message_id)
    if not isinstance(named, str) or named.casefold() != message_id.casefold():
        return None
    word = told.get("deliverystatus")
    word = _word(word) if isinstance(word, str) else ""
    return Found(word, _bill(told)) if word else None


def merge(found: Sequence[Found]) -> Found:
    """Join what is known of one person's message that was accepted under several ids.

    It is delivered when one of them is, and open while one of them may still be.
    """
    words = [one.delivery for one in found]
    still_open = (word for word in words if word not in FINAL)
    best = Delivery.DELIVERED if Delivery.DELIVERED in words else next(still_open, words[0])
    bills = [one.bill for one in found]
    parts = [bill.parts for bill in bills if bill.parts is not None]
    costs = [bill.cost for bill in bills if bill.cost is not None]
    currencies = {bill.currency for bill in bills}
    one_currency = len(currencies) == 1 and bool(costs)
    return Found(
        str(best),
        Bill(
            sum(parts) if parts else None,
            sum(costs) if one_currency else None,
            currencies.pop() if one_currency else "",
        ),
    )


def next_ask_s(asks: int, uniform: Callable[[float, float], float]) -> float:
    """Return how long to let a message rest that was asked about so often: 5-10 s, then longer."""
    return min(uniform(*ASK_S) * GROWTH ** min(asks - 1, _TRIES_TO_LONGEST), LONGEST_S)


def last_ask(since: datetime, ttl_s: int) -> datetime:
    """Return when a message is asked about for the last time: an hour after its life."""
    return since + timedelta(seconds=ttl_s) + AFTER_TTL


def sum_bills(tally: Mapping[Bill, int]) -> BillSum:
    """Add up what messages took, of which so many took the same.

    >>> sum_bills({Bill(1, 0.1, "EUR"): 2, Bill(2, 0.2, "EUR"): 1, Bill(): 7})
    BillSum(parts=4, costs=(('EUR', Decimal('0.4')),))
    """
    parts = sum((bill.parts or 0) * count for bill, count in tally.items())
    costs: dict[str, Decimal] = {}
    for bill, count in tally.items():
        if bill.cost is not None:
            money = Decimal(str(bill.cost)) * count
            costs[bill.currency] = costs.get(bill.currency, Decimal(0)) + money
    return BillSum(parts, tuple(sorted(costs.items())))


def _bill(told: dict[str, object]) -> Bill:
    """Read what it took: the whole bill where there is one, else the cost of the message."""
    currency = told.get("billCurrency")
    known = isinstance(currency, str) and _CURRENCY.fullmatch(currency.strip().upper())
    billed = _money(told.get("billAmount"))
    return Bill(
        _parts(told.get("partscount")),
        _money(told.get("cost")) if billed is None else billed,
        known[0] if known else "",
    )


def _parts(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value <= PARTS_MOST else None


def _money(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not 0 <= value <= COST_MOST or not math.isfinite(value):
        return None
    return float(value)


def _word(text: str) -> str:
    """Return a status as one short printable word or more, small."""
    printable = "".join(char if char.isprintable() else " " for char in text[: WORD_LONGEST * 4])
    return " ".join(printable.lower().split())[:WORD_LONGEST].strip()


def _refuse_constant(name: str) -> object:
    raise ValueError(name)
