"""Progress outside the window is shown where the system can, and harms nothing where it cannot."""

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cascade_desktop.ui import taskbar
from cascade_desktop.ui.taskbar import taskbar_of


@pytest.mark.parametrize("system", ["linux", "darwin"])
def test_nothing_is_shown_where_nobody_listens(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, system: str
):
    for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    window = QWidget()
    qtbot.addWidget(window)
    show = taskbar_of(window, system)

    show(42)
    show(None)

    assert not taskbar._has_bus()


def test_a_launcher_is_told_the_share_and_no_name(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    said: list[list[object]] = []

    class Bus:
        def send(self, message: QDBusMessage) -> None:
            said.append(message.arguments())

    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    monkeypatch.setattr(QDBusConnection, "sessionBus", Bus)
    window = QWidget()
    qtbot.addWidget(window)
    show = taskbar_of(window, "linux")

    show(42)
    show(None)

    assert [shown for _, shown in said] == [
        {"progress": 0.42, "progress-visible": True},
        {"progress": 0.0, "progress-visible": False},
    ]
