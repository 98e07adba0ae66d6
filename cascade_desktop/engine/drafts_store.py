"""Drafts that survive closing and crashes: a campaign file for each tab, and what was replaced."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from cascade_desktop.core.campaign_file import Campaign, write_campaign
from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.pasted import Pasted
from cascade_desktop.core.table import Table
from cascade_desktop.engine.campaign_files import (
    ENDING,
    Fault,
    Unreadable,
    file_name,
    read_file,
)
from cascade_desktop.engine.private import make_private
from cascade_desktop.engine.settings import write_whole

DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Desktop:
    """What lay open beside the drafts themselves."""

    kind: Kind = Kind.PROMO
    """Whose tab was open."""
    files: Mapping[Kind, str] = field(default_factory=dict[Kind, str])
    """Which file each tab was saved to, or opened from."""


class DraftsStore:
    """Keeps the latest draft of each kind in a folder, and aside what took no draft's place."""

    def __init__(self, root: Path) -> None:
        self._folder = root / "drafts"
        self.kept = self._folder / "kept"

    def save(self, campaign: Campaign) -> None:
        """Write a draft in the place of the one before.

        Raises:
            OSError: the folder cannot be written.
        """
        make_private(self._folder)
        kind = campaign.draft.kind
        if self._is_unreadable(kind):
            self._set_aside(kind)
        write_whole(self._path(kind), write_campaign(campaign))

    def load(self, kind: Kind) -> Campaign | None:
        """Return the draft of a kind; None where there is none that can be read."""
        found = read_file(self._path(kind))
        return found if isinstance(found, Campaign) and found.draft.kind is kind else None

    def set_aside(self) -> tuple[Path, ...]:
        """Put aside the drafts that cannot be read, such as a newer version's; return where."""
        self._sweep()
        with suppress(OSError):
            return tuple(self._set_aside(kind) for kind in Kind if self._is_unreadable(kind))
        return ()

    def keep(self, campaign: Campaign) -> Path:
        """Keep a draft that something else is about to replace; return where.

        Raises:
            OSError: the folder cannot be written.
        """
        make_private(self._folder)
        make_private(self.kept)
        path = self._free(file_name(campaign.name))
        write_whole(path, write_campaign(campaign))
        return path

    def save_desktop(self, desktop: Desktop) -> None:
        """Remember which tab is open, and which files the drafts belong to.

        Raises:
            OSError: the folder cannot be written.
        """
        make_private(self._folder)
        body = {"kind": desktop.kind.value, "files": dict(desktop.files)}
        write_whole(self._desktop, json.dumps(body, ensure_ascii=False, indent=2))

    def desktop(self) -> Desktop:
        """Return what lay open; the usual where that cannot be read."""
        body = _json_object(self._desktop)
        kinds = {kind.value: kind for kind in Kind}
        named: object = body.get("files")
        files = cast("dict[str, object]", named) if isinstance(named, dict) else {}
        return Desktop(
            kinds.get(str(body.get("kind")), Kind.PROMO),
            {kinds[key]: str(file) for key, file in files.items() if key in kinds},
        )

    def save_pasted(self, pasted: Pasted | None) -> None:
        """Keep the numbers that were pasted or typed as the list; None where it is a file.

        Raises:
            OSError: the folder cannot be written.
        """
        if pasted is None:
            self._pasted.unlink(missing_ok=True)
            return
        make_private(self._folder)
        write_whole(self._pasted, json.dumps(asdict(pasted)))

    def pasted(self) -> Pasted | None:
        """Return the numbers that were pasted or typed."""
        body = _json_object(self._pasted)
        text, title, row = body.get("text"), body.get("title"), body.get("header_row")
        if not isinstance(text, str) or not isinstance(title, str):
            return None
        return Pasted(text, title, row if type(row) is int else None)

    def forget_people(self, sha256: str) -> None:
        """Drop what was typed for the people of one list, everywhere here; one pasted goes whole.

        Raises:
            OSError: the folder cannot be written.
        """
        for path in self._campaigns():
            found = read_file(path)
            if isinstance(found, Campaign) and sha256 and found.recipients.sha256 == sha256:
                write_whole(path, write_campaign(_peopleless(found)))
        if sha256 and self._pasted_sum() == sha256:
            self._pasted.unlink(missing_ok=True)

    def forget_older(self, days: int, now_s: float) -> None:
        """Delete what was kept aside so long ago, and in old drafts what was typed for people.

        0 keeps all of it. What cannot be read stays: nobody can tell what would be lost with it.
        Numbers that were pasted stay while they are the list that lies open.

        Raises:
            OSError: the folder cannot be written.
        """
        before_s = now_s - days * DAY_S
        if days <= 0:
            return
        for path in (*self._campaigns(), self._pasted):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime >= before_s:
                    continue
                found = read_file(path) if path.parent == self._folder else None
                if isinstance(found, Campaign):
                    write_whole(path, write_campaign(_peopleless(found)))
                elif path == self._pasted:
                    self._forget_pasted()
                elif isinstance(read_file(path), Campaign):
                    path.unlink()

    def _forget_pasted(self) -> None:
        shown = self.load(self.desktop().kind)
        if shown is None or not shown.recipients.sha256 == self._pasted_sum() != "":
            self._pasted.unlink()

    def _pasted_sum(self) -> str:
        """Return by what a campaign knows the numbers that were pasted; "" where there are none."""
        pasted = self.pasted()
        table = None if pasted is None else pasted.table()
        return table.source.sha256 if isinstance(table, Table) else ""

    @property
    def _desktop(self) -> Path:
        return self._folder / "desktop.json"

    @property
    def _pasted(self) -> Path:
        return self._folder / "pasted.json"

    def _campaigns(self) -> Iterator[Path]:
        for folder in (self._folder, self.kept):
            yield from sorted(folder.glob("*" + ENDING))

    def _is_unreadable(self, kind: Kind) -> bool:
        """Tell whether something lies in a draft's place that is none, and holds anything."""
        found = read_file(self._path(kind))
        if isinstance(found, Unreadable):
            return found.fault not in {Fault.MISSING, Fault.EMPTY}
        return found.draft.kind is not kind

    def _set_aside(self, kind: Kind) -> Path:
        make_private(self.kept)
        path = self._path(kind)
        kept = self._free(path.name)
        path.replace(kept)
        kept.touch()  # kept from now on, however old it is
        return kept

    def _free(self, name: str) -> Path:
        """Return a place among what is kept where nothing is yet."""
        stem, number = name.removesuffix(ENDING), 1
        path = self.kept / name
        while path.exists():
            number += 1
            path = self.kept / f"{stem} ({number}){ENDING}"
        return path

    def _sweep(self) -> None:
        """Delete what a kill left half-written."""
        for folder in (self._folder, self.kept):
            for path in folder.glob("*.new"):
                with suppress(OSError):
                    path.unlink()

    def _path(self, kind: Kind) -> Path:
        return self._folder / f"{kind.value}{ENDING}"


def _peopleless(campaign: Campaign) -> Campaign:
    return replace(campaign, edits={}, left_out=())


def _json_object(path: Path) -> dict[str, Any]:
    try:
        found: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}
