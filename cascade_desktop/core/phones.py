"""Read phones: one person's number in, the same person's number out, or a reason why not.

The rule that never turned one person into another on 79,800 generated mobiles (libphonenumber
with a default country turns 18 % of them into somebody else's): mobiles only, the national
reading first, then with a plus; two different mobile readings are asked.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from cascade_desktop.core.numbering import (
    MOBILE,
    UNCLEAR,
    code_of,
    country_of,
    has_zero_trunk,
    kind_of,
    mobile_lengths,
    show_phone,
    split_code,
    trunks_of,
)
from cascade_desktop.core.phone_spelling import Several, Spelling, spell, without_number
from cascade_desktop.core.reading_problems import (
    AmbiguousPhone,
    LetterInPhone,
    LineKind,
    NotInUse,
    NotMobile,
    PhoneProblem,
    PlusInside,
    PlusNeeded,
    TooLong,
    TooShort,
    TwoPhones,
    UnknownCountryCode,
    WordsBesidePhone,
)

__all__ = ["PhoneReading", "country_of", "read_phone", "show_phone"]

_LOOK_ALIKE = str.maketrans(
    {
        **dict.fromkeys("OoОоQ", "0"),
        **dict.fromkeys("lIiІіЇїıL", "1"),
        **dict.fromkeys("ЗзЭэ", "3"),
        **dict.fromkeys("ЧчY", "4"),
        **dict.fromkeys("SsЅѕ", "5"),
        **dict.fromkeys("бGb", "6"),
        **dict.fromkeys("ВвB", "8"),
        **dict.fromkeys("Zz", "2"),
    }
)


@dataclass(frozen=True, slots=True)
class PhoneReading:
    """What a cell was read as: a phone, or a problem."""

    phone: str = ""
    """E.164, or "" when there is a problem."""
    repaired: bool = False
    """More than blanks and dashes were changed: worth showing before and after."""
    problem: PhoneProblem | None = None

    @property
    def country(self) -> str:
        """Return the country of the phone, or ""."""
        return country_of(self.phone) if self.phone else ""


def read_phone(cell: str, country: str) -> PhoneReading:
    """Read a cell as a mobile number, numbers without a country's code being of `country`.

    >>> read_phone("(050) 111-22-33", "UA").phone
    '+380501112233'
    >>> read_phone("044 123-45-67", "UA").problem
    NotMobile(kind=<LineKind.LANDLINE: 'landline'>)
    """
    spelled = spell(cell)
    match spelled:
        case Spelling():
            reading = read_digits(spelled, country)
            certain = spelled.plus or reading.phone.startswith("+" + code_of(country))
            return reading if certain else _unless_numbered(cell, reading, country)
        case PlusInside():
            return _unless_numbered(cell, PhoneReading(problem=spelled), country)
        case Several(parts):
            return _read_several(parts, country)
        case LetterInPhone(letter):
            return PhoneReading(problem=_with_suggestion(cell, letter, country))
        case WordsBesidePhone(number) if number:
            return PhoneReading(problem=WordsBesidePhone(read_phone(number, country).phone))
        case problem:
            return PhoneReading(problem=problem)
    assert_never(spelled)


def read_digits(spelled: Spelling, country: str) -> PhoneReading:
    """Decide whose number these digits are."""
    digits = spelled.digits
    if spelled.plus or digits.startswith("00"):
        written = digits if spelled.plus else digits[2:]
        phone = _international(written, accepted=(MOBILE, UNCLEAR))
        if not phone:
            return PhoneReading(problem=_why_not_international(written))
        repaired = spelled.changed or not spelled.plus or phone != written
        return PhoneReading("+" + phone, repaired)
    national = _national(digits, country, (MOBILE,))
    abroad = _international(digits, accepted=(MOBILE, UNCLEAR))
    if len(national) == 1 and abroad in {"", national[0]}:
        return PhoneReading("+" + national[0], repaired=True)
    national = national or (_national(digits, country, (UNCLEAR,)) if abroad else ())
    readings = dict.fromkeys((*national, *((abroad,) if abroad else ())))
    if len(readings) > 1:
        return PhoneReading(problem=AmbiguousPhone(tuple("+" + phone for phone in readings)))
    if abroad and kind_of(abroad) == MOBILE:
        return PhoneReading("+" + abroad, repaired=True)
    return PhoneReading(problem=_why_not_national(digits, abroad, country))


def _unless_numbered(cell: str, reading: PhoneReading, country: str) -> PhoneReading:
    """Keep a row's number apart from the phone behind it: 4. 073… is nobody's in Romania."""
    found = without_number(cell)
    if found is None:
        return reading
    rest, counts = found
    alone = read_phone(rest, country).phone
    whole = reading.phone
    if isinstance(reading.problem, PlusNeeded):
        whole = reading.problem.phone
    if not alone or alone == whole:
        return reading
    if whole:
        return PhoneReading(problem=AmbiguousPhone((alone, whole)))
    return PhoneReading(alone, repaired=True) if counts else reading


def _international(digits: str, accepted: tuple[str, ...]) -> str:
    """Return an international number that can get messages, as it is or without its trunk 0."""
    if digits.startswith("0"):
        return ""
    if kind_of(digits) in accepted:
        return digits
    code, rest = split_code(digits)
    if code and rest.startswith("0") and has_zero_trunk(code):  # +380 (0) 50 …
        without = code + rest[1:]
        if kind_of(without) in accepted:
            return without
    return ""


def _national(digits: str, country: str, accepted: tuple[str, ...]) -> tuple[str, ...]:
    """Return the numbers of a country that these digits may be, with or without a trunk."""
    code = code_of(country)
    if not code:
        return ()
    lengths = mobile_lengths(code)
    found: list[str] = []
    for trunk in trunks_of(country):
        if len(digits) - len(trunk) in lengths and digits.startswith(trunk):
            phone = code + digits[len(trunk) :]
            if kind_of(phone) in accepted and phone not in found:
                found.append(phone)
    return tuple(found)


def _read_several(parts: tuple[str, ...], country: str) -> PhoneReading:
    phones = dict.fromkeys(read_phone(part, country).phone for part in parts)
    found = tuple(phone for phone in phones if phone)
    if len(phones) == 1 and found:  # the same number twice
        return PhoneReading(found[0], repaired=True)
    return PhoneReading(problem=TwoPhones(found))


def _with_suggestion(cell: str, letter: str, country: str) -> LetterInPhone:
    digit = letter.translate(_LOOK_ALIKE)
    mended = unicodedata.normalize("NFKC", cell).translate(_LOOK_ALIKE)
    if not digit.isdigit() or isinstance(spell(mended), LetterInPhone):
        return LetterInPhone(letter)
    return LetterInPhone(letter, digit, read_phone(mended, country).phone)


def _why_not_international(digits: str) -> PhoneProblem:
    code, rest = split_code(digits)
    if not code:
        return UnknownCountryCode("+" + digits[:3])
    candidates = [rest]
    if has_zero_trunk(code) and rest.startswith("0") and len(rest) > max(mobile_lengths(code)):
        candidates.append(rest[1:])
    kind = _line_kind(code + rest for rest in candidates)
    return NotMobile(kind) if kind else _wrong_length(code, candidates[-1])


def _why_not_national(digits: str, abroad: str, country: str) -> PhoneProblem:
    code = code_of(country)
    if abroad:
        return PlusNeeded("+" + abroad)
    if not code:
        return UnknownCountryCode("")
    candidates = [digits[len(t) :] for t in trunks_of(country) if digits.startswith(t)]
    unclear = next((rest for rest in candidates if kind_of(code + rest) == UNCLEAR), "")
    if unclear:
        return PlusNeeded(f"+{code}{unclear}")
    kind = _line_kind((*(code + rest for rest in candidates), digits))
    if kind:
        return NotMobile(kind)
    if digits.startswith(code) and len(digits) > len(code) + 2:
        return _why_not_international(digits)
    return _wrong_length(code, candidates[0])


def _line_kind(numbers: Iterable[str]) -> LineKind | None:
    """Return what the first of these numbers that exists is."""
    kinds = (kind_of(number) for number in numbers)
    return next((kind for kind in kinds if isinstance(kind, LineKind)), None)


def _wrong_length(code: str, rest: str) -> TooShort | TooLong | NotInUse:
    lengths = mobile_lengths(code)
    if lengths and len(rest) < min(lengths):
        return TooShort("+" + code, min(lengths), len(rest))
    if lengths and len(rest) > max(lengths):
        return TooLong("+" + code, max(lengths), len(rest))
    return NotInUse("+" + code, rest[:2])
