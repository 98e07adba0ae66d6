"""Connecting an account, going live and back: deliberate, told, and never while sending."""

from collections.abc import Callable
from pathlib import Path

import pytest
from operator_at_work import Operator
from PySide6.QtWidgets import QLabel, QPushButton

from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.states import CampaignState
from cascade_desktop.core.target import Keys
from cascade_desktop.engine.lock import FolderLock
from cascade_desktop.practice.behaviour import Behaviour
from cascade_desktop.practice.server import PracticeServer
from cascade_desktop.ui.connect_dialog import ConnectDialog, Connection
from cascade_desktop.ui.message_dialog import MessageDialog


@pytest.fixture
def one(tmp_path: Path) -> Path:
    path = tmp_path / "one.csv"
    path.write_text("Phone\n+380501112233\n", encoding="utf-8")
    return path


def says(operator: Operator) -> MessageDialog:
    dialog = operator.program.account_flow.dialog
    assert isinstance(dialog, MessageDialog)
    return dialog


def label_of(dialog: ConnectDialog) -> str:
    return "".join(label.text() for label in dialog.notice.findChildren(QLabel))


def press(operator: Operator, words: str) -> None:
    buttons = says(operator).findChildren(QPushButton)
    operator.presses(next(button for button in buttons if words in button.text()))


def send_notice(operator: Operator, path: Path):
    operator.opens(path)
    operator.chooses(Kind.TRANSACTION)
    operator.signs("MyBrand")
    operator.writes("Hello")
    return operator.sends()


def test_going_live_and_back_is_asked_and_seen(hire: Callable[..., Operator], one: Path, tmp_path):
    with PracticeServer(tmp_path / "service", keys={"right"}) as service:
        operator = hire(service.base_url)
        operator.program.keys.hold(Keys("right"))
        practising = operator.desk

        operator.window.header.pill.click()
        assert operator.window.header.pill.live is False
        press(operator, "Go live")
        operator.waits_until(lambda: operator.program.desk not in (None, practising))

        assert operator.window.header.pill.live is True
        assert send_notice(operator, one).state is CampaignState.FINISHED
        assert len(list(service.books.messages())) == 1
        live = operator.desk
        operator.window.header.pill.click()
        press(operator, "Practise")
        operator.waits_until(lambda: operator.program.desk not in (None, live))
        assert operator.window.header.pill.live is False


def test_keys_are_checked_without_sending(hire: Callable[..., Operator], tmp_path: Path):
    with PracticeServer(tmp_path / "service", keys={"right"}) as service:
        operator = hire(service.base_url)
        operator.program.account_flow.ask_account()
        dialog = operator.program.account_flow.dialog
        assert isinstance(dialog, ConnectDialog)
        said = [label_of(dialog)]

        for key in ("wrong", "right"):
            dialog.check_wanted.emit(Connection(Keys(key), base_url=service.base_url))
            operator.waits_until(lambda: label_of(dialog) != said[-1])
            said.append(label_of(dialog))

        assert "does not know" in said[1]
        assert "probably right" in said[2]
        assert list(service.books.messages()) == []
        dialog.reject()


def test_nobody_switches_while_a_campaign_is_sent(
    hire: Callable[..., Operator], tmp_path: Path, root: Path
):
    path = tmp_path / "many.csv"
    rows = "\n".join(f"+38050{1000000 + n}" for n in range(600))
    path.write_text("Phone\n" + rows, encoding="utf-8")
    operator = hire()
    operator.program.keys.hold(Keys("right"))
    practising = operator.desk
    practice = operator.program._practice
    assert practice is not None
    practice.behave(Behaviour(delay_s=0.1))
    operator.opens(path)
    operator.chooses(Kind.TRANSACTION)
    operator.signs("MyBrand")
    operator.writes("Hello")
    began = []
    practising.began.connect(began.append)
    operator.agrees()
    operator.waits_until(lambda: began)

    operator.window.header.pill.click()

    assert "Wait" in operator.reads()
    assert operator.desk is practising
    operator.closes_sheets()


def test_closing_while_sending_finishes_the_batch_and_loses_nothing(
    hire: Callable[..., Operator], tmp_path: Path, root: Path
):
    path = tmp_path / "many.csv"
    rows = "\n".join(f"+38050{1000000 + n}" for n in range(600))
    path.write_text("Phone\n" + rows, encoding="utf-8")
    first = hire()
    practice = first.program._practice
    assert practice is not None
    practice.behave(Behaviour(delay_s=0.1))
    first.opens(path)
    first.chooses(Kind.TRANSACTION)
    first.signs("MyBrand")
    first.writes("Hello")
    settled = []
    first.desk.settled.connect(settled.append)
    first.agrees()
    first.waits_until(lambda: settled)
    first.leaves()

    second = hire()
    second.waits_until(lambda: second.desk.code)

    seen = second.sees()
    assert seen["Uncertain"] == 0
    assert seen["Sent"] + seen["Waiting"] == 600
    assert 0 < seen["Sent"] < 600
    assert second.continues().counts.accepted == 600


def test_a_question_about_a_new_list_leaves_the_old_one_in_place(
    operator: Operator, one: Path, tmp_path: Path
):
    operator.opens(one)
    names = tmp_path / "names.csv"
    names.write_text("Name,City\nA,B\nC,D\n", encoding="utf-8")

    operator.opens(names)
    operator.closes_sheets()
    changed = []
    operator.program.lists.changed.connect(changed.append)
    operator.program.lists.leave_out((2,), out=True)
    operator.waits_until(lambda: changed)

    assert operator.recipients.table.source.file == "one.csv"
    assert operator.recipients.counts.left_out == 1


def test_a_second_campaign_is_not_swallowed(
    hire: Callable[..., Operator], one: Path, tmp_path: Path
):
    operator = hire()
    practice = operator.program._practice
    assert practice is not None
    practice.behave(Behaviour(delay_s=0.2))
    operator.opens(one)
    operator.chooses(Kind.TRANSACTION)
    operator.signs("MyBrand")
    operator.writes("Hello")
    ended = []
    operator.desk.ended.connect(ended.append)
    operator.agrees()
    operator.waits_until(lambda: operator.desk.code)
    operator.window.show_page("compose")

    operator.presses(operator.window.compose.action_bar.review_button)

    assert "Wait until it is finished" in operator.reads()
    assert operator.program.review_flow.dialog is None
    operator.closes_sheets()
    operator.waits_until(lambda: ended)


def test_a_folder_that_is_in_use_leaves_practice_open(
    hire: Callable[..., Operator], root: Path, one: Path
):
    operator = hire("http://127.0.0.1:9")
    operator.program.keys.hold(Keys("right"))
    (root / "live").mkdir()
    with FolderLock(root / "live"):
        operator.program.account_flow.ask_live()
        press(operator, "Go live")
        operator.waits_until(lambda: "already open" in operator.reads())
    operator.closes_sheets()

    assert operator.window.header.pill.live is False
    assert not operator.program.settings.load().live
    assert send_notice(operator, one).state is CampaignState.FINISHED


def test_the_review_tells_who_had_a_message_lately(operator: Operator, one: Path):
    send_notice(operator, one)
    operator.window.show_page("compose")

    dialog = operator.reviews()

    words = "".join(label.text() for label in dialog.findChildren(QLabel))
    assert "1 of them got this very text in practice" in words
    dialog.reject()


def test_whoever_was_left_out_stays_out_when_the_file_is_opened_again(
    operator: Operator, one: Path, tmp_path: Path
):
    two = tmp_path / "two.csv"
    two.write_text("Phone\n+380501112233\n+380671112233\n", encoding="utf-8")
    operator.opens(two)
    changed = []
    operator.program.lists.changed.connect(changed.append)
    operator.program.lists.leave_out((3,), out=True)
    operator.waits_until(lambda: changed)
    operator.opens(one)

    operator.opens(two)

    assert operator.recipients.counts.left_out == 1
    assert operator.recipients.counts.ready == 1
