"""Every row gets one verdict, and the sum of the verdicts is the file."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from cascade_desktop.core.reading_problems import NoRows, NoSuchColumn, NotCalculated, TooShort
from cascade_desktop.core.recipients import Choice, Counts, Recipients, Verdict, read_recipients
from cascade_desktop.core.table import CellFault, Source, Table

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
