"""The bodies of requests: exactly the documented keys and types, nothing more."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from cascade_desktop.core.drafts import Draft, FlashCall, Promo, Survey, Transaction
from cascade_desktop.core.plan import tracking_id
from cascade_desktop.core.wire import WireMessage, encode_batch

FIXTURES = Path(__file__).parent / "fixtures"
OKSANA, IVAN, MARCO = "+380501112233", "+380671112233", "+393331112233"


def message(stem: str, index: int, phone: str, text: str) -> WireMessage:
    return WireMessage(tracking_id(f"{stem}-k7f2m3q4", index), phone, text)


def promo_at(at: datetime) -> WireMessage:
    text = "Знижка 20% до неділі ❄️ https://example.com/u"
    return WireMessage("winter-sale-k7f2m3q4-000001", OKSANA, text, at)


@pytest.mark.parametrize(
    ("shape", "draft", "messages"),
    [
        pytest.param(
            "transaction.json",
            Transaction("MyBrand", "…", 3600),
            [message("order-12345", 1, OKSANA, "Ваше замовлення №12345 прийнято. Дякуємо!")],
            id="a transaction with a time to live",
        ),
        pytest.param(
            "promo_scheduled.json",
            Promo(" MyBrand ", "…", 172_800),
            [promo_at(datetime(2026, 11, 26, 10, 0, tzinfo=timezone(timedelta(hours=2))))],
            id="a promo for Thursday, in UTC",
        ),
        pytest.param(
            "array_of_three.json",
            Transaction("Clinic", "…"),
            [
                message("reminder", 1, OKSANA, "Оксано, чекаємо вас о 10:00"),
                message("reminder", 2, IVAN, "Іване, чекаємо вас о 10:30"),
                message("reminder", 3, MARCO, 'Marco, ci vediamo alle "11:00"'),
            ],
            id="three people",
        ),
        pytest.param(
            "survey.json",
            Survey(
                "MyBrand",
                "…",
                ("😍 Все було супер!", " 🙂 Добре, але є куди рости", "😞 Погано "),
                604_800,
            ),
            [
                message(
                    "after-visit",
                    1,
                    OKSANA,
                    "Оцініть якість обслуговування. Ваш відгук важливий для нас💛",
                )
            ],
            id="a survey with its answers",
        ),
        pytest.param(
            "flashcall.json",
            FlashCall("MyBrand", 300),
            [message("check-numbers", 1, OKSANA, "")],
            id="a flash call has no text at all",
        ),
    ],
)
def test_a_documented_shape_comes_out_exactly(
    shape: str, draft: Draft, messages: list[WireMessage]
) -> None:
    documented: list[dict[str, Any]] = json.loads((FIXTURES / shape).read_text("utf-8"))

    written: list[dict[str, Any]] = json.loads(encode_batch(draft, messages))

    assert written == documented
    assert [[type(value) for value in fields.values()] for fields in written] == [
        [type(fields[key]) for key in written[0]] for fields in documented
    ]


def test_the_body_is_utf_8_with_every_letter_as_it_is() -> None:
    body = encode_batch(Transaction("A", "…"), [message("a", 1, OKSANA, "Їжак 💛 \\ \n ’")])

    assert "Їжак 💛 \\\\ \\n ’".encode() in body
    assert b"\\u" not in body


def test_the_array_has_no_blank_that_nobody_needs() -> None:
    body = encode_batch(FlashCall("A"), [WireMessage("a-1", OKSANA, "")])

    expected = b'[{"id":"a-1","fromName":"A","toPhone":"+380501112233","messageType":"flashcall"}]'
    assert body == expected


def test_a_flash_call_falls_back_to_a_transaction() -> None:
    body = encode_batch(FlashCall("A", 60, "…"), [WireMessage("a-1", OKSANA, "Call us back")])

    (fields,) = json.loads(body)
    assert fields["fallback"] == {"messageType": "transaction", "text": "Call us back"}
    assert "text" not in fields


def test_a_blank_fallback_is_left_away() -> None:
    (fields,) = json.loads(encode_batch(FlashCall("A"), [WireMessage("a-1", OKSANA, " ")]))

    assert "fallback" not in fields


def test_each_message_keeps_its_own_time() -> None:
    ten = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
    messages = [
        WireMessage("a-1", OKSANA, "Hi", ten),
        WireMessage("a-2", IVAN, "Hi", ten + timedelta(seconds=90)),
        WireMessage("a-3", MARCO, "Hi"),
    ]

    first, second, third = json.loads(encode_batch(Promo("A", "Hi"), messages))

    assert first["scheduledSent"] == "2026-11-26T08:00:00Z"
    assert second["scheduledSent"] == "2026-11-26T08:01:30Z"
    assert "scheduledSent" not in third


def test_no_message_is_an_empty_array() -> None:
    assert encode_batch(Promo("A", "Hi"), []) == b"[]"


def test_half_of_a_character_never_leaves() -> None:
    with pytest.raises(UnicodeEncodeError):
        encode_batch(Promo("A", "…"), [WireMessage("a-1", OKSANA, "Hi \ud83d")])
