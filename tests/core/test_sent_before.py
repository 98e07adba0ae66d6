"""Who got something before is found by person and by text, with every row to leave out."""

from datetime import UTC, datetime

import pytest

from cascade_desktop.core.composition import Composition, Duplicates, compose
from cascade_desktop.core.drafts import FlashCall, Transaction
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.sent_before import Earlier, Group, Sent, find_earlier
from cascade_desktop.core.table import Source, Table

OKSANA, IVAN, MARCO = "+380501112233", "+380671112233", "+393331112233"
MONDAY, TUESDAY = "2026-11-23T10:00:00+00:00", "2026-11-24T10:00:00.5+00:00"
AT_MONDAY, AT_TUESDAY = (datetime.fromisoformat(at) for at in (MONDAY, TUESDAY))


@pytest.fixture
def people() -> Recipients:
    """Return three people; Oksana has three rows, two of them alike."""
    phones = (OKSANA, IVAN, OKSANA, MARCO, OKSANA)
    times = ("9:00", "10:00", "11:00", "12:00", "9:00")
    table = Table(Source("a.xlsx"), ("Phone", "Time"), (phones, times), (2, 3, 4, 5, 6))
    found = read_recipients(table, Choice())
    assert isinstance(found, Recipients)
    return found


@pytest.fixture
def both(people: Recipients) -> Composition:
    return compose(Transaction("Shop", "At {Time}"), people, Duplicates.BOTH)


def test_nobody_is_told_of_when_others_got_something(both: Composition):
    assert find_earlier(both, [Sent("+380991112233", "At 9:00", MONDAY)]) == Earlier()


def test_all_rows_of_who_got_anything_are_left_out(both: Composition):
    found = find_earlier(both, [Sent(OKSANA, "x", TUESDAY), Sent(OKSANA, "y", MONDAY)])

    assert found == Earlier(any=Group(1, (0, 2, 4), AT_TUESDAY, AT_TUESDAY))


def test_only_the_rows_with_the_very_text_are_told_of_as_such(both: Composition):
    sent = [Sent(OKSANA, "At 9:00", MONDAY), Sent(OKSANA, "x", TUESDAY), Sent(IVAN, "x", MONDAY)]

    found = find_earlier(both, sent)

    assert found.any == Group(2, (0, 1, 2, 4), AT_MONDAY, AT_TUESDAY)
    assert found.same == Group(1, (0, 4), AT_MONDAY, AT_MONDAY)


def test_the_same_text_to_somebody_else_is_none_of_theirs(both: Composition):
    found = find_earlier(both, [Sent(IVAN, "At 9:00", MONDAY)])

    assert (found.any.people, found.same) == (1, Group())


def test_nobody_slips_in_with_another_row_of_their_number(people: Recipients):
    composition = compose(Transaction("Shop", "At {Time}"), people, Duplicates.FIRST)

    found = find_earlier(composition, [Sent(OKSANA, "At 9:00", MONDAY)])

    assert found.any.rows == found.same.rows == (0, 2, 4)


def test_calls_have_no_text_to_be_the_same(people: Recipients):
    found = find_earlier(compose(FlashCall("Shop"), people), [Sent(IVAN, "", MONDAY)])

    assert (found.any.people, found.same.people) == (1, 0)
    assert found.any.last == datetime(2026, 11, 23, 10, tzinfo=UTC)
