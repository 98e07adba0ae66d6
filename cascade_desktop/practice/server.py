"""Serves the practice service on loopback, from a thread with a loop of its own."""

import asyncio
import signal
import socket
import threading
import time
from asyncio import Transport
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Self

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from cascade_desktop.practice.answers import HANG_UP
from cascade_desktop.practice.behaviour import Behaviour, Script
from cascade_desktop.practice.books import Books
from cascade_desktop.practice.service import Service

HOST = "127.0.0.1"


class PracticeServer:
    """A practice service with its socket, its thread and its books.

    The thread has its own loop, so that a window that stalls does not make the service slow, and
    a slow service does not stall the window.
    """

    def __init__(
        self,
        folder: Path,
        *,
        port: int = 0,
        behaviour: Behaviour | Sequence[Behaviour] = (),
        keys: Collection[str] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._folder = folder
        self._port = port
        self._keys = None if keys is None else frozenset(keys)
        self._script = Script((behaviour,) if isinstance(behaviour, Behaviour) else behaviour)
        self._clock = clock
        self._running: _Running | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def base_url(self) -> str:
        """Address of the running service."""
        return f"http://{HOST}:{self._serving().port}"

    @property
    def books(self) -> Books:
        """Books of the running service; reading them is safe from any thread."""
        return self._serving().service.books

    def start(self) -> str:
        """Serve until stopped, and return the base URL; raises OSError for a port in use."""
        if self._running is None:
            listener = _listen(self._port)
            try:
                service = Service(Books(self._folder), self._keys, self._script, self._clock)
            except BaseException:
                listener.close()
                raise
            self._running = _Running(service, listener)
        return self.base_url

    def behave(self, *behaviours: Behaviour) -> None:
        """Change how the service treats the requests to come; nothing means: work again."""
        self._script.play(behaviours)

    def stop(self) -> None:
        """Drop what is being held back, stop serving and close the books."""
        if self._running is not None:
            self._running.stop()
            self._running = None

    def _serving(self) -> "_Running":
        if self._running is None:
            raise RuntimeError("the practice service is not running")
        return self._running


def serve(folder: Path, port: int) -> None:
    """Serve in the foreground until SIGINT or SIGTERM; prints the address as its only line."""
    wanted_to_end = threading.Event()
    with _signals(wanted_to_end), PracticeServer(folder, port=port) as server:
        print(server.base_url, flush=True)
        # Windows does not interrupt a wait without an end.
        while not wanted_to_end.wait(0.5):
            pass


class _Running:
    """One run: from listening to the end of the thread."""

    def __init__(self, service: Service, listener: socket.socket) -> None:
        self.service = service
        self.port: int = listener.getsockname()[1]
        self._listener = listener
        # An explicit loop: qasync puts its own into the policy, which fits no other thread.
        self._loop = asyncio.SelectorEventLoop()
        self._server = _Server(_config(service.app()), service.closing)
        self._thread = threading.Thread(target=self._run, name="practice", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self.service.closing.set)
        self._thread.join()
        self._listener.close()
        self.service.books.close()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._server.serve(sockets=[self._listener]))


class _Server(uvicorn.Server):
    """A server that sleeps until it is closed; uvicorn's own looks ten times a second."""

    def __init__(self, config: uvicorn.Config, closing: asyncio.Event) -> None:
        super().__init__(config)
        self._closing = closing

    async def main_loop(self) -> None:
        await self._closing.wait()


class _Protocol(H11Protocol):
    """HTTP as uvicorn speaks it, with a way for the app to hang up."""

    def connection_made(self, transport: Transport) -> None:
        super().connection_made(transport)
        # asyncio does this only where the listener names its protocol; else an answer's second
        # write waits 40 ms for the client to confirm the first.
        wire: socket.socket = transport.get_extra_info("socket")
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        service: Any = self.app

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            scope.setdefault("extensions", {})[HANG_UP] = transport.abort
            await service(scope, receive, send)

        self.app: Any = app


def _config(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=_Protocol,
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        log_level="error",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=2,
    )


def _listen(port: int) -> socket.socket:
    """Bind before the thread starts, so that the address is known and a taken port is told."""
    listener = socket.create_server((HOST, port), backlog=128)
    listener.setblocking(False)
    return listener


@contextmanager
def _signals(wanted_to_end: threading.Event) -> Iterator[None]:
    def end(_number: int, _frame: FrameType | None) -> None:
        wanted_to_end.set()

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
