"""What the review says of a campaign: messages and people counted apart, only what is true."""

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.composition import Duplicates
from cascade_desktop.core.drafts import Transaction
from cascade_desktop.core.preparation import prepare
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.sent_before import Sent, find_earlier
from cascade_desktop.core.sms_summary import summarise_sms
from cascade_desktop.core.table import Source, Table
from cascade_desktop.engine.settings import Settings
from cascade_desktop.ui.draft_desk import Composed
from cascade_desktop.ui.recipient_groups_model import group_rows
from cascade_desktop.ui.review_desk import look
from cascade_desktop.ui.review_dialog import ReviewFacts
from cascade_desktop.ui.review_facts import review_facts

NOW = datetime(2026, 3, 20, 10, 0, tzinfo=UTC)
OWN_ZONE = "Europe/Rome"
OKSANA, IVAN, MARCO = "+380501112233", "+380671112233", "+393331112233"


@pytest.fixture
def visits() -> Recipients:
    """Return a list of four visits of three people."""
    phones, times = (OKSANA, IVAN, OKSANA, MARCO), ("9:00", "10:00", "11:00", "12:00")
    table = Table(Source("a.xlsx"), ("Phone", "Time"), (phones, times), (2, 3, 4, 5))
    found = read_recipients(table, Choice())
    assert isinstance(found, Recipients)
    return found


def facts_of(
    recipients: Recipients,
    *,
    duplicates: Duplicates | None = None,
    practice: bool = False,
    sent: tuple[Sent, ...] = (),
    spread_hours: float = 0,
    row: int | None = None,
    schedule: str = "",
    zone: str = "",
) -> ReviewFacts:
    campaign = Campaign(
        "Visits",
        Transaction("Shop", "At {Time}"),
        duplicates=duplicates,
        spread_hours=spread_hours,
        schedule=schedule,
        zone=zone,
    )
    prepared = prepare(campaign, recipients, NOW)
    composed = Composed(prepared, summarise_sms(prepared.composition.texts), group_rows(recipients))
    looked = look(prepared, None, None, Settings(), NOW)
    looked = replace(looked, earlier=find_earlier(prepared.composition, sent))
    own = OWN_ZONE if schedule or zone else ""
    return review_facts(composed, looked, NOW, practice=practice, row=row, own_zone=own)


def got(phone: str, text: str, days_ago: int = 1) -> Sent:
    return Sent(phone, text, (NOW - timedelta(days=days_ago)).isoformat())


def test_two_messages_to_one_number_are_one_person(visits: Recipients):
    facts = facts_of(visits)

    assert (facts.count, facts.people) == (4, 3)
    assert facts.by_country == (("UA", 2), ("IT", 1))
    assert facts.remarks == (
        "1 person gets several different messages: that number stands in more than one row.",
    )


ANY, SAME = "of them got a message", "of them got this very text"
EARLIER = [
    pytest.param((got(OKSANA, "x"),), {}, [f"1 {ANY} from you yesterday."], id="yesterday"),
    pytest.param((got(IVAN, "x", 0),), {}, [f"1 {ANY} from you today."], id="today"),
    pytest.param((got(IVAN, "x", 4),), {}, [f"1 {ANY} from you on 16 March."], id="that day"),
    pytest.param(
        (got(OKSANA, "x"), got(IVAN, "x", 4)),
        {},
        [f"2 {ANY} from you in the last 7 days."],
        id="several days",
    ),
    pytest.param(
        (got(OKSANA, "x", 5), got(OKSANA, "y")), {}, [f"1 {ANY} from you yesterday."], id="latest"
    ),
    pytest.param((got(IVAN, "At 10:00"),), {}, [f"1 {SAME} yesterday."], id="the very text"),
    pytest.param(
        (got(OKSANA, "x"), got(IVAN, "At 10:00"), got(MARCO, "")),
        {},
        [f"3 {ANY} from you yesterday.", f"1 {SAME} yesterday."],
        id="both",
    ),
    pytest.param(
        (got(IVAN, "x", -2),),
        {},
        [f"1 {ANY} from you in the last 7 days, or will get one that is scheduled."],
        id="to come",
    ),
    pytest.param(
        (got(IVAN, "At 10:00", -2),),
        {},
        [f"1 {SAME} in the last 7 days, or will get it as scheduled."],
        id="the very text to come",
    ),
    pytest.param(
        (got(OKSANA, "x"), got(IVAN, "At 10:00")),
        {"practice": True},
        [f"2 {ANY} in practice yesterday.", f"1 {SAME} in practice yesterday."],
        id="practice",
    ),
    pytest.param((got("+380991112233", "At 10:00"),), {}, [], id="somebody else"),
]


@pytest.mark.parametrize(("sent", "how", "words"), EARLIER)
def test_who_got_something_lately_is_told_truly(
    visits: Recipients, sent: tuple[Sent, ...], how: dict, words: list[str]
):
    facts = facts_of(visits, sent=sent, **how)

    assert [line.words for line in facts.earlier] == words


def test_the_example_is_the_person_who_was_looked_at_or_else_the_first(visits: Recipients):
    found = [facts_of(visits, row=row).example_text for row in (None, 2, 9)]

    assert found == ["At 9:00", "At 11:00", "At 9:00"]


def test_only_the_first_of_a_number_makes_messages_and_people_the_same(visits: Recipients):
    facts = facts_of(visits, duplicates=Duplicates.FIRST)

    assert (facts.count, facts.people) == (3, 3)
    assert facts.remarks == (
        "1 row repeats a number with another message: that number gets only the first.",
    )


SPREADS = [
    # The first leaves in five minutes; the last by then, as the message column says too.
    pytest.param(2, NOW + timedelta(hours=2, minutes=5), "%H:%M", id="the same day"),
    pytest.param(48, NOW + timedelta(hours=48, minutes=5), "%A %-d %B, %H:%M", id="another day"),
]


@pytest.mark.skipif(sys.platform == "win32", reason="it writes days in other words")
@pytest.mark.parametrize(("hours", "last", "pattern"), SPREADS)
def test_a_spread_says_from_when_to_when(
    visits: Recipients, hours: float, last: datetime, pattern: str
):
    facts = facts_of(visits, spread_hours=hours)

    first = (NOW + timedelta(minutes=5)).astimezone()
    assert facts.when.endswith(f"{first:%H:%M}")
    assert facts.when_detail.startswith("in 5 minutes, spread over ")
    assert facts.when_detail.endswith(f": the last by {last.astimezone().strftime(pattern)}")


@pytest.mark.parametrize(
    ("schedule", "zone", "when", "last"),
    [
        pytest.param(
            "2026-03-22T03:30",
            "Europe/Kyiv",
            "Sunday 22 March, 03:30 · Kyiv",
            "07:30",
            id="another",
        ),
        pytest.param("2026-03-22T03:30", OWN_ZONE, "Sunday 22 March, 03:30", "07:30", id="own"),
        pytest.param(
            "2026-03-22T01:30Z",
            "Europe/Kyiv",
            "Sunday 22 March, 03:30 · Kyiv",
            "07:30",
            id="offset",
        ),
        pytest.param(
            "2026-03-22T22:30",
            "Europe/Kiev",
            "Sunday 22 March, 22:30 · Kyiv",
            "Monday 23 March, 02:30 · Kyiv",
            id="past midnight, by the old name",
        ),
    ],
)
def test_a_time_is_told_on_the_campaigns_clock_and_names_another_place(
    visits: Recipients, schedule: str, zone: str, when: str, last: str
):
    facts = facts_of(visits, schedule=schedule, zone=zone, spread_hours=4)

    assert (facts.when, facts.day) == (when, "on Sunday")
    assert facts.when_detail.endswith(f", spread over 4 hours: the last by {last}")


def test_a_zone_that_was_chosen_before_means_nothing_for_now(visits: Recipients):
    facts = facts_of(visits, zone="Asia/Tokyo", spread_hours=2)

    assert facts.when == "Friday 20 March, 11:05"  # in Rome
    assert facts.when_detail.endswith("the last by 13:05")
