"""Keep the computer awake while a campaign is sent; once it goes to sleep, nothing more leaves.

One small interface for three systems. Where a system offers nothing, nothing is done: a sleep
that nobody announced is noticed afterwards, by the gap it leaves in the clocks.
"""

import asyncio
import logging
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from threading import Event
from typing import Protocol

from cascade_desktop.engine.sender import Sender
from cascade_desktop.engine.waits import Hold

LOOK_S = 0.05
BATCH_WAIT_S = 4.0
"""So long a sleep is put off for the batch under way; systems wait for five seconds at most."""
STILL_AWAKE_S = 60.0
"""Who hears of no waking so long after a sleep was announced has not slept."""
END_WAIT_S = 2.0
CAFFEINATE = ("/usr/bin/caffeinate", "-i", "-w")
"""Keeps a Mac from falling asleep while the process that follows lives."""

Tell = Callable[[bool], None]
"""Hears True when the computer goes to sleep and False when it has woken; from any thread."""
_log = logging.getLogger(__name__)


class Keeper(Protocol):
    """What a system offers; `run` has a thread of its own, the rest is called from others."""

    def run(self, tell: Tell, /) -> None:
        """Keep the computer awake until the end."""
        ...

    def sleep_may_begin(self) -> None:
        """Hear that nothing is under way any more."""
        ...

    def end(self) -> None:
        """Let the computer sleep as it likes again."""
        ...


class NoKeeper:
    """Where the system offers nothing."""

    def run(self, _tell: Tell, /) -> None:
        """Do nothing."""

    def sleep_may_begin(self) -> None:
        """Do nothing."""

    def end(self) -> None:
        """Do nothing."""


class ChildKeeper:
    """A command that keeps the computer awake while it runs, and ends with our process."""

    def __init__(self, command: tuple[str, ...] = CAFFEINATE) -> None:
        self._command = command
        self._ended = Event()

    def run(self, _tell: Tell, /) -> None:
        """Keep the command running until the end."""
        with subprocess.Popen(  # noqa: S603 - the system's own command, by its whole path
            (*self._command, str(os.getpid())),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as child:
            self._ended.wait()
            child.terminate()

    def sleep_may_begin(self) -> None:
        """Do nothing: this system announces no sleep."""

    def end(self) -> None:
        """End the command."""
        self._ended.set()


class Power:
    """What stands between a running campaign and sleep."""

    def __init__(self, make_keeper: Callable[[], Keeper] | None = None) -> None:
        self._make_keeper = make_keeper or keeper_here

    @asynccontextmanager
    async def awake(self, sender: Sender) -> AsyncIterator[None]:
        """Keep the computer awake meanwhile; a sleep that comes all the same holds the sender."""
        loop = asyncio.get_running_loop()
        keeper = self._make_keeper()
        rest = _Rest(sender, keeper)

        def tell(asleep: bool) -> None:
            with suppress(RuntimeError):  # the loop has ended: so has the campaign
                loop.call_soon_threadsafe(rest.tell, asleep)

        thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="power")
        keeping = asyncio.wrap_future(thread.submit(keeper.run, tell))
        thread.shutdown(wait=False)
        try:
            yield
        finally:
            keeper.end()
            rest.tell(False)
            await asyncio.wait({keeping}, timeout=END_WAIT_S)
            _note_failure(keeping)


class _Rest:
    """Holds a sender while the computer sleeps; everything happens in the loop's thread."""

    def __init__(self, sender: Sender, keeper: Keeper) -> None:
        self._sender = sender
        self._keeper = keeper
        self._task: asyncio.Task[None] | None = None

    def tell(self, asleep: bool) -> None:
        """Hold the sender, or let it go on."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._sender.hold(on=asleep, why=Hold.ASLEEP)
        if asleep:
            self._task = asyncio.get_running_loop().create_task(self._fall_asleep())

    async def _fall_asleep(self) -> None:
        """Let the sleep begin after the batch; and go on when none comes."""
        loop = asyncio.get_running_loop()
        latest = loop.time() + BATCH_WAIT_S
        while self._sender.under_way and loop.time() < latest:  # noqa: ASYNC110 - others set it
            await asyncio.sleep(LOOK_S)
        self._keeper.sleep_may_begin()
        await asyncio.sleep(STILL_AWAKE_S)
        self._sender.hold(on=False, why=Hold.ASLEEP)


def keeper_here() -> Keeper:
    """Return what this system offers."""
    if sys.platform == "win32":
        from cascade_desktop.engine.power_windows import windows_keeper

        return windows_keeper()
    if sys.platform == "darwin":
        return ChildKeeper()
    if sys.platform == "linux":
        from cascade_desktop.engine.power_login1 import Login1Keeper

        return Login1Keeper()
    return NoKeeper()


def _note_failure(keeping: "asyncio.Future[None]") -> None:
    """Say in the log why the computer could have slept; sending does not depend on it."""
    if not keeping.done():
        _log.warning("what keeps the computer awake has not ended")
    elif not keeping.cancelled() and (error := keeping.exception()) is not None:
        _log.info("nothing kept the computer awake: %s", type(error).__name__)
