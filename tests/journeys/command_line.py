"""Run the real program as a process of its own, as an administrator would."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from cascade_desktop.practice.server import PracticeServer

PROGRAM = (sys.executable, "-m", "cascade_desktop")
KEY = "invented-key"


@dataclass(frozen=True)
class Ran:
    """A command that has ended."""

    exit_code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict]:
        """Return the JSON objects it printed, a line each."""
        return [json.loads(line) for line in self.out.splitlines()]


def environment(data: Path, scale: str = "0.05", key: str = KEY) -> dict[str, str]:
    """Return the environment of a command: its own data, a fast clock, an invented key."""
    return {
        **os.environ,
        "CASCADE_DESKTOP_DATA": str(data),
        "CASCADE_DESKTOP_WAIT_SCALE": scale,
        "SMSBAT_API_KEY": key,
        "QT_QPA_PLATFORM": "offscreen",
    }


def run(
    data: Path,
    *arguments: str | Path,
    key: str = KEY,
    scale: str = "0.05",
    stdin: int = subprocess.DEVNULL,
) -> Ran:
    """Run a command to its end; a traceback is never an answer."""
    done = subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        env=environment(data, scale, key),
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=stdin,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)


def start(data: Path, *arguments: str | Path, scale: str = "0.05") -> "subprocess.Popen[str]":
    """Start a command that will be killed."""
    return subprocess.Popen(
        [*PROGRAM, *map(str, arguments)],
        env=environment(data, scale),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )


def read_line(process: "subprocess.Popen[str]") -> str:
    """Wait for the next line that a command prints."""
    assert process.stdout is not None
    return process.stdout.readline()


def read_batch(process: "subprocess.Popen[str]") -> dict:
    """Wait for the next line about a batch; a slow machine makes others stand between."""
    while "batch" not in (line := json.loads(read_line(process))):
        pass
    return line


def kill(process: "subprocess.Popen[str]") -> None:
    """End a process as a power cut would."""
    process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    process.communicate()


def interrupt(process: "subprocess.Popen[str]", by: str = "SIGINT") -> list[dict]:
    """Press Ctrl-C, and return the JSON lines that were still to come."""
    process.send_signal(getattr(signal, by))
    out, _ = process.communicate(timeout=60)
    return [json.loads(line) for line in out.splitlines()]


def wait_until(holds: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for something that another process is about to do."""
    late = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < late
        time.sleep(0.01)


def people(path: Path, count: int) -> Path:
    """Write a workbook of people with names, phones, codes and towns."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Лист1")
    sheet.append(["Ім’я", "Моб. телефон", "Код", "Місто"])
    for n in range(count):
        sheet.append([f"Олена-{n}", f"+38050{1000000 + n}", f"ZYMA-{n}", "Київ"])
    book.save(path)
    return path


def campaign(path: Path, **fields: object) -> Path:
    """Write a campaign file."""
    body = {"version": 1, "name": "Зимовий розпродаж", "sender": "MyBrand", "country": "UA"}
    path.write_text(json.dumps({**body, **fields}, ensure_ascii=False), encoding="utf-8")
    return path


def sent(service: PracticeServer) -> list[Mapping[str, Any]]:
    """Return what the service has in its books, a message each, doubles included."""
    return [booked.message for booked in service.books.messages()]
