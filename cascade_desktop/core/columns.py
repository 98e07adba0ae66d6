"""Find the column names and the phones: by words in six languages and by what the cells hold."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
_LONGEST_NAME = 60
_MOBILE_STEMS = re.compile(
    r"моб|mob|cell|komor|komór|handy|msisdn|gsm|viber|вайбер|whatsapp|sms|смс"
)
_PHONE_STEMS = re.compile(r"телеф|phone|telef|téléf|fono")
_PHONE_WORDS = frozenset(
    {
        *("номер", "номера", "номертел", "контакт", "контакти", "контакты", "одержувач"),
        *("numero", "numeri", "contatto", "recapito", "number", "numbers", "contact"),
        *("numer", "nr", "nummer", "kontakt", "cel", "kom", "to", "recipient"),
    }
)
_NOT_PHONE = re.compile(r"факс|fax|коммент|комент|модель|model|email|пошт|mail")
_SURE = 0.5
"""So much of a column must read as phones to be taken for one without a name."""
_RIVAL = 0.2
"""A second column with this share of the first one's phones is a question."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    index: int
    word: int
    """3: says mobile; 2: says phone; 1: may say so; 0: says nothing of the kind."""
    share: float
    """Of its filled cells, those that read as phones."""
    phones: int


def plain_name(name: str) -> str:
    """Reduce a column's name to what people mean by it: letters and digits, case aside.

    >>> plain_name("Моб. телефон") == plain_name("МОБ_ТЕЛЕФОН")
    True
    """
    text = unicodedata.normalize("NFKC", name.replace("№", "")).casefold()
    return "".join(sign for sign in text if sign.isalnum())


def phone_word(name: str) -> int:
    """Say how clearly a column's name means phones, 0 to 3.

    >>> phone_word("Моб. телефон"), phone_word("Phone"), phone_word("Номер"), phone_word("Ім’я")
    (3, 2, 1, 0)
    """
    plain = plain_name(name)
    stem = plain.rstrip("0123456789")
    if not plain or len(plain) > _LONGEST_NAME or _NOT_PHONE.search(plain):
        return 0
    if len(plain) - len(stem) > 2:  # noqa: PLR2004  (Phone 2 is a name, тел. 044 a number)
        return 0
    if _MOBILE_STEMS.search(plain):
        return 3
    if _PHONE_STEMS.search(plain) or stem in {"тел", "tel"}:
        return 2
    return int(stem in _PHONE_WORDS)


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
    named = [candidate for candidate in candidates if candidate.word]
    by_content = [candidate for candidate in candidates if candidate.share >= _SURE]
    alive = [candidate for candidate in named if candidate.phones]
    if alive:
        return _best(table, alive)
    if by_content:
        return _best(table, by_content)
    if named:
        surest = max(candidate.word for candidate in named)
        return _best(table, [candidate for candidate in named if candidate.word == surest])
    some = [candidate for candidate in candidates if candidate.phones]
    return _best(table, some) if some else NoPhoneColumn()


def _best(table: Table, candidates: list[_Candidate]) -> int | ColumnProblem:
    ranked = sorted(candidates, key=lambda c: (-c.phones, -c.word, c.index))
    rivals = [c for c in ranked if c.phones >= ranked[0].phones * _RIVAL]
    sure = [c for c in rivals if c.word >= 2]  # noqa: PLR2004  (a weak word yields to a clear one)
    if len(rivals) > 1 and len(sure) == 1:
        rivals = sure
    if len(rivals) == 1:
        return rivals[0].index
    indexes = tuple(c.index for c in rivals)
    names = tuple(table.names[index] for index in indexes)
    if names[0] and len({plain_name(name) for name in names}) == 1:
        return DuplicateHeader(names[0], tuple(sorted(indexes)))
    return SeveralPhoneColumns(indexes, names)


def _candidate(table: Table, index: int, country: str) -> _Candidate:
    cells = _sample(table, index)
    filled = sum(1 for cell in cells if cell.strip())
    phones = sum(1 for cell in cells if read_phone(cell, country).phone)
    word = phone_word(table.names[index])
    return _Candidate(index, word, phones / filled if filled else 0.0, phones)


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
