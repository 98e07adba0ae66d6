"""From the button below a draft to the operator's word that it may leave."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from cascade_desktop.core.preparation import Prepared, renew
from cascade_desktop.engine.settings import Settings, SettingsStore
from cascade_desktop.engine.waits import Waits
from cascade_desktop.ui.draft_desk import Composed, DraftDesk
from cascade_desktop.ui.main_window import MainWindow
from cascade_desktop.ui.message_dialog import MessageDialog
from cascade_desktop.ui.review_dialog import ReviewDialog
from cascade_desktop.ui.review_facts import review_facts
from cascade_desktop.ui.wording_trouble import say_busy

SENDERS_KEPT = 10

SentBefore = Callable[[Prepared, Callable[[int], None]], None]
"""Asks how many people of a campaign got something lately, and hands the answer on."""


class ReviewFlow(QObject):
    """Opens the review on what was composed last; a draft that changed since is not agreed to."""

    agreed = Signal(object)
    """Emits the Prepared that the operator agreed to, exactly as it was shown."""

    def __init__(
        self,
        window: MainWindow,
        drafts: DraftDesk,
        settings: SettingsStore,
        waits: Waits | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._drafts = drafts
        self._settings = settings
        self._waits = waits or Waits()
        self.practice = True
        self.is_sending: Callable[[], bool] = lambda: False
        self.is_held: Callable[[], bool] = lambda: False
        self.sent_before: SentBefore = lambda _, answer: answer(0)
        self._wanted = False
        self.dialog: ReviewDialog | None = None
        compose = window.compose
        compose.review_wanted.connect(self.open)
        compose.edited.connect(drafts.touch)
        compose.kind_changed.connect(drafts.touch)
        drafts.composed.connect(self._show)
        self.offer_senders(settings.load())

    def open(self) -> None:
        """Show the review of what is written now; what is still being counted is waited for."""
        if self.is_sending():
            self.tell_busy()
            return
        composed = self._drafts.current
        self._wanted = composed is None
        if composed is not None:
            self._open(replace(composed, prepared=renew(composed.prepared, self._waits.now())))

    def tell_busy(self) -> None:
        """Say that one campaign at a time is sent."""
        title, text = say_busy(held=self.is_held())
        stays = self.tr("Your draft stays as it is.")
        MessageDialog(title, f"{text} {stays}", self._window).open()

    def _open(self, composed: Composed) -> None:
        if not composed.prepared.problems:
            self.sent_before(composed.prepared, lambda people: self._show_review(composed, people))

    def _show_review(self, composed: Composed, sent_before: int) -> None:
        if self._is_outdated(composed.prepared):
            self.open()
            return
        facts = review_facts(
            composed, self._waits.now(), practice=self.practice, sent_before=sent_before
        )
        dialog = ReviewDialog(facts, self._window)
        dialog.agreed.connect(lambda: self._agree(composed.prepared))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def _agree(self, shown: Prepared) -> None:
        """Take the operator's word, unless what there is to agree to has changed meanwhile."""
        if self._is_outdated(shown):
            self.open()
            return
        prepared = renew(shown, self._waits.now())
        live = not self.practice
        if prepared.problems or prepared.confirmations(live=live) != shown.confirmations(live=live):
            self.open()
            return
        self._remember_sender(prepared.campaign.draft.sender.strip())
        self.agreed.emit(prepared)

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
            compose.show_composition(None, None)
        else:
            composition = composed.prepared.composition
            compose.show_composition(composition, composed.sms, composed.reach, composed.unheeded)
            if self._wanted:
                self.open()
