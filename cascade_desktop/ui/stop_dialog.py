"""Ask before a campaign is stopped for good."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cascade_desktop.engine.journal.values import Counts
from cascade_desktop.ui.widgets.buttons import DangerButton, SecondaryButton
from cascade_desktop.ui.widgets.dialog import Sheet
from cascade_desktop.ui.widgets.sentence import Sentence


class StopDialog(Sheet):
    """Says what stopping means in numbers; nothing that has left comes back."""

    agreed = Signal()

    def __init__(self, counts: Counts, parent: QWidget) -> None:
        super().__init__("", parent, width_px=560)
        self.set_title(self.tr("Stop sending?"))
        gone = counts.accepted + counts.unknown
        waiting = counts.ready + counts.sending
        left = self.tr("%Ln (has/have) left already and cannot be called back.", "", gone)
        rest = self.tr("%Ln (has/have) not left and will not be sent.", "", waiting)
        later = self.tr("You can continue later; nobody gets it twice.")
        self.body.addWidget(Sentence(f"{left} <b>{rest}</b>"))
        self.body.addWidget(Sentence(later, role="muted"))
        self.back_button = SecondaryButton(self.tr("&Go on sending"))
        self.stop_button = DangerButton(self.tr("&Stop"))
        self.add_button(self.back_button, default=True)
        self.add_button(self.stop_button)
        self.back_button.clicked.connect(self.reject)
        self.stop_button.clicked.connect(self._stop)

    def _stop(self) -> None:
        self.accept()
        self.agreed.emit()
