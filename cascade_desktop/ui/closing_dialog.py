"""Ask what becomes of a campaign that is being sent when its window is closed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from cascade_desktop.core.states import CampaignState
from cascade_desktop.engine.journal.values import Counts, Head
from cascade_desktop.ui.widgets.buttons import SecondaryButton
from cascade_desktop.ui.widgets.choice_card import ChoiceCard
from cascade_desktop.ui.widgets.dialog import Sheet
from cascade_desktop.ui.widgets.sentence import Sentence

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ClosingDialog(Sheet):
    """Finish the batch and stop, keep sending out of sight, or stay; Esc stays."""

    stop_wanted = Signal()
    keep_wanted = Signal()

    def __init__(self, parent: QWidget, *, tray: bool) -> None:
        super().__init__("", parent, width_px=600)
        self._is_finishing = self._is_over = False
        self._tray = tray
        self.words = Sentence()
        self.stop_card = ChoiceCard("", recommended=True)
        self.keep_card = ChoiceCard("")
        self.stay_button = SecondaryButton(self.tr("&Back"))
        for part in (self.words, self.stop_card, self.keep_card):
            self.body.addWidget(part)
        self.add_button(self.stay_button)
        self._say_keep()
        self.stop_card.clicked.connect(self.stop_wanted)
        self.keep_card.clicked.connect(self._keep)
        self.stay_button.clicked.connect(self.reject)
        self.stop_card.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_counts(self, counts: Counts) -> None:
        """Say what has left by now and what stays: it goes on while this is open."""
        if self._is_finishing:
            return
        if self._is_over:
            self._is_over = False
            self._say_keep()
        self.set_title(self.tr("Messages are being sent"))
        words = [self.tr("%Ln (has/have) left.", "", counts.accepted + counts.unknown)]
        if counts.sending:
            words.append(self.tr("%Ln (is/are) on the way.", "", counts.sending))
        left = self.tr("%Ln (has/have) not left yet.", "", counts.ready)
        self.words.set_html(f"{' '.join(words)} <b>{left}</b>")
        self.stop_card.set_words(
            self._recommended(self.tr("Finish this batch and stop")),
            self.tr(
                "It takes 15 seconds at most. The rest stays here: continue next time, and nobody"
                " gets it twice."
            ),
        )

    def show_held(self) -> None:
        """Say that nothing has left yet, while it can still be undone."""
        self.set_title(self.tr("Nothing has left yet"))
        self.words.set_html(self.tr("Sending starts in a few seconds."))
        self.stop_card.set_words(
            self._recommended(self.tr("Close; send nothing now")),
            self.tr("The campaign stays here, whole. Continue next time."),
        )

    def show_over(self, head: Head | None) -> None:
        """Say that nothing is being sent any more; closing and staying are where they were."""
        if self._is_finishing:
            return
        self._is_over = True
        paused = head is not None and head.state is CampaignState.PAUSED
        ended = (
            self.tr("Sending is paused. Close?") if paused else self.tr("Sending has ended. Close?")
        )
        self.set_title(ended)
        words = self.tr("Nothing is being sent any more.")
        ready = 0 if head is None else head.counts.ready
        if ready:
            left = self.tr("%Ln (has/have) not left yet.", "", ready)
            words = f"{words} <b>{left}</b>"
        self.words.set_html(words)
        close, stay = self.tr("Close"), self.tr("Stay")
        self.stop_card.set_words(
            f"<b>{close}</b>",
            self.tr("Everything stays here for the next time, and nobody gets it twice."),
        )
        self.keep_card.set_words(f"<b>{stay}</b>", self.tr("Look at the results first."))

    def show_finishing(self) -> None:
        """Say that the program is about to close; there is nothing left to decide."""
        self._is_finishing = True
        self.set_title(self.tr("Closing…"))
        self.words.set_html(
            self.tr(
                "The batch under way is being finished. The program closes by itself, in 15"
                " seconds at most."
            )
        )
        for part in (self.stop_card, self.keep_card, self.stay_button):
            part.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the card that the keyboard is on with Enter, as buttons are."""
        card = self.focusWidget()
        if event.key() in _ENTER and isinstance(card, ChoiceCard):
            card.click()
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Stay, unless it was decided to close."""
        if not self._is_finishing:
            super().reject()

    def _keep(self) -> None:
        if self._is_over:
            self.reject()
            return
        self.accept()
        self.keep_wanted.emit()

    def _recommended(self, words: str) -> str:
        advice = self.tr("(recommended)")
        return f"<b>{words}</b> {advice}"

    def _say_keep(self) -> None:
        hidden = self.tr(
            "The window hides. Its icon stays in the corner near the clock: click it to look."
        )
        small = self.tr("The window is made small and stays in the list of open windows.")
        keep = self.tr("Keep sending")
        self.keep_card.set_words(f"<b>{keep}</b>", hidden if self._tray else small)
