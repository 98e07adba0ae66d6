"""Judge how much a text looks like words: what tells one old encoding from another."""

import math
import re
from itertools import pairwise

_CYRILLIC = dict(
    zip(
        "оаинеівтрскулдмпяьзгбчйхжшюцщїєфґыэёъ",
        (
            *(94, 80, 60, 65, 60, 40, 50, 52, 45, 43, 38, 36, 38, 32, 30, 28, 25, 20, 22, 16),
            *(16, 13, 12, 11, 8, 7, 7, 7, 4, 6, 5, 4, 2, 8, 3, 5, 1),
        ),
        strict=True,
    )
)
"""How often a letter stands among a thousand of Ukrainian and Russian text."""
_RARE = 8
_ACCENTED = frozenset("àèéìòùäöüßąćęłńóśźżçñáíúâêîôûãõåøæëïýčďěňřšťůžőűășțşţ")
_AT_HOME = {
    "IT": frozenset("àèéìòùíóú"),
    **dict.fromkeys(("DE", "AT", "CH"), frozenset("äöüßéèà")),
    "FR": frozenset("àâçéèêëîïôùûüÿœæ"),
    "ES": frozenset("áéíóúüñ"),
    "PL": frozenset("ąćęłńóśźż"),
    **dict.fromkeys(("CZ", "SK"), frozenset("áäčďéěíĺľňóôřŕšťúůýž")),
    "RO": frozenset("ăâîșțşţ"),
    "HU": frozenset("áéíóöőúüű"),
}
"""Letters that a country's own language writes; others are names from abroad, and rare."""
_USUAL_SIGNS = frozenset("’‘“”«»–—№\xa0€°…`´")
_WORD = re.compile(r"[^\W\d_]+")
_LETTER = {letter: math.log2(often / _RARE) for letter, often in _CYRILLIC.items()}
_HOME_ACCENT, _ACCENT, _STRANGE_LETTER, _STRANGE_SIGN, _USUAL = 4.0, 2.0, -3.0, -4.0, 0.0
_EURO = 2.5
_EURO_ALONE = re.compile(r"(?<![^\W\d_])€(?![^\W\d_])")
_AMID = re.compile(r"[€…‘“](?<=[^\W\d_].)[^\W\d_]|[€…](?=[^\W\d_])")
_UKRAINIAN, _RUSSIAN = frozenset("іїєґ"), frozenset("ыэёъ")
"""No word has letters of both alphabets."""
_NO_BEGINNING = re.compile(r"[ьъы]|.*[аеєиіїоуюяэыё][ьъ]")
_MIXED, _CROWDED, _ODD_CASE = -4.0, -3.0, -4.0


def likeness(text: str, country: str = "UA") -> float:
    """Return how much a text's letters look like words; more is better.

    >>> likeness("ОЛЕНА") > likeness("ОЛЕНА".encode("cp1251").decode("koi8-u"))
    True
    """
    home = _AT_HOME.get(country, frozenset())
    words = sum(_word(found[0], home) for found in _WORD.finditer(text) if not found[0].isascii())
    signs = [sign for sign in text if not sign.isascii() and not sign.isalpha()]
    odd = sum(_USUAL if sign in _USUAL_SIGNS else _STRANGE_SIGN for sign in signs)
    return (
        words + odd + _EURO * len(_EURO_ALONE.findall(text)) + _ODD_CASE * len(_AMID.findall(text))
    )


def _word(word: str, home: frozenset[str]) -> float:
    score, lower, accents = 0.0, word.lower(), 0
    for letter in lower:
        if letter in _LETTER:
            score += _LETTER[letter]
        elif not letter.isascii():
            accents += 1
            known = _ACCENT if letter in _ACCENTED else _STRANGE_LETTER
            score += _HOME_ACCENT if letter in home else known
    ascii_letters = sum(letter.isascii() for letter in lower)
    cyrillic = len(lower) - ascii_letters - accents
    if cyrillic and cyrillic < len(lower):
        score += _MIXED
    two = _UKRAINIAN.intersection(lower) and _RUSSIAN.intersection(lower)
    if cyrillic and (two or _NO_BEGINNING.match(lower)):
        score += _MIXED
    if accents > 1 and accents > ascii_letters:  # accents stand among plain letters
        score += _CROWDED * accents
    return score + _ODD_CASE * _turns(word)


def _turns(word: str) -> int:
    """Count capitals behind small letters, and small ones behind several capitals."""
    turns = sum(before.islower() and after.isupper() for before, after in pairwise(word))
    return turns + (len(word) > 2 and word[:2].isupper() and not word.isupper())  # noqa: PLR2004
