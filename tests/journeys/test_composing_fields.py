"""The fields of the four tabs in the real window: by the keyboard alone, and by the mouse."""

from pathlib import Path

import pytest
from fingers import Keys
from operator_at_work import Operator
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QTextEdit, QWidget

from cascade_desktop.core.drafts import Kind, text_of
from cascade_desktop.ui.compose.insert_row import InsertRow
from cascade_desktop.ui.compose.person_menu import PersonMenu
from cascade_desktop.ui.settings_dialog import SettingsDialog
from cascade_desktop.ui.widgets.segmented import Segmented

PEOPLE = (
    "Phone;Name;Code",
    "+380501112233;Olena;A-1",
    "067 111 22 33;Ivan;A-2",
    "+39 333 111 2233;;A-3",
    "12;Nina;A-4",
)
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
MOST_TO_CLICK = 20


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text("\n".join(PEOPLE), encoding="utf-8")
    return path


def drag(grip: QWidget, to: QWidget) -> None:
    """Take a grip with the mouse and let it go below another widget's middle."""
    QTest.mousePress(grip, LEFT)
    for y in (to.rect().center().y(), to.rect().bottom() - 2):
        place = grip.mapFromGlobal(to.mapToGlobal(QPoint(to.rect().center().x(), y)))
        QTest.mouseMove(grip, place)
    QTest.mouseRelease(grip, LEFT)


def test_answers_are_written_and_put_in_order_by_keys_alone(
    operator: Operator, people: Path, keys: Keys
):
    operator.opens(people)
    operator.chooses(Kind.SURVEY)
    operator.form.text_field.edit.setFocus()
    keys.type("Was it good?")

    operator.form.answers.focus(1)
    for answer in ("Yes", "No", "yes"):
        keys.type(answer)
        keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)

    answers = operator.form.answers
    assert answers.options[:2] == ("Yes", "No")
    assert answers.alike_words.isVisible()
    answers.edits[2].setFocus()
    keys.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    keys.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert QApplication.focusWidget() is answers.edits[0]


def test_an_answer_is_dragged_and_another_removed_by_the_mouse(operator: Operator, people: Path):
    operator.opens(people)
    operator.chooses(Kind.SURVEY)
    operator.writes("Was it good?")
    operator.answers("Yes", "No", "Perhaps")
    QTest.qWait(0)
    answers = operator.form.answers

    drag(answers.edits[0].grip, answers.edits[2])
    assert answers.options == ("No", "Perhaps", "Yes")

    operator.presses(answers.edits[1].remove_button)
    assert answers.options == ("No", "Yes")
    shown = operator.window.compose.preview_card.phone
    buttons = (shown._answers.itemAt(at) for at in range(shown._answers.count()))
    labels = [item.widget() for item in buttons if item is not None]
    assert [label.text() for label in labels if isinstance(label, QLabel)] == ["No", "Yes"]
    assert text_of(operator.window.compose.campaign(Kind.PROMO).draft) == ""


def test_a_time_and_its_zone_are_chosen_by_keys_alone(operator: Operator, people: Path, keys: Keys):
    operator.opens(people)
    operator.chooses(Kind.PROMO)
    when = operator.form.when_field
    when.field_button.setFocus()

    keys.press(Qt.Key.Key_Space)
    keys.press(Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_Right)
    keys.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is when.time_edit
    keys.press(Qt.Key.Key_Up)
    for _ in range(10):  # Tab stops at the day, the month, the year, the hour and the minute
        if QApplication.focusWidget() is not when.zone_field.change_button:
            keys.press(Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_Space)
    keys.type("Tokyo")
    keys.press(Qt.Key.Key_Return)

    assert when.zone == "Asia/Tokyo"
    assert when.schedule
    assert operator.window.compose.campaign(Kind.PROMO).zone == "Asia/Tokyo"
    assert operator.window.compose.campaign(Kind.SURVEY).schedule == ""


def test_prices_and_pace_open_the_settings_at_their_part(operator: Operator, people: Path):
    operator.opens(people)
    options = operator.form.more_options
    operator.presses(options.toggle_button)

    for button, part in ((options.prices_button, "prices"), (options.pace_button, "sending")):
        operator.presses(button)
        (dialog,) = (
            found for found in operator.window.findChildren(SettingsDialog) if found.isVisible()
        )
        assert dialog.choice.current == part
        dialog.reject()


def test_people_worth_a_look_are_found_by_keys_alone(operator: Operator, people: Path, keys: Keys):
    operator.opens(people)
    operator.chooses(Kind.PROMO)
    operator.writes("Hi {Name|friend}, your code is {Code} shop.example")
    preview = operator.window.compose.preview_card
    operator.waits_until(operator.window.compose.preview_card.longest_button.isVisible)

    preview._link_button.setFocus()
    keys.press(Qt.Key.Key_Space)
    (menu,) = (found for found in preview.findChildren(PersonMenu) if found.isVisible())
    QTest.keyClick(menu, Qt.Key.Key_F)

    operator.waits_until(lambda: preview.position == 2)
    assert preview.phone.accessibleDescription().endswith(
        "Hi friend, your code is A-3 shop.example"
    )


def test_there_is_little_to_click_on_a_promo(operator: Operator, people: Path):
    """Count the page of the tab: a choice of apps is one thing, and so is a row of chips."""
    operator.opens(people)
    operator.chooses(Kind.PROMO)
    operator.signs("MyBrand")
    operator.writes("Hi {Name|friend} https://shop.example")
    compose = operator.window.compose
    operator.waits_until(operator.may_review)

    found = [part for area in (compose.columns, compose.action_bar) for part in clickable(area)]

    assert len(found) <= MOST_TO_CLICK, found


def clickable(area: QWidget) -> list[str]:
    found: list[str] = []
    for part in area.findChildren(QWidget):
        if not part.isVisible() or not part.isEnabled() or part.window() is not area.window():
            continue
        if isinstance(part, QLabel):
            found += ["link"] * part.text().count("<a ")
        elif isinstance(part, Segmented | InsertRow | QComboBox | QTextEdit):
            found.append(type(part).__name__)
        elif isinstance(part, QAbstractButton) and not inside_a_group(part):
            found.append(part.text() or part.accessibleName())
    return found


def inside_a_group(part: QWidget) -> bool:
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, Segmented | InsertRow | QComboBox):
            return True
        above = above.parentWidget()
    return False
