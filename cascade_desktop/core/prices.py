"""What SMS cost the operator: a price per part and country, and what a campaign comes to at most.

Money is never a binary fraction: prices are decimals from the field to the sum.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from cascade_desktop.core.composition import Composition
from cascade_desktop.core.text_length import measure_sms

OTHERS = "*"
"""Stands for all countries that have no price of their own."""
COARSE_FROM = 100
"""From here on a sum is told in whole units."""
_PRICE = re.compile(r"\d{1,6}(?:[.,]\d{0,6})?|[.,]\d{1,6}")


@dataclass(frozen=True, slots=True)
class Prices:
    """The operator's own prices of one SMS part, in one currency."""

    currency: str = ""
    per_part: tuple[tuple[str, Decimal], ...] = ()
    """(Two letters of a country or `OTHERS`, price)."""

    def of(self, country: str) -> Decimal | None:
        """Return what a part to a country costs; None where nobody said.

        >>> Prices("UAH", (("UA", Decimal("1.2")),)).of("IT") is None
        True
        """
        known = dict(self.per_part)
        return known.get(country, known.get(OTHERS))


@dataclass(frozen=True, slots=True)
class CountryParts:
    """What goes to one country if every message goes as SMS."""

    country: str
    messages: int
    parts: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What a campaign comes to at most."""

    currency: str
    amount: Decimal
    priced: tuple[CountryParts, ...]
    unpriced: tuple[CountryParts, ...]
    """Countries without a price: they come on top."""

    @property
    def shown(self) -> Decimal:
        """Return the amount as it is told: never less than it is, without needless digits.

        >>> [str(Cost("", Decimal(sum), (), ()).shown) for sum in ("2957.04", "12.3", "0.001")]
        ['2958', '12.30', '0.01']
        """
        step = Decimal(1) if self.amount >= COARSE_FROM else Decimal("0.01")
        return self.amount.quantize(step, ROUND_CEILING)


def read_price(text: str) -> Decimal | None:
    """Read a price as people write it, with a comma or a point; None for what is none.

    >>> read_price("0,85"), read_price(" 1.2 "), read_price("-1"), read_price("free")
    (Decimal('0.85'), Decimal('1.2'), None, None)
    """
    bare = "".join(text.split())
    return Decimal(bare.replace(",", ".")) if _PRICE.fullmatch(bare) else None


def read_prices(currency: str, lines: Iterable[str]) -> Prices:
    """Read what `write_prices` wrote; a line that is none counts as not there.

    >>> read_prices("UAH", ("UA 0.85", "* 2", "IT", "PL free"))
    Prices(currency='UAH', per_part=(('UA', Decimal('0.85')), ('*', Decimal('2'))))
    """
    parted = (line.partition(" ") for line in lines)
    found = ((country, read_price(price)) for country, _, price in parted)
    return Prices(
        currency, tuple((country, price) for country, price in found if price is not None)
    )


def write_prices(prices: Prices) -> tuple[str, ...]:
    """Write prices as settings keep them: a line for each country."""
    return tuple(f"{country} {price:f}" for country, price in prices.per_part)


def count_parts(composition: Composition) -> tuple[CountryParts, ...]:
    """Count SMS parts over all rows exactly, the country with the most messages first."""
    countries = composition.recipients.countries
    messages, parts = Counter[int](), Counter[int]()
    before, size = None, 0
    for row, text in zip(composition.rows, composition.texts, strict=True):
        if text != before:
            before, size = text, measure_sms(text).parts
        code = countries.codes[row]
        messages[code] += 1
        parts[code] += size
    return tuple(
        CountryParts(countries.names[code], count, parts[code])
        for code, count in messages.most_common()
    )


def estimate(prices: Prices, parts: Iterable[CountryParts]) -> Cost | None:
    """Return what messages come to if all go by SMS; None where no price applies.

    >>> ukraine = CountryParts("UA", 2, 3)
    >>> estimate(Prices("UAH", (("UA", Decimal("1.1")),)), (ukraine,)).amount
    Decimal('3.3')
    """
    priced: list[CountryParts] = []
    unpriced: list[CountryParts] = []
    amount = Decimal(0)
    for one in parts:
        price = prices.of(one.country)
        if price is None:
            unpriced.append(one)
        else:
            priced.append(one)
            amount += price * one.parts
    return Cost(prices.currency, amount, tuple(priced), tuple(unpriced)) if priced else None
