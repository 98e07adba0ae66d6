"""What a list of finished texts costs as SMS, over all rows."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cascade_desktop.core.composition import Composition, fill_texts
from cascade_desktop.core.drafts import Draft, limit_of, text_of
from cascade_desktop.core.problems import RowTextTooLong
from cascade_desktop.core.template import parse
from cascade_desktop.core.text_length import count_units, measure_sms, sure_room


@dataclass(frozen=True, slots=True)
class SmsSummary:
    """How many people get how many SMS, and what would make it the same for all."""

    histogram: tuple[tuple[int, int], ...]
    """(parts, people) from the fewest parts on."""
    longest: int
    """Position of the longest text in the list; -1 for an empty list."""
    excess: int
    """So many characters less of what is written, whichever, and nobody gets more than the
    commonest number of parts; 0 where nobody does, or where so much is not written."""

    @property
    def total_parts(self) -> int:
        """Return the parts of all texts together."""
        return sum(parts * people for parts, people in self.histogram)

    @property
    def common(self) -> int:
        """Return how many parts most people get, the fewest where as many get others."""
        return max(self.histogram, key=lambda pair: pair[1], default=(0, 0))[0]


def summarise(draft: Draft, composition: Composition) -> SmsSummary:
    """Count what a draft that was written out costs."""
    faults = composition.faults.items()
    too_long = [row for row, fault in faults if isinstance(fault, RowTextTooLong)]
    return summarise_sms(
        composition.texts,
        written=len(parse(text_of(draft)).literal),
        too_long=fill_texts(draft, composition.recipients, too_long),
        limit=limit_of(draft),
    )


def summarise_sms(
    texts: Sequence[str],
    *,
    written: int | None = None,
    too_long: Sequence[str] = (),
    limit: int = 0,
) -> SmsSummary:
    """Count parts over finished texts, exactly.

    ``written`` counts the characters that all of them share and that can be taken away; texts that
    are now ``too_long`` to be sent come back when that makes them fit the ``limit`` of units.
    """
    sizes = [measure_sms(text) for text in texts]
    histogram = tuple(sorted(Counter(size.parts for size in sizes).items()))
    longest = max(range(len(sizes)), key=lambda at: (sizes[at].parts, sizes[at].units), default=-1)
    found = SmsSummary(histogram, longest, 0)
    if all(size.parts <= found.common for size in sizes):
        return found
    units = [count_units(text) for text in too_long]

    def need_of(less: int) -> int:
        back = (
            text for text, length in zip(too_long, units, strict=True) if length - less <= limit
        )
        return max((over_room(text, found.common) for text in back), default=0)

    least = max(over_room(text, found.common) for text in texts)
    return SmsSummary(histogram, longest, excess_of(least, need_of, written))


def over_room(text: str, parts: int) -> int:
    """Return by how many units a text exceeds what surely fits into so many parts."""
    size = measure_sms(text)
    return size.units - sure_room(size.encoding, parts, size.doubled)


def excess_of(least: int, need_of: Callable[[int], int], written: int | None) -> int:
    """Return how much must go, as those who come back when so much goes must fit too."""
    less, need = 0, least
    while need > less:
        less, need = need, need_of(need)
    return less if written is None or less < written else 0
