"""Which of a list's own columns tell people apart on a screen: names first, counters last."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice, pairwise

from cascade_desktop.core.phones import show_phone
from cascade_desktop.core.recipients import Recipients
from cascade_desktop.core.table import Table

OWN_COLUMNS = 2
SAMPLE_ROWS = 20
COUNTED_LEAST = 3
"""So many numbers one after the other are a counter."""
_APOSTROPHES = str.maketrans("", "", "'’ʼ`´ʹ")
_PERSON = frozenset(
    {
        *("імя", "піб", "прізвище", "клієнт", "клієнтка", "отримувач", "одержувач", "пацієнт"),
        *("имя", "фио", "фамилия", "клиент", "получатель", "пациент"),
        *("name", "firstname", "lastname", "surname", "fullname", "customer", "client", "person"),
        *("nome", "cognome", "nominativo", "cliente", "imię", "imie", "nazwisko", "klient"),
    }
)
_CODE = frozenset(
    {
        *("id", "код", "code", "codice", "kod", "номер", "number", "numero", "numer", "no", "nr"),
        *("телефон", "phone", "telefono", "email", "mail", "дата", "date", "data"),
    }
)
"""Beside one of these a word of `_PERSON` names something of theirs: *Customer ID*."""
_COUNTER = frozenset({"", "n", "no", "nr", "id", "пп", "зп", "nпп", "lp", "num", "poz", "pos"})
"""What is left of *№*, *#*, *№ п/п*, *No.*, *Lp.* without its signs."""


def own_columns(
    names: Sequence[str], phone_column: int, columns: Sequence[Iterable[str]] = ()
) -> tuple[int, ...]:
    """Return the two columns to show beside a phone; `columns` are their cells, where known.

    >>> own_columns(("№", "Телефон", "Місто", "Ім’я"), 1)
    (3, 2)
    """
    named = [at for at, name in enumerate(names) if name.strip() and at != phone_column]
    ranks = {at: _rank(names[at], columns[at] if columns else ()) for at in named}
    telling = [at for at in named if not _is_counter(names[at])] or named
    return tuple(sorted(telling, key=lambda at: (ranks[at], at))[:OWN_COLUMNS])


def offered_columns(table: Table, phone_column: int) -> tuple[str, ...]:
    """Return the columns worth inserting: named, once, not hidden, not the phones."""
    names = table.names
    times = Counter(names)
    return tuple(
        name
        for at, name in enumerate(names)
        if name.strip()
        and at != phone_column
        and at not in table.hidden_columns
        and times[name] == 1
    )


def name_columns(
    names: Sequence[str], phone_column: int, columns: Sequence[Iterable[str]] = ()
) -> tuple[int, ...]:
    """Return the columns that say who somebody is: names, or else the most telling one.

    >>> name_columns(("Nome", "Cognome", "Tel"), 2), name_columns(("Tel", "City", "Code"), 0)
    ((0, 1), (1,))
    """
    own = own_columns(names, phone_column, columns)
    people = tuple(at for at in own if not _rank(names[at], columns[at] if columns else ()))
    return people or own[:1]


def name_of(recipients: Recipients, row: int) -> str:
    """Return what the list calls somebody, or their phone."""
    table = recipients.table
    columns = name_columns(table.names, recipients.phone_column, table.columns)
    name = " ".join(" ".join(table.columns[at][row].split()) for at in columns).strip()
    return name or show_phone(recipients.phones[row])


def _rank(name: str, cells: Iterable[str]) -> int:
    """Return 0 for people's names, 2 for what only counts, 1 for the rest."""
    if _counts_on(cells):
        return 2
    words = set(re.findall(r"\w+", name.translate(_APOSTROPHES).replace(".", "").casefold()))
    return 0 if words & _PERSON and not words & _CODE else 1


def _is_counter(name: str) -> bool:
    return "".join(sign for sign in name.casefold() if sign.isalnum()) in _COUNTER


def _counts_on(cells: Iterable[str]) -> bool:
    """Tell whether cells begin by counting 1, 2, 3."""
    first = [cell.strip() for cell in islice(cells, SAMPLE_ROWS)]
    numbers = [int(cell) for cell in first if cell.isdecimal()]
    return (
        len(numbers) >= COUNTED_LEAST
        and len(numbers) == len(first)
        and all(later == earlier + 1 for earlier, later in pairwise(numbers))
    )
