"""The laws of sending-policy.md, held against what a program left behind and a server's books."""

from collections import Counter
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from cascade_desktop.core.plan import tracking_id
from cascade_desktop.core.states import State
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.journal.values import Entry, Head

CAUTIOUS = 100


@dataclass(frozen=True, slots=True)
class Left:
    """A folder's one campaign as its journal has it."""

    head: Head
    entries: tuple[Entry, ...]
    is_sound: bool

    def ids(self, *states: State) -> set[str]:
        """Return the tracking ids of the messages in these states."""
        return {
            tracking_id(self.head.id_stem, entry.number)
            for entry in self.entries
            if entry.state in states and entry.number is not None
        }


def what_is_left(folder: Path) -> Left:
    """Read a folder's journal beside whoever writes it."""
    with closing(Journal(folder, readonly=True)) as journal:
        (head,) = journal.heads()
        return Left(head, tuple(journal.entries(head.code)), journal.is_sound())


def broken_laws(
    left: Left,
    taken: "Counter[str]",
    *,
    rows: int,
    interruptions: int,
    finished: bool = True,
    largest: int = CAUTIOUS,
) -> tuple[str, ...]:
    """Return every law that a campaign breaks; nothing was sent again by hand.

    ``largest`` is the size of the largest batch that may have been under way.
    """
    counts, booked = left.head.counts, taken.keys()
    accepted, unknown = left.ids(State.ACCEPTED), left.ids(State.UNKNOWN)
    counted = Counter(entry.state.value for entry in left.entries)
    doubles = [name for name, count in taken.items() if count > 1]
    verdicts = (
        (doubles, f"I1: sent twice {_some(doubles)}"),
        (accepted - booked, f"I3: accepted, not taken {_some(accepted - booked)}"),
        (booked - accepted - unknown, f"I4: taken, not known {_some(booked - accepted - unknown)}"),
        (len(unknown) > interruptions * largest, f"I5: {len(unknown)} of {interruptions} breaks"),
        (
            any(getattr(counts, state) != counted[state] for state in State),
            f"I6: {counts} are not {counted}",
        ),
        (len(left.entries) != rows, f"I6: {len(left.entries)} rows of {rows}"),
        (finished and (counts.ready or counts.sending), f"lost: {counts}"),
        (not left.is_sound, "the database is not sound"),
    )
    return tuple(law for is_broken, law in verdicts if is_broken)


def _some(names: Collection[str]) -> str:
    """Tell how many there are, and the first ones."""
    return f"{len(names)} ({', '.join(sorted(names)[:3])})"
