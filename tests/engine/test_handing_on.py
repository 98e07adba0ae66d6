"""One batch leaves in the moment in which the one before it was answered; the rows follow."""

import asyncio
import errno
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from campaigns import NOON, Desk, make_plan
from fault_server import Act, FaultServer, Request, names

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.states import CampaignState, Reason, State
from cascade_desktop.core.stop_list import Stopped
from cascade_desktop.engine.campaign_run import DISK_TRIES
from cascade_desktop.engine.client import Client
from cascade_desktop.engine.environment import state_root
from cascade_desktop.engine.journal.schema import (
    FILE_NAME,
    DamagedJournalError,
    UnwritableJournalError,
)
from cascade_desktop.engine.journal.standing import folder_id
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.journal.values import Answered, Counts, Settlement
from cascade_desktop.engine.ledger import Ledger
from cascade_desktop.engine.sender import Sender
from cascade_desktop.engine.sending import Ending, Progress

FIRST, SECOND = (1, 2, 3), (4, 5)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal(tmp_path / "data", state=tmp_path / "state", now=lambda: NOON)
    assert opened.standing() is Reason.NONE
    yield opened
    opened.close()


def answered(journal: Journal) -> tuple[str, Answered]:
    """Send the first batch of a campaign; the answer to it is not recorded."""
    plan = make_plan(6)
    code = journal.create(plan, Campaign(plan.name, plan.draft), host="h", account="a")
    batch = journal.open_batch(code, FIRST, "first")
    outcome = Settlement({number: (f"m-{number}",) for number in FIRST}, State.UNKNOWN)
    return code, Answered(batch, outcome)


def hands_on(journal: Journal, next_ones: tuple[int, ...] = SECOND) -> str:
    code, first = answered(journal)
    assert journal.open_batch(code, next_ones, "second", first) == 2
    return code


def states(journal: Journal, code: str) -> list[State]:
    return [entry.state for entry in journal.entries(code)]


class TestWhoLooksMeanwhile:
    def test_sees_what_leaves_as_being_sent(self, journal: Journal, tmp_path: Path) -> None:
        code = hands_on(journal)
        with closing(Journal(tmp_path / "data", readonly=True)) as reader:
            assert reader.counts(code) == reader.head(code).counts == Counts(ready=1, sending=5)
            assert states(reader, code) == [State.SENDING] * 5 + [State.READY]
            assert [message.number for message in reader.next_waiting(code, 9)] == [6]

    def test_sees_it_in_its_place_once_somebody_wrote(self, journal: Journal) -> None:
        code = hands_on(journal)
        journal.remember_answer("h", "a", "anything")
        assert states(journal, code) == [State.ACCEPTED] * 3 + [State.SENDING] * 2 + [State.READY]
        assert journal.counts(code) == Counts(accepted=3, sending=2, ready=1)

    def test_is_told_what_the_first_became(self, journal: Journal) -> None:
        code = hands_on(journal)
        told = journal.accepted(code, FIRST)
        assert [(one.row, one.message_ids, one.settled_at) for one in told] == [
            (row, (f"m-{row + 1}",), NOON) for row in range(3)
        ]

    def test_is_told_the_service_s_own_id_whole(self, journal: Journal) -> None:
        code, first = answered(journal)
        ids = {1: ("a b",), 2: ("a", "b"), 3: ("c",)}
        named = Settlement(ids, State.UNKNOWN)
        journal.open_batch(code, SECOND, "second", Answered(first.batch, named))
        assert [one.why for one in journal.accepted(code, FIRST)] == ["", Reason.NAMED_TWICE, ""]

    def test_reads_a_file_of_an_older_version(self, journal: Journal, tmp_path: Path) -> None:
        code = hands_on(journal)
        journal.accepted(code, FIRST)
        journal._db.executescript(
            "DROP TABLE leaving; DROP TABLE trials; DROP TABLE trial_numbers;"
            "DROP TABLE confirmations; PRAGMA user_version=5;"
        )
        with closing(Journal(tmp_path / "data", readonly=True)) as reader:
            assert reader.counts(code) == Counts(accepted=3, sending=2, ready=1)
            assert states(reader, code)[-2:] == [State.SENDING, State.READY]


class TestWhoeverWrites:
    def test_a_start_after_a_crash_counts_the_answer_and_doubts_the_rest(
        self, journal: Journal, tmp_path: Path
    ) -> None:
        code = hands_on(journal)
        shutil.copytree(tmp_path / "data", tmp_path / "after")
        with closing(Journal(tmp_path / "after")) as after:
            assert after.recover() == 2
            assert after.counts(code) == Counts(accepted=3, unknown=2, ready=1)

    def test_an_interrupted_run_does_too(self, journal: Journal) -> None:
        code = hands_on(journal)
        assert [change.row for change in journal.interrupt(code)] == [3, 4]
        assert journal.counts(code) == Counts(accepted=3, unknown=2, ready=1)

    def test_who_is_put_on_the_list_too_late_is_still_being_sent_to(self, journal: Journal) -> None:
        code = hands_on(journal)
        entries = list(journal.entries(code))
        journal.stop_list.add(Stopped(entry.phone, NOON, "") for entry in entries)
        assert [change.row for change in journal.leave_out_stopped(code)] == [5]
        assert journal.counts(code) == Counts(accepted=3, sending=2, left_out=1)

    def test_nothing_leaves_twice(self, journal: Journal) -> None:
        code = hands_on(journal)
        with pytest.raises(ValueError, match="messages are ready"):
            journal.open_batch(code, (5, 6), "third")
        assert journal.counts(code) == Counts(sending=5, ready=1)

    def test_the_second_is_settled_like_any_other(self, journal: Journal) -> None:
        code = hands_on(journal)
        journal.settle(code, 2, Settlement({4: ("m-4",)}, State.READY, Reason.SERVER_BUSY))
        assert journal.counts(code) == Counts(accepted=4, ready=2)

    def test_its_rows_wait_where_the_second_are_together(self, journal: Journal) -> None:
        hands_on(journal)
        kept = journal._db.execute("SELECT batch, first, last FROM leaving").fetchall()
        assert kept == [(2, 4, 5)]

    def test_who_may_not_leave_between_two_who_may_does_not(self, journal: Journal) -> None:
        code, first = answered(journal)
        phone = list(journal.entries(code))[4].phone
        journal.stop_list.add([Stopped(phone, NOON, "")])
        journal.leave_out_stopped(code)
        journal.open_batch(code, (4, 6), "second", first)
        assert journal.accepted(code, FIRST)
        assert states(journal, code)[3:] == [State.SENDING, State.LEFT_OUT, State.SENDING]
        assert journal.counts(code) == Counts(accepted=3, sending=2, left_out=1)

    def test_messages_apart_from_each_other_go_their_ordinary_way(self, journal: Journal) -> None:
        code = hands_on(journal, (4, 6))
        assert journal._db.execute("SELECT COUNT(*) FROM leaving").fetchone() == (0,)
        assert states(journal, code)[3:] == [State.SENDING, State.READY, State.SENDING]
        assert journal.counts(code) == Counts(accepted=3, sending=2, ready=1)

    def test_what_may_not_leave_takes_the_answer_back_too(self, journal: Journal) -> None:
        with pytest.raises(ValueError, match="messages are ready"):
            hands_on(journal, (3, 4))
        (head,) = journal.heads()
        assert head.counts == Counts(sending=3, ready=3)

    def test_is_told_of_damage_where_the_record_of_it_was_edited(self, journal: Journal) -> None:
        hands_on(journal)
        journal._db.execute("UPDATE leaving SET answered='?'")
        with pytest.raises(DamagedJournalError):
            journal.recover()

    def test_a_record_that_tells_of_more_messages_than_ids_is_damage(
        self, journal: Journal
    ) -> None:
        hands_on(journal)
        journal._db.execute("""UPDATE leaving SET answered='[1,[1,2,3],[["m"]]]'""")
        with pytest.raises(DamagedJournalError):
            journal.recover()

    def test_of_whom_it_does_not_tell_nobody_leaves_again(self, journal: Journal) -> None:
        code = hands_on(journal)
        journal._db.execute("""UPDATE leaving SET answered='[1,[1],[["m"]]]'""")
        journal.recover()
        assert journal.counts(code) == Counts(accepted=1, unknown=4, ready=1)

    def test_without_the_ledger_the_answer_counts_and_the_next_stays(
        self, journal: Journal, tmp_path: Path
    ) -> None:
        class Full(Ledger):
            def append(self, mark: str, ids: Iterable[str]) -> None:
                raise OSError(errno.ENOSPC, "no room", mark, ids)

        code, first = answered(journal)
        journal._ledger = Full(tmp_path / "state", folder_id(journal._db))
        with pytest.raises(UnwritableJournalError):
            journal.open_batch(code, SECOND, "second", first)
        assert journal.counts(code) == Counts(accepted=3, ready=3)
        whys = [entry.why for entry in journal.entries(code)]
        assert whys == [""] * 3 + [Reason.DISK_FULL] * 2 + [""]


class TestASender:
    @pytest.fixture
    def desk(self, server: FaultServer, tmp_path: Path) -> Iterator[Desk]:
        with Desk(tmp_path / "data", server.url, hand_on_from=1) as opened:
            yield opened

    def test_has_the_answer_and_the_intent_on_disk_when_the_next_leaves(
        self, server: FaultServer, desk: Desk, tmp_path: Path
    ) -> None:
        seen: list[Counts] = []

        def look(_: Request) -> None:
            copy = tmp_path / f"copy-{len(seen)}"
            copy.mkdir()
            for file in desk.work.folder.glob(f"{FILE_NAME}*"):
                shutil.copy(file, copy)
            with closing(Journal(copy)) as killed:
                killed.recover()
                seen.append(killed.counts(code))

        server.default = Act(before=look)
        code = desk.creates(make_plan(230))
        assert desk.sends(code).counts == Counts(accepted=230)
        assert seen == [
            Counts(unknown=10, ready=220),
            Counts(accepted=10, unknown=100, ready=120),
            Counts(accepted=110, unknown=100, ready=20),
            Counts(accepted=210, unknown=20),
        ]
        assert max(server.taken.values()) == 1

    def test_tells_of_every_message_once(self, desk: Desk) -> None:
        desk.sends(desk.creates(make_plan(230)))
        told = Counter(change.row for one in desk.progress for change in one.changes)
        assert told == Counter(range(230))
        assert desk.progress[-1].counts == Counts(accepted=230)
        assert [one.batch for one in desk.progress] == [1, 2, 3, 4]
        assert {(one.waiting_s, one.reason) for one in desk.progress} == {(0.0, Reason.NONE)}

    def test_writes_an_answer_down_before_it_waits(self, desk: Desk) -> None:
        counts: list[Counts] = []
        code = desk.creates(make_plan(30))

        async def wait(seconds: float) -> None:
            counts.append(desk.work.journal.counts(code))
            desk.time.at += seconds

        object.__setattr__(desk.work.waits, "sleep", wait)
        assert desk.sends(code, pace=20.0).counts == Counts(accepted=30)
        assert counts[0] == Counts(accepted=10, ready=20)

    def test_hands_on_from_the_size_that_was_said(self, desk: Desk) -> None:
        desk.hand_on_from = 10
        desk.sends(desk.creates(make_plan(20)))
        assert desk.progress[0].counts == Counts(accepted=10, sending=10)

    def test_has_no_trouble_to_tell_of_where_everybody_was_named(
        self, server: FaultServer, desk: Desk
    ) -> None:
        server.default = Act(answer=lambda request: names(*request.ids, status=429))
        assert desk.sends(desk.creates(make_plan(20))).counts == Counts(accepted=20)
        assert {progress.reason for progress in desk.progress} == {Reason.NONE}

    def test_is_not_under_way_before_anything_left_and_writes_down_what_is_held_back(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(30))
        client = Client(desk.target, desk.keys)
        sender = desk.work.sender(client, pace_per_s=None, hand_on_from=1)
        held: list[tuple[bool, int]] = []

        async def think(seconds: float) -> None:
            held.append((sender.under_way, desk.work.journal.counts(code).accepted))
            sender.hold(on=False)

        async def run() -> Ending:
            sender.hold(on=True)
            desk.time.at += 8 * 3600  # before it begins
            ending = await sender.run(code, lambda _: None)
            await client.aclose()
            return ending

        object.__setattr__(desk.work.waits, "sleep", think)
        server.plays(Act(before=lambda _: sender.hold(on=True)))
        assert asyncio.run(run()).counts == Counts(accepted=30)
        assert held == [(False, 0), (False, 10)]

    def test_writes_it_down_when_somebody_pauses(self, server: FaultServer, desk: Desk) -> None:
        code = desk.creates(make_plan(300))

        def pause(sender: Sender, _: Progress) -> None:
            assert sender.under_way
            sender.pause()

        ending = desk.sends(code, pause)
        assert (ending.state, ending.counts) == (
            CampaignState.PAUSED,
            Counts(accepted=110, ready=190),
        )
        assert len(server.requests) == 2
        assert desk.sends(code).counts == Counts(accepted=300)
        assert max(server.taken.values()) == 1

    def test_keeps_it_until_there_is_room(self, server: FaultServer, desk: Desk) -> None:
        code = desk.creates(make_plan(30))
        database = desk.work.journal._db

        def fill(_: Request) -> None:
            database.execute("PRAGMA query_only=ON")

        def free(_: Sender, progress: Progress) -> None:
            if progress.reason is Reason.DISK_FULL:
                database.execute("PRAGMA query_only=OFF")

        server.plays(Act(), Act(before=fill))
        assert desk.sends(code, free).counts == Counts(accepted=30)
        told = Counter(change.row for one in desk.progress for change in one.changes)
        assert set(told) == set(range(30))
        assert max(server.taken.values()) == 1

    def test_that_finds_no_room_for_the_intent_keeps_the_answer(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(30))
        desk.work.journal._room_bytes = 0

        def fill(_: Request) -> None:
            desk.work.journal._room_bytes = 2**62

        server.plays(Act(before=fill))
        ending = desk.sends(code)
        assert (ending.reason, ending.counts) == (Reason.DISK_FULL, Counts(accepted=10, ready=20))
        assert ending.state is CampaignState.PAUSED
        assert [len(one.changes) for one in desk.progress] == [10]

    def test_tells_of_every_message_though_its_row_came_late(self, desk: Desk) -> None:
        database = desk.work.journal._db
        entered: list[str] = []

        class Cramped(Ledger):
            def append(self, mark: str, ids: Iterable[str]) -> None:
                super().append(mark, ids)
                entered.append(mark)
                database.execute(f"PRAGMA query_only={int(len(entered) == 2)}")

            def prepare(self, ids: Iterable[str]) -> None:
                database.execute("PRAGMA query_only=OFF")
                super().prepare(ids)

        code = desk.creates(make_plan(230))
        desk.work.journal._ledger = Cramped(state_root(), folder_id(database))
        assert desk.sends(code).counts == Counts(accepted=230)
        told = Counter(change.row for one in desk.progress for change in one.changes)
        assert told == Counter(range(230))
        assert [one.batch for one in desk.progress] == [1, 2, 3, 4]
        assert {(one.waiting_s, one.reason) for one in desk.progress} == {(0.0, Reason.NONE)}

    def test_tells_of_who_was_accepted_though_the_next_intent_was_taken_back(
        self, desk: Desk
    ) -> None:
        entered: list[str] = []

        class Full(Ledger):
            def append(self, mark: str, ids: Iterable[str]) -> None:
                entered.append(mark)
                if len(entered) == 2:
                    raise OSError(errno.ENOSPC, "no room")
                super().append(mark, ids)

        code = desk.creates(make_plan(30))
        desk.work.journal._ledger = Full(state_root(), folder_id(desk.work.journal._db))
        ending = desk.sends(code)
        assert (ending.reason, ending.counts) == (Reason.DISK_FULL, Counts(accepted=10, ready=20))
        told = [change for one in desk.progress for change in one.changes]
        assert [(one.row, one.state) for one in told] == [
            (row, State.ACCEPTED) for row in range(10)
        ]

    def test_tells_of_who_was_accepted_though_the_next_outcome_found_no_room(
        self, desk: Desk
    ) -> None:
        database = desk.work.journal._db
        entered: list[str] = []

        class Cramped(Ledger):
            def append(self, mark: str, ids: Iterable[str]) -> None:
                super().append(mark, ids)
                entered.append(mark)
                database.execute(f"PRAGMA query_only={int(len(entered) == 2)}")

        def stop(sender: Sender, progress: Progress) -> None:
            sender.stop()
            if len(desk.progress) == DISK_TRIES:
                database.execute("PRAGMA query_only=OFF")

        code = desk.creates(make_plan(30))
        desk.work.journal._ledger = Cramped(state_root(), folder_id(database))
        assert desk.sends(code, stop).counts == Counts(accepted=10, unknown=20)
        told = [change for one in desk.progress for change in one.changes]
        assert [one.row for one in told if one.state is State.ACCEPTED] == list(range(10))

    def test_loses_no_answer_because_the_one_before_could_not_be_told(self, desk: Desk) -> None:
        code = desk.creates(make_plan(230))

        def fail(_: Sender, progress: Progress) -> None:
            if progress.batch == 1:
                raise RuntimeError

        with pytest.raises(RuntimeError):
            desk.sends(code, fail)
        assert desk.work.journal.counts(code) == Counts(accepted=110, ready=120)
