"""Ask the numbering plans what a number is: the only module that knows `phonenumbers`."""

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberDesc, PhoneNumberType

from cascade_desktop.core.reading_problems import LineKind

SATELLITE_CODES = frozenset({"870", "881", "882", "883"})
_LONGEST_CODE = 3
_LONGEST_NUMBER = 15  # ITU-T E.164
_CODES = frozenset(map(str, phonenumbers.COUNTRY_CODE_TO_REGION_CODE))

_KINDS = {
    PhoneNumberType.FIXED_LINE: LineKind.LANDLINE,
    PhoneNumberType.PREMIUM_RATE: LineKind.PREMIUM,
    PhoneNumberType.TOLL_FREE: LineKind.TOLL_FREE,
    PhoneNumberType.SHARED_COST: LineKind.SHARED_COST,
    PhoneNumberType.VOIP: LineKind.INTERNET,
    PhoneNumberType.PERSONAL_NUMBER: LineKind.PERSONAL,
    PhoneNumberType.PAGER: LineKind.PAGER,
    PhoneNumberType.UAN: LineKind.COMPANY,
    PhoneNumberType.VOICEMAIL: LineKind.VOICEMAIL,
}

MOBILE = "mobile"
UNCLEAR = "unclear"
"""The plan does not tell mobiles from landlines (US, Canada, Mexico and others)."""

Kind = LineKind | str
"""MOBILE, UNCLEAR, a LineKind, or "" for no number at all."""


def split_code(digits: str) -> tuple[str, str]:
    """Cut an international number into the country's code and the rest.

    >>> split_code("380501112233")
    ('380', '501112233')
    """
    for length in range(1, _LONGEST_CODE + 1):
        if digits[:length] in _CODES:
            return digits[:length], digits[length:]
    return "", digits


@lru_cache(maxsize=512)
def code_of(country: str) -> str:
    """Return a country's calling code, or "" for no country.

    >>> code_of("UA")
    '380'
    """
    code = phonenumbers.country_code_for_region(country)
    return str(code) if code else ""


@lru_cache(maxsize=512)
def trunks_of(country: str) -> tuple[str, ...]:
    """Return what may stand before a national number, longest first, "" included.

    Ukraine and Belarus had 8 0…: still in many lists.

    >>> trunks_of("UA")
    ('80', '0', '')
    """
    plan = PhoneMetadata.metadata_for_region(country, None)
    trunk = (plan.national_prefix if plan else "") or ""
    old = ("80",) if country in {"UA", "BY"} else ()
    return (*old, *((trunk,) if trunk else ()), "")


@lru_cache(maxsize=512)
def has_zero_trunk(code: str) -> bool:
    """Tell whether people of this country write a 0 before national numbers."""
    plan = PhoneMetadata.metadata_for_region(_codes()[int(code)][0], None)
    return bool(plan and plan.national_prefix == "0")


@lru_cache(maxsize=4096)
def mobile_lengths(code: str) -> tuple[int, ...]:
    """Return how many digits a mobile number of this code has after it."""
    region = _codes()[int(code)][0]
    plan = PhoneMetadata.metadata_for_region_or_calling_code(int(code), region)
    for part in (plan.mobile, plan.general_desc) if plan else ():
        lengths = tuple(n for n in (part.possible_length if part else ()) if n > 0)
        if lengths:
            return lengths
    return ()


def kind_of(digits: str) -> Kind:
    """Tell what an international number, digits only, is.

    >>> kind_of("380501112233"), kind_of("12025550123"), kind_of("380000000000")
    ('mobile', 'unclear', '')
    """
    return _found(digits)[0]


@lru_cache(maxsize=4096)
def _found(digits: str) -> tuple[Kind, str]:
    """Tell what a number is and whose: a cell asks for both, and more than once."""
    code, rest = split_code(digits)
    if not code or not rest:
        return "", ""
    regions = _regions(code)
    plan = _plan(code)
    if _is_mobile_at_once(plan, rest):
        kind, name = MOBILE, regions[0].name
    else:
        region = _region_of(regions, rest)
        kind, name = region or ("", "")
    if len(digits) > _LONGEST_NUMBER:
        kind = ""
    if kind and code in SATELLITE_CODES:
        kind = LineKind.SATELLITE
    return kind, name or regions[0].name


def slow_kind_of(digits: str) -> Kind:
    """Tell the same, asking `phonenumbers` for everything; the two must always agree."""
    code, rest = split_code(digits)
    if not code or not rest or len(digits) > _LONGEST_NUMBER:
        return ""
    number = _number(code, rest)
    if not phonenumbers.is_valid_number(number):
        return ""
    if code in SATELLITE_CODES:
        return LineKind.SATELLITE
    kind = phonenumbers.number_type(number)
    if kind == PhoneNumberType.MOBILE:
        return MOBILE
    if kind == PhoneNumberType.FIXED_LINE_OR_MOBILE:
        return UNCLEAR
    return _KINDS.get(kind, "")


@dataclass(frozen=True, slots=True)
class _Plan:
    """What decides most numbers of a code at a glance."""

    lengths: frozenset[int]
    """Of any number of this code, after it."""
    mobile: re.Pattern[str] | None
    """The first region's mobiles; None where a glance does not decide."""
    others: re.Pattern[str]
    """Everything of that region that is tried before mobiles."""


def _is_mobile_at_once(plan: _Plan, rest: str) -> bool:
    """Tell whether a number is a mobile of the first country that has the code."""
    return bool(
        len(rest) in plan.lengths
        and plan.mobile
        and plan.mobile.match(rest)
        and not plan.others.match(rest)
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """The numbers of one kind in one country."""

    kind: Kind
    lengths: frozenset[int]
    """None of them where the pattern alone decides."""
    pattern: re.Pattern[str]

    def holds(self, rest: str) -> bool:
        """Tell whether a number is one of them."""
        fits = not self.lengths or len(rest) in self.lengths
        return fits and self.pattern.fullmatch(rest) is not None


@dataclass(frozen=True, slots=True)
class _Region:
    """One country's numbers as `phonenumbers` knows them, ready to be asked a million times."""

    name: str
    leading: re.Pattern[str] | None
    """What its numbers begin with; decides alone whose a number is."""
    every: _Part | None
    parts: tuple[_Part, ...]
    """In the order in which they are tried, before landlines and mobiles."""
    special: re.Pattern[str]
    """All of them at once, whatever their lengths."""
    fixed: _Part | None
    mobile: _Part | None
    is_alike: bool
    """Its landlines and mobiles look the same."""


def _kind_in(region: _Region, rest: str) -> Kind:
    """Tell what a number is in a country, as `phonenumbers` does in `_number_type_helper`."""
    if region.every is None or not region.every.holds(rest):
        return ""
    if region.special.fullmatch(rest):
        found = next((part.kind for part in region.parts if part.holds(rest)), "")
        if found:
            return found
    mobile = region.mobile is not None and not region.is_alike and region.mobile.holds(rest)
    if region.fixed is not None and region.fixed.holds(rest):
        return UNCLEAR if region.is_alike or mobile else LineKind.LANDLINE
    return MOBILE if mobile else ""


def _region_of(regions: tuple[_Region, ...], rest: str) -> tuple[Kind, str] | None:
    """Tell which country has a number, as `region_code_for_number` does, and what it is there."""
    for region in regions:
        if region.leading is None or len(regions) == 1:
            kind = _kind_in(region, rest)
            if kind or len(regions) == 1:
                return kind, region.name
        elif region.leading.match(rest):
            return _kind_in(region, rest), region.name
    return None


@lru_cache(maxsize=512)
def _regions(code: str) -> tuple[_Region, ...]:
    found: list[_Region] = []
    for name in _codes()[int(code)]:
        plan = PhoneMetadata.metadata_for_region_or_calling_code(int(code), name)
        if plan is None:
            continue
        parts = (
            (LineKind.PREMIUM, plan.premium_rate),
            (LineKind.TOLL_FREE, plan.toll_free),
            (LineKind.SHARED_COST, plan.shared_cost),
            (LineKind.INTERNET, plan.voip),
            (LineKind.PERSONAL, plan.personal_number),
            (LineKind.PAGER, plan.pager),
            (LineKind.COMPANY, plan.uan),
            (LineKind.VOICEMAIL, plan.voicemail),
        )
        known = tuple(part for kind, told in parts if (part := _part(kind, told)))
        found.append(
            _Region(
                name=name,
                leading=re.compile(plan.leading_digits) if plan.leading_digits else None,
                every=_part("", plan.general_desc),
                parts=known,
                special=_whole([part.pattern.pattern for part in known]),
                fixed=_part(LineKind.LANDLINE, plan.fixed_line),
                mobile=_part(MOBILE, plan.mobile),
                is_alike=bool(plan.same_mobile_and_fixed_line_pattern),
            )
        )
    return tuple(found)


def _part(kind: Kind, described: PhoneNumberDesc | None) -> _Part | None:
    pattern = described.national_number_pattern if described else None
    if described is None or not pattern:
        return None
    return _Part(kind, frozenset(described.possible_length), re.compile(pattern))


@lru_cache(maxsize=512)
def _plan(code: str) -> _Plan:
    regions = _codes()[int(code)]
    plans = [PhoneMetadata.metadata_for_region_or_calling_code(int(code), r) for r in regions]
    known = [plan for plan in plans if plan]
    lengths = frozenset(
        n
        for plan in known
        for n in (plan.general_desc.possible_length if plan.general_desc else ())
    )
    first = known[0]
    alike = first.same_mobile_and_fixed_line_pattern
    decides = code not in SATELLITE_CODES and not first.leading_digits and not alike
    mobile = first.mobile.national_number_pattern if decides and first.mobile else None
    others = (
        *(first.premium_rate, first.toll_free, first.shared_cost, first.voip),
        *(first.personal_number, first.pager, first.uan, first.voicemail, first.fixed_line),
    )
    patterns = [part.national_number_pattern for part in others if part]
    return _Plan(
        lengths=lengths,
        mobile=_whole([mobile]) if mobile else None,
        others=_whole([pattern for pattern in patterns if pattern]),
    )


@lru_cache(maxsize=512)
def mobile_pattern(code: str) -> str | None:
    """Return what matches the mobiles of a code at a glance, without it; None for no such thing."""
    plan = _plan(code)
    if plan.mobile is None:
        return None
    lengths = sorted(plan.lengths.intersection(mobile_lengths(code)))
    lengthy = "|".join(f"[0-9]{{{length}}}" for length in lengths) or "(?!)"
    mobile = plan.mobile.pattern.removesuffix(r"\Z")
    return rf"(?=(?:{lengthy})\Z)(?!{plan.others.pattern}){mobile}"


def _whole(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(patterns or ["(?!)"]) + r")\Z")


def country_of(phone: str) -> str:
    """Return the country of an E.164 number, or "".

    >>> country_of("+380501112233")
    'UA'
    """
    return _found(phone.removeprefix("+"))[1]


def show_phone(phone: str) -> str:
    """Write an E.164 number with blanks, as people read it.

    >>> show_phone("+380501112233")
    '+380 50 111 22 33'
    """
    code, rest = split_code(phone.removeprefix("+"))
    if not code or not rest:
        return phone
    if code == "380" and len(rest) == 9:  # noqa: PLR2004  (as Ukrainians write it, not 111 2233)
        return f"+380 {rest[:2]} {rest[2:5]} {rest[5:7]} {rest[7:]}"
    return phonenumbers.format_number(
        _number(code, rest), phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )


def phone_hint(country: str) -> str:
    """Show how a mobile of a country is written, with a line in the place of each digit.

    >>> phone_hint("UA"), phone_hint("IT")
    ('+380 __ ___ __ __', '+39 ___ ___ ____')
    """
    example = phonenumbers.example_number_for_type
    sample = example(country, PhoneNumberType.MOBILE) or example("UA", PhoneNumberType.MOBILE)
    if sample is None:
        return "+"
    written = show_phone(phonenumbers.format_number(sample, phonenumbers.PhoneNumberFormat.E164))
    code = f"+{sample.country_code}"
    return code + re.sub("[0-9]", "_", written.removeprefix(code))


def _codes() -> dict[int, tuple[str, ...]]:
    return phonenumbers.COUNTRY_CODE_TO_REGION_CODE


def _number(code: str, rest: str) -> phonenumbers.PhoneNumber:
    zeros = min(len(rest) - len(rest.lstrip("0")), len(rest) - 1)
    return phonenumbers.PhoneNumber(
        country_code=int(code),
        national_number=int(rest),
        italian_leading_zero=True if zeros else None,
        number_of_leading_zeros=zeros if zeros > 1 else None,
    )
