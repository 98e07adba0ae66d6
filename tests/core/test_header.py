"""Find the row with the column names, and never lose the first person in it."""

import pytest

from cascade_desktop.core.header import Header, filled_cells, read_header

A, B, C = "0501112233", "0672223344", "0933334455"
PEOPLE = [("Петро", A, "Київ"), ("Іван", B, "Львів"), ("Ганна", C, "Одеса")]
NO_PHONES = [
    "",
    "-",
    "—",
    "?",
    "немає",
    "нет номера",
    "нема тел",
    "no tel.",
    "n/a",
    "none",
    "brak",
    "kein Telefon",
    "0",
]


@pytest.mark.parametrize("cell", NO_PHONES)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_first_person_without_a_phone_is_kept_and_asked_about(cell: str, place: int) -> None:
    first = ["Олена", "Суми"]
    first.insert(place, cell)
    rows = [tuple(first)]
    for name, phone, town in PEOPLE:
        cells = [name, town]
        cells.insert(place, phone)
        rows.append(tuple(cells))

    assert read_header(rows) == Header(None, doubtful=0)


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(("Олена", "050111", "Суми"), id="too short"),
        pytest.param(("Олена", "05O1112233", "Суми"), id="a letter"),
        pytest.param(("Олена", "тел. 044 111", "Суми"), id="words and digits"),
        pytest.param(("Олена", "-", "Київ"), id="a town of others"),
        pytest.param(("o@example.org", "", "Суми"), id="an address"),
    ],
)
def test_a_first_person_is_a_person(first: tuple[str, ...]) -> None:
    rows = [first, *PEOPLE, ("Олег", "0661112233", "Київ")]

    assert read_header(rows) == Header()


@pytest.mark.parametrize(
    ("names", "row"),
    [
        pytest.param(("Хто", "Куди", "Звідки"), ("Олена", A, "Суми"), id="words over the phones"),
        pytest.param(("Ім’я", "", "Місто"), ("Олена", A, "Суми"), id="usual names"),
        pytest.param(("№", "", "Хтось"), ("1", A, "Олена"), id="a number's sign"),
        pytest.param(("Бали", "", "Хтось"), ("12", A, "Олена"), id="words over numbers"),
        pytest.param(("Nome", "-", "Città"), ("Anna", A, "Roma"), id="usual names and a dash"),
    ],
)
def test_names_are_names_though_nothing_says_phone(
    names: tuple[str, ...], row: tuple[str, ...]
) -> None:
    assert read_header([names, row, (*row[:1], B, *row[2:])]) == Header(0)


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        pytest.param(
            [("ТОВ Квітка", "", ""), ("Тел. +380441112233", "", "")],
            Header(3),
            id="a phone within a title",
        ),
        pytest.param([("", "+380441112233", ""), ("", "", "")], Header(3), id="a lone phone"),
        pytest.param([("Tel.", "333 1112233", ""), ("", "", "")], Header(3), id="a label before"),
        pytest.param(
            [("", "+380501112299", ""), ("", "+380501112298", "")], Header(3), id="two of them"
        ),
        pytest.param(
            [("Наш салон", "+380501112299", "Київ"), ("", "", "")],
            Header(3, doubtful=0),
            id="what may be a person",
        ),
    ],
)
def test_a_letterheads_phone_hides_no_names(rows: list[tuple[str, ...]], header: Header) -> None:
    sheet = [*rows, ("", "", ""), ("Ім’я", "Телефон", "Місто"), *PEOPLE]

    assert read_header(sheet) == header


def test_people_above_names_are_people() -> None:
    sheet = [*PEOPLE, ("Ім’я", "Телефон", "Місто"), ("Олег", "0661112233", "Суми")]

    assert read_header(sheet).row is None


def test_a_row_is_shown_by_its_first_cells() -> None:
    assert filled_cells(["", " a\nb ", *"cdefg"]) == ("a b", "c", "d", "e")


def test_a_letterhead_with_a_phone_names_no_columns() -> None:
    rows = [("Салон", "тел.", "+380441112233"), *((A, name, town) for name, _, town in PEOPLE)]

    assert read_header(rows) == Header()
