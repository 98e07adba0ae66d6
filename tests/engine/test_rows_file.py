"""Rows of a list saved with their reasons: what a workbook might run stays the text it was."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from test_report import HOSTILE

from cascade_desktop.engine.tables.report import ReportNotWrittenError
from cascade_desktop.engine.tables.rows_file import write_rows

NAMES = ("Телефон", "=1+1", "Why", "Row in the list")


def test_hostile_cells_stay_the_text_they_were(tmp_path: Path) -> None:
    path = tmp_path / "to fix.xlsx"

    write_rows(path, NAMES, ((cell, "Олена", "=no phone", "7") for cell in HOSTILE), wide=-2)

    (sheet,) = load_workbook(path).worksheets
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}
    assert [cell.value for cell in next(sheet.iter_rows())] == list(NAMES)
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == list(HOSTILE)
    widths = [sheet.column_dimensions[letter].width for letter in "ABCD"]
    assert widths.index(max(widths)) == 2
    assert [row[2] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        "=no phone" for _ in HOSTILE
    ]


def test_a_file_that_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "gone" / "to fix.xlsx"

    with pytest.raises(ReportNotWrittenError):
        write_rows(path, NAMES, ())

    assert list(tmp_path.iterdir()) == []
