"""Texts with ``{Column}`` placeholders: read, bind to a table's columns, fill in."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from cascade_desktop.core.problems import (
    BraceMissing,
    PlaceholderAmbiguous,
    PlaceholderEmpty,
    PlaceholderUnknown,
)

_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_CONTROL = re.compile(r"%(?:name|url|short_url)=\d+%", re.IGNORECASE)
_NEAR = 12
_MODIFIERS = range(0x2B0, 0x300)
"""Letters by Unicode's word, marks by a reader's: U+02BC is the Ukrainian apostrophe."""

TemplateProblem = BraceMissing | PlaceholderEmpty
BindProblem = PlaceholderUnknown | PlaceholderAmbiguous


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A column's name in a text, with what to say where the cell is empty (None: nothing)."""

    name: str
    fallback: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Template:
    """A text cut into literal pieces and placeholders, in order."""

    pieces: tuple[str | Placeholder, ...]
    problems: tuple[TemplateProblem, ...]

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """Return the placeholders in the order they stand."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Placeholder))

    @property
    def literal(self) -> str:
        """Return the text without what rows will fill in."""
        return "".join(piece for piece in self.pieces if isinstance(piece, str))


@dataclass(frozen=True, slots=True)
class Bound:
    """A template whose placeholders have found their columns."""

    template: Template
    columns: tuple[int, ...]
    """The column's index for each placeholder, in order."""

    def fill(self, cells: Sequence[str]) -> tuple[str, str]:
        """Return a row's text, and the first placeholder left without a value (or "").

        ``cells`` holds one cell for each placeholder, in the order of ``columns``.
        """
        filled: list[str] = []
        missing = ""
        values = iter(cells)
        for piece in self.template.pieces:
            if isinstance(piece, str):
                filled.append(piece)
                continue
            value = next(values)
            if not value.strip():
                value = piece.fallback or ""
                if piece.fallback is None:
                    missing = missing or piece.name
            filled.append(value)
        return "".join(filled), missing


def parse(text: str) -> Template:
    """Cut a text into pieces; ``{{`` and ``}}`` are plain braces (decisions.md).

    >>> parse("Hi {Name|friend} {{x}}").placeholders[0].fallback
    'friend'
    """
    pieces: list[str | Placeholder] = []
    problems: list[TemplateProblem] = []
    literal: list[str] = []
    at = 0
    for token in _TOKEN.finditer(text):
        literal.append(text[at : token.start()])
        at = token.end()
        found = token.group()
        if found in ("{{", "}}"):
            literal.append(found[0])
        elif token.group(1) is None:
            literal.append(found)
            problems.append(BraceMissing(_around(text, token.start())))
        else:
            name, bar, fallback = token.group(1).partition("|")
            if not name.strip():
                problems.append(PlaceholderEmpty(name.strip()))
            pieces.extend(("".join(literal),) if any(literal) else ())
            literal = []
            pieces.append(
                Placeholder(name.strip(), fallback if bar else None, token.start(), token.end())
            )
    literal.append(text[at:])
    pieces.extend(("".join(literal),) if any(literal) else ())
    return Template(tuple(pieces), tuple(problems))


def bind(
    template: Template, names: Sequence[str]
) -> tuple[Bound, tuple[BindProblem | PlaceholderEmpty, ...]]:
    """Find the column of each placeholder: exactly first, then forgivingly.

    Columns that were not found are bound to -1 and always read as empty.
    """
    problems: dict[str, BindProblem | PlaceholderEmpty] = {}
    columns: list[int] = []
    keys = [match_key(name) for name in names]
    for placeholder in template.placeholders:
        found = _find(placeholder.name, names, keys)
        columns.append(found if isinstance(found, int) else -1)
        if not isinstance(found, int):
            problems.setdefault(placeholder.name, found)
    return Bound(template, tuple(columns)), tuple(problems.values())


def match_key(name: str) -> str:
    """Return what is compared when case, blanks and punctuation are forgiven.

    >>> match_key("Ім’я ") == match_key("імя")
    True
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char for char in folded if char.isalnum() and ord(char) not in _MODIFIERS)


def quote(name: str) -> str:
    """Return the placeholder that inserts a column, as an operator would type it.

    Signs that mean something in a placeholder become blanks, which matching forgives.

    >>> quote("Price | {EUR}")
    '{Price EUR}'
    """
    return "{" + " ".join(re.sub(r"[{}|]", " ", name).split()) + "}"


def find_control_syntax(text: str) -> str:
    """Return the first piece of the service's control syntax in a text, or ""."""
    found = _CONTROL.search(text) if "%" in text else None
    return found.group() if found else ""


def is_broken(text: str) -> bool:
    """Tell whether a text holds half of a character (a lone surrogate)."""
    return not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text)


def _find(
    name: str, names: Sequence[str], keys: Sequence[str]
) -> int | BindProblem | PlaceholderEmpty:
    exact = [index for index, column in enumerate(names) if column.strip() == name and name]
    key = match_key(name)
    found = exact or [index for index, other in enumerate(keys) if key and other == key]
    if len(found) == 1:
        return found[0]
    if not key and not exact:
        return PlaceholderEmpty(name)
    if found:
        return PlaceholderAmbiguous(name, tuple(names[index] for index in found))
    return PlaceholderUnknown(name, tuple(column for column in names if column))


def _around(text: str, at: int) -> str:
    return text[max(0, at - _NEAR // 2) : at + _NEAR].strip()
