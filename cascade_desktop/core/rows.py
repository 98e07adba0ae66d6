"""Keep facts about a million rows in a byte each, and still as sets and sequences."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import compress, count
from typing import Generic, TypeVar, cast, overload

T = TypeVar("T")


def common_bits(ours: bytes | bytearray, theirs: bytes | bytearray) -> bytes:
    """Return the bits that both have, as fast as numbers are."""
    common = int.from_bytes(ours, "big") & int.from_bytes(theirs, "big")
    return common.to_bytes(len(ours), "big")


class RowSet(AbstractSet[int]):
    """Row indexes, one flag a row.

    >>> sorted(RowSet(bytes([0, 1, 1])))
    [1, 2]
    """

    __slots__ = ("_flags",)

    def __init__(self, flags: bytes | bytearray) -> None:
        self._flags = flags

    @property
    def flags(self) -> bytes | bytearray:
        """Return 1 for each row that is in the set and 0 for the others."""
        return self._flags

    def both(self, other: "RowSet") -> "RowSet":
        """Return the rows of both sets, quickly."""
        return RowSet(common_bits(self._flags, other.flags))

    def __contains__(self, row: object) -> bool:
        return isinstance(row, int) and 0 <= row < len(self._flags) and self._flags[row] == 1

    def __iter__(self) -> Iterator[int]:
        return compress(count(), self._flags)

    def __len__(self) -> int:
        return self._flags.count(1)

    def __repr__(self) -> str:
        return f"<RowSet of {len(self)}>"


class RowList(Sequence[int]):
    """Row indexes in the file's order, four bytes each; a row's place is found at once.

    >>> RowList(array("I", [2, 5, 9])).index(5)
    1
    """

    __slots__ = ("_rows",)

    def __init__(self, rows: "array[int]") -> None:
        self._rows = rows

    @property
    def places(self) -> "array[int]":
        """Return the indexes themselves."""
        return self._rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[int, ...]: ...
    def __getitem__(self, index: int | slice) -> int | tuple[int, ...]:
        return tuple(self._rows[index]) if isinstance(index, slice) else self._rows[index]

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def __contains__(self, row: object) -> bool:
        return isinstance(row, int) and self._find(row) >= 0

    def __eq__(self, other: object) -> bool:
        if isinstance(other, RowList):
            return self._rows == other.places
        if isinstance(other, tuple):
            return tuple(self._rows) == other
        return NotImplemented

    __hash__ = None  # pyright: ignore[reportAssignmentType]

    def index(self, value: int, start: int = 0, stop: int | None = None) -> int:
        """Return the place of a row.

        Raises:
            ValueError: it is not here.
        """
        at = self._find(value)
        if not start <= at < (len(self) if stop is None else stop):
            raise ValueError(value)
        return at

    def _find(self, row: int) -> int:
        at = bisect_left(self._rows, row)
        return at if at < len(self._rows) and self._rows[at] == row else -1


class RowCodes(Mapping[int, T], Generic[T]):
    """Say something about some of the rows: a number for every row, 0 where nothing is said.

    >>> dict(RowCodes(array("H", [0, 3, 0, 5]), lambda row, code: row * code))
    {1: 3, 3: 15}
    """

    __slots__ = ("_codes", "_len", "_say")

    def __init__(
        self, codes: "array[int]", say: Callable[[int, int], T], length: int | None = None
    ) -> None:
        self._codes = codes
        self._say = say
        self._len = length

    @property
    def codes(self) -> "array[int]":
        """Return the number of every row."""
        return self._codes

    def __len__(self) -> int:
        if self._len is None:
            self._len = len(self._codes) - self._codes.count(0)
        return self._len

    def __getitem__(self, row: int) -> T:
        if row not in self:
            raise KeyError(row)
        return self._say(row, self._codes[row])

    def __contains__(self, row: object) -> bool:
        return isinstance(row, int) and 0 <= row < len(self._codes) and self._codes[row] != 0

    def __iter__(self) -> Iterator[int]:
        return compress(count(), self._codes)


class EditedTexts(Sequence[str]):
    """Texts of rows with a few written over, the rest shared with those before."""

    __slots__ = ("_edits", "_texts")

    def __init__(self, texts: Sequence[str], edits: Mapping[int, str]) -> None:
        self._texts = texts
        self._edits = edits

    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...
    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        edited = self._edits.get(index if index >= 0 else index + len(self))
        return self._texts[index] if edited is None else edited

    def __iter__(self) -> Iterator[str]:
        get = self._edits.get
        for row, text in enumerate(self._texts):
            yield get(row, text)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Sequence):
            return tuple(self) == tuple(cast("Sequence[object]", other))
        return NotImplemented

    __hash__ = None  # pyright: ignore[reportAssignmentType]
