"""What happens while a review is on its way: typing, or another account."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fingers import Keys
from operator_at_work import Operator
from PySide6.QtCore import Qt

from cascade_desktop.core.drafts import Kind

LOOKING = "Looking at what was sent before…"


@pytest.fixture
def composed(operator: Operator, tmp_path: Path) -> Operator:
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


def test_typing_on_withdraws_the_review_that_was_asked_for(composed: Operator, keys: Keys):
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
