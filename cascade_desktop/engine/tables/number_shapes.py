"""Show a number with an exponent or as a fraction, as a few number formats ask for."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

Token = tuple[str, str]

_ROUNDED = re.compile(r"-?[0-9](?:\.[0-9]{0,5})?[eE]\+?1[0-4]\Z")
"""A file that stores this of a phone has lost its last digits: 3.80501E+11."""
_PHONE_LEAST, _PHONE_MOST = Decimal(10) ** 8, Decimal(10) ** 15
_EXACT = Context(prec=1000)
_SIGNIFICANT = 6
_LARGEST_DENOMINATOR = 999
_DENOMINATOR = re.compile(r"[1-9][0-9]{0,4}")


def is_rounded(raw: str) -> bool:
    """Tell whether a stored number of a phone's size has only its first digits.

    >>> is_rounded("3.80501E+11"), is_rounded("3.80501112233E+11"), is_rounded("1E+6")
    (True, False, False)
    """
    return bool(_ROUNDED.match(raw.strip()))


def short_exponent(value: float) -> str:
    """Show a number that is too long, as the format General does.

    >>> short_exponent(3.80501e11), short_exponent(1e15)
    ('3.80501E+11', '1E+15')
    """
    front, _, exponent = f"{value:.5E}".partition("E")
    return f"{front.rstrip('0').rstrip('.')}E{exponent}"


def hides_digits(value: Decimal) -> bool:
    """Tell whether a number of a phone's size has more digits than an exponent would show."""
    if value != value.to_integral_value() or not _PHONE_LEAST <= abs(value) < _PHONE_MOST:
        return False
    return len(str(int(abs(value))).rstrip("0")) > _SIGNIFICANT


def show_exponent(value: Decimal, tokens: tuple[Token, ...]) -> str:
    """Show a number as 0.00E+00 does, or ##0.0E+0, whose exponents are multiples of three.

    >>> show_exponent(Decimal("380501000000"), (("digit", "0"), ("exponent", "E+"), ("digit", "0")))
    '4E+11'
    """
    place = next(i for i, (kind, _) in enumerate(tokens) if kind == "exponent")
    front, behind = tokens[:place], tokens[place + 1 :]
    point = next((i for i, token in enumerate(front) if token == ("sign", ".")), len(front))
    step = max(1, sum(kind == "digit" for kind, _ in front[:point]))
    places = sum(kind == "digit" for kind, _ in front[point:])
    exponent = value.adjusted() // step * step if value else 0
    mantissa = _rounded(value.scaleb(-exponent), places)
    if abs(mantissa) >= Decimal(10) ** step:
        exponent += step
        mantissa = _rounded(value.scaleb(-exponent), places)
    width = sum(kind == "digit" for kind, _ in behind)
    sign = "-" if exponent < 0 else tokens[place][1][1:].replace("-", "")
    return f"{mantissa:f}E{sign}{abs(exponent):0{width}d}"


def show_fraction(value: Decimal, tokens: tuple[Token, ...]) -> str:
    """Show a number as ?/? does, or # ?/?, which sets the whole apart.

    >>> show_fraction(Decimal("1.5"), (("digit", "?"), ("sign", "/"), ("digit", "?")))
    '3/2'
    """
    slash = tokens.index(("sign", "/"))
    near, below = _near(abs(value), tokens[slash + 1 :])
    wholes = ("sign", " ") in tokens[:slash] or ("text", " ") in tokens[:slash]
    whole, rest = divmod(near, below) if wholes else (0, near)
    sign = "-" if value < 0 and near else ""
    if wholes and not rest:
        return f"{sign}{whole}"
    return f"{sign}{whole} {rest}/{below}" if whole else f"{sign}{rest}/{below}"


def _near(value: Decimal, behind: tuple[Token, ...]) -> tuple[int, int]:
    """Return the fraction that is nearest: over a denominator told, or any with so many digits."""
    told = _DENOMINATOR.match("".join(text for _, text in behind).strip())
    if told:
        below = int(told[0])
        return int(_rounded(value * below, 0)), below
    places = sum(kind == "digit" for kind, _ in behind)
    most = min(_LARGEST_DENOMINATOR, max(9, 10**places - 1))
    near = Fraction(value).limit_denominator(most)
    return near.numerator, near.denominator


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)
