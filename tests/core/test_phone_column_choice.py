"""Hundreds of sheets of phones beside other numbers: the wrong column is never taken."""

import random
from collections.abc import Callable, Sequence

import pytest

from cascade_desktop.core.columns import find_phone_column as find
from cascade_desktop.core.header import read_header
from cascade_desktop.core.reading_problems import DuplicateHeader, SeveralPhoneColumns
from cascade_desktop.core.table import Source, Table

ROWS = 24
SENDABLE = {
    "UA": lambda dice: "0" + dice.choice(["50", "67", "93"]) + digits(dice, 7),
    "IT": lambda dice: "3" + dice.choice(["33", "20", "47"]) + digits(dice, 7),
    "PL": lambda dice: dice.choice(["60", "50", "79"]) + digits(dice, 7),
    "DE": lambda dice: "0151" + digits(dice, 8),
}
"""People's numbers as they are usually written at home."""
CODES = {"UA": "380", "IT": "39", "PL": "48", "DE": "49"}
LAND = {"UA": "044", "IT": "06", "PL": "22", "DE": "030"}
PEOPLE = {
    "UA": ("Клієнт", ["Олена", "Петро", "Ганна", "Іван"]),
    "IT": ("Cliente", ["Anna", "Marco", "Giulia", "Luca"]),
    "PL": ("Klient", ["Ewa", "Jan", "Zofia", "Adam"]),
    "DE": ("Kunde", ["Anna", "Jonas", "Lena", "Paul"]),
}
LANGUAGES = {
    "uk": (
        "UA",
        ["№ телефону", "Контактний номер", "Моб.", "номер тел", "Viber"],
        {
            "Номер замовлення": "order", "ІПН/РНОКПП": "tax", "ЄДРПОУ": "eight", "Факс": "land",
            "Номер картки": "card", "Дата": "stamp", "Код клієнта": "look", "№": "count",
        },
    ),
    "ru": (
        "UA",
        ["Телефон", "Сот.", "Номер абонента", "Моб. номер"],
        {
            "Номер заказа": "order", "ИНН": "tax", "Штрихкод": "code13", "Счёт": "look",
            "Карта": "card", "Создано": "unix", "Номер паспорта": "nine", "Телефон офиса": "same",
        },
    ),
    "it": (
        "IT",
        ["Cell.", "N. cell", "Recapito", "Telefono", "Cellulare"],
        {
            "Numero ordine": "order", "Codice fiscale": "letters", "P.IVA": "eleven",
            "Fax": "land", "Tessera": "look", "Data": "stamp", "Matricola": "nine",
            "IBAN": "letters",
        },
    ),
    "pl": (
        "PL",
        ["Telefon komórkowy", "Tel. kom.", "Nr telefonu", "Komórka"],
        {
            "Numer zamówienia": "order", "NIP": "tax", "PESEL": "eleven", "REGON": "nine",
            "Numer karty": "card", "Data": "stamp", "Telefon biura": "same", "Nr przesyłki": "look",
        },
    ),
    "de": (
        "DE",
        ["Handynummer", "Mobil", "Rufnummer", "Tel."],
        {
            "Bestellnummer": "order", "Kundennummer": "look", "Steuernummer": "tax",
            "Fax": "land", "Kontonummer": "eleven", "Datum": "stamp", "EAN": "code13",
            "Nr": "count",
        },
    ),
    "en": (
        "UA",
        ["Cell line", "Mobile", "WhatsApp", "Phone", "Contact number"],
        {
            "Order number": "order", "Invoice number": "look", "Passport no.": "nine",
            "EDRPOU": "eight", "Created": "unix", "Customer ID": "nine", "Tracking": "code13",
            "Manager phone": "same",
        },
    ),
}  # fmt: skip


def digits(dice: random.Random, count: int) -> str:
    """Return any digits."""
    return "".join(dice.choices("0123456789", k=count))


def _office(country: str) -> str:
    return "+" + CODES[country] + SENDABLE[country](random.Random(country)).removeprefix("0")


OTHERS: dict[str, Callable[[str, int, random.Random], str]] = {
    "look": lambda country, _, dice: SENDABLE[country](dice),
    "same": lambda country, _, __: _office(country),
    "order": lambda _, row, __: str(991_000_000 + row * 7),
    "tax": lambda _, __, dice: dice.choice("23") + digits(dice, 9),
    "card": lambda _, __, dice: "4149" + digits(dice, 12),
    "stamp": lambda _, __, dice: f"2026{dice.randint(1, 12):02d}{digits(dice, 8)}",
    "unix": lambda _, __, dice: "17" + digits(dice, 8),
    "code13": lambda _, __, dice: "482" + digits(dice, 10),
    "land": lambda country, _, dice: LAND[country] + digits(dice, 7),
    "letters": lambda _, __, dice: f"RSSMRA{digits(dice, 2)}A{digits(dice, 2)}H{digits(dice, 3)}Z",
    "count": lambda _, row, __: str(row + 1),
    "eight": lambda _, __, dice: digits(dice, 8),
    "nine": lambda _, __, dice: digits(dice, 9),
    "eleven": lambda _, __, dice: digits(dice, 11),
}
"""Numbers that are no recipient's phones; "look" is exactly what a phone looks like at home."""


def spelled(phone: str, way: str, country: str) -> str:
    """Write a number the way one list does."""
    rest = phone.removeprefix("0")
    match way:
        case "plus":
            return f"+{CODES[country]}{rest}"
        case "bare":
            return CODES[country] + rest
        case "blanks":
            return f"{phone[:3]} {phone[3:6]} {phone[6:]}"
        case _:
            return phone


def sheet(language: str, seed: int) -> tuple[list[list[str]], int, str, int]:
    """Make up a sheet: its rows with names, where phones are, their name, how many are empty."""
    dice = random.Random(f"{language} {seed}")
    country, names, others = LANGUAGES[language]
    chosen = dice.sample(sorted(others), k=dice.randint(1, 3))
    person, people = PEOPLE[country]
    heads = [person, *chosen]
    place = seed % (len(heads) + 1)
    name = names[seed % len(names)]
    way = dice.choice(["home", "plus", "bare", "blanks"])
    empty = dice.choice([0, 0, 0.3, 0.8])
    rows = [[*heads[:place], name, *heads[place:]]]
    for row in range(ROWS):
        phone = spelled(SENDABLE[country](dice), way, country)
        phone = "" if row and dice.random() < empty else phone
        cells = [people[row % 4], *(OTHERS[others[head]](country, row, dice) for head in chosen)]
        rows.append([*cells[:place], phone, *cells[place:]])
    return rows, place, country, empty > 0


def table_of(rows: Sequence[Sequence[str]], names: Sequence[str]) -> Table:
    """Make a table of rows."""
    columns = tuple(tuple(column) for column in zip(*rows, strict=True))
    return Table(Source("a"), tuple(names), columns, range(1, len(rows) + 1))


SHEETS = [
    pytest.param(language, seed, id=f"{language}-{seed}")
    for language in LANGUAGES
    for seed in range(40)
]


@pytest.mark.parametrize(("language", "seed"), SHEETS)
def test_a_named_column_of_phones_is_found_among_other_numbers(language: str, seed: int) -> None:
    rows, place, country, sparse = sheet(language, seed)

    found = find(table_of(rows[1:], rows[0]), country)

    assert read_header(rows).row == 0
    assert found == place or (sparse and isinstance(found, SeveralPhoneColumns))


@pytest.mark.parametrize(("language", "seed"), SHEETS)
def test_without_names_the_right_column_is_taken_or_asked_for(language: str, seed: int) -> None:
    rows, place, country, _ = sheet(language, seed)

    found = find(table_of(rows[1:], [""] * len(rows[0])), country)

    if isinstance(found, int):
        assert found == place
    else:
        assert isinstance(found, SeveralPhoneColumns | DuplicateHeader)


@pytest.mark.parametrize(("language", "seed"), SHEETS)
def test_a_name_that_nobody_knows_is_never_a_reason_for_another_column(
    language: str, seed: int
) -> None:
    rows, place, country, _ = sheet(language, seed)
    names = [*rows[0][:place], "Xyz", *rows[0][place + 1 :]]

    found = find(table_of(rows[1:], names), country)

    assert found == place or isinstance(found, SeveralPhoneColumns)


MANAGER, SECOND = "+380671112200", "0931112255"


@pytest.mark.parametrize(
    ("names", "rows"),
    [
        pytest.param(
            ("Контакт", "Телефон менеджера"),
            [
                *(("0501112233", MANAGER), ("0501112244", MANAGER), ("немає", MANAGER)),
                *(("немає", MANAGER), ("044 1234567", MANAGER)),
            ],
            id="the manager's in every row",
        ),
        pytest.param(
            ("", ""),
            [("Звіт", ""), ("Разом", ""), ("0501112233", MANAGER), ("0501112244", MANAGER)],
            id="no names, fewer of one's own among titles",
        ),
        pytest.param(
            ("Контакт", "Дод. телефон"),
            [("+380501112233", ""), ("+380501112244", SECOND), ("+380501112255", "")],
            id="a second phone that few have",
        ),
    ],
)
def test_a_fuller_column_of_phones_is_asked_about(
    names: tuple[str, str], rows: list[tuple[str, str]]
) -> None:
    columns = tuple(tuple(row[at] for row in rows) for at in (0, 1))

    found = find(Table(Source("people"), names, columns, range(2, len(rows) + 2)), "UA")

    assert isinstance(found, SeveralPhoneColumns)
    assert set(found.columns) == {0, 1}
