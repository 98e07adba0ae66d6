"""Find the bad messages of a batch that the service refused, and let the others go."""

import re
from collections import Counter
from collections.abc import Sequence

from cascade_desktop.core.outcome import ServiceWords
from cascade_desktop.core.states import Reason
from cascade_desktop.engine.journal.values import Waiting

MOST_REQUESTS = 40
SAME_REFUSALS = 3
CAMPAIGN_WIDE = frozenset(
    {"fromName", "text", "scheduledSent", "ttl", "surveyOptions", "messageType", "fallback"}
)
_NUMBER = re.compile(r"[0-9]{7,15}")


def find_named(words: ServiceWords, batch: Sequence[Waiting], ids: Sequence[str]) -> int | None:
    """Return the number of the one message that a refusal names, by its place or by its value."""
    if words.item is not None:
        return batch[words.item].number if words.item < len(batch) else None
    said = f"{words.value} {words.message}"
    phones = {f"+{digits}" for digits in _NUMBER.findall(said)}
    named = [
        message.number
        for message, name in zip(batch, ids, strict=True)
        if message.phone in phones or name in said
    ]
    return named[0] if len(named) == 1 else None


class Splitter:
    """Halves a refused batch until the bad message stands alone.

    A message that the service named is set alone at once.
    """

    def __init__(self) -> None:
        self._pieces: list[tuple[int, ...]] = []
        self._trying: tuple[int, ...] = ()
        self._requests = 0
        self._wide_refusals: Counter[str] = Counter()

    def next_piece(self, most: int) -> tuple[int, ...]:
        """Return the next messages to try, by number; empty when nothing is being split."""
        piece = self._pieces.pop() if self._pieces else ()
        if piece[most:]:
            self._pieces.append(piece[most:])
        self._trying = piece[:most]
        return self._trying

    def put_back(self) -> None:
        """Keep what was being tried for another time: nobody has judged it."""
        if self._trying:
            self._pieces.append(self._trying)
            self._trying = ()

    def refused(self, numbers: Sequence[int], field: str = "", named: int | None = None) -> Reason:
        """Take a refused batch; return why the campaign must pause, if it must."""
        if len(numbers) > 1:
            self._pieces.extend(_pieces(tuple(numbers), named))
        elif field in CAMPAIGN_WIDE:
            self._wide_refusals[field] += 1
            if self._wide_refusals[field] >= SAME_REFUSALS:
                return Reason.ALL_REFUSED
        return self._count()

    def settled(self) -> Reason:
        """Take a batch that was not refused; return why the campaign must pause, if it must."""
        return self._count() if self._trying else Reason.NONE

    def _count(self) -> Reason:
        """Count a request of the search; when it has had its most, the rest stays as it is."""
        self._requests += 1
        self._trying = ()
        spent = self._requests >= MOST_REQUESTS
        reason = Reason.UNFINISHED_SPLIT if spent and self._pieces else Reason.NONE
        if spent:
            self._pieces.clear()
        if not self._pieces:
            self._requests = 0
        return reason


def _pieces(numbers: tuple[int, ...], named: int | None) -> list[tuple[int, ...]]:
    """Cut a batch in two, or set the named message alone; the last piece is tried first."""
    if named in numbers:
        return [tuple(number for number in numbers if number != named), (named,)]
    middle = len(numbers) // 2
    return [numbers[middle:], numbers[:middle]]
