"""Say what a person must decide before a list is used."""

import pytest

from cascade_desktop.core.questions import (
    Question,
    QuestionCode,
    better_country,
    find_question,
    find_questions,
    proposed,
)
from cascade_desktop.core.reading_problems import DuplicateHeader, NoRows, SeveralPhoneColumns
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.table import Source, Table

A, B, C = "0501112233", "0672223344", "0933334455"


def table(
    *phones: str, hidden: frozenset[int] = frozenset(), sheets: tuple[str, ...] = ()
) -> Table:
    """Make a table with one column."""
    source = Source("a.xlsx", sheets=sheets, phone_sheets=sheets)
    numbers = range(2, len(phones) + 2)
    return Table(source, ("phone",), (phones,), numbers, hidden_rows=hidden)


def ask(sheet: Table, **choice: object) -> list[QuestionCode]:
    """Return the codes of what is asked."""
    found = read_recipients(sheet, Choice(**choice))  # pyright: ignore[reportArgumentType]
    return [question.code for question in find_questions(sheet, found)]


@pytest.mark.parametrize(
    ("sheet", "codes"),
    [
        pytest.param(table(A, B), [], id="nothing"),
        pytest.param(table(A, B, hidden=frozenset({3})), [QuestionCode.HIDDEN_ROWS], id="hidden"),
        pytest.param(table(A, sheets=("x", "y")), [QuestionCode.SEVERAL_SHEETS], id="sheets"),
        pytest.param(table(A, sheets=("x",)), [], id="one sheet with phones"),
        pytest.param(table(A, f"{B}, {C}"), [QuestionCode.TWO_PHONES], id="two phones"),
        pytest.param(
            table("+393201234567", "+393201234568", A),
            [QuestionCode.FOREIGN_COUNTRIES],
            id="abroad",
        ),
        pytest.param(table("+393201234567", A), [], id="half abroad"),
        pytest.param(
            table("3201234567", "3331234567"), [QuestionCode.OTHER_COUNTRY], id="Italian spelling"
        ),
        pytest.param(table("", " "), [], id="blank"),
    ],
)
def test_what_is_plausible_twice_is_asked(sheet: Table, codes: list[QuestionCode]) -> None:
    assert ask(sheet) == codes


def test_the_country_of_the_list_is_not_called_abroad() -> None:
    sheet = table("+393201234567", "+393201234568", A)

    (asked,) = find_questions(sheet, read_recipients(sheet, Choice()))

    assert asked.names == ("IT",)


def test_a_choice_answers_its_question() -> None:
    sheet = table(A, B, hidden=frozenset({3}))

    assert ask(sheet, include_hidden=True) == []


def test_ambiguous_numbers_are_asked() -> None:
    assert ask(table("15512345678", "13912345678"), country="CN") == [
        QuestionCode.AMBIGUOUS_NUMBERS
    ]


def test_the_country_that_reads_better_is_named() -> None:
    found = read_recipients(table("3201234567", "3331234567"), Choice())

    assert isinstance(found, Recipients)
    assert better_country(found) == "IT"


def test_a_list_that_reads_better_elsewhere_is_asked_about_though_most_of_it_can_be_read() -> None:
    romanian = tuple(
        f"07{'33344'[at % 5]}12345{at:02d}" for at in range(50)
    )  # 073 is Ukrainian too
    found = read_recipients(table(*romanian, A), Choice())

    assert isinstance(found, Recipients)
    assert len(found.ready) > len(found.problems)
    assert better_country(found) == "RO"


def test_a_list_of_home_with_some_strangers_is_not_asked_about() -> None:
    found = read_recipients(table(*(A, B, C) * 20, *("3201234567",) * 9), Choice())

    assert isinstance(found, Recipients)
    assert not better_country(found)


def test_one_number_is_no_sign_of_another_country() -> None:
    found = read_recipients(table("+380501112233", "+380672223344", "0412345678"), Choice())

    assert isinstance(found, Recipients)
    assert not better_country(found)


@pytest.mark.parametrize("header_row", [None, 2])
def test_a_row_that_may_be_a_person_is_asked_about(header_row: int | None) -> None:
    source = Source("a", header_row=header_row, doubtful_row=1, doubtful_cells=("Олена", "-"))
    sheet = Table(source, ("phone",), ((A, B),), (3, 4))

    (question,) = find_questions(sheet, read_recipients(sheet, Choice()))

    assert question == Question(QuestionCode.HEADER_ROW, 1, header_row or 0, names=("Олена", "-"))


def test_columns_are_asked_by_name_or_letter_and_the_best_is_proposed() -> None:
    sheet = Table(Source("a"), ("phone", "", "phone"), ((A, B), ("", C), (C, B)), (2, 3))
    twice = DuplicateHeader("phone", (0, 2))
    several = SeveralPhoneColumns((2, 1), ("phone", ""))

    assert find_question(sheet, twice) == Question(
        QuestionCode.DUPLICATE_HEADER, 2, names=("phone", "A", "C")
    )
    assert find_question(sheet, several) == Question(
        QuestionCode.TWO_PHONE_COLUMNS, 2, names=("phone", "B")
    )
    best = proposed(several, sheet, "UA")
    assert best is not None
    assert best.phone_column == 2


def test_where_nothing_can_be_proposed_nothing_is_asked() -> None:
    assert find_question(table(), NoRows()) is None
    assert proposed(NoRows(), table(), "UA") is None
