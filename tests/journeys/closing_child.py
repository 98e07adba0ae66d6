"""The real program in a process of its own that sends, and is ended from outside.

python FILE LIST HOW: after two batches the service is slow ("late") or silent ("never"); HOW may
add what the system does: "never+exit" ends Qt's loop, "never+session" ends the session.
"""

import argparse
import json
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from window_child import ANSWERED, SILENCE_S, send, until

from cascade_desktop import app
from cascade_desktop.engine.environment import data_root
from cascade_desktop.practice.behaviour import Behaviour
from cascade_desktop.program import Program

LATE_S = 0.7


def end_session() -> None:
    """Emit Qt's own signal for it; the session's manager, which no slot of ours takes, is none."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.commitDataRequest.emit(None)


class Driven(Program):
    """A program that somebody works with."""

    async def open(self) -> None:
        await super().open()
        self.tasks.spawn(self._work(Path(sys.argv[1]), *sys.argv[2].partition("+")[::2]))

    async def _work(self, path: Path, answer: str, system: str) -> None:
        service = self._practice
        assert service is not None
        delay = LATE_S if answer == "late" else SILENCE_S
        service.behave(Behaviour(requests=ANSWERED), Behaviour(delay_s=delay))
        await send(self, path)
        await until(lambda: service.books.next_request > ANSWERED)
        *_, (_, held) = service.books.entries()
        if system:
            end = QApplication.exit if system == "exit" else end_session
            QTimer.singleShot(0, end)
        print(json.dumps([message["id"] for message in held.taken]), flush=True)


if __name__ == "__main__":
    app.Program = Driven  # type: ignore[misc]
    nothing = argparse.Namespace(files=(), demo="", base_url="", state_dir="")
    sys.exit(app.run(data_root(), nothing))
