"""Find the column names and the phones."""

import pytest

from cascade_desktop.core.columns import (
    find_header,
    find_phone_column,
    phone_word,
    plain_name,
    resolve_column,
)
from cascade_desktop.core.reading_problems import (
    DuplicateHeader,
    NoPhoneColumn,
    SeveralPhoneColumns,
)
from cascade_desktop.core.table import Source, Table

A, B = "0501112233", "0672223344"


def table(
    names: tuple[str, ...], *rows: tuple[str, ...], hidden: frozenset[int] = frozenset()
) -> Table:
    """Make a table of rows."""
    columns = tuple([row[i] for row in rows] for i in range(len(names)))
    return Table(Source("x"), names, columns, range(2, 2 + len(rows)), hidden_columns=hidden)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "телефон",
            "Моб. телефон",
            "НОМЕР ТЕЛЕФОНУ",
            "Мобільний",
            "Мобильный номер",
            "тел.",
            "№ тел",
        ),
        *(
            "cellulare",
            "Numero di telefono",
            "Telefono",
            "phone",
            "Phone Number",
            "Mobile",
            "MSISDN",
        ),
        *(
            "cell",
            "Cell #",
            "Telefon",
            "Telefon komórkowy",
            "Handynummer",
            "Mobilnummer",
            "phone_2",
        ),
        *("Ｐｈｏｎｅ", "Viber", "тел1", "Numer telefonu", "Контактний телефон"),
    ],
)
def test_a_name_in_six_languages_means_phones(name: str) -> None:
    assert phone_word(name)


@pytest.mark.parametrize(
    "name", ["Ім’я", "Факс", "Email", "Сума", "", "тел. 044", "Модель телефону"]
)
def test_other_names_do_not(name: str) -> None:
    assert not phone_word(name)


def test_names_are_compared_without_case_blanks_and_signs() -> None:
    assert plain_name("Моб. Телефон_№") == plain_name("МОБ ТЕЛЕФОН")


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        pytest.param([("phone", "name"), (A, "x")], 0, id="first row"),
        pytest.param([(A, "x"), (B, "y")], None, id="no header keeps its first person"),
        pytest.param([("Список клієнтів", ""), ("phone", "name"), (A, "x")], 1, id="title line"),
        pytest.param([("Телефони", ""), ("phone", "name"), (A, "x")], 1, id="title says phones"),
        pytest.param(
            [("Хто", "Куди"), ("x", "немає"), ("y", A), ("z", B)], 0, id="bad first phone"
        ),
        pytest.param([("phone", "n"), ("немає телефону", "x"), (A, "y")], 0, id="word in a cell"),
        pytest.param([("phone", "name"), ("0", "x")], 0, id="no phone at all"),
        pytest.param([("Звіт", "01.02.2026"), ("phone", "name"), (A, "x")], 1, id="date above"),
        pytest.param([("", ""), ("", "")], None, id="nothing"),
    ],
)
def test_the_header_is_found(rows: list[tuple[str, ...]], header: int | None) -> None:
    assert find_header(rows) == header


@pytest.mark.parametrize(
    ("sheet", "found"),
    [
        pytest.param(table(("a", "phone"), ("x", A)), 1, id="by name"),
        pytest.param(table(("", "name"), (A, "x")), 0, id="by content"),
        pytest.param(
            table(("Номер", "b"), ("17", A), ("18", B)), 1, id="content beats a weak name"
        ),
        pytest.param(
            table(("Телефон", "Моб."), ("0441234567", A), ("0441234568", B)),
            1,
            id="landlines beside",
        ),
        pytest.param(
            table(("Контакт", "Телефон"), (A, A), (B, B)), 1, id="a clear word beats a vague"
        ),
        pytest.param(
            table(("phone", "phone"), (A, B), hidden=frozenset({1})), 0, id="hidden is not offered"
        ),
        pytest.param(
            table(("n", "phone"), ("x", A), ("y", B), hidden=frozenset({1})),
            1,
            id="only a hidden one",
        ),
        pytest.param(table(("phone", "n"), ("0", "x")), 0, id="a named column of bad phones"),
        pytest.param(table(("",), ("x",)), 0, id="the only column"),
    ],
)
def test_the_phone_column_is_found(sheet: Table, found: int) -> None:
    assert find_phone_column(sheet, "UA") == found


@pytest.mark.parametrize(
    ("sheet", "problem"),
    [
        pytest.param(
            table(("phone", "n", "Phone"), (A, "x", B)),
            DuplicateHeader("phone", (0, 2)),
            id="same name",
        ),
        pytest.param(
            table(("Телефон 1", "Телефон 2"), (A, B)),
            SeveralPhoneColumns((0, 1), ("Телефон 1", "Телефон 2")),
            id="two names",
        ),
        pytest.param(table(("a", "b"), ("x", "y")), NoPhoneColumn(), id="none"),
    ],
)
def test_what_is_not_clear_is_asked(sheet: Table, problem: object) -> None:
    assert find_phone_column(sheet, "UA") == problem


@pytest.mark.parametrize(
    ("named", "found"),
    [("phone", 1), (" PHONE ", 1), ("B", 1), ("2", 1), ("a", 0), ("9", None), ("", None)],
)
def test_a_column_is_found_by_name_letter_or_number(named: str, found: int | None) -> None:
    assert resolve_column(table(("a", "phone"), ("x", A)), named) == found
