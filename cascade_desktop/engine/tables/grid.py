"""The cells of a sheet as its reader found them, before anybody asks what they mean."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cascade_desktop.core.reading_problems import FileFault
from cascade_desktop.core.table import CellFault, TextPacker
from cascade_desktop.engine.tables.unreadable import refuse

MOST_COLUMNS = 16_384
MOST_ROWS = 1_048_576
MOST_CELLS = 40_000_000
MOST_LETTERS = 128_000_000
"""Of all cells together, where a file repeats its texts."""
_LEAST_ROWS, _MOST_LOOKED_AT = 40, 400_000
_PIECE = 4096
"""Rows that are packed together."""


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
    most_rows: int | None = None
    """So many rows are enough, for a look at the list."""


@dataclass(slots=True)
class Grid:
    """Columns of text of equal length; rows that hold nothing at the end are not here."""

    row_numbers: Sequence[int]
    columns: list[Sequence[str]]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    faults: Mapping[tuple[int, int], CellFault] = field(
        default_factory=dict[tuple[int, int], CellFault]
    )

    def first_rows(self, count: int) -> list[tuple[str, ...]]:
        """Return the first rows across; fewer of a sheet so wide that no list is."""
        count = min(count, max(_LEAST_ROWS, _MOST_LOOKED_AT // max(1, len(self.columns))))
        return list(zip(*(column[:count] for column in self.columns), strict=True))


class GridBuilder:
    """Collect a sheet's cells row by row, in packed columns, empty columns free of cost."""

    def __init__(self, *, weighs: bool = False) -> None:
        self._weighs = weighs
        self._letters = 0
        self.numbers = array("I")
        self._packed: dict[int, TextPacker] = {}
        self._packed_rows = 0
        self._begun: dict[int, list[str]] = {}
        """Cells of the rows that are not packed yet."""
        self._last_filled = 0

    def start_row(self, number: int) -> None:
        """Begin the next row of the sheet."""
        self._check_size()
        if len(self.numbers) - self._packed_rows >= _PIECE:
            self._pack()
        self.numbers.append(number)

    def put(self, column: int, text: str) -> None:
        """Write a cell of the row begun last."""
        cells = self._begun.get(column)
        if cells is None:
            cells = self._begun[column] = []
            self._packer(column)
        missing = len(self.numbers) - self._packed_rows - 1 - len(cells)
        if missing > 0:
            cells.extend([""] * missing)
        if missing < 0:
            cells[-1] = text
        else:
            cells.append(text)
        self._last_filled = len(self.numbers)

    def add_rows(self, numbers: Sequence[int], columns: Mapping[int, Sequence[str]]) -> None:
        """Write many rows at once, a cell for each of them in every column given."""
        self._pack()
        self.numbers.extend(numbers)
        self._weigh(columns.values())
        for column, cells in columns.items():
            self._packer(column).add(cells)
        self._packed_rows = len(self.numbers)
        filled = (_last_filled(cells) for cells in columns.values())
        last = max(filled, default=0)
        if last:
            self._last_filled = len(self.numbers) - len(numbers) + last
        self._check_size()

    def done(self) -> Grid:
        """Return what was collected, without the empty rows at the end."""
        self._pack()
        length = self._last_filled
        nothing = ("",) * length
        columns: list[Sequence[str]] = []
        for index in range(max(self._packed, default=-1) + 1):
            packer = self._packed.pop(index, None)
            if packer is None:
                columns.append(nothing)
            else:
                packer.add([""] * (length - len(packer)))
                columns.append(packer.done().before(length))
        return Grid(self.numbers[:length], columns)

    def _packer(self, column: int) -> TextPacker:
        packer = self._packed.get(column)
        if packer is None:
            if column >= MOST_COLUMNS:
                refuse(FileFault.TOO_MANY_COLUMNS, count=column + 1, limit=MOST_COLUMNS)
            packer = self._packed[column] = TextPacker()
        if len(packer) < self._packed_rows:
            packer.add([""] * (self._packed_rows - len(packer)))
        return packer

    def _pack(self) -> None:
        self._weigh(self._begun.values())
        for column, cells in self._begun.items():
            self._packer(column).add(cells)
        self._begun.clear()
        self._packed_rows = len(self.numbers)

    def _weigh(self, columns: Iterable[Sequence[str]]) -> None:
        """Refuse a small file that says one long text again and again, before it is packed."""
        if not self._weighs:
            return
        self._letters += sum(sum(map(len, cells)) for cells in columns)
        if self._letters > MOST_LETTERS:
            refuse(FileFault.TOO_BIG, count=self._letters, limit=MOST_LETTERS)

    def _check_size(self) -> None:
        if len(self.numbers) > MOST_ROWS:
            refuse(FileFault.TOO_BIG, count=len(self.numbers), limit=MOST_ROWS)
        if len(self.numbers) * len(self._packed) > MOST_CELLS:
            refuse(FileFault.TOO_BIG, count=len(self.numbers) * len(self._packed))


def _last_filled(cells: Sequence[str]) -> int:
    return next((place for place in range(len(cells), 0, -1) if cells[place - 1]), 0)


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
