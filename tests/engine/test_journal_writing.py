"""What is written of a batch, and what a file of an earlier version becomes."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from campaigns import NOON, make_plan

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.confirmations import Given
from cascade_desktop.core.delivery import FIRST_ASK_S
from cascade_desktop.core.outcome import ServiceWords
from cascade_desktop.core.states import Reason, Resolution, State
from cascade_desktop.engine.journal.schema import (
    _STEPS,
    FILE_NAME,
    ROOM_BYTES,
    VERSION,
    DamagedJournalError,
    NewerJournalError,
    UnwritableJournalError,
)
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.journal.values import Counts, Settlement, Waiting
from cascade_desktop.engine.journal.writing import runs

LATER = NOON + timedelta(hours=2)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal(tmp_path / "data", now=lambda: NOON)
    yield opened
    opened.close()


def creates(
    journal: Journal, people: int = 4, *, name: str = "Winter", at: datetime | None = None
) -> str:
    plan = make_plan(people, name=name, at=at)
    return journal.create(plan, Campaign(name, plan.draft), host="host", account="account")


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ((5,), [(5, 5)]),
        ((1, 2, 3), [(1, 3)]),
        ((1, 3, 4, 9), [(1, 1), (3, 4), (9, 9)]),
        ((4, 3, 3), [(4, 4), (3, 3), (3, 3)]),
    ],
)
def test_numbers_that_follow_one_another_are_written_together(
    numbers: tuple[int, ...], found: list[tuple[int, int]]
) -> None:
    assert list(runs(numbers)) == found


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(ServiceWords("CODE"), id="a code"),
        pytest.param(ServiceWords(message="said"), id="a message"),
        pytest.param(ServiceWords(field="text"), id="a field"),
        pytest.param(ServiceWords(), id="nothing"),
    ],
)
def test_whatever_the_service_said_is_kept(journal: Journal, words: ServiceWords) -> None:
    code = creates(journal)
    refused = Settlement({}, State.REFUSED, Reason.BATCH_REFUSED, words)
    journal.settle(code, journal.open_batch(code, (1,), "sha"), refused)
    assert next(journal.entries(code)).words == words


def test_texts_of_any_alphabet_are_written_as_they_are(journal: Journal) -> None:
    code = creates(journal)
    words = ServiceWords("CODE", "Немає «номера»", "text")
    refused = Settlement({}, State.REFUSED, Reason.BATCH_REFUSED, words)
    journal.settle(code, journal.open_batch(code, (1,), "sha"), refused)
    written = journal._db.execute("SELECT words FROM messages WHERE row=0").fetchone()[0]
    assert written.startswith('["CODE","Немає «номера»","text"')


def test_only_what_was_taken_is_asked_about_and_not_before_it_leaves(journal: Journal) -> None:
    now, timed = creates(journal), creates(journal, name="Timed", at=LATER)
    for code in (now, timed):
        some = Settlement({1: ("m-1",), 2: ("m-2", "m-3")}, State.UNKNOWN, Reason.NOT_NAMED)
        changes = journal.settle(code, journal.open_batch(code, (1, 2, 3), "sha"), some)
        assert [(one.state, one.why, one.message_ids, one.resolution) for one in changes] == [
            (State.ACCEPTED, "", ("m-1",), None),
            (State.ACCEPTED, "NAMED_TWICE", ("m-2", "m-3"), None),
            (State.UNKNOWN, "NOT_NAMED", (), None),
        ]
        rows = list(journal.entries(code))[:3]
        assert [row.message_ids for row in rows] == [("m-1",), ("m-2", "m-3"), ()]
    ask_at = journal._db.execute("SELECT ask_at FROM messages ORDER BY campaign, row").fetchall()
    first, second = (int(at.timestamp()) + FIRST_ASK_S for at in (NOON, LATER))
    assert [at for (at,) in ask_at] == [first, first, None, None, second, second, None, None]


def test_a_decision_outlives_the_batch_unless_it_is_asked_for_again(journal: Journal) -> None:
    code = creates(journal)
    lost = Settlement({}, State.UNKNOWN, Reason.NO_ANSWER)
    journal.settle(code, journal.open_batch(code, (1, 2), "sha"), lost)
    journal.resolve(code, Resolution.RESENT, 2)
    known = Settlement({}, State.UNKNOWN, Reason.ALREADY_KNOWN, resolution=Resolution.MARKED_SENT)
    (one,) = journal.settle(code, journal.open_batch(code, (1,), "sha"), known)
    back = Settlement({}, State.READY, Reason.SERVER_BUSY)
    (two,) = journal.settle(code, journal.open_batch(code, (2,), "sha"), back)
    rows = list(journal.entries(code))[:2]
    decided = [Resolution.MARKED_SENT, Resolution.RESENT]
    assert [one.resolution, two.resolution] == decided
    assert [row.resolution for row in rows] == decided
    assert journal.counts(code) == Counts(ready=3, unknown=1)


GIVEN = (
    Given("CONFIRM_AGREEMENT", "Ви “згодні”?", "yes", NOON),
    Given("CONFIRM_LARGE_NUMBER", "Type it:", "12 000", LATER),
)


def confirmed(journal: Journal, name: str = "Winter", given: tuple[Given, ...] = GIVEN) -> str:
    plan = make_plan(2, name=name)
    campaign = Campaign(name, plan.draft)
    return journal.create(plan, campaign, host="host", account="account", given=given)


def test_what_was_confirmed_is_kept_with_its_own_campaign(journal: Journal) -> None:
    code, other = confirmed(journal), confirmed(journal, "Other", GIVEN[1:])
    assert journal.head(code).given == GIVEN
    assert [head.given for head in journal.heads()] == [GIVEN[1:], GIVEN]
    assert (journal.head(other).given, journal.head(creates(journal, 1, name="X")).given) == (
        GIVEN[1:],
        (),
    )


def test_what_was_confirmed_goes_with_its_campaign_and_stays_without_its_people(
    journal: Journal,
) -> None:
    code, other = confirmed(journal), confirmed(journal, "Other")
    journal.deleting.people(other)
    journal.deleting.campaign(code)
    kept = journal._db.execute("SELECT COUNT(*) FROM confirmations").fetchone()
    assert (journal.head(other).given, kept) == (GIVEN, (2,))


def test_a_file_from_before_confirmations_has_none_and_takes_them(tmp_path: Path) -> None:
    with closing(Journal(tmp_path)) as journal:
        code = creates(journal, 1)
        journal._db.executescript("DROP TABLE confirmations; PRAGMA user_version=7;")
    with closing(Journal(tmp_path, readonly=True)) as reader:
        assert reader.head(code).given == ()
    with closing(Journal(tmp_path)) as journal:
        assert journal.head(confirmed(journal, "New")).given == GIVEN
        assert journal._db.execute("PRAGMA user_version").fetchone() == (VERSION,)


def make_old(folder: Path) -> None:
    """Leave a journal as the first version wrote it, with messages in every state."""
    at = [NOON]
    journal = Journal(folder, now=lambda: at[0])
    code = creates(journal, 7)
    timed = creates(journal, 1, name="Timed", at=LATER)
    some = Settlement({1: ("m",)}, State.UNKNOWN, Reason.NO_ANSWER)
    journal.settle(code, journal.open_batch(code, (1, 2, 3), "sha"), some)
    at[0] = LATER
    journal.settle(timed, journal.open_batch(timed, (1,), "sha"), some)
    at[0] = NOON
    journal.resolve(code, Resolution.RESENT, 2)
    journal.settle(code, journal.open_batch(code, (3,), "sha"), Settlement({}, State.REFUSED))
    journal.open_batch(code, (4,), "sha")
    journal._db.execute("UPDATE messages SET settled_at=? WHERE row=1", (LATER.isoformat(),))
    journal._db.executescript(
        "DROP TABLE stopped; DROP TABLE folder; DROP TABLE leaving;"
        "DROP TABLE trials; DROP TABLE trial_numbers; DROP TABLE confirmations;"
        "DROP INDEX messages_to_ask; DROP INDEX messages_to_ask_again;"
        "ALTER TABLE messages DROP COLUMN asks; ALTER TABLE messages DROP COLUMN ask_at;"
        "ALTER TABLE messages DROP COLUMN offered_at; PRAGMA user_version=1;"
    )
    journal.close()


def test_an_older_file_knows_what_to_ask_about_and_what_was_offered_when(tmp_path: Path) -> None:
    make_old(tmp_path)

    journal = Journal(tmp_path)

    rows = journal._db.execute(
        "SELECT state, asks, ask_at, offered_at FROM messages ORDER BY campaign, row"
    ).fetchall()
    noon, later = NOON.isoformat(), LATER.isoformat()
    assert rows == [
        ("accepted", 0, int(NOON.timestamp()), noon),
        ("ready", 0, None, later),  # to leave again: its batch is not known any more
        ("refused", 0, None, noon),
        ("sending", 0, None, noon),
        *[("ready", 0, None, None)] * 3,
        ("accepted", 0, int(LATER.timestamp()), later),
    ]
    folder = journal._db.execute("SELECT length(id), length(mark), before FROM folder").fetchall()
    assert folder == [(32, 16, "")]
    journal.close()


def test_a_reader_of_a_file_made_private_by_nobody_leaves_its_rights(tmp_path: Path) -> None:
    Journal(tmp_path).close()
    for name in (FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-journal"):
        (tmp_path / name).touch()
        (tmp_path / name).chmod(0o644)
    Journal(tmp_path, readonly=True).close()
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o644
    writer = Journal(tmp_path)
    creates(writer)
    found = {path.stat().st_mode & 0o777 for path in tmp_path.glob(f"{FILE_NAME}*")}
    writer.close()
    assert found == {0o600}


def test_a_reader_writes_nothing_and_is_closed_for_good(tmp_path: Path) -> None:
    Journal(tmp_path).close()
    reader = Journal(tmp_path, readonly=True)
    with pytest.raises(UnwritableJournalError):
        reader.remember_answer("host", "account", "question")
    reader.close()
    with pytest.raises(sqlite3.ProgrammingError):
        reader._db.execute("SELECT 1")


def test_a_journal_is_used_from_whichever_thread_is_at_work(journal: Journal) -> None:
    code = creates(journal)
    with ThreadPoolExecutor(1) as pool:
        heads = pool.submit(journal.heads).result()
    assert [head.code for head in heads] == [code]


def test_opening_a_file_that_is_up_to_date_writes_nothing(tmp_path: Path) -> None:
    Journal(tmp_path).close()
    journal = Journal(tmp_path)
    wal = tmp_path / f"{FILE_NAME}-wal"
    assert not wal.exists() or wal.stat().st_size == 0
    journal.close()


def test_a_file_that_is_refused_is_let_go_of(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE_NAME) as newer:
        newer.execute(f"PRAGMA user_version={VERSION + 1}")
    newer.close()
    handles = Path("/dev/fd")
    before = len(list(handles.iterdir()))
    with pytest.raises(NewerJournalError) as told:
        Journal(tmp_path)
    assert (told.value.args, len(list(handles.iterdir()))) == ((VERSION + 1,), before)


def test_a_file_whose_folder_has_no_name_is_damage_and_let_go_of(tmp_path: Path) -> None:
    made = Journal(tmp_path)
    made._db.execute("DELETE FROM folder")
    made.close()
    handles = Path("/dev/fd")
    before = len(list(handles.iterdir()))
    with pytest.raises(DamagedJournalError) as told:
        Journal(tmp_path, state=tmp_path / "state")
    assert (told.type, len(list(handles.iterdir()))) == (DamagedJournalError, before)


def test_a_settlement_without_a_reason_says_none_and_who_waits_has_not_left(
    journal: Journal,
) -> None:
    code = creates(journal)
    (change,) = journal.settle(
        code, journal.open_batch(code, (1,), "sha"), Settlement({}, State.REFUSED)
    )
    assert (change.why, next(journal.entries(code)).why) == ("", "")
    assert not Waiting(1, 0, "+380501112233", "Hello", None).is_again


def test_what_earlier_versions_left_is_found_where_they_left_it() -> None:
    assert ("journal.db", len(_STEPS), 50_000_000) == (FILE_NAME, VERSION, ROOM_BYTES)
    assert DamagedJournalError().copy == ""
