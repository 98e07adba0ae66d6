import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from campaigns import KEYS, NOON, PROMO, Desk, got_since, make_plan
from fault_server import Act, End, FaultServer, Request, says

from cascade_desktop.core.campaign_file import Campaign, ListRef
from cascade_desktop.core.drafts import Draft, FlashCall, Route, Survey
from cascade_desktop.core.outcome import ServiceWords
from cascade_desktop.core.states import CampaignState, Reason, Resolution, State
from cascade_desktop.core.stop_list import Stopped
from cascade_desktop.core.target import Target
from cascade_desktop.core.trial import Trial, id_stem, in_five_minutes, make_trial
from cascade_desktop.engine.account import Account
from cascade_desktop.engine.comeback import unfinished_in
from cascade_desktop.engine.journal.schema import FILE_NAME, VERSION
from cascade_desktop.engine.journal.store import SPLIT_ALLOWED, Journal
from cascade_desktop.engine.journal.trials import REMEMBERED, TrialOutcome
from cascade_desktop.engine.journal.values import Settlement
from cascade_desktop.engine.sending import Progress
from cascade_desktop.engine.trial_sender import TrialSender

OWN, OTHER = "+380501112233", "+380672223344"
TEXT = "Hello, Olena!"
CODE = "TRIALAAA"


@dataclass(slots=True)
class Clock:
    """A clock that a test moves."""

    at: datetime = NOON

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(tmp_path: Path, clock: Clock) -> Iterator[Journal]:
    opened = Journal(tmp_path / "data", now=clock.now, monotonic=lambda: 5.0)
    yield opened
    opened.close()


def trial_of(
    phone: str = OWN,
    text: str = TEXT,
    at: datetime | None = None,
    draft: Draft = PROMO,
    route: Route = Route.STANDARD,
) -> Trial:
    return make_trial(Campaign("Winter", draft, route), phone, text, at)


def creates(journal: Journal, code: str = CODE, phone: str = OWN, text: str = TEXT) -> str:
    journal.trials.create(trial_of(phone, text), code, host="host", account="account")
    return code


def settles(journal: Journal, code: str, outcome: Settlement) -> None:
    journal.settle(code, journal.open_batch(code, [1], "sha"), outcome)


def rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / FILE_NAME)) as db:
        return db.execute(sql).fetchall()


def account_of(desk: Desk) -> Account:
    target: Target = desk.target
    return Account(desk.work.folder, target, desk.keys, desk.time.waits, practice=False)


def sends(desk: Desk, trial: Trial, *, told: list[Progress] | None = None) -> TrialOutcome:
    report = [] if told is None else told
    return asyncio.run(TrialSender(desk.work, account_of(desk)).send(trial, report.append))


class TestWhatItIs:
    def test_of_the_list_and_the_time_nothing_is_kept(self) -> None:
        campaign = Campaign(
            "Winter",
            PROMO,
            schedule="2026-11-26T10:00",
            zone="Europe/Kyiv",
            spread_hours=2,
            recipients=ListRef("people.xlsx"),
            edits={2: "0501112233"},
            left_out=(3,),
            include_hidden=True,
        )
        assert make_trial(campaign, OWN, TEXT).campaign == Campaign(
            "Winter", PROMO, zone="Europe/Kyiv"
        )

    def test_five_minutes_are_told_to_the_second(self) -> None:
        now = NOON.replace(microsecond=900_000)
        assert in_five_minutes(now) == NOON + timedelta(minutes=5)

    def test_its_id_tells_it_from_a_campaigns(self) -> None:
        assert id_stem("K7F2M3Q4") == "test-k7f2m3q4"


class TestInTheJournal:
    def test_it_is_a_campaign_of_one_message(self, journal: Journal) -> None:
        code = creates(journal)
        head = journal.head(code)
        (entry,) = journal.entries(code)
        assert (head.name, head.kind, head.host, head.account) == (
            "Winter",
            "promo",
            "host",
            "account",
        )
        assert (head.id_stem, head.source, head.columns) == ("test-trialaaa", "", ())
        assert head.phone_column == 0
        assert (head.counts.ready, head.counts.rows, head.created_at) == (1, 1, NOON)
        assert (head.state, head.reason) == (CampaignState.PAUSED, Reason.INTERRUPTED)
        assert (entry.phone, entry.text, entry.state, entry.number) == (OWN, TEXT, State.READY, 1)
        assert (entry.sheet_row, entry.at) == (1, None)

    def test_no_list_of_campaigns_names_it(self, journal: Journal, tmp_path: Path) -> None:
        plan = make_plan(2)
        campaign = journal.create(plan, Campaign("Winter", PROMO), host="h", account="a")
        creates(journal)
        assert [head.code for head in journal.heads()] == [campaign]
        journal.deleting.campaign(campaign)
        assert unfinished_in(tmp_path / "data") is None

    @pytest.mark.parametrize("state", [State.ACCEPTED, State.UNKNOWN])
    def test_nobody_got_a_message_before_because_of_it(
        self, journal: Journal, state: State
    ) -> None:
        code = creates(journal)
        accepted = {1: ("m-1",)} if state is State.ACCEPTED else {}
        settles(journal, code, Settlement(accepted, State.UNKNOWN))
        assert got_since(journal, [OWN], NOON - timedelta(days=1)) == 0
        journal.open_batch(creates(journal, "TRIALBBB", OTHER), [1], "sha")
        assert got_since(journal, [OTHER], NOON) == 0

    def test_a_campaign_still_counts_beside_it(self, journal: Journal) -> None:
        plan = make_plan(1)
        campaign = journal.create(plan, Campaign("Winter", PROMO), host="h", account="a")
        creates(journal, phone=plan.messages[0].phone)
        journal.open_batch(campaign, [1], "sha")
        assert got_since(journal, [plan.messages[0].phone], NOON) == 1

    def test_its_time_is_kept(self, journal: Journal) -> None:
        at = in_five_minutes(NOON)
        journal.trials.create(trial_of(at=at), CODE, host="h", account="a")
        assert journal.trials.outcome(CODE).at == at

    def test_a_file_of_an_older_version_has_none_and_gets_them(self, tmp_path: Path) -> None:
        folder = tmp_path / "data"
        Journal(folder).close()
        with closing(sqlite3.connect(folder / FILE_NAME)) as db:
            db.executescript(
                "DROP TABLE trials; DROP TABLE trial_numbers; DROP TABLE confirmations;"
                f"PRAGMA user_version={VERSION - 2};"
            )
        with closing(Journal(folder, readonly=True)) as reader:
            assert (reader.heads(), reader.trials.numbers(), reader.trials.latest()) == (
                (),
                (),
                None,
            )
        with closing(Journal(folder)) as writer:
            creates(writer)
            assert writer.trials.numbers() == (OWN,)
        assert rows(folder, "PRAGMA user_version") == [(VERSION,)]


class TestNumbers:
    def test_the_latest_comes_first_and_none_twice(self, journal: Journal, clock: Clock) -> None:
        for at, phone in enumerate((OWN, OTHER, OWN)):
            clock.at = NOON + timedelta(seconds=at)
            creates(journal, f"TRIAL{at}", phone)
        assert journal.trials.numbers() == (OWN, OTHER)

    def test_at_most_ten_are_remembered(self, journal: Journal, clock: Clock) -> None:
        phones = [f"+38050111000{at}" for at in range(10)] + [OWN, OTHER]
        for at, phone in enumerate(phones):
            clock.at = NOON + timedelta(seconds=at)
            creates(journal, f"TRIAL{at}", phone)
        assert REMEMBERED == 10
        assert journal.trials.numbers() == tuple(reversed(phones[2:]))

    def test_those_of_one_moment_keep_an_order(self, journal: Journal) -> None:
        creates(journal, "TRIALB", OTHER)
        creates(journal, "TRIALA", OWN)
        assert journal.trials.numbers() == (OWN, OTHER)

    def test_a_person_who_is_deleted_is_proposed_no_more(
        self, journal: Journal, tmp_path: Path
    ) -> None:
        settles(journal, creates(journal), Settlement({1: ("m-1",)}, State.UNKNOWN))
        settles(journal, creates(journal, "OTHERAAA", OTHER), Settlement({}, State.REFUSED))
        journal.deleting.number(OWN)
        assert journal.trials.numbers() == (OTHER,)
        assert rows(tmp_path / "data", "SELECT code FROM campaigns") == [("OTHERAAA",)]
        assert OWN[4:].encode() not in (tmp_path / "data" / FILE_NAME).read_bytes()

    def test_one_that_is_only_remembered_goes_too(self, journal: Journal, tmp_path: Path) -> None:
        journal.deleting.undone(creates(journal))
        assert journal.deleting.number(OWN) == 0
        assert journal.trials.numbers() == ()
        assert OWN[4:].encode() not in (tmp_path / "data" / FILE_NAME).read_bytes()

    def test_of_a_campaign_only_the_row_goes(self, journal: Journal) -> None:
        plan = make_plan(2)
        code = journal.create(plan, Campaign("Winter", PROMO), host="h", account="a")
        journal.deleting.number(plan.messages[0].phone)
        assert journal.head(code).counts.rows == 2


class TestItsEnd:
    def test_what_was_proven_not_to_leave_says_why_and_waits_no_more(
        self, journal: Journal, clock: Clock
    ) -> None:
        code = creates(journal)
        words = ServiceWords("E1", "no", "sender")
        settles(journal, code, Settlement({}, State.READY, Reason.KEY_REFUSED))
        journal.set_state(code, CampaignState.PAUSED, Reason.KEY_REFUSED, words)
        clock.at = NOON + timedelta(seconds=9)
        journal.trials.close(code)
        outcome = journal.trials.outcome(code)
        (entry,) = journal.entries(code)
        assert outcome == TrialOutcome(
            code, OWN, State.REFUSED, Reason.KEY_REFUSED, words, None, NOON
        )
        assert (journal.counts(code).ready, journal.counts(code).refused) == (0, 1)
        assert entry.settled_at == clock.at

    def test_what_is_uncertain_is_not_asked_about(self, journal: Journal) -> None:
        code = creates(journal)
        settles(journal, code, Settlement({}, State.UNKNOWN, Reason.NO_ANSWER))
        journal.trials.close(code)
        (entry,) = journal.entries(code)
        assert (entry.state, entry.resolution) == (State.UNKNOWN, Resolution.CLOSED)
        assert journal.head(code).undecided == 0

    def test_a_campaigns_uncertain_ones_stay_undecided(self, journal: Journal) -> None:
        plan = make_plan(1)
        campaign = journal.create(plan, Campaign("Winter", PROMO), host="h", account="a")
        settles(journal, campaign, Settlement({}, State.UNKNOWN))
        journal.trials.close(creates(journal))
        assert journal.head(campaign).undecided == 1

    def test_one_whose_end_found_no_room_is_told_as_not_sent(self, journal: Journal) -> None:
        code = creates(journal)
        journal.set_state(code, CampaignState.PAUSED, Reason.DISK_FULL)
        outcome = journal.trials.outcome(code)
        assert (outcome.state, outcome.reason) == (State.READY, Reason.DISK_FULL)

    def test_the_latest_is_found_among_several(self, journal: Journal) -> None:
        creates(journal)
        creates(journal, "OTHERAAA", OTHER)
        latest = journal.trials.latest()
        assert latest is not None
        assert (latest.code, latest.phone) == ("OTHERAAA", OTHER)

    def test_a_delivery_is_told(self, journal: Journal) -> None:
        code = creates(journal)
        settles(journal, code, Settlement({1: ("m-1",)}, State.UNKNOWN))
        journal._db.execute("UPDATE messages SET delivery='delivered'")
        assert journal.trials.outcome(code).delivery == "delivered"


class TestAfterACrash:
    def test_one_that_was_being_sent_is_uncertain_and_nobody_is_asked(
        self, journal: Journal
    ) -> None:
        code = creates(journal)
        journal.open_batch(code, [1], "sha")
        assert journal.recover() == 1
        latest = journal.trials.latest()
        assert latest is not None
        assert (latest.code, latest.state, latest.reason) == (
            code,
            State.UNKNOWN,
            Reason.INTERRUPTED,
        )
        assert (journal.head(code).undecided, latest.left_at) == (0, NOON)

    def test_one_that_had_not_left_is_gone_and_its_number_stays(self, journal: Journal) -> None:
        creates(journal)
        assert journal.recover() == 0
        assert (journal.trials.latest(), journal.trials.numbers()) == (None, (OWN,))

    def test_a_campaign_waits_on(self, journal: Journal) -> None:
        plan = make_plan(2)
        campaign = journal.create(plan, Campaign("Winter", PROMO), host="h", account="a")
        settles(journal, campaign, Settlement({}, State.UNKNOWN))
        journal.recover()
        head = journal.head(campaign)
        assert (head.counts.ready, head.undecided) == (1, 1)

    def test_a_computer_that_it_left_from_knows_it(
        self, server: FaultServer, tmp_path: Path
    ) -> None:
        """What a killed program handed over leaves no second time, whatever the next start does."""
        with Desk(tmp_path / "data", server.url) as desk:
            creates(desk.work.journal)
            desk.work.journal.open_batch(CODE, [1], "sha")
        with Desk(tmp_path / "data", server.url) as desk:
            assert asyncio.run(desk.work.may_send()) is Reason.NONE
            assert desk.work.journal.heads() == ()
            assert sends(desk, trial_of()).state is State.ACCEPTED
        assert len(server.taken) == 1


class TestKeeping:
    def test_an_old_one_is_gone_altogether(
        self, journal: Journal, clock: Clock, tmp_path: Path
    ) -> None:
        settles(journal, creates(journal), Settlement({1: ("m-1",)}, State.UNKNOWN))
        clock.at = NOON + timedelta(days=91)
        assert journal.deleting.older_than(90) == 1
        assert rows(tmp_path / "data", "SELECT COUNT(*) FROM campaigns") == [(0,)]
        assert rows(tmp_path / "data", "SELECT COUNT(*) FROM trials") == [(0,)]

    def test_of_a_campaign_the_totals_stay(self, journal: Journal, clock: Clock) -> None:
        plan = make_plan(1)
        campaign = journal.create(plan, Campaign("Winter", PROMO), host="h", account="a")
        settles(journal, campaign, Settlement({1: ("m-1",)}, State.UNKNOWN))
        settles(journal, creates(journal), Settlement({1: ("m-2",)}, State.UNKNOWN))
        clock.at = NOON + timedelta(days=91)
        assert journal.deleting.older_than(90) == 2
        assert journal.head(campaign).counts.accepted == 1

    def test_a_number_is_proposed_until_it_was_not_used_for_so_long(
        self, journal: Journal, clock: Clock, tmp_path: Path
    ) -> None:
        journal.deleting.undone(creates(journal))
        clock.at = NOON + timedelta(days=10)
        journal.deleting.undone(creates(journal, phone=OTHER))
        clock.at = NOON + timedelta(days=90)
        journal.deleting.older_than(90)
        assert journal.trials.numbers() == (OTHER, OWN)
        clock.at += timedelta(seconds=1)
        assert journal.deleting.older_than(90) == 0
        assert journal.trials.numbers() == (OTHER,)
        assert OWN[4:].encode() not in (tmp_path / "data" / FILE_NAME).read_bytes()

    def test_of_whom_the_preview_showed_nothing_is_left_when_it_is_over(
        self, journal: Journal
    ) -> None:
        plan = make_plan(1)
        campaign = journal.create(plan, Campaign("Winter", PROMO), host="h", account="a")
        code = creates(journal, text=f"Olena, call {OTHER}")
        settles(journal, code, Settlement({1: ("m-1",)}, State.UNKNOWN))
        journal.trials.close(code)
        assert journal.deleting.find(OTHER) == ()
        assert [entry.text for entry in journal.entries(code)] == [""]
        assert [entry.text for entry in journal.entries(campaign)] == [plan.messages[0].text]

    def test_nor_after_a_crash(self, journal: Journal) -> None:
        plan = make_plan(1)
        campaign = journal.create(plan, Campaign("Winter", PROMO), host="h", account="a")
        code = creates(journal, text=f"Olena, call {OTHER}")
        journal.open_batch(code, [1], "sha")
        journal.recover()
        assert [entry.text for entry in journal.entries(code)] == [""]
        assert [entry.text for entry in journal.entries(campaign)] == [plan.messages[0].text]


class TestSending:
    def test_exactly_one_message_leaves_in_one_request(
        self, server: FaultServer, desk: Desk
    ) -> None:
        outcome = sends(desk, trial_of(route=Route.TG_VIBER))
        (request,) = server.requests
        (message,) = json.loads(request.body)
        stem = id_stem(outcome.code)
        assert message == {
            "id": f"{stem}-000001",
            "fromName": "MyBrand",
            "toPhone": OWN,
            "messageType": "promo",
            "text": TEXT,
            "ttl": 172_800,
        }
        assert request.path.endswith("/tg-viber/async")
        assert (outcome.state, outcome.reason, outcome.phone) == (State.ACCEPTED, Reason.NONE, OWN)
        assert desk.work.journal.trials.numbers() == (OWN,)

    def test_five_minutes_ahead_it_goes_with_its_time(
        self, server: FaultServer, desk: Desk
    ) -> None:
        outcome = sends(desk, trial_of(at=in_five_minutes(NOON)))
        (message,) = json.loads(server.requests[0].body)
        assert message["scheduledSent"] == "2026-11-23T12:05:00Z"
        assert (outcome.state, outcome.at) == (State.ACCEPTED, NOON + timedelta(minutes=5))

    @pytest.mark.parametrize(
        ("draft", "text", "fields"),
        [
            pytest.param(
                Survey("Shop", "Come back?", ("Yes", "No")),
                "Come back?",
                {"text": "Come back?", "surveyOptions": ["Yes", "No"]},
                id="survey",
            ),
            pytest.param(
                FlashCall("Shop", fallback_text="We called {Name}"),
                "We called Olena",
                {"fallback": {"messageType": "transaction", "text": "We called Olena"}},
                id="flash call",
            ),
        ],
    )
    def test_every_kind_goes_as_it_will(
        self, server: FaultServer, desk: Desk, draft: Draft, text: str, fields: dict[str, object]
    ) -> None:
        sends(desk, trial_of(draft=draft, text=text))
        (message,) = json.loads(server.requests[0].body)
        assert message | fields == message

    def test_the_intent_is_on_the_disk_before_it_leaves(
        self, server: FaultServer, desk: Desk
    ) -> None:
        seen: list[list[tuple[Any, ...]]] = []
        sql = "SELECT m.state, b.size FROM messages m JOIN batches b USING (campaign)"
        server.plays(Act(before=lambda _: seen.append(rows(desk.work.folder, sql))))
        sends(desk, trial_of())
        assert seen == [[("sending", 1)]]

    def test_without_an_answer_it_is_uncertain_and_settled(
        self, server: FaultServer, desk: Desk
    ) -> None:
        server.plays(Act(answer=None, end=End.RESET))
        outcome = sends(desk, trial_of())
        assert (outcome.state, outcome.reason) == (State.UNKNOWN, Reason.NO_ANSWER)
        assert desk.work.journal.head(outcome.code).undecided == 0
        assert len(server.requests) == 1

    @pytest.mark.parametrize("allowed", [False, True])
    def test_a_refusal_is_told_with_the_services_words(
        self, server: FaultServer, desk: Desk, allowed: bool
    ) -> None:
        said = {"error": {"code": "INVALID_SENDER", "message": "no such name", "field": "fromName"}}
        if allowed:
            answer = (desk.target.host, KEYS.fingerprint, SPLIT_ALLOWED)
            desk.work.journal.remember_answer(*answer)
        server.plays(says(400, json.dumps(said).encode()))
        outcome = sends(desk, trial_of())
        assert (outcome.state, outcome.reason) == (State.REFUSED, Reason.BATCH_REFUSED)
        assert (outcome.words.code, outcome.words.message) == ("INVALID_SENDER", "no such name")

    def test_a_wrong_key_ends_it_and_nothing_waits(self, server: FaultServer, desk: Desk) -> None:
        server.plays(says(401))
        outcome = sends(desk, trial_of())
        assert (outcome.state, outcome.reason) == (State.REFUSED, Reason.KEY_REFUSED)
        assert desk.work.journal.counts(outcome.code).ready == 0

    def test_it_waits_for_a_connection_and_leaves_once(
        self, server: FaultServer, desk: Desk
    ) -> None:
        told: list[Progress] = []
        server.plays(says(503, b"", "Retry-After: 1"))
        outcome = sends(desk, trial_of(), told=told)
        assert outcome.state is State.ACCEPTED
        assert [one.reason for one in told if one.waiting_s]
        assert max(server.taken.values()) == 1

    def test_who_must_not_be_messaged_gets_none(self, server: FaultServer, desk: Desk) -> None:
        desk.work.journal.stop_list.add([Stopped(OWN, NOON, "asked")])
        outcome = sends(desk, trial_of())
        assert (outcome.state, server.requests) == (State.LEFT_OUT, [])

    def test_a_stopped_one_leaves_nothing_behind(self, server: FaultServer, desk: Desk) -> None:
        sender = TrialSender(desk.work, account_of(desk))
        sender.stop()
        outcome = asyncio.run(sender.send(trial_of(), lambda _: None))
        assert (outcome.state, outcome.reason) == (State.REFUSED, Reason.OPERATOR_STOPPED)
        assert (server.requests, desk.work.journal.trials.latest()) == ([], None)

    def test_who_stops_while_it_waits_is_heard(self, server: FaultServer, desk: Desk) -> None:
        sender = TrialSender(desk.work, account_of(desk))
        server.plays(says(429, b"", "Retry-After: 60"))
        outcome = asyncio.run(sender.send(trial_of(), lambda _: sender.stop()))
        assert (outcome.state, outcome.reason) == (State.REFUSED, Reason.OPERATOR_STOPPED)
        assert len(server.requests) == 1

    @pytest.mark.parametrize(("status", "left"), [(401, 1), (400, 2)])
    def test_what_is_not_the_messages_fault_keeps_the_next_one_too(
        self, server: FaultServer, desk: Desk, status: int, left: int
    ) -> None:
        sender = TrialSender(desk.work, account_of(desk))
        server.plays(says(status), says(status))
        first, second = (
            asyncio.run(sender.send(trial_of(phone), lambda _: None)) for phone in (OWN, OTHER)
        )
        assert (first.state, second.state, second.phone) == (State.REFUSED, State.REFUSED, OTHER)
        assert (second.reason, len(server.requests)) == (first.reason, left)

    def test_one_that_is_broken_off_under_way_is_uncertain_at_once(
        self, server: FaultServer, desk: Desk
    ) -> None:
        async def breaks_off() -> None:
            loop, has_left = asyncio.get_running_loop(), asyncio.Event()

            def arrived(_: Request) -> None:
                loop.call_soon_threadsafe(has_left.set)

            server.plays(Act(before=arrived, answer=None, end=End.SILENCE))
            sender = TrialSender(desk.work, account_of(desk))
            sending = asyncio.ensure_future(sender.send(trial_of(), lambda _: None))
            await has_left.wait()
            assert sender.under_way
            sending.cancel()
            await asyncio.wait({sending})
            assert not sender.under_way

        asyncio.run(breaks_off())
        latest = desk.work.journal.trials.latest()
        assert latest is not None
        assert (latest.state, latest.reason) == (State.UNKNOWN, Reason.INTERRUPTED)

    def test_a_disk_without_room_is_told_before_anything_leaves(
        self, server: FaultServer, desk: Desk
    ) -> None:
        desk.work.journal._db.execute("PRAGMA query_only=ON")
        outcome = sends(desk, trial_of())
        assert (outcome.state, outcome.reason) == (State.REFUSED, Reason.DISK_FULL)
        assert server.requests == []

    def test_from_an_older_copy_nothing_leaves(self, server: FaultServer, tmp_path: Path) -> None:
        data, state = tmp_path / "data", tmp_path / "state"
        with Desk(data, server.url, state=state) as desk:
            sends(desk, trial_of())
            with closing(sqlite3.connect(data / FILE_NAME, isolation_level=None)) as db:
                db.execute("UPDATE folder SET mark='old', before='older'")
        with Desk(data, server.url, state=state) as desk:
            outcome = sends(desk, trial_of())
        assert outcome.state is State.REFUSED
        assert outcome.reason in (Reason.OLDER_COPY, Reason.UNKNOWN_FOLDER)
        assert len(server.requests) == 1
