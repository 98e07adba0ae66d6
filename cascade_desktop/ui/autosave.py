"""Nothing typed is lost: what every tab holds is on the disk within a second, and comes back."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import time

from PySide6.QtCore import QObject, QTimer, Signal

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.pasted import Pasted
from cascade_desktop.engine.drafts_store import Desktop, DraftsStore
from cascade_desktop.engine.worker import Worker
from cascade_desktop.ui.list_desk import ListDesk
from cascade_desktop.ui.list_return import ListReturn
from cascade_desktop.ui.main_window import MainWindow
from cascade_desktop.ui.tasks import Tasks

SAVE_AFTER_MS = 500


@dataclass(frozen=True, slots=True)
class Restored:
    """What lay in the folder of drafts at the start."""

    drafts: Mapping[Kind, Campaign]
    desktop: Desktop
    pasted: Pasted | None
    aside: Sequence[Path]
    """Where drafts are now that could not be read."""


class Autosave(QObject):
    """Writes what was edited half a second after the first change, however long one goes on."""

    aside = Signal(object)
    """Emits the Paths of drafts that could not be read and were put aside."""

    def __init__(
        self,
        window: MainWindow,
        tasks: Tasks,
        lists: ListDesk,
        root: Path,
    ) -> None:
        super().__init__(window)
        self._compose = window.compose
        self._tasks = tasks
        self._lists = lists
        self.returns = ListReturn(lists, self)
        self.store = DraftsStore(root)
        self.files: dict[Kind, Path] = {}
        """Which file each tab was saved to, or opened from."""
        self._worker = Worker()
        self._changed: set[Kind] = set()
        self._pasted: Pasted | None = None
        self.latest: dict[Kind, Campaign] = {}
        """What was written last of each tab."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self._on_time)
        window.compose.edited.connect(self.note)
        window.compose.kind_changed.connect(self.note)
        lists.changed.connect(self.note)

    def campaign(self, kind: Kind | None = None) -> Campaign:
        """Return what a tab holds, or the open one, with its list by its place."""
        return self.returns.with_list(self._compose.campaign(kind or self._compose.kind()))

    def note(self) -> None:
        """Note that the open tab, or the list, is not as it was written."""
        self._changed.add(self._compose.kind())
        if not self._timer.isActive():  # started afresh, it would wait for the end of the typing
            self._timer.start()

    async def restore(self) -> None:
        """Fill the tabs as they were, and open the list again."""
        found = await self._worker.run(_restored, self.store)
        for draft in found.drafts.values():
            self._compose.set_campaign(draft)
        self.latest.update(found.drafts)
        kind = found.desktop.kind
        self._compose.choose_kind(kind)
        self.files = {tab: Path(file) for tab, file in found.desktop.files.items()}
        if found.aside:
            self.aside.emit(found.aside)
        draft = found.drafts.get(kind)
        if draft is not None and (draft.recipients.file or draft.recipients.sha256):
            self._pasted = found.pasted
            self.returns.fetch(draft, found.pasted)

    async def save(self) -> None:
        """Write what has changed since it was written last."""
        self._timer.stop()
        campaigns = [self.campaign(kind) for kind in Kind if kind in self._changed]
        self._changed.clear()
        self.latest.update({campaign.draft.kind: campaign for campaign in campaigns})
        desktop = Desktop(
            self._compose.kind(), {kind: str(path) for kind, path in self.files.items()}
        )
        pasted = self._lists.pasted if self._lists.recipients is not None else self._pasted
        is_new = pasted is not self._pasted
        with suppress(OSError):  # the draft is on the screen; the next edit tries again
            self._pasted = pasted
            await self._worker.run(
                _save, self.store, campaigns, desktop, (pasted,) if is_new else ()
            )

    async def keep(self, campaign: Campaign) -> Path | None:
        """Keep a draft that something else replaces; None where the disk does not take it."""
        with suppress(OSError):
            return await self._worker.run(self.store.keep, campaign)
        return None

    async def forget_older(self, days: int) -> None:
        """Delete what drafts and kept ones hold about people for so long; 0 keeps it all."""
        with suppress(OSError):
            await self._worker.run(self.store.forget_older, days, time())

    async def finish(self) -> None:
        """Write what is not written yet."""
        if self._timer.isActive():
            await self.save()

    def close(self) -> None:
        """End the thread."""
        self._worker.close()

    def _on_time(self) -> None:
        self._tasks.spawn(self.save())


def _restored(store: DraftsStore) -> Restored:
    aside = store.set_aside()
    loaded = {kind: store.load(kind) for kind in Kind}
    drafts = {kind: draft for kind, draft in loaded.items() if draft is not None}
    return Restored(drafts, store.desktop(), store.pasted(), aside)


def _save(
    store: DraftsStore,
    campaigns: Sequence[Campaign],
    desktop: Desktop,
    pasted: Sequence[Pasted | None],
) -> None:
    for text in pasted:
        store.save_pasted(text)
    for campaign in campaigns:
        store.save(campaign)
    store.save_desktop(desktop)
