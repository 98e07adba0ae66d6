"""Say what a person must decide before a list is used: two readings are plausible."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from cascade_desktop.core.phones import read_phone
from cascade_desktop.core.reading_problems import (
    AmbiguousPhone,
    ColumnProblem,
    DuplicateHeader,
    SeveralPhoneColumns,
    TwoPhones,
)
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.rows import RowSet
from cascade_desktop.core.table import Table, column_letter


class QuestionCode(StrEnum):
    """The stable codes of `check --json` with the status "ask", and of `send --accept`."""

    DUPLICATE_HEADER = "DUPLICATE_HEADER"
    TWO_PHONE_COLUMNS = "TWO_PHONE_COLUMNS"
    SEVERAL_SHEETS = "SEVERAL_SHEETS"
    HEADER_ROW = "HEADER_ROW"
    HIDDEN_ROWS = "HIDDEN_ROWS"
    OTHER_COUNTRY = "OTHER_COUNTRY"
    FOREIGN_COUNTRIES = "FOREIGN_COUNTRIES"
    TWO_PHONES = "TWO_PHONES"
    AMBIGUOUS_NUMBERS = "AMBIGUOUS_NUMBERS"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to decide, with what its sentence needs.

    Of a doubtful row `count` is its number, and `total` that of the names below it, or 0.
    """

    code: QuestionCode
    count: int = 0
    total: int = 0
    names: tuple[str, ...] = ()
    """Of columns, sheets or countries; or the cells of the row that is asked about."""


_NEIGHBOURS = (
    *("UA", "IT", "PL", "DE", "RO", "CZ", "GB", "FR", "ES", "RU", "SK", "HU", "BG", "MD", "LT"),
    *("LV", "EE", "AT", "CH", "NL", "BE", "PT", "GR", "HR", "RS", "SI", "SE", "NO", "DK", "FI"),
    *("IE", "TR", "GE", "KZ", "IL", "CN"),
)
"""Whose national numbers a list may hold instead of the chosen country's."""
_SAMPLE = 200
_HALF = 0.5
_NEARLY_ALL = 0.9
"""A list that reads so well is of the chosen country, whatever else it could be."""
_CLEARLY = 0.05
"""So much more of a list must read better elsewhere."""


def find_questions(table: Table, found: Recipients | ColumnProblem) -> tuple[Question, ...]:
    """Return what must be asked: the file first, then its columns, then rows."""
    match found:
        case Recipients():
            return (*_about_file(table, found), *_about_phones(found))
        case DuplicateHeader(name, columns):
            letters = tuple(column_letter(column) for column in columns)
            return (Question(QuestionCode.DUPLICATE_HEADER, len(columns), names=(name, *letters)),)
        case SeveralPhoneColumns(columns, names):
            shown = tuple(
                name or column_letter(column) for column, name in zip(columns, names, strict=True)
            )
            return (Question(QuestionCode.TWO_PHONE_COLUMNS, len(columns), names=shown),)
        case _:
            return ()


def find_question(table: Table, found: Recipients | ColumnProblem) -> Question | None:
    """Return the first thing that must be asked."""
    return next(iter(find_questions(table, found)), None)


def proposed(
    problem: ColumnProblem,
    table: Table,
    country: str,
    stopped: frozenset[str] = frozenset(),
) -> Recipients | None:
    """Return what happens when nobody answers: the likeliest column; None when there is none."""
    match problem:
        case DuplicateHeader(columns=columns) | SeveralPhoneColumns(columns=columns):
            choice = Choice(country=country, phone_column=columns[0], stopped=stopped)
            read = read_recipients(table, choice)
            return read if isinstance(read, Recipients) else None
        case _:
            return None


def better_country(recipients: Recipients) -> str:
    """Return a country under which more of the numbers can be read, or ""."""
    cells = _sample(recipients)
    ours = sum(1 for cell in cells if read_phone(cell, recipients.country).phone)
    if not cells or ours >= len(cells) * _NEARLY_ALL:
        return ""
    tally = {
        country: sum(1 for cell in cells if read_phone(cell, country).phone)
        for country in _NEIGHBOURS
        if country != recipients.country
    }
    best = max(tally, key=lambda country: tally[country])
    gain = max(len(cells) * _CLEARLY, 1 if ours else 0)  # one wrong number in three proves nothing
    least = max(len(cells) * _HALF, ours + gain)
    return best if tally[best] > least else ""


def _sample(recipients: Recipients) -> list[str]:
    """Return phone cells from all over a list, none of them empty."""
    column = recipients.table.columns[recipients.phone_column]
    step = max(1, len(column) // _SAMPLE)
    return [cell for cell in (column[at] for at in range(0, len(column), step)) if cell.strip()]


def _about_file(table: Table, found: Recipients) -> tuple[Question, ...]:
    asked: list[Question] = []
    sheets = table.source.phone_sheets
    if len(sheets) > 1:
        asked.append(Question(QuestionCode.SEVERAL_SHEETS, len(sheets), names=sheets))
    source = table.source
    if source.doubtful_row is not None:
        row, names = source.doubtful_row, source.doubtful_cells
        asked.append(Question(QuestionCode.HEADER_ROW, row, source.header_row or 0, names))
    hidden = found.counts.hidden
    if hidden:
        asked.append(Question(QuestionCode.HIDDEN_ROWS, hidden, found.counts.rows))
    return tuple(asked)


def _about_phones(found: Recipients) -> tuple[Question, ...]:
    asked: list[Question] = []
    if country := better_country(found):
        asked.append(Question(QuestionCode.OTHER_COUNTRY, names=(found.country, country)))
    countries = found.countries.count(RowSet(b"\1" * len(found.phones)))
    phones, home = sum(countries.values()), countries.get(found.country, 0)
    if phones and home < phones * _HALF:
        abroad = (country for country in countries if country != found.country)
        names = tuple(islice(abroad, 8))
        asked.append(Question(QuestionCode.FOREIGN_COUNTRIES, phones - home, phones, names))
    for code, kind in (
        (QuestionCode.TWO_PHONES, TwoPhones),
        (QuestionCode.AMBIGUOUS_NUMBERS, AmbiguousPhone),
    ):
        count = sum(1 for why in found.problems.values() if isinstance(why, kind))
        if count:
            asked.append(Question(code, count, found.counts.rows))
    return tuple(asked)
