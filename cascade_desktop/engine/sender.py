"""Send a campaign a batch at a time: intent, request, outcome; never twice, never silent.

Rules R1-R12 of sending-policy.md. What an answer means is `core.outcome`'s; what follows from it
`engine.course`'s; what is recorded the journal's; how large and how fast `engine.batching`'s.
"""

from collections.abc import Awaitable, Callable

from cascade_desktop.core.states import CampaignState, Reason
from cascade_desktop.engine.batching import PACE_PER_S, TOLD_FROM_S, Absence, Pace
from cascade_desktop.engine.campaign_run import HAND_ON_FROM, CampaignRun
from cascade_desktop.engine.client import Client
from cascade_desktop.engine.journal.schema import MovedJournalError, UnwritableJournalError
from cascade_desktop.engine.journal.standing import FrozenJournalError
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.journal.values import Head
from cascade_desktop.engine.sending import End, Ending, Progress, Report, Step
from cascade_desktop.engine.waits import Hold, Waits
from cascade_desktop.engine.worker import Worker


class OtherTargetError(Exception):
    """The campaign was made for another service or account."""


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
        hand_on_from: int = HAND_ON_FROM,
        begin: Callable[[], Awaitable[Reason]],
    ) -> None:
        self._journal = journal
        self._begin = begin
        self._hand_on_from = hand_on_from
        self._client = client
        self._worker = worker
        self._waits = waits or Waits()
        self._pace = Pace(self._waits, pace_per_s)
        self._absence = Absence(self._waits)
        self._wish: End | None = None
        self._holds: set[Hold] = set()
        self._sending: CampaignRun | None = None

    @property
    def under_way(self) -> bool:
        """Tell whether a batch is being sent or settled at this moment."""
        return self._sending is not None and self._sending.is_under_way

    def pause(self) -> None:
        """End after the batch that is under way; the rest can be resumed."""
        self._wish = End(CampaignState.PAUSED, Reason.OPERATOR_PAUSED)

    def hold(self, *, on: bool, why: Hold = Hold.ASKED) -> None:
        """Let nothing more leave for now; the batch under way still ends."""
        (self._holds.add if on else self._holds.discard)(why)
        if why is Hold.ASKED:
            self._absence.begin()

    def stop(self) -> None:
        """End after the batch that is under way, for good unless the operator resumes."""
        self._wish = End(CampaignState.STOPPED, Reason.OPERATOR_STOPPED)

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
            ending = End(CampaignState.PAUSED, Reason.DISK_FULL)
        except MovedJournalError:
            ending = End(CampaignState.PAUSED, Reason.DATA_MOVED)
        except FrozenJournalError:
            why = await self._worker.run(self._journal.standing)
            ending = End(CampaignState.PAUSED, why or Reason.OLDER_COPY)
        return await self._finish(code, ending, report)

    async def _run(self, code: str, report: Report) -> End:
        if why := await self._begin():
            return End(CampaignState.PAUSED, why)
        await self._cut_off(code, report)
        left = await self._worker.run(self._journal.leave_out_stopped, code)
        head = await self._worker.run(self._journal.head, code)
        known = await self._worker.run(self._journal.was_answered, code, Reason.CONFLICT)
        self._absence.begin()
        run = CampaignRun(
            head,
            self._client,
            self._journal,
            self._worker,
            self._waits,
            report,
            self._is_wanted,
            absence=self._absence,
            knows_ids=known,
            hand_on_from=self._hand_on_from,
        )
        await self._worker.run(self._journal.set_state, code, CampaignState.RUNNING)
        run.tell(left, head.counts)
        self._sending = run
        try:
            return await self._send_all(run)
        finally:
            await run.bring_home()

    def _is_wanted(self) -> bool:
        return self._wish is None

    def _refuse_other_target(self, head: Head) -> None:
        client = self._client
        if (head.host, head.account) != (client.target.host, client.keys.fingerprint):
            raise OtherTargetError(head.host)

    async def _send_all(self, run: CampaignRun) -> End:
        while batch := await run.next_batch():
            wait_s = self._pace.delay_s(len(batch))
            if wait_s or self._holds:
                await run.bring_home()
            await self._keep_pace(run, wait_s)
            if self._wish is not None:
                return self._wish
            if run.is_late(batch):
                return End(CampaignState.PAUSED, Reason.SCHEDULE_PASSED)
            if run.is_held_up():
                return End(CampaignState.PAUSED, Reason.LONG_AWAY)
            step = await run.attempt(batch)
            if step.end is not None:
                return step.end
            await self._take_breath(run, step)
        return End(CampaignState.FINISHED, Reason.NONE)

    async def _keep_pace(self, run: CampaignRun, wait_s: float) -> None:
        if wait_s >= TOLD_FROM_S and self._is_wanted():
            why = Reason.TOO_FAST if self._pace.is_slowed else Reason.OWN_PACE
            run.tell_wait(Step(wait_s, why))
        await self._sleep(wait_s)

    async def _take_breath(self, run: CampaignRun, step: Step) -> None:
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

    async def _finish(self, code: str, end: End, report: Report) -> Ending:
        """Record how a run ended; a batch whose outcome found no room is uncertain by now."""
        try:
            await self._cut_off(code, report)
            await self._worker.run(self._journal.set_state, code, end.state, end.reason, end.words)
        except UnwritableJournalError:
            if end.reason is not Reason.DATA_MOVED:
                end = End(CampaignState.PAUSED, Reason.DISK_FULL)
        counts = await self._worker.run(self._journal.counts, code)
        return Ending(code, end.state, end.reason, end.words, counts)

    async def _cut_off(self, code: str, report: Report) -> None:
        """Let what is still being sent while nothing is under way be uncertain, and tell of it."""
        changes = await self._worker.run(self._journal.interrupt, code)
        if changes:
            counts = await self._worker.run(self._journal.counts, code)
            report(Progress(code, 0, changes, counts, 0.0, Reason.INTERRUPTED))
