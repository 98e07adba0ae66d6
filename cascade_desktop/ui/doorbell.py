"""A second start rings at the window that is open already, and hands over what it was to open.

The lock on the folder is the guard; this only spares the operator a sentence.
"""

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

RING_MS = 3000
LONGEST = 1 << 20
HEARD = b"heard\n"
_ACTIVATION = "XDG_ACTIVATION_TOKEN"
"""What lets a window come to the front under Wayland; it belongs to whoever was clicked."""
_ANYBODY = 0xFFFFFFFF


class Doorbell(QObject):
    """Listens for second starts; only this user's can ring."""

    rung = Signal(object)
    """Emits the Paths that a second start was to open."""

    def __init__(self, root: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_ring)
        name = bell_of(root)
        if not self._server.listen(name):
            QLocalServer.removeServer(name)  # of a start that was killed: the lock is ours
            self._server.listen(name)

    def close(self) -> None:
        """Let nobody ring any more."""
        self._server.close()

    def _on_ring(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.readyRead.connect(lambda caller=caller: self._read(caller))
            caller.disconnected.connect(caller.deleteLater)
            self._read(caller)

    def _read(self, caller: QLocalSocket) -> None:
        if caller.bytesAvailable() > LONGEST:
            caller.abort()
        elif caller.canReadLine():
            said = read_call(bytes(caller.readLine().data()))
            caller.write(HEARD)
            caller.flush()
            if said is not None:
                files, token = said
                if token:
                    os.environ[_ACTIVATION] = token
                self.rung.emit(files)


def ring(root: Path, files: Sequence[Path]) -> bool:
    """Ask the window of this data folder to come to the front; False when none answers."""
    name = bell_of(root)
    if not _is_own(name):
        return False
    caller = QLocalSocket()
    caller.connectToServer(name)
    if not caller.waitForConnected(RING_MS):
        return False
    _let_others_in_front()
    said = {"files": list(map(str, files)), "token": os.environ.get(_ACTIVATION, "")}
    caller.write(json.dumps(said).encode() + b"\n")
    caller.flush()
    heard = caller.waitForReadyRead(RING_MS) and caller.readLine().data() == HEARD
    caller.abort()
    return heard


def bell_of(root: Path) -> str:
    """Return where the window of a data folder listens: a file in POSIX, a pipe in Windows."""
    user = "" if sys.platform == "win32" else str(os.getuid())
    mark = hashlib.sha256(f"{user}\n{root.resolve()}".encode(errors="surrogatepass")).hexdigest()
    name = f"cascade-desktop-{mark[:20]}"
    if sys.platform == "win32":
        return name
    return str(Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / name)


def read_call(line: bytes) -> tuple[tuple[Path, ...], str] | None:
    """Return the files and the token of a call; None for what no start of ours says."""
    try:
        said = json.loads(line)
        files, token = said["files"], said["token"]
    except (ValueError, TypeError, KeyError):
        return None
    if not isinstance(token, str) or not isinstance(files, list):
        return None
    if not all(isinstance(file, str) and "\0" not in file for file in files):
        return None
    return tuple(map(Path, files)), token


def _is_own(name: str) -> bool:
    """Tell whether it is this user who listens there: a folder for all is anybody's."""
    if sys.platform == "win32":
        return True
    try:
        return Path(name).lstat().st_uid == os.getuid()
    except OSError:
        return False


def _let_others_in_front() -> None:
    """Pass on the right to be in front, which Windows gives to what was just started."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(_ANYBODY)
