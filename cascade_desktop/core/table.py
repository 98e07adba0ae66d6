"""Hold what was read from a file: text in columns, with the sheet's own row numbers."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate
from typing import overload


class CellFault(StrEnum):
    """Tell why a cell has no text although the sheet shows one."""

    NOT_CALCULATED = "not_calculated"


class TextColumn(Sequence[str]):
    """Keep a column as one block of UTF-8 and where each cell begins.

    A million cells cost a few tens of megabytes instead of seventy, and the block is exactly
    what the reading child sends, so the window builds no million objects on arrival.

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
        encoded = [cell.encode("utf-8", "replace") for cell in cells]
        starts = array("I", accumulate(map(len, encoded), initial=0))
        return cls(b"".join(encoded), starts)

    @property
    def block(self) -> bytes:
        """Return all cells' UTF-8 in one piece."""
        return self._block

    @property
    def starts(self) -> "array[int]":
        """Return where each cell begins in the block, and at last where the block ends."""
        return self._starts

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
        return self._block[self._starts[position] : self._starts[position + 1]].decode()

    def __iter__(self) -> Iterator[str]:
        block, starts = self._block, self._starts
        if block.isascii():  # one decoding for all cells, then plain slices
            text = block.decode("ascii")
            return (text[starts[i] : starts[i + 1]] for i in range(len(self)))
        return (block[starts[i] : starts[i + 1]].decode() for i in range(len(self)))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, TextColumn):
            return self._block == other._block and self._starts == other._starts
        return NotImplemented

    def __hash__(self) -> int:
        return hash((self._block, len(self._starts)))

    def __repr__(self) -> str:
        return f"<TextColumn of {len(self)}>"


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
    phone_sheets: tuple[str, ...] = ()
    """The visible sheets that hold phones; a choice when there are several."""
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
