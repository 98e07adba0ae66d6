"""What an operator must say yes to before a campaign leaves (PRODUCT.md, Review)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from phonenumbers import parse, timezone

from cascade_desktop.core.drafts import ADVERTISING, Kind

LARGE_NUMBER = 10_000
SENT_BEFORE = timedelta(days=7)
"""Who got something within this time is told of before they get more."""
QUIET_BEFORE_H, QUIET_FROM_H = 9, 20


class Confirmation(StrEnum):
    """A question of the review; the codes are the command line's."""

    AGREEMENT = "CONFIRM_AGREEMENT"
    QUIET_HOURS = "CONFIRM_QUIET_HOURS"
    NOT_CALLED_BACK = "CONFIRM_NOT_CALLED_BACK"
    SENT_BEFORE = "CONFIRM_SENT_BEFORE"
    LARGE_NUMBER = "CONFIRM_LARGE_NUMBER"


@dataclass(frozen=True, slots=True)
class Quiet:
    """A country in which the messages would arrive outside 9 to 20 h, and the hour there."""

    country: str
    local: datetime


def needed(
    kind: Kind,
    people: int,
    *,
    scheduled: bool,
    quiet: Sequence[Quiet],
    live: bool,
    sent_before: int = 0,
) -> tuple[Confirmation, ...]:
    """Return what must be confirmed; quiet hours are but a remark for transactions.

    ``sent_before`` counts the people who got something lately.
    """
    asked = {
        Confirmation.AGREEMENT: kind in ADVERTISING,
        Confirmation.QUIET_HOURS: bool(quiet) and kind is not Kind.TRANSACTION,
        Confirmation.NOT_CALLED_BACK: scheduled,
        Confirmation.SENT_BEFORE: sent_before > 0,
        Confirmation.LARGE_NUMBER: live and people > LARGE_NUMBER,
    }
    return tuple(question for question, is_asked in asked.items() if is_asked)


def quiet_hours(phones: Iterable[tuple[str, str]], times: Iterable[datetime]) -> tuple[Quiet, ...]:
    """Return the countries where a time lies before 9 or after 20 h.

    ``phones`` holds (country, E.164) pairs; one number stands for its country. A country with
    several zones is quiet when one of them is.
    """
    moments = sorted(set(times))
    examples = {country: phone for country, phone in phones if country}
    found: list[Quiet] = []
    for country, phone in examples.items():
        zones = timezone.time_zones_for_number(parse(phone))
        local = (moment.astimezone(_zone(zone)) for zone in zones for moment in moments)
        early_or_late = [at for at in local if not QUIET_BEFORE_H <= at.hour < QUIET_FROM_H]
        if early_or_late:
            found.append(Quiet(country, early_or_late[0]))
    return tuple(found)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")
