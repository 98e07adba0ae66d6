import asyncio
import os
import sqlite3
import stat
from contextlib import suppress
from pathlib import Path

import pytest
from campaigns import Desk, make_plan
from fault_server import FaultServer

from cascade_desktop.core.states import Reason
from cascade_desktop.core.target import Keys
from cascade_desktop.engine.journal.copies import copies
from cascade_desktop.engine.journal.schema import (
    FILE_NAME,
    DamagedJournalError,
    UnwritableJournalError,
)
from cascade_desktop.engine.lock import LockedError
from cascade_desktop.engine.resources import resource
from cascade_desktop.engine.workspace import Workspace

URL = "http://127.0.0.1:9"


def test_a_folder_has_one_writer_at_a_time(tmp_path: Path) -> None:
    first = Workspace(tmp_path / "data")
    with pytest.raises(LockedError):
        Workspace(tmp_path / "data")
    first.close()
    Workspace(tmp_path / "data").close()


def test_a_new_folder_is_private(tmp_path: Path) -> None:
    Workspace(tmp_path / "data").close()
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_opening_finds_what_was_cut_short(tmp_path: Path) -> None:
    with Desk(tmp_path, URL) as desk:
        code = desk.creates(make_plan(12))
        desk.work.journal.open_batch(code, (1, 2, 3), "sha")
    again = Workspace(tmp_path)
    assert again.journal.counts(code).unknown == 3
    again.close()


def test_a_damaged_journal_leaves_the_folder_free(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no database" * 100)
    for _ in range(2):
        with pytest.raises(DamagedJournalError) as told:
            Workspace(tmp_path)
        assert told.value.copy == ""


def test_a_journal_that_cannot_be_recovered_leaves_the_folder_free(tmp_path: Path) -> None:
    with Desk(tmp_path, URL) as desk:
        desk.creates(make_plan(2))
    with sqlite3.connect(tmp_path / FILE_NAME) as spoilt:
        spoilt.execute("ALTER TABLE campaigns RENAME COLUMN sending TO gone")
    spoilt.close()
    for _ in range(2):
        with pytest.raises(UnwritableJournalError):
            Workspace(tmp_path)


def test_a_copy_a_day_is_kept_of_a_sound_journal(tmp_path: Path) -> None:
    for _ in range(2):
        with Desk(tmp_path, URL) as desk:
            desk.work._checker.start(lambda: None).result()
    assert len(copies(tmp_path)) == 1


def test_nothing_leaves_a_damaged_journal_and_no_copy_is_made_of_it(
    tmp_path: Path, server: FaultServer
) -> None:
    with Desk(tmp_path, server.url) as desk:
        code = desk.creates(make_plan(3_000))
        desk.work._checker.start(lambda: None).result()
    (copy,) = copies(tmp_path)
    copy.unlink()
    data = bytearray((tmp_path / FILE_NAME).read_bytes())
    for page in range(40 * 4096, len(data), 4096):
        data[page : page + 200] = os.urandom(200)
    (tmp_path / FILE_NAME).write_bytes(data)
    with Desk(tmp_path, server.url) as desk:
        assert asyncio.run(desk.work.may_send()) is Reason.DAMAGED_DATA
        with suppress(DamagedJournalError):  # what the journal says of it cannot always be read
            assert desk.sends(code).reason is Reason.DAMAGED_DATA
        desk.work._checker.start(lambda: None).result()
    assert (server.requests, copies(tmp_path)) == ([], ())


def test_a_damaged_journal_names_the_copy_to_go_back_to(
    tmp_path: Path, server: FaultServer
) -> None:
    with Desk(tmp_path, server.url) as desk:
        code = desk.creates(make_plan(30))
        desk.work._checker.start(lambda: None).result()
        (copy,) = copies(tmp_path)
        desk.sends(code)
    (tmp_path / FILE_NAME).write_bytes(b"no database" * 1000)
    with pytest.raises(DamagedJournalError) as told:
        Workspace(tmp_path)
    assert told.value.copy == str(copy)
    copy.replace(tmp_path / FILE_NAME)  # as the guide says
    with Desk(tmp_path, server.url) as desk:
        heads = desk.work.journal.heads()
        assert asyncio.run(desk.work.may_send()) is Reason.OLDER_COPY
        desk.work.journal.accept_copy()
        assert [desk.sends(head.code).counts.unknown for head in heads] == [30] * len(heads)
    assert max(server.taken.values()) == 1


def test_old_people_go_when_a_folder_is_tidied_and_what_cannot_be_written_waits(
    tmp_path: Path, server: FaultServer
) -> None:
    with Desk(tmp_path, server.url) as desk:
        code = desk.creates(make_plan(3))
        desk.sends(code)
        desk.time.at += 91 * 24 * 3600
        assert desk.work.tidy(0) == 0
        desk.work.journal._db.execute("PRAGMA query_only=ON")
        assert desk.work.tidy(90) == 0
        desk.work.journal._db.execute("PRAGMA query_only=OFF")
        assert desk.work.tidy(90) == 1
        assert {row.phone for row in desk.rows(code)} == {""}


def test_a_client_of_a_workspace_shares_its_clock(tmp_path: Path) -> None:
    with Desk(tmp_path, URL) as desk:
        client = desk.work.client(desk.target, Keys("k"))
        assert client._waits is desk.work.waits


def test_what_ships_with_the_program_is_found() -> None:
    assert resource("LICENSE").is_file()
