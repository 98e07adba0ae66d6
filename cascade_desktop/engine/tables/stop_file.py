"""Write the “Do not message” list as a file that another computer reads back whole."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from cascade_desktop.core.report import ReportProblem
from cascade_desktop.core.stop_list import Stopped
from cascade_desktop.engine.tables.report import (
    FORMULA,
    SHEET_ROWS,
    ReportNotWrittenError,
    target_problem,
    written_beside,
)

WIDTHS = (20.0, 22.0, 60.0)
Names = tuple[str, str, str]


def write_stop_list(path: Path, sheet: str, names: Names, entries: Sequence[Stopped]) -> None:
    """Write phones as text with their date (UTC) and reason, as the name's ending says.

    Raises:
        ReportNotWrittenError: the ending is another, or the disk did not take it; nothing is
            left behind.
    """
    problem = target_problem(path)
    if problem is not None:
        raise ReportNotWrittenError(problem)
    if path.suffix.casefold() == ".csv":
        _write_csv(path, names, entries)
    elif len(entries) >= SHEET_ROWS:
        raise ReportNotWrittenError(ReportProblem.TOO_MANY_ROWS)
    else:
        _write_workbook(path, sheet, names, entries)


def _write_workbook(path: Path, sheet: str, names: Names, entries: Sequence[Stopped]) -> None:
    from rustpy_xlsxwriter import FastExcel

    records = (dict(zip(names, cells, strict=True)) for cells in _cells(entries))
    with written_beside(path) as unfinished:
        book = FastExcel(unfinished, output_format="xlsx").format(bold_headers=True).freeze(row=1)
        book.sheet(
            sheet,
            records if entries else iter([dict.fromkeys(names)]),
            column_widths=list(WIDTHS),
            autofilter=True,
            ignore_errors=list(names),
        )
        book.save()


def _write_csv(path: Path, names: Names, entries: Sequence[Stopped]) -> None:
    with (
        written_beside(path) as unfinished,
        unfinished.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        writer = csv.writer(file, delimiter=";")
        writer.writerow(names)
        for phone, at, reason in _cells(entries):
            writer.writerow((phone, at, _guarded(reason)))


def _cells(entries: Sequence[Stopped]) -> Iterator[Names]:
    for entry in entries:
        yield entry.phone, entry.added_at.replace(tzinfo=None).isoformat(sep=" "), entry.reason


def _guarded(text: str) -> str:
    """Return a reason that no spreadsheet program takes for a formula; reading takes it back."""
    return f"'{text}" if text.startswith("'") or FORMULA.match(text) else text
