"""Notice that a service takes long to answer, so that a window that waits does not look dead."""

from datetime import datetime, timedelta
from typing import NamedTuple

from cascade_desktop.engine.client import DEADLINE_S
from cascade_desktop.engine.waits import Waits

SLOW_AFTER_S = 5.0
LONG_AFTER_S = 20.0


class Silence(NamedTuple):
    """An answer that is awaited: since when, until when at most, and whether that is long."""

    since: datetime
    until: datetime
    is_long: bool


class AnswerWatch:
    """Measures how long one batch is under way; it is looked at again and again."""

    def __init__(self, waits: Waits) -> None:
        self._waits = waits
        self._asked: tuple[float, datetime] | None = None

    def look(self, *, under_way: bool, heard: bool) -> Silence | None:
        """Return what answer is awaited, once that takes its time; None while all is well.

        ``heard`` tells that something was reported since the last look.
        """
        if heard or not under_way:
            self._asked = None
        if not under_way:
            return None
        now, scale = self._waits.monotonic(), self._waits.scale
        if self._asked is None:
            self._asked = now, self._waits.now()
        began, since = self._asked
        if now - began < SLOW_AFTER_S * scale:
            return None
        until = since + timedelta(seconds=DEADLINE_S * scale)
        return Silence(since, until, now - began >= LONG_AFTER_S * scale)
