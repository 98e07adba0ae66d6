"""Find the column names and the phones."""

import pytest

from cascade_desktop.core.columns import (
    find_phone_column,
    resolve_column,
)
from cascade_desktop.core.header import read_header
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
    assert read_header(rows).row == header


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
        pytest.param(table(("ID", "n"), (A, "x"), (B, "y")), 0, id="a misleading name"),
        pytest.param(table(("SMS", "Хто"), ("так", A), ("", B)), 1, id="a name alone is not it"),
        pytest.param(table(("Моб.", "Телефон"), (A, A), (B, "067 222-33-44")), 0, id="mobile wins"),
        pytest.param(table(("Телефон", "Моб."), (A, A), (B, B)), 1, id="twice the same phones"),
        pytest.param(
            table(("Телефон магазину", "Телефон"), *((A, f"067222334{i}") for i in range(9))),
            1,
            id="one number in every row",
        ),
        pytest.param(
            table(("Телефон", "Факс"), ("0501112", A), ("0672223", B)), 0, id="never the fax"
        ),
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
        pytest.param(
            table(("Хто", "Номер картки"), ("x", A), ("y", B)), NoPhoneColumn(), id="cards"
        ),
        pytest.param(
            table(("Телефон", "Дод."), ("044 111 22 33", A), ("немає", B)),
            SeveralPhoneColumns((0, 1), ("Телефон", "Дод.")),
            id="a name against the cells",
        ),
        pytest.param(
            table(("Дод.", "Телефон"), (A, B), hidden=frozenset({1})),
            SeveralPhoneColumns((0, 1), ("Дод.", "Телефон")),
            id="a name that is hidden",
        ),
        pytest.param(
            table(("Телефон менеджера", "Контакт"), (A, B), (B, A)),
            SeveralPhoneColumns((0, 1), ("Телефон менеджера", "Контакт")),
            id="a number that somebody else may answer",
        ),
        pytest.param(table(("Код клієнта",), (A,), (B,)), NoPhoneColumn(), id="nothing but codes"),
        pytest.param(table(("Хто", "Номер"), ("x", "1"), ("y", "2")), NoPhoneColumn(), id="count"),
        pytest.param(
            table(("Хто", "Код"), ("x", A), *(("y", f"20299128{n}") for n in range(10, 20))),
            NoPhoneColumn(),
            id="a few by chance",
        ),
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
