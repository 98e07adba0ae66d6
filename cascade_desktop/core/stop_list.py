"""The “Do not message” list: whose numbers never get anything, since when, and why."""

from dataclasses import dataclass
from datetime import datetime

REASON_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Stopped:
    """One number that must not be messaged."""

    phone: str
    """E.164."""
    added_at: datetime
    """In UTC, whole seconds."""
    reason: str = ""
    """One line, as `tidy_reason` leaves it."""


@dataclass(frozen=True, slots=True)
class StopSum:
    """What adding numbers did: those that are new, and those that were there already."""

    added: int = 0
    known: int = 0


def tidy_reason(text: str) -> str:
    r"""Return a reason on one line: what a file or a cell may break is not kept.

    >>> tidy_reason(" asked\n by  phone ")
    'asked by phone'
    """
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(plain.split())[:REASON_LONGEST].rstrip()
