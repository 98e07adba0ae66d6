"""Where the files that ship with the program are."""

from pathlib import Path

import cascade_desktop


def resource(name: str) -> Path:
    """Return the path of a shipped file such as ``"icons/check.svg"``.

    An installed package carries ``resources/`` inside itself; in a checkout it lies beside it.
    """
    package = Path(cascade_desktop.__file__).parent
    inside = package / "resources"
    return (inside if inside.is_dir() else package.parent / "resources") / name
