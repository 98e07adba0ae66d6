"""Read a whole column of phones: the usual spellings at a glance, every other cell with care.

A glance is taken only where the careful reader is certain to say the same; a property test holds
the two together. A million cells take about a second this way instead of ten.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from cascade_desktop.core.numbering import (
    code_of,
    country_of,
    mobile_lengths,
    mobile_pattern,
    split_code,
    trunks_of,
)
from cascade_desktop.core.phone_spelling import SPACING, bare_at_once, without_spacing
from cascade_desktop.core.phones import read_phone
from cascade_desktop.core.reading_problems import PhoneProblem
from cascade_desktop.core.rows import RowSet, common_bits
from cascade_desktop.core.table import NUL, TextPacker

_PIECE = 4096
"""Cells handled at a time: one call must not keep the other threads waiting."""
_ALL_BITS = bytes([0] + [255] * 255)


@dataclass(frozen=True, slots=True)
class PhoneColumn:
    """What a column of cells was read as."""

    phones: Sequence[str]
    """E.164, or "" where there is a problem."""
    repaired: RowSet
    problems: Mapping[int, PhoneProblem]
    countries: "RowCountries"


@dataclass(frozen=True, slots=True)
class RowCountries:
    """The country of each row's phone, a byte a row."""

    names: tuple[str, ...]
    codes: bytes
    """Each row's country as its place among the names; the first is of no phone."""

    def count(self, rows: RowSet) -> dict[str, int]:
        """Count the countries of some rows, most first.

        >>> RowCountries(("", "UA"), bytes([1, 0, 1])).count(RowSet(bytes([1, 1, 1])))
        {'UA': 2}
        """
        codes = common_bits(self.codes, rows.flags.translate(_ALL_BITS))
        tally = {name: codes.count(code) for code, name in enumerate(self.names) if name}
        found = ((name, number) for name, number in tally.items() if number)
        return dict(sorted(found, key=lambda item: (-item[1], item[0])))


def read_column(
    cells: Sequence[str], country: str, step: Callable[[int], None] | None = None
) -> PhoneColumn:
    """Read every cell as `read_phone` does; `step` hears of how many, and may end it by raising."""
    reader = _Reader(len(cells), country)
    for done, (piece, bare) in enumerate(_pieces(cells)):
        if step is not None:
            step(done * _PIECE)
        reader.take(piece, bare)
    return reader.done()


def _pieces(cells: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield some cells at a time, as they are and without blanks, dashes and brackets."""
    several = iter(cells)
    while piece := list(islice(several, _PIECE)):
        block = NUL.join(piece).replace("\xa0", "").encode("utf-8", "surrogatepass")
        bare = block.translate(None, SPACING).decode("utf-8", "surrogatepass").split(NUL)
        if len(bare) != len(piece):  # a NUL within a cell
            bare = [without_spacing(cell) for cell in piece]
        yield piece, bare


class _Reader:
    def __init__(self, rows: int, country: str) -> None:
        self._country = country
        self._usual = usual_spellings(country)
        self._prefix = "+" + code_of(country)
        self._phones = TextPacker()
        self._repaired = bytearray(rows)
        self._problems: dict[int, PhoneProblem] = {}
        self._same: dict[PhoneProblem, PhoneProblem] = {}
        self._places = {"": 0}
        self._home = self._places.setdefault(country, len(self._places))
        self._countries = bytearray(rows)

    def take(self, cells: list[str], bare: list[str]) -> None:
        """Read the next cells."""
        first = len(self._phones)
        usual, prefix, repaired = self._usual.match, self._prefix, self._repaired
        phones: list[str] = []
        self._countries[first : first + len(cells)] = bytes([self._home]) * len(cells)
        for row, (cell, digits) in enumerate(zip(cells, bare, strict=True), first):
            found = usual(digits)
            if found is None or not (cell == digits or bare_at_once(cell, digits)):
                phones.append(self._with_care(row, cell))
                continue
            phones.append(prefix + found[1])
            if digits[0] != "+" or "(" in cell:
                repaired[row] = 1
        self._phones.add(phones)

    def done(self) -> PhoneColumn:
        """Return what was read."""
        return PhoneColumn(
            self._phones.done(),
            RowSet(bytes(self._repaired)),
            self._problems,
            RowCountries(tuple(self._places), bytes(self._countries)),
        )

    def _with_care(self, row: int, cell: str) -> str:
        reading = read_phone(cell, self._country)
        if reading.repaired:
            self._repaired[row] = 1
        if reading.problem is not None:
            self._problems[row] = self._same.setdefault(reading.problem, reading.problem)
        country = country_of(reading.phone) if reading.phone else ""
        self._countries[row] = self._places.setdefault(country, len(self._places))
        return reading.phone


@lru_cache(maxsize=64)
def usual_spellings(country: str) -> re.Pattern[str]:
    """Return what matches only mobiles of a country that can be nobody else's; their rest is [1].

    With a plus the code decides. Without one, a spelling is usual when no other trunk of the
    country and no other country's code can begin it.

    >>> usual_spellings("UA").match("0501112233")[1]
    '501112233'
    """
    code = code_of(country)
    pattern = mobile_pattern(code) if code else None
    # where a code has several countries, its first one need not be the phone's
    if pattern is None or country_of(f"+{code}0") != country:
        return re.compile("(?!)()")
    heads = "|".join([rf"\+{code}", *_heads_without_plus(code, country)])
    whole = re.compile(rf"(?:{heads})({pattern})\Z")
    return whole if whole.groups == 1 else re.compile("(?!)()")


def _heads_without_plus(code: str, country: str) -> Iterator[str]:
    lengths, trunks = mobile_lengths(code), trunks_of(country)

    def is_sure(head: str) -> bool:
        """Tell whether digits that begin so have no other national reading."""
        others = [trunk for trunk in trunks if trunk != head]
        return not any(
            len(head) + length - len(other) in lengths
            for other in others
            if head.startswith(other) or other.startswith(head)
            for length in lengths
        )

    if is_sure(code):
        yield code
    for trunk in ("0", "80"):
        if trunk in trunks and is_sure(trunk):
            other_codes = [d for d in "0123456789" if split_code(trunk + d + "0")[0]]
            refused = "".join({*other_codes, "0"}) if trunk != "0" else "0"
            yield f"{trunk}(?![{refused}])"
