"""The questions of a list: each with its answers, the one that holds marked, file before rows."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from cascade_desktop.core.composition import Duplicates, compose
from cascade_desktop.core.drafts import Transaction
from cascade_desktop.core.questions import find_questions
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.repairs import find_repairs
from cascade_desktop.core.table import Source, Table
from cascade_desktop.ui.wording_offers import (
    Offer,
    Wish,
    card_offers,
    country_offers,
    hidden_offers,
    repair_offers,
    say_change,
    shared_offers,
)

SHEETS = Source("a.xlsx", "xlsx", "One", ("One", "Two"), 1, phone_sheets=("One", "Two"))


@pytest.fixture(autouse=True)
def _plain_numbers() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English))
    yield
    QLocale.setDefault(before)


def read(*phones: str, hidden: tuple[int, ...] = (), source: Source | None = None) -> Recipients:
    names = tuple("ABCDEFGH"[: len(phones)])
    table = Table(
        source or Source("a.xlsx"),
        ("Phone", "Name"),
        (phones, names),
        range(2, 2 + len(phones)),
        hidden_rows=frozenset(hidden),
    )
    found = read_recipients(table, Choice(phone_column=0))
    assert isinstance(found, Recipients)
    return found


def answers(offer: Offer) -> list[tuple[str, bool]]:
    return [(answer.words, answer.holds) for answer in offer.answers]


def test_hidden_rows_can_be_included_and_left_out_again() -> None:
    people = read("+380501112233", "+380501112244", hidden=(3,))
    again = read_recipients(people.table, Choice(include_hidden=True))
    assert isinstance(again, Recipients)

    (out,), (included,) = hidden_offers(people), hidden_offers(again)

    assert out.words == "1 row is hidden in the file."
    assert answers(out) == [("Leave 1 row out", True), ("Include 1 row", False)]
    assert answers(included) == [("Leave 1 row out", False), ("Include 1 row", True)]
    assert hidden_offers(read("+380501112233")) == ()


@pytest.mark.parametrize("choice", list(Duplicates))
def test_different_messages_to_a_number_are_asked_about(choice: Duplicates) -> None:
    people = read("+380501112233", "+380501112233", "+380501112233")

    (offer,) = shared_offers(compose(Transaction("A", "{Name}"), people, choice))

    assert offer.words == (
        "2 rows repeat a number, but with another message. Send every message, or only the first?"
    )
    both = choice is Duplicates.BOTH
    assert answers(offer) == [("Every message", both), ("Only the first", not both)]


def test_the_same_message_is_no_question() -> None:
    people = read("+380501112233", "+380501112233")

    assert shared_offers(compose(Transaction("A", "Hi"), people)) == ()
    assert shared_offers(None) == ()


def test_several_rows_of_a_kind_are_mended_with_one_press() -> None:
    (offer,) = repair_offers(find_repairs(read("+38O501112233", "+38O501112244", "0501234")))

    assert [(one.wish, one.words, one.value) for one in offer.answers] == [
        (Wish.CORRECT, "Correct all 2", "letter")
    ]
    assert repair_offers(find_repairs(read("+38O501112233", "0501234"))) == ()


def test_names_beside_numbers_are_mended_with_one_press() -> None:
    (offer,) = repair_offers(find_repairs(read("+380501112233 Олена", "Іван 0501112244")))

    assert offer.words == "2 numbers have words beside them. Each row shows the number alone."
    assert [one.words for one in offer.answers] == ["Correct all 2"]


def test_a_file_of_another_country_is_one_answer() -> None:
    people = read("333 1112233", "333 1112244", "347 1112255")

    (offer,) = country_offers(people, find_questions(people.table, people))

    assert [(one.wish, one.words, one.value) for one in offer.answers] == [
        (Wish.COUNTRY, "Use Italy", "IT"),
        (Wish.KEEP, "Keep Ukraine", ""),
    ]
    assert country_offers(people, ()) == ()


@pytest.mark.parametrize(
    ("header_row", "said"),
    [
        (None, [("It is a person", True), ("They are column names", False)]),
        (2, [("No, leave it out", True), ("Yes, it is a person", False)]),
    ],
)
def test_a_row_that_may_be_a_person_is_one_answer(
    header_row: int | None, said: list[tuple[str, bool]]
) -> None:
    source = Source("a.csv", header_row=header_row, doubtful_row=1, doubtful_cells=("Олена", "-"))
    people = read("+380501112233", source=source)

    (offer,) = card_offers(people, None, find_questions(people.table, people))

    assert "Row 1 (“Олена”, “-”) has" in offer.words
    assert offer.brief == "Is row 1 a person?"
    assert answers(offer) == said
    assert [one.value for one in offer.answers] == ["", "0" if header_row else "1"]


def test_the_file_is_asked_about_before_its_rows() -> None:
    phones = ("+380501112233", "+380501112244", "050 111 22 33 / 067 444 55 66")
    people = read(*phones, hidden=(3,), source=SHEETS)

    questions = find_questions(people.table, people)

    asked = card_offers(people, None, questions)
    later = card_offers(people, None, [one for one in questions if one.code != asked[0].code])

    assert [offer.brief for offer in asked] == [
        "Which sheet should be used?",
        "Include 1 hidden row?",
    ]
    assert [offer.brief for offer in later] == [
        "Include 1 hidden row?",
        "1 cell with several numbers",
    ]
    assert answers(asked[0]) == [("One", True), ("Two", False)]


def test_what_was_settled_stays_at_hand_and_waits_for_nothing() -> None:
    people = read("+380501112233", "+380501112233", "+380501112244", hidden=(4,))
    composition = compose(Transaction("A", "{Name}"), people)

    offers = card_offers(people, composition, (), shared_settled=True)

    assert [(len(offer.answers), offer.brief) for offer in offers] == [(2, ""), (3, "")]


def test_a_list_that_is_clear_asks_nothing() -> None:
    people = read("+380501112233")

    assert card_offers(people, compose(Transaction("A", "Hi"), people), ()) == ()


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ({}, {"edits": {6: "1"}}, "The phone in row 6 was changed."),
        ({"edits": {6: "1"}}, {"edits": {6: "2"}}, "The phone in row 6 was changed."),
        ({}, {"edits": {6: "1", 7: "2"}}, "2 numbers were changed."),
        ({}, {"left_out": frozenset({9})}, "Row 9 was left out."),
        ({}, {"left_out": frozenset({9, 10})}, "2 rows were left out."),
        ({"left_out": frozenset({9})}, {}, "Row 9 was taken back."),
        ({"left_out": frozenset({8, 9})}, {}, "2 rows were taken back."),
        ({}, {"include_hidden": True}, "The hidden rows were included."),
        ({"include_hidden": True}, {}, "The hidden rows were left out."),
        ({}, {}, ""),
    ],
)
def test_the_last_decision_is_told(
    before: dict[str, object], now: dict[str, object], said: str
) -> None:
    assert say_change(Choice(**before), Choice(**now)) == said  # type: ignore[arg-type]
