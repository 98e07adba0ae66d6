"""Hold the reader to what must come out of the sample files."""

import json
from pathlib import Path
from typing import Any

import pytest
from scored import check, faults

SAMPLES = Path(__file__).parents[1] / "spreadsheets"
MANIFEST: dict[str, dict[str, Any]] = json.loads((SAMPLES / "manifest.json").read_text("utf-8"))


@pytest.mark.parametrize("name", MANIFEST)
def test_each_sample_gives_what_it_must(name: str) -> None:
    wanted = MANIFEST[name]

    assert faults(check(SAMPLES / name, wanted.get("region", "UA")), wanted) == []
