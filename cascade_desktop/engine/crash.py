"""What a crash leaves behind: places in the code, never a value."""

import faulthandler
import logging
import os
import sys
import threading
import warnings
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TextIO

from cascade_desktop.engine.log import safe_trace

FILE_NAME = "cascade-desktop-crash.log"
_LARGEST_BYTES = 200_000
_log = logging.getLogger(__name__)


def guard_process() -> None:
    """Let nothing that nobody caught print its words: they may hold a phone, a text or a key."""
    sys.excepthook = _on_exception
    threading.excepthook = lambda crash: _tell("a thread failed", crash.exc_value)
    sys.unraisablehook = lambda crash: _tell("a clean-up failed", crash.exc_value)
    warnings.showwarning = _on_warning


def keep_crashes(root: Path) -> None:
    """Let the interpreter write where it was when the system ends it, to a private file."""
    if faulthandler.is_enabled():
        return
    path = root / FILE_NAME
    with suppress(OSError):
        if path.exists() and path.stat().st_size > _LARGEST_BYTES:
            path.unlink()
        handle = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        faulthandler.enable(os.fdopen(handle, "ab", buffering=0))  # which keeps hold of it


def _on_warning(
    _message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    _file: TextIO | None = None,
    _line: str | None = None,
) -> None:
    _log.warning("%s at %s:%s", category.__name__, Path(filename).name, lineno)


def _on_exception(
    _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    if not isinstance(error, KeyboardInterrupt):
        _tell("the program failed", error)


def _tell(what: str, error: BaseException | None) -> None:
    trace = "" if error is None else safe_trace(error)
    _log.error("%s: %s", what, trace)
    if sys.stderr is not None:  # a windowed program on Windows has none
        with suppress(OSError, ValueError):
            print(f"Cascade Desktop: {what}: {trace}", file=sys.stderr, flush=True)
