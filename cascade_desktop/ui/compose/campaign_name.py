"""The name of a campaign that nobody named."""

from contextlib import suppress
from datetime import date
from pathlib import PurePath
from zoneinfo import ZoneInfo

from cascade_desktop.core.drafts import Kind
from cascade_desktop.ui.compose.when_field import Clock
from cascade_desktop.ui.wording import say_kind


class CampaignNames:
    """What the campaign of each tab is called: as a person named it, or as is proposed today."""

    def __init__(self, clock: Clock, zone: str) -> None:
        self._clock = clock
        self._zone = zone
        self._given: dict[Kind, str] = {}

    def name(self, kind: Kind, file: str) -> str:
        """Return the name of a tab's campaign for a list."""
        today = self._clock().astimezone(ZoneInfo(self._zone)).date()
        return self._given.get(kind) or proposed_name(kind, file, today)

    def take(self, kind: Kind, name: str) -> None:
        """Take the name that a person gave; one that was proposed is proposed afresh."""
        self._given[kind] = "" if is_proposed(name, kind) else name

    def forget(self) -> None:
        """Propose all names: another list is another campaign."""
        self._given.clear()


def proposed_name(kind: Kind, file: str, today: date) -> str:
    """Name a campaign by its kind, its list and the day: *Promo people 2026-11-26*."""
    return " ".join(part for part in (say_kind(kind), PurePath(file).stem, str(today)) if part)


def is_proposed(name: str, kind: Kind) -> bool:
    """Tell whether a name was proposed, on any day, and may be proposed afresh."""
    begin, _, day = name.rpartition(" ")
    with suppress(ValueError):
        date.fromisoformat(day)
        return begin.startswith(say_kind(kind))
    return not name
