"""Kill the window in mid-campaign and start it again: nobody gets anything twice."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from command_line import environment, kill, read_line

from cascade_desktop.core.plan import tracking_id
from cascade_desktop.core.states import State
from cascade_desktop.engine.journal.store import Journal

CHILD = Path(__file__).with_name("window_child.py")
PEOPLE = 1_000


def start(data: Path, mode: str, path: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, str(CHILD), mode, str(path)],
        env=environment(data, scale="0.2"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )


def booked(data: Path) -> Counter[str]:
    lines = (data / "practice" / "service" / "books.jsonl").read_text("utf-8").splitlines()
    return Counter(message["id"] for line in lines for message in json.loads(line)["taken"])


def uncertain(data: Path) -> list[str]:
    journal = Journal(data / "practice", readonly=True)
    (head,) = journal.heads()
    found = [
        tracking_id(head.id_stem, entry.number or 0)
        for entry in journal.entries(head.code)
        if entry.state is State.UNKNOWN
    ]
    journal.close()
    return found


def test_a_killed_window_goes_on_and_only_the_held_batch_is_uncertain(tmp_path: Path):
    data = tmp_path / "data"
    path = tmp_path / "people.csv"
    rows = "\n".join(f"+38050{1000000 + n};N{n}" for n in range(PEOPLE))
    path.write_text("Phone;Name\n" + rows, encoding="utf-8")

    killed = start(data, "send", path)
    held = json.loads(read_line(killed))
    kill(killed)
    before = booked(data)
    again = start(data, "resume", path)
    out, _ = again.communicate(timeout=90)

    counts = json.loads(out.splitlines()[-1])
    after = booked(data)
    assert 0 < len(held) < len(before) < PEOPLE
    assert after == Counter(dict.fromkeys(after, 1))
    assert len(after) == PEOPLE
    assert (counts["accepted"], counts["unknown"]) == (PEOPLE - len(held), len(held))
    assert counts["ready"] == counts["sending"] == 0
    assert uncertain(data) == held
