"""The window's face: puts views, desks and engine together, and ends them in order."""

import argparse
import asyncio
import gc
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from time import sleep

import PySide6
from PySide6.QtCore import (
    QCoreApplication,
    QLocale,
    QMessageLogContext,
    QtMsgType,
    QUrl,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QMessageBox
from qasync import QEventLoop

from cascade_desktop.core import exit_codes
from cascade_desktop.core.target import DEFAULT_URL, UrlWrong, read_target
from cascade_desktop.engine.crash import keep_crashes
from cascade_desktop.engine.environment import data_root, state_root
from cascade_desktop.engine.lock import LockedError
from cascade_desktop.engine.log import safe_trace, start_log, stop_log
from cascade_desktop.program import Program
from cascade_desktop.ui import theme, wording_cli
from cascade_desktop.ui.doorbell import Doorbell, ring
from cascade_desktop.ui.system_end import SystemEnd
from cascade_desktop.ui.unusable import UNUSABLE, say_unusable
from cascade_desktop.ui.wording_plurals import EnglishPlurals

UNSOUND_QT = (6, 12)
"""From here on PySide6 aborts Python 3.11: each Signal.emit() drops a reference to True."""
OFF_SCREEN = "offscreen"
PLATFORM = "qt.qpa"
SPOKEN = "en_GB"
"""The language of all words, and so of the dates and numbers among them."""

RING_TRIES, RING_AGAIN_S = 5, 0.2
"""A window that has only just taken the folder answers a moment later."""
COLLECT_AFTER = (10_000, 10, 100)
"""Objects, and rounds, between garbage collections: a full one over a list of a million wrong
numbers stops the window for half a second, so it comes a hundred times more seldom."""
SWITCH_S = 0.0005
"""How long a working thread may keep the interpreter: at Python's own 5 ms a layout, which asks
Python some thirty times, keeps the window silent for 150 ms while a list is judged."""

_log = logging.getLogger(__name__)


def main(argv: Sequence[str]) -> int:
    """Open the window, or work through the demonstration, and return the exit code."""
    arguments = _parse(argv)
    if (
        sys.version_info < (3, 12)
        and tuple(map(int, PySide6.__version__.split(".")[:2])) >= UNSOUND_QT
    ):
        print(wording_cli.say_unsound_qt(), file=sys.stderr)
        return exit_codes.UNUSABLE
    address = read_target(arguments.base_url or DEFAULT_URL)
    if isinstance(address, UrlWrong):
        print(wording_cli.say_url(address), file=sys.stderr)
        return exit_codes.UNUSABLE
    missing = next(filter(_is_missing, arguments.files), None)
    if missing is not None:
        print(wording_cli.say_file_missing(str(missing)), file=sys.stderr)
        return exit_codes.UNUSABLE
    root = data_root(arguments.data_dir)
    start_log(root)
    keep_crashes(root)
    try:
        return run(root, arguments)
    except tuple(UNUSABLE) as error:
        if isinstance(error, LockedError) and _is_open(root, arguments, tries=RING_TRIES):
            return exit_codes.OK
        _tell(say_unusable(error))
        return exit_codes.UNUSABLE
    except Exception as error:
        _log.error("the window failed: %s", safe_trace(error))
        _tell(wording_cli.say_fault(type(error).__name__))
        return exit_codes.FAULT
    finally:
        stop_log()


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Run the program's loop until its window has closed."""
    application = make_application()
    if _is_open(root, arguments):
        return exit_codes.OK
    loop = QEventLoop(application)
    asyncio.set_event_loop(loop)
    with loop:
        work = loop.create_task(_run(application, root, arguments))
        try:
            return loop.run_until_complete(work)
        except RuntimeError:
            if work.done():
                raise
            return loop.run_until_complete(work)  # the system ended Qt's loop: end in order


def make_application() -> QApplication:
    """Return the Qt application in our looks, in a process that seldom stops to collect."""
    gc.set_threshold(*COLLECT_AFTER)
    sys.setswitchinterval(SWITCH_S)
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    QCoreApplication.setApplicationName("cascade-desktop")
    application.setApplicationDisplayName("Cascade Desktop")
    application.setDesktopFileName("cascade-desktop")
    application.setQuitOnLastWindowClosed(False)
    application.installTranslator(EnglishPlurals(application))
    QLocale.setDefault(QLocale(SPOKEN))
    qInstallMessageHandler(_note_qt)
    application.setWindowIcon(theme.program_icon())
    theme.apply(application, theme.system_scheme())
    return application


def _note_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Keep Qt's own remarks out of the operator's sight; of its errors the log has where.

    Only what the platform plugins say is free of what people typed.
    """
    if kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
        category = context.category or "default"  # type: ignore[attr-defined]
        _log.error("Qt, %s: %s", category, message if category.startswith(PLATFORM) else kind.name)


def _is_open(root: Path, arguments: argparse.Namespace, tries: int = 1) -> bool:
    """Bring a window that is open already to the front, with what was to be opened."""
    for attempt in range(0 if arguments.demo else tries):
        if attempt:
            sleep(RING_AGAIN_S)
        if ring(root, arguments.files):
            print(wording_cli.say_in_front())
            return True
    return False


def _tell(sentence: str) -> None:
    """Say why the window does not open: on the error output, and where people look."""
    print(sentence, file=sys.stderr)
    application = QApplication.instance()
    if isinstance(application, QApplication) and application.platformName() != OFF_SCREEN:
        with QEventLoop(application) as loop:
            loop.run_until_complete(_show(sentence))


async def _show(sentence: str) -> None:
    read: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    name = QApplication.applicationDisplayName()
    box = QMessageBox(QMessageBox.Icon.Warning, name, sentence)
    box.finished.connect(read.set_result)
    box.open()
    await read


async def _run(application: QApplication, root: Path, arguments: argparse.Namespace) -> int:
    program = Program(root, arguments.base_url, state_root(arguments.state_dir))
    ends = SystemEnd(application, program.leave_soon)
    try:
        program.window.show()
        await program.open()
        if arguments.demo:
            from cascade_desktop.demo import demonstrate

            return await demonstrate(program, arguments.demo)
        bell = Doorbell(root, program.window)
        bell.rung.connect(program.closing_flow.come_back)
        bell.rung.connect(program.list_flow.open_files)
        program.list_flow.open_files(arguments.files)
        await program.closed
        return exit_codes.OK
    finally:
        await program.close()
        ends.close()


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="cascade-desktop")
    parser.add_argument("files", nargs="*", metavar="file", help="a list to open")
    parser.add_argument("--data-dir", default="")
    parser.add_argument("--state-dir", default="")
    parser.add_argument("--base-url", default="", help="the service's address for live campaigns")
    parser.add_argument("--demo", default="", metavar="DIR")
    arguments = parser.parse_args(list(argv))
    arguments.files = tuple(map(_path, arguments.files))
    if arguments.demo:
        arguments.demo = Path(arguments.demo).absolute()
        arguments.demo.mkdir(parents=True, exist_ok=True)
    return arguments


def _path(given: str) -> Path:
    """Return what a file manager or a person names: a path, or an address of one."""
    address = QUrl(given)
    return Path(address.toLocalFile() if address.isLocalFile() else given).absolute()


def _is_missing(path: Path) -> bool:
    """Tell whether nothing is there; what cannot be looked at is told in the window."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
