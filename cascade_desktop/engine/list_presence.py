"""Whether the file of an open list still holds what was read from it."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Presence(StrEnum):
    """What became of a file since it was read."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a file found; ``stamp`` is its time of change (ns) and its size (bytes)."""

    presence: Presence
    stamp: tuple[int, int] | None = None


def look_again(path: Path, sha256: str, before: Look | None = None) -> Look:
    """Compare a file with what was read from it; its bytes only where its stamp is another one.

    A file that another program holds locked is taken for what it was until it can be read.
    """
    try:
        found = path.stat()
        stamp = found.st_mtime_ns, found.st_size
        if before is not None and stamp == before.stamp:
            return before
        with path.open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except (FileNotFoundError, NotADirectoryError):
        return Look(Presence.GONE)
    except OSError:
        return before or Look(Presence.SAME)
    return Look(Presence.SAME if same else Presence.CHANGED, stamp)
