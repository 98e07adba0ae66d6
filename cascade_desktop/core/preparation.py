"""A campaign and its list put together: what would leave, when, and what stands in the way."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.composition import Composition, compose, written_out
from cascade_desktop.core.confirmations import (
    DAY,
    Confirmation,
    Given,
    Hours,
    Quiet,
    needed,
    quiet_hours,
)
from cascade_desktop.core.plan import Plan, build_plan
from cascade_desktop.core.problems import DraftProblem
from cascade_desktop.core.recipients import Recipients
from cascade_desktop.core.schedule import time_problems, to_utc

SPREAD_STARTS_IN = timedelta(minutes=5)
"""Spread messages need times of their own; without a schedule the first is this far ahead."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A campaign ready for the review."""

    campaign: Campaign
    composition: Composition
    at: datetime | None
    """When it is sent, in UTC; None for now."""
    problems: tuple[DraftProblem, ...]
    quiet: tuple[Quiet, ...]
    hours: Hours = DAY
    """When a message wakes nobody; the operator's own."""
    given: tuple[Given, ...] = ()
    """What was asked before it may leave, and answered."""

    @property
    def spread(self) -> timedelta:
        """Return over how long the messages are spread."""
        return timedelta(hours=self.campaign.spread_hours)

    @property
    def to_fix(self) -> int:
        """Return the rows that get nothing until somebody mends them."""
        return len(self.composition.recipients.problems) + len(self.composition.faults)

    def confirmations(self, *, live: bool, sent_before: int = 0) -> tuple[Confirmation, ...]:
        """Return what the operator must say yes to."""
        return needed(
            self.campaign.draft.kind,
            len(self.composition.rows),
            scheduled=self.at is not None,
            quiet=self.quiet,
            live=live,
            sent_before=sent_before,
        )

    def plan(self, code: str) -> Plan:
        """Freeze it.

        Raises:
            ValueError: something still stands in the way, or it was not counted as it is written.
        """
        if self.problems:
            raise ValueError(self.problems)
        return build_plan(
            self.campaign.draft,
            written_out(self.campaign.draft, self.composition),
            name=self.campaign.name,
            code=code,
            route=self.campaign.route,
            at=self.at,
            spread=self.spread,
        )


def prepare(campaign: Campaign, recipients: Recipients, now: datetime) -> Prepared:
    """Put a campaign and its list together as of ``now`` (UTC)."""
    composition = compose(campaign.draft, recipients, campaign.duplicates)
    return renew(Prepared(campaign, composition, None, composition.problems, ()), now)


def renew(prepared: Prepared, now: datetime, hours: Hours | None = None) -> Prepared:
    """Look again at everything about a campaign that depends on the time of day."""
    hours = hours or prepared.hours
    campaign, composition = prepared.campaign, prepared.composition
    at, times = scheduled_at(campaign, now)
    return replace(
        prepared,
        at=at,
        problems=(*composition.problems, *times),
        quiet=_quiet(composition, _moments(at or now, prepared.spread), hours),
        hours=hours,
    )


def scheduled_at(
    campaign: Campaign, now: datetime
) -> tuple[datetime | None, tuple[DraftProblem, ...]]:
    """Return when a campaign's first message is due, and what is wrong with that time."""
    spread = timedelta(hours=campaign.spread_hours)
    if not campaign.schedule:
        at = now + SPREAD_STARTS_IN if spread else None
    else:
        found = to_utc(datetime.fromisoformat(campaign.schedule), campaign.zone)
        if not isinstance(found, datetime):
            return None, (found,)
        at = found
    if at is None:
        return None, ()
    return at, tuple(dict.fromkeys((*time_problems(at, now), *time_problems(at + spread, now))))


def _moments(first: datetime, spread: timedelta) -> tuple[datetime, ...]:
    """Return when messages arrive, as far as quiet hours are concerned: once in every hour."""
    hourly = (first + timedelta(hours=hour) for hour in range(24))
    return (*(at for at in hourly if at < first + spread), first + spread)


def _quiet(
    composition: Composition, moments: tuple[datetime, ...], hours: Hours
) -> tuple[Quiet, ...]:
    phones, countries = composition.recipients.phones, composition.recipients.countries
    examples: dict[str, str] = {}
    for row in composition.rows:
        if len(examples) == len(composition.by_country):
            break
        examples.setdefault(countries.names[countries.codes[row]], phones[row])
    return quiet_hours(examples.items(), moments, hours)
