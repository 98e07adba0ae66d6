"""Hold what was read from a file: text in columns, with the sheet's own row numbers."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate, count, islice
from operator import add
from typing import cast, overload

NUL = "\0"
_PIECE = 4096
"""Cells handled at a time: one call must not keep the other threads waiting."""


class CellFault(StrEnum):
    """Tell why a cell has no text although the sheet shows one."""

    NOT_CALCULATED = "not_calculated"


class TextColumn(Sequence[str]):
    """Keep a column as one block of UTF-8, each cell ended by a NUL, and where each begins.

    A million cells cost a few tens of megabytes instead of seventy, and the block is exactly
    what the reading child sends, so the window builds no million objects on arrival. NULs within
    cells, which no spreadsheet has, are dropped.

    >>> TextColumn.of(["Олена", "", "Andrea"])[2]
    'Andrea'
    """

    __slots__ = ("_block", "_starts")

    def __init__(self, block: bytes, starts: "array[int]") -> None:
        self._block = block
        self._starts = starts

    @classmethod
    def of(cls, cells: Iterable[str]) -> "TextColumn":
        """Pack cells."""
        packer = TextPacker()
        several = iter(cells)
        while piece := list(islice(several, _PIECE)):
            packer.add(piece)
        return packer.done()

    @property
    def block(self) -> bytes:
        """Return the UTF-8 that `starts` points into, each cell ended by a NUL."""
        return self._block

    @property
    def starts(self) -> "array[int]":
        """Return where each cell begins in the block, and at last where the block ends."""
        return self._starts

    def joined(self, first: int, end: int) -> bytes:
        """Return some cells' UTF-8, each ended by a NUL."""
        return self._block[self._starts[first] : self._starts[min(end, len(self))]]

    def after(self, first: int) -> "TextColumn":
        """Return the cells from one on."""
        return TextColumn(self._block, self._starts[first:])

    def is_empty(self) -> bool:
        """Tell whether no cell holds anything."""
        return self._starts[-1] - self._starts[0] == len(self)

    def before(self, end: int) -> "TextColumn":
        """Return the cells before one."""
        return TextColumn(self._block, self._starts[: end + 1])

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...
    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        if isinstance(index, slice):
            return tuple(self[position] for position in range(*index.indices(len(self))))
        length = len(self)
        position = index + length if index < 0 else index
        if not 0 <= position < length:
            raise IndexError(index)
        return self._block[self._starts[position] : self._starts[position + 1] - 1].decode()

    def __iter__(self) -> Iterator[str]:
        for first in range(0, len(self), _PIECE):
            cells = self.joined(first, first + _PIECE).decode().split(NUL)
            cells.pop()
            yield from cells

    def __eq__(self, other: object) -> bool:
        if isinstance(other, TextColumn):
            return self._held() == other._held()
        if isinstance(other, (tuple, list)):
            return list(self) == list(cast("Sequence[object]", other))
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self._held())

    def __repr__(self) -> str:
        return f"<TextColumn of {len(self)}>"

    def _held(self) -> bytes:
        return self.joined(0, len(self))


class TextPacker:
    """Make a TextColumn of cells that come in pieces."""

    def __init__(self) -> None:
        self._blocks: list[bytes] = []
        self._starts = array("I", [0])

    def __len__(self) -> int:
        return len(self._starts) - 1

    @property
    def size(self) -> int:
        """Return where the next cell begins."""
        return self._starts[-1]

    def add(self, cells: Sequence[str]) -> None:
        """Take more cells."""
        if not cells:
            return
        text = NUL.join(cells)
        if text.count(NUL) >= len(cells):
            text = NUL.join([cell.replace(NUL, "") for cell in cells])
        block = text.encode("utf-8", "replace") + b"\0"
        ends = map(add, accumulate(map(len, block.split(b"\0"))), count(self.size + 1))
        self.add_block(block, array("I", islice(ends, len(cells))))

    def add_block(self, block: bytes, ends: "array[int]") -> None:
        """Take more cells, each ended by a NUL, with where the cells after them will begin."""
        self._starts.extend(ends)
        self._blocks.append(block)

    def done(self) -> TextColumn:
        """Return the column."""
        return TextColumn(b"".join(self._blocks), self._starts)


@dataclass(frozen=True, slots=True)
class Source:
    """Say where a table came from and how its file was understood."""

    file: str
    kind: str = "typed"
    """xlsx, xlsm, xls, xlsb, ods, csv, tsv, txt or typed: by content, not by the file's name."""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    """The visible sheets of the workbook."""
    header_row: int | None = None
    """The sheet's own number of the row with the column names; None when there is none."""
    encoding: str = ""
    separator: str = ""
    sha256: str = ""
    """Of the file's contents, or of the text that was typed or pasted."""
    phone_sheets: tuple[str, ...] = ()
    """The visible sheets that hold phones; a choice when there are several."""
    doubtful_row: int | None = None
    """The row that may be a person or may be none: without a header the first one, which has no
    phone; with one, a row above it that has a phone."""
    doubtful_cells: tuple[str, ...] = ()
    """What stands in it."""
    encodings: tuple[str, ...] = ()
    """Other encodings that are plausible, best first; empty when there is no doubt."""


@dataclass(frozen=True, slots=True)
class Table:
    """Hold people as a spreadsheet shows them: text, column by column."""

    source: Source
    names: tuple[str, ...]
    columns: tuple[Sequence[str], ...]
    row_numbers: Sequence[int]
    hidden_rows: frozenset[int] = frozenset()
    """Row numbers of the sheet."""
    hidden_columns: frozenset[int] = frozenset()
    """Indexes into `columns`."""
    cell_faults: Mapping[tuple[int, int], CellFault] = field(
        default_factory=dict[tuple[int, int], CellFault]
    )
    """(row index, column index) of cells whose text could not be had."""

    def __len__(self) -> int:
        return len(self.row_numbers)

    def index_of(self, number: int) -> int | None:
        """Return where a row of the sheet is in the table, if it is; they ascend."""
        index = bisect_left(self.row_numbers, number)
        found = index < len(self) and self.row_numbers[index] == number
        return index if found else None

    def filled_columns(self) -> tuple[Sequence[str], ...]:
        """Return the columns that hold anything; of the others a wide sheet has thousands."""
        several = {id(column): column for column in self.columns}
        return tuple(
            column
            for column in several.values()
            if (not column.is_empty() if isinstance(column, TextColumn) else any(column))
        )

    def row(self, index: int) -> tuple[str, ...]:
        """Return one row's cells."""
        return tuple(column[index] for column in self.columns)


def column_letter(index: int) -> str:
    """Name a column as a spreadsheet does.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
