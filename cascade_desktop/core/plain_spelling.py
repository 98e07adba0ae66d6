"""Other spellings of a text that need fewer SMS: plain signs, and Latin letters."""

import re
import unicodedata
from collections.abc import Callable

from cascade_desktop.core.text_length import unicode_characters

_PLACEHOLDER = re.compile(r"\{\{|\}\}|(\{[^{}|]*\|?)([^{}]*)(\})")
_QUOTED = {
    '"': "“”„‟«»″〝〞",
    "'": "‘’‚‛‹›′ʼʹ`´",
    "-": "‐‑‒–—―−⁃",
    " ": "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
    "\u205f\u3000",
    "\n": "\v\x85\u2028\u2029",
    "*": "•·∙●",
    "": "\u00ad\u200b\u200c\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e",
}
_SIGNS = {
    **{sign: plain for plain, signs in _QUOTED.items() for sign in signs},
    "…": "...", "©": "(c)", "®": "(r)", "™": "(tm)", "№": "No.", "×": "x", "÷": "/",
    "½": "1/2", "¼": "1/4", "¾": "3/4", "²": "2", "³": "3", "₴": "UAH", "≤": "<=", "≥": ">=",
    "→": "->", "←": "<-",
}  # fmt: skip
_UKRAINIAN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh",
    "з": "z", "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n",
    "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu", "я": "ia",
}  # fmt: skip
"""Cabinet of Ministers of Ukraine, resolution 55 of 27 January 2010: within a word."""
_AT_THE_START = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_ZGH = "зг", "zgh"
"""Not "zh", which would read as ж: Згорани, Розгон."""
_STRESS = "\u0301"
_STRESSED = str.maketrans("ѓќЃЌ", "гкГК")
"""Composed with a stress, these two become Macedonian letters."""
_IN_WORDS = "'’ʼ`´‘′" + _STRESS
_OTHER_LETTERS = {
    "ł": "l", "đ": "d", "ð": "d", "þ": "th", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n", "ŀ": "l",
    "ẞ": "SS", "ſ": "s", "ﬁ": "fi", "ﬂ": "fl", "ª": "a", "º": "o",
}  # fmt: skip


def plain_signs(text: str) -> str:
    """Write signs the plain way: straight quotes, hyphens, three dots, ordinary blanks.

    >>> plain_signs("“Sale” – only today…")
    '"Sale" - only today...'
    """
    return _outside_names(text, _plain_signs)


def latin_letters(text: str) -> str:
    """Spell a text in letters of the plain SMS alphabet, its signs too.

    Ukrainian follows the official rules of 2010; letters of Europe lose accents that SMS lacks.

    >>> latin_letters("Згорани, {Ім’я}: щастя! Côté, città")
    'Zghorany, {Ім’я}: shchastia! Coté, città'
    """
    return _outside_names(text, _latin_letters)


def without(text: str, signs: str) -> str:
    """Leave signs out, and one of the two blanks that a sign stood between."""
    if not signs:
        return text
    some = f"[{re.escape(signs)}]+"
    within = re.compile(rf"(?<=\s){some}(?: |$)|{some}", re.MULTILINE)
    first = re.compile(rf"(?:(?<=\s)|^){some}(?: |$)|{some}", re.MULTILINE)
    return _outside_names(text, lambda piece, joined: (within if joined else first).sub("", piece))


def left_over(text: str) -> tuple[str, ...]:
    """Return the signs of a text that no plain spelling has, letters aside."""
    spelled = latin_letters(text)
    return tuple(sign for sign in _forcing(spelled) if not _is_letter(sign))


def can_be_latin(text: str) -> bool:
    """Tell whether a text has letters that force Unicode, and all of them can be spelled."""
    had = any(map(_is_letter, _forcing(plain_signs(text))))
    return had and not any(map(_is_letter, _forcing(latin_letters(text))))


def changes(before: str, after: Callable[[str], str]) -> tuple[tuple[str, str], ...]:
    """Return the words that a spelling changes, before and after, each once."""
    found: dict[str, str] = {}
    outside = _outside_names(before, lambda piece, _: piece, name="\n")
    for word in outside.split():
        spelled = after(word)
        if spelled != word:
            found.setdefault(word, spelled)
    return tuple(found.items())


def _plain_signs(piece: str, _: bool) -> str:
    composed = unicodedata.normalize("NFC", piece)
    return composed if composed.isascii() else "".join(_SIGNS.get(s, s) for s in composed)


def _latin_letters(piece: str, in_word: bool) -> str:
    composed = unicodedata.normalize("NFC", piece).translate(_STRESSED)
    spelled: list[str] = []
    taken = 0
    for at, sign in enumerate(composed):
        if at < taken:
            continue
        low = sign.lower()
        if composed[at : at + 2].lower() == _ZGH[0]:
            spelled.append(_cased(composed, at, 2, _ZGH[1]))
            taken = at + 2
        elif low in _UKRAINIAN:
            inside = _UKRAINIAN[low]
            spelled.append(
                _cased(composed, at, 1, inside if in_word else _AT_THE_START.get(low, inside))
            )
        elif not _is_silent(composed, at):
            spelled.append(_of_europe(sign))
        in_word = sign.isalpha() or (in_word and sign in _IN_WORDS)
    return "".join(spelled)


def _is_silent(text: str, at: int) -> bool:
    """Tell whether a sign in a Ukrainian word is not spelled: its apostrophe, or a stress."""
    before, after = text[at - 1 : at].lower(), text[at + 1 : at + 2].lower()
    if text[at] == _STRESS:
        return before in _UKRAINIAN
    return text[at] in _IN_WORDS and before in _UKRAINIAN and after in _UKRAINIAN


def _cased(text: str, at: int, width: int, latin: str) -> str:
    """Give a spelling its capitals: Щ is Shch in Щастя and SHCH in ЩАСТЯ."""
    if not text[at].isupper():
        return latin
    before, after = text[:at].rstrip(_IN_WORDS)[-1:], text[at + width : at + width + 1]
    beside = after if after.isalpha() else before
    return latin.upper() if beside.isupper() else latin.capitalize()


def _of_europe(sign: str) -> str:
    if sign.isascii() or not unicode_characters(sign):
        return sign
    if sign in _SIGNS:
        return _SIGNS[sign]
    low = sign.lower()
    if low in _OTHER_LETTERS or sign in _OTHER_LETTERS:
        plain = _OTHER_LETTERS.get(sign) or _OTHER_LETTERS[low]
        return plain.capitalize() if sign != low and sign not in _OTHER_LETTERS else plain
    bare = "".join(s for s in unicodedata.normalize("NFD", sign) if not unicodedata.combining(s))
    return bare if sign.isalpha() and bare and not unicode_characters(bare) else sign


def _outside_names(text: str, spell: Callable[[str, bool], str], name: str | None = None) -> str:
    """Spell what is said, fallbacks too, but no name of a column: it would not be found."""
    spelled: list[str] = []
    at, in_word = 0, False
    for found in _PLACEHOLDER.finditer(text):
        if found.group(1) is None:
            continue
        spelled.append(spell(text[at : found.start()], in_word))
        opening, fallback, closing = found.groups()
        spelled.append(f"{opening}{spell(fallback, False)}{closing}" if name is None else name)
        at, in_word = found.end(), True
    spelled.append(spell(text[at:], in_word))
    return "".join(spelled)


def _forcing(text: str) -> tuple[str, ...]:
    return unicode_characters(_outside_names(text, lambda piece, _: piece, name=""))


def _is_letter(sign: str) -> bool:
    return sign.isalnum()
