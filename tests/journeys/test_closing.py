"""Closing the window while a campaign is sent: asked, obeyed, and nobody gets anything twice."""

import json
from collections import Counter, deque
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fingers import Keys
from operator_at_work import Operator
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QSystemTrayIcon

from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.states import CampaignState, Reason
from cascade_desktop.engine.journal.values import Head
from cascade_desktop.engine.sending import Progress
from cascade_desktop.practice.behaviour import Behaviour
from cascade_desktop.ui import theme
from cascade_desktop.ui.campaign_desk import CampaignDesk
from cascade_desktop.ui.closing_dialog import ClosingDialog
from cascade_desktop.ui.closing_flow import ClosingFlow
from cascade_desktop.ui.sending_tray import SendingTray

pytestmark = pytest.mark.qt_log_ignore(  # what the screen that nobody sees cannot do
    "propagateSizeHints", "systemTrayWindowChanged", "does not support raise"
)
PEOPLE = 250
PROGRAM = "Cascade Desktop"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    rows = "\n".join(f"+38050{1000000 + n};Olena{n}" for n in range(PEOPLE))
    path.write_text("Phone;Name\n" + rows, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def named(qapp: QApplication) -> Iterator[None]:
    """Let the tests' application be called as ours is, with its icon."""
    before = qapp.applicationDisplayName(), qapp.windowIcon()
    qapp.setApplicationDisplayName(PROGRAM)
    qapp.setWindowIcon(theme.program_icon())
    yield
    qapp.setApplicationDisplayName(before[0])
    qapp.setWindowIcon(before[1])


@pytest.fixture
def tray(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Give the desktop a place for icons, and return what they tell."""
    told: list[tuple[str, str]] = []
    monkeypatch.setattr(SendingTray, "is_available", staticmethod(lambda: True))
    monkeypatch.setattr(
        QSystemTrayIcon, "showMessage", lambda _, title, words, icon: told.append((title, words))
    )
    return told


class Held(deque[Progress]):
    """Outcomes on their way to the window; after the first nothing more leaves."""

    def __init__(self, desk: CampaignDesk) -> None:
        super().__init__()
        self._desk = desk
        self._seen = 0

    def append(self, progress: Progress) -> None:
        super().append(progress)
        self._seen += 1
        if self._seen == 1:
            self._desk.hold(on=True)


def begins(operator: Operator, people: Path) -> list[Head]:
    """Hand over, and let nothing leave after the first batch; return the ends to come."""
    ended: list[Head] = []
    settled: list[object] = []
    operator.desk._outcomes = Held(operator.desk)
    operator.desk.ended.connect(ended.append)
    operator.desk.settled.connect(settled.append)
    composes(operator, people)
    operator.agrees()
    operator.waits_until(lambda: settled)
    return ended


def composes(operator: Operator, people: Path) -> None:
    operator.opens(people)
    operator.chooses(Kind.TRANSACTION)
    operator.signs("MyBrand")
    operator.writes("Hello, {Name}")


def closes(operator: Operator) -> ClosingDialog:
    operator.window.close()
    assert flow(operator).dialog is not None
    return flow(operator).dialog  # type: ignore[return-value]


def flow(operator: Operator) -> ClosingFlow:
    return operator.program.closing_flow


def said(dialog: ClosingDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def booked(root: Path) -> Counter[str]:
    books = root / "practice" / "service" / "books.jsonl"
    lines = books.read_text("utf-8").splitlines() if books.exists() else []
    return Counter(message["id"] for line in lines for message in json.loads(line)["taken"])


def resumes_whole(hire: Callable[..., Operator], root: Path) -> None:
    """Start again, continue what is shown, and hold it to the law: everybody once."""
    again = hire()
    again.waits_until(lambda: again.desk.code)
    head = again.continues()
    assert (head.state, head.counts.accepted) == (CampaignState.FINISHED, PEOPLE)
    assert set(booked(root).values()) == {1}
    assert len(booked(root)) == PEOPLE
    assert again.sees() == Counter({"Sent": PEOPLE})


def test_the_batch_is_finished_and_the_rest_stays_for_the_next_start(
    hire: Callable[..., Operator], root: Path, people: Path
):
    operator = hire()
    ended = begins(operator, people)
    assert operator.program._practice is not None
    operator.program._practice.behave(Behaviour(delay_s=0.3))
    operator.desk.hold(on=False)
    operator.waits_until(lambda: len(booked(root)) > 10)  # a batch is under way

    dialog = closes(operator)
    words = said(dialog)
    dialog.stop_card.click()
    assert "closes by itself" in said(dialog)
    dialog.reject()
    assert dialog.isVisible()
    operator.waits_until(operator.program.closed.done)
    operator.leaves()

    sent = len(booked(root))
    assert "10 have left." in words
    assert "240 have not left yet." in words
    assert (ended[0].state, ended[0].reason) == (CampaignState.PAUSED, Reason.OPERATOR_PAUSED)
    assert (ended[0].counts.accepted, ended[0].counts.unknown) == (sent, 0)
    assert 10 < sent < PEOPLE
    resumes_whole(hire, root)


def test_without_a_tray_the_window_is_made_small_and_comes_back_at_the_end(
    operator: Operator, root: Path, people: Path
):
    ended = begins(operator, people)

    dialog = closes(operator)
    assert "made small" in said(dialog)
    dialog.keep_card.click()
    assert operator.window.isMinimized()
    assert not operator.program.closed.done()
    operator.desk.hold(on=False)
    operator.waits_until(lambda: ended)

    assert not operator.window.isMinimized()
    assert operator.window.isVisible()
    assert ended[0].state is CampaignState.FINISHED
    assert Counter(booked(root).values()) == {1: PEOPLE}


def test_a_hidden_window_is_told_of_by_an_icon_that_names_nobody(
    operator: Operator, people: Path, tray: list[tuple[str, str]]
):
    ended = begins(operator, people)
    icon = operator.program.tray.icon

    dialog = closes(operator)
    assert "Its icon stays" in said(dialog)
    dialog.keep_card.click()
    assert (operator.window.isVisible(), icon.isVisible()) == (False, True)
    assert icon.toolTip() == operator.window.windowTitle() == f"4 % · {PROGRAM}"
    operator.desk.hold(on=False)
    operator.waits_until(lambda: ended)

    assert operator.window.isVisible()
    assert operator.window.windowTitle() == icon.toolTip() == PROGRAM
    assert tray == [("Finished", "250 sent.")]
    operator.window.activateWindow()
    operator.waits_until(lambda: not icon.isVisible())


def test_the_icon_opens_pauses_and_quits(
    hire: Callable[..., Operator], root: Path, people: Path, tray: list[tuple[str, str]]
):
    operator = hire()
    ended = begins(operator, people)
    icon = operator.program.tray

    closes(operator).keep_card.click()
    icon.open_action.trigger()
    assert operator.window.isVisible()
    closes(operator).keep_card.click()
    icon.pause_action.trigger()
    operator.waits_until(lambda: ended)
    assert operator.window.isVisible()
    assert not icon.pause_action.isEnabled()
    assert tray == []  # who paused it knows
    operator.presses(operator.window.results.title_line.continue_button)
    operator.waits_until(lambda: operator.desk.is_sending and icon.pause_action.isEnabled())
    operator.desk.hold(on=True)
    closes(operator).keep_card.click()
    icon.quit_action.trigger()
    operator.waits_until(operator.program.closed.done)
    operator.leaves()

    assert [head.state for head in ended] == [CampaignState.PAUSED] * 2
    resumes_whole(hire, root)


def test_esc_stays_and_after_the_end_closing_is_still_asked(
    operator: Operator, keys: Keys, people: Path
):
    ended = begins(operator, people)

    dialog = closes(operator)
    dialog.activateWindow()
    operator.waits_until(dialog.isActiveWindow)
    keys.press(Qt.Key.Key_Escape)
    assert flow(operator).dialog is None
    assert not operator.program.closed.done()
    dialog = closes(operator)
    operator.desk.hold(on=False)
    operator.waits_until(lambda: ended)

    assert ended[0].state is CampaignState.FINISHED
    assert "Sending has ended. Close?" in said(dialog)
    dialog.keep_card.click()
    assert flow(operator).dialog is None
    assert operator.window.isVisible()
    operator.window.close()
    assert operator.program.closed.done()


def test_a_pause_while_closing_is_asked_leaves_the_sheet_and_one_press_closes(
    operator: Operator, people: Path
):
    ended = begins(operator, people)

    dialog = closes(operator)
    place = dialog.stop_card.geometry()
    operator.desk.pause()
    operator.waits_until(lambda: ended)
    words = said(dialog)

    assert dialog.isVisible()
    assert "Sending is paused. Close?" in words
    assert "240 have not left yet." in words
    assert dialog.stop_card.geometry() == place
    dialog.stop_card.click()
    operator.waits_until(operator.program.closed.done)


def test_closing_before_the_first_byte_sends_nothing_and_loses_nothing(
    hire: Callable[..., Operator], root: Path, people: Path
):
    operator = hire()
    composes(operator, people)
    ticks: list[int] = []
    operator.desk.undo_ticked.connect(ticks.append)
    operator.agrees()
    operator.waits_until(lambda: ticks)

    dialog = closes(operator)
    assert "Nothing has left yet" in said(dialog)
    dialog.stop_card.click()
    operator.waits_until(operator.program.closed.done)
    operator.leaves()

    assert booked(root) == {}
    resumes_whole(hire, root)


def test_undone_then_closed_leaves_no_trace(
    hire: Callable[..., Operator], root: Path, people: Path
):
    operator = hire()
    composes(operator, people)
    undone: list[int] = []
    operator.desk.undone.connect(lambda: undone.append(1))
    operator.agrees()
    operator.waits_until(operator.window.results.undo_strip.isVisible)
    operator.presses(operator.window.results.undo_strip.undo_button)
    operator.waits_until(lambda: undone)
    operator.closes_sheets()

    operator.window.close()
    assert operator.program.closed.done()
    operator.leaves()

    again = hire()
    heads: list[tuple[Head, ...]] = []
    again.desk.heads_read.connect(heads.append)
    again.desk.read_heads()
    again.waits_until(lambda: heads)
    assert (list(heads[0]), booked(root)) == ([], {})


def test_pause_continue_and_stop_by_keyboard(
    operator: Operator, keys: Keys, root: Path, people: Path
):
    ended = begins(operator, people)

    operator.window.activateWindow()
    operator.waits_until(operator.window.isActiveWindow)
    keys.press(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    operator.waits_until(lambda: ended)
    began: list[Head] = []
    operator.desk.began.connect(began.append)
    operator.desk._outcomes = Held(operator.desk)
    keys.press(Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    operator.waits_until(lambda: began)
    keys.press(Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    operator.waits_until(lambda: operator.window.results._question)
    question = operator.window.results._question
    assert question is not None
    operator.waits_until(question.isActiveWindow)
    keys.press(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    operator.waits_until(lambda: len(ended) == 2)

    assert [head.state for head in ended] == [CampaignState.PAUSED, CampaignState.STOPPED]
    assert ended[1].counts.planned == PEOPLE
    assert set(booked(root).values()) == {1}
