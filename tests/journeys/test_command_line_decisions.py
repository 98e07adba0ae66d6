"""What a campaign file decided about rows, on the command line: it holds in its own list alone."""

import hashlib
import json
from pathlib import Path

import pytest
from command_line import campaign, run, sent

from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.practice.server import PracticeServer

OWN = ("+380501110001", "+380501110002", "+380501110003")
OTHER = ("+380672220001", "+380672220002", "+380672220003")
TYPED = "+380933334455"


def write_list(path: Path, phones: tuple[str, ...]) -> Path:
    path.write_text("\n".join(("Phone", *phones)), encoding="utf-8")
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a campaign that corrects row 2 of its list and leaves row 3 out."""
    listed = write_list(tmp_path / "people.csv", OWN)
    sha256 = hashlib.sha256(listed.read_bytes()).hexdigest()
    return campaign(
        tmp_path / "saved.cascade.json",
        type="transaction",
        text="Order",
        recipients={"file": "people.csv", "sha256": sha256, "phone_column": "Phone"},
        edits={"2": TYPED},
        left_out=[3],
    )


def phones(service: PracticeServer) -> list[str]:
    return [message["toPhone"] for message in sent(service)]


def test_in_its_own_list_wherever_that_is_they_hold(
    service: PracticeServer, root: Path, tmp_path: Path, file: Path
):
    moved = (tmp_path / "people.csv").rename(tmp_path / "moved.csv")

    ran = run(root, "send", file, "--recipients", moved, "--base-url", service.base_url)

    assert (ran.exit_code, phones(service)) == (0, [TYPED, OWN[2]])
    assert "do not hold" not in ran.err


def test_in_another_list_none_holds_and_that_is_told(
    service: PracticeServer, root: Path, tmp_path: Path, file: Path
):
    other = write_list(tmp_path / "other.csv", OTHER)

    ran = run(root, "send", file, "--recipients", other, "--base-url", service.base_url)

    assert (ran.exit_code, phones(service)) == (0, list(OTHER))
    assert "In “other.csv” the campaign's decisions about rows do not hold." in ran.err
    assert "Corrections of 1 row were not applied: 2." in ran.err
    assert "1 row you left out is in again: 3." in ran.err
    journal = Journal(root / "live", readonly=True)
    (head,) = journal.heads()
    journal.close()
    assert TYPED not in head.draft


def test_of_a_changed_list_is_asked_which_do_not_hold_and_it_goes_on_without_them(
    service: PracticeServer, root: Path, tmp_path: Path, file: Path
):
    write_list(tmp_path / "people.csv", OTHER)
    send = ("send", file, "--base-url", service.base_url, "--json")

    asked = run(root, *send)
    nothing = phones(service)
    accepted = run(root, *send, "--accept", "FILE_CHANGED")

    assert (asked.exit_code, asked.lines[-1]["reason"], nothing) == (4, "FILE_CHANGED", [])
    assert "not applied: 2. 1 row you left out is in again: 3. Look at it, then add" in asked.err
    assert (accepted.exit_code, phones(service)) == (0, list(OTHER))
    assert "were not applied: 2." in accepted.err


def test_a_file_by_hand_that_names_no_list_decides_about_whichever_it_is_given(
    service: PracticeServer, root: Path, tmp_path: Path, file: Path
):
    body = json.loads(file.read_text("utf-8"))
    del body["recipients"]
    file.write_text(json.dumps(body), encoding="utf-8")
    other = write_list(tmp_path / "other.csv", OTHER)

    ran = run(root, "send", file, "--recipients", other, "--base-url", service.base_url)

    assert (ran.exit_code, phones(service)) == (0, [TYPED, OTHER[2]])
