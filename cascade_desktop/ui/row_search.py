"""Find rows by a piece of text among a million without stuttering."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable

_PHONE_SIGNS = str.maketrans("", "", " \u00a0\u202f()-.+/")


class SearchText:
    """Keeps what rows can be found by as one long text a page, and where each row begins."""

    def __init__(self) -> None:
        self._pages: list[tuple[int, str, array[int]]] = []
        self._count = 0

    def add(self, rows: Iterable[tuple[str, ...]]) -> None:
        """Add a page of rows at the end, each with the texts it can be found by."""
        starts = array("Q")
        lines: list[str] = []
        length = 0
        for texts in rows:
            line = "\0".join(texts).casefold() + "\n"
            starts.append(length)
            length += len(line)
            lines.append(line)
        self._pages.append((self._count, "".join(lines), starts))
        self._count += len(lines)

    def find(self, needle: str) -> list[int]:
        """Return the rows that hold a text, which must be casefolded, in order."""
        found: list[int] = []
        for first, text, starts in self._pages if needle else ():
            at = text.find(needle)
            while at >= 0:
                row = bisect_right(starts, at)
                found.append(first + row - 1)
                at = text.find(needle, starts[row]) if row < len(starts) else -1
        return found


def bare_phone(text: str) -> str:
    """Return a phone as written, without what people put between its digits.

    >>> bare_phone("(044) 123-45-67")
    '0441234567'
    """
    return text.translate(_PHONE_SIGNS)


def phone_digits(text: str) -> str:
    """Return the digits that a phone holds however it is written; "" for other texts.

    >>> phone_digits("050 111-22"), phone_digits("+380 (50)"), phone_digits("Anna")
    ('5011122', '38050', '')
    """
    bare = bare_phone(text)
    return bare.lstrip("0") if bare.isascii() and bare.isdigit() else ""
