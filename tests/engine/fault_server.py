"""A service on loopback that breaks off at any stage, and keeps books of what it read whole."""

import json
import select
import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from types import TracebackType
from typing import Self

TINY_WINDOW = 4096
_RECEIVE = 65536


class End(Enum):
    """How a connection ends."""

    CLOSE = auto()
    RESET = auto()
    SILENCE = auto()
    """Never answer, until the server closes."""
    LINGER = auto()
    """Answer, then read nothing more until the server closes."""
    DRAIN = auto()
    """Answer, say that nothing more will come, and read on until the client has enough."""
    DEAF = auto()
    """Say that nothing more will come, then read on to the end of the body."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    is_whole: bool
    port: int

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the tracking ids of a whole batch."""
        if not self.is_whole or self.method != "POST":
            return ()
        return tuple(message["id"] for message in json.loads(self.body))


Answer = Callable[[Request], bytes]


def receipts(request: Request, *headers: str) -> bytes:
    """Name every message, as the documents say."""
    return names(*request.ids, headers=headers)


def names(*ids: str, status: int = 200, headers: tuple[str, ...] = ()) -> bytes:
    """Answer with receipts for these ids."""
    named = [{"messageId": f"m-{name}", "trackinId": name} for name in ids]
    return http(status, json.dumps(named).encode(), *headers)


def http(
    status: int,
    body: bytes = b"",
    *headers: str,
    content_type: str = "application/json",
    length: int | None = None,
) -> bytes:
    """Write an answer."""
    lines = (
        f"HTTP/1.1 {status} Said",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(body) if length is None else length}",
        *headers,
    )
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def says(status: int, body: bytes = b"", *headers: str) -> "Act":
    """Refuse a whole request with this answer; what it names is not taken."""
    return Act(answer=lambda _: http(status, body, *headers), takes=False)


ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Act:
    """What to do with one connection; the default is an honest answer."""

    reads: float = 1.0
    """The share of the body to read before ending; below 0 not even the head."""
    answer: Answer | bytes | None = receipts
    end: End = End.CLOSE
    takes: bool = True
    """Whether messages that were read whole count as taken."""
    drip_s: float = 0.0
    """Wait between the bytes of the answer."""
    before: Callable[[Request], None] | None = None
    """Called when the request was read, before the answer."""
    early: bytes = b""
    """Said when the head was read, before the body."""
    handshake: ssl.SSLContext | bytes | None = None
    """Another certificate than the server's, or what to say instead of a handshake."""
    tunnel: bytes | None = ESTABLISHED
    """What a proxy says to CONNECT; anything but that, and None, ends the connection."""


@dataclass(slots=True)
class FaultServer:
    """Plays one act a connection, then the default; answers nothing it was not told to."""

    default: Act = field(default_factory=Act)
    window: int | None = None
    """Size of the receive buffer; a tiny one keeps a body from being swallowed unread."""
    tls: ssl.SSLContext | None = None
    proxy: bool = False
    """Whether it is reached as a proxy, which opens tunnels to itself."""
    listening: bool = True
    """Whether it takes connections from the beginning; see `listens`."""
    tunnels: list[str] = field(default_factory=list)
    """The heads of what was asked of the proxy."""
    is_resting: bool = False
    """Whether a connection is left hanging, so that only a deadline can end it."""
    requests: list[Request] = field(default_factory=list)
    connections: int = 0
    taken: "Counter[str]" = field(default_factory=Counter)
    _acts: list[Act] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)
    _closing: threading.Event = field(default_factory=threading.Event)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _listener: socket.socket = field(init=False)

    def __enter__(self) -> Self:
        self._listener = socket.socket()
        self._listener.bind(("127.0.0.1", 0))
        if self.window is not None:
            self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self.window)
        if self.listening:
            self.listens()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.set()
        with suppress(OSError):  # wakes who waits for connections; not every system lets it
            self._listener.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._listener.close()

    @property
    def url(self) -> str:
        """Return the address."""
        scheme = "http" if self.tls is None or self.proxy else "https"
        return f"{scheme}://127.0.0.1:{self.port}"

    @property
    def port(self) -> int:
        """Return the port, listening or not."""
        return self._listener.getsockname()[1]

    def listens(self) -> None:
        """Take connections from now on; before that they are refused."""
        self.listening = True
        self._listener.listen(64)
        self._start(self._accept)

    def plays(self, *acts: Act) -> None:
        """Say what to do with the next connections, one after another."""
        self._acts = list(acts)

    def pause(self, seconds: float) -> None:
        """Hold an answer back, unless the server closes."""
        self._closing.wait(seconds)

    def wait_for(self, met: Callable[[], bool], at_most_s: float = 60.0) -> None:
        """Wait until something about the requests is true."""
        with self._changed:
            assert self._changed.wait_for(met, at_most_s)

    def _accept(self) -> None:
        while not self._closing.is_set():
            if not select.select([self._listener], [], [], 0.02)[0]:
                continue
            try:
                connection, (_, port) = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            act = self._acts.pop(0) if self._acts else self.default
            self._start(lambda c=connection, p=port, a=act: self._serve(c, p, a))

    def _start(self, target: Callable[[], None]) -> None:
        thread = threading.Thread(target=target, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _serve(self, connection: socket.socket, port: int, act: Act) -> None:
        wire = connection
        try:
            with suppress(OSError):  # the client may go first
                if self.proxy and not self._opens_tunnel(wire, act):
                    return
                wire = self._secure(wire, act)
                self._play(wire, port, act)
                self._end(wire, act.end)
        finally:
            with suppress(OSError):
                if act.end is End.RESET:
                    reset = struct.pack("ii", 1, 0)
                    wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
                wire.close()

    def _end(self, wire: socket.socket, end: End) -> None:
        if end in (End.SILENCE, End.LINGER):
            self._rest()
        if end is End.DRAIN:
            socket.socket.shutdown(wire, socket.SHUT_WR)
            while wire.recv(_RECEIVE):
                pass

    def _opens_tunnel(self, wire: socket.socket, act: Act) -> bool:
        """Play the proxy's part; return whether there is a tunnel now."""
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += _receive(wire)
        self.tunnels.append(head.decode("latin-1"))
        if act.tunnel is not None:
            wire.sendall(act.tunnel)
        if act.tunnel != ESTABLISHED and act.end is End.SILENCE:
            self._rest()
        return act.tunnel == ESTABLISHED

    def _secure(self, wire: socket.socket, act: Act) -> socket.socket:
        if isinstance(act.handshake, bytes):
            wire.recv(_RECEIVE)
            wire.sendall(act.handshake)
            if act.end is End.SILENCE:
                self._rest()
            raise ConnectionAbortedError
        context = act.handshake or self.tls
        return wire if context is None else context.wrap_socket(wire, server_side=True)

    def _rest(self) -> None:
        """Leave a connection hanging until the server closes."""
        self.is_resting = True
        self._closing.wait()

    def _play(self, connection: socket.socket, port: int, act: Act) -> None:
        if act.reads < 0:
            return
        request = self._read(connection, port, act)
        if act.before is not None:
            act.before(request)
        if act.end is not End.SILENCE and act.answer is not None:
            made = act.answer(request) if callable(act.answer) else act.answer
            self._send(connection, made, act.drip_s)

    def _read(self, connection: socket.socket, port: int, act: Act) -> Request:
        data = b""
        while b"\r\n\r\n" not in data:
            data += _receive(connection)
        head, _, body = data.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ", 2)
        headers = {name.lower(): text for name, _, text in (line.partition(": ") for line in lines)}
        length = int(headers.get("content-length", "0"))
        if act.early:
            connection.sendall(act.early)
        if act.end is End.DEAF:
            socket.socket.shutdown(connection, socket.SHUT_WR)  # an SSLSocket's own ends TLS
        chunks, size = [body], len(body)
        while size < int(length * act.reads):
            chunks.append(_receive(connection))
            size += len(chunks[-1])
        whole = size >= length and act.reads >= 1
        request = Request(method, path, headers, b"".join(chunks), whole, port)
        with self._changed:
            self.requests.append(request)
            if act.takes:
                self.taken.update(request.ids)
            self._changed.notify_all()
        return request

    def _send(self, connection: socket.socket, data: bytes, drip_s: float) -> None:
        if not drip_s:
            connection.sendall(data)
            return
        self.is_resting = True
        for at in range(len(data)):
            connection.sendall(data[at : at + 1])
            if self._closing.wait(drip_s):
                return


def _receive(connection: socket.socket) -> bytes:
    data = connection.recv(_RECEIVE)
    if not data:
        raise ConnectionAbortedError
    return data
