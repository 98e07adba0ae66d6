"""Take whole pieces of a plain worksheet apart at once, as long as its rows are all of one shape.

Programs write a million rows alike: the same columns in the same order. One expression made of
these columns finds every row with all its cells, so that what follows works on columns. A piece
in which anything else stands is not read here at all.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_MOST_COLUMNS = 40
_LOOK = 20_000
"""The columns are known from so many characters of a piece."""
_LETTERS = re.compile(r'<c r="([A-Z]{1,3})[0-9]')
_FORMULA = r"(?:<f(?: [^>]*)?(?:/>|>[^<]*</f>)(?=<v>[^<]))?"
_VALUE = r'(?:<v>|<is><t(?: xml:space="preserve")?>)([^<]*)(?:</v>|</t></is>)'
_HEAD = r'((?: s="[0-9]+")?(?: t="[a-zA-Z]+")?)'
_LAST_COLUMN = (3, "XFD")
_ATTRIBUTES = re.compile(r'(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?')


@dataclass(frozen=True, slots=True)
class CellColumn:
    """The cells of one column, a text for each row; "" for both where there is no cell."""

    letters: str
    heads: tuple[str, ...]
    """Their attributes s and t, as written."""
    stored: tuple[str, ...]

    def kinds(self) -> dict[str, tuple[str, str]]:
        """Return the attributes t and s of each head."""
        return {
            head: (found[2] or "", found[1] or "")
            for head in set(self.heads)
            if (found := _ATTRIBUTES.match(head))
        }


@dataclass(frozen=True, slots=True)
class RowBlock:
    """Rows of one shape."""

    numbers: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    columns: tuple[CellColumn, ...] = ()


def rows_at_once(text: str, known: Iterable[str]) -> RowBlock | None:
    """Return the rows of a piece with whole rows, or None; `known` are columns met before."""
    begin = text.find("<row")
    if begin < 0:
        return None if "<c" in text else RowBlock()
    letters = {*known, *_LETTERS.findall(text, begin, begin + _LOOK)}
    if len(letters) > _MOST_COLUMNS or "<c " in text[:begin]:
        return None
    order = tuple(sorted(letters, key=lambda name: (len(name), name)))
    if order and (len(order[-1]), order[-1]) > _LAST_COLUMN:
        return None
    end = text.rfind("</row>") + len("</row>")
    if "<row" in text[end:] or "<c " in text[end:]:
        return None
    rows = _row(order).findall(text, begin, end)
    if not rows or rows[-1][-1]:
        return None
    numbers, attributes, *cells, _ = zip(*rows, strict=True)
    columns = tuple(
        CellColumn(name, cells[2 * place], cells[2 * place + 1]) for place, name in enumerate(order)
    )
    return RowBlock(numbers, attributes, tuple(column for column in columns if any(column.stored)))


@lru_cache(maxsize=16)
def _row(letters: tuple[str, ...]) -> re.Pattern[str]:
    """Return what matches a row of these columns, or from anything else on to the end."""
    cells = "".join(
        rf'(?:<c r="{name}\1"{_HEAD}(?:/>|></c>|>{_FORMULA}{_VALUE}</c>))?' for name in letters
    )
    return re.compile(
        rf"""<row r="([1-9][0-9]{{0,6}})"((?: [^>'/]*)?)(?:/>|>{cells}</row>)|(<[\s\S]*)"""
    )
