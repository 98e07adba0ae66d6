"""Tests under way: sent in the place of the one campaign, told as they end."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from cascade_desktop.core.states import Reason, State
from cascade_desktop.core.trial import Trial
from cascade_desktop.engine.journal.trials import TrialOutcome
from cascade_desktop.engine.sending import Progress
from cascade_desktop.engine.trial_sender import TrialSender
from cascade_desktop.engine.workspace import Workspace
from cascade_desktop.ui.answer_watch import AnswerWatch
from cascade_desktop.ui.campaign_desk import CampaignDesk
from cascade_desktop.ui.tasks import Tasks

LOOK_MS = 200


class TrialDesk(QObject):
    """Sends tests for the account of a campaign desk, one message after another."""

    waits = Signal(object)
    """Emits the Progress of a test that waits."""
    answer_awaited = Signal(object)
    """Emits the Silence of a service that owes an answer and takes its time."""
    settled = Signal(object)
    """Emits a TrialOutcome."""
    ended = Signal()

    def __init__(self, tasks: Tasks, desk: CampaignDesk, workspace: Workspace) -> None:
        super().__init__(desk)
        self._tasks = tasks
        self._desk = desk
        self._space = workspace
        self._sender: TrialSender | None = None
        self._watch = AnswerWatch(workspace.waits)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def is_under_way(self) -> bool:
        """Tell whether a test is being sent."""
        return self._sender is not None

    def start(self, trials: Sequence[Trial]) -> bool:
        """Send tests; False while a campaign, or another test, has the way."""
        return self._desk.lend(self._send(tuple(trials)), self.stop)

    def stop(self) -> None:
        """Let nothing leave any more; what is under way still ends."""
        if self._sender is not None:
            self._sender.stop()

    def ask_book(
        self, answer: Callable[[tuple[str, ...], TrialOutcome | None, frozenset[str]], None]
    ) -> None:
        """Tell which numbers tests went to, what became of one cut short, and who is stopped."""
        self._tasks.spawn(self._read(answer))

    async def _read(
        self, answer: Callable[[tuple[str, ...], TrialOutcome | None, frozenset[str]], None]
    ) -> None:
        worker, journal = self._space.worker, self._space.journal
        numbers = await worker.run(journal.trials.numbers)
        latest = await worker.run(journal.trials.latest)
        stopped = await worker.run(journal.stop_list.phones)
        answer(numbers, latest if latest is not None and _is_cut_short(latest) else None, stopped)

    async def _send(self, trials: Sequence[Trial]) -> None:
        sender = self._sender = TrialSender(self._space, self._desk.account)
        self._timer.start()
        try:
            for trial in trials:
                self.settled.emit(await sender.send(trial, self._note))
        finally:
            self._timer.stop()
            self._sender = None
            self.ended.emit()

    def _note(self, progress: Progress) -> None:
        if progress.waiting_s:
            self.waits.emit(progress)

    def _look(self) -> None:
        under_way = self._sender is not None and self._sender.under_way
        silence = self._watch.look(under_way=under_way, heard=False)
        if silence is not None:
            self.answer_awaited.emit(silence)


def _is_cut_short(outcome: TrialOutcome) -> bool:
    return outcome.state is State.UNKNOWN and outcome.reason is Reason.INTERRUPTED
