"""The cells of a sheet as its reader found them, before anybody asks what they mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cascade_desktop.core.reading_problems import FileFault
from cascade_desktop.core.table import CellFault
from cascade_desktop.engine.tables.unreadable import refuse

MOST_COLUMNS = 16_384
MOST_ROWS = 1_048_576
MOST_CELLS = 40_000_000


@dataclass(frozen=True, slots=True)
class ReadChoice:
    """What the operator, or the file itself, says about how to read it."""

    sheet: str | None = None
    header_row: int | None = None
    """The sheet's own row number; 0 for "there is no such row"; None to look for it."""
    separator: str | None = None
    encoding: str | None = None
    country: str = "UA"
    """Whose alphabets and dates are likely."""


@dataclass(slots=True)
class Grid:
    """Columns of text of equal length; rows that hold nothing at the end are not here."""

    row_numbers: list[int]
    columns: list[Sequence[str]]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    faults: Mapping[tuple[int, int], CellFault] = field(
        default_factory=dict[tuple[int, int], CellFault]
    )

    def first_rows(self, count: int) -> list[tuple[str, ...]]:
        """Return the first rows across."""
        return list(zip(*(column[:count] for column in self.columns), strict=True))


class GridBuilder:
    """Collect a sheet's cells row by row, in columns, keeping empty columns free of cost."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self._columns: dict[int, list[str]] = {}
        self._last_filled = 0

    def start_row(self, number: int) -> None:
        """Begin the next row of the sheet."""
        if len(self.numbers) >= MOST_ROWS:
            refuse(FileFault.TOO_BIG, count=len(self.numbers), limit=MOST_ROWS)
        if len(self.numbers) * len(self._columns) > MOST_CELLS:
            refuse(FileFault.TOO_BIG, count=len(self.numbers) * len(self._columns))
        self.numbers.append(number)

    def put(self, column: int, text: str) -> None:
        """Write a cell of the row begun last."""
        cells = self._columns.get(column)
        if cells is None:
            if column >= MOST_COLUMNS:
                refuse(FileFault.TOO_MANY_COLUMNS, count=column + 1, limit=MOST_COLUMNS)
            cells = self._columns[column] = []
        missing = len(self.numbers) - 1 - len(cells)
        if missing > 0:
            cells.extend([""] * missing)
        if missing < 0:
            cells[-1] = text
        else:
            cells.append(text)
        self._last_filled = len(self.numbers)

    def done(self) -> Grid:
        """Return what was collected, without the empty rows at the end."""
        length = self._last_filled
        nothing = ("",) * length
        columns: list[Sequence[str]] = []
        for index in range(max(self._columns, default=-1) + 1):
            cells = self._columns.get(index)
            if cells is None:
                columns.append(nothing)
            else:
                cells.extend([""] * (length - len(cells)))
                columns.append(cells)
        return Grid(self.numbers[:length], columns)


@dataclass(frozen=True, slots=True)
class SheetRead:
    """A grid with what is told about where it came from."""

    kind: str
    grid: Grid
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    phone_sheets: tuple[str, ...] = ()
    encoding: str = ""
    encodings: tuple[str, ...] = ()
    separator: str = ""
    first_row: int = 1
