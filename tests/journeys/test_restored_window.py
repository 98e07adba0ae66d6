"""The window over a data folder that was put back from a copy: told, asked, nothing twice."""

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from operator_at_work import Operator
from PySide6.QtWidgets import QPushButton

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.drafts import Kind, Transaction
from cascade_desktop.core.states import CampaignState, Reason
from cascade_desktop.ui.message_dialog import MessageDialog

PEOPLE = 30


def booked(operator: Operator) -> Counter[str]:
    service = operator.program._practice
    assert service is not None
    return service.books.counts()


def composes(operator: Operator, path: Path) -> None:
    rows = "\n".join(f"+38050{1000000 + n};N{n}" for n in range(PEOPLE))
    path.write_text("Phone;Name\n" + rows, encoding="utf-8")
    operator.chooses(Kind.TRANSACTION)
    operator.window.compose.set_campaign(Campaign("Visits", Transaction("MyBrand", "Hello")))
    operator.opens(path)


def answers(operator: Operator, words: str) -> None:
    sheet = next(one for one in operator.window.findChildren(MessageDialog) if one.isVisible())
    button = next(one for one in sheet.findChildren(QPushButton) if words in one.text())
    operator.presses(button)


def test_an_older_copy_is_told_and_what_left_becomes_uncertain(
    hire: Callable[..., Operator], root: Path, tmp_path: Path
) -> None:
    first = hire()
    composes(first, tmp_path / "people.csv")
    begun = []
    first.desk.opened.connect(lambda head, _: begun.append(head))
    first.agrees()
    first.waits_until(lambda: begun)
    first.leaves()  # within the seconds of undo: everything waits
    shutil.copytree(root, tmp_path / "copy")
    second = hire()
    second.waits_until(lambda: second.desk.code)
    assert second.continues().state is CampaignState.FINISHED
    second.leaves()
    shutil.rmtree(root / "practice")
    shutil.copytree(tmp_path / "copy" / "practice", root / "practice")
    # The service is not on this computer: its books do not go back with the copy.
    third = hire()
    third.waits_until(lambda: "older than what was sent" in third.reads())
    assert "After it was made, 30 messages left this computer." in third.reads()
    answers(third, "Back")
    third.presses(third.window.results.title_line.continue_button)
    third.waits_until(lambda: "older than what was sent" in third.reads())
    answers(third, "Go on")
    third.waits_until(lambda: "30 messages that waited here had left already" in third.reads())
    third.closes_sheets()
    third.waits_until(lambda: third.sees() == {"Uncertain": PEOPLE})
    assert booked(third) == {}


def test_a_computer_without_a_record_promises_nothing(
    hire: Callable[..., Operator], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = hire()
    composes(first, tmp_path / "people.csv")
    begun = []
    first.desk.opened.connect(lambda head, _: begun.append(head))
    first.agrees()
    first.waits_until(lambda: begun)
    first.leaves()
    monkeypatch.setenv("CASCADE_DESKTOP_STATE", str(tmp_path / "another computer"))
    second = hire()
    second.waits_until(lambda: "does not know these campaigns" in second.reads())
    assert "up to 30 people may get it twice" in second.reads()
    assert "does not leave again" not in second.reads()
    second.closes_sheets()


def test_a_question_that_could_not_be_put_together_is_asked_the_next_time(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> int:
        raise OSError

    desk = operator.desk
    with monkeypatch.context() as patch:
        patch.setattr(desk._space.journal, "gap", broken)
        desk.frozen.emit(Reason.OLDER_COPY)
        operator.waits_until(lambda: operator.failures)
    operator.failures.clear()
    operator.closes_sheets()

    desk.frozen.emit(Reason.OLDER_COPY)
    operator.waits_until(lambda: "older than what was sent" in operator.reads())
    operator.closes_sheets()
