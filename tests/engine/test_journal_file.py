"""The journal's one file: which it is, what stands in it, and where a campaign in it begins."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from campaigns import NOON, make_plan

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.states import CampaignState, Reason
from cascade_desktop.engine.journal.schema import (
    _READ_SINCE,
    _STEPS,
    FILE_NAME,
    VERSION,
    identity,
)
from cascade_desktop.engine.journal.store import Journal


def creates(journal: Journal) -> str:
    plan = make_plan(3)
    return journal.create(plan, Campaign(plan.name, plan.draft), host="h", account="a")


def main_file_alone(data: Path, elsewhere: Path) -> Journal:
    """Open the main file as it is this moment, without what lies beside it."""
    elsewhere.mkdir()
    shutil.copyfile(data / FILE_NAME, elsewhere / FILE_NAME)
    return Journal(elsewhere, readonly=True)


def test_a_journal_that_was_just_made_is_whole_without_the_files_beside_it(tmp_path: Path) -> None:
    with (
        closing(Journal(tmp_path / "data")),
        closing(main_file_alone(tmp_path / "data", tmp_path / "copy")) as copy,
    ):
        assert copy.heads() == ()


def test_a_campaign_is_in_the_main_file_at_once(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "data")) as journal:
        code = creates(journal)
        with closing(main_file_alone(tmp_path / "data", tmp_path / "copy")) as copy:
            assert copy.head(code).counts.ready == 3


def test_where_a_campaign_stands_is_in_the_main_file_at_once(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "data")) as journal:
        code = creates(journal)
        journal.set_state(code, CampaignState.FINISHED)
        with closing(main_file_alone(tmp_path / "data", tmp_path / "copy")) as copy:
            assert copy.head(code).state is CampaignState.FINISHED


def test_a_reader_in_the_middle_of_its_reading_holds_no_campaign_up(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "data")) as journal:
        creates(journal)
        with closing(Journal(tmp_path / "data", readonly=True)) as reader:
            reader._db.execute("BEGIN")
            assert len(list(reader.heads())) == 1
            code = creates_another(journal)
        assert journal.head(code).counts.ready == 2


def creates_another(journal: Journal) -> str:
    plan = make_plan(2, name="Spring")
    return journal.create(plan, Campaign(plan.name, plan.draft), host="h", account="a")


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_a_reader_asks_for_every_table_that_there_is_and_finds_the_others_empty(
    tmp_path: Path, version: int
) -> None:
    made = "".join(_STEPS[:version])
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as older:
        older.executescript(f"{made}PRAGMA user_version={version};")
        own = tables_of(older, "sqlite_master")
    later = set(_READ_SINCE.values()) & set(_STEPS[version:])

    with closing(Journal(tmp_path, readonly=True)) as reader:
        empty = tables_of(reader._db, "sqlite_temp_master")

    assert empty.isdisjoint(own)
    assert len(empty) == sum(step.count("CREATE TABLE") for step in later)


def tables_of(db: sqlite3.Connection, master: str) -> set[str]:
    found = db.execute(f"SELECT name FROM {master} WHERE type='table'").fetchall()  # noqa: S608
    return {name for (name,) in found}


def test_a_campaign_that_never_began_was_interrupted(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "data", now=lambda: NOON)) as journal:
        head = journal.head(creates(journal))
    assert (head.state, head.reason) == (CampaignState.PAUSED, Reason.INTERRUPTED)


def test_a_journal_keeps_its_identity_under_another_name_and_no_other_has_it(
    tmp_path: Path,
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / FILE_NAME).touch()
    one, two = identity(tmp_path / "one"), identity(tmp_path / "two")
    (tmp_path / "one").rename(tmp_path / "three")

    assert (identity(tmp_path / "three"), identity(tmp_path / "one")) == (one, (0, 0))
    assert one[0] == two[0] != 0
    assert one[1] != two[1]


def test_a_journal_without_a_ledger_prepares_nothing(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "data")) as journal:
        journal.prepare(["winter-abc-000001"])
        assert journal.standing() is Reason.NONE
