"""Keep facts about a million rows in a byte each, and still as sets and sequences."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import compress, count
from typing import cast, overload


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
