"""The system ends the session or asks this process to end: three seconds, and never a question."""

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication

LOG_OFF_S = 3.0
SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, name)
)


class SystemEnd(QObject):
    """Calls `leave` when the system wants this program to end."""

    def __init__(self, application: QApplication, leave: Callable[[], None]) -> None:
        super().__init__()
        self._application = application
        self._leave = leave
        self._ours, self._wakes = socket.socketpair()
        for end in (self._ours, self._wakes):
            end.setblocking(False)
        self._wakeup_before = signal.set_wakeup_fd(self._wakes.fileno(), warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, _take_note) for number in SIGNALS}
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)
        application.commitDataRequest.connect(self._on_session_end)
        application.aboutToQuit.connect(self._on_quit)

    def close(self) -> None:
        """Leave signals and the session as they were."""
        self._notifier.setEnabled(False)
        self._application.commitDataRequest.disconnect(self._on_session_end)
        self._application.aboutToQuit.disconnect(self._on_quit)
        signal.set_wakeup_fd(self._wakeup_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._ours.close()
        self._wakes.close()
        self.deleteLater()

    def _on_signal(self) -> None:
        """Take a signal in Qt's own loop, which Python's handlers do not interrupt."""
        received = self._ours.recv(64)
        if any(number in received for number in SIGNALS):
            self._leave()

    def _on_session_end(self) -> None:
        """Begin to end, and let the session go on: a loop inside the loop crashed the process.

        Who is killed in the middle has every batch in the journal, the one under way as uncertain.
        """
        self._leave()

    def _on_quit(self) -> None:
        """End in order though Qt's loop was ended from outside; `app` runs it once more."""
        self._leave()


def _take_note(_signal: int, _frame: object) -> None:
    """Let the wake-up of the loop do the rest."""
