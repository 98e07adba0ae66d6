"""The one place that talks HTTP to the Cascade service.

Exceptions, one for each reaction:

    ClientError
    ├── NotSentError       this request provably did not reach the service: it may be repeated
    ├── StopError          provably not sent, and repeating would not help: somebody must act
    └── NoAnswerError      the service may or may not have taken it: never repeat
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import quote

import httpx

from cascade_desktop.core.drafts import Route
from cascade_desktop.core.outcome import Answer
from cascade_desktop.core.states import Reason
from cascade_desktop.core.target import Keys, Target
from cascade_desktop.engine.waits import Waits

PATHS = {
    Route.STANDARD: "/api/CascadeMessage/send_message/async",
    Route.TG_VIBER: "/api/CascadeMessage/send_message/tg-viber/async",
}
STATUS_PATH = "/bat/message/"
NOBODY = "00000000-0000-0000-0000-000000000000"

CONNECT_S = 15.0
DEADLINE_S = 120.0
ANSWER_MOST_BYTES = 8 * 1024 * 1024
_SEND_BUFFER_BYTES = _PIECE_BYTES = 64 * 1024
"""What the system holds unsent proves nothing, so it is kept small: 1,000 messages are 250 KB."""
_TICK_S = 0.1
_SLEEP_GAP_S = 0.5
_PROXY_LOGIN = 407


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
        waits: Waits | None = None,
        deadline_s: float = DEADLINE_S,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.target = target
        self.keys = keys
        self._waits = waits or Waits()
        self._deadline_s = deadline_s * self._waits.scale
        self._http = httpx.AsyncClient(
            base_url=target.url,
            headers=keys.headers,
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(None, connect=CONNECT_S * self._waits.scale),
            transport=transport or _transport(target),
        )

    async def aclose(self) -> None:
        """Close what is open."""
        await self._http.aclose()

    async def send(self, route: Route, body: bytes) -> Answer:
        """Post one batch.

        Raises:
            NotSentError: it provably did not reach the service.
            StopError: neither did it, and somebody must act first.
            NoAnswerError: it may have been taken.
        """
        content = _Body(body)
        request = self._http.build_request(
            "POST",
            PATHS[route],
            content=content,
            headers={"Content-Type": "application/json", "Content-Length": str(len(body))},
        )
        return await self._within_deadline(request, content)

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
            answer = await self._within_deadline(request)
        except ClientError:
            return KeyCheck(is_wrong=False, is_right=False)
        status = httpx.codes
        return KeyCheck(
            is_wrong=answer.status == status.UNAUTHORIZED,
            is_right=answer.status in (status.OK, status.NOT_FOUND),
        )

    async def _within_deadline(self, request: httpx.Request, body: "_Body | None" = None) -> Answer:
        """Run a request; time in which the computer slept does not count."""
        task = asyncio.ensure_future(self._exchange(request, body))
        try:
            await self._watch(task)
            if not task.done():
                raise _broken_off(body)
            return task.result()
        finally:
            if not task.done():
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

    async def _watch(self, task: "asyncio.Future[Answer]") -> None:
        awake_s = 0.0
        before = self._waits.monotonic()
        while not task.done() and awake_s < self._deadline_s:
            await asyncio.wait({task}, timeout=_TICK_S)
            now = self._waits.monotonic()
            awake_s += now - before if now - before < _SLEEP_GAP_S else _TICK_S
            before = now

    async def _exchange(self, request: httpx.Request, body: "_Body | None") -> Answer:
        try:
            response = await self._http.send(request, stream=True)
            try:
                content = await _read(response)
            finally:
                await response.aclose()
        except httpx.ProxyError as error:
            login = str(_PROXY_LOGIN) in str(error)
            raise (
                StopError(Reason.PROXY_LOGIN) if login else NotSentError(Reason.PROXY_DOWN)
            ) from None
        except httpx.ConnectError as error:
            raise _connect_failure(error) from None
        except (httpx.ConnectTimeout, httpx.PoolTimeout):
            raise NotSentError(Reason.NO_CONNECTION) from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            raise _broken_off(body) from None
        return Answer(
            status=response.status_code,
            content_type=response.headers.get("content-type", ""),
            body=content,
            retry_after=response.headers.get("retry-after", ""),
            date=response.headers.get("date", ""),
        )


class _Body:
    """A request's body that keeps its last byte back until all before it has left.

    Until then no service can hold a whole batch, whatever the layers below keep in buffers: that
    is the positive proof of R7. httpcore's trace proves less: its "complete" events do not name
    their request, and "failed" ones also come when a break follows the last byte at once.
    """

    def __init__(self, body: bytes) -> None:
        self._body = body
        self.may_be_whole = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for at in range(0, len(self._body) - 1, _PIECE_BYTES):
            yield self._body[at : min(at + _PIECE_BYTES, len(self._body) - 1)]
        self.may_be_whole = True
        yield self._body[-1:]


def _broken_off(body: _Body | None) -> ClientError:
    """Return what a break means: not sent with positive proof, else no answer."""
    if body is not None and not body.may_be_whole:
        return NotSentError(Reason.SLOW_CONNECTION)
    return NoAnswerError(Reason.NO_ANSWER)


async def _read(response: httpx.Response) -> bytes | None:
    """Read a body; None where it is larger than any answer or cannot be unpacked."""
    chunks: list[bytes] = []
    size = 0
    try:
        async for chunk in response.aiter_bytes():
            size += len(chunk)
            if size > ANSWER_MOST_BYTES:
                return None
            chunks.append(chunk)
    except httpx.DecodingError:
        return None
    return b"".join(chunks)


def _connect_failure(error: httpx.ConnectError) -> ClientError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return StopError(Reason.NOT_PRIVATE)
        cause = cause.__cause__ or cause.__context__
    return NotSentError(Reason.NO_CONNECTION)


def _transport(target: Target) -> httpx.AsyncHTTPTransport:
    return httpx.AsyncHTTPTransport(
        verify=_tls(target),
        trust_env=False,
        limits=httpx.Limits(max_keepalive_connections=0),
        socket_options=[(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)],
    )


def _tls(target: Target) -> ssl.SSLContext | bool:
    """Return the system's own trust store for https; plain http needs none."""
    if not target.url.startswith("https"):
        return False
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
