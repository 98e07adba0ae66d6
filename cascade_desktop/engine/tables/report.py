"""Write a campaign's report as a workbook or as delimited text.

A report is written beside its target and renamed: a failure never leaves half a file, nor
touches the one that was there. Every cell of the operator's stays text: a phone keeps its zeros,
a formula stays a sight.
"""

import csv
import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from cascade_desktop.core.report import RemovedRow, Report, ReportProblem, ReportRow

# Excel's own limits: rows of a sheet, UTF-16 units of a cell.
SHEET_ROWS = 1_048_576
CELL_UNITS = 32_767

OWN_WIDTH = 18.0
RESULT_WIDTHS = (8.0, 18.0, 16.0, 46.0, 16.0, 8.0, 10.0, 10.0, 40.0, 38.0, 21.0, 21.0)
REMOVED_WIDTHS = (8.0, 20.0, 60.0)
SUMMARY_WIDTHS = (52.0, 14.0)

# What XML cannot hold, and halves of UTF-16 pairs, which no file can.
INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
HALF_PAIR = re.compile(r"[\ud800-\udfff]")

# A spreadsheet program takes these at the start of a cell of text for a formula.
FORMULA = re.compile(r"[\s\x00-\x1f]*[=+\-@＝＋－＠]|[\t\r\n]")
E164 = re.compile(r"\+[1-9][0-9]{6,14}")

# How the workbook writer, which is Rust, tells the system's error number.
RUST_ERROR = re.compile(r"\bos error (\d+)|\bcode: (\d+)")

PROBLEMS = {
    errno.ENOSPC: ReportProblem.NO_ROOM,
    errno.EDQUOT: ReportProblem.NO_ROOM,
    errno.EFBIG: ReportProblem.NO_ROOM,
    errno.EACCES: ReportProblem.READ_ONLY,
    errno.EPERM: ReportProblem.READ_ONLY,
    errno.EROFS: ReportProblem.READ_ONLY,
    errno.ENOENT: ReportProblem.NO_FOLDER,
    errno.ENOTDIR: ReportProblem.NO_FOLDER,
}

REPORT_SUFFIXES = (".xlsx", ".csv")
"""The endings of a report's name; each says what is written."""

Cell = str | int | float | None
Cells = tuple[Cell, ...]


class ReportNotWrittenError(Exception):
    """The disk did not take a report; the problem says why."""

    def __init__(self, problem: ReportProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class _Header(str):
    """A column's name that equals only itself: two columns of a sheet may bear one name."""

    __slots__ = ()
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


def target_problem(path: Path) -> ReportProblem | None:
    """Tell what already stands in the way of a report there, before there is one to write."""
    if path.suffix.casefold() not in REPORT_SUFFIXES:
        return ReportProblem.WRONG_ENDING
    if not path.parent.is_dir():
        return ReportProblem.NO_FOLDER
    if path.is_dir() or not os.access(path.parent, os.W_OK):
        return ReportProblem.READ_ONLY
    return None


def write_report(path: Path, report: Report) -> None:
    """Write a workbook of three sheets: the results, the summary, and those not included.

    Raises:
        ReportNotWrittenError: the disk did not take it; nothing is left behind.
    """
    from rustpy_xlsxwriter import FastExcel

    titles = report.titles
    with written_beside(path) as unfinished:
        book = FastExcel(unfinished, output_format="xlsx").format(bold_headers=True).freeze(row=1)
        results = (*report.names, *titles.results)
        rows = _limited(map(_result_cells, report.rows))
        _add_sheet(book, titles.results_sheet, results, rows, _widths(report, RESULT_WIDTHS))
        summary = (report.title, titles.number)
        _add_sheet(book, titles.summary_sheet, summary, _summary(report), SUMMARY_WIDTHS)
        removed = (*report.names, *titles.removed)
        rows = _limited(map(_removed_cells, report.removed))
        _add_sheet(book, titles.removed_sheet, removed, rows, _widths(report, REMOVED_WIDTHS))
        book.save()


def write_csv(path: Path, report: Report, separator: str = ",") -> None:
    """Write the results alone as text that Excel opens: UTF-8 with its mark, formulas guarded.

    With a semicolon between cells the comma is the decimal sign, as where such files are usual.

    Raises:
        ReportNotWrittenError: the disk did not take it; nothing is left behind.
    """
    comma = separator == ";"
    with (
        written_beside(path) as unfinished,
        unfinished.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        writer = csv.writer(file, delimiter=separator)
        writer.writerow(map(_guarded, (*report.names, *report.titles.results)))
        for row in report.rows:
            cells = (_plain(cell, decimal_comma=comma) for cell in _result_cells(row))
            writer.writerow(cells)


def _add_sheet(
    book: Any, name: str, names: tuple[str, ...], rows: Iterator[Cells], widths: tuple[float, ...]
) -> None:
    """Add a sheet with a filter over its header, which is there even when there are no rows."""
    headers = tuple(_Header(shown_text(name)) for name in names)
    once = [header for header in headers if header and list(map(str, headers)).count(header) == 1]
    book.sheet(
        name,
        _records(headers, rows),
        column_widths=list(widths),
        autofilter=True,
        # Phones and ids are text on purpose: no green corner in each cell.
        ignore_errors=once,
    )


def _records(headers: tuple[_Header, ...], rows: Iterator[Cells]) -> Iterator[dict[str, Cell]]:
    """Yield a record for each row, or an empty one, from which the writer takes the header."""
    first = next(rows, None)
    yield dict.fromkeys(headers) if first is None else dict(zip(headers, first, strict=True))
    for row in rows:
        yield dict(zip(headers, row, strict=True))


def _result_cells(row: ReportRow) -> Cells:
    cost = None if row.cost is None else float(row.cost)
    outcome = (row.row, row.sent_to, row.outcome, row.reason, row.delivery)
    ids = (row.tracking_id, row.message_id, row.sent_utc, row.sent_local)
    return (*row.cells, *outcome, row.parts, cost, row.currency, *ids)


def _removed_cells(row: RemovedRow) -> Cells:
    return (*row.cells, row.row, row.phone, row.why)


def _summary(report: Report) -> Iterator[Cells]:
    """Yield the lines that add up to the file, under a stamp when nothing was sent."""
    if report.practice:
        yield (report.titles.practice, None)
    for name, number in report.summary:
        yield name, number if isinstance(number, int) else float(number)
    yield from ((note, None) for note in report.notes)


def _limited(rows: Iterator[Cells]) -> Iterator[Cells]:
    """Yield rows as a sheet can show them, and refuse more than it holds."""
    for number, row in enumerate(rows, start=2):
        if number > SHEET_ROWS:
            raise ReportNotWrittenError(ReportProblem.TOO_MANY_ROWS)
        yield tuple([shown_text(cell) if isinstance(cell, str) else cell for cell in row])


def _widths(report: Report, ours: tuple[float, ...]) -> tuple[float, ...]:
    return (*(OWN_WIDTH for _ in report.names), *ours)


def _writable(text: str) -> str:
    """Return a text without what no file can hold; everything visible stays."""
    if text.isascii() and text.isprintable():
        return text
    return HALF_PAIR.sub("\N{REPLACEMENT CHARACTER}", INVISIBLE.sub("", text))


def shown_text(text: str) -> str:
    r"""Return a text as a cell of a workbook can hold it.

    >>> shown_text("one\r\ntwo\x00")
    'one\ntwo'
    """
    text = _writable(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) * 2 <= CELL_UNITS or len(text.encode("utf-16-le")) <= CELL_UNITS * 2:
        return text
    cut = text.encode("utf-16-le")[: (CELL_UNITS - 1) * 2]
    return cut.decode("utf-16-le", errors="ignore") + "…"


def _guarded(text: str) -> str:
    """Return a text that no spreadsheet program takes for a formula.

    >>> _guarded("=1+1"), _guarded("+380501112233")
    ("'=1+1", '+380501112233')
    """
    text = _writable(text)
    return f"'{text}" if FORMULA.match(text) and not E164.fullmatch(text) else text


def _plain(cell: Cell, *, decimal_comma: bool) -> str:
    match cell:
        case None:
            return ""
        case str():
            return _guarded(cell)
        case float() if decimal_comma:
            return str(cell).replace(".", ",")
        case _:
            return str(cell)


@contextmanager
def written_beside(path: Path) -> Iterator[Path]:
    """Give a file to write in the target's folder; let it take the target's place when done."""
    unfinished = path.with_name(f".report-{os.getpid()}.part")
    try:
        unfinished.touch()
        yield unfinished
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        _replace(unfinished, path)
    except OSError as error:
        raise ReportNotWrittenError(_problem(error)) from error
    except BaseException as error:
        # The Rust writer panics when the folder for temporary files is full.
        if type(error).__name__ == "PanicException":
            raise ReportNotWrittenError(_problem(error)) from error
        raise
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _replace(unfinished: Path, path: Path) -> None:
    """Put a finished file in the target's place; Windows refuses while a program has it open."""
    try:
        unfinished.replace(path)
    except PermissionError as error:
        if path.is_file() and os.access(path, os.W_OK):
            raise ReportNotWrittenError(ReportProblem.IN_USE) from error
        raise


def _problem(error: BaseException) -> ReportProblem:
    """Return what the operator can do about an error of the disk."""
    number = error.errno if isinstance(error, OSError) else None
    told = RUST_ERROR.search(str(error))
    if number is None and told:
        code = int(told[1] or told[2])
        # On Windows the number is the system's own, which OSError translates.
        number = OSError(0, "", None, code).errno if os.name == "nt" else code
    return PROBLEMS.get(number or 0, ReportProblem.OTHER)
