"""What can be settled about a list with one press: the question, and its answers in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import assert_never

from cascade_desktop.core.composition import Composition, Duplicates
from cascade_desktop.core.consent import Unheeded
from cascade_desktop.core.questions import Question, QuestionCode
from cascade_desktop.core.recipients import Choice, Recipients
from cascade_desktop.core.repairs import Repair, Repairs
from cascade_desktop.ui.wording_plurals import translate
from cascade_desktop.ui.wording_reading import country_name, say_question

SHARED, CONSENT = "SHARED_NUMBERS", "CONSENT"
_FIRST_OF_ALL = (QuestionCode.SEVERAL_SHEETS, QuestionCode.OTHER_COUNTRY)
"""While these are open, questions about single rows are not worth answering."""
_ABOUT_ROWS = (QuestionCode.TWO_PHONES, QuestionCode.AMBIGUOUS_NUMBERS)


class Wish(StrEnum):
    """What an answer asks for; `Answer.value` says which."""

    HIDDEN_IN = "hidden_in"
    HIDDEN_OUT = "hidden_out"
    SHEET = "sheet"
    HEADER = "header"
    """Take a row for the names of the columns; 0 for none."""
    COUNTRY = "country"
    DUPLICATES = "duplicates"
    CORRECT = "correct"
    CONSENT = "consent"
    """Leave those out of advertising who do not say yes in a column."""
    KEEP = "keep"
    """Leave it as it is; the question is settled."""
    OTHER_LIST = "other_list"
    SEE = "see"
    """Show the rows."""
    STOP_LIST = "stop_list"
    """Open the “Do not message” list."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One press."""

    wish: Wish
    words: str
    value: str = ""
    holds: bool = False
    """Whether it is what happens now."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A sentence, as HTML, with its answers; `code` is what a press settles for good."""

    words: str
    answers: tuple[Answer, ...]
    code: str = ""
    brief: str = ""
    """What waits for an answer, in a few words; "" where nothing does."""


def card_offers(
    recipients: Recipients,
    composition: Composition | None,
    asked: Sequence[Question],
    unheeded: Unheeded | None = None,
    *,
    shared_settled: bool = False,
    consent_settled: bool = False,
) -> tuple[Offer, ...]:
    """Return what is asked about a list, the most important first."""
    codes = {question.code for question in asked}
    questions = [q for q in asked if q.code is not QuestionCode.HIDDEN_ROWS]
    if codes.intersection(_FIRST_OF_ALL):
        questions = [question for question in questions if question.code not in _ABOUT_ROWS]
    file = [_offer(q, recipients) for q in questions if q.code is QuestionCode.SEVERAL_SHEETS]
    rest = [_offer(q, recipients) for q in questions if q.code is not QuestionCode.SEVERAL_SHEETS]
    hidden = hidden_offers(recipients, waits=QuestionCode.HIDDEN_ROWS in codes)
    shared = shared_offers(composition, see=True, waits=not shared_settled)
    consent = _consent_offers(unheeded, recipients, waits=not consent_settled)
    return (*file, *hidden, *rest, *consent, *shared)


def hidden_offers(recipients: Recipients, *, waits: bool = False) -> tuple[Offer, ...]:
    """Offer to include the rows that are hidden in the file, or to leave them out again."""
    count = len(recipients.table.hidden_rows)
    if not count:
        return ()
    included = recipients.choice.include_hidden
    words = translate("wording", "%Ln row(s) (is/are) hidden in the file.", None, count)
    answers = (
        Answer(
            Wish.HIDDEN_OUT,
            translate("wording", "Leave %Ln row(s) out", None, count),
            "",
            not included,
        ),
        Answer(
            Wish.HIDDEN_IN, translate("wording", "Include %Ln row(s)", None, count), "", included
        ),
    )
    brief = translate("wording", "Include %Ln hidden row(s)?", None, count)
    return (Offer(words, answers, QuestionCode.HIDDEN_ROWS, brief if waits else ""),)


def shared_offers(
    composition: Composition | None, *, see: bool = False, waits: bool = False
) -> tuple[Offer, ...]:
    """Ask whether a number gets all of its messages where they differ, or only the first."""
    count = composition.differing if composition else 0
    if composition is None or not count:
        return ()
    words = translate(
        "wording",
        "%Ln row(s) (repeats/repeat) a number, but with another message. Send every message, or"
        " only the first?",
        None,
        count,
    )
    both = composition.duplicates is Duplicates.BOTH
    answers = (
        Answer(Wish.DUPLICATES, translate("wording", "Every message"), Duplicates.BOTH, both),
        Answer(Wish.DUPLICATES, translate("wording", "Only the first"), Duplicates.FIRST, not both),
    )
    if see:
        answers += (Answer(Wish.SEE, translate("wording", "See them"), SHARED),)
    brief = translate("wording", "Send every message to a number that stands in several rows?")
    return (Offer(words, answers, brief=brief if waits else ""),)


def _consent_offers(
    unheeded: Unheeded | None, recipients: Recipients, *, waits: bool
) -> tuple[Offer, ...]:
    """Ask whether an advertising message goes to those who do not say yes."""
    if unheeded is None:
        return ()
    count = unheeded.people
    name = recipients.table.names[unheeded.column]
    words = translate(
        "wording",
        "“{name}” seems to say who agreed to get advertising. %Ln (person/people) (does/do) not"
        " say yes.",
        None,
        count,
    )
    leave = translate("wording", "Leave %Ln out", None, count)
    send = translate("wording", "Send to them too")
    answers = (
        Answer(Wish.CONSENT, leave, str(unheeded.column)),
        Answer(Wish.KEEP, send, holds=not waits),
    )
    brief = translate("wording", "Send to %Ln who (does/do) not say yes?", None, count)
    asked = escape(words.format(name=name), quote=False)
    return (Offer(asked, answers, CONSENT, brief if waits else ""),)


def stopped_offers(count: int) -> tuple[Offer, ...]:
    """Lead to the list that keeps these rows from getting anything."""
    words = translate(
        "wording", "%Ln row(s) (has/have) a number on your “Do not message” list.", None, count
    )
    return (Offer(words, (Answer(Wish.STOP_LIST, translate("wording", "Open the list…")),)),)


def repair_offers(repairs: Repairs) -> tuple[Offer, ...]:
    """Offer to mend all rows of a kind at once; a single one has its own button."""
    return tuple(
        _repair(kind, len(repairs[kind])) for kind in Repair if len(repairs.get(kind, ())) > 1
    )


def country_offers(recipients: Recipients, asked: Sequence[Question]) -> tuple[Offer, ...]:
    """Offer the one answer that mends a whole file: its numbers are another country's."""
    return tuple(
        _offer(question, recipients)
        for question in asked
        if question.code is QuestionCode.OTHER_COUNTRY
    )


def say_change(before: Choice, now: Choice) -> str:
    """Tell what the last decision did, beside the button that undoes it."""
    edits = {row for row, _ in before.edits.items() ^ now.edits.items()}
    out, back = now.left_out - before.left_out, before.left_out - now.left_out
    count = len(edits or out or back)
    row = min(edits or out or back, default=0)
    if before.include_hidden is not now.include_hidden:
        if now.include_hidden:
            return translate("wording", "The hidden rows were included.")
        return translate("wording", "The hidden rows were left out.")
    if count == 1:
        return _say_one(edits=bool(edits), out=bool(out)).format(row=row)
    if edits:
        return translate("wording", "%Ln number(s) (was/were) changed.", None, count)
    if out:
        return translate("wording", "%Ln row(s) (was/were) left out.", None, count)
    return translate("wording", "%Ln row(s) (was/were) taken back.", None, count) if back else ""


def _say_one(*, edits: bool, out: bool) -> str:
    if edits:
        return translate("wording", "The phone in row {row} was changed.")
    if out:
        return translate("wording", "Row {row} was left out.")
    return translate("wording", "Row {row} was taken back.")


def _repair(kind: Repair, count: int) -> Offer:
    match kind:
        case Repair.LETTER:
            words = translate(
                "wording",
                "%Ln number(s) (has/have) a letter in place of a digit. Each row shows what it"
                " becomes.",
                None,
                count,
            )
        case Repair.WORDS:
            words = translate(
                "wording",
                "%Ln number(s) (has/have) words beside (it/them). Each row shows the number alone.",
                None,
                count,
            )
        case Repair.PLUS:
            words = translate(
                "wording",
                "%Ln number(s) (is/are) of a country where nobody can see whether it is a mobile."
                " Where all of them are, use what each row shows.",
                None,
                count,
            )
        case _:
            assert_never(kind)
    return Offer(
        words, (Answer(Wish.CORRECT, translate("wording", "Correct all %Ln", None, count), kind),)
    )


def _offer(question: Question, recipients: Recipients) -> Offer:
    words = say_question(question)
    if question.code is QuestionCode.SEVERAL_SHEETS:  # the answers are their names
        words = translate("wording", "Several sheets hold phones. Which should be used?")
    return Offer(
        escape(words, quote=False),
        _answers(question, recipients),
        question.code,
        _say_briefly(question),
    )


def _say_briefly(question: Question) -> str:
    """Name a question in a few words, for where there is no room to ask it."""
    count = question.count
    match question.code:
        case QuestionCode.SEVERAL_SHEETS:
            return translate("wording", "Which sheet should be used?")
        case QuestionCode.HEADER_ROW:
            return translate("wording", "Is row {row} a person?").format(row=count)
        case QuestionCode.OTHER_COUNTRY:
            return translate("wording", "Which country are the numbers from?")
        case QuestionCode.FOREIGN_COUNTRIES:
            return translate("wording", "Is this the right list?")
        case QuestionCode.TWO_PHONES:
            return translate("wording", "%Ln cell(s) with several numbers", None, count)
        case _:
            return translate("wording", "%Ln number(s) of two countries", None, count)


def _answers(question: Question, recipients: Recipients) -> tuple[Answer, ...]:
    match question.code:
        case QuestionCode.SEVERAL_SHEETS:
            here = recipients.table.source.sheet
            return tuple(
                Answer(Wish.SHEET if name != here else Wish.KEEP, name, name, name == here)
                for name in question.names
            )
        case QuestionCode.HEADER_ROW if question.total:
            leave = translate("wording", "No, leave it out")
            person = translate("wording", "Yes, it is a person")
            return (Answer(Wish.KEEP, leave, holds=True), Answer(Wish.HEADER, person, "0"))
        case QuestionCode.HEADER_ROW:
            person = translate("wording", "It is a person")
            names = translate("wording", "They are column names")
            return (
                Answer(Wish.KEEP, person, holds=True),
                Answer(Wish.HEADER, names, str(question.count)),
            )
        case QuestionCode.OTHER_COUNTRY:
            now, better = question.names
            use = translate("wording", "Use {country}").format(country=country_name(better))
            keep = translate("wording", "Keep {country}").format(country=country_name(now))
            return (Answer(Wish.COUNTRY, use, better), Answer(Wish.KEEP, keep, holds=True))
        case QuestionCode.FOREIGN_COUNTRIES:
            return (
                Answer(Wish.KEEP, translate("wording", "Yes, it is")),
                Answer(Wish.OTHER_LIST, translate("wording", "Open another")),
            )
        case _:
            return (
                Answer(Wish.SEE, translate("wording", "See them")),
                Answer(Wish.KEEP, translate("wording", "Go on without them")),
            )
