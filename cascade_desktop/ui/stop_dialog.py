"""Ask before a campaign is stopped for good."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cascade_desktop.core.states import CampaignState
from cascade_desktop.engine.journal.values import Counts
from cascade_desktop.ui.widgets.buttons import DangerButton, SecondaryButton
from cascade_desktop.ui.widgets.dialog import Sheet
from cascade_desktop.ui.widgets.sentence import Sentence


class StopDialog(Sheet):
    """Says what stopping means in numbers; nothing that has left comes back."""

    agreed = Signal()

    def __init__(self, counts: Counts, state: CampaignState, parent: QWidget) -> None:
        super().__init__("", parent, width_px=560)
        self.asked_in = state
        paused = state is CampaignState.PAUSED
        self.set_title(self.tr("Stop this campaign?") if paused else self.tr("Stop sending?"))
        self.counts_words = Sentence()
        later = [self.tr("You can continue later; nobody gets it twice.")]
        if not paused:
            later.insert(0, self.tr("A batch that is on its way is finished first."))
        self.body.addWidget(self.counts_words)
        self.body.addWidget(Sentence(" ".join(later), role="muted"))
        back = self.tr("&Back") if paused else self.tr("&Go on sending")
        self.back_button = SecondaryButton(back)
        self.stop_button = DangerButton(self.tr("&Stop"))
        self.add_button(self.back_button, default=True)
        self.add_button(self.stop_button)
        self.back_button.clicked.connect(self.reject)
        self.stop_button.clicked.connect(self._stop)
        self.show_counts(counts)

    def show_counts(self, counts: Counts) -> None:
        """Say how many have left by now: a batch may still be answered while this is open."""
        gone = counts.accepted + counts.unknown
        words = [self.tr("%Ln (has/have) left already and cannot be called back.", "", gone)]
        if counts.sending:
            words.append(self.tr("%Ln (is/are) on the way.", "", counts.sending))
        rest = self.tr("%Ln (has/have) not left and will not be sent.", "", counts.ready)
        self.counts_words.set_html(f"{' '.join(words)} <b>{rest}</b>")

    def _stop(self) -> None:
        self.agreed.emit()
        self.accept()
