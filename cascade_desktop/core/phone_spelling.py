"""Take a cell's spelling of a phone apart: what are its digits, and is it one number at all?"""

import re
import unicodedata
from dataclasses import dataclass

from cascade_desktop.core.reading_problems import (
    ErrorCell,
    FractionInPhone,
    LetterInPhone,
    MixedDigits,
    NoPhone,
    NotAPhone,
    OddSign,
    PlusInside,
    RoundedByExcel,
    ToFillIn,
    WordsBesidePhone,
)

LONGEST = 15
"""Digits of the longest number there is (ITU-T E.164)."""
_LEAST = 7
"""Fewer digits than this are a part of a number, not one of several numbers."""

_PLAIN = re.compile(r"\+?[0-9]+\Z")
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|Н/Д|ЗНАЧ!|С+ЫЛКА!)")
_DATE = re.compile(r"(?:0?[1-9]|[12][0-9]|3[01])([./])(?:0?[1-9]|1[0-2])\1(?:19|20)[0-9]{2}\Z")
_ROUNDED = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?[eEеЕ][+-]?[0-9]+\Z")
_WHOLE = re.compile(r"(\+?[0-9]{5,})[.,]0+\Z")
_FRACTION = re.compile(r"\+?[0-9]{5,}[.,][0-9]+\Z")
_THOUSANDS = re.compile(
    r"(\+?[0-9]{1,3}(?P<sign>[,.'’ ])[0-9]{3}(?:(?P=sign)[0-9]{3})+)"
    r"(?P<rest>(?!(?P=sign))[.,]0+)?\Z"
)
"""A number with its thousands parted, and perhaps decimals that are none."""
_NUMBERED = re.compile(
    r"\s*(?:№\s*)?[0-9]{1,3}(?P<sign>\s*[.)]\s*(?=[+0-9(])|[\s/-]*(?=\(0)|[\s/-]+(?=[+0]))"
    r"(?P<rest>.+)\Z"
)
_AREA_SLASH = re.compile(r"(?:\+?[0-9 ()-]*?)[0-9 ()-]{2,6}/[0-9 -]{5,}\Z")
_SEVERAL = re.compile(r"[,;/|&\\\n]+|\s\s+|(?<=[0-9])\s*(?=\+)")
_WORDS_OR_SEVERAL = re.compile(r"[^\W\d_]+\.?:?|" + _SEVERAL.pattern)
_TO_FILL_IN = re.compile(r"\+[0-9]{1,4}[ ()-]*_[ ()_-]*\Z")
_QUOTED = re.compile(r"""=?(["'])(.*)\1\Z""", re.DOTALL)
_MOBILE_WORDS = (
    r"моб(?:ільний|ильный|\.)?|мобільн\.?|мобильн\.?|mob(?:ile|il|\.)?|cell(?:ulare|phone|\.)?|"
    r"cel\.?|kom(?:órkowy|órka|\.)?|handy|gsm|m|м"
)
_LABEL_IN_BRACKETS = re.compile(rf"[(\[]\s*(?:{_MOBILE_WORDS})\s*[)\]]", re.IGNORECASE)
_LABEL_AT_END = re.compile(rf"(?<=[0-9)])[\s,;:-]*(?:{_MOBILE_WORDS})\s*\Z", re.IGNORECASE)
_WORD = re.compile(r"(?<![^\W_])[^\W\d_]{2,}(?![^\W_])")
"""A word that touches no digit: a slip of the finger stands among the digits."""
_INITIAL = re.compile(r"(?<![^\W_])[^\W\d_](?![^\W_])\.?")
_CODE = re.compile(r"[ (\[]*(?:\+|00)")
_AROUND = " .,:;!?-()[]"
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－⁃˗ー⸺⸻〜~"), "-")
SPACING = b" ()-"
"""What usually stands between digits, besides a no-break space."""
_SPACING = str.maketrans("", "", SPACING.decode() + "\xa0")
_LONGEST_CELL = 300
"""A cell with more in it is prose; nobody keeps so many numbers in one."""
_SHOWN = 60
_ONE_NUMBER = 13
"""No cell with so few digits holds two numbers."""
_SHORTEST = len("4E+11")
_FIRST = frozenset("+(0123456789")
_SIGNS = frozenset("0123456789+-() .[]")


@dataclass(frozen=True, slots=True)
class Spelling:
    """The digits of one number, with what stood before them."""

    digits: str
    plus: bool = False
    changed: bool = False
    """Something besides blanks and dashes was taken away."""


@dataclass(frozen=True, slots=True)
class Several:
    """The parts of a cell that seem to be numbers of their own."""

    parts: tuple[str, ...]


Fault = (
    NoPhone
    | NotAPhone
    | ToFillIn
    | LetterInPhone
    | WordsBesidePhone
    | OddSign
    | MixedDigits
    | RoundedByExcel
    | FractionInPhone
    | PlusInside
    | ErrorCell
)


def spell(cell: str) -> Spelling | Several | Fault:
    """Read a cell's digits, or tell why it is not one number.

    >>> spell("+38 (050) 111-22-33 моб.")
    Spelling(digits='380501112233', plus=True, changed=True)
    """
    if _PLAIN.match(cell):
        return Spelling(cell.lstrip("+"), plus=cell[0] == "+")
    bare = without_spacing(cell)  # most cells; `slowly` says the same and more
    if _PLAIN.match(bare) and bare_at_once(cell, bare):
        return Spelling(bare.lstrip("+"), plus=bare[0] == "+", changed="(" in cell)
    return slowly(cell)


def without_spacing(text: str) -> str:
    """Drop what usually stands between digits."""
    return text.translate(_SPACING)


def bare_at_once(cell: str, bare: str) -> bool:
    """Tell whether the digits that are left without spacing are all that a cell says."""
    return (
        len(bare) <= _ONE_NUMBER
        and cell[0] in _FIRST
        and (bare[0] != "+" or cell.lstrip("( ")[0] == "+")
    )


def slowly(cell: str) -> Spelling | Several | Fault:
    """Read a cell's digits with every rule there is."""
    cell = cell.strip()
    if not cell:
        return NoPhone()
    if len(cell) > _LONGEST_CELL:
        return _not_a_phone(cell)
    if _ERROR.match(cell):
        return ErrorCell(cell)
    if _DATE.match(cell):
        return _not_a_phone(cell)
    unified = _unified(cell)
    if not isinstance(unified, str):
        return unified
    text = _without_wrapping(unified)
    if not text:
        return NoPhone() if not unified else _not_a_phone(cell)
    if _ROUNDED.match(text):
        return RoundedByExcel(cell)
    foreign = any(sign.isdecimal() and not sign.isascii() for sign in cell)
    return _without_labels(text, cell, changed=foreign or text != unified)


def _not_a_phone(cell: str) -> NotAPhone:
    text = cell.strip()
    return NotAPhone(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")


def looks_like_phone(cell: str) -> bool:
    """Tell whether a cell has the look of a phone in any country; cheap, for finding columns.

    >>> looks_like_phone("050 111-22-33"), looks_like_phone("01.02.2026"), looks_like_phone("17")
    (True, False, False)
    """
    if len(cell) < _SHORTEST:
        return False
    spelled = spell(cell)
    if isinstance(spelled, Several):
        return True
    if isinstance(spelled, RoundedByExcel):
        return True
    if not isinstance(spelled, Spelling) or len(spelled.digits) > LONGEST:
        return False
    return len(spelled.digits) >= (_LEAST + 2 if not spelled.plus else _LEAST)


def without_number(cell: str) -> tuple[str, bool] | None:
    """Return what follows a short number at a cell's start, and whether that counts the rows.

    >>> without_number("4. 073 111 22 33"), without_number("38 050 111 22 33")
    (('073 111 22 33', True), ('050 111 22 33', False))
    """
    found = _NUMBERED.match(cell)
    if found is None:
        return None
    sign, rest = found["sign"], found["rest"]
    return rest, sign.strip() in {".", ")"} and (sign != "." or rest[0] == "+")


def _unified(cell: str) -> str | OddSign | MixedDigits:
    """Write all dashes, blanks and digits alike, and drop what cannot be seen."""
    if cell.isascii():
        text = cell
    else:
        for sign in cell:
            if unicodedata.decomposition(sign).startswith(("<super>", "<sub>", "<circle>", "<fr")):
                return OddSign(sign)  # ² is a footnote, not a digit
        text = unicodedata.normalize("NFKC", cell.translate(_DASHES))
        text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
        text = text.translate(_DASHES)
    text = "\n".join(" ".join(line.split(" ")) for line in _lines(text)).strip()
    return _one_script(text)


def _lines(text: str) -> list[str]:
    lines = (
        "".join(" " if sign.isspace() or ord(sign) < ord(" ") else sign for sign in line)
        for line in text.splitlines()
    )
    return [line for line in lines if line.strip()]


def _one_script(text: str) -> str | MixedDigits:
    """Turn digits of another script into ours, if all are of the same one."""
    if text.isascii():
        return text
    zeros = {ord(sign) - unicodedata.decimal(sign) for sign in text if sign.isdecimal()}
    if len(zeros) > 1:
        return MixedDigits()
    return "".join(str(unicodedata.decimal(s)) if s.isdecimal() else s for s in text)


def _without_wrapping(text: str) -> str:
    """Drop what programs put around a number: ="…", an apostrophe, tel:, a trailing .0."""
    if quoted := _QUOTED.match(text):
        text = quoted[2].strip()
    text = text.strip("'’‘`´\"").strip().rstrip(",; ")
    if text[:4].casefold() == "tel:":
        text = text[4:].strip()
    if whole := _WHOLE.match(text):
        return whole[1]
    return text


def _without_labels(text: str, cell: str, *, changed: bool) -> Spelling | Several | Fault:
    bare = _LABEL_AT_END.sub("", _LABEL_IN_BRACKETS.sub(" ", text)).strip()
    if any(sign.isalpha() for sign in bare):
        return _letters(bare, cell)
    if not any(sign.isdigit() for sign in bare):
        return _not_a_phone(cell)
    return _one_number(bare, changed=changed or bare != text)


def _letters(text: str, cell: str) -> NotAPhone | LetterInPhone | WordsBesidePhone | Several:
    parts = _numbers_in(text, _WORDS_OR_SEVERAL)
    if len(parts) > 1:
        return Several(parts)
    if sum(sign.isdigit() for sign in text) < _LEAST:
        return _not_a_phone(cell)
    text = _without_initials(text)
    if slip := next((sign for sign in _WORD.sub("", text) if sign.isalpha()), ""):
        return LetterInPhone(slip)
    numbers = [piece for piece in _WORD.split(text) if any(sign.isdigit() for sign in piece)]
    return WordsBesidePhone(numbers[0].strip(_AROUND) if len(numbers) == 1 else "")


def _without_initials(text: str) -> str:
    """Drop single letters before and after the digits where words stand there too.

    >>> _without_initials("К. Олена 050 111 22 33"), _without_initials("050 111 22 3 О")
    (' Олена 050 111 22 33', '050 111 22 3 О')
    """
    if not _WORD.search(text):
        return text
    places = [at for at, sign in enumerate(text) if sign.isdigit()]
    first, last = places[0], places[-1] + 1
    return _INITIAL.sub("", text[:first]) + text[first:last] + _INITIAL.sub("", text[last:])


def _one_number(text: str, *, changed: bool) -> Spelling | Several | Fault:
    """Join the groups of digits, unless they are several numbers or not a number."""
    parts = _numbers_in(text, _SEVERAL)
    if len(parts) > 1:
        return Several(parts)
    if _FRACTION.match(text):
        return FractionInPhone(text)
    parted = _THOUSANDS.match(text)
    if parted and (parted["rest"] or parted["sign"] not in ". "):
        changed, text = True, parted[1].replace(parted["sign"], "")
    if text.count("/") == 1 and _AREA_SLASH.match(text):
        changed, text = True, text.replace("/", "")
    odd = next((sign for sign in text if sign not in _SIGNS), "")
    if odd:
        return ToFillIn() if _TO_FILL_IN.match(text) else OddSign(odd)
    if text[0] == "-" and text[1:].isdigit():
        return OddSign("-")
    return _joined(text.lstrip("([ "), changed=changed or "(" in text or "[" in text)


def _joined(text: str, *, changed: bool) -> Spelling | Several | Fault:
    plus = text.startswith("+")
    if "+" in text[1:]:
        return PlusInside()
    digits = "".join(sign for sign in text if sign.isdigit())
    if len(digits) > LONGEST and " " in text:
        return Several(_blank_separated(text))
    return Spelling(digits, plus=plus, changed=changed)


def _numbers_in(text: str, ends: re.Pattern[str]) -> tuple[str, ...]:
    """Return the pieces long enough to be numbers, each with the code that stands apart."""
    numbers: list[str] = []
    start, before = 0, ""
    for end in (*ends.finditer(text), None):
        piece = text[start : end.start()] if end else text[start:]
        digits = sum(sign.isdigit() for sign in piece)
        if digits >= _LEAST:
            numbers.append((before + piece).strip())
        start = end.end() if end else len(text)
        apart = 0 < digits < _LEAST and end is not None and text[start : start + 1] != "+"
        joins = apart and end is not None and (not end[0].strip(" \n/") or _CODE.match(piece))
        before = f"{before}{piece.strip()} " if joins else ""
    return tuple(numbers)


def _blank_separated(text: str) -> tuple[str, ...]:
    """Cut at the blank that leaves the two halves most alike."""
    blanks = [place for place, sign in enumerate(text) if sign == " "]
    middle = min(blanks, key=lambda place: abs(len(text) - 2 * place))
    return text[:middle].strip(), text[middle:].strip()
