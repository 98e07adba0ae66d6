"""Phones are hidden where no phone belongs; other numbers stay."""

import pytest

from cascade_desktop.core.masking import mask_phones

PHONES = [
    pytest.param("+380501112233", "+380•••••2233", id="international"),
    pytest.param("call +380 50 111-22-33 now", "call +380•••••2233 now", id="grouped"),
    pytest.param("00380501112233", "003•••••2233", id="with zeros"),
    pytest.param("(+380501112233)", "(+380•••••2233)", id="in brackets"),
    pytest.param("0501112233", "•••••33", id="national"),
    pytest.param("380501112233,393331112233", "380•••••2233,393•••••2233", id="two"),
    pytest.param("phone=380501112233", "phone=380•••••2233", id="beside a word"),
]


@pytest.mark.parametrize(("text", "masked"), PHONES)
def test_a_phone_shows_its_country_and_its_end(text: str, masked: str):
    assert mask_phones(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2026-11-26T10:00:00Z", id="time"),
        pytest.param("winter-sale-k7f2m3q4-000017", id="tracking id"),
        pytest.param("batch 12 of 1000, accepted=1000", id="counts"),
        pytest.param("db5ba3d1c3c1f7e612345678901234", id="hash"),
    ],
)
def test_what_is_no_phone_stays(text: str):
    assert mask_phones(text) == text
