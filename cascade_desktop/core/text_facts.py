"""What all rows together say about a text: empty cells, lengths, alphabets, channels."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cascade_desktop.core.composition import Composition
from cascade_desktop.core.drafts import TELEGRAM_UNITS, VIBER_UNITS, Kind
from cascade_desktop.core.problems import (
    PlaceholderAmbiguous,
    PlaceholderEmpty,
    PlaceholderUnknown,
    RowTextTooLong,
    ValueMissing,
)
from cascade_desktop.core.text_length import (
    Encoding,
    count_units,
    measure_sms,
    unicode_characters,
)

RCS_UNITS = 3072
POSITIONS_MOST = 1000
_PIECE = 4096
_UNBOUND = (PlaceholderUnknown, PlaceholderAmbiguous, PlaceholderEmpty)
"""What these name has no column, so that every cell of it would read as empty."""


class Channel(StrEnum):
    """An app, by what its messages are limited to."""

    SMS = "sms"
    VIBER = "viber"
    RCS = "rcs"
    TELEGRAM = "telegram"


LIMITS = {
    Channel.VIBER: VIBER_UNITS,
    Channel.RCS: RCS_UNITS,
    Channel.TELEGRAM: TELEGRAM_UNITS,
}


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What is told at once about the rows that were written out."""

    missing: tuple[tuple[str, int], ...]
    """(placeholder, rows whose cell is empty), most first."""
    too_long: int
    """Rows whose finished text is over the limit that stops sending."""
    longest_units: int
    """The longest finished text, those over the limit included; 0 where that is not known."""


@dataclass(frozen=True, slots=True)
class Overrun:
    """How many people's texts a channel does not take."""

    channel: Channel
    limit_units: int
    people: int
    positions: tuple[int, ...]
    """Positions of the first of them among the texts."""


@dataclass(frozen=True, slots=True)
class TextDetails:
    """What *Details* tells about all finished texts."""

    shortest_units: int
    longest_units: int
    people: int
    unicode_people: int
    overruns: tuple[Overrun, ...]
    """Each app with its limit, whether or not somebody is over it."""
    long_sms: Overrun
    """People who get more SMS than most do; its limit is a count of parts."""
    forcing: tuple[tuple[str, int], ...]
    """(character that forces Unicode, messages that hold it), most first."""


def row_facts(kind: Kind, composition: Composition) -> RowFacts:
    """Count what a person is told below the text."""
    faults = Counter(composition.faults.values())
    unknown = {one.name for one in composition.problems if isinstance(one, _UNBOUND)}
    missing = [
        (one.name, rows)
        for one, rows in faults.items()
        if isinstance(one, ValueMissing) and one.name not in unknown
    ]
    long = {one.units: rows for one, rows in faults.items() if isinstance(one, RowTextTooLong)}
    longest = max(long, default=0)
    if kind is Kind.SURVEY:
        longest = max(longest, max(map(count_units, composition.texts), default=0))
    return RowFacts(
        missing=tuple(sorted(missing, key=lambda pair: -pair[1])),
        too_long=sum(long.values()),
        longest_units=longest,
    )


def look_closely(
    texts: Sequence[str], common_parts: int, is_wanted: Callable[[], bool] = lambda: True
) -> TextDetails | None:
    """Count everything about finished texts; None once nobody wants it any more."""
    over: dict[Channel, list[int]] = {channel: [] for channel in Channel}
    forcing: Counter[str] = Counter()
    shortest, longest, in_unicode = 0, 0, 0
    for at, text in enumerate(texts):
        if at % _PIECE == 0 and not is_wanted():
            return None
        units, size = count_units(text), measure_sms(text)
        shortest, longest = min(shortest, units) if at else units, max(longest, units)
        if size.encoding is Encoding.UCS2:
            in_unicode += 1
            forcing.update(unicode_characters(text))
        if size.parts > common_parts:
            over[Channel.SMS].append(at)
        if units > VIBER_UNITS:
            for channel, limit in LIMITS.items():
                if units > limit:
                    over[channel].append(at)
    overruns = tuple(_overrun(channel, limit, over[channel]) for channel, limit in LIMITS.items())
    return TextDetails(
        shortest_units=shortest,
        longest_units=longest,
        people=len(texts),
        unicode_people=in_unicode,
        overruns=overruns,
        long_sms=_overrun(Channel.SMS, common_parts, over[Channel.SMS]),
        forcing=tuple(forcing.most_common()),
    )


def _overrun(channel: Channel, limit: int, positions: list[int]) -> Overrun:
    return Overrun(channel, limit, len(positions), tuple(positions[:POSITIONS_MOST]))
