import json
from pathlib import Path

import pytest
from campaigns import Desk, make_plan, target_of
from certificates import self_signed
from fault_server import Act, FaultServer, Request, http, names, receipts, says

from cascade_desktop.core.states import CampaignState, Reason, State
from cascade_desktop.engine.journal.store import SPLIT_ALLOWED
from cascade_desktop.engine.journal.values import Counts


def sizes(server: FaultServer) -> list[int]:
    return [len(json.loads(request.body)) for request in server.requests]


class TestWhatAnswersMean:
    @pytest.mark.parametrize(
        ("act", "state", "reason", "left"),
        [
            pytest.param(says(401), "paused", Reason.KEY_REFUSED, Counts(ready=12), id="401"),
            pytest.param(says(403), "paused", Reason.NO_RIGHTS, Counts(ready=12), id="403"),
            pytest.param(says(404), "paused", Reason.WRONG_ADDRESS, Counts(ready=12), id="404"),
            pytest.param(says(418), "paused", Reason.OTHER_REFUSAL, Counts(ready=12), id="418"),
            pytest.param(
                says(302, b"", "Location: /"),
                "paused",
                Reason.REDIRECTED,
                Counts(ready=12),
                id="3xx",
            ),
            pytest.param(
                says(200, b"{}"),
                "paused",
                Reason.STRANGE_ANSWER,
                Counts(ready=2, unknown=10),
                id="an object",
            ),
            pytest.param(
                Act(answer=http(200, b"<html>", content_type="text/html"), takes=False),
                "paused",
                Reason.WEB_PAGE,
                Counts(ready=2, unknown=10),
                id="a web page",
            ),
            pytest.param(
                says(500), "finished", Reason.NONE, Counts(accepted=2, unknown=10), id="500"
            ),
            pytest.param(
                says(409), "finished", Reason.NONE, Counts(accepted=2, unknown=10), id="409"
            ),
            pytest.param(
                Act(answer=None), "finished", Reason.NONE, Counts(accepted=2, unknown=10), id="drop"
            ),
            pytest.param(says(408), "finished", Reason.NONE, Counts(accepted=12), id="408"),
            pytest.param(
                says(503, b"", "Retry-After: 3"),
                "finished",
                Reason.NONE,
                Counts(accepted=12),
                id="503, come back",
            ),
            pytest.param(
                says(503), "finished", Reason.NONE, Counts(accepted=2, unknown=10), id="503"
            ),
        ],
    )
    def test_a_first_answer_decides_for_its_batch(
        self,
        server: FaultServer,
        desk: Desk,
        *,
        act: Act,
        state: str,
        reason: Reason,
        left: Counts,
    ) -> None:
        code = desk.creates(make_plan(12))
        server.plays(act)
        ending = desk.sends(code)
        assert (ending.state, ending.reason, ending.counts) == (state, reason, left)
        assert desk.work.journal.head(code).state == state

    def test_those_that_an_answer_does_not_name_are_unknown(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(10))
        server.plays(Act(answer=lambda request: names(*request.ids[3:], "not-ours")))
        assert desk.sends(code).counts == Counts(accepted=7, unknown=3)
        assert [row.state for row in desk.rows(code)][:4] == [State.UNKNOWN] * 3 + [State.ACCEPTED]

    def test_only_foreign_ids_prove_nothing(self, server: FaultServer, desk: Desk) -> None:
        code = desk.creates(make_plan(10))
        server.plays(Act(answer=names("not-ours", "nor-this")))
        assert desk.sends(code).counts == Counts(unknown=10)

    def test_an_id_named_twice_keeps_both_message_ids(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(2))

        def twice(request: Request) -> bytes:
            one, two = request.ids
            again = {"messageId": "again", "trackinId": one}
            body = [{"messageId": "a", "trackinId": one}, {"messageId": "b", "trackinId": two}]
            return http(200, json.dumps([*body, again]).encode())

        server.plays(Act(answer=twice))
        desk.sends(code)
        assert [row.message_ids for row in desk.rows(code)] == [("a", "again"), ("b",)]
        assert [row.why for row in desk.rows(code)] == ["NAMED_TWICE", ""]

    def test_receipts_count_whatever_the_status(self, server: FaultServer, desk: Desk) -> None:
        code = desk.creates(make_plan(10))
        server.plays(Act(answer=lambda request: names(*request.ids, status=500)))
        assert desk.sends(code).counts == Counts(accepted=10)

    def test_a_date_out_of_this_world_harms_nothing(self, server: FaultServer, desk: Desk) -> None:
        code = desk.creates(make_plan(3))
        wild = "Date: Mon, 01 Jan 99999999999999999999 00:00:00 GMT"
        server.default = Act(answer=lambda request: receipts(request, wild))
        assert desk.sends(code).state is CampaignState.FINISHED


class TestPatience:
    def test_a_429_waits_as_long_as_the_service_says(self, server: FaultServer, desk: Desk) -> None:
        code = desk.creates(make_plan(10))
        server.plays(says(429, b"", "Retry-After: 7"))
        desk.sends(code)
        told = [(progress.waiting_s, progress.reason) for progress in desk.progress]
        assert desk.time.at == pytest.approx(7)
        assert told == [(0, Reason.TOO_FAST), (7, Reason.TOO_FAST), (0, Reason.NONE)]

    def test_a_wait_is_told_with_the_counts_of_now(self, server: FaultServer, desk: Desk) -> None:
        code = desk.creates(make_plan(20))
        server.plays(Act(), says(429, b"", "Retry-After: 1"))
        desk.sends(code)
        (wait,) = (progress for progress in desk.progress if progress.waiting_s)
        assert (wait.batch, wait.counts) == (0, Counts(ready=10, accepted=10))

    def test_a_429_without_a_time_backs_off_and_is_never_given_up(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(10))
        server.plays(*[says(429)] * 30)
        assert desk.sends(code).counts == Counts(accepted=10)
        assert desk.time.at > 600

    def test_a_429_halves_the_pace(self, server: FaultServer, desk: Desk) -> None:
        code = desk.creates(make_plan(110))
        server.plays(says(429, b"", "Retry-After: 1"))
        desk.sends(code, pace=10.0)
        assert desk.time.at == pytest.approx(3)

    def test_without_a_connection_it_retries_ten_minutes_then_pauses(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(10))
        server.default = says(521)
        ending = desk.sends(code)
        assert (ending.reason, ending.counts) == (Reason.SERVER_BUSY, Counts(ready=10))
        assert desk.time.at == pytest.approx(600)

    def test_waits_that_a_busy_service_asks_for_are_in_the_ten_minutes(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(10))
        server.default = says(503, b"", "Retry-After: 400")
        assert desk.sends(code).reason is Reason.SERVER_BUSY
        assert desk.time.at == pytest.approx(800)

    def test_a_service_that_is_not_there_pauses_with_everything_ready(self, tmp_path: Path) -> None:
        with FaultServer() as gone:
            url = gone.url
        with Desk(tmp_path / "data", url) as desk:
            ending = desk.sends(desk.creates(make_plan(10)))
        assert (ending.reason, ending.counts) == (Reason.NO_CONNECTION, Counts(ready=10))

    def test_408_is_tried_three_times_in_all(self, server: FaultServer, desk: Desk) -> None:
        code = desk.creates(make_plan(10))
        server.default = says(408)
        assert desk.sends(code).reason is Reason.SERVER_BUSY
        assert server.connections == 3

    def test_a_bad_certificate_pauses_at_once(self, desk: Desk) -> None:
        code = desk.creates(make_plan(10))
        with FaultServer(tls=self_signed()) as private:
            desk.target = target_of(private.url)
            ending = desk.sends(code)
        assert (ending.reason, ending.counts) == (Reason.NOT_PRIVATE, Counts(ready=10))


class TestTooMuchUnknown:
    def test_a_second_unknown_batch_pauses(self, server: FaultServer, desk: Desk) -> None:
        code = desk.creates(make_plan(300))
        server.plays(Act(), says(500), Act(), says(502))
        ending = desk.sends(code)
        assert ending.reason is Reason.TOO_MANY_UNKNOWN
        assert ending.counts == Counts(ready=80, accepted=20, unknown=200)

    def test_a_second_one_much_later_does_not(self, server: FaultServer, desk: Desk) -> None:
        code = desk.creates(make_plan(2_100))
        server.plays(says(500), *[Act()] * 20, Act(answer=lambda r: names(*r.ids[1:])))
        assert desk.sends(code).state is CampaignState.FINISHED

    def test_more_unknown_than_the_largest_batch_pauses(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(3_000))
        server.plays(says(500), *[Act()] * 20, says(500))
        ending = desk.sends(code)
        assert (ending.reason, ending.counts.unknown) == (Reason.TOO_MANY_UNKNOWN, 1_010)


class TestRefusedBatches:
    BAD = "+380501000004"

    @pytest.fixture
    def picky(self, server: FaultServer) -> FaultServer:
        """Refuse every array that holds one phone, as the documents say."""

        def judge(request: Request) -> bytes:
            if self.BAD.encode() not in request.body:
                return receipts(request)
            words = {"code": "INVALID_PHONE", "message": "No such phone", "field": "toPhone"}
            return http(400, json.dumps({"error": words}).encode())

        server.default = Act(answer=judge, takes=False)
        return server

    def test_the_first_time_on_an_account_it_asks(self, picky: FaultServer, desk: Desk) -> None:
        ending = desk.sends(desk.creates(make_plan(10)))
        assert (ending.reason, ending.counts) == (Reason.BATCH_REFUSED, Counts(ready=10))
        assert (ending.words.code, ending.words.field) == ("INVALID_PHONE", "toPhone")
        assert picky.connections == 1

    @pytest.mark.usefixtures("picky")
    def test_a_single_message_is_refused_only_with_the_operators_answer(self, desk: Desk) -> None:
        plan = make_plan(10)
        code = desk.creates(plan)
        desk.work.journal._db.execute("UPDATE messages SET state='left_out' WHERE idx<>5")
        assert desk.sends(code).reason is Reason.BATCH_REFUSED
        assert desk.rows(code)[4].state is State.READY

    @pytest.mark.usefixtures("picky")
    def test_with_the_answer_the_bad_one_is_found_and_the_others_go(self, desk: Desk) -> None:
        code = desk.creates(make_plan(10))
        self.allow(desk)
        ending = desk.sends(code)
        assert ending.counts == Counts(accepted=9, refused=1)
        (refused,) = (row for row in desk.rows(code) if row.state is State.REFUSED)
        assert (refused.phone, refused.words.message) == (self.BAD, "No such phone")

    def test_a_named_item_is_set_alone_at_once(self, server: FaultServer, desk: Desk) -> None:
        code = desk.creates(make_plan(10))
        self.allow(desk)
        named = json.dumps({"errors": {"$[4].toPhone": ["Wrong"]}}).encode()
        server.plays(says(400, named), says(422, named))
        assert desk.sends(code).counts == Counts(accepted=9, refused=1)
        assert sizes(server) == [10, 1, 9]

    def test_three_refusals_for_the_text_stop_it(self, server: FaultServer, desk: Desk) -> None:
        code = desk.creates(make_plan(10))
        self.allow(desk)
        server.default = says(400, b'{"error": {"field": "text"}}')
        ending = desk.sends(code)
        assert (ending.reason, ending.counts) == (Reason.ALL_REFUSED, Counts(ready=7, refused=3))

    def test_after_forty_refusals_the_rest_stays_ready(
        self, server: FaultServer, desk: Desk
    ) -> None:
        code = desk.creates(make_plan(110))
        self.allow(desk)
        server.plays(Act())
        server.default = says(400, b"{}")
        ending = desk.sends(code)
        assert ending.reason is Reason.UNFINISHED_SPLIT
        assert ending.counts.accepted == 10
        assert ending.counts.ready + ending.counts.refused == 100
        assert server.connections == 41

    def test_too_large_a_body_is_halved_and_remembered(
        self, server: FaultServer, desk: Desk
    ) -> None:
        def judge(request: Request) -> bytes:
            many = len(json.loads(request.body)) > 3
            return http(413) if many else receipts(request)

        server.default = Act(answer=judge, takes=False)
        assert desk.sends(desk.creates(make_plan(12))).counts == Counts(accepted=12)
        assert sizes(server) == [10, 5, *[2] * 6]

    def test_one_message_that_is_too_large_is_refused(
        self, server: FaultServer, desk: Desk
    ) -> None:
        server.default = says(413)
        assert desk.sends(desk.creates(make_plan(2))).counts == Counts(refused=2)

    @staticmethod
    def allow(desk: Desk) -> None:
        journal = desk.work.journal
        journal.remember_answer(desk.target.host, desk.keys.fingerprint, SPLIT_ALLOWED)
