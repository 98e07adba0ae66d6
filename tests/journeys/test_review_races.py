"""What happens while a review is on its way: typing, or another account."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fingers import Keys
from operator_at_work import Operator
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.target import Keys as AccountKeys
from cascade_desktop.practice.server import PracticeServer

LOOKING = "Looking at what was sent before…"


@pytest.fixture
def composed(hire: Callable[..., Operator], service: PracticeServer, tmp_path: Path) -> Operator:
    operator = hire(service.base_url)
    path = tmp_path / "people.csv"
    path.write_text("Phone,Name\n+380501112233,Anna\n+380671112233,Ivan\n", encoding="utf-8")
    operator.opens(path)
    operator.chooses(Kind.TRANSACTION)
    operator.signs("MyBrand")
    operator.writes("Hello {Name}")
    operator.waits_until(lambda: operator.program.drafts.current)
    operator.waits_until(operator.may_review)
    return operator


def held(part: Any, name: str) -> tuple[Callable[[], None], list[object]]:
    """Let what a part finds out wait for a word; return it, and what was let through."""
    gate, found, over = asyncio.Event(), getattr(part, name), []

    async def wait(*asked: object) -> object:
        answer = await found(*asked)
        await gate.wait()
        over.append(answer)
        return answer

    setattr(part, name, wait)
    return gate.set, over


def test_typing_on_withdraws_the_review_that_was_asked_for(composed: Operator, qtbot: QtBot):
    keys = Keys(qtbot, composed)
    composed.window.activateWindow()
    flow, bar = composed.program.review_flow, composed.window.compose.action_bar
    let_go, over = held(flow.desk, "look")
    composed.form.text_field.edit.setFocus()

    keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    composed.waits_until(lambda: bar.ready_label.text() == LOOKING)
    keys.type("!")
    composed.waits_until(lambda: composed.program.drafts.current)
    looking = bar.ready_label.text()
    let_go()
    composed.waits_until(lambda: over)
    keys.press(Qt.Key.Key_Return)
    composed.waits_until(lambda: composed.program.drafts.current)

    assert flow.dialog is None
    assert looking == "Everything is ready"
    assert not composed.desk.is_sending


def test_typing_on_withdraws_one_that_waits_for_the_counting_too(composed: Operator):
    flow = composed.program.review_flow
    composed.writes("Good morning {Name}")
    composed.presses(composed.window.compose.action_bar.review_button)
    wanted = flow._wanted
    composed.writes("Good evening {Name}")
    composed.waits_until(lambda: composed.program.drafts.current)

    assert (wanted, flow._wanted, flow.dialog) == (True, False, None)


def test_a_list_that_is_judged_again_meanwhile_opens_the_review_anew(composed: Operator):
    flow, bar = composed.program.review_flow, composed.window.compose.action_bar
    let_go, _ = held(flow.desk, "look")
    composed.presses(bar.review_button)
    composed.waits_until(lambda: bar.ready_label.text() == LOOKING)

    composed.program.lists.leave_out([2], out=True)
    let_go()
    composed.waits_until(lambda: flow.dialog is not None)

    assert flow.dialog is not None
    assert flow.dialog.windowTitle() == "Practise with 1 transaction message?"
    flow.dialog.reject()


@pytest.fixture
def live_too(composed: Operator) -> Operator:
    """Let the operator have keys, practising."""
    composed.program.keys.hold(AccountKeys("a-key"))
    return composed


def switches(operator: Operator) -> None:
    """Go live, and wait until it is done."""
    switched = operator.program.tasks.spawn(operator.program.switch(practice=False))
    operator.waits_until(switched.done)
    assert not operator.desk.account.practice


def test_a_look_for_practice_never_shows_for_the_live_account(live_too: Operator):
    flow, bar = live_too.program.review_flow, live_too.window.compose.action_bar
    let_go, over = held(flow.desk, "look")
    live_too.presses(bar.review_button)
    live_too.waits_until(lambda: bar.ready_label.text() == LOOKING)

    switches(live_too)
    let_go()
    live_too.waits_until(lambda: over)

    assert (flow.dialog, bar.ready_label.text()) == (None, "Everything is ready")
    live = live_too.reviews()
    assert live.hand_over_button.text() == "&Send 2 messages"
    live.reject()


def test_a_review_for_practice_closes_when_the_live_account_comes(live_too: Operator):
    dialog = live_too.reviews()
    button = dialog.hand_over_button
    closed = []
    dialog.finished.connect(closed.append)

    assert button.text() == "&Practise with 2: nothing is sent"
    switches(live_too)

    assert closed == [QDialog.DialogCode.Rejected]
    assert not live_too.desk.is_sending


def test_a_test_asked_for_in_practice_never_opens_for_the_live_account(live_too: Operator):
    flow, bar = live_too.program.trial_flow, live_too.window.compose.action_bar
    assert flow._trials is not None
    before = flow._trials
    asked = []
    before.ask_book = asked.append  # type: ignore[method-assign]
    live_too.presses(bar.test_button)
    live_too.waits_until(lambda: asked)

    switches(live_too)
    asked[0]((), None, frozenset())

    assert flow._trials is not before
    assert flow.dialog is None
