"""Read .ods as a stream: LibreOffice stores every cell's text as it was shown."""

from dataclasses import dataclass, field
from xml.parsers.expat import XMLParserType

from cascade_desktop.core.reading_problems import FileFault
from cascade_desktop.engine.tables.gate import Parts
from cascade_desktop.engine.tables.grid import (
    MOST_COLUMNS,
    MOST_LETTERS,
    MOST_ROWS,
    Grid,
    GridBuilder,
)
from cascade_desktop.engine.tables.unreadable import refuse

_CONTENT = "content.xml"
_MOST_EXPANDED = 3_000_000
"""Cells that repetition alone may make: people repeat blanks, bombs repeat everything."""
_SKIPPED = {"office:annotation", "table:shapes", "draw:frame", "office:forms"}


@dataclass(slots=True)
class OdsSheet:
    """One sheet while it is read."""

    name: str
    style: str
    grid: GridBuilder = field(default_factory=GridBuilder)
    hidden_rows: set[int] = field(default_factory=set[int])
    hidden_columns: set[int] = field(default_factory=set[int])
    columns: int = 0
    next_row: int = 1

    def done(self) -> Grid:
        """Return the sheet's cells."""
        grid = self.grid.done()
        grid.hidden_rows = frozenset(self.hidden_rows)
        grid.hidden_columns = frozenset(c for c in self.hidden_columns if c < len(grid.columns))
        return grid


@dataclass(slots=True)
class _Row:
    repeat: int
    hidden: bool
    cells: list[tuple[int, int, str]] = field(default_factory=list[tuple[int, int, str]])
    """(column, how many, text) of the cells that hold something."""
    width: int = 0


class OdsBook:
    """All sheets of an OpenDocument spreadsheet, read in one pass."""

    def __init__(self, parts: Parts) -> None:
        if not parts.has(_CONTENT):
            refuse(FileFault.NOT_A_SPREADSHEET)
        if parts.has("META-INF/manifest.xml") and b"encryption-data" in parts.read(
            "META-INF/manifest.xml"
        ):
            refuse(FileFault.ENCRYPTED)
        self.sheets: dict[str, OdsSheet] = {}
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._sheet: OdsSheet | None = None
        self._row: _Row | None = None
        self._repeat = 1
        self._paragraphs: list[str] = []
        self._pieces: list[str] | None = None
        self._skipping = 0
        self._expanded = 0
        self._letters = 0
        parts.parse(_CONTENT, self._listen)
        if not self.sheets:
            refuse(FileFault.NOT_A_SPREADSHEET)

    @property
    def visible(self) -> tuple[str, ...]:
        """Return the names of the sheets a person sees."""
        seen = [s.name for s in self.sheets.values() if s.style not in self._hidden_styles]
        return tuple(seen or self.sheets)

    def _listen(self, parser: XMLParserType) -> None:
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipping or name in _SKIPPED:
            self._skipping += 1
            return
        match name:
            case "style:style":
                self._style = attributes.get("style:name", "")
            case "style:table-properties" if attributes.get("table:display") == "false":
                self._hidden_styles.add(self._style)
            case "table:table":
                self._start_sheet(attributes)
            case "table:table-column":
                self._start_column(attributes)
            case "table:table-row":
                hidden = attributes.get("table:visibility", "visible") != "visible"
                self._row = _Row(_repeat(attributes, "table:number-rows-repeated"), hidden)
            case "table:table-cell" | "table:covered-table-cell":
                self._repeat = _repeat(attributes, "table:number-columns-repeated")
                self._paragraphs = []
            case _:
                self._start_text(name, attributes)

    def _start_text(self, name: str, attributes: dict[str, str]) -> None:
        if name == "text:p" and self._row is not None:
            self._pieces = []
        elif self._pieces is not None:
            match name:
                case "text:s":
                    blanks = min(_repeat(attributes, "text:c"), 1000)
                    self._expand(blanks - 1)
                    self._pieces.append(" " * blanks)
                case "text:tab":
                    self._pieces.append("\t")
                case "text:line-break":
                    self._pieces.append("\n")
                case _:
                    pass

    def _start_sheet(self, attributes: dict[str, str]) -> None:
        name = attributes.get("table:name", f"Sheet{len(self.sheets) + 1}")
        self._sheet = OdsSheet(name, attributes.get("table:style-name", ""))
        self.sheets[name] = self._sheet

    def _start_column(self, attributes: dict[str, str]) -> None:
        if self._sheet is None:
            return
        count = _repeat(attributes, "table:number-columns-repeated")
        first = self._sheet.columns
        if attributes.get("table:visibility", "visible") != "visible":
            self._sheet.hidden_columns.update(range(first, min(first + count, MOST_COLUMNS)))
        self._sheet.columns = first + count

    def _characters(self, text: str) -> None:
        if self._pieces is not None and not self._skipping:
            self._pieces.append(text)

    def _end(self, name: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        match name:
            case "text:p" if self._pieces is not None:
                self._paragraphs.append("".join(self._pieces))
                self._pieces = None
            case "table:table-cell" | "table:covered-table-cell" if self._row is not None:
                self._end_cell(self._row)
            case "table:table-row" if self._row is not None and self._sheet is not None:
                self._end_row(self._sheet, self._row)
                self._row = None
            case "table:table":
                self._sheet = None
            case _:
                pass

    def _end_cell(self, row: _Row) -> None:
        text = "\n".join(self._paragraphs)
        if text:
            row.cells.append((row.width, self._repeat, text))
        row.width += self._repeat

    def _end_row(self, sheet: OdsSheet, row: _Row) -> None:
        first = sheet.next_row
        sheet.next_row += row.repeat
        if not row.cells:
            if row.repeat == 1:
                sheet.grid.start_row(first)
            return
        self._admit(sheet, row)
        for number in range(first, first + row.repeat):
            sheet.grid.start_row(number)
            for column, count, text in row.cells:
                for place in range(column, column + count):
                    sheet.grid.put(place, text)
        if row.hidden:
            sheet.hidden_rows.update(range(first, first + row.repeat))

    def _admit(self, sheet: OdsSheet, row: _Row) -> None:
        """Refuse what repeats beyond any sheet's bounds, before it is laid out."""
        if sheet.next_row - 1 > MOST_ROWS:
            refuse(FileFault.TOO_BIG, count=sheet.next_row, limit=MOST_ROWS)
        if row.cells[-1][0] + row.cells[-1][1] > MOST_COLUMNS:
            refuse(FileFault.TOO_MANY_COLUMNS, count=row.width, limit=MOST_COLUMNS)
        self._expand(row.repeat * sum(count for _, count, _ in row.cells) - len(row.cells))
        self._letters += row.repeat * sum(count * len(text) for _, count, text in row.cells)
        if self._letters > MOST_LETTERS:
            refuse(FileFault.TOO_BIG, count=self._letters, limit=MOST_LETTERS)

    def _expand(self, more: int) -> None:
        self._expanded += more
        if self._expanded > _MOST_EXPANDED:
            refuse(FileFault.TOO_BIG, count=self._expanded, limit=_MOST_EXPANDED)


def _repeat(attributes: dict[str, str], key: str) -> int:
    text = attributes.get(key, "1")
    if not (text.isascii() and text.isdecimal()) or len(text) > 9:  # noqa: PLR2004
        refuse(FileFault.CORRUPT, detail=key)
    return max(1, int(text))
