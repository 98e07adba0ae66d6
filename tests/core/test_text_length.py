"""Lengths as Viber, Telegram and SMS count them, against an independent splitter."""

import pytest
import smsutil
from hypothesis import given, settings
from hypothesis import strategies as st

from cascade_desktop.core.text_length import (
    Encoding,
    count_units,
    measure_sms,
    unicode_characters,
)

GSM = "@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡AZÄÖÑÜ§¿azäöñüà"
EXTENDED = "\f^{}\\[~]|€"
gsm_texts = st.text(st.sampled_from(GSM + EXTENDED), min_size=1, max_size=700)
doubled_texts = st.text(st.sampled_from("a€[💛ї"), min_size=1, max_size=400)
# Where smsutil differs, GSM 03.38 decides: it calls an empty text UCS-2, and it counts U+001B,
# the escape to the extension table, as a letter, which it is not.
any_texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x1b"), min_size=1, max_size=300
)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        pytest.param("", 0, id="nothing"),
        pytest.param("Hello", 5, id="ASCII"),
        pytest.param("Привіт", 6, id="Cyrillic"),
        pytest.param("нас💛", 5, id="an emoji is two"),
        pytest.param("👩‍👩‍👧", 8, id="a family of three emoji and two joiners"),
        pytest.param("\ud83d", 1, id="half of a character"),
    ],
)
def test_units_are_those_of_utf_16(text: str, units: int) -> None:
    assert count_units(text) == units


def test_a_question_of_84_code_points_that_ends_in_a_heart_is_85_units_long() -> None:
    question = "Чи порадили б ви нас друзям?".ljust(83, ".") + "💛"

    assert len(question) == 84
    assert count_units(question) == 85


@pytest.mark.parametrize(
    ("text", "encoding", "units", "parts", "room"),
    [
        pytest.param("", Encoding.GSM7, 0, 1, 160, id="nothing"),
        pytest.param("a" * 160, Encoding.GSM7, 160, 1, 0, id="one part full"),
        pytest.param("a" * 161, Encoding.GSM7, 161, 2, 145, id="one over"),
        pytest.param("a" * 306, Encoding.GSM7, 306, 2, 0, id="two parts full"),
        pytest.param("a" * 307, Encoding.GSM7, 307, 3, 152, id="one over two"),
        pytest.param("€" * 80, Encoding.GSM7, 160, 1, 0, id="extension characters count two"),
        pytest.param("a" * 152 + "€" * 5, Encoding.GSM7, 162, 2, 143, id="escape not torn"),
        pytest.param("я" * 70, Encoding.UCS2, 70, 1, 0, id="one Unicode part full"),
        pytest.param("я" * 71, Encoding.UCS2, 71, 2, 63, id="one over in Unicode"),
        pytest.param("я" * 134, Encoding.UCS2, 134, 2, 0, id="two Unicode parts full"),
        pytest.param("💛" * 35, Encoding.UCS2, 70, 1, 0, id="emoji fill a part"),
        pytest.param("я" * 66 + "💛" * 34, Encoding.UCS2, 134, 3, 65, id="pair not torn"),
        pytest.param("a\x1bb", Encoding.UCS2, 3, 1, 67, id="the escape itself is no letter"),
        pytest.param("a" * 159 + "’", Encoding.UCS2, 160, 3, 41, id="one curly quote costs two"),
    ],
)
def test_sms_is_measured_as_gsm_03_38_says(
    text: str, encoding: Encoding, units: int, parts: int, room: int
) -> None:
    size = measure_sms(text)

    assert (size.encoding, size.units, size.parts, size.room) == (encoding, units, parts, room)


@settings(deadline=None)
@given(st.one_of(gsm_texts, doubled_texts, any_texts))
def test_parts_are_those_of_an_independent_splitter(text: str) -> None:
    theirs = smsutil.split(text)

    ours = measure_sms(text)

    assert ours.parts == len(theirs.parts)
    assert (ours.encoding is Encoding.GSM7) == (theirs.encoding == "gsm0338")
    assert ours.units == theirs.total_bytes // (1 if ours.encoding is Encoding.GSM7 else 2)


@settings(deadline=None)
@given(st.one_of(gsm_texts, doubled_texts, any_texts))
def test_the_room_is_what_still_fits_into_the_last_part(text: str) -> None:
    size = measure_sms(text)
    filler = "a" if size.encoding is Encoding.GSM7 else "я"

    assert measure_sms(text + filler * size.room).parts == size.parts
    assert measure_sms(text + filler * (size.room + 1)).parts > size.parts


def test_the_characters_that_force_unicode_are_named_once_in_order() -> None:
    assert unicode_characters("«Hi» “it’s” «me»") == ("«", "»", "“", "’", "”")
    assert unicode_characters("Plain {text} for 5€") == ()
