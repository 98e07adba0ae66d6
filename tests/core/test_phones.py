"""Phones: the same person's number or a reason, never somebody else's."""

import random
from collections.abc import Iterator

import phonenumbers
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from phonenumbers import PhoneNumberType

from cascade_desktop.core.numbering import country_of, kind_of, show_phone, slow_kind_of
from cascade_desktop.core.phone_spelling import looks_like_phone, slowly, spell
from cascade_desktop.core.phones import read_phone
from cascade_desktop.core.reading_problems import (
    AmbiguousPhone,
    ErrorCell,
    FractionInPhone,
    LetterInPhone,
    LineKind,
    MixedDigits,
    NoPhone,
    NotAPhone,
    NotInUse,
    NotMobile,
    OddSign,
    PhoneProblem,
    PlusInside,
    PlusNeeded,
    RoundedByExcel,
    ToFillIn,
    TooLong,
    TooShort,
    TwoPhones,
    UnknownCountryCode,
    WordsBesidePhone,
)

UA = "+380501112233"
DEFAULTS = ["UA", "IT", "PL", "DE", "US", "GB", "CN"]


@pytest.mark.parametrize(
    ("cell", "repaired"),
    [
        pytest.param(UA, False, id="international"),
        pytest.param("+380 50 111 22 33", False, id="blanks"),
        pytest.param("+380-50-111-22-33", False, id="dashes"),
        pytest.param("+38050–111—22−33", False, id="other dashes"),
        pytest.param("+380\u00a050\u202f111\u20092233", False, id="other blanks"),
        pytest.param("\u202a+380501112233\u202c", False, id="direction marks"),
        pytest.param("+380\u00ad50\u200b1112233\ufeff", False, id="invisible signs"),
        pytest.param("+380501112233\n", False, id="line break at the end"),
        pytest.param("+38 (050) 111-22-33", True, id="brackets"),
        pytest.param("(+380) 50 111 22 33", True, id="code in brackets"),
        pytest.param("+380 (0) 50 111 22 33", True, id="trunk zero in brackets"),
        pytest.param("0501112233", True, id="national"),
        pytest.param("501112233", True, id="zero lost in Excel"),
        pytest.param("80501112233", True, id="old trunk 8 0"),
        pytest.param("8 (050) 111-22-33", True, id="old trunk spaced"),
        pytest.param("00380501112233", True, id="two zeros for the plus"),
        pytest.param("380501112233", True, id="no plus"),
        pytest.param("380501112233.0", True, id="a number's text"),
        pytest.param("380501112233,00", True, id="a number's text with a comma"),
        pytest.param("380,501,112,233", True, id="thousands"),
        pytest.param("+380,501,112,233", True, id="thousands and a plus"),
        pytest.param("380'501'112'233", True, id="thousands in Switzerland"),
        pytest.param("380 501 112 233,00", True, id="thousands and decimals"),
        pytest.param("380\u202f501\u202f112\u202f233,0", True, id="thin blanks and a decimal"),
        pytest.param("380.501.112.233,00", True, id="dots and decimals"),
        pytest.param("380,501,112,233.00", True, id="commas and decimals"),
        pytest.param("380501112233;", True, id="a separator left over"),
        pytest.param("1. +380501112233", True, id="counted"),
        pytest.param("12) 050 111 22 33", True, id="counted with a bracket"),
        pytest.param("'0501112233", True, id="apostrophe"),
        pytest.param('="0501112233"', True, id="Excel's text formula"),
        pytest.param("tel:+380501112233", True, id="tel link"),
        pytest.param("+380501112233 (моб)", True, id="mobile label in brackets"),
        pytest.param("[mob.] 050 111 22 33", True, id="label before"),
        pytest.param("050 111 22 33 моб.", True, id="label behind"),
        pytest.param("0501112233 cell", True, id="English label"),
        pytest.param("050.111.22.33", False, id="dots"),
        pytest.param("050/1112233", True, id="area slash"),
        pytest.param("＋３８０５０１１１２２３３", True, id="full width"),
        pytest.param("+٣٨٠٥٠١١١٢٢٣٣", True, id="Arabic digits"),
        pytest.param("0501112233, +380 50 111 22 33", True, id="the same number twice"),
    ],
)
def test_a_spelling_of_a_ukrainian_mobile_is_that_mobile(cell: str, repaired: bool) -> None:
    reading = read_phone(cell, "UA")

    assert (reading.phone, reading.problem) == (UA, None)
    assert reading.repaired or not repaired


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        pytest.param("", NoPhone(), id="empty"),
        pytest.param(" \u00a0 ", NoPhone(), id="blanks"),
        pytest.param("немає", NotAPhone("немає"), id="words"),
        pytest.param("-", NotAPhone("-"), id="a dash"),
        pytest.param("тел. 044", NotAPhone("тел. 044"), id="words and few digits"),
        pytest.param("TRUE", NotAPhone("TRUE"), id="a truth"),
        pytest.param("+380XXXXXXXXX", NotAPhone("+380XXXXXXXXX"), id="a mask"),
        pytest.param("+38O501112233", LetterInPhone("O", "0", UA), id="letter O"),
        pytest.param("38050lll2233", LetterInPhone("l", "1", UA), id="letters l"),
        pytest.param("+38050111223З", LetterInPhone("З", "3", UA), id="Cyrillic З"),
        pytest.param("0501112233 доб. 5", WordsBesidePhone(), id="an extension"),
        pytest.param("050 111-22-33 (дружина)", WordsBesidePhone(UA), id="a note in brackets"),
        pytest.param("тел. 050 111 22 33", WordsBesidePhone(UA), id="a word before"),
        pytest.param("tel 0501112233", WordsBesidePhone(UA), id="a word before, no dot"),
        pytest.param("т. 0501112233", LetterInPhone("т"), id="one letter may be a slip"),
        pytest.param("0501112233 після 18:00", WordsBesidePhone(), id="hours beside"),
        pytest.param("0501112233 Олена К.", WordsBesidePhone(UA), id="an initial"),
        pytest.param("О. Олена 0501112233", WordsBesidePhone(UA), id="an initial before"),
        pytest.param("050111223 О Олена", WordsBesidePhone(), id="an O apart from the digits"),
        pytest.param("Оля 0501112233 мама", WordsBesidePhone(UA), id="words around"),
        pytest.param("044 111-22-33 офіс", WordsBesidePhone(), id="words beside a landline"),
        pytest.param("3.80501E+11", RoundedByExcel("3.80501E+11"), id="rounded"),
        pytest.param("3,80501E+11", RoundedByExcel("3,80501E+11"), id="rounded with a comma"),
        pytest.param("380501112233.5", FractionInPhone("380501112233.5"), id="a fraction"),
        pytest.param("380501112233,5", FractionInPhone("380501112233,5"), id="a comma's fraction"),
        pytest.param("380 501 112 233,50", OddSign(","), id="thousands and a fraction"),
        pytest.param("+38050١١١2233", MixedDigits(), id="digits of two scripts"),
        pytest.param("050111223³", OddSign("³"), id="a footnote"),
        pytest.param("0501112233#", OddSign("#"), id="a hash"),
        pytest.param("+380 __ ___ __ __", ToFillIn(), id="to be filled in"),
        pytest.param("+39 ___ ___ ____", ToFillIn(), id="to be filled in elsewhere"),
        pytest.param("+380 50 111 22 3_", OddSign("_"), id="half filled in"),
        pytest.param("-0501112233", OddSign("-"), id="a negative number"),
        pytest.param("380+501112233", PlusInside(), id="plus inside"),
        pytest.param("++380501112233", PlusInside(), id="two pluses"),
        pytest.param("0501234", TooShort("+380", 9, 6), id="too short"),
        pytest.param("+3805012", TooShort("+380", 9, 4), id="too short with a code"),
        pytest.param("05011122334", TooLong("+380", 9, 10), id="too long"),
        pytest.param("0", TooShort("+380", 9, 0), id="zero"),
        pytest.param("+380000000000", NotInUse("+380", "00"), id="zeros"),
        pytest.param("+999501112233", UnknownCountryCode("+999"), id="no such country"),
        pytest.param("+0501112233", UnknownCountryCode("+050"), id="plus before the trunk"),
        pytest.param("044 123-45-67", NotMobile(LineKind.LANDLINE), id="landline"),
        pytest.param("+39 06 12345678", NotMobile(LineKind.LANDLINE), id="Italian landline"),
        pytest.param("0900212345", NotMobile(LineKind.PREMIUM), id="premium"),
        pytest.param("+80012345678", NotMobile(LineKind.TOLL_FREE), id="toll free"),
        pytest.param("+881612345678", NotMobile(LineKind.SATELLITE), id="satellite"),
        pytest.param("#N/A", ErrorCell("#N/A"), id="an error"),
        pytest.param("12025550123", PlusNeeded("+12025550123"), id="American without plus"),
    ],
)
def test_what_is_no_mobile_is_told_and_never_guessed(cell: str, problem: PhoneProblem) -> None:
    reading = read_phone(cell, "UA")

    assert (reading.phone, reading.problem) == ("", problem)


@pytest.mark.parametrize(
    "cell",
    [
        "0501112233, 0672223344",
        "050 111 22 33 / 067 222 33 44",
        "0501112233;0672223344",
        "050 111 22 33 067 222 33 44",
        "+380501112233+380672223344",
        "+380501112233\n+380672223344",
        "0501112233 або 0672223344",
        "0501112233 (моб), 0672223344",
    ],
)
def test_two_numbers_in_a_cell_are_offered(cell: str) -> None:
    reading = read_phone(cell, "UA")

    assert reading.problem == TwoPhones((UA, "+380672223344"))


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        ("+48  501112233, 501112233", ("+48501112233", UA)),
        ("731112233|+40 (0)  731112233", ("+380731112233", "+40731112233")),
        ("501112233; +48 tel 501112233", (UA, "+48501112233")),
    ],
)
def test_a_code_apart_from_its_number_still_says_whose_it_is(
    cell: str, phones: tuple[str, ...]
) -> None:
    assert read_phone(cell, "UA").problem == TwoPhones(phones)


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("48  501112233 / 48  501112233", "+48501112233"),
        ("+48/501112233, +48/501112233", "+48501112233"),
        ("050/1112233, 050/1112233", UA),
    ],
)
def test_the_same_number_twice_keeps_its_code(cell: str, phone: str) -> None:
    assert read_phone(cell, "UA").phone == phone


@pytest.mark.parametrize("letter", ["Ⅰ", "Ｉ", "ℐ", "𝑂", "Ⓑ", "Ǉ"])
def test_a_letter_in_another_dress_is_told_as_the_letter(letter: str) -> None:
    reading = read_phone(f"05011122{letter}3", "UA")

    assert reading.phone == ""
    assert reading.problem is not None


def test_two_mobile_readings_are_asked() -> None:
    # A Chinese mobile 155 1234 5678, or a New Jersey number with its country's code.
    assert read_phone("15512345678", "CN").problem == AmbiguousPhone(
        ("+8615512345678", "+15512345678")
    )


@pytest.mark.parametrize(
    "cell",
    ["4. 0731112233", "4) 073 111 22 33", "4 0731112233", "4 (073) 111-22-33", "4-0731112233"],
)
def test_a_rows_number_before_a_phone_makes_no_stranger_of_it(cell: str) -> None:
    # The fourth person of a Ukrainian list, or all of it a mobile of Romania.
    assert read_phone(cell, "UA").problem == AmbiguousPhone(("+380731112233", "+40731112233"))


def test_a_code_before_brackets_is_a_code() -> None:
    assert read_phone("380 (50) 111-22-33", "PL").phone == UA


@pytest.mark.parametrize("cell", ["40 731 112 233", "40731112233", "+40 731 112 233"])
def test_a_countrys_code_is_no_rows_number(cell: str) -> None:
    assert read_phone(cell, "UA").phone == "+40731112233"


def test_a_number_at_home_that_is_a_mobile_abroad_is_asked() -> None:
    # Ten digits of Michigan, or a mobile of the Comoros without its plus.
    assert read_phone("(269) 371-8802", "US").problem == AmbiguousPhone(
        ("+12693718802", "+2693718802")
    )


def test_plans_without_mobiles_need_the_plus() -> None:
    assert read_phone("+1 202 555 0123", "UA").phone == "+12025550123"
    assert read_phone("001 202 555 0123", "UA").phone == "+12025550123"
    assert read_phone("202 555 0123", "US").problem == PlusNeeded("+12025550123")


def test_a_ukrainian_number_under_an_italian_default_stays_ukrainian() -> None:
    # libphonenumber alone reads it as an Italian voicemail box.
    assert read_phone("380501112233", "IT").phone == UA


def test_phones_are_shown_with_blanks_and_belong_to_a_country() -> None:
    assert show_phone(UA) == "+380 50 111 22 33"
    assert show_phone("+393201234567") == "+39 320 123 4567"
    assert [country_of(phone) for phone in (UA, "+77011234567", "")] == ["UA", "KZ", ""]


DIGITS = st.text("0123456789", min_size=1, max_size=16)
CODES = ("380", "39", "48", "49", "7", "1", "44", "33", "86", "55", "375", "882", "800", "590", "")


@settings(max_examples=1500, deadline=None)
@given(st.sampled_from(CODES), DIGITS)
def test_the_glance_agrees_with_phonenumbers(code: str, rest: str) -> None:
    assert kind_of(code + rest) == slow_kind_of(code + rest)


def likely_numbers(region: str) -> Iterator[str]:
    """Make up numbers near each kind of a country's: its examples with other last digits."""
    dice = random.Random(region)
    for kind in PhoneNumberType.values():
        example = phonenumbers.example_number_for_type(region, kind)
        if example is not None:
            digits = phonenumbers.format_number(example, 0)[1:]
            for kept in (0, 1, 2, 4, 6, 6, 7):
                end = dice.choices("0123456789", k=min(kept, len(digits) - 4))
                yield digits[: len(digits) - len(end)] + "".join(end)


@pytest.mark.parametrize("region", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_every_countrys_numbers_are_to_us_what_they_are_to_phonenumbers(region: str) -> None:
    for digits in likely_numbers(region):
        named = phonenumbers.region_code_for_number(phonenumbers.parse("+" + digits))

        assert kind_of(digits) == slow_kind_of(digits), digits
        assert named is None or country_of("+" + digits) == named


@settings(max_examples=1500, deadline=None)
@given(st.text("0123456789+-() .,/\u00a0", max_size=22))
@example("()+0")
@example("(+380) 501112233")
def test_the_quick_spelling_agrees_with_the_careful_one(cell: str) -> None:
    quick, careful = spell(cell), slowly(cell)

    assert quick == careful


@settings(max_examples=800, deadline=None)
@given(st.text(max_size=30), st.sampled_from(DEFAULTS))
@example("0501112Ⅰ33", "UA")
def test_no_cell_breaks_the_reader_and_no_digit_is_invented(cell: str, country: str) -> None:
    reading = read_phone(cell, country)

    assert bool(reading.phone) != (reading.problem is not None)
    assert looks_like_phone(cell) in {True, False}


@settings(max_examples=800, deadline=None)
@given(st.text("0123456789+-() .", max_size=18), st.sampled_from(DEFAULTS))
def test_the_phone_ends_as_the_cell_does(cell: str, country: str) -> None:
    phone = read_phone(cell, country).phone

    digits = "".join(sign for sign in cell if sign.isdigit())
    assert digits.removesuffix("0").endswith(phone[-6:]) or digits.endswith(phone[-6:])
