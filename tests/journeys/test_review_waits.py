"""A decision about the list counts in the review that is opened right after it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from operator_at_work import Operator

from cascade_desktop.core.drafts import Kind
from cascade_desktop.ui.list_desk import ListDesk
from cascade_desktop.ui.reading_choice import ReadingChoice

PEOPLE = 40_000


@pytest.fixture
def many(tmp_path: Path) -> Path:
    path = tmp_path / "many.csv"
    rows = (f"+38050{row:07d};+38067{row:07d}" for row in range(PEOPLE))
    path.write_text("Phone;Other\n" + "\n".join(rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("decide", "first", "people"),
    [
        pytest.param(
            lambda lists: lists.leave_out([2], out=True), "+380500000001", PEOPLE - 1, id="left out"
        ),
        pytest.param(
            lambda lists: lists.edit({2: "+380931112233"}), "+380931112233", PEOPLE, id="corrected"
        ),
        pytest.param(
            lambda lists: lists.set_stopped(frozenset({"+380500000000"})),
            "+380500000001",
            PEOPLE - 1,
            id="stopped",
        ),
        pytest.param(
            lambda lists: lists.read_as(ReadingChoice(None, None, 1, "UA")),
            "+380670000000",
            PEOPLE,
            id="another column",
        ),
    ],
)
def test_the_review_waits_for_what_was_just_decided(
    operator: Operator,
    many: Path,
    decide: Callable[[ListDesk], None],
    first: str,
    people: int,
) -> None:
    agreed = []
    operator.program.review_flow.agreed.disconnect(operator.program._start)
    operator.program.review_flow.agreed.connect(agreed.append)
    operator.chooses(Kind.TRANSACTION)
    operator.signs("Shop")
    operator.writes("Hello")
    operator.opens(many)
    if operator.program.list_flow.dialog is not None:
        operator.program.list_flow.dialog.accept()
    operator.waits_until(lambda: operator.program.lists.recipients is not None)
    operator.waits_until(lambda: operator.program.drafts.current is not None)
    operator.waits_until(operator.may_review)

    decide(operator.program.lists)
    operator.agrees()

    composition = agreed[0].composition
    assert composition.recipients.phones[composition.rows[0]] == first
    assert len(composition.rows) == people
