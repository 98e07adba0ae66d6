"""The documented rules of the Cascade API, each checked as strictly as it can be read.

An independent judge: nothing here is shared with the program that is judged. Where the documents
leave a bound open, the choice and its reason stand beside the constant.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn, TypeAlias

MOST_MESSAGES = 1_000
MOST_BYTES = 32 * 1024 * 1024
"""Room for 1,000 of the longest texts with every character escaped; more is answered with 413."""
ID_LIMIT = 254
TEXT_LIMIT_UNITS = 4_096
"""Telegram's limit, the widest of the channels; the documents name none for the whole cascade."""
SURVEY_LIMIT_UNITS = 85
LONGEST_TTL_S = 14 * 24 * 3_600
"""Twice the longest time to live that the documents recommend; they set no limit themselves."""
FLASHCALL_TTL_S = (60, 300)
FARTHEST = timedelta(days=30)
FEWEST_OPTIONS, MOST_OPTIONS = 2, 5
KINDS = ("transaction", "promo", "viber_survey", "flashcall")

_COMMON = frozenset({"id", "fromName", "toPhone", "messageType", "ttl", "scheduledSent"})
_FIELDS = {
    "transaction": _COMMON | {"text"},
    "promo": _COMMON | {"text"},
    "viber_survey": _COMMON | {"text", "surveyOptions"},
    "flashcall": _COMMON | {"fallback"},
}
_SHOWN = 80
_ID = re.compile(rf"[A-Za-z0-9._-]{{1,{ID_LIMIT}}}")
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
_VARIABLE = re.compile(r"%(?:name|url|short_url)=[0-9]+%")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?Z")

Message: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """Say which rule was broken, by which field, and by which message of the array."""

    code: str
    message: str
    field: str = ""
    index: int | None = None
    status: int = 400


Rule: TypeAlias = Callable[[Message, datetime], Fault | None]


def read_batch(body: bytes) -> Any | Fault:
    """Read a body as strict JSON: UTF-8, no NaN, no key twice, no half of a surrogate pair."""
    try:
        value = json.loads(body.decode(), parse_constant=_no_constant, object_pairs_hook=_object)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        return Fault("INVALID_JSON", f"The body is not valid JSON: {error}")
    return value


def judge(batch: Any, now: datetime) -> Fault | None:
    """Return the first broken rule of a batch; one fault refuses the whole array."""
    if not isinstance(batch, list):
        return Fault("INVALID_BODY", "The body must be a JSON array of messages")
    if not 1 <= len(batch) <= MOST_MESSAGES:
        return Fault("INVALID_BATCH_SIZE", f"{len(batch)} messages; 1 to {MOST_MESSAGES} allowed")
    seen: set[str] = set()
    for index, message in enumerate(batch):
        fault = judge_message(message, now)
        if fault is None and message["id"] in seen:
            fault = _fault("DUPLICATE_ID", "id", "Repeated in this array", message["id"])
        if fault is not None:
            return replace(fault, index=index)
        seen.add(message["id"])
    return None


def judge_message(message: Any, now: datetime) -> Fault | None:
    """Return the first rule that one message breaks."""
    if not isinstance(message, dict):
        return Fault("INVALID_MESSAGE", "Every message must be a JSON object")
    return next((fault for rule in _RULES if (fault := rule(message, now)) is not None), None)


def units(text: str) -> int:
    """Count UTF-16 code units, as the vendor's own survey example does.

    >>> units("💛")
    2
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def instant(written: str) -> datetime | None:
    """Read an ISO 8601 time in UTC with its Z, or nothing.

    >>> instant("2026-11-26T08:00:00Z")
    datetime.datetime(2026, 11, 26, 8, 0, tzinfo=datetime.timezone.utc)
    """
    if _INSTANT.fullmatch(written) is None:
        return None
    try:
        # Python 3.11 reads fractions of any length, but only with an offset it knows.
        return datetime.fromisoformat(written.removesuffix("Z")).replace(tzinfo=UTC)
    except ValueError:
        return None


def _kind(message: Message, _now: datetime) -> Fault | None:
    kind = message.get("messageType")
    if isinstance(kind, str) and kind in KINDS:
        return None
    return _fault("INVALID_MESSAGE_TYPE", "messageType", f"Must be one of {', '.join(KINDS)}", kind)


def _fields(message: Message, _now: datetime) -> Fault | None:
    kind: str = message["messageType"]
    unknown = message.keys() - _FIELDS[kind]
    if not unknown:
        return None
    first = min(unknown)
    return Fault("UNKNOWN_FIELD", f"A {kind} message has no field {_shown(first)}", first)


def _tracking_id(message: Message, _now: datetime) -> Fault | None:
    found = message.get("id")
    if isinstance(found, str) and _ID.fullmatch(found):
        return None
    rule = f"1 to {ID_LIMIT} letters, digits, dots, hyphens and underscores"
    return _fault("INVALID_ID", "id", rule, found)


def _sender(message: Message, _now: datetime) -> Fault | None:
    return _filled(message.get("fromName"), "fromName", "INVALID_SENDER")


def _phone(message: Message, _now: datetime) -> Fault | None:
    found = message.get("toPhone")
    if isinstance(found, str) and _PHONE.fullmatch(found):
        return None
    return _fault("INVALID_PHONE", "toPhone", "Invalid phone number format", found)


def _text(message: Message, _now: datetime) -> Fault | None:
    if message["messageType"] == "flashcall":
        return None
    limit = SURVEY_LIMIT_UNITS if message["messageType"] == "viber_survey" else TEXT_LIMIT_UNITS
    return _wording(message.get("text"), "text", limit)


def _options(message: Message, _now: datetime) -> Fault | None:
    if message["messageType"] != "viber_survey":
        return None
    options = message.get("surveyOptions")
    if not isinstance(options, list) or not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
        return _fault("INVALID_OPTIONS", "surveyOptions", "A list of 2 to 5 options", options)
    if not all(isinstance(option, str) and option.strip() for option in options):
        return _fault("INVALID_OPTIONS", "surveyOptions", "An option is blank or no text", options)
    if len({option.strip() for option in options}) < len(options):
        return _fault("INVALID_OPTIONS", "surveyOptions", "Two options are the same", options)
    return None


def _ttl(message: Message, _now: datetime) -> Fault | None:
    if "ttl" not in message:
        return None
    least, most = FLASHCALL_TTL_S if message["messageType"] == "flashcall" else (1, LONGEST_TTL_S)
    ttl = message["ttl"]
    # JSON's true is an int to Python.
    if type(ttl) is int and least <= ttl <= most:
        return None
    return _fault("INVALID_TTL", "ttl", f"A whole number of seconds from {least} to {most}", ttl)


def _schedule(message: Message, now: datetime) -> Fault | None:
    if "scheduledSent" not in message:
        return None
    written = message["scheduledSent"]
    when = instant(written) if isinstance(written, str) else None
    if when is None:
        rule = "ISO 8601 in UTC, such as 2026-11-26T08:00:00Z"
    elif when <= now:
        rule = "The time is past"
    elif when - now > FARTHEST:
        rule = f"More than {FARTHEST.days} days ahead"
    else:
        return None
    return _fault("INVALID_SCHEDULE", "scheduledSent", rule, written)


def _fallback(message: Message, _now: datetime) -> Fault | None:
    if "fallback" not in message:
        return None
    found = message["fallback"]
    if not isinstance(found, dict) or found.keys() != {"messageType", "text"}:
        return _fault("INVALID_FALLBACK", "fallback", "Exactly a messageType and a text", found)
    if found["messageType"] != "transaction":
        rule = "Only a transaction can stand in for a call"
        return _fault("INVALID_FALLBACK", "fallback.messageType", rule, found["messageType"])
    return _wording(found["text"], "fallback.text", TEXT_LIMIT_UNITS)


_RULES: tuple[Rule, ...] = (
    _kind,
    _fields,
    _tracking_id,
    _sender,
    _phone,
    _text,
    _options,
    _ttl,
    _schedule,
    _fallback,
)


def _filled(found: Any, field: str, code: str) -> Fault | None:
    if isinstance(found, str) and found.strip():
        return None
    return _fault(code, field, "Required, and not blank", found)


def _wording(found: Any, field: str, limit: int) -> Fault | None:
    blank = _filled(found, field, "INVALID_TEXT")
    if blank is not None:
        return blank
    if units(found) > limit:
        return Fault("TEXT_TOO_LONG", f"{units(found)} UTF-16 units; at most {limit}", field)
    variable = _VARIABLE.search(found)
    if variable is not None:
        return _fault("UNKNOWN_VARIABLE", field, "Never uploaded", variable.group())
    return None


def _fault(code: str, field: str, rule: str, found: Any) -> Fault:
    return Fault(code, f"{rule}: {_shown(found)}", field)


def _shown(value: Any) -> str:
    written = "nothing" if value is None else json.dumps(value, ensure_ascii=False)
    return written if len(written) <= _SHOWN else f"{written[: _SHOWN - 1]}…"


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("an object holds the same key twice")
    return found
