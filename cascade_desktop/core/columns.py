"""Find the column of phones: by words in six languages and by what the cells hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cascade_desktop.core.column_names import names_something_else, phone_word, plain_name
from cascade_desktop.core.phones import read_phone
from cascade_desktop.core.reading_problems import (
    ColumnProblem,
    DuplicateHeader,
    NoPhoneColumn,
    SeveralPhoneColumns,
)
from cascade_desktop.core.table import Table, column_letter

SAMPLE_ROWS = 300
_LEAST_SAMPLE, _MOST_CELLS = 20, 200_000
"""Of a very wide sheet fewer rows are looked at."""
_SHORTEST = 5
_SURE = 0.5
"""So much of a column must read as phones to be taken for one without a name."""
_RIVAL = 0.2
"""A second column with this share of the first one's phones is a question; a column of which
less reads as phones is one of other numbers, a few of which are somebody's phones by chance."""
_SEVERAL = 2
"""Without a clear name, a column of so few different phones may be the one: the rest is empty."""
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
    filled: int
    written: bool
    """Most are written as phones are, not as digits that may number anything."""


def find_phone_column(table: Table, country: str) -> int | ColumnProblem:
    """Choose the column of phones, or say what must be asked; hidden ones only if no other."""
    shown = [i for i in range(len(table.columns)) if i not in table.hidden_columns]
    found = _among(table, shown, country)
    if isinstance(found, int) and phone_word(table.names[found]) < _CLEAR and table.hidden_columns:
        found = _beside_hidden(table, found, country)
    if isinstance(found, NoPhoneColumn):
        found = _among(table, sorted(table.hidden_columns), country)
    if isinstance(found, NoPhoneColumn):
        filled = [i for i in shown if any(cell.strip() for cell in _sample(table, i))]
        if len(filled) == 1 and not names_something_else(table.names[filled[0]]):
            return filled[0]
    return found


def _beside_hidden(table: Table, found: int, country: str) -> int | ColumnProblem:
    """Ask where the phones by name are hidden and another column only looks like phones."""
    hidden = [_candidate(table, index, country) for index in sorted(table.hidden_columns)]
    clear = [c for c in hidden if c.word >= _CLEAR and c.phones]
    return _ask(table, [_candidate(table, found, country), *clear]) if clear else found


def _among(table: Table, indexes: Iterable[int], country: str) -> int | ColumnProblem:
    """Choose among some columns; where a name and the cells disagree, somebody must say."""
    all_of_them = [_candidate(table, index, country) for index in indexes]
    candidates = [c for c in all_of_them if not names_something_else(table.names[c.index])]
    most = max((candidate.phones for candidate in candidates), default=0)
    clear = [c for c in candidates if c.word >= _CLEAR and c.filled]
    alive = [c for c in clear if c.phones and c.phones >= most * _RIVAL]
    if alive:
        fuller = _fuller(candidates, max(candidate.phones for candidate in alive))
        return _ask(table, [*_by_phones(alive), *fuller]) if fuller else _best(table, alive)
    by_content = [c for c in candidates if c.share >= _SURE and c not in clear]
    if not by_content:
        return _without_content(table, candidates, clear)
    doubted = [*clear, *_rivals(by_content)]
    if clear:
        return _ask(table, sorted(doubted, key=lambda c: (-c.word, -c.phones, c.index)))
    fullest = max(candidate.phones for candidate in by_content)
    fuller = [c for c in candidates if _RIVAL <= c.share < _SURE and c.phones >= fullest]
    if fuller:  # somebody else's number in every row is no better than few of one's own
        return _ask(table, _by_phones([*fuller, *by_content]))
    if any(candidate.written for candidate in by_content):
        return _best(table, by_content)
    return _best(table, [c for c in candidates if c.share >= _RIVAL])


def _fuller(candidates: list[_Candidate], phones: int) -> list[_Candidate]:
    """Return columns that may say phones and surely hold more of them than the clear names'."""
    return [
        c
        for c in candidates
        if c.word and c.share >= _SURE and c.phones * (1 if c.written else _SURE) > phones
    ]


def _without_content(
    table: Table, candidates: list[_Candidate], clear: list[_Candidate]
) -> int | ColumnProblem:
    """Choose where no column without a clear name is full of phones."""
    if clear:
        surest = max(candidate.word for candidate in clear)
        return _best(table, [candidate for candidate in clear if candidate.word == surest])
    some = [candidate for candidate in candidates if candidate.share >= _RIVAL]
    named = [candidate for candidate in candidates if candidate.word >= _CLEAR]
    return _best(table, some or named) if some or named else NoPhoneColumn()


def _rivals(candidates: list[_Candidate]) -> list[_Candidate]:
    """Return the columns that may well be the one, best first; a copy of the best is none."""
    ranked = _by_phones(candidates)
    best = ranked[0]
    clear = best.word >= _CLEAR
    least = best.phones * _RIVAL if clear else min(_SEVERAL, best.phones * _RIVAL)
    rivals = [
        c for c in ranked[1:] if c.phones >= least or (not clear and 0 < c.phones == c.filled)
    ]
    return [best, *(c for c in rivals if not c.phones or c.read != best.read)]


def _best(table: Table, candidates: list[_Candidate]) -> int | ColumnProblem:
    rivals = _rivals(candidates)
    sure = [c for c in rivals if c.word >= _CLEAR]  # a weak word yields to a clear one
    if len(rivals) > 1 and len(sure) == 1:
        rivals = sure
    return rivals[0].index if len(rivals) == 1 else _ask(table, rivals)


def _by_phones(candidates: list[_Candidate]) -> list[_Candidate]:
    return sorted(candidates, key=lambda c: (-c.phones, -c.word, c.index))


def _ask(table: Table, rivals: list[_Candidate]) -> ColumnProblem:
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
    read = tuple(
        read_phone(cell, country).phone if len(cell) >= _SHORTEST else "" for cell in cells
    )
    phones = [(cell, phone) for cell, phone in zip(cells, read, strict=True) if phone]
    written = sum(1 for cell, phone in phones if _is_written_out(cell, phone))
    return _Candidate(
        index=index,
        word=phone_word(table.names[index]),
        share=len(phones) / filled if filled else 0.0,
        phones=len({phone for _, phone in phones}),
        read=read,
        filled=filled,
        written=bool(phones) and written >= len(phones) * _SURE,
    )


def _is_written_out(cell: str, phone: str) -> bool:
    """Tell whether a cell shows more than a national number's bare digits."""
    return not cell.isdecimal() or cell[0] == "0" or cell == phone[1:]


def _sample(table: Table, index: int) -> Sequence[str]:
    """Take rows from the whole length, so that a list sorted by country is judged fairly."""
    column = table.columns[index]
    most = max(_LEAST_SAMPLE, min(SAMPLE_ROWS, _MOST_CELLS // len(table.columns)))
    step = max(1, len(column) // most)
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


def name_column(table: Table, index: int) -> str:
    """Return what `resolve_column` finds a column by again: its name, else its letter or number."""
    named = (table.names[index], column_letter(index), str(index + 1))
    return next((name for name in named if name and resolve_column(table, name) == index), "")
