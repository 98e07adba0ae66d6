"""Plans: exact messages with ids and times, frozen as they were agreed."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cascade_desktop.core.composition import compose
from cascade_desktop.core.drafts import FlashCall, Promo, Route, Survey, Transaction
from cascade_desktop.core.facts import encode_fact
from cascade_desktop.core.plan import Message, Plan, build_plan, make_code, slug, tracking_id
from cascade_desktop.core.problems import ValueMissing
from cascade_desktop.core.reading_problems import NoPhone
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.table import Source, Table

OKSANA, IVAN = "+380501112233", "+380671112233"
TEN = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
HI = Transaction("MyBrand", "Hi {Name}")


def people() -> Recipients:
    """Read a list with every kind of row; its sheet's rows are 4 to 11."""
    rows = (
        (OKSANA, "Anna"),
        ("", "Borys"),
        (IVAN, "Ivan"),
        (OKSANA, "Anna"),
        ("+393331112233", ""),
        ("+393331112244", "Marco"),
        ("", ""),
        ("+380931112233", "Olha"),
        ("+380631112233", "Petro"),
    )
    table = Table(
        Source("people.xlsx"),
        ("Phone", "Name"),
        tuple(zip(*rows, strict=True)),
        range(4, 4 + len(rows)),
        hidden_rows=frozenset({12}),
    )
    choice = Choice(phone_column=0, left_out=frozenset({11}), stopped=frozenset({"+393331112244"}))
    found = read_recipients(table, choice)
    assert isinstance(found, Recipients)
    return found


def plan(name: str = "Winter sale", at: datetime | None = None, hours: float = 0) -> Plan:
    composition = compose(HI, people())
    spread = timedelta(hours=hours)
    return build_plan(HI, composition, name=name, code="K7F2M3Q4", at=at, spread=spread)


def test_each_message_is_frozen_with_its_row_number_text_and_time() -> None:
    assert plan(at=TEN).messages == (
        Message(1, 0, OKSANA, "Hi Anna", TEN),
        Message(2, 2, IVAN, "Hi Ivan", TEN),
    )


def test_no_time_means_now() -> None:
    assert {message.at for message in plan().messages} == {None}


def test_everybody_who_is_left_out_is_named_with_the_reason() -> None:
    assert plan().left_out == {
        1: encode_fact(NoPhone()),
        3: "duplicate",
        4: encode_fact(ValueMissing("Name")),
        5: "stopped",
        6: "blank",
        7: "left_out",
        8: "hidden",
    }


def test_messages_and_those_left_out_add_up_to_the_file() -> None:
    found = plan()

    rows = [message.row for message in found.messages]
    assert sorted([*rows, *found.left_out]) == list(range(9))


def test_a_row_that_could_be_sent_but_doubles_another_is_a_duplicate() -> None:
    table = Table(Source("x"), ("Phone", "Name"), ((OKSANA, OKSANA), ("", "Anna")), (2, 3))
    recipients = read_recipients(table, Choice(phone_column=0))
    assert isinstance(recipients, Recipients)

    composition = compose(Transaction("A", "Hi {Name|you}"), recipients)
    first = build_plan(HI, composition, name="", code="K7F2M3Q4")

    assert [message.row for message in first.messages] == [0, 1]
    assert first.left_out == {}


def test_spread_messages_have_times_of_their_own() -> None:
    assert [message.at for message in plan(at=TEN, hours=3).messages] == [
        TEN,
        TEN + timedelta(minutes=90),
    ]


@settings(deadline=None)
@given(st.integers(1, 60), st.floats(0, 720))
def test_a_spread_begins_on_time_never_goes_back_and_ends_within_its_hours(
    count: int, hours: float
) -> None:
    phones = tuple(f"+38050111{at:04d}" for at in range(count))
    table = Table(Source("x"), ("Phone",), (phones,), range(1, count + 1))
    recipients = read_recipients(table, Choice(phone_column=0))
    assert isinstance(recipients, Recipients)
    draft = Transaction("A", "Hi")

    found = build_plan(
        draft,
        compose(draft, recipients),
        name="",
        code="K7F2M3Q4",
        at=TEN,
        spread=timedelta(hours=hours),
    )

    times = [message.at for message in found.messages if message.at is not None]
    assert len(times) == count
    assert times[0] == TEN
    assert all(earlier <= later for earlier, later in pairwise(times))
    assert times[-1] <= TEN + timedelta(hours=hours)


def test_a_draft_that_is_stopped_cannot_be_planned() -> None:
    draft = Promo("", "Hi")

    with pytest.raises(ValueError, match="SenderEmpty"):
        build_plan(draft, compose(draft, people()), name="x", code="K7F2M3Q4")


def test_a_spread_needs_a_time_to_start_from() -> None:
    with pytest.raises(ValueError, match=r"\(\)"):
        plan(hours=2)


def test_the_plan_keeps_the_route_and_the_draft() -> None:
    found = build_plan(HI, compose(HI, people()), name="x", code="K7F2M3Q4", route=Route.TG_VIBER)

    assert (found.route, found.draft, found.code, found.name) == (
        Route.TG_VIBER,
        HI,
        "K7F2M3Q4",
        "x",
    )


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Winter sale: 20 %!", "winter-sale-20"),
        ("Élan – Mai", "elan-mai"),
        ("Зимовий розпродаж", ""),
        ("", ""),
        ("--- !!! ---", ""),
        ("a" * 99, "a" * 24),
        ("twenty three characters and more", "twenty-three-characters"),
    ],
)
def test_a_slug_is_ascii_letters_digits_and_hyphens(name: str, stem: str) -> None:
    assert slug(name) == stem


@pytest.mark.parametrize(
    ("draft", "stem"),
    [
        (Promo("A", "Hi"), "promo-k7f2m3q4"),
        (Survey("A", "?", ("1", "2")), "viber-survey-k7f2m3q4"),
        (FlashCall("A"), "flashcall-k7f2m3q4"),
    ],
)
def test_a_name_without_latin_letters_leaves_the_kind(
    draft: Promo | Survey | FlashCall, stem: str
) -> None:
    found = build_plan(draft, compose(draft, people()), name="Зима", code="K7F2M3Q4")

    assert found.id_stem == stem


@settings(deadline=None)
@given(st.text(), st.binary(min_size=5, max_size=5), st.integers(1, 999_999))
def test_a_tracking_id_is_short_and_plain(name: str, random_bytes: bytes, index: int) -> None:
    stem = Plan(make_code(random_bytes), name, HI, Route.STANDARD, people(), (), {}).id_stem

    found = tracking_id(stem, index)

    assert re.fullmatch(r"[a-z0-9-]{1,24}-[a-z2-7]{8}-[0-9]{6}", found)
    assert len(found) <= 80


def test_a_code_is_eight_letters_and_digits() -> None:
    assert make_code(b"\0\0\0\0\0") == "AAAAAAAA"
    assert make_code(b"\xff" * 9) == "77777777"
