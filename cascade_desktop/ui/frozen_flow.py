"""A data folder from which nothing may be sent: told when it opens, confirmed by the operator."""

from PySide6.QtCore import QObject

from cascade_desktop.core.states import Reason
from cascade_desktop.engine.journal.schema import UnwritableJournalError
from cascade_desktop.engine.journal.values import Gap
from cascade_desktop.engine.workspace import Workspace
from cascade_desktop.ui.campaign_desk import CampaignDesk
from cascade_desktop.ui.main_window import MainWindow
from cascade_desktop.ui.message_dialog import MessageDialog
from cascade_desktop.ui.tasks import Tasks
from cascade_desktop.ui.wording_folder import say_copy_accepted, say_go_on_with_copy
from cascade_desktop.ui.wording_reasons import say_reason


class FrozenFlow(QObject):
    """Says at once that a copy is older than what was sent, and asks whether to go on with it."""

    def __init__(self, window: MainWindow, tasks: Tasks) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._desk: CampaignDesk | None = None
        self._space: Workspace | None = None
        self._is_asking = False

    def attach(self, desk: CampaignDesk, space: Workspace) -> None:
        """Look at the folder of the account that opens, and follow its desk."""
        self._desk, self._space = desk, space
        desk.frozen.connect(self._on_frozen)
        self._tasks.spawn(self._look(space))

    async def _look(self, space: Workspace) -> None:
        why = await space.may_send()
        if why is not Reason.NONE and space is self._space:
            await self._ask(space, why)

    def _on_frozen(self, why: Reason) -> None:
        if self._space is not None:
            self._tasks.spawn(self._ask(self._space, why))

    async def _ask(self, space: Workspace, why: Reason) -> None:
        """Say why, once at a time; where the operator may go on, ask."""
        if self._is_asking:
            return
        self._is_asking = True
        try:
            gap = await space.worker.run(space.journal.gap)
        except BaseException:
            self._is_asking = False
            raise
        if why in (Reason.OLDER_COPY, Reason.UNKNOWN_FOLDER):
            text = say_go_on_with_copy(why, gap)
            dialog = MessageDialog(self._title(why), text, self._window)
            dialog.offer(self.tr("&Go on with it"), lambda: self._accept(space, gap))
        else:
            dialog = MessageDialog(self._title(why), say_reason(why), self._window)
        dialog.finished.connect(self._on_answered)
        dialog.open()

    def _on_answered(self) -> None:
        self._is_asking = False

    def _accept(self, space: Workspace, gap: Gap) -> None:
        self._tasks.spawn(self._go_on(space, gap))

    async def _go_on(self, space: Workspace, gap: Gap) -> None:
        try:
            unknown = await space.worker.run(space.journal.accept_copy)
        except UnwritableJournalError:
            title, text = self._title(Reason.STATE_UNWRITABLE), say_reason(Reason.STATE_UNWRITABLE)
            MessageDialog(title, text, self._window).open()
            return
        if unknown:
            title = self.tr("It goes on") if gap.untold else self.tr("Nothing is sent twice")
            MessageDialog(title, say_copy_accepted(unknown, gap), self._window).open()
        if self._desk is not None:
            self._desk.show_unfinished()

    def _title(self, why: Reason) -> str:
        if why is Reason.OLDER_COPY:
            return self.tr("This copy is older than what was sent")
        if why is Reason.UNKNOWN_FOLDER:
            return self.tr("These campaigns are new to this computer")
        return self.tr("Nothing can be sent")
