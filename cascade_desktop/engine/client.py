"""The one place that talks HTTP to the Cascade service.

Exceptions, one for each reaction:

    ClientError
    ├── NotSentError       this request provably did not reach the service: it may be repeated
    ├── StopError          provably not sent, and repeating would not help: somebody must act
    └── NoAnswerError      the service may or may not have taken it: never repeat
"""

import asyncio
import math
import ssl
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpcore
import httpx

from cascade_desktop.core.drafts import Route
from cascade_desktop.core.outcome import Answer
from cascade_desktop.core.proxy import NO_PROXY, Proxy
from cascade_desktop.core.states import Reason
from cascade_desktop.core.target import Keys, Target, read_keys
from cascade_desktop.engine.client_transport import Transport
from cascade_desktop.engine.proxy import UnusableProxyError
from cascade_desktop.engine.unpacking import PACKING, NotUnpackedError, Unpacker
from cascade_desktop.engine.waits import Waits

PATHS = {
    Route.STANDARD: "/api/CascadeMessage/send_message/async",
    Route.TG_VIBER: "/api/CascadeMessage/send_message/tg-viber/async",
}
STATUS_PATH = "/bat/message/"
NOBODY = "00000000-0000-0000-0000-000000000000"

CONNECT_S = 15.0
"""For each step of connecting: TCP, TLS."""
OPENING_S = 30.0
"""For all of it, a proxy's answer included."""
DEADLINE_S = 120.0
CHECK_S = 15.0
"""For a check as a whole: somebody looks on, and nothing is lost by asking again."""
ANSWER_MOST_BYTES = 8 * 1024 * 1024
_PIECE_BYTES = 64 * 1024
_TICK_S = 0.1
_SLEEP_GAP_S = 0.5
_PROXY_LOGIN = 407
_BREAKS = (
    httpcore.ProxyError,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
    OSError,
    UnicodeError,
)
"""What a connection breaks with; OSError also from TLS, UnicodeError from names no DNS has."""


class ClientError(Exception):
    """A request did not end in an answer; ``reason`` is why, in the operator's terms."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class NotSentError(ClientError):
    """The request provably did not reach the service (R7)."""


class StopError(ClientError):
    """The request provably did not reach the service, and will not until somebody acts."""


class NoAnswerError(ClientError):
    """The service may have taken the request; no answer came that could be read."""


@dataclass(frozen=True, slots=True)
class KeyCheck:
    """What asking about a message that cannot exist told about the keys."""

    is_wrong: bool
    is_right: bool
    reason: Reason = Reason.NONE
    """Why nothing, or not the service, answered."""


class Client:
    """A connection to one service with one account's keys.

    Each request has a connection of its own (R8), follows no redirect, obeys no proxy of the
    environment, and ends by a deadline that counts only time the computer was awake.
    """

    def __init__(
        self,
        target: Target,
        keys: Keys,
        *,
        proxy: Proxy = NO_PROXY,
        waits: Waits | None = None,
        deadline_s: float = DEADLINE_S,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self.target = target
        self.keys = keys
        self._waits = waits or Waits()
        self._deadline_s = deadline_s * self._waits.scale
        self._check_s = min(CHECK_S * self._waits.scale, self._deadline_s)
        self._opening_s = min(OPENING_S * self._waits.scale, self._deadline_s)
        self._transport, self._blocked = _prepare(target, keys, proxy, trust)
        self._http = httpx.AsyncClient(
            base_url=target.url,
            headers={**({} if self._blocked else keys.headers), "Accept-Encoding": PACKING},
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(None, connect=CONNECT_S * self._waits.scale),
            transport=self._transport or httpx.AsyncBaseTransport(),
        )

    async def aclose(self) -> None:
        """Close what is open."""
        await self._http.aclose()

    async def send(
        self, route: Route, body: bytes, has_left: asyncio.Event | None = None
    ) -> Answer:
        """Post one batch; set ``has_left`` when nothing is left to do but wait for the answer.

        Raises:
            NotSentError: it provably did not reach the service.
            StopError: neither did it, and somebody must act first.
            NoAnswerError: it may have been taken.
        """
        trail = _Trail(body, has_left)
        request = self._http.build_request(
            "POST",
            PATHS[route],
            content=trail.pieces(),
            headers={"Content-Type": "application/json", "Content-Length": str(len(body))},
        )
        return await self._within_deadline(request, trail)

    async def status(self, message_id: str) -> Answer:
        """Ask what became of a message; asking changes nothing and may be repeated.

        Raises:
            ClientError: no answer came.
        """
        request = self._http.build_request("GET", STATUS_PATH + quote(message_id, safe=""))
        return await self._within_deadline(request)

    async def check_keys(self) -> KeyCheck:
        """Ask about a message that cannot exist: 401 is wrong; 200 and 404 are probably right."""
        request = self._http.build_request("GET", STATUS_PATH + NOBODY)
        try:
            answer = await self._within_deadline(request, most_s=self._check_s)
        except ClientError as error:
            return KeyCheck(is_wrong=False, is_right=False, reason=error.reason)
        if "html" in answer.content_type.lower():
            return KeyCheck(is_wrong=False, is_right=False, reason=Reason.WEB_PAGE)
        status = httpx.codes
        return KeyCheck(
            is_wrong=answer.status == status.UNAUTHORIZED,
            is_right=answer.status in (status.OK, status.NOT_FOUND),
        )

    async def _within_deadline(
        self,
        request: httpx.Request,
        trail: "_Trail | None" = None,
        *,
        most_s: float = math.inf,
    ) -> Answer:
        """Run a request; time in which the computer slept does not count.

        What went wrong is told when nothing runs any more, and outside of any handler: so no
        text, cause or context of it holds what was sent.
        """
        if self._blocked is not None:
            raise StopError(self._blocked)
        trail = trail or _Trail(b"")
        request.extensions = {**request.extensions, "trace": trail.note}
        task = asyncio.ensure_future(self._exchange(request, trail))
        try:
            await self._watch(task, trail, most_s)
        finally:
            task.cancel()
            await asyncio.wait({task})
        outcome = self._given_up(trail) if task.cancelled() else task.result()
        if isinstance(outcome, ClientError):
            raise outcome
        return outcome

    async def _watch(
        self, task: "asyncio.Future[Answer | ClientError]", trail: "_Trail", most_s: float
    ) -> None:
        awake_s = 0.0
        before = self._waits.monotonic()
        while not task.done():
            limit_s = self._deadline_s if trail.is_open else self._opening_s
            left_s = min(limit_s, most_s) - awake_s
            if left_s <= 0:
                return
            await asyncio.wait({task}, timeout=min(_TICK_S, left_s))
            now = self._waits.monotonic()
            awake_s += now - before if now - before < _SLEEP_GAP_S else _TICK_S
            before = now

    async def _exchange(self, request: httpx.Request, trail: "_Trail") -> Answer | ClientError:
        """Return the answer, or what its absence means."""
        try:
            response = await self._http.send(request, stream=True)
            try:
                content = await _read(response)
            finally:
                await response.aclose()
        except UnusableProxyError:
            return StopError(Reason.PROXY_DOWN)
        except _BREAKS as error:
            return self._broken_off(error, trail)
        return Answer(
            status=response.status_code,
            content_type=response.headers.get("content-type", ""),
            body=content,
            retry_after=response.headers.get("retry-after", ""),
            date=response.headers.get("date", ""),
        )

    def _given_up(self, trail: "_Trail") -> ClientError:
        return self._broken_off(TimeoutError(), trail)

    def _broken_off(self, error: Exception, trail: "_Trail") -> ClientError:
        """Return what a break means: not sent with positive proof, else no answer (R7)."""
        if not trail.is_unsent:
            return NoAnswerError(Reason.NO_ANSWER)
        if trail.is_open:
            return NotSentError(Reason.SLOW_CONNECTION)
        if _is_untrusted(error):
            return StopError(Reason.NOT_PRIVATE)
        if isinstance(error, httpcore.ProxyError):
            return _proxy_said(str(error))
        proxied = self._transport is not None and self._transport.gateway is not None
        return NotSentError(Reason.PROXY_DOWN if proxied else Reason.NO_CONNECTION)


class _Trail:
    """How far one request got, by two witnesses; it is unsent only if both say so (R7).

    The body's last byte is kept back until all before it has left: until then no service can hold
    a whole batch, whatever the layers below keep in buffers. httpcore's trace of the request must
    have begun and must not have seen the body complete. Alone it proves too little: of 16 requests
    that it called incomplete after a deadline all 16 had arrived, as buffers empty themselves while
    a connection closes. But without a trace the request went a way that we know nothing about.
    """

    def __init__(self, body: bytes, has_left: asyncio.Event | None = None) -> None:
        self._body = body
        self._has_left = has_left or asyncio.Event()
        self._may_be_whole = False
        self._began = False
        self._complete = False
        self.is_open = False
        """Whether the request itself is on its way; before that only the way was opened."""

    @property
    def is_unsent(self) -> bool:
        """Tell whether the service provably does not have the whole request."""
        return self._began and not self._complete and not self._may_be_whole

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yield the body, its last byte apart."""
        last = len(self._body) - 1
        for at in range(0, last, _PIECE_BYTES):
            yield self._body[at : min(at + _PIECE_BYTES, last)]
        self._may_be_whole = True
        yield self._body[-1:]

    async def note(self, event: str, info: Mapping[str, Any]) -> None:
        """Take an event of httpcore's trace; a proxy's CONNECT fires the same ones."""
        self._began = True
        if event == "http11.send_request_headers.started":
            self.is_open = info["request"].method != b"CONNECT"
            self._may_be_whole = self.is_open and not self._body
        elif event == "http11.send_request_body.complete":
            self._complete = self.is_open
            if self.is_open:
                self._has_left.set()


async def _read(response: httpx.Response) -> bytes | None:
    """Read a body; None where it is larger than any answer or cannot be unpacked."""
    try:
        unpacker = Unpacker(response.headers.get("content-encoding", ""), ANSWER_MOST_BYTES)
        async for data in response.aiter_raw():
            unpacker.feed(data)
        return unpacker.whole()
    except NotUnpackedError:
        return None


def _prepare(
    target: Target, keys: Keys, proxy: Proxy, trust: ssl.SSLContext | None
) -> tuple[Transport | None, Reason | None]:
    """Return the way to the service, or why there is none.

    A key with a blank or a Cyrillic letter would be printed whole by the layers below.
    """
    if read_keys(keys.api_key, keys.viber_token, keys.tg_key) != keys:
        return None, Reason.KEY_REFUSED
    try:
        return Transport(target, proxy, trust), None
    except OSError:
        return None, Reason.NOT_PRIVATE


def _is_untrusted(error: BaseException) -> bool:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def _proxy_said(words: str) -> ClientError:
    """Return what a proxy's refusal to open a tunnel means, by its status."""
    status = int(words[:3])
    if status == _PROXY_LOGIN:
        return StopError(Reason.PROXY_LOGIN)
    if status < httpx.codes.INTERNAL_SERVER_ERROR:
        return StopError(Reason.PROXY_DOWN)
    return NotSentError(Reason.PROXY_DOWN)
