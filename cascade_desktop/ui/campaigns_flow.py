"""Save, open, clone and keep campaigns; nothing that was typed is lost by any of it."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from html import escape
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from cascade_desktop.core.campaign_file import Campaign, ListRef, read_campaign, write_campaign
from cascade_desktop.core.drafts import Kind, Survey, text_of
from cascade_desktop.engine.campaign_files import (
    Unreadable,
    file_name,
    read_file,
    with_ending,
    write_file,
)
from cascade_desktop.engine.journal.values import Head
from cascade_desktop.engine.saved_campaigns import Place, Saved, SavedCampaigns, TakenNameError
from cascade_desktop.engine.worker import Worker
from cascade_desktop.ui.autosave import Autosave
from cascade_desktop.ui.campaign_lists import CampaignLists
from cascade_desktop.ui.campaigns_sheet import CampaignsSheet, NameSheet
from cascade_desktop.ui.file_choice import choose_campaign, choose_campaign_place
from cascade_desktop.ui.list_desk import ListDesk
from cascade_desktop.ui.main_window import COMPOSE, MainWindow
from cascade_desktop.ui.message_dialog import MessageDialog
from cascade_desktop.ui.saved_dialog import SavedDialog
from cascade_desktop.ui.tasks import Tasks
from cascade_desktop.ui.wording_campaigns import say_kept_aside, say_not_kept, say_unreadable


class CampaignsFlow(QObject):
    """Joins the saved campaigns to the tabs; what a campaign replaces is kept aside first."""

    def __init__(
        self, window: MainWindow, tasks: Tasks, lists: ListDesk, autosave: Autosave, root: Path
    ) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._lists = lists
        self._autosave = autosave
        self._saved = SavedCampaigns(root, autosave.store.kept)
        self._worker = Worker()
        self._on_disk: dict[Kind, str] = {}
        """What each tab held when it was saved or opened."""
        self._brings = CampaignLists(window, lists, autosave)
        self.sheet: CampaignsSheet | NameSheet | None = None
        compose = window.compose
        compose.message_card.link_clicked.connect(self.show)
        for keys, act in (("Ctrl+S", self.save), ("Ctrl+Shift+S", self.ask_place)):
            QShortcut(QKeySequence(keys), window, partial(self._on_composing, act))
        window.history.clone_wanted.connect(self.clone)
        autosave.aside.connect(self._on_aside)
        self._brings.to_keep.connect(lambda old: self._tasks.spawn(self._keep_aside(old)))

    def show(self) -> None:
        """Show what was saved."""
        self._tasks.spawn(self._show())

    def save(self) -> None:
        """Save the open tab where it was saved last, or ask where."""
        path = self._autosave.files.get(self._window.compose.kind())
        if path is None:
            self.ask_place()
        else:
            self._tasks.spawn(self._save(path, is_new=False))

    def ask_place(self) -> None:
        """Ask where to save the open tab."""
        name = file_name(self._autosave.campaign().name)
        choose_campaign_place(self._window, name, self.save_to)

    def save_to(self, path: Path) -> None:
        """Save the open tab under another name; never over a file of another kind."""
        self._tasks.spawn(self._save(with_ending(path), is_new=True))

    def ask_file(self) -> None:
        """Ask which campaign to open."""
        choose_campaign(self._window, self.open_file)

    def open_file(self, path: Path) -> None:
        """Open a campaign file in the tab of its kind."""
        self._tasks.spawn(self._open_file(path))

    def clone(self, head: Head) -> None:
        """Write a campaign of the history again, with its list and without its time."""
        found = read_campaign(head.draft)
        if not isinstance(found, Campaign):
            problem = Unreadable(head.name, None, found)
            self._tell(self.tr("The campaign was not opened"), say_unreadable(problem))
            return
        self._tasks.spawn(self._clone(replace(found, schedule="")))

    def close(self) -> None:
        """End the thread."""
        self._worker.close()

    async def _show(self) -> None:
        saved = await self._worker.run(self._saved.all)
        sheet = CampaignsSheet(saved, self._window)
        sheet.save_wanted.connect(self.save)
        sheet.save_as_wanted.connect(self.ask_place)
        sheet.template_wanted.connect(self._ask_template)
        sheet.file_wanted.connect(self.ask_file)
        sheet.chosen.connect(lambda one: self._tasks.spawn(self._open_saved(one)))
        sheet.rename_wanted.connect(self._ask_name)
        sheet.remove_wanted.connect(self._ask_removal)
        sheet.finished.connect(self._on_left)
        sheet.finished.connect(sheet.deleteLater)
        self.sheet = sheet
        sheet.open()

    async def _save(self, path: Path, *, is_new: bool) -> None:
        campaign = self._autosave.campaign()
        awaits = self._autosave.returns.is_awaited(campaign.draft.kind)
        pasted = self._lists.pasted is not None and not awaits
        if pasted:  # rows of a text that is not in the file mean nobody
            campaign = replace(campaign, recipients=ListRef(), edits={}, left_out=())
        if is_new and await self._worker.run(_is_something_else, path):
            self._tell_unsaved(self.tr("There is a file of another kind. Choose another name."))
            return
        try:
            await self._worker.run(write_file, path, campaign)
        except (OSError, ValueError):
            self._tell_unsaved(
                self.tr(
                    "The folder does not take it: it may be full, or not yours to write to. Choose"
                    " another one. What you wrote is kept."
                )
            )
            return
        await self._belongs_to(path, campaign.draft.kind)
        if not is_new and not pasted:
            self._window.compose.message_card.show_saved()
            return
        dialog = SavedDialog(self.tr("The campaign is saved"), path, self._window)
        if pasted:
            dialog.add_words(self.tr("It does not hold the numbers that you pasted or typed."))
        dialog.open()

    async def _open_file(self, path: Path) -> None:
        found = await self._worker.run(read_file, path)
        if isinstance(found, Unreadable):
            self._tell(self.tr("The campaign was not opened"), say_unreadable(found))
            return
        await self._take(found)
        await self._belongs_to(path, found.draft.kind)

    async def _open_saved(self, saved: Saved) -> None:
        if saved.place is Place.FILE:
            await self._open_file(saved.path)
            return
        found = await self._worker.run(read_file, saved.path)
        if isinstance(found, Unreadable):
            self._tell(self.tr("The campaign was not opened"), say_unreadable(found))
            return
        if saved.place is Place.TEMPLATE:  # the next campaign has a name of its own
            found = replace(found, name="")
        await self._take(found)

    async def _clone(self, campaign: Campaign) -> None:
        await self._take(campaign)
        if not text_of(campaign.draft) and campaign.draft.kind is not Kind.FLASHCALL:
            self._tell(
                self.tr("The text is gone"),
                self.tr("Texts and phones of this campaign were deleted. Its settings are here."),
            )

    async def _take(self, campaign: Campaign) -> None:
        """Fill the tab of a campaign's kind, and open its list; what was there is kept aside."""
        kind = campaign.draft.kind
        if not await self._keep(self._autosave.campaign(kind), campaign):
            self._tell(self.tr("Nothing was opened"), say_not_kept())
            return
        self._brings.stop_waiting(campaign)
        self._autosave.files.pop(kind, None)
        compose = self._window.compose
        compose.set_campaign(campaign)
        compose.choose_kind(kind)
        self._window.show_page(COMPOSE)
        self._brings.bring(campaign)
        self._on_disk[kind] = _words(self._autosave.campaign(kind))
        compose.edited.emit()

    async def _keep(self, before: Campaign, after: Campaign) -> bool:
        """Keep a draft that another one replaces, unless it is on the disk or nobody misses it.

        Decisions about rows that the other one does not have are missed. Return whether nothing
        would be lost.
        """
        on_disk = self._on_disk.get(before.draft.kind)
        if not _misses_rows(before, after) and (
            _is_blank(before) or _words(before) in {on_disk, _words(after)}
        ):
            return True
        return await self._keep_aside(before)

    async def _keep_aside(self, campaign: Campaign) -> bool:
        path = await self._autosave.keep(campaign)
        if path is not None:
            await self._note(path)
        return path is not None

    async def _belongs_to(self, path: Path, kind: Kind) -> None:
        self._autosave.files[kind] = path
        self._on_disk[kind] = _words(self._autosave.campaign(kind))
        self._autosave.note()
        await self._note(path)

    async def _note(self, path: Path) -> None:
        with suppress(OSError):  # the file is where it is, only not among the recent ones
            await self._worker.run(self._saved.note, path)

    def _ask_template(self) -> None:
        campaign = self._autosave.campaign()
        keep = partial(self._saved.save_template, campaign)
        self._ask(self.tr("Save as a template"), campaign.name, keep)

    def _ask_name(self, saved: Saved) -> None:
        keep = partial(self._saved.rename, saved.path)
        self._ask(self.tr("Rename the template"), saved.name, keep)

    def _ask(self, title: str, name: str, keep: Callable[[str], object]) -> None:
        sheet = NameSheet(title, name, self._window)
        sheet.named.connect(lambda given: self._tasks.spawn(self._name(sheet, keep, given)))
        sheet.finished.connect(self._on_left)
        sheet.accepted.connect(self.show)
        self.sheet = sheet
        sheet.open()

    async def _name(self, sheet: NameSheet, keep: Callable[[str], object], name: str) -> None:
        why = ""
        try:
            await self._worker.run(keep, name)
        except TakenNameError:
            why = self.tr("There is a template of this name. Choose another.")
        except OSError:
            why = self.tr("The disk does not take it. Is it full?")
        if self.sheet is not sheet:  # it was left meanwhile
            return
        if why:
            sheet.refuse(escape(why))
        else:
            sheet.accept()

    def _ask_removal(self, saved: Saved) -> None:
        if saved.place is Place.FILE:
            self._remove_now(saved)
            return
        title = self.tr("Delete “{name}”?").format(name=saved.name)
        dialog = MessageDialog(title, self.tr("It cannot be brought back."), self._window)
        dialog.offer(self.tr("&Delete"), lambda: self._remove_now(saved))
        dialog.rejected.connect(self.show)
        dialog.open()

    def _remove_now(self, saved: Saved) -> None:
        self._tasks.spawn(self._remove(saved))

    async def _remove(self, saved: Saved) -> None:
        with suppress(OSError):
            await self._worker.run(self._saved.remove, saved.path)
        await self._show()

    def _on_left(self) -> None:
        self.sheet = None

    def _on_aside(self, paths: tuple[Path, ...]) -> None:
        for path in paths:
            self._tasks.spawn(self._note(path))
        self._tell(self.tr("A draft was kept aside"), say_kept_aside(len(paths)))

    def _on_composing(self, act: Callable[[], None]) -> None:
        """Do what keys ask for where a campaign is on the screen."""
        if self._window.page() in {self._window.compose, self._window.recipients}:
            act()

    def _tell_unsaved(self, sentence: str) -> None:
        self._tell(self.tr("The campaign is not saved"), sentence)

    def _tell(self, title: str, text: str) -> None:
        MessageDialog(title, text, self._window).open()


def _is_something_else(path: Path) -> bool:
    """Tell whether a file would be written over that is no campaign."""
    found = read_file(path)
    if isinstance(found, Campaign) or not path.exists():
        return False
    try:
        return path.stat().st_size > 0 and not isinstance(json.loads(path.read_bytes()), dict)
    except (OSError, ValueError, RecursionError):
        return True


def _words(campaign: Campaign) -> str:
    """Return what a person wrote and decided, without the name that is proposed."""
    return write_campaign(replace(campaign, name="", country="", zone=""))


def _misses_rows(before: Campaign, after: Campaign) -> bool:
    """Tell whether rows were corrected or left out that another one with a list has otherwise."""
    if not after.recipients.sha256:
        return False
    same = dict(before.edits) == dict(after.edits) and before.left_out == after.left_out
    return bool(before.edits or before.left_out) and not same


def _is_blank(campaign: Campaign) -> bool:
    """Tell whether nobody would miss the words of a draft: there are none."""
    draft = campaign.draft
    answers = draft.options if isinstance(draft, Survey) else ()
    return not any(part.strip() for part in (text_of(draft), *answers))
