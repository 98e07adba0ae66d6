"""Read one worksheet of an .xlsx as a stream: every cell as text, as the sheet shows it.

Neither calamine nor openpyxl tells all that is needed at once (a cell's own format, hidden rows,
formulas never calculated, where a number was written as text), and calamine aborts the process on
one stray cell in XFD1048576; expat is as fast as calamine with its values turned into text.
"""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from xml.parsers.expat import XMLParserType

from cascade_desktop.core.reading_problems import FileFault
from cascade_desktop.core.table import CellFault
from cascade_desktop.engine.tables.gate import Parts
from cascade_desktop.engine.tables.grid import MOST_COLUMNS, MOST_ROWS, Grid, GridBuilder
from cascade_desktop.engine.tables.number_text import NumberFormat
from cascade_desktop.engine.tables.unreadable import refuse
from cascade_desktop.engine.tables.workbook import unescaped

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})\Z")
_RANGE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})\Z")
_SHOWN_CACHE = 100_000


class EnoughRowsError(Exception):
    """A first look at a sheet has seen enough."""


def read_sheet(
    parts: Parts,
    part: str,
    strings: Sequence[str],
    formats: Sequence[NumberFormat],
    *,
    most_rows: int = MOST_ROWS,
    on_row: Callable[[int], None] | None = None,
) -> Grid:
    """Read a sheet, or only its first rows."""
    reader = _SheetReader(strings, formats, most_rows, on_row)
    with suppress(EnoughRowsError):
        parts.parse(part, reader.listen)
    return reader.done()


def column_index(letters: str) -> int:
    """Return a column's place from its letters.

    >>> column_index("A"), column_index("XFD")
    (0, 16383)
    """
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


class _SheetReader:
    """Collect cells from expat's events."""

    def __init__(
        self,
        strings: Sequence[str],
        formats: Sequence[NumberFormat],
        most_rows: int,
        on_row: Callable[[int], None] | None,
    ) -> None:
        self._strings = strings
        self._formats = formats or (NumberFormat("General"),)
        self._most_rows = most_rows
        self._on_row = on_row
        self._grid = GridBuilder()
        self._letters: dict[str, int] = {}
        self._shown: dict[tuple[str, int], str] = {}
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._merged: list[tuple[int, int, int]] = []
        self._faults: dict[tuple[int, int], CellFault] = {}
        self._row = 0
        self._column = -1
        self._cell: dict[str, str] = {}
        self._pieces: list[str] | None = None
        self._text = ""
        self._has_value = False
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
        grid.hidden_columns = frozenset(c for c in self._hidden_columns if c < len(grid.columns))
        length = len(grid.row_numbers)
        grid.faults = {place: fault for place, fault in self._faults.items() if place[0] < length}
        _fill_merged(grid, self._merged)
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
            case "col" if attributes.get("hidden") in {"1", "true"}:
                first, last = (_number(attributes.get(key, "")) for key in ("min", "max"))
                self._hidden_columns.update(range(first - 1, min(last, MOST_COLUMNS)))
            case "mergeCell":
                if found := _RANGE.match(attributes.get("ref", "")):
                    self._merged.append((column_index(found[1]), int(found[2]), int(found[4])))
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
                self._text += "".join(self._pieces)
                self._has_value = self._has_value or bool(self._text)
            self._pieces = None
        elif name == "rPh":
            self._phonetic = False

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = _number(attributes["r"]) if "r" in attributes else self._row + 1
        if number <= self._row or number > MOST_ROWS:
            refuse(FileFault.CORRUPT, detail=f"row {attributes.get('r', number)}")
        if len(self._grid.numbers) >= self._most_rows:
            raise EnoughRowsError
        self._row, self._column = number, -1
        self._grid.start_row(number)
        if attributes.get("hidden") in {"1", "true"}:
            self._hidden_rows.add(number)
        if self._on_row and not len(self._grid.numbers) % 5000:
            self._on_row(len(self._grid.numbers))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            letters = reference.rstrip("0123456789")
            if reference[len(letters) :] != str(self._row):
                _refuse_reference(reference)
            column = self._letters.get(letters)
            if column is None:
                column = self._letters[letters] = _checked_column(reference)
            self._column = column
        self._cell = attributes
        self._text = ""
        self._has_value = self._formula = False

    def _end_cell(self) -> None:
        if not self._has_value:
            if self._formula and self._cell.get("t") != "str":
                place = (len(self._grid.numbers) - 1, self._column)
                self._faults[place] = CellFault.NOT_CALCULATED
                self._grid.put(self._column, "")
            return
        text = self._value()
        if text:
            self._grid.put(self._column, text)

    def _value(self) -> str:
        text = self._text
        match self._cell.get("t", "n"):
            case "s":
                if not text.isdecimal() or int(text) >= len(self._strings):
                    refuse(FileFault.CORRUPT, detail=self._cell.get("r", ""))
                return self._strings[int(text)]
            case "n":
                return self._number_text(text)
            case "b":
                return {"1": "TRUE", "0": "FALSE"}.get(text.strip(), text.upper())
            case "d":
                return text.replace("T00:00:00", "").replace("T", " ")
            case _:
                return unescaped(text)

    def _number_text(self, raw: str) -> str:
        style = self._cell.get("s", "0")
        number = int(style) if style.isdecimal() else 0
        shown = self._shown.get((raw, number))
        if shown is None:
            chosen = self._formats[number] if number < len(self._formats) else self._formats[0]
            try:
                shown = chosen.show(raw)
            except ValueError:
                refuse(FileFault.CORRUPT, detail=self._cell.get("r", ""))
            if len(self._shown) < _SHOWN_CACHE:
                self._shown[raw, number] = shown
        return shown


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0  # noqa: PLR2004


def _checked_column(reference: str) -> int:
    found = _REFERENCE.match(reference)
    column = column_index(found[1]) if found else MOST_COLUMNS
    if column >= MOST_COLUMNS:
        _refuse_reference(reference)
    return column


def _refuse_reference(reference: str) -> None:
    refuse(FileFault.CORRUPT, detail=reference[:20])


def _fill_merged(grid: Grid, merged: list[tuple[int, int, int]]) -> None:
    """Give each row of a merged range its value."""
    if not merged:
        return
    places = {number: index for index, number in enumerate(grid.row_numbers)}
    for column, first, last in merged:
        if column >= len(grid.columns) or first not in places or last == first:
            continue
        cells = grid.columns[column]
        value = cells[places[first]]
        if not value or not isinstance(cells, list):
            continue
        for index in range(places[first] + 1, len(cells)):
            if grid.row_numbers[index] > last:
                break
            cells[index] = cells[index] or value
