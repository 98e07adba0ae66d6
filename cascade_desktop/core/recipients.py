"""Give every row of a table one verdict; the sum of the verdicts is the file."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import islice

from cascade_desktop.core.columns import find_phone_column
from cascade_desktop.core.numbering import country_of
from cascade_desktop.core.phone_column import PhoneColumn, RowCountries, read_column
from cascade_desktop.core.phones import read_phone
from cascade_desktop.core.reading_problems import (
    ColumnProblem,
    NoPhone,
    NoRows,
    NoSuchColumn,
    NotCalculated,
    PhoneProblem,
)
from cascade_desktop.core.rows import EditedTexts, RowSet
from cascade_desktop.core.table import CellFault, Table
from cascade_desktop.core.verdicts import CODES, Verdict, Verdicts

__all__ = ["Choice", "Counts", "Readings", "Recipients", "Verdict", "read_recipients"]

_READY, _DUPLICATE = CODES[Verdict.READY], CODES[Verdict.DUPLICATE]
_PIECE = 65_536
"""Rows handled at a time: one call must not keep the other threads waiting."""
_SHELVES = 64


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
    cells: PhoneColumn


@dataclass(frozen=True, slots=True)
class Recipients:
    """A table with a verdict for every row."""

    table: Table
    choice: Choice
    phone_column: int
    verdicts: Verdicts
    phones: Sequence[str]
    """E.164, or "" where there is none; of duplicates and stopped rows too."""
    repaired: RowSet
    """Indexes of rows whose phone was corrected, by itself or by hand, ready or not."""
    problems: Mapping[int, PhoneProblem]
    """Row index -> why it must be fixed."""
    duplicate_of: Mapping[int, int]
    """Row index -> index of the first row with this phone."""
    ready: Sequence[int]
    """Indexes of the rows that can be sent, in the file's order."""
    counts: Counts
    by_country: tuple[tuple[str, int], ...]
    """How many of the ready rows each country has, most first."""
    countries: RowCountries = field(repr=False)
    """Of every row's phone, whatever its verdict."""
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
    table: Table,
    choice: Choice,
    before: Recipients | None = None,
    step: Callable[[int], None] | None = None,
) -> Recipients | ColumnProblem:
    """Find the phones of a table and give every row its verdict.

    Pass the verdicts `before` an edit of the same table: its cells are then not read again.
    `step` hears how many rows are checked; what it raises ends the work.
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
        readings = _read(table, column, choice.country, step)
    return _judge(choice, readings)


def _judge(choice: Choice, readings: Readings) -> Recipients:
    table, column = readings.table, readings.column
    read = _edited(choice, readings)
    codes = _set_aside(table, choice, read.problems)
    duplicate_of = _settle(codes, read.phones, choice.stopped)
    verdicts = Verdicts(bytes(codes))
    ready = verdicts.rows(Verdict.READY)
    return Recipients(
        table=table,
        choice=choice,
        phone_column=column,
        verdicts=verdicts,
        phones=read.phones,
        repaired=read.repaired,
        problems={
            row: why for row, why in read.problems.items() if verdicts[row] is Verdict.TO_FIX
        },
        duplicate_of=duplicate_of,
        ready=_listed(ready),
        counts=_count(verdicts, read.repaired),
        by_country=tuple(read.countries.count(ready).items()),
        countries=read.countries,
        readings=readings,
    )


def _listed(rows: RowSet) -> "array[int]":
    listed, several = array("I"), iter(rows)
    while piece := array("I", islice(several, _PIECE)):
        listed.extend(piece)
    return listed


def _count(verdicts: Verdicts, repaired: RowSet) -> Counts:
    ready = verdicts.rows(Verdict.READY)
    return Counts(
        rows=len(verdicts),
        ready=len(ready),
        repaired=len(ready.both(repaired)),
        to_fix=verdicts.tally(Verdict.TO_FIX),
        duplicates=verdicts.tally(Verdict.DUPLICATE),
        stopped=verdicts.tally(Verdict.STOPPED),
        left_out=verdicts.tally(Verdict.LEFT_OUT),
        blank=verdicts.tally(Verdict.BLANK),
        hidden=verdicts.tally(Verdict.HIDDEN),
    )


def _read(table: Table, column: int, country: str, step: Callable[[int], None] | None) -> Readings:
    read = read_column(table.columns[column], country, step)
    faults = {
        row: NotCalculated()
        for (row, where), fault in table.cell_faults.items()
        if where == column and fault is CellFault.NOT_CALCULATED
    }
    if faults:
        read = replace(read, problems={**read.problems, **faults})
    return Readings(table, column, country, read)


def _edited(choice: Choice, readings: Readings) -> PhoneColumn:
    """Lay what the operator wrote over what the file says."""
    read = readings.cells
    if not choice.edits:
        return read
    problems = dict(read.problems)
    repaired, countries = bytearray(read.repaired.flags), bytearray(read.countries.codes)
    names = {name: code for code, name in enumerate(read.countries.names)}
    phones: dict[int, str] = {}
    for number, cell in choice.edits.items():
        row = readings.table.index_of(number)
        if row is None:
            continue
        reading = read_phone(cell, choice.country)
        phones[row] = reading.phone
        rewritten = cell != readings.table.columns[readings.column][row]
        repaired[row] = reading.repaired or (rewritten and reading.phone != "")
        countries[row] = names.setdefault(country_of(reading.phone), len(names))
        problems.pop(row, None)
        if reading.problem is not None:
            problems[row] = reading.problem
    return PhoneColumn(
        EditedTexts(read.phones, phones),
        RowSet(repaired),
        problems,
        RowCountries(tuple(names), bytes(countries)),
    )


def _set_aside(table: Table, choice: Choice, problems: Mapping[int, PhoneProblem]) -> bytearray:
    """Give the verdicts that do not look at other rows; the rest is READY until settled."""
    codes = bytearray([_READY]) * len(table)
    for row in problems:
        codes[row] = CODES[Verdict.TO_FIX]
    for numbers, verdict in (
        (choice.left_out, Verdict.LEFT_OUT),
        (() if choice.include_hidden else table.hidden_rows, Verdict.HIDDEN),
    ):
        for number in numbers:
            if (row := table.index_of(number)) is not None:
                codes[row] = CODES[verdict]
    faulty_rows = {row for row, _ in table.cell_faults}
    columns = table.filled_columns()
    for row, why in problems.items():
        unedited = isinstance(why, NoPhone) and table.row_numbers[row] not in choice.edits
        if unedited and row not in faulty_rows and not any(c[row].strip() for c in columns):
            codes[row] = CODES[Verdict.BLANK]
    return codes


def _settle(codes: bytearray, phones: Sequence[str], stopped: AbstractSet[str]) -> dict[int, int]:
    """Mark the stopped rows and all but the first of each phone."""
    # many small dicts: one for a million would keep the other threads waiting as it grows and goes
    shelves: list[dict[str, int]] = [{} for _ in range(_SHELVES)]
    duplicate_of: dict[int, int] = {}
    for row, phone in enumerate(phones):
        if codes[row]:  # is not ready
            continue
        if phone in stopped:
            codes[row] = CODES[Verdict.STOPPED]
        elif (earlier := shelves[hash(phone) % _SHELVES].setdefault(phone, row)) != row:
            codes[row] = _DUPLICATE
            duplicate_of[row] = earlier
    while shelves:
        shelves.pop()
    return duplicate_of
