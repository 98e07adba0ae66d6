"""Run the real program as a process of its own, as an administrator would."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

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


def run(data: Path, *arguments: str | Path, key: str = KEY, scale: str = "0.05") -> Ran:
    """Run a command to its end; a traceback is never an answer."""
    done = subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        env=environment(data, scale, key),
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
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


def kill(process: "subprocess.Popen[str]") -> None:
    """End a process as a power cut would."""
    process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    process.communicate()
