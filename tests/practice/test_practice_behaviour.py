import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from shapes import STANDARD, Caller, batch_of, bent

from cascade_desktop.practice.behaviour import Answer, Behaviour
from cascade_desktop.practice.server import PracticeServer

IDS = ["batch-0", "batch-1", "batch-2", "batch-3"]


@pytest.mark.parametrize(
    ("behaviour", "status", "taken"),
    [
        pytest.param({"status": 500}, 500, 0, id="500 without booking"),
        pytest.param({"status": 500, "book": True}, 500, 4, id="500 after booking"),
        pytest.param({"status": 401}, 401, 0, id="401"),
        pytest.param({"status": 403, "answer": "page"}, 403, 0, id="403 page"),
        pytest.param({"status": 503}, 503, 0, id="503"),
        pytest.param({"status": 522, "book": True}, 522, 4, id="522"),
        pytest.param({"status": 202}, 202, 4, id="202"),
        pytest.param({"status": 409, "book": True}, 409, 4, id="409"),
        pytest.param(
            {"status": 500, "answer": "receipts", "book": True}, 500, 4, id="500 receipts"
        ),
        pytest.param({"answer": "page", "book": False}, 200, 0, id="captive page"),
        pytest.param({"answer": "empty_list"}, 200, 4, id="empty list"),
        pytest.param({"most_messages": 3}, 413, 0, id="too large"),
        pytest.param({"refuse_phones": ["+380500000002"]}, 400, 0, id="refused phone"),
        pytest.param({"refuse_phones": ["+380500000002"], "book": True}, 400, 3, id="took others"),
    ],
)
def test_a_behaviour_decides_status_and_booking(caller: Caller, behaviour, status, taken):
    caller.behave(behaviour).raise_for_status()
    assert caller.send(batch_of(4)).status_code == status
    assert sum(caller.told("counts").values()) == taken


@pytest.mark.parametrize(
    ("answer", "trackers"),
    [
        ("honest", IDS),
        ("missing", IDS[:2]),
        ("foreign", ["not-yours-1"]),
        ("mixed", [*IDS, "not-yours-1"]),
        ("twice", [*IDS, "batch-0"]),
        ("null_ids", [None] * 4),
        ("empty_list", []),
    ],
)
def test_an_answer_names_what_the_behaviour_wants(caller: Caller, answer, trackers):
    caller.behave({"answer": answer})
    receipts = caller.send(batch_of(4)).json()
    assert [one["trackinId"] for one in receipts] == trackers
    assert list(caller.told("counts")) == IDS


@pytest.mark.parametrize("answer", ["garbled", "bad_utf8", "no_body", "page"])
def test_an_answer_can_be_no_json_at_all(caller: Caller, answer: str):
    caller.behave({"answer": answer})
    body = caller.send(batch_of(4)).content
    with pytest.raises(ValueError):  # noqa: PT011 - whichever a reader of JSON raises
        httpx.Response(200, content=body).json()


@pytest.mark.parametrize(("answer", "start"), [("nan", b"[NaN]"), ("object", b'{"result"')])
def test_an_answer_can_be_json_of_another_kind(caller: Caller, answer: str, start: bytes):
    caller.behave({"answer": answer})
    assert caller.send(batch_of(4)).content.startswith(start)


def test_an_answer_can_unpack_to_more_than_eight_megabytes(caller: Caller):
    caller.behave({"answer": "huge"})
    answer = caller.send(batch_of(4))
    assert int(answer.headers["content-length"]) < 100_000
    assert len(answer.content) > 8 * 1024 * 1024


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("drop", httpx.RemoteProtocolError),
        ("cut", httpx.RemoteProtocolError),
        ("lying_gzip", httpx.DecodingError),
    ],
)
@pytest.mark.parametrize("book", [True, False])
def test_a_lost_answer_leaves_the_books_as_told(caller: Caller, answer, error, book):
    caller.behave({"answer": answer, "book": book, "requests": 1})
    with pytest.raises(error):
        caller.send(batch_of(4))
    assert sum(caller.told("counts").values()) == (4 if book else 0)
    assert caller.send(batch_of(1, start=9)).status_code == 200


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        ({"retry_after_s": 7}, "7"),
        ({"retry_after_s": 10, "retry_after_as_date": True}, "Mon, 30 Nov 2026 00:53:30 GMT"),
        ({"headers": {"Retry-After": "soon"}}, "soon"),
    ],
)
def test_too_many_requests_says_when_to_come_back(caller: Caller, behaviour, expected):
    caller.behave({"status": 429, **behaviour})
    answer = caller.send(batch_of(1))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, expected)
    assert answer.json()["error"]["code"] == "TOO_MANY_REQUESTS"


@pytest.mark.parametrize(
    ("naming", "media_type", "body"),
    [
        (
            "nothing",
            "application/json",
            {"error": {"code": "INVALID_PHONE", "message": "Bad request"}},
        ),
        (
            "path",
            "application/problem+json",
            {
                "title": "One or more validation errors occurred.",
                "status": 400,
                "errors": {"$[1].toPhone": ['Invalid phone number format: "050"']},
            },
        ),
    ],
)
def test_a_refusal_can_name_the_place_or_nothing(caller: Caller, naming, media_type, body):
    caller.behave({"naming": naming})
    answer = caller.send([bent(), bent(id="b", toPhone="050")])
    assert (answer.status_code, answer.json()) == (400, body)
    assert answer.headers["content-type"] == media_type


def test_a_redirect_carries_the_address_it_was_given(caller: Caller):
    caller.behave({"status": 307, "headers": {"Location": "http://127.0.0.1:9/"}})
    assert caller.send(batch_of(1)).headers["location"] == "http://127.0.0.1:9/"


def test_receipts_can_come_in_another_order(caller: Caller):
    caller.behave({"shuffle": True})
    batch = batch_of(100)
    trackers = [one["trackinId"] for one in caller.send(batch).json()]
    assert trackers != [one["id"] for one in batch]
    assert sorted(trackers) == sorted(one["id"] for one in batch)


def test_behaviours_take_turns_and_then_the_service_works_again(caller: Caller):
    caller.behave({"status": 429, "requests": 2}, {"status": 500, "requests": 1})
    codes = [caller.send(batch_of(1)).status_code for _ in range(5)]
    assert codes == [429, 429, 500, 200, 200]
    assert [one["status"] for one in caller.told("requests")["requests"]] == codes


def test_an_empty_behaviour_makes_the_service_work_again(caller: Caller):
    caller.behave({"status": 500})
    caller.behave({})
    assert caller.send(batch_of(1)).status_code == 200


def test_a_broken_rule_shows_in_the_books_whatever_the_answer_said(caller: Caller):
    caller.behave({"status": 429})
    caller.send([bent(ttl=0)])
    assert caller.told("requests")["requests"][0]["fault"] == "INVALID_TTL"


def test_trouble_with_statuses_leaves_sending_alone(caller: Caller):
    caller.behave({"on": "status", "status": 503})
    message_id = caller.send(batch_of(1)).json()[0]["messageId"]
    assert caller.status(message_id).status_code == 503


@pytest.mark.parametrize(
    "wrong",
    [
        "slow",
        {"statsu": 500},
        {"status": 700},
        {"status": True},
        {"answer": "rude"},
        {"on": []},
        {"delay_s": -1},
        {"delay_s": "1"},
        {"refuse_phones": "+380"},
        {"headers": {"Retry-After": 1}},
        {"shuffle": 1},
        {"requests": 0},
    ],
)
def test_a_behaviour_that_is_none_is_refused(caller: Caller, wrong: Any):
    answer = caller.http.post("/practice/behave", json=wrong)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "INVALID_BEHAVIOUR")
    assert caller.told("behave") == []


def test_a_web_page_cannot_change_the_behaviour(caller: Caller):
    plain = {"Content-Type": "text/plain"}
    for path in ("/practice/behave", "/practice/forget"):
        assert caller.http.post(path, content=b"{}", headers=plain).status_code == 415


def test_a_slow_answer_is_booked_before_it_comes(caller: Caller, server: PracticeServer):
    server.behave(Behaviour(delay_s=0.3))
    with pytest.raises(httpx.ReadTimeout):
        caller.http.post(
            STANDARD,
            json=batch_of(2),
            headers={"X-Tg-Bot-Key": "k"},
            timeout=httpx.Timeout(5, read=0.1),
        )
    assert server.books.counts() == {"batch-0": 1, "batch-1": 1}


def test_the_slow_answer_does_come(caller: Caller):
    caller.behave({"delay_s": 0.2})
    before = time.monotonic()
    assert caller.send(batch_of(1)).status_code == 200
    assert time.monotonic() - before >= 0.19


def test_requests_at_the_same_time_are_noticed(caller: Caller, server: PracticeServer):
    server.behave(Behaviour(delay_s=0.3))
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(caller.send, [batch_of(1), batch_of(1, start=5)]))
    assert max(one.in_flight for _, one in server.books.entries()) == 2


def test_a_behaviour_can_be_given_from_the_start(tmp_path: Path):
    with PracticeServer(tmp_path, behaviour=Behaviour(status=500, requests=1)) as server:
        caller = Caller(server.base_url)
        with caller.http:
            assert [caller.send(batch_of(1)).status_code for _ in range(2)] == [500, 200]


@pytest.mark.parametrize("answer", Answer)
def test_every_answer_is_given_without_a_fault_of_ours(caller: Caller, answer: Answer, caplog):
    caller.behave({"answer": answer})
    with suppress(httpx.HTTPError):
        caller.send(batch_of(4))
    assert not [record for record in caplog.records if record.name.startswith("uvicorn")]
