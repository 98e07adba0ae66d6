"""Decide what follows each outcome of a campaign: how much next, after which wait, or an end."""

from collections.abc import Sequence

from cascade_desktop.core.outcome import Judgement, Next
from cascade_desktop.core.states import Reason, State
from cascade_desktop.engine.batching import Backoff, BatchSize, UnknownWatch
from cascade_desktop.engine.sending import GO_ON, Step, pause
from cascade_desktop.engine.splitting import Splitter
from cascade_desktop.engine.waits import Waits

SHORT_RETRIES = 2
_BY_HALVES = (Next.SPLIT, Next.HALVE)


class Course:
    """What one run of a campaign has learnt on the way; it knows no journal and no wire."""

    def __init__(self, waits: Waits, planned: int) -> None:
        self._size = BatchSize()
        self._backoff = Backoff(waits)
        self._throttled = Backoff(waits, budget_s=float("inf"))
        self._unknown = UnknownWatch(planned)
        self._split = Splitter()
        self._short_retries = 0

    @property
    def size(self) -> int:
        """Return how many messages the next batch may hold."""
        return self._size.now

    def next_piece(self) -> tuple[int, ...]:
        """Return which messages of a refused batch to try next; empty where none are left."""
        return self._split.next_piece()

    def state_of_rest(self, size: int, verdict: Judgement, *, may_split: bool) -> State:
        """Return where those stand whom an answer to a batch of this size did not accept."""
        if size == 1 and (verdict.next is Next.HALVE or (verdict.next is Next.SPLIT and may_split)):
            return State.REFUSED
        return verdict.rest

    def after(self, size: int, rest: Sequence[int], verdict: Judgement, *, may_split: bool) -> Step:
        """Take what became of a batch; ``rest`` are the numbers that were not accepted."""
        if not rest:
            return self._went_well(size)
        self._size.had_trouble(size)
        match verdict.next:
            case Next.GO_ON | Next.PROBE:
                return self._after_unknown(len(rest))
            case Next.RETRY | Next.RETRY_TWICE:
                return self._retry(verdict)
            case Next.WAIT:
                wait = verdict.wait_s or self._throttled.next_s() or 0.0
                return Step(wait_s=max(wait, 1.0), reason=verdict.reason, slow_down=True)
            case Next.HALVE:
                self._size.was_too_large(max(2, len(rest)))
                return GO_ON
            case Next.SPLIT:
                return self._after_refusal(rest, verdict, may_split=may_split)
            case Next.STOP:
                return pause(verdict.reason, verdict.words)

    def _went_well(self, size: int) -> Step:
        self._size.went_well(size)
        self._backoff.reset()
        self._throttled.reset()
        self._short_retries = 0
        self._unknown.note(0, size)
        self._split.accepted()
        return GO_ON

    def _after_unknown(self, unknown: int) -> Step:
        if self._unknown.note(unknown, self._size.largest):
            return pause(Reason.TOO_MANY_UNKNOWN)
        return GO_ON

    def _retry(self, verdict: Judgement) -> Step:
        self._short_retries += verdict.next is Next.RETRY_TWICE
        patient = self._short_retries <= SHORT_RETRIES
        wait = self._backoff.next_s(verdict.wait_s or 0.0) if patient else None
        if wait is None:
            return pause(verdict.reason)
        return Step(wait_s=wait, reason=verdict.reason)

    def _after_refusal(self, rest: Sequence[int], verdict: Judgement, *, may_split: bool) -> Step:
        """Split a refused batch, if the operator has said for this account that we may."""
        if not may_split:
            return pause(verdict.reason, verdict.words)
        stop = self._split.refused(rest, verdict.words)
        return GO_ON if stop is Reason.NONE else pause(stop, verdict.words)
