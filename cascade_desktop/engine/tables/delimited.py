"""Read .csv, .tsv, .txt and pasted text: pandas splits it, types are never guessed."""

import io
import re
from array import array
from collections import Counter
from collections.abc import Sequence

from cascade_desktop.core.progress import Progress, Report, Stage, tell_nobody
from cascade_desktop.core.reading_problems import FileFault
from cascade_desktop.core.table import NUL, TextColumn, TextPacker
from cascade_desktop.engine.tables.encodings import decode
from cascade_desktop.engine.tables.grid import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Grid,
    ReadChoice,
    SheetRead,
)
from cascade_desktop.engine.tables.unreadable import refuse

_SEPARATORS = (";", "\t", ",", "|")
_SAMPLE_LINES = 200
_LEAST_CUT = 0.3
"""Of the lines; a comma in one line of many is that line's own, and what follows is no column."""
_INSTRUCTION = re.compile(r'"?sep=(.)"?[;,\t]*\r?\n?\Z', re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_QUOTE, _TWO = '"', '""'
_MOST_LINES_IN_CELL = 50
_USUAL_COLUMNS = 200
_PIECE = 50_000
"""Rows that pandas splits at a time."""
_PIECE_CELLS = 2_000_000
_NOTHING = re.compile(r"[\s;,|\"]*+\Z")
_LINE_END, _RETURN = b"\n\r"


def read_delimited(
    data: bytes, choice: ReadChoice, kind: str, report: Report = tell_nobody
) -> SheetRead:
    """Read a file's bytes as delimited text."""
    decoded = decode(data, choice.country, choice.encoding)
    text = decoded.text
    if choice.most_rows:
        text = "\n".join(text.split("\n", choice.most_rows)[: choice.most_rows])
    grid, separator, first = read_text(text, choice.separator, report)
    return SheetRead(
        kind=kind,
        grid=grid,
        encoding=decoded.encoding,
        encodings=decoded.others,
        separator=separator,
        first_row=first,
    )


def read_text(
    text: str, separator: str | None = None, report: Report = tell_nobody
) -> tuple[Grid, str, int]:
    """Split text into columns; returns the grid, its separator and the first row's number."""
    _refuse_binary(text[:4096])
    first = 1
    line_end = text.find("\n") + 1
    if told := _INSTRUCTION.match(text[:line_end]):
        text, first = text[line_end:], 2
        separator = separator or told[1]
    if _NOTHING.match(text):
        refuse(FileFault.EMPTY_FILE)
    separator = separator or find_separator(text)
    columns = _columns(text, separator, report)
    rows = len(columns[0]) if columns else 0
    if rows > MOST_ROWS:
        refuse(FileFault.TOO_BIG, count=rows, limit=MOST_ROWS)
    last = max((_last_filled(column) for column in columns), default=0)
    kept: list[Sequence[str]] = [column.before(last) for column in columns]
    return Grid(range(first, first + last), kept), separator, first


def find_separator(text: str) -> str:
    r"""Choose the sign that cuts the lines most alike; "" when there is one column.

    >>> find_separator("phone;name, first\n0501112233;Ганна, Ї.")
    ';'
    """
    lines = _QUOTED.sub("", text[:200_000]).splitlines()[:_SAMPLE_LINES]
    lines = [line for line in lines if line.strip(" ")]  # tabs are left of a quoted line
    best, best_score = "", 0.0
    for separator in _SEPARATORS:
        counts = Counter(line.count(separator) for line in lines)
        used = {count: lines_ for count, lines_ in counts.items() if count}
        if not used or sum(used.values()) < len(lines) * _LEAST_CUT:
            continue
        count, alike = max(used.items(), key=lambda item: (item[1], item[0]))
        score = alike / len(lines) + min(count, 20) / 1000
        if score > best_score and not _within_numbers(lines, separator):
            best, best_score = separator, score
    return best


def _within_numbers(lines: Sequence[str], separator: str) -> bool:
    """Tell whether a comma only stands between a number's digits, as in 1234,50."""
    if separator != ",":
        return False
    return all(
        re.fullmatch(r"\s*\+?[0-9][0-9 ]*,[0-9]{1,2}\s*", line)
        for line in lines
        if separator in line
    )


def _refuse_binary(head: str) -> None:
    odd = sum(1 for sign in head if ord(sign) < ord(" ") and sign not in "\t\r\n\x0b\x0c\x1a")
    if odd > len(head) * 0.05 or head.count("\ufffd") > len(head) * 0.2:
        refuse(FileFault.NOT_A_SPREADSHEET)


def _columns(text: str, separator: str, report: Report) -> list[TextColumn]:
    """Split with pandas; quotes that never close, or close within a later word, are no quotes."""
    width = _width(text, separator)
    try:
        columns = _split(text, separator, width, report)
    except ValueError:  # pandas' ParserError: the last quote is open
        columns = []
    if columns and not any(b"\n" in column.block for column in columns):
        return columns
    whole = with_plain_quotes(text, separator)
    if columns and whole == text:
        return columns
    return _split(whole, separator, _width(whole, separator), report)


def with_plain_quotes(text: str, separator: str) -> str:
    """Write the quotes that open no cell as signs of their own; cells over lines stay whole."""
    ends = re.escape(separator) + r"\r\n"
    line = r'(?:[^"\n]++|"")*+'
    quoted = rf'"{line}(?:\n{line}){{0,{_MOST_LINES_IN_CELL}}}+"(?=[{ends}]|\Z)'
    plain = rf'"[^{ends}]*+'
    return re.sub(
        rf"(\A|[{ends}])(?:({quoted})|({plain}))",
        lambda found: found[0] if found[2] else f'{found[1]}"{found[3].replace(_QUOTE, _TWO)}"',
        text,
    )


def _width(text: str, separator: str) -> int:
    if not separator:
        return 1
    width = _widest(text, separator)
    if width > _USUAL_COLUMNS and '"' in text:
        width = _widest(_QUOTED.sub("", text), separator)
    if width > MOST_COLUMNS:
        refuse(FileFault.TOO_MANY_COLUMNS, count=width, limit=MOST_COLUMNS)
    return width


def _widest(text: str, separator: str) -> int:
    """Return the most cells of a line; U+2028 ends none."""
    import numpy as np

    signs = np.frombuffer(text.encode("utf-8", "replace"), np.uint8)
    sign = separator.encode("utf-8", "replace")[0]  # of several bytes the first is as frequent
    ends = np.append(np.flatnonzero((signs == _LINE_END) | (signs == _RETURN)), len(signs))
    before = np.searchsorted(np.flatnonzero(signs == sign), ends)
    return int(np.diff(before, prepend=0).max()) + 1


def _split(text: str, separator: str, width: int, report: Report) -> list[TextColumn]:
    import pandas as pd

    lines = text.count("\n") + text.count("\r") + 1
    if width * min(lines, MOST_ROWS + 1) > MOST_CELLS * (4 if width <= _USUAL_COLUMNS else 1):
        refuse(FileFault.TOO_BIG, count=width * lines)
    frames = pd.read_csv(
        io.BytesIO(text.encode("utf-8", "replace")),
        sep=separator or "\x1f",
        header=None,
        names=range(width),
        index_col=False,
        dtype=object,
        keep_default_na=False,
        na_filter=False,
        skip_blank_lines=False,
        engine="c",
        chunksize=max(100, min(_PIECE, _PIECE_CELLS // width)),
    )
    packers = [TextPacker() for _ in range(width)]
    with frames:
        for frame in frames:
            for index, packer in enumerate(packers):
                _pack(packer, frame[index].tolist())
            rows = len(packers[0])
            report(Progress(Stage.READING, rows / lines, rows))
    columns = [packer.done() for packer in packers]
    while len(columns) > 1 and columns[-1].is_empty():
        columns.pop()
    return columns


def _pack(packer: TextPacker, cells: list[str]) -> None:
    """Add cells, none of which has a NUL, quicker than the packer finds where they begin."""
    import numpy as np

    block = (NUL.join(cells) + NUL).encode()
    ends = np.flatnonzero(np.frombuffer(block, np.uint8) == 0) + packer.size + 1
    if len(ends) == len(cells):
        packer.add_block(block, array("I", ends.astype(np.uint32).tobytes()))
    else:
        packer.add(cells)


def _last_filled(column: TextColumn) -> int:
    for index in range(len(column) - 1, -1, -1):
        if column[index] and not column[index].isspace():
            return index + 1
    return 0
