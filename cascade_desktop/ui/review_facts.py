"""Say what the review shows, in the operator's time and language."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QDate, QLocale, QTime

from cascade_desktop.core.confirmations import SENT_BEFORE, Confirmation, Quiet
from cascade_desktop.core.consent import Unheeded
from cascade_desktop.core.drafts import Kind, Survey
from cascade_desktop.core.phones import country_of, show_phone
from cascade_desktop.core.preparation import Prepared
from cascade_desktop.core.problems import NumbersShared, Remark
from cascade_desktop.ui.draft_desk import Composed
from cascade_desktop.ui.review_dialog import ReviewFacts
from cascade_desktop.ui.wording import say_duration, say_remark
from cascade_desktop.ui.wording_plurals import translate
from cascade_desktop.ui.wording_reading import country_name


def review_facts(
    composed: Composed, now: datetime, *, practice: bool, sent_before: int = 0
) -> ReviewFacts:
    """Return what the operator must know before this leaves; ``now`` is in UTC.

    ``sent_before`` counts the people who got something from this account lately.
    """
    prepared = composed.prepared
    composition = prepared.composition
    draft = prepared.campaign.draft
    recipients = composition.recipients
    confirmations = prepared.confirmations(live=not practice)
    per_person = composition.per_person()
    return ReviewFacts(
        kind=draft.kind,
        count=len(composition.rows),
        people=len(per_person),
        example_to=show_phone(recipients.phones[composition.rows[0]]),
        example_text=composition.texts[0],
        sender=draft.sender.strip(),
        by_country=tuple(Counter(map(country_of, per_person)).most_common()),
        not_included=recipients.counts.rows - len(composition.rows),
        stopped=recipients.counts.stopped,
        when=_when(prepared.at),
        when_detail=_when_detail(prepared, now),
        day=_day(prepared.at),
        sms_parts=0 if draft.kind is Kind.FLASHCALL else composed.sms.total_parts,
        options=draft.options if isinstance(draft, Survey) else (),
        practice=practice,
        confirmations=confirmations,
        quiet=_quiet(prepared.quiet, asked=Confirmation.QUIET_HOURS in confirmations),
        remarks=(
            *_say_sent_before(sent_before, practice=practice),
            *_say_unagreed(len(composition.unagreed)),
            *_say_unheeded(composed.unheeded, recipients.table.names),
            *_say_several(sum(count > 1 for count in per_person.values())),
            *(say_remark(remark) for remark in composition.remarks if not _says_both(remark)),
        ),
    )


def _say_sent_before(people: int, *, practice: bool) -> tuple[str, ...]:
    if practice:
        text = translate(
            "wording",
            "%Ln of them got a message in practice in the last {days} days.",
            None,
            people,
        )
    else:
        text = translate(
            "wording",
            "%Ln of them got a message from you in the last {days} days. Do they need this one"
            " too?",
            None,
            people,
        )
    return (text.format(days=SENT_BEFORE.days),) if people else ()


def _say_unagreed(people: int) -> tuple[str, ...]:
    text = translate(
        "wording",
        "%Ln row(s) of the list (says/say) no, or nothing, about getting advertising: left out.",
        None,
        people,
    )
    return (text,) if people else ()


def _say_unheeded(unheeded: Unheeded | None, names: Sequence[str]) -> tuple[str, ...]:
    if unheeded is None:
        return ()
    people, name = unheeded.people, names[unheeded.column]
    text = translate("wording", "%Ln of them (does/do) not say yes in “{name}”.", None, people)
    return (text.format(name=name),)


def _say_several(people: int) -> tuple[str, ...]:
    text = translate(
        "wording",
        "%Ln (person/people) (gets/get) several different messages: (that/each) number stands in"
        " more than one row.",
        None,
        people,
    )
    return (text,) if people else ()


def _says_both(remark: Remark) -> bool:
    """Tell whether a remark only says in rows what is said in people."""
    return isinstance(remark, NumbersShared) and remark.both


def _when(at: datetime | None) -> str:
    if at is None:
        return ""
    local = at.astimezone()
    day = QLocale().toString(QDate(local.year, local.month, local.day), "dddd d MMMM")
    return f"{day}, {_clock(local)}"


def _day(at: datetime | None) -> str:
    if at is None:
        return ""
    local = at.astimezone()
    day = QLocale().toString(QDate(local.year, local.month, local.day), "dddd")
    return translate("wording", "on {day}").format(day=day)


def _when_detail(prepared: Prepared, now: datetime) -> str:
    if prepared.at is None:
        return ""
    away = say_duration(int((prepared.at - now).total_seconds()))
    words = translate("wording", "in {time}").format(time=away)
    if not prepared.spread:
        return words
    over = say_duration(int(prepared.spread.total_seconds()))
    text = translate("wording", ", spread over {time}: the last at {end}")
    return words + text.format(time=over, end=_last(prepared, prepared.at))


def _last(prepared: Prepared, first: datetime) -> str:
    """Return when the last message of a spread campaign leaves; its day where it is another."""
    count = len(prepared.composition.rows)
    last = first + prepared.spread * max(0, count - 1) / max(1, count)
    local = last.astimezone()
    return _clock(local) if local.date() == first.astimezone().date() else _when(last)


def _quiet(quiet: tuple[Quiet, ...], *, asked: bool) -> str:
    if not quiet:
        return ""
    first = quiet[0]
    text = translate("wording", "It will be {time} in {country} when this arrives.").format(
        time=_clock(first.local), country=country_name(first.country)
    )
    urgent = translate("wording", "It is urgent: send it all the same.")
    return f"{text} {urgent}" if asked else text


def _clock(at: datetime) -> str:
    return QLocale().toString(QTime(at.hour, at.minute), "HH:mm")
