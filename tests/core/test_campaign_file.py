"""Campaigns as files: what is written is read, and every wrong field is named."""

import json
from datetime import datetime
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cascade_desktop.core.campaign_file import (
    Campaign,
    FieldMissing,
    FieldUnknown,
    FieldWrong,
    FileProblem,
    ListRef,
    NewerCampaign,
    NotACampaign,
    read_campaign,
    write_campaign,
)
from cascade_desktop.core.composition import Duplicates
from cascade_desktop.core.drafts import FlashCall, Kind, Promo, Route, Survey, Transaction

LEAST: dict[str, Any] = {"version": 1, "type": "promo", "sender": "MyBrand"}
KINDS = ("transaction", "promo", "viber_survey", "flashcall")


def read(**fields: object) -> Campaign | tuple[FileProblem, ...]:
    return read_campaign(json.dumps(LEAST | fields))


def test_the_documented_campaign_is_understood() -> None:
    text = """{"version": 1, "name": "Winter", "type": "promo", "sender": "MyBrand",
        "text": "Вітаємо, {Ім’я}!", "options": [], "ttl": 172800, "schedule": "2026-11-26T10:00",
        "zone": "Europe/Kyiv", "route": "standard", "country": "UA", "fallback_text": ""}"""

    assert read_campaign(text) == Campaign(
        name="Winter",
        draft=Promo("MyBrand", "Вітаємо, {Ім’я}!", 172_800),
        schedule="2026-11-26T10:00",
        zone="Europe/Kyiv",
    )


@pytest.mark.parametrize(
    ("fields", "campaign"),
    [
        pytest.param({}, Campaign("", Promo("MyBrand", "")), id="the least there is"),
        pytest.param(
            {"text": None, "ttl": None, "zone": None, "edits": None, "left_out": None},
            Campaign("", Promo("MyBrand", "")),
            id="null is what is not said",
        ),
        pytest.param(
            {"type": "transaction", "text": "Hi", "route": "tg-viber", "country": "it"},
            Campaign("", Transaction("MyBrand", "Hi"), route=Route.TG_VIBER, country="IT"),
            id="a transaction by the other route",
        ),
        pytest.param(
            {"type": "viber_survey", "text": "?", "options": ["1", "2"], "ttl": 60},
            Campaign("", Survey("MyBrand", "?", ("1", "2"), 60)),
            id="a survey",
        ),
        pytest.param(
            {"type": "flashcall", "fallback_text": "Call us", "ttl": 0},
            Campaign("", FlashCall("MyBrand", None, "Call us")),
            id="a flash call",
        ),
        pytest.param(
            {"edits": {"7": "0501112233"}, "left_out": [3, 9], "spread_hours": 1.5},
            Campaign(
                "",
                Promo("MyBrand", ""),
                spread_hours=1.5,
                edits=MappingProxyType({7: "0501112233"}),
                left_out=(3, 9),
            ),
            id="the operator's corrections",
        ),
        pytest.param(
            {"include_hidden": True, "duplicates": "first"},
            Campaign("", Promo("MyBrand", ""), include_hidden=True, duplicates=Duplicates.FIRST),
            id="the operator's answers",
        ),
        pytest.param(
            {"recipients": {"file": "people.xlsx", "header_row": 3, "sheet": None}},
            Campaign("", Promo("MyBrand", ""), recipients=ListRef("people.xlsx", header_row=3)),
            id="a list",
        ),
        pytest.param(
            {"schedule": "2026-10-25T03:30+02:00"},
            Campaign("", Promo("MyBrand", ""), schedule="2026-10-25T03:30+02:00"),
            id="a time with its offset",
        ),
    ],
)
def test_a_campaign_is_read(fields: dict[str, object], campaign: Campaign) -> None:
    assert read(**fields) == campaign


@pytest.mark.parametrize(
    "text", ["", "people", "[]", '"x"', "null", "{", "[" * 100_000, '{"ttl": ' + "1" * 5000 + "}"]
)
def test_what_is_no_campaign_says_so(text: str) -> None:
    assert read_campaign(text) == (NotACampaign(),)


def test_a_mark_that_windows_puts_before_a_text_is_forgiven() -> None:
    assert isinstance(read_campaign("\ufeff" + json.dumps(LEAST)), Campaign)


def test_a_newer_campaign_is_only_named_as_such() -> None:
    assert read(version=2, colour="red", ttl="x") == (NewerCampaign(2),)


@pytest.mark.parametrize(
    ("name", "value", "wanted", "allowed"),
    [
        *(
            pytest.param("version", value, "whole_number", (), id=f"version {value!r}")
            for value in ("1", 1.0, True, 0)
        ),
        *(
            pytest.param("type", value, "one_of", KINDS, id=f"type {value!r}")
            for value in ("survey", "Promo", 1)
        ),
        pytest.param("route", "viber", "one_of", ("standard", "tg-viber"), id="route"),
        *(
            pytest.param(name, value, "text", (), id=f"{name} {value!r}")
            for name in ("name", "sender", "text", "zone", "schedule", "fallback_text")
            for value in (7, ["x"])
        ),
        *(
            pytest.param("country", value, "country", (), id=f"country {value!r}")
            for value in ("UKR", "", "УА", "12", "ZZ", 380)
        ),
        *(
            pytest.param("ttl", value, "whole_number", (), id=f"ttl {value!r}")
            for value in ("60", 60.0, True, -1, 10**10)
        ),
        *(
            pytest.param("spread_hours", value, "hours", (), id=f"spread {value!r}")
            for value in ("2", True, -0.5, 721, float("nan"), float("inf"))
        ),
        *(
            pytest.param("schedule", value, "local_time", (), id=f"schedule {value!r}")
            for value in ("tomorrow", "26.11.2026 10:00", "2026-02-30T10:00")
        ),
        *(
            pytest.param("options", value, "list_of_texts", (), id=f"options {value!r}")
            for value in ("Yes", ["Yes", 1], {"1": "Yes"})
        ),
        *(
            pytest.param("left_out", value, "list_of_rows", (), id=f"left out {value!r}")
            for value in (3, ["3"], [True], [0], [-1], [1.5], [10**12])
        ),
        *(
            pytest.param("edits", value, "rows_and_phones", (), id=f"edits {str(value)[:20]}")
            for value in ([], {"x": "1"}, {"7": 380}, {"-7": "1"}, {"٧": "1"}, {"1" * 5000: "1"})
        ),
        *(
            pytest.param("recipients", value, "object", (), id=f"recipients {value!r}")
            for value in ("people.xlsx", ["people.xlsx"])
        ),
        *(
            pytest.param("include_hidden", value, "yes_or_no", (), id=f"hidden {value!r}")
            for value in (1, "true", [])
        ),
        *(
            pytest.param("duplicates", value, "one_of", ("first", "both"), id=f"double {value!r}")
            for value in ("second", 1, ["both"])
        ),
        pytest.param("text", "Hi", "absent_for_flashcall", (), id="a flash call's text"),
        pytest.param("fallback_text", "Hi", "only_for_flashcall", (), id="a promo's fallback"),
        pytest.param("options", ["1", "2"], "only_for_survey", (), id="a promo's answers"),
    ],
)
def test_a_wrong_field_is_named_once(
    name: str, value: object, wanted: str, allowed: tuple[str, ...]
) -> None:
    kind = {"type": "flashcall"} if wanted == "absent_for_flashcall" else {}

    assert read(**kind, **{name: value}) == (FieldWrong(name, wanted, allowed),)


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("file", 7, FieldWrong("recipients.file", "text")),
        ("header_row", -1, FieldWrong("recipients.header_row", "whole_number")),
        ("header_row", True, FieldWrong("recipients.header_row", "whole_number")),
        ("fil", "people.xlsx", FieldUnknown("recipients.fil", "file")),
        ("colour", "red", FieldUnknown("recipients.colour", "")),
    ],
)
def test_a_wrong_field_of_the_list_is_named_with_its_place(
    name: str, value: object, problem: FileProblem
) -> None:
    assert read(recipients={name: value}) == (problem,)


@pytest.mark.parametrize("name", ["version", "type", "sender"])
@pytest.mark.parametrize("is_null", [True, False], ids=["null", "absent"])
def test_a_needed_field_that_is_missing_is_named_once(name: str, *, is_null: bool) -> None:
    fields = {key: value for key, value in LEAST.items() if key != name}
    fields |= {name: None} if is_null else {}

    assert read_campaign(json.dumps(fields)) == (FieldMissing(name),)


def test_a_wrong_type_brings_no_complaint_about_what_other_types_cannot_have() -> None:
    problems = read(type="survey", text="?", options=["1", "2"], fallback_text="x")

    assert problems == (FieldWrong("type", "one_of", KINDS),)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Sender", "sender"),
        ("TTL", "ttl"),
        ("fallbackText", "fallback_text"),
        ("shedule", "schedule"),
        ("option", "options"),
        ("colour", ""),
        ("", ""),
    ],
)
def test_an_unknown_field_suggests_the_nearest(name: str, meant: str) -> None:
    assert read(**{name: None}) == (FieldUnknown(name, meant),)


def test_everything_wrong_is_told_at_once() -> None:
    problems = read_campaign('{"type": "sms", "ttl": "x", "colour": 1}')

    assert problems == (
        FieldMissing("version"),
        FieldWrong("type", "one_of", KINDS),
        FieldMissing("sender"),
        FieldWrong("ttl", "whole_number"),
        FieldUnknown("colour", ""),
    )


texts = st.text(max_size=30)
file_names = texts.filter(lambda name: "\0" not in name)
times = st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31))  # noqa: DTZ001 (a clock time)
times_to_live = st.none() | st.integers(1, 10**9)
rows = st.integers(1, 10**6)
drafts = st.one_of(
    st.builds(Transaction, texts, texts, times_to_live),
    st.builds(Promo, texts, texts, times_to_live),
    st.builds(Survey, texts, texts, st.lists(texts, max_size=6).map(tuple), times_to_live),
    st.builds(FlashCall, texts, times_to_live, texts),
)
campaigns = st.builds(
    Campaign,
    name=texts,
    draft=drafts,
    route=st.sampled_from(Route),
    schedule=st.just("") | times.map(lambda at: at.isoformat(timespec="minutes")),
    zone=texts,
    country=st.sampled_from(["UA", "IT", "US"]),
    spread_hours=st.floats(0, 720) | st.integers(0, 720),
    recipients=st.builds(ListRef, file_names, texts, texts, st.none() | rows, texts),
    edits=st.dictionaries(rows, texts, max_size=5).map(MappingProxyType),
    left_out=st.lists(rows, max_size=5).map(tuple),
    include_hidden=st.booleans(),
    duplicates=st.none() | st.sampled_from(Duplicates),
)


@settings(deadline=None)
@given(campaigns)
def test_a_written_campaign_is_read_back_as_it_was(campaign: Campaign) -> None:
    assert read_campaign(write_campaign(campaign)) == campaign


def test_a_campaign_is_written_for_people_too() -> None:
    written = write_campaign(Campaign("Зима", Promo("MyBrand", "Вітаємо!")))

    assert '\n  "name": "Зима",\n' in written
    assert written.endswith("}\n")


def test_half_of_a_character_can_be_saved_and_read() -> None:
    campaign = Campaign("x", Promo("MyBrand", "Hi \ud83d"))

    written = write_campaign(campaign)

    assert written.isascii()
    assert read_campaign(written) == campaign


@settings(deadline=None)
@given(st.dictionaries(texts | st.sampled_from(["type", "sender", "edits", "left_out", "ttl"]),
    st.recursive(st.none() | st.booleans() | st.floats() | texts | st.sampled_from(list(Kind)),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
        max_leaves=6), max_size=8))  # fmt: skip
def test_no_object_at_all_raises(fields: dict[str, Any]) -> None:
    found = read_campaign(json.dumps({"version": 1} | fields))

    assert isinstance(found, Campaign) or found
