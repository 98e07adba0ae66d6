"""Folders and files that only their owner may look into, whatever the umask."""

import os
import stat
from contextlib import suppress
from pathlib import Path

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700


def make_private(folder: Path) -> None:
    """Make a folder and the missing ones above it; close it to others where it stood open.

    Raises:
        OSError: it cannot be made.
    """
    missing = [folder, *folder.parents]
    for path in reversed(missing):
        if not path.exists():
            with suppress(FileExistsError):
                path.mkdir(mode=PRIVATE_FOLDER)
    if not folder.is_dir():
        raise NotADirectoryError(folder.name)
    close_to_others(folder)


def close_to_others(path: Path) -> None:
    """Take others' rights away from a file or folder of ours; a system without them has none.

    A folder for everybody's use, such as /tmp, stays as it is.
    """
    if os.name == "nt":
        return
    with suppress(OSError):
        mode = path.stat().st_mode
        if mode & 0o077 and not mode & stat.S_ISVTX and path != Path.home():
            path.chmod(stat.S_IMODE(mode) & PRIVATE_FOLDER)
