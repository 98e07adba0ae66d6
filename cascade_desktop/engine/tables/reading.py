"""Read a file into a table: what it is, its sheet, its column names, its people."""

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cascade_desktop.core.columns import SAMPLE_ROWS
from cascade_desktop.core.header import HEADER_ROWS, Header, filled_cells, read_header
from cascade_desktop.core.phone_spelling import looks_like_phone
from cascade_desktop.core.progress import Report, tell_nobody
from cascade_desktop.core.reading_problems import FileFault, FileProblem
from cascade_desktop.core.table import Source, Table, TextColumn
from cascade_desktop.engine.tables.calamine_book import CalamineBook
from cascade_desktop.engine.tables.delimited import read_delimited
from cascade_desktop.engine.tables.gate import Parts
from cascade_desktop.engine.tables.grid import MOST_ROWS, Grid, ReadChoice, SheetRead
from cascade_desktop.engine.tables.kinds import (
    HEAD_BYTES,
    Kind,
    kind_of_file,
    refuse_other_office_files,
)
from cascade_desktop.engine.tables.number_text import NumberFormat
from cascade_desktop.engine.tables.ods import OdsBook
from cascade_desktop.engine.tables.sheet import read_sheet
from cascade_desktop.engine.tables.text_gate import text_bytes
from cascade_desktop.engine.tables.unreadable import UnreadableFileError, refuse
from cascade_desktop.engine.tables.workbook import Workbook, read_strings, read_workbook

_DEFAULT = ReadChoice()
_OLE_BYTES = 64 << 20
_LOOK_ROWS = 60
MOST_SHEETS = 5_000
_IN_USE = 32  # ERROR_SHARING_VIOLATION


def read_table(path: Path, choice: ReadChoice = _DEFAULT, report: Report = tell_nobody) -> Table:
    """Read a file; raises UnreadableFileError. The window does this in a child process."""
    try:
        before = _stamp(path)
        table = _as_table(_read(path, choice, report), choice, path)
        if _stamp(path) != before:  # half of a list, or of two
            refuse(FileFault.STILL_WRITTEN)
        return table
    except UnreadableFileError as error:
        raise UnreadableFileError(replace(error.problem, file=path.name)) from error
    except OSError as error:
        raise UnreadableFileError(_file_problem(path, error)) from error
    except (MemoryError, RecursionError) as error:
        raise UnreadableFileError(FileProblem(FileFault.TOO_BIG, path.name)) from error


def _stamp(path: Path) -> tuple[int, int, int]:
    about = path.stat()
    return about.st_ino, about.st_size, about.st_mtime_ns


def _file_problem(path: Path, error: OSError) -> FileProblem:
    match error:
        case FileNotFoundError():
            fault = FileFault.MISSING
        case IsADirectoryError():
            fault = FileFault.IS_FOLDER
        case PermissionError():
            in_use = getattr(error, "winerror", None) == _IN_USE
            fault = FileFault.IN_USE if in_use else FileFault.NO_PERMISSION
        case _:
            fault = FileFault.CANNOT_READ
    return FileProblem(fault, path.name)


def _read(path: Path, choice: ReadChoice, report: Report) -> SheetRead:
    if path.is_dir():
        raise IsADirectoryError
    if not path.is_file() and path.exists():
        refuse(FileFault.NOT_A_SPREADSHEET)
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    match kind_of_file(path, head):
        case Kind.ZIP:
            with Parts(path, report) as parts:
                return _read_zip(path, parts, choice)
        case Kind.OLE:
            return _read_ole(path, choice)
        case Kind.TEXT:
            kind = path.suffix.casefold().removeprefix(".")
            kind = kind if kind in {"csv", "tsv", "txt"} else "csv"
            return read_delimited(text_bytes(path), choice, kind, report)


def _read_zip(path: Path, parts: Parts, choice: ReadChoice) -> SheetRead:
    if parts.has("content.xml"):
        book = OdsBook(parts)
        grids = {name: sheet.done() for name, sheet in book.sheets.items()}
        names = tuple(book.sheets)
        return _chosen(
            _Book("ods", names, book.visible, book.visible[0], lambda n, _: grids[n]), choice
        )
    if parts.has("xl/workbook.bin"):
        return _read_binary(path, "xlsb", choice)
    workbook = read_workbook(parts)
    return _read_workbook(parts, workbook, choice)


def _read_ole(path: Path, choice: ReadChoice) -> SheetRead:
    with path.open("rb") as file:
        refuse_other_office_files(file.read(_OLE_BYTES))
    return _read_binary(path, "xls", choice)


def _read_binary(path: Path, kind: str, choice: ReadChoice) -> SheetRead:
    book = CalamineBook(path, choice.country)
    return _chosen(_Book(kind, book.sheets, book.visible, book.active, book.grid), choice)


def _read_workbook(parts: Parts, workbook: Workbook, choice: ReadChoice) -> SheetRead:
    strings = read_strings(parts)
    compiled = {
        code: NumberFormat(code, country=choice.country, uses_1904=workbook.uses_1904)
        for code in set(workbook.formats)
    }
    formats = [compiled[code] for code in workbook.formats]
    places = {sheet.name: sheet.part for sheet in workbook.sheets}

    def grid(name: str, most_rows: int) -> Grid:
        return read_sheet(parts, places[name], strings, formats, most_rows=most_rows)

    visible = tuple(sheet.name for sheet in workbook.visible)
    active = workbook.sheets[workbook.active].name
    kind = "xlsm" if workbook.macros else "xlsx"
    first = active if active in visible else visible[0]
    return _chosen(_Book(kind, tuple(places), visible, first, grid), choice)


@dataclass(frozen=True, slots=True)
class _Book:
    """A workbook of any kind: its sheets, and how to read so many rows of one."""

    kind: str
    sheets: tuple[str, ...]
    visible: tuple[str, ...]
    active: str
    grid: Callable[[str, int], Grid]


def _chosen(book: _Book, choice: ReadChoice) -> SheetRead:
    """Read the sheet asked for; else the active one, or the one other that holds phones."""
    name, with_phones = book.active, ()
    if choice.sheet is not None:
        if choice.sheet not in book.sheets:
            refuse(FileFault.NO_SUCH_SHEET, detail=choice.sheet)
        name = choice.sheet
    elif len(book.sheets) > MOST_SHEETS:
        refuse(FileFault.UNSAFE_FILE, count=len(book.sheets), limit=MOST_SHEETS)
    elif len(book.visible) > 1:
        with_phones = tuple(n for n in book.visible if _has_phones(book.grid(n, _LOOK_ROWS)))
        name = name if name in with_phones or not with_phones else with_phones[0]
    return SheetRead(
        book.kind, book.grid(name, choice.most_rows or MOST_ROWS), name, book.visible, with_phones
    )


def _has_phones(grid: Grid) -> bool:
    return any(sum(map(looks_like_phone, column[:_LOOK_ROWS])) > 0 for column in grid.columns)


def _as_table(read: SheetRead, choice: ReadChoice, path: Path) -> Table:
    grid = read.grid
    if not grid.row_numbers or not grid.columns:
        refuse(FileFault.NO_ROWS if read.sheet else FileFault.EMPTY_FILE)
    header = _header_of(grid, choice)
    place, doubtful = header.row, header.doubtful
    start = 0 if place is None else place + 1
    if start >= len(grid.row_numbers):
        refuse(FileFault.NO_ROWS)
    names = ("",) * len(grid.columns)
    if place is not None:
        names = tuple(" ".join(column[place].split()) for column in grid.columns)
    source = Source(
        file=os.fsencode(path.name).decode("utf-8", "replace"),  # old archives have other names
        kind=read.kind,
        sheet=read.sheet,
        sheets=read.sheets,
        header_row=None if place is None else grid.row_numbers[place],
        encoding=read.encoding,
        separator=read.separator,
        sha256=_sha256(path),
        phone_sheets=read.phone_sheets,
        encodings=read.encodings,
        doubtful_row=None if doubtful is None else grid.row_numbers[doubtful],
        doubtful_cells=() if doubtful is None else filled_cells(c[doubtful] for c in grid.columns),
    )
    numbers = grid.row_numbers[start:]
    return Table(
        source=source,
        names=names,
        columns=_below(grid.columns, start),
        row_numbers=numbers,
        hidden_rows=frozenset(row for row in grid.hidden_rows if numbers[0] <= row <= numbers[-1]),
        hidden_columns=grid.hidden_columns,
        cell_faults={(r - start, c): f for (r, c), f in grid.faults.items() if r >= start},
    )


def _below(columns: Sequence[Sequence[str]], start: int) -> tuple[Sequence[str], ...]:
    """Cut the rows above the people; the columns that hold nothing are one and stay one."""
    cut: dict[int, Sequence[str]] = {}
    for column in columns:
        if id(column) not in cut:
            packed = isinstance(column, TextColumn)
            cut[id(column)] = column.after(start) if packed else column[start:]
    return tuple(cut[id(column)] for column in columns)


def _header_of(grid: Grid, choice: ReadChoice) -> Header:
    if choice.header_row == 0:
        return Header()
    if choice.header_row is not None:
        if choice.header_row not in grid.row_numbers:
            refuse(FileFault.NO_ROWS)
        return Header(grid.row_numbers.index(choice.header_row))
    return read_header(grid.first_rows(HEADER_ROWS + SAMPLE_ROWS))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
