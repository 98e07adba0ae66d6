"""Find the bad messages of a batch that the service refused, and let the others go."""

from collections.abc import Sequence

from cascade_desktop.core.outcome import ServiceWords
from cascade_desktop.core.states import Reason

MOST_REQUESTS = 40
SAME_REFUSALS = 3
CAMPAIGN_WIDE = frozenset(
    {"fromName", "text", "scheduledSent", "ttl", "surveyOptions", "messageType", "fallback"}
)


class Splitter:
    """Halves a refused batch until the bad message stands alone.

    A message that the service named by position is set alone at once.
    """

    def __init__(self) -> None:
        self._pieces: list[tuple[int, ...]] = []
        self._requests = 0
        self._wide_refusals = 0

    def next_piece(self) -> tuple[int, ...]:
        """Return the next messages to try, by number; empty when nothing is being split."""
        return self._pieces.pop() if self._pieces else ()

    def refused(self, numbers: Sequence[int], words: ServiceWords) -> Reason:
        """Take a refused batch; return why the campaign must pause, if it must."""
        self._requests += 1
        if len(numbers) > 1:
            self._pieces.extend(_pieces(tuple(numbers), words.item))
        else:
            self._wide_refusals += words.field in CAMPAIGN_WIDE
            if self._wide_refusals >= SAME_REFUSALS:
                return Reason.ALL_REFUSED
        if self._pieces and self._requests >= MOST_REQUESTS:
            self._pieces.clear()
            return Reason.UNFINISHED_SPLIT
        return Reason.NONE

    def accepted(self) -> None:
        """Note that a batch was accepted; a new refusal afterwards is a new split."""
        if not self._pieces:
            self._requests = 0


def _pieces(numbers: tuple[int, ...], item: int | None) -> list[tuple[int, ...]]:
    """Cut a batch in two, or set the named message alone; the last piece is tried first."""
    if item is not None and item < len(numbers):
        others = numbers[:item] + numbers[item + 1 :]
        return [others, (numbers[item],)]
    middle = len(numbers) // 2
    return [numbers[middle:], numbers[:middle]]
