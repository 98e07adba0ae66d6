"""Write a workbook to be filled in: the columns that a message needs, and invented people."""

from collections.abc import Sequence
from pathlib import Path

from cascade_desktop.engine.tables.report import shown_text, written_beside

EXAMPLE_PHONES = ("+380501112233", "+380672223344", "+380933334455")
_WIDTH = 22
_ROOM_ROWS = 500
"""So far below the examples the cells are text too, so that Excel keeps what is typed there."""


def write_example(path: Path, phone: str, names: Sequence[str], value: str) -> None:
    """Write a column of phones and one for each name; "{name}" in `value` is the column's.

    Raises:
        ReportNotWrittenError: the file could not be written; one that was there stays.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    with written_beside(path) as unfinished:
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        sheet.freeze_panes = "A2"
        for at in range(len(names) + 1):
            sheet.column_dimensions[get_column_letter(at + 1)].width = _WIDTH

        def text(words: str, *, bold: bool = False):
            cell = WriteOnlyCell(sheet, shown_text(words) or None)
            cell.number_format = "@"
            if words:
                cell.data_type = "s"
            if bold:
                cell.font = Font(bold=True)
            return cell

        sheet.append([text(name, bold=True) for name in (phone, *names)])
        for number, example in enumerate(EXAMPLE_PHONES, 1):
            cells = (value.format(name=name, number=number) for name in names)
            sheet.append([text(cell) for cell in (example, *cells)])
        for _ in range(_ROOM_ROWS):
            sheet.append([text("") for _ in range(len(names) + 1)])
        book.save(unfinished)
