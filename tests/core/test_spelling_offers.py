"""The spellings that are offered, and what each saves over all rows."""

import pytest

from cascade_desktop.core.composition import Composition, compose
from cascade_desktop.core.drafts import Transaction
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.spelling_offers import Spelling, find_offers, spell
from cascade_desktop.core.table import Source, Table

CODES = tuple(f"A-{at}" for at in range(40))
NAMES = ("Olena", "Марко")


def composed(text: str) -> Composition:
    phones = tuple(f"+3805011122{at}" for at in range(10, 50))
    names = tuple(NAMES[at % 20 == 0] for at in range(40))
    columns = (phones, names, CODES)
    table = Table(Source("people.xlsx"), ("Phone", "Name", "Code"), columns, range(2, 42))
    found = read_recipients(table, Choice(phone_column=0))
    assert isinstance(found, Recipients)
    return compose(Transaction("Shop", text), found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Plain text {Code}", [], id="nothing to offer"),
        pytest.param("“Sale” {Code}" + "x" * 80, [(Spelling.SIGNS, 40)], id="curly quotes"),
        pytest.param("Sale 🌟 {Code}" + "x" * 80, [(Spelling.BARE, 40)], id="an emoji"),
        pytest.param(
            "“Sale” 🌟 {Code}" + "x" * 80,
            [(Spelling.SIGNS, 0), (Spelling.BARE, 40)],
            id="quotes and an emoji",
        ),
        pytest.param("Знижка {Code}" + "х" * 80, [(Spelling.LATIN, 0)], id="Latin is longer"),
        pytest.param(
            "Знижка 💛 {Code}" + "а" * 80,
            [(Spelling.LATIN, 0), (Spelling.BARE, 40)],
            id="letters and an emoji",
        ),
        pytest.param("Скидкы — 💛", [(Spelling.SIGNS, 0)], id="letters without a rule"),
        pytest.param("Wait… {Code}", [(Spelling.SIGNS, 0)], id="nothing saved"),
    ],
)
def test_each_spelling_is_measured_over_all_rows(
    text: str, expected: list[tuple[Spelling, int]]
) -> None:
    offers = find_offers(text, composed(text))

    assert [(one.spelling, one.saved) for one in offers] == expected
    assert all(one.text == spell(text, one.spelling) for one in offers)


def test_what_is_inserted_can_keep_messages_in_unicode() -> None:
    text = "Привіт, {Name}! " + "а" * 80

    (offer,) = find_offers(text, composed(text))

    assert (offer.before.common, offer.after.common) == (2, 1)
    assert (offer.before.unicode_people, offer.after.unicode_people) == (40, 2)
    assert offer.saved == 38
    assert offer.changed[0] == ("Привіт,", "Pryvit,")


def test_nobody_waits_for_what_is_not_wanted() -> None:
    text = "“Sale”"

    assert find_offers(text, composed(text), lambda: False) == ()
