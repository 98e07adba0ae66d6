"""The time of a campaign as it is told everywhere: on its own clock, whose place is named."""

from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QDate, QLocale, QTimeZone

from cascade_desktop.core.campaign_file import Campaign

RENAMED = {
    "Europe/Kiev": "Europe/Kyiv",
    "Europe/Uzhgorod": "Europe/Kyiv",
    "Europe/Zaporozhye": "Europe/Kyiv",
}


def is_zone(name: str) -> bool:
    """Tell whether a zone's name is known here."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return False
    return True


def named_now(zone: str) -> str:
    """Return the name that a zone has today, where this system knows it."""
    new = RENAMED.get(zone, zone)
    return new if is_zone(new) else zone


def system_zone() -> str:
    """Return the name of this system's time zone; UTC where it has none that is known."""
    name = QTimeZone.systemTimeZoneId().toStdString()
    with suppress(ZoneInfoNotFoundError, ValueError, OSError):
        return named_now(ZoneInfo(name).key)
    return "UTC"


def clock_of(campaign: Campaign, own_zone: str) -> str:
    """Return whose clock a campaign's times are told on: its own, this computer's for *now*."""
    chosen = campaign.zone if campaign.schedule else ""
    return chosen if is_zone(chosen) else own_zone


def say_place(zone: str, own_zone: str) -> str:
    """Name the place of a clock, such as *Kyiv*; "" for the one of this computer.

    >>> say_place("America/New_York", "Europe/Kyiv")
    'New York'
    """
    zone = named_now(zone)
    return "" if zone == named_now(own_zone) else city_of(zone)


def city_of(zone: str) -> str:
    """Return the city that a zone is named after."""
    return zone.rpartition("/")[2].replace("_", " ")


def say_moment(local: datetime, now: datetime, place: str = "", *, short: bool = False) -> str:
    """Return a day and time as a clock shows it: *Sunday 6 December, 03:30 · Kyiv*.

    ``now`` is what that clock shows now: another year is named. ``short`` is for a narrow place.
    """
    day_and_month = "ddd d MMM" if short else "dddd d MMMM"
    pattern = day_and_month if local.year == now.year else f"{day_and_month} yyyy"
    day = QLocale().toString(QDate(local.year, local.month, local.day), pattern)
    words = f"{day[:1].upper()}{day[1:]}, {local.hour:02}:{local.minute:02}"
    return f"{words} · {place}" if place else words
