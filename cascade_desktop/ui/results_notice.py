"""The box above the results: what a campaign waits for, or why it stopped and whose turn it is."""

import html
from datetime import datetime

from PySide6.QtCore import QTimer, Signal

from cascade_desktop.core.owners import owner
from cascade_desktop.core.states import CampaignState, Reason
from cascade_desktop.engine.journal.values import Head
from cascade_desktop.ui.widgets.banner import Notice
from cascade_desktop.ui.wording import say_reason, say_service
from cascade_desktop.ui.wording_trouble import say_comeback, say_owner, say_wait

MINUTE_S = 60
DETAILS = "details"
_PLAIN = (Reason.KEY_REFUSED, Reason.WRONG_ADDRESS)  # the service's own words add nothing
_CALM = (Reason.OPERATOR_PAUSED, Reason.OPERATOR_STOPPED, Reason.NONE)


class TroubleNotice(Notice):
    """Counts a wait down, or says why a campaign does not go on; hidden while all is well."""

    details_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._waiting, self._waiting_s = Reason.NONE, 0
        self._countdown = QTimer(self)
        self._countdown.setInterval(1000)
        self._countdown.timeout.connect(self._tick)
        self.link_clicked.connect(lambda _: self.details_wanted.emit())
        self.hide()

    @property
    def is_disk_full(self) -> bool:
        """Tell whether it counts down a wait for room on the disk."""
        return self._countdown.isActive() and self._waiting is Reason.DISK_FULL

    def rest(self) -> None:
        """Say nothing: whatever it waited for is over."""
        self._countdown.stop()
        self.hide()

    def show_wait(self, reason: Reason, seconds: float) -> None:
        """Say what it waits for and that nothing is lost."""
        self._waiting, self._waiting_s = reason, max(1, round(seconds))
        self.set_tone("" if reason is Reason.OWN_PACE else "amber")
        self.set_action("")
        self._say_wait()
        self.show()
        self._countdown.start()

    def show_words(self, words: str, tone: str = "amber") -> None:
        """Say a sentence about the sending that is under way."""
        said = html.escape(words, quote=False)
        if not self.isHidden() and said == self._said:
            return  # it is told many times a second
        self._countdown.stop()
        self.set_tone(tone)
        self.set_action("")
        self.set_html(said)
        self.show()

    def set_html(self, html: str) -> None:
        """Say something else, and remember it."""
        self._said = html
        super().set_html(html)

    def show_head(self, head: Head, back_until: datetime | None = None) -> None:
        """Say why it is paused or stopped, whose turn it is, and what is left.

        ``back_until`` is until when it goes on by itself, if it does.
        """
        self.rest()
        if head.state not in (CampaignState.PAUSED, CampaignState.STOPPED):
            return
        calm = head.reason in _CALM
        words = [self._say_reason(head)]
        if head.reason not in _PLAIN and (head.words.code or head.words.message):
            words.append(say_service(head.words))
        action = ""
        if head.reason is Reason.BATCH_REFUSED:
            action = self.tr("Go on without the bad one")
        elif head.counts.ready:
            words.append(self.tr("%Ln (is/are) left; nobody gets it twice.", "", head.counts.ready))
        if back_until is not None:
            words.append(say_comeback(back_until))
        said = html.escape(" ".join(word for word in words if word), quote=False)
        self.set_tone("" if calm else "amber")
        self.set_html(said if calm else f"{self._say_owner(head)}{said} {self._link()}")
        self.set_action(action)
        self.show()

    def _say_reason(self, head: Head) -> str:
        if head.reason is Reason.INTERRUPTED:
            return self.tr("The program was closed while sending.")
        return say_reason(head.reason)

    def _say_owner(self, head: Head) -> str:
        whose = owner(head.reason)
        return "" if whose is None else f"<b>{html.escape(say_owner(whose), quote=False)}</b> "

    def _link(self) -> str:
        words = self.tr("Details")
        return f"<a href='{DETAILS}'>{html.escape(words)}</a>"

    def _say_wait(self) -> None:
        """Count the seconds down; the last one stays until something happens."""
        minutes, seconds = divmod(self._waiting_s, MINUTE_S)
        words = say_wait(self._waiting, f"{minutes}:{seconds:02}")
        self.set_html(html.escape(words, quote=False))

    def _tick(self) -> None:
        self._waiting_s = max(1, self._waiting_s - 1)
        self._say_wait()
