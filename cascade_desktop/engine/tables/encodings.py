"""Find the encoding of delimited text by rules; a detector never decides.

charset-normalizer calls valid UTF-8 something else in 7 of 56 one-row files; so: byte order mark,
strict UTF-8 over the whole, UTF-16 by its NULs, then what is usual in the region, by its letters.
"""

import codecs
from collections import Counter
from dataclasses import dataclass

from cascade_desktop.core.reading_problems import FileFault
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
    **dict.fromkeys(("UA", "RU", "BY", "KZ", "BG", "KG", "UZ"), _CYRILLIC + _WESTERN[:1]),
    **dict.fromkeys(("PL", "CZ", "SK", "HU", "RO", "HR", "SI"), _CENTRAL + _CYRILLIC[:1]),
}
_FREQUENT = {
    "cyrillic": Counter(dict.fromkeys("оаинтевірслкудмпяьзгйбчхцжшюєїщґфыэё", 2)),
    "latin": Counter(dict.fromkeys("àèéìòùäöüßąćęłńóśźżçñáíúâêîôû", 2)),
}
_SAMPLE_BYTES = 200_000
_NULS_OF_UTF16 = 0.2


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
    known = _by_mark(data) or _utf8(data) or _utf16(data)
    if known:
        return Decoded(_clean(known[0]), known[1])
    return _regional(data, country)


def _decoded_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        refuse(FileFault.WRONG_ENCODING, detail=encoding)


def _by_mark(data: bytes) -> tuple[str, str] | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding.removesuffix("-sig")
            except UnicodeError:
                if encoding != "utf-8-sig":
                    refuse(FileFault.CORRUPT)
    return None


def _utf8(data: bytes) -> tuple[str, str] | None:
    if b"\x00" in data and data.count(b"\x00") > len(data) * _NULS_OF_UTF16:
        return None
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if error.end >= len(data) and error.reason == "unexpected end of data" and error.start:
            return data[: error.start].decode("utf-8"), "utf-8"  # cut off within a letter
    return None


def _utf16(data: bytes) -> tuple[str, str] | None:
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if max(even, odd) < len(data) / 2 * _NULS_OF_UTF16:
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    try:
        return data[: len(data) // 2 * 2].decode(encoding), encoding
    except UnicodeError:
        refuse(FileFault.NOT_A_SPREADSHEET)


def _regional(data: bytes, country: str) -> Decoded:
    sample = bytes(byte for byte in data if byte > 127 or byte in b"\n ;,\t")[:_SAMPLE_BYTES]  # noqa: PLR2004
    sample = data[: max(_SAMPLE_BYTES, 4 * len(sample))][:_SAMPLE_BYTES] if sample else data
    candidates = _REGIONS.get(country, _WESTERN + _CYRILLIC[:1])
    scores = {name: score for name in candidates if (score := _score(sample, name)) is not None}
    for name in sorted(scores, key=lambda name: -scores[name]):
        try:
            text = data.decode(name)
        except UnicodeError:
            continue
        best = scores[name]
        others = tuple(other for other in scores if other != name and scores[other] > best * 0.5)
        return Decoded(_clean(text), name, others)
    return Decoded(_clean(data.decode("cp1252", "replace")), "cp1252", tuple(candidates))


def _score(sample: bytes, encoding: str) -> float | None:
    """Judge how much a text looks like words: common letters, lower case inside words."""
    try:
        text = sample.decode(encoding)
    except UnicodeError:
        return None
    score = 0.0
    before = " "
    for sign in text:
        if not sign.isascii():
            score += _weight(sign, before)
        before = sign
    return score


def _weight(sign: str, before: str) -> float:
    lower = sign.lower()
    if lower in _FREQUENT["cyrillic"] or lower in _FREQUENT["latin"]:
        if sign.isupper() and before.isalpha() and before.islower():
            return -2.0
        return 1.5 if sign.islower() else 1.0
    if sign in "’‘“”«»–—№\xa0€°":
        return 0.5
    return -1.0 if sign.isalpha() else -2.0


def _clean(text: str) -> str:
    """Take out NULs, stray byte order marks and DOS's end-of-file sign."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    if "\ufeff" in text:
        text = text.replace("\ufeff", "")
    return text.removesuffix("\x1a") if text.endswith("\x1a") else text.rstrip("\x1a")
