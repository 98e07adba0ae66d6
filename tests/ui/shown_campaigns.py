"""Campaigns as the journal would give them, for the tests of the results."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from cascade_desktop.core.delivery import Bill
from cascade_desktop.core.outcome import NO_WORDS, ServiceWords
from cascade_desktop.core.states import CampaignState, Reason, Resolution, State
from cascade_desktop.engine.journal.deliveries import Delivered
from cascade_desktop.engine.journal.values import Change, Counts, Entry, Head

AT = datetime(2026, 11, 26, 8, 2, tzinfo=UTC)
NAMES = ("Телефон", "Ім’я", "Код")
STEM = "sale-k7f2m3q4"
BAD_PHONE = ServiceWords("INVALID_PHONE", "bad phone", "toPhone")


def entry(
    row: int,
    state: State = State.READY,
    why: str = "",
    words: ServiceWords = NO_WORDS,
    *,
    name: str = "Олена",
    delivery: str = "",
    resolution: Resolution | None = None,
) -> Entry:
    """Return one imported row; its phone ends in its number."""
    phone = f"+38050{1112000 + row:07d}"
    settled = AT if state in (State.ACCEPTED, State.REFUSED, State.UNKNOWN) else None
    return Entry(
        row=row,
        sheet_row=row + 2,
        number=None if state is State.LEFT_OUT else row + 1,
        phone=phone,
        cells=(phone.removeprefix("+38"), name, f"K-{row}"),
        text="Вітаємо!",
        state=state,
        why=why,
        words=words,
        message_ids=(f"message-{row:06d}",) if state is State.ACCEPTED else (),
        at=None,
        settled_at=settled,
        resolution=resolution,
        delivery=delivery,
        parts=None,
        cost=None,
        currency="",
    )


def change(
    row: int,
    state: State = State.ACCEPTED,
    why: str = "",
    words: ServiceWords = NO_WORDS,
    resolution: Resolution | None = None,
) -> Change:
    """Return what a batch did to one row."""
    ids = (f"message-{row:06d}",) if state is State.ACCEPTED else ()
    return Change(row, state, why, words, ids, AT, resolution)


def delivered(row: int, status: str = "delivered", cost: float | None = 0.05) -> Delivered:
    """Return what asking about one row's message brought."""
    return Delivered(row, status, Bill(1, cost, "EUR"))


def mixed() -> list[Entry]:
    """Return ten rows: four sent (one of them delivered), one refused, two uncertain, one left."""
    return [
        entry(0, State.ACCEPTED, name="Оксана"),
        entry(1, State.ACCEPTED, name="Іван", delivery="delivered"),
        entry(2, State.ACCEPTED),
        entry(3, State.ACCEPTED),
        entry(4, State.REFUSED, Reason.BATCH_REFUSED.value, BAD_PHONE, name="Marco"),
        entry(5, State.UNKNOWN, Reason.NO_ANSWER.value),
        entry(6, State.UNKNOWN, Reason.NO_ANSWER.value),
        entry(7, State.LEFT_OUT, "duplicate"),
        entry(8, State.LEFT_OUT, '["TooShort","+380",9,6]'),
        entry(9, State.READY),
    ]


def counts_of(entries: Sequence[Entry]) -> Counts:
    """Return the totals that the journal keeps beside these rows."""
    tally = Counter(entry.state for entry in entries)
    return Counts(**{state.value: tally[state] for state in State})


def head_of(
    entries: Sequence[Entry],
    state: CampaignState = CampaignState.FINISHED,
    reason: Reason = Reason.NONE,
    words: ServiceWords = NO_WORDS,
    name: str = "Зимовий розпродаж",
) -> Head:
    """Return the campaign that these rows belong to."""
    counts = counts_of(entries)
    return Head(
        code="K7F2M3Q4",
        name=name,
        kind="promo",
        draft="",
        route="standard",
        host="127.0.0.1",
        account="",
        id_stem=STEM,
        source="people.xlsx",
        columns=NAMES,
        phone_column=0,
        created_at=AT,
        state=state,
        reason=reason,
        words=words,
        counts=counts,
        undecided=counts.unknown,
        to_fix=1,
    )
