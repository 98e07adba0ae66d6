"""The people worth a look: whose message is the longest, whose number was corrected, and others."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum

from cascade_desktop.core.drafts import Draft, text_of
from cascade_desktop.core.recipients import Recipients
from cascade_desktop.core.template import bind, parse
from cascade_desktop.core.text_length import count_units, measure_sms

AT_ONCE = 2_000
"""Rows looked at before the window gets its turn again."""


class Jump(StrEnum):
    """Whom to look at."""

    LONGEST = "longest"
    SHORTEST = "shortest"
    MOST_SMS = "most_sms"
    CORRECTED = "corrected"
    ABROAD = "abroad"
    FALLBACK = "fallback"


def is_possible(jump: Jump, draft: Draft, recipients: Recipients) -> bool:
    """Tell whether there may be somebody to jump to."""
    match jump:
        case Jump.LONGEST | Jump.SHORTEST | Jump.MOST_SMS:
            return bool(text_of(draft))
        case Jump.CORRECTED:
            return len(recipients.repaired) > 0
        case Jump.ABROAD:
            return any(country != recipients.country for country, _ in recipients.by_country)
        case Jump.FALLBACK:
            placeholders = parse(text_of(draft)).placeholders
            return any(placeholder.fallback is not None for placeholder in placeholders)


def walk_to(
    jump: Jump, draft: Draft, recipients: Recipients, rows: Sequence[int], first: int
) -> Iterator[int | None]:
    """Yield None after each slice, then the position of whom to look at, if there is one.

    Where several could be meant it is the next one from position `first` on, round the end.
    """
    match jump:
        case Jump.LONGEST | Jump.SHORTEST | Jump.MOST_SMS:
            return _best(rows, _score(jump, draft, recipients))
        case Jump.CORRECTED:
            return _next(rows, first, lambda row: row in recipients.repaired)
        case Jump.ABROAD:
            return _next(rows, first, lambda row: _country(recipients, row) != recipients.country)
        case Jump.FALLBACK:
            return _next(rows, first, _uses_fallback(draft, recipients))


def _best(rows: Sequence[int], score: Callable[[int], tuple[int, int]]) -> Iterator[int | None]:
    best, most = -1, (0, 0)
    for position, row in enumerate(rows):
        found = score(row)
        if best < 0 or found > most:
            best, most = position, found
        if position % AT_ONCE == AT_ONCE - 1:
            yield None
    if best >= 0:
        yield best


def _next(rows: Sequence[int], first: int, fits: Callable[[int], bool]) -> Iterator[int | None]:
    for step in range(len(rows)):
        position = (first + step) % len(rows)
        if fits(rows[position]):
            yield position
            return
        if step % AT_ONCE == AT_ONCE - 1:
            yield None


def _score(jump: Jump, draft: Draft, recipients: Recipients) -> Callable[[int], tuple[int, int]]:
    bound, _ = bind(parse(text_of(draft)), recipients.table.names)
    columns = [recipients.table.columns[at] if at >= 0 else None for at in bound.columns]

    def score(row: int) -> tuple[int, int]:
        text, _ = bound.fill([column[row] if column is not None else "" for column in columns])
        if jump is Jump.MOST_SMS:
            size = measure_sms(text)
            return size.parts, size.units
        units = count_units(text)
        return (-units if jump is Jump.SHORTEST else units), 0

    return score


def _uses_fallback(draft: Draft, recipients: Recipients) -> Callable[[int], bool]:
    bound, _ = bind(parse(text_of(draft)), recipients.table.names)
    columns = [
        recipients.table.columns[at]
        for at, placeholder in zip(bound.columns, bound.template.placeholders, strict=True)
        if at >= 0 and placeholder.fallback is not None
    ]
    return lambda row: any(not column[row].strip() for column in columns)


def _country(recipients: Recipients, row: int) -> str:
    countries = recipients.countries
    return countries.names[countries.codes[row]]
