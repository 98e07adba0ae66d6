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
_USUAL_SIGNS = frozenset("’‘“”«»–—№\xa0€°…`´")
_WORD = re.compile(r"[^\W\d_]+")
_LETTER = {letter: math.log2(often / _RARE) for letter, often in _CYRILLIC.items()}
_ACCENT, _STRANGE_LETTER, _STRANGE_SIGN, _USUAL = 2.0, -3.0, -4.0, 0.0
_MIXED, _CROWDED, _ODD_CASE = -4.0, -3.0, -4.0


def likeness(text: str) -> float:
    """Return how much a text's letters look like words; more is better.

    >>> likeness("ОЛЕНА") > likeness("ОЛЕНА".encode("cp1251").decode("koi8-u"))
    True
    """
    words = sum(_word(found[0]) for found in _WORD.finditer(text) if not found[0].isascii())
    signs = [sign for sign in text if not sign.isascii() and not sign.isalpha()]
    return words + sum(_USUAL if sign in _USUAL_SIGNS else _STRANGE_SIGN for sign in signs)


def _word(word: str) -> float:
    score, lower, accents = 0.0, word.lower(), 0
    for letter in lower:
        if letter in _LETTER:
            score += _LETTER[letter]
        elif not letter.isascii():
            accents += 1
            score += _ACCENT if letter in _ACCENTED else _STRANGE_LETTER
    ascii_letters = sum(letter.isascii() for letter in lower)
    cyrillic = len(lower) - ascii_letters - accents
    if cyrillic and cyrillic < len(lower):
        score += _MIXED
    if accents > 1 and accents > ascii_letters:  # accents stand among plain letters
        score += _CROWDED * accents
    return score + _ODD_CASE * _turns(word)


def _turns(word: str) -> int:
    """Count capitals behind small letters, and small ones behind several capitals."""
    turns = sum(before.islower() and after.isupper() for before, after in pairwise(word))
    return turns + (len(word) > 2 and word[:2].isupper() and not word.isupper())  # noqa: PLR2004
