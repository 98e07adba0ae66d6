import os
import sqlite3
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from campaigns import NOON, make_plan

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.outcome import ServiceWords
from cascade_desktop.core.states import CampaignState, Reason, Resolution, State
from cascade_desktop.core.stop_list import Stopped
from cascade_desktop.engine.journal.schema import (
    FILE_NAME,
    VERSION,
    DamagedJournalError,
    NewerJournalError,
    UnwritableJournalError,
    told,
)
from cascade_desktop.engine.journal.store import SPLIT_ALLOWED, Journal
from cascade_desktop.engine.journal.transaction import transaction
from cascade_desktop.engine.journal.values import Counts, Settlement

UNKNOWN = Settlement({}, State.UNKNOWN, Reason.NO_ANSWER)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal(tmp_path / "data", now=lambda: NOON, monotonic=lambda: 5.0)
    yield opened
    opened.close()


def creates(journal: Journal, people: int = 6, *, wrong: int = 1, name: str = "Winter") -> str:
    plan = make_plan(people, wrong=wrong, name=name)
    return journal.create(plan, Campaign(name, plan.draft), host="host", account="account")


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """Let the system refuse to write more, as a full disk does."""
    resource = pytest.importorskip("resource")
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def states(journal: Journal, code: str) -> list[str]:
    return [entry.state.value for entry in journal.entries(code)]


class TestTheFile:
    def test_it_is_private_durable_and_forgets_what_it_deletes(self, tmp_path: Path) -> None:
        journal = Journal(tmp_path / "data")
        creates(journal)
        for name in (FILE_NAME, FILE_NAME + "-wal"):
            assert stat.S_IMODE((tmp_path / "data" / name).stat().st_mode) == 0o600
        assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
        pragmas = ("journal_mode", "synchronous", "fullfsync", "secure_delete", "foreign_keys",
                   "busy_timeout", "user_version")  # fmt: skip
        found = [journal._db.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
        assert found == ["wal", 2, 1, 1, 1, 10_000, VERSION]
        journal.close()

    def test_a_newer_one_is_refused_and_left_as_it_was(self, tmp_path: Path) -> None:
        with sqlite3.connect(tmp_path / FILE_NAME) as newer:
            newer.execute(f"PRAGMA user_version={VERSION + 1}")
        newer.close()
        before = (tmp_path / FILE_NAME).read_bytes()
        for readonly in (False, True):
            with pytest.raises(NewerJournalError):
                Journal(tmp_path, readonly=readonly)
        assert (tmp_path / FILE_NAME).read_bytes() == before

    def test_a_file_that_is_no_database_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / FILE_NAME).write_bytes(b"no database at all " * 100)
        with pytest.raises(DamagedJournalError):
            Journal(tmp_path)

    def test_a_folder_where_a_file_should_be_is_told(self, tmp_path: Path) -> None:
        (tmp_path / FILE_NAME).mkdir()
        with pytest.raises(UnwritableJournalError):
            Journal(tmp_path)

    def test_a_spoilt_page_is_found(self, tmp_path: Path) -> None:
        journal = Journal(tmp_path)
        creates(journal, 300)
        assert journal.is_sound()
        journal.close()
        data = bytearray((tmp_path / FILE_NAME).read_bytes())
        for page in range(4096, len(data), 4096):
            data[page : page + 200] = os.urandom(200)
        (tmp_path / FILE_NAME).write_bytes(data)
        journal = Journal(tmp_path)
        assert not journal.is_sound()
        journal.close()

    @pytest.mark.parametrize("make", [lambda _: None, Path.touch])
    def test_a_reader_makes_nothing(self, tmp_path: Path, make: Callable[[Path], None]) -> None:
        make(tmp_path / FILE_NAME)
        before = list(tmp_path.iterdir())
        with pytest.raises(FileNotFoundError):
            Journal(tmp_path, readonly=True)
        assert list(tmp_path.iterdir()) == before

    def test_a_reader_reads_while_the_writer_is_in_a_transaction(
        self, journal: Journal, tmp_path: Path
    ) -> None:
        code = creates(journal)
        reader = Journal(tmp_path / "data", readonly=True)
        pages = reader.entries(code)
        next(pages)
        journal.open_batch(code, (1, 2), "sha")
        with transaction(journal._db):
            journal._db.execute("UPDATE messages SET state='refused'")
            assert reader.counts(code) == Counts(ready=4, sending=2, left_out=1)
        with pytest.raises(UnwritableJournalError):
            reader.set_state(code, CampaignState.FINISHED)
        assert len(list(pages)) == 6
        reader.close()

    @pytest.mark.parametrize(
        "step",
        [
            pytest.param(lambda j, code: j.open_batch(code, (3,), "sha"), id="open"),
            pytest.param(lambda j, code: j.settle(code, 1, UNKNOWN), id="settle"),
            pytest.param(lambda j, code: j.resolve(code, Resolution.CLOSED, 0), id="resolve"),
            pytest.param(lambda j, code: j.set_state(code, CampaignState.FINISHED), id="state"),
            pytest.param(lambda j, _: j.recover(), id="recover"),
            pytest.param(lambda j, code: j.deleting.undone(code), id="delete"),
        ],
    )
    def test_what_cannot_be_written_changes_nothing_and_is_told(
        self, journal: Journal, step: Callable[[Journal, str], object]
    ) -> None:
        code = creates(journal)
        journal.open_batch(code, (1, 2), "sha")
        before = list(journal.entries(code)), journal.head(code)
        journal._db.execute("PRAGMA query_only=ON")
        with pytest.raises(UnwritableJournalError):
            step(journal, code)
        assert (list(journal.entries(code)), journal.head(code)) == before
        assert not journal._db.in_transaction

    def test_a_campaign_without_room_is_not_half_recorded(self, journal: Journal) -> None:
        used = journal._db.execute("PRAGMA page_count").fetchone()[0]
        journal._db.execute(f"PRAGMA max_page_count={used + 2}")
        with pytest.raises(UnwritableJournalError):
            creates(journal, 3_000)
        assert journal.heads() == ()

    def test_a_full_disk_is_told_and_nothing_is_lost(self, journal: Journal) -> None:
        code = creates(journal)
        with files_no_larger_than(0), pytest.raises(UnwritableJournalError):
            journal.open_batch(code, (1,), "sha")
        assert journal.counts(code).ready == 6
        assert journal.open_batch(code, (1,), "sha") == 1

    def test_a_disk_without_room_for_a_new_journal_is_told(self, tmp_path: Path) -> None:
        with files_no_larger_than(0), pytest.raises(UnwritableJournalError):
            Journal(tmp_path)
        Journal(tmp_path).close()

    def test_on_a_disk_that_is_nearly_full_no_batch_begins(self, tmp_path: Path) -> None:
        journal = Journal(tmp_path, room_bytes=2**62)
        code = creates(journal)
        with pytest.raises(UnwritableJournalError):
            journal.open_batch(code, (1,), "sha")
        assert journal.counts(code).sending == 0
        journal.close()

    def test_a_transaction_inside_another_harms_neither(self, journal: Journal) -> None:
        code = creates(journal)
        with transaction(journal._db):
            journal._db.execute("UPDATE messages SET why='kept'")
            with pytest.raises(UnwritableJournalError):
                journal.open_batch(code, (1,), "sha")
        assert {entry.why for entry in journal.entries(code)} == {"kept"}

    def test_deleting_a_campaign_leaves_no_phone_in_the_file(
        self, journal: Journal, tmp_path: Path
    ) -> None:
        code, kept = creates(journal), creates(journal, 1, wrong=0, name="Kept")
        journal.open_batch(code, (1,), "sha")
        journal.deleting.undone(code)
        journal._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        written = (tmp_path / "data" / FILE_NAME).read_bytes()
        assert b"+380501000003" not in written
        assert [head.code for head in journal.heads()] == [kept]


@pytest.mark.parametrize(
    ("said", "known"),
    [
        (sqlite3.OperationalError("disk I/O error"), UnwritableJournalError),
        (sqlite3.OperationalError("attempt to write a readonly database"), UnwritableJournalError),
        (sqlite3.OperationalError("database or disk is full"), UnwritableJournalError),
        (sqlite3.DatabaseError("database disk image is malformed"), DamagedJournalError),
        (sqlite3.IntegrityError("UNIQUE constraint failed"), sqlite3.IntegrityError),
        (ValueError("ours"), ValueError),
    ],
)
def test_what_sqlite_says_is_told_as_what_can_be_done(
    said: Exception, known: type[Exception]
) -> None:
    with pytest.raises(known), told():
        raise said


def reads_all(journal: Journal, code: str) -> None:
    journal.heads()
    list(journal.entries(code))


@pytest.mark.parametrize("spoil", [
    "campaigns SET state='odd'", "campaigns SET kind='odd'", "campaigns SET columns='{'",
    "campaigns SET columns='5'",
    "campaigns SET words='5'", "campaigns SET created_at='noon'", "campaigns SET ready='many'",
    "campaigns SET name=CAST(x'ff' AS TEXT)", "messages SET state='odd'",
    "messages SET words='{'", "messages SET resolution='odd'", "messages SET settled_at='noon'",
    "messages SET at='noon'", "people SET cells='5'", "people SET cells='['",
    "people SET phone=CAST(x'ff' AS TEXT)",
])  # fmt: skip
def test_rows_that_this_program_never_wrote_are_damage(journal: Journal, spoil: str) -> None:
    code = creates(journal)
    journal._db.execute(f"UPDATE {spoil}")
    with pytest.raises(DamagedJournalError):
        reads_all(journal, code)


@pytest.mark.parametrize("ask", [
    lambda journal, _: journal.heads(),
    lambda journal, code: list(journal.entries(code)),
    lambda journal, _: journal.deliveries.due("host", "account", NOON, 5),
    lambda journal, code: journal.deliveries.shown("host", "account", code, (1,), NOON),
    lambda journal, _: journal.deliveries.soonest("host", "account"),
    lambda journal, _: journal.deliveries.any_known("host", "account"),
    lambda journal, code: journal.deliveries.tally(code),
    lambda journal, _: journal.deleting.find("+380501112233"),
    lambda journal, _: list(journal.sent(NOON, NOON)),
])  # fmt: skip
def test_a_table_that_is_gone_is_damage(
    journal: Journal, ask: Callable[[Journal, str], object]
) -> None:
    code = creates(journal)
    journal._db.execute("ALTER TABLE messages RENAME TO elsewhere")
    with pytest.raises(DamagedJournalError):
        ask(journal, code)


class TestABatch:
    def test_a_campaign_begins_with_every_imported_row(self, journal: Journal) -> None:
        code = creates(journal)
        head = journal.head(code)
        assert (head.state, head.reason) == (CampaignState.PAUSED, Reason.INTERRUPTED)
        assert head.counts == Counts(ready=6, left_out=1)
        assert (head.created_at, head.counts.done) == (NOON, 0)
        assert [entry.number for entry in journal.entries(code)] == [1, 2, 3, 4, 5, 6, None]

    def test_an_intent_names_its_messages_and_its_moment(self, journal: Journal) -> None:
        code = creates(journal)
        assert journal.open_batch(code, (2, 4), "digest") == 1
        kept = journal._db.execute(
            "SELECT size, sha256, opened_at, opened_monotonic, settled_at FROM batches"
        ).fetchone()
        assert kept == (2, "digest", NOON.isoformat(), 5.0, None)
        assert states(journal, code)[:4] == ["ready", "sending", "ready", "sending"]

    @pytest.mark.parametrize(
        "numbers",
        [
            pytest.param((1, 2), id="one is being sent"),
            pytest.param((2, 2), id="one twice"),
            pytest.param((2, 99), id="one unheard of"),
        ],
    )
    def test_what_may_not_be_sent_is_refused_whole(
        self, journal: Journal, numbers: tuple[int, ...]
    ) -> None:
        code = creates(journal)
        journal.open_batch(code, (1,), "sha")
        with pytest.raises(ValueError, match="messages are ready"):
            journal.open_batch(code, numbers, "sha")
        assert journal.counts(code) == Counts(ready=5, sending=1, left_out=1)

    def test_an_outcome_is_kept_whole(self, journal: Journal) -> None:
        code = creates(journal)
        batch = journal.open_batch(code, (1, 2), "sha")
        words = ServiceWords("INVALID_PHONE", "No \ud800such phone", "toPhone")
        outcome = Settlement({1: ("m-1", "m-2")}, State.REFUSED, Reason.BATCH_REFUSED, words)
        changes = journal.settle(code, batch, outcome)
        one, two, *_ = journal.entries(code)
        assert [change.state for change in changes] == [State.ACCEPTED, State.REFUSED]
        assert (one.message_ids, one.why, one.settled_at) == (("m-1", "m-2"), "NAMED_TWICE", NOON)
        assert (two.why, two.words) == ("BATCH_REFUSED", words)

    def test_a_batch_settles_once(self, journal: Journal) -> None:
        code = creates(journal)
        batch = journal.open_batch(code, (1, 2), "sha")
        journal.settle(code, batch, Settlement({1: ("m",), 2: ("n",)}, State.UNKNOWN))
        assert journal.settle(code, batch, UNKNOWN) == ()
        assert journal.counts(code) == Counts(ready=4, accepted=2, left_out=1)

    def test_totals_are_read_without_counting_messages(self, journal: Journal) -> None:
        code = creates(journal)
        asked: list[str] = []
        journal._db.set_trace_callback(asked.append)
        assert journal.counts(code) == Counts(ready=6, left_out=1)
        journal._db.set_trace_callback(None)
        assert not [sql for sql in asked if "messages" in sql]

    def test_waiting_ones_come_in_the_plans_order(self, journal: Journal) -> None:
        code = creates(journal)
        journal.open_batch(code, (2,), "sha")
        assert [one.number for one in journal.next_waiting(code, 3)] == [1, 3, 4]
        assert [one.number for one in journal.waiting(code, (5, 2, 3))] == [3, 5]

    def test_words_without_a_reason_that_we_know_are_read_all_the_same(
        self, journal: Journal
    ) -> None:
        code = creates(journal)
        journal._db.execute("UPDATE campaigns SET reason='FROM_LATER'")
        assert journal.head(code).reason is Reason.NONE


class TestAfterwards:
    def test_what_was_being_sent_is_unknown_after_a_restart(
        self, journal: Journal, tmp_path: Path
    ) -> None:
        code, other = creates(journal), creates(journal, name="Other")
        journal.set_state(code, CampaignState.RUNNING)
        journal.open_batch(code, (1, 2, 3), "sha")
        again = Journal(tmp_path / "data")
        assert (again.recover(), again.recover()) == (3, 0)
        assert again.counts(code) == Counts(ready=3, unknown=3, left_out=1)
        assert again.counts(other).unknown == 0
        assert (again.head(code).state, again.head(code).undecided) == (CampaignState.PAUSED, 3)
        again.close()

    @pytest.mark.parametrize(
        ("choice", "left"),
        [
            pytest.param(Resolution.CLOSED, Counts(ready=4, unknown=2, left_out=1), id="close"),
            pytest.param(Resolution.MARKED_SENT, Counts(ready=4, unknown=2, left_out=1), id="mark"),
            pytest.param(Resolution.RESENT, Counts(ready=6, left_out=1), id="send again"),
        ],
    )
    def test_the_operator_decides_about_exactly_what_was_shown(
        self, journal: Journal, choice: Resolution, left: Counts
    ) -> None:
        code = creates(journal)
        journal.settle(code, journal.open_batch(code, (1, 2), "sha"), UNKNOWN)
        with pytest.raises(ValueError, match="2"):
            journal.resolve(code, choice, 3)
        assert journal.head(code).undecided == 2
        assert journal.resolve(code, choice, 2) == 2
        assert (journal.counts(code), journal.head(code).undecided) == (left, 0)
        assert journal._db.execute("SELECT what, count FROM trace").fetchall() == [(choice, 2)]

    def test_a_resent_message_that_is_unknown_again_is_asked_about_again(
        self, journal: Journal
    ) -> None:
        code = creates(journal)
        journal.settle(code, journal.open_batch(code, (1,), "sha"), UNKNOWN)
        journal.resolve(code, Resolution.RESENT, 1)
        journal.settle(code, journal.open_batch(code, (1,), "sha"), UNKNOWN)
        assert (journal.head(code).undecided, next(journal.entries(code)).resolution) == (1, None)

    def test_what_is_sent_again_says_so_unless_it_is_asked_about_again(
        self, journal: Journal
    ) -> None:
        code = creates(journal)
        both = Settlement({1: ("m",)}, State.UNKNOWN)
        journal.settle(code, journal.open_batch(code, (1, 2, 3), "sha"), UNKNOWN)
        journal.resolve(code, Resolution.RESENT, 3)
        changes = journal.settle(code, journal.open_batch(code, (1, 2), "sha"), both)
        assert [change.resolution for change in changes] == [Resolution.RESENT, None]
        (refused,) = journal.settle(
            code, journal.open_batch(code, (3,), "sha"), Settlement({}, State.REFUSED)
        )
        assert refused.resolution is Resolution.RESENT

    def test_an_answer_is_remembered_for_its_account_only(self, journal: Journal) -> None:
        journal.remember_answer("host", "account", "question")
        journal.remember_answer("host", "account", "question")
        assert journal.has_answer("host", "account", "question")
        assert not journal.has_answer("host", "other", "question")
        assert not journal.has_answer("else", "account", "question")
        assert SPLIT_ALLOWED == "split_allowed"  # as the files of earlier versions have it

    def test_only_the_numbers_that_were_named_leave_the_list(self, journal: Journal) -> None:
        one, two = "+380501112233", "+380501112244"
        journal.stop_list.add([Stopped(one, NOON), Stopped(two, NOON)])
        assert journal.stop_list.remove([one]) == 1
        assert journal.stop_list.phones() == {two}

    def test_words_of_a_pause_are_kept(self, journal: Journal) -> None:
        code = creates(journal)
        words = ServiceWords("CODE", "said", "text", status=402)
        journal.set_state(code, CampaignState.PAUSED, Reason.BATCH_REFUSED, words)
        head = journal.head(code)
        assert (head.reason, head.words) == (Reason.BATCH_REFUSED, words)

    def test_many_rows_are_walked_a_page_at_a_time(self, journal: Journal) -> None:
        code = creates(journal, 4_500)
        assert Counter(states(journal, code)) == {"ready": 4_500, "left_out": 1}

    def test_a_campaign_that_is_not_there_is_a_key_error(self, journal: Journal) -> None:
        with pytest.raises(KeyError):
            journal.counts("NOSUCH")
