"""The campaigns that were saved or kept: the last ten by their places, and the templates."""

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import cast

from cascade_desktop.core.campaign_file import Campaign, ListRef
from cascade_desktop.core.drafts import Kind
from cascade_desktop.engine.campaign_files import (
    ENDING,
    Unreadable,
    file_name,
    read_file,
    write_file,
)
from cascade_desktop.engine.private import make_private
from cascade_desktop.engine.settings import write_whole

RECENT_MOST = 10


class Place(StrEnum):
    """Where a campaign is kept."""

    FILE = "file"
    KEPT = "kept"
    TEMPLATE = "template"


@dataclass(frozen=True, slots=True)
class Saved:
    """A campaign that can be opened, or why it cannot."""

    path: Path
    place: Place
    name: str
    kind: Kind | None = None
    at: datetime | None = None
    """When it was written, UTC."""
    problem: Unreadable | None = None


class TakenNameError(Exception):
    """Another template has this name."""


class SavedCampaigns:
    """Remembers files by their places; templates and kept drafts are files of its own."""

    def __init__(self, root: Path, kept: Path) -> None:
        self._kept = kept
        self._recent = kept.parent / "recent.json"
        self._templates = root / "templates"

    def note(self, path: Path) -> None:
        """Put a file first among the recent ones; of the operator's own files ten are remembered.

        Raises:
            OSError: the folder cannot be written.
        """
        paths = [path, *(other for other in self._paths() if other != path)]
        files = [other for other in paths if self._place(other) is Place.FILE]
        fallen = {*files[RECENT_MOST:]}
        self._write([other for other in paths if other not in fallen and not self._is_gone(other)])

    def all(self) -> tuple[Saved, ...]:
        """Return the recent campaigns, the latest first, then the templates by their names."""
        recent = (_look(path, self._place(path)) for path in self._paths())
        templates = sorted(
            self._templates.glob("*" + ENDING), key=lambda path: path.name.casefold()
        )
        return (*recent, *(_look(path, Place.TEMPLATE) for path in templates))

    def remove(self, path: Path) -> None:
        """Forget a file, which stays where it is; a template or a kept draft is deleted.

        Raises:
            OSError: the disk refuses.
        """
        if self._place(path) is not Place.FILE:
            path.unlink(missing_ok=True)
        self._write([other for other in self._paths() if other != path])

    def save_template(self, campaign: Campaign, name: str) -> Path:
        """Keep what a campaign says and how, without its people and its time.

        Raises:
            TakenNameError: there is one of this name.
            OSError: the folder cannot be written.
        """
        path = self._free(name)
        make_private(self._templates)
        write_file(path, _template(campaign, name))
        return path

    def rename(self, path: Path, name: str) -> Path:
        """Give a template another name.

        Raises:
            TakenNameError: there is one of this name.
            OSError: it cannot be read or written.
        """
        found = read_file(path)
        if not isinstance(found, Campaign):
            raise FileNotFoundError(path.name)
        if self._at(name) == path:
            write_file(path, _template(found, name))
            return path
        new = self.save_template(found, name)
        path.unlink(missing_ok=True)
        return new

    def _free(self, name: str) -> Path:
        path = self._at(name)
        if path.exists():
            raise TakenNameError(name)
        return path

    def _at(self, name: str) -> Path:
        return self._templates / file_name(name)

    def _place(self, path: Path) -> Place:
        places = {self._kept: Place.KEPT, self._templates: Place.TEMPLATE}
        return places.get(path.parent, Place.FILE)

    def _is_gone(self, path: Path) -> bool:
        """Tell whether a draft was kept and is deleted by now."""
        return self._place(path) is Place.KEPT and not path.exists()

    def _paths(self) -> list[Path]:
        try:
            found: object = json.loads(self._recent.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return []
        items = cast("list[object]", found) if isinstance(found, list) else []
        named = [Path(item) for item in items if isinstance(item, str) and "\0" not in item]
        return list(dict.fromkeys(named))

    def _write(self, paths: list[Path]) -> None:
        make_private(self._recent.parent)
        write_whole(self._recent, json.dumps([str(path) for path in paths], indent=1))


def _template(campaign: Campaign, name: str) -> Campaign:
    return replace(
        campaign,
        name=name.strip(),
        schedule="",
        recipients=ListRef(),
        edits={},
        left_out=(),
        include_hidden=False,
        duplicates=None,
    )


def _look(path: Path, place: Place) -> Saved:
    found = read_file(path)
    stem = path.name.removesuffix(ENDING)
    if isinstance(found, Unreadable):
        return Saved(path, place, stem, problem=found)
    at = None
    with suppress(OSError):
        at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    name = stem if place is Place.FILE else found.name or stem
    return Saved(path, place, name, found.draft.kind, at)
