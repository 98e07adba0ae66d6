import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cascade_desktop.engine.private import close_to_others, make_private

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights otherwise")

SEND = """
import os, sys
os.umask(0)
from cascade_desktop.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_every_folder_that_is_made_is_private(tmp_path: Path, open_umask: None) -> None:
    make_private(tmp_path / "a" / "b" / "c")
    assert [mode(path) for path in sorted((tmp_path / "a").rglob("*"))] == [0o700] * 2
    assert mode(tmp_path / "a") == 0o700


def test_a_folder_that_stood_open_is_closed_and_one_for_everybody_is_not(
    tmp_path: Path, open_umask: None
) -> None:
    (tmp_path / "open").mkdir(mode=0o755)
    (tmp_path / "all").mkdir()
    (tmp_path / "all").chmod(0o1777)
    make_private(tmp_path / "open")
    make_private(tmp_path / "all")
    assert (mode(tmp_path / "open"), mode(tmp_path / "all")) == (0o700, 0o1777)
    close_to_others(tmp_path / "nowhere")


def test_a_file_where_a_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        make_private(tmp_path / "file")


def test_all_that_a_command_leaves_is_private_whatever_stood_open(
    tmp_path: Path, open_umask: None
) -> None:
    data, state = tmp_path / "data", tmp_path / "state"
    for folder in (data, data / "practice", state):
        folder.mkdir(mode=0o777)
    (data / "practice" / "journal.db").touch(mode=0o666)
    (tmp_path / "people.csv").write_text("Phone\n+380501112233\n")
    (tmp_path / "c.json").write_text(
        '{"version": 1, "name": "W", "type": "transaction", "sender": "S", "text": "T"}'
    )
    places = ("--data-dir", data, "--state-dir", state)
    arguments = ("send", tmp_path / "c.json", "--recipients", tmp_path / "people.csv", "--practice")
    done = subprocess.run(
        [sys.executable, "-c", SEND, *map(str, arguments), *map(str, places)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    left = [data, state, *data.rglob("*"), *state.rglob("*")]
    assert {path.name: oct(mode(path)) for path in left if mode(path) & 0o077} == {}
    assert {"journal.db", "books.jsonl", "ledger"} <= {path.name for path in left}
