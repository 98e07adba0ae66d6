"""Turn pasted cells or typed numbers into a table: every line of them is somewhere in it."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from cascade_desktop.core.header import HEADER_ROWS, Header, filled_cells, read_header
from cascade_desktop.core.phone_spelling import looks_like_phone
from cascade_desktop.core.reading_problems import FileFault, FileProblem
from cascade_desktop.core.table import NUL, Source, Table

MOST_LINES = 20_000
MOST_SIGNS = 2_000_000
MOST_IN_LINE = 100_000
"""What is longer belongs in a file: it is read beside the window, and can be given up."""
_MOST_COLUMNS = 16_384
_MOST_CELLS = 4_000_000
_SAMPLE = 300
_QUOTED = re.compile(r'"((?:[^"\t]|"")*|(?:[^"\r\n]|"")*)"(?=\t|\r?\n|\r|\Z)')
"""A cell that Excel put in quotes; one that only begins with a quotation mark is plain text."""
_PLAIN = re.compile(r"[^\t\r\n]*")
_LINE_END = re.compile(r"\r?\n|\r")
_ANY_LINE_END = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_BULLET = re.compile(r"[•◦▪●○■□‣⁃∙*·–—-][ \t\xa0]+")
_COUNTED = re.compile(r"(?:№ ?)?([1-9][0-9]{0,5})(?:[.)]\s*|\s*[-–—:]\s+)(?=\S)")
_PART = 7
"""So many digits may be a number of their own."""
_NUMBER_SEPARATORS = (";", ",")
_COLUMN_SEPARATORS = (";", "|", ",")


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text that is a list, and how it shall be understood."""

    text: str
    title: str
    header_row: int | None = None

    def table(self) -> Table | FileProblem:
        """Read it; a long one takes a moment."""
        return table_from_text(self.text, self.title, self.header_row)


def table_from_text(text: str, title: str, header_row: int | None = None) -> Table | FileProblem:
    """Read pasted cells (tabs between columns, as Excel copies them), lines or numbers.

    Numbers may stand on lines of their own or be parted by commas and semicolons. Pass a
    `header_row` where somebody said in which row the names of the columns are; 0 for in none.

    >>> table_from_text("050 111 22 33; 067 222 33 44", "typed").columns
    (('050 111 22 33', '067 222 33 44'),)
    """
    problem = too_much(text, title)
    if problem is not None:
        return problem
    text = text.replace(NUL, "").encode("utf-8", "replace").decode()
    rows = list(_copied_rows(text)) if "\t" in text else _typed_rows(text)
    width = max(map(len, rows), default=0)
    if width > _MOST_COLUMNS or width * len(rows) > _MOST_CELLS:
        return FileProblem(FileFault.TOO_MANY_COLUMNS, title, count=width, limit=_MOST_COLUMNS)
    if not any(cell.strip() for row in rows for cell in row):
        return FileProblem(FileFault.NO_ROWS, title)
    return _table(rows, title, text, _header(rows, header_row))


def too_much(text: str, title: str) -> FileProblem | None:
    """Tell that a text is too long for the screen; None where it is not."""
    lines, longest, at = 1, 0, 0
    for end in _ANY_LINE_END.finditer(text):
        lines, longest, at = lines + 1, max(longest, end.start() - at), end.end()
    longest = max(longest, len(text) - at)
    if lines <= MOST_LINES + 1 and len(text) <= MOST_SIGNS and longest <= MOST_IN_LINE:
        return None
    return FileProblem(FileFault.TOO_MUCH_PASTED, title, count=lines, limit=MOST_LINES)


def _header(rows: Sequence[tuple[str, ...]], told: int | None) -> Header:
    if told is None:
        return read_header(rows[: HEADER_ROWS + _SAMPLE])
    return Header(told - 1) if 0 < told <= len(rows) else Header()


def _table(
    rows: Sequence[tuple[str, ...]], title: str, text: str, header: Header
) -> Table | FileProblem:
    start = 0 if header.row is None else header.row + 1
    if start >= len(rows):
        return FileProblem(FileFault.NO_ROWS, title)
    columns = tuple(zip_longest(*rows[start:], fillvalue=""))
    names = ("",) * len(columns)
    if header.row is not None:
        named = (" ".join(cell.split()) for cell in rows[header.row])
        names = (*named, *names)[: len(columns)]
    doubtful = header.doubtful
    source = Source(
        title,
        header_row=None if header.row is None else header.row + 1,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        doubtful_row=None if doubtful is None else doubtful + 1,
        doubtful_cells=() if doubtful is None else filled_cells(rows[doubtful]),
    )
    return Table(
        source=source,
        names=names,
        columns=columns,
        row_numbers=tuple(range(start + 1, len(rows) + 1)),
    )


def _typed_rows(text: str) -> list[tuple[str, ...]]:
    """Return the rows of lines without tabs: as columns where all of them are alike."""
    lines = [line.strip() for line in _ANY_LINE_END.split(text)]
    lines = _without_marks([line for line in lines if line])
    separator = _column_separator(lines)
    if separator:
        return [tuple(cell.strip() for cell in line.split(separator)) for line in lines]
    return [(cell,) for line in lines for cell in _numbers_of(line)]


def _without_marks(lines: list[str]) -> list[str]:
    """Drop the bullets, or the numbers in order, that a list in a text begins its lines with."""
    counted = [_COUNTED.match(line) for line in lines]
    numbers = [int(found[1]) for found in counted if found]
    if len(numbers) == len(lines) > 1 and numbers == [numbers[0] + at for at in range(len(lines))]:
        return [line[found.end() :] for line, found in zip(lines, counted, strict=True) if found]
    return [_BULLET.sub("", line, count=1) if _BULLET.match(line) else line for line in lines]


def _column_separator(lines: Sequence[str]) -> str:
    """Return what cuts lines copied out of a text file into columns, one of them of phones."""
    for separator in _COLUMN_SEPARATORS:
        counts = {line.count(separator) for line in lines}
        if len(lines) > 1 and len(counts) == 1 and 0 not in counts:
            cells = [line.split(separator) for line in lines[:_SAMPLE]]
            columns = list(zip(*cells, strict=True))
            phones = [c for c in columns if sum(map(looks_like_phone, c)) * 2 >= len(c)]
            words = [c for c in columns if any(sign.isalpha() for cell in c for sign in cell)]
            if len(phones) == 1 and words:
                return separator
    return ""


def _numbers_of(line: str) -> list[str]:
    """Cut a line of several numbers; a sentence with one stays whole."""
    for separator in _NUMBER_SEPARATORS:
        parts = [part.strip() for part in line.split(separator)]
        if sum(1 for part in parts if _digits(part) >= _PART) > 1:
            return [number for part in parts if part for number in _numbers_of(part)]
    words = line.split()
    if _digits(line) >= _PART * 2 and len(words) > 1 and all(map(looks_like_phone, words)):
        return words
    alone = line.strip(";, ")
    return [alone] if alone else []


def _digits(text: str) -> int:
    return sum(sign.isdecimal() for sign in text)


def _copied_rows(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of cells as a spreadsheet copies them; blank lines are rows too."""
    at, row = 0, list[str]()
    while at < len(text):
        quoted = _QUOTED.match(text, at) if text[at] == '"' else None
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
