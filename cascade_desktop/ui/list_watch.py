"""Notice that the file of the open list was changed, moved or deleted meanwhile."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from cascade_desktop.engine.list_presence import Look, Presence, look_again
from cascade_desktop.engine.worker import Worker
from cascade_desktop.ui.list_desk import ListDesk
from cascade_desktop.ui.main_window import MainWindow
from cascade_desktop.ui.tasks import Tasks
from cascade_desktop.ui.wording_campaigns import say_list_presence

EVERY_MS = 3_000


class ListWatch(QObject):
    """Looks at the file every few seconds, off the screen's thread, and tells on the card.

    What is shown and sent stays what was read: only the operator has it read again.
    """

    def __init__(self, window: MainWindow, tasks: Tasks, lists: ListDesk) -> None:
        super().__init__(window)
        self._card = window.compose.recipients_card
        self._tasks = tasks
        self._lists = lists
        self._worker = Worker()
        self._about: tuple[Path, str] | None = None
        self._latest: Look | None = None
        self._looks = False
        self.timer = QTimer(self, interval=EVERY_MS)
        self.timer.timeout.connect(self.look)
        self._card.read_again_wanted.connect(self._read_again)
        lists.changed.connect(self._turn)

    def look(self) -> None:
        """Look at the file now, unless a look is under way or another file is being read."""
        if self._about is not None and not self._looks and self._lists.reading is None:
            self._looks = True
            self._tasks.spawn(self._look(*self._about))

    def rest(self) -> None:
        """Look no more; to be called on the screen's thread."""
        self._about = None
        self.timer.stop()

    def close(self) -> None:
        """End the thread."""
        self._worker.close()

    def _turn(self) -> None:
        """Be about the list that is shown now; the same one after a decision stays looked at."""
        found, path = self._lists.recipients, self._lists.path
        about = (path, found.table.source.sha256) if found is not None and path else None
        if about != self._about:
            self._about, self._latest = about, None
            self.timer.start() if about else self.timer.stop()
        elif self._latest is not None and self._latest.presence is not Presence.SAME:
            self._tell(self._latest.presence)

    async def _look(self, path: Path, sha256: str) -> None:
        try:
            seen = await self._worker.run(look_again, path, sha256, self._latest)
        finally:
            self._looks = False
        if self._about != (path, sha256):
            return
        before = self._latest.presence if self._latest else Presence.SAME
        self._latest = seen
        if seen.presence is not before:
            self._tell(seen.presence)

    def _tell(self, presence: Presence) -> None:
        name = self._about[0].name if self._about else ""
        words = say_list_presence(presence, name)
        self._card.show_presence(words, again=presence is Presence.CHANGED)

    def _read_again(self) -> None:
        if self._about is not None:
            self._lists.open(self._about[0])
