"""What was typed, corrected and left out is there again at the next start."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from operator_at_work import Operator

from cascade_desktop.core.drafts import Kind, Promo
from cascade_desktop.core.reading_problems import FileFault

Hire = Callable[..., Operator]

PEOPLE = "Phone;Name\n+380501112233;Anna\n0501;Ivan\n+380501112255;Olha\n+380501112266;Petro\n"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


def works(operator: Operator, people: Path) -> None:
    """Write over row 3, leave row 4 out, and write two texts."""
    operator.opens(people)
    lists = operator.program.lists
    lists.edit({3: "+380671112299"})
    lists.leave_out([4], out=True)
    operator.waits_until(lambda: operator.recipients.choice.left_out)
    operator.chooses(Kind.PROMO)
    operator.writes("Sale, {Name}!")
    operator.chooses(Kind.TRANSACTION)
    operator.signs("Shop")
    operator.writes("Your order, {Name}")


def has_its_list(operator: Operator) -> bool:
    return operator.program.lists.recipients is not None


def test_the_tab_its_texts_and_the_list_with_its_decisions_come_back(
    hire: Hire, people: Path
) -> None:
    before = hire()
    works(before, people)
    before.leaves()

    operator = hire()
    operator.waits_until(lambda: has_its_list(operator))

    assert operator.window.compose.kind() is Kind.TRANSACTION
    assert operator.form.draft.sender == "Shop"
    assert operator.form.text_field.text == "Your order, {Name}"
    promo = operator.window.compose.message_card.forms[Kind.PROMO].draft
    assert isinstance(promo, Promo)
    assert promo.text == "Sale, {Name}!"
    assert dict(operator.recipients.choice.edits) == {3: "+380671112299"}
    assert operator.recipients.choice.left_out == {4}
    operator.waits_until(operator.may_review)


def test_what_came_back_can_be_read_another_way_and_keeps_its_decisions(
    hire: Hire, people: Path
) -> None:
    before = hire()
    works(before, people)
    before.leaves()
    operator = hire()
    operator.waits_until(lambda: has_its_list(operator))

    operator.opens(people)

    assert operator.recipients.choice.left_out == {4}


def test_numbers_that_were_typed_come_back(hire: Hire) -> None:
    before = hire()
    before.program.lists.open_text("+380501112233\n0501\n+380501112255", "Typed numbers")
    before.waits_until(lambda: has_its_list(before))
    before.program.lists.edit({2: "+380671112299"})
    before.waits_until(lambda: before.recipients.counts.ready == 3)
    before.leaves()

    operator = hire()
    operator.waits_until(lambda: has_its_list(operator))

    assert list(operator.recipients.phones) == ["+380501112233", "+380671112299", "+380501112255"]


def test_typing_without_a_pause_is_written_all_the_same(operator: Operator, people: Path) -> None:
    operator.opens(people)
    operator.chooses(Kind.PROMO)
    timer = operator.program.autosave._timer
    operator.waits_until(lambda: not timer.isActive())
    operator.writes("S")
    began = timer.remainingTime()

    operator.waits_until(lambda: operator.writes("Sale") or timer.remainingTime() < began)

    assert timer.isActive()


def test_a_draft_keeps_its_list_while_that_is_not_there(hire: Hire, people: Path) -> None:
    before = hire()
    works(before, people)
    before.leaves()
    away = people.rename(people.with_name("away.csv"))
    operator = hire()
    problems = []
    operator.program.lists.failed.connect(problems.append)
    operator.waits_until(lambda: problems or operator.program.autosave.returns.awaited)
    operator.chooses(Kind.TRANSACTION)
    operator.writes("Your order is here")
    operator.leaves()
    away.rename(people)

    again = hire()
    again.waits_until(lambda: has_its_list(again))

    assert again.form.text_field.text == "Your order is here"
    assert dict(again.recipients.choice.edits) == {3: "+380671112299"}
    assert all(problem.fault is FileFault.MISSING for problem in problems)


def test_a_quick_change_of_tab_loses_no_text(hire: Hire, people: Path) -> None:
    before = hire()
    before.opens(people)
    before.chooses(Kind.PROMO)
    before.writes("Sale")
    before.chooses(Kind.SURVEY)
    before.leaves()

    operator = hire()

    promo = operator.window.compose.message_card.forms[Kind.PROMO].draft
    assert isinstance(promo, Promo)
    assert promo.text == "Sale"
    assert operator.window.compose.kind() is Kind.SURVEY


def test_a_draft_names_its_list_by_its_place(operator: Operator, root: Path, people: Path) -> None:
    works(operator, people)
    operator.leaves()

    written = json.loads((root / "drafts" / "transaction.cascade.json").read_text("utf-8"))

    assert written["recipients"]["file"] == str(people)
    assert written["recipients"]["sha256"]
