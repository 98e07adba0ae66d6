"""Write values as the journal's tables take them; plain functions."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from cascade_desktop.core.outcome import NO_WORDS, ServiceWords
from cascade_desktop.core.plan import Plan
from cascade_desktop.core.states import Reason, Resolution, State
from cascade_desktop.core.template import is_broken
from cascade_desktop.engine.journal.values import Change, Settlement


def people_rows(key: int | None, plan: Plan) -> Iterable[tuple[object, ...]]:
    """Yield a row of the people's table for every row of a plan's list."""
    table, phones = plan.recipients.table, plan.recipients.phones
    texts = {message.row: message.text for message in plan.messages}
    for row, sheet_row in enumerate(table.row_numbers):
        yield key, row, sheet_row, phones[row], dump(table.row(row)), texts.get(row, "")


def message_rows(key: int | None, plan: Plan) -> Iterable[tuple[object, ...]]:
    """Yield a row of the messages' table for every row of a plan."""
    for message in plan.messages:
        at = None if message.at is None else iso(message.at)
        yield key, message.row, message.index, State.READY.value, "", at
    for row, why in plan.left_out.items():
        yield key, row, None, State.LEFT_OUT.value, why, None


def runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each run of numbers that follow one another."""
    first = last = numbers[0]
    for number in numbers[1:]:
        if number != last + 1:
            yield first, last
            first = number
        last = number
    yield first, last


def change_of(
    row: int,
    outcome: Settlement,
    message_ids: tuple[str, ...] | None,
    now: datetime,
    decided: str | None,
) -> Change:
    """Return what became of a message; one that two receipts name is flagged."""
    before = None if decided is None else Resolution(decided)
    if message_ids is not None:
        why = Reason.NAMED_TWICE if len(message_ids) > 1 else Reason.NONE
        return Change(row, State.ACCEPTED, why.value, NO_WORDS, message_ids, now, before)
    resolution = outcome.resolution if outcome.rest is State.UNKNOWN else before
    why = outcome.reason.value
    return Change(row, outcome.rest, why, outcome.words, (), now, resolution)


def settled_row(change: Change, stamp: str, ask_at: int, key: int) -> tuple[object, ...]:
    """Return what an update writes of a settled message; plain texts, which bind fastest."""
    words, resolution = change.words, change.resolution
    return (
        change.state.value, change.why, "" if words is NO_WORDS else dump_words(words),
        " ".join(change.message_ids), stamp, None if resolution is None else resolution.value,
        ask_at if change.state is State.ACCEPTED else None, key, change.row,
    )  # fmt: skip


def dump_words(words: ServiceWords) -> str:
    """Write the service's words as JSON; nothing said is nothing written."""
    said = words.code, words.message, words.field
    if not words.status:
        return dump(said) if any(said) else ""
    return dump((*said, str(words.status)))


def dump(value: Sequence[str]) -> str:
    """Write texts as JSON; half a surrogate pair, which no file takes, is escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return json.dumps(value) if is_broken(text) else text


def iso(moment: datetime) -> str:
    """Write a moment in UTC, so that texts compare as times do."""
    return moment.astimezone(UTC).isoformat()
