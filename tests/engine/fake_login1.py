"""A bus with a login1 of its own, on a real socket: it grants locks and announces sleep."""

import os
import select
import socket
import threading
from array import array
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from jeepney import DBusAddress, HeaderFields, Message, new_error, new_method_return, new_signal
from jeepney.low_level import Parser

MANAGER = DBusAddress("/org/freedesktop/login1", interface="org.freedesktop.login1.Manager")
LOCK_S = 30


class FakeLogin1:
    """Serves one client at a time."""

    def __init__(
        self, folder: Path, *, refuses: bool = False, mute: bool = False, deaf: bool = False
    ) -> None:
        self.address = f"unix:path={folder / 'bus'}"
        self.asked: list[tuple[str, ...]] = []
        self._refuses = refuses
        self._mute = mute
        self._deaf = deaf
        self._locks: dict[tuple[str, ...], int] = {}
        self._client: socket.socket | None = None
        self._serial = 0
        self._changed = threading.Condition()
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(folder / "bus"))
        self._listening.listen()
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.ends()
        self.breaks_off()
        self._thread.join()
        self._listening.close()
        for end in self._locks.values():
            os.close(end)

    def ends(self) -> None:
        """Take no more clients."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)

    def announces(self, *, sleep: bool) -> None:
        """Tell the client that the computer goes to sleep, or has woken."""
        self._send(new_signal(MANAGER, "PrepareForSleep", "b", (sleep,)))

    def breaks_off(self) -> None:
        """End the connection, as a restarted service does."""
        if self._client is not None:
            with suppress(OSError):
                self._client.shutdown(socket.SHUT_RDWR)

    def held(self) -> set[str]:
        """Return the kinds of the locks that the client holds."""
        with self._changed:
            ends = {what: end for what, end in self._locks.items() if not _has_ended(end)}
            return {what[-1] for what in ends}

    def waits_until_asked(self, times: int) -> None:
        """Wait until so many locks were asked for."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.asked) >= times, LOCK_S)

    def _serve(self) -> None:
        while True:
            try:
                self._client, _ = self._listening.accept()
            except OSError:
                return
            with self._client, suppress(OSError):
                self._answer_all(self._client, self._greet(self._client))

    def _greet(self, client: socket.socket) -> bytes:
        """Let the client in, and return what of its first call came with the greeting."""
        heard = b""
        answers = {b"AUTH": b"OK 0123456789abcdef0123456789abcdef", b"NEGO": b"AGREE_UNIX_FD"}
        while True:
            heard += _more(client)
            while b"\r\n" in heard:
                line, _, heard = heard.partition(b"\r\n")
                if line.startswith(b"BEGIN"):
                    return heard
                client.sendall(answers[line.lstrip(b"\0")[:4]] + b"\r\n")

    def _answer_all(self, client: socket.socket, heard: bytes) -> None:
        parser = Parser()
        while True:
            parser.add_data(heard)
            while (message := parser.get_next_message()) is not None:
                says_hello = message.header.fields[HeaderFields.member] == "Hello"
                if not self._deaf and (says_hello or not self._mute):
                    self._answer(message)
            heard = _more(client)

    def _answer(self, message: Message) -> None:
        match message.header.fields[HeaderFields.member]:
            case "Hello":
                self._send(new_method_return(message, "s", (":1.1",)))
            case "Inhibit" if self._refuses:
                self._note(message.body, None)
                self._send(new_error(message, "org.freedesktop.DBus.Error.AccessDenied"))
            case "Inhibit":
                ours, theirs = os.pipe()
                self._note(message.body, ours)
                self._send(new_method_return(message, "h", (theirs,)))
                os.close(theirs)
            case _:
                self._send(new_method_return(message))

    def _note(self, what: tuple[str, ...], lock: int | None) -> None:
        with self._changed:
            self.asked.append(what)
            if lock is not None:
                before = self._locks.pop(what, None)
                self._locks[what] = lock
                if before is not None:
                    os.close(before)
            self._changed.notify_all()

    def _send(self, message: Message) -> None:
        assert self._client is not None
        self._serial += 1
        handles = array("i")
        data = message.serialise(self._serial, fds=handles)
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, handles)] if handles else []
        self._client.sendmsg([data], rights)


def _more(client: socket.socket) -> bytes:
    data = client.recv(4096)
    if not data:
        raise ConnectionResetError
    return data


def _has_ended(lock: int) -> bool:
    readable, _, _ = select.select([lock], [], [], 0)
    return bool(readable)  # a lock carries no data: readable means closed
