"""A campaign's report in the operator's words; the command line writes the same one."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from cascade_desktop.core.consent import RefusedElsewhere
from cascade_desktop.core.delivery import Bill, sum_bills
from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.facts import decode_fact, kinds_of
from cascade_desktop.core.plan import tracking_id
from cascade_desktop.core.problems import RowProblem
from cascade_desktop.core.recipients import Verdict
from cascade_desktop.core.report import RemovedRow, Report, ReportRow, ReportTitles
from cascade_desktop.core.states import Resolution, State
from cascade_desktop.engine.campaign_files import unreserved
from cascade_desktop.engine.journal.values import Entry, Head
from cascade_desktop.ui.row_outcome import Outcome, handed_over, outcome_of
from cascade_desktop.ui.row_words import say_outcome, say_why, why_of
from cascade_desktop.ui.typed_phones import with_typed_phones
from cascade_desktop.ui.wording import say_kind, say_left_out, say_state
from cascade_desktop.ui.wording_delivery import say_delivery
from cascade_desktop.ui.wording_plurals import translate
from cascade_desktop.ui.wording_review import say_given

NAME_LONGEST = 80
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_ROW_PROBLEMS = kinds_of(RowProblem)
_PHONE, _MESSAGE = "phone", "message"
"""Rows to fix are grouped by what must be mended; the others by their verdict."""


def report_of(head: Head, entries: Iterable[Entry], practice: bool) -> Report:
    """Return a campaign's report; its first sheet has every imported row, in the file's order."""
    every = tuple(with_typed_phones(head, entries))
    return Report(
        title=f"{head.name} · {say_kind(Kind(head.kind))} · {head.source}",
        practice=practice,
        titles=report_titles(),
        names=head.columns,
        rows=(_row(head, entry) for entry in every),
        summary=summary_of(every),
        removed=(_removed(entry) for entry in every if entry.state is State.LEFT_OUT),
        notes=tuple(map(say_given, head.given)),
        source=head.source,
    )


def report_name(head: Head, practice: bool, suffix: str = ".xlsx") -> str:
    """Return a file's name that every system takes, with PRACTICE in it where it was practice."""
    stamp = translate("report", "PRACTICE") if practice else ""
    at = head.created_at.astimezone()
    day = f"{at:%H-%M}" if f"{at:%Y-%m-%d}" in head.name else f"{at:%Y-%m-%d %H-%M}"
    name = " ".join(_UNSAFE.sub(" ", head.name).split())[:NAME_LONGEST].strip(". ")
    whole = " ".join(part for part in (stamp, name, day) if part)
    return unreserved(whole) + suffix


def report_titles() -> ReportTitles:
    """Return the names of sheets and columns in the language of now."""
    return ReportTitles(
        results_sheet=translate("report", "Results"),
        summary_sheet=translate("report", "Summary"),
        removed_sheet=translate("report", "Not included"),
        practice=translate("report", "PRACTICE: nothing was sent, nobody got anything"),
        row=translate("report", "Row"),
        sent_to=translate("report", "Sent to"),
        outcome=translate("report", "Outcome"),
        reason=translate("report", "Why, and what to do"),
        delivery=translate("report", "Delivery"),
        parts=translate("report", "SMS"),
        cost=translate("report", "Cost"),
        currency=translate("report", "Currency"),
        tracking_id=translate("report", "Our id"),
        message_id=translate("report", "SMSBAT’s id"),
        sent_utc=translate("report", "Handed over (UTC)"),
        sent_local=translate("report", "Handed over (here)"),
        phone=translate("report", "Phone as read"),
        why=translate("report", "Why not included"),
        number=translate("report", "Number"),
    )


def summary_of(entries: Sequence[Entry]) -> tuple[tuple[str, int | Decimal], ...]:
    """Return the lines that add up to the file: all rows first, then what became of them."""
    states = Counter(entry.state for entry in entries)
    again = sum(entry.resolution is Resolution.RESENT for entry in entries)
    sending = states[State.SENDING]
    lines: list[tuple[str, int | Decimal]] = [
        (translate("report", "Rows imported"), len(entries)),
        (say_state(State.ACCEPTED), states[State.ACCEPTED]),
        *_deliveries(entries),
        (say_state(State.REFUSED), states[State.REFUSED]),
        (say_state(State.UNKNOWN), states[State.UNKNOWN]),
        *([(say_state(State.SENDING), sending)] if sending else []),
        (say_state(State.READY), states[State.READY]),
        (say_state(State.LEFT_OUT), states[State.LEFT_OUT]),
    ]
    groups = Counter(_group(entry.why) for entry in entries if entry.state is State.LEFT_OUT)
    lines += [(_of_which(group), count) for group, count in groups.most_common()]
    if again:
        lines.append((translate("report", "Sent again as you decided; may arrive twice"), again))
    return (*lines, *_bills(entries))


def _deliveries(entries: Sequence[Entry]) -> Iterator[tuple[str, int]]:
    """Yield what became of those that were sent, once something is known of it."""
    sent = [entry for entry in entries if entry.state is State.ACCEPTED]
    if any(entry.delivery for entry in sent):
        ends = Counter(outcome_of(entry.state, entry.delivery) for entry in sent)
        words = translate("report", "– of these: {reason}")
        unknown = translate("report", "delivery not known yet")
        for outcome, said in (
            (Outcome.DELIVERED, say_outcome(Outcome.DELIVERED).lower()),
            (Outcome.NOT_DELIVERED, say_outcome(Outcome.NOT_DELIVERED).lower()),
            (Outcome.SENT, unknown),
        ):
            yield words.format(reason=said), ends[outcome]


def _bills(entries: Sequence[Entry]) -> Iterator[tuple[str, int | Decimal]]:
    """Yield what all messages took, as far as the service said."""
    bill = sum_bills(Counter(Bill(one.parts, one.cost, one.currency) for one in entries))
    if bill.parts:
        yield translate("report", "SMS"), bill.parts
    for currency, cost in bill.costs:
        yield f"{translate('report', 'Cost')}, {currency}".rstrip(", "), cost


def _row(head: Head, entry: Entry) -> ReportRow:
    left_at = handed_over(entry.state, entry.settled_at)
    return ReportRow(
        cells=entry.cells,
        row=entry.sheet_row,
        outcome=say_state(entry.state, entry.delivery),
        sent_to="" if entry.number is None else entry.phone,
        reason=say_why(why_of(entry)),
        delivery=say_delivery(entry.delivery),
        parts=entry.parts,
        cost=None if entry.cost is None else Decimal(str(entry.cost)),
        currency=entry.currency,
        tracking_id="" if entry.number is None else tracking_id(head.id_stem, entry.number),
        message_id=" ".join(entry.message_ids),
        sent_utc="" if left_at is None else f"{left_at:%Y-%m-%d %H:%M:%S}",
        sent_local="" if left_at is None else _local(left_at),
    )


def _removed(entry: Entry) -> RemovedRow:
    return RemovedRow(entry.cells, entry.sheet_row, entry.phone, say_left_out(entry.why))


def _local(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M:%S}"


def _group(why: str) -> str:
    """Return what a row that is not included is counted under."""
    if why in set(Verdict):
        return why
    if decode_fact(why, (RefusedElsewhere,)) is not None:
        return Verdict.NO_CONSENT
    return _MESSAGE if decode_fact(why, _ROW_PROBLEMS) is not None else _PHONE


def _of_which(group: str) -> str:
    """Name a part of those not included, so that nobody adds it up twice."""
    if group in (_PHONE, Verdict.TO_FIX):
        reason = translate("report", "the phone needs to be corrected")
    elif group == _MESSAGE:
        reason = translate("report", "their message could not be finished")
    else:
        reason = say_left_out(group).rstrip(".")
    return translate("report", "– of these: {reason}").format(reason=reason)
