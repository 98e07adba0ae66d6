"""Give every row of a table one verdict; the sum of the verdicts is the file."""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum

from cascade_desktop.core.columns import find_phone_column
from cascade_desktop.core.phones import country_of, read_phone
from cascade_desktop.core.reading_problems import (
    ColumnProblem,
    NoRows,
    NoSuchColumn,
    NotCalculated,
    PhoneProblem,
)
from cascade_desktop.core.table import CellFault, Table


class Verdict(StrEnum):
    """What becomes of a row."""

    READY = "ready"
    TO_FIX = "to_fix"
    DUPLICATE = "duplicate"
    STOPPED = "stopped"
    LEFT_OUT = "left_out"
    BLANK = "blank"
    HIDDEN = "hidden"
    NO_CONSENT = "no_consent"
    """Only a message that is advertising gives it, where the list says who agreed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the operator decided about a table."""

    country: str = "UA"
    """Of numbers without a country's code."""
    phone_column: int | None = None
    left_out: frozenset[int] = frozenset()
    """Row numbers of the sheet."""
    edits: Mapping[int, str] = field(default_factory=dict[int, str])
    """Row number of the sheet -> the phone cell as the operator wrote it."""
    stopped: frozenset[str] = frozenset()
    """E.164 numbers that must not be messaged."""
    include_hidden: bool = False
    consent_column: int | None = None
    """Says who agreed to get advertising; None where the operator named no such column."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Add up a file: `rows` is the sum of all but `repaired`, which are among the ready."""

    rows: int
    ready: int
    repaired: int
    to_fix: int
    duplicates: int
    stopped: int
    left_out: int
    blank: int
    hidden: int


@dataclass(frozen=True, slots=True)
class Readings:
    """A whole column as the file has it, read once; edits are laid over it."""

    table: Table
    column: int
    country: str
    phones: tuple[str, ...]
    repaired: frozenset[int]
    problems: Mapping[int, PhoneProblem]


@dataclass(frozen=True, slots=True)
class Recipients:
    """A table with a verdict for every row."""

    table: Table
    choice: Choice
    phone_column: int
    verdicts: tuple[Verdict, ...]
    phones: tuple[str, ...]
    """E.164, or "" where there is none; of duplicates and stopped rows too."""
    repaired: frozenset[int]
    """Indexes of rows whose phone was corrected, ready or not."""
    problems: Mapping[int, PhoneProblem]
    """Row index -> why it must be fixed."""
    duplicate_of: Mapping[int, int]
    """Row index -> index of the first row with this phone."""
    ready: tuple[int, ...]
    """Indexes of the rows that can be sent, in the file's order."""
    counts: Counts
    by_country: tuple[tuple[str, int], ...]
    """How many of the ready rows each country has, most first."""
    readings: Readings = field(repr=False, compare=False)
    """For judging again after an edit without reading a million cells again."""

    @property
    def country(self) -> str:
        """Return the country of numbers without a country's code."""
        return self.choice.country

    def phone_cell(self, index: int) -> str:
        """Return a row's phone cell as it stands: edited, or as the file shows it."""
        number = self.table.row_numbers[index]
        return self.choice.edits.get(number, self.table.columns[self.phone_column][index])


def read_recipients(
    table: Table, choice: Choice, before: Recipients | None = None
) -> Recipients | ColumnProblem:
    """Find the phones of a table and give every row its verdict.

    Pass the verdicts `before` an edit of the same table: its cells are then not read again.
    """
    if not len(table):
        return NoRows()
    column = choice.phone_column
    if column is None:
        found = find_phone_column(table, choice.country)
        if not isinstance(found, int):
            return found
        column = found
    elif not 0 <= column < len(table.columns):
        return NoSuchColumn(str(column + 1))
    readings = before.readings if before else None
    same = readings and readings.table is table
    if not readings or not same or (readings.column, readings.country) != (column, choice.country):
        readings = _read(table, column, choice.country)
    return _judge(choice, readings)


def _judge(choice: Choice, readings: Readings) -> Recipients:
    table, column = readings.table, readings.column
    phones, repaired, problems = _edited(choice, readings)
    verdicts = _set_aside(table, choice, problems)
    duplicate_of = _settle(verdicts, phones, choice.stopped)
    ready = tuple(row for row, verdict in enumerate(verdicts) if verdict is Verdict.READY)
    countries = Counter(country_of(phones[row]) for row in ready)
    return Recipients(
        table=table,
        choice=choice,
        phone_column=column,
        verdicts=tuple(verdicts),
        phones=tuple(phones),
        repaired=frozenset(repaired),
        problems={row: why for row, why in problems.items() if verdicts[row] is Verdict.TO_FIX},
        duplicate_of=duplicate_of,
        ready=ready,
        counts=_count(verdicts, repaired),
        by_country=tuple(sorted(countries.items(), key=lambda item: (-item[1], item[0]))),
        readings=readings,
    )


def _count(verdicts: Sequence[Verdict], repaired: AbstractSet[int]) -> Counts:
    tally = Counter(verdicts)
    return Counts(
        rows=len(verdicts),
        ready=tally[Verdict.READY],
        repaired=sum(1 for index in repaired if verdicts[index] is Verdict.READY),
        to_fix=tally[Verdict.TO_FIX],
        duplicates=tally[Verdict.DUPLICATE],
        stopped=tally[Verdict.STOPPED],
        left_out=tally[Verdict.LEFT_OUT],
        blank=tally[Verdict.BLANK],
        hidden=tally[Verdict.HIDDEN],
    )


def _read(table: Table, column: int, country: str) -> Readings:
    phones: list[str] = []
    repaired: list[int] = []
    problems: dict[int, PhoneProblem] = {}
    for row, cell in enumerate(table.columns[column]):
        reading = read_phone(cell, country)
        phones.append(reading.phone)
        if reading.repaired:
            repaired.append(row)
        if reading.problem is not None:
            problems[row] = reading.problem
    for (row, where), fault in table.cell_faults.items():
        if where == column and fault is CellFault.NOT_CALCULATED:
            problems[row] = NotCalculated()
    return Readings(table, column, country, tuple(phones), frozenset(repaired), problems)


def _edited(
    choice: Choice, readings: Readings
) -> tuple[Sequence[str], AbstractSet[int], dict[int, PhoneProblem]]:
    """Lay what the operator wrote over what the file says."""
    problems = dict(readings.problems)
    if not choice.edits:
        return readings.phones, readings.repaired, problems
    phones, repaired = list(readings.phones), set(readings.repaired)
    for row, number in enumerate(readings.table.row_numbers):
        if number not in choice.edits:
            continue
        reading = read_phone(choice.edits[number], choice.country)
        phones[row] = reading.phone
        repaired.discard(row)
        problems.pop(row, None)
        if reading.repaired:
            repaired.add(row)
        if reading.problem is not None:
            problems[row] = reading.problem
    return phones, repaired, problems


def _set_aside(table: Table, choice: Choice, problems: Mapping[int, PhoneProblem]) -> list[Verdict]:
    """Give the verdicts that do not look at other rows; the rest is READY until settled."""
    verdicts = [Verdict.READY] * len(table)
    for row in problems:
        verdicts[row] = Verdict.TO_FIX
    if choice.left_out or table.hidden_rows:
        hidden = frozenset[int]() if choice.include_hidden else table.hidden_rows
        for row, number in enumerate(table.row_numbers):
            if number in hidden:
                verdicts[row] = Verdict.HIDDEN
            elif number in choice.left_out:
                verdicts[row] = Verdict.LEFT_OUT
    faulty_rows = {row for row, _ in table.cell_faults}
    for row in problems:
        faulty = row in faulty_rows
        edited = table.row_numbers[row] in choice.edits
        if not faulty and not edited and not any(cell.strip() for cell in table.row(row)):
            verdicts[row] = Verdict.BLANK
    return verdicts


def _settle(
    verdicts: list[Verdict], phones: Sequence[str], stopped: frozenset[str]
) -> dict[int, int]:
    """Mark the stopped rows and all but the first of each phone."""
    first: dict[str, int] = {}
    duplicate_of: dict[int, int] = {}
    for row, phone in enumerate(phones):
        if verdicts[row] is not Verdict.READY:
            continue
        if phone in stopped:
            verdicts[row] = Verdict.STOPPED
        elif (earlier := first.setdefault(phone, row)) != row:
            verdicts[row] = Verdict.DUPLICATE
            duplicate_of[row] = earlier
    return duplicate_of
