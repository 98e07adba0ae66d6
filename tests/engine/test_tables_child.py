"""The child that reads files: what it sends, and what becomes of a child that does not."""

import io
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workbooks import row, sheet, write_xlsx

from cascade_desktop.core.reading_problems import FileFault, FileProblem
from cascade_desktop.core.table import CellFault, Source, Table, TextColumn
from cascade_desktop.engine.tables import wire
from cascade_desktop.engine.tables.child import (
    ReadingCancelledError,
    WarmReader,
    child_command,
    read_in_child,
)
from cascade_desktop.engine.tables.grid import ReadChoice
from cascade_desktop.engine.tables.serving import serve
from cascade_desktop.engine.tables.unreadable import UnreadableFileError

A = "+380501112233"
SLEEPER = (sys.executable, "-c", "import sys; sys.stdin.read()")
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """Return a small workbook."""
    return write_xlsx(tmp_path / "люди.xlsx", sheet(row(1, "phone", "ім’я"), row(2, A, "Олена")))


def test_a_table_comes_out_of_the_child_as_it_went_in(people: Path) -> None:
    table = read_in_child(people)

    assert (table.names, table.row(0)) == (("phone", "ім’я"), (A, "Олена"))
    assert (table.source.kind, table.source.header_row, list(table.row_numbers)) == ("xlsx", 1, [2])


def test_a_problem_comes_out_too(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_in_child(tmp_path / "no.xlsx")

    assert caught.value.problem == FileProblem(FileFault.MISSING, "no.xlsx")


def test_the_choice_reaches_the_child(people: Path) -> None:
    assert len(read_in_child(people, ReadChoice(header_row=0))) == 2


@pytest.mark.parametrize(
    "program",
    [
        pytest.param("import os; os.abort()", id="aborts"),
        pytest.param("raise SystemExit(3)", id="ends"),
        pytest.param("print('hello' * 9)", id="talks nonsense"),
        pytest.param("print('T\\0\\0\\0\\0\\0\\0\\0\\2{}', end='')", id="stops in the middle"),
    ],
)
def test_a_child_that_fails_is_a_sentence(people: Path, program: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_in_child(people, command=(sys.executable, "-c", program))

    assert caught.value.problem == FileProblem(FileFault.READER_FAILED, people.name)


def test_a_child_that_takes_too_long_is_stopped(people: Path) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_in_child(people, command=SLEEPER, deadline_s=0.1)

    assert caught.value.problem.fault is FileFault.TOO_SLOW


def test_choosing_something_else_ends_the_child(people: Path) -> None:
    cancelled = threading.Event()
    cancelled.set()

    with pytest.raises(ReadingCancelledError):
        read_in_child(people, command=SLEEPER, cancelled=cancelled)


def test_a_warm_reader_reads_again_and_again_until_closed(people: Path) -> None:
    reader = WarmReader()
    reader.warm()
    try:
        first, second = reader.read(people), reader.read(people)
    finally:
        reader.close()

    assert first == second


def test_a_warm_child_that_died_meanwhile_is_replaced(people: Path) -> None:
    reader = WarmReader((*child_command(),))
    reader.warm()
    assert reader._child is not None
    reader._child.kill()
    reader._child.wait()

    assert len(reader.read(people)) == 1
    reader.close()


def test_the_program_starts_itself_when_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    assert child_command() == (sys.executable, "__read_table__")


def test_a_caller_that_went_away_is_no_fault() -> None:
    assert serve(io.BytesIO(b""), io.BytesIO()) == 0


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS), max_size=12), st.booleans())
def test_what_is_sent_is_received(rows: list[tuple[str, str]], faulty: bool) -> None:
    table = Table(
        source=Source("a.xlsx", "xlsx", "S", ("S", "T"), 1, phone_sheets=("S",)),
        names=("phone", "", "empty"),
        columns=(*(TextColumn.of(cells[i] for cells in rows) for i in (0, 1)), ("",) * len(rows)),
        row_numbers=range(2, len(rows) + 2),
        hidden_rows=frozenset({2}),
        hidden_columns=frozenset({1}),
        cell_faults={(0, 1): CellFault.NOT_CALCULATED} if faulty else {},
    )
    pipe = io.BytesIO()
    wire.send_table(pipe, table)
    pipe.seek(0)

    kind, head = wire.receive(pipe)
    received = wire.receive_table(pipe, head)

    assert kind == wire.TABLE
    assert [received.row(i) for i in range(len(rows))] == [table.row(i) for i in range(len(rows))]
    assert (received.source, received.hidden_rows) == (table.source, table.hidden_rows)
    assert (received.cell_faults, list(received.row_numbers)) == (
        table.cell_faults,
        list(table.row_numbers),
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has this limit")
def test_an_administrators_lower_limit_is_no_obstacle(people: Path) -> None:
    limited = ("sh", "-c", 'ulimit -v 2000000; exec "$0" "$@"', *child_command())

    assert len(read_in_child(people, command=limited)) == 1
