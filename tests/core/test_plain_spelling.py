"""Spellings that need fewer SMS: what they change, and what they leave alone."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cascade_desktop.core.plain_spelling import (
    can_be_latin,
    changes,
    latin_letters,
    left_over,
    plain_signs,
    without,
)
from cascade_desktop.core.template import parse
from cascade_desktop.core.text_length import unicode_characters

OFFICIAL = (
    "Алушта Alushta|Борщагівка Borshchahivka|Вінниця Vinnytsia|Гадяч Hadiach|Ґалаґан Galagan"
    "|Донецьк Donetsk|Єнакієве Yenakiieve|Гаєвич Haievych|Житомир Zhytomyr|Закарпаття Zakarpattia"
    "|Медвин Medvyn|Іршава Irshava|Їжакевич Yizhakevych|Кадиївка Kadyivka|Йосипівка Yosypivka"
    "|Стрий Stryi|Київ Kyiv|Лебедин Lebedyn|Миколаїв Mykolaiv|Ніжин Nizhyn|Одеса Odesa"
    "|Полтава Poltava|Решетилівка Reshetylivka|Суми Sumy|Тетерів Teteriv|Ужгород Uzhhorod"
    "|Фастів Fastiv|Харків Kharkiv|Біла Bila|Чернівці Chernivtsi|Шостка Shostka"
    "|Щербухи Shcherbukhy|Гоща Hoshcha|Русь Rus|Юрій Yurii|Крюківка Kriukivka|Яготин Yahotyn"
    "|Ічня Ichnia|Згорани Zghorany|Розгон Rozghon|Знам'янка Znamianka|Знам’янка Znamianka"
    "|Короп'є Koropie|Стеф'юк Stefiuk"
)
"""The examples of the resolution itself."""


@pytest.mark.parametrize("pair", OFFICIAL.split("|"))
def test_ukrainian_is_spelled_as_officially(pair: str) -> None:
    ukrainian, latin = pair.split(" ")

    assert latin_letters(ukrainian) == latin
    assert latin_letters(ukrainian.upper()) == latin.upper()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Щастя, ЩАСТЯ, Щ.", "Shchastia, SHCHASTIA, Shch.", id="capitals"),
        pytest.param("О. Ю. Яна", "O. Yu. Yana", id="initials"),
        pytest.param("Івано-Франківськ, Нью-Йорк", "Ivano-Frankivsk, Niu-York", id="hyphen"),
        pytest.param("“Їжа” «є»", '"Yizha" "ye"', id="after a quote"),
        pytest.param("за\u0301мок", "zamok", id="a stress"),
        pytest.param("Г\u0301 зг\u0301 к\u0301", "H zgh k", id="a stress that composes"),
        pytest.param("Києва и\u0306 і\u0308", "Kyieva y yi", id="accents apart"),
        pytest.param("Côté, Żółć, ÇA ça", "Coté, Zolc, ÇA ca", id="European"),
        pytest.param("città è già così", "città è già così", id="Italian SMS letters stay"),
        pytest.param("È À Œuvre Łódź", "E A Oeuvre Lodz", id="European capitals"),
        pytest.param("250 ₴", "250 UAH", id="hryvnia"),
    ],
)
def test_letters_become_those_of_a_plain_sms(text: str, expected: str) -> None:
    assert latin_letters(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("“a” „b“ ‘c’ it’s", '"a" "b" \'c\' it\'s', id="quotes"),
        pytest.param("a – b — c…", "a - b - c...", id="dashes"),
        pytest.param("5\u00a0000\u202f₴", "5 000 UAH", id="hard blanks"),
        pytest.param("so\u00adft\u200b", "soft", id="invisible"),
        pytest.param("caffe\u0301", "caffé", id="an accent apart"),
        pytest.param("Привіт — {Ім’я|«друже»}", 'Привіт - {Ім’я|"друже"}', id="a name stays"),
        pytest.param("{{“x”}}", '{{"x"}}', id="plain braces"),
    ],
)
def test_signs_become_plain(text: str, expected: str) -> None:
    assert plain_signs(text) == expected


def test_a_name_beside_letters_is_a_part_of_the_word() -> None:
    assert latin_letters("{Місто}я і {Ім’я|Юлю}!") == "{Місто}ia i {Ім’я|Yuliu}!"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("🌟 Sale 🌟 now 🌟", "Sale now ", id="with their blanks"),
        pytest.param("Hi {Name}🌟 now", "Hi {Name} now", id="beside a value"),
        pytest.param("Hi {a🌟} x🌟.", "Hi {a🌟} x.", id="a column's name stays"),
    ],
)
def test_signs_are_left_out(text: str, expected: str) -> None:
    assert without(text, "🌟") == expected
    assert without(text, "") == text


def test_what_no_spelling_has_is_named() -> None:
    assert left_over("Вітаємо 🌟 – “ок” 💛") == ("🌟", "💛")


@pytest.mark.parametrize(
    ("text", "can"),
    [
        pytest.param("Вітаємо 🌟", True, id="Ukrainian"),
        pytest.param("“Sale” 🌟", False, id="nothing but signs"),
        pytest.param("Объявление", False, id="letters without a rule"),
        pytest.param("Sale {Ім’я}", False, id="only a name of a column"),
    ],
)
def test_a_text_can_be_latin_where_every_letter_has_a_spelling(text: str, can: bool) -> None:
    assert can_be_latin(text) is can


def test_a_change_is_shown_word_by_word() -> None:
    found = changes("Вітаємо, {Ім’я|друже}! Вітаємо, Ok", latin_letters)

    assert found == (("Вітаємо,", "Vitaiemo,"),)


TEXTS = st.text(alphabet="абвгєїйюязЗЮЯщь’'“”…–- {}|Nn🌟éçłñ\u00a0\u200b\u0301\n", max_size=60)


@given(TEXTS)
def test_names_of_columns_are_never_touched(text: str) -> None:
    assume(not parse(text).problems)  # a brace that is missing stops sending anyway
    names = [one.name for one in parse(text).placeholders]

    for spelled in (plain_signs(text), latin_letters(text), without(text, "🌟“")):
        assert [one.name for one in parse(spelled).placeholders] == names


@given(TEXTS.map(lambda text: text.replace("{", "").replace("}", "")))
def test_only_letters_without_a_rule_keep_a_bare_spelling_from_being_plain(text: str) -> None:
    spelled = without(latin_letters(text), "".join(left_over(text)))

    # a letter that marks make another alphabet's has no spelling, and is never left out
    assert all(sign.isalpha() for sign in unicode_characters(spelled))
    assert latin_letters(spelled) == spelled
