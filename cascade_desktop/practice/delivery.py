"""What becomes of a message after the service took it, as a function of time alone."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from cascade_desktop.practice.rules import Message, instant

FINAL = frozenset({"delivered", "undeliverable", "permanenterror"})
PART_PRICE = 0.05
_UNDELIVERABLE = 0.04
_PERMANENT_ERROR = 0.045
_CALL_UNANSWERED = 0.2


@dataclass(frozen=True, slots=True)
class Fate:
    """When a message leaves the queue, when it ends and how: drawn once from its message id."""

    leaves_at: float
    ends_at: float
    end: str
    unanswered: bool


def fate(message: Message, message_id: str, booked_at: float) -> Fate:
    """Draw a message's fate: seconds for most, and some 4 % that cannot be reached."""
    digest = blake2b(f"{message_id} {message['toPhone']}".encode(), digest_size=12).digest()
    haste, luck, answer = (
        int.from_bytes(digest[start : start + 4], "big") / 2**32 for start in (0, 4, 8)
    )
    scheduled = instant(message.get("scheduledSent", ""))
    starts_at = booked_at if scheduled is None else scheduled.timestamp()
    leaves_at = starts_at + (0.2 + 0.8 * haste if scheduled is None else 0.0)
    return Fate(leaves_at, leaves_at + 0.5 + 6.0 * haste**2, _end(luck), answer < _CALL_UNANSWERED)


def status(message: Message, message_id: str, booked_at: float, now: float) -> str:
    """Name the delivery status at a moment: it only ever moves forward."""
    drawn = fate(message, message_id, booked_at)
    if now < drawn.leaves_at:
        return "scheduled"
    return "processing" if now < drawn.ends_at else drawn.end


def report(
    message: Message, message_id: str, booked_at: float, now: float, list_id: int
) -> dict[str, Any]:
    """Write the answer of the status endpoint."""
    state = status(message, message_id, booked_at, now)
    parts = _parts(message.get("text", ""))
    cost = round(parts * PART_PRICE, 2) if state == "delivered" else 0.0
    answer: dict[str, Any] = {
        "messagelistId": list_id,
        "messageId": message_id,
        "deliverystatus": state,
        "partscount": parts,
        "cost": cost,
        "billAmount": cost,
        "billCurrency": "EUR",
    }
    if "fallback" in message:
        answer["extendedStatuses"] = _channels(fate(message, message_id, booked_at), state)
    return answer


def _end(luck: float) -> str:
    if luck < _UNDELIVERABLE:
        return "undeliverable"
    return "permanenterror" if luck < _PERMANENT_ERROR else "delivered"


def _channels(drawn: Fate, state: str) -> list[dict[str, str]]:
    if state not in FINAL or not drawn.unanswered:
        return [{"channel": "flashcall", "deliverystatus": state}]
    return [
        {"channel": "flashcall", "deliverystatus": "undeliverable"},
        {"channel": "sms", "deliverystatus": state},
    ]


def _parts(text: str) -> int:
    """Count SMS parts roughly: the bill of a practice service is an illustration."""
    whole, part = (160, 153) if text.isascii() else (70, 67)
    length = len(text.encode("utf-16-le")) // 2
    return 1 if length <= whole else -(-length // part)
