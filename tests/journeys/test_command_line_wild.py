"""Interrupts at any moment, wild values, and reports in the wrong place: nothing is lost."""

import json
import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from command_line import PROGRAM, campaign, environment, people, run

from cascade_desktop.practice.behaviour import Behaviour
from cascade_desktop.practice.server import PracticeServer


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.mark.parametrize("after_s", [0.3, 0.6, 0.9, 1.2, 1.5])
def test_ctrl_c_is_never_lost_however_early(
    service: PracticeServer, data: Path, tmp_path: Path, after_s: float
):
    service.behave(Behaviour(delay_s=0.2))
    listed = people(tmp_path / "people.xlsx", 900)
    file = campaign(tmp_path / "c.json", type="transaction", text="Hi {Ім’я}")
    process = subprocess.Popen(
        [*PROGRAM, "send", str(file), "--recipients", str(listed), "--base-url",
         service.base_url, "--json", "--yes"],
        env=environment(data, scale="0.5"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )  # fmt: skip
    with suppress(subprocess.TimeoutExpired):
        process.wait(after_s)

    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)

    assert "Traceback" not in err
    if process.returncode >= 0:
        assert process.returncode == 4
    assert len(list(service.books.messages())) < 900
    if out:
        assert json.loads(out.splitlines()[-1])["state"] == "paused"


def test_a_report_never_replaces_what_it_is_made_from(
    service: PracticeServer, data: Path, tmp_path: Path
):
    listed = tmp_path / "people.csv"
    listed.write_text("Name,Phone\nA,+380501112233\n", encoding="utf-8")
    before = listed.read_bytes()
    file = campaign(tmp_path / "c.json", type="transaction", text="Hi {Name}")

    ran = run(data, "send", file, "--recipients", listed, "--base-url", service.base_url,
              "--report", listed)  # fmt: skip

    assert ran.exit_code == 2
    assert "people.csv" in ran.err
    assert listed.read_bytes() == before
    assert list(service.books.messages()) == []


def test_a_report_made_later_never_replaces_another_file(
    service: PracticeServer, data: Path, tmp_path: Path
):
    listed, other = tmp_path / "people.csv", tmp_path / "other.csv"
    for path in (listed, other):
        path.write_text("Name,Phone\nA,+380501112233\n", encoding="utf-8")
    file = campaign(tmp_path / "c.json", type="transaction", text="Hi {Name}")
    target = ("--base-url", service.base_url, "--json")
    code = run(data, "send", file, "--recipients", listed, *target).lines[-1]["campaign"]

    ran = [run(data, "report", code, path) for path in (listed, other)]
    first, again = (run(data, "report", code, tmp_path / "report.csv") for _ in range(2))
    resumed = run(data, "resume", code, *target, "--report", listed)

    assert [one.exit_code for one in (*ran, resumed)] == [2, 2, 2]
    assert "replace the list" in ran[0].err
    assert "not a report" in ran[1].err
    assert listed.read_bytes() == other.read_bytes() == b"Name,Phone\nA,+380501112233\n"
    assert (first.exit_code, again.exit_code) == (0, 0)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"name": "\ud800"}, id="half a character in the name"),
        pytest.param({"edits": {"2": "\ud800"}}, id="half a character in an edit"),
        pytest.param({"recipients": {"file": "\x00", "sha256": "x"}}, id="NUL in a file's name"),
        pytest.param({"schedule": "9999-12-31T23:59-12:00"}, id="the end of time"),
    ],
)
def test_wild_values_are_the_operators_mistakes(data: Path, tmp_path: Path, fields: dict):
    listed = people(tmp_path / "people.xlsx", 1)
    file = tmp_path / "c.json"
    body = {"version": 1, "sender": "MyBrand", "type": "transaction", "text": "Hi", **fields}
    file.write_text(json.dumps(body), encoding="utf-8")

    ran = run(data, "send", file, "--recipients", listed, "--base-url", "http://127.0.0.1:9")

    assert ran.exit_code == 2
    assert ran.err.strip()


def test_what_has_no_end_is_no_campaign(data: Path, tmp_path: Path):
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)

    ran = run(data, "send", pipe, "--base-url", "http://127.0.0.1:9")

    assert ran.exit_code == 2
