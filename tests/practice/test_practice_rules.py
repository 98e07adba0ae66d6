import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapes import (
    ABSENT,
    DOCUMENTED,
    KEY,
    NOW,
    STANDARD,
    TELEGRAM_VIBER,
    Caller,
    batch_of,
    bent,
)

from cascade_desktop.practice.rules import MOST_BYTES, Fault, instant, judge, read_batch, units
from cascade_desktop.practice.server import PracticeServer

AT = datetime.fromtimestamp(NOW, UTC)
WRITTEN = sorted((Path(__file__).parents[1] / "core" / "fixtures").glob("*.json"))
WRITTEN_AT = datetime(2026, 11, 25, tzinfo=UTC).timestamp()
BLANKS = ["", " ", "\n\t\u00a0"]
FALLBACK = {"messageType": "transaction", "text": "Код: 1234"}


def case(name: str, message: dict[str, Any], code: str, field: str):
    return pytest.param(message, code, field, id=name)


BROKEN = [
    case("no id", bent(id=ABSENT), "INVALID_ID", "id"),
    case("empty id", bent(id=""), "INVALID_ID", "id"),
    case("id of 255", bent(id="a" * 255), "INVALID_ID", "id"),
    case("id with a blank", bent(id="a b"), "INVALID_ID", "id"),
    case("id with Cyrillic", bent(id="акція"), "INVALID_ID", "id"),
    case("id with a line end", bent(id="a\n"), "INVALID_ID", "id"),
    case("id a number", bent(id=1), "INVALID_ID", "id"),
    case("no sender", bent(fromName=ABSENT), "INVALID_SENDER", "fromName"),
    *(case(f"sender {b!r}", bent(fromName=b), "INVALID_SENDER", "fromName") for b in BLANKS),
    case("no phone", bent(toPhone=ABSENT), "INVALID_PHONE", "toPhone"),
    case("no plus", bent(toPhone="380501112233"), "INVALID_PHONE", "toPhone"),
    case("national", bent(toPhone="0501112233"), "INVALID_PHONE", "toPhone"),
    case("plus zero", bent(toPhone="+0501112233"), "INVALID_PHONE", "toPhone"),
    case("blanks inside", bent(toPhone="+380 50 111 22 33"), "INVALID_PHONE", "toPhone"),
    case("16 digits", bent(toPhone="+1234567890123456"), "INVALID_PHONE", "toPhone"),
    case("6 digits", bent(toPhone="+123456"), "INVALID_PHONE", "toPhone"),
    case("Arabic digits", bent(toPhone="+٣٨٠٥٠١١١٢٢٣٣"), "INVALID_PHONE", "toPhone"),
    case("line end", bent(toPhone="+380501112233\n"), "INVALID_PHONE", "toPhone"),
    case("phone a number", bent(toPhone=380501112233), "INVALID_PHONE", "toPhone"),
    case("no kind", bent(messageType=ABSENT), "INVALID_MESSAGE_TYPE", "messageType"),
    case("other kind", bent(messageType="viber_carousel"), "INVALID_MESSAGE_TYPE", "messageType"),
    case("kind a list", bent(messageType=["promo"]), "INVALID_MESSAGE_TYPE", "messageType"),
    *(
        case(f"{kind} without text", bent(kind, text=ABSENT), "INVALID_TEXT", "text")
        for kind in ("transaction", "promo", "viber_survey")
    ),
    *(case(f"text {b!r}", bent(text=b), "INVALID_TEXT", "text") for b in BLANKS),
    case("text a number", bent(text=5), "INVALID_TEXT", "text"),
    case("text null", bent(text=None), "INVALID_TEXT", "text"),
    case("text too long", bent(text="я" * 4097), "TEXT_TOO_LONG", "text"),
    case("emoji too long", bent(text="💛" * 2048 + "!"), "TEXT_TOO_LONG", "text"),
    case("survey of 86", bent("viber_survey", text="я" * 84 + "💛"), "TEXT_TOO_LONG", "text"),
    case("variable", bent(text="Hi %name=1%"), "UNKNOWN_VARIABLE", "text"),
    case("short url", bent(text="%short_url=12%"), "UNKNOWN_VARIABLE", "text"),
    case("url", bent(text="x%url=0%x"), "UNKNOWN_VARIABLE", "text"),
    case("text on a call", bent("flashcall", text="Hi"), "UNKNOWN_FIELD", "text"),
    case("options on a promo", bent("promo", surveyOptions=[]), "UNKNOWN_FIELD", "surveyOptions"),
    case("fallback on a promo", bent("promo", fallback=FALLBACK), "UNKNOWN_FIELD", "fallback"),
    case("misspelt field", bent(sheduledSent="x"), "UNKNOWN_FIELD", "sheduledSent"),
    *(
        case(name, bent("viber_survey", surveyOptions=found), "INVALID_OPTIONS", "surveyOptions")
        for name, found in {
            "no options": ABSENT,
            "options null": None,
            "options a text": "Так",
            "one option": ["Так"],
            "six options": list("абвгґд"),
            "blank option": ["Так", " "],
            "number option": ["Так", 2],
            "same option twice": ["Так", "Так "],
        }.items()
    ),
    *(
        case(f"ttl {ttl!r}", bent(ttl=ttl), "INVALID_TTL", "ttl")
        for ttl in (0, -1, True, 300.0, "300", None, 1_209_601)
    ),
    case("call ttl 59", bent("flashcall", ttl=59), "INVALID_TTL", "ttl"),
    case("call ttl 301", bent("flashcall", ttl=301), "INVALID_TTL", "ttl"),
    *(
        case(
            f"schedule {name}", bent("promo", scheduledSent=x), "INVALID_SCHEDULE", "scheduledSent"
        )
        for name, x in {
            "now": "2026-11-30T00:53:20Z",
            "past": "2026-11-29T10:00:00Z",
            "over 30 days": "2026-12-30T00:53:21Z",
            "offset": "2026-12-05T10:00:00+00:00",
            "no zone": "2026-12-05T10:00:00",
            "small z": "2026-12-05T10:00:00z",
            "blank for T": "2026-12-05 10:00:00Z",
            "no such day": "2026-12-32T10:00:00Z",
            "number": 1_796_500_000,
            "null": None,
            "empty": "",
        }.items()
    ),
    *(
        case(f"fallback {name}", bent("flashcall", fallback=found), "INVALID_FALLBACK", field)
        for name, found, field in (
            ("null", None, "fallback"),
            ("no text", {"messageType": "transaction"}, "fallback"),
            ("more fields", {**FALLBACK, "ttl": 60}, "fallback"),
            ("promo", {**FALLBACK, "messageType": "promo"}, "fallback.messageType"),
        )
    ),
    case(
        "fallback blank",
        bent("flashcall", fallback={**FALLBACK, "text": " "}),
        "INVALID_TEXT",
        "fallback.text",
    ),
    case(
        "fallback variable",
        bent("flashcall", fallback={**FALLBACK, "text": "%url=1%"}),
        "UNKNOWN_VARIABLE",
        "fallback.text",
    ),
]

BROKEN_BATCHES = [
    pytest.param({"messages": []}, "INVALID_BODY", "", id="an object"),
    pytest.param("[]", "INVALID_BODY", "", id="a text"),
    pytest.param([], "INVALID_BATCH_SIZE", "", id="empty array"),
    pytest.param(batch_of(1001), "INVALID_BATCH_SIZE", "", id="1,001 messages"),
    pytest.param([["id"]], "INVALID_MESSAGE", "", id="an array in the array"),
    pytest.param([bent(), bent()], "DUPLICATE_ID", "id", id="same id twice"),
]

BROKEN_BODIES = [
    pytest.param(b"", id="empty"),
    pytest.param(b"[{", id="cut"),
    pytest.param(b"\xef\xbb\xbf[]", id="byte order mark"),
    pytest.param("[]".encode("utf-16"), id="UTF-16"),
    pytest.param(b'["\xff"]', id="not UTF-8"),
    pytest.param(b"[NaN]", id="NaN"),
    pytest.param(b"[-Infinity]", id="infinity"),
    pytest.param(b'["\\ud83d"]', id="half a surrogate pair"),
    pytest.param(b'[{"id":"a","id":"b"}]', id="key twice"),
    pytest.param(b"[" * 100_000, id="too deep"),
]

WITHIN = [
    pytest.param(bent(id="A-z_0.9" + "a" * 247), id="id of 254"),
    pytest.param(bent(toPhone="+123456789012345"), id="15 digits"),
    pytest.param(bent(toPhone="+1234567"), id="7 digits"),
    pytest.param(bent(text="💛" * 2048), id="4,096 units"),
    pytest.param(bent("viber_survey", text="я" * 83 + "💛"), id="survey of 85"),
    pytest.param(bent("viber_survey", surveyOptions=["Так", "Ні"]), id="two options"),
    pytest.param(bent("viber_survey", surveyOptions=list("абвгґ")), id="five options"),
    pytest.param(bent("promo", scheduledSent="2026-12-30T00:53:20Z"), id="30 days ahead"),
    pytest.param(bent("promo", scheduledSent="2026-11-30T00:53:20.5Z"), id="half a second"),
    pytest.param(bent("flashcall", ttl=60), id="call ttl 60"),
    pytest.param(bent("flashcall", ttl=300), id="call ttl 300"),
    pytest.param(bent("flashcall", ttl=ABSENT), id="call without ttl"),
    pytest.param(bent("flashcall", fallback=FALLBACK), id="call with fallback"),
    pytest.param(bent(ttl=1), id="ttl 1"),
    pytest.param(bent(ttl=1_209_600), id="ttl of 14 days"),
    pytest.param(bent(text="100 %name=х% and %url%"), id="percent signs"),
]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    folder = tmp_path_factory.mktemp("practice")
    with PracticeServer(folder, clock=lambda: NOW) as server:
        talking = Caller(server.base_url)
        with talking.http:
            yield talking


@pytest.fixture
def caller(shared: Caller) -> Caller:
    """One service for the whole table, its books emptied before each case."""
    shared.http.post("/practice/forget", json={}).raise_for_status()
    return shared


@pytest.mark.parametrize("route", [STANDARD, TELEGRAM_VIBER])
@pytest.mark.parametrize("batch", DOCUMENTED.values(), ids=DOCUMENTED.keys())
def test_the_documented_shapes_are_accepted_on_both_routes(caller, batch, route):
    answer = caller.send(batch, route)
    assert answer.status_code == 200
    assert [one["trackinId"] for one in answer.json()] == [one["id"] for one in batch]


@pytest.mark.parametrize("route", [STANDARD, TELEGRAM_VIBER])
@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: file.stem)
def test_what_the_program_writes_is_taken_word_for_word(tmp_path, file, route):
    """The files are what the tests of core.wire hold the program's requests to."""
    written = json.loads(file.read_bytes())
    with PracticeServer(tmp_path, clock=lambda: WRITTEN_AT) as server:
        talking = Caller(server.base_url)
        with talking.http:
            answer = talking.send(written, route)
        assert answer.status_code == 200
        assert [one.message for one in server.books.messages()] == written


@pytest.mark.parametrize(("message", "code", "field"), BROKEN)
def test_a_broken_rule_refuses_the_whole_array_and_names_the_field(caller, message, code, field):
    answer = caller.send([*batch_of(2), message])
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["code"], error["field"]) == (code, field)
    assert set(error) == {"code", "message", "field"}
    assert error["message"]
    assert caller.told("books") == []


@pytest.mark.parametrize(("batch", "code", "field"), BROKEN_BATCHES)
def test_an_array_that_is_not_one_is_refused(caller, batch, code, field):
    answer = caller.send(batch)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == code
    assert answer.json()["error"]["field"] == field
    assert caller.told("counts") == {}


@pytest.mark.parametrize("body", BROKEN_BODIES)
def test_a_body_that_is_no_strict_json_is_refused(caller, body):
    headers = {**KEY, "Content-Type": "application/json"}
    answer = caller.http.post(STANDARD, content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "INVALID_JSON"


@pytest.mark.parametrize("message", WITHIN)
def test_what_the_rules_just_allow_is_accepted(caller, message):
    assert caller.send([message]).status_code == 200


def test_a_thousand_messages_are_accepted(caller):
    assert len(caller.send(batch_of(1000)).json()) == 1000


def test_a_refusal_says_which_value_was_wrong(caller):
    assert "0501112233" in caller.send([bent(toPhone="0501112233")]).json()["error"]["message"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"Content-Type": "text/plain"}, 415, id="text"),
        pytest.param({"Content-Type": ""}, 415, id="no type"),
        pytest.param({"Content-Type": "application/json; charset=cp1251"}, 415, id="charset"),
        pytest.param({"Content-Encoding": "gzip"}, 415, id="packed"),
        pytest.param({"Content-Type": 'Application/JSON; charset="UTF-8"'}, 200, id="utf-8"),
    ],
)
def test_only_plain_json_is_taken(caller, headers, status):
    body = json.dumps([bent()]).encode()
    sent = {**KEY, "Content-Type": "application/json", **headers}
    assert caller.http.post(STANDARD, content=body, headers=sent).status_code == status


def test_a_body_larger_than_any_batch_is_refused(caller):
    body = b"[" + b" " * MOST_BYTES
    headers = {**KEY, "Content-Type": "application/json"}
    answer = caller.http.post(STANDARD, content=body, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "PAYLOAD_TOO_LARGE")


PHONES = st.one_of(st.from_regex(r"\A\+[1-9][0-9]{6,14}\Z"), st.text(max_size=20))


@given(PHONES)
def test_a_phone_passes_exactly_when_it_is_e164_with_a_plus(phone: str):
    passes = judge([bent(toPhone=phone)], AT) is None
    digits = phone[1:]
    plain = digits.isascii() and digits.isdigit() and 7 <= len(digits) <= 15
    assert passes == (phone.startswith("+") and plain and digits[0] != "0")


@given(st.text(alphabet="яa💛́ ", min_size=70, max_size=90))
def test_a_survey_is_measured_in_utf16_units(text: str):
    fault = judge([bent("viber_survey", text=f"?{text}")], AT)
    assert (fault is None) == (len(f"?{text}".encode("utf-16-le")) <= 170)


@given(st.integers(-100_000, 40 * 86_400))
def test_a_schedule_passes_from_now_to_thirty_days(ahead_s: int):
    when = AT + timedelta(seconds=ahead_s)
    written = when.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert instant(written) == when
    passes = judge([bent("promo", scheduledSent=written)], AT) is None
    assert passes == (0 < ahead_s <= 30 * 86_400)


@given(st.integers(-10, 1_300_000))
def test_a_call_lives_one_to_five_minutes_and_nothing_over_two_weeks(ttl: int):
    assert (judge([bent(ttl=ttl)], AT) is None) == (1 <= ttl <= 1_209_600)
    assert (judge([bent("flashcall", ttl=ttl)], AT) is None) == (60 <= ttl <= 300)


@given(st.text(min_size=0, max_size=300))
def test_an_id_passes_exactly_when_it_has_no_special_character(tracking_id: str):
    passes = judge([bent(id=tracking_id)], AT) is None
    assert passes == bool(re.match(r"\A[A-Za-z0-9._-]{1,254}\Z", tracking_id))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_nothing_that_json_can_say_makes_the_judge_stumble(value: Any):
    read = read_batch(json.dumps(value).encode())
    assert isinstance(read, Fault) or isinstance(judge(read, AT), Fault)


@given(st.sampled_from(["transaction", "promo", "viber_survey", "flashcall"]), st.data())
def test_any_field_of_another_type_is_a_fault_never_a_crash(kind: str, data: st.DataObject):
    field = data.draw(st.sampled_from(sorted(bent(kind))))
    value = data.draw(st.none() | st.floats() | st.booleans() | st.lists(st.none()))
    fault = judge([bent(kind, **{field: value})], AT)
    assert fault is not None
    assert fault.field == field


@given(st.text())
def test_units_are_what_utf16_needs(text: str):
    assert units(text) == len(text.encode("utf-16-be")) // 2
