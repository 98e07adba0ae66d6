"""The review asks about the time that it is, not the time at which the text was written."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from operator_at_work import Operator

from cascade_desktop.core.confirmations import Confirmation
from cascade_desktop.core.drafts import Kind
from cascade_desktop.engine.waits import Waits

NOON = Waits(now=lambda: datetime(2026, 11, 26, 10, 0, tzinfo=UTC))
NIGHT = Waits(now=lambda: datetime(2026, 11, 26, 21, 0, tzinfo=UTC))


@pytest.fixture
def composed(operator: Operator, tmp_path: Path) -> Operator:
    path = tmp_path / "one.csv"
    path.write_text("Phone\n+380501112233\n", encoding="utf-8")
    operator.opens(path)
    operator.chooses(Kind.FLASHCALL)
    operator.signs("MyBrand")
    operator.waits_until(operator.may_review)
    return operator


def test_night_is_asked_about_when_it_has_become_night(composed: Operator):
    composed.program.review_flow._waits = NIGHT

    dialog = composed.reviews()

    assert list(dialog.ticks) == [Confirmation.QUIET_HOURS]
    assert not dialog.hand_over_button.isEnabled()
    dialog.reject()


def test_what_was_agreed_by_day_is_asked_again_at_night(composed: Operator):
    flow = composed.program.review_flow
    flow._waits = NOON
    by_day = composed.reviews()
    assert not by_day.ticks
    flow._waits = NIGHT

    composed.presses(by_day.hand_over_button)
    composed.waits_until(lambda: flow.dialog is not by_day)

    assert flow.dialog is not None
    assert list(flow.dialog.ticks) == [Confirmation.QUIET_HOURS]
    assert not composed.desk.is_sending
    flow.dialog.reject()
