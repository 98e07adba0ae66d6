"""A text is written, mended and counted in the real window, by keys and with the mouse."""

from pathlib import Path

import pytest
from fingers import Keys
from openpyxl import Workbook
from operator_at_work import Operator
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from cascade_desktop.core.drafts import Kind
from cascade_desktop.ui.compose.text_edit import TemplateEdit
from cascade_desktop.ui.widgets.sentence import Sentence

PEOPLE = (
    ("Name", "Phone", "Code", "Note"),
    ("Olena", "+380501112231", "A-1", "%name=1%"),
    ("", "+380501112232", "A-2", "b"),
    ("Marco Antonio della Torre", "+393331112233", "A-3", "c"),
    ("Ivan", "+380671112233", "A-4", "d"),
)
KEY = Qt.Key
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def people(tmp_path: Path) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in PEOPLE:
        sheet.append(row)
    path = tmp_path / "people.xlsx"
    book.save(path)
    return path


@pytest.fixture
def edit(operator: Operator, people: Path) -> TemplateEdit:
    operator.opens(people)
    operator.chooses(Kind.TRANSACTION)
    operator.signs("MyBrand")
    field = operator.form.text_field.edit
    field.setFocus()
    return field


def paste(keys: Keys, text: str) -> None:
    QApplication.clipboard().setText(text)
    keys.press(KEY.Key_V, CONTROL)


def tab_to(keys: Keys, part: QWidget) -> None:
    for _ in range(20):
        if QApplication.focusWidget() is part:
            return
        keys.press(KEY.Key_Tab)
    assert QApplication.focusWidget() is part


def press_link(keys: Keys, words: Sentence) -> None:
    """Go to the first link of a sentence and press it."""
    words.setFocus(Qt.FocusReason.TabFocusReason)
    keys.press(KEY.Key_Tab)
    keys.press(KEY.Key_Return)


def problem(operator: Operator) -> str:
    words = operator.form.text_field.notices.problem_words
    return words.html if words.isVisible() else ""


def test_a_text_is_written_and_undone_by_keys(
    operator: Operator, keys: Keys, edit: TemplateEdit
) -> None:
    keys.type("Hi {na")
    keys.press(KEY.Key_Return)
    keys.type(", {")
    for key in (KEY.Key_Down, KEY.Key_Down, KEY.Key_Tab):
        keys.press(key)
    tab_to(keys, operator.form.text_field.insert_row.emoji_button)
    keys.press(KEY.Key_Space)
    keys.press(KEY.Key_Right)
    keys.press(KEY.Key_Return)
    written = edit.text
    operator.window.activateWindow()
    edit.setFocus()
    for _ in range(3):
        keys.press(KEY.Key_Z, CONTROL)

    assert written == "Hi {Name}, {Code}😊"
    assert edit.text == "Hi {Name}"


def test_a_text_is_written_with_the_mouse(
    operator: Operator, keys: Keys, edit: TemplateEdit, qtbot
) -> None:
    row = operator.form.text_field.insert_row
    operator.presses(row.chips[0])
    keys.type(" {")
    columns = edit.column_list
    place = columns.visualItemRect(columns.item(2)).center()
    qtbot.mouseClick(columns.viewport(), Qt.MouseButton.LeftButton, pos=place)
    operator.presses(row.emoji_button)
    assert row.emoji_popup is not None
    operator.presses(row.emoji_popup.buttons[0][0])

    assert edit.text == "{Name} {Code}🙂"
    operator.waits_until(operator.may_review)


def test_empty_cells_get_other_words(operator: Operator, keys: Keys, edit: TemplateEdit) -> None:
    offers = operator.form.text_field.notices.missing_offers
    keys.type("Hi {na")
    keys.press(KEY.Key_Return)
    operator.waits_until(offers.isVisible)
    said = offers.boxes[0].words.html

    tab_to(keys, offers.boxes[0].buttons[0])
    keys.press(KEY.Key_Space)
    keys.type(", hi")
    operator.waits_until(lambda: not offers.isVisible())

    assert said.startswith("<b>1 person</b> has nothing in “Name”")
    assert edit.text == "Hi {Name|friend}, hi"


def test_what_word_left_is_cleaned(operator: Operator, keys: Keys, edit: TemplateEdit) -> None:
    offer = operator.form.text_field.notices.paste_offer
    paste(keys, "“Sale”\u00a0{Code}\u200b\vtoday")
    pasted = edit.text

    operator.presses(offer.buttons[0])

    assert pasted == "“Sale”\u00a0{Code}\u200b\vtoday"
    assert edit.text == '"Sale" {Code}\ntoday'
    keys.press(KEY.Key_Z, CONTROL)
    assert edit.text == pasted


BAD = {
    "x" * 100_000: "Shorten the text by 95",
    "Hi {Name": "A brace is missing",
    "Get %url=12%": "Remove “%url=12%”",
    "Hi {Note}": "Remove “%name=1%” from row 2",
    "Hi {!}": "Write a column",
}


def test_a_bad_text_is_told_at_its_place_and_kept(
    operator: Operator, keys: Keys, edit: TemplateEdit
) -> None:
    for text, told in BAD.items():
        edit.selectAll()
        paste(keys, text)
        operator.waits_until(lambda told=told: told in problem(operator))

        assert told in operator.is_stopped_by()
        assert not operator.may_review()
        assert edit.text == text

    edit.selectAll()
    paste(keys, " \u00a0\n ")
    operator.waits_until(lambda: problem(operator) == "")
    assert operator.is_stopped_by() == "Write the message."


def test_a_renamed_column_is_chosen_again(
    operator: Operator, keys: Keys, edit: TemplateEdit
) -> None:
    operator.writes("Hi {Names|you}!")
    said = problem(operator)

    press_link(keys, operator.form.text_field.notices.problem_words)
    operator.waits_until(operator.may_review)

    assert said.startswith("Your list has no column “Names”. Use instead: ")
    assert edit.text == "Hi {Name|you}!"


def test_details_lead_to_a_cheaper_spelling(
    operator: Operator, keys: Keys, edit: TemplateEdit
) -> None:
    operator.writes("“Sale” — 🌟 {Code} " + "x" * 60)
    count = operator.form.sms_count
    operator.waits_until(count.isVisible)

    press_link(keys, count.sentence)
    operator.waits_until(lambda: len(count.details.offers.boxes) > 1)
    said = [box.words.html for box in count.details.offers.boxes]
    operator.presses(count.details.offers.boxes[1].buttons[0])
    operator.waits_until(lambda: "SMS: 1 per person" in count.sentence.html)

    assert "4 SMS fewer in all" in said[1]
    assert edit.text == '"Sale" - {Code} ' + "x" * 60
    keys.press(KEY.Key_Z, CONTROL)
    assert edit.text.startswith("“Sale” — 🌟")


def test_details_lead_to_who_gets_more(operator: Operator, keys: Keys, edit: TemplateEdit) -> None:
    operator.writes("{Name|you} " + "x" * 140)
    count = operator.form.sms_count
    operator.waits_until(count.isVisible)
    press_link(keys, count.sentence)
    total = count.details.facts[0]
    operator.waits_until(lambda: "see them" in total.html)

    press_link(keys, total)

    assert operator.window.compose.preview_card.position == 2


def test_a_long_question_leads_to_its_people(operator: Operator, keys: Keys, people: Path) -> None:
    operator.opens(people)
    operator.chooses(Kind.SURVEY)
    operator.writes("{Name|you}, was it good? " + "x" * 50)
    words = operator.form.text_field.counter_words
    operator.waits_until(lambda: "1 person over" in words.html)
    said = words.html

    press_link(keys, words)

    assert said.startswith("longest with what is inserted: 90 of 85, ")
    assert operator.window.recipients.isVisible()
