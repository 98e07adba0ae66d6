"""Keep a Linux computer awake through login1, and hear of the sleep that comes all the same."""

import os
import socket
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection
    from jeepney.low_level import Message

LOGIN1 = "org.freedesktop.login1"
PATH = "/org/freedesktop/login1"
MANAGER = "org.freedesktop.login1.Manager"
ANNOUNCEMENT = "PrepareForSleep"
WHO, WHY = "Cascade Desktop", "sending"
REPLY_S = 2.0
AWAKE = ("idle:sleep", WHO, WHY, "block")
AFTER_THE_BATCH = ("sleep", WHO, WHY, "delay")


class Login1Keeper:
    """Holds two locks of login1: no sleep by itself, and none in the middle of a batch.

    `run` raises what a missing bus or service raises; nothing depends on it.
    """

    def __init__(self) -> None:
        self._guard = Lock()
        self._locks: dict[tuple[str, ...], int] = {}
        self._socket: socket.socket | None = None
        self._ended = False

    def run(self, tell: Callable[[bool], None]) -> None:
        """Hold the locks until the end; tell what login1 announces."""
        from jeepney.bus import get_bus
        from jeepney.io.blocking import DBusConnection, prep_socket

        try:
            with prep_socket(get_bus("SYSTEM"), enable_fds=True) as connected:
                if self._begins(connected):  # known before the first call, which may never return
                    with DBusConnection(connected, enable_fds=True) as connection:
                        self._hold(connection, tell)
        except ConnectionError:
            if not self._ended:
                raise
        finally:
            self.end()
            tell(False)

    def sleep_may_begin(self) -> None:
        """Release the lock that puts a sleep off."""
        self._release(AFTER_THE_BATCH)

    def end(self) -> None:
        """Release everything and wake the thread that listens."""
        with self._guard:
            self._ended = True
            if self._socket is not None:
                with suppress(OSError):  # the other side has ended it already
                    self._socket.shutdown(socket.SHUT_RDWR)
                self._socket = None
        for what in (AWAKE, AFTER_THE_BATCH):
            self._release(what)

    def _begins(self, connected: socket.socket) -> bool:
        with self._guard:
            if not self._ended:
                self._socket = connected
            return not self._ended

    def _hold(self, connection: "DBusConnection", tell: Callable[[bool], None]) -> None:
        from jeepney import MatchRule, message_bus

        rule = MatchRule(
            type="signal", sender=LOGIN1, interface=MANAGER, member=ANNOUNCEMENT, path=PATH
        )
        announced: deque[Message] = deque()
        local = MatchRule(type="signal", interface=MANAGER, member=ANNOUNCEMENT, path=PATH)
        with connection.filter(local, queue=announced):
            connection.send_and_get_reply(message_bus.AddMatch(rule), timeout=REPLY_S)
            self._take(connection, AWAKE)
            self._take(connection, AFTER_THE_BATCH)
            while True:
                asleep = bool(connection.recv_until_filtered(announced).body[0])
                tell(asleep)
                if not asleep:
                    self._take(connection, AFTER_THE_BATCH)

    def _take(self, connection: "DBusConnection", what: tuple[str, ...]) -> None:
        """Take a lock that is not held; login1 may refuse it to who sits elsewhere."""
        from jeepney import DBusAddress, MessageType, new_method_call

        if what in self._locks:
            return
        manager = DBusAddress(PATH, bus_name=LOGIN1, interface=MANAGER)
        reply = connection.send_and_get_reply(
            new_method_call(manager, "Inhibit", "ssss", what), timeout=REPLY_S
        )
        if reply.header.message_type is not MessageType.method_return:
            return
        lock = reply.body[0].to_raw_fd()
        with self._guard:
            if not self._ended:
                self._locks[what] = lock
                return
        os.close(lock)

    def _release(self, what: tuple[str, ...]) -> None:
        with self._guard:
            lock = self._locks.pop(what, None)
        if lock is not None:
            os.close(lock)
