"""One run of one campaign, a batch at a time: intent, request, outcome."""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from itertools import takewhile

from cascade_desktop.core.campaign_file import Campaign, read_campaign
from cascade_desktop.core.drafts import stale_after_s
from cascade_desktop.core.outcome import NO_WORDS, Answer, Judgement, Next, judge
from cascade_desktop.core.plan import tracking_id
from cascade_desktop.core.schedule import FURTHEST, SOONEST
from cascade_desktop.core.states import Reason, State
from cascade_desktop.core.wire import WireMessage, encode_batch
from cascade_desktop.engine.batching import Absence
from cascade_desktop.engine.client import Client, NoAnswerError, NotSentError, StopError
from cascade_desktop.engine.course import Course, settlement_of
from cascade_desktop.engine.journal.schema import DamagedJournalError, UnwritableJournalError
from cascade_desktop.engine.journal.store import SPLIT_ALLOWED, Journal
from cascade_desktop.engine.journal.values import Change, Counts, Head, Settlement, Waiting
from cascade_desktop.engine.sending import GO_ON, Progress, Report, Step
from cascade_desktop.engine.splitting import find_named
from cascade_desktop.engine.waits import Waits
from cascade_desktop.engine.worker import Worker

DISK_RETRY_S, DISK_TRIES = 1.0, 10


@dataclass(frozen=True, slots=True)
class _Opened:
    """A batch whose intent is on the disk, and those of it who at the last moment may not leave."""

    batch: tuple[Waiting, ...]
    body: bytes
    number: int
    left_out: tuple[Change, ...]
    counts: Counts

    @property
    def under_way(self) -> tuple[Change, ...]:
        """Return where its messages stand while its outcome cannot be recorded."""
        return tuple(Change(m.row, State.SENDING, "", NO_WORDS, (), None) for m in self.batch)


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What leaves next if the batch under way is accepted whole, ready to be handed over."""

    size: int
    batch: tuple[Waiting, ...]
    body: bytes


class CampaignRun:
    """Takes a campaign's batches out, and brings their outcomes home."""

    def __init__(  # noqa: PLR0917
        self,
        head: Head,
        client: Client,
        journal: Journal,
        worker: Worker,
        waits: Waits,
        report: Report,
        is_wanted: Callable[[], bool],
        *,
        absence: Absence,
        knows_ids: bool,
    ) -> None:
        campaign = read_campaign(head.draft)
        if not isinstance(campaign, Campaign):
            raise DamagedJournalError(head.code)
        self._head = head
        self._draft = campaign.draft
        self._route = campaign.route
        self._client = client
        self._journal = journal
        self._worker = worker
        self._waits = waits
        self._report = report
        self._is_wanted = is_wanted
        self._course = Course(waits, head.counts.planned)
        self._stale_s = stale_after_s(campaign.draft)
        self._absence = absence
        self._knows_ids = knows_ids
        self._skew = timedelta(0)
        self._counts = head.counts
        self._looking: Future[_Ahead] | None = None
        self._ahead = _Ahead(0, (), b"")

    async def next_batch(self) -> tuple[Waiting, ...]:
        """Return what to send next: the pieces of a refused batch first."""
        looking, self._looking = self._looking, None
        while piece := self._course.next_piece():
            found = await self._worker.run(self._journal.waiting, self._head.code, piece)
            if found:
                return found
        if looking is not None:
            self._ahead = await asyncio.wrap_future(looking)
            if self._ahead.size == self._course.size:
                return self._ahead.batch
        return await self._worker.run(self._next_alike, self._course.size)

    def _next_alike(self, size: int) -> tuple[Waiting, ...]:
        return self._alike(self._journal.next_waiting(self._head.code, size))

    def _alike(self, batch: tuple[Waiting, ...]) -> tuple[Waiting, ...]:
        """Keep what leaves again apart from what leaves for the first time.

        One by one, where the service was seen to answer 409 to what it knows: only then does a 409
        tell which message it means.
        """
        if batch and batch[0].is_again and self._knows_ids:
            return batch[:1]
        again = bool(batch) and batch[0].is_again
        return tuple(takewhile(lambda message: message.is_again is again, batch))

    def is_late(self, batch: Sequence[Waiting]) -> bool:
        """Tell whether a schedule is too near or too far by the service's own clock (R12)."""
        now = self._waits.now()
        ahead = [message.at - now - self._skew for message in batch if message.at is not None]
        return any(not SOONEST <= time <= FURTHEST for time in ahead)

    def is_held_up(self) -> bool:
        """Tell whether so much time was lost that the operator must be asked (R10)."""
        return self._absence.is_long(self._stale_s)

    def tell_wait(self, step: Step) -> None:
        """Report a wait."""
        self._report(Progress(self._head.code, 0, (), self._counts, step.wait_s, step.reason))

    def tell(self, changes: tuple[Change, ...], counts: Counts) -> None:
        """Report what changed without a batch, if anything did."""
        if changes:
            self._counts = counts
            self._report(Progress(self._head.code, 0, changes, counts))

    async def attempt(self, batch: tuple[Waiting, ...]) -> Step:
        """Send one batch: intent, request, outcome."""
        opened = await self._worker.run(self._open, batch)
        self.tell(opened.left_out, opened.counts)
        if not opened.batch:
            return GO_ON
        stem, batch = self._head.id_stem, opened.batch
        ids = {tracking_id(stem, message.number): message.number for message in batch}
        looking = self._worker.start(self._look_ahead, self._course.size)
        verdict = await self._ask(opened.body, tuple(ids))
        may_split = verdict.next is Next.SPLIT and await self._may_split()
        outcome = settlement_of(batch, ids, verdict, may_split=may_split)
        rest = [number for number in ids.values() if number not in outcome.accepted]
        await self._settle(opened, outcome, len(rest))
        self._looking = None if rest else looking
        if not rest or outcome.resolution is not None:
            return self._course.went_well(len(batch))
        self._knows_ids |= verdict.reason is Reason.CONFLICT
        named = find_named(verdict.words, batch, tuple(ids)) if may_split else None
        return self._course.had_trouble(len(batch), rest, verdict, may_split=may_split, named=named)

    async def _ask(self, body: bytes, ids: tuple[str, ...]) -> Judgement:
        """Make the one request; whatever comes of it is a judgement."""
        try:
            answer = await self._client.send(self._route, body)
        except NotSentError as error:
            self._absence.not_heard()
            return Judgement({}, State.READY, Next.RETRY, error.reason)
        except StopError as error:
            return Judgement({}, State.READY, Next.STOP, error.reason)
        except NoAnswerError as error:
            return Judgement({}, State.UNKNOWN, Next.PROBE, error.reason)
        self._absence.heard()
        self._learn_clock(answer)
        return await self._worker.run(judge, answer, ids)

    def _open(self, batch: tuple[Waiting, ...]) -> _Opened:
        """Commit the intent to send those of a batch who may be messaged at this very moment.

        One call of the one worker: nobody can be put on the list between the look and the intent.
        A call or a code that was offered too long ago is given up (R12).
        """
        code = self._head.code
        numbers = [message.number for message in batch]
        left = self._journal.leave_out_stopped(code, numbers)
        if self._stale_s is not None:
            offered_before = self._waits.now() - timedelta(seconds=self._stale_s)
            left += self._journal.give_up_stale(code, numbers, offered_before)
        rows = {change.row for change in left}
        kept = tuple(message for message in batch if message.row not in rows) if left else batch
        counts = self._journal.counts(code) if left else self._counts
        if not kept or not self._is_wanted():  # the worker may have been busy for long
            return _Opened((), b"", 0, left, counts)
        body = self._ahead.body if kept is self._ahead.batch else self._encode(kept)
        numbers = [message.number for message in kept]
        number = self._journal.open_batch(code, numbers, hashlib.sha256(body).hexdigest())
        return _Opened(kept, body, number, left, counts)

    def _look_ahead(self, size: int) -> _Ahead:
        """Prepare the next batch while the service works on this one; who may get it is asked anew.

        Only what is accepted whole leaves it as it is: whatever comes back is ready again.
        """
        batch = self._next_alike(size)
        return _Ahead(size, batch, self._encode(batch) if batch else b"")

    def _encode(self, batch: Sequence[Waiting]) -> bytes:
        stem = self._head.id_stem
        return encode_batch(
            self._draft,
            (WireMessage(tracking_id(stem, m.number), m.phone, m.text, m.at) for m in batch),
        )

    async def _may_split(self) -> bool:
        head = self._head
        return await self._worker.run(
            self._journal.has_answer, head.host, head.account, SPLIT_ALLOWED
        )

    async def _settle(self, opened: _Opened, outcome: Settlement, rest: int) -> None:
        changes = await self._record(opened, outcome)
        self._counts = await self._worker.run(self._journal.counts, self._head.code)
        reason = outcome.reason if rest else Reason.NONE
        self._report(Progress(self._head.code, opened.number, changes, self._counts, 0.0, reason))

    async def _record(self, opened: _Opened, outcome: Settlement) -> tuple[Change, ...]:
        """Record an outcome; without room keep it in memory and try again.

        Who pauses or stops meanwhile gives it ten seconds more: unrecorded, it will be unknown.
        """
        code, full, patience = self._head.code, Reason.DISK_FULL, DISK_TRIES
        while True:
            try:
                return await self._worker.run(self._journal.settle, code, opened.number, outcome)
            except UnwritableJournalError:
                stands = opened.under_way
                self._report(
                    Progress(code, opened.number, stands, self._counts, DISK_RETRY_S, full)
                )
                patience = DISK_TRIES if self._is_wanted() else patience - 1
                if not patience:
                    raise
            await self._waits.wait(DISK_RETRY_S)

    def _learn_clock(self, answer: Answer) -> None:
        try:
            self._skew = parsedate_to_datetime(answer.date) - self._waits.now()
        except (TypeError, ValueError, OverflowError):
            return
