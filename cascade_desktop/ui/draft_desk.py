"""The draft that is being written, put together with the list: exact, and never out of date."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.composition import Composition
from cascade_desktop.core.consent import Unheeded
from cascade_desktop.core.drafts import ADVERTISING
from cascade_desktop.core.preparation import Prepared, renew
from cascade_desktop.core.problems import NobodyToSend
from cascade_desktop.core.recipients import Recipients
from cascade_desktop.core.sms_summary import SmsSummary
from cascade_desktop.engine.tables.quick_composition import QuickComposer
from cascade_desktop.engine.waits import Waits
from cascade_desktop.engine.worker import Worker
from cascade_desktop.ui.recipient_groups_model import RowGroups, group_rows
from cascade_desktop.ui.tasks import Tasks

SETTLE_MS = 40
"""So long nothing may be edited before it is counted: keys that come at once are one edit."""


@dataclass(frozen=True, slots=True)
class Composed:
    """What a draft comes to for the list that is open."""

    prepared: Prepared
    sms: SmsSummary
    groups: RowGroups
    """What becomes of every row; without the message while that is wrong itself."""
    reach: Composition | None = None
    """Who would get it while the message is wrong, where a list says who agreed."""
    unheeded: Unheeded | None = None
    """Of an advertising message: who gets it though a likely column has no yes of theirs."""


class DraftDesk(QObject):
    """Recomputes after every edit, off the screen's thread; an older result never shows."""

    composed = Signal(object)
    """Emits a Composed, or None while there is no list, or another one than the draft's own."""

    def __init__(
        self,
        tasks: Tasks,
        waits: Waits,
        campaign: Callable[[], Campaign],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._waits = waits
        self._campaign = campaign
        self._worker = Worker()
        self._quick = QuickComposer()
        self._recipients: Recipients | None = None
        self._latest = 0
        self._held = False
        self.is_awaiting: Callable[[], bool] = lambda: False
        """Tells whether the list on the screen is not the one that the draft is for."""
        self.current: Composed | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self._recompute)

    def set_recipients(self, recipients: Recipients | None) -> None:
        """Take another list."""
        self._recipients = recipients
        self.touch()

    def hold(self, held: bool) -> None:
        """Compose nothing while a decision about the list is on its way: its people may go."""
        self._held = held
        self.touch()

    def touch(self) -> None:
        """Note that something was edited; what was composed before counts no more."""
        self.current = None
        self._latest += 1
        self._timer.start()

    def rest(self) -> None:
        """Compute nothing any more, whatever is edited; to be called on the screen's thread."""
        self._timer.stop()
        self._timer.timeout.disconnect(self._recompute)

    def close(self) -> None:
        """End the thread."""
        self._worker.close()

    def _recompute(self) -> None:
        if self._held:
            return
        if self._recipients is None or self.is_awaiting():
            self.composed.emit(None)
            return
        self._tasks.spawn(self._compose(self._campaign(), self._recipients, self._latest))

    async def _compose(self, campaign: Campaign, recipients: Recipients, number: int) -> None:
        composed = await self._worker.run(self._count, campaign, recipients, number)
        if composed is not None and number == self._latest:
            self.current = composed
            self.composed.emit(composed)

    def _count(self, campaign: Campaign, recipients: Recipients, number: int) -> Composed | None:
        """Count in the worker's thread; None where something was edited meanwhile."""

        def step() -> None:
            if number != self._latest:
                raise _OutdatedError

        try:
            step()
            return _counted(self._quick, campaign, recipients, self._waits.now(), step)
        except _OutdatedError:
            return None


class _OutdatedError(Exception):
    """Nobody waits for this count any more."""


def _counted(
    quick: QuickComposer,
    campaign: Campaign,
    recipients: Recipients,
    now: datetime,
    step: Callable[[], None],
) -> Composed:
    composition, sms = quick.compose(campaign.draft, recipients, campaign.duplicates, step)
    prepared = renew(Prepared(campaign, composition, None, composition.problems, ()), now)
    step()
    wrong = any(not isinstance(problem, NobodyToSend) for problem in composition.problems)
    if campaign.draft.kind not in ADVERTISING or not quick.seems_to_tell(recipients):
        groups = group_rows(recipients, None if wrong else composition)
        return Composed(prepared, sms, groups)
    told = quick.without_message(composition) if wrong else composition
    return Composed(
        prepared,
        sms,
        group_rows(recipients, told),
        told if wrong else None,
        quick.find_unheeded(recipients, told.rows),
    )
