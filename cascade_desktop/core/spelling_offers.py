"""Other spellings of a draft's text, with what each saves over all rows."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cascade_desktop.core.composition import Composition
from cascade_desktop.core.plain_spelling import (
    can_be_latin,
    changes,
    latin_letters,
    left_over,
    plain_signs,
    without,
)
from cascade_desktop.core.template import bind, parse
from cascade_desktop.core.text_length import Encoding, measure_sms

CHANGES_MOST = 4
_PIECE = 4096


class Spelling(StrEnum):
    """One way to spell a text that needs fewer SMS."""

    SIGNS = "signs"
    LATIN = "latin"
    BARE = "bare"
    """The one of the others that applies, without the signs that no spelling has."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What finished texts need as SMS."""

    common: int
    """How many SMS most people get."""
    total: int
    unicode_people: int


@dataclass(frozen=True, slots=True)
class SpellingOffer:
    """Another spelling, offered and never forced."""

    spelling: Spelling
    text: str
    changed: tuple[tuple[str, str], ...]
    """Words before and after."""
    left_out: tuple[str, ...]
    """Signs that would go."""
    people: int
    before: Cost
    after: Cost

    @property
    def saved(self) -> int:
        """Return how many SMS fewer all people together would get."""
        return self.before.total - self.after.total


def find_offers(
    text: str, composition: Composition, is_wanted: Callable[[], bool] = lambda: True
) -> tuple[SpellingOffer, ...]:
    """Find the spellings that change a text, and measure each over the rows that get it."""
    candidates = tuple(_candidates(text))
    if not candidates or not composition.rows:
        return ()
    before = _cost(composition.texts, is_wanted)
    return tuple(
        SpellingOffer(
            spelling=spelling,
            text=spelled,
            changed=changed[:CHANGES_MOST],
            left_out=gone,
            people=len(composition.rows),
            before=before,
            after=_cost(_filled(spelled, composition), is_wanted),
        )
        for spelling, spelled, changed, gone in candidates
        if is_wanted()
    )


def spell(text: str, spelling: Spelling) -> str:
    """Write a text in another spelling."""
    match spelling:
        case Spelling.SIGNS:
            return plain_signs(text)
        case Spelling.LATIN:
            return latin_letters(text)
        case Spelling.BARE:
            return without(_spelled(text)(text), "".join(left_over(text)))


def _candidates(
    text: str,
) -> Iterator[tuple[Spelling, str, tuple[tuple[str, str], ...], tuple[str, ...]]]:
    plain, latin = plain_signs(text), can_be_latin(text)
    if plain != text:
        yield Spelling.SIGNS, plain, changes(text, plain_signs), ()
    if latin:
        yield Spelling.LATIN, latin_letters(text), changes(text, latin_letters), ()
    gone = left_over(text)
    if gone and (latin or not _has_letters(text)):
        yield Spelling.BARE, spell(text, Spelling.BARE), changes(text, _spelled(text)), gone


def _spelled(text: str) -> Callable[[str], str]:
    return latin_letters if can_be_latin(text) else plain_signs


def _has_letters(text: str) -> bool:
    """Tell whether letters force Unicode anyway: leaving signs out would save nothing."""
    literal = plain_signs(parse(text).literal)
    return any(s.isalpha() and measure_sms(s).encoding is Encoding.UCS2 for s in set(literal))


def _filled(text: str, composition: Composition) -> Iterator[str]:
    table = composition.recipients.table
    bound, _ = bind(parse(text), table.names)
    blank = ("",) * len(table.row_numbers)
    columns = [table.columns[at] if at >= 0 else blank for at in bound.columns]
    for row in composition.rows:
        yield bound.fill([column[row] for column in columns])[0]


def _cost(texts: Iterator[str] | Sequence[str], is_wanted: Callable[[], bool]) -> Cost:
    histogram: Counter[int] = Counter()
    in_unicode = 0
    for at, text in enumerate(texts):
        if at % _PIECE == 0 and not is_wanted():
            break
        size = measure_sms(text)
        histogram[size.parts] += 1
        in_unicode += size.encoding is Encoding.UCS2
    common = max(histogram, key=lambda parts: histogram[parts], default=0)
    return Cost(common, sum(p * n for p, n in histogram.items()), in_unicode)
