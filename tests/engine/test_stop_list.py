"""The “Do not message” list: kept, merged, shared by no campaign, and obeyed to the last moment."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from campaigns import NOON, Desk, FakeTime, make_plan
from fault_server import Act, End, FaultServer, Request
from hypothesis import given, settings
from hypothesis import strategies as st

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.outcome import ServiceWords
from cascade_desktop.core.recipients import Verdict
from cascade_desktop.core.states import CampaignState, Reason, Resolution, State
from cascade_desktop.core.stop_list import Stopped, StopSum
from cascade_desktop.engine.journal.schema import FILE_NAME, VERSION, UnwritableJournalError
from cascade_desktop.engine.journal.stop_list import StopList
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.journal.values import Change, Counts, Settlement
from cascade_desktop.engine.sender import Sender
from cascade_desktop.engine.sending import Progress

OLENA, IVAN = "+380501112233", "+380671112233"


def phone_of(index: int) -> str:
    """Return the number of a plan's person, from 0."""
    return f"+38050{1_000_000 + index:07d}"


def stopped(*phones: str, reason: str = "") -> tuple[Stopped, ...]:
    return tuple(Stopped(phone, NOON, reason) for phone in phones)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal(tmp_path / "data", now=lambda: NOON)
    yield opened
    opened.close()


def creates(journal: Journal, people: int = 6) -> str:
    plan = make_plan(people)
    return journal.create(plan, Campaign("Winter", plan.draft), host="host", account="account")


def make_version_one(folder: Path) -> str:
    """Leave a journal as the first version of the program wrote it, with a campaign in it."""
    journal = Journal(folder)
    code = creates(journal)
    journal.close()
    with sqlite3.connect(folder / FILE_NAME) as db:
        db.executescript(
            "DROP TABLE stopped; DROP TABLE folder; DROP TABLE leaving;"
            "DROP TABLE trials; DROP TABLE trial_numbers; DROP TABLE confirmations;"
            "DROP INDEX messages_to_ask; DROP INDEX messages_to_ask_again;"
            "ALTER TABLE messages DROP COLUMN asks; ALTER TABLE messages DROP COLUMN ask_at;"
            "ALTER TABLE messages DROP COLUMN offered_at;"
            "PRAGMA user_version=1;"
        )
    db.close()
    return code


class TestAnOlderFile:
    def test_it_is_brought_up_to_date_with_everything_in_it(self, tmp_path: Path) -> None:
        code = make_version_one(tmp_path)
        journal = Journal(tmp_path)
        assert journal._db.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert (journal.counts(code).ready, journal.stop_list.entries()) == (6, ())
        assert journal.stop_list.add(stopped(OLENA)) == StopSum(added=1)
        journal.close()

    def test_a_reader_finds_an_empty_list_and_changes_nothing(self, tmp_path: Path) -> None:
        code = make_version_one(tmp_path)
        before = (tmp_path / FILE_NAME).read_bytes()
        reader = Journal(tmp_path, readonly=True)
        assert (reader.stop_list.entries(), reader.stop_list.phones()) == ((), frozenset())
        assert reader.counts(code).ready == 6
        reader.close()
        assert (tmp_path / FILE_NAME).read_bytes() == before

    def test_one_that_cannot_be_brought_up_to_date_stays_as_it_was(self, tmp_path: Path) -> None:
        make_version_one(tmp_path)
        with sqlite3.connect(tmp_path / FILE_NAME) as db:
            db.execute("CREATE TABLE stopped (other TEXT)")
        db.close()
        with pytest.raises(UnwritableJournalError):
            Journal(tmp_path)
        with sqlite3.connect(tmp_path / FILE_NAME) as db:
            assert db.execute("PRAGMA user_version").fetchone() == (1,)
        db.close()


class TestTheList:
    def test_it_is_there_after_the_program_ended(self, tmp_path: Path) -> None:
        journal = Journal(tmp_path)
        journal.stop_list.add((Stopped(OLENA, NOON, "asked by phone"),))
        journal.close()
        reader = Journal(tmp_path, readonly=True)
        assert reader.stop_list.entries() == (Stopped(OLENA, NOON, "asked by phone"),)
        reader.close()

    def test_the_latest_comes_first(self, journal: Journal) -> None:
        journal.stop_list.add((Stopped(OLENA, NOON), Stopped(IVAN, NOON + timedelta(days=1))))
        assert [entry.phone for entry in journal.stop_list.entries()] == [IVAN, OLENA]

    @pytest.mark.parametrize(
        ("first", "second", "kept"),
        [
            pytest.param((0, "a"), (1, "b"), (0, "a"), id="later"),
            pytest.param((1, "a"), (0, "b"), (0, "b"), id="earlier"),
            pytest.param((1, "a"), (0, ""), (0, "a"), id="earlier without a reason"),
            pytest.param((0, ""), (1, "b"), (0, "b"), id="later with the only reason"),
        ],
    )
    def test_the_same_number_twice_keeps_the_earliest_date_and_a_reason(
        self,
        journal: Journal,
        first: tuple[int, str],
        second: tuple[int, str],
        kept: tuple[int, str],
    ) -> None:
        for day, reason in (first, second):
            journal.stop_list.add((Stopped(OLENA, NOON + timedelta(days=day), reason),))
        day, reason = kept
        assert journal.stop_list.entries() == (Stopped(OLENA, NOON + timedelta(days=day), reason),)

    def test_adding_tells_the_new_from_the_known(self, journal: Journal) -> None:
        journal.stop_list.add(stopped(OLENA))
        assert journal.stop_list.add(stopped(OLENA, IVAN, IVAN)) == StopSum(added=1, known=1)

    def test_removing_tells_how_many_were_there(self, journal: Journal) -> None:
        journal.stop_list.add(stopped(OLENA))
        assert journal.stop_list.remove((OLENA, IVAN)) == 1
        assert journal.stop_list.phones() == frozenset()

    def test_a_reader_cannot_change_it(self, journal: Journal, tmp_path: Path) -> None:
        reader = Journal(tmp_path / "data", readonly=True)
        with pytest.raises(UnwritableJournalError):
            reader.stop_list.add(stopped(OLENA))
        reader.close()
        assert journal.stop_list.entries() == ()

    def test_deleting_a_campaign_does_not_touch_it(self, journal: Journal) -> None:
        code = creates(journal)
        journal.stop_list.add(stopped(phone_of(0)))
        journal.deleting.undone(code)
        assert journal.stop_list.phones() == {phone_of(0)}

    @settings(deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from([OLENA, IVAN]), st.integers(0, 9), st.sampled_from(["", "a", "b"])
            ),
            max_size=8,
        )
    )
    def test_the_earliest_date_stays_in_whatever_order(
        self, entries: list[tuple[str, int, str]]
    ) -> None:
        db = sqlite3.connect(":memory:", isolation_level=None)
        db.execute("CREATE TABLE stopped (phone TEXT PRIMARY KEY, added_at TEXT, reason TEXT)")
        db.execute("CREATE TABLE leaving (campaign INTEGER)")
        kept = StopList(db)
        for phone, day, reason in entries:
            kept.add((Stopped(phone, NOON + timedelta(days=day), reason),))
        for entry in kept.entries():
            mine = [(day, why) for phone, day, why in entries if phone == entry.phone]
            assert entry.added_at == NOON + timedelta(days=min(mine)[0])
            assert bool(entry.reason) == any(why for _, why in mine)
        db.close()


class TestACampaign:
    def test_who_was_put_on_the_list_meanwhile_gets_nothing(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(30, wrong=2))
        desk.work.journal.stop_list.add(stopped(phone_of(0), phone_of(29)))
        ending = desk.sends(code)
        assert ending.counts == Counts(accepted=28, left_out=4)
        assert ending.state is CampaignState.FINISHED
        left = [row for row in desk.rows(code) if row.why == Verdict.STOPPED]
        assert [(row.phone, row.state, row.number) for row in left] == [
            (phone, State.LEFT_OUT, None) for phone in (phone_of(0), phone_of(29))
        ]
        assert len(server.taken) == 28

    def test_who_is_put_on_the_list_while_sending_gets_nothing(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(40))

        def put(_: Sender, progress: Progress) -> None:
            if progress.batch == 1:
                desk.work.journal.stop_list.add(stopped(phone_of(9), phone_of(10), phone_of(39)))

        ending = desk.sends(code, put)
        assert ending.counts == Counts(accepted=38, left_out=2)
        assert len(server.taken) == 38
        told = [change for progress in desk.progress for change in progress.changes]
        assert [change.row for change in told if change.state is State.LEFT_OUT] == [10, 39]
        assert [one.counts.left_out for one in desk.progress if not one.batch] == [2]

    def test_a_number_added_while_a_chosen_batch_waits_for_its_turn_is_not_messaged(
        self, server: FaultServer, tmp_path: Path
    ) -> None:
        class Meanwhile(FakeTime):
            async def sleep(self, seconds: float) -> None:
                desk.work.journal.stop_list.add(stopped(phone_of(11)))
                await FakeTime.sleep(self, seconds)

        with Desk(tmp_path / "slow", server.url, time=Meanwhile()) as desk:
            ending = desk.sends(desk.creates(make_plan(12)), pace=1.0)
            assert desk.time.slept
        assert ending.counts == Counts(accepted=11, left_out=1)
        assert len(server.taken) == 11

    def test_a_whole_campaign_of_stopped_numbers_sends_nothing(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(3))
        desk.work.journal.stop_list.add(stopped(*map(phone_of, range(3))))
        ending = desk.sends(code)
        assert (ending.state, ending.counts) == (CampaignState.FINISHED, Counts(left_out=3))
        (told,) = desk.progress
        assert (told.batch, told.counts) == (0, Counts(left_out=3))
        assert [change.row for change in told.changes] == [0, 1, 2]
        assert server.requests == []

    def test_who_perhaps_got_it_and_is_stopped_now_stays_uncertain(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(3))
        server.plays(Act(answer=None, end=End.RESET))
        desk.sends(code)
        journal = desk.work.journal
        journal.resolve(code, Resolution.RESENT, 3)
        journal.stop_list.add(stopped(phone_of(1)))
        ending = desk.sends(code)
        assert ending.counts == Counts(accepted=2, unknown=1)
        row = desk.rows(code)[1]
        assert (row.state, row.resolution) == (State.UNKNOWN, Resolution.CLOSED)
        assert journal.head(code).undecided == 0

    def test_it_is_told_what_became_of_those_who_are_stopped(self, desk: Desk) -> None:
        code = desk.creates(make_plan(4))
        journal = desk.work.journal
        lost = Settlement({}, State.UNKNOWN, Reason.NO_ANSWER, ServiceWords("C", "said"))
        journal.settle(code, journal.open_batch(code, (1, 2), "sha"), lost)
        journal.resolve(code, Resolution.RESENT, 2)
        journal.stop_list.add(stopped(*map(phone_of, range(4))))
        changes = journal.leave_out_stopped(code, (2, 3))
        words, why = ServiceWords(), Verdict.STOPPED.value
        assert changes == (
            Change(1, State.UNKNOWN, why, words, (), NOON, Resolution.CLOSED),
            Change(2, State.LEFT_OUT, why, words, (), None, None),
        )
        rows = desk.rows(code)
        assert [row.state for row in rows] == [
            State.READY, State.UNKNOWN, State.LEFT_OUT, State.READY
        ]  # fmt: skip
        kept = [(row.words, row.settled_at, row.resolution) for row in rows[1:3]]
        assert kept == [(words, NOON, Resolution.CLOSED), (words, None, None)]

    def test_a_number_of_another_campaign_or_one_that_was_sent_is_not_touched(
        self, desk: Desk
    ) -> None:
        sent = desk.creates(make_plan(3, name="Sent"))
        desk.sends(sent)
        waits = desk.creates(make_plan(3, name="Waits"))
        desk.work.journal.stop_list.add(stopped(phone_of(0)))
        code = desk.creates(make_plan(3, name="Now"))
        desk.sends(code)
        assert desk.work.journal.counts(sent) == Counts(accepted=3)
        assert desk.work.journal.counts(waits) == Counts(ready=3)

    def test_nobody_is_looked_for_when_the_list_is_empty(self, desk: Desk) -> None:
        code = desk.creates(make_plan(3))
        assert desk.work.journal.leave_out_stopped(code) == ()


def test_a_number_put_on_the_list_during_a_request_is_in_time_for_the_next(
    server: FaultServer, desk: Desk
) -> None:
    code = desk.creates(make_plan(20))
    journal = desk.work.journal

    def put(_: Request) -> None:
        if not journal.stop_list.phones():
            journal.stop_list.add(stopped(phone_of(0), phone_of(15)))

    server.plays(Act(before=put))
    ending = desk.sends(code)
    assert ending.counts == Counts(accepted=19, left_out=1)
    assert ending.counts.rows == 20
