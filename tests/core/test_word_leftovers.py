"""What Word leaves in a pasted text: found, counted, and cleaned on request."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cascade_desktop.core.template import parse
from cascade_desktop.core.word_leftovers import Leftover, clean, find_leftovers


@pytest.mark.parametrize(
    ("text", "kinds", "cleaned"),
    [
        pytest.param("5\u00a0000\u202fkg", {Leftover.BLANKS: 2}, "5 000 kg", id="hard blanks"),
        pytest.param("so\u00adft\u200b \ufeff", {Leftover.INVISIBLE: 3}, "soft ", id="invisible"),
        pytest.param("“a” it’s „b“", {Leftover.QUOTES: 5}, '"a" it\'s "b"', id="quotes"),
        pytest.param("a\t\tb\tc", {Leftover.TABS: 2}, "a b c", id="tabs"),
        pytest.param("a\vb\u2028c\r\nd", {Leftover.LINE_ENDS: 3}, "a\nb\nc\nd", id="line ends"),
        pytest.param("и\u0306 і\u0308 e\u0301", {Leftover.ACCENTS: 3}, "й ї é", id="accents"),
        pytest.param("a\u200eb", {Leftover.INVISIBLE: 1}, "ab", id="direction"),
        pytest.param("a\x00b", {Leftover.INVISIBLE: 1}, "ab", id="control"),
    ],
)
def test_each_kind_is_counted_and_cleaned(
    text: str, kinds: dict[Leftover, int], cleaned: str
) -> None:
    assert dict(find_leftovers(text)) == kinds
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Hi {Name|friend}\nSecond line", id="plain"),
        pytest.param("«Ціна» — 5 … Ім'я", id="Ukrainian signs are nobody's leftovers"),
        pytest.param("👨\u200d👩\u200d👧 ❤\ufe0f", id="emoji of several"),
        pytest.param("می\u200cخواهم \u200fשלום!", id="right to left"),
        pytest.param("half \ud83d", id="half of a character"),
    ],
)
def test_what_belongs_to_the_text_stays(text: str) -> None:
    assert find_leftovers(text) == ()
    assert clean(text) == text


def test_the_name_of_a_column_stays() -> None:
    text = "“Hi” {Ім’я|“друже”}\u00a0!"

    assert clean(text) == '"Hi" {Ім’я|“друже”} !'


@given(st.text(alphabet="ab{}|“’\u00a0\u200b\t\v\r\nи\u0306\u200d🌟", max_size=40))
def test_a_cleaned_text_names_the_same_columns_and_has_no_more_to_clean(text: str) -> None:
    assume(not parse(text).problems)  # a brace that is missing stops sending anyway
    once = clean(text)

    assert [p.name for p in parse(once).placeholders] == [p.name for p in parse(text).placeholders]
    assert clean(once) == once
