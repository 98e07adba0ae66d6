"""How many messages leave at once, how fast, and how long to wait after trouble (R8-R11)."""

from collections import deque
from datetime import datetime, timedelta

from cascade_desktop.engine.waits import Waits

CANARY, CAUTIOUS, FULL = 10, 100, 1000
CLEAN_FOR_FULL = 20
BACKOFF_CAP_S, BACKOFF_BUDGET_S = 60.0, 600.0
_TRIES_TO_CAP = 6
PACE_PER_S = 200.0
TOLD_FROM_S = 6.0
"""A wait of the pace is told from here: a full batch at the usual pace is ready in 5 s."""
RECOVERY = 1.1
MINUTE_S = 60.0
RECENT_BATCHES = 20
LONGEST_AWAY = timedelta(minutes=30)


class BatchSize:
    """10 first, then 100, then 1,000 after 20 clean batches; back to 10 after any trouble."""

    def __init__(self) -> None:
        self._clean = 0
        self._one_was_too_large = False
        self.limit = FULL
        self.largest = 0

    @property
    def now(self) -> int:
        """Return how many messages the next batch may hold."""
        sent = CAUTIOUS if self._clean < CLEAN_FOR_FULL else FULL
        return min(sent if self._clean else CANARY, self.limit)

    def went_well(self, size: int) -> None:
        """Note a batch that was accepted whole."""
        self._clean += 1
        if self._one_was_too_large:
            self.limit = FULL
        self.largest = max(self.largest, size)

    def had_trouble(self, size: int) -> None:
        """Note a batch that was not."""
        self._clean = 0
        self.largest = max(self.largest, size)

    def was_too_large(self, size: int) -> None:
        """Remember that a body of this many messages is too large (413).

        Where one alone was, the next that goes well shows that their number was never the matter.
        """
        self._one_was_too_large = size == 1
        self.limit = min(self.limit, max(1, size // 2))


class Pace:
    """A ceiling in messages a second; halved by a 429, regained by 10 % a clean minute (R11)."""

    def __init__(self, waits: Waits, per_s: float | None = PACE_PER_S) -> None:
        self._waits = waits
        self._ceiling = per_s
        self._rate = per_s
        self._free_at = waits.monotonic()
        self._raised_at = self._free_at

    @property
    def is_slowed(self) -> bool:
        """Tell whether the service asked for less than the ceiling, and it is not regained yet."""
        return self._rate != self._ceiling

    def slow_down(self) -> None:
        """Halve the rate."""
        self._rate = max(1.0, (self._rate or PACE_PER_S) / 2)
        self._raised_at = self._waits.monotonic()

    def delay_s(self, size: int) -> float:
        """Return how long to wait, unscaled, before so many messages may leave; book them."""
        now = self._waits.monotonic()
        self._regain(now)
        if self._rate is None:
            return 0.0
        scale = self._waits.scale
        wait = max(0.0, self._free_at - now)
        self._free_at = max(now, self._free_at) + size / self._rate * scale
        return wait / scale if scale else 0.0

    def _regain(self, now: float) -> None:
        if self._rate is None:
            return
        while now - self._raised_at >= MINUTE_S * self._waits.scale and self._rate != self._ceiling:
            self._raised_at += MINUTE_S * self._waits.scale or MINUTE_S
            self._rate *= RECOVERY
            if self._rate >= (self._ceiling or PACE_PER_S):
                self._rate = self._ceiling
                return


class Backoff:
    """Full jitter over 2ⁿ seconds, at most 60 s at a time and 10 min in all (R10)."""

    def __init__(self, waits: Waits, budget_s: float = BACKOFF_BUDGET_S) -> None:
        self._waits = waits
        self._budget_s = budget_s
        self._tries = 0
        self._spent_s = 0.0

    def next_s(self, least_s: float = 0.0) -> float | None:
        """Return how long to wait before another try; None when the budget is spent.

        What the service asked for (``least_s``) is never shortened, and is spent like the rest.
        """
        if self._spent_s >= self._budget_s:
            return None
        self._tries += 1
        ceiling = min(2.0 ** min(self._tries, _TRIES_TO_CAP), BACKOFF_CAP_S)
        wait = min(self._waits.uniform(0.0, ceiling), self._budget_s - self._spent_s)
        wait = max(wait, least_s)
        self._spent_s += max(wait, 0.05)
        return wait

    def reset(self) -> None:
        """Begin anew after a success."""
        self._tries, self._spent_s = 0, 0.0


class UnknownWatch:
    """Tells when too much is unknown to go on without the operator (R9)."""

    def __init__(self, planned: int) -> None:
        self._planned = planned
        self._recent: deque[bool] = deque(maxlen=RECENT_BATCHES - 1)
        self._unknown = 0

    def note(self, unknown: int, largest_batch: int) -> bool:
        """Take a batch's number of unknown messages; return whether to pause."""
        seen = any(self._recent)
        self._recent.append(unknown > 0)
        self._unknown += unknown
        if not unknown:
            return False
        return seen or self._unknown > max(largest_batch, self._planned // 100)


class Absence:
    """Tells when too much time has passed to go on without the operator (R10).

    By the wall clock, which goes on while a computer sleeps: who closed it in the evening does not
    want it to send at night. A wait that the service asked for is no absence.
    """

    def __init__(self, waits: Waits) -> None:
        self._now = waits.now
        self.begin()

    def begin(self) -> None:
        """Count from now: the operator is here."""
        self._heard = self._now()
        self._unheard_since: datetime | None = None
        self._was_long = False

    def heard(self) -> None:
        """Note an answer of the service."""
        self._was_long |= self._now() - self._heard > LONGEST_AWAY
        self._heard = self._now()
        self._unheard_since = None

    def not_heard(self) -> None:
        """Note a request that reached nobody."""
        self._unheard_since = self._unheard_since or self._now()

    def is_long(self, stale_s: float | None = None) -> bool:
        """Tell whether to ask; what goes stale sooner has less time to find a connection."""
        now = self._now()
        unheard = now - (self._unheard_since or now)
        is_stale = stale_s is not None and unheard > timedelta(seconds=stale_s)
        return self._was_long or is_stale or now - self._heard > LONGEST_AWAY
