"""What the service says of a delivery: read with care, summed exactly, asked about ever less."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from cascade_desktop.core.delivery import (
    LONGEST_S,
    AskNext,
    Bill,
    BillSum,
    Found,
    judge_delivery,
    last_ask,
    merge,
    next_ask_s,
    read_delivery,
    sum_bills,
)
from cascade_desktop.core.outcome import Answer

ID = "0b6a4c9e-0000-4000-8000-000000000001"
DELIVERED = {"messageId": ID, "deliverystatus": "delivered", "partscount": 2, "cost": 0.1}


def told(**changed: object) -> bytes:
    return json.dumps({**DELIVERED, **changed}).encode()


def answer(status: int, body: bytes | None = None, kind: str = "application/json") -> Answer:
    return Answer(status, kind, told() if body is None else body, retry_after="30")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        pytest.param(told(), Found("delivered", Bill(2, 0.1)), id="as documented"),
        pytest.param(
            told(billAmount=0.3, billCurrency="uah"),
            Found("delivered", Bill(2, 0.3, "UAH")),
            id="the whole bill counts",
        ),
        pytest.param(
            told(messageId=ID.upper()), Found("delivered", Bill(2, 0.1)), id="id in capitals"
        ),
        pytest.param(
            b'{"deliverystatus": "Delivered"}', Found("delivered"), id="nothing but a status"
        ),
        pytest.param(
            told(deliverystatus=" Read\nby\x00 all "),
            Found("read by all", Bill(2, 0.1)),
            id="a word that nobody documents",
        ),
        pytest.param(told(cost=-1), Found("delivered", Bill(2)), id="a negative cost"),
        pytest.param(told(cost=True), Found("delivered", Bill(2)), id="a cost that is no number"),
        pytest.param(told(cost=2_000_000), Found("delivered", Bill(2)), id="a cost beyond belief"),
        pytest.param(
            told().replace(b"0.1", b"1e999"), Found("delivered", Bill(2)), id="an endless cost"
        ),
        pytest.param(
            told(partscount="2"), Found("delivered", Bill(None, 0.1)), id="parts that are a text"
        ),
        pytest.param(
            told(partscount=True), Found("delivered", Bill(None, 0.1)), id="parts that are true"
        ),
        pytest.param(
            told(partscount=-3), Found("delivered", Bill(None, 0.1)), id="parts below nothing"
        ),
        pytest.param(
            told(billCurrency="€"), Found("delivered", Bill(2, 0.1)), id="no currency's code"
        ),
        pytest.param(told(messageId="other"), None, id="another message"),
        pytest.param(told(messageId=None), None, id="an id that is null"),
        pytest.param(told(deliverystatus=None), None, id="no status"),
        pytest.param(told(deliverystatus=" \n"), None, id="a blank status"),
        pytest.param(told().replace(b"0.1", b"NaN"), None, id="not a number"),
        pytest.param(b"[]", None, id="a list"),
        pytest.param(b'{"messageId":', None, id="cut short"),
        pytest.param(b"\xff\xfe", None, id="not UTF-8"),
        pytest.param(b"[" * 100_000, None, id="too deep"),
        pytest.param(b"", None, id="nothing"),
        pytest.param(None, None, id="larger than any answer"),
    ],
)
def test_an_answer_is_read_or_refused_whole(body: bytes | None, found: Found | None) -> None:
    assert read_delivery(body, ID) == found


@pytest.mark.parametrize("status", range(100, 1000))
def test_every_status_has_one_meaning(status: int) -> None:
    meaning = judge_delivery(answer(status), ID).next

    expected = AskNext.NO_NEWS
    if status in range(200, 300):
        expected = AskNext.NEWS
    elif status in (401, 402, 403) or status in range(300, 400):
        expected = AskNext.STOP
    elif status in (408, 421, 425, 429) or status in range(500, 600):
        expected = AskNext.WAIT
    assert meaning is expected


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        pytest.param(answer(200, b"{}"), AskNext.NO_NEWS, id="another form"),
        pytest.param(answer(200, b"<p>", "Text/HTML"), AskNext.WAIT, id="a Wi-Fi portal"),
        pytest.param(answer(404, b"<p>", "text/html"), AskNext.NO_NEWS, id="a page for not found"),
    ],
)
def test_what_says_nothing_brings_no_news(said: Answer, meaning: AskNext) -> None:
    assert judge_delivery(said, ID).next is meaning


def test_it_waits_as_long_as_it_was_asked_to() -> None:
    assert judge_delivery(answer(429), ID).wait_s == 30


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        pytest.param(("delivered", "processing"), "delivered", id="one arrived"),
        pytest.param(("undeliverable", "processing"), "processing", id="one may still arrive"),
        pytest.param(("undeliverable", "permanenterror"), "undeliverable", id="none arrived"),
    ],
)
def test_a_message_taken_twice_is_one_message(words: tuple[str, ...], joined: str) -> None:
    found = [Found(word, Bill(1, 0.5, "EUR")) for word in words]

    assert merge(found) == Found(joined, Bill(2, 1.0, "EUR"))


def test_money_of_two_currencies_is_not_added_up() -> None:
    found = [Found("delivered", Bill(1, 0.5, "EUR")), Found("delivered", Bill(1, 20.0, "UAH"))]

    assert merge(found).bill == Bill(2, None, "")


def test_sums_are_exact_and_kept_apart_by_currency() -> None:
    bills = {Bill(1, 0.1, "EUR"): 1000, Bill(2, 0.05, "UAH"): 1, Bill(3): 1, Bill(): 5}

    expected = (("EUR", Decimal("100.0")), ("UAH", Decimal("0.05")))
    assert sum_bills(bills) == BillSum(1005, expected)


def test_it_asks_less_and_less_often() -> None:
    waits = [next_ask_s(asks, lambda _, longest: longest) for asks in range(1, 40)]

    assert next_ask_s(1, lambda least, _: least) == 5
    assert (waits[0], waits[-1]) == (10, LONGEST_S)
    assert waits == sorted(waits)


def test_the_last_time_is_an_hour_after_a_messages_life() -> None:
    since = datetime(2026, 11, 26, 10, tzinfo=UTC)

    assert last_ask(since, 300) == since + timedelta(minutes=65)
