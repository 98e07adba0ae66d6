"""The review: one real message, who, when, at most how much; then a button that says it all."""

import html
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from cascade_desktop.core.confirmations import Confirmation
from cascade_desktop.core.drafts import Kind
from cascade_desktop.ui.widgets.banner import Notice
from cascade_desktop.ui.widgets.buttons import PrimaryButton, SecondaryButton
from cascade_desktop.ui.widgets.check_row import CheckRow
from cascade_desktop.ui.widgets.dialog import Sheet
from cascade_desktop.ui.widgets.sentence import Sentence
from cascade_desktop.ui.widgets.stamp import PracticeStamp
from cascade_desktop.ui.wording_reading import country_name

COUNTRIES_SHOWN = 3
LABEL_PX = 90


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
    options: tuple[str, ...] = ()
    """A survey's answers."""
    practice: bool = True
    confirmations: tuple[Confirmation, ...] = ()
    quiet: str = ""
    """The sentence about quiet hours; a question when it must be confirmed."""
    remarks: tuple[str, ...] = ()


class ReviewDialog(Sheet):
    """Shows the facts; the main button lives when everything asked is confirmed."""

    agreed = Signal()

    def __init__(self, facts: ReviewFacts, parent: QWidget) -> None:
        super().__init__("", parent)
        self._facts = facts
        self.ticks: dict[Confirmation, CheckRow] = {}
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

    def _agree(self) -> None:
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
        column.addWidget(Sentence(html.escape(text).replace("\n", "<br>")))
        if facts.options:
            answers = " · ".join(html.escape(option) for option in facts.options)
            column.addWidget(Sentence(f"<b>{answers}</b>", role="muted"))
        return box

    def _lines(self) -> QGridLayout:
        """Lay out who, when and at most how much as a small table."""
        grid = QGridLayout()
        grid.setColumnMinimumWidth(0, LABEL_PX)
        grid.setColumnStretch(1, 1)
        grid.setContentsMargins(12, 4, 12, 4)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        lines = [(self.tr("Who"), self._who()), (self.tr("When"), self._when())]
        if at_most := self._at_most():
            lines.append((self.tr("At most"), at_most))
        for at, (name, words) in enumerate(lines):
            label = QLabel(name)
            grid.addWidget(label, 2 * at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Sentence(words), 2 * at, 1)
            if at + 1 < len(lines):
                rule = QFrame()
                rule.setProperty("role", "rule")
                grid.addWidget(rule, 2 * at + 1, 0, 1, 2)
        return grid

    def _who(self) -> str:
        facts = self._facts
        number = self.locale().toString
        people = self.tr("%Ln (person/people)", "", facts.people)
        if facts.people < facts.count:
            people = self.tr("%Ln message(s) to", "", facts.count) + f" {people}"
        shown = [
            self.tr("{number} in {country}").format(
                number=number(count), country=country_name(country)
            )
            for country, count in facts.by_country[:COUNTRIES_SHOWN]
        ]
        others = sum(count for _, count in facts.by_country[COUNTRIES_SHOWN:])
        if others:
            shown.append(self.tr("%Ln elsewhere", "", others))
        words = html.escape(", ".join(shown))
        left = self.tr("%Ln (is/are) not included.", "", facts.not_included)
        if facts.stopped:
            left += " " + self.tr(
                "%Ln of them (is/are) on your “Do not message” list.", "", facts.stopped
            )
        end = f" {left}" if facts.not_included else ""
        return f"<b>{people}</b>, {words}.{end}" if shown else f"<b>{people}</b>.{end}"

    def _when(self) -> str:
        facts = self._facts
        when = html.escape(facts.when) or self.tr("Now")
        detail = f", {html.escape(facts.when_detail)}" if facts.when_detail else ""
        undo = self.tr("after ten seconds in which you can undo it")
        return f"<b>{when}</b>{detail}" if facts.when else f"<b>{when}</b>, {undo}"

    def _at_most(self) -> str:
        facts = self._facts
        if not facts.sms_parts:
            return ""
        parts = self.tr("%Ln SMS", "", facts.sms_parts)
        rest = self.tr("if all went by SMS; an app takes one message each.")
        return f"<b>{parts}</b> {rest}"

    def _add_remarks(self) -> None:
        asked = Confirmation.QUIET_HOURS in self._facts.confirmations
        quiet = () if asked or not self._facts.quiet else (self._facts.quiet,)
        for remark in (*self._facts.remarks, *quiet):
            self.body.addWidget(Notice(html.escape(remark), tone="amber"))

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
        self.body.addWidget(row)

    def _add_number(self) -> None:
        words = self.tr("That is a lot. Type the number {number} to go on:")
        label = QLabel(words.format(number=self.locale().toString(self._facts.count)))
        label.setProperty("role", "field-label")
        label.setWordWrap(True)
        label.setBuddy(self.number_edit)
        self.number_edit.setAccessibleName(label.text())
        self.number_edit.setMaximumWidth(200)
        self.number_edit.textChanged.connect(self._check)
        self.body.addWidget(label)
        self.body.addWidget(self.number_edit)
