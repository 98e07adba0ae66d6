"""The main job done by the program itself, off-screen, for a person without a display."""

import asyncio
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from cascade_desktop.core.drafts import TTL_RECOMMENDED_S, Kind, Promo
from cascade_desktop.core.exit_codes import FAULT, OK
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.states import CampaignState
from cascade_desktop.engine.journal.values import Head
from cascade_desktop.engine.tables.child import read_in_child
from cascade_desktop.program import Program
from cascade_desktop.ui import wording_cli
from cascade_desktop.ui.main_window import SIZE_PX
from cascade_desktop.ui.widgets.drop_zone import Start

STEP_S = 0.05
LONGEST_S = 120.0
SENDER = "MyBrand"
TEXT = "Hello, {Name}! Winter shoes -20% until Sunday. Your code: {Code}. No more news? Reply STOP."


class DemoFailedError(Exception):
    """A step of the demonstration did not come to its end."""


async def demonstrate(program: Program, folder: Path) -> int:
    """Open the sample, write, review, send in practice, export; save a picture of each screen."""
    demo = _Demo(program, folder)
    try:
        report = await demo.run()
    except DemoFailedError as error:
        print(wording_cli.say_demo_failed(str(error)), file=sys.stderr)
        return FAULT
    print(wording_cli.say_demo_done(str(folder), report.name, demo.sent, demo.rows))
    return OK


class _Demo:
    def __init__(self, program: Program, folder: Path) -> None:
        self._program = program
        self._window = program.window
        self._folder = folder
        self._pictures = 0
        self.sent = 0
        self.rows = 0

    async def run(self) -> Path:
        """Do each step and return the report's path."""
        compose = self._window.compose
        self._window.resize(*SIZE_PX)
        await self._settle()
        self._picture("start")
        compose.start_page.drop_zone.chosen.emit(Start.SAMPLE.value)
        await self._until(lambda: self._program.lists.recipients is not None, "list")
        draft = Promo(SENDER, TEXT, TTL_RECOMMENDED_S[Kind.PROMO])
        compose.choose_kind(Kind.PROMO)
        compose.set_campaign(replace(compose.campaign(Kind.PROMO), draft=draft))
        self._program.drafts.touch()
        await self._until(compose.action_bar.review_button.isEnabled, "message")
        await self._settle()
        self._picture("message")
        self._window.show_verdicts()
        await self._settle()
        self._picture("not-included")
        self._window.show_page("compose")
        compose.action_bar.review_button.click()
        await self._review()
        head = await self._send()
        return await self._export(head)

    async def _review(self) -> None:
        flow = self._program.review_flow
        await self._until(lambda: flow.dialog is not None, "review")
        dialog = flow.dialog
        if dialog is None:
            raise DemoFailedError("review")
        for tick in dialog.ticks.values():
            tick.setChecked(True)
        await self._settle()
        self._picture("review", dialog)
        dialog.hand_over_button.click()

    async def _send(self) -> Head:
        desk = self._program.desk
        if desk is None:
            raise DemoFailedError("send")
        ended: list[Head] = []
        desk.ended.connect(ended.append)
        await self._until(lambda: bool(desk.code), "send")
        await self._settle()
        self._picture("undo")
        await self._until(lambda: bool(ended), "send")
        await self._settle()
        self._picture("results")
        if ended[0].state is not CampaignState.FINISHED:
            raise DemoFailedError("send")
        self.sent = ended[0].counts.accepted
        return ended[0]

    async def _export(self, head: Head) -> Path:
        """Save the report, and read it again as another program would."""
        desk = self._program.desk
        path = self._folder / f"PRACTICE {head.code}.xlsx"
        saved: list[Path] = []
        if desk is not None:
            desk.report_saved.connect(saved.append)
            desk.save_report(path)
        await self._until(lambda: bool(saved), "report")
        table = read_in_child(path)
        again = read_recipients(table, Choice())
        self.rows = len(table)
        if self.rows != head.counts.rows or not isinstance(again, Recipients):
            raise DemoFailedError("report")
        return path

    async def _settle(self) -> None:
        """Let the window lay itself out."""
        for _ in range(4):
            await asyncio.sleep(STEP_S)

    async def _until(self, happened: Callable[[], bool], step: str) -> None:
        waited = 0.0
        while not happened():
            await asyncio.sleep(STEP_S)
            waited += STEP_S
            if waited > LONGEST_S:
                raise DemoFailedError(step)

    def _picture(self, name: str, sheet: QWidget | None = None) -> None:
        """Save what the window shows, with the sheet that lies over it."""
        self._pictures += 1
        picture = self._window.grab()
        if sheet is not None:
            corner = self._window.mapFromGlobal(sheet.pos())
            sheet.render(picture, corner)
        picture.save(str(self._folder / f"{self._pictures}-{name}.png"))
