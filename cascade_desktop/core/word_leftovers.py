"""What Word and web pages leave in a text that is pasted: signs that nobody typed."""

import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum

from cascade_desktop.core.template import parse

_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_TABS = re.compile("\t+")
_LINE_ENDS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_QUOTES = re.compile("[“”„‟‘’‚‛]")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b\u2060-\u2064\ufeff\ufffc]")
_JOINERS = re.compile(
    "(?<![^\\W\\d_])\u200c+|\u200c+(?![^\\W\\d_])|(?<=[\\w\\s.,!?])\u200d+|\u200d+(?=[\\w\\s.,!?])"
)
"""Joiners stay inside words and emoji, where they mean something."""
_DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_QUOTED = {**dict.fromkeys("“”„‟", '"'), **dict.fromkeys("‘’‚‛", "'")}


class Leftover(StrEnum):
    """One kind of what Word leaves."""

    BLANKS = "blanks"
    TABS = "tabs"
    LINE_ENDS = "line_ends"
    INVISIBLE = "invisible"
    QUOTES = "quotes"
    ACCENTS = "accents"


def find_leftovers(text: str) -> tuple[tuple[Leftover, int], ...]:
    """Count what was left, each kind that there is.

    >>> find_leftovers("5\u00a0kg “Sale”")
    ((<Leftover.BLANKS: 'blanks'>, 1), (<Leftover.QUOTES: 'quotes'>, 2))
    """
    if text.isascii() and text.replace("\n", "").isprintable():
        return ()
    counts = {kind: _count(kind, text) for kind in Leftover}
    return tuple((kind, count) for kind, count in counts.items() if count)


def clean(text: str) -> str:
    """Write the same with ordinary signs; names of columns stay as they are.

    >>> clean("5\u00a0kg\u200b “Sale”")
    '5 kg "Sale"'
    """
    composed: list[str] = []
    at = 0
    for name in parse(text).placeholders:
        composed += (_clean(text[at : name.start]), text[name.start : name.end])
        at = name.end
    return "".join((*composed, _clean(text[at:])))


def _clean(piece: str) -> str:
    if piece.isascii() and piece.isprintable():
        return piece
    composed = unicodedata.normalize("NFC", piece)
    for pattern, plain in _steps(composed):
        composed = pattern.sub(plain, composed)
    return unicodedata.normalize("NFC", composed)


def _steps(
    piece: str,
) -> tuple[tuple["re.Pattern[str]", str | Callable[["re.Match[str]"], str]], ...]:
    invisible = [(_INVISIBLE, ""), (_JOINERS, "")]
    if not _RIGHT_TO_LEFT.search(piece):
        invisible.append((_DIRECTIONS, ""))
    return (
        (_LINE_ENDS, "\n"),
        (_BLANKS, " "),
        (_TABS, " "),
        (_QUOTES, lambda found: _QUOTED[found.group()]),
        *invisible,
    )


def _count(kind: Leftover, text: str) -> int:
    match kind:
        case Leftover.BLANKS:
            return len(_BLANKS.findall(text))
        case Leftover.TABS:
            return len(_TABS.findall(text))
        case Leftover.LINE_ENDS:
            return len(_LINE_ENDS.findall(text))
        case Leftover.INVISIBLE:
            directions = 0 if _RIGHT_TO_LEFT.search(text) else len(_DIRECTIONS.findall(text))
            return sum(map(len, (_INVISIBLE.findall(text), _JOINERS.findall(text)))) + directions
        case Leftover.QUOTES:
            return len(_QUOTES.findall(text))
        case Leftover.ACCENTS:
            return max(0, len(text) - len(unicodedata.normalize("NFC", text)))
