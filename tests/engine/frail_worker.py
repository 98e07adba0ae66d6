"""A worker whose process dies, or whose disk is full, at a call chosen beforehand."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.worker import Worker


class Killed(BaseException):
    """The process ended here: nothing that follows happens."""


class Trouble(Enum):
    """What goes wrong."""

    NONE = auto()
    KILL_BEFORE = auto()
    KILL_AFTER = auto()
    DISK_FULL = auto()


@dataclass(frozen=True, slots=True)
class Frailty:
    """Which trouble, at which call, and for how many calls where it passes."""

    trouble: Trouble = Trouble.NONE
    at: int = 0
    calls: int = 1


class FrailWorker(Worker):
    """Runs the calls of one campaign's sender until its trouble comes."""

    def __init__(self, journal: Journal, frailty: Frailty) -> None:
        super().__init__()
        self._journal = journal
        self._frailty = frailty
        self._calls = 0
        self._is_dead = False

    async def run(self, call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        frailty = self._frailty
        self._calls += 1
        if self._is_dead:
            raise Killed
        mine = self._calls == frailty.at
        if mine and frailty.trouble is Trouble.KILL_BEFORE:
            self._is_dead = True
            raise Killed
        if frailty.trouble is Trouble.DISK_FULL:
            self._fill(full=0 <= self._calls - frailty.at < frailty.calls)
        result = await super().run(call, *args, **kwargs)
        if mine and frailty.trouble is Trouble.KILL_AFTER:
            self._is_dead = True
            raise Killed
        return result

    def mend(self) -> None:
        """Give the disk its room back."""
        if self._frailty.trouble is Trouble.DISK_FULL:
            self._fill(full=False)

    def _fill(self, *, full: bool) -> None:
        """Let the journal refuse every write, or take them again."""
        self._journal._db.execute(f"PRAGMA query_only={'ON' if full else 'OFF'}")
