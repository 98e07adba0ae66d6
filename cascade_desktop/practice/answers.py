"""The answers of the service: the documented ones, and the broken ones that it gives on request."""

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus
from typing import Any, TypeAlias

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from cascade_desktop.practice.behaviour import Answer, Behaviour, Naming
from cascade_desktop.practice.books import Booked
from cascade_desktop.practice.rules import Fault

HANG_UP = "practice.hang_up"
"""ASGI extension of our own server: ends the connection at once."""
_OK = range(200, 300)
_JSON = "application/json"
_PAGE = b"<!DOCTYPE html><html><title>Guest Wi-Fi</title><body>Please sign in.</body></html>"
_HUGE_BYTES = 9 * 1024 * 1024

Receipts: TypeAlias = list[dict[str, Any]]


class BrokenOff(Response):
    """An answer that ends in the middle, or before its first byte."""

    def __init__(self, whole: Response | None = None) -> None:
        super().__init__()
        self._whole = whole

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send half of the answer, hang up, and stay until the connection is really gone."""
        if self._whole is not None:
            start = {"status": self._whole.status_code, "headers": self._whole.raw_headers}
            half = bytes(self._whole.body)[: len(self._whole.body) // 2]
            await send({"type": "http.response.start", **start})
            await send({"type": "http.response.body", "body": half, "more_body": True})
        scope["extensions"][HANG_UP]()
        while (await receive())["type"] != "http.disconnect":
            pass


@dataclass(frozen=True, slots=True)
class _Body:
    content: bytes
    media_type: str = _JSON
    packed: bool = False


def receipts_of(taken: Sequence[Booked]) -> Receipts:
    """Write the receipts of a batch; the vendor's key really is spelt trackinId."""
    return [{"messageId": one.message_id, "trackinId": one.message["id"]} for one in taken]


def refuse(fault: Fault, naming: Naming = Naming.FIELD) -> Response:
    """Answer a request that broke a rule."""
    return _response(fault.status, _refusal(fault, naming), {})


def answer(behaviour: Behaviour, receipts: Receipts, fault: Fault | None, now: float) -> Response:
    """Answer a request the way the behaviour wants it."""
    status = _status(behaviour, fault)
    body = _body(behaviour, status, receipts, fault)
    whole = _response(status, body, _headers(behaviour, now))
    if behaviour.answer is Answer.DROP:
        return BrokenOff()
    return BrokenOff(whole) if behaviour.answer is Answer.CUT else whole


def _status(behaviour: Behaviour, fault: Fault | None) -> int:
    if behaviour.status is not None:
        return behaviour.status
    return 200 if fault is None else fault.status


def _body(behaviour: Behaviour, status: int, receipts: Receipts, fault: Fault | None) -> _Body:
    if behaviour.answer in {Answer.HONEST, Answer.CUT} and status not in _OK:
        return _refusal(fault or _forced(status), behaviour.naming)
    match behaviour.answer:
        case Answer.HONEST | Answer.RECEIPTS | Answer.CUT | Answer.DROP:
            return _Body(_dump(receipts))
        case Answer.PAGE:
            return _Body(_PAGE, "text/html; charset=utf-8")
        case Answer.HUGE:
            padding = b" " * _HUGE_BYTES
            return _Body(gzip.compress(_dump(receipts) + padding, 1), packed=True)
        case Answer.LYING_GZIP:
            return _Body(_dump(receipts), packed=True)
        case _:
            return _Body(_spoilt(behaviour.answer, receipts))


def _spoilt(kind: Answer, receipts: Receipts) -> bytes:
    foreign = {"messageId": "0f0f0f0f-0000-4000-8000-000000000000", "trackinId": "not-yours-1"}
    bodies: dict[Answer, Any] = {
        Answer.EMPTY_LIST: [],
        Answer.MISSING: receipts[: len(receipts) // 2],
        Answer.FOREIGN: [foreign],
        Answer.MIXED: [*receipts, foreign],
        Answer.TWICE: [*receipts, *({**one, **_second(foreign)} for one in receipts[:1])],
        Answer.NULL_IDS: [{"messageId": None, "trackinId": None} for _ in receipts],
        Answer.OBJECT: {"result": "ok", "messages": len(receipts)},
        Answer.NAN: [float("nan")],
    }
    if kind in bodies:
        return _dump(bodies[kind])
    if kind is Answer.NO_BODY:
        return b""
    whole = _dump(receipts)
    return whole[: len(whole) // 2] + (b"\xff\xfe" if kind is Answer.BAD_UTF8 else b"")


def _second(foreign: Mapping[str, str]) -> dict[str, str]:
    return {"messageId": foreign["messageId"]}


def _forced(status: int) -> Fault:
    try:
        known = HTTPStatus(status)
    except ValueError:
        return Fault(f"STATUS_{status}", f"Answered with {status} on request", status=status)
    return Fault(known.name, known.phrase, status=status)


def _refusal(fault: Fault, naming: Naming) -> _Body:
    match naming:
        case Naming.FIELD:
            details = {"code": fault.code, "message": fault.message, "field": fault.field}
            return _Body(_dump({"error": details}))
        case Naming.NOTHING:
            return _Body(_dump({"error": {"code": fault.code, "message": "Bad request"}}))
        case Naming.PATH:
            place = "$" if fault.index is None else f"$[{fault.index}]"
            path = f"{place}.{fault.field}" if fault.field else place
            title = "One or more validation errors occurred."
            problem = {"title": title, "status": fault.status, "errors": {path: [fault.message]}}
            return _Body(_dump(problem), "application/problem+json")


def _headers(behaviour: Behaviour, now: float) -> dict[str, str]:
    headers = dict(behaviour.headers or {})
    if behaviour.retry_after_s is not None:
        date = formatdate(now + behaviour.retry_after_s, usegmt=True)
        headers["Retry-After"] = (
            date if behaviour.retry_after_as_date else str(behaviour.retry_after_s)
        )
    return headers


def _response(status: int, body: _Body, headers: Mapping[str, str]) -> Response:
    packed = {"Content-Encoding": "gzip"} if body.packed else {}
    return Response(body.content, status, {**packed, **headers}, body.media_type)


def _dump(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
