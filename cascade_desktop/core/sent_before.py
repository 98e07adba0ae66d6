"""Who of a campaign got something lately: by person, and by the very same text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from cascade_desktop.core.composition import Composition


class Sent(NamedTuple):
    """A message that a person got, or perhaps got, or will get."""

    phone: str
    text: str
    at: str
    """When, in UTC as ISO writes it."""


@dataclass(frozen=True, slots=True)
class Group:
    """People of a campaign who got something before."""

    people: int = 0
    rows: tuple[int, ...] = ()
    """Indexes of the rows to leave out so that none of them gets this campaign."""
    first: datetime | None = None
    last: datetime | None = None
    """Between when each of them got the latest of it."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """Who got anything, and who of them the very text that they would get now."""

    any: Group = Group()
    same: Group = Group()


def find_earlier(composition: Composition, sent: Iterable[Sent]) -> Earlier:
    """Look for a campaign's people, and their texts, in what was sent."""
    # Loops and no calls that do it all at once: those would keep the other threads waiting.
    phones = [composition.recipients.phones[row] for row in composition.rows]
    latest: dict[str, str] = {}
    texts: dict[tuple[str, str], str] = {}
    for phone, text in zip(phones, composition.texts, strict=True):
        latest[phone] = texts[phone, text] = ""
    found = False
    for phone, text, at in sent:
        if phone in latest:
            found = True
            latest[phone] = max(latest[phone], at)
            if text and (phone, text) in texts:
                texts[phone, text] = max(texts[phone, text], at)
    if not found:
        return Earlier()
    keys = zip(phones, composition.texts, strict=True)
    return Earlier(
        any=_group(composition, phones, [latest[phone] for phone in phones]),
        same=_group(composition, phones, [texts[key] for key in keys]),
    )


def _group(composition: Composition, phones: list[str], got: list[str]) -> Group:
    """Gather the rows that got something, with those that would get it in their place."""
    times = [at for at in got if at]
    if not times:
        return Group()
    rows = {row for row, at in zip(composition.rows, got, strict=True) if at}
    rows |= {row for row, instead in composition.doubles.items() if instead in rows}
    people = {phone for phone, at in zip(phones, got, strict=True) if at}
    return Group(
        people=len(people),
        rows=tuple(sorted(rows)),
        first=datetime.fromisoformat(min(times)),
        last=datetime.fromisoformat(max(times)),
    )
