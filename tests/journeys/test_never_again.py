"""From the rows of a list to “Do not message” and back: asked, kept, undone, by keys alone."""

from pathlib import Path

import pytest
import shiboken6
from fingers import Keys
from operator_at_work import Operator
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from cascade_desktop.ui.never_dialog import NeverDialog
from cascade_desktop.ui.recipients_model import Column, Tab

pytestmark = pytest.mark.qt_log_ignore("does not support")
OLENA, IVAN, PETRO = "+380501112233", "+380671112233", "+380631112266"
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def shown(operator: Operator, keys: Keys, tmp_path: Path) -> Keys:
    """Open a list at those who get it, with the cursor on the first row."""
    path = tmp_path / "people.csv"
    path.write_text(f"Phone\n{OLENA}\n{IVAN}\n{PETRO}\n{OLENA}\n0501\n", encoding="utf-8")
    operator.opens(path)
    operator.window.show_verdicts()
    operator.window.recipients.show_tab(Tab.ALL)
    operator.window.recipients.table.go_to(0)
    is_back_at_the_rows(operator)
    return keys


def is_back_at_the_rows(operator: Operator) -> None:
    operator.window.activateWindow()
    operator.window.recipients.table.setFocus()
    operator.waits_until(operator.window.recipients.table.hasFocus)


def sums(operator: Operator) -> tuple[int, int, int]:
    counts = operator.recipients.counts
    return counts.ready, counts.duplicates, counts.stopped


def is_asked(operator: Operator, keys: Keys) -> NeverDialog:
    before = operator.program.stop_flow.dialog
    keys.press(Qt.Key.Key_N, ALT)
    operator.waits_until(lambda: operator.program.stop_flow.dialog is not before)
    dialog = operator.program.stop_flow.dialog
    assert isinstance(dialog, NeverDialog)
    operator.waits_until(dialog.reason_edit.hasFocus)
    return dialog


def agrees(operator: Operator, keys: Keys, reason: str = "") -> str:
    """Press the button, give a reason, agree; return what was asked."""
    dialog = is_asked(operator, keys)
    asked = dialog.windowTitle()
    keys.type(reason)
    keys.press(Qt.Key.Key_Return)
    closes(operator, dialog)
    return asked


def closes(operator: Operator, dialog: NeverDialog) -> None:
    if shiboken6.isValid(dialog):
        dialog.reject()
    operator.waits_until(lambda: not shiboken6.isValid(dialog))
    is_back_at_the_rows(operator)


def undo_words(operator: Operator) -> str:
    return operator.window.recipients.undo_line.words_label.text()


def test_the_chosen_rows_are_never_messaged_again_and_it_is_undone(
    operator: Operator, shown: Keys
) -> None:
    assert sums(operator) == (3, 1, 0)
    shown.press(Qt.Key.Key_Down, SHIFT)

    asked = agrees(operator, shown, "asked")
    assert asked == "Never message 2 numbers again?"
    operator.waits_until(lambda: sums(operator) == (1, 0, 3))
    operator.waits_until(lambda: undo_words(operator))

    assert undo_words(operator) == "2 numbers are on “Do not message” now."
    assert {(e.phone, e.reason) for e in operator.program.stops.rows.entries} == {
        (OLENA, "asked"),
        (IVAN, "asked"),
    }
    shown.press(Qt.Key.Key_Z, CTRL)
    operator.waits_until(lambda: sums(operator) == (3, 1, 0))
    assert (operator.program.stops.rows.entries, undo_words(operator)) == ((), "")


def test_what_was_decided_last_is_undone_first(operator: Operator, shown: Keys) -> None:
    shown.press(Qt.Key.Key_Delete)
    operator.waits_until(lambda: undo_words(operator) == "Row 2 was left out.")
    shown.press(Qt.Key.Key_Down)
    agrees(operator, shown)
    operator.waits_until(lambda: undo_words(operator) == "1 number is on “Do not message” now.")

    shown.press(Qt.Key.Key_Z, CTRL)
    operator.waits_until(lambda: undo_words(operator) == "Row 2 was left out.")
    assert operator.recipients.counts.left_out == 1
    shown.press(Qt.Key.Key_Z, CTRL)
    operator.waits_until(lambda: not operator.recipients.counts.left_out)


def test_undo_leaves_a_number_on_the_list_that_was_there_before(
    operator: Operator, shown: Keys
) -> None:
    operator.program.stops.add((IVAN,), "long ago")
    operator.waits_until(lambda: sums(operator) == (2, 1, 1))
    operator.closes_sheets()

    shown.press(Qt.Key.Key_A, CTRL)
    agrees(operator, shown)
    operator.waits_until(lambda: sums(operator) == (0, 0, 4))
    shown.press(Qt.Key.Key_Z, CTRL)
    operator.waits_until(lambda: sums(operator) == (2, 1, 1))

    assert [e.reason for e in operator.program.stops.rows.entries] == ["long ago"]


def test_rows_without_a_number_are_told(operator: Operator, shown: Keys) -> None:
    shown.press(Qt.Key.Key_A, CTRL)
    dialog = is_asked(operator, shown)
    title = dialog.windowTitle()
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    closes(operator, dialog)
    operator.window.recipients.table.selectRow(4)
    shown.press(Qt.Key.Key_N, ALT)
    operator.waits_until(operator.reads)

    assert title == "Never message 3 numbers again?"
    assert "1 chosen row has no number and stays." in said
    assert "There is no number here" in operator.reads()
    operator.closes_sheets()


def test_stopped_rows_say_so_and_lead_to_the_list_and_back(operator: Operator, shown: Keys) -> None:
    page = operator.window.recipients
    agrees(operator, shown)
    operator.waits_until(lambda: operator.recipients.counts.stopped == 2)
    page.show_tab(Tab.STOPPED)

    why = page.model.index(0, page.model.columns.index(Column.WHY)).data()
    assert (why, page.model.rowCount()) == ("On your “Do not message” list.", 2)
    assert not page.never_button.isEnabled()
    operator.presses(page.offers_panel.boxes[0].buttons[0])
    assert operator.window.page() is operator.window.stop_list
    operator.presses(operator.window.stop_list.back_button)
    assert operator.window.page() is page
