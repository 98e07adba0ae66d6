"""Which columns to offer while somebody types a placeholder."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from cascade_desktop.core.template import match_key, parse, quote

MOST_OFFERED = 200
NEAR_MOST = 5
_OPEN = re.compile(r"(\{+)([^{}|]*)$")
_REST = re.compile(r"[^{}|]*(?=[}|])")
_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A placeholder under the cursor: what was typed, and what stands after the cursor."""

    typed: str
    rest: str
    """The end of the name that stands there already."""
    ending: str
    """The sign that follows it: ``}``, ``|``, or nothing yet."""


def find_unfinished(before: str, after: str) -> Unfinished | None:
    """Return the placeholder that is being typed between two halves of a line, if any.

    >>> find_unfinished("Hi {Na", "me|friend}").rest
    'me'
    """
    opened = _OPEN.search(before)
    if opened is None or len(opened.group(1)) % 2 == 0:  # {{ is a plain brace
        return None
    rest = _REST.match(after)
    if rest is None:
        return Unfinished(opened.group(2), "", "")
    return Unfinished(opened.group(2), rest.group(), after[rest.end()])


def choosable(names: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that a placeholder can mean, each written as one would be found."""
    written = [quote(name)[1:-1] for name in names]
    exact = Counter(name.strip() for name in names)
    keys = Counter(map(match_key, names))
    return tuple(
        inside
        for name, inside in zip(names, written, strict=True)
        if inside
        and (
            (exact[name.strip()] == 1 and inside == name.strip())
            or (match_key(name) and keys[match_key(name)] == 1)
        )
    )


def offered(names: Sequence[str], typed: str) -> tuple[str, ...]:
    """Return the columns that fit what was typed: case, blanks and punctuation are forgiven.

    Those that begin so come first, then those with a word that does, then the rest.

    >>> offered(("Код", "Ім’я", "Прізвище, ім’я"), "ім")
    ('Ім’я', 'Прізвище, ім’я')
    """
    key = match_key(typed)
    fits = [name for name in names if key in match_key(name)]
    return tuple(sorted(fits, key=lambda name: _place(name, key))[:MOST_OFFERED])


def _place(name: str, key: str) -> int:
    if match_key(name).startswith(key):
        return 0
    return 1 if any(match_key(word).startswith(key) for word in _WORDS.split(name)) else 2


def near_names(names: Sequence[str], wrong: str) -> tuple[str, ...]:
    """Return the columns that a name which is not found may mean, the likeliest first.

    >>> near_names(("Код", "Імя клієнта"), "Ім’я")
    ('Імя клієнта', 'Код')
    """
    key = match_key(wrong)
    alike = {name: SequenceMatcher(None, key, match_key(name)).ratio() for name in names}
    return tuple(sorted(names, key=alike.__getitem__, reverse=True)[:NEAR_MOST])


def renamed(text: str, old: str, new: str) -> str:
    """Write another column's name in a text's placeholders; fallbacks stay."""
    pieces: list[str] = []
    at = 0
    for one in parse(text).placeholders:
        if one.name == old:
            ending = "" if one.fallback is None else f"|{one.fallback}"
            pieces += (text[at : one.start], f"{quote(new)[:-1]}{ending}}}")
            at = one.end
    return "".join((*pieces, text[at:]))


def with_fallback(text: str, name: str, words: str) -> tuple[str, tuple[int, int]]:
    """Say something where a column's cell is empty; also return where those words stand first.

    >>> with_fallback("Hi {Name}!", "Name", "friend")
    ('Hi {Name|friend}!', (9, 15))
    """
    pieces: list[str] = []
    at = first = 0
    for one in parse(text).placeholders:
        if one.name == name and one.fallback is None:
            pieces += (text[at : one.end - 1], f"|{words}}}")
            at = one.end
            first = first or one.end
    return "".join((*pieces, text[at:])), (first, first + len(words))
