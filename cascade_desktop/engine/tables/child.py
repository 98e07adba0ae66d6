"""Read a file in a child process with limits, so that no file can hurt the window."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import cascade_desktop
from cascade_desktop.core.progress import Report, tell_nobody
from cascade_desktop.core.reading_problems import FileFault, FileProblem
from cascade_desktop.core.table import Table
from cascade_desktop.engine.tables import wire
from cascade_desktop.engine.tables.grid import ReadChoice
from cascade_desktop.engine.tables.unreadable import UnreadableFileError

ARGUMENT = "__read_table__"
WARM = "--warm"
DEADLINE_S = 120.0
_LOOK_S = 0.05
_DEFAULT = ReadChoice()
_NONSENSE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
"""What understanding an answer raises when it is none."""


class ReadingCancelledError(Exception):
    """The operator chose something else meanwhile."""


def child_command() -> tuple[str, ...]:
    """Return how the program starts itself as a reading child."""
    if getattr(sys, "frozen", False):
        return (sys.executable, ARGUMENT)
    return (sys.executable, "-m", "cascade_desktop", ARGUMENT)


def main(arguments: Sequence[str] | None = None) -> int:
    """Be the child: answer one request from standard input on standard output."""
    # imported here, so that no parser is loaded into the window
    from cascade_desktop.engine.tables.serving import limit_process, private_output, serve

    answers = private_output()
    limit_process()
    warm = WARM in (sys.argv if arguments is None else arguments)
    return serve(sys.stdin.buffer, answers, warm=warm)


def read_in_child(
    path: Path,
    choice: ReadChoice = _DEFAULT,
    *,
    cancelled: threading.Event | None = None,
    report: Report = tell_nobody,
    command: Sequence[str] | None = None,
    deadline_s: float = DEADLINE_S,
) -> Table:
    """Read a file in a child of its own; blocks, so call it in a worker thread.

    Raises UnreadableFileError with a problem for the operator, ReadingCancelledError when
    `cancelled` was set. `report` hears how far it is.
    """
    child = _start(command or child_command())
    return _converse(child, _Request(path, choice, report), cancelled, deadline_s)


class WarmReader:
    """Keep one child started ahead, so that opening a file is not felt."""

    def __init__(self, command: Sequence[str] | None = None) -> None:
        self._command = (*(command or child_command()), WARM)
        self._lock = threading.Lock()
        self._closed = False
        self._child: subprocess.Popen[bytes] | None = None

    def warm(self) -> None:
        """Start the next child now."""
        with self._lock:
            if self._child is None and not self._closed:
                self._child = _start(self._command)

    def read(
        self,
        path: Path,
        choice: ReadChoice = _DEFAULT,
        *,
        cancelled: threading.Event | None = None,
        report: Report = tell_nobody,
        deadline_s: float = DEADLINE_S,
    ) -> Table:
        """Read a file with the child that waits, and start another; as `read_in_child`."""
        with self._lock:
            child, self._child = self._child, None
        if child is not None and child.poll() is not None:  # it died while it waited
            _end(child)
            child = None
        child = child or _start(self._command[:-1])
        try:
            return _converse(child, _Request(path, choice, report), cancelled, deadline_s)
        finally:
            self.warm()

    def close(self) -> None:
        """End the child that waits."""
        with self._lock:
            self._closed = True
            child, self._child = self._child, None
        if child is not None:
            _end(child)


def _start(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    home = str(Path(cascade_desktop.__file__).parents[1])
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    one_thread = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(  # noqa: S603  (our own program)
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **one_thread, "PYTHONPATH": os.pathsep.join(paths)},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


@dataclass(frozen=True, slots=True)
class _Request:
    path: Path
    choice: ReadChoice
    report: Report


def _converse(
    child: "subprocess.Popen[bytes]",
    request: _Request,
    cancelled: threading.Event | None,
    deadline_s: float,
) -> Table:
    done = threading.Event()
    late = threading.Event()
    stop = cancelled or threading.Event()
    watcher = threading.Thread(
        target=_watch, args=(child, done, stop, late, time.monotonic() + deadline_s), daemon=True
    )
    watcher.start()
    try:
        return _ask(child, request)
    except (wire.BrokenWireError, OSError, MemoryError, *_NONSENSE) as error:
        if stop.is_set():
            raise ReadingCancelledError from error
        fault = FileFault.TOO_SLOW if late.is_set() else FileFault.READER_FAILED
        raise UnreadableFileError(FileProblem(fault, request.path.name)) from error
    finally:
        done.set()
        _end(child)
        watcher.join()


def _ask(child: "subprocess.Popen[bytes]", request: _Request) -> Table:
    if child.stdin is None or child.stdout is None:
        raise wire.BrokenWireError
    told = {"path": str(request.path.absolute()), "choice": asdict(request.choice)}
    child.stdin.write(json.dumps(told).encode() + b"\n")
    child.stdin.flush()
    kind, payload = wire.receive(child.stdout)
    while kind == wire.PROGRESS:
        request.report(wire.progress_from(payload))
        kind, payload = wire.receive(child.stdout)
    if kind == wire.TABLE:
        return wire.receive_table(child.stdout, payload)
    if kind == wire.PROBLEM:
        raise UnreadableFileError(wire.problem_from(payload))
    raise wire.BrokenWireError


def _watch(
    child: "subprocess.Popen[bytes]",
    done: threading.Event,
    stop: threading.Event,
    late: threading.Event,
    deadline: float,
) -> None:
    """Kill the child when the operator changes their mind or it takes too long."""
    while not done.wait(_LOOK_S):
        if time.monotonic() > deadline:
            late.set()
        if stop.is_set() or late.is_set():
            child.kill()
            return


def _end(child: "subprocess.Popen[bytes]") -> None:
    if child.poll() is None:
        child.kill()
    for pipe in (child.stdin, child.stdout):
        if pipe:
            try:
                pipe.close()
            except OSError:
                continue  # what was not flushed has no reader any more
    child.wait()
