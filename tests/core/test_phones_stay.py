"""Generated mobiles of many countries: nobody is ever turned into somebody else."""

import os
import random
from collections.abc import Iterator

import phonenumbers
import pytest
from phonenumbers import PhoneMetadata, PhoneNumberType

from cascade_desktop.core.phones import read_phone
from cascade_desktop.core.questions import find_question
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.table import Source, Table

MOBILES = int(os.environ.get("CASCADE_DESKTOP_MOBILES", "25"))
"""Of each country: `CASCADE_DESKTOP_MOBILES=2500 pytest tests/core/test_phones_stay.py` is the
long run of 105,000 mobiles in every spelling under each default country."""
COUNTRIES = [
    *("UA", "IT", "PL", "DE", "FR", "ES", "GB", "RO", "CZ", "SK", "HU", "BG"),
    *("LT", "LV", "EE", "MD", "GE", "KZ", "TR", "IL", "US", "CN", "BR", "CA", "MX", "AT", "CH"),
    *("NL", "PT", "GR", "SE", "NO", "DK", "FI", "IE", "RS", "AZ", "AM", "IN", "AE", "EG", "AU"),
]
DEFAULTS = ["UA", "IT", "PL", "DE", "US", "GB", "CN"]


def mobiles(country: str, count: int) -> Iterator[tuple[str, str]]:
    """Make up mobiles of a country: (E.164, what follows the code)."""
    dice = random.Random(country)
    example = phonenumbers.example_number_for_type(country, PhoneNumberType.MOBILE)
    assert example is not None
    pattern = phonenumbers.national_significant_number(example)
    code = str(example.country_code)
    while count:
        kept = dice.randint(1, 4)
        rest = pattern[:kept] + "".join(dice.choices("0123456789", k=len(pattern) - kept))
        number = phonenumbers.parse(f"+{code}{rest}")
        kind = phonenumbers.number_type(number)
        if kind in {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}:
            count -= 1
            yield f"+{code}{rest}", rest


def international(phone: str, rest: str) -> list[str]:
    """Return every spelling of the reference that names the country."""
    digits = phone[1:]
    code = digits[: -len(rest)]
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in phone)
    return [
        *(phone, "00" + digits, digits, digits + ".0", digits + ",00", "'" + digits),
        *(f"tel:{phone}", f'="{digits}"', wide, f"\u202a{phone}\u202c", f"\u200e{phone}"),
        *(
            f"+{code} ({rest[:2]}) {rest[2:5]}-{rest[5:]}",
            f"+{code} {rest} моб.",
            f"{phone} (cell)",
        ),
        *(f"00 {code} {rest}", f"{digits[:3]}.{digits[3:6]}.{digits[6:]}", f"(+{code}) {rest}"),
        *(f"+{code}\u00a0{rest[:2]}\u202f{rest[2:]}", f"+{code}–{rest[:3]}−{rest[3:]}"),
        *(f"{phone[:5]}\u00ad{phone[5:]}", f"1. {phone}", f"{digits},", f"{phone};"),
        *(f"{_parted(digits, ',')}.00", f"{_parted(digits, ' ')},00", _parted(digits, "'")),
        *(f"[{phone}]", f"{phone}\t", f"\u2066{phone}\u2069", f"{digits}.00"),
    ]


def _parted(digits: str, sign: str) -> str:
    """Part the thousands."""
    first = len(digits) % 3
    groups = [digits[at : at + 3] for at in range(first, len(digits), 3)]
    return sign.join([digits[:first], *groups] if first else groups)


def national(country: str, rest: str) -> list[str]:
    """Return the spellings that leave the country out."""
    plan = PhoneMetadata.metadata_for_region(country, None)
    trunk = (plan and plan.national_prefix) or ""
    old = [f"80{rest}", f"8 (0{rest[:2]}) {rest[2:]}"] if country == "UA" else []
    return [
        rest,
        trunk + rest,
        f"{trunk}{rest[:3]} {rest[3:6]}-{rest[6:]}",
        f"({trunk}{rest[:2]}) {rest[2:]}",
        *old,
    ]


@pytest.mark.parametrize("country", COUNTRIES)
def test_international_spellings_are_nobody_else_under_any_default(country: str) -> None:
    for phone, rest in mobiles(country, MOBILES):
        cells = international(phone, rest)
        for default in DEFAULTS:
            assert {read_phone(cell, default).phone for cell in cells} <= {phone, ""}


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_plus_or_two_zeros_are_always_enough(country: str) -> None:
    for phone, _ in mobiles(country, MOBILES):
        for default in DEFAULTS:
            assert read_phone(phone, default).phone == phone
            assert read_phone("00" + phone[1:], default).phone == phone


@pytest.mark.parametrize("country", COUNTRIES)
def test_national_spellings_are_nobody_else_at_home(country: str) -> None:
    for phone, rest in mobiles(country, MOBILES):
        for cell in national(country, rest):
            assert read_phone(cell, country).phone in {phone, ""}


@pytest.mark.parametrize(
    "country", ["UA", "IT", "PL", "DE", "RO", "CZ", "GB", "FR", "ES", "SK", "IL"]
)
@pytest.mark.parametrize("default", DEFAULTS)
def test_a_list_that_reads_better_elsewhere_is_asked_about(country: str, default: str) -> None:
    people = list(mobiles(country, 60))
    cells = tuple(national(country, rest)[1] for _, rest in people)
    table = Table(Source("a"), ("phone",), (cells,), tuple(range(2, 62)))

    found = read_recipients(table, Choice(country=default))

    real = {phone for phone, _ in people}
    if isinstance(found, Recipients) and len(found.problems) > len(found.ready):
        strangers = [row for row in found.ready if found.phones[row] not in real]
        assert not strangers or find_question(table, found) is not None
