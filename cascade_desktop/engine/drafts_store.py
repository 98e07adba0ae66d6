"""Drafts that survive closing and crashes: a campaign file for each tab."""

from pathlib import Path

from cascade_desktop.core.campaign_file import Campaign, read_campaign, write_campaign
from cascade_desktop.core.drafts import Kind
from cascade_desktop.engine.private import make_private
from cascade_desktop.engine.settings import write_whole


class DraftsStore:
    """Keeps the latest draft of each kind in a folder."""

    def __init__(self, root: Path) -> None:
        self._folder = root / "drafts"

    def save(self, campaign: Campaign) -> None:
        """Write a draft in the place of the one before.

        Raises:
            OSError: the folder cannot be written.
        """
        make_private(self._folder)
        self._set_aside(campaign.draft.kind)
        write_whole(self._path(campaign.draft.kind), write_campaign(campaign))

    def load(self, kind: Kind) -> Campaign | None:
        """Return the draft of a kind; None where there is none that can be read."""
        try:
            found = read_campaign(self._path(kind).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            return None
        return found if isinstance(found, Campaign) and found.draft.kind is kind else None

    def _set_aside(self, kind: Kind) -> None:
        """Keep a draft that this version cannot read, such as a newer one's, under another name."""
        path = self._path(kind)
        if path.exists() and self.load(kind) is None:
            path.replace(path.with_suffix(".json.kept"))

    def _path(self, kind: Kind) -> Path:
        return self._folder / f"{kind.value}.cascade.json"
