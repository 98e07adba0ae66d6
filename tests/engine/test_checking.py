"""The look through the whole journal: what it finds, and that it can be broken off."""

from pathlib import Path

import pytest
from campaigns import make_plan

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.engine.journal.checking import QuickCheck
from cascade_desktop.engine.journal.schema import FILE_NAME
from cascade_desktop.engine.journal.store import Journal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a data folder with a campaign in it."""
    journal = Journal(tmp_path / "data")
    plan = make_plan(500)
    journal.create(plan, Campaign("Winter", plan.draft), host="host", account="account")
    journal.close()
    return tmp_path / "data"


def test_a_sound_journal_is_sound_and_stopping_afterwards_is_harmless(folder: Path) -> None:
    handles = Path("/dev/fd")
    before = len(list(handles.iterdir()))
    check = QuickCheck(folder)
    assert check.is_sound()
    assert len(list(handles.iterdir())) == before
    check.stop()


def test_a_journal_that_cannot_be_read_is_not_sound(folder: Path) -> None:
    check = QuickCheck(folder)
    data = (folder / FILE_NAME).read_bytes()
    (folder / FILE_NAME).write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    assert check.is_sound() is False


def test_one_that_fails_without_being_stopped_calls_nothing_sound(folder: Path) -> None:
    check = QuickCheck(folder)
    check._db.set_progress_handler(lambda: 1, 1)  # SQLite gives up, as where a disk fails
    assert check.is_sound() is False


def test_one_that_is_broken_off_stops_at_once_and_blames_nobody(folder: Path) -> None:
    check = QuickCheck(folder)
    steps: list[int] = []

    def stop() -> None:
        steps.append(len(steps))
        check.stop()

    check._db.set_progress_handler(stop, 1)
    assert check.is_sound() is True
    assert len(steps) < 50


def test_a_journal_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        QuickCheck(tmp_path)
    assert list(tmp_path.iterdir()) == []
