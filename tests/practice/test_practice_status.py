from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapes import KEY, NOW, STANDARD, Caller, batch_of, bent

from cascade_desktop.practice.delivery import FINAL, fate, report, status
from cascade_desktop.practice.server import PracticeServer

ZERO = "00000000-0000-0000-0000-000000000000"
HEADERS = ["X-Authorization-Key", "X-Viber-Auth-Token", "X-Tg-Bot-Key"]


@pytest.mark.parametrize("name", HEADERS)
def test_any_one_of_the_three_keys_lets_in(caller: Caller, name: str):
    assert caller.http.post(STANDARD, json=[bent()], headers={name: "k"}).status_code == 200
    assert caller.http.get(f"/bat/message/{ZERO}", headers={name: "k"}).status_code == 404


@pytest.mark.parametrize("headers", [{}, {"X-Authorization-Key": ""}, {"Authorization": "k"}])
def test_without_a_key_nothing_is_taken_or_told(caller: Caller, headers: dict[str, str]):
    sent = caller.http.post(STANDARD, json=[bent()], headers=headers)
    asked = caller.http.get(f"/bat/message/{ZERO}", headers=headers)
    assert (sent.status_code, asked.status_code) == (401, 401)
    assert sent.json()["error"]["code"] == "UNAUTHORIZED"
    assert caller.told("books") == []


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"X-Authorization-Key": "right"}, 404),
        ({"X-Authorization-Key": "wrong"}, 401),
        ({"X-Authorization-Key": "right", "X-Tg-Bot-Key": "wrong"}, 401),
        ({"X-Authorization-Key": "right", "X-Tg-Bot-Key": "too"}, 404),
    ],
)
def test_a_service_that_knows_its_keys_refuses_others(tmp_path: Path, headers, code):
    with PracticeServer(tmp_path, keys={"right", "too"}) as server:
        caller = Caller(server.base_url)
        with caller.http:
            assert caller.http.get(f"/bat/message/{ZERO}", headers=headers).status_code == code


def test_a_message_moves_on_as_time_passes(caller: Caller, clock):
    receipt = caller.send([bent()]).json()[0]
    seen: list[str] = []
    for _ in range(100):
        told = caller.status(receipt["messageId"]).json()
        if told["deliverystatus"] not in seen:
            seen.append(told["deliverystatus"])
        clock.advance(0.1)
    assert seen[:2] == ["scheduled", "processing"]
    assert seen[2:] in (["delivered"], ["undeliverable"], ["permanenterror"])


def test_the_answer_has_the_documented_fields_and_types(caller: Caller, clock):
    receipt = caller.send([bent()]).json()[0]
    clock.advance(60)
    told = caller.status(receipt["messageId"].upper()).json()
    assert {name: type(value) for name, value in told.items()} == {
        "messagelistId": int,
        "messageId": str,
        "deliverystatus": str,
        "partscount": int,
        "cost": float,
        "billAmount": float,
        "billCurrency": str,
    }


def test_a_scheduled_message_waits_for_its_time(caller: Caller, clock):
    receipt = caller.send([bent("promo", scheduledSent="2026-11-30T01:53:20Z")]).json()[0]
    clock.advance(3599)
    assert caller.status(receipt["messageId"]).json()["deliverystatus"] == "scheduled"
    clock.advance(61)
    assert caller.status(receipt["messageId"]).json()["deliverystatus"] in FINAL


def test_a_call_that_fails_says_what_became_of_its_text():
    fallback = {"messageType": "transaction", "text": "1234"}
    message = bent("flashcall", fallback=fallback)
    told = [report(message, str(number), NOW, NOW + 60, 0) for number in range(200)]
    channels = {tuple(one["channel"] for one in each["extendedStatuses"]) for each in told}
    assert channels == {("flashcall",), ("flashcall", "sms")}


def test_some_four_in_a_hundred_are_undeliverable_and_all_end_in_seconds():
    fates = [fate(message, message["id"], NOW) for message in batch_of(10_000)]
    ends = [one.end for one in fates]
    assert 300 < ends.count("undeliverable") < 500
    assert ends.count("delivered") > 9_400
    assert max(one.ends_at for one in fates) < NOW + 10


@given(st.uuids(), st.lists(st.floats(-10, 20), min_size=2, max_size=20))
def test_a_status_only_moves_forward(message_id: Any, moments: list[float]):
    order = {"scheduled": 0, "processing": 1} | dict.fromkeys(FINAL, 2)
    seen = [status(bent(), str(message_id), NOW, NOW + at) for at in sorted(moments)]
    assert [order[one] for one in seen] == sorted(order[one] for one in seen)
    assert len(FINAL.intersection(seen)) <= 1


@pytest.mark.parametrize(("path", "code"), [("/api/other", 404), (STANDARD, 405)])
def test_an_unknown_address_is_answered_in_the_documented_form(caller: Caller, path, code):
    answer = caller.http.get(path, headers=KEY)
    assert answer.status_code == code
    assert set(answer.json()["error"]) == {"code", "message", "field"}


def test_answers_are_dated_by_the_clock_of_the_service(caller: Caller):
    assert caller.send([bent()]).headers.get_list("date") == ["Mon, 30 Nov 2026 00:53:20 GMT"]


def test_a_foreign_host_name_is_not_answered(caller: Caller):
    answer = caller.http.get("/practice/books", headers={"Host": "evil.example"})
    assert answer.status_code == 400
