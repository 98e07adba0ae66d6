"""Delete from the command line: no file of the data and the state folder keeps anybody."""

from pathlib import Path

import pytest
from command_line import campaign, people, run, sent

from cascade_desktop.engine.lock import FolderLock
from cascade_desktop.practice.server import PracticeServer

WORDS = ("+380501000002", "380501000002", "Олена-2", "Order ZYMA-2")


def holding(root: Path) -> list[str]:
    """Return every file that holds one of the words, anywhere in its bytes."""
    files = [path for path in root.rglob("*") if path.is_file()]
    return [path.name for path in files if any(w.encode() in path.read_bytes() for w in WORDS)]


@pytest.mark.parametrize("live", [True, False], ids=["live", "practice"])
@pytest.mark.parametrize("more", [(), ("--people-only",)], ids=["whole", "people"])
def test_what_was_deleted_is_in_no_file(
    service: PracticeServer, root: Path, tmp_path: Path, live: bool, more: tuple[str, ...]
):
    to = ("--base-url", service.base_url) if live else ("--practice",)
    folders = ("--state-dir", tmp_path / "state", "--json")
    file = campaign(tmp_path / "c.json", type="transaction", text="Order {Код}")
    listed = people(tmp_path / "people.xlsx", 5)
    done = run(root, "send", file, "--recipients", listed, *to, *folders)
    code = done.lines[-1]["campaign"]
    assert holding(root)

    deleted = run(root, "delete", code, *more, *folders)

    assert (deleted.exit_code, deleted.lines) == (
        0, [{"campaign": code, "people_only": bool(more)}]
    )  # fmt: skip
    assert (holding(root), holding(tmp_path / "state")) == ([], [])
    left = run(root, "history", "--json").lines
    assert [line["counts"]["accepted"] for line in left] == ([5] if more else [])
    assert len(sent(service)) == (5 if live else 0)


def test_a_campaign_that_is_not_there_or_a_folder_in_use_is_told(root: Path, tmp_path: Path):
    file = campaign(tmp_path / "c.json", type="transaction", text="Order")
    listed = people(tmp_path / "people.xlsx", 2)
    done = run(root, "send", file, "--recipients", listed, "--practice", "--json")
    code = done.lines[-1]["campaign"]

    unheard = run(root, "delete", "NOSUCH")
    with FolderLock(root / "practice"):
        busy = run(root, "delete", code)

    assert (unheard.exit_code, busy.exit_code) == (2, 4)
    assert "already running" in busy.err
