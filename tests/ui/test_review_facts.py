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
) -> ReviewFacts:
    campaign = Campaign(
        "Visits",
        Transaction("Shop", "At {Time}"),
        duplicates=duplicates,
        spread_hours=spread_hours,
    )
    prepared = prepare(campaign, recipients, NOW)
    composed = Composed(prepared, summarise_sms(prepared.composition.texts), group_rows(recipients))
    looked = look(prepared, None, None, Settings(), NOW)
    looked = replace(looked, earlier=find_earlier(prepared.composition, sent))
    return review_facts(composed, looked, NOW, practice=practice, row=row)


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
    # The first leaves in five minutes; of four the last leaves after three quarters of the time.
    pytest.param(2, NOW + timedelta(hours=1, minutes=35), "%H:%M", id="the same day"),
    pytest.param(48, NOW + timedelta(hours=36, minutes=5), "%A %-d %B, %H:%M", id="another day"),
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
    assert facts.when_detail.endswith(f": the last at {last.astimezone().strftime(pattern)}")
