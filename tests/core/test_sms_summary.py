"""What shortening a text by so many characters comes to, by really shortening it."""

import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cascade_desktop.core.composition import compose
from cascade_desktop.core.drafts import Draft, Promo, Survey
from cascade_desktop.core.problems import RowTextTooLong, TextTooLong
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.sms_summary import summarise
from cascade_desktop.core.table import Source, Table

QUESTION = "Чи порадили б ви нас друзям та знайомим?".ljust(83, "!") + "💛"
NAMED = "{Name}"
MIXED = st.sampled_from(("aя€💛", "ab€[]", "я💛", "abя"))


def people(*names: str) -> Recipients:
    """Read a list of so many people."""
    phones = tuple(f"+38050111{number:04d}" for number in range(len(names)))
    table = Table(Source("a.csv"), ("Phone", "Name"), (phones, names), range(2, 2 + len(names)))
    found = read_recipients(table, Choice(phone_column=0))
    assert isinstance(found, Recipients)
    return found


@st.composite
def written(draw: st.DrawFn, alphabet: str) -> tuple[list[str], list[str]]:
    """Return a text in pieces, and the names of several people: the last of them is long."""
    head, tail = (draw(st.text(alphabet, min_size=12, max_size=120)) for _ in range(2))
    signs = alphabet.replace("[", "").replace("]", "")
    short = draw(st.lists(st.text(signs, min_size=1, max_size=4), min_size=2, max_size=4))
    return [head, NAMED, tail], [*short, draw(st.text(signs, min_size=30, max_size=75))]


def without(pieces: list[str], count: int, dice: random.Random) -> str:
    """Take so many characters out of what is written, whichever, and leave what is inserted."""
    written = [(at, sign) for at, piece in enumerate(pieces) if piece != NAMED for sign in piece]
    gone = set(dice.sample(range(len(written)), count))
    left = [sign for at, sign in enumerate(written) if at not in gone]
    return "".join(
        piece if piece == NAMED else "".join(sign for place, sign in left if place == at)
        for at, piece in enumerate(pieces)
    )


@settings(deadline=None, max_examples=200)
@given(MIXED.flatmap(written), st.booleans(), st.randoms(use_true_random=False))
def test_shortened_by_so_many_characters_nobody_gets_more_than_most_do(
    case: tuple[list[str], list[str]], survey: bool, dice: random.Random
) -> None:
    def draft(text: str) -> Draft:
        return Survey("A", text, ("1", "2")) if survey else Promo("A", text)

    (pieces, names), text = case, "".join(case[0])
    recipients = people(*names)
    summary = summarise(draft(text), compose(draft(text), recipients))
    assume(summary.excess)

    shorter = draft(without(pieces, summary.excess, dice))

    after = summarise(shorter, compose(shorter, recipients))
    assert max(parts for parts, _ in after.histogram) <= summary.common


@settings(deadline=None)
@given(st.sampled_from(("ab", "яб")).flatmap(written), st.randoms(use_true_random=False))
def test_one_character_less_would_not_do(
    case: tuple[list[str], list[str]], dice: random.Random
) -> None:
    (pieces, names), text = case, "".join(case[0])
    recipients, whole = people(*names), Promo("A", text)
    summary = summarise(whole, compose(whole, recipients))
    assume(summary.excess)

    longer = Promo("A", without(pieces, summary.excess - 1, dice))

    after = summarise(longer, compose(longer, recipients))
    assert max(parts for parts, _ in after.histogram) > summary.common


def test_what_is_inserted_cannot_be_shortened() -> None:
    draft = Promo("A", "Hi {Name}")

    summary = summarise(draft, compose(draft, people("Ann", "Bo", "x" * 200)))

    assert (summary.histogram, summary.excess) == (((1, 2), (2, 1)), 0)


def test_who_comes_back_when_it_is_shorter_must_fit_too() -> None:
    draft = Survey("A", "?" * 30 + "{Name}", ("1", "2"))
    recipients = people("я" * 20, "я" * 30, "я" * 41, "я" * 56)

    composed = compose(draft, recipients)

    assert composed.faults == {3: RowTextTooLong(86, 85)}
    assert summarise(draft, composed).excess == 16


def test_a_question_of_84_code_points_that_ends_in_an_emoji_is_just_short_enough() -> None:
    assert (len(QUESTION), Survey("A", QUESTION, ("1", "2")).problems()) == (84, ())


@pytest.mark.parametrize("longer", [QUESTION + "!", "💛" + QUESTION[1:], "💛" * 43])
def test_one_unit_more_stops_the_question(longer: str) -> None:
    assert Survey("A", longer, ("1", "2")).problems() == (TextTooLong(86, 85),)
