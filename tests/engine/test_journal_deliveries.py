"""Which messages are asked about next, and what is kept of the answers."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from campaigns import NOON, make_plan

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.delivery import FIRST_ASK_S, Bill, BillSum, Found
from cascade_desktop.core.states import State
from cascade_desktop.engine.journal.deliveries import Ask, Told
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.journal.values import Settlement

FIRST = NOON + timedelta(seconds=FIRST_ASK_S)
LATER = NOON + timedelta(hours=1)
ME = ("host", "account")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal(tmp_path / "data", now=lambda: NOON)
    yield opened
    opened.close()


def sends(
    journal: Journal,
    people: int = 4,
    *,
    name: str = "Winter",
    host: str = "host",
    account: str = "account",
    at: datetime | None = None,
) -> str:
    """Send a campaign; its last message is refused."""
    plan = make_plan(people, name=name, at=at)
    code = journal.create(plan, Campaign(name, plan.draft), host=host, account=account)
    batch = journal.open_batch(code, tuple(range(1, people + 1)), "sha")
    accepted = {number: (f"{name}-{number}",) for number in range(1, people)}
    journal.settle(code, batch, Settlement(accepted, State.REFUSED))
    return code


def rows(asks: tuple[Ask, ...]) -> list[int]:
    return [ask.row for ask in asks]


def again(journal: Journal, asks: tuple[Ask, ...], *waits_s: int, found: Found | None = None):
    """Record that these were asked about, and shall be again so many seconds after noon."""
    journal.deliveries.record(
        [
            Told(ask, found, NOON + timedelta(seconds=wait))
            for ask, wait in zip(asks, waits_s, strict=True)
        ]
    )


def test_nobody_is_asked_about_too_soon_and_then_the_last_first(journal: Journal) -> None:
    code = sends(journal)
    deliveries = journal.deliveries
    assert deliveries.due(*ME, FIRST - timedelta(seconds=1), 9) == ()
    found = deliveries.due(*ME, FIRST, 9)
    assert found[0] == Ask(code, 2, ("Winter-3",), NOON, 0)
    assert rows(found) == [2, 1, 0]


def test_each_account_asks_about_its_own(journal: Journal) -> None:
    mine = sends(journal)
    sends(journal, name="Elsewhere", host="other")
    sends(journal, name="Hers", account="other")
    other = sends(journal, name="Mine too")
    deliveries = journal.deliveries
    assert [ask.code for ask in deliveries.due(*ME, LATER, 20)] == [other] * 3 + [mine] * 3
    assert {ask.code for ask in deliveries.due(*ME, LATER, 20, mine)} == {mine}
    assert deliveries.due("other", "other", LATER, 20) == ()
    assert deliveries.shown("other", "account", mine, (0, 1), LATER) == ()
    assert deliveries.soonest("nowhere", "account") is None


def test_half_of_the_questions_are_first_ones_and_the_rest_waited_longest(
    journal: Journal,
) -> None:
    sends(journal, 9)
    first = journal.deliveries.due(*ME, FIRST, 4)
    assert rows(first) == [7, 6, 5, 4]
    again(journal, first, 40, 10, 30, 20)
    due = [journal.deliveries.due(*ME, LATER, most) for most in (4, 5, 6, 20, 1)]
    assert [rows(asks) for asks in due] == [
        [3, 2, 6, 4],
        [3, 2, 6, 4, 5],
        [3, 2, 1, 6, 4, 5],
        [3, 2, 1, 0, 6, 4, 5, 7],
        [6],
    ]
    assert {ask.row: ask.asks for ask in due[0]} == {3: 0, 2: 0, 6: 1, 4: 1}
    assert rows(journal.deliveries.due(*ME, NOON + timedelta(seconds=20), 20)) == [3, 2, 1, 0, 6, 4]


def test_what_is_on_the_screen_is_asked_about_in_its_order(journal: Journal) -> None:
    code, other = sends(journal), sends(journal, name="Other")
    found = journal.deliveries.shown(*ME, code, (3, 2, 0), LATER)
    assert [(ask.code, ask.row) for ask in found] == [(code, 0), (code, 2)]
    assert journal.deliveries.shown(*ME, code, (0,), NOON) == ()
    assert {ask.code for ask in journal.deliveries.shown(*ME, other, (0, 1), LATER)} == {other}


def test_the_soonest_question_of_all_is_known(journal: Journal) -> None:
    code = sends(journal, 4)
    other = sends(journal, name="Other", at=NOON + timedelta(minutes=5))
    deliveries = journal.deliveries
    assert deliveries.soonest(*ME) == FIRST
    assert deliveries.soonest(*ME, other) == FIRST + timedelta(minutes=5)
    again(journal, deliveries.due(*ME, FIRST, 9, code), 600, 500, 700)
    assert deliveries.soonest(*ME) == FIRST + timedelta(minutes=5)
    assert deliveries.soonest(*ME, code) == NOON + timedelta(seconds=500)
    deliveries.record([Told(ask, None, None) for ask in deliveries.due(*ME, LATER, 9, code)])
    assert deliveries.soonest(*ME, code) is None


def test_what_is_known_stays_known_and_an_end_is_never_taken_back(journal: Journal) -> None:
    code, other = sends(journal), sends(journal, name="Other")
    deliveries = journal.deliveries
    (ask,) = deliveries.shown(*ME, code, (1,), LATER)
    assert not deliveries.any_known(*ME)
    deliveries.record([Told(ask, Found("sent", Bill(2, 0.5, "EUR")), LATER)])
    assert deliveries.any_known(*ME)
    assert not deliveries.any_known("host", "other")
    assert not deliveries.any_known("other", "account")
    deliveries.record([Told(ask, Found("seen", Bill()), LATER)])
    deliveries.record([Told(ask, None, LATER)])
    row = list(journal.entries(code))[1]
    assert (row.delivery, row.parts, row.cost, row.currency) == ("seen", 2, 0.5, "EUR")
    deliveries.record([Told(ask, Found("delivered", Bill()), None)])
    deliveries.record([Told(ask, Found("sent", Bill(9, 9.0, "USD")), LATER)])
    row = list(journal.entries(code))[1]
    assert (row.delivery, row.parts, row.cost, row.currency) == ("delivered", 2, 0.5, "EUR")
    words = [row.delivery for each in (code, other) for row in journal.entries(each)]
    assert words == ["", "delivered", *[""] * 6]
    asked = journal._db.execute("SELECT asks FROM messages WHERE campaign=1 AND row=1").fetchone()
    assert asked == (4,)


def test_about_a_refused_message_nothing_is_kept(journal: Journal) -> None:
    code = sends(journal)
    wrong = Ask(code, 3, ("m",), NOON, 0)
    journal._db.execute("UPDATE messages SET ask_at=1 WHERE row=3")
    journal.deliveries.record([Told(wrong, Found("delivered"), None)])
    assert list(journal.entries(code))[3].delivery == ""


def test_a_campaigns_tally_is_its_own_and_adds_up(journal: Journal) -> None:
    code, other = sends(journal), sends(journal, name="Other")
    deliveries = journal.deliveries
    one, two, _ = deliveries.due(*ME, LATER, 9, code)
    bill = Bill(2, 0.5, "EUR")
    deliveries.record([Told(one, Found("delivered", bill), None), Told(two, Found("sent"), LATER)])
    (ask, *_) = deliveries.due(*ME, LATER, 9, other)
    deliveries.record([Told(ask, Found("delivered", bill), None)])
    tally = deliveries.tally(code)
    assert tally.count_of == {"delivered": 1, "sent": 1, "": 1}
    assert (tally.bill, tally.open) == (BillSum(2, (("EUR", Decimal("0.5")),)), 2)
