"""The review: one real message, who, when, at most how much; then a button that says it all."""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from cascade_desktop.core.confirmations import Confirmation, Given
from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.prices import Cost, CountryParts
from cascade_desktop.ui.widgets.banner import Notice
from cascade_desktop.ui.widgets.buttons import PrimaryButton, SecondaryButton
from cascade_desktop.ui.widgets.check_row import CheckRow
from cascade_desktop.ui.widgets.dialog import Sheet
from cascade_desktop.ui.widgets.sentence import Sentence, as_written
from cascade_desktop.ui.widgets.stamp import PracticeStamp
from cascade_desktop.ui.wording_reading import country_name

COUNTRIES_SHOWN = 3
YES, SENT_ALL_THE_SAME = "yes", "sent all the same"
"""Answers as the journal keeps them; a number is kept as it was typed."""
LABEL_PX = 90


@dataclass(frozen=True, slots=True)
class EarlierLine:
    """Who got something before, in words, and the rows to leave out so that they get no more."""

    words: str
    rows: tuple[int, ...]
    people: int


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """What an operator must know before a campaign leaves; texts are local and final."""

    kind: Kind
    count: int
    """Messages."""
    people: int
    """Who will get them: fewer where somebody gets several."""
    example_to: str
    """Name or phone of the person whose message is shown."""
    example_text: str
    sender: str = ""
    by_country: tuple[tuple[str, int], ...] = ()
    not_included: int = 0
    stopped: int = 0
    """Of those not included, the ones on the “Do not message” list."""
    when: str = ""
    """The local time, such as "Thursday 26 November, 10:00"; "" is now."""
    when_detail: str = ""
    """How far away it is, or over how long it is spread."""
    day: str = ""
    """The day of a scheduled campaign as a sentence names it: "on Thursday"."""
    sms_parts: int = 0
    """All SMS together if every message went as SMS; 0 where none would."""
    cost: Cost | None = None
    """What those cost; None without prices."""
    options: tuple[str, ...] = ()
    """A survey's answers."""
    practice: bool = True
    confirmations: tuple[Confirmation, ...] = ()
    quiet: str = ""
    """The sentence about quiet hours; a question when it must be confirmed."""
    remarks: tuple[str, ...] = ()
    earlier: tuple[EarlierLine, ...] = ()
    taken_out: int = 0
    """How many people were just left out because they got something before."""
    changed_file: str = ""
    """The list's name where its file changed after it was read."""


class ReviewDialog(Sheet):
    """Shows the facts; the main button lives when everything asked is confirmed."""

    agreed = Signal()
    leave_out_wanted = Signal(object)
    """Emits the EarlierLine whose people shall not get it."""
    take_back_wanted = Signal()
    read_again_wanted = Signal()

    def __init__(self, facts: ReviewFacts, parent: QWidget) -> None:
        super().__init__("", parent)
        self._facts = facts
        self.ticks: dict[Confirmation, CheckRow] = {}
        self.offers: list[Notice] = []
        """Remarks with something to do about them."""
        self._words: dict[Confirmation, str] = {}
        self.number_edit = QLineEdit()
        self.back_button = SecondaryButton(self.tr("&Back"))
        self.hand_over_button = PrimaryButton()
        self.hand_over_button.set_practice(facts.practice)
        self.set_title(self._title())
        if facts.practice:
            self.set_corner(PracticeStamp(brief=True))
        self.body.addWidget(self._example())
        self.body.addLayout(self._lines())
        self._add_remarks()
        self._add_questions()
        self.hand_over_button.setText(self._button_text())
        self.add_button(self.back_button)
        self.add_button(self.hand_over_button, default=True)
        self.back_button.clicked.connect(self.reject)
        self.hand_over_button.clicked.connect(self._agree)
        self._check()

    def given(self, at: datetime) -> tuple[Given, ...]:
        """Return what was asked here, as it was asked, with the answers; ``at`` is when."""
        asked = [
            Given(question.value, self._words[question], self._answer(question), at)
            for question in self._facts.confirmations
        ]
        before = [
            Given(Confirmation.SENT_BEFORE.value, line.words, SENT_ALL_THE_SAME, at)
            for line in self._facts.earlier[:1]
        ]
        return (*asked, *before)

    def _answer(self, question: Confirmation) -> str:
        return self.number_edit.text().strip() if question not in self.ticks else YES

    def _agree(self) -> None:
        """Give the word, once everything was in sight."""
        if self.shows_the_rest():
            return
        self.accept()
        self.agreed.emit()

    def _check(self) -> None:
        """Let go only when everything that was asked is confirmed."""
        ticked = all(row.isChecked() for row in self.ticks.values())
        self.hand_over_button.setEnabled(ticked and self._number_is_typed())

    def _number_is_typed(self) -> bool:
        if Confirmation.LARGE_NUMBER not in self._facts.confirmations:
            return True
        digits = "".join(char for char in self.number_edit.text() if char.isdecimal())
        return digits == str(self._facts.count)

    def _title(self) -> str:
        count, practice = self._facts.count, self._facts.practice
        match self._facts.kind:
            case Kind.TRANSACTION:
                live = self.tr("Send %Ln transaction message(s)?", "", count)
                later = self.tr("Hand over %Ln transaction message(s)?", "", count)
                tried = self.tr("Practise with %Ln transaction message(s)?", "", count)
            case Kind.PROMO:
                live = self.tr("Send %Ln promo message(s)?", "", count)
                later = self.tr("Hand over %Ln promo message(s)?", "", count)
                tried = self.tr("Practise with %Ln promo message(s)?", "", count)
            case Kind.SURVEY:
                live = self.tr("Send %Ln survey(s)?", "", count)
                later = self.tr("Hand over %Ln survey(s)?", "", count)
                tried = self.tr("Practise with %Ln survey(s)?", "", count)
            case Kind.FLASHCALL:
                live = later = self._ringing()
                tried = self.tr("Practise with %Ln flash call(s)?", "", count)
        if practice:
            return tried
        return later if self._facts.when else live

    def _ringing(self) -> str:
        facts = self._facts
        if facts.people < facts.count:
            return self.tr("Make %Ln flash call(s)?", "", facts.count)
        return self.tr("Let %Ln phone(s) ring once?", "", facts.count)

    def _button_text(self) -> str:
        count = self._facts.count
        if self._facts.practice:
            return self.tr("&Practise with %Ln: nothing is sent", "", count)
        if self._facts.kind is Kind.FLASHCALL:
            return self.tr("&Ring %Ln phone(s)", "", self._facts.people)
        if self._facts.when:  # SMSBAT takes them now and sends them then
            return self.tr("&Hand over %Ln message(s)", "", count)
        return self.tr("&Send %Ln message(s)", "", count)

    def _example(self) -> QFrame:
        facts = self._facts
        box = QFrame()
        box.setProperty("role", "notice")
        column = QVBoxLayout(box)
        column.setContentsMargins(13, 10, 13, 11)
        column.setSpacing(2)
        head = self.tr("For example, from {sender} to {name}:")
        head = head.format(sender=facts.sender, name=facts.example_to)
        column.addWidget(Sentence(html.escape(head), role="muted"))
        text = facts.example_text
        if facts.kind is Kind.FLASHCALL:
            rings = self.tr("The phone rings once and stops; there is no text.")
            after = self.tr("If the call fails, this SMS: {text}").format(text=text)
            text = after if text else rings
        column.addWidget(Sentence(as_written(text)))
        if facts.options:
            answers = " · ".join(html.escape(option) for option in facts.options)
            column.addWidget(Sentence(f"<b>{answers}</b>", role="muted"))
        return box

    def _lines(self) -> QGridLayout:
        """Lay out who, when and at most how much as a small table."""
        grid = QGridLayout()
        grid.setColumnMinimumWidth(0, LABEL_PX)
        grid.setColumnStretch(1, 1)
        grid.setContentsMargins(12, 4, 0, 4)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        lines = [(self.tr("Who"), self._who()), (self.tr("When"), self._when())]
        if at_most := self._at_most():
            lines.append((self.tr("At most"), at_most))
        for at, (name, words) in enumerate(lines):
            label = QLabel(name)
            grid.addWidget(label, 2 * at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Sentence(words), 2 * at, 1)
            rule = QFrame()
            rule.setProperty("role", "rule")
            grid.addWidget(rule, 2 * at + 1, 0, 1, 2)
        return grid

    def _who(self) -> str:
        facts = self._facts
        people = self.tr("%Ln (person/people)", "", facts.people)
        if facts.people < facts.count:
            people = self.tr("%Ln message(s) to", "", facts.count) + f" {people}"
        places = html.escape(self._in_countries(facts.by_country))
        left = self.tr("%Ln (is/are) not included.", "", facts.not_included)
        if facts.stopped:
            left += " " + self.tr(
                "%Ln of them (is/are) on your “Do not message” list.", "", facts.stopped
            )
        end = f" {left}" if facts.not_included else ""
        return f"<b>{people}</b>, {places}.{end}" if places else f"<b>{people}</b>.{end}"

    def _when(self) -> str:
        facts = self._facts
        when = html.escape(facts.when) or self.tr("Now")
        detail = f", {html.escape(facts.when_detail)}" if facts.when_detail else ""
        undo = self.tr("after ten seconds in which you can undo it")
        return f"<b>{when}</b>{detail}" if facts.when else f"<b>{when}</b>, {undo}"

    def _at_most(self) -> str:
        facts = self._facts
        if facts.cost is not None:
            return self._costs(facts.cost)
        if not facts.sms_parts:
            return ""
        parts = self.tr("%Ln SMS", "", facts.sms_parts)
        rest = self.tr("if all went by SMS; an app takes one message each.")
        return f"<b>{parts}</b> {rest}"

    def _costs(self, cost: Cost) -> str:
        """Say what it comes to at most, and which countries are not in it."""
        digits = max(0, -int(cost.shown.as_tuple().exponent))
        amount = self.locale().toString(float(cost.shown), "f", digits)
        sum_ = self.tr("about {amount} {currency}").format(amount=amount, currency=cost.currency)
        if self._facts.practice:
            rest = self.tr("if it were real and all went by SMS. Practice costs nothing.")
        else:
            rest = self.tr("if all went by SMS. Make sure it is on your account.")
        words = [f"<b>{html.escape(sum_)}</b> {rest}"]
        if cost.unpriced:
            text = self.tr("{priced} priced; {unpriced} have no price.")
            if self._facts.people < self._facts.count:
                text = self.tr("Messages: {priced} priced; {unpriced} have no price.")
            words.append(
                text.format(priced=self._places(cost.priced), unpriced=self._places(cost.unpriced))
            )
        return " ".join(words)

    def _places(self, parts: tuple[CountryParts, ...]) -> str:
        """Name some countries with how many messages go there."""
        return html.escape(self._in_countries([(one.country, one.messages) for one in parts]))

    def _in_countries(self, counts: Sequence[tuple[str, int]]) -> str:
        number = self.locale().toString
        shown = [
            self.tr("{number} in {country}").format(
                number=number(count), country=country_name(country)
            )
            for country, count in counts[:COUNTRIES_SHOWN]
        ]
        others = sum(count for _, count in counts[COUNTRIES_SHOWN:])
        if others:
            shown.append(self.tr("%Ln elsewhere", "", others))
        return ", ".join(shown)

    def _add_remarks(self) -> None:
        facts = self._facts
        asked = Confirmation.QUIET_HOURS in facts.confirmations
        quiet = () if asked or not facts.quiet else (facts.quiet,)
        if facts.changed_file:
            words = self.tr("The file {name} was changed after you opened it. This is the old one.")
            name = f"<b>{html.escape(facts.changed_file)}</b>"
            self._offer(
                words.format(name=name), self.tr("Read it a&gain"), self.read_again_wanted.emit
            )
        if facts.taken_out:
            words = self.tr("You left %Ln (person/people) out.", "", facts.taken_out)
            self._offer(words, self.tr("&Undo"), self.take_back_wanted.emit, tone="")
        keys = (self.tr("&Leave them out"), self.tr("Leave only &these out"))
        for line, action in zip(facts.earlier, keys, strict=False):
            if line.people < facts.people:
                leave = partial(self.leave_out_wanted.emit, line)
                self._offer(html.escape(line.words), action, leave)
            else:
                self._offer_in_vain(html.escape(line.words), action)
        for remark in (*facts.remarks, *quiet):
            self.body.addWidget(Notice(html.escape(remark), tone="amber"))

    def _offer(self, words: str, action: str, act: Callable[[], None], tone: str = "amber") -> None:
        """Add a remark with something to do about it; doing it leaves the review."""
        notice = Notice(words, tone=tone, action=action)
        notice.action_clicked.connect(self.reject)
        notice.action_clicked.connect(act)
        self.offers.append(notice)
        self.body.addWidget(notice)

    def _offer_in_vain(self, words: str, action: str) -> None:
        """Add a remark about everybody: leaving them out would leave nobody, which is told here."""
        notice = Notice(words, tone="amber", action=action)
        nobody = html.escape(self.tr("That would leave nobody."))
        notice.action_clicked.connect(lambda: notice.set_html(f"{words} <b>{nobody}</b>"))
        notice.action_clicked.connect(lambda: notice.set_action(""))
        self.offers.append(notice)
        self.body.addWidget(notice)

    def _add_questions(self) -> None:
        facts = self._facts
        called = self.tr(
            "I know: SMSBAT takes these now and sends {day}. After that they cannot be called back."
        )
        words = {
            Confirmation.AGREEMENT: self.tr("These people agreed to get advertising from us."),
            Confirmation.QUIET_HOURS: facts.quiet,
            Confirmation.NOT_CALLED_BACK: called.format(day=facts.day or facts.when),
        }
        for question in facts.confirmations:
            if question in words:
                self._add_tick(question, words[question])
        if Confirmation.LARGE_NUMBER in facts.confirmations:
            self._add_number()

    def _add_tick(self, question: Confirmation, words: str) -> None:
        row = CheckRow(html.escape(words))
        row.toggled.connect(self._check)
        self.ticks[question] = row
        self._words[question] = words
        self.body.addWidget(row)

    def _add_number(self) -> None:
        words = self.tr("That is a lot. Type the number {number} to go on:")
        label = QLabel(words.format(number=self.locale().toString(self._facts.count)))
        self._words[Confirmation.LARGE_NUMBER] = label.text()
        label.setProperty("role", "field-label")
        label.setWordWrap(True)
        label.setBuddy(self.number_edit)
        self.number_edit.setAccessibleName(label.text())
        self.number_edit.setMaximumWidth(200)
        self.number_edit.textChanged.connect(self._check)
        self.body.addWidget(label)
        self.body.addWidget(self.number_edit)
