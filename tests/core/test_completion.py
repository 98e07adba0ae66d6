"""What is offered while a placeholder is typed."""

import pytest

from cascade_desktop.core.completion import (
    choosable,
    find_unfinished,
    near_names,
    offered,
    renamed,
    with_fallback,
)
from cascade_desktop.core.template import bind, parse

NAMES = ("Моб. телефон", "Ім’я", "Код знижки", "Дата-візиту", "Ім’я дитини")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        pytest.param("Hi ^", None, id="no brace"),
        pytest.param("Hi {^", ("", "", ""), id="just opened"),
        pytest.param("Hi {Na^", ("Na", "", ""), id="a beginning"),
        pytest.param("Hi {Na^me}", ("Na", "me", "}"), id="inside a finished one"),
        pytest.param("Hi {Na^me|friend}", ("Na", "me", "|"), id="before a fallback"),
        pytest.param("Hi {^ and {Code}", ("", "", ""), id="another one follows"),
        pytest.param("Hi {Name|fr^", None, id="in a fallback"),
        pytest.param("Hi {Name}^", None, id="after it"),
        pytest.param("Hi {{^", None, id="a plain brace"),
        pytest.param("Hi {{{^", ("", "", ""), id="a plain brace and another"),
    ],
)
def test_a_placeholder_under_the_cursor_is_found(
    line: str, found: tuple[str, str, str] | None
) -> None:
    unfinished = find_unfinished(*line.split("^"))

    seen = unfinished and (unfinished.typed, unfinished.rest, unfinished.ending)
    assert seen == found


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("", NAMES, id="all, in the list's order"),
        pytest.param("імя", ("Ім’я", "Ім’я дитини"), id="case and apostrophe"),
        pytest.param("ЗНИЖ", ("Код знижки",), id="a word within"),
        pytest.param("датавіз", ("Дата-візиту",), id="punctuation"),
        pytest.param("ди", ("Ім’я дитини",), id="a later word"),
        pytest.param("xyz", (), id="nothing"),
    ],
)
def test_columns_are_found_forgivingly(typed: str, expected: tuple[str, ...]) -> None:
    assert offered(NAMES, typed) == expected


def test_only_columns_that_a_placeholder_finds_are_offered() -> None:
    names = ("Name", "Code|{x}", "№", "Twice", "twice ", "", "A  b")

    found = choosable(names)

    assert found == ("Name", "Code x", "№", "Twice", "twice", "A b")
    for name in found:
        assert bind(parse("{" + name + "}"), names)[1] == ()
    assert choosable(("Twice!", "twice")) == ("Twice!", "twice")
    assert choosable(("Same", "Same")) == ()


def test_another_column_takes_a_names_place() -> None:
    text = "Hi {Name|friend}, {Code} {{Name}} {Name}"

    assert renamed(text, "Name", "First | name") == (
        "Hi {First name|friend}, {Code} {{Name}} {First name}"
    )


def test_every_place_of_a_name_gets_its_fallback() -> None:
    text, (start, end) = with_fallback("🌟 {Ім’я}, {Ім’я|ви}, {Код} {Ім’я}", "Ім’я", "друже")

    assert text == "🌟 {Ім’я|друже}, {Ім’я|ви}, {Код} {Ім’я|друже}"
    assert text[start:end] == "друже"


def test_likely_columns_come_first() -> None:
    assert near_names(("City", "Nme", "Names"), "Name")[:2] == ("Names", "Nme")
