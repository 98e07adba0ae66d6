"""The box about uncertain messages: sent, no receipt came, most probably arrived."""

import html
from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

from cascade_desktop.core.campaign_file import Campaign, read_campaign
from cascade_desktop.core.drafts import stale_after_s
from cascade_desktop.core.states import Resolution
from cascade_desktop.engine.journal.store import utc_now
from cascade_desktop.engine.journal.values import Head
from cascade_desktop.ui.widgets.banner import Notice
from cascade_desktop.ui.widgets.buttons import DangerButton, SecondaryButton
from cascade_desktop.ui.widgets.choice_card import ChoiceCard
from cascade_desktop.ui.widgets.dialog import Sheet
from cascade_desktop.ui.widgets.sentence import Sentence

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class UncertainDialog(Sheet):
    """Asks once what to do; sending again is asked twice, with its number."""

    decided = Signal(str)
    """Emits a Resolution's value, closed or resent, or "" for later."""

    def __init__(
        self,
        head: Head,
        parent: QWidget,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__("", parent)
        self._campaign = head
        self._too_late = _is_too_late(head, now())
        first, last = head.handed_over or (head.created_at, head.created_at)
        self._first, self._last = first.astimezone(), last.astimezone()
        self.set_title(self.tr("%Ln message(s) (is/are) uncertain", "", head.undecided))
        self._words = Sentence(self._explanation())
        self.close_card = ChoiceCard("", recommended=True)
        self.resend_card = ChoiceCard("")
        self.later_card = ChoiceCard("")
        self.ask_words = Sentence(self._ask(), role="muted")
        self.sure_notice = Notice(self._sure(), tone="amber")
        self.back_button = SecondaryButton(self.tr("&Back"))
        self.resend_button = DangerButton(self.tr("&Send %Ln again", "", head.undecided))
        for part in (
            self._words,
            self.close_card,
            self.resend_card,
            self.later_card,
            self.sure_notice,
            self.ask_words,
        ):
            self.body.addWidget(part)
        self.add_button(self.back_button)
        self.add_button(self.resend_button)
        self._say_cards()
        self._connect()
        self._show_question(sure=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the card that the keyboard is on with Enter, as buttons are."""
        card = self.focusWidget()
        if event.key() in _ENTER and isinstance(card, ChoiceCard):
            card.click()
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Esc decides nothing: later."""
        super().reject()
        self.decided.emit("")

    def _connect(self) -> None:
        self.close_card.clicked.connect(lambda: self._decide(Resolution.CLOSED))
        self.resend_card.clicked.connect(lambda: self._show_question(sure=True))
        self.later_card.clicked.connect(self.reject)
        self.back_button.clicked.connect(lambda: self._show_question(sure=False))
        self.resend_button.clicked.connect(lambda: self._decide(Resolution.RESENT))
        self.ask_words.link_clicked.connect(self._copy)

    def _decide(self, choice: Resolution) -> None:
        self.accept()
        self.decided.emit(choice.value)

    def _show_question(self, *, sure: bool) -> None:
        """Show the three choices, or ask again before anybody may get a message twice."""
        for part in (self._words, self.close_card, self.later_card):
            part.setVisible(not sure)
        self.resend_card.setVisible(not sure and not self._too_late)
        for part in (self.sure_notice, self.back_button, self.resend_button):
            part.setVisible(sure)
        first = self.back_button if sure else self.close_card
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        first, last = f"{self._first:%Y-%m-%d %H:%M}", f"{self._last:%Y-%m-%d %H:%M}"
        when = first if first == last else f"{first} – {last}"
        QGuiApplication.clipboard().setText(f"{self._campaign.code}, {when}")
        self.ask_words.set_html(self._ask(copied=True))

    def _explanation(self) -> str:
        words = self.tr("We handed them over, and no whole receipt came.")
        if self._campaign.handed_over is not None:
            words = self.tr("We handed them over ({time}), and no whole receipt came.").format(
                time=self._when()
            )
        likely = self.tr("Most probably they arrived.")
        late = self.tr("The time for which they make sense has passed: they are not sent again.")
        return f"{words} {likely} {late}" if self._too_late else f"{words} {likely}"

    def _say_cards(self) -> None:
        close, advice = self.tr("Do not send again"), self.tr("(recommended)")
        resend, later = self.tr("Send again"), self.tr("Decide later")
        self.close_card.set_words(
            f"<b>{close}</b> {advice}", self.tr("They stay marked “Uncertain” in the report.")
        )
        self.resend_card.set_words(f"<b>{resend}</b>", self.tr("Some people may get it twice."))
        self.later_card.set_words(f"<b>{later}</b>")

    def _sure(self) -> str:
        first = self.tr("Send %Ln message(s) again?", "", self._campaign.undecided)
        rest = self.tr("Most of these people probably have it already: they get it twice.")
        return f"<b>{first}</b> {rest}"

    def _when(self) -> str:
        """Return when they were handed over: a moment, or from when until when."""
        first, last = _day_and_clock(self._first), _day_and_clock(self._last)
        if first == last:
            return first
        if self._first.date() == self._last.date():
            return f"{first}–{self._last:%H:%M}"
        return f"{first} – {last}"

    def _ask(self, *, copied: bool = False) -> str:
        words = self.tr("To be sure, ask SMSBAT and give them this code: {code}, {time}.")
        said = html.escape(words).format(
            code=f"<b>{self._campaign.code}</b>", time=html.escape(self._when())
        )
        link = self.tr("Copied") if copied else self.tr("Copy")
        return f"{said} <a href='copy'>{link}</a>"


def _day_and_clock(at: datetime) -> str:
    day = QLocale().toString(QDate(at.year, at.month, at.day), "d MMMM")
    return f"{day}, {at:%H:%M}"


def _is_too_late(head: Head, now: datetime) -> bool:
    """Tell whether none of the uncertain calls or codes may leave again (R12).

    None of them was offered after the last of them was handed over.
    """
    campaign = read_campaign(head.draft)
    if not isinstance(campaign, Campaign) or campaign.schedule or campaign.spread_hours:
        return False
    stale_s = stale_after_s(campaign.draft)
    if stale_s is None or head.handed_over is None:
        return False
    return now - head.handed_over.last > timedelta(seconds=stale_s)
