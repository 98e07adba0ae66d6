"""Keep what becomes of each row of a file, a byte a row."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import overload

from cascade_desktop.core.rows import RowSet


class Verdict(StrEnum):
    """What becomes of a row."""

    READY = "ready"
    TO_FIX = "to_fix"
    DUPLICATE = "duplicate"
    STOPPED = "stopped"
    LEFT_OUT = "left_out"
    BLANK = "blank"
    HIDDEN = "hidden"
    NO_CONSENT = "no_consent"
    """Only a message that is advertising gives it, where the list says who agreed."""


ORDER = tuple(Verdict)
"""A verdict's code is its place here."""
CODES = {verdict: code for code, verdict in enumerate(ORDER)}


class Verdicts(Sequence[Verdict]):
    """A verdict for each row; never changed once it is shown.

    >>> Verdicts(bytes([0, 2]))[1]
    <Verdict.DUPLICATE: 'duplicate'>
    """

    __slots__ = ("_codes",)

    def __init__(self, codes: bytes) -> None:
        self._codes = codes

    @property
    def codes(self) -> bytes:
        """Return each row's verdict as its place in `ORDER`."""
        return self._codes

    def tally(self, verdict: Verdict) -> int:
        """Count the rows with a verdict."""
        return self._codes.count(CODES[verdict])

    def rows(self, *verdicts: Verdict) -> RowSet:
        """Return the rows with one of these verdicts."""
        wanted = {CODES[verdict] for verdict in verdicts}
        return RowSet(self._codes.translate(bytes(code in wanted for code in range(256))))

    def __len__(self) -> int:
        return len(self._codes)

    @overload
    def __getitem__(self, index: int) -> Verdict: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Verdict, ...]: ...
    def __getitem__(self, index: int | slice) -> Verdict | tuple[Verdict, ...]:
        if isinstance(index, slice):
            return tuple(ORDER[code] for code in self._codes[index])
        return ORDER[self._codes[index]]

    def __iter__(self) -> Iterator[Verdict]:
        return map(ORDER.__getitem__, self._codes)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Verdicts):
            return self._codes == other._codes
        if isinstance(other, tuple):
            return tuple(self) == other
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self._codes)

    def __repr__(self) -> str:
        return f"<Verdicts of {len(self)}>"
