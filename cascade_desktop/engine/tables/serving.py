"""The process that parses files, so that no file can hurt the window: what runs inside it."""

import json
import logging
import os
import sys
import threading
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import IO

from cascade_desktop.core.progress import Progress, Stage
from cascade_desktop.core.reading_problems import FileFault, FileProblem
from cascade_desktop.engine.tables import wire
from cascade_desktop.engine.tables.grid import ReadChoice
from cascade_desktop.engine.tables.reading import read_table
from cascade_desktop.engine.tables.unreadable import UnreadableFileError

_MEMORY_BYTES = 3 << 30
_CPU_S = 240
_XLS_S = 4
_OLE = b"\xd0\xcf\x11\xe0"
_NICENESS = 5
_STEP = 0.01
"""Of the way; smaller steps are not told."""


def serve(requests: IO[bytes], answers: IO[bytes], *, warm: bool = False) -> int:
    """Answer one request, a line of JSON, with frames."""
    if warm:
        import_module("pandas")  # paid before the operator chooses a file
    line = requests.readline()
    if not line:
        return 0  # the program closed before any file was chosen
    _leave_with_program(requests)
    asked = json.loads(line)
    path = Path(asked["path"])
    try:
        with suppress(BrokenPipeError):
            _answer(path, ReadChoice(**asked["choice"]), answers)
    except Exception:  # the child's entry: any fault of a parser is a sentence
        logging.getLogger(__name__).exception("reading failed")
        wire.send_problem(answers, FileProblem(FileFault.READER_FAILED, path.name))
    return 0


class _Teller:
    """Tells the program how far it is, now and then."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._next = 0.0

    def __call__(self, progress: Progress) -> None:
        if progress.stage is Stage.READING and progress.share >= self._next:
            self._next = progress.share + _STEP
            wire.send_progress(self._out, progress)


def _leave_with_program(requests: IO[bytes]) -> None:
    """End when the program ends, however it does: its end of the pipe closes then."""

    def wait(pipe: int) -> None:
        while os.read(pipe, 1):
            pass
        os._exit(0)

    with suppress(OSError):  # what a test asks with has no number
        threading.Thread(target=wait, args=(requests.fileno(),), daemon=True).start()


def _answer(path: Path, choice: ReadChoice, answers: IO[bytes]) -> None:
    try:
        _limit_time(path)
        wire.send_table(answers, read_table(path, choice, _Teller(answers)))
    except UnreadableFileError as error:
        wire.send_problem(answers, error.problem)
    except MemoryError:
        wire.send_problem(answers, FileProblem(FileFault.TOO_BIG, path.name))


def _limit_time(path: Path) -> None:
    """Let the system end a reading of .xls that loops: calamine does on some damaged files."""
    if sys.platform != "linux":
        return
    import resource

    with suppress(OSError):
        if not path.is_file() or not _is_ole(path):  # opening a pipe would wait for a writer
            return
        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        most = int(used) + _XLS_S + 2 * (path.stat().st_size >> 20)
        resource.setrlimit(resource.RLIMIT_CPU, (min(most, hard) if hard > 0 else most, hard))


def _is_ole(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_OLE)) == _OLE


def private_output() -> IO[bytes]:
    """Keep the pipe to ourselves: what a library prints must not break the frames."""
    own = os.fdopen(os.dup(1), "wb", buffering=1 << 20)
    os.dup2(2, 1)
    return own


def limit_process() -> None:
    """Bound memory and files, and step back behind the window."""
    if sys.platform == "linux":
        import resource  # Unix only

        limits = {
            resource.RLIMIT_AS: _MEMORY_BYTES,
            resource.RLIMIT_CORE: 0,
            resource.RLIMIT_FSIZE: 0,
            resource.RLIMIT_CPU: _CPU_S,  # should the program die, its child ends too
        }
        for kind, most in limits.items():
            hard = resource.getrlimit(kind)[1]  # an administrator's own limit stays
            allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (allowed, allowed))
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(_NICENESS)
