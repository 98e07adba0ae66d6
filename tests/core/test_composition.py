"""What each person would get, and who gets nothing."""

from collections import Counter
from typing import Any

import pytest
import smsutil
from hypothesis import given, settings
from hypothesis import strategies as st

from cascade_desktop.core.composition import (
    Composition,
    Duplicates,
    compose,
    draft_problems,
    proposed_duplicates,
)
from cascade_desktop.core.drafts import Draft, FlashCall, Kind, Promo, Survey, Transaction
from cascade_desktop.core.phones import country_of
from cascade_desktop.core.problems import (
    NobodyToSend,
    NoUnsubscribe,
    PlaceholderEmpty,
    PlaceholderUnknown,
    RowControlSyntax,
    RowTextBroken,
    RowTextEmpty,
    RowTextTooLong,
    SenderEmpty,
    ValueMissing,
    ViberSkipped,
)
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.sms_summary import SmsSummary, summarise_sms
from cascade_desktop.core.table import Source, Table

OKSANA, IVAN, MARCO = "0501112233", "0671112233", "+393331112233"


def people(*rows: tuple[str, str], **choice: Any) -> Recipients:
    """Read a list of phones and names that begins in the sheet's row 2."""
    phones, names = zip(*rows, strict=True) if rows else ((), ())
    table = Table(
        Source("people.xlsx"), ("Phone", "Name"), (phones, names), range(2, 2 + len(rows))
    )
    found = read_recipients(table, Choice(phone_column=0, **choice))
    assert isinstance(found, Recipients)
    return found


def written(composition: Composition) -> dict[int, str]:
    return dict(zip(composition.rows, composition.texts, strict=True))


def test_everybody_gets_their_own_text_in_the_files_order() -> None:
    recipients = people((MARCO, "Marco"), (OKSANA, "Оксана"), ("—", "nobody"), (IVAN, ""))

    composed = compose(Transaction("A", "Hi {name|friend}!"), recipients)

    assert written(composed) == {0: "Hi Marco!", 1: "Hi Оксана!", 3: "Hi friend!"}
    assert composed.problems == ()


@pytest.mark.parametrize(
    ("draft", "name", "fault"),
    [
        pytest.param(Promo("A", "{Name}"), " ", ValueMissing("Name"), id="no value"),
        pytest.param(Promo("A", "{Name|}"), "", RowTextEmpty(), id="nothing left"),
        pytest.param(
            Survey("A", "{Name}?", ("1", "2")), "x" * 85, RowTextTooLong(86, 85), id="too long"
        ),
        pytest.param(
            Survey("A", "{Name}", ("1", "2")),
            "💛" * 43,
            RowTextTooLong(86, 85),
            id="too many units",
        ),
        pytest.param(Promo("A", "{Name}"), "\ud83d", RowTextBroken(), id="half a character"),
        pytest.param(FlashCall("A", None, "{Name}"), "", ValueMissing("Name"), id="an SMS's value"),
    ],
)
def test_a_row_that_cannot_be_finished_says_why(draft: Draft, name: str, fault: object) -> None:
    composed = compose(draft, people((OKSANA, name), (IVAN, "Іван")))

    assert composed.faults == {0: fault}
    assert composed.rows == (1,)


@pytest.mark.parametrize("name", ["x" * 85, "💛" * 42 + "x"])
def test_a_row_may_fill_the_limit(name: str) -> None:
    assert compose(Survey("A", "{Name}", ("1", "2")), people((OKSANA, name))).faults == {}


def test_sums_are_about_those_who_get_it() -> None:
    recipients = people(
        (MARCO, ""), (OKSANA, "Оксана"), (OKSANA, "Оксана-2"), (IVAN, ""), ("+39 3331112234", "A")
    )

    named = compose(Transaction("A", "Hi {name}!"), recipients)
    everybody = compose(Transaction("A", "Hi!"), recipients)

    assert named.by_country == (("UA", 2), ("IT", 1))
    assert everybody.by_country == recipients.by_country == (("IT", 2), ("UA", 2))
    assert (named.repaired, everybody.repaired) == (2, 2)


def test_a_flash_call_needs_no_text() -> None:
    composed = compose(FlashCall("A"), people((OKSANA, ""), (IVAN, "")))

    assert written(composed) == {0: "", 1: ""}
    assert composed.problems == ()


def test_the_same_message_goes_to_a_number_once() -> None:
    recipients = people((OKSANA, "a"), (IVAN, "b"), ("+380 50 111 22 33", "c"))

    composed = compose(Transaction("A", "Hi"), recipients, Duplicates.BOTH)

    assert composed.rows == (0, 1)
    assert composed.doubles == {2: 0}
    assert composed.differing == 0


@pytest.mark.parametrize("duplicates", list(Duplicates))
def test_what_differs_is_named_whoever_gets_it(duplicates: Duplicates) -> None:
    recipients = people((OKSANA, "a"), (OKSANA, "b"), (IVAN, "c"), (OKSANA, "b"), (IVAN, "c"))

    composed = compose(Transaction("A", "Hi {Name}"), recipients, duplicates)

    assert (composed.duplicates, composed.differing) == (duplicates, 1)
    assert (composed.shared, composed.columns) == ({recipients.phones[0]}, (1,))


def test_a_message_that_went_out_stands_for_its_own_doubles() -> None:
    recipients = people((OKSANA, "a"), (OKSANA, "b"), (OKSANA, "b"), (OKSANA, "a"))

    both, first = (
        compose(Transaction("A", "{Name}"), recipients, one)
        for one in (Duplicates.BOTH, Duplicates.FIRST)
    )

    assert (both.rows, both.doubles) == ((0, 1), {2: 1, 3: 0})
    assert (first.rows, first.doubles) == ((0,), {1: 0, 2: 0, 3: 0})


@pytest.mark.parametrize(
    ("duplicates", "rows", "doubles"),
    [
        (Duplicates.BOTH, (0, 1), {2: 0}),
        (Duplicates.FIRST, (0,), {1: 0, 2: 0}),
        (None, (0, 1), {2: 0}),
    ],
)
def test_different_messages_to_a_number_are_the_operators_choice(
    duplicates: Duplicates | None, rows: tuple[int, ...], doubles: dict[int, int]
) -> None:
    recipients = people((OKSANA, "Anna"), (OKSANA, "Borys"), (OKSANA, "Anna"))

    composed = compose(Transaction("A", "Visit: {Name}"), recipients, duplicates)

    assert (composed.rows, composed.doubles, composed.differing) == (rows, doubles, 1)


def test_a_second_row_stands_in_for_a_first_that_cannot_be_finished() -> None:
    composed = compose(Promo("A", "Hi {Name}"), people((OKSANA, ""), (OKSANA, "Anna")))

    assert written(composed) == {1: "Hi Anna"}
    assert composed.faults == {0: ValueMissing("Name")}
    assert composed.doubles == {}


def test_only_notices_are_proposed_to_go_out_twice() -> None:
    assert [proposed_duplicates(kind) for kind in Kind] == [
        Duplicates.BOTH,
        Duplicates.FIRST,
        Duplicates.FIRST,
        Duplicates.FIRST,
    ]


def test_what_stops_the_draft_is_told_and_not_that_nobody_is_left_for_it() -> None:
    composed = compose(Promo("", "{City} http"), people((OKSANA, "Anna")))

    assert composed.problems == (
        SenderEmpty(),
        PlaceholderUnknown("City", ("Phone", "Name")),
    )


def test_an_empty_placeholder_is_told_once() -> None:
    assert draft_problems(Promo("A", "Hi {}"), ("Name",)) == (PlaceholderEmpty(""),)


def test_a_list_without_anybody_stops() -> None:
    composed = compose(Transaction("A", "Hi"), people(("—", "nobody")))

    assert composed.problems == (NobodyToSend(),)


def test_control_syntax_that_a_cell_brings_stops_and_names_the_sheets_row() -> None:
    recipients = people((OKSANA, "none"), (IVAN, "1"), (MARCO, "2"))

    composed = compose(Transaction("A", "%name={Name}%"), recipients)

    assert composed.problems == (RowControlSyntax("%name=1%", 3),)


@pytest.mark.parametrize(
    ("draft", "remarks"),
    [
        (Transaction("A", "{Name}"), (ViberSkipped(1),)),
        (Promo("A", "{Name}"), (NoUnsubscribe(), ViberSkipped(1))),
        (FlashCall("A", None, "{Name}"), ()),
    ],
)
def test_viber_is_skipped_over_a_thousand_units(draft: Draft, remarks: tuple[object, ...]) -> None:
    recipients = people((OKSANA, "x" * 1000), (IVAN, "x" * 999 + "💛"))

    assert compose(draft, recipients).remarks == remarks


@pytest.mark.parametrize(
    ("texts", "summary"),
    [
        pytest.param([], SmsSummary((), -1, 0), id="nobody"),
        pytest.param(["Hi"], SmsSummary(((1, 1),), 0, 0), id="one part"),
        pytest.param(["x" * 167, "Hi", "Привіт"], SmsSummary(((1, 2), (2, 1)), 0, 7), id="7 over"),
        pytest.param(
            ["я" * 135, "я" * 100, "x" * 200],
            SmsSummary(((2, 2), (3, 1)), 0, 1),
            id="one over two parts",
        ),
        pytest.param(
            ["a" * 152 + "€" * 5 + "a" * 143, "x" * 200, "x" * 201],
            SmsSummary(((2, 3),), 0, 0),
            id="an escape moves on and still fits",
        ),
        pytest.param(
            ["я" * 66 + "💛" * 34, "я" * 80, "я" * 80],
            SmsSummary(((2, 2), (3, 1)), 0, 1),
            id="a pair moves on: one unit to shorten at the least",
        ),
    ],
)
def test_the_cost_as_sms_is_counted_over_everybody(texts: list[str], summary: SmsSummary) -> None:
    assert summarise_sms(texts) == summary


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from("aя€💛"), min_size=1, max_size=300), max_size=8))
def test_the_parts_of_all_are_those_of_an_independent_splitter(texts: list[str]) -> None:
    theirs = [len(smsutil.split(text).parts) for text in texts]

    summary = summarise_sms(texts)

    assert summary.total_parts == sum(theirs)
    assert sum(people for _, people in summary.histogram) == len(texts)
    assert not texts or theirs[summary.longest] == max(theirs)
    assert (summary.excess > 0) == any(
        count > max(theirs, key=lambda parts: (theirs.count(parts), -theirs.index(parts)))
        for count in theirs
    )


rows = st.lists(
    st.tuples(
        st.sampled_from([OKSANA, IVAN, MARCO, "", "x"]), st.sampled_from(["Anna", "Ivan", ""])
    ),
    min_size=1,
    max_size=12,
)


@settings(deadline=None)
@given(rows, st.sampled_from([Duplicates.FIRST, Duplicates.BOTH]))
def test_no_number_gets_the_same_message_twice(
    listed: list[tuple[str, str]], duplicates: Duplicates
) -> None:
    recipients = people(*listed)

    composed = compose(Transaction("A", "Hi {Name}"), recipients, duplicates)

    sent = [(recipients.phones[row], text) for row, text in written(composed).items()]
    assert len(sent) == len(set(sent))
    assert list(composed.rows) == sorted(composed.rows)
    reachable = {*recipients.ready, *recipients.duplicate_of}
    assert reachable == {*composed.rows, *composed.faults, *composed.doubles}
    people_of = composed.per_person()
    assert composed.people == len(people_of)
    assert composed.several == sum(count > 1 for count in people_of.values())
    assert dict(composed.people_by_country) == Counter(map(country_of, people_of))
