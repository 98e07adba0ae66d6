"""A column read at once says of each cell what reading it alone says, and so `phonenumbers`."""

import re

import phonenumbers
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from phonenumbers import PhoneNumberType

from cascade_desktop.core.numbering import country_of
from cascade_desktop.core.phone_column import read_column, usual_spellings
from cascade_desktop.core.phones import read_phone
from cascade_desktop.core.table import TextColumn

COUNTRIES = (
    *("UA", "BY", "IT", "PL", "DE", "US", "GB", "CN", "RU", "KZ", "HU", "MX", "VA", "FR"),
    *("BR", "CI", "IR", "TH", "LT", "001", ""),
)
CODES = ("380", "375", "39", "48", "49", "1", "44", "86", "7", "36", "33", "80", "0", "8", "06", "")
REST = st.text("0123456789", min_size=5, max_size=11)
USUAL_REST = st.sampled_from(
    ["501112233", "671234567", "3201234567", "601123456", "15112345678", "7911123456", "291234567"]
)
SIGNS = st.sampled_from(["", "+", "00", "(", "(+", "+(", " ", "( +", "(-+", ")", "\u00a0", "-"])


@st.composite
def spelled(draw: st.DrawFn) -> str:
    """Spell a number, or what looks like one, as people do and do not."""
    digits = draw(st.sampled_from(CODES)) + draw(REST | USUAL_REST)
    blanks = draw(st.lists(st.integers(1, len(digits)), max_size=4))
    for place in sorted(blanks, reverse=True):
        blank = draw(st.sampled_from([" ", "-", "(", ")", "\u00a0", "\u2013", "+", "\n", "."]))
        digits = digits[:place] + blank + digits[place:]
    return draw(SIGNS) + digits + draw(st.sampled_from(["", "", ".0", "\n", " моб", ")", "\0"]))


CELL = spelled() | st.text(max_size=20) | st.text("0123456789+-() \u00a0", max_size=16)


@settings(max_examples=1500, deadline=None)
@given(st.lists(CELL, max_size=6), st.sampled_from(COUNTRIES))
@example(["()+380501112233", "(+380)501112233", "\ud800", "80 050 111 22 33"], "UA")
def test_a_column_says_what_each_of_its_cells_says(cells: list[str], country: str) -> None:
    column = read_column(cells, country)

    alone = [read_phone(cell, country) for cell in cells]
    assert column.phones == [reading.phone for reading in alone]
    assert set(column.repaired) == {row for row, reading in enumerate(alone) if reading.repaired}
    assert column.problems == {row: r.problem for row, r in enumerate(alone) if r.problem}
    names = [column.countries.names[code] for code in column.countries.codes]
    assert names == [reading.country for reading in alone]


@settings(max_examples=1500, deadline=None)
@given(spelled(), st.sampled_from(COUNTRIES))
def test_what_is_read_at_a_glance_is_a_mobile_to_phonenumbers(cell: str, country: str) -> None:
    digits = re.sub("[^0-9+]", "", cell)
    usual = usual_spellings(country).match(digits)
    if usual is None:
        return
    code = phonenumbers.country_code_for_region(country)
    number = phonenumbers.parse(f"+{code}{usual[1]}")

    assert phonenumbers.is_valid_number_for_region(number, country)
    assert phonenumbers.number_type(number) == PhoneNumberType.MOBILE
    assert digits.endswith(usual[1])


@settings(max_examples=1500, deadline=None)
@given(st.sampled_from([code for code in CODES if code[:1] not in {"0", "8", ""}]), REST)
def test_the_country_is_the_one_that_phonenumbers_names(code: str, rest: str) -> None:
    number = phonenumbers.parse(f"+{code}{rest}")
    named = phonenumbers.region_code_for_number(number)

    assert named is None or country_of(phonenumbers.format_number(number, 0)) == named


@pytest.mark.parametrize(
    ("country", "usual"),
    [
        pytest.param("UA", ["+380", "380", "0", "80"], id="Ukraine"),
        pytest.param("PL", ["+48", "48"], id="Poland has no trunk"),
        pytest.param("US", [], id="a plan without mobiles"),
        pytest.param("KZ", [], id="the second country of a code"),
    ],
)
def test_usual_spellings_are_those_that_can_be_nobody_elses(country: str, usual: list[str]) -> None:
    rest = {"UA": "501112233", "PL": "601123456"}.get(country, "7011234567")
    heads = ["+380", "380", "0", "80", "", "8", "00380", "+48", "48", "+7", "7", "+1", "1"]

    assert [h for h in heads if usual_spellings(country).match(h + rest)] == usual


def test_a_long_column_is_read_in_pieces() -> None:
    cells = ["0501112233", "немає", "+39 320 123 4567", ""] * 3000

    column = read_column(TextColumn.of(cells), "UA")

    assert list(column.phones[-4:]) == ["+380501112233", "", "+393201234567", ""]
    assert (len(column.problems), len(column.repaired)) == (6000, 3000)
    assert column.problems[1] is column.problems[11_997]
