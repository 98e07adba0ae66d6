"""The list of a campaign that was opened: brought back, or told why it is another or none."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.decisions import Lost
from cascade_desktop.core.reading_problems import FileFault, FileProblem
from cascade_desktop.ui.autosave import Autosave
from cascade_desktop.ui.file_choice import choose_list
from cascade_desktop.ui.list_desk import ListDesk
from cascade_desktop.ui.main_window import MainWindow
from cascade_desktop.ui.message_dialog import MessageDialog
from cascade_desktop.ui.wording_campaigns import (
    say_list_changed,
    say_list_missing,
    say_list_not_read,
)
from cascade_desktop.ui.wording_files import say_file


class CampaignLists(QObject):
    """Brings the lists of campaigns; what was decided about other rows is kept aside."""

    to_keep = Signal(object)
    """Emits a Campaign whose decisions about rows hold no more."""

    def __init__(self, window: MainWindow, lists: ListDesk, autosave: Autosave) -> None:
        super().__init__(window)
        self._window = window
        self._lists = lists
        self._autosave = autosave
        self._returns = returns = autosave.returns
        self._before: Campaign | None = None
        """The draft with the list as it was before another reading of it began."""
        returns.returned.connect(self._on_returned)
        returns.changed.connect(self._on_changed)
        returns.failed.connect(self._on_failed)
        returns.replaced.connect(self._keep_rows)
        lists.started.connect(self._on_started)
        lists.lost.connect(self._on_lost)

    def stop_waiting(self, campaign: Campaign) -> None:
        """Let the list go that the tab before, or the campaign before, waits for."""
        awaited, ref = self._returns.awaited, campaign.recipients
        if awaited is None:
            return
        is_other = awaited.draft.kind is not campaign.draft.kind
        if is_other and not (ref.file or ref.sha256):
            return  # the other tab still waits
        if is_other:
            self._keep_rows(awaited)
        if self._returns.forget():
            self._give_up_reading()

    def bring(self, campaign: Campaign) -> None:
        """Open a campaign's list; until then the campaign means no other."""
        ref, shown = campaign.recipients, self._lists.recipients
        if self._lists.reading is not None and (ref.file or ref.sha256):
            self._give_up_reading()
        if ref.file and not Path(ref.file).is_absolute():
            self._returns.wait_for(campaign)
            self._on_failed(campaign, FileProblem(FileFault.MISSING, ref.file))
        elif ref.file:
            self._returns.fetch(campaign)
        elif ref.sha256:  # numbers that were pasted, and that only an open list still holds
            same = shown is not None and shown.table.source.sha256 == ref.sha256
            self._returns.fetch(campaign, self._lists.pasted if same else None)
        if not ref.file and shown is None:
            self._window.compose.show_problem(
                self.tr("The campaign is open. Now open the list of people it is for.")
            )

    def _give_up_reading(self) -> None:
        self._window.compose.recipients_card.reading_cancelled.emit()

    def _on_returned(self, campaign: Campaign) -> None:
        compose = self._window.compose
        compose.names.take(campaign.draft.kind, campaign.name)
        if campaign.duplicates is not None and campaign.draft.kind is compose.kind():
            compose.settle_duplicates(campaign.duplicates)

    def _on_changed(self, campaign: Campaign) -> None:
        self._window.compose.names.take(campaign.draft.kind, campaign.name)
        self._window.compose.recipients_card.show_news(say_list_changed(campaign))
        self._keep_rows(campaign)

    def _keep_rows(self, campaign: Campaign) -> None:
        """Keep what was decided about rows that are not on the screen."""
        if campaign.edits or campaign.left_out:
            self.to_keep.emit(campaign)

    def _on_failed(self, campaign: Campaign, problem: FileProblem) -> None:
        is_missing = problem.fault is FileFault.MISSING
        text = (
            say_list_missing(campaign)
            if is_missing
            else say_list_not_read(campaign, say_file(problem))
        )
        shown = self._lists.recipients
        if shown is not None:
            stays = self.tr("On the screen is still “{list}”.")
            text = f"{text}\n\n{stays.format(list=shown.table.source.file)}"
        dialog = MessageDialog(self.tr("The list is not open"), text, self._window)
        find = partial(self._returns.find, campaign=campaign)
        dialog.offer(self.tr("&Choose the list…"), lambda: choose_list(self._window, find))
        dialog.open()

    def _on_started(self) -> None:
        if self._lists.recipients is not None:
            self._before = self._autosave.campaign()

    def _on_lost(self, why: Lost) -> None:
        if self._before is not None and why is Lost.FILE_CHANGED:
            self._keep_rows(self._before)
