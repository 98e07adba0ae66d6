"""One run of one campaign, a batch at a time: intent, request, outcome."""

import asyncio
import hashlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
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
from cascade_desktop.engine.batching import CAUTIOUS, Absence
from cascade_desktop.engine.client import Client, ClientError, NotSentError, StopError
from cascade_desktop.engine.course import Course, settlement_of
from cascade_desktop.engine.journal.schema import DamagedJournalError, UnwritableJournalError
from cascade_desktop.engine.journal.store import SPLIT_ALLOWED, Journal
from cascade_desktop.engine.journal.values import (
    Answered,
    Change,
    Counts,
    Head,
    Settlement,
    Waiting,
)
from cascade_desktop.engine.sending import GO_ON, Progress, Report, Step
from cascade_desktop.engine.splitting import find_named
from cascade_desktop.engine.waits import Waits
from cascade_desktop.engine.worker import Worker

PATIENCE_S = 0.1
"""How long a request may take to leave before the journal's work begins all the same."""
DISK_RETRY_S, DISK_TRIES = 1.0, 10
HAND_ON_FROM = CAUTIOUS
"""How large a batch must be for its rows to hold up the next one, which waits for nothing else."""


@dataclass(frozen=True, slots=True)
class _Parcel:
    """What one request holds."""

    batch: tuple[Waiting, ...]
    ids: Mapping[str, int]
    """Tracking id → the message's place in the plan."""
    body: bytes
    sha256: str

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return the places of its messages in the plan."""
        return tuple(self.ids.values())


_NOTHING = _Parcel((), {}, b"", "")


@dataclass(frozen=True, slots=True)
class _Opened:
    """A batch whose intent is on the disk, and those of it who at the last moment may not leave."""

    parcel: _Parcel
    number: int
    left_out: tuple[Change, ...]
    counts: Counts

    @property
    def under_way(self) -> tuple[Change, ...]:
        """Return where its messages stand while its outcome cannot be recorded."""
        rows = (message.row for message in self.parcel.batch)
        return tuple(Change(row, State.SENDING, "", NO_WORDS, (), None) for row in rows)


@dataclass(frozen=True, slots=True)
class _Taken:
    """A batch that was accepted whole, as long as that is not on the disk or not told."""

    opened: _Opened
    outcome: Settlement


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What leaves next if the batch under way is accepted whole, ready to be handed over."""

    size: int
    parcel: _Parcel


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
        hand_on_from: int,
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
        self._ahead = _Ahead(0, _NOTHING)
        self._hand_on_from = hand_on_from
        self._unrecorded: _Taken | None = None
        self._untold: list[_Taken] = []
        self.is_under_way = False

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
                return self._ahead.parcel.batch
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
        """Send one batch: intent, request, outcome.

        What became of a large one is recorded with the next intent, or by `bring_home`.
        """
        self.is_under_way = True
        try:
            return await self._attempt(batch)
        finally:
            self.is_under_way = self._unrecorded is not None

    async def bring_home(self) -> None:
        """Record what is not on the disk yet: nothing leaves at once."""
        taken, self._unrecorded = self._unrecorded, None
        try:
            if taken is not None:
                await self._settle(taken.opened, taken.outcome, 0)
        finally:
            await self._tell_taken()
            self.is_under_way = False

    async def _attempt(self, batch: tuple[Waiting, ...]) -> Step:
        opened = await self._worker.run(self._open, batch)
        self.tell(opened.left_out, opened.counts)
        parcel = opened.parcel
        if not parcel.batch:
            return GO_ON
        if self._unrecorded is not None:  # it is now, with this intent
            self._untold.append(self._unrecorded)
            self._unrecorded = None
        verdict, meanwhile = await self._exchange(parcel)
        may_split = verdict.next is Next.SPLIT and await self._may_split()
        outcome = settlement_of(parcel.batch, parcel.ids, verdict, may_split=may_split)
        rest = [number for number in parcel.numbers if number not in outcome.accepted]
        size = len(parcel.batch)
        if not rest and size >= self._hand_on_from:
            self._unrecorded = _Taken(opened, outcome)
        else:
            await self._settle(opened, outcome, len(rest))
        looking = meanwhile.result()  # whatever went wrong there cost no answer
        self._looking = None if rest else looking
        if not rest or outcome.resolution is not None:
            return self._course.went_well(size)
        self._knows_ids |= verdict.reason is Reason.CONFLICT
        named = find_named(verdict.words, parcel.batch, tuple(parcel.ids)) if may_split else None
        return self._course.had_trouble(size, rest, verdict, may_split=may_split, named=named)

    async def _exchange(
        self, parcel: _Parcel
    ) -> tuple[Judgement, "asyncio.Future[Future[_Ahead]]"]:
        """Make the request, and the journal's work that is left for while the service does its."""
        has_left = asyncio.Event()
        meanwhile = asyncio.ensure_future(self._meanwhile(has_left))
        try:
            came = await self._ask(parcel, has_left)
        finally:
            has_left.set()
            await asyncio.wait({meanwhile})
            if not meanwhile.cancelled():
                meanwhile.exception()  # seen: where the outcome fails too, that is what is told
        return await self._judge(came, parcel), meanwhile

    async def _meanwhile(self, has_left: asyncio.Event) -> Future[_Ahead]:
        with suppress(TimeoutError):  # a way that takes long to open holds nothing up
            await asyncio.wait_for(has_left.wait(), PATIENCE_S)
        await self._tell_taken()
        return self._worker.start(self._look_ahead, self._course.size)

    async def _ask(self, parcel: _Parcel, has_left: asyncio.Event) -> Answer | ClientError:
        """Make the one request; return what came of it."""
        try:
            return await self._client.send(self._route, parcel.body, has_left)
        except ClientError as error:
            return error

    async def _judge(self, came: Answer | ClientError, parcel: _Parcel) -> Judgement:
        """Return what follows; whatever came of a request is a judgement."""
        match came:
            case NotSentError():
                self._absence.not_heard()
                return Judgement({}, State.READY, Next.RETRY, came.reason)
            case StopError():
                return Judgement({}, State.READY, Next.STOP, came.reason)
            case ClientError():
                return Judgement({}, State.UNKNOWN, Next.PROBE, came.reason)
            case Answer():
                self._absence.heard()
                self._learn_clock(came)
                return await self._worker.run(judge, came, parcel.ids)

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
            return _Opened(_NOTHING, 0, left, counts)
        parcel = self._ahead.parcel if kept is self._ahead.parcel.batch else self._pack(kept)
        taken = self._unrecorded
        before = None if taken is None else Answered(taken.opened.number, taken.outcome)
        number = self._journal.open_batch(code, parcel.numbers, parcel.sha256, before)
        return _Opened(parcel, number, left, counts)

    def _look_ahead(self, size: int) -> _Ahead:
        """Prepare the next batch while the service works on this one; who may get it is asked anew.

        Only what is accepted whole leaves it as it is: whatever comes back is ready again.
        """
        batch = self._next_alike(size)
        if not batch:
            return _Ahead(size, _NOTHING)
        parcel = self._pack(batch)
        self._journal.prepare(parcel.ids)
        return _Ahead(size, parcel)

    def _pack(self, batch: tuple[Waiting, ...]) -> _Parcel:
        stem = self._head.id_stem
        ids = {tracking_id(stem, message.number): message.number for message in batch}
        messages = (
            WireMessage(name, m.phone, m.text, m.at) for name, m in zip(ids, batch, strict=True)
        )
        body = encode_batch(self._draft, messages)
        return _Parcel(batch, ids, body, hashlib.sha256(body).hexdigest())

    async def _may_split(self) -> bool:
        head = self._head
        return await self._worker.run(
            self._journal.has_answer, head.host, head.account, SPLIT_ALLOWED
        )

    async def _settle(self, opened: _Opened, outcome: Settlement, rest: int) -> None:
        changes = await self._record(opened, outcome)
        await self._tell_taken()
        self._counts = await self._worker.run(self._journal.counts, self._head.code)
        reason = outcome.reason if rest else Reason.NONE
        self._report(Progress(self._head.code, opened.number, changes, self._counts, 0.0, reason))

    async def _tell_taken(self) -> None:
        """Tell of what was recorded with the intent of the next batch, once its rows are."""
        code = self._head.code
        while self._untold:
            opened = self._untold[0].opened
            try:
                changes = await self._worker.run(
                    self._journal.accepted, code, opened.parcel.numbers
                )
            except UnwritableJournalError:
                return  # the next outcome brings it home
            self._untold.pop(0)
            self._counts = await self._worker.run(self._journal.counts, code)
            self._report(Progress(code, opened.number, changes, self._counts))

    async def _record(self, opened: _Opened, outcome: Settlement) -> tuple[Change, ...]:
        """Record an outcome; without room keep it in memory and try again.

        Who pauses or stops meanwhile gives it ten seconds more: unrecorded, it will be unknown.
        """
        code, full, patience = self._head.code, Reason.DISK_FULL, DISK_TRIES
        while True:
            try:
                return await self._worker.run(self._write, opened, outcome)
            except UnwritableJournalError:
                stands = opened.under_way
                self._report(
                    Progress(code, opened.number, stands, self._counts, DISK_RETRY_S, full)
                )
                patience = DISK_TRIES if self._is_wanted() else patience - 1
                if not patience:
                    raise
            await self._waits.wait(DISK_RETRY_S)

    def _write(self, opened: _Opened, outcome: Settlement) -> tuple[Change, ...]:
        """Record an outcome, unless that was done with an intent that was then taken back."""
        code = self._head.code
        changes = self._journal.settle(code, opened.number, outcome)
        return changes or self._journal.accepted(code, opened.parcel.numbers)

    def _learn_clock(self, answer: Answer) -> None:
        try:
            self._skew = parsedate_to_datetime(answer.date) - self._waits.now()
        except (TypeError, ValueError, OverflowError):
            return
