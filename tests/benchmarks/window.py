"""A real window in a process of its own that opens a list while a timer listens for silence.

Prints JSON: the seconds from the choice of the file to its verdicts on the screen and to the end
of all counting, and the gaps of a 5 ms timer while the window is idle and while it loads.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt, QTimer
from qasync import QEventLoop

from cascade_desktop.app import make_application
from cascade_desktop.program import Program

TICK_MS = 5
IDLE_S = 3.0
LONGEST_S = 300


class Listener:
    """Remembers how long the event loop kept a timer waiting."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)

    def begin(self) -> None:
        self.gaps = []
        self._last = time.perf_counter()

    def told(self) -> dict[str, float]:
        """Return the longest gap and the 99.9th percentile, in milliseconds."""
        gaps = sorted(self.gaps)
        at = min(len(gaps) - 1, int(len(gaps) * 0.999))
        return {"gaps": len(gaps), "p999_ms": gaps[at] * 1000, "longest_ms": gaps[-1] * 1000}

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append(now - self._last)
        self._last = now


async def until(happened: Callable[[], object]) -> None:
    """Wait without being heard: the timer that is measured turns the same loop."""
    for _ in range(LONGEST_S * 50):
        if happened():
            return
        await asyncio.sleep(0.02)
    raise TimeoutError


async def measure(path: Path, folder: Path) -> dict[str, object]:
    program = Program(folder / "data")
    program.window.show()
    await program.open()
    shown: list[float] = []
    program.lists.changed.connect(lambda _: shown.append(time.perf_counter()))
    await asyncio.sleep(2 * IDLE_S)  # the child that waits has started
    listener = Listener()
    await asyncio.sleep(IDLE_S)
    idle = listener.told()
    listener.begin()
    print("loading", flush=True)
    begun = time.perf_counter()
    program.lists.open(path)
    await until(lambda: shown)
    await until(lambda: program.drafts.current)
    ended = time.perf_counter()
    await asyncio.sleep(1)
    loading = listener.told()
    counts = program.lists.recipients.counts if program.lists.recipients else None
    await program.close()
    return {
        "verdicts_s": shown[0] - begun,
        "counted_s": ended - begun,
        "idle": idle,
        "loading": loading,
        "ready": counts.ready if counts else None,
    }


def main() -> None:
    loop = QEventLoop(make_application())
    asyncio.set_event_loop(loop)
    with TemporaryDirectory() as folder, loop:
        told = loop.run_until_complete(measure(Path(sys.argv[1]), Path(folder)))
    print(json.dumps(told))


if __name__ == "__main__":
    main()
