"""Refuse delimited text that is no list before it is in memory: torn, endless or far too long."""

from pathlib import Path

from cascade_desktop.core.reading_problems import FileFault
from cascade_desktop.engine.tables.grid import MOST_ROWS
from cascade_desktop.engine.tables.unreadable import refuse

LARGEST_FILE = 400_000_000
_BLOCK = 1 << 20
_LONGEST_LINE = 4 * _BLOCK
_LINES_WITH_QUOTES = 4 * MOST_ROWS
"""A quoted cell may hold several lines."""
_TORN = bytes(4096)
"""What a file system leaves where the power failed: no text in any encoding has such a run."""


def text_bytes(path: Path) -> bytes:
    """Return a file's bytes, once a look at it in small blocks has found that they are a list's.

    Raises `UnreadableFileError` within a moment and a few megabytes otherwise.
    """
    size = path.stat().st_size
    if size > LARGEST_FILE:
        refuse(FileFault.TOO_BIG, count=size, limit=LARGEST_FILE)
    _look_over(path)
    return path.read_bytes()


def _look_over(path: Path) -> None:
    feeds = returns = length = 0
    quoted = False
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            if _TORN in block:
                refuse(FileFault.CORRUPT)
            quoted = quoted or b'"' in block
            feeds += block.count(b"\n")
            returns += block.count(b"\r")
            lines = max(feeds, returns)
            # the instruction sep=; takes a line of its own
            if lines > (_LINES_WITH_QUOTES if quoted else MOST_ROWS + 1):
                refuse(FileFault.TOO_BIG, count=lines, limit=MOST_ROWS)
            length = _length_after(block, length)


def _length_after(block: bytes, length: int) -> int:
    """Return how long the line that goes on after a block is so far."""
    end = max(block.rfind(b"\n"), block.rfind(b"\r"))
    if end < 0:
        length += len(block)
        if length > _LONGEST_LINE:
            refuse(FileFault.TOO_BIG, count=length, limit=_LONGEST_LINE)
        return length
    return len(block) - end - 1
