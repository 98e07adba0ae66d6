"""The sentences about drafts: what to do first where something stops, and what is worth knowing."""

from datetime import datetime
from typing import assert_never

from PySide6.QtCore import QDate, QLocale, QTime

from cascade_desktop.core.consent import RefusedElsewhere
from cascade_desktop.core.drafts import SURVEY_UNITS, Kind
from cascade_desktop.core.problems import (
    BraceMissing,
    ControlSyntax,
    DraftProblem,
    NobodyToSend,
    NoUnsubscribe,
    NumbersShared,
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
    RowProblem,
    RowTextBroken,
    RowTextEmpty,
    RowTextTooLong,
    SenderEmpty,
    SenderUnusual,
    TextBroken,
    TextEmpty,
    TextTooLong,
    TimePast,
    TimeProblem,
    TimeSkipped,
    TimeToLiveRange,
    TimeToLiveUnusual,
    TimeTooFar,
    TimeTwice,
    ValueMissing,
    ViberSkipped,
    ZoneUnknown,
)
from cascade_desktop.core.schedule import FURTHEST
from cascade_desktop.ui.wording_plurals import translate

_MINUTE_S, _HOUR_S, _DAY_S = 60, 3_600, 86_400
_SHOWN = 40


def say(problem: DraftProblem, kind: Kind | None = None) -> str:
    """Tell what to do first; a survey's text is its question, told by its limit or its kind."""
    match problem:
        case SenderEmpty():
            return translate("wording", "Write who the message is from.")
        case TextEmpty() | TextTooLong() | TextBroken():
            return _say_text(problem, kind)
        case BraceMissing() | PlaceholderEmpty() | PlaceholderUnknown() | PlaceholderAmbiguous():
            return _say_placeholder(problem)
        case ControlSyntax() | RowControlSyntax():
            return _say_control(problem)
        case OptionCount() | OptionEmpty() | OptionTwice() | OptionBroken():
            return _say_option(problem)
        case TimeToLiveRange(_, least_s, most_s):
            text = translate(
                "wording", "Keep trying for at least {least} and at most {most}: choose again."
            )
            return text.format(least=say_duration(least_s), most=say_duration(most_s))
        case NobodyToSend():
            return translate("wording", "Nobody can get this message yet. See why.")
        case _:
            return _say_time(problem)


def say_refused(problem: RefusedElsewhere) -> str:
    """Tell why a row that agreed gets no advertising all the same."""
    words = translate("wording", "The same number in row {row} says no to getting advertising.")
    return words.format(row=problem.row)


def say_row(problem: RowProblem) -> str:
    """Tell why one person's message cannot be finished."""
    match problem:
        case ValueMissing(name):
            text = translate(
                "wording",
                "No value for “{name}”. Fill it in, or write {example} in the message.",
            )
            return text.format(name=_cut(name), example="{" + _cut(name) + "|…}")
        case RowTextTooLong(units, limit):
            excess = units - limit
            return translate(
                "wording",
                "With this row's values the text is %Ln character(s) too long. Shorten them.",
                None,
                excess,
            )
        case RowTextEmpty():
            return translate(
                "wording", "With this row's values the text is empty. Fill them in in your list."
            )
        case RowTextBroken():
            return translate(
                "wording", "A character in this row is damaged. Type the value again in your list."
            )
    assert_never(problem)


def say_remark(remark: Remark) -> str:
    """Tell what is worth knowing and stops nothing."""
    match remark:
        case SenderUnusual(sender):
            text = translate(
                "wording",
                "SMS may show another sender than “{sender}”: only names of up to 11 Latin letters"
                " and digits stay as they are. In Italy a name must be registered.",
            )
            return text.format(sender=_cut(sender))
        case NumbersShared():
            return _say_shared(remark)
        case ViberSkipped(people):
            return translate(
                "wording",
                "Too long for Viber for %Ln (person/people): they get it in another app or by SMS.",
                None,
                people,
            )
        case TimeToLiveUnusual():
            return _say_unusual(remark)
        case OptionLong(position, units, _):
            return translate(
                "wording",
                "Answer {position} has %Ln character(s): a phone may cut it.",
                None,
                units,
            ).format(position=position)
        case NoUnsubscribe():
            return translate(
                "wording",
                "Nothing says how to get no more of these. Add a link, or a number to call.",
            )
    assert_never(remark)


def _say_shared(remark: NumbersShared) -> str:
    count = remark.count
    if remark.both:
        return translate(
            "wording",
            "%Ln row(s) (repeats/repeat) a number with another message: that number gets each of"
            " them.",
            None,
            count,
        )
    return translate(
        "wording",
        "%Ln row(s) (repeats/repeat) a number with another message: that number gets only the"
        " first.",
        None,
        count,
    )


def say_kind(kind: Kind) -> str:
    """Name a kind of message."""
    match kind:
        case Kind.TRANSACTION:
            return translate("wording", "Transaction")
        case Kind.PROMO:
            return translate("wording", "Promo")
        case Kind.SURVEY:
            return translate("wording", "Survey")
        case Kind.FLASHCALL:
            return translate("wording", "Flash call")
    assert_never(kind)


def say_duration(seconds: int) -> str:
    """Write a duration in its two largest units.

    >>> say_duration(172_800), say_duration(90)
    ('2 days', '1 minute 30 seconds')
    """
    days, rest = divmod(seconds, _DAY_S)
    hours, rest = divmod(rest, _HOUR_S)
    minutes, left_s = divmod(rest, _MINUTE_S)
    counts = (days, hours, minutes, left_s)
    first = next((at for at, count in enumerate(counts) if count), len(counts) - 1)
    parts = (
        translate("wording", "%Ln day(s)", None, days),
        translate("wording", "%Ln hour(s)", None, hours),
        translate("wording", "%Ln minute(s)", None, minutes),
        translate("wording", "%Ln second(s)", None, left_s),
    )
    return " ".join(
        part
        for at, (part, count) in enumerate(zip(parts, counts, strict=True))
        if at == first or (at == first + 1 and count)
    )


def _say_text(problem: TextEmpty | TextTooLong | TextBroken, kind: Kind | None) -> str:
    match problem:
        case TextEmpty() if kind is Kind.SURVEY:
            return translate("wording", "Write the question.")
        case TextEmpty():
            return translate("wording", "Write the message.")
        case TextTooLong(units, limit):
            excess = units - limit
            if limit == SURVEY_UNITS:
                return translate(
                    "wording", "Shorten the question by %Ln character(s).", None, excess
                )
            return translate("wording", "Shorten the text by %Ln character(s).", None, excess)
        case TextBroken():
            return translate(
                "wording", "A character in the text is damaged. Type that place again."
            )
    assert_never(problem)


def _say_placeholder(
    problem: BraceMissing | PlaceholderEmpty | PlaceholderUnknown | PlaceholderAmbiguous,
) -> str:
    match problem:
        case BraceMissing(near):
            text = translate(
                "wording",
                "A brace is missing near “{near}”. Write {pair} around a column's name, or double"
                " the brace to show it.",
            )
            return text.format(near=near, pair="{ }")
        case PlaceholderEmpty(name):
            text = translate("wording", "Write a column's name in {braces}.")
            return text.format(braces="{" + _cut(name) + "}")
        case PlaceholderUnknown(name, columns) if columns:
            text = translate(
                "wording",
                "Your list has no column “{name}”. Choose one of those it has: {columns}.",
            )
            return text.format(name=_cut(name), columns=_list(columns))
        case PlaceholderUnknown(name):
            text = translate(
                "wording",
                "Your list has no column names, so {name} cannot be filled in. Remove it.",
            )
            return text.format(name="{" + _cut(name) + "}")
        case PlaceholderAmbiguous(name, columns):
            text = translate(
                "wording",
                "“{name}” can mean several columns: {columns}. Rename them in your list so that"
                " they differ.",
            )
            return text.format(name=_cut(name), columns=_list(columns))
    assert_never(problem)


def _say_control(problem: ControlSyntax | RowControlSyntax) -> str:
    match problem:
        case ControlSyntax(found):
            text = translate(
                "wording",
                "Remove “{found}”: SMSBAT would replace it, perhaps with another customer's data.",
            )
            return text.format(found=found)
        case RowControlSyntax(found, row):
            text = translate(
                "wording",
                "Remove “{found}” from row {row} of your list: SMSBAT would replace it, perhaps"
                " with another customer's data.",
            )
            return text.format(found=found, row=row)
    assert_never(problem)


def _say_option(problem: OptionCount | OptionEmpty | OptionTwice | OptionBroken) -> str:
    match problem:
        case OptionCount(count, least, most):
            missing, excess = least - count, count - most
            if missing > 0:
                return translate("wording", "Add %n answer(s).", None, missing)
            return translate("wording", "Remove %n answer(s).", None, excess)
        case OptionEmpty(position):
            text = translate("wording", "Write answer {position}, or remove it.")
            return text.format(position=position)
        case OptionTwice(text):
            said = translate("wording", "Two answers are “{answer}”. Change one of them.")
            return said.format(answer=_cut(text))
        case OptionBroken(position):
            text = translate(
                "wording", "A character in answer {position} is damaged. Type the answer again."
            )
            return text.format(position=position)
    assert_never(problem)


def _say_time(problem: TimeProblem) -> str:
    match problem:
        case ZoneUnknown(zone):
            text = translate(
                "wording", "There is no time zone “{zone}”. Choose one such as Europe/Kyiv."
            )
            return text.format(zone=_cut(zone))
        case TimeSkipped(at, next_valid):
            text = translate(
                "wording",
                "The clocks go forward on {day}, so {time} does not exist. Choose {next} or later.",
            )
            return text.format(day=_day(at), time=_clock(at), next=_clock(next_valid))
        case TimeTwice(first, second):
            text = translate(
                "wording",
                "The clocks go back on {day}, so {time} comes twice. Choose the first (UTC{first})"
                " or the second (UTC{second}).",
            )
            return text.format(
                day=_day(first), time=_clock(first), first=_offset(first), second=_offset(second)
            )
        case TimePast():
            return translate("wording", "The time to send has passed. Choose a later one.")
        case TimeTooFar():
            days = FURTHEST.days
            return translate(
                "wording",
                "SMSBAT takes messages at most %n day(s) ahead. Choose an earlier time.",
                None,
                days,
            )
    assert_never(problem)


def _say_unusual(remark: TimeToLiveUnusual) -> str:
    least, most = say_duration(remark.least_s), say_duration(remark.most_s)
    if least == most:
        text = translate("wording", "SMSBAT recommends to keep trying for {least}, not {chosen}.")
    else:
        text = translate(
            "wording", "SMSBAT recommends to keep trying for {least} to {most}, not {chosen}."
        )
    return text.format(least=least, most=most, chosen=say_duration(remark.ttl_s))


def _list(names: tuple[str, ...]) -> str:
    shown = ", ".join(_cut(name) for name in names[:8])
    return shown if len(names) <= 8 else shown + " …"  # noqa: PLR2004


def _cut(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"


def _day(at: datetime) -> str:
    return QLocale().toString(QDate(at.year, at.month, at.day), "d MMMM")


def _clock(at: datetime) -> str:
    return QTime(at.hour, at.minute).toString("HH:mm")


def _offset(at: datetime) -> str:
    return at.isoformat(timespec="minutes")[len("2026-10-25T03:30") :]
