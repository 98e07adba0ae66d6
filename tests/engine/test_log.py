"""The log and a crash tell an administrator where and what, and name nobody."""

import errno
import logging
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cascade_desktop.engine.log import FILE_NAME, safe_trace, start_log, stop_log

PHONE, KEY = "+380501112233", "invented-key-1234"
VALUES = f"{PHONE} {KEY} Hello, Olena"


def fail_as(error: Exception, cause: Exception | None = None) -> None:
    raise error from cause


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Start the log, and return a way to read it to its end."""

    def read() -> str:
        stop_log()
        return (tmp_path / FILE_NAME).read_text("utf-8")

    start_log(tmp_path, {})
    yield read
    stop_log()


def test_our_own_lines_are_written_with_phones_masked(written: Callable[[], str]):
    logging.getLogger("cascade_desktop.engine.sender").info("batch %s for %s", 3, PHONE)

    assert written().endswith("INFO cascade_desktop.engine.sender batch 3 for +380•••••2233\n")


@pytest.mark.parametrize("name", ["httpx", "httpcore.http11", "asyncio", "qasync", "uvicorn.error"])
def test_of_what_a_library_says_only_the_place_is_written(written: Callable[[], str], name: str):
    logging.getLogger(name).error("request failed: %s", VALUES)  # uvicorn's own least level

    text = written()
    assert f"ERROR {name} at test_log.py:" in text
    assert not any(word in text for word in VALUES.split())


def test_an_exception_is_written_without_its_words(written: Callable[[], str]):
    try:
        fail_as(sqlite3.IntegrityError(VALUES))
    except sqlite3.IntegrityError:
        logging.getLogger("asyncio").exception("Task exception was never retrieved: %s", VALUES)

    text = written()
    assert "IntegrityError at test_log.py" in text
    assert not any(word in text for word in VALUES.split())


def test_a_trace_names_causes_and_the_systems_code():
    with pytest.raises(ValueError, match=PHONE[1:]) as caught:
        fail_as(ValueError(VALUES), OSError(errno.ENOSPC, VALUES))

    trace = safe_trace(caught.value)
    assert "ValueError at test_log.py" in trace
    assert trace.endswith(f" < OSError {errno.ENOSPC}")
    assert not any(word in trace for word in VALUES.split())


@pytest.mark.parametrize(
    ("told", "lines"),
    [pytest.param("", 0, id="usual"), pytest.param("debug", 1, id="asked for")],
)
def test_debug_is_written_only_when_asked_for(tmp_path: Path, told: str, lines: int):
    start_log(tmp_path, {"CASCADE_DESKTOP_LOG": told})
    logging.getLogger("cascade_desktop.engine").debug("so far %s", 3)
    stop_log()

    assert len((tmp_path / FILE_NAME).read_text("utf-8").splitlines()) == lines


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps its rights elsewhere")
def test_a_new_file_after_a_rotation_is_private_too(tmp_path: Path):
    start_log(tmp_path, {})
    for _ in range(600):
        logging.getLogger("cascade_desktop").info("%s", "x" * 2_000)
    stop_log()

    found = list(tmp_path.glob(FILE_NAME + "*"))
    assert len(found) == 2
    assert {path.stat().st_mode & 0o777 for path in found} == {0o600}


CRASHES = [
    pytest.param("raise ValueError(V)", "the program failed: ValueError at", id="exception"),
    pytest.param(
        "t = threading.Thread(target=lambda: int(V)); t.start(); t.join()",
        "a thread failed: ValueError at",
        id="thread",
    ),
    pytest.param(
        "type('T', (), {'__del__': lambda s: int(V)})()", "a clean-up failed: ValueError", id="end"
    ),
    pytest.param("warnings.warn(V)", "", id="warning"),
    pytest.param("os.abort()", "", id="abort"),
    pytest.param("logging.getLogger('cascade_desktop').error('%d', V)", "", id="wrong log line"),
]


@pytest.mark.parametrize(("code", "told"), CRASHES)
def test_a_crash_prints_no_value(tmp_path: Path, code: str, told: str):
    lines = (
        "import logging, os, sys, threading, warnings",
        "from pathlib import Path",
        "from cascade_desktop.engine.crash import guard_process, keep_crashes",
        "from cascade_desktop.engine.log import start_log",
        "guard_process(); start_log(Path(sys.argv[1])); keep_crashes(Path(sys.argv[1]))",
        "V = sys.stdin.read()",
        code,
    )
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines), tmp_path],
        input=VALUES,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    kept = "".join(path.read_text("utf-8") for path in tmp_path.iterdir())
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not any(word in done.stdout + done.stderr + kept for word in VALUES.split())
