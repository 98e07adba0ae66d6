"""Turn pasted cells or typed numbers into a table."""

import hashlib
import re
from collections.abc import Iterator
from itertools import zip_longest

from cascade_desktop.core.header import find_header
from cascade_desktop.core.table import Source, Table

_QUOTED = re.compile(r'"((?:[^"\t]|"")*)"(?=\t|\r?\n|\r|\Z)')
"""A cell that Excel put in quotes; one that only begins with a quotation mark is plain text."""
_PLAIN = re.compile(r"[^\t\r\n]*")
_LINE_END = re.compile(r"\r?\n|\r")
_BETWEEN_NUMBERS = re.compile(r"[;,\n\r]+")


def table_from_text(text: str, title: str) -> Table:
    """Read pasted cells (tabs between columns, as Excel copies them) or numbers.

    Numbers may stand on lines of their own or be parted by commas and semicolons.

    >>> table_from_text("050 111 22 33; 067 222 33 44", "typed").columns
    (('050 111 22 33', '067 222 33 44'),)
    """
    if "\t" in text:
        rows = list(_copied_rows(text))
    else:
        rows = [(cell.strip(),) for cell in _BETWEEN_NUMBERS.split(text) if cell.strip()]
    header = find_header(rows) if rows else None
    start = 0 if header is None else header + 1
    columns = tuple(zip_longest(*rows[start:], fillvalue=""))
    names = ("",) * len(columns)
    if header is not None:
        names = (*rows[header], *names)[: len(columns)]
    return Table(
        source=Source(
            title,
            header_row=None if header is None else header + 1,
            sha256=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
        ),
        names=names,
        columns=columns,
        row_numbers=tuple(range(start + 1, len(rows) + 1)),
    )


def _copied_rows(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of cells as a spreadsheet copies them; blank lines are rows too."""
    at, row = 0, list[str]()
    while at < len(text):
        quoted = _QUOTED.match(text, at)
        if quoted:
            row.append(quoted.group(1).replace('""', '"'))
            at = quoted.end()
        else:
            plain = _PLAIN.match(text, at)
            row.append(plain.group() if plain else "")
            at = plain.end() if plain else at
        if text[at : at + 1] == "\t":
            at += 1
            if at == len(text):
                row.append("")
            continue
        yield tuple(row)
        row = []
        end = _LINE_END.match(text, at)
        at = end.end() if end else len(text)
    if row:
        yield tuple(row)
