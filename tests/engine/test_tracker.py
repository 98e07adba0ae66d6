"""Delivery is asked for: quietly, slowly, to the end, and whatever the service answers."""

import asyncio
import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from campaigns import KEYS, NOON, PROMO, Desk, make_plan
from fault_server import Act, End, FaultServer, Request, http, receipts

from cascade_desktop.core.delivery import Bill
from cascade_desktop.core.states import CampaignState, State
from cascade_desktop.core.target import Keys
from cascade_desktop.engine.client import Client
from cascade_desktop.engine.journal.values import Entry
from cascade_desktop.engine.tracker import (
    AT_ONCE,
    DOUBT,
    IN_FLIGHT,
    RATE_PER_S,
    Deliveries,
    Halt,
    Tracker,
)


class Vendor:
    """A service that takes everything and tells of deliveries as it is told to."""

    def __init__(self, server: FaultServer) -> None:
        self.server = server
        self.says: Callable[[str], bytes] = told
        server.default = Act(answer=self._answer)

    @property
    def asked(self) -> list[str]:
        """Return the message ids that were asked about, in order."""
        paths = [request.path for request in self.server.requests if request.method == "GET"]
        return [path.rpartition("/")[2] for path in paths]

    def _answer(self, request: Request) -> bytes:
        if request.method == "POST":
            return receipts(request)
        return self.says(request.path.rpartition("/")[2])


def told(name: str, status: str = "delivered", cost: object = 0.05, **more: object) -> bytes:
    fields = {"messageId": name, "deliverystatus": status, "partscount": 1, "cost": cost}
    return http(200, json.dumps({**fields, "billCurrency": "EUR", **more}).encode())


@pytest.fixture
def vendor() -> Iterator[Vendor]:
    with FaultServer() as server:
        yield Vendor(server)


@pytest.fixture
def desk(tmp_path: Path, vendor: Vendor) -> Iterator[Desk]:
    with Desk(tmp_path, vendor.server.url) as desk:
        yield desk


def send(desk: Desk, people: int = 3, **made: object) -> str:
    code = desk.creates(make_plan(people, **made))  # type: ignore[arg-type]
    assert desk.sends(code).state is CampaignState.FINISHED
    return code


class Watch:
    """A tracker over a desk, and what it reported."""

    def __init__(self, desk: Desk, *, keys: Keys = KEYS, rate: float = RATE_PER_S) -> None:
        self.desk = desk
        self.keys = keys
        self.rate = rate
        self.reports: list[Deliveries] = []
        self.tracker: Tracker | None = None

    async def asks(self, code: str = "", after_s: float | None = None) -> Halt:
        client = Client(self.desk.target, self.keys, deadline_s=20.0)
        self.tracker = Tracker(
            self.desk.work.journal,
            client,
            self.desk.work.worker,
            waits=self.desk.time.waits,
            report=self.reports.append,
            rate_per_s=lambda: self.rate,
        )
        until = None
        if after_s is not None:
            until = self.desk.time.waits.now() + timedelta(seconds=after_s)
        try:
            return await self.tracker.run(code, until)
        finally:
            await client.aclose()


def ask(desk: Desk, code: str = "", after_s: float | None = None) -> Watch:
    """Ask about a campaign until its end is known."""
    watch = Watch(desk)
    assert asyncio.run(watch.asks(code, after_s)) is Halt.DONE
    return watch


def known(desk: Desk, code: str) -> list[str]:
    return [row.delivery for row in desk.rows(code)]


def sent(desk: Desk, code: str) -> list[Entry]:
    return [row for row in desk.rows(code) if row.state is State.ACCEPTED]


def test_what_became_of_every_message_is_in_the_journal(desk: Desk, vendor: Vendor) -> None:
    code = send(desk, 3)

    watch = ask(desk, code)

    row = desk.rows(code)[0]
    assert known(desk, code) == ["delivered"] * 3
    assert (row.parts, row.cost, row.currency) == (1, 0.05, "EUR")
    changes = [change for report in watch.reports for change in report.changes]
    assert {change.row: change.bill for change in changes} == dict.fromkeys(
        range(3), Bill(1, 0.05, "EUR")
    )
    assert desk.work.journal.deliveries.tally(code).open == 0


def test_asking_never_sends_and_never_asks_about_what_was_not_accepted(
    desk: Desk, vendor: Vendor
) -> None:
    code = desk.creates(make_plan(12, wrong=2))
    vendor.server.plays(Act(), Act(answer=None, end=End.RESET))
    desk.sends(code)
    before = vendor.server.taken.copy()

    ask(desk, code)

    assert Counter(vendor.asked) == Counter(
        message for row in sent(desk, code) for message in row.message_ids
    )
    assert vendor.server.taken == before
    assert len(sent(desk, code)) == 10


def test_it_asks_again_less_and_less_often_until_the_end(desk: Desk, vendor: Vendor) -> None:
    code = send(desk, 1)
    answers = iter(["scheduled", "processing", "read", "processing"])
    vendor.says = lambda name: told(name, next(answers, "delivered"))

    ask(desk, code)

    assert known(desk, code) == ["delivered"]
    assert len(vendor.asked) == 5
    assert 10 + 16 + 25.6 + 40.96 <= desk.time.at < 180


def test_it_ends_by_itself_an_hour_after_the_time_to_live(desk: Desk, vendor: Vendor) -> None:
    code = send(desk, 1, draft=replace(PROMO, ttl_s=86_400))
    began = desk.time.at
    vendor.says = lambda name: told(name, "processing")

    ask(desk, code)

    assert desk.time.at - began == pytest.approx(86_400 + 3600, abs=60)
    assert known(desk, code) == ["processing"]
    assert len(vendor.asked) < 70


def test_what_was_sent_long_ago_is_asked_about_once(desk: Desk, vendor: Vendor) -> None:
    code = send(desk, 2)
    desk.time.at += 30 * 86_400
    vendor.says = lambda name: told(name, "processing")

    ask(desk, code)

    assert len(vendor.asked) == 2
    assert desk.work.journal.deliveries.soonest(desk.target.host, KEYS.fingerprint) is None


def test_a_scheduled_message_is_not_asked_about_before_its_time(desk: Desk, vendor: Vendor) -> None:
    code = send(desk, 1, at=NOON + timedelta(hours=3))

    ask(desk, code, after_s=3600)
    early = len(vendor.asked)
    ask(desk, code)

    assert (early, known(desk, code)) == (0, ["delivered"])
    assert desk.time.at >= 3 * 3600 + 5


def test_after_a_restart_it_goes_on_where_it_was(tmp_path: Path, vendor: Vendor) -> None:
    with Desk(tmp_path, vendor.server.url) as desk:
        code = send(desk, 30)
        vendor.says = lambda name: told(name, "delivered" if name[-1] in "0123" else "processing")
        ask(desk, code, after_s=15)
        finals = {row.row for row in sent(desk, code) if row.delivery == "delivered"}
        asked, time = len(vendor.asked), desk.time
    vendor.says = told

    with Desk(tmp_path, vendor.server.url, time=time) as desk:
        ask(desk, code)
        again = Counter(vendor.asked[asked:])
        all_known = set(known(desk, code))

    assert all_known == {"delivered"}
    assert len(finals) == 12
    assert set(again.values()) == {1}
    assert len(again) == 18


def test_no_more_than_ten_requests_leave_in_a_second(desk: Desk, vendor: Vendor) -> None:
    code = send(desk, 60)
    began = desk.time.at + 5

    ask(desk, code)

    assert len(vendor.asked) == 60
    assert desk.time.at - began >= 60 / RATE_PER_S - 1


def test_the_newest_come_first_and_those_on_the_screen_before_them(
    desk: Desk, vendor: Vendor
) -> None:
    send(desk, 40, name="Autumn")
    desk.time.at += 3600
    code = send(desk, 40, name="Winter")
    desk.time.at += 60
    watch = Watch(desk)

    async def look_and_ask() -> None:
        asking = asyncio.create_task(watch.asks(after_s=1))
        await asyncio.sleep(0)
        assert watch.tracker is not None
        watch.tracker.show(code, [3, 4])
        await asking

    asyncio.run(look_and_ask())

    first = set(vendor.asked[:AT_ONCE])
    ids = {row.row: row.message_ids[0] for row in sent(desk, code)}
    assert {ids[3], ids[4]} <= first
    assert first <= set(ids.values())
    assert set(vendor.asked[:40]) == set(ids.values())


def test_when_the_first_twenty_are_not_found_it_gives_up(desk: Desk, vendor: Vendor) -> None:
    code = send(desk, 50)
    vendor.says = lambda _: http(404)

    halt = asyncio.run(Watch(desk).asks(code))

    assert halt is Halt.NOT_TOLD
    assert DOUBT <= len(vendor.asked) < DOUBT + IN_FLIGHT + 1


def test_one_that_is_not_found_among_others_holds_nobody_up(desk: Desk, vendor: Vendor) -> None:
    code = send(desk, 60)
    vendor.says = lambda name: told(name) if name.endswith("060") else http(404)

    ask(desk, code, after_s=20)

    assert "delivered" in known(desk, code)
    assert len(set(vendor.asked)) == 60


def test_after_a_restart_news_of_before_still_count(tmp_path: Path, vendor: Vendor) -> None:
    with Desk(tmp_path, vendor.server.url) as desk:
        code = send(desk, 60)
        vendor.says = lambda name: told(name) if name.endswith("060") else http(404)
        ask(desk, code, after_s=20)
        asked = len(vendor.asked)
        vendor.says = lambda _: http(404)
        ask(desk, code, after_s=30)

    assert len(vendor.asked) > asked + DOUBT


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(http(401), id="wrong key"),
        pytest.param(http(403), id="not allowed"),
        pytest.param(http(302, b"", "Location: http://127.0.0.1:1/"), id="somewhere else"),
    ],
)
def test_where_it_may_not_ask_it_stops_quietly(desk: Desk, vendor: Vendor, answer: bytes) -> None:
    code = send(desk, 50)
    vendor.says = lambda _: answer

    halt = asyncio.run(Watch(desk).asks(code))

    assert halt is Halt.NOT_ALLOWED
    assert len(vendor.asked) <= 4


@pytest.mark.parametrize(
    ("trouble", "rest_s"),
    [
        pytest.param(Act(answer=http(429, b"", "Retry-After: 120")), 120, id="slow down"),
        pytest.param(Act(answer=http(503)), 1, id="busy"),
        pytest.param(Act(answer=http(500)), 1, id="a fault of its own"),
        pytest.param(Act(answer=None, end=End.RESET), 1, id="reset"),
        pytest.param(Act(answer=http(200, b"{", length=99)), 1, id="cut short"),
        pytest.param(Act(answer=http(200, b"<p>", content_type="text/html")), 1, id="a web page"),
    ],
)
def test_trouble_lets_all_asking_rest_and_loses_nothing(
    desk: Desk, vendor: Vendor, trouble: Act, rest_s: float
) -> None:
    code = send(desk, 10)
    vendor.server.plays(*[trouble] * 4)
    before = len(desk.time.slept)

    ask(desk, code)

    assert known(desk, code) == ["delivered"] * 10
    assert max(desk.time.slept[before:]) >= rest_s


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"{", id="bad JSON"),
        pytest.param(b"[]", id="another form"),
        pytest.param(b'{"messageId": "other", "deliverystatus": "delivered"}', id="foreign id"),
        pytest.param(b'{"deliverystatus": NaN}', id="not a number"),
    ],
)
def test_an_answer_that_says_nothing_changes_nothing(
    desk: Desk, vendor: Vendor, body: bytes
) -> None:
    code = send(desk, 5)
    vendor.says = lambda _: http(200, body)

    ask(desk, code, after_s=20)

    assert known(desk, code) == [""] * 5
    assert len(vendor.asked) <= 15


def test_a_message_that_was_taken_twice_is_asked_about_under_both_ids(
    desk: Desk, vendor: Vendor
) -> None:
    code = desk.creates(make_plan(1))
    vendor.server.plays(Act(answer=_twice))
    desk.sends(code)

    ask(desk, code)

    row = desk.rows(code)[0]
    assert sorted(vendor.asked) == ["one", "two"]
    assert (row.delivery, row.parts, row.cost) == ("delivered", 2, 0.1)


def _twice(request: Request) -> bytes:
    (name,) = request.ids
    entries = [{"messageId": message, "trackinId": name} for message in ("one", "two")]
    return http(200, json.dumps(entries).encode())


def test_it_asks_only_about_what_its_own_account_sent(desk: Desk, vendor: Vendor) -> None:
    code = send(desk, 5)

    halt = asyncio.run(Watch(desk, keys=Keys("another")).asks(code))

    assert halt is Halt.DONE
    assert vendor.asked == []


def test_it_rests_while_it_is_not_wanted(desk: Desk, vendor: Vendor) -> None:
    code = send(desk, 5)
    watch = Watch(desk, rate=0)

    async def rest_then_ask() -> None:
        asking = asyncio.create_task(watch.asks(code))
        for _ in range(50):
            await desk.time.sleep(0.1)
        assert vendor.asked == []
        watch.rate = RATE_PER_S
        await asking

    asyncio.run(rest_then_ask())

    assert known(desk, code) == ["delivered"] * 5


def test_a_campaign_deleted_meanwhile_is_forgotten(desk: Desk, vendor: Vendor) -> None:
    code = send(desk, 5)
    one_at_a_time = threading.Lock()

    def delete(name: str) -> bytes:
        with one_at_a_time, suppress(KeyError):
            desk.work.journal.deleting.undone(code)
        return told(name)

    vendor.says = delete

    ask(desk, code)

    assert desk.work.journal.heads() == ()
