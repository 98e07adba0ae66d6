"""The “Do not message” list without a mouse: typed, imported, searched, exported."""

from pathlib import Path

import pytest
import shiboken6
from fingers import Keys
from openpyxl import load_workbook
from operator_at_work import Operator
from PySide6.QtCore import Qt

from cascade_desktop.ui.main_window import HISTORY
from cascade_desktop.ui.stop_add_dialog import StopAddDialog

pytestmark = pytest.mark.qt_log_ignore("does not support")
OLENA, IVAN, PETRO = "+380501112233", "+380671112233", "+380631112266"
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def listed(operator: Operator, keys: Keys) -> Keys:
    """Walk from the history to the list, and put two numbers on it."""
    window, flow = operator.window, operator.program.stop_flow
    window.show_page(HISTORY)
    keys.press(Qt.Key.Key_D, ALT)
    operator.waits_until(lambda: window.page() is window.stop_list)
    walks_to(keys, window.stop_list.first_add_button)
    keys.press(Qt.Key.Key_Space)
    dialog = flow.dialog
    assert isinstance(dialog, StopAddDialog)
    operator.waits_until(dialog.numbers_edit.hasFocus)
    keys.type("050 111 22 33")
    keys.press(Qt.Key.Key_Return)
    keys.type("0671112233")
    keys.press(Qt.Key.Key_Tab)
    keys.type("asked")
    keys.press(Qt.Key.Key_Return)
    operator.waits_until(lambda: phones(operator) == {OLENA, IVAN})
    goes_on(operator, dialog)
    return keys


def walks_to(keys: Keys, widget) -> None:
    for _ in range(12):
        if widget.hasFocus():
            return
        keys.press(Qt.Key.Key_Tab)
    raise AssertionError(widget)


def goes_on(operator: Operator, dialog) -> None:
    operator.waits_until(lambda: not shiboken6.isValid(dialog) or dialog.isHidden())
    operator.window.activateWindow()


def phones(operator: Operator) -> frozenset[str]:
    return operator.program.stops.rows.phones


def closes_words(operator: Operator, keys: Keys) -> str:
    operator.waits_until(operator.reads)
    words, dialog = operator.reads(), operator.program.stop_flow.dialog
    keys.press(Qt.Key.Key_Escape)
    goes_on(operator, dialog)
    return words


def test_numbers_are_found_taken_off_and_put_back(operator: Operator, listed: Keys) -> None:
    view = operator.window.stop_list
    walks_to(listed, view.search_edit)
    listed.type("067")
    operator.waits_until(lambda: view.model.rowCount() == 1)
    walks_to(listed, view.table)
    listed.press(Qt.Key.Key_Delete)
    operator.waits_until(lambda: phones(operator) == {OLENA})
    operator.waits_until(view.undo_notice.isVisible)

    assert view.model.rowCount() == 0
    listed.press(Qt.Key.Key_U, ALT)
    operator.waits_until(lambda: phones(operator) == {OLENA, IVAN})
    assert {entry.reason for entry in operator.program.stops.rows.entries} == {"asked"}


def test_a_file_with_bad_rows_adds_the_good_ones_and_names_the_others(
    operator: Operator, listed: Keys, tmp_path: Path
) -> None:
    path = tmp_path / "foreign.csv"
    path.write_text(
        "Відписався;Моб. телефон;Статус\n"
        f"23.11.2026 р.;{PETRO};скарга\n"
        "колись;0501112233;просив\n"
        "24.11.2026;12345;стоп\n",
        encoding="utf-8",
    )
    listed.press(Qt.Key.Key_I, ALT)
    listed.name_file(path)
    told = closes_words(operator, listed)

    assert "1 number added. 1 was on the list already." in told
    assert "Row 4: “12345”" in told
    assert "Row 3: “колись” is not a date." in told
    petro = operator.program.stops.rows.entries[-1]
    assert (petro.phone, f"{petro.added_at:%d.%m}", petro.reason) == (PETRO, "23.11", "скарга")


def test_a_file_that_is_none_changes_nothing(
    operator: Operator, listed: Keys, tmp_path: Path
) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"PK\x03\x04 nonsense")
    listed.press(Qt.Key.Key_I, ALT)
    listed.name_file(path)

    assert "This file gave no numbers" in closes_words(operator, listed)
    assert phones(operator) == {OLENA, IVAN}


def test_the_exported_list_is_a_plain_workbook(
    operator: Operator, listed: Keys, tmp_path: Path
) -> None:
    path = tmp_path / "list.xlsx"
    listed.press(Qt.Key.Key_E, ALT)
    listed.name_file(path)
    operator.waits_until(path.exists)
    closes_words(operator, listed)

    head, *rows = load_workbook(path).active.iter_rows(values_only=True)  # type: ignore[union-attr]
    assert head == ("Phone", "Added (UTC)", "Reason")
    assert {(phone, why) for phone, _, why in rows} == {(OLENA, "asked"), (IVAN, "asked")}
