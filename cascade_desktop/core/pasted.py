"""Turn pasted cells or typed numbers into a table."""

import csv
import re
from itertools import zip_longest

from cascade_desktop.core.columns import find_header
from cascade_desktop.core.table import Source, Table

_BETWEEN_NUMBERS = re.compile(r"[;,\n\r]+")


def table_from_text(text: str, title: str) -> Table:
    """Read pasted cells (tabs between columns, as Excel copies them) or numbers.

    Numbers may stand on lines of their own or be parted by commas and semicolons.

    >>> table_from_text("050 111 22 33; 067 222 33 44", "typed").columns
    (('050 111 22 33', '067 222 33 44'),)
    """
    if "\t" in text:
        lines = text.splitlines(keepends=True)
        rows = [tuple(row) for row in csv.reader(lines, delimiter="\t")]
    else:
        rows = [(cell.strip(),) for cell in _BETWEEN_NUMBERS.split(text) if cell.strip()]
    header = find_header(rows) if rows else None
    start = 0 if header is None else header + 1
    columns = tuple(zip_longest(*rows[start:], fillvalue=""))
    names = ("",) * len(columns)
    if header is not None:
        names = (*rows[header], *names)[: len(columns)]
    return Table(
        source=Source(title, header_row=None if header is None else header + 1),
        names=names,
        columns=columns,
        row_numbers=tuple(range(start + 1, len(rows) + 1)),
    )
