"""Kill the window while somebody types: what was typed is there at the next start."""

import json
import subprocess
import sys
from pathlib import Path

from command_line import environment, kill, read_line

CHILD = Path(__file__).with_name("draft_child.py")
PEOPLE = "Phone;Name\n+380501112233;Anna\n0501;Ivan\n+380501112255;Olha\n"
AFTER = (3, 80)
"""So many signs are typed after the first were written, before each kill."""
LOST_S = 1.2
"""What was typed longer ago than that came back: half a second, and a slow disk's time."""


def start(data: Path, mode: str, path: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, str(CHILD), mode, str(path)],
        env=environment(data, scale="0.2"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )


def written(data: Path) -> str:
    file = data / "drafts" / "viber_survey.cascade.json"
    return json.loads(file.read_text("utf-8"))["text"] if file.exists() else ""


def type_until(child: "subprocess.Popen[str]", data: Path, signs: int) -> list[str]:
    """Return what was said of the typing until so many signs after the first were written."""
    before, told = written(data), [""]
    while written(data) == before:
        told.append(read_line(child))
        assert told[-1]
    return [*told[1:], *(read_line(child) for _ in range(signs))]


def typed_before(told: list[str], seconds: float) -> int:
    """Return how many signs stood there so long before the last one."""
    typed = [(float(at), int(signs)) for at, signs in map(str.split, told)]
    end, _ = typed[-1]
    return max((signs for at, signs in typed if at <= end - seconds), default=0)


def test_a_killed_window_comes_back_with_all_but_the_last_second(tmp_path: Path):
    data, path = tmp_path / "data", tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    told: list[str] = []
    for signs in AFTER:
        killed = start(data, "type", path)
        told = type_until(killed, data, signs)
        kill(killed)

    again = start(data, "tell", path)
    shown = json.loads(read_line(again))
    again.communicate(timeout=60)

    text = shown.pop("text")
    assert text == "".join(str(at % 10) for at in range(len(text))) == written(data)
    assert len(text) >= typed_before(told, LOST_S) > 0
    assert shown == {
        "kind": "viber_survey",
        "edits": {"3": "+380671112299"},
        "left_out": [4],
    }
    assert list((data / "drafts").glob("*.new")) == []
