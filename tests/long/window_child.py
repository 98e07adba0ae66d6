"""A window in a process of its own, to be killed: python -m tests.long.window_child URL LIST.

It sends the list live to the address; a campaign that a kill left unfinished it continues.
"""

import asyncio
import sys
from dataclasses import replace
from pathlib import Path

from qasync import QEventLoop

from cascade_desktop.app import make_application
from cascade_desktop.core.target import Keys
from cascade_desktop.engine.environment import data_folder, data_root
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.program import Program
from tests.journeys.window_child import go_on, send, until


def is_recorded(root: Path) -> bool:
    """Tell whether there is a campaign to continue."""
    try:
        journal = Journal(data_folder(root, practice=False), readonly=True)
    except FileNotFoundError:
        return False
    found = journal.heads()
    journal.close()
    return bool(found)


async def work(url: str, path: Path) -> None:
    root = data_root()
    recorded = is_recorded(root)
    program = Program(root, url)
    program.keys.hold(Keys("invented-key"))
    program.settings.save(replace(program.settings.load(), live=True))
    program.window.show()
    await program.open()
    ended: list[object] = []
    assert program.desk is not None
    program.desk.ended.connect(ended.append)
    if recorded:
        await go_on(program)
        button = program.window.results.title_line.continue_button
        if program.window.results.finished_card.isVisible() and button.isHidden():
            ended.append(None)
    else:
        await send(program, path)
    await until(lambda: ended)
    await program.close()


def main() -> None:
    loop = QEventLoop(make_application())
    asyncio.set_event_loop(loop)
    with loop:
        loop.run_until_complete(work(sys.argv[1], Path(sys.argv[2])))


if __name__ == "__main__":
    main()
