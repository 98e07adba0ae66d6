"""The sockets under the client: TLS, the way through a proxy, and an ear for early answers."""

import asyncio
import re
import socket
import ssl
from collections.abc import AsyncIterator, Iterable
from typing import Any, cast

import httpcore
import httpx

from cascade_desktop.core.proxy import Proxy, ProxyMode
from cascade_desktop.core.target import Target
from cascade_desktop.engine.proxy import Gateway, gateway_to

SEND_BUFFER_BYTES = 64 * 1024
"""What the system holds unsent proves nothing, so it is kept small: 1,000 messages are 250 KB."""
_READ_BYTES = 64 * 1024
_EARLY_MOST_BYTES = 128 * 1024
_INTERIM = re.compile(rb"(?:HTTP/1\.[01] 1\d\d[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n)+")
_INTERIM_STATUS = re.compile(rb"HTTP/1\.[01] 1")


class Transport(httpx.AsyncBaseTransport):
    """Gives every request a connection of its own, on the way that leads there at this moment.

    Raises httpcore's own exceptions, not httpx's.
    """

    def __init__(self, target: Target, proxy: Proxy, trust: ssl.SSLContext | None = None) -> None:
        self._target = target
        self._proxy = proxy
        self._trust = trust or trusted_by_the_system(target)
        self.gateway: Gateway | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request.

        Raises:
            UnusableProxyError: the system names a proxy that is not an HTTP one.
        """
        self.gateway = await self._way()
        pool = self._pool(self.gateway)
        try:
            answer = await pool.handle_async_request(_to_core(request))
        except BaseException:
            await pool.aclose()
            raise
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Stream(answer, pool), request=request
        )

    async def _way(self) -> Gateway | None:
        if self._proxy.mode is ProxyMode.SYSTEM and not self._target.is_loopback:
            return await asyncio.to_thread(gateway_to, self._target, self._proxy)
        return gateway_to(self._target, self._proxy)

    def _pool(self, gateway: Gateway | None) -> httpcore.AsyncConnectionPool:
        options: dict[str, Any] = {
            "ssl_context": self._trust,
            "max_keepalive_connections": 0,
            "network_backend": _Backend(),
        }
        if gateway is None:
            return httpcore.AsyncConnectionPool(**options)
        login = gateway.login
        return httpcore.AsyncHTTPProxy(
            httpcore.URL(scheme="http", host=gateway.host, port=gateway.port, target="/"),
            proxy_auth=(login.user.encode(), login.password.encode()) if login else None,
            **options,
        )


def trusted_by_the_system(target: Target) -> ssl.SSLContext | None:
    """Return the system's own trust store for https; plain http needs none.

    Raises:
        OSError: it cannot be read, ssl.SSLError among them.
    """
    if not target.url.startswith("https"):
        return None
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class _Stream(httpx.AsyncByteStream):
    """An answer's bytes; closing it closes the connection."""

    def __init__(self, answer: httpcore.Response, pool: httpcore.AsyncConnectionPool) -> None:
        self._answer = answer
        self._pool = pool

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._answer.aiter_stream():
            yield part

    async def aclose(self) -> None:
        await self._answer.aclose()
        await self._pool.aclose()


class _Backend(httpcore.AsyncNetworkBackend):
    """Opens connections that listen while they send."""

    def __init__(self) -> None:
        self._inner = cast("httpcore.AsyncNetworkBackend", httpcore.AnyIOBackend())

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect with a small send buffer; httpcore passes no options on for tunnels."""
        options = [
            *(socket_options or ()),
            (socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES),
        ]
        return _Listening(
            await self._inner.connect_tcp(host, port, timeout, local_address, options)
        )


class _Listening(httpcore.AsyncNetworkStream):
    """A connection that hears an answer although the request is not yet out.

    A service may refuse a large batch by its head (413, 401, 503) and close. httpcore would go on
    writing, run into the reset, and lose the answer with it; and where the service neither reads
    nor closes, it would write until the deadline. Once the final answer begins, or the other side
    ends, writing fails as httpcore expects of such services, and it turns to reading. Interim
    answers (100, 103) change nothing. A reset that follows the answer at once may still destroy it;
    then the request is one that broke off before its body was out, which is true.
    """

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner
        self._heard = b""
        self._ended = False
        self._ear: asyncio.Task[bytes] | None = None
        self._mouth: asyncio.Task[None] | None = None

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        if not buffer:
            return
        self._mouth = mouth = asyncio.ensure_future(self._inner.write(buffer, timeout))
        while not mouth.done() and not self._is_answered():
            await asyncio.wait({mouth, self._listen()}, return_when=asyncio.FIRST_COMPLETED)
            self._note()
        if not mouth.done() or self._is_answered():
            # What was begun is left alone until the end: to break a TLS record off breaks TLS.
            raise httpcore.WriteError
        mouth.result()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        """Return what was heard, then what comes."""
        if self._heard:
            heard, self._heard = self._heard, b""
            return heard
        try:
            return await self._listen(max_bytes, timeout)
        finally:
            self._ear = None

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        try:
            return _Listening(await self._inner.start_tls(ssl_context, server_hostname, timeout))
        except BaseException:
            await self.aclose()  # httpcore leaves it open when it is cancelled here
            raise

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    async def aclose(self) -> None:
        tasks: list[asyncio.Task[Any]] = [t for t in (self._ear, self._mouth) if t is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._inner.aclose()

    def _listen(
        self, max_bytes: int = _READ_BYTES, timeout: float | None = None
    ) -> "asyncio.Task[bytes]":
        if self._ear is None:
            self._ear = asyncio.ensure_future(self._inner.read(max_bytes, timeout))
        return self._ear

    def _note(self) -> None:
        """Take what came; how it ended stays with the task for whoever reads."""
        ear = self._ear
        if ear is None or not ear.done():
            return
        self._ended = ear.cancelled() or ear.exception() is not None or not ear.result()
        if not self._ended:
            self._heard += ear.result()
            self._ear = None

    def _is_answered(self) -> bool:
        if self._ended or len(self._heard) > _EARLY_MOST_BYTES:
            return True
        interim = _INTERIM.match(self._heard)
        rest = self._heard[interim.end() :] if interim else self._heard
        return len(rest) >= len(b"HTTP/1.1 1") and not _INTERIM_STATUS.match(rest)


def _to_core(request: httpx.Request) -> httpcore.Request:
    url = request.url
    return httpcore.Request(
        request.method,
        httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )
