"""Read one worksheet of an .xlsx as a stream: every cell as text, as the sheet shows it.

Neither calamine nor openpyxl tells all that is needed at once (a cell's own format, hidden rows,
formulas never calculated, where a number was written as text), and calamine aborts the process on
one stray cell in XFD1048576; expat is as fast as calamine with its values turned into text.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from xml.parsers.expat import XMLParserType

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
from cascade_desktop.engine.tables.number_text import NumberFormat
from cascade_desktop.engine.tables.quick_sheet import read_quickly
from cascade_desktop.engine.tables.unreadable import refuse

_NO_SIZE = re.compile(r"0(?:\.0+)?\Z")


class EnoughRowsError(Exception):
    """A first look at a sheet has seen enough."""


def read_sheet(
    parts: Parts,
    part: str,
    strings: Sequence[str],
    formats: Sequence[NumberFormat],
    *,
    most_rows: int = MOST_ROWS,
) -> Grid:
    """Read a sheet, or only its first rows."""
    texts = CellText(strings, formats)
    if most_rows == MOST_ROWS:
        quick = read_quickly(parts, part, texts)
        if quick is not None:
            return quick
    reader = SheetReader(texts, most_rows)
    with suppress(EnoughRowsError):
        parts.parse(part, reader.listen)
    return reader.done()


class SheetReader:
    """Collect cells from expat's events."""

    def __init__(self, texts: CellText, most_rows: int) -> None:
        self._cell_text = texts
        self._most_rows = most_rows
        self._grid = GridBuilder(weighs=texts.may_flood)
        self._letters: dict[str, int] = {}
        self._hidden_rows: set[int] = set()
        self._hidden_columns: list[tuple[int, int]] = []
        self._merged: list[tuple[int, int, int]] = []
        self._faults: dict[tuple[int, int], CellFault] = {}
        self._row = 0
        self._column = -1
        self._cell: dict[str, str] = {}
        self._pieces: list[str] | None = None
        self._text = ""
        self._value_tag = ""
        self._formula = False
        self._phonetic = False
        self._prefix: str | None = None

    def listen(self, parser: XMLParserType) -> None:
        """Take the events of a worksheet's part."""
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters

    def done(self) -> Grid:
        """Return the cells, merged ones filled down."""
        grid = self._grid.done()
        grid.hidden_rows = frozenset(self._hidden_rows)
        grid.hidden_columns = columns_within(self._hidden_columns, len(grid.columns))
        length = len(grid.row_numbers)
        grid.faults = {place: fault for place, fault in self._faults.items() if place[0] < length}
        fill_merged(grid, self._merged)
        return grid

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._prefix is None:
            self._prefix = name.rpartition(":")[0]
        if self._prefix:
            name = name.removeprefix(self._prefix + ":")
        if name == "c":
            self._start_cell(attributes)
        elif name in {"v", "t"}:
            self._pieces = None if self._phonetic else []
        elif name == "row":
            self._start_row(attributes)
        else:
            self._start_other(name, attributes)

    def _start_other(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "f":
                self._formula = True
            case "rPh":
                self._phonetic = True
            case "col" if _is_hidden(attributes, "width"):
                first, last = (_number(attributes.get(key, "")) for key in ("min", "max"))
                self._hidden_columns.append((first - 1, last))
            case "mergeCell":
                if found := merged_rows(attributes.get("ref", "")):
                    self._merged.append(found)
            case _:
                pass

    def _characters(self, text: str) -> None:
        if self._pieces is not None:
            self._pieces.append(text)

    def _end(self, name: str) -> None:
        if self._prefix:
            name = name.removeprefix(self._prefix + ":")
        if name == "c":
            self._end_cell()
        elif name in {"v", "t"}:
            if self._pieces is not None:
                self._end_value(name, "".join(self._pieces))
            self._pieces = None
        elif name == "rPh":
            self._phonetic = False

    def _end_value(self, name: str, text: str) -> None:
        """Take a value; runs of rich text are joined, two values of one cell are damage."""
        if text and self._value_tag and not self._value_tag == name == "t":
            refuse(FileFault.CORRUPT, detail=self._cell.get("r", ""))
        if text:
            self._text += text
            self._value_tag = name

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = _number(attributes["r"]) if "r" in attributes else self._row + 1
        if number <= self._row or number > MOST_ROWS:
            refuse(FileFault.CORRUPT, detail=f"row {attributes.get('r', number)}")
        if len(self._grid.numbers) >= self._most_rows:
            raise EnoughRowsError
        self._row, self._column = number, -1
        self._grid.start_row(number)
        if _is_hidden(attributes, "ht"):
            self._hidden_rows.add(number)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            letters = reference.rstrip("0123456789")
            if reference[len(letters) :] != str(self._row):
                refuse_reference(reference)
            column = self._letters.get(letters)
            if column is None:
                column = self._letters[letters] = checked_column(letters, reference)
            self._column = column
        self._cell = attributes
        self._text = ""
        self._value_tag = ""
        self._formula = False

    def _end_cell(self) -> None:
        if not self._value_tag:
            if self._formula and self._cell.get("t") != "str":
                place = (len(self._grid.numbers) - 1, self._column)
                self._faults[place] = CellFault.NOT_CALCULATED
                self._grid.put(self._column, "")
            return
        cell = self._cell
        text = self._cell_text.show(
            cell.get("t", ""), cell.get("s", ""), self._text, cell.get("r", "")
        )
        if text:
            self._grid.put(self._column, text)


def _is_hidden(attributes: dict[str, str], size: str) -> bool:
    told = attributes.get("hidden") in {"1", "true"}
    return told or bool(_NO_SIZE.match(attributes.get(size, "")))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0  # noqa: PLR2004
