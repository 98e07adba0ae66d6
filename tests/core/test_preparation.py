from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.composition import Duplicates
from cascade_desktop.core.confirmations import Confirmation
from cascade_desktop.core.drafts import Promo, Transaction
from cascade_desktop.core.preparation import Prepared, prepare
from cascade_desktop.core.problems import (
    NumbersShared,
    TimePast,
    TimeSkipped,
    TimeTooFar,
    TimeTwice,
    ZoneUnknown,
)
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.table import Source, Table

NOW = datetime(2026, 3, 20, 10, 0, tzinfo=UTC)


@pytest.fixture
def people() -> Recipients:
    phones = ("+380501112233", "+380671112233", "12")
    table = Table(Source("a.xlsx"), ("Phone", "Name"), (phones, ("A", "", "C")), (2, 3, 4))
    found = read_recipients(table, Choice())
    assert isinstance(found, Recipients)
    return found


def prepared(people: Recipients, **changes: object) -> Prepared:
    given = {"name": "Visit", "draft": Transaction("Shop", "Hi {Name}"), "zone": "Europe/Kyiv"}
    return prepare(Campaign(**{**given, **changes}), people, NOW)  # type: ignore[arg-type]


def test_a_campaign_for_now_has_no_time_and_counts_who_is_to_fix(people: Recipients):
    found = prepared(people)

    assert (found.at, found.problems, found.to_fix) == (None, (), 2)
    assert [message.phone for message in found.plan("ABCDEFGH").messages] == ["+380501112233"]


def test_a_campaigns_own_answer_settles_what_a_shared_number_gets(people: Recipients):
    table = replace(people.table, columns=(("+380501112233",) * 2 + ("",), ("A", "B", "C")))
    shared = read_recipients(table, Choice())
    assert isinstance(shared, Recipients)

    answers = [None, Duplicates.BOTH, Duplicates.FIRST]
    found = [prepared(shared, duplicates=answer).composition for answer in answers]

    assert [one.rows for one in found] == [(0, 1), (0, 1), (0,)]
    assert [one.remarks for one in found] == [
        (NumbersShared(1, both=True),),
        (NumbersShared(1, both=True),),
        (NumbersShared(1, both=False),),
    ]


def test_a_local_time_is_planned_in_utc(people: Recipients):
    found = prepared(people, schedule="2026-03-26T10:00")

    assert found.plan("ABCDEFGH").messages[0].at == datetime(2026, 3, 26, 8, 0, tzinfo=UTC)
    assert found.confirmations(live=True) == (Confirmation.NOT_CALLED_BACK,)


TIMES = [
    pytest.param({"schedule": "2026-03-20T11:59"}, TimePast, id="a minute ago"),
    pytest.param({"schedule": "2026-03-20T12:01"}, TimePast, id="too near to hand over"),
    pytest.param({"schedule": "2026-04-20T10:00"}, TimeTooFar, id="more than 30 days"),
    pytest.param({"schedule": "2026-03-29T03:30"}, TimeSkipped, id="the clocks jump"),
    pytest.param({"schedule": "2026-03-26T10:00", "zone": "Mars/One"}, ZoneUnknown, id="zone"),
    pytest.param(
        {"schedule": "2026-04-18T10:00", "spread_hours": 48}, TimeTooFar, id="the spread's end"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "problem"), TIMES)
def test_a_time_that_cannot_be_is_a_problem(people: Recipients, changes: dict, problem: type):
    found = prepared(people, **changes)

    assert [type(one) for one in found.problems] == [problem]
    with pytest.raises(ValueError, match=problem.__name__):
        found.plan("ABCDEFGH")


def test_a_time_that_happens_twice_is_asked(people: Recipients):
    autumn = datetime(2026, 10, 20, tzinfo=UTC)
    campaign = Campaign(
        "A", Transaction("S", "Hi"), schedule="2026-10-25T03:30", zone="Europe/Kyiv"
    )

    assert [type(one) for one in prepare(campaign, people, autumn).problems] == [TimeTwice]


def test_a_spread_without_a_schedule_begins_in_five_minutes(people: Recipients):
    found = prepared(people, draft=Promo("Shop", "Hi http"), spread_hours=2)

    times = [message.at for message in found.plan("ABCDEFGH").messages]
    assert times == [NOW + timedelta(minutes=5), NOW + timedelta(hours=1, minutes=5)]
