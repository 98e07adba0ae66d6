"""The rules that need a history: what leaves again, what was held up, what makes no sense now."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from campaigns import NOON, PROMO, Desk, FakeTime, make_plan
from fault_server import Act, FaultServer, Request, http, receipts, says

from cascade_desktop.core.drafts import Draft, FlashCall, Transaction
from cascade_desktop.core.states import CampaignState, Reason, Resolution, State
from cascade_desktop.engine.client import Client
from cascade_desktop.engine.journal.store import SPLIT_ALLOWED, Journal
from cascade_desktop.engine.journal.values import Counts
from cascade_desktop.engine.sender import Sender
from cascade_desktop.engine.sending import Ending, Progress

CALL = FlashCall("MyBrand", 60)
CODE = Transaction("MyBrand", "Your code is 1234", 600)
NOTICE = Transaction("MyBrand", "Your order is here", 601)


def sizes(server: FaultServer) -> list[int]:
    return [len(json.loads(request.body)) for request in server.requests]


def allow(desk: Desk) -> None:
    journal = desk.work.journal
    journal.remember_answer(desk.target.host, desk.keys.fingerprint, SPLIT_ALLOWED)


def resend(desk: Desk, code: str) -> None:
    journal = desk.work.journal
    journal.resolve(code, Resolution.RESENT, journal.head(code).undecided)


class TestWhatLeavesAgain:
    @pytest.fixture
    def knowing(self, server: FaultServer) -> FaultServer:
        """Answer 409 to any array with an id that was taken before, and take none of it."""

        def judge(request: Request) -> bytes:
            if any(server.taken[name] for name in request.ids):
                return http(409)
            server.taken.update(request.ids)
            return receipts(request)

        server.default = Act(answer=judge, takes=False)
        return server

    def test_what_the_service_knows_counts_as_sent_and_the_others_are_sent(
        self, knowing: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(10))
        knowing.plays(Act(answer=None, takes=False))
        desk.sends(code)
        knowing.taken.update(sorted(desk.ids(code, State.UNKNOWN))[:4])
        resend(desk, code)
        assert desk.sends(code).counts == Counts(unknown=10)
        resend(desk, code)
        ending = desk.sends(code)
        assert (ending.state, ending.counts) == (
            CampaignState.FINISHED,
            Counts(accepted=6, unknown=4),
        )
        assert sizes(knowing) == [10, 10, *[1] * 10]
        assert [(row.why, row.resolution) for row in desk.rows(code)] == [
            *[("ALREADY_KNOWN", Resolution.MARKED_SENT)] * 4,
            *[("", Resolution.RESENT)] * 6,
        ]
        assert desk.work.journal.head(code).undecided == 0
        assert max(knowing.taken.values()) == 1

    def test_what_the_service_never_answered_409_to_leaves_together(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(10))
        server.plays(Act(answer=None))
        desk.sends(code)
        resend(desk, code)
        desk.sends(code)
        assert sizes(server) == [10, 10]

    def test_after_a_409_the_others_leave_one_by_one_in_the_same_run_and_the_next(
        self, knowing: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(20))
        knowing.plays(Act(answer=None), Act(answer=None))
        desk.sends(code)
        resend(desk, code)
        desk.sends(code)
        assert sizes(knowing) == [10, 10, 10, *[1] * 10]
        resend(desk, code)
        desk.sends(code)
        assert sizes(knowing)[13:] == [1] * 10
        assert max(knowing.taken.values()) == 1

    def test_a_409_to_a_batch_tells_of_nobody(self, server: FaultServer, desk: Desk) -> None:
        code = desk.creates(make_plan(3))
        server.plays(says(500), says(409))
        desk.sends(code)
        resend(desk, code)
        desk.sends(code)
        assert [(row.why, row.resolution) for row in desk.rows(code)] == [("CONFLICT", None)] * 3

    def test_a_409_the_first_time_is_not_known(self, server: FaultServer, desk: Desk) -> None:
        code = desk.creates(make_plan(1))
        server.default = says(409)
        desk.sends(code)
        (row,) = desk.rows(code)
        assert (row.state, row.why, row.resolution) == (State.UNKNOWN, "CONFLICT", None)

    def test_the_uncertain_never_share_a_batch_with_the_new(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(20))
        server.plays(Act(answer=None, before=lambda _: None))
        desk.sends(code, lambda sender, _: sender.pause())
        resend(desk, code)
        desk.sends(code, lambda sender, _: sender.pause())
        desk.sends(code)
        assert sizes(server) == [10, 10, 10]
        server.requests.clear()
        code = desk.creates(make_plan(8, name="Spring"))
        desk.work.journal._db.execute("UPDATE messages SET resends=1 WHERE idx IN (3, 4, 8)")
        desk.sends(code)
        assert sizes(server) == [2, 2, 3, 1]

    def test_one_that_is_refused_the_second_time_may_have_arrived_the_first(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(1))
        allow(desk)
        server.plays(Act(answer=None), says(400))
        desk.sends(code)
        resend(desk, code)
        desk.sends(code)
        (row,) = desk.rows(code)
        assert (row.state, row.why, row.resolution) == (State.UNKNOWN, "REFUSED_AGAIN", None)


class TestSearchingForTheBadOne:
    def test_it_is_set_alone_where_the_service_shows_its_phone(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(10))
        allow(desk)
        words = {"code": "INVALID_PHONE", "field": "toPhone", "value": "+380501000006"}
        named = json.dumps({"error": words}).encode()
        server.plays(says(400, named), says(400, named))
        desk.sends(code)
        (bad,) = (row for row in desk.rows(code) if row.state is State.REFUSED)
        assert (bad.phone, sizes(server)) == ("+380501000006", [10, 1, 9])

    @pytest.mark.parametrize("busy", [429, 521, 408])
    def test_it_goes_on_where_it_was_after_a_wait(
        self, server: FaultServer, desk: Desk, busy: int
    ) -> None:
        code = desk.creates(make_plan(10))
        allow(desk)
        server.plays(says(400), says(busy), says(busy), Act(), says(400), says(400))
        desk.sends(code)
        assert sizes(server)[:6] == [10, 5, 5, 5, 5, 2]

    def test_forty_requests_are_all_of_them(self, server: FaultServer, desk: Desk) -> None:
        code = desk.creates(make_plan(110))
        allow(desk)
        server.plays(Act())
        bad = tuple(b"+38050100%04d" % number for number in range(10, 110, 9))
        server.default = Act(
            answer=lambda request: (
                http(400) if any(phone in request.body for phone in bad) else receipts(request)
            ),
            takes=False,
        )
        ending = desk.sends(code)
        assert (ending.reason, server.connections) == (Reason.UNFINISHED_SPLIT, 41)
        assert ending.counts.ready > 0

    def test_a_piece_that_may_not_leave_any_more_is_passed_over(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(10))
        allow(desk)

        def stop_five(_: Sender, progress: Progress) -> None:
            if progress.reason is Reason.BATCH_REFUSED:
                database = desk.work.journal._db
                database.execute("UPDATE messages SET state='left_out' WHERE idx<=5")
                database.execute("UPDATE campaigns SET ready=5, left_out=5")

        server.plays(says(400))
        assert desk.sends(code, stop_five).counts == Counts(accepted=5, left_out=5)
        assert sizes(server) == [10, 5]

    def test_a_piece_that_becomes_unknown_is_one_of_the_forty(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(10))
        allow(desk)
        server.plays(says(400), says(500))
        assert desk.sends(code).counts == Counts(accepted=5, unknown=5)
        assert sizes(server) == [10, 5, 5]

    def test_neither_a_place_nor_a_value_stays(self, server: FaultServer, desk: Desk) -> None:
        code = desk.creates(make_plan(1))
        allow(desk)
        server.plays(says(400, b'{"error": {"field": "$[0].toPhone", "value": "+38050"}}'))
        desk.sends(code)
        (change,) = desk.progress[0].changes
        assert (change.words.field, change.words.item, change.words.value) == ("toPhone", None, "")


class TestALongAbsence:
    def asleep(self, desk: Desk) -> Callable[[Sender, Progress], None]:
        """Close the computer for a night in the first wait."""
        nights = [8 * 3600.0]

        def watch(_: Sender, progress: Progress) -> None:
            if progress.waiting_s and nights:
                desk.time.at += nights.pop()

        return watch

    @pytest.mark.parametrize(
        "busy", [says(429, b"", "Retry-After: 5"), says(521)], ids=["429", "521"]
    )
    def test_a_wait_that_became_a_night_asks(
        self, server: FaultServer, desk: Desk, busy: Act
    ) -> None:
        code = desk.creates(make_plan(30))
        server.plays(busy)
        ending = desk.sends(code, self.asleep(desk))
        assert (ending.state, ending.reason) == (CampaignState.PAUSED, Reason.LONG_AWAY)
        assert (server.connections, ending.counts) == (1, Counts(ready=30))
        assert desk.sends(code).counts == Counts(accepted=30)

    def test_a_night_while_the_service_has_a_batch_asks_after_it(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(30))

        def sleep(_: Request) -> None:
            desk.time.at += 8 * 3600

        server.plays(Act(before=sleep))
        ending = desk.sends(code)
        assert (ending.reason, ending.counts) == (
            Reason.LONG_AWAY,
            Counts(accepted=10, ready=20),
        )

    def test_who_begins_late_is_here(self, desk: Desk) -> None:
        code = desk.creates(make_plan(10))
        client = Client(desk.target, desk.keys)
        sender = desk.work.sender(client)
        desk.time.at += 8 * 3600

        async def run() -> Ending:
            try:
                return await sender.run(code, lambda _: None)
            finally:
                await client.aclose()

        assert asyncio.run(run()).state is CampaignState.FINISHED

    def test_an_hour_in_which_the_service_answers_is_no_absence(self, desk: Desk) -> None:
        ending = desk.sends(desk.creates(make_plan(310)), pace=0.1)
        assert (ending.state, desk.time.at > 2_000) == (CampaignState.FINISHED, True)

    def test_hours_of_429_are_only_told(self, server: FaultServer, desk: Desk) -> None:
        code = desk.creates(make_plan(10))
        server.plays(*[says(429, b"", "Retry-After: 900")] * 12)
        ending = desk.sends(code)
        assert (ending.state, desk.time.at) == (CampaignState.FINISHED, 3 * 3600)
        waits = [progress for progress in desk.progress if progress.waiting_s]
        assert [wait.reason for wait in waits] == [Reason.TOO_FAST] * 12

    def test_who_thinks_for_an_hour_is_here(self, desk: Desk) -> None:
        code = desk.creates(make_plan(20))

        def think(sender: Sender, progress: Progress) -> None:
            if progress.batch == 1:
                sender.hold(on=True)
                desk.time.at += 3600
                sender.hold(on=False)

        assert desk.sends(code, think).counts == Counts(accepted=20)


class TestCallsAndCodes:
    @pytest.mark.parametrize(
        ("draft", "away_s", "reason"),
        [
            pytest.param(CALL, 61, Reason.LONG_AWAY, id="a call"),
            pytest.param(CALL, 59, Reason.NO_CONNECTION, id="a call in time"),
            pytest.param(CODE, 601, Reason.LONG_AWAY, id="a code"),
            pytest.param(NOTICE, 601, Reason.NO_CONNECTION, id="a notice"),
            pytest.param(PROMO, 601, Reason.NO_CONNECTION, id="a promo"),
        ],
    )
    def test_no_connection_for_longer_than_they_live_asks(
        self, tmp_path: Path, draft: Draft, away_s: float, reason: Reason
    ) -> None:
        with FaultServer() as gone:
            url = gone.url
        with Desk(tmp_path / "data", url) as desk:
            code = desk.creates(make_plan(10, draft=draft))
            jumps = [away_s]

            def away(sender: Sender, progress: Progress) -> None:
                if progress.waiting_s and jumps:
                    desk.time.at += jumps.pop() - progress.waiting_s
                elif progress.waiting_s and reason is Reason.NO_CONNECTION:
                    sender.pause()

            ending = desk.sends(code, away)
        assert ending.counts == Counts(ready=10)
        expected = Reason.OPERATOR_PAUSED if reason is Reason.NO_CONNECTION else reason
        assert ending.reason is expected

    def test_what_was_offered_too_long_ago_is_not_offered_again(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(30, draft=CALL))
        server.plays(says(429, b"", "Retry-After: 61"))
        ending = desk.sends(code)
        assert ending.counts == Counts(accepted=20, refused=10)
        assert {row.why for row in desk.rows(code)[:10]} == {"TOO_OLD"}
        assert (len(server.taken), max(server.taken.values())) == (20, 1)

    def test_what_was_offered_a_moment_ago_is(self, server: FaultServer, desk: Desk) -> None:
        code = desk.creates(make_plan(10, draft=CALL))
        server.plays(says(429, b"", "Retry-After: 30"), says(429, b"", "Retry-After: 29"))
        assert desk.sends(code).counts == Counts(accepted=10)

    def test_its_time_runs_from_the_first_offer(self, server: FaultServer, desk: Desk) -> None:
        code = desk.creates(make_plan(10, draft=CALL))
        server.plays(*[says(429, b"", "Retry-After: 31")] * 2)
        assert desk.sends(code).counts == Counts(refused=10)

    def test_it_runs_through_a_new_version_of_the_program(
        self, server: FaultServer, tmp_path: Path
    ) -> None:
        with Desk(tmp_path, server.url) as desk:
            code = desk.creates(make_plan(30, draft=CALL))
            server.plays(says(429, b"", "Retry-After: 30"))
            desk.sends(code, lambda sender, _: sender.pause())
            journal: Journal = desk.work.journal
            journal._db.executescript(
                "DROP TABLE leaving; DROP TABLE trials; DROP TABLE trial_numbers;"
                "DROP TABLE confirmations;"
                "ALTER TABLE messages DROP COLUMN offered_at;"
                "PRAGMA user_version=4;"
            )
            time = desk.time
        time.at += 61
        with Desk(tmp_path, server.url, time=time) as desk:
            assert desk.sends(code).counts == Counts(accepted=20, refused=10)

    def test_a_promo_is_offered_whenever(self, server: FaultServer, desk: Desk) -> None:
        code = desk.creates(make_plan(10))
        server.plays(*[says(429, b"", "Retry-After: 900")] * 2)
        assert desk.sends(code).counts == Counts(accepted=10)

    def test_an_uncertain_call_is_not_repeated_later(self, server: FaultServer, desk: Desk) -> None:
        code = desk.creates(make_plan(2, draft=CALL))
        server.plays(Act(answer=None))
        desk.sends(code)
        desk.time.at += 61
        resend(desk, code)
        ending = desk.sends(code)
        assert (ending.counts, server.connections) == (Counts(unknown=2), 1)
        assert {(row.why, row.resolution) for row in desk.rows(code)} == {
            ("TOO_OLD", Resolution.CLOSED)
        }

    def test_a_scheduled_call_lives_from_its_schedule(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(10, draft=CALL, at=NOON + timedelta(hours=1)))
        server.plays(says(429, b"", "Retry-After: 300"))
        assert desk.sends(code).counts == Counts(accepted=10)


class TestSpreadCampaigns:
    def test_each_message_has_its_own_time(self, server: FaultServer, desk: Desk) -> None:
        plan = make_plan(20, at=NOON + timedelta(minutes=3), spread=timedelta(hours=1))
        code = desk.creates(plan)
        ending = desk.sends(code, pace=0.05)
        times = [m["scheduledSent"] for r in server.requests for m in json.loads(r.body)]
        assert times[:2] == ["2026-11-23T12:03:00Z", "2026-11-23T12:06:00Z"]
        assert (ending.counts, desk.time.at) == (Counts(accepted=20), 200)
        assert times == sorted(set(times))

    def test_stop_keeps_the_rest_from_being_handed_over(
        self, server: FaultServer, desk: Desk
    ) -> None:
        plan = make_plan(20, at=NOON + timedelta(minutes=3), spread=timedelta(hours=1))
        ending = desk.sends(desk.creates(plan), lambda sender, _: sender.stop())
        assert (ending.state, ending.counts) == (
            CampaignState.STOPPED,
            Counts(accepted=10, ready=10),
        )
        assert len(server.taken) == 10


class TestPace:
    @pytest.mark.parametrize(
        ("pace", "told"),
        [
            pytest.param(1.0, [(10.0, Reason.OWN_PACE), (100.0, Reason.OWN_PACE)], id="a slow one"),
            pytest.param(20.0, [], id="a few seconds"),
            pytest.param(10 / 6, [(6.0, Reason.OWN_PACE), (60.0, Reason.OWN_PACE)], id="six"),
        ],
    )
    def test_a_long_wait_of_the_operators_own_pace_is_told(
        self, server: FaultServer, desk: Desk, pace: float, told: list[tuple[float, Reason]]
    ) -> None:
        desk.sends(desk.creates(make_plan(120)), pace=pace)

        assert sizes(server) == [10, 100, 10]
        assert [(p.waiting_s, p.reason) for p in desk.progress if p.waiting_s] == told

    def test_a_pace_that_the_service_slowed_down_is_told_as_its_wish(
        self, server: FaultServer, desk: Desk
    ) -> None:
        server.plays(*[says(429, b"", "Retry-After: 1")] * 5)

        desk.sends(desk.creates(make_plan(120)), pace=16.0)

        waits = [(p.waiting_s, p.reason) for p in desk.progress if p.waiting_s > 5]
        assert waits
        assert {reason for _, reason in waits} == {Reason.TOO_FAST}

    def test_who_paused_is_told_of_no_wait(self, desk: Desk) -> None:
        code = desk.creates(make_plan(120))

        desk.sends(code, lambda sender, _: sender.pause(), pace=1.0)

        assert not any(progress.waiting_s for progress in desk.progress)


@dataclass(slots=True)
class Interrupted(FakeTime):
    """A clock on which the operator does something in the middle of the third wait."""

    wish: Callable[[], None] | None = None

    async def sleep(self, seconds: float) -> None:
        await FakeTime.sleep(self, seconds)
        if len(self.slept) == 3 and self.wish is not None:
            self.wish()


WAITS = {
    "a 429": (says(429, b"", "Retry-After: 900"), None, 3),
    "a retry": (says(503, b"", "Retry-After: 300"), None, 3),
    "the pace": (Act(), 1.0, 3),
    "no room for the outcome": (Act(before=lambda _: None), None, 12),
}


@pytest.mark.parametrize("wish", [Sender.pause, Sender.stop], ids=["pause", "stop"])
@pytest.mark.parametrize("kind", WAITS)
def test_a_wish_is_felt_at_once_in_every_kind_of_wait(
    server: FaultServer, tmp_path: Path, kind: str, wish: Callable[[Sender], None]
) -> None:
    server.default, pace, most = WAITS[kind]
    time = Interrupted()
    with Desk(tmp_path / "data", server.url, time=time) as desk:
        code = desk.creates(make_plan(40))
        database = desk.work.journal._db
        if most > 3:
            server.default = Act(before=lambda _: database.execute("PRAGMA query_only=ON") and None)

        def watch(sender: Sender, _: Progress) -> None:
            time.wish = lambda: wish(sender)

        ending = desk.sends(code, watch, pace=pace)
        database.execute("PRAGMA query_only=OFF")
    assert ending.state is not CampaignState.FINISHED
    assert (server.connections, len(time.slept)) == (1, most)
