"""Make the guide's pictures: the real window, off-screen, with an invented list.

Run it with the project's own Python: .venv/bin/python packaging/make_pictures.py [FOLDER]
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["CASCADE_DESKTOP_WAIT_SCALE"] = "0.2"

from openpyxl import Workbook
from PySide6.QtWidgets import QWidget
from qasync import QEventLoop

from cascade_desktop.app import make_application
from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.drafts import (
    TTL_RECOMMENDED_S,
    Draft,
    FlashCall,
    Kind,
    Promo,
    Survey,
    Transaction,
)
from cascade_desktop.practice.behaviour import Behaviour
from cascade_desktop.program import Program
from cascade_desktop.ui.campaign_desk import CampaignDesk
from cascade_desktop.ui.main_window import SIZE_PX
from cascade_desktop.ui.review_dialog import ReviewDialog
from cascade_desktop.ui.theme import Scheme, apply
from cascade_desktop.ui.uncertain_dialog import UncertainDialog

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "help" / "images"
NAMES = ("Оксана", "Іван", "Марія", "Олена", "Петро", "Ніна", "Анна", "Юлія", "Богдан", "Софія")
CITIES = ("Київ", "Львів", "Одеса", "Харків", "Дніпро")
MOBILES = ("50", "67", "63", "99", "97", "66", "73", "93")
ODD = {
    6: ("0501234", "Марія"),
    28: ("3.80501E+11", "Ігор"),
    54: ("044 123-45-67", "Салон"),
    85: ("", "Олег"),
    99: ("050 111 22 33 / 067 444 55 66", "Юрій"),
    137: ("+38О 50 123 45 67", "Ганна"),
}
PROMO = (
    "Вітаємо, {Ім’я}! 🌟 Лише до неділі знижка 20% на все зимове взуття. Ваш код: {Код}."
    " Замовити: https://shop.example/z"
)
DRAFTS: dict[str, Draft] = {
    "transaction": Transaction(
        "MyBrand", "{Ім’я}, ваше замовлення {Код} вже у відділенні. Місто: {Місто}.", 86_400
    ),
    "promo": Promo("MyBrand", PROMO, TTL_RECOMMENDED_S[Kind.PROMO]),
    "survey": Survey(
        "MyBrand",
        "Оцініть якість обслуговування в нашому магазині на Хрещатику💛",
        ("😍 Все було супер!", "🙂 Добре, але є куди рости", "😞 Погано"),
        TTL_RECOMMENDED_S[Kind.SURVEY],
    ),
    "flashcall": FlashCall("MyBrand", TTL_RECOMMENDED_S[Kind.FLASHCALL]),
}


def main(arguments: list[str]) -> int:
    """Make the pictures in the folder given; with ``--dark`` those of the tabs, in dark."""
    dark = "--dark" in arguments
    named = [argument for argument in arguments if not argument.startswith("--")]
    folder = Path(named[0]) if named else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    application = make_application()
    apply(application, Scheme.DARK if dark else Scheme.LIGHT)
    loop = QEventLoop(application)
    asyncio.set_event_loop(loop)
    with loop, tempfile.TemporaryDirectory() as data:
        loop.run_until_complete(_Photographer(Path(data), folder, dark=dark).work())
    return 0


class _Photographer:
    def __init__(self, data: Path, folder: Path, *, dark: bool) -> None:
        self._folder = folder
        self._dark = dark
        self._list = make_list(data / "клієнти листопад.xlsx")
        self._program = Program(data / "data")
        self._window = self._program.window

    async def work(self) -> None:
        self._window.resize(*SIZE_PX)
        self._window.show()
        await self._program.open()
        if not self._dark:
            await self._take("start")
        self._program.lists.open(self._list)
        compose = self._window.compose
        await _until(lambda: self._program.lists.recipients is not None)
        for name, draft in DRAFTS.items():
            compose.choose_kind(draft.kind)
            compose.set_campaign(Campaign(self._title(draft), draft))
            self._program.drafts.touch()
            await _until(compose.action_bar.review_button.isEnabled)
            await self._take(f"{name}-dark" if self._dark else name)
        if not self._dark:
            await self._take_campaign()
        await self._program.close()

    async def _take_campaign(self) -> None:
        self._window.show_verdicts()
        await self._take("recipients")
        self._window.show_page("compose")
        await self._send_promo()
        self._window.show_page("compose")
        await self._send_in_trouble()

    async def _send_promo(self) -> None:
        dialog, desk = await self._review(), self._desk
        await self._take("review", dialog)
        ended: list[object] = []
        settled: list[object] = []
        desk.ended.connect(ended.append)
        desk.settled.connect(settled.append)
        self._agree(dialog)
        await _until(lambda: len(settled) > 3)
        await self._take("results")
        await _until(lambda: bool(ended))
        await self._take("finished")

    async def _send_in_trouble(self) -> None:
        """Let the service lose one receipt and then ask to go slower."""
        service = self._program._practice  # noqa: SLF001 - only tests and pictures make it misbehave
        assert service is not None
        service.behave(
            Behaviour(requests=1, status=502, book=True),
            Behaviour(requests=3),
            Behaviour(requests=1, status=429, retry_after_s=40),
        )
        dialog, desk = await self._review(), self._desk
        ended: list[object] = []
        desk.ended.connect(ended.append)
        self._agree(dialog)
        results = self._window.results
        await _until(results.notice.isVisible)
        await self._take("waiting")
        await _until(lambda: bool(ended))
        results.decide_wanted.emit()
        (question,) = self._window.findChildren(UncertainDialog)
        await self._take("uncertain", question)
        question.reject()

    @property
    def _desk(self) -> CampaignDesk:
        assert self._program.desk is not None
        return self._program.desk

    async def _review(self) -> ReviewDialog:
        program, compose = self._program, self._window.compose
        program.review_flow.dialog = None
        compose.choose_kind(Kind.PROMO)
        program.drafts.touch()
        await _until(compose.action_bar.review_button.isEnabled)
        compose.action_bar.review_button.click()
        await _until(lambda: program.review_flow.dialog is not None)
        assert program.review_flow.dialog is not None
        return program.review_flow.dialog

    def _agree(self, dialog: ReviewDialog) -> None:
        for tick in dialog.ticks.values():
            tick.setChecked(True)
        dialog.hand_over_button.click()

    def _title(self, draft: Draft) -> str:
        return "Зимовий розпродаж" if draft.kind is Kind.PROMO else ""

    async def _take(self, name: str, sheet: QWidget | None = None) -> None:
        await asyncio.sleep(0.3)
        picture = self._window.grab()
        if sheet is not None:
            sheet.render(picture, self._window.mapFromGlobal(sheet.pos()))
        picture.save(str(self._folder / f"{name}.png"))


def make_list(path: Path) -> Path:
    """Write an invented list of 1,260 people, a few of them as lists really are."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Лист1")
    sheet.append(["Клієнти, листопад"])
    sheet.append([])
    sheet.append(["Ім’я", "Моб. телефон", "Код", "Місто"])
    for n in range(1_260):
        phone = f"+380{MOBILES[n % 8]}1{n:06d}"
        if n % 12 == 5:
            phone = f"0{MOBILES[n % 8]} 1{n:06d}"
        if n % 40 == 7:
            phone = f"+39333{n:07d}"
        if n % 110 == 100:
            phone = "+380501000000"
        phone, name = ODD.get(n, (phone, NAMES[n % len(NAMES)]))
        sheet.append([name, phone, f"ZYMA-{4000 + n}", CITIES[n % len(CITIES)]])
    book.save(path)
    return path


async def _until(happened: Callable[[], bool]) -> None:
    for _ in range(1_200):
        if happened():
            return
        await asyncio.sleep(0.05)
    raise TimeoutError


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
