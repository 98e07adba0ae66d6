import asyncio
import json
import sqlite3
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from campaigns import NOON, Desk, make_plan
from fault_server import Act, End, FaultServer, Request, receipts, says

from cascade_desktop.core.drafts import Route
from cascade_desktop.core.states import CampaignState, Reason, Resolution, State
from cascade_desktop.core.target import Keys
from cascade_desktop.engine.journal.schema import DamagedJournalError
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.journal.values import Change, Counts
from cascade_desktop.engine.sender import OtherTargetError, Sender
from cascade_desktop.engine.sending import Progress


def sizes(server: FaultServer) -> list[int]:
    return [len(json.loads(request.body)) for request in server.requests]


class TestHowMuchLeaves:
    def test_ten_go_first_then_a_hundred_then_a_thousand(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(3_000))
        ending = desk.sends(code)
        assert sizes(server) == [10, *[100] * 19, 1000, 90]
        assert (ending.state, ending.counts) == (CampaignState.FINISHED, Counts(accepted=3_000))

    def test_after_trouble_ten_go_first_again(self, server: FaultServer, desk: Desk) -> None:
        code = desk.creates(make_plan(250))
        server.plays(Act(), Act(), says(429, b"", "Retry-After: 1"))
        desk.sends(code)
        assert sizes(server) == [10, 100, 100, 10, 100, 30]
        assert max(server.taken.values()) == 1

    def test_the_pace_is_a_ceiling(self, desk: Desk) -> None:
        code = desk.creates(make_plan(210))
        desk.sends(code, pace=100.0)
        assert desk.time.at == pytest.approx(1.1)

    def test_requests_go_one_at_a_time_down_the_chosen_route(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(30, route=Route.TG_VIBER))
        desk.sends(code)
        assert {request.path for request in server.requests} == {
            "/api/CascadeMessage/send_message/tg-viber/async"
        }
        assert len({request.port for request in server.requests}) == 2


class TestTheRecordComesFirst:
    def test_the_intent_is_on_disk_while_the_service_has_the_request(
        self, server: FaultServer, desk: Desk
    ) -> None:
        seen: list[list[tuple[str, int]]] = []
        stands: list[tuple[str]] = []

        def look(_: Request) -> None:
            with sqlite3.connect(desk.work.folder / "journal.db") as other:
                count = "SELECT state, COUNT(*) FROM messages GROUP BY state ORDER BY state"
                seen.append(other.execute(count).fetchall())
                stands.extend(other.execute("SELECT state FROM campaigns").fetchall())
            other.close()

        server.default = Act(before=look)
        desk.sends(desk.creates(make_plan(12)))
        assert seen == [[("ready", 2), ("sending", 10)], [("accepted", 10), ("sending", 2)]]
        assert stands == [("running",)] * 2

    def test_without_room_for_the_intent_nothing_leaves(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(12))
        desk.work.journal._db.execute("PRAGMA query_only=ON")
        ending = desk.sends(code)
        assert (ending.state, ending.reason) == (CampaignState.PAUSED, Reason.DISK_FULL)
        assert server.connections == 0

    def test_without_room_for_the_outcome_it_is_kept_until_there_is(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(12))
        database = desk.work.journal._db

        def fill(_: Request) -> None:
            database.execute("PRAGMA query_only=ON")

        def free(_: Sender, progress: Progress) -> None:
            if progress.reason is Reason.DISK_FULL:
                database.execute("PRAGMA query_only=OFF")

        server.plays(Act(before=fill))
        ending = desk.sends(code, free)
        told = desk.progress[0]
        assert (told.reason, told.waiting_s) == (Reason.DISK_FULL, 1.0)
        assert ending.counts == Counts(accepted=12)

    def test_without_room_for_the_outcome_the_operator_can_still_stop(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(12))
        database = desk.work.journal._db
        server.plays(Act(before=lambda _: database.execute("PRAGMA query_only=ON") and None))
        ending = desk.sends(code, lambda sender, _: sender.stop())
        assert (ending.reason, ending.counts.sending) == (Reason.DISK_FULL, 10)
        assert {change.state for change in desk.progress[-1].changes} == {State.SENDING}
        database.execute("PRAGMA query_only=OFF")
        desk.progress.clear()
        assert desk.sends(code).counts == Counts(accepted=2, unknown=10)
        first = desk.progress[0]
        assert [change.why for change in first.changes] == ["INTERRUPTED"] * 10
        assert (first.batch, first.waiting_s, first.reason) == (0, 0.0, Reason.INTERRUPTED)
        assert max(server.taken.values()) == 1

    def test_a_batch_whose_outcome_found_no_room_is_uncertain_when_the_run_ends(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(12))
        database = desk.work.journal._db
        server.plays(Act(before=lambda _: database.execute("PRAGMA query_only=ON") and None))

        def stop(sender: Sender, _: Progress) -> None:
            sender.stop()
            desk.work.journal.interrupt = free  # type: ignore[method-assign]

        def free(code: str) -> object:
            database.execute("PRAGMA query_only=OFF")
            return Journal.interrupt(desk.work.journal, code)

        ending = desk.sends(code, stop)
        assert (ending.reason, ending.counts) == (Reason.DISK_FULL, Counts(ready=2, unknown=10))
        assert [change.state for change in desk.progress[-1].changes] == [State.UNKNOWN] * 10

    def test_what_turns_out_to_be_uncertain_is_told_though_there_is_no_room_to_go_on(
        self, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(12))
        journal = desk.work.journal
        journal.open_batch(code, tuple(range(1, 11)), "sha")

        def fill(code: str) -> object:
            changes = Journal.interrupt(journal, code)
            journal._db.execute("PRAGMA query_only=ON")
            return changes

        journal.interrupt = fill  # type: ignore[method-assign]
        assert desk.sends(code).reason is Reason.DISK_FULL
        (told,) = desk.progress
        assert [change.state for change in told.changes] == [State.UNKNOWN] * 10
        assert told.counts == Counts(ready=2, unknown=10)

    def test_without_room_for_its_end_a_campaign_is_no_finished_one(self, desk: Desk) -> None:
        code = desk.creates(make_plan(12))
        database = desk.work.journal._db

        def fill(_: Sender, progress: Progress) -> None:
            if progress.counts.accepted == 12:
                database.execute("PRAGMA query_only=ON")

        ending = desk.sends(code, fill)
        assert (ending.state, ending.reason) == (CampaignState.PAUSED, Reason.DISK_FULL)
        database.execute("PRAGMA query_only=OFF")
        assert desk.sends(code).state is CampaignState.FINISHED

    def test_a_cancelled_batch_is_unknown_and_never_leaves_again(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(12))
        server.plays(Act(end=End.SILENCE))

        async def cancel() -> None:
            task = asyncio.ensure_future(desk.sending(code))
            await asyncio.to_thread(server.wait_for, lambda: len(server.requests) == 1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        asyncio.run(cancel())
        assert desk.work.journal.counts(code).sending == 10
        assert desk.sends(code).counts == Counts(accepted=2, unknown=10)
        assert max(server.taken.values()) == 1


class TestTheOperator:
    @pytest.mark.parametrize(
        ("wish", "state", "reason"),
        [
            pytest.param(Sender.pause, CampaignState.PAUSED, Reason.OPERATOR_PAUSED, id="pause"),
            pytest.param(Sender.stop, CampaignState.STOPPED, Reason.OPERATOR_STOPPED, id="stop"),
        ],
    )
    def test_a_wish_is_obeyed_after_the_batch(
        self, server: FaultServer, desk: Desk, wish: object, state: object, reason: Reason
    ) -> None:
        code = desk.creates(make_plan(300))
        ending = desk.sends(code, lambda sender, _: wish(sender))  # type: ignore[operator]
        assert (ending.state, ending.reason) == (state, reason)
        assert ending.counts == Counts(ready=290, accepted=10)
        assert desk.sends(code).counts == Counts(accepted=300)
        assert max(server.taken.values()) == 1

    def test_a_wish_is_felt_in_the_middle_of_a_long_wait(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(10))
        server.default = says(429, b"", "Retry-After: 900")

        def stop_waiting(sender: Sender, progress: Progress) -> None:
            if progress.waiting_s:
                sender.pause()

        assert desk.sends(code, stop_waiting).reason is Reason.OPERATOR_PAUSED
        assert desk.time.at == 0

    def test_a_wish_is_felt_until_the_intent_is_written(
        self, server: FaultServer, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        code = desk.creates(make_plan(300))
        look = desk.work.journal.leave_out_stopped

        def after_the_first_batch(sender: Sender, _: Progress) -> None:
            def pause_and_look(*asked: Any) -> tuple[Change, ...]:
                sender.pause()
                return look(*asked)

            monkeypatch.setattr(desk.work.journal, "leave_out_stopped", pause_and_look)

        ending = desk.sends(code, after_the_first_batch)
        assert (ending.reason, len(server.taken)) == (Reason.OPERATOR_PAUSED, 10)

    def test_a_wish_during_the_last_batch_leaves_it_finished(self, desk: Desk) -> None:
        code = desk.creates(make_plan(10))
        assert desk.sends(code, lambda sender, _: sender.pause()).state is CampaignState.FINISHED

    def test_a_campaign_for_another_account_is_not_sent(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(10))
        desk.keys = Keys("another")
        with pytest.raises(OtherTargetError):
            desk.sends(code)
        assert server.connections == 0

    def test_a_campaign_that_does_not_exist_is_told(self, desk: Desk) -> None:
        with pytest.raises(KeyError):
            desk.sends("NOSUCH")

    def test_a_campaign_that_cannot_be_read_is_not_guessed(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(10))
        desk.work.journal._db.execute("UPDATE campaigns SET draft='{}'")
        with pytest.raises(DamagedJournalError):
            desk.sends(code)
        assert server.connections == 0

    def test_a_resend_keeps_its_ids(self, server: FaultServer, desk: Desk) -> None:
        code = desk.creates(make_plan(10))
        server.plays(Act(answer=None))
        desk.sends(code)
        desk.work.journal.resolve(code, Resolution.RESENT, 10)
        assert desk.sends(code).counts == Counts(accepted=10)
        assert set(server.taken.values()) == {2}


class TestScheduledCampaigns:
    @pytest.mark.parametrize(
        ("ahead", "reason"),
        [
            pytest.param(timedelta(minutes=2), Reason.NONE, id="two minutes ahead"),
            pytest.param(timedelta(minutes=1, seconds=59), Reason.SCHEDULE_PASSED, id="too near"),
            pytest.param(timedelta(days=30), Reason.NONE, id="thirty days ahead"),
            pytest.param(timedelta(days=30, seconds=1), Reason.SCHEDULE_PASSED, id="too far"),
        ],
    )
    def test_a_time_must_still_be_possible(
        self, desk: Desk, ahead: timedelta, reason: Reason
    ) -> None:
        code = desk.creates(make_plan(10, at=NOON + ahead))
        assert desk.sends(code).reason is reason

    @pytest.mark.parametrize(
        "theirs",
        [
            pytest.param(NOON + timedelta(hours=1), id="an hour ahead of us"),
            pytest.param(NOON.replace(year=9999), id="at the end of time"),
        ],
    )
    def test_the_clock_of_the_service_counts(
        self, server: FaultServer, desk: Desk, theirs: datetime
    ) -> None:
        date = f"Date: {format_datetime(theirs, usegmt=True)}"
        code = desk.creates(make_plan(20, at=NOON + timedelta(minutes=30)))
        server.plays(Act(answer=lambda request: receipts(request, date)))
        ending = desk.sends(code)
        assert (ending.reason, ending.counts) == (
            Reason.SCHEDULE_PASSED,
            Counts(ready=10, accepted=10),
        )

    def test_a_time_that_passes_while_the_pace_holds_back_is_not_sent_late(
        self, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(20, at=NOON + timedelta(seconds=125)))
        ending = desk.sends(code, pace=1.0)
        assert (ending.reason, ending.counts.accepted) == (Reason.SCHEDULE_PASSED, 10)
        assert ending.state is CampaignState.PAUSED
