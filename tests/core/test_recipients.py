"""Every row gets one verdict, and the sum of the verdicts is the file."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cascade_desktop.core.phones import read_phone
from cascade_desktop.core.reading_problems import NoRows, NoSuchColumn, NotCalculated, TooShort
from cascade_desktop.core.recipients import Choice, Counts, Recipients, Verdict, read_recipients
from cascade_desktop.core.rows import EditedTexts, RowSet
from cascade_desktop.core.table import CellFault, Source, Table, TextColumn
from cascade_desktop.core.verdicts import Verdicts

PHONES = ("0501112233", "0672223344", "0933334455")
CELLS = st.sampled_from([*PHONES, "+380501112233", "380672223344.0", "", " ", "044 1234567", "?"])


def table(
    *rows: Sequence[str], names: tuple[str, ...] = ("phone", "name"), **more: object
) -> Table:
    """Make a table whose first row is the sheet's row 2."""
    width = len(names)
    columns = tuple([row[i] for row in rows] for i in range(width))
    numbers = range(2, len(rows) + 2)
    return Table(Source("people.csv"), names, columns, numbers, **more)  # pyright: ignore[reportArgumentType]


def read(sheet: Table, **choice: object) -> Recipients:
    """Read, expecting verdicts."""
    found = read_recipients(sheet, Choice(**choice))  # pyright: ignore[reportArgumentType]
    assert isinstance(found, Recipients)
    return found


def test_each_row_is_ready_or_told_why_not() -> None:
    sheet = table((PHONES[0], "Олена"), ("0501234", "Марія"), ("", ""), (PHONES[0], "Юрій"))

    found = read(sheet)

    verdicts = (Verdict.READY, Verdict.TO_FIX, Verdict.BLANK, Verdict.DUPLICATE)
    assert found.verdicts == verdicts
    assert (found.problems, found.duplicate_of) == ({1: TooShort("+380", 9, 6)}, {3: 0})
    assert found.counts == Counts(4, 1, 1, 1, 1, 0, 0, 1, 0)


def test_a_row_without_a_phone_is_to_fix_but_an_empty_one_is_blank() -> None:
    found = read(table(("", "Олег"), ("", " "), (PHONES[0], "Олена")))

    assert found.verdicts[:2] == (Verdict.TO_FIX, Verdict.BLANK)


def test_hidden_rows_are_left_out_until_asked_for() -> None:
    sheet = table((PHONES[0], "a"), (PHONES[1], "b"), hidden_rows=frozenset({3}))

    assert read(sheet).verdicts == (Verdict.READY, Verdict.HIDDEN)
    assert read(sheet, include_hidden=True).verdicts == (Verdict.READY, Verdict.READY)


def test_the_second_of_two_takes_the_place_of_one_left_out() -> None:
    sheet = table((PHONES[0], "a"), (PHONES[0], "b"))

    found = read(sheet, left_out=frozenset({2}))

    assert found.verdicts == (Verdict.LEFT_OUT, Verdict.READY)


def test_the_stop_list_stops_every_row_of_a_phone() -> None:
    sheet = table((PHONES[0], "a"), (PHONES[0], "b"), (PHONES[1], "c"))

    found = read(sheet, stopped=frozenset({"+380501112233"}))

    assert found.verdicts == (Verdict.STOPPED, Verdict.STOPPED, Verdict.READY)


def test_an_edited_cell_gets_a_new_verdict() -> None:
    sheet = table(("0501234", "Марія"), (PHONES[1], "b"))

    found = read(sheet, edits={2: "0501234567"})

    assert found.phones[0] == "+380501234567"
    assert (found.phone_cell(0), found.phone_cell(1)) == ("0501234567", PHONES[1])


@pytest.mark.parametrize(
    ("written", "corrected"),
    [
        pytest.param("0501234567", {0}, id="as it is spelled at home"),
        pytest.param("+380501234567", {0}, id="whole, as the row's button writes it"),
        pytest.param("05012", set(), id="still no number"),
        pytest.param("0501234", set(), id="as it was"),
    ],
)
def test_a_cell_that_was_written_over_and_now_reads_is_corrected(
    written: str, corrected: set[int]
) -> None:
    sheet = table(("0501234", "Марія"), ("+380501112255", "b"))

    found = read(sheet, edits={2: written})

    assert set(found.repaired) == corrected
    assert found.counts.repaired == len(corrected)


def test_a_good_number_that_is_written_again_as_it_was_is_not_corrected() -> None:
    sheet = table(("+380501112255", "b"))

    assert read(sheet, edits={2: "+380501112255"}).counts.repaired == 0


def test_an_edit_does_not_read_the_other_cells_again() -> None:
    sheet = table(("0501234", "Марія"), (PHONES[1], "b"))
    before = read(sheet)

    after = read_recipients(sheet, Choice(edits={2: PHONES[0]}), before)
    undone = read_recipients(sheet, Choice(), after if isinstance(after, Recipients) else None)

    assert isinstance(after, Recipients)
    assert after.readings is before.readings
    assert (after.verdicts[0], undone) == (Verdict.READY, before)


def test_another_country_reads_the_cells_again() -> None:
    sheet = table(("3201234567", "a"))
    before = read(sheet)

    after = read_recipients(sheet, Choice(country="IT"), before)

    assert isinstance(after, Recipients)
    assert after.phones == ("+393201234567",)


def test_a_formula_without_a_value_is_told_as_such() -> None:
    faults = {(0, 0): CellFault.NOT_CALCULATED}
    sheet = table(("", ""), (PHONES[1], "b"), cell_faults=faults)

    assert read(sheet).problems == {0: NotCalculated()}
    assert read(sheet, edits={2: PHONES[0]}).verdicts[0] is Verdict.READY


def test_countries_are_counted_most_first() -> None:
    sheet = table((PHONES[0], ""), (PHONES[1], ""), ("+393201234567", ""))

    assert read(sheet).by_country == (("UA", 2), ("IT", 1))


def test_a_table_without_rows_or_column_is_a_problem() -> None:
    assert read_recipients(table(), Choice()) == NoRows()
    assert read_recipients(table(("a", "b")), Choice(phone_column=5)) == NoSuchColumn("6")


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(CELLS, st.sampled_from(["", "Олена"])), min_size=1, max_size=30),
    st.frozensets(st.integers(2, 31)),
    st.frozensets(st.integers(2, 31)),
    st.booleans(),
)
def test_the_verdicts_add_up_to_the_file(
    rows: list[tuple[str, str]],
    hidden: frozenset[int],
    left_out: frozenset[int],
    include_hidden: bool,
) -> None:
    sheet = table(*rows, hidden_rows=hidden)

    found = read(
        sheet,
        phone_column=0,
        left_out=left_out,
        include_hidden=include_hidden,
        stopped=frozenset({"+380933334455"}),
    )

    counts = found.counts
    parts = (counts.ready, counts.to_fix, counts.duplicates, counts.stopped)
    assert sum(parts) + counts.left_out + counts.blank + counts.hidden == counts.rows == len(rows)
    ready = [found.phones[row] for row in found.ready]
    assert len(set(ready)) == len(ready)
    assert [found.verdicts[row] for row in found.problems] == [Verdict.TO_FIX] * counts.to_fix


def test_an_edit_is_read_as_the_same_cell_of_a_file_would_be() -> None:
    sheet = table((PHONES[0], "a"), ("0501234", "b"), ("044 1234567", "c"))

    found = read(sheet, edits={2: "немає", 3: "39 320 123 4567", 9: PHONES[0]})

    readings = [read_phone(cell, "UA") for cell in ("немає", "39 320 123 4567", "044 1234567")]
    assert found.phones == EditedTexts(["x"] * 3, dict(enumerate(r.phone for r in readings)))
    assert (set(found.repaired), found.by_country) == ({1}, (("IT", 1),))


@given(st.lists(st.text(max_size=4)), st.integers(0, 5))
def test_a_packed_column_is_its_cells_without_nuls(cells: list[str], first: int) -> None:
    packed = TextColumn.of(cells)

    kept = [cell.replace("\0", "").encode("utf-8", "replace").decode() for cell in cells]
    assert packed == kept
    assert [packed[at] for at in range(-len(kept), len(kept))] == kept * 2
    assert packed[1:-1] == tuple(kept[1:-1])
    assert packed.after(min(first, len(kept))) == kept[first:]
    assert (packed == TextColumn.of(kept), hash(packed)) == (True, hash(TextColumn.of(kept)))
    with pytest.raises(IndexError):
        packed[len(kept)]
    assert (packed == 5, str(packed)) == (False, f"<TextColumn of {len(kept)}>")


@given(st.lists(st.booleans()), st.lists(st.booleans()))
def test_a_set_of_rows_is_a_set(ours: list[bool], theirs: list[bool]) -> None:
    size = min(len(ours), len(theirs))
    a, b = (RowSet(bytes(flags[:size])) for flags in (ours, theirs))

    assert (
        a.both(b)
        == set(a) & set(b)
        == {row for row in range(-1, 9) if row in a and row in b} | {row for row in a if row in b}
    )
    assert str(a) == f"<RowSet of {sum(ours[:size])}>"


def test_verdicts_are_a_sequence_of_a_byte_each() -> None:
    verdicts = Verdicts(bytes([0, 2, 0]))

    assert verdicts[1:] == (Verdict.DUPLICATE, Verdict.READY) == tuple(verdicts)[1:]
    assert set(verdicts.rows(Verdict.READY, Verdict.BLANK)) == {0, 2}
    assert (hash(verdicts), str(verdicts)) == (hash(Verdicts(b"\0\2\0")), "<Verdicts of 3>")
    assert (verdicts == Verdicts(b"\0\2\0"), verdicts == 7) == (True, False)
