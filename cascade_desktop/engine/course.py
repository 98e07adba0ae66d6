"""Decide what follows each outcome of a campaign: how much next, after which wait, or an end."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cascade_desktop.core.outcome import NO_WORDS, Judgement, Next, ServiceWords
from cascade_desktop.core.states import Reason, Resolution, State
from cascade_desktop.engine.batching import Backoff, BatchSize, UnknownWatch
from cascade_desktop.engine.journal.values import Settlement, Waiting
from cascade_desktop.engine.sending import GO_ON, Step, pause
from cascade_desktop.engine.splitting import Splitter
from cascade_desktop.engine.waits import Waits

SHORT_RETRIES = 2


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
        return self._split.next_piece(self._size.limit)

    def went_well(self, size: int) -> Step:
        """Take a batch about which nothing is left to ask."""
        self._size.went_well(size)
        self._backoff.reset()
        self._throttled.reset()
        self._short_retries = 0
        self._unknown.note(0, size)
        return _unless(self._split.settled())

    def had_trouble(
        self,
        size: int,
        rest: Sequence[int],
        verdict: Judgement,
        *,
        may_split: bool,
        named: int | None = None,
    ) -> Step:
        """Take a batch of which the ``rest``, by number, was not accepted.

        ``named`` is the message that a refusal named.
        """
        self._size.had_trouble(size)
        match verdict.next:
            case Next.GO_ON | Next.PROBE:
                return self._after_unknown(len(rest), verdict.status)
            case Next.RETRY | Next.RETRY_TWICE:
                return self._retry(verdict)
            case Next.WAIT:
                self._split.put_back()
                wait = verdict.wait_s or self._throttled.next_s() or 0.0
                return Step(wait_s=max(wait, 1.0), reason=verdict.reason, slow_down=True)
            case Next.HALVE:
                self._split.put_back()
                self._size.was_too_large(size)
                return GO_ON
            case Next.SPLIT if may_split:
                return _unless(
                    self._split.refused(rest, verdict.words.field, named), verdict.last_words
                )
            case Next.SPLIT | Next.STOP:
                return pause(verdict.reason, verdict.last_words)

    def _after_unknown(self, unknown: int, status: int) -> Step:
        if self._unknown.note(unknown, self._size.largest):
            return pause(Reason.TOO_MANY_UNKNOWN, ServiceWords(status=status))
        return _unless(self._split.settled())

    def _retry(self, verdict: Judgement) -> Step:
        self._split.put_back()
        self._short_retries += verdict.next is Next.RETRY_TWICE
        patient = self._short_retries <= SHORT_RETRIES
        wait = self._backoff.next_s(verdict.wait_s or 0.0) if patient else None
        if wait is None:
            return pause(verdict.reason, ServiceWords(status=verdict.status))
        return Step(wait_s=wait, reason=verdict.reason)


def settlement_of(
    batch: Sequence[Waiting], ids: Mapping[str, int], verdict: Judgement, *, may_split: bool
) -> Settlement:
    """Return what to record of a batch; ``ids`` tells the number of each tracking id.

    A single message that is refused is refused for good. One that left before, though, may have
    arrived the first time: it stays unknown, and where the service knows it, it counts as sent.
    """
    accepted = {ids[name]: messages for name, messages in verdict.accepted.items()}
    words = replace(verdict.words, item=None, value="")
    again = batch[0].is_again
    if len(batch) == 1 and (verdict.next is Next.HALVE or may_split):
        state, why = (
            (State.UNKNOWN, Reason.REFUSED_AGAIN) if again else (State.REFUSED, verdict.reason)
        )
        return Settlement(accepted, state, why, words)
    if len(batch) == 1 and again and verdict.reason is Reason.CONFLICT:
        return Settlement(
            accepted, State.UNKNOWN, Reason.ALREADY_KNOWN, words, Resolution.MARKED_SENT
        )
    return Settlement(accepted, verdict.rest, verdict.reason, words)


def _unless(stop: Reason, words: ServiceWords = NO_WORDS) -> Step:
    return GO_ON if stop is Reason.NONE else pause(stop, words)
