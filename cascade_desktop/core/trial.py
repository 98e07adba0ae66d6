"""A test: one person's very message to a phone of one's own, before the campaign leaves."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cascade_desktop.core.campaign_file import Campaign, ListRef
from cascade_desktop.core.states import Reason

MOST_NUMBERS = 3
"""A test is for a few phones of one's own; whoever wants more has a campaign."""
SOON = timedelta(minutes=5)
"""So far ahead is a test that tries a schedule."""
STEM = "test"
"""What a test's tracking id begins with, so that SMSBAT can tell it from the campaign's."""

OF_ONE_MESSAGE = frozenset({Reason.BATCH_REFUSED, Reason.TOO_LARGE})
"""Why one message is refused while another number's may still be taken."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One message to one number, with the text of the person that was looked at."""

    campaign: Campaign
    """What was written, without the list: it tells how the message is sent."""
    phone: str
    text: str
    at: datetime | None
    """When the service shall send it, in UTC; None for now."""


def make_trial(campaign: Campaign, phone: str, text: str, at: datetime | None = None) -> Trial:
    """Make a test of a campaign; of its list and its time nothing is kept."""
    bare = replace(
        campaign,
        schedule="",
        spread_hours=0,
        recipients=ListRef(),
        edits={},
        left_out=(),
        include_hidden=False,
        duplicates=None,
    )
    return Trial(bare, phone, text, at)


def id_stem(code: str) -> str:
    """Return what the tracking id of a test begins with.

    >>> id_stem("K7F2M3Q4")
    'test-k7f2m3q4'
    """
    return f"{STEM}-{code.lower()}"


def in_five_minutes(now: datetime) -> datetime:
    """Return the whole second to which a test that tries a schedule is set."""
    return (now + SOON).replace(microsecond=0)
