"""A real window in a process of its own in which a text is typed over a list.

python -m tests.benchmarks.composing_window FILE. Prints JSON: milliseconds from a key to the exact
figures of all rows on the screen, the key's own milliseconds, and the gaps of a 5 ms timer while
the window is idle and while somebody types fast.
"""

import asyncio
import json
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from cascade_desktop.app import make_application
from cascade_desktop.core.drafts import Kind
from cascade_desktop.program import Program
from cascade_desktop.ui import draft_desk
from tests.benchmarks.window import IDLE_S, Listener, until

TEXT = (
    "Вітаємо, {Прізвище та ім’я}! Ваш бонус {Сума} грн чекає у місті {Місто} 💛 "
    "Відписатися: shop.example/stop "
)
TYPED = "чекаємо на вас щодня з 9 до 20 і дякуємо що ви з нами"
BETWEEN_S = 0.11
"""Nine keys a second: a fast typist."""
ALONE = 12


class Typist:
    """Types into the text of the open tab, and notes when its figures are on the screen."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._edit = program.window.compose.message_card.form.text_field.edit
        self.shown_at: list[float] = []
        self.keys_ms: list[float] = []
        self.counted_ms: list[float] = []
        self.begun = 0
        self._count = draft_desk._counted
        draft_desk._counted = self._counted  # type: ignore[assignment]
        program.drafts.composed.connect(lambda _: QTimer.singleShot(0, self._note))

    def key(self, sign: str) -> None:
        """Press a key and let it go; it goes to what has the focus."""
        field = QApplication.focusWidget() or self._program.window
        no_key, bare = Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier
        begun = time.perf_counter()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(field, QKeyEvent(kind, no_key, bare, sign))
        self.keys_ms.append((time.perf_counter() - begun) * 1000)

    async def counts(self) -> None:
        """Wait for the figures of what is written now."""
        await until(lambda: self._program.drafts.current)
        await asyncio.sleep(0)

    async def key_to_figures(self, sign: str) -> float:
        seen = len(self.shown_at)
        begun = time.perf_counter()
        self.key(sign)
        await until(lambda: len(self.shown_at) > seen)
        return (self.shown_at[seen] - begun) * 1000

    async def types(self, text: str) -> None:
        for sign in text:
            self.key(sign)
            await asyncio.sleep(BETWEEN_S)

    def _counted(self, *arguments: object) -> object:
        self.begun += 1
        begun = time.perf_counter()
        found = self._count(*arguments)  # type: ignore[arg-type]
        self.counted_ms.append((time.perf_counter() - begun) * 1000)
        return found

    def _note(self) -> None:
        self.shown_at.append(time.perf_counter())


async def measure(path: Path, folder: Path) -> dict[str, object]:
    program = Program(folder / "data")
    program.window.resize(1280, 800)
    program.window.show()
    program.window.activateWindow()
    await program.open()
    compose = program.window.compose
    compose.choose_kind(Kind.PROMO)
    program.lists.open(path)
    await until(lambda: program.drafts.current)
    typist = Typist(program)
    edit = compose.message_card.form.text_field.edit
    edit.setFocus()
    begun = time.perf_counter()
    edit.insertPlainText(TEXT)
    await typist.counts()
    inserted_ms = (typist.shown_at[-1] - begun) * 1000
    await asyncio.sleep(IDLE_S)
    listener = Listener()
    await asyncio.sleep(IDLE_S)
    idle = listener.told()
    typist.counted_ms.clear()
    shown_ms = [await typist.key_to_figures("я") for _ in range(ALONE)]
    counted_ms = list(typist.counted_ms)
    typist.keys_ms.clear()
    typist.begun, ended = 0, len(typist.shown_at)
    listener.begin()
    await typist.types(TYPED)
    await typist.counts()
    typing = listener.told()
    assert edit.text == TEXT + "я" * ALONE + TYPED
    current = program.drafts.current
    people = len(current.prepared.composition.rows) if current else 0
    await program.close()
    return {
        "people": people,
        "inserted_ms": inserted_ms,
        "shown_ms": shown_ms,
        "counted_ms": counted_ms,
        "keys_ms": typist.keys_ms,
        "begun": typist.begun,
        "ended": len(typist.shown_at) - ended,
        "idle": idle,
        "typing": typing,
    }


def main() -> None:
    loop = QEventLoop(make_application())
    asyncio.set_event_loop(loop)
    with TemporaryDirectory() as folder, loop:
        told = loop.run_until_complete(measure(Path(sys.argv[1]), Path(folder)))
    print(json.dumps(told))


if __name__ == "__main__":
    main()
