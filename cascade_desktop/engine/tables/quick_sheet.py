"""Read the plain worksheets that programs write, three times faster; others are left alone.

One expression finds all cells of a piece of the sheet at once. Counting the tags tells whether it
missed any: then, as with any other oddity (prefixes, comments, rich text, cells without a place),
the careful reader in `sheet` reads the sheet instead. Both must always agree.
"""

import re
from collections.abc import Sequence
from itertools import islice
from operator import ge
from xml.sax.saxutils import unescape

from cascade_desktop.core.reading_problems import FileFault
from cascade_desktop.core.table import CellFault
from cascade_desktop.engine.tables.cell_text import (
    CellText,
    checked_column,
    merged_rows,
    refuse_reference,
)
from cascade_desktop.engine.tables.gate import Parts
from cascade_desktop.engine.tables.grid import MOST_ROWS, Grid, GridBuilder
from cascade_desktop.engine.tables.layout import columns_within, fill_merged
from cascade_desktop.engine.tables.sheet_rows import CellColumn, rows_at_once
from cascade_desktop.engine.tables.unreadable import refuse

_ITEM = re.compile(
    r"<row((?: [^>]*)?/?)>|"
    r'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?'
    r"(?:/>|>(<f(?: [^>]*)?(?:/>|>[^<]*</f>))?"
    r"(?:<v>([^<]*)</v>|<v ?/>|"
    r'<is><t(?: xml:space="preserve")?(?: ?/>|>([^<]*)</t>)</is>)?</c>)'
)
_CELL_TAG = re.compile(r"<c[ >/]")
_ROW_TAG = re.compile(r"<row[ >/]")
_ROW_NUMBER = re.compile(r' r="([0-9]+)"')
_ENCODING = re.compile(rb"<\?xml[^>]*encoding=[\"'](?!utf-8[\"'])", re.IGNORECASE)
_HIDDEN = re.compile(r' (?:hidden="(?:1|true)"|(?:ht|width)="0(?:\.0+)?")')
_COLUMN = re.compile(r"<col( [^>]*)>")
_LIMIT = re.compile(r' (min|max)="([0-9]{1,8})"')
_MERGED = re.compile(r'<mergeCell ref="([^"]*)"')
_REFERENCE_TO_SIGN = re.compile(r"&#(x?)([0-9A-Fa-f]+);")


class _TooOddError(Exception):
    """This sheet is not plain."""


def read_quickly(parts: Parts, part: str, texts: CellText) -> Grid | None:
    """Return a plain sheet's cells, or None when the careful reader must read it."""
    reader = _QuickReader(texts)
    rest = b""
    try:
        for chunk in parts.checked_chunks(part):
            piece = rest + chunk
            end = piece.rfind(b"</row>") + len(b"</row>")
            if end < len(b"</row>"):
                rest = piece
                continue
            rest = piece[end:]
            reader.take(piece[:end])
        reader.take(rest)
    except _TooOddError:
        return None
    return reader.done()


class _QuickReader:
    """Collect the cells of one piece after another."""

    def __init__(self, texts: CellText) -> None:
        self._texts = texts
        self._grid = GridBuilder(weighs=texts.may_flood)
        self._columns: dict[str, int] = {}
        self._hidden_rows: set[int] = set()
        self._hidden_columns: list[tuple[int, int]] = []
        self._merged: list[tuple[int, int, int]] = []
        self._faults: dict[tuple[int, int], CellFault] = {}
        self._row = 0
        self._row_text = ""
        self._begun = False

    def take(self, piece: bytes) -> None:
        """Read a piece that ends between two rows."""
        if not self._begun:
            self._begin(piece)
        if b"<!" in piece:
            raise _TooOddError
        text = piece.decode()
        if not self._take_rows(text):
            self._take_cells(text)
        if "<mergeCell" in text or "<col " in text:
            self._take_layout(text)

    def _take_rows(self, text: str) -> bool:
        """Read a piece whose rows are all alike; False for any other."""
        block = rows_at_once(text, self._columns)
        if block is None:
            return False
        numbers = [self._row, *map(int, block.numbers)]
        if numbers[-1] > MOST_ROWS or any(map(ge, numbers, islice(numbers, 1, None))):
            return False
        del numbers[0]
        odd = "&" in text or "\r" in text
        shown = {
            self._column(column.letters, ""): self._shown(column, odd=odd)
            for column in block.columns
        }
        self._grid.add_rows(numbers, shown)
        if any("hidden" in told or ' ht="0' in told for told in set(block.attributes)):
            rows = zip(numbers, block.attributes, strict=True)
            self._hidden_rows.update(number for number, told in rows if _HIDDEN.search(told))
        if numbers:
            self._row, self._row_text = numbers[-1], block.numbers[-1]
        return True

    def _shown(self, column: CellColumn, *, odd: bool) -> Sequence[str]:
        """Return the texts of a column's cells; what they store is `odd` when it has escapes."""
        stored = list(map(_plain, column.stored)) if odd else column.stored
        kinds = column.kinds()
        if len(kinds) == 1:
            return self._texts.show_all(*kinds[column.heads[0]], stored, column.letters)
        shown = {
            head: iter(
                self._texts.show_all(
                    *kinds[head],
                    [text for text, its in zip(stored, column.heads, strict=True) if its == head],
                    column.letters,
                )
            )
            for head in kinds
        }
        return [next(shown[head]) for head in column.heads]

    def _take_cells(self, text: str) -> None:
        """Read a piece cell by cell."""
        items = _ITEM.findall(text)
        rows = sum(1 for item in items if not item[1])
        cells = len(items) - rows
        if (len(_CELL_TAG.findall(text)), len(_ROW_TAG.findall(text))) != (cells, rows):
            raise _TooOddError
        for attributes, *cell in items:
            if cell[0]:
                self._take_cell(*cell)
            else:
                self._start_row(attributes)

    def done(self) -> Grid:
        """Return the cells, merged ones filled down."""
        grid = self._grid.done()
        length = len(grid.row_numbers)
        grid.hidden_rows = frozenset(self._hidden_rows)
        grid.hidden_columns = columns_within(self._hidden_columns, len(grid.columns))
        grid.faults = {place: fault for place, fault in self._faults.items() if place[0] < length}
        fill_merged(grid, self._merged)
        return grid

    def _begin(self, piece: bytes) -> None:
        self._begun = True
        if piece[:2] in {b"\xff\xfe", b"\xfe\xff"} or _ENCODING.match(piece):
            raise _TooOddError
        if b"<worksheet" not in piece or b"<sheetData" not in piece:
            raise _TooOddError

    def _start_row(self, attributes: str) -> None:
        told = _ROW_NUMBER.search(attributes)
        if "'" in attributes or not told or len(told[1]) > 8:  # noqa: PLR2004
            raise _TooOddError
        number = int(told[1])
        if number <= self._row or number > MOST_ROWS:
            refuse(FileFault.CORRUPT, detail=f"row {number}")
        self._row, self._row_text = number, told[1]
        self._grid.start_row(number)
        if _HIDDEN.search(attributes):
            self._hidden_rows.add(number)

    def _take_cell(
        self, letters: str, digits: str, style: str, kind: str, formula: str, *stored: str
    ) -> None:
        if digits != self._row_text:
            refuse_reference(letters + digits)
        column = self._column(letters, digits)
        text = stored[0] or stored[1]
        if text:
            shown = self._texts.show(kind, style, _plain(text), letters)
            if shown:
                self._grid.put(column, shown)
        elif formula and kind != "str":
            self._faults[len(self._grid.numbers) - 1, column] = CellFault.NOT_CALCULATED
            self._grid.put(column, "")

    def _column(self, letters: str, digits: str) -> int:
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = checked_column(letters, letters + digits)
        return column

    def _take_layout(self, text: str) -> None:
        for attributes in _COLUMN.findall(text):
            if _HIDDEN.search(attributes):
                limits = {name: int(number) for name, number in _LIMIT.findall(attributes)}
                self._hidden_columns.append((limits.get("min", 1) - 1, limits.get("max", 0)))
        found = (merged_rows(reference) for reference in _MERGED.findall(text))
        self._merged.extend(place for place in found if place)


def _plain(text: str) -> str:
    """Undo XML's escapes and line ends, as a parser does."""
    if "&" not in text and "\r" not in text:
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _REFERENCE_TO_SIGN.sub(lambda f: chr(int(f[2], 16 if f[1] else 10)), text)
    return unescape(text, {"&quot;": '"', "&apos;": "'"})
