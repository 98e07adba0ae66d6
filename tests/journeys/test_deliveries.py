"""After sending, the window learns what was delivered: screen, journal and report agree."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from operator_at_work import Operator
from PySide6.QtWidgets import QLabel

from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.states import CampaignState
from cascade_desktop.engine.environment import data_folder
from cascade_desktop.practice.behaviour import Behaviour, On
from cascade_desktop.practice.server import PracticeServer
from cascade_desktop.program import Program
from cascade_desktop.ui import delivery_desk
from cascade_desktop.ui.row_outcome import Filter

PEOPLE = 25
ENDS = {"Delivered", "Not delivered"}


class Clock:
    """The service's clock; a minute later every message has its end."""

    def __init__(self) -> None:
        self.ahead_s = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def asker(
    hire: Callable[..., Operator],
    monkeypatch: pytest.MonkeyPatch,
    resting: None,
    clock: Clock,
    root: Path,
) -> Operator:
    """Put an operator before a window that asks, with a service whose clock can be turned."""
    monkeypatch.setattr(delivery_desk, "RATE_PER_S", 100.0)

    def prepare(program: Program) -> None:
        folder = data_folder(root, practice=True) / "service"
        folder.mkdir(parents=True)
        program._practice = PracticeServer(folder, clock=clock)
        program._practice.start()

    return hire(prepare=prepare)


def practice_of(operator: Operator) -> PracticeServer:
    practice = operator.program._practice
    assert practice is not None
    return practice


def send(operator: Operator, folder: Path) -> str:
    path = folder / "people.csv"
    rows = "\n".join(f"+38050{1112000 + n}" for n in range(PEOPLE))
    path.write_text("Phone\n" + rows, encoding="utf-8")
    operator.opens(path)
    operator.chooses(Kind.TRANSACTION)
    operator.signs("MyBrand")
    operator.writes("Hello")
    head = operator.sends()
    assert head.state is CampaignState.FINISHED
    return head.code


def let_time_pass(operator: Operator, root: Path, clock: Clock) -> None:
    """Make every message due to be asked about, and final."""
    clock.ahead_s = 60.0
    folder = data_folder(root, practice=True)
    with closing(sqlite3.connect(folder / "journal.db")) as db, db:
        db.execute("UPDATE messages SET ask_at=1 WHERE ask_at IS NOT NULL")


def said(operator: Operator) -> str:
    label: QLabel = operator.window.results.delivery_words
    return label.text() if label.isVisible() else ""


def test_screen_journal_and_report_tell_the_same(
    asker: Operator, clock: Clock, root: Path, tmp_path: Path
) -> None:
    code = send(asker, tmp_path)
    let_time_pass(asker, root, clock)

    asker.waits_until(lambda: set(asker.sees()) <= ENDS)
    seen = asker.sees()
    asker.saves_report(tmp_path / "report.xlsx")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    first, *rows = book.worksheets[0].values
    column = {name: at for at, name in enumerate(first)}
    space = asker.program._space
    assert space is not None
    tally = space.journal.deliveries.tally(code)

    assert sum(seen.values()) == PEOPLE
    assert [row[column["Delivery"]] for row in rows].count("Delivered") == seen["Delivered"]
    assert tally.count_of["delivered"] == seen["Delivered"]
    assert sum(float(str(row[column["SMS"]])) for row in rows) == tally.bill.parts == PEOPLE
    assert f"all {PEOPLE}" in said(asker)
    assert f"{PEOPLE} SMS" in said(asker)
    assert len(list(practice_of(asker).books.messages())) == PEOPLE
    model = asker.window.results.grid.table.model()
    asker.window.results.grid.choose(Filter.DELIVERED)
    assert model.rowCount() == seen["Delivered"]


def test_where_nobody_knows_the_messages_it_says_so(
    asker: Operator, clock: Clock, root: Path, tmp_path: Path
) -> None:
    practice_of(asker).behave(Behaviour(on=On.STATUS, status=404))
    send(asker, tmp_path)
    let_time_pass(asker, root, clock)

    asker.waits_until(lambda: "does not tell" in said(asker))

    assert set(asker.sees()) == {"Sent"}
