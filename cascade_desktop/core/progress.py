"""How far the reading of a list is."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

_READING = 0.7
"""Of the whole way, what the file takes; the rest is its phones."""


class Stage(StrEnum):
    """Tell what is being done with a file."""

    OPENING = "opening"
    READING = "reading"
    CHECKING = "checking"


@dataclass(frozen=True, slots=True)
class Progress:
    """Say how far a file is; a share of nothing means that nobody can tell."""

    stage: Stage = Stage.OPENING
    share: float = 0.0
    """Of this stage, from 0 to 1."""
    rows: int = 0
    """So many are read or checked; 0 where it is not known."""

    @property
    def overall(self) -> float:
        """Return the share of the whole way.

        >>> Progress(Stage.READING, 0.5).overall, Progress(Stage.CHECKING, 1.0).overall
        (0.35, 1.0)
        """
        share = min(max(self.share, 0.0), 1.0)
        match self.stage:
            case Stage.OPENING:
                return 0.0
            case Stage.READING:
                return share * _READING
            case Stage.CHECKING:
                return round(_READING + share * (1 - _READING), 9)

    @classmethod
    def checking(cls, done: int, rows: int) -> "Progress":
        """Be among the phones of so many rows."""
        return cls(Stage.CHECKING, done / rows if rows else 1.0, done)


Report = Callable[[Progress], None]
"""Hears how far it is; what it raises ends the reading."""


def tell_nobody(_: Progress) -> None:
    """Be the report where nobody waits."""
