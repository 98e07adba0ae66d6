"""The body of a request, exactly as cascade-api.md documents it and nothing more."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cascade_desktop.core.drafts import Draft, FlashCall, Kind, Survey
from cascade_desktop.core.schedule import wire_time


@dataclass(frozen=True, slots=True)
class WireMessage:
    """What is one message's own in a request."""

    tracking_id: str
    phone: str
    text: str
    at: datetime | None = None


def encode_batch(draft: Draft, messages: Iterable[WireMessage]) -> bytes:
    """Write a request's body: a JSON array in UTF-8, non-ASCII letters as they are.

    Raises:
        UnicodeEncodeError: a text holds half of a character; drafts and rows are checked for it.
    """
    shared = _shared(draft)
    fields = [_fields(draft, shared, message) for message in messages]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _shared(draft: Draft) -> dict[str, Any]:
    shared: dict[str, Any] = {}
    if isinstance(draft, Survey):
        shared["surveyOptions"] = [option.strip() for option in draft.options]
    if draft.ttl_s is not None:
        shared["ttl"] = draft.ttl_s
    return shared


def _fields(draft: Draft, shared: dict[str, Any], message: WireMessage) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "id": message.tracking_id,
        "fromName": draft.sender.strip(),
        "toPhone": message.phone,
        "messageType": draft.kind.value,
    }
    if not isinstance(draft, FlashCall):
        fields["text"] = message.text
    fields |= shared
    if message.at is not None:
        fields["scheduledSent"] = wire_time(message.at)
    if isinstance(draft, FlashCall) and message.text.strip():
        fields["fallback"] = {"messageType": Kind.TRANSACTION.value, "text": message.text}
    return fields
