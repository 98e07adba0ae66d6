"""Save some rows of a list as a workbook, each with the reason why it is there."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from cascade_desktop.engine.tables.report import shown_text, written_beside

_WIDEST = 60
_WIDTH = 18


def write_rows(
    path: Path, names: Sequence[str], rows: Iterable[Sequence[str]], *, wide: int = -1
) -> None:
    """Write rows under the names of their columns, one of them wide; every cell is text.

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
        widths = [_WIDTH] * len(names)
        widths[wide] = _WIDEST
        for at, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(at)].width = width

        def text(value: str, *, bold: bool = False):
            cell = WriteOnlyCell(sheet, shown_text(value))
            cell.data_type = "s"
            cell.number_format = "@"
            if bold:
                cell.font = Font(bold=True)
            return cell

        sheet.append([text(name, bold=True) for name in names])
        for cells in rows:
            sheet.append([text(cell) for cell in cells])
        book.save(unfinished)
