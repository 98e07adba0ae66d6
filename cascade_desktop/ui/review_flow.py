"""From the button below a draft to the operator's word that it may leave."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cascade_desktop.core.confirmations import Hours
from cascade_desktop.core.preparation import Prepared, renew
from cascade_desktop.core.recipients import Choice
from cascade_desktop.engine.settings import Settings, SettingsStore
from cascade_desktop.engine.waits import Waits
from cascade_desktop.ui.draft_desk import Composed, DraftDesk
from cascade_desktop.ui.list_desk import ListDesk
from cascade_desktop.ui.main_window import MainWindow
from cascade_desktop.ui.message_dialog import MessageDialog
from cascade_desktop.ui.review_desk import Looked, ReviewDesk
from cascade_desktop.ui.review_dialog import EarlierLine, ReviewDialog
from cascade_desktop.ui.review_facts import review_facts
from cascade_desktop.ui.tasks import Tasks
from cascade_desktop.ui.wording_trouble import say_busy

SENDERS_KEPT = 10


class ReviewFlow(QObject):
    """Opens the review on what was composed last; a draft that changed since is not agreed to."""

    agreed = Signal(object)
    """Emits the Prepared that the operator agreed to, exactly as it was shown."""
    _outdated = Signal()
    """Closes the review that is shown."""

    def __init__(  # noqa: PLR0917
        self,
        window: MainWindow,
        drafts: DraftDesk,
        lists: ListDesk,
        settings: SettingsStore,
        tasks: Tasks,
        waits: Waits | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._drafts = drafts
        self._lists = lists
        self._settings = settings
        self._tasks = tasks
        self._waits = waits or Waits()
        self.desk = ReviewDesk(settings)
        self._practice = True
        self._folder: Path | None = None
        self.is_sending: Callable[[], bool] = lambda: False
        self.is_held: Callable[[], bool] = lambda: False
        self._wanted = False
        self._looking = 0
        self._taken_out: tuple[int, Choice | None] = 0, None
        """How many people were left out here last, and what then held for the list."""
        self.dialog: ReviewDialog | None = None
        compose = window.compose
        compose.review_wanted.connect(self.open)
        for edited in (compose.edited, compose.kind_changed):
            edited.connect(drafts.touch)
            edited.connect(self._withdraw)
        drafts.composed.connect(self._show)
        self.offer_senders(settings.load())

    def attach(self, folder: Path, *, practice: bool) -> None:
        """Follow another account; what was looked up for the one before never shows for it."""
        self._withdraw()
        self._outdated.emit()
        self._folder, self._practice = folder, practice

    def open(self) -> None:
        """Show the review of what is written now; what is still being counted is waited for."""
        if self._drafts.is_awaiting():
            return
        if self.is_sending():
            self.tell_busy()
            return
        composed = self._drafts.current
        self._wanted = composed is None
        if composed is not None:
            settings = self._settings.load()
            hours = Hours(settings.quiet_before_h, settings.quiet_from_h)
            prepared = renew(composed.prepared, self._waits.now(), hours)
            self._open(replace(composed, prepared=prepared))

    def _withdraw(self) -> None:
        """Let no review open by itself when something else was done after it was asked for."""
        self._wanted = False
        self._looking += 1
        self._window.compose.action_bar.show_looking(on=False)

    def tell_busy(self) -> None:
        """Say that one campaign at a time is sent."""
        title, text = say_busy(held=self.is_held())
        stays = self.tr("Your draft stays as it is.")
        MessageDialog(title, f"{text} {stays}", self._window).open()

    def _open(self, composed: Composed) -> None:
        if not composed.prepared.problems:
            self._looking += 1
            self._tasks.spawn(self._look(composed, self._looking))

    async def _look(self, composed: Composed, number: int) -> None:
        """Look at everything as it is now, then show it; a later look counts alone."""
        now = self._waits.now()
        bar = self._window.compose.action_bar
        bar.show_looking(on=True)
        try:
            looked = await self.desk.look(composed.prepared, self._lists.path, self._folder, now)
        finally:
            if number == self._looking:
                bar.show_looking(on=False)
        if number == self._looking:
            self._show_review(composed, looked)

    def _show_review(self, composed: Composed, looked: Looked) -> None:
        if self._is_outdated(composed.prepared):
            self.open()
            return
        people, choice = self._taken_out
        facts = review_facts(
            composed,
            looked,
            self._waits.now(),
            practice=self._practice,
            row=self._window.compose.preview_card.row,
            taken_out=people if choice is self._lists.choice else 0,
        )
        dialog = ReviewDialog(facts, self._window)
        dialog.agreed.connect(lambda: self._agree(composed.prepared, dialog))
        dialog.leave_out_wanted.connect(lambda line: self._leave_out(composed.prepared, line))
        dialog.take_back_wanted.connect(self._take_back)
        dialog.read_again_wanted.connect(self._read_again)
        dialog.finished.connect(dialog.deleteLater)
        self._outdated.connect(dialog.reject)
        self.dialog = dialog
        dialog.open()

    def _leave_out(self, shown: Prepared, line: EarlierLine) -> None:
        """Leave people out of the list that was shown, and open the review again without them."""
        if not self._is_outdated(shown):
            sheet_rows = shown.composition.recipients.table.row_numbers
            self._lists.leave_out((sheet_rows[row] for row in line.rows), out=True)
            self._taken_out = line.people, self._lists.choice
        self.open()

    def _take_back(self) -> None:
        """Take them back, unless the list is another one by now, or something else was decided."""
        if self._taken_out[1] is self._lists.choice:
            self._lists.undo()
        self.open()

    def _read_again(self) -> None:
        if self._lists.path is not None:
            self._lists.open(self._lists.path)

    def _agree(self, shown: Prepared, dialog: ReviewDialog) -> None:
        """Take the operator's word, unless what there is to agree to has changed meanwhile."""
        if self._is_outdated(shown):
            self.open()
            return
        now, live = self._waits.now(), not self._practice
        prepared = renew(shown, now)
        if prepared.problems or prepared.confirmations(live=live) != shown.confirmations(live=live):
            self.open()
            return
        self._remember_sender(prepared.campaign.draft.sender.strip())
        self.agreed.emit(replace(prepared, given=dialog.given(now)))

    def _is_outdated(self, shown: Prepared) -> bool:
        """Tell whether the list or the draft is another one than was shown, or may become it."""
        current = self._drafts.current
        return current is None or current.prepared.composition is not shown.composition

    def offer_senders(self, settings: Settings) -> None:
        """Offer the usual sender name first, then those that were used."""
        names = (settings.sender, *settings.senders)
        self._window.compose.set_senders(tuple(dict.fromkeys(filter(None, names))))

    def _remember_sender(self, sender: str) -> None:
        settings = self._settings.load()
        others = tuple(name for name in settings.senders if name != sender)
        senders = (sender, *others)[:SENDERS_KEPT]
        with suppress(OSError):  # they count until the program ends
            self._settings.save(replace(settings, senders=senders))
        self.offer_senders(self._settings.load())

    def _show(self, composed: Composed | None) -> None:
        compose = self._window.compose
        if composed is None:
            self._wanted = False
            compose.show_composition(None, None)
        else:
            composition = composed.prepared.composition
            compose.show_composition(composition, composed.sms, composed.reach, composed.unheeded)
            if self._wanted:
                self.open()
