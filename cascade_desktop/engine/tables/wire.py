"""Carry a table from the reading child to the program: frames on a pipe, nothing executable.

A frame is one letter, eight bytes of length, and the payload:
  E  a problem, JSON
  P  how far it is, JSON; any number of these before E or T
  T  what a table is but its cells, JSON; then I frames (row numbers, hidden rows) and, for each
     column that holds anything, C (UTF-8 of all cells) and I (where each cell begins)
"""

import json
import struct
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import IO, Any

from cascade_desktop.core.progress import Progress, Stage
from cascade_desktop.core.reading_problems import FileFault, FileProblem
from cascade_desktop.core.table import CellFault, Source, Table, TextColumn

PROBLEM, PROGRESS, TABLE, _NUMBERS, _CELLS = b"E", b"P", b"T", b"I", b"C"
_HEADER = struct.Struct(">cQ")
_LARGEST_FRAME = 4 << 30


class BrokenWireError(Exception):
    """The other side stopped in the middle, or talked nonsense."""


def send(out: IO[bytes], kind: bytes, payload: bytes) -> None:
    """Write one frame."""
    out.write(_HEADER.pack(kind, len(payload)))
    out.write(payload)


def receive(source: IO[bytes]) -> tuple[bytes, bytes]:
    """Read one frame; raises BrokenWireError at a premature end."""
    header = source.read(_HEADER.size)
    if len(header) < _HEADER.size:
        raise BrokenWireError
    kind, length = _HEADER.unpack(header)
    if length > _LARGEST_FRAME:
        raise BrokenWireError
    payload = source.read(length)
    if len(payload) < length:
        raise BrokenWireError
    return kind, payload


def send_progress(out: IO[bytes], progress: Progress) -> None:
    """Tell how far it is."""
    send(out, PROGRESS, json.dumps(asdict(progress)).encode())
    out.flush()


def progress_from(payload: bytes) -> Progress:
    """Understand how far it is."""
    told = json.loads(payload)
    return Progress(Stage(told["stage"]), float(told["share"]), int(told["rows"]))


def send_problem(out: IO[bytes], problem: FileProblem) -> None:
    """Tell why there is no table."""
    send(out, PROBLEM, json.dumps(asdict(problem)).encode())
    out.flush()


def problem_from(payload: bytes) -> FileProblem:
    """Understand a problem."""
    told = json.loads(payload)
    return FileProblem(**{**told, "fault": FileFault(told["fault"])})


def send_table(out: IO[bytes], table: Table) -> None:
    """Send a table, column by column."""
    known = set(map(id, table.filled_columns()))
    filled = [id(column) in known for column in table.columns]
    head = {
        "source": asdict(table.source),
        "names": table.names,
        "filled": filled,
        "hidden_columns": sorted(table.hidden_columns),
        "faults": [(row, column, fault) for (row, column), fault in table.cell_faults.items()],
    }
    send(out, TABLE, json.dumps(head).encode())
    _send_numbers(out, table.row_numbers)
    _send_numbers(out, sorted(table.hidden_rows))
    for column, used in zip(table.columns, filled, strict=True):
        if used:
            packed = column if isinstance(column, TextColumn) else TextColumn.of(column)
            send(out, _CELLS, packed.block)
            send(out, _NUMBERS, packed.starts.tobytes())
    out.flush()


def receive_table(source: IO[bytes], head: bytes) -> Table:
    """Read the rest of a table whose first frame has come."""
    told: dict[str, Any] = json.loads(head)
    numbers = _receive_numbers(source)
    hidden = _receive_numbers(source)
    nothing: Sequence[str] = ("",) * len(numbers)
    columns = tuple(_receive_column(source) if used else nothing for used in told["filled"])
    if len(columns) != len(told["names"]) or any(len(c) != len(numbers) for c in columns):
        raise BrokenWireError
    lists = {key: tuple(value) for key, value in told["source"].items() if isinstance(value, list)}
    return Table(
        source=Source(**{**told["source"], **lists}),
        names=tuple(told["names"]),
        columns=columns,
        row_numbers=numbers,
        hidden_rows=frozenset(hidden),
        hidden_columns=frozenset(told["hidden_columns"]),
        cell_faults={(row, column): CellFault(f) for row, column, f in told["faults"]},
    )


def _send_numbers(out: IO[bytes], numbers: Iterable[int]) -> None:
    send(out, _NUMBERS, array("I", numbers).tobytes())


def _receive_numbers(source: IO[bytes]) -> "array[int]":
    numbers = array("I")
    numbers.frombytes(_expect(source, _NUMBERS))
    return numbers


def _receive_column(source: IO[bytes]) -> TextColumn:
    block = _expect(source, _CELLS)
    starts = _receive_numbers(source)
    if not starts or starts[-1] > len(block):
        raise BrokenWireError
    return TextColumn(block, starts)


def _expect(source: IO[bytes], wanted: bytes) -> bytes:
    kind, payload = receive(source)
    if kind != wanted:
        raise BrokenWireError
    return payload
