"""The sentences of the review about what was sent before, quiet hours and what was confirmed."""

from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale, QTime

from cascade_desktop.core.confirmations import Confirmation, Given, Quiet
from cascade_desktop.core.prices import Cost
from cascade_desktop.core.sent_before import Group
from cascade_desktop.ui.wording_plurals import translate
from cascade_desktop.ui.wording_reading import country_name

COUNTRIES_SHOWN = 3


def say_got_any(group: Group, today: date, days: int, *, practice: bool) -> str:
    """Tell who got some message lately, and when."""
    people = group.people
    if _is_to_come(group, today):
        text = translate(
            "wording",
            "%Ln of them got a message from you in the last {days} days, or will get one that is"
            " scheduled.",
            None,
            people,
        )
    elif practice:
        text = translate("wording", "%Ln of them got a message in practice {day}.", None, people)
    else:
        text = translate("wording", "%Ln of them got a message from you {day}.", None, people)
    return text.format(day=_say_day(group, today, days), days=days)


def say_got_same(group: Group, today: date, days: int, *, practice: bool) -> str:
    """Tell who got the very text lately that they would get now, and when."""
    people = group.people
    if _is_to_come(group, today):
        text = translate(
            "wording",
            "%Ln of them got this very text in the last {days} days, or will get it as scheduled.",
            None,
            people,
        )
    elif practice:
        text = translate(
            "wording", "%Ln of them got this very text in practice {day}.", None, people
        )
    else:
        text = translate("wording", "%Ln of them got this very text {day}.", None, people)
    return text.format(day=_say_day(group, today, days), days=days)


def say_quiet(quiet: tuple[Quiet, ...], *, asked: bool) -> str:
    """Tell what time it will be where the recipients are; ask where that needs a yes."""
    if not quiet:
        return ""
    places = [
        translate("wording", "{time} in {country}").format(
            time=say_clock(one.local), country=country_name(one.country)
        )
        for one in quiet[:COUNTRIES_SHOWN]
    ]
    text = translate("wording", "When this arrives it will be {places}.").format(
        places=", ".join(places)
    )
    urgent = translate("wording", "It is urgent: send it all the same.")
    return f"{text} {urgent}" if asked else text


def say_cost(cost: Cost) -> str:
    """Tell what a campaign comes to at most, and who has no price."""
    text = translate(
        "wording",
        "At most about {amount} {currency} if all went by SMS. Make sure it is on your account.",
    ).format(amount=cost.shown, currency=cost.currency)
    unpriced = ", ".join(
        translate("wording", "{number} in {country}").format(
            number=one.messages, country=country_name(one.country)
        )
        for one in cost.unpriced
    )
    if not unpriced:
        return text
    return text + " " + translate("wording", "{places} have no price.").format(places=unpriced)


def say_given(given: Given) -> str:
    """Tell what was confirmed before a campaign left, and when."""
    at = given.at.astimezone()
    day = QLocale().toString(QDate(at.year, at.month, at.day), "d MMMM yyyy")
    if given.question == Confirmation.AGREEMENT:
        text = translate("wording", "Agreed to on {day}, {time}: “{words}”")
    else:
        text = translate("wording", "Confirmed on {day}, {time}: “{words}”")
    return text.format(day=day, time=say_clock(at), words=given.words)


def say_clock(at: datetime) -> str:
    """Return a time of day."""
    return QLocale().toString(QTime(at.hour, at.minute), "HH:mm")


def _is_to_come(group: Group, today: date) -> bool:
    return group.last is not None and group.last.astimezone().date() > today


def _say_day(group: Group, today: date, days: int) -> str:
    if group.first is None or group.last is None:
        return ""
    first, last = (at.astimezone().date() for at in (group.first, group.last))
    if first != last:
        return translate("wording", "in the last {days} days").format(days=days)
    match (today - last).days:
        case 0:
            return translate("wording", "today")
        case 1:
            return translate("wording", "yesterday")
    day = QLocale().toString(QDate(last.year, last.month, last.day), "d MMMM")
    return translate("wording", "on {day}").format(day=day)
