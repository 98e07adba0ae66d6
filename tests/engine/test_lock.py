import os
import subprocess
import sys
from pathlib import Path

import pytest

import cascade_desktop
from cascade_desktop.engine.lock import FolderLock, LockedError

HOLD = """
import sys
from pathlib import Path
from cascade_desktop.engine.lock import FolderLock
FolderLock(Path(sys.argv[1])).acquire()
print("held", flush=True)
sys.stdin.read()
"""


def holder(folder: Path) -> "subprocess.Popen[str]":
    """Start a process that holds a folder until it is killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(cascade_desktop.__file__).parent.parent,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_one_is_told_until_the_first_lets_go(tmp_path: Path) -> None:
    with FolderLock(tmp_path), pytest.raises(LockedError):
        FolderLock(tmp_path).acquire()
    with FolderLock(tmp_path):
        pass


def test_letting_go_twice_is_harmless(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path)
    lock.acquire()
    lock.release()
    again = FolderLock(tmp_path)
    again.acquire()

    lock.release()  # nothing of its own is left to let go

    with pytest.raises(LockedError):
        FolderLock(tmp_path).acquire()
    again.release()


def test_a_killed_process_lets_go(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        with pytest.raises(LockedError):
            FolderLock(tmp_path).acquire()
        process.kill()
    with FolderLock(tmp_path):
        pass


def test_deleting_what_lies_in_the_folder_lets_nobody_in(tmp_path: Path) -> None:
    (tmp_path / "journal.db").touch()
    with FolderLock(tmp_path):
        for file in tmp_path.iterdir():
            file.unlink()
        with pytest.raises(LockedError):
            FolderLock(tmp_path).acquire()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FolderLock(tmp_path / "nowhere").acquire()


def handles() -> int:
    return len(list(Path("/dev/fd").iterdir()))


def test_who_is_refused_keeps_no_handle_on_the_folder(tmp_path: Path) -> None:
    with FolderLock(tmp_path):
        before = handles()
        with pytest.raises(LockedError):
            FolderLock(tmp_path).acquire()
        assert handles() == before


def test_a_program_without_a_standard_input_lets_go_too(tmp_path: Path) -> None:
    kept = os.dup(0)
    os.close(0)
    try:
        lock = FolderLock(tmp_path)
        lock.acquire()  # the system gives it the first handle that is free
        lock.release()
        with FolderLock(tmp_path):
            pass
    finally:
        os.dup2(kept, 0)
        os.close(kept)
