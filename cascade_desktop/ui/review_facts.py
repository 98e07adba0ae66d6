"""Say what the review shows, in the operator's time and language."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QLocale

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.confirmations import Confirmation
from cascade_desktop.core.consent import Unheeded
from cascade_desktop.core.drafts import Kind, Survey
from cascade_desktop.core.preparation import Prepared
from cascade_desktop.core.problems import NumbersShared, Remark
from cascade_desktop.ui.draft_desk import Composed
from cascade_desktop.ui.own_columns import name_of
from cascade_desktop.ui.review_desk import Looked
from cascade_desktop.ui.review_dialog import EarlierLine, ReviewFacts
from cascade_desktop.ui.wording import say_duration, say_remark
from cascade_desktop.ui.wording_plurals import translate
from cascade_desktop.ui.wording_review import say_clock, say_got_any, say_got_same, say_quiet
from cascade_desktop.ui.wording_times import clock_of, say_moment, say_place, system_zone


def review_facts(
    composed: Composed,
    looked: Looked,
    now: datetime,
    *,
    practice: bool,
    row: int | None = None,
    taken_out: int = 0,
    own_zone: str = "",
) -> ReviewFacts:
    """Return what must be known before this leaves; ``row`` is the example's, if it gets one."""
    prepared, composition = composed.prepared, composed.prepared.composition
    draft, recipients = prepared.campaign.draft, composition.recipients
    confirmations = prepared.confirmations(live=not practice)
    clock = _clock(prepared.campaign, own_zone or system_zone(), now)
    example = _place_of(row, composition.rows)
    return ReviewFacts(
        kind=draft.kind,
        count=len(composition.rows),
        people=looked.people,
        example_to=name_of(recipients, composition.rows[example]),
        example_text=composition.texts[example],
        sender=draft.sender.strip(),
        by_country=looked.by_country,
        not_included=recipients.counts.rows - len(composition.rows),
        stopped=recipients.counts.stopped,
        when=clock.when(prepared.at),
        when_detail=clock.detail(prepared),
        day=clock.day(prepared.at),
        sms_parts=0 if draft.kind is Kind.FLASHCALL else composed.sms.total_parts,
        cost=looked.cost,
        options=draft.options if isinstance(draft, Survey) else (),
        practice=practice,
        confirmations=confirmations,
        quiet=say_quiet(prepared.quiet, asked=Confirmation.QUIET_HOURS in confirmations),
        earlier=_say_earlier(looked, now, practice=practice),
        taken_out=taken_out,
        changed_file=recipients.table.source.file if looked.list_changed else "",
        remarks=_remarks(composed, looked.several),
    )


def _remarks(composed: Composed, several: int) -> tuple[str, ...]:
    composition = composed.prepared.composition
    return (
        *_say_unagreed(len(composition.unagreed)),
        *_say_unheeded(composed.unheeded, composition.recipients.table.names),
        *_say_several(several),
        *(say_remark(remark) for remark in composition.remarks if not _says_both(remark)),
    )


def _place_of(row: int | None, rows: Sequence[int]) -> int:
    """Return which message a row gets, or the first."""
    at = 0 if row is None else bisect_left(rows, row)
    return at if at < len(rows) and rows[at] == row else 0


def _say_earlier(looked: Looked, now: datetime, *, practice: bool) -> tuple[EarlierLine, ...]:
    """Say who got something, and who the very same text; once where those are the same people."""
    found, today = looked.earlier, now.astimezone().date()
    lines: list[EarlierLine] = []
    if found.same.people < found.any.people:
        words = say_got_any(found.any, today, looked.days, practice=practice)
        lines.append(EarlierLine(words, found.any.rows, found.any.people))
    if found.same.people:
        words = say_got_same(found.same, today, looked.days, practice=practice)
        rows = found.same.rows if lines else found.any.rows  # all that those people would get
        lines.append(EarlierLine(words, rows, found.same.people))
    return tuple(lines)


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


def _clock(campaign: Campaign, own_zone: str, now: datetime) -> "_Clock":
    return _Clock(clock_of(campaign, own_zone), own_zone, now)


@dataclass(frozen=True, slots=True)
class _Clock:
    """The clock of a campaign: what it shows, and how that is told."""

    zone: str
    own_zone: str
    now: datetime

    def local(self, at: datetime) -> datetime:
        return at.astimezone(ZoneInfo(self.zone))

    def when(self, at: datetime | None) -> str:
        if at is None:
            return ""
        place = say_place(self.zone, self.own_zone)
        return say_moment(self.local(at), self.local(self.now), place)

    def day(self, at: datetime | None) -> str:
        if at is None:
            return ""
        local = self.local(at)
        day = QLocale().toString(QDate(local.year, local.month, local.day), "dddd")
        return translate("wording", "on {day}").format(day=day)

    def detail(self, prepared: Prepared) -> str:
        """Say how far away it is; of a spread campaign also when the last has left."""
        if prepared.at is None:
            return ""
        away = say_duration(int((prepared.at - self.now).total_seconds()))
        words = translate("wording", "in {time}").format(time=away)
        if not prepared.spread:
            return words
        over = say_duration(int(prepared.spread.total_seconds()))
        text = translate("wording", ", spread over {time}: the last by {end}")
        return words + text.format(time=over, end=self.end(prepared.at, prepared.spread))

    def end(self, first: datetime, spread: timedelta) -> str:
        """Say by when the last has left, as beside the message; the day where it is another."""
        last = first + spread
        local = self.local(last)
        same_day = local.date() == self.local(first).date()
        return say_clock(local) if same_day else self.when(last)
