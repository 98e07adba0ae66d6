"""Read of an .xls what calamine does not tell: what is hidden, merged, and the active sheet.

MS-CFB for the container, MS-XLS for the records of Excel 97 and later. What is damaged tells
nothing here; calamine judges whether the file can be read at all.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from cascade_desktop.engine.tables.layout import Merged

_FREE = 0xFFFFFFFA
"""Sector numbers from here on are marks."""
_HEADER, _IN_HEADER = 512, 109
_SMALL = 4096
_BOF, _EOF, _BOUNDSHEET, _WINDOW = 0x809, 0x0A, 0x85, 0x3D
_ROW, _COLUMNS, _MERGED = 0x208, 0x7D, 0xE5
_CELLS = frozenset({0x06, 0xBD, 0xFD, 0x203, 0x204, 0x205, 0x27E})
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01
_MOST_RECORDS = 5_000_000


@dataclass(slots=True)
class XlsSheet:
    """What is hidden and merged on one sheet; rows from 1, columns from 0."""

    hidden_rows: set[int] = field(default_factory=set[int])
    hidden_columns: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """First, and the one behind the last."""
    merged: list[Merged] = field(default_factory=list[Merged])
    last_row: int = 0
    last_column: int = 0
    """Of the cells that hold something, from 0."""

    @property
    def area(self) -> int:
        """Return how many cells a reader must lay out that leaves none out."""
        return (self.last_row + 1) * (self.last_column + 1)


@dataclass(slots=True)
class XlsLayout:
    """What a workbook says beside its cells: its sheets in order, and the active one's place."""

    sheets: list[XlsSheet] = field(default_factory=list[XlsSheet])
    active: int = 0


def read_xls_layout(data: bytes) -> XlsLayout:
    """Read the layout of all sheets, or as much of it as is not damaged."""
    layout = XlsLayout()
    try:
        book = _stream(data)
        places: list[int] = []
        for kind, record in _records(book, 0):
            if kind == _BOUNDSHEET:
                places.append(struct.unpack_from("<I", record)[0])
            elif kind == _WINDOW:
                layout.active = struct.unpack_from("<H", record, 10)[0]
        for place in places:
            layout.sheets.append(XlsSheet())
            _read_sheet(book, place, layout.sheets[-1])
    except (struct.error, IndexError):
        return layout
    return layout


def _read_sheet(book: bytes, place: int, sheet: XlsSheet) -> None:
    for kind, record in _records(book, place):
        if kind in _CELLS:
            row, column = struct.unpack_from("<HH", record)
            sheet.last_row = max(sheet.last_row, row)
            sheet.last_column = max(sheet.last_column, column)
        elif kind == _ROW and struct.unpack_from("<H", record, 12)[0] & _HIDDEN_ROW:
            sheet.hidden_rows.add(struct.unpack_from("<H", record)[0] + 1)
        elif kind == _COLUMNS and struct.unpack_from("<H", record, 8)[0] & _HIDDEN_COLUMN:
            first, last = struct.unpack_from("<HH", record)
            sheet.hidden_columns.append((first, last + 1))
        elif kind == _MERGED:
            count = struct.unpack_from("<H", record)[0]
            for first, last, column, _ in struct.iter_unpack("<4H", record[2 : 2 + 8 * count]):
                sheet.merged.append((column, first + 1, last + 1))


def _records(book: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one part, from its beginning to its end; what it embeds is left out."""
    depth = 0
    for _ in range(_MOST_RECORDS):
        kind, length = struct.unpack_from("<HH", book, place)
        place += 4
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, book[place : place + length]
        place += length


def _stream(data: bytes) -> bytes:
    """Return the stream that holds the workbook."""
    size = 1 << min(16, struct.unpack_from("<H", data, 30)[0])
    tables, directory = struct.unpack_from("<I", data, 44)[0], struct.unpack_from("<I", data, 48)[0]
    further = struct.unpack_from("<I", data, 68)[0]
    listed = list(struct.unpack_from(f"<{_IN_HEADER}I", data, 76))
    while further < _FREE and len(listed) < tables:
        *more, further = struct.unpack_from(f"<{size // 4}I", data, _HEADER + further * size)
        listed += more
    chain: list[int] = []
    for sector in listed[: min(tables, len(data) // size + 1)]:
        chain += struct.unpack_from(f"<{size // 4}I", data, _HEADER + sector * size)
    entries = _follow(data[_HEADER:], chain, directory, size)
    for name in ("Workbook", "Book"):
        for at in range(0, len(entries) - 127, 128):
            length = struct.unpack_from("<H", entries, at + 64)[0]
            if entries[at : at + max(0, length - 2)] == name.encode("utf-16-le"):
                start, whole = struct.unpack_from("<II", entries, at + 116)
                if whole < _SMALL:
                    return b""  # no workbook is so small
                return _follow(data[_HEADER:], chain, start, size)[:whole]
    return b""


def _follow(sectors: bytes, chain: list[int], sector: int, size: int) -> bytes:
    """Join a chain's sectors; one that comes back to itself ends."""
    found: list[bytes] = []
    while sector < _FREE and len(found) <= len(chain):
        found.append(sectors[sector * size : (sector + 1) * size])
        sector = chain[sector]
    return b"".join(found)
