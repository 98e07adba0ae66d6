"""The log for administrators: counts and states, never phones, texts or keys."""

import logging
import os
import traceback
from collections.abc import Iterator, Mapping
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from cascade_desktop.core.masking import mask_phones
from cascade_desktop.engine.private import make_private

FILE_NAME = "cascade-desktop.log"
LEVEL = "CASCADE_DESKTOP_LOG"
"""Set to ``debug``, everything we do is logged; it names nobody all the same."""
_LARGEST_BYTES, _KEPT = 1_000_000, 3
_OURS = "cascade_desktop"
_DEEPEST = 8
_LINE = "{time} {level} {name} {words}"


def start_log(root: Path, environment: Mapping[str, str] = os.environ) -> None:
    """Write to a rotating private file; a disk that is full is no reason to stop.

    Of what libraries say only the place is written: their words may hold personal data, and
    would go to the error output if nobody took them.
    """
    top = logging.getLogger()
    if any(isinstance(handler, _Kept) for handler in top.handlers):
        return
    debug = environment.get(LEVEL, "").strip().lower() == "debug"
    logging.getLogger(_OURS).setLevel(logging.DEBUG if debug else logging.INFO)
    try:
        make_private(root)
        handler: logging.Handler = _PrivateFile(
            root / FILE_NAME, maxBytes=_LARGEST_BYTES, backupCount=_KEPT, encoding="utf-8"
        )
    except OSError:
        handler = _Nowhere()
    handler.setFormatter(CleanFormatter())
    top.addHandler(handler)


def stop_log() -> None:
    """Close the file."""
    top = logging.getLogger()
    for handler in [handler for handler in top.handlers if isinstance(handler, _Kept)]:
        top.removeHandler(handler)
        handler.close()


def safe_trace(error: BaseException) -> str:
    """Return where an exception came from: kinds, system codes and lines of code, no words.

    An exception's own text may hold a phone, a text or a key.
    """
    return " < ".join(_trace(one) for one in _chain(error))


class CleanFormatter(logging.Formatter):
    """Writes our own sentences with phones masked, and of all others only where they came from."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        ours = record.name == _OURS or record.name.startswith(_OURS + ".")
        place = f"{record.filename}:{record.lineno}"
        words = mask_phones(record.getMessage()) if ours else f"at {place}"
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            words = f"{words}: {safe_trace(error)}"
        return _LINE.format(
            time=self.formatTime(record),
            level=record.levelname,
            name=record.name,
            words=" ".join(words.split()),
        )


class _Kept(logging.Handler):
    """Marks our own handlers; what cannot be written is lost, never shown."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Say nothing: logging itself would print the record's values."""


class _Nowhere(_Kept, logging.NullHandler):
    """Takes everything and keeps nothing."""


class _PrivateFile(_Kept, RotatingFileHandler):
    """A rotating file that only its owner can read, the new one after a rotation too."""

    def _open(self) -> TextIOWrapper:
        def private(path: str, flags: int) -> int:
            return os.open(path, flags, 0o600)

        return open(self.baseFilename, "a", encoding="utf-8", opener=private)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception and what it came from."""
    for _ in range(_DEEPEST):
        if error is None:
            return
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _trace(error: BaseException) -> str:
    code = getattr(error, "errno", None)
    name = type(error).__name__ + (f" {code}" if isinstance(code, int) else "")
    places = [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    return f"{name} at {' > '.join(places)}" if places else name
