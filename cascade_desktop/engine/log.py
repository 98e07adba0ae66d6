"""The log for administrators: counts and states, never phones, texts or keys."""

import contextlib
import logging
import os
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

FILE_NAME = "cascade-desktop.log"
_LARGEST_BYTES, _KEPT = 1_000_000, 3
_OURS = "cascade_desktop"


def start_log(root: Path) -> None:
    """Write our own loggers' warnings to a rotating private file; a full disk is no reason to stop.

    Libraries' loggers are left out: what they say may hold personal data.
    """
    logger = logging.getLogger(_OURS)
    if logger.handlers:
        return
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = root / FILE_NAME
        os.close(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600))
        handler = RotatingFileHandler(
            path, maxBytes=_LARGEST_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True
        )
    except OSError:
        logger.addHandler(logging.NullHandler())
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger.addHandler(handler)


def stop_log() -> None:
    """Close the file."""
    logger = logging.getLogger(_OURS)
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        with contextlib.suppress(OSError):
            handler.close()


def safe_trace(error: BaseException) -> str:
    """Return where an exception came from: kinds and lines of code, none of its words.

    An exception's own text may hold a phone, a text or a key.
    """
    places = (
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    )
    return f"{type(error).__name__} at {' > '.join(places)}"
