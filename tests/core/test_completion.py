"""What is offered while a placeholder is typed."""

import pytest

from cascade_desktop.core.completion import choosable, find_unfinished, offered
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
