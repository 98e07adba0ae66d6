"""Write a workbook to be filled in: the columns that a message needs, and nobody in them."""

from collections.abc import Sequence
from pathlib import Path

from cascade_desktop.engine.tables.report import shown_text, written_beside

_WIDTH = 22
_ROOM_ROWS = 500
"""So far below the example the cells are text too, so that Excel keeps what is typed there."""


def write_example(path: Path, phone: str, names: Sequence[str], hint: str, note: str) -> None:
    """Write a column of phones and one for each name, with a row that shows how and is nobody's.

    The row holds the `hint`, which is no phone, and the `note` behind its other cells, which stay
    empty: nothing made up is sent when only the phone is written over.

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
        row = (hint, *("" for _ in names), note)
        sheet.append([text(cell) for cell in row])
        for _ in range(_ROOM_ROWS):
            sheet.append([text("") for _ in range(len(names) + 1)])
        book.save(unfinished)
