"""How lists were read, by their shape: a small JSON file in the data root, without people."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, cast

from cascade_desktop.core.understanding import Understanding
from cascade_desktop.engine.private import make_private
from cascade_desktop.engine.settings import write_whole

FILE_NAME = "lists.json"
MOST = 400
"""So many shapes are remembered, the latest used; a list has one of its names and one of its
kind of file too."""
_LARGEST_BYTES = 1 << 20


class ListMemory:
    """Remembers what was chosen about lists; a damaged file is forgotten without fuss."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME

    def recall(self, shape: str) -> Understanding | None:
        """Return how a list of this shape was read the last time."""
        return self._load().get(shape) if shape else None

    def remember(self, shape: str, known: Understanding) -> None:
        """Keep how a list was read: under this shape, and under that which it then had.

        Raises:
            OSError: the folder cannot be written.
        """
        shapes = [told for told in dict.fromkeys((shape, known.shape)) if told]
        if shapes:
            others = {old: entry for old, entry in self._load().items() if old not in shapes}
            self._save({**others, **dict.fromkeys(shapes, known)})

    def _load(self) -> dict[str, Understanding]:
        try:
            if self._path.stat().st_size > _LARGEST_BYTES:
                return {}
            saved: object = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(saved, dict):
            return {}
        entries = cast("dict[str, object]", saved).items()
        read = ((shape, _understanding(entry)) for shape, entry in entries)
        return {shape: known for shape, known in read if known is not None}

    def _save(self, known: Mapping[str, Understanding]) -> None:
        make_private(self._path.parent)
        newest = list(known.items())[-MOST:]
        body = {shape: asdict(understanding) for shape, understanding in newest}
        write_whole(self._path, json.dumps(body, ensure_ascii=False, indent=1))


def _understanding(entry: object) -> Understanding | None:
    """Return an entry whose every field has its type; one that has not is forgotten."""
    if not isinstance(entry, dict):
        return None
    found = cast("dict[str, Any]", entry)
    known: dict[str, Any] = {field.name: found.get(field.name) for field in fields(Understanding)}
    known["shape"] = found.get("shape", "")  # older files have none
    row = known.pop("header_row")
    row_is_sound = row is None or (type(row) is int and row >= 0)
    if not row_is_sound or not all(isinstance(value, str) for value in known.values()):
        return None
    return Understanding(**known, header_row=row)
