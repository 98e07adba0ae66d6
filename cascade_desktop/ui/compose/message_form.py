"""What is said, by whom and when: the fields of one kind of message."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.composition import draft_problems
from cascade_desktop.core.drafts import (
    Draft,
    FlashCall,
    Kind,
    Promo,
    Survey,
    Transaction,
    text_of,
)
from cascade_desktop.core.problems import (
    BraceMissing,
    ControlSyntax,
    DraftProblem,
    OptionBroken,
    OptionCount,
    OptionEmpty,
    OptionLong,
    OptionTwice,
    PlaceholderAmbiguous,
    PlaceholderEmpty,
    PlaceholderUnknown,
    Remark,
    RowControlSyntax,
    SenderEmpty,
    TextBroken,
    TextEmpty,
    TextTooLong,
    TimePast,
    TimeSkipped,
    TimeToLiveRange,
    TimeTooFar,
    TimeTwice,
    ZoneUnknown,
)
from cascade_desktop.core.sms_summary import SmsSummary
from cascade_desktop.core.template import find_control_syntax
from cascade_desktop.ui.compose.answers import AnswersList
from cascade_desktop.ui.compose.choice_field import ChoiceField
from cascade_desktop.ui.compose.more_options import MoreOptions
from cascade_desktop.ui.compose.reveal import reveal
from cascade_desktop.ui.compose.sms_count import SmsCount
from cascade_desktop.ui.compose.text_field import TextField
from cascade_desktop.ui.compose.when_field import Clock, WhenField
from cascade_desktop.ui.theme import mark
from cascade_desktop.ui.widgets.banner import Notice
from cascade_desktop.ui.widgets.sentence import Sentence
from cascade_desktop.ui.wording import say_remark

SENDER_PX = 280
BETWEEN_PX = 14
_TEXT_PROBLEMS = (
    TextEmpty,
    TextTooLong,
    TextBroken,
    ControlSyntax,
    BraceMissing,
    PlaceholderEmpty,
    PlaceholderUnknown,
    PlaceholderAmbiguous,
    RowControlSyntax,
)
_OPTION_PROBLEMS = (OptionCount, OptionEmpty, OptionTwice, OptionBroken)
_TIME_PROBLEMS = (ZoneUnknown, TimeSkipped, TimeTwice, TimePast, TimeTooFar)


class MessageForm(QWidget):
    """The fields of one kind; they keep their own text and settings."""

    edited = Signal()
    time_passed = Signal()

    def __init__(self, kind: Kind, clock: Clock, zone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._names: tuple[str, ...] = ()
        self._sender_label = QLabel()
        mark(self._sender_label, role="field-label")
        self.sender_combo = ChoiceField(writable=True)
        self.sender_combo.setFixedWidth(SENDER_PX)
        self._sender_label.setBuddy(self.sender_combo)
        self._people = 0
        self._about = Notice()
        self.text_field = TextField(kind)
        self._hint = Sentence(role="muted")
        self.answers = AnswersList()
        self._answers_notice = Notice()
        self.sms_count = SmsCount()
        self.when_field = WhenField(clock, zone)
        self.remarks_notice = Notice(tone="amber")
        self.more_options = MoreOptions(kind)
        self._assemble()
        self._wire()
        self._say()
        self.show_remarks(())

    @property
    def draft(self) -> Draft:
        """Return what the fields hold."""
        sender, text = self.sender_combo.currentText(), self.text_field.text
        ttl_s = self.more_options.ttl_s
        match self.kind:
            case Kind.TRANSACTION:
                return Transaction(sender, text, ttl_s)
            case Kind.PROMO:
                return Promo(sender, text, ttl_s)
            case Kind.SURVEY:
                return Survey(sender, text, self.answers.options, ttl_s)
            case Kind.FLASHCALL:
                return FlashCall(sender, ttl_s, text)

    @property
    def problems(self) -> tuple[DraftProblem, ...]:
        """Return what stops sending by the fields alone."""
        return (*draft_problems(self.draft, self._names), *self.when_field.problems)

    def load(self, campaign: Campaign) -> None:
        """Show a campaign's settings without telling anybody."""
        draft = campaign.draft
        with QSignalBlocker(self.sender_combo):
            self.sender_combo.setEditText(draft.sender)
        text = draft.fallback_text if isinstance(draft, FlashCall) else draft.text
        self.text_field.set_text(text)
        if isinstance(draft, Survey):
            self.answers.set_options(draft.options)
        self.when_field.set_schedule(campaign.schedule, campaign.zone)
        self.when_field.set_spread(campaign.spread_hours)
        self.more_options.load(campaign.route, draft.ttl_s, campaign.spread_hours)

    def set_senders(self, names: Sequence[str]) -> None:
        """Offer sender names; what is typed stays, and an empty field takes the first."""
        typed = self.sender_combo.currentText()
        with QSignalBlocker(self.sender_combo):
            self.sender_combo.clear()
            self.sender_combo.addItems(list(names))
            self.sender_combo.setEditText(typed or next(iter(names), ""))

    def set_names(self, names: Sequence[str], offered: Sequence[str]) -> None:
        """Learn the list's columns; only some are worth a chip."""
        self._names = tuple(names)
        self.text_field.set_names(names, offered)

    def show_summary(self, texts: Sequence[str], summary: SmsSummary | None) -> None:
        """Say what the finished texts cost as SMS."""
        self.sms_count.show_summary(texts if text_of(self.draft) else (), summary)

    def show_people(self, people: int) -> None:
        """Say how many phones a flash call makes ring."""
        self._people = people
        self._say_about()

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Tell what is worth knowing and stops nothing."""
        here = [remark for remark in remarks if not isinstance(remark, OptionLong)]  # told there
        sentences = [escape(say_remark(remark)) for remark in dict.fromkeys(here)]
        self.remarks_notice.set_html("<br>".join(sentences))
        self.remarks_notice.setVisible(bool(sentences))

    def show_problems(self, problems: Sequence[DraftProblem]) -> None:
        """Show red edges where a field stops sending; an empty field is only unfinished."""
        text = [p for p in problems if isinstance(p, _TEXT_PROBLEMS) and not self._of_answer(p)]
        self.text_field.show_problems(text)
        wrong = {self._answer_at(p) for p in problems if isinstance(p, OptionTwice | OptionBroken)}
        wrong |= {self._answer_at(p) for p in problems if self._of_answer(p)}
        self.answers.mark_wrong(frozenset(wrong))

    def focus_problem(self, problem: DraftProblem) -> bool:
        """Go to the field that a problem is about; tell whether there is one."""
        if self._of_answer(problem) or isinstance(problem, _OPTION_PROBLEMS):
            self.answers.focus(self._answer_at(problem))
        elif isinstance(problem, SenderEmpty):
            self._go_to(self.sender_combo)
        elif isinstance(problem, _TEXT_PROBLEMS):
            self._go_to(self.text_field.edit)
        elif isinstance(problem, TimeToLiveRange):
            self.more_options.focus_ttl()
        elif isinstance(problem, _TIME_PROBLEMS):
            self.when_field.focus()
        else:
            return False
        return True

    def focus_first(self) -> None:
        """Go to what is written first."""
        field = self.sender_combo if self.kind is Kind.FLASHCALL else self.text_field.edit
        self._go_to(field)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(BETWEEN_PX)
        sender = QVBoxLayout()
        sender.setSpacing(7)
        sender.addWidget(self._sender_label)
        sender.addWidget(self.sender_combo)
        column.addLayout(sender)
        for part in (
            self._about,
            self.text_field,
            self._hint,
            self.answers,
            self._answers_notice,
            self.sms_count,
            self.when_field,
            self.remarks_notice,
            self.more_options,
        ):
            column.addWidget(part)
        self._about.setVisible(self.kind is Kind.FLASHCALL)
        self._hint.setVisible(self.kind is Kind.TRANSACTION)
        self.answers.setVisible(self.kind is Kind.SURVEY)
        self._answers_notice.setVisible(self.kind is Kind.SURVEY)

    def _wire(self) -> None:
        self.sender_combo.editTextChanged.connect(self.edited)
        spread = self.more_options
        spread.edited.connect(lambda: self.when_field.set_spread(spread.spread_hours))
        for part in (self.text_field, self.answers, self.when_field, self.more_options):
            part.edited.connect(self.edited)
        self.sms_count.details.spelling_wanted.connect(self.text_field.spell)
        self.when_field.passed_on.connect(self.time_passed)
        self.answers.follow(self.text_field.insert_row.emoji_button)

    def _go_to(self, field: QWidget) -> None:
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        reveal(field)

    def _of_answer(self, problem: DraftProblem) -> bool:
        """Tell whether control syntax stands in an answer, not in the text."""
        return isinstance(problem, ControlSyntax) and (
            find_control_syntax(self.text_field.text) != problem.found
        )

    def _answer_at(self, problem: DraftProblem) -> int:
        options = [option.strip() for option in self.answers.options]
        match problem:
            case OptionEmpty(position) | OptionBroken(position):
                return position
            case OptionTwice(text):
                return len(options) - options[::-1].index(text) if text in options else 1
            case ControlSyntax(found):
                hits = (at for at, option in enumerate(options, 1) if found in option)
                return next(hits, 1)
        return len(options)

    def _say(self) -> None:
        self._sender_label.setText(self.tr("F&rom"))
        self.sender_combo.setAccessibleName(self.tr("From: the sender name"))
        self._say_about()
        self._hint.set_html(self.tr("Viber must have approved this text before; ask SMSBAT."))
        self._answers_notice.set_html(
            self.tr("The answers arrive in your SMSBAT account, not here.")
        )

    def _say_about(self) -> None:
        words = self.tr(
            "<b>Each phone rings once and stops by itself.</b> There is no text, and nobody"
            " needs to answer. Whether a number is alive SMSBAT learns; this program does not"
            " show it yet."
        )
        rings = self.tr("%Ln phone(s) will ring.", "", self._people) if self._people else ""
        self._about.set_html(f"{words} <b>{rings}</b>" if rings else words)
