"""Find the column names and the phones: by words in six languages and by what the cells hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cascade_desktop.core.column_names import names_something_else, phone_word, plain_name
from cascade_desktop.core.phone_spelling import looks_like_phone
from cascade_desktop.core.phones import read_phone
from cascade_desktop.core.reading_problems import (
    ColumnProblem,
    DuplicateHeader,
    NoPhoneColumn,
    SeveralPhoneColumns,
)
from cascade_desktop.core.table import Table, column_letter

SAMPLE_ROWS = 300
HEADER_ROWS = 30
"""The names of the columns stand within so many rows, or there are none."""
_SURE = 0.5
"""So much of a column must read as phones to be taken for one without a name."""
_RIVAL = 0.2
"""A second column with this share of the first one's phones is a question; a column of which
less reads as phones is one of other numbers, a few of which are somebody's phones by chance."""
_CLEAR = 2
"""A name's word that says phones, and not only may say so."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    index: int
    word: int
    """3: says mobile; 2: says phone; 1: may say so; 0: says nothing of the kind."""
    share: float
    """Of its filled cells, those that read as phones."""
    phones: int
    """How many different ones: the shop's own number in every row is not its customers'."""
    read: tuple[str, ...]


def find_header(rows: Sequence[Sequence[str]]) -> int | None:
    """Return which of the first rows holds the column names; None when people begin at once.

    A header is a row none of whose cells looks like a phone, perhaps below title lines.
    """
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    used = [index for index, count in enumerate(filled) if count]
    if not used:
        return None
    people = _first_person(rows)
    above = [index for index in used if index < people][:HEADER_ROWS]
    if not above:
        return None
    words = {index: sum(phone_word(cell) for cell in rows[index]) for index in above}
    named = [index for index in above if words[index]]
    return max(named or above, key=lambda index: (filled[index], -index))


def _first_person(rows: Sequence[Sequence[str]]) -> int:
    """Return the first row with a phone in a column where phones are usual."""
    width = max(map(len, rows), default=0)
    looks = [
        [
            index
            for index, row in enumerate(rows)
            if column < len(row) and looks_like_phone(row[column])
        ]
        for column in range(width)
    ]
    most = max(map(len, looks), default=0)
    starts = [column[0] for column in looks if column and len(column) >= most * _SURE]
    return min(starts, default=len(rows))


def find_phone_column(table: Table, country: str) -> int | ColumnProblem:
    """Choose the column of phones, or say what must be asked; hidden ones only if no other."""
    shown = [i for i in range(len(table.columns)) if i not in table.hidden_columns]
    found = _among(table, shown, country)
    if isinstance(found, NoPhoneColumn):
        found = _among(table, sorted(table.hidden_columns), country)
    if isinstance(found, NoPhoneColumn):
        filled = [i for i in shown if any(cell.strip() for cell in _sample(table, i))]
        return filled[0] if len(filled) == 1 else found
    return found


def _among(table: Table, indexes: Iterable[int], country: str) -> int | ColumnProblem:
    candidates = [_candidate(table, index, country) for index in indexes]
    most = max((candidate.phones for candidate in candidates), default=0)
    named = [candidate for candidate in candidates if candidate.word]
    alive = [c for c in named if c.phones and c.phones >= most * _RIVAL]
    if alive:
        return _best(table, alive)
    unnamed = [c for c in candidates if not names_something_else(table.names[c.index])]
    by_content = [candidate for candidate in unnamed if candidate.share >= _SURE]
    if by_content:
        return _best(table, by_content)
    surest = max((candidate.word for candidate in named), default=0)
    if surest >= _CLEAR:
        return _best(table, [candidate for candidate in named if candidate.word == surest])
    some = [candidate for candidate in unnamed if candidate.share >= _RIVAL]
    return _best(table, some) if some else NoPhoneColumn()


def _best(table: Table, candidates: list[_Candidate]) -> int | ColumnProblem:
    ranked = sorted(candidates, key=lambda c: (-c.phones, -c.word, c.index))
    best = ranked[0]
    rivals = [c for c in ranked if c.phones >= best.phones * _RIVAL]
    rivals = [best, *(c for c in rivals[1:] if not c.phones or c.read != best.read)]
    sure = [c for c in rivals if c.word >= _CLEAR]  # a weak word yields to a clear one
    if len(rivals) > 1 and len(sure) == 1:
        rivals = sure
    if len(rivals) == 1:
        return rivals[0].index
    indexes = tuple(c.index for c in rivals)
    names = tuple(table.names[index] for index in indexes)
    if names[0] and len({plain_name(name) for name in names}) == 1:
        return DuplicateHeader(names[0], tuple(sorted(indexes)))
    return SeveralPhoneColumns(indexes, names)


def holds_phones(table: Table, index: int, country: str) -> bool:
    """Tell whether a column that somebody chose before still is one of phones."""
    candidate = _candidate(table, index, country)
    return candidate.phones > 0 and candidate.share >= _RIVAL


def _candidate(table: Table, index: int, country: str) -> _Candidate:
    cells = _sample(table, index)
    filled = sum(1 for cell in cells if cell.strip())
    read = tuple(read_phone(cell, country).phone for cell in cells)
    share = sum(map(bool, read)) / filled if filled else 0.0
    phones = len({phone for phone in read if phone})
    return _Candidate(index, phone_word(table.names[index]), share, phones, read)


def _sample(table: Table, index: int) -> Sequence[str]:
    """Take rows from the whole length, so that a list sorted by country is judged fairly."""
    column = table.columns[index]
    step = max(1, len(column) // SAMPLE_ROWS)
    return column[::step] if step > 1 else column[:]


def resolve_column(table: Table, named: str) -> int | None:
    """Find the column that somebody named: by its name, its letter or its number from 1.

    A name wins over a letter, an exact name over a similar one.
    """
    if named in table.names:
        return table.names.index(named)
    similar = [i for i, name in enumerate(table.names) if plain_name(name) == plain_name(named)]
    if similar and plain_name(named):
        return similar[0]
    letters = [column_letter(index) for index in range(len(table.columns))]
    if named.strip().upper() in letters:
        return letters.index(named.strip().upper())
    number = int(named) if named.strip().isdecimal() and len(named) < 6 else 0  # noqa: PLR2004
    return number - 1 if 0 < number <= len(table.columns) else None
