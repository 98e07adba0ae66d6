"""Bring back the list that a campaign means, with what was decided about its rows."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.columns import resolve_column
from cascade_desktop.core.decisions import RowDecisions, is_about
from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.pasted import Pasted
from cascade_desktop.core.reading_problems import FileProblem
from cascade_desktop.core.recipients import Recipients
from cascade_desktop.core.table import Table
from cascade_desktop.core.template import is_broken
from cascade_desktop.ui.list_desk import ListDesk
from cascade_desktop.ui.proposed_names import is_proposed


class ListReturn(QObject):
    """Opens a campaign's list and lays its decisions over the rows, where they are the same rows.

    Until then, or until another list is opened, the campaign's list is still what its draft means,
    whatever list is on the screen.
    """

    waits = Signal()
    """A campaign's list is waited for, or is not any more."""

    returned = Signal(object)
    """Emits the Campaign whose very list is open again."""
    changed = Signal(object)
    """Emits the Campaign whose file was read, but holds something else by now."""
    failed = Signal(object, object)
    """Emits the Campaign whose list could not be read, and the FileProblem."""
    replaced = Signal(object)
    """Emits the Campaign in place of whose list the operator opened another one."""

    def __init__(self, lists: ListDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lists = lists
        self._reads = False
        """Whether the file that is being read is the campaign's."""
        self._before: Table | None = None
        self._place_before = ""
        """Where the list comes from that was on the screen when the waiting began."""
        self.awaited: Campaign | None = None
        lists.known_rows = self._known_rows
        lists.started.connect(self._on_started)
        lists.changed.connect(self._on_changed)
        lists.failed.connect(self._on_failed)

    def fetch(self, campaign: Campaign, pasted: Pasted | None = None) -> None:
        """Open the list that a campaign means: its file, or the text that was pasted."""
        file = campaign.recipients.file
        if file:
            self.fetch_from(Path(file), campaign)
        else:
            self.wait_for(campaign)
            if pasted is not None:
                self._lists.open_text(
                    pasted.text, pasted.title, pasted.header_row, campaign.country
                )
                self._reads = True

    def fetch_from(self, path: Path, campaign: Campaign) -> None:
        """Open the list that a campaign means, wherever it is by now."""
        self.wait_for(campaign)
        self._lists.open(path, campaign)
        self._reads = True

    def find(self, path: Path, campaign: Campaign) -> None:
        """Open a file as a campaign's list, unless that campaign is not waited for any more."""
        if self.awaited is campaign:
            self.fetch_from(path, campaign)

    def wait_for(self, campaign: Campaign) -> None:
        """Let a campaign mean its own list, though that is not open."""
        self.awaited = campaign
        self._note_shown()
        self.waits.emit()

    def forget(self) -> bool:
        """Wait for nothing any more; tell whether the file that is being read was waited for."""
        reads, self._reads, self.awaited = self._reads, False, None
        self.waits.emit()
        return reads and self._lists.reading is not None

    def use_shown(self) -> None:
        """Take the list on the screen instead, as the operator wants."""
        awaited = self.awaited
        if awaited is not None:
            self.forget()
            self.replaced.emit(awaited)

    def is_awaited(self, kind: Kind) -> bool:
        """Tell whether the draft of a kind waits for its list while another is on the screen."""
        awaited = self.awaited
        shown = self._lists.recipients is not None
        return shown and awaited is not None and awaited.draft.kind is kind

    def with_list(self, campaign: Campaign) -> Campaign:
        """Return a draft with the list that it waits for, or that is open, by its place."""
        awaited, shown = self.awaited, self._lists.recipients
        if awaited is not None and (shown is None or self.is_awaited(campaign.draft.kind)):
            return _of_list(campaign, awaited)
        if shown is not None:
            place = str(self._lists.path or "")
            ref = replace(campaign.recipients, file="" if is_broken(place) else place)
            return replace(campaign, recipients=ref)
        return campaign

    def _note_shown(self) -> None:
        shown = self._lists.recipients
        self._before = shown.table if shown is not None else None
        self._place_before = self._place()

    def _place(self) -> str:
        """Return where the list on the screen comes from; "" where there is none."""
        pasted = self._lists.pasted
        return pasted.text if pasted is not None else str(self._lists.path or "")

    def _known_rows(self, table: Table) -> RowDecisions | None:
        awaited = self.awaited
        if awaited is None or not is_about(awaited.recipients, table.source):
            return None
        column = awaited.recipients.phone_column
        return RowDecisions(
            resolve_column(table, column) if column else None,
            frozenset(awaited.left_out),
            awaited.edits,
            awaited.include_hidden,
        )

    def _on_started(self) -> None:
        self._reads = False

    def _on_failed(self, problem: FileProblem) -> None:
        if self._reads and self.awaited is not None:
            self._reads = False
            self.failed.emit(self.awaited, problem)

    def _on_changed(self, found: Recipients) -> None:
        """Tell what became of the list that a campaign waits for."""
        awaited = self.awaited
        if awaited is None or found.table is self._before:
            return
        was_read, is_meant = self._reads, is_about(awaited.recipients, found.table.source)
        if not was_read and not is_meant and self._place() == self._place_before:
            self._note_shown()  # the list before it was read again: nobody chose it for this
            return
        self.forget()
        if is_meant:
            self.returned.emit(awaited)
        elif was_read:
            self.changed.emit(awaited)
        else:
            self.replaced.emit(awaited)


def _of_list(campaign: Campaign, awaited: Campaign) -> Campaign:
    """Return a draft with another campaign's list and what was decided about it, and no other."""
    kind = campaign.draft.kind
    name = awaited.name if kind is awaited.draft.kind and is_proposed(campaign.name, kind) else ""
    return replace(
        campaign,
        name=name or campaign.name,
        country=awaited.country,
        recipients=awaited.recipients,
        edits=awaited.edits,
        left_out=awaited.left_out,
        include_hidden=awaited.include_hidden,
        duplicates=awaited.duplicates,
    )
