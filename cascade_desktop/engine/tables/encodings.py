"""Find the encoding of delimited text by rules; a detector never decides.

charset-normalizer calls valid UTF-8 something else in 7 of 56 one-row files; so: byte order mark,
strict UTF-8 over the whole, UTF-16 by its NULs, then what is usual in the region, by its letters.
"""

import codecs
import re
from dataclasses import dataclass

from cascade_desktop.core.reading_problems import FileFault
from cascade_desktop.engine.tables.letters import likeness
from cascade_desktop.engine.tables.unreadable import refuse

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CYRILLIC = ("cp1251", "koi8-u", "cp866", "mac-cyrillic", "iso-8859-5")
_WESTERN = ("cp1252", "iso-8859-15", "mac-roman")
_CENTRAL = ("cp1250", "iso-8859-2", "cp1252")
_REGIONS = {
    **dict.fromkeys(("UA", "RU", "BY", "KZ", "BG", "KG", "UZ"), (*_CYRILLIC, "cp1252", "cp1250")),
    **dict.fromkeys(("PL", "CZ", "SK", "HU", "RO", "HR", "SI"), _CENTRAL + _CYRILLIC[:1]),
}
_SAMPLE_BYTES = 60_000
_NULS_OF_UTF16 = 0.04
"""Of the letters, those whose other half is NUL: digits, blanks and separators at least."""
_STRAY_NULS = 0.02
_USUAL = 1.5
"""The region's first candidate needs a little less than the others."""
_CJK = "\u2e80"
_BAD_IN_UTF8 = 0.02
_SHORTEST_OF_THREE = "\u0800"
_LEAST_TOLD, _TOLD_TO_BAD = 3, 4
"""No old encoding makes so many letters of two right bytes for each wrong one, in a short file."""
_WITH_ACCENTS = re.compile(rb"[^\n]*[\x80-\xff][^\n]*")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and how it was read; `others` are plausible too, best first."""

    text: str
    encoding: str
    others: tuple[str, ...] = ()


def decode(data: bytes, country: str, encoding: str | None = None) -> Decoded:
    """Turn a file's bytes into text, signs that nobody sees taken out."""
    if encoding:
        return Decoded(_clean(_decoded_as(data, encoding)), encoding)
    known = _by_mark(data) or _utf16(data) or _utf8(data)
    if known:
        return Decoded(_clean(known[0]), known[1])
    return _mostly_utf8(data, country) or _regional(data, country)


def usual_encodings(country: str) -> tuple[str, ...]:
    """Return what text from a country is often written in, the likeliest first."""
    return _REGIONS.get(country, _WESTERN + _CYRILLIC[:1])


def _decoded_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        refuse(FileFault.WRONG_ENCODING, detail=encoding)


def _by_mark(data: bytes) -> tuple[str, str] | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                whole = len(data) // 2 * 2 if encoding == "utf-16" else len(data)
                return data[:whole].decode(encoding), encoding.removesuffix("-sig")
            except UnicodeError:
                if encoding != "utf-8-sig":
                    refuse(FileFault.CORRUPT)
    return None


def _utf8(data: bytes) -> tuple[str, str] | None:
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if error.end >= len(data) and error.reason == "unexpected end of data" and error.start:
            return data[: error.start].decode("utf-8"), "utf-8"  # cut off within a letter
    return None


def _mostly_utf8(data: bytes, country: str) -> Decoded | None:
    """Read UTF-8 with a damaged letter here and there."""
    text = data.decode("utf-8", "replace")
    letters = sum(1 for sign in text[:_SAMPLE_BYTES] if not sign.isascii())
    bad = text.count("\ufffd")
    few = text[:_SAMPLE_BYTES].count("\ufffd") <= letters * _BAD_IN_UTF8
    few = few and bad <= max(letters, len(text) // 10) * _BAD_IN_UTF8
    told = sum(1 for sign in text[:_SAMPLE_BYTES] if "\x80" <= sign < _SHORTEST_OF_THREE)
    if not few and (told < _LEAST_TOLD or bad * _TOLD_TO_BAD > told):
        return None
    return Decoded(_clean(text), "utf-8", usual_encodings(country))


def _utf16(data: bytes) -> tuple[str, str] | None:
    """Know UTF-16 without a mark by NULs that are all on one side."""
    if b"\x00" not in data:
        return None
    even, odd = data[0::2].count(0), data[1::2].count(0)
    many, few = max(even, odd), min(even, odd)
    if many < len(data) / 2 * _NULS_OF_UTF16 or few > many * _STRAY_NULS:
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = data[: len(data) // 2 * 2].decode(encoding)
    except UnicodeError:
        return None
    if sum(sign >= _CJK for sign in text[:_SAMPLE_BYTES]) * 4 > len(text[:_SAMPLE_BYTES]):
        return None
    return text, encoding


def _regional(data: bytes, country: str) -> Decoded:
    candidates = usual_encodings(country)
    sample = _telling_lines(data)
    scores = {
        name: score for name in candidates if (score := _score(sample, name, country)) is not None
    }
    if candidates[0] in scores:
        scores[candidates[0]] += _USUAL
    ranked = sorted(scores, key=lambda name: -scores[name])
    for name in ranked:
        try:
            text = data.decode(name)
        except UnicodeError:
            continue
        least = scores[name] * 0.5
        others = tuple(other for other in ranked if other != name and scores[other] > least)
        return Decoded(_clean(text), name, others)
    return Decoded(_clean(data.decode("cp1252", "replace")), "cp1252", candidates)


def _telling_lines(data: bytes) -> bytes:
    """Return the first lines with letters that tell encodings apart."""
    lines: list[bytes] = []
    size = 0
    for found in _WITH_ACCENTS.finditer(data):
        lines.append(found[0][:_SAMPLE_BYTES])
        size += len(lines[-1])
        if size > _SAMPLE_BYTES:
            break
    return b"\n".join(lines)


def _score(sample: bytes, encoding: str, country: str) -> float | None:
    """Judge how much a text looks like words of people."""
    try:
        return likeness(sample.decode(encoding), country)
    except UnicodeError:
        return None


def _clean(text: str) -> str:
    """Take out NULs, stray byte order marks and DOS's end-of-file sign."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    if "\ufeff" in text:
        text = text.replace("\ufeff", "")
    return text.removesuffix("\x1a") if text.endswith("\x1a") else text.rstrip("\x1a")
