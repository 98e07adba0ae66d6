"""What all rows together say about a text."""

from cascade_desktop.core.composition import Composition, compose
from cascade_desktop.core.drafts import Draft, Kind, Promo, Survey
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.table import Source, Table
from cascade_desktop.core.text_facts import Channel, look_closely, row_facts

ROWS = (
    ("+380501112231", "Olena", "Kyiv"),
    ("+380501112232", "", "Lviv"),
    ("+380501112233", "", ""),
    ("+380501112234", "A very long name of somebody", "Odesa"),
)


def composed(draft: Draft) -> Composition:
    columns = tuple(zip(*ROWS, strict=True))
    table = Table(Source("people.xlsx"), ("Phone", "Name", "City"), columns, range(2, 6))
    found = read_recipients(table, Choice(phone_column=0))
    assert isinstance(found, Recipients)
    return compose(draft, found)


def test_empty_cells_are_counted_by_their_column() -> None:
    facts = row_facts(Kind.PROMO, composed(Promo("Shop", "Hi {Name} of {City} {Nmae}")))

    assert facts.missing == (("Name", 2),)  # a row is told by the first that it lacks


def test_the_longest_question_counts_what_is_inserted() -> None:
    question = "Did you like it, {Name|friend}? " + "x" * 40

    facts = row_facts(Kind.SURVEY, composed(Survey("Shop", question, ("Yes", "No"))))

    assert (facts.longest_units, facts.too_long) == (87, 1)


def test_everything_is_told_of_finished_texts() -> None:
    texts = ["a" * 160, "ї" * 1001, "–" * 3073, "💛" + "b" * 4095]

    details = look_closely(texts, 1)

    assert details is not None
    assert (details.shortest_units, details.longest_units) == (160, 4097)
    assert (details.people, details.unicode_people) == (4, 3)
    over = {one.channel: (one.people, one.positions) for one in details.overruns}
    assert over == {
        Channel.VIBER: (3, (1, 2, 3)),
        Channel.RCS: (2, (2, 3)),
        Channel.TELEGRAM: (1, (3,)),
    }
    assert details.long_sms.positions == (1, 2, 3)
    assert dict(details.forcing) == {"ї": 1, "–": 1, "💛": 1}


def test_what_nobody_wants_any_more_is_not_counted() -> None:
    assert look_closely(["a"], 1, lambda: False) is None
    empty = look_closely([], 1)
    assert empty is not None
    assert empty.people == 0
