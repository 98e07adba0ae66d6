"""Money is exact: prices as people write them, sums over every row, never a binary fraction."""

from decimal import Decimal

import pytest

from cascade_desktop.core.composition import compose
from cascade_desktop.core.drafts import Promo
from cascade_desktop.core.prices import (
    CountryParts,
    Prices,
    count_parts,
    estimate,
    read_price,
    read_prices,
    write_prices,
)
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.table import Source, Table

UKRAINE, ITALY, POLAND = (CountryParts(*one) for one in (("UA", 3, 7), ("IT", 2, 2), ("PL", 1, 1)))
WRITTEN = [
    pytest.param("0,85", "0.85", id="a comma"),
    pytest.param("0.85", "0.85", id="a point"),
    pytest.param(" 1 000,5 ", "1000.5", id="blanks"),
    pytest.param("1\u202f000", "1000", id="a narrow blank"),
    pytest.param(",5", "0.5", id="no whole part"),
    pytest.param("2.", "2", id="nothing after the point"),
    pytest.param("0", "0", id="free"),
    pytest.param("0.123456", "0.123456", id="six decimals"),
    pytest.param("", None, id="nothing"),
    pytest.param(",", None, id="only a comma"),
    pytest.param("-1", None, id="less than nothing"),
    pytest.param("1,2,3", None, id="two commas"),
    pytest.param("1e3", None, id="an exponent"),
    pytest.param("NaN", None, id="no number"),
    pytest.param("0.85 UAH", None, id="with its currency"),
    pytest.param("0.1234567", None, id="seven decimals"),
    pytest.param("1234567", None, id="a million"),
]


@pytest.mark.parametrize(("text", "price"), WRITTEN)
def test_a_price_is_read_as_people_write_it(text: str, price: str | None):
    assert read_price(text) == (None if price is None else Decimal(price))


def test_prices_are_kept_as_they_are():
    prices = Prices("UAH", (("UA", Decimal("0.850")), ("*", Decimal("1E+2"))))

    lines = write_prices(prices)

    assert lines == ("UA 0.850", "* 100")
    kept = (("UA", Decimal("0.850")), ("*", Decimal(100)))
    assert read_prices("UAH", lines) == Prices("UAH", kept)


@pytest.mark.parametrize(
    ("per_part", "amount", "unpriced"),
    [
        pytest.param({"UA": "0.1"}, "0.7", (ITALY, POLAND), id="one country"),
        pytest.param({"UA": "0.1", "IT": "0.2"}, "1.1", (POLAND,), id="two"),
        pytest.param({"UA": "0.1", "*": "2"}, "6.7", (), id="all others"),
        pytest.param({"DE": "1", "UA": "0"}, "0", (ITALY, POLAND), id="free"),
    ],
)
def test_a_sum_is_exact_and_names_who_has_no_price(per_part: dict, amount: str, unpriced: tuple):
    prices = Prices("UAH", tuple((code, Decimal(price)) for code, price in per_part.items()))

    cost = estimate(prices, (UKRAINE, ITALY, POLAND))

    assert cost is not None
    assert (cost.amount, cost.unpriced) == (Decimal(amount), unpriced)
    assert {*cost.priced, *cost.unpriced} == {UKRAINE, ITALY, POLAND}


def test_where_no_price_applies_there_is_no_sum():
    assert estimate(Prices("UAH", (("DE", Decimal(1)),)), (UKRAINE,)) is None


def test_parts_are_counted_over_every_row_by_country():
    phones = ("+380501112233", "+393331112233", "+380671112233", "+380631112233", "12")
    names = ("A", "A" * 150, "Я" * 66, "A", "A")
    table = Table(Source("a.xlsx"), ("Phone", "Name"), (phones, names), (2, 3, 4, 5, 6))
    recipients = read_recipients(table, Choice())
    assert isinstance(recipients, Recipients)

    parts = count_parts(compose(Promo("Shop", "Hi {Name} 12345678"), recipients))

    assert parts == (CountryParts("UA", 3, 4), CountryParts("IT", 1, 2))
