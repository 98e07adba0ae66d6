"""From the button below a draft to the operator's word that it may leave."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from cascade_desktop.core.preparation import Prepared
from cascade_desktop.engine.settings import SettingsStore
from cascade_desktop.engine.waits import Waits
from cascade_desktop.ui.draft_desk import Composed, DraftDesk
from cascade_desktop.ui.main_window import MainWindow
from cascade_desktop.ui.review_dialog import ReviewDialog
from cascade_desktop.ui.review_facts import review_facts

SENDERS_KEPT = 10


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
        self._wanted = False
        self.dialog: ReviewDialog | None = None
        compose = window.compose
        compose.review_wanted.connect(self.open)
        compose.edited.connect(drafts.touch)
        compose.kind_changed.connect(drafts.touch)
        drafts.composed.connect(self._show)
        compose.set_senders(settings.load().senders)

    def open(self) -> None:
        """Show the review of what is written now; what is still being counted is waited for."""
        composed = self._drafts.current
        self._wanted = composed is None
        if composed is None or composed.prepared.problems:
            return
        facts = review_facts(composed, self._waits.now(), practice=self.practice)
        dialog = ReviewDialog(facts, self._window)
        dialog.agreed.connect(lambda: self._agree(composed.prepared))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def _agree(self, prepared: Prepared) -> None:
        self._remember_sender(prepared.campaign.draft.sender.strip())
        self.agreed.emit(prepared)

    def _remember_sender(self, sender: str) -> None:
        settings = self._settings.load()
        others = tuple(name for name in settings.senders if name != sender)
        senders = (sender, *others)[:SENDERS_KEPT]
        try:
            self._settings.save(replace(settings, senders=senders))
        except OSError:
            return
        self._window.compose.set_senders(senders)

    def _show(self, composed: Composed | None) -> None:
        compose = self._window.compose
        if composed is None:
            compose.show_composition(None, None)
        else:
            compose.show_composition(composed.prepared.composition, composed.sms)
            if self._wanted:
                self.open()
