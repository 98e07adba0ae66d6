"""The child that reads files: what it sends, and what becomes of a child that does not."""

import io
import json
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workbooks import row, sheet, write_xlsx

from cascade_desktop.core.progress import Progress
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


def answer(*frames: bytes) -> str:
    """Return a program that says these frames, kind and payload in turn."""
    said = io.BytesIO()
    for kind, payload in zip(frames[::2], frames[1::2], strict=True):
        wire.send(said, kind, payload)
    return f"import sys; sys.stdin.readline(); sys.stdout.buffer.write({said.getvalue()!r})"


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


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_child_tells_how_far_it_is(tmp_path: Path, ending: str) -> None:
    path, told = tmp_path / f"long.{ending}", list[Progress]()
    if ending == "csv":
        path.write_text("Phone,Name\n" + f"{A},Anna\n" * 120_000, encoding="utf-8")
    else:
        write_xlsx(path, sheet(*(row(n, A, "Anna") for n in range(1, 8_000))))

    read_in_child(path, report=told.append)

    assert len(told) > 1
    assert [step.share for step in told] == sorted(step.share for step in told)
    assert told[-1].rows >= 7_000


def test_a_report_that_raises_ends_the_child(people: Path) -> None:
    def give_up(_: Progress) -> None:
        raise ReadingCancelledError

    with pytest.raises(ReadingCancelledError):
        read_in_child(people, report=give_up)


def test_the_choice_reaches_the_child(people: Path) -> None:
    assert len(read_in_child(people, ReadChoice(header_row=0))) == 2


@pytest.mark.parametrize(
    "program",
    [
        pytest.param("import os; os.abort()", id="aborts"),
        pytest.param("raise SystemExit(3)", id="ends"),
        pytest.param("print('hello' * 9)", id="talks nonsense"),
        pytest.param(answer(b"T", b"[]"), id="a table that is a list"),
        pytest.param(answer(b"T", b"[" * 100_000), id="a table without an end"),
        pytest.param(answer(b"T", b'{"filled": [1], "names": [""]}', b"I", b""), id="no cells"),
        pytest.param(answer(b"E", b'{"fault": "X"}'), id="an unknown problem"),
        pytest.param(answer(b"E", b'["MISSING"]'), id="a problem that is a list"),
        pytest.param("print('T' + '\\1' * 99, end='')", id="a frame of nobody's size"),
        pytest.param("import os; os.close(1); os.read(0, 99)", id="closes its pipe"),
        pytest.param("print('T\\0\\0\\0\\0\\0\\0\\0\\2{}', end='')", id="stops in the middle"),
    ],
)
def test_a_child_that_fails_is_a_sentence(people: Path, program: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_in_child(people, command=(sys.executable, "-c", program))

    assert caught.value.problem == FileProblem(FileFault.READER_FAILED, people.name)


def test_cells_that_do_not_fit_their_rows_are_no_table() -> None:
    table = Table(Source("a.csv", "csv"), ("", ""), (("x", "y"), ("",) * 2), range(1, 3))
    pipe = io.BytesIO()
    wire.send_table(pipe, table)
    whole = pipe.getvalue()
    torn = io.BytesIO(whole.replace(b"I" + bytes(7) + b"\x0c", b"I" + bytes(7) + b"\x08")[:-4])

    with pytest.raises(wire.BrokenWireError):
        wire.receive_table(torn, wire.receive(torn)[1])


def test_a_child_whose_program_is_gone_ends_in_the_middle(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("Phone,Name\n" + f"{A},Anna\n" * 300_000, encoding="utf-8")
    asked = {"path": str(path), "choice": asdict(ReadChoice())}
    child = subprocess.Popen(child_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    answered, _ = child.communicate(json.dumps(asked).encode() + b"\n")

    assert (answered, child.returncode) == (b"", 0)


def test_a_file_that_grows_while_it_is_read_is_told(tmp_path: Path) -> None:
    path, done = tmp_path / "growing.csv", threading.Event()
    path.write_text("Phone,Name\n" + f"{A},Anna\n" * 2_000, encoding="utf-8")
    begun = threading.Event()

    def write() -> None:
        with path.open("a", encoding="utf-8") as file:
            while not done.is_set():
                file.write(f"{A},Anna\n")
                file.flush()
                begun.set()

    writer = threading.Thread(target=write)
    writer.start()
    begun.wait()
    try:
        with pytest.raises(UnreadableFileError) as caught:
            read_in_child(path)
    finally:
        done.set()
        writer.join()

    assert caught.value.problem == FileProblem(FileFault.STILL_WRITTEN, path.name)


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
