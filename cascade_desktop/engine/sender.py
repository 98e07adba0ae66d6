"""Send a campaign a batch at a time: intent, request, outcome; never twice, never silent.

Rules R1-R12 of sending-policy.md. What an answer means is `core.outcome`'s; what is recorded is
the journal's; how large and how fast is `engine.batching`'s.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime

from cascade_desktop.core.campaign_file import Campaign, read_campaign
from cascade_desktop.core.outcome import NO_WORDS, Answer, Judgement, Next, ServiceWords, judge
from cascade_desktop.core.plan import tracking_id
from cascade_desktop.core.schedule import FURTHEST, SOONEST
from cascade_desktop.core.states import CampaignState, Reason, State
from cascade_desktop.core.wire import WireMessage, encode_batch
from cascade_desktop.engine.batching import PACE_PER_S, Backoff, BatchSize, Pace, UnknownWatch
from cascade_desktop.engine.client import Client, NoAnswerError, NotSentError, StopError
from cascade_desktop.engine.journal.schema import UnwritableJournalError
from cascade_desktop.engine.journal.store import SPLIT_ALLOWED, Journal
from cascade_desktop.engine.journal.values import Change, Counts, Head, Settlement, Waiting
from cascade_desktop.engine.splitting import Splitter
from cascade_desktop.engine.waits import Hold, Waits
from cascade_desktop.engine.worker import Worker

SHORT_RETRIES = 2
DISK_RETRY_S = 1.0


class OtherTargetError(Exception):
    """The campaign was made for another service or account."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What one batch, or one wait, changed."""

    campaign: str
    batch: int
    changes: tuple[Change, ...]
    counts: Counts
    waiting_s: float = 0.0
    reason: Reason = Reason.NONE


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run of a campaign ended."""

    campaign: str
    state: CampaignState
    reason: Reason
    words: ServiceWords
    counts: Counts


Report = Callable[[Progress], None]


class Sender:
    """Sends one campaign; pause and stop take effect after the batch that is under way."""

    def __init__(
        self,
        journal: Journal,
        client: Client,
        worker: Worker,
        *,
        waits: Waits | None = None,
        pace_per_s: float | None = PACE_PER_S,
    ) -> None:
        self._journal = journal
        self._client = client
        self._worker = worker
        self._waits = waits or Waits()
        self._pace = Pace(self._waits, pace_per_s)
        self._wish: _End | None = None
        self._holds: set[Hold] = set()
        self.under_way = False  # a batch is being sent or settled at this moment

    def pause(self) -> None:
        """End after the batch that is under way; the rest can be resumed."""
        self._wish = _End(CampaignState.PAUSED, Reason.OPERATOR_PAUSED)

    def hold(self, *, on: bool, why: Hold = Hold.ASKED) -> None:
        """Let nothing more leave for now; the batch under way still ends."""
        (self._holds.add if on else self._holds.discard)(why)

    def stop(self) -> None:
        """End after the batch that is under way, for good unless the operator resumes."""
        self._wish = _End(CampaignState.STOPPED, Reason.OPERATOR_STOPPED)

    async def run(self, code: str, report: Report) -> Ending:
        """Send what is ready of a campaign until it is finished or somebody is needed.

        Raises:
            KeyError: there is no such campaign.
            OtherTargetError: it was made for another service or account.
        """
        head = await self._worker.run(self._journal.head, code)
        self._refuse_other_target(head)
        try:
            ending = await self._run(code, report)
        except UnwritableJournalError:
            ending = _End(CampaignState.PAUSED, Reason.DISK_FULL)
        return await self._finish(code, ending)

    async def _run(self, code: str, report: Report) -> "_End":
        await self._worker.run(self._journal.recover)
        left = await self._worker.run(self._journal.leave_out_stopped, code)
        head = await self._worker.run(self._journal.head, code)
        run = _Run(
            head, self._client, self._journal, self._worker, self._waits, report, self._is_wanted
        )
        await self._worker.run(self._journal.set_state, code, CampaignState.RUNNING)
        run.tell_left_out(left, head.counts)
        return await self._send_all(run)

    def _is_wanted(self) -> bool:
        return self._wish is None

    def _refuse_other_target(self, head: Head) -> None:
        if (head.host, head.account) != (self._client.target.host, self._client.keys.fingerprint):
            raise OtherTargetError(head.host)

    async def _send_all(self, run: "_Run") -> "_End":
        while batch := await run.next_batch():
            await self._sleep(self._pace.delay_s(len(batch)))
            if self._wish is not None:
                return self._wish
            if run.is_late(batch):
                return _End(CampaignState.PAUSED, Reason.SCHEDULE_PASSED)
            self.under_way = True
            step = await run.attempt(batch)
            self.under_way = False
            if step.end is not None:
                return step.end
            await self._take_breath(run, step)
        return _End(CampaignState.FINISHED, Reason.NONE)

    async def _take_breath(self, run: "_Run", step: "_Step") -> None:
        if step.slow_down:
            self._pace.slow_down()
        if step.wait_s:
            run.tell_wait(step)
            await self._sleep(step.wait_s)

    async def _sleep(self, seconds: float) -> None:
        """Wait in short steps so that pause and stop are felt at once."""
        left = seconds
        while (left > 0 or self._holds) and self._wish is None:
            await self._waits.wait(min(left, 0.5) if left > 0 else 0.1)
            left -= 0.5

    async def _finish(self, code: str, end: "_End") -> Ending:
        try:
            await self._worker.run(self._journal.set_state, code, end.state, end.reason, end.words)
        except UnwritableJournalError:
            end = _End(CampaignState.PAUSED, Reason.DISK_FULL)
        counts = await self._worker.run(self._journal.counts, code)
        return Ending(code, end.state, end.reason, end.words, counts)


@dataclass(frozen=True, slots=True)
class _End:
    state: CampaignState
    reason: Reason
    words: ServiceWords = NO_WORDS


@dataclass(frozen=True, slots=True)
class _Step:
    """What to do after a batch: wait, slow down, end, or simply go on."""

    wait_s: float = 0.0
    reason: Reason = Reason.NONE
    slow_down: bool = False
    end: _End | None = None


@dataclass(frozen=True, slots=True)
class _Opened:
    """A batch whose intent is on the disk, and those of it who were left out at the last moment."""

    batch: tuple[Waiting, ...]
    body: bytes
    number: int
    left_out: tuple[Change, ...]
    counts: Counts


class _Run:
    """One run of one campaign: what it learns on the way."""

    def __init__(  # noqa: PLR0917
        self,
        head: Head,
        client: Client,
        journal: Journal,
        worker: Worker,
        waits: Waits,
        report: Report,
        is_wanted: Callable[[], bool],
    ) -> None:
        campaign = read_campaign(head.draft)
        if not isinstance(campaign, Campaign):
            raise TypeError(head.code)
        self._head = head
        self._draft = campaign.draft
        self._route = campaign.route
        self._client = client
        self._journal = journal
        self._worker = worker
        self._waits = waits
        self._report = report
        self._is_wanted = is_wanted
        self._size = BatchSize()
        self._backoff = Backoff(waits)
        self._unknown = UnknownWatch(head.counts.planned)
        self._split = Splitter()
        self._short_retries = 0
        self._skew = timedelta(0)
        self._counts = head.counts
        self._throttled = Backoff(waits, budget_s=float("inf"))

    async def next_batch(self) -> tuple[Waiting, ...]:
        """Return what to send next: the pieces of a refused batch first."""
        while piece := self._split.next_piece():
            found = await self._worker.run(self._journal.waiting, self._head.code, piece)
            if found:
                return found
        return await self._worker.run(self._journal.next_waiting, self._head.code, self._size.now)

    def is_late(self, batch: Sequence[Waiting]) -> bool:
        """Tell whether a schedule is too near or too far by the service's own clock (R12)."""
        now = self._waits.now()
        ahead = [message.at - now - self._skew for message in batch if message.at is not None]
        return any(not SOONEST <= time <= FURTHEST for time in ahead)

    def tell_wait(self, step: _Step) -> None:
        """Report a wait."""
        self._report(Progress(self._head.code, 0, (), self._counts, step.wait_s, step.reason))

    def tell_left_out(self, changes: tuple[Change, ...], counts: Counts) -> None:
        """Report who was put on the “Do not message” list meanwhile, if anybody was."""
        if changes:
            self._counts = counts
            self._report(Progress(self._head.code, 0, changes, counts))

    async def attempt(self, batch: Sequence[Waiting]) -> _Step:
        """Send one batch: intent, request, outcome."""
        opened = await self._worker.run(self._open, batch)
        self.tell_left_out(opened.left_out, opened.counts)
        batch, body, number = opened.batch, opened.body, opened.number
        if not batch:
            return _Step()
        ids = {tracking_id(self._head.id_stem, message.number): message.number for message in batch}
        try:
            answer = await self._client.send(self._route, body)
        except NotSentError as error:
            await self._settle(number, Settlement({}, State.READY, error.reason))
            return self._retry(error.reason)
        except StopError as error:
            await self._settle(number, Settlement({}, State.READY, error.reason))
            return _Step(end=_End(CampaignState.PAUSED, error.reason))
        except NoAnswerError as error:
            return await self._settle_unknown(number, batch, error.reason)
        self._learn_clock(answer)
        verdict = await self._worker.run(judge, answer, tuple(ids))
        return await self._obey(number, batch, ids, verdict)

    def _open(self, batch: Sequence[Waiting]) -> "_Opened":
        """Commit the intent to send those of a batch who may be messaged at this very moment.

        One call of the one worker: nobody can be put on the list between the look and the intent.
        """
        code = self._head.code
        left = self._journal.leave_out_stopped(code, [message.number for message in batch])
        rows = {change.row for change in left}
        kept = tuple(message for message in batch if message.row not in rows)
        counts = self._journal.counts(code) if left else self._counts
        if not kept:
            return _Opened(kept, b"", 0, left, counts)
        body = self._encode(kept)
        numbers = tuple(message.number for message in kept)
        number = self._journal.open_batch(code, numbers, _sha256(body))
        return _Opened(kept, body, number, left, counts)

    def _encode(self, batch: Sequence[Waiting]) -> bytes:
        stem = self._head.id_stem
        return encode_batch(
            self._draft,
            (WireMessage(tracking_id(stem, m.number), m.phone, m.text, m.at) for m in batch),
        )

    async def _obey(
        self, number: int, batch: Sequence[Waiting], ids: dict[str, int], verdict: Judgement
    ) -> _Step:
        accepted = {ids[name]: messages for name, messages in verdict.accepted.items()}
        rest = [message for message in batch if message.number not in accepted]
        alone = len(batch) == 1 and verdict.next in (Next.SPLIT, Next.HALVE)
        allowed = alone and (verdict.next is Next.HALVE or await self._may_split())
        state = State.REFUSED if allowed else verdict.rest
        await self._settle(
            number, Settlement(accepted, state, verdict.reason, verdict.words), len(rest)
        )
        if not rest:
            self._went_well(len(batch))
            return _Step()
        self._size.had_trouble(len(batch))
        match verdict.next:
            case Next.GO_ON | Next.PROBE:
                return self._after_unknown(len(rest))
            case Next.RETRY | Next.RETRY_TWICE:
                return self._retry(verdict.reason, verdict.wait_s, verdict.next)
            case Next.WAIT:
                wait = verdict.wait_s or self._throttled.next_s() or 0.0
                return _Step(wait_s=max(wait, 1.0), reason=verdict.reason, slow_down=True)
            case Next.SPLIT | Next.HALVE:
                return await self._after_refusal(rest, verdict)
            case Next.STOP:
                return _Step(end=_End(CampaignState.PAUSED, verdict.reason, verdict.words))

    async def _after_refusal(self, rest: Sequence[Waiting], verdict: Judgement) -> _Step:
        """Split a refused batch, if the operator has said for this account that we may."""
        numbers = tuple(message.number for message in rest)
        if verdict.next is Next.HALVE:
            self._size.was_too_large(max(2, len(numbers)))
            return _Step()
        if not await self._may_split():
            return _Step(end=_End(CampaignState.PAUSED, verdict.reason, verdict.words))
        stop = self._split.refused(numbers, verdict.words)
        if stop is not Reason.NONE:
            return _Step(end=_End(CampaignState.PAUSED, stop, verdict.words))
        return _Step()

    async def _may_split(self) -> bool:
        head = self._head
        return await self._worker.run(
            self._journal.has_answer, head.host, head.account, SPLIT_ALLOWED
        )

    async def _settle(self, number: int, outcome: Settlement, rest: int = 0) -> None:
        changes = await self._record(number, outcome)
        self._counts = await self._worker.run(self._journal.counts, self._head.code)
        reason = outcome.reason if rest else Reason.NONE
        self._report(Progress(self._head.code, number, changes, self._counts, 0.0, reason))

    async def _record(self, number: int, outcome: Settlement) -> tuple[Change, ...]:
        """Record an outcome; without room keep it in memory and try again until stopped."""
        while True:
            try:
                return await self._worker.run(
                    self._journal.settle, self._head.code, number, outcome
                )
            except UnwritableJournalError:
                if not self._is_wanted():
                    raise
            full = Reason.DISK_FULL
            self._report(Progress(self._head.code, number, (), self._counts, DISK_RETRY_S, full))
            await self._waits.wait(DISK_RETRY_S)

    async def _settle_unknown(self, number: int, batch: Sequence[Waiting], reason: Reason) -> _Step:
        await self._settle(number, Settlement({}, State.UNKNOWN, reason), len(batch))
        self._size.had_trouble(len(batch))
        return self._after_unknown(len(batch))

    def _after_unknown(self, unknown: int) -> _Step:
        if self._unknown.note(unknown, self._size.largest):
            return _Step(end=_End(CampaignState.PAUSED, Reason.TOO_MANY_UNKNOWN))
        return _Step()

    def _retry(self, reason: Reason, wait_s: float | None = None, how: Next = Next.RETRY) -> _Step:
        self._size.had_trouble(0)
        self._short_retries += how is Next.RETRY_TWICE
        patient = self._short_retries <= SHORT_RETRIES
        wait = self._backoff.next_s(wait_s or 0.0) if patient else None
        if wait is None:
            return _Step(end=_End(CampaignState.PAUSED, reason))
        return _Step(wait_s=wait, reason=reason)

    def _went_well(self, size: int) -> None:
        self._size.went_well(size)
        self._backoff.reset()
        self._throttled.reset()
        self._short_retries = 0
        self._unknown.note(0, size)
        self._split.accepted()

    def _learn_clock(self, answer: Answer) -> None:
        try:
            self._skew = parsedate_to_datetime(answer.date) - self._waits.now()
        except (TypeError, ValueError, OverflowError):
            return


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
