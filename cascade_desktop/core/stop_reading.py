"""Read a “Do not message” list from a table: every number in it, its date and its reason."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cascade_desktop.core.phone_spelling import Several, spell
from cascade_desktop.core.phones import read_phone
from cascade_desktop.core.questions import Question, QuestionCode, find_questions
from cascade_desktop.core.reading_problems import ColumnProblem, PhoneProblem, TwoPhones
from cascade_desktop.core.recipients import Recipients
from cascade_desktop.core.stop_columns import find_dates, find_reasons
from cascade_desktop.core.stop_dates import is_month_first, read_moment
from cascade_desktop.core.stop_list import Stopped, tidy_reason
from cascade_desktop.core.table import Table

_GUARDED = re.compile(r"'(?=['=+\-@＝＋－＠])")
"""What an export puts before a reason that a spreadsheet program would take for a formula."""
_TEXT_KINDS = frozenset({"csv", "tsv", "txt"})
_ASKED = frozenset(
    {
        QuestionCode.DUPLICATE_HEADER,
        QuestionCode.TWO_PHONE_COLUMNS,
        QuestionCode.SEVERAL_SHEETS,
        QuestionCode.OTHER_COUNTRY,
    }
)


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """A row whose number, or one of whose numbers, cannot be read."""

    row: int
    """The sheet's own number."""
    cell: str
    problem: PhoneProblem


@dataclass(frozen=True, slots=True)
class UnreadDate:
    """A row whose number counts from now, for nobody can tell since when it should."""

    row: int
    cell: str


@dataclass(frozen=True, slots=True)
class StopReading:
    """What a table says about whom not to message; nothing of it is left untold."""

    entries: tuple[Stopped, ...]
    unread: tuple[UnreadRow, ...] = ()
    undated: tuple[UnreadDate, ...] = ()


def read_stop_list(found: Recipients, now: datetime) -> StopReading:
    """Take every number of a table, hidden rows and second numbers of a cell included."""
    table = found.table
    date_column = find_dates(table, found.phone_column)
    reason_column = find_reasons(table, found.phone_column, date_column)
    dates = () if date_column is None else table.columns[date_column]
    reasons = () if reason_column is None else table.columns[reason_column]
    month_first = is_month_first(dates)
    is_text = table.source.kind in _TEXT_KINDS
    entries: list[Stopped] = []
    unread: list[UnreadRow] = []
    undated: list[UnreadDate] = []
    for at, number in enumerate(table.row_numbers):
        phones, problem = _phones(found, at)
        if problem is not None:
            unread.append(UnreadRow(number, found.phone_cell(at), problem))
        if not phones:
            continue
        said = dates[at].strip() if dates else ""
        moment = read_moment(said, month_first=month_first) if said else None
        if said and moment is None:
            undated.append(UnreadDate(number, said))
        reason = reasons[at] if reasons else ""
        reason = tidy_reason(_GUARDED.sub("", reason, count=1) if is_text else reason)
        entries.extend(Stopped(phone, moment or now, reason) for phone in phones)
    return StopReading(tuple(entries), tuple(unread), tuple(undated))


def questions_of(table: Table, found: Recipients | ColumnProblem) -> tuple[Question, ...]:
    """Return what must be asked before a table is taken for such a list."""
    return tuple(asked for asked in find_questions(table, found) if asked.code in _ASKED)


def _phones(found: Recipients, at: int) -> tuple[tuple[str, ...], PhoneProblem | None]:
    """Return a row's numbers and what is wrong with what is left of its cell."""
    if found.phones[at]:
        return (found.phones[at],), None
    problem = found.problems.get(at)
    if not isinstance(problem, TwoPhones):
        return (), problem
    readings = tuple(read_phone(part, found.country) for part in _parts(found.phone_cell(at)))
    phones = dict.fromkeys(reading.phone for reading in readings if reading.phone)
    bad = next((reading.problem for reading in readings if reading.problem), None)
    return tuple(phones), bad if phones else problem


def _parts(cell: str) -> Iterator[str]:
    spelled = spell(cell)
    if isinstance(spelled, Several):
        yield from spelled.parts
