"""What was decided about a person never falls on another one: not by a row's number alone."""

import threading
from pathlib import Path

import pytest
from openpyxl import Workbook
from operator_at_work import Operator

from cascade_desktop.core.drafts import Kind
from cascade_desktop.ui.reading_choice import ReadingChoice
from cascade_desktop.ui.wording_offers import Wish

PEOPLE = "Phone;Name\n+380501112233;Anna\n0501;Ivan\n+380501112255;Olha\n"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


@pytest.fixture
def two_sheets(tmp_path: Path) -> Path:
    book = Workbook()
    first = book.worksheets[0]
    for sheet, start in ((first, 0), (book.create_sheet("Second"), 5)):
        sheet.append(("Phone", "Name"))
        for n in range(3):
            sheet.append((f"+38050111220{start + n}", f"Person {start + n}"))
    book.save(tmp_path / "two.xlsx")
    return tmp_path / "two.xlsx"


def decides(operator: Operator) -> None:
    """Write over row 3 and leave row 4 out."""
    lists = operator.program.lists
    lists.edit({3: "+380671112299"})
    lists.leave_out([4], out=True)
    operator.waits_until(lambda: operator.recipients.choice.left_out)


def reads_as(operator: Operator, wanted: ReadingChoice) -> None:
    seen = []
    operator.program.lists.changed.connect(seen.append)
    operator.program.lists.read_as(wanted)
    operator.waits_until(lambda: seen)


def notice(operator: Operator) -> str:
    shown = operator.window.compose.recipients_card.notice
    return shown._words.html if shown.isVisible() else ""


def test_a_file_that_changed_meanwhile_is_told_and_its_rows_are_judged_anew(
    operator: Operator, people: Path
) -> None:
    operator.opens(people)
    decides(operator)
    people.write_text(PEOPLE.replace("+38", "+380931112200;New\n+38", 1), encoding="utf-8")

    reads_as(operator, ReadingChoice(None, 1, 0, "UA"))

    found = operator.recipients
    assert (dict(found.choice.edits), found.choice.left_out) == ({}, frozenset())
    assert list(found.phones) == ["+380931112200", "+380501112233", "", "+380501112255"]
    assert "people.csv” has changed" in notice(operator)


def test_a_changed_file_that_is_opened_again_is_told(operator: Operator, people: Path) -> None:
    operator.opens(people)
    decides(operator)
    people.write_text(PEOPLE.replace("Olha", "Oleh"), encoding="utf-8")

    operator.opens(people)

    assert operator.recipients.choice.left_out == frozenset()
    assert "people.csv” has changed" in notice(operator)


def test_another_sheets_rows_are_other_people(operator: Operator, two_sheets: Path) -> None:
    operator.opens(two_sheets)
    decides(operator)

    reads_as(operator, ReadingChoice("Second", None, None, "UA"))

    assert operator.recipients.phones[1] == "+380501112206"
    assert operator.recipients.counts.ready == 3
    assert "look through the list" in notice(operator)


def test_the_first_sheets_decisions_are_still_its_own(operator: Operator, two_sheets: Path) -> None:
    operator.opens(two_sheets)
    decides(operator)
    reads_as(operator, ReadingChoice("Second", None, None, "UA"))
    operator.program.lists.leave_out([2], out=True)
    operator.waits_until(lambda: operator.recipients.choice.left_out == {2})

    reads_as(operator, ReadingChoice("Sheet", None, 0, "UA"))

    assert operator.recipients.choice.left_out == {4}
    assert operator.recipients.phones[1] == "+380671112299"


def test_a_correction_belongs_to_the_column_it_was_made_in(
    operator: Operator, tmp_path: Path
) -> None:
    path = tmp_path / "two.csv"
    path.write_text(
        "Phone;Other\n0501;+380671112200\n+380501112255;+380671112201\n", encoding="utf-8"
    )
    operator.opens(path)
    lists = operator.program.lists
    lists.edit({2: "+380501112277"})
    lists.leave_out([3], out=True)
    operator.waits_until(lambda: operator.recipients.choice.left_out)

    reads_as(operator, ReadingChoice(None, None, 1, "UA"))
    lists.undo()

    assert list(operator.recipients.phones) == ["+380671112200", "+380671112201"]
    assert operator.recipients.choice.left_out == {3}
    assert "another column" in notice(operator)


def test_the_very_same_file_keeps_what_was_decided(operator: Operator, people: Path) -> None:
    operator.opens(people)
    decides(operator)

    operator.opens(people)

    assert (dict(operator.recipients.choice.edits), operator.recipients.choice.left_out) == (
        {3: "+380671112299"},
        {4},
    )
    assert notice(operator) == ""


def test_what_was_just_written_is_not_corrected_with_the_others(
    operator: Operator, tmp_path: Path
) -> None:
    path = tmp_path / "letters.csv"
    path.write_text("Phone\n05O1112233\n05O1112244\n05O1112255\n", encoding="utf-8")
    operator.opens(path)
    panel = operator.window.recipients.offers_panel
    offer = next(o for o in panel.offers if o.answers[0].wish is Wish.CORRECT)

    operator.program.lists.edit({2: "+380671112200"})
    panel.answered.emit(offer, offer.answers[0])
    operator.waits_until(lambda: operator.recipients.counts.ready == 3)

    assert list(operator.recipients.phones) == ["+380671112200", "+380501112244", "+380501112255"]


def test_the_review_waits_for_a_decision_that_is_not_judged_yet(
    operator: Operator, people: Path
) -> None:
    operator.opens(people)
    operator.chooses(Kind.TRANSACTION)
    operator.signs("Shop")
    operator.writes("Hello")
    operator.waits_until(operator.may_review)
    lists, drafts, flow = (
        operator.program.lists,
        operator.program.drafts,
        operator.program.review_flow,
    )
    gate = threading.Event()
    operator.program.tasks.spawn(lists._worker.run(gate.wait))

    lists.leave_out([2], out=True)
    operator.waits_until(lambda: not drafts._timer.isActive())
    operator.window.compose.review_wanted.emit()
    meanwhile = flow.dialog
    gate.set()
    operator.waits_until(lambda: flow.dialog is not None)

    assert meanwhile is None
    assert drafts.current is not None
    assert drafts.current.prepared.composition.rows == (2,)
