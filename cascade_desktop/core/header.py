"""Find the row with the column names: above the people, below title lines, or nowhere."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from cascade_desktop.core.column_names import is_usual_name, phone_word
from cascade_desktop.core.phone_spelling import looks_like_phone

HEADER_ROWS = 30
"""The names of the columns stand within so many rows, or there are none."""
_USUAL = 0.5
"""A column with this share of the phones that the fullest one has is one of phones."""
_MOST_ABOVE = 2
"""So many phones above the names are a letterhead's; more are people."""
_PHONE_DIGITS = 3
_PHONE_LEAST = 7
_SHOWN, _SHOWN_CELLS = 40, 4
_NO_PHONE = re.compile(
    r"(?:немає?|нема є|нет|відсутн\w*|отсутств\w*|не вказан\w*|не указан\w*|невідом\w*|неизвест\w*"
    r"|none|no(?!\.)|nil|null|nan|n/?a|tbd|missing|unknown|nessuno|manca|assente|brak|keine?|entfällt|x+"
    r")(?:\W*(?:тел\w*|номер\w*|phone|number|tel\w*|numero|num[ae]ru?))?\W*\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Header:
    """Where the names of the columns stand, and the row of which that is not certain."""

    row: int | None = None
    doubtful: int | None = None
    """A first row without a phone that is kept as a person's but may hold the names; or, above
    the names, a row with a phone that is taken for a letterhead's."""


class _Sheet(NamedTuple):
    """The first rows, with what looks like phones in them."""

    rows: Sequence[Sequence[str]]
    filled: Sequence[int]
    columns: tuple[int, ...]
    """Where phones are usual."""
    people: tuple[int, ...]
    """The rows with a phone there."""


def read_header(rows: Sequence[Sequence[str]]) -> Header:
    """Find the names: a row none of whose cells looks like a phone, perhaps below title lines.

    >>> read_header([("Name", "Phone"), ("Anna", "+380501112233")])
    Header(row=0, doubtful=None)
    """
    sheet = _look(rows)
    used = [index for index, count in enumerate(sheet.filled) if count][:HEADER_ROWS]
    if found := _below_a_letterhead(sheet, used):
        return found
    first = sheet.people[0] if sheet.people else len(rows)
    above = [i for i in used if i < first and not any(map(looks_like_phone, rows[i]))]
    if not above:
        return Header()
    named = [index for index in above if _names_columns(sheet, index)]
    best = max(named or above, key=lambda index: (sheet.filled[index], -index))
    if named:
        return Header(best)
    if not sheet.people:
        holds_number = any(_digits(cell) >= _PHONE_LEAST for cell in rows[best])
        return Header() if holds_number or len(rows) == 1 else Header(best)
    return _names_or_person(sheet, best)


def filled_cells(row: Iterable[str]) -> tuple[str, ...]:
    """Return the first cells of a row that hold something, short enough to be shown.

    >>> filled_cells(["", "Anna ", "-"])
    ('Anna', '-')
    """
    cells = (" ".join(cell.split()) for cell in row)
    return tuple(islice((cell[:_SHOWN] for cell in cells if cell), _SHOWN_CELLS))


def _look(rows: Sequence[Sequence[str]]) -> _Sheet:
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    width = max(map(len, rows), default=0)
    looks = [
        [index for index, row in enumerate(rows) if looks_like_phone(_cell(row, column))]
        for column in range(width)
    ]
    most = max(map(len, looks), default=0)
    usual = tuple(i for i, found in enumerate(looks) if found and len(found) >= most * _USUAL)
    return _Sheet(rows, filled, usual, tuple(sorted({row for i in usual for row in looks[i]})))


def _below_a_letterhead(sheet: _Sheet, used: Sequence[int]) -> Header | None:
    """Return the names that stand below the list's maker's own phone."""
    for index in used:
        above = [row for row in sheet.people if row < index]
        if len(above) > _MOST_ABOVE:
            return None
        says = any(_says_phone(_cell(sheet.rows[index], column)) for column in sheet.columns)
        below = len(sheet.people) - len(above)
        if says and above and index not in sheet.people and below >= len(above):
            alike = [row for row in above if _is_as_full(sheet, row, index)]
            return Header(index, alike[0] if alike else None)
    return None


def _is_as_full(sheet: _Sheet, row: int, names: int) -> bool:
    """Tell whether a row above the names has nearly as many cells, none of them “Tel.”."""
    labelled = any(phone_word(cell) for cell in sheet.rows[row])
    return sheet.filled[row] * 2 > sheet.filled[names] and not labelled


def _names_columns(sheet: _Sheet, index: int) -> bool:
    """Tell whether a row's words are surely names of columns; Суми is a town and means sums."""
    row = sheet.rows[index]
    if any(_says_phone(_cell(row, column)) for column in sheet.columns):
        return True
    others = [at for at, cell in enumerate(row) if cell.strip() and at not in sheet.columns]
    usual = [at for at in others if _is_name(row[at]) and not _recurs(sheet, index, at)]
    return len(usual) * 2 > len(others)


def _says_phone(cell: str) -> bool:
    return bool(phone_word(cell)) and not _NO_PHONE.match(cell.strip())


def _is_name(cell: str) -> bool:
    return bool(phone_word(cell)) or is_usual_name(cell)


def _names_or_person(sheet: _Sheet, index: int) -> Header:
    """Judge a row of unknown words above the first phone by what stands over the phones."""
    row = sheet.rows[index]
    others = [at for at, cell in enumerate(row) if at not in sheet.columns and cell.strip()]
    if any(_recurs(sheet, index, at) or _is_alike(sheet, index, at) for at in others):
        return Header()
    over = [cell for at in sheet.columns if (cell := _cell(row, at).strip())]
    if any(_digits(cell) >= _PHONE_DIGITS for cell in over):
        return Header()
    if any(_has_letters(cell) and not _NO_PHONE.match(cell) for cell in over):
        return Header(index)
    if not over and any(_differs(sheet, index, at) for at in others):
        return Header(index)
    return Header(doubtful=index)


def _recurs(sheet: _Sheet, index: int, column: int) -> bool:
    """Tell whether a cell's value stands again further down, as people's towns do."""
    wanted = _cell(sheet.rows[index], column).strip().casefold()
    below = (_cell(row, column).strip().casefold() for row in sheet.rows[index + 1 :])
    return bool(wanted) and wanted in below


def _is_alike(sheet: _Sheet, index: int, column: int) -> bool:
    """Tell whether a cell is a number among numbers, or somebody's address."""
    cell = _cell(sheet.rows[index], column)
    return "@" in cell or (bool(_digits(cell)) and _are_numbers(sheet, index, column))


def _differs(sheet: _Sheet, index: int, column: int) -> bool:
    """Tell whether words stand over numbers."""
    return not _digits(_cell(sheet.rows[index], column)) and _are_numbers(sheet, index, column)


def _are_numbers(sheet: _Sheet, index: int, column: int) -> bool:
    cells = [_cell(row, column) for row in sheet.rows[index + 1 :]]
    below = [cell for cell in cells if cell.strip()]
    return bool(below) and sum(map(bool, map(_digits, below))) >= len(below) * _USUAL


def _digits(cell: str) -> int:
    return sum(sign.isdecimal() for sign in cell)


def _has_letters(cell: str) -> bool:
    return any(sign.isalpha() for sign in cell)


def _cell(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""
