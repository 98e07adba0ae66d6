"""The file of an open list is changed, moved or deleted: it is told, and nothing is lost."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from fingers import Keys
from operator_at_work import Operator
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from cascade_desktop.core.drafts import Kind
from cascade_desktop.engine.list_presence import Look, Presence, look_again

Hire = Callable[..., Operator]

PEOPLE = "Phone;Name\n+380501112233;Anna\n+380501112244;Ivan\n+380501112255;Olha\n"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


@pytest.fixture
def operator(hire: Hire, people: Path) -> Operator:
    operator = hire()
    operator.opens(people)
    operator.chooses(Kind.PROMO)
    operator.signs("Shop")
    operator.writes("Sale, {Name}!")
    looks(operator)
    assert not told(operator)
    return operator


def told(operator: Operator) -> str:
    notice = operator.window.compose.recipients_card.notice
    return " ".join(label.text() for label in notice.findChildren(QLabel)) * notice.isVisible()


def looks(operator: Operator) -> None:
    """Let the program look now; by itself it does every few seconds."""
    watch = operator.program.list_watch
    watch.look()
    operator.waits_until(lambda: not watch._looks)


def test_a_changed_file_is_told_and_read_again_when_the_operator_wants(
    operator: Operator, people: Path
) -> None:
    operator.program.lists.leave_out([2], out=True)
    operator.waits_until(lambda: operator.recipients.choice.left_out)
    people.write_text(f"{PEOPLE}+380501112266;Oleh\n", encoding="utf-8")

    looks(operator)

    assert "was changed after you opened it" in told(operator)
    assert len(operator.recipients.phones) == 3
    operator.program.lists.leave_out([3], out=True)
    operator.waits_until(lambda: len(operator.recipients.choice.left_out) == 2)
    assert "Read it again" in told(operator)

    operator.window.compose.recipients_card.notice.link_clicked.emit("again")
    operator.waits_until(lambda: len(operator.recipients.phones) == 4)
    operator.waits_until(lambda: operator.program.drafts.current is not None)
    assert operator.window.compose.message_card.form.text_field.text == "Sale, {Name}!"
    looks(operator)
    assert "was changed" not in told(operator)


def test_a_file_that_is_gone_is_told_until_it_is_back(operator: Operator, people: Path) -> None:
    elsewhere = people.rename(people.with_name("renamed.csv"))
    looks(operator)
    assert "is not where it was" in told(operator)
    assert "Read it again" not in told(operator)

    elsewhere.rename(people)
    looks(operator)
    assert told(operator) == ""


def test_the_link_is_reached_and_pressed_by_keys(
    qtbot: QtBot, operator: Operator, people: Path
) -> None:
    people.write_text(f"{PEOPLE}+380501112266;Oleh\n", encoding="utf-8")
    looks(operator)
    card = operator.window.compose.recipients_card
    keys = Keys(qtbot, operator)
    card.focus_first()
    for _ in range(80):
        if card.notice.isAncestorOf(operator.window.focusWidget()):
            break
        keys.press(Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_Tab)  # from the words to their link
    keys.press(Qt.Key.Key_Return)
    operator.waits_until(lambda: len(operator.recipients.phones) == 4)


def test_a_file_that_was_only_saved_again_is_the_same(people: Path) -> None:
    first = look_again(people, sha_of(people))
    people.write_text(PEOPLE, encoding="utf-8")

    assert look_again(people, sha_of(people), first).presence is Presence.SAME


def test_a_file_that_cannot_be_looked_at_is_what_it_was(people: Path, tmp_path: Path) -> None:
    before = Look(Presence.CHANGED, (1, 1))
    assert look_again(tmp_path, "sha", before) is before  # a folder cannot be read
    assert look_again(tmp_path, "sha").presence is Presence.SAME
    assert look_again(people / "under", "sha").presence is Presence.GONE


def sha_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
