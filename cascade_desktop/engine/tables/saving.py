"""Save a report where it harms nothing: over an earlier report, never over another file."""

import csv
import html
import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from cascade_desktop.core.report import Report, ReportProblem, ReportTitles
from cascade_desktop.engine.tables.report import (
    ReportNotWrittenError,
    target_problem,
    write_csv,
    write_report,
)

_SHEET = re.compile(r'<sheet [^>]*?name="([^"]*)"')
_HEAD_CHARS = 1 << 20
"""Names of sheets and of columns stand at the beginning, within this."""


def report_problem(path: Path, titles: ReportTitles, source: str = "") -> ReportProblem | None:
    """Tell what already stands in the way of a report there, before there is one to write.

    ``source`` is the name of the list that the campaign was made from.
    """
    problem = target_problem(path)
    if problem is not None or not path.exists():
        return problem
    if is_the_list(path, source):
        return ReportProblem.THE_LIST
    return None if is_report(path, titles) else ReportProblem.NOT_A_REPORT


def is_the_list(path: Path, source: str) -> bool:
    """Tell whether a file stands there under the name of a list; in any folder, to be sure."""
    return bool(source) and path.name.casefold() == Path(source).name.casefold() and path.exists()


def save_report(path: Path, report: Report) -> None:
    """Write a report as the name's ending says: a workbook, or text with semicolons.

    Raises:
        ReportNotWrittenError: something stands there that is not to be replaced, or the disk did
            not take it; nothing is left behind.
    """
    problem = report_problem(path, report.titles, report.source)
    if problem is not None:
        raise ReportNotWrittenError(problem)
    if path.suffix.casefold() == ".csv":
        write_csv(path, report, ";")
    else:
        write_report(path, report)


def is_report(path: Path, titles: ReportTitles) -> bool:
    """Tell whether a file is an earlier report, or empty: nothing is lost with it."""
    try:
        if not path.is_file():
            return False
        if not path.stat().st_size:
            return True
        if path.suffix.casefold() == ".csv":
            return _columns(path)[-len(titles.results) :] == titles.results
        return _sheets(path) == (titles.results_sheet, titles.summary_sheet, titles.removed_sheet)
    except (OSError, ValueError, KeyError, BadZipFile, csv.Error):
        return False


def _columns(path: Path) -> tuple[str, ...]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = file.read(_HEAD_CHARS).splitlines(keepends=True)
    return tuple(next(csv.reader(head, delimiter=";"), ()))


def _sheets(path: Path) -> tuple[str, ...]:
    with ZipFile(path) as book, book.open("xl/workbook.xml") as file:
        names = _SHEET.findall(file.read(_HEAD_CHARS).decode("utf-8", "replace"))
    return tuple(map(html.unescape, names))
