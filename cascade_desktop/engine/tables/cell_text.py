"""Turn what a worksheet stores in a cell into the text that the sheet shows."""

import re
from collections.abc import Sequence

from cascade_desktop.core.reading_problems import FileFault
from cascade_desktop.engine.tables.grid import MOST_COLUMNS
from cascade_desktop.engine.tables.number_text import (
    ALL_SHOWN_AS_STORED,
    SHOWN_AS_STORED,
    NumberFormat,
)
from cascade_desktop.engine.tables.unreadable import refuse
from cascade_desktop.engine.tables.workbook import unescaped

_REFERENCE = re.compile(r"[A-Z]{1,3}\Z")
_RANGE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})\Z")
_INDEXES = re.compile(r"[0-9]{1,8}(?:\n[0-9]{1,8})*+\Z")
_LONG_TEXT = 500
_SHOWN_CACHE = 100_000


class CellText:
    """The texts of one sheet's cells; what repeats, such as dates, is shown once."""

    def __init__(self, strings: Sequence[str], formats: Sequence[NumberFormat]) -> None:
        self._strings = strings
        self.may_flood = max(map(len, strings), default=0) > _LONG_TEXT
        self._formats = formats or (NumberFormat("General"),)
        self._numbers: dict[tuple[str, str], str] = {}
        general = [place for place, chosen in enumerate(self._formats) if chosen.is_general]
        self._text_styles = {
            str(place): chosen
            for place, chosen in enumerate(self._formats)
            if not chosen.shows_text
        }
        self._general_styles = {"", *map(str, general)} if 0 in general else set(map(str, general))

    def show(self, kind: str, style: str, stored: str, reference: str) -> str:
        """Return a cell's text; `kind` and `style` are its attributes t and s."""
        if kind in {"", "n"}:
            if style in self._general_styles and SHOWN_AS_STORED.match(stored):
                return stored
            shown = self._numbers.get((stored, style))
            return shown if shown is not None else self._number(style, stored, reference)
        if kind == "s":
            stored = stored if stored.isdecimal() else stored.strip()
            told = stored.isascii() and stored.isdecimal() and len(stored) < 9  # noqa: PLR2004
            if not told or int(stored) >= len(self._strings):
                refuse(FileFault.CORRUPT, detail=reference)
            text = self._strings[int(stored)]
            return (
                text if style not in self._text_styles else self._text_styles[style].show_text(text)
            )
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(stored.strip(), stored.upper())
        if kind == "d":
            return stored.replace("T00:00:00", "").replace("T", " ")
        text = unescaped(stored)
        return text if style not in self._text_styles else self._text_styles[style].show_text(text)

    def show_all(
        self, kind: str, style: str, stored: Sequence[str], reference: str
    ) -> Sequence[str]:
        """Return the texts of many cells of one kind; nothing where nothing is stored."""
        if kind in {"", "n"}:
            if style in self._general_styles and ALL_SHOWN_AS_STORED.match("\n".join(stored)):
                return stored
            shown = self._format(style).show_plain(stored)
            if shown is not None:
                return shown
        elif style not in self._text_styles:
            if kind == "s" and _INDEXES.match("\n".join(stored)):
                places = list(map(int, stored))
                if max(places) < len(self._strings):
                    return [self._strings[place] for place in places]
            elif kind in {"inlineStr", "str"} and not any("_x" in text for text in stored):
                return stored
        shown = {text: self.show(kind, style, text, reference) for text in set(stored) if text}
        shown[""] = ""
        return [shown[text] for text in stored]

    def _number(self, style: str, stored: str, reference: str) -> str:
        try:
            shown = self._format(style).show(stored)
        except ValueError:
            refuse(FileFault.CORRUPT, detail=reference)
        if len(self._numbers) < _SHOWN_CACHE:
            self._numbers[stored, style] = shown
        return shown

    def _format(self, style: str) -> NumberFormat:
        place = int(style) if style.isdecimal() and len(style) < 9 else 0  # noqa: PLR2004
        return self._formats[place] if place < len(self._formats) else self._formats[0]


def column_index(letters: str) -> int:
    """Return a column's place from its letters.

    >>> column_index("A"), column_index("XFD")
    (0, 16383)
    """
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def checked_column(letters: str, reference: str) -> int:
    """Return a column's place; a reference beyond XFD or of no letters is damage."""
    place = column_index(letters) if _REFERENCE.match(letters) else MOST_COLUMNS
    if place >= MOST_COLUMNS:
        refuse_reference(reference)
    return place


def refuse_reference(reference: str) -> None:
    """Refuse a cell that stands where no sheet has one."""
    refuse(FileFault.CORRUPT, detail=reference[:20])


def merged_rows(reference: str) -> tuple[int, int, int] | None:
    """Return column, first and last row of a merged range; None for nonsense."""
    found = _RANGE.match(reference)
    return (column_index(found[1]), int(found[2]), int(found[4])) if found else None
