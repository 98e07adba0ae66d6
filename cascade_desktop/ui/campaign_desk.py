"""The campaign under way: recorded, held for an undo, sent, settled; the results follow it."""

import asyncio
import secrets
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from cascade_desktop.core.plan import CODE_BYTES, make_code
from cascade_desktop.core.preparation import Prepared
from cascade_desktop.core.report import Report
from cascade_desktop.core.states import CampaignState, Reason, Resolution
from cascade_desktop.engine.account import Account
from cascade_desktop.engine.comeback import comes_back_until, is_unfinished, wait_for_service
from cascade_desktop.engine.journal.schema import DamagedJournalError, UnwritableJournalError
from cascade_desktop.engine.journal.store import SPLIT_ALLOWED
from cascade_desktop.engine.journal.values import Entry, Head
from cascade_desktop.engine.power import Power
from cascade_desktop.engine.sender import OtherTargetError, Sender
from cascade_desktop.engine.sending import Progress
from cascade_desktop.engine.sending_log import run_logged
from cascade_desktop.engine.workspace import Workspace
from cascade_desktop.ui.answer_watch import AnswerWatch
from cascade_desktop.ui.report_desk import ReportDesk
from cascade_desktop.ui.tasks import Tasks

UNDO_S = 10
UNDO_STEPS = 10
DRAIN_MS, DRAINED_MS = 50, 200
"""So soon the window hears of outcomes, and so long not of others: each time it lays itself out."""
DRAIN_MOST = 2000
CLOSE_WAIT_S = 15.0


class CampaignDesk(QObject):
    """Runs one campaign at a time for an account, and tells the results page."""

    opened = Signal(object, object)
    """Emits the Head of the campaign to show and the list of its Entries."""
    settled = Signal(object)
    """Emits a Progress: what a batch changed."""
    undo_ticked = Signal(int)
    """Emits the seconds left in which nothing has left yet."""
    undone = Signal()
    began = Signal(object)
    """Emits the Head when the first byte may leave."""
    ended = Signal(object)
    """Emits the Head when a run is over, whatever its state."""
    answer_awaited = Signal(object)
    """Emits the Silence of a service that owes an answer and takes its time."""
    comes_back = Signal(object)
    """Emits until when a paused campaign goes on by itself; None when it will not any more."""
    refused = Signal(object)
    """Emits a Reason or a ReportProblem: something could not be done."""
    frozen = Signal(object)
    """Emits the Reason why nothing may be sent from this data folder."""
    report_saved = Signal(object)
    """Emits the Path of a report."""
    heads_read = Signal(object)
    """Emits the Heads of all campaigns."""

    def __init__(
        self,
        tasks: Tasks,
        account: Account,
        workspace: Workspace,
        make_report: Callable[..., Report],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.account = account
        self._space = workspace
        self._reports = ReportDesk(tasks, workspace.folder, make_report, self)
        self._reports.saved.connect(self.report_saved)
        self._reports.refused.connect(self.refused)
        self._outcomes: deque[Progress] = deque()
        self._work: asyncio.Task[None] | None = None
        self._comeback: asyncio.Task[None] | None = None
        self._sender: Sender | None = None
        self._watch = AnswerWatch(workspace.waits)
        self.is_held = self._undone = False  # held: nothing has left yet, and undo is offered
        self._closing = False
        self._end_trial: Callable[[], None] | None = None
        self.is_trying = False  # what is being sent is a test
        self.code = ""
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._drain)

    @property
    def is_sending(self) -> bool:
        """Tell whether a campaign, or a test, is held, running or being settled."""
        return self._work is not None and not self._work.done()

    def start(self, prepared: Prepared) -> bool:
        """Record what was agreed in the review, hold it for an undo, then send it.

        False when another campaign is under way: nothing was done.
        """
        return self._begin(self._start(prepared))

    def lend(self, work: Coroutine[Any, Any, None], end: Callable[[], None]) -> bool:
        """Let a test, which ``end`` ends on closing, run; False while a campaign is or will be."""
        if self._comeback is None:
            return self._begin(work, end)
        work.close()
        return False

    def undo(self) -> None:
        """Take it back while nothing has left."""
        self._undone = self.is_held

    def pause(self) -> None:
        """End after the batch that is under way; what would go on by itself waits from now on."""
        if self._sender is not None:
            self._sender.pause()
        elif self._comeback is not None:
            self._wait_no_more()
            self.comes_back.emit(None)

    def hold(self, *, on: bool) -> None:
        """Let nothing more leave while the operator is asked something."""
        if self._sender is not None:
            self._sender.hold(on=on)
        elif on:
            self.pause()

    def stop(self) -> None:
        """End after the batch that is under way, for good unless it is continued."""
        if self._sender is not None:
            self._sender.stop()
        elif self.code:
            self._begin(self._stop_paused(self.code))

    def go_on(self) -> None:
        """Send what is left of the campaign that is shown."""
        if self.code:
            self._begin(self._run(self.code))

    def allow_split(self) -> None:
        """Remember that a refused batch may be searched for its bad message, and go on."""
        if self.code:
            self._begin(self._allow_split(self.code))

    def decide(self, choice: Resolution, count: int) -> None:
        """Settle the uncertain messages; re-sending goes on at once."""
        if self.code:
            self._begin(self._decide(self.code, choice, count))

    def show(self, code: str) -> None:
        """Show a campaign of the journal."""
        self._tasks.spawn(self._show_when_idle(code))

    def show_unfinished(self) -> None:
        """Show the latest campaign that was interrupted or left something undecided."""
        self._tasks.spawn(self._show_unfinished())

    def read_heads(self) -> None:
        """Read what the history lists."""
        self._tasks.spawn(self._read_heads())

    def save_report(self, path: Path) -> None:
        """Write the results of the campaign that is shown; sending goes on meanwhile."""
        if self.code:
            self._reports.save(self.code, path, practice=self.account.practice)

    async def close(self, wait_s: float = CLOSE_WAIT_S) -> None:
        """Finish the batch that is under way and stop; after 15 s it is left to the next start.

        A campaign that is still held for an undo stays, with everything waiting. Who has less
        time calls once more.
        """
        self._closing = True
        self._wait_no_more()
        self.pause()
        if self._end_trial is not None:
            self._end_trial()
        if self._work is not None and not self._work.done():
            await asyncio.wait({self._work}, timeout=wait_s)
            self._work.cancel()
            await asyncio.wait({self._work})
        self._timer.stop()
        await self._space.worker.run(self._reports.close)

    def _begin(
        self, work: Coroutine[Any, Any, None], end: Callable[[], None] | None = None
    ) -> bool:
        """Start the one thing that may be under way at a time."""
        if self.is_sending or self._closing:
            work.close()
            return False
        self._wait_no_more()
        self.is_held = self._undone = False
        self._end_trial, self.is_trying = end, end is not None
        self._work = self._tasks.spawn(work)
        return True

    def _wait_no_more(self) -> None:
        if self._comeback is not None:
            self._comeback.cancel()
            self._comeback = None

    async def _start(self, prepared: Prepared) -> None:
        if await self._is_frozen():
            return
        worker, code = self._space.worker, make_code(secrets.token_bytes(CODE_BYTES))
        try:
            await worker.run(self._record, prepared, code)
            await self._show(code)
            self.is_held = True
            if await self._held_for_undo():
                await self._run(code)
            if self._undone:
                await worker.run(self._space.journal.deleting.undone, code)
                self.code = ""
                self.undone.emit()
            elif self.is_held and not self._closing:  # it may not leave: nothing is left to undo
                await self._show(code)
        except UnwritableJournalError:
            self.refused.emit(Reason.DISK_FULL)

    async def _held_for_undo(self) -> bool:
        """Count down the seconds in which nothing has left; False when it shall not leave."""
        for left in range(UNDO_S, 0, -1):
            self.undo_ticked.emit(left)
            for _ in range(UNDO_STEPS):
                await self._space.waits.wait(1.0 / UNDO_STEPS)
                if self._undone or self._closing:
                    return False
        return True

    async def _is_frozen(self) -> bool:
        why = await self._space.may_send()
        if why is not Reason.NONE:
            self.frozen.emit(why)
        return why is not Reason.NONE

    async def _run(self, code: str) -> None:
        if await self._is_frozen():
            return
        head = await self._head(code)
        if self._undone:
            return
        self.is_held = False
        account = self.account
        client = self._space.client(account.target, account.keys, account.proxy)
        sender = self._sender = self._space.sender(client, pace_per_s=account.pace_per_s)
        self._timer.start(DRAIN_MS)
        settled = False
        try:
            self.began.emit(head)
            if self._closing:
                sender.pause()
            async with Power().awake(sender):
                await run_logged(sender, code, self._outcomes.append)
            settled = True
        except OtherTargetError:
            settled = True
            self.refused.emit(Reason.OTHER_TARGET)
        finally:
            self._sender = None
            self._timer.stop()
            await client.aclose()
            head = await self._space.worker.run(self._ended, head, settled=settled)
            while self._outcomes:
                self._drain()
                await asyncio.sleep(0)  # the window breathes in between
            self.ended.emit(head)
            until = comes_back_until(head, self._space.waits.now())
            if until is not None and not self._closing:
                self._comeback = self._tasks.spawn(self._come_back(code, until))

    async def _come_back(self, code: str, until: datetime) -> None:
        """Go on with a paused campaign when the service answers again, while it is shown (R10)."""
        self.comes_back.emit(until)
        account, waits = self.account, self._space.waits
        client = self._space.client(account.target, account.keys, account.proxy)
        try:
            is_back = await wait_for_service(client, waits, until)
        finally:
            await client.aclose()
        self._comeback = None
        self.comes_back.emit(None)
        if is_back and self.code == code:
            self.go_on()

    async def _stop_paused(self, code: str) -> None:
        stopped = CampaignState.STOPPED, Reason.OPERATOR_STOPPED
        try:
            await self._space.worker.run(self._space.journal.set_state, code, *stopped)
        except UnwritableJournalError:
            self.refused.emit(Reason.DISK_FULL)
            return
        self.ended.emit(await self._head(code))

    async def _allow_split(self, code: str) -> None:
        journal, account = self._space.journal, self.account
        answer = account.target.host, account.keys.fingerprint, SPLIT_ALLOWED
        try:
            await self._space.worker.run(journal.remember_answer, *answer)
        except UnwritableJournalError:
            self.refused.emit(Reason.DISK_FULL)
            return
        await self._run(code)

    async def _decide(self, code: str, choice: Resolution, count: int) -> None:
        try:
            await self._space.worker.run(self._space.journal.resolve, code, choice, count)
        except ValueError:
            await self._show(code)
            return
        except UnwritableJournalError:
            self.refused.emit(Reason.DISK_FULL)
            return
        await self._show(code)
        if choice is Resolution.RESENT:
            await self._run(code)

    async def _show_unfinished(self) -> None:
        heads = await self._space.worker.run(self._space.journal.heads)
        head = next(filter(is_unfinished, heads), None)
        if head is not None:
            await self._show_when_idle(head.code)

    async def _read_heads(self) -> None:
        self.heads_read.emit(await self._space.worker.run(self._space.journal.heads))

    async def _show_when_idle(self, code: str) -> None:
        """Show a campaign, unless another began meanwhile: that one must stay in sight."""
        head, entries = await self._space.worker.run(self._load, code)
        if not self.is_sending:
            self._wait_no_more()
            self.code = code
            self.opened.emit(head, entries)

    async def _show(self, code: str) -> None:
        head, entries = await self._space.worker.run(self._load, code)
        self.code = code
        self.opened.emit(head, entries)

    async def _head(self, code: str) -> Head:
        return await self._space.worker.run(self._space.journal.head, code)

    def _record(self, prepared: Prepared, code: str) -> None:
        edits = prepared.composition.recipients.choice.edits
        self._space.journal.create(
            prepared.plan(code),
            replace(prepared.campaign, edits=edits),
            host=self.account.target.host,
            account=self.account.keys.fingerprint,
            given=prepared.given,
        )

    def _ended(self, began: Head, *, settled: bool) -> Head:
        """Return where a campaign stands, as far as its journal still tells."""
        journal = self._space.journal
        try:
            if not settled:
                journal.set_state(began.code, CampaignState.PAUSED, Reason.INTERRUPTED)
            return journal.head(began.code)
        except DamagedJournalError:
            return replace(began, state=CampaignState.PAUSED, reason=Reason.DAMAGED_DATA)
        except UnwritableJournalError:
            return replace(began, state=CampaignState.PAUSED, reason=Reason.DISK_FULL)

    def _load(self, code: str) -> tuple[Head, list[Entry]]:
        return self._space.journal.head(code), list(self._space.journal.entries(code))

    def _drain(self) -> None:
        """Hand outcomes to the window, so many rows at a time that it never stutters."""
        rows, heard = 0, bool(self._outcomes)
        while self._outcomes and rows < DRAIN_MOST:
            progress = self._outcomes.popleft()
            rows += len(progress.changes)
            self.settled.emit(progress)
        self._timer.setInterval(DRAINED_MS if heard else DRAIN_MS)
        under_way = self._sender is not None and self._sender.under_way
        silence = self._watch.look(under_way=under_way, heard=heard)
        if silence is not None:
            self.answer_awaited.emit(silence)
