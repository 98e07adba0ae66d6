"""The command line over a data folder that was put back from a copy, or came from elsewhere."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
from command_line import Ran, campaign, people, run, sent, start, wait_until

from cascade_desktop.practice.behaviour import Behaviour
from cascade_desktop.practice.server import PracticeServer

PEOPLE = 300


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return campaign(tmp_path / "campaign.json", type="transaction", text="Order")


def sends(service: PracticeServer, root: Path, file: Path, *more: str) -> Ran:
    listed = people(file.with_name("people.xlsx"), PEOPLE)
    to = ("--recipients", listed, "--base-url", service.base_url, "--json", "--yes")
    return run(root, "send", file, *to, *more)


def begin_and_copy(service: PracticeServer, root: Path, file: Path) -> str:
    """Pause a campaign after its first batch, and copy the data folder then."""
    service.behave(Behaviour(requests=1), Behaviour(requests=1, status=401))
    last = sends(service, root, file).lines[-1]
    assert last["reason"] == "KEY_REFUSED"
    shutil.copytree(root, root.with_name("copy"))
    return last["campaign"]


def most_often(service: PracticeServer) -> int:
    return max(Counter(message["id"] for message in sent(service)).values())


def test_a_copy_put_back_sends_nothing_until_confirmed_and_then_nothing_twice(
    service: PracticeServer, root: Path, file: Path
):
    code = begin_and_copy(service, root, file)
    resume = ("resume", code, "--base-url", service.base_url, "--json")
    assert run(root, *resume).lines[-1]["counts"]["accepted"] == PEOPLE
    shutil.rmtree(root)
    root.with_name("copy").rename(root)

    frozen = run(root, *resume)
    another = sends(service, root, file)
    confirmed = run(root, *resume, "--accept", "OLDER_COPY")

    assert [(ran.exit_code, ran.lines[-1]["reason"]) for ran in (frozen, another)] == [
        (4, "OLDER_COPY")
    ] * 2
    assert "older than what was sent" in frozen.err
    assert "290 messages left this computer" in frozen.err
    assert "--accept OLDER_COPY" in frozen.err
    assert (confirmed.exit_code, confirmed.lines[-1]["counts"]["unknown"]) == (3, 290)
    assert (len(sent(service)), most_often(service)) == (PEOPLE, 1)
    assert len(run(root, "history", "--json").lines) == 1


def test_who_reads_a_copy_is_told_that_it_is_older(
    service: PracticeServer, root: Path, file: Path, tmp_path: Path
):
    code = begin_and_copy(service, root, file)
    copy = root.with_name("copy")
    before = run(copy, "history", "--json")
    run(root, "resume", code, "--base-url", service.base_url)

    read = [run(copy, "history"), run(copy, "history", "--json")]
    read.append(run(copy, "report", code, tmp_path / "report.csv"))
    current = [run(root, "history"), run(root, "report", code, tmp_path / "now.csv")]

    assert [ran.exit_code for ran in read] == [0, 0, 0]
    for ran in read:
        assert "older than what was sent" in ran.err
        assert "290 messages left this computer" in ran.err
    told = [
        ran.lines[-1]["older_copy"] for ran in (before, read[1], run(root, "history", "--json"))
    ]
    assert told == [False, True, False]
    assert [ran.err for ran in (before, *current)] == ["", "", ""]


def test_a_folder_brought_from_another_computer_waits_for_a_word(
    service: PracticeServer, root: Path, file: Path, tmp_path: Path
):
    code = begin_and_copy(service, root, file)
    here = ("resume", code, "--base-url", service.base_url, "--json", "--state-dir", tmp_path / "s")

    frozen = run(root, *here)
    confirmed = run(root, *here, "--accept", "UNKNOWN_FOLDER")

    assert (frozen.exit_code, frozen.lines[-1]["reason"]) == (4, "UNKNOWN_FOLDER")
    assert "may have been sent from another" in frozen.err
    assert "up to 290 people may get it twice" in frozen.err
    assert "does not leave again" not in frozen.err
    assert confirmed.err.startswith("Confirmed. This computer has no full record")
    assert "up to 290 people may get it twice" in confirmed.err
    assert (confirmed.exit_code, len(sent(service)), most_often(service)) == (0, PEOPLE, 1)


def test_a_computer_that_cannot_note_what_leaves_sends_nothing(
    service: PracticeServer, root: Path, file: Path, tmp_path: Path
):
    (tmp_path / "state").touch()

    ran = sends(service, root, file, "--state-dir", str(tmp_path / "state"))

    assert (ran.exit_code, ran.lines[-1]["reason"]) == (4, "STATE_UNWRITABLE")
    assert "--state-dir" in ran.err
    assert sent(service) == []
    assert sends(service, root, file).exit_code == 0


def test_of_many_starts_at_once_one_sends(service: PracticeServer, root: Path, file: Path):
    code = begin_and_copy(service, root, file)
    service.behave(Behaviour(delay_s=0.5))
    resume = ("resume", code, "--base-url", service.base_url, "--json")

    started = [start(root, *resume) for _ in range(6)]
    wait_until(lambda: all(process.poll() is not None for process in started), 60)
    ends = {process.communicate()[0].splitlines()[-1]: process.returncode for process in started}

    assert 0 in ends.values()
    assert all(code == 0 or "BUSY_ELSEWHERE" in line for line, code in ends.items())
    assert {process.returncode for process in started} <= {0, 4}
    assert (len(sent(service)), most_often(service)) == (PEOPLE, 1)
