"""What every answer means for every message, against the event table read a second time."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cascade_desktop.core.outcome import (
    Answer,
    Judgement,
    Next,
    ServiceWords,
    judge,
    retry_after_s,
)
from cascade_desktop.core.states import Reason, State

IDS = ("sale-k7f2m3q4-000001", "sale-k7f2m3q4-000002", "sale-k7f2m3q4-000003")
JSON, HTML = "application/json; charset=utf-8", "text/html; charset=utf-8"
PAGES = (HTML, "application/xhtml+xml")
PROBLEM = {"title": "Bad Request", "status": 400, "errors": {"$[1].toPhone": ["Wrong"]}}
ERROR = {"error": {"code": "INVALID_PHONE", "message": "Invalid phone number", "field": "toPhone"}}


def entry(tracking: object, message: object) -> dict[str, object]:
    return {"messageId": message, "trackinId": tracking}


ALL = [entry(id_, f"m{at}") for at, id_ in enumerate(IDS)]
ALL_NAMED = {id_: (f"m{at}",) for at, id_ in enumerate(IDS)}


@dataclass(frozen=True)
class Shape:
    """A body, and what a careful reader finds in it."""

    content_type: str
    body: bytes | None
    named: Mapping[str, tuple[str, ...]]
    is_understood: bool


def listed(entries: list[Any], named: Mapping[str, tuple[str, ...]]) -> Shape:
    return Shape(JSON, json.dumps(entries).encode(), named, is_understood=True)


SHAPES = {
    "an error in JSON": Shape(JSON, json.dumps(ERROR).encode(), {}, is_understood=False),
    "a problem in JSON": Shape(
        "application/problem+json", json.dumps(PROBLEM).encode(), {}, is_understood=False
    ),
    "a strict web page": Shape(PAGES[1], b"<?xml version='1.0'?><html/>", {}, is_understood=False),
    "a web page": Shape(HTML, b"<html>Sign in</html>", {}, is_understood=False),
    "an empty body": Shape(JSON, b"", {}, is_understood=False),
    "a body that broke off": Shape(JSON, None, {}, is_understood=False),
    "JSON that broke off": Shape(JSON, b'[{"messageId":', {}, is_understood=False),
    "bad UTF-8": Shape(JSON, b'[{"messageId":"\xff"}]', {}, is_understood=False),
    "not a number": Shape(JSON, b"[NaN]", {}, is_understood=False),
    "too deep": Shape(JSON, b"[" * 100_000, {}, is_understood=False),
    "another shape": Shape(JSON, b'{"messages":[]}', {}, is_understood=False),
    "a list of strings": Shape(JSON, b'["ok"]', {}, is_understood=False),
    "an empty list": listed([], {}),
    "all": listed(ALL, ALL_NAMED),
    "all, backwards": listed(ALL[::-1], ALL_NAMED),
    "all as a web page": Shape(HTML, json.dumps(ALL).encode(), ALL_NAMED, is_understood=True),
    "all beside foreign ones": listed([*ALL, entry("other-000001", "m9")], ALL_NAMED),
    "some": listed(ALL[:2], {IDS[0]: ("m0",), IDS[1]: ("m1",)}),
    "some beside a string": Shape(
        JSON, json.dumps([ALL[0], "x"]).encode(), {IDS[0]: ("m0",)}, is_understood=False
    ),
    "only foreign ones": listed([entry("other-000001", "m9")], {}),
    "one twice": listed(
        [*ALL, entry(IDS[0], "m0"), entry(IDS[0], "m8")], ALL_NAMED | {IDS[0]: ("m0", "m8")}
    ),
    "null ids": listed([entry(None, "m0"), entry(IDS[1], None), entry(IDS[2], "")], {}),
    "null ids beside ours": listed([ALL[0], entry(None, None)], {IDS[0]: ("m0",)}),
    "numbers for ids": Shape(
        JSON, json.dumps([entry(1, "m0"), entry(IDS[1], 7)]).encode(), {}, is_understood=False
    ),
    "entries of another shape": Shape(
        JSON, b'[{"id": "sale-k7f2m3q4-000001", "ok": true}]', {}, is_understood=False
    ),
    "half of each entry": Shape(
        JSON,
        json.dumps([{"messageId": "m0"}, {"trackinId": IDS[1]}]).encode(),
        {},
        is_understood=False,
    ),
    "a fault among the receipts": Shape(
        JSON,
        json.dumps([*ALL[:2], {"trackinId": IDS[2], "error": "x"}]).encode(),
        {IDS[0]: ("m0",), IDS[1]: ("m1",)},
        is_understood=False,
    ),
    "a fault beside all": Shape(
        JSON, json.dumps([*ALL, {"error": "x"}]).encode(), ALL_NAMED, is_understood=False
    ),
    "all after a byte order mark": Shape(
        JSON, b"\xef\xbb\xbf" + json.dumps(ALL).encode(), ALL_NAMED, is_understood=True
    ),
    "the other spelling": listed([{"messageId": "m0", "trackingId": IDS[0]}], {IDS[0]: ("m0",)}),
    "both spellings": listed(
        [
            {"messageId": "m0", "trackinId": None, "trackingId": IDS[0]},
            {"messageId": "m1", "trackinId": IDS[1], "trackingId": "other-000001"},
        ],
        {IDS[0]: ("m0",), IDS[1]: ("m1",)},
    ),
}


def expected(status: int, shape: Shape) -> tuple[State, Next, Reason]:
    """Read the event table of sending-policy.md: without Retry-After, for what is not named."""
    everyone = set(shape.named) == set(IDS)
    if shape.content_type in PAGES and status in (200, 201, 202, 403):
        return (
            (State.UNKNOWN, Next.GO_ON, Reason.NONE)
            if everyone
            else (State.UNKNOWN, Next.STOP, Reason.WEB_PAGE)
        )
    not_accepted = {
        400: (Next.SPLIT, Reason.BATCH_REFUSED),
        422: (Next.SPLIT, Reason.BATCH_REFUSED),
        401: (Next.STOP, Reason.KEY_REFUSED),
        402: (Next.STOP, Reason.NO_RIGHTS),
        403: (Next.STOP, Reason.NO_RIGHTS),
        404: (Next.STOP, Reason.WRONG_ADDRESS),
        405: (Next.STOP, Reason.WRONG_ADDRESS),
        410: (Next.STOP, Reason.WRONG_ADDRESS),
        415: (Next.STOP, Reason.WRONG_ADDRESS),
        451: (Next.STOP, Reason.WRONG_ADDRESS),
        501: (Next.STOP, Reason.WRONG_ADDRESS),
        408: (Next.RETRY_TWICE, Reason.SERVER_BUSY),
        421: (Next.RETRY_TWICE, Reason.SERVER_BUSY),
        425: (Next.RETRY_TWICE, Reason.SERVER_BUSY),
        413: (Next.HALVE, Reason.TOO_LARGE),
        429: (Next.WAIT, Reason.TOO_FAST),
        521: (Next.RETRY, Reason.SERVER_BUSY),
        523: (Next.RETRY, Reason.SERVER_BUSY),
        525: (Next.RETRY, Reason.SERVER_BUSY),
        530: (Next.RETRY, Reason.SERVER_BUSY),
    }
    if 300 <= status <= 399:
        return State.READY, Next.STOP, Reason.REDIRECTED
    if status in not_accepted:
        return State.READY, *not_accepted[status]
    if 400 <= status <= 499 and status != 409:
        return State.READY, Next.STOP, Reason.OTHER_REFUSAL
    if everyone:
        return State.UNKNOWN, Next.GO_ON, Reason.NONE
    return State.UNKNOWN, *uncertain(status, is_understood=shape.is_understood)


def uncertain(status: int, *, is_understood: bool) -> tuple[Next, Reason]:
    """Read the rows of the event table that are answered with "yes, maybe accepted"."""
    if status == 409:
        return Next.PROBE, Reason.CONFLICT
    if 500 <= status <= 599:
        return Next.PROBE, Reason.SERVER_ERROR
    if status in (200, 201, 202) and is_understood:
        return Next.PROBE, Reason.NOT_NAMED
    return Next.STOP, Reason.STRANGE_ANSWER


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_every_status_with_every_body_means_what_the_table_says(shape: Shape) -> None:
    for status in range(100, 1000):
        judged = judge(Answer(status, shape.content_type, shape.body), IDS)

        assert judged.accepted == shape.named, status
        assert (judged.rest, judged.next, judged.reason) == expected(status, shape), status
        assert judged.wait_s is None


def answer(status: int = 503, retry_after: str = "", date: str = "", body: bytes = b"") -> Answer:
    return Answer(status, JSON, body, retry_after, date)


@pytest.mark.parametrize(
    ("status", "retry_after", "rest", "next_", "wait_s"),
    [
        pytest.param(429, "30", State.READY, Next.WAIT, 30, id="slow down"),
        pytest.param(429, "soon", State.READY, Next.WAIT, None, id="slow down, own wait"),
        pytest.param(503, "30", State.READY, Next.RETRY, 30, id="busy for a while"),
        pytest.param(503, "soon", State.UNKNOWN, Next.PROBE, None, id="busy, not readable"),
        pytest.param(
            503,
            "Thu, 26 Nov 2026 08:10:00 GMT",
            State.READY,
            Next.RETRY,
            None,
            id="busy until some time, own wait",
        ),
        pytest.param(521, "30", State.READY, Next.RETRY, 30, id="down for a while"),
        pytest.param(500, "30", State.UNKNOWN, Next.PROBE, None, id="an error is no refusal"),
        pytest.param(408, "30", State.READY, Next.RETRY_TWICE, None, id="own wait"),
        pytest.param(200, "30", State.UNKNOWN, Next.STOP, None, id="a strange answer"),
    ],
)
def test_the_wait_is_the_services(
    status: int, retry_after: str, rest: State, next_: Next, wait_s: float | None
) -> None:
    judged = judge(answer(status, retry_after), IDS)

    assert (judged.rest, judged.next, judged.wait_s) == (rest, next_, wait_s)


TEN_PAST = "Thu, 26 Nov 2026 08:10:00 GMT"


@pytest.mark.parametrize(
    ("retry_after", "date", "seconds"),
    [
        pytest.param("120", "", 120, id="seconds"),
        pytest.param(" 120 ", "", 120, id="blanks around"),
        pytest.param("0", "", 1, id="at least one"),
        pytest.param("901", "", 900, id="at most fifteen minutes"),
        pytest.param("9" * 5000, "", 900, id="a very long number"),
        pytest.param("-5", "", None, id="negative"),
        pytest.param("1.5", "", None, id="a fraction"),
        pytest.param("１２０", "", None, id="digits of another script"),
        pytest.param("", "", None, id="nothing"),
        pytest.param("", TEN_PAST, None, id="only a date of the answer"),
        pytest.param(TEN_PAST, "", None, id="a date without the answer's own"),
        pytest.param(TEN_PAST, "Thu, 26 Nov 2026 08:08:00 GMT", 120, id="a date"),
        pytest.param(TEN_PAST, "Thu, 26 Nov 2026 08:08:00 -0000", 120, id="a date without zone"),
        pytest.param(TEN_PAST, "Thu, 26 Nov 2026 08:12:00 GMT", 1, id="a date that has passed"),
        pytest.param(TEN_PAST, "yesterday", None, id="an answer's date that is none"),
        pytest.param("Thu, 26 Nov 2026 08:10:00 +99999999999999999999", TEN_PAST, None, id="big"),
    ],
)
def test_retry_after_is_read_in_both_forms(
    retry_after: str, date: str, seconds: float | None
) -> None:
    assert retry_after_s(answer(retry_after=retry_after, date=date)) == seconds


@settings(deadline=None)
@given(st.text(), st.text())
def test_retry_after_never_raises(retry_after: str, date: str) -> None:
    found = retry_after_s(answer(retry_after=retry_after, date=date))

    assert found is None or 1 <= found <= 900


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param(
            ERROR, ServiceWords("INVALID_PHONE", "Invalid phone number", "toPhone"), id="documented"
        ),
        pytest.param({"error": {"code": "X"}}, ServiceWords("X"), id="only a code"),
        pytest.param({"error": {"message": "Bad"}}, ServiceWords(message="Bad"), id="only words"),
        pytest.param({"error": {}}, ServiceWords(), id="an empty error"),
        pytest.param({"error": "Bad"}, ServiceWords(), id="an error of another shape"),
        pytest.param(
            {"error": {"code": 7, "message": ["x"], "field": None}}, ServiceWords(), id="no texts"
        ),
        pytest.param(
            {"error": {"field": "$[3].toPhone"}}, ServiceWords(field="toPhone", item=3), id="item"
        ),
        pytest.param(
            {"title": "Bad Request", "errors": {"$[12].text": ["Too long", "…"]}},
            ServiceWords(message="Too long", field="text", item=12),
            id="problem+json",
        ),
        pytest.param(
            {"title": "Bad Request", "errors": {"[0].toPhone": "No"}},
            ServiceWords(message="No", field="toPhone", item=0),
            id="problem+json with one text",
        ),
        pytest.param(
            {"code": "BAD", "errors": {"$[2].ToPhone": ["No"]}, "value": "+380501112233"},
            ServiceWords("BAD", "No", "toPhone", 2, "+380501112233"),
            id="problem+json with a capital and a value",
        ),
        pytest.param(
            {"error": {"field": "Text", "value": 7}}, ServiceWords(field="text"), id="a capital"
        ),
        pytest.param(
            {"errors": {"text": []}}, ServiceWords(field="text"), id="problem+json without words"
        ),
        pytest.param(
            {"title": "Bad Request", "errors": {}},
            ServiceWords(message="Bad Request"),
            id="problem+json without fields",
        ),
        pytest.param(
            {"title": "Bad", "detail": "Too long"}, ServiceWords(message="Too long"), id="a detail"
        ),
        pytest.param({"error": {"field": "a]b["}}, ServiceWords(field="a]b["), id="no item"),
        pytest.param({"error": {"field": "[x].a"}}, ServiceWords(field="a"), id="no number"),
        pytest.param(
            {"error": {"field": "[123456].a"}}, ServiceWords(field="a"), id="no such item"
        ),
        pytest.param(
            {"error": {"message": "x" * 9999}}, ServiceWords(message="x" * 500), id="a novel"
        ),
        pytest.param(
            {"error": {"message": "\ud83d!"}}, ServiceWords(message="?!"), id="half a character"
        ),
        pytest.param([], ServiceWords(), id="a list"),
    ],
)
def test_the_services_words_are_kept(body: object, words: ServiceWords) -> None:
    assert judge(answer(400, body=json.dumps(body).encode()), IDS).words == words


@pytest.mark.parametrize(
    "name",
    [
        "id",
        "fromName",
        "toPhone",
        "messageType",
        "text",
        "surveyOptions",
        "ttl",
        "scheduledSent",
        "fallback",
    ],
)
def test_the_name_of_a_field_may_begin_with_a_capital(name: str) -> None:
    body = {"errors": {f"$[0].{name[0].upper()}{name[1:]}": ["No"]}}

    assert judge(answer(400, body=json.dumps(body).encode()), IDS).words.field == name


def test_no_words_explain_what_is_uncertain() -> None:
    assert judge(answer(500, body=json.dumps(ERROR).encode()), IDS).words == ServiceWords()


def test_a_message_id_can_always_be_written_down() -> None:
    body = json.dumps([entry(IDS[0], "m\udc9b")]).encode()

    judged = judge(answer(200, body=body), IDS)

    assert judged.accepted == {IDS[0]: ("m?",)}


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(IDS),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)
entries = st.fixed_dictionaries({"messageId": values, "trackinId": st.sampled_from(IDS) | values})


@settings(deadline=None)
@given(st.integers(100, 999), st.binary() | (values | st.lists(entries)).map(
    lambda value: json.dumps(value).encode()
), st.sampled_from([JSON, HTML, ""]))  # fmt: skip
def test_whatever_arrives_no_message_is_lost_or_called_refused(
    status: int, body: bytes, content_type: str
) -> None:
    judged: Judgement = judge(Answer(status, content_type, body), IDS)

    assert set(judged.accepted) <= set(IDS)
    assert all(judged.accepted.values())
    assert judged.rest in (State.READY, State.UNKNOWN)
