"""Progress on the program's button in the taskbar, the dock or the launcher."""

import ctypes
import os
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

Taskbar = Callable[[int | None], None]
"""Shows so many percent, or with None nothing more."""
LAUNCHER = "com.canonical.Unity.LauncherEntry"
_TASKBAR_LIST = UUID("56FDF344-FD6D-11D0-958A-006097C9A090")
_TASKBAR_LIST_3 = UUID("EA1AFB91-9E28-4B86-90E9-9E9F8A5EEFAF")
_IN_PROCESS = 1
_INITIALISE, _SET_VALUE, _SET_STATE = 3, 9, 10
"""Where the methods stand in the table of ITaskbarList3."""
_NOTHING, _NORMAL = 0, 2


def taskbar_of(window: QWidget, system: str = sys.platform) -> Taskbar:
    """Return how this system shows progress; where it has no way, nothing is shown."""
    if system == "win32":
        return lambda percent: _show_on_windows(window, percent)
    if system == "darwin":
        return _show_as_badge
    return _show_in_launcher


def _show_as_badge(percent: int | None) -> None:
    application = QGuiApplication.instance()
    if isinstance(application, QGuiApplication):
        application.setBadgeNumber(percent or 0)


def _show_in_launcher(percent: int | None) -> None:
    """Tell docks and launchers that listen; without a session's bus none can."""
    if not _has_bus():
        return
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

    update = QDBusMessage.createSignal("/cascade_desktop", LAUNCHER, "Update")
    entry = f"application://{QGuiApplication.desktopFileName()}.desktop"
    shown = {"progress": (percent or 0) / 100, "progress-visible": percent is not None}
    update.setArguments([entry, shown])
    QDBusConnection.sessionBus().send(update)


def _has_bus() -> bool:
    """Tell whether there is a bus already: asking for one that is not there would start it."""
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    named = bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS"))
    return named or (bool(folder) and (Path(folder) / "bus").exists())


def _show_on_windows(window: QWidget, percent: int | None) -> None:
    taskbar = _TaskbarList()
    if taskbar.is_there:
        handle = ctypes.c_void_p(window.winId())
        state = _NOTHING if percent is None else _NORMAL
        taskbar.call(_SET_STATE, handle, ctypes.c_int(state))
        if percent is not None:
            taskbar.call(_SET_VALUE, handle, ctypes.c_uint64(percent), ctypes.c_uint64(100))


class _TaskbarList:
    """Windows' ITaskbarList3, whose few methods need no package."""

    def __init__(self) -> None:
        self._object = ctypes.c_void_p()
        create = ctypes.WinDLL("ole32").CoCreateInstance  # type: ignore[attr-defined]
        made, wanted = (ctypes.c_char * 16)(), (ctypes.c_char * 16)()
        made.raw, wanted.raw = _TASKBAR_LIST.bytes_le, _TASKBAR_LIST_3.bytes_le
        failed = create(made, None, _IN_PROCESS, wanted, ctypes.byref(self._object))
        self.is_there = not failed and bool(self._object)
        if self.is_there:
            self.call(_INITIALISE)

    def __del__(self) -> None:
        if self.is_there:
            self.call(2)

    def call(self, method: int, *values: ctypes._SimpleCData) -> int:
        """Call a method by its place."""
        table = ctypes.cast(self._object, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p)))
        kinds = [ctypes.c_void_p, *map(type, values)]
        prototype = ctypes.WINFUNCTYPE(ctypes.c_long, *kinds)  # type: ignore[attr-defined]
        return prototype(table[0][method])(self._object, *values)
