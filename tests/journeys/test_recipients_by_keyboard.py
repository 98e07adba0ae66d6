"""A list is opened, mended, thinned out, its bad rows saved and the message reviewed by keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fingers import Keys
from openpyxl import Workbook, load_workbook
from operator_at_work import Operator
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from cascade_desktop.core.drafts import Kind
from cascade_desktop.ui import theme
from cascade_desktop.ui.main_window import COMPOSE
from cascade_desktop.ui.recipients_model import Column, Tab
from cascade_desktop.ui.saved_dialog import SavedDialog

pytestmark = pytest.mark.qt_log_ignore("does not support")

PEOPLE = [
    ("+380501112233", "Олена"),
    ("0501234", "Марія"),
    ("044 123-45-67", "Салон"),
    ("3.80501E+11", "Ігор"),
    ("", "Олег"),
    ("+38О671112233", "Ганна"),
    ("0671112244", "Іван"),
]


@pytest.fixture
def people(tmp_path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Phone", "Name"])
    for row in PEOPLE:
        sheet.append(row)
    book.save(tmp_path / "people.xlsx")
    return tmp_path / "people.xlsx"


@pytest.fixture(params=list(theme.Scheme), ids=lambda scheme: scheme.value)
def dressed(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, request.param)
    yield
    theme.apply(qapp, theme.Scheme.LIGHT)


@pytest.mark.usefixtures("dressed")
@pytest.mark.parametrize("size", [(1280, 800), (1024, 700), (1920, 1080)], ids=str)
def test_a_list_is_put_in_order_without_a_mouse(
    operator: Operator, keys: Keys, people: Path, size: tuple[int, int]
) -> None:
    window, lists = operator.window, operator.program.lists
    window.resize(*size)
    page, saved = window.recipients, people.with_name("bad rows.xlsx")

    keys.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    keys.name_file(people)
    operator.waits_until(lambda: lists.recipients is not None)
    operator.chooses(Kind.TRANSACTION)
    operator.signs("Shop")
    operator.writes("Hello, {Name}!")
    operator.waits_until(operator.may_review)

    _go_to_verdicts(keys, operator)
    assert page.model.tab is Tab.TO_FIX
    for phone in ("0501234567", "0671234567", "0631234567"):
        keys.press(Qt.Key.Key_F2)
        keys.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        keys.type(phone)
        keys.press(Qt.Key.Key_Return)
        operator.waits_until(lambda phone=phone: phone in operator.recipients.choice.edits.values())
    keys.press(Qt.Key.Key_Delete)
    operator.waits_until(lambda: operator.recipients.choice.left_out)
    operator.waits_until(lambda: page.model.counts()[Tab.TO_FIX] == 1)
    assert _is_whole(page.table)

    keys.press(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    keys.name_file(saved)
    operator.waits_until(lambda: _saved_dialog(operator) is not None)
    keys.press(Qt.Key.Key_Return)
    operator.waits_until(lambda: _saved_dialog(operator) is None)
    window.activateWindow()
    operator.waits_until(page.table.hasFocus)
    keys.press(Qt.Key.Key_Escape)
    operator.waits_until(lambda: window.page() is window.compose)
    operator.waits_until(operator.may_review)
    keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    operator.waits_until(lambda: operator.program.review_flow.dialog is not None)

    assert dict(operator.recipients.choice.edits) == {
        3: "0501234567",
        4: "0671234567",
        5: "0631234567",
    }
    assert operator.recipients.choice.left_out == {6}
    assert operator.recipients.counts.ready == 5
    rows = list(load_workbook(saved).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert rows == [
        ("Phone", "Name", "Problem", "Row in the list"),
        ("+38О671112233", "Ганна", "There is a letter О among the digits. Did you mean 0?", "7"),
    ]


def _saved_dialog(operator: Operator) -> SavedDialog | None:
    dialog = operator.window.findChild(SavedDialog)
    return dialog if dialog is not None and dialog.isVisible() else None


def _go_to_verdicts(keys: Keys, operator: Operator) -> None:
    """Walk to the list's panel, and through its sentence to the rows."""
    link = operator.window.compose.recipients_card.others_link
    for _ in range(8):
        if link.hasFocus():
            break
        keys.press(Qt.Key.Key_F6)
    keys.press(Qt.Key.Key_Space)
    operator.waits_until(lambda: operator.window.page() is operator.window.recipients)
    operator.waits_until(operator.window.recipients.table.hasFocus)


def _is_whole(table) -> bool:
    """Tell whether the rows' words have their room and nothing is cut off at the side."""
    why = table.model().columns.index(Column.WHY)
    return table.horizontalHeader().length() <= table.viewport().width() and (
        table.columnWidth(why) >= 240
    )


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Phone", "Name"])
    for row in (
        ("+380501112233", "Олена"),
        ("+380501112233", "Марія"),
        ("+38О671112244", "Ганна"),
        ("+38О671112255", "Ніна"),
        ("+380631112266", "Петро"),
    ):
        sheet.append(row)
    sheet.row_dimensions[6].hidden = True
    book.save(tmp_path / "doubtful.xlsx")
    return tmp_path / "doubtful.xlsx"


@pytest.fixture
def asked(operator: Operator, doubtful: Path) -> Operator:
    operator.opens(doubtful)
    operator.chooses(Kind.TRANSACTION)
    operator.signs("Shop")
    operator.writes("Hello, {Name}!")
    operator.waits_until(operator.may_review)
    return operator


def _presses(operator: Operator, words: str) -> None:
    operator.presses(next(button for button in _offered(operator) if button.text() == words))


def _offered(operator: Operator) -> list[QAbstractButton]:
    window, card = operator.window, operator.window.compose.recipients_card
    asks = (card.offers_panel, card.settled_panel)
    panels = asks if window.page() is window.compose else (window.recipients.offers_panel,)
    boxes = [box for panel in panels for box in panel.boxes]
    return [button for box in boxes if box.isVisible() for button in box.buttons]


def _people(operator: Operator) -> int:
    current = operator.program.drafts.current
    return len(current.prepared.composition.rows) if current else -1


def test_different_messages_to_a_number_are_settled_for_the_review(asked: Operator) -> None:
    assert _people(asked) == 2

    _presses(asked, "Leave 1 row out")
    _presses(asked, "Only the first")
    asked.waits_until(lambda: _people(asked) == 1)
    told = " ".join(label.html for label in _sentences(asked.reviews()))

    assert "that number gets only the first" in told


def test_hidden_rows_are_included_and_left_out_again(asked: Operator) -> None:
    _presses(asked, "Include 1 row")
    asked.waits_until(lambda: _people(asked) == 3)
    _presses(asked, "Leave 1 row out")
    asked.waits_until(lambda: _people(asked) == 2)

    assert asked.recipients.counts.hidden == 1


def test_a_kind_is_corrected_at_once_and_undone(asked: Operator) -> None:
    asked.window.show_verdicts()
    _presses(asked, "Correct all 2")
    asked.waits_until(lambda: _people(asked) == 4)
    line = asked.window.recipients.undo_line
    said = line.words_label.text()
    asked.presses(line.undo_button)
    asked.waits_until(lambda: _people(asked) == 2)

    assert said == "2 numbers were changed."
    assert dict(asked.recipients.choice.edits) == {}
    assert not line.undo_button.isVisible()


def test_the_questions_of_a_list_come_one_after_the_other_until_all_is_ready(
    asked: Operator,
) -> None:
    bar, card = asked.window.compose.action_bar, asked.window.compose.recipients_card
    pill = bar.question_pill
    assert pill.text() == "2 questions about the list: Include 1 hidden row?"
    assert "1 more question after this" in card.more_words.text()

    asked.presses(pill)
    assert asked.window.focusWidget() is card.offers_panel.boxes[0].buttons[0]
    _presses(asked, "Leave 1 row out")
    assert pill.text().startswith("1 question about the list: Send every message")
    _presses(asked, "Every message")

    asked.waits_until(bar.ready_label.isVisible)
    assert not pill.isVisible()


def test_a_double_click_answers_one_question(asked: Operator) -> None:
    panel = asked.window.compose.recipients_card.offers_panel
    button = panel.boxes[0].buttons[0]
    asked.presses(button)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)

    assert len(asked.window.compose.recipients_card.waiting) == 1


def test_the_rows_that_differ_are_one_press_away(asked: Operator) -> None:
    _presses(asked, "Leave 1 row out")
    _presses(asked, "See them")
    page = asked.window.recipients

    assert asked.window.page() is page
    assert page.model.tab is Tab.DIFFERING
    assert page.model.counts()[Tab.DIFFERING] == 2
    asked.window.show_page(COMPOSE)


def test_the_corrected_rows_and_those_left_out_are_one_press_away(asked: Operator) -> None:
    card, page = asked.window.compose.recipients_card, asked.window.recipients
    asked.program.lists.edit({4: "+380671112244"})
    asked.waits_until(lambda: _people(asked) == 3)

    card.corrected_words.link_clicked.emit("see")
    corrected = (asked.window.page(), page.model.tab, page.model.counts()[Tab.REPAIRED])
    asked.window.show_page(COMPOSE)
    asked.presses(card.others_link)

    assert corrected == (page, Tab.REPAIRED, 1)
    assert (asked.window.page(), page.model.tab) == (page, Tab.TO_FIX)
    asked.window.show_page(COMPOSE)


def _sentences(dialog: QWidget) -> list:
    from cascade_desktop.ui.widgets.sentence import Sentence

    return dialog.findChildren(Sentence)
