"""The real program with a crash to come: python -m tests.long.canary_child PLACE WINDOW ARGUMENTS.

What the crash says is read from the environment, so that it stands in no command. WINDOW is empty
for the command line, else the file that takes the titles of the windows; an operator who is no
person then sends the list that the environment names.
"""

import argparse
import asyncio
import logging
import os
import sqlite3
import sys
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import httpx
import keyring
from keyring.backends.null import Keyring
from PySide6.QtCore import QTimer, qCritical
from PySide6.QtWidgets import QApplication

from cascade_desktop import app
from cascade_desktop.__main__ import main
from cascade_desktop.core.campaign_file import Campaign, read_campaign
from cascade_desktop.core.target import Keys
from cascade_desktop.engine.client import Client
from cascade_desktop.engine.environment import state_root
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.sender import Sender
from cascade_desktop.program import Program
from tests.journeys.window_child import until

WORDS, LIST, CAMPAIGN = "CANARY_WORDS", "CANARY_LIST", "CANARY_CAMPAIGN"
LIBRARIES = ("httpx", "httpcore", "asyncio", "qasync", "uvicorn.error")
LOOK_MS, GIVE_UP_MS = 20, 30_000


def fail(kind: Callable[[str], BaseException]) -> Callable[..., NoReturn]:
    """Return a function that fails, its values in the exception's words and in its frame."""

    def failing(*values: object, **named: object) -> NoReturn:
        words = os.environ[WORDS]
        raise kind(f"{words} {values} {named}")

    return failing


class TalkingKeyring(Keyring):
    """A key store that fails with words of its own."""

    get_password = set_password = delete_password = fail(OSError)


def crash_aside(*_: object) -> None:
    """Fail everywhere that nobody waits for: a thread, a task, a clean-up, a warning, a log."""
    words = os.environ[WORDS]
    thread = threading.Thread(target=fail(ValueError))
    thread.start()
    thread.join()
    type("Gone", (), {"__del__": fail(ValueError)})()
    warnings.warn(words, stacklevel=1)
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(logging.DEBUG)
        logging.getLogger(name).error("%s", words, exc_info=ValueError(words))
    logging.getLogger("cascade_desktop").error("%d", words)
    with suppress(RuntimeError):  # where no loop runs
        asyncio.get_running_loop().create_task(refuse())
    if QApplication.instance() is not None:
        qCritical(words)
        QTimer.singleShot(0, fail(ValueError))


async def refuse() -> NoReturn:
    raise ValueError(os.environ[WORDS])


def after(before: Callable[..., object], wrapped: Any) -> Any:
    """Return a method that does something else first."""

    def method(*values: Any, **named: Any) -> Any:
        before(*values, **named)
        return wrapped(*values, **named)

    return method


def abort(*values: object) -> NoReturn:
    """End at once, as a fault in a library does, with values in every frame."""
    words = f"{os.environ[WORDS]} {values}"
    del words
    os.abort()


def prepare(place: str) -> None:
    """Let the program fail at a place."""
    match place:
        case "sender":
            Sender._send_all = fail(ValueError)  # type: ignore[method-assign]
        case "client":
            Client.send = fail(httpx.RemoteProtocolError)  # type: ignore[method-assign]
        case "journal":
            Journal.settle = fail(sqlite3.IntegrityError)  # type: ignore[method-assign]
        case "intent":
            Journal.open_batch = fail(sqlite3.OperationalError)  # type: ignore[method-assign]
        case "aside":
            Journal.settle = after(crash_aside, Journal.settle)  # type: ignore[method-assign]
        case "key store":
            keyring.set_keyring(TalkingKeyring())
        case "abort":
            Journal.settle = abort  # type: ignore[method-assign]


async def operate(_: QApplication, root: Path, arguments: argparse.Namespace) -> int:
    """Send the list from the real window, with whatever crash is to come."""
    program = Program(root, arguments.base_url, state_root(arguments.state_dir))
    program.keys.hold(Keys(os.environ["SMSBAT_API_KEY"]))
    program.settings.save(replace(program.settings.load(), live=True, sender="MyBrand"))
    over: list[object] = []
    QTimer.singleShot(GIVE_UP_MS, lambda: over.append("late"))
    program.tasks.failed.connect(over.append)
    program.window.show()
    await program.open()
    assert program.desk is not None
    program.desk.ended.connect(over.append)
    text = Path(os.environ[CAMPAIGN]).read_text(encoding="utf-8")  # noqa: ASYNC240
    await send(program, read_campaign(text))
    await until(lambda: over)
    await asyncio.sleep(0.1)
    await program.close()
    return 0


async def send(program: Program, campaign: object) -> None:
    """Do what an operator does up to the button that hands over."""
    compose = program.window.compose
    assert isinstance(campaign, Campaign)
    compose.choose_kind(campaign.draft.kind)
    compose.set_campaign(campaign)
    program.lists.open(Path(os.environ[LIST]))
    await until(compose.action_bar.review_button.isEnabled)
    compose.action_bar.review_button.click()
    await until(lambda: program.review_flow.dialog)
    dialog = program.review_flow.dialog
    assert dialog is not None
    dialog.hand_over_button.click()


def watch_titles(file: Path) -> QTimer:
    """Note every title that a window has."""
    seen: set[str] = set()

    def look() -> None:
        new = {widget.windowTitle() for widget in QApplication.topLevelWidgets()} - seen
        seen.update(new)
        with file.open("a", encoding="utf-8") as kept:
            kept.writelines(f"{title}\n" for title in new)

    timer = QTimer(interval=LOOK_MS)
    timer.timeout.connect(look)
    timer.start()
    return timer


def start(place: str, titles: str, arguments: list[str]) -> int:
    prepare(place)
    if not titles:
        return main(arguments)
    made = app.make_application
    timers: list[QTimer] = []

    def make() -> QApplication:
        application = made()
        timers.append(watch_titles(Path(titles)))
        return application

    app.make_application = make
    app._run = operate
    return main(arguments)


if __name__ == "__main__":
    sys.exit(start(sys.argv[1], sys.argv[2], sys.argv[3:]))
