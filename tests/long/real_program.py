"""The real program in a process of its own: its list, its campaign, its data, its server."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from cascade_desktop.engine.journal.store import Journal
from tests.engine.fault_server import FaultServer
from tests.long.figures import HOME

CAMPAIGN = {
    "version": 1,
    "name": "Winter",
    "type": "transaction",
    "sender": "MyBrand",
    "text": "Hello, {Name}!",
}


@dataclass(slots=True)
class Campaign:
    """A folder with a list, a campaign, and the data of the program that sends it."""

    folder: Path
    server: FaultServer
    people: int
    wrong: int = 0
    """Rows that hold no phone."""
    scale: float = 0.05
    """What waits and deadlines are multiplied with."""

    def __post_init__(self) -> None:
        lines = [f"+38050{1_000_000 + number};N{number}" for number in range(self.people)]
        lines += ["call me;X"] * self.wrong
        self.recipients.write_text("Phone;Name\n" + "\n".join(lines), encoding="utf-8")
        self.file.write_text(json.dumps(CAMPAIGN), encoding="utf-8")

    @property
    def recipients(self) -> Path:
        return self.folder / "people.csv"

    @property
    def file(self) -> Path:
        return self.folder / "campaign.json"

    @property
    def journal(self) -> Path:
        return self.folder / "data" / "live"

    def code(self) -> str:
        """Return the campaign's code, "" before it was recorded."""
        try:
            with closing(Journal(self.journal, readonly=True)) as journal:
                return next((head.code for head in journal.heads()), "")
        except FileNotFoundError:
            return ""

    def start(self, arguments: list[str]) -> "subprocess.Popen[str]":
        """Start Python with a module and its arguments."""
        environment = {
            **os.environ,
            "CASCADE_DESKTOP_DATA": str(self.folder / "data"),
            "CASCADE_DESKTOP_STATE": str(self.folder / "state"),
            "CASCADE_DESKTOP_WAIT_SCALE": str(self.scale),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            "QT_QPA_PLATFORM": "offscreen",
            "SMSBAT_API_KEY": "invented-key",
        }
        return subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=HOME,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


Command = Callable[[Campaign], list[str]]


def command_line(campaign: Campaign) -> list[str]:
    """Send the campaign, or resume it once it is in the journal."""
    code = campaign.code()
    what = ["resume", code]
    if not code:
        what = ["send", str(campaign.file), "--recipients", str(campaign.recipients), "--yes"]
    return ["cascade_desktop", *what, "--base-url", campaign.server.url, "--json"]


def window(campaign: Campaign) -> list[str]:
    """Open the window, off screen, with somebody who sends or continues."""
    return ["tests.long.window_child", campaign.server.url, str(campaign.recipients)]
