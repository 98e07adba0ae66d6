"""Local clock times, the clocks' changes, and what the service takes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cascade_desktop.core.problems import (
    TimePast,
    TimeSkipped,
    TimeTooFar,
    TimeTwice,
    ZoneUnknown,
)
from cascade_desktop.core.schedule import FURTHEST, SOONEST, time_problems, to_utc, wire_time

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ZONES = ("Europe/Kyiv", "Europe/Rome", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")


def clock(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("local", "zone", "utc"),
    [
        ("2026-11-26T10:00", "Europe/Kyiv", "2026-11-26T08:00:00Z"),
        ("2026-07-01T10:00", "Europe/Kyiv", "2026-07-01T07:00:00Z"),
        ("2026-11-26T10:00", "Europe/Rome", "2026-11-26T09:00:00Z"),
        ("2026-11-26T10:00", "America/New_York", "2026-11-26T15:00:00Z"),
        ("2026-11-26T10:00", "Australia/Lord_Howe", "2026-11-25T23:00:00Z"),
        ("2026-07-01T10:00", "Australia/Lord_Howe", "2026-06-30T23:30:00Z"),
        ("2026-10-25T03:30+02:00", "Europe/Kyiv", "2026-10-25T01:30:00Z"),
        ("2026-10-25T03:30+03:00", "no zone is needed", "2026-10-25T00:30:00Z"),
        ("2026-10-25T03:30Z", "", "2026-10-25T03:30:00Z"),
    ],
)
def test_a_local_time_becomes_utc_on_the_wire(local: str, zone: str, utc: str) -> None:
    at = to_utc(clock(local), zone)

    assert isinstance(at, datetime)
    assert wire_time(at) == utc


@pytest.mark.parametrize(
    ("local", "zone", "next_valid"),
    [
        ("2026-03-29T03:00", "Europe/Kyiv", "2026-03-29T04:00:00+03:00"),
        ("2026-03-29T03:30", "Europe/Kyiv", "2026-03-29T04:00:00+03:00"),
        ("2026-03-29T03:59:59", "Europe/Kyiv", "2026-03-29T04:00:00+03:00"),
        ("2026-03-29T02:15", "Europe/Rome", "2026-03-29T03:00:00+02:00"),
        ("2026-03-08T02:30", "America/New_York", "2026-03-08T03:00:00-04:00"),
        ("2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-04T02:30:00+11:00"),
        ("2011-12-30T12:00", "Pacific/Apia", "2011-12-31T00:00:00+14:00"),
    ],
)
def test_a_time_that_the_clocks_skip_names_the_next_one(
    local: str, zone: str, next_valid: str
) -> None:
    found = to_utc(clock(local), zone)

    assert found == TimeSkipped(clock(local), clock(next_valid))
    assert isinstance(found, TimeSkipped)
    assert found.next_valid.isoformat() == next_valid


@pytest.mark.parametrize(
    ("local", "zone", "first", "second"),
    [
        ("2026-10-25T03:00", "Europe/Kyiv", "+03:00", "+02:00"),
        ("2026-10-25T03:30", "Europe/Kyiv", "+03:00", "+02:00"),
        ("2026-10-25T02:59:59", "Europe/Rome", "+02:00", "+01:00"),
        ("2026-11-01T01:30", "America/New_York", "-04:00", "-05:00"),
        ("2026-04-05T01:45", "Australia/Lord_Howe", "+11:00", "+10:30"),
    ],
)
def test_a_time_that_comes_twice_is_told_with_both_offsets(
    local: str, zone: str, first: str, second: str
) -> None:
    found = to_utc(clock(local), zone)

    assert isinstance(found, TimeTwice)
    seconds = ":00" * (local.count(":") == 1)
    assert found.first.isoformat() == local + seconds + first
    assert found.second.isoformat() == local + seconds + second


@pytest.mark.parametrize(
    ("local", "zone"),
    [
        ("2026-03-29T02:59:59", "Europe/Kyiv"),
        ("2026-03-29T04:00", "Europe/Kyiv"),
        ("2026-10-25T02:59:59", "Europe/Kyiv"),
        ("2026-10-25T04:00", "Europe/Kyiv"),
        ("2026-10-04T01:59:59", "Australia/Lord_Howe"),
        ("2026-10-04T02:30", "Australia/Lord_Howe"),
        ("2026-04-05T02:00", "Australia/Lord_Howe"),
    ],
)
def test_the_edges_of_a_clock_change_are_plain_times(local: str, zone: str) -> None:
    assert isinstance(to_utc(clock(local), zone), datetime)


@pytest.mark.parametrize(
    "zone", ["", "Kyiv", "Europe", "Європа/Київ", "../etc/localtime", "/etc/localtime", "a\0b"]
)
def test_a_zone_that_nobody_knows_is_a_problem(zone: str) -> None:
    assert to_utc(datetime(2026, 11, 26, 10, 0), zone) == ZoneUnknown(zone)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("local", "problem"),
    [
        pytest.param("0001-01-01T00:00", TimePast, id="year one"),
        pytest.param("9999-12-31T23:59", TimeTooFar, id="year 9999"),
        pytest.param("0001-01-01T00:00+14:00", TimePast, id="year one with an offset"),
        pytest.param("9999-12-31T23:59-12:00", TimeTooFar, id="year 9999 with an offset"),
    ],
)
@pytest.mark.parametrize("zone", ["Europe/Kyiv", "America/New_York"])
def test_the_calendars_ends_are_only_past_or_far(local: str, problem: type, zone: str) -> None:
    at = to_utc(clock(local), zone)

    assert isinstance(at, datetime)
    assert [type(found) for found in time_problems(at, NOW)] == [problem]


@pytest.mark.parametrize(
    ("ahead", "problems"),
    [
        pytest.param(-timedelta(days=1), (TimePast,), id="yesterday"),
        pytest.param(timedelta(0), (TimePast,), id="this moment"),
        pytest.param(SOONEST - timedelta(seconds=1), (TimePast,), id="before it is handed over"),
        pytest.param(SOONEST, (), id="soon"),
        pytest.param(FURTHEST, (), id="30 days"),
        pytest.param(FURTHEST + timedelta(seconds=1), (TimeTooFar,), id="a second over 30 days"),
    ],
)
def test_the_service_takes_thirty_days(ahead: timedelta, problems: tuple[type, ...]) -> None:
    assert tuple(type(problem) for problem in time_problems(NOW + ahead, NOW)) == problems


def test_a_time_too_far_names_the_latest_that_is_taken() -> None:
    at = NOW + timedelta(days=31)

    assert time_problems(at, NOW) == (TimeTooFar(at, NOW + FURTHEST),)


@settings(deadline=None)
@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2030, 12, 31)),  # noqa: DTZ001
    st.sampled_from(ZONES),
)
def test_every_clock_time_comes_back_or_is_told(local: datetime, zone: str) -> None:
    found = to_utc(local, zone)

    if isinstance(found, datetime):
        assert found.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local
    elif isinstance(found, TimeTwice):
        assert found.first.astimezone(UTC) < found.second.astimezone(UTC)
    else:
        assert isinstance(found, TimeSkipped)
        shown = found.next_valid.astimezone(UTC).astimezone(ZoneInfo(zone))
        assert shown.replace(tzinfo=None) > local
