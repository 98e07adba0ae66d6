"""Send a test: the very message in the preview, to one's own phone, and what came of it."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from cascade_desktop.core.delivery import FINAL
from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.numbering import show_phone
from cascade_desktop.core.states import Reason, State
from cascade_desktop.engine.journal.trials import TrialOutcome
from cascade_desktop.ui.trial_numbers import TrialNumbers
from cascade_desktop.ui.widgets.banner import Notice
from cascade_desktop.ui.widgets.buttons import PrimaryButton, SecondaryButton
from cascade_desktop.ui.widgets.dialog import Sheet
from cascade_desktop.ui.widgets.segmented import Segmented
from cascade_desktop.ui.widgets.sentence import Sentence, as_written
from cascade_desktop.ui.widgets.stamp import PracticeStamp
from cascade_desktop.ui.wording_delivery import say_delivery, say_undelivered
from cascade_desktop.ui.wording_trial import say_interrupted, say_trial

NOW, SOON = "now", "soon"


@dataclass(frozen=True, slots=True)
class TrialFacts:
    """What would leave, and where it could go."""

    kind: Kind
    sender: str
    person: str
    """Whose message it is: their name, or their phone."""
    text: str
    options: tuple[str, ...] = ()
    """A survey's answers."""
    practice: bool = True
    country: str = "UA"
    """Of numbers that are typed without a code."""
    remembered: tuple[str, ...] = ()
    stopped: frozenset[str] = frozenset()
    """The numbers on the “Do not message” list."""
    latest: TrialOutcome | None = None


class _Stage(StrEnum):
    ASKING = "asking"
    SENDING = "sending"
    OVER = "over"


class TrialDialog(Sheet):
    """Asks to which number and when; then stays and tells what became of it."""

    send_wanted = Signal(object, bool)
    """Emits the numbers, and whether it shall leave in five minutes only."""
    stop_wanted = Signal()
    list_wanted = Signal()

    def __init__(self, facts: TrialFacts, parent: QWidget) -> None:
        super().__init__("", parent)
        self._facts = facts
        self._phones: tuple[str, ...] = ()
        self._notices: dict[str, Notice] = {}
        self.outcomes: dict[str, TrialOutcome] = {}
        self.numbers = TrialNumbers(facts.country, facts.remembered, facts.stopped, self)
        self.when = Segmented()
        self.back_button = SecondaryButton(self.tr("&Back"))
        self.stop_button = SecondaryButton(self.tr("&Stop"))
        self.again_button = SecondaryButton(self.tr("Another &test"))
        self.send_button, self.close_button = PrimaryButton(), PrimaryButton(self.tr("&Close"))
        self._question = QWidget()
        self._results = QVBoxLayout()
        self._wait, self._latest = Notice(), Notice(tone="amber")
        self._lay_out()
        self._connect()
        self._show_stage(_Stage.ASKING)

    @property
    def phones(self) -> tuple[str, ...]:
        """Return the numbers to which the test goes or went."""
        return self._phones

    def show_sending(self, phones: Sequence[str]) -> None:
        """Show that a test to these numbers is under way."""
        self._phones = tuple(phones)
        self._clear_results()
        self.outcomes.clear()
        self._latest.hide()
        for phone in phones:
            notice = self._notices[phone] = Notice()
            self._results.addWidget(notice)
            notice.show()
            first = phone == phones[0]
            self._say(phone, self.tr("Being handed over…") if first else self.tr("Comes next…"), "")
        self._show_stage(_Stage.SENDING)

    def show_wait(self, words: str) -> None:
        """Tell what the test waits for; "" for nothing any more."""
        self._wait.set_html(html.escape(words, quote=False))
        self._wait.setVisible(bool(words))

    def show_outcome(self, outcome: TrialOutcome) -> None:
        """Tell what became of the test to one number."""
        self.show_wait("")
        self.outcomes[outcome.phone] = outcome
        words = say_trial(outcome, self._facts.kind, practice=self._facts.practice)
        tone = {State.ACCEPTED: "ok", State.UNKNOWN: "amber"}.get(outcome.state, "danger")
        if outcome.reason is Reason.OPERATOR_STOPPED:
            tone = ""
        self._say(outcome.phone, words, tone)

    def show_delivery(self, code: str, delivery: str) -> None:
        """Tell what the service says became of it later."""
        found = next((one for one in self.outcomes.values() if one.code == code), None)
        if found is None or delivery not in FINAL:
            return
        why = say_undelivered(delivery)
        self._say(found.phone, why or f"{say_delivery(delivery)}.", "amber" if why else "ok")

    def show_over(self) -> None:
        """Say that nothing is under way any more."""
        self._show_stage(_Stage.OVER)

    def _show_stage(self, stage: _Stage) -> None:
        asking, sending, over = (stage is one for one in _Stage)
        self._question.setVisible(asking)
        for button, shown in (
            (self.back_button, not over),
            (self.send_button, asking),
            (self.stop_button, sending),
            (self.again_button, over),
            (self.close_button, over),
        ):
            button.setVisible(shown)
        self.show_wait("")
        self.stop_button.setEnabled(sending)
        self.back_button.setText(self.tr("&Back") if asking else self.tr("&Close"))
        self.send_button.setDefault(asking)
        self.close_button.setDefault(over)
        if asking:
            self._clear_results()
            self._show_button()
            self.numbers.edit.setFocus()
        elif over:
            self.close_button.setFocus()

    def _clear_results(self) -> None:
        for notice in self._notices.values():
            notice.hide()
            notice.deleteLater()
        self._notices.clear()

    def _say(self, phone: str, words: str, tone: str) -> None:
        said = html.escape(words, quote=False)
        self._notices[phone].set_html(f"<b>{show_phone(phone)}</b> · {said}")
        self._notices[phone].set_tone(tone)

    def _send(self) -> None:
        if self.numbers.take() and self.numbers.phones:
            self.send_wanted.emit(self.numbers.phones, self.when.current == SOON)

    def _stop(self) -> None:
        self.stop_button.setEnabled(False)
        self.stop_wanted.emit()

    def _show_button(self) -> None:
        phones = self.numbers.phones
        self.send_button.setText(self._button_text(phones))
        self.send_button.setEnabled(bool(phones) or not self.numbers.is_blank)

    def _button_text(self, phones: Sequence[str]) -> str:
        if self._facts.practice:
            return self.tr("&Practise: nothing is sent")
        calls = self._facts.kind is Kind.FLASHCALL
        if not phones:
            return self.tr("&Ring this phone") if calls else self.tr("&Send this message")
        if len(phones) > 1:
            count = len(phones)
            return (
                self.tr("&Ring %Ln phone(s)", "", count)
                if calls
                else self.tr("&Send %Ln real message(s)", "", count)
            )
        phone = show_phone(phones[0])
        words = self.tr("&Ring {phone}") if calls else self.tr("&Send a real message to {phone}")
        return words.format(phone=phone)

    def _title(self) -> str:
        calls = self._facts.kind is Kind.FLASHCALL
        if self._facts.practice:
            return self.tr("Practise a test call?") if calls else self.tr("Practise a test?")
        return self.tr("Ring your own phone?") if calls else self.tr("Send a test to your phone?")

    def _connect(self) -> None:
        self.numbers.changed.connect(self._show_button)
        self.numbers.list_wanted.connect(self.reject)
        self.numbers.list_wanted.connect(self.list_wanted)
        self.back_button.clicked.connect(self.reject)
        self.close_button.clicked.connect(self.accept)
        self.stop_button.clicked.connect(self._stop)
        self.again_button.clicked.connect(lambda: self._show_stage(_Stage.ASKING))
        self.send_button.clicked.connect(self._send)

    def _lay_out(self) -> None:
        self.set_title(self._title())
        if self._facts.practice:
            self.set_corner(PracticeStamp(brief=True))
        self.send_button.set_practice(self._facts.practice)
        self.body.addWidget(self._example())
        asking = QVBoxLayout(self._question)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.setSpacing(10)
        latest = self._facts.latest
        self._latest.set_html("" if latest is None else html.escape(say_interrupted(latest)))
        self._latest.setVisible(latest is not None)
        asking.addWidget(self._latest)
        asking.addWidget(self.numbers)
        self._lay_out_when(asking)
        self.body.addWidget(self._question)
        self._results.setSpacing(8)
        self.body.addLayout(self._results)
        self.body.addWidget(self._wait)
        for button in (self.back_button, self.stop_button, self.again_button):
            self.add_button(button)
        self.add_button(self.send_button, default=True)
        self.add_button(self.close_button)

    def _lay_out_when(self, column: QVBoxLayout) -> None:
        label = QLabel(self.tr("When"))
        label.setProperty("role", "field-label")
        self.when.add(NOW, self.tr("&Now"))
        self.when.add(SOON, self.tr("In &five minutes: tries a schedule"))
        self.when.setAccessibleName(label.text())
        column.addWidget(label)
        column.addWidget(self.when)

    def _example(self) -> QFrame:
        facts = self._facts
        box = QFrame()
        box.setProperty("role", "notice")
        column = QVBoxLayout(box)
        column.setContentsMargins(13, 10, 13, 11)
        column.setSpacing(2)
        head = self.tr("What {name} gets from {sender}:")
        head = head.format(name=facts.person, sender=facts.sender)
        column.addWidget(Sentence(html.escape(head), role="muted"))
        text = facts.text
        if facts.kind is Kind.FLASHCALL:
            rings = self.tr("This phone rings once and stops; there is no text.")
            after = self.tr("If the call fails, this SMS: {text}").format(text=text)
            text = f"{rings}\n{after}" if text else rings
        column.addWidget(Sentence(as_written(text)))
        if facts.options:
            answers = " · ".join(html.escape(option) for option in facts.options)
            column.addWidget(Sentence(f"<b>{answers}</b>", role="muted"))
        return box
