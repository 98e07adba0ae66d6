"""Show a stored number as its cell's number format does (ECMA-376 part 1, 18.8.31)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

from cascade_desktop.engine.tables.date_names import language_of, language_tagged
from cascade_desktop.engine.tables.date_text import DAYS_TO_1904, show_date
from cascade_desktop.engine.tables.number_shapes import (
    hides_digits,
    is_rounded,
    short_exponent,
    show_exponent,
    show_fraction,
)

_TOKEN = re.compile(
    r"""(?P<text>"[^"]*"?|\\.|[_*].)|(?P<bracket>\[[^\]]*\])|(?P<general>General)"""
    r"""|(?P<ampm>AM/PM|A/P)|(?P<exponent>E[+-])|(?P<date>y+|m+|d+|h+|s+|e+|b+)"""
    r"""|(?P<digit>[0#?])|(?P<sign>.)""",
    re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]\Z", re.IGNORECASE)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]*)?)\]\Z")
_AS_STORED = r"(?:0|-?[1-9][0-9]{0,14}|-?(?:0|[1-9][0-9]{0,5})\.[0-9]{0,3}[1-9])"
SHOWN_AS_STORED = re.compile(rf"{_AS_STORED}\Z")
"""Numbers that the format General shows as the file stores them."""
ALL_SHOWN_AS_STORED = re.compile(rf"(?:(?:{_AS_STORED})?\n)*+(?:{_AS_STORED})?\Z")
"""The same for many, or nothing, on a line each."""
_PLAIN = re.compile(r"(#,##)?0(?:\.(0{1,4}))?\Z")
_FEW = [rf"(?:0|[1-9][0-9]{{0,9}})(?:\.[0-9]{{1,{places}}})?" for places in range(1, 5)]
_PLACES = [re.compile(rf"{one}(?:\n{one})*+\Z") for one in (r"(?:0|[1-9][0-9]{0,9})", *_FEW)]
"""Whole columns of numbers with so few decimals that nothing is rounded."""
_EXACT = Context(prec=1000)
_ALL_SECTIONS = 4
_LARGE = Decimal(10) ** 8
_SIGNIFICANT = 10
"""General shows so many digits of a fraction in a usual column."""
_SHORT_DATES = {"US": "m/d/yyyy", "IT": "dd/mm/yyyy", "GB": "dd/mm/yyyy", "FR": "dd/mm/yyyy"}
_MONEY = {"UA": "₴", "PL": "zł", "US": "$", "GB": "£", "CH": "CHF", "CZ": "Kč"}
_GENERAL_ELSEWHERE = frozenset({"general", "standard", "основний", "основной", "загальний"})
"""How other programs than Excel call it in a file."""
_TESTS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "=": lambda a, b: a == b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "<>": lambda a, b: a != b,
}

BUILTIN_FORMATS = {
    **dict(zip((1, 2, 3, 4), ("0", "0.00", "#,##0", "#,##0.00"), strict=True)),
    **dict(zip((9, 10, 11, 12, 13), ("0%", "0.00%", "0.00E+00", "# ?/?", "# ??/??"), strict=True)),
    **dict(zip((14, 15, 16, 17), ("SHORTDATE", "d-mmm-yy", "d-mmm", "mmm-yy"), strict=True)),
    **dict(zip((18, 19, 20, 21), ("h:mm AM/PM", "h:mm:ss AM/PM", "h:mm", "h:mm:ss"), strict=True)),
    **dict.fromkeys((5, 6), "#,##0 MONEY;-#,##0 MONEY"),
    **dict.fromkeys((7, 8), "#,##0.00 MONEY;-#,##0.00 MONEY"),
    **dict(zip((41, 42), ("#,##0;-#,##0;-;@", "#,##0 MONEY;-#,##0 MONEY;- MONEY;@"), strict=True)),
    43: "#,##0.00;-#,##0.00;-;@",
    44: "#,##0.00 MONEY;-#,##0.00 MONEY;- MONEY;@",
    **dict.fromkeys((37, 38), "#,##0;-#,##0"),
    **dict.fromkeys((39, 40), "#,##0.00;-#,##0.00"),
    **dict(zip((22, 45, 46), ("SHORTDATE h:mm", "mm:ss", "[h]:mm:ss"), strict=True)),
    **dict(zip((47, 48, 49), ("mm:ss.0", "##0.0E+0", "@"), strict=True)),
}
"""Formats that Excel knows by number (ECMA-376 18.8.30); SHORTDATE and MONEY are the region's."""

Token = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Section:
    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None
    kind: str
    """date, general, exponent, fraction or number."""
    language: str
    """Of month names, where the format says so."""


class NumberFormat:
    """One number format, taken apart once and used for every cell that has it."""

    def __init__(self, code: str, *, country: str = "UA", uses_1904: bool = False) -> None:
        code = code.replace("SHORTDATE", _SHORT_DATES.get(country, "dd.mm.yyyy"))
        code = code.replace("MONEY", f'"{_MONEY.get(country, "€")}"')
        code = "General" if code.casefold() in _GENERAL_ELSEWHERE else code
        self._sections = [_section(part) for part in _split(code)][:4] or [_section("General")]
        self._uses_1904 = uses_1904
        self._language = language_of(country)
        self._text_section = _text_section(self._sections)
        self.shows_text = self._text_section is None
        """Text stands in such a cell as it is stored."""
        self.is_general = code in {"General", "@", ""}
        plain = _PLAIN.match(code)
        self._places = len(plain[2] or "") if plain else -1
        self._grouped = "," if plain and plain[1] else ""

    def show(self, raw: str) -> str:
        """Show a number as the file stores it; raises ValueError when it is none.

        >>> NumberFormat("0.00%").show("0.125"), NumberFormat("General").show("3.80501112233E+11")
        ('12.50%', '380501112233')
        """
        if self.is_general and SHOWN_AS_STORED.match(raw):
            return raw
        value = _decimal(raw)
        if value is None:
            return raw
        if is_rounded(raw):
            return short_exponent(float(value))
        section, magnitude = self._choose(value)
        if not section.tokens:
            return "" if len(self._sections) > 1 else general(value)
        if section.kind == "date":
            language = section.language or self._language
            day = float(value) + (DAYS_TO_1904 if self._uses_1904 else 0)
            shown = show_date(day, section.tokens, language)
            return shown if shown is not None else general(value)
        return _show_section(value, magnitude, section)

    def show_plain(self, raw: Sequence[str]) -> list[str] | None:
        """Show many numbers at once where that is only a matter of zeros; else None.

        >>> NumberFormat("#,##0.00").show_plain(["1234.5", "7"])
        ['1,234.50', '7.00']
        """
        if self._places < 0 or not _PLACES[self._places].match("\n".join(raw)):
            return None
        form = f"{self._grouped}.{self._places}f"
        return [format(float(text), form) for text in raw]

    def show_text(self, text: str) -> str:
        """Show text as the format's fourth section, or its only one with an @, does.

        >>> NumberFormat('"+38"@').show_text("0501112233"), NumberFormat("0").show_text("a")
        ('+380501112233', 'a')
        """
        section = self._text_section
        if section is None:
            return text
        return "".join(text if token == ("sign", "@") else token[1] for token in section.tokens)

    def _choose(self, value: Decimal) -> tuple[_Section, Decimal]:
        """Return the section for a value, and the value without a sign that the section shows."""
        sections = self._sections
        for section in sections:
            if section.condition and _TESTS[section.condition[0]](value, section.condition[1]):
                return section, value
        if any(section.condition for section in sections):
            return next((s for s in sections if not s.condition), _section("General")), value
        if value < 0 and len(sections) > 1:
            return sections[1], -value
        if value == 0 and len(sections) > 2:  # noqa: PLR2004  (positive; negative; zero)
            return sections[2], value
        return sections[0], value


def general(value: Decimal) -> str:
    """Show a number as the format General does, integers whole up to 15 digits.

    >>> general(Decimal("380501112233.0")), general(Decimal(1) / Decimal(3))
    ('380501112233', '0.3333333333')
    """
    rounded = _decimal(f"{float(value):.15g}") or Decimal(0)
    if rounded == rounded.to_integral_value() and abs(rounded) < Decimal(10) ** 15:
        return str(int(rounded))
    if abs(rounded) >= Decimal(10) ** 15 or abs(rounded) < Decimal("1e-9"):
        return short_exponent(float(rounded))
    if abs(rounded) >= _LARGE * 100:
        return f"{rounded:f}"  # a phone with decimals must not be rounded to another's
    whole = max(1, rounded.adjusted() + 1)
    places = max(0, _SIGNIFICANT - (whole if abs(rounded) >= 1 else 0))
    text = f"{rounded.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _show_section(value: Decimal, magnitude: Decimal, section: _Section) -> str:
    match section.kind:
        case "general":
            return _show_general(value, magnitude, section.tokens)
        case "exponent":
            whole = hides_digits(value)
            return general(value) if whole else show_exponent(magnitude, section.tokens)
        case "fraction":
            return show_fraction(magnitude, section.tokens)
        case _:
            return _show_number(magnitude, section.tokens)


def _show_general(value: Decimal, magnitude: Decimal, tokens: tuple[Token, ...]) -> str:
    """Show a section without places for digits: words alone, or around the number."""
    numbers = {("general", text) for kind, text in tokens if kind == "general"} | {("sign", "@")}
    if len(tokens) == 1 and tokens[0] in numbers:
        return general(value)
    return "".join(general(magnitude) if token in numbers else token[1] for token in tokens)


def _text_section(sections: list[_Section]) -> _Section | None:
    """Return how text is shown; None for as it is."""
    last = sections[-1]
    own = len(sections) == _ALL_SECTIONS or ("sign", "@") in last.tokens
    return last if own and "".join(text for _, text in last.tokens) != "@" else None


def _decimal(raw: str) -> Decimal | None:
    """Read a stored number; None for NaN and infinities."""
    try:
        value = Decimal(raw.strip())
    except InvalidOperation:
        raise ValueError(raw) from None
    return value if value.is_finite() and abs(value) < Decimal("1e308") else None


def _split(code: str) -> list[str]:
    """Cut a code at the semicolons outside quotes and brackets."""
    parts = re.findall(r'((?:"[^"]*"?|\\.|\[[^\]]*\]|[^;])*)(?:;|\Z)', code, re.DOTALL)
    return parts[:-1] or [code]


def _section(code: str) -> _Section:
    tokens: list[Token] = []
    condition, language = None, ""
    for found in _TOKEN.finditer(code):
        kind, text = str(found.lastgroup), found[0]
        if kind == "bracket":
            if limit := _CONDITION.match(text):
                condition = (limit[1], Decimal(limit[2]))
            elif _ELAPSED.match(text):
                tokens.append(("elapsed", text.casefold()))
            elif text.startswith("[$"):
                sign, _, tag = text[2:-1].partition("-")
                tokens.append(("text", sign))
                language = language_tagged(tag)
        elif kind == "text":
            tokens.append(("text", _literal(text)))
        else:
            tokens.append((kind, text))
    return _Section(tuple(tokens), condition, _kind(tokens), language)


def _literal(text: str) -> str:
    if text[0] == '"':
        return text.strip('"')
    return text[1:] if text[0] == "\\" else ""  # _x leaves a blank's width, *x fills the column


def _kind(tokens: list[Token]) -> str:
    kinds = {kind for kind, _ in tokens}
    if "digit" not in kinds and kinds & {"date", "elapsed", "ampm"}:
        return "date"
    if kinds & {"date", "elapsed"} and ("date", "h") in tokens:
        return "date"
    signs = {text for kind, text in tokens if kind == "sign"}
    if "exponent" in kinds:
        return "exponent" if "digit" in kinds else "general"
    if kinds & {"date", "elapsed"}:
        return "date"
    if "digit" not in kinds:
        return "general"
    return "fraction" if "/" in signs else "number"


def _show_number(value: Decimal, tokens: tuple[Token, ...]) -> str:
    point = next((i for i, token in enumerate(tokens) if token == ("sign", ".")), len(tokens))
    before, after = tokens[:point], tokens[point + 1 :]
    value, grouped = _scaled(value, tokens, before)
    places = sum(1 for kind, _ in after if kind == "digit")
    rounded = abs(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)
    if not places and not grouped and rounded != abs(value) and rounded >= _LARGE:
        return general(value)  # as above
    whole, _, fraction = f"{rounded:f}".partition(".")
    shown = _whole(whole.lstrip("0"), before, grouped=grouped)
    decimals = _fraction(fraction, after)
    dot = "." if point < len(tokens) else ""
    sign = "-" if value < 0 and rounded else ""
    return (sign + shown + dot + decimals).strip()


def _scaled(
    value: Decimal, tokens: tuple[Token, ...], before: tuple[Token, ...]
) -> tuple[Decimal, bool]:
    """Apply percent signs and trailing commas; tell whether thousands are set apart."""
    percents = sum(1 for token in tokens if token == ("sign", "%"))
    value *= Decimal(100) ** percents
    commas = [i for i, token in enumerate(tokens) if token == ("sign", ",")]
    digits = [i for i, (kind, _) in enumerate(tokens) if kind == "digit"]
    trailing = sum(1 for i in commas if digits and i > digits[-1])
    whole = [i for i in digits if i < len(before)]
    return value / Decimal(1000) ** trailing, any(
        whole and whole[0] < i < whole[-1] for i in commas
    )


def _whole(digits: str, tokens: tuple[Token, ...], *, grouped: bool) -> str:
    """Lay the digits on the places from the right; the first place takes what is left."""
    places = sum(1 for kind, _ in tokens if kind == "digit")
    pieces: list[str] = []
    laid = 0
    for kind, text in reversed(tokens):
        if kind != "digit":
            pieces.append("" if (kind, text) == ("sign", ",") else text)
            continue
        places -= 1
        take = 1 if places else max(1, len(digits))
        for _ in range(take):
            digit, digits = digits[-1:], digits[:-1]
            digit = digit or ("0" if text == "0" else "")
            if digit and grouped and laid and laid % 3 == 0:
                pieces.append(",")
            laid += bool(digit)
            pieces.append(digit)
    return "".join(reversed(pieces))


def _fraction(digits: str, tokens: tuple[Token, ...]) -> str:
    pieces: list[str] = []
    rest = digits
    for kind, text in tokens:
        if kind != "digit":
            pieces.append("" if (kind, text) == ("sign", ",") else text)
            continue
        digit, rest = rest[:1], rest[1:]
        optional = text != "0" and not (digit + rest).strip("0")
        pieces.append("" if optional else digit)
    return "".join(pieces)
