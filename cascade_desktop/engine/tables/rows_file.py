"""Save some rows of a list as a workbook, each with the reason why it is there."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from cascade_desktop.engine.tables.report import shown_text, written_beside

_WIDEST = 60
_WIDTH = 18


def write_rows(
    path: Path, names: Sequence[str], reason: str, rows: Iterable[tuple[Sequence[str], str]]
) -> None:
    """Write rows with their own columns, then the reason; every cell is text.

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
        for at in range(1, len(names) + 1):
            sheet.column_dimensions[get_column_letter(at)].width = _WIDTH
        sheet.column_dimensions[get_column_letter(len(names) + 1)].width = _WIDEST

        def text(value: str, *, bold: bool = False):
            cell = WriteOnlyCell(sheet, shown_text(value))
            cell.data_type = "s"
            cell.number_format = "@"
            if bold:
                cell.font = Font(bold=True)
            return cell

        sheet.append([text(name, bold=True) for name in (*names, reason)])
        for cells, why in rows:
            sheet.append([text(cell) for cell in (*cells, why)])
        book.save(unfinished)
