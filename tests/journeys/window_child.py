"""A window in a process of its own that sends, or goes on after a kill: python FILE MODE LIST."""

import asyncio
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from qasync import QEventLoop

from cascade_desktop.app import make_application
from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.drafts import Kind, Transaction
from cascade_desktop.engine.environment import data_root
from cascade_desktop.engine.journal.values import Head
from cascade_desktop.practice.behaviour import Behaviour
from cascade_desktop.program import Program

ANSWERED = 2
SILENCE_S = 600.0


async def until(happened: Callable[[], object]) -> None:
    for _ in range(1_200):
        if happened():
            return
        await asyncio.sleep(0.05)
    raise TimeoutError


async def send(program: Program, path: Path) -> None:
    """Do what an operator does up to the button that hands over."""
    compose = program.window.compose
    compose.choose_kind(Kind.TRANSACTION)
    compose.set_campaign(Campaign("Visits", Transaction("MyBrand", "Hello, {Name}")))
    program.lists.open(path)
    await until(compose.action_bar.review_button.isEnabled)
    compose.action_bar.review_button.click()
    await until(lambda: program.review_flow.dialog)
    dialog = program.review_flow.dialog
    assert dialog is not None
    dialog.hand_over_button.click()


async def send_into_silence(program: Program, path: Path) -> None:
    """Say the ids of the batch that the service has taken and does not answer."""
    service = program._practice
    assert service is not None
    service.behave(Behaviour(requests=ANSWERED), Behaviour(delay_s=SILENCE_S))
    await send(program, path)
    await until(lambda: service.books.next_request > ANSWERED)
    *_, (_, held) = service.books.entries()
    print(json.dumps([message["id"] for message in held.taken]), flush=True)


async def go_on(program: Program) -> None:
    """Continue the campaign that the window shows by itself after a kill."""
    button = program.window.results.title_line.continue_button
    assert program.desk is not None
    desk = program.desk
    await until(lambda: desk.code)
    await until(lambda: not button.isHidden() or program.window.results.finished_card.isVisible())
    if not button.isHidden():
        button.click()


async def work(mode: str, path: Path) -> None:
    program = Program(data_root())
    program.window.show()
    await program.open()
    ended: list[Head] = []
    assert program.desk is not None
    program.desk.ended.connect(ended.append)
    if mode == "send":
        await send_into_silence(program, path)
    else:
        await go_on(program)
    await until(lambda: ended)
    print(json.dumps(asdict(ended[0].counts)), flush=True)
    await program.close()


def main() -> None:
    loop = QEventLoop(make_application())
    asyncio.set_event_loop(loop)
    with loop:
        loop.run_until_complete(work(sys.argv[1], Path(sys.argv[2])))


if __name__ == "__main__":
    main()
