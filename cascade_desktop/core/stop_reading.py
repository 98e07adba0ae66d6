"""Read a “Do not message” list from a table: every number in it, its date and its reason."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cascade_desktop.core.columns import plain_name
from cascade_desktop.core.phone_spelling import Several, spell
from cascade_desktop.core.phones import read_phone
from cascade_desktop.core.questions import Question, QuestionCode, find_questions
from cascade_desktop.core.reading_problems import ColumnProblem, PhoneProblem, TwoPhones
from cascade_desktop.core.recipients import Recipients
from cascade_desktop.core.stop_list import Stopped, tidy_reason
from cascade_desktop.core.table import Table

_DATE = re.compile(r"дат|додан|добавл|внесен|date|added|since|aggiunt|fecha|datum|dodan|hinzugef")
_DATA = frozenset({"data", "datautc", "dal", "когда", "коли", "seit", "od", "when"})
_OTHER_DATE = re.compile(r"народ|рожд|birth|nasc|urodz|geb|updat|оновл|обновл")
_REASON = re.compile(
    r"причин|прим[іе]т|примеч|комент|коммент|чому|почему|reason|why|note|remark|comment"
    r"|motiv|nota|perch|powód|powod|uwag|grund|bemerk|anmerk"
)
_YEAR_FIRST = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})(?:[T ,]+(.+))?\Z")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4}|[0-9]{2})(?:[T ,]+(.+))?\Z")
_MONTHS = 12
_SHORT_YEAR = 2
_NOON = "12:00"
"""For a date without a time: the same day in nearly every zone."""
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
    dates = _named(table, _is_date, found.phone_column)
    reasons = _named(table, _is_reason, found.phone_column)
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
        moment = read_moment(said) if said else None
        if said and moment is None:
            undated.append(UnreadDate(number, said))
        reason = reasons[at] if reasons else ""
        reason = tidy_reason(_GUARDED.sub("", reason, count=1) if is_text else reason)
        entries.extend(Stopped(phone, moment or now, reason) for phone in phones)
    return StopReading(tuple(entries), tuple(unread), tuple(undated))


def questions_of(table: Table, found: Recipients | ColumnProblem) -> tuple[Question, ...]:
    """Return what must be asked before a table is taken for such a list."""
    return tuple(asked for asked in find_questions(table, found) if asked.code in _ASKED)


def read_moment(text: str) -> datetime | None:
    """Read a date, perhaps with a time, of UTC where no zone is named; None for anything else.

    Days come before months, unless only the other order is a date.

    >>> read_moment("23.11.2026 10:15"), read_moment("11/23/2026") == read_moment("2026-11-23")
    (datetime.datetime(2026, 11, 23, 10, 15, tzinfo=datetime.timezone.utc), True)
    """
    text = text.strip().removesuffix("UTC").rstrip()
    if match := _YEAR_FIRST.match(text):
        year, month, day, time = match.groups()
    elif match := _YEAR_LAST.match(text):
        day, month, year, time = match.groups()
        if int(month) > _MONTHS:
            day, month = month, day
        year = f"20{year}" if len(year) == _SHORT_YEAR else year
    else:
        return None
    clock = _NOON if time is None else time.strip()
    if clock[1:2] == ":":
        clock = f"0{clock}"
    try:
        moment = datetime.fromisoformat(f"{year}-{month:0>2}-{day:0>2}T{clock}")
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None


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


def _named(
    table: Table, is_meant: Callable[[str], bool], phone_column: int
) -> Sequence[str] | None:
    """Return the first column that a name marks."""
    for at, name in enumerate(table.names):
        if at != phone_column and is_meant(plain_name(name)):
            return table.columns[at]
    return None


def _is_date(name: str) -> bool:
    return (name in _DATA or _DATE.search(name) is not None) and not _OTHER_DATE.search(name)


def _is_reason(name: str) -> bool:
    return _REASON.search(name) is not None
