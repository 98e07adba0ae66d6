"""The system ends the program in mid-campaign: soon, in order, and nobody gets anything twice."""

import json
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from command_line import environment, read_line
from test_killed_window import booked, uncertain

from cascade_desktop.core.states import CampaignState
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.journal.values import Head

CHILD = Path(__file__).with_name("closing_child.py")
PEOPLE = 400
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")


def start(data: Path, how: str) -> "subprocess.Popen[str]":
    path = data.with_name("people.csv")
    rows = "\n".join(f"+38050{1000000 + n};N{n}" for n in range(PEOPLE))
    path.write_text("Phone;Name\n" + rows, encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, str(CHILD), str(path), how],
        env={**environment(data, scale="0.2"), "PYTHONPATH": str(CHILD.parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def left(data: Path) -> Head:
    journal = Journal(data / "practice", readonly=True)
    (head,) = journal.heads()
    journal.close()
    return head


def test_the_batch_that_is_answered_soon_is_counted(tmp_path: Path):
    data = tmp_path / "data"
    child = start(data, "late")
    held = json.loads(read_line(child))
    child.send_signal(signal.SIGTERM)
    _, errors = child.communicate(timeout=90)

    head = left(data)
    assert (child.returncode, "Traceback" in errors) == (0, False), errors
    assert head.state is CampaignState.PAUSED
    assert (head.counts.accepted, head.counts.unknown) == (len(booked(data)), 0)
    assert set(held) <= set(booked(data))
    assert head.counts.ready == PEOPLE - head.counts.accepted > 0
    assert booked(data) == Counter(dict.fromkeys(booked(data), 1))


@pytest.mark.parametrize("how", ["exit", "session"])
def test_the_batch_that_is_never_answered_is_left_and_named(tmp_path: Path, how: str):
    data = tmp_path / "data"
    child = start(data, f"never+{how}")
    held = json.loads(read_line(child))
    _, errors = child.communicate(timeout=90)  # the service itself would be silent for minutes

    assert (child.returncode, "Traceback" in errors) == (0, False), errors
    assert left(data).state is CampaignState.PAUSED
    assert left(data).counts.sending + len(uncertain(data)) == len(held) > 0
    assert set(held) <= set(booked(data))
