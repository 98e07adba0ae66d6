"""A data folder that is moved or deleted while its campaign is sent: it stops, and says so."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from campaigns import Desk, make_plan
from fault_server import FaultServer

from cascade_desktop.core.states import CampaignState, Reason


def delete_journal(data: Path) -> None:
    for file in data.glob("journal.db*"):
        file.unlink()


def replace_journal(data: Path) -> None:
    shutil.copyfile(data / "journal.db", data / "other.db")
    (data / "other.db").replace(data / "journal.db")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps open files in place")
@pytest.mark.parametrize("spoil", [delete_journal, replace_journal, shutil.rmtree])
@pytest.mark.parametrize("hand_on_from", [5, 1000], ids=["handing on", "one by one"])
def test_a_journal_that_is_not_in_its_place_lets_nothing_more_leave(
    tmp_path: Path, server: FaultServer, spoil: Callable[[Path], None], hand_on_from: int
) -> None:
    data = tmp_path / "data"
    with Desk(data, server.url, hand_on_from=hand_on_from) as desk:
        code = desk.creates(make_plan(500))
        spoiled: list[int] = []

        def watch(*_: object) -> None:
            if not spoiled:
                spoil(data)
                spoiled.append(len(server.requests))

        ending = desk.sends(code, watch)
        left = len(server.requests)
        again = desk.sends(code)

        assert (ending.state, ending.reason) == (CampaignState.PAUSED, Reason.DATA_MOVED)
        assert left <= spoiled[0] + 1
        assert (again.reason, len(server.requests)) == (Reason.DATA_MOVED, left)
    assert data.exists() is (spoil is not shutil.rmtree)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps open files in place")
def test_that_it_was_moved_is_told_though_nothing_can_be_written_there(
    tmp_path: Path, server: FaultServer
) -> None:
    with Desk(tmp_path / "data", server.url) as desk:
        code = desk.creates(make_plan(300))
        database = desk.work.journal._db

        def move(*_: object) -> None:
            if (tmp_path / "data").exists():
                (tmp_path / "data").rename(tmp_path / "elsewhere")

        tell = desk.work.journal.interrupt

        def find_no_room(code: str) -> object:
            if not (tmp_path / "data").exists():
                database.execute("PRAGMA query_only=ON")
            return tell(code)

        desk.work.journal.interrupt = find_no_room  # type: ignore[method-assign]
        ending = desk.sends(code, move)

    assert (ending.state, ending.reason) == (CampaignState.PAUSED, Reason.DATA_MOVED)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps open files in place")
def test_a_folder_that_was_moved_and_put_back_goes_on_where_it_was(
    tmp_path: Path, server: FaultServer
) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"

    def move(*_: object) -> None:
        if data.exists():
            data.rename(elsewhere)

    with Desk(data, server.url) as desk:
        code = desk.creates(make_plan(300))
        ending = desk.sends(code, move)
        assert (ending.state, ending.reason) == (CampaignState.PAUSED, Reason.DATA_MOVED)
    assert not data.exists()
    elsewhere.rename(data)
    with Desk(data, server.url) as desk:
        assert desk.work.journal.head(code).reason is Reason.DATA_MOVED
        assert desk.sends(code).counts.accepted == 300
    assert max(server.taken.values()) == 1
