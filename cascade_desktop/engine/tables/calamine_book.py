"""Read .xls and .xlsb with calamine, as far as it tells what the sheet shows."""

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

from cascade_desktop.core.reading_problems import FileFault
from cascade_desktop.engine.tables.grid import Grid, GridBuilder
from cascade_desktop.engine.tables.layout import columns_within, fill_merged
from cascade_desktop.engine.tables.number_text import general
from cascade_desktop.engine.tables.unreadable import refuse
from cascade_desktop.engine.tables.xls_layout import XlsLayout, read_xls_layout

_SHORT_DATES = {"US": "%m/%d/%Y", "IT": "%d/%m/%Y", "GB": "%d/%m/%Y", "FR": "%d/%m/%Y"}
_MOST_CELLS = 6_000_000
"""calamine lays out every cell up to the last one: a stray cell in IV65536 takes a gigabyte."""

Cell = int | float | str | bool | dt.date | dt.time | dt.timedelta


class CalamineBook:
    """A workbook in one of the binary formats."""

    def __init__(self, path: Path, country: str) -> None:
        import python_calamine

        self._country = country
        data = path.read_bytes()
        layout = XlsLayout() if data.startswith(b"PK") else read_xls_layout(data)
        if (area := sum(sheet.area for sheet in layout.sheets)) > _MOST_CELLS:
            refuse(FileFault.TOO_BIG, count=area, limit=_MOST_CELLS)
        try:
            self._book = python_calamine.CalamineWorkbook.from_filelike(
                io.BytesIO(data)  # by content: from_path goes by the name
            )
        except python_calamine.PasswordError:
            refuse(FileFault.ENCRYPTED)
        except (python_calamine.CalamineError, ValueError):
            refuse(FileFault.CORRUPT)
        self._errors = (python_calamine.CalamineError, ValueError, OSError)
        visible = python_calamine.SheetVisibleEnum.Visible
        worksheet = python_calamine.SheetTypeEnum.WorkSheet
        listed = self._book.sheets_metadata
        sheets = [sheet for sheet in listed if sheet.typ == worksheet]
        seen = tuple(sheet.name for sheet in sheets if sheet.visible == visible)
        self.sheets = tuple(sheet.name for sheet in sheets)
        self.visible = seen or self.sheets
        if not self.sheets:
            refuse(FileFault.CORRUPT)
        self._layouts = dict(zip((sheet.name for sheet in listed), layout.sheets, strict=False))
        chosen = listed[layout.active].name if layout.active < len(listed) else ""
        self.active = chosen if chosen in self.visible else self.visible[0]

    def grid(self, name: str, most_rows: int) -> Grid:
        """Read one sheet."""
        try:
            sheet = self._book.get_sheet_by_name(name)
            start = sheet.start or (0, 0)
            rows = sheet.to_python(skip_empty_area=True, nrows=most_rows)
        except self._errors:
            refuse(FileFault.CORRUPT)
        builder = GridBuilder()
        for offset, row in enumerate(rows):
            builder.start_row(start[0] + offset + 1)
            for column, cell in enumerate(row):
                if cell != "" and (text := show_value(cell, self._country)):
                    builder.put(start[1] + column, text)
        grid = builder.done()
        if layout := self._layouts.get(name):
            grid.hidden_rows = frozenset(layout.hidden_rows)
            grid.hidden_columns = columns_within(layout.hidden_columns, len(grid.columns))
            fill_merged(grid, layout.merged)
        return grid


def show_value(cell: Cell, country: str = "UA") -> str:
    """Show a value of a binary workbook; dates in the country's short form.

    >>> show_value(380501112233.0), show_value(dt.date(2026, 11, 26))
    ('380501112233', '26.11.2026')
    """
    match cell:
        case str():
            return cell
        case bool():
            return "TRUE" if cell else "FALSE"
        case int() | float():
            return general(Decimal(repr(cell))) if cell == cell else "NaN"  # noqa: PLR0124
        case dt.time():
            return f"{cell:%H:%M}"
        case dt.timedelta():
            minutes, seconds = divmod(int(cell.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
        case dt.date():
            return _show_day(cell, country)


def _show_day(day: dt.date, country: str) -> str:
    shown = day.strftime(_SHORT_DATES.get(country, "%d.%m.%Y"))
    if isinstance(day, dt.datetime) and day.time() != dt.time():
        return f"{shown} {day:%H:%M}"
    return shown
