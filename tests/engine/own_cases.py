"""Gather the files of our own; write them with a manifest, for a scorer, by
`python tests/engine/own_cases.py FOLDER`.
"""

import json
import sys
from pathlib import Path

from own_case import Case
from own_damage_cases import damage_cases
from own_kind_cases import kind_cases
from own_shape_cases import shape_cases
from own_text_cases import text_cases
from own_value_cases import value_cases


def all_cases() -> tuple[Case, ...]:
    """Return every case; their names are unique."""
    return (*text_cases(), *value_cases(), *shape_cases(), *damage_cases(), *kind_cases())


def write_cases(folder: Path) -> None:
    """Write all files and `manifest.json` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for case in all_cases():
        case.write(folder)
    manifest = {case.name: case.wanted for case in all_cases()}
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (folder / "manifest.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_cases(Path(sys.argv[1]))
