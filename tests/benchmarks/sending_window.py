"""The real window in a process of its own that sends a campaign with its grid open.

python -m tests.benchmarks.sending_window URL N. Prints JSON: the seconds, the sizes of the batches,
how the memory grew from the 10th on, and the gaps of a 5 ms timer, idle and while it sends.
"""

import asyncio
import json
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from qasync import QEventLoop

from cascade_desktop.app import make_application
from cascade_desktop.core.proxy import NO_PROXY
from cascade_desktop.engine.account import Account
from cascade_desktop.engine.sending import Progress
from cascade_desktop.engine.waits import Waits
from cascade_desktop.engine.workspace import Workspace
from cascade_desktop.program import Program
from cascade_desktop.ui.campaign_desk import CampaignDesk
from cascade_desktop.ui.results_model import ResultsModel
from cascade_desktop.ui.row_outcome import Filter
from tests.benchmarks.sending_child import Watch, record
from tests.benchmarks.window import IDLE_S, Listener, until
from tests.engine.campaigns import KEYS, target_of

PRACTICE = "practice"


def make_campaign(folder: Path, url: str, people: int) -> str:
    """Record a campaign where the window finds it."""
    work = Workspace(folder)
    try:
        return record(work.journal, url, people)
    finally:
        work.close()


class Send:
    """One sending by the desk of a window, and what is measured of it."""

    def __init__(self, desk: CampaignDesk) -> None:
        self._desk = desk
        self._watch = Watch()
        self._began = 0.0
        self.seconds = 0.0
        desk.began.connect(self._begin)
        desk.settled.connect(self._note)
        desk.ended.connect(self._end)

    async def run(self) -> dict[str, object]:
        self._desk.go_on()
        await until(lambda: self.seconds)
        return self._watch.told(self.seconds)

    def _begin(self, _head: object) -> None:
        self._began = time.perf_counter()

    def _note(self, progress: Progress) -> None:
        if progress.changes:
            self._watch.note(len(progress.changes))

    def _end(self, _head: object) -> None:
        self.seconds = time.perf_counter() - self._began


def grid_of(program: Program) -> ResultsModel | None:
    """Return what the grid that is open shows, once all of its rows are there."""
    table = program.window.results.grid.table
    model = table.model()
    if isinstance(model, ResultsModel) and model.complete and table.isVisible():
        return model
    return None


async def measure(root: Path, url: str, people: int) -> dict[str, object]:
    code = make_campaign(root / PRACTICE, url, people)
    program = Program(root)
    program.window.show()
    await program.open()
    desk = program.desk
    assert desk is not None
    desk.account = Account(
        desk.account.folder, target_of(url), KEYS, Waits(), False, NO_PROXY, pace_per_s=None
    )
    desk.show(code)
    await until(lambda: grid_of(program))
    await asyncio.sleep(2 * IDLE_S)  # what begins with the window has begun
    listener = Listener()
    await asyncio.sleep(IDLE_S)
    idle = listener.told()
    listener.begin()
    told = await Send(desk).run()
    sending = listener.told()
    grid = grid_of(program)
    assert grid is not None
    assert grid.count_of(Filter.SENT) == people
    await program.close()
    return {**told, "idle": idle, "sending": sending}


def main() -> None:
    url, people = sys.argv[1], int(sys.argv[2])
    loop = QEventLoop(make_application())
    asyncio.set_event_loop(loop)
    with TemporaryDirectory() as folder, loop:
        told = loop.run_until_complete(measure(Path(folder), url, people))
    print(json.dumps(told))


if __name__ == "__main__":
    main()
