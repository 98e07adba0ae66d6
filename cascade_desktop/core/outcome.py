"""What an answer of the service means for each message of a batch, as data.

The table is that of sending-policy.md: whatever is not proven refused or unsent is unknown.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum, auto
from typing import cast

from cascade_desktop.core.states import Reason, State

RETRY_AFTER_MOST_S = 900
RETRY_AFTER_LEAST_S = 1
_TRACKING = ("trackinId", "trackingId")
"""The first is how the documents and the service spell it."""
_FIELDS = {
    name.casefold(): name
    for name in (
        "id", "fromName", "toPhone", "messageType", "text", "surveyOptions", "ttl",
        "scheduledSent", "fallback",
    )
}  # fmt: skip
"""A service may begin the names of fields with a capital."""


class Next(Enum):
    """What the sender does after an answer."""

    GO_ON = auto()
    PROBE = auto()
    RETRY = auto()
    RETRY_TWICE = auto()
    WAIT = auto()
    SPLIT = auto()
    HALVE = auto()
    STOP = auto()


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer as it arrived; ``body`` is None where it could not be taken whole."""

    status: int
    content_type: str
    body: bytes | None
    retry_after: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class ServiceWords:
    """What the service said of a refusal; any part may be missing."""

    code: str = ""
    message: str = ""
    field: str = ""
    item: int | None = None
    """The position in the batch of the message that was named, if one was."""
    value: str = ""
    """What the service found wrong, in its own words; a phone or a text: never to be logged."""
    status: int = 0
    """The HTTP status that ended a run; 0 where none did."""


NO_WORDS = ServiceWords()


@dataclass(frozen=True, slots=True)
class Rule:
    """What a status means for messages that the answer does not name."""

    rest: State
    next: Next
    reason: Reason


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on a batch."""

    accepted: Mapping[str, tuple[str, ...]]
    """Tracking id → the message ids it was accepted under; more than one is told."""
    rest: State
    next: Next
    reason: Reason
    wait_s: float | None = None
    words: ServiceWords = NO_WORDS
    status: int = 0
    """The HTTP status; 0 without an answer."""

    @property
    def last_words(self) -> ServiceWords:
        """Return what to keep of the answer that ended a run."""
        return replace(self.words, status=self.status)


_TAKEN = (200, 201, 202)
_PAGES = ("text/html", "application/xhtml+xml")
_SERVER_UNKNOWN = Rule(State.UNKNOWN, Next.PROBE, Reason.SERVER_ERROR)
_STRANGE = Rule(State.UNKNOWN, Next.STOP, Reason.STRANGE_ANSWER)
_WEB_PAGE = Rule(State.UNKNOWN, Next.STOP, Reason.WEB_PAGE)
_NOT_NAMED = Rule(State.UNKNOWN, Next.PROBE, Reason.NOT_NAMED)
_ACCEPTED = Rule(State.UNKNOWN, Next.GO_ON, Reason.NONE)
_BUSY = Rule(State.READY, Next.RETRY, Reason.SERVER_BUSY)

STATUS_RULES: tuple[tuple[Iterable[int], Rule], ...] = (
    (_TAKEN, _NOT_NAMED),
    (range(300, 400), Rule(State.READY, Next.STOP, Reason.REDIRECTED)),
    ((400, 422), Rule(State.READY, Next.SPLIT, Reason.BATCH_REFUSED)),
    ((401,), Rule(State.READY, Next.STOP, Reason.KEY_REFUSED)),
    ((402, 403), Rule(State.READY, Next.STOP, Reason.NO_RIGHTS)),
    ((404, 405, 410, 415, 451, 501), Rule(State.READY, Next.STOP, Reason.WRONG_ADDRESS)),
    ((408, 421, 425), Rule(State.READY, Next.RETRY_TWICE, Reason.SERVER_BUSY)),
    ((409,), Rule(State.UNKNOWN, Next.PROBE, Reason.CONFLICT)),
    ((413,), Rule(State.READY, Next.HALVE, Reason.TOO_LARGE)),
    ((429,), Rule(State.READY, Next.WAIT, Reason.TOO_FAST)),
    (range(400, 500), Rule(State.READY, Next.STOP, Reason.OTHER_REFUSAL)),
    ((521, 523, 525, 530), _BUSY),
    (range(500, 600), _SERVER_UNKNOWN),
    (range(1000), _STRANGE),
)
"""The first line that holds a status rules it."""


def judge(answer: Answer, ids: Iterable[str]) -> Judgement:
    """Decide what an answer means for the messages with these tracking ids (R6, R7)."""
    ours = tuple(ids)
    shape = _Shape.of(answer, ours)
    rule = _rule(answer, shape)
    if set(shape.named) == set(ours) and rule.rest is State.UNKNOWN:
        rule = _ACCEPTED
    return Judgement(
        accepted=shape.named,
        rest=rule.rest,
        next=rule.next,
        reason=rule.reason,
        wait_s=retry_after_s(answer) if rule.next in (Next.WAIT, Next.RETRY) else None,
        words=_words(shape.json) if rule.rest is not State.UNKNOWN else ServiceWords(),
        status=answer.status,
    )


def retry_after_s(answer: Answer) -> float | None:
    """Read Retry-After in seconds or as a date measured against the answer's own Date.

    At least 1 s, at most 15 min; None where there is none that can be read.
    """
    text = answer.retry_after.strip()
    if text.isascii() and text.isdigit():
        seconds = float(text[:9])
    else:
        until, sent = _http_date(text), _http_date(answer.date)
        if until is None or sent is None:
            return None
        seconds = (until - sent).total_seconds()
    return min(max(seconds, RETRY_AFTER_LEAST_S), RETRY_AFTER_MOST_S)


def _asks_to_wait(answer: Answer) -> bool:
    """Tell whether there is a Retry-After; a date tells that much without the answer's own."""
    return retry_after_s(answer) is not None or _http_date(answer.retry_after) is not None


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a body turned out to be; only a list of receipts is understood."""

    json: object
    named: Mapping[str, tuple[str, ...]]
    is_understood: bool

    @staticmethod
    def of(answer: Answer, ours: tuple[str, ...]) -> "_Shape":
        parsed = _parse(answer.body)
        if not isinstance(parsed, list):
            return _Shape(parsed, {}, is_understood=False)
        entries = cast("list[object]", parsed)
        wanted = set(ours)
        named: dict[str, tuple[str, ...]] = {}
        is_understood = True
        for entry in entries:
            tracking_id, message_id = _documented(entry)
            if not tracking_id:
                tracking_id, message_id = _entry(entry)
                is_understood = is_understood and _is_receipt(entry)
            if tracking_id in wanted and message_id:
                known = named.get(tracking_id, ())
                named[tracking_id] = known if message_id in known else (*known, message_id)
        return _Shape(entries, named, is_understood)


def _rule(answer: Answer, shape: _Shape) -> Rule:
    is_page = any(kind in answer.content_type.lower() for kind in _PAGES)
    if is_page and answer.status in (*_TAKEN, 403):
        return _WEB_PAGE
    if answer.status in _TAKEN and not shape.is_understood:
        return _STRANGE
    if answer.status == 503 and _asks_to_wait(answer):  # noqa: PLR2004
        return _BUSY
    return next((rule for statuses, rule in STATUS_RULES if answer.status in statuses), _STRANGE)


def _documented(entry: object) -> tuple[str, str]:
    """Return the ids of an entry that is just as documented, as nearly all are; or nothing."""
    if not isinstance(entry, dict):
        return "", ""
    fields = cast("dict[str, object]", entry)
    tracking, message = fields.get("trackinId"), fields.get("messageId")
    if len(fields) != 2 or not isinstance(tracking, str) or not isinstance(message, str):  # noqa: PLR2004
        return "", ""
    return (tracking, message) if message.isascii() else (tracking, _whole(message))


def _entry(entry: object) -> tuple[str, str]:
    """Return the tracking id and message id of an entry, or nothing."""
    if not isinstance(entry, dict):
        return "", ""
    fields = cast("dict[str, object]", entry)
    spelt = (fields.get(name) for name in _TRACKING)
    tracking = next((value for value in spelt if isinstance(value, str)), "")
    message = fields.get("messageId")
    return (tracking, _whole(message)) if isinstance(message, str) else ("", "")


def _is_receipt(entry: object) -> bool:
    """Tell whether an entry has the two ids that a receipt has, if only as null."""
    if not isinstance(entry, dict):
        return False
    fields = cast("dict[str, object]", entry)
    tracking = [fields[name] for name in _TRACKING if name in fields]
    ids = [fields.get("messageId", 0), *tracking]
    return bool(tracking) and all(value is None or isinstance(value, str) for value in ids)


def _words(parsed: object) -> ServiceWords:
    """Read ``{"error": {"code", "message", "field"}}`` or problem+json."""
    if not isinstance(parsed, dict):
        return ServiceWords()
    body = cast("dict[str, object]", parsed)
    fields: dict[str, object] = body
    if isinstance(body.get("error"), dict):
        fields = cast("dict[str, object]", body["error"])
    if isinstance(fields.get("errors"), dict):
        fields = _first_error(fields)
    path = _text(fields.get("field"))
    field = path.rpartition("].")[2]
    return ServiceWords(
        code=_text(fields.get("code")),
        message=_text(fields.get("message") or fields.get("detail") or fields.get("title")),
        field=_FIELDS.get(field.casefold(), field),
        item=_item(path),
        value=_text(fields.get("value")),
    )


def _first_error(fields: dict[str, object]) -> dict[str, object]:
    """Turn problem+json's ``errors: {"$[3].toPhone": ["…"]}`` into the documented form."""
    for path, said in cast("dict[str, object]", fields["errors"]).items():
        words = cast("list[object]", said) if isinstance(said, list) else [said]
        return {**fields, "message": words[0] if words else "", "field": path}
    return fields


def _item(field: str) -> int | None:
    opening, closing = field.find("["), field.find("]")
    index = field[opening + 1 : closing] if 0 <= opening < closing else ""
    return int(index) if index.isascii() and index.isdigit() and len(index) < 6 else None  # noqa: PLR2004


def _text(value: object) -> str:
    return _whole(value[:500]) if isinstance(value, str) else ""


def _whole(text: str) -> str:
    """Replace halves of characters, which JSON may hold and the journal cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _parse(body: bytes | None) -> object:
    if not body:
        return None
    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return None


def _refuse_constant(name: str) -> object:
    raise ValueError(name)


def _http_date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
