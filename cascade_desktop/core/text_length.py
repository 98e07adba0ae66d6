"""How long a text is, in the units that Viber, Telegram and SMS count."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENDED = frozenset("\f^{}\\[~]|€")
_GSM_ALL = GSM_BASIC | GSM_EXTENDED


class Encoding(StrEnum):
    """How an SMS is coded; one character outside GSM-7 makes the whole text UCS-2."""

    GSM7 = "gsm7"
    UCS2 = "ucs2"


@dataclass(frozen=True, slots=True)
class SmsSize:
    """What a text costs as SMS: its coding, its length in that coding, and its parts."""

    encoding: Encoding
    units: int
    parts: int
    room: int
    """Units still free in the last part."""
    doubled: int = 0
    """Characters that take two units."""


@dataclass(frozen=True, slots=True)
class _Coding:
    encoding: Encoding
    single: int
    part: int
    takes_two: Callable[[str], bool]


_GSM7 = _Coding(Encoding.GSM7, 160, 153, GSM_EXTENDED.__contains__)
_UCS2 = _Coding(Encoding.UCS2, 70, 67, "\uffff".__lt__)


def count_units(text: str) -> int:
    """Count UTF-16 code units, the length that the service's limits mean.

    >>> count_units("нас💛")
    5
    """
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def measure_sms(text: str) -> SmsSize:
    """Measure a text as SMS (GSM 03.38; 160 then 153, or 70 then 67 units a part).

    A character that takes two units is never torn between two parts.

    >>> measure_sms("Hello").parts, measure_sms("Привіт").encoding.value
    (1, 'ucs2')
    """
    if _GSM_ALL.issuperset(text):
        pairs = sum(map(text.count, GSM_EXTENDED))
        return _measure(text, _GSM7, len(text) + pairs)
    return _measure(text, _UCS2, count_units(text))


def sms_lengths(encoding: Encoding) -> tuple[int, int]:
    """Return how many units a single SMS holds, and each part of several."""
    coding = _GSM7 if encoding is Encoding.GSM7 else _UCS2
    return coding.single, coding.part


def sure_room(encoding: Encoding, parts: int, doubled: int) -> int:
    """Return how many units fit into so many parts wherever the doubled characters stand.

    Each of them can leave a unit empty at the end of one part, but not of the last.

    >>> sure_room(Encoding.UCS2, 1, 1), sure_room(Encoding.UCS2, 3, 1)
    (70, 200)
    """
    single, part = sms_lengths(encoding)
    return single if parts == 1 else parts * part - min(parts - 1, doubled)


def unicode_characters(text: str) -> tuple[str, ...]:
    """Return the different characters that force UCS-2, in the order of their first use."""
    return tuple(dict.fromkeys(char for char in text if char not in _GSM_ALL))


def _measure(text: str, coding: _Coding, units: int) -> SmsSize:
    doubled = units - len(text)
    if units <= coding.single:
        return SmsSize(coding.encoding, units, 1, coding.single - units, doubled)
    parts, used = -(-units // coding.part), units % coding.part or coding.part
    if doubled:
        parts, used = 1, 0
        for char in text:
            width = 2 if coding.takes_two(char) else 1
            if used + width > coding.part:
                parts, used = parts + 1, 0
            used += width
    return SmsSize(coding.encoding, units, parts, coding.part - used, doubled)
