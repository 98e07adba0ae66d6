"""What an operator must say yes to before a campaign leaves (PRODUCT.md, Review)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from phonenumbers import parse, timezone

from cascade_desktop.core.drafts import ADVERTISING, Kind

LARGE_NUMBER = 10_000


@dataclass(frozen=True, slots=True)
class Hours:
    """When a message wakes nobody, where the recipient is: from the first hour to the last."""

    first: int = 9
    last: int = 20

    def is_quiet(self, local: datetime) -> bool:
        """Tell whether it is too early or too late.

        >>> Hours().is_quiet(datetime(2026, 11, 26, 20, 0))
        True
        """
        return not self.first <= local.hour < self.last


DAY = Hours()


class Confirmation(StrEnum):
    """A question of the review; the codes are the command line's."""

    AGREEMENT = "CONFIRM_AGREEMENT"
    QUIET_HOURS = "CONFIRM_QUIET_HOURS"
    NOT_CALLED_BACK = "CONFIRM_NOT_CALLED_BACK"
    SENT_BEFORE = "CONFIRM_SENT_BEFORE"
    LARGE_NUMBER = "CONFIRM_LARGE_NUMBER"


@dataclass(frozen=True, slots=True)
class Quiet:
    """A country in which the messages would arrive in quiet hours, and the hour there."""

    country: str
    local: datetime


@dataclass(frozen=True, slots=True)
class Given:
    """A question of the review as it was asked, what the operator answered, and when."""

    question: str
    words: str
    answer: str
    at: datetime


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


def quiet_hours(
    phones: Iterable[tuple[str, str]], times: Iterable[datetime], hours: Hours = DAY
) -> tuple[Quiet, ...]:
    """Return the countries where one of these times lies in quiet hours.

    ``phones`` holds (country, E.164) pairs; one number stands for its country. A country with
    several zones is quiet when one of them is.
    """
    moments = sorted(set(times))
    examples = {country: phone for country, phone in phones if country}
    found: list[Quiet] = []
    for country, phone in examples.items():
        zones = timezone.time_zones_for_number(parse(phone))
        local = (moment.astimezone(_zone(zone)) for zone in zones for moment in moments)
        early_or_late = [at for at in local if hours.is_quiet(at)]
        if early_or_late:
            found.append(Quiet(country, early_or_late[0]))
    return tuple(found)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")
