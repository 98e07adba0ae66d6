"""The name of a campaign that nobody named."""

from zoneinfo import ZoneInfo

from cascade_desktop.core.drafts import Kind
from cascade_desktop.ui.compose.when_field import Clock
from cascade_desktop.ui.proposed_names import is_proposed, proposed_name


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
