"""The quick figures of a list are those of the law, whatever the list, the draft and the edit."""

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cascade_desktop.core.composition import (
    Composition,
    Duplicates,
    compose,
    without_message,
    written_out,
)
from cascade_desktop.core.consent import find_unheeded, seems_to_tell
from cascade_desktop.core.drafts import Draft, FlashCall, Promo, Survey, Transaction
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.rows import RowList
from cascade_desktop.core.sms_summary import summarise
from cascade_desktop.core.table import Source, Table, TextColumn
from cascade_desktop.engine.tables import cell_vectors, text_vectors
from cascade_desktop.engine.tables.quick_composition import QuickComposer

NAMES = ("Phone", "Name", "Town", "Згода")
PHONES = ("0501112233", "0671112233", "+393331112233", "+380 50 111 22 33", "—", "")
PIECES = (
    *(
        "{Name}",
        "{Town}",
        "{name|друже}",
        "{Town|}",
        "{Name|%}",
        "{Town|💛}",
        "{Town| }",
        "{Nobody}",
    ),
    *("{{", "}}", "{", "%name=", "1%", "%", "=", "me=1%", "%URL=٣", " ", "\n", "\f", "\xa0"),
    *("Hi ", "€", "[", "💛", "👩‍👩‍👧", "Привіт", "ё", "\ud83d", "\x00"),
    *("a" * 60, "я" * 33, "€" * 40, "💛" * 20, "x" * 160, "я" * 70, "a" * 3990),
)
CELLS = (
    *(
        "",
        " ",
        "\f",
        "Олена",
        "Ann",
        "Bo",
        "€",
        "[x]",
        "💛",
        "💛я💛",
        "\ud83d",
        "\xa0",
        "\x00",
        "a\x00b",
    ),
    *("5", "%", "10%", "%name=1", "=1%", "name=1", "%name=1%", "ſhort", "٣%", "a" * 90, "я" * 64),
    *("€" * 77, "💛" * 34, "x" * 1000, "y" * 4100),
)
texts = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)
options = st.just(("Yes", "No"))
drafts = st.one_of(
    st.builds(Transaction, st.just("Shop"), texts),
    st.builds(Promo, st.sampled_from(("Shop", "")), texts),
    st.builds(Survey, st.just("Shop"), texts, options),
    st.builds(FlashCall, st.just("Shop"), st.none(), texts),
)
row = st.tuples(
    st.sampled_from(PHONES),
    st.sampled_from(CELLS),
    st.sampled_from(CELLS),
    st.sampled_from(("так", "ні", "", "yes")),
)
rows = st.lists(row, min_size=1, max_size=14)


def listed(
    people: list[tuple[str, str, str, str]], *, packed: bool, consent: int | None = None
) -> Recipients:
    """Read a list whose columns are as typed, or as a file's."""
    columns = tuple(zip(*people, strict=True))
    if packed:
        columns = tuple(map(TextColumn.of, columns))
    table = Table(Source("люди.xlsx"), NAMES, columns, range(2, 2 + len(people)))
    found = read_recipients(table, Choice(phone_column=0, consent_column=consent))
    assert isinstance(found, Recipients)
    return found


def plain(value: Any) -> Any:
    """Return what can be compared: quick figures keep their rows and texts in other shapes."""
    if isinstance(value, Composition):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        several = dict(value)
        assert len(value) == len(several)
        return several
    if isinstance(value, str | Recipients):
        return value
    return (
        tuple(value) if hasattr(value, "__iter__") and not isinstance(value, frozenset) else value
    )


def nothing() -> None:
    """Let the work go on."""


@pytest.fixture(scope="module", autouse=True)
def small_pieces() -> Iterator[None]:
    """Let a few rows be more than are counted at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cell_vectors, "_PIECE", 5)
        patch.setattr(text_vectors, "_ROWS", 3)
        yield


@settings(deadline=None, max_examples=250)
@given(
    rows,
    st.lists(drafts, min_size=1, max_size=3),
    st.sampled_from((None, *Duplicates)),
    st.sampled_from((None, 3)),
    st.booleans(),
)
def test_quick_figures_are_those_of_the_law(
    people: list[tuple[str, str, str, str]],
    edits: list[Draft],
    duplicates: Duplicates | None,
    consent: int | None,
    packed: bool,
) -> None:
    recipients, quick = listed(people, packed=packed, consent=consent), QuickComposer()
    for draft in edits:
        law = compose(draft, recipients, duplicates)

        composition, sms = quick.compose(draft, recipients, duplicates, nothing)

        assert plain(composition) == plain(law)
        assert sms == summarise(draft, law)
        told, lawful = quick.without_message(composition), without_message(law)
        assert plain(told) == plain(lawful)
        assert quick.seems_to_tell(recipients) == seems_to_tell(recipients)
        for one in (composition, told):
            unheeded = find_unheeded(recipients, one.rows)
            assert quick.find_unheeded(recipients, one.rows) == unheeded


def test_only_what_the_law_wrote_out_is_sent() -> None:
    recipients = listed([(PHONES[0], "Олена", "", ""), (PHONES[1], "", "", "")], packed=True)
    draft = Transaction("Shop", "Hi {Name}")
    quick, _ = QuickComposer().compose(draft, recipients, None, nothing)

    assert written_out(draft, quick) == compose(draft, recipients)
    with pytest.raises(ValueError, match=r"1, 2"):
        written_out(draft, replace(quick, rows=RowList(array("I", [0, 1]))))


def test_a_count_that_nobody_waits_for_ends_before_its_end() -> None:
    steps: list[int] = []

    def step() -> None:
        steps.append(1)
        if len(steps) == 3:
            raise KeyboardInterrupt

    recipients = listed([(PHONES[0], "Олена", "", "")] * 40, packed=True)

    with pytest.raises(KeyboardInterrupt):
        QuickComposer().compose(Promo("Shop", "{Name} {Town}"), recipients, None, step)

    assert len(steps) == 3
