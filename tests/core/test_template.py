"""Placeholders: read, bound to columns, filled in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cascade_desktop.core.problems import (
    BraceMissing,
    PlaceholderAmbiguous,
    PlaceholderEmpty,
    PlaceholderUnknown,
)
from cascade_desktop.core.template import (
    bind,
    find_control_syntax,
    is_broken,
    match_key,
    parse,
    quote,
)


def fill(text: str, **row: str) -> tuple[str, str]:
    bound, _ = bind(parse(text), tuple(row))
    values = tuple(row.values())
    return bound.fill([values[column] if column >= 0 else "" for column in bound.columns])


@pytest.mark.parametrize(
    ("text", "placeholders", "literal"),
    [
        pytest.param("", (), "", id="nothing"),
        pytest.param("Hi", (), "Hi", id="no placeholder"),
        pytest.param("{Name}", (("Name", None),), "", id="only a placeholder"),
        pytest.param("Hi { Name }!", (("Name", None),), "Hi !", id="blanks inside"),
        pytest.param("{Name|friend}", (("Name", "friend"),), "", id="a fallback"),
        pytest.param("{Name|}", (("Name", ""),), "", id="an empty fallback"),
        pytest.param("{Name| a|b }", (("Name", " a|b "),), "", id="a fallback as it was typed"),
        pytest.param("{{Name}}", (), "{Name}", id="plain braces"),
        pytest.param("{{{Name}}}", (("Name", None),), "{}", id="braces around a placeholder"),
        pytest.param("{A}{B}", (("A", None), ("B", None)), "", id="neighbours"),
        pytest.param("{A\nB}", (("A\nB", None),), "", id="a name over two lines"),
    ],
)
def test_a_text_is_cut_into_pieces(
    text: str, placeholders: tuple[tuple[str, str | None], ...], literal: str
) -> None:
    template = parse(text)

    assert tuple((p.name, p.fallback) for p in template.placeholders) == placeholders
    assert template.literal == literal
    assert template.problems == ()


def test_a_placeholder_knows_where_it_stands() -> None:
    (placeholder,) = parse("Hi {Name}!").placeholders

    assert "Hi {Name}!"[placeholder.start : placeholder.end] == "{Name}"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        pytest.param("Hi {Name!", (BraceMissing("Hi {Name!"),), id="never closed"),
        pytest.param("Hi Name}!", (BraceMissing("i Name}!"),), id="never opened"),
        pytest.param("{A {B} C", (BraceMissing("{A {B} C"),), id="opened twice"),
        pytest.param("{Name}}", (BraceMissing("{Name}}"),), id="closed twice"),
        pytest.param("{}", (PlaceholderEmpty(""),), id="no name"),
        pytest.param("{ |friend}", (PlaceholderEmpty(""),), id="only a fallback"),
    ],
)
def test_a_text_that_cannot_be_cut_says_where(text: str, problems: tuple[object, ...]) -> None:
    assert parse(text).problems == problems


@pytest.mark.parametrize(
    ("name", "column"),
    [
        pytest.param("Name", 0, id="exact"),
        pytest.param("name", 1, id="exact before forgiving"),
        pytest.param("імя", 2, id="typographic apostrophe forgiven"),
        pytest.param("Ім'я", 2, id="typewriter apostrophe forgiven"),
        pytest.param("Імʼя", 2, id="Ukrainian apostrophe forgiven"),
        pytest.param("моб телефон", 3, id="case and punctuation forgiven"),
        pytest.param("№", 4, id="a sign alone is found exactly"),
        pytest.param("#", 5, id="a sign without letters is found exactly"),
    ],
)
def test_a_placeholder_finds_its_column(name: str, column: int) -> None:
    names = ("Name", "name", "Ім’я ", "Моб. Телефон", "№", "#")

    bound, problems = bind(parse("{" + name + "}"), names)

    assert (bound.columns, problems) == ((column,), ())


@pytest.mark.parametrize(
    ("text", "names", "problem"),
    [
        pytest.param("{City}", ("Name", ""), PlaceholderUnknown("City", ("Name",)), id="unknown"),
        pytest.param(
            "{name}", ("NAME", "Name"), PlaceholderAmbiguous("name", ("NAME", "Name")), id="both"
        ),
        pytest.param(
            "{Name}", ("Name", "Name"), PlaceholderAmbiguous("Name", ("Name", "Name")), id="twins"
        ),
        pytest.param("{#}", ("Name",), PlaceholderEmpty("#"), id="nothing to look up"),
        pytest.param("{}", ("", "Name"), PlaceholderEmpty(""), id="no name meets no header"),
    ],
)
def test_a_placeholder_without_one_column_is_a_problem(
    text: str, names: tuple[str, ...], problem: object
) -> None:
    bound, problems = bind(parse(text * 2), names)

    assert bound.columns == (-1, -1)
    assert problems == (problem,)


@pytest.mark.parametrize(
    ("text", "cell", "filled", "missing"),
    [
        pytest.param("Hi {Name}!", "Anna", "Hi Anna!", "", id="a value"),
        pytest.param("Hi {Name|friend}!", "Anna", "Hi Anna!", "", id="a value beats the fallback"),
        pytest.param("Hi {Name|friend}!", " \u00a0", "Hi friend!", "", id="blank is empty"),
        pytest.param("Hi{Name|}!", "", "Hi!", "", id="an empty fallback is wanted"),
        pytest.param("Hi {Name}!", "", "Hi !", "Name", id="no value"),
        pytest.param("{Name} {name}", "", " ", "Name", id="the first missing is told"),
        pytest.param("{Name}", "{Name|x} {{", "{Name|x} {{", "", id="values are not read again"),
    ],
)
def test_a_row_is_filled_in(text: str, cell: str, filled: str, missing: str) -> None:
    assert fill(text, Name=cell) == (filled, missing)


@settings(deadline=None)
@given(st.text())
def test_escaped_text_comes_out_as_it_was(text: str) -> None:
    template = parse(text.replace("{", "{{").replace("}", "}}"))

    assert template.problems == ()
    assert bind(template, ())[0].fill(()) == (text, "")


@settings(deadline=None)
@given(st.text("{}|aї €💛", max_size=40))
def test_no_brace_goes_out_that_nobody_asked_for(text: str) -> None:
    template = parse(text)
    filled, _ = bind(template, ())[0].fill(("",) * len(template.placeholders))

    if not template.problems:
        assert filled.count("{") <= text.count("{{")
        assert filled.count("}") <= text.count("}}")


@settings(deadline=None)
@given(st.text(min_size=1).filter(match_key))
def test_a_columns_own_chip_finds_it(name: str) -> None:
    bound, problems = bind(parse(quote(name)), ("№", name))

    assert (bound.columns, problems) == ((1,), ()) or match_key(name) == match_key("№")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("50% off", ""),
        ("no sign", ""),
        ("Hi %name=1%!", "%name=1%"),
        ("%URL=22%", "%URL=22%"),
        ("%short_url=3% %name=1%", "%short_url=3%"),
        ("%name=x%", ""),
    ],
)
def test_the_services_own_syntax_is_found(text: str, found: str) -> None:
    assert find_control_syntax(text) == found


@pytest.mark.parametrize(
    ("text", "broken"), [("plain", False), ("💛", False), ("\ud83d", True), ("a\udc9b", True)]
)
def test_half_of_a_character_is_found(text: str, *, broken: bool) -> None:
    assert is_broken(text) is broken
