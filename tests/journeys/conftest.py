import asyncio
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fingers import Keys
from operator_at_work import Operator
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from cascade_desktop.practice.server import PracticeServer
from cascade_desktop.program import Program
from cascade_desktop.ui import delivery_desk, theme
from cascade_desktop.ui.wording_plurals import EnglishPlurals

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture(scope="session")
def only_loop(qapp) -> QEventLoop:
    """Return the one loop of the session: a loop of its own for each test fails from the second."""
    theme.apply(qapp, theme.Scheme.LIGHT)
    plurals = EnglishPlurals(qapp)
    qapp.installTranslator(plurals)
    return QEventLoop(qapp, already_running=True)


@pytest.fixture
def loop(only_loop: QEventLoop) -> Iterator[QEventLoop]:
    """Yield the loop as the running one, for this test alone: others start their own."""
    asyncio.set_event_loop(only_loop)
    asyncio._set_running_loop(only_loop)
    yield only_loop
    asyncio._set_running_loop(None)
    asyncio.set_event_loop(None)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def service(tmp_path: Path) -> Iterator[PracticeServer]:
    with PracticeServer(tmp_path / "service") as running:
        yield running


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let waits and deadlines run twenty times as fast."""
    monkeypatch.setenv("CASCADE_DESKTOP_WAIT_SCALE", "0.05")


@pytest.fixture(autouse=True)
def resting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody ask for deliveries: what was sent stays *Sent* however long a test takes."""
    for name in ("RATE_PER_S", "WHILE_SENDING_PER_S"):
        monkeypatch.setattr(delivery_desk, name, 0.0)


@pytest.fixture
def hire(loop: QEventLoop, qtbot: QtBot, root: Path) -> Iterator[Callable[..., Operator]]:
    """Return a way to put an operator before a window; every window is closed at the end."""
    at_work: list[Operator] = []

    def put(base_url: str = "", prepare: Callable[[Program], None] | None = None) -> Operator:
        program = Program(root, base_url)
        if prepare:
            prepare(program)
        operator = Operator(qtbot, program)
        at_work.append(operator)
        operator.starts()
        return operator

    yield put
    for operator in at_work:
        operator.leaves()
    assert [failure for operator in at_work for failure in operator.failures] == []


@pytest.fixture
def operator(hire: Callable[..., Operator]) -> Operator:
    return hire()


@pytest.fixture
def keys(qtbot: QtBot, operator: Operator) -> Keys:
    operator.window.activateWindow()
    return Keys(qtbot, operator)


def pytest_configure() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
