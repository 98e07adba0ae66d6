"""The Cascade API as an ASGI app: two routes to send, one to ask, and controls for practice."""

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from email.utils import formatdate
from http import HTTPStatus
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as Event

from cascade_desktop.practice import delivery
from cascade_desktop.practice.answers import BrokenOff, answer, receipts_of, refuse
from cascade_desktop.practice.behaviour import Answer, Behaviour, On, Script, read_script
from cascade_desktop.practice.books import Booked, Books, Entry, booked
from cascade_desktop.practice.rules import MOST_BYTES, Fault, Message, judge, read_batch

STANDARD = "/api/CascadeMessage/send_message/async"
TELEGRAM_VIBER = "/api/CascadeMessage/send_message/tg-viber/async"
STATUS = "/bat/message/{message_id}"
KEY_HEADERS = ("X-Authorization-Key", "X-Viber-Auth-Token", "X-Tg-Bot-Key")
_ROUTES = {STANDARD: "standard", TELEGRAM_VIBER: "tg-viber"}
_OK = range(200, 300)


@dataclass(slots=True)
class Service:
    """A behaving Cascade service; strict, honest unless told otherwise, and with open books."""

    books: Books
    keys: frozenset[str] | None = None
    """Keys that are accepted; None accepts any."""
    script: Script = field(default_factory=Script)
    clock: Callable[[], float] = time.time
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the server goes down: answers that are being held back are dropped."""
    _in_flight: int = 0

    def app(self) -> ASGIApp:
        """Build the ASGI app."""
        inner = Starlette(
            routes=[
                Route(STANDARD, self._send, methods=["POST"]),
                Route(TELEGRAM_VIBER, self._send, methods=["POST"]),
                Route(STATUS, self._status, methods=["GET"]),
                Route("/practice/behave", self._show_script, methods=["GET"]),
                Route("/practice/behave", self._behave, methods=["POST"]),
                Route("/practice/forget", self._forget, methods=["POST"]),
                Route("/practice/books", self._show_books, methods=["GET"]),
                Route("/practice/counts", self._show_counts, methods=["GET"]),
                Route("/practice/requests", self._show_requests, methods=["GET"]),
            ],
            # A web page that gave 127.0.0.1 a name of its own may not read the books.
            middleware=[
                Middleware(
                    TrustedHostMiddleware,
                    allowed_hosts=["127.0.0.1", "localhost"],
                    www_redirect=False,
                )
            ],
            exception_handlers={HTTPException: _no_such_thing},
        )
        return _Dated(inner, self.clock)

    async def _send(self, request: Request) -> Response:
        with self._counted():
            try:
                body = await _body(request)
            except ClientDisconnect:
                return Response(status_code=400)
            behaviour = self.script.take(On.SEND)
            batch = self._read(request, body)
            fault = batch if isinstance(batch, Fault) else behaviour.refusal(batch)
            entry = self._entry(request, body, batch, fault, behaviour)
            number = self.books.next_request
            self.books.write(entry)
            if not await self._held_back(behaviour):
                return BrokenOff()
            taken = list(booked(number, entry)) or _untaken(number, batch)
            if behaviour.shuffle:
                random.shuffle(taken)
            return answer(behaviour, receipts_of(taken), fault, self.clock())

    async def _status(self, request: Request) -> Response:
        behaviour = self.script.take(On.STATUS)
        if not await self._held_back(behaviour):
            return BrokenOff()
        fault = self._stranger(request)
        message_id: str = request.path_params["message_id"].lower()
        found = None if fault else self.books.find(message_id)
        if fault is None and found is None:
            fault = Fault("NOT_FOUND", "No message has this id", "messageId", status=404)
        if behaviour.status is not None or behaviour.answer is not Answer.HONEST:
            return answer(behaviour, [], None, self.clock())
        if found is None:
            return refuse(fault or Fault("NOT_FOUND", "", status=404))
        now = self.clock()
        return JSONResponse(
            delivery.report(found.message, found.message_id, found.at, now, found.request)
        )

    async def _behave(self, request: Request) -> Response:
        fault = _content_fault(request)
        if fault is not None:
            return refuse(fault)
        try:
            script = read_script(json.loads(await request.body()))
        except ValueError as error:
            return refuse(Fault("INVALID_BEHAVIOUR", str(error)))
        self.script.play(script)
        return await self._show_script(request)

    async def _show_script(self, _request: Request) -> Response:
        return JSONResponse([asdict(behaviour) for behaviour in self.script.left])

    async def _forget(self, request: Request) -> Response:
        fault = _content_fault(request)
        if fault is not None:
            return refuse(fault)
        self.books.forget()
        return JSONResponse({"forgotten": True})

    async def _show_books(self, _request: Request) -> Response:
        return StreamingResponse(self._told(), media_type="application/json")

    async def _show_counts(self, _request: Request) -> Response:
        return JSONResponse(self.books.counts())

    async def _show_requests(self, _request: Request) -> Response:
        told: list[dict[str, Any]] = [
            {"request": number, **_outline(entry)} for number, entry in self.books.entries()
        ]
        return JSONResponse(
            {"count": len(told), "taken": sum(one["taken"] for one in told), "requests": told}
        )

    async def _told(self) -> AsyncIterator[bytes]:
        """Write the books as one JSON list, a request at a time."""
        counts = self.books.counts()
        lead = "["
        for number, entry in self.books.entries():
            told = [_told_message(one, counts[one.message["id"]]) for one in booked(number, entry)]
            if told:
                yield (lead + json.dumps(told, ensure_ascii=False)[1:-1]).encode()
                lead = ","
                await asyncio.sleep(0)
        yield b"[]" if lead == "[" else b"]"

    def _read(self, request: Request, body: bytes | None) -> Sequence[Message] | Fault:
        """Judge a request in the order of a real gateway: key, form, size, content."""
        fault = self._stranger(request) or _content_fault(request)
        if fault is not None:
            return fault
        if body is None:
            return Fault("PAYLOAD_TOO_LARGE", f"Over {MOST_BYTES} bytes", status=413)
        batch = read_batch(body)
        if isinstance(batch, Fault):
            return batch
        return judge(batch, datetime.fromtimestamp(self.clock(), UTC)) or batch

    def _stranger(self, request: Request) -> Fault | None:
        """Refuse a request without a key, or with one that is not accepted."""
        given = [value for name in KEY_HEADERS if (value := request.headers.get(name, "").strip())]
        if given and (self.keys is None or self.keys.issuperset(given)):
            return None
        words = "The key is not valid" if given else "A key header is required"
        return Fault("UNAUTHORIZED", words, KEY_HEADERS[0], status=401)

    def _entry(
        self,
        request: Request,
        body: bytes | None,
        batch: Sequence[Message] | Fault,
        fault: Fault | None,
        behaviour: Behaviour,
    ) -> Entry:
        dropped = behaviour.answer is Answer.DROP
        due = fault.status if fault else 200
        return Entry(
            at=self.clock(),
            route=_ROUTES[request.url.path],
            content_bytes=len(body or b""),
            size=0 if isinstance(batch, Fault) else len(batch),
            keys=tuple(name for name in KEY_HEADERS if request.headers.get(name)),
            in_flight=self._in_flight,
            client_port=request.client.port if request.client else 0,
            status=0 if dropped else behaviour.status or due,
            fault=fault.code if fault else "",
            taken=_taken(batch, fault, behaviour),
        )

    async def _held_back(self, behaviour: Behaviour) -> bool:
        """Wait as long as the behaviour wants; false when the server goes down meanwhile."""
        if not behaviour.delay_s:
            return True
        try:
            await asyncio.wait_for(self.closing.wait(), behaviour.delay_s)
        except TimeoutError:
            return True
        return False

    @contextmanager
    def _counted(self) -> Iterator[None]:
        self._in_flight += 1
        try:
            yield
        finally:
            self._in_flight -= 1


class _Dated:
    """Date every answer by the service's own clock, which tests may set."""

    def __init__(self, app: ASGIApp, clock: Callable[[], float]) -> None:
        self._app = app
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def dated(event: Event) -> None:
            if event["type"] == "http.response.start":
                headers = list(event["headers"])
                if not any(name == b"date" for name, _ in headers):
                    headers.append((b"date", formatdate(self._clock(), usegmt=True).encode()))
                event = {**event, "headers": headers}
            await send(event)

        await self._app(scope, receive, dated)


async def _body(request: Request) -> bytes | None:
    """Read the whole body; nothing when it is larger than any batch can be."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= MOST_BYTES:
            chunks.append(chunk)
    return b"".join(chunks) if size <= MOST_BYTES else None


def _content_fault(request: Request) -> Fault | None:
    media_type, _, parameters = request.headers.get("content-type", "").partition(";")
    encoding = request.headers.get("content-encoding", "identity")
    charset = parameters.strip().lower().replace('"', "")
    if (
        media_type.strip().lower() == "application/json"
        and charset in {"", "charset=utf-8"}
        and encoding == "identity"
    ):
        return None
    words = "Content-Type must be application/json, in UTF-8 and not packed"
    return Fault("UNSUPPORTED_MEDIA_TYPE", words, "Content-Type", status=415)


def _taken(
    batch: Sequence[Message] | Fault, fault: Fault | None, behaviour: Behaviour
) -> tuple[Message, ...]:
    """Return the messages that go into the books."""
    if isinstance(batch, Fault) or behaviour.book is False:
        return ()
    if behaviour.book:
        return tuple(message for message in batch if not behaviour.refuses(message))
    accepted = fault is None and (behaviour.status or 200) in _OK
    return tuple(batch) if accepted else ()


def _untaken(number: int, batch: Sequence[Message] | Fault) -> list[Booked]:
    """Give receipts for messages that were not taken, for answers that lie."""
    if isinstance(batch, Fault):
        return []
    entry = Entry(0.0, "", 0, len(batch), (), 0, 0, 0, "", tuple(batch))
    return list(booked(number, entry))


def _told_message(one: Booked, count: int) -> dict[str, Any]:
    stand = {"messageId": one.message_id, "request": one.request, "at": one.at, "count": count}
    return {**one.message, **stand}


def _outline(entry: Entry) -> dict[str, Any]:
    told = {item.name: getattr(entry, item.name) for item in fields(entry)}
    return {**told, "taken": len(entry.taken)}


async def _no_such_thing(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    known = HTTPStatus(status)
    return refuse(Fault(known.name, known.phrase, status=status))
