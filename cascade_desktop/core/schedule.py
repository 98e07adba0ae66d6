"""Times to send: local clock times by zone name, in UTC on the wire."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cascade_desktop.core.problems import (
    TimePast,
    TimeProblem,
    TimeSkipped,
    TimeTooFar,
    TimeTwice,
    ZoneUnknown,
)

FURTHEST = timedelta(days=30)
"""The service takes schedules of at most 30 days (cascade-api.md)."""

SOONEST = timedelta(minutes=2)
"""A schedule nearer than this could pass while it is handed over (R12)."""


def to_utc(local: datetime, zone: str) -> datetime | ZoneUnknown | TimeSkipped | TimeTwice:
    """Turn a clock time of a zone into UTC; a time with an offset needs no zone.

    A time that the clocks skip, or show twice, comes back as a problem.
    """
    if local.tzinfo is not None:
        return _in_utc(local)
    try:
        place = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneUnknown(zone)
    first = local.replace(tzinfo=place, fold=0)
    second = local.replace(tzinfo=place, fold=1)
    before, after = first.utcoffset(), second.utcoffset()
    if before == after:
        return _in_utc(first)
    if before is not None and after is not None and after > before:
        return TimeSkipped(local, _first_after_gap(local, place, before))
    return TimeTwice(first, second)


def time_problems(at: datetime, now: datetime) -> tuple[TimeProblem, ...]:
    """Return why the service would not take this time, or not in time; both in UTC."""
    if at < now + SOONEST:
        return (TimePast(at),)
    if at > now + FURTHEST:
        return (TimeTooFar(at, now + FURTHEST),)
    return ()


def wire_time(at: datetime) -> str:
    """Write a time as the service wants it: ISO 8601, UTC, with ``Z``.

    >>> wire_time(datetime(2026, 11, 26, 8, 0, tzinfo=UTC))
    '2026-11-26T08:00:00Z'
    """
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _in_utc(local: datetime) -> datetime:
    """Return the moment in UTC; at the calendar's ends hours do not matter any more."""
    try:
        return local.astimezone(UTC)
    except OverflowError:
        return local.replace(tzinfo=UTC)


def _first_after_gap(local: datetime, place: ZoneInfo, before: timedelta) -> datetime:
    """Return the first clock time after the jump that skips ``local``, to the minute."""
    moment = local - before
    low, high = moment - timedelta(hours=26), moment + timedelta(hours=26)
    offset_low = low.replace(tzinfo=UTC).astimezone(place).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.replace(tzinfo=UTC).astimezone(place).utcoffset() == offset_low:
            low = middle
        else:
            high = middle
    jump = (high + timedelta(seconds=30)).replace(second=0, microsecond=0)
    return jump.replace(tzinfo=UTC).astimezone(place)
