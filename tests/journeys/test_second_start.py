"""A second start brings the first window to the front and hands over what it was to open."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from command_line import environment
from operator_at_work import Operator
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from cascade_desktop.core.exit_codes import OK, UNUSABLE
from cascade_desktop.engine.lock import FolderLock
from cascade_desktop.ui import doorbell
from cascade_desktop.ui.doorbell import Doorbell, bell_of, read_call, ring

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def own_sockets(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))


@pytest.fixture
def bell(operator: Operator, root: Path) -> Iterator[Doorbell]:
    listening = Doorbell(root, operator.window)
    listening.rung.connect(operator.program.closing_flow.come_back)
    listening.rung.connect(operator.program.list_flow.open_files)
    yield listening
    listening.close()


def start(data: Path, *files: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "cascade_desktop", *map(str, files)],
        env={**environment(data), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


@pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")
def test_the_window_comes_back_with_the_list(
    operator: Operator, bell: Doorbell, root: Path, tmp_path: Path
):
    path = tmp_path / "one.csv"
    path.write_text("Phone\n+380501112233\n", encoding="utf-8")
    operator.window.showMinimized()

    second = start(root, path)
    operator.waits_until(lambda: second.poll() is not None)
    operator.waits_until(lambda: operator.program.lists.recipients is not None)

    assert second.returncode == OK, second.communicate()
    assert "is in front now" in second.communicate()[0]
    assert not operator.window.isMinimized()
    assert operator.recipients.counts.ready == 1


def test_a_folder_that_a_command_holds_is_told_as_before(tmp_path: Path):
    (tmp_path / "practice").mkdir()
    with FolderLock(tmp_path / "practice"):
        second = start(tmp_path)
        _, errors = second.communicate(timeout=90)

    assert second.returncode == UNUSABLE
    assert "already open" in errors


def test_a_bell_that_a_killed_window_left_is_replaced(
    hire: Callable[..., Operator], root: Path, tmp_path: Path
):
    Path(bell_of(root)).touch()
    operator = hire()

    assert not ring(root, ())
    listening = Doorbell(root, operator.window)
    caller = QLocalSocket()
    caller.connectToServer(bell_of(root))
    assert caller.waitForConnected(3_000)
    caller.abort()
    listening.close()


def test_nobody_rings_at_somebody_elses_window(qapp, root: Path, monkeypatch: pytest.MonkeyPatch):
    server = QLocalServer()
    name = bell_of(root)
    assert server.listen(name)

    assert doorbell._is_own(name)
    monkeypatch.setattr(doorbell.os, "getuid", lambda: -1)
    assert not doorbell._is_own(name)
    server.close()


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        pytest.param(b'{"files": ["/a"], "token": "t"}', ((Path("/a"),), "t"), id="a start"),
        pytest.param(b"knock", None, id="noise"),
        pytest.param(b"[]", None, id="no object"),
        pytest.param(b'{"files": "x", "token": ""}', None, id="no list"),
        pytest.param(b'{"files": [1], "token": ""}', None, id="no path"),
        pytest.param(b'{"files": [], "token": 1}', None, id="no token"),
        pytest.param(b"\xff", None, id="no text"),
    ],
)
def test_only_what_a_start_of_ours_says_is_understood(line: bytes, meant: object):
    assert read_call(line) == meant
