"""Notice that a service takes long to answer, so that a window that waits does not look dead."""

from datetime import datetime

from cascade_desktop.engine.waits import Waits

SLOW_AFTER_S = 5.0


class AnswerWatch:
    """Measures how long one batch is under way; it is looked at again and again."""

    def __init__(self, waits: Waits) -> None:
        self._waits = waits
        self._asked: tuple[float, datetime] | None = None

    def look(self, *, under_way: bool, heard: bool) -> datetime | None:
        """Return since when an answer is awaited, once that is long; None while all is well.

        ``heard`` tells that something was reported since the last look.
        """
        if heard or not under_way:
            self._asked = None
        if not under_way:
            return None
        now = self._waits.monotonic()
        if self._asked is None:
            self._asked = now, self._waits.now()
        began, since = self._asked
        return since if now - began >= SLOW_AFTER_S * self._waits.scale else None
