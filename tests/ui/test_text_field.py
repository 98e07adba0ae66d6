"""The field of a text: its emoji, what is wrong with it, and what mends that."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QLocale, QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from cascade_desktop.core.composition import draft_problems
from cascade_desktop.core.drafts import Kind, Promo
from cascade_desktop.core.text_facts import RowFacts
from cascade_desktop.core.text_length import count_units
from cascade_desktop.ui import theme
from cascade_desktop.ui.compose.text_field import TextField
from cascade_desktop.ui.wording_plurals import EnglishPlurals

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NAMES = ("Phone", "Ім’я клієнта", "Код")
Make = Callable[..., TextField]


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    plurals = EnglishPlurals(qapp)
    qapp.installTranslator(plurals)
    if not qapp.styleSheet():
        theme.apply(qapp, theme.Scheme.LIGHT)
    yield
    qapp.removeTranslator(plurals)
    QLocale.setDefault(before)


@pytest.fixture
def make(qapp: QApplication) -> Iterator[Make]:
    made: list[QWidget] = []

    def field(text: str = "", kind: Kind = Kind.PROMO) -> TextField:
        part = TextField(kind)
        made.append(part)
        part.resize(580, 300)
        part.show()
        part.set_names(NAMES, NAMES[1:])
        part.set_text(text)
        return part

    yield field
    for part in made:
        part.close()
        delete(part)


def paste(field: TextField, text: str) -> None:
    source = QMimeData()
    source.setText(text)
    field.edit.insertFromMimeData(source)


def show_problems(field: TextField) -> str:
    field.show_problems(draft_problems(Promo("Shop", field.text), NAMES))
    return field.notices.problem_words.html


def test_an_emoji_is_chosen_by_keys_and_undone(qtbot: QtBot, make: Make) -> None:
    field = make()
    field.edit.insertPlainText("Hi!")
    field.insert_row.emoji_button.click()
    popup = field.insert_row.emoji_popup
    assert popup is not None

    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(popup.focusWidget(), key)

    assert field.text == "Hi!💛"
    assert not popup.isVisible()
    field.edit.undo()
    assert field.text == "Hi!"


def test_an_emoji_is_chosen_with_the_mouse(qtbot: QtBot, make: Make) -> None:
    field = make("ab")
    field.insert_row.emoji_button.click()
    popup = field.insert_row.emoji_popup
    assert popup is not None

    qtbot.mouseClick(popup.buttons[2][0], Qt.MouseButton.LeftButton)

    assert field.text == "🎁ab"  # where the cursor was


def test_the_sheet_of_emoji_goes_round_and_closes(qtbot: QtBot, make: Make) -> None:
    field = make()
    field.insert_row.emoji_button.click()
    popup = field.insert_row.emoji_popup
    assert popup is not None

    for key in (Qt.Key.Key_Up, Qt.Key.Key_Left):
        qtbot.keyClick(popup.focusWidget(), key)
    assert popup.focusWidget() is popup.buttons[-1][-1]
    qtbot.keyClick(popup.focusWidget(), Qt.Key.Key_Escape)

    assert not popup.isVisible()
    assert all(button.accessibleName() for line in popup.buttons for button in line)


def test_what_word_left_is_cleaned_on_request(make: Make) -> None:
    field = make()
    spy = QSignalSpy(field.edited)
    offer = field.notices.paste_offer

    paste(field, "“Sale”\u00a0\u00a0{Код}\u200b")
    words = offer.words.html
    offer.buttons[0].click()

    assert "2 unusual blanks, 1 invisible sign, 2 curly quotes" in words
    assert (field.text, spy.count()) == ('"Sale"  {Код}', 2)
    assert not offer.isVisible()
    field.edit.undo()
    assert field.text == "“Sale”\u00a0\u00a0{Код}\u200b"


def test_what_word_left_may_stay(make: Make) -> None:
    field = make()

    paste(field, "a\tb")
    field.notices.paste_offer.buttons[1].click()

    assert field.text == "a\tb"
    assert not field.notices.paste_offer.isVisible()


def test_what_is_typed_is_not_offered_for_cleaning(make: Make) -> None:
    field = make("“Sale”")

    field.edit.insertPlainText("”")

    assert not field.notices.paste_offer.isVisible()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Hi {Код", "A brace is missing near", id="a missing brace"),
        pytest.param("Get %name=1% now", "Remove “%name=1%”", id="control syntax"),
        pytest.param("x" * 100_000, "Shorten the text by 95,904 characters", id="too long"),
        pytest.param("{}", "Write a column", id="an empty name"),
    ],
)
def test_what_stops_a_text_is_said_below_it(make: Make, text: str, words: str) -> None:
    field = make(text)

    assert words.partition(" near")[0] in show_problems(field)
    assert field.notices.problem_words.isVisible()
    assert field.text == text


@pytest.mark.parametrize("text", [pytest.param("", id="empty"), pytest.param(" \n ", id="blanks")])
def test_a_text_that_is_only_unfinished_is_not_scolded(make: Make, text: str) -> None:
    field = make(text)

    assert show_problems(field) == ""
    assert not field.notices.isVisible()


def test_a_renamed_column_is_chosen_again_with_a_click(make: Make) -> None:
    field = make("Hi {Ім’я|друже}, {Ім’я}!")

    said = show_problems(field)
    field.notices.problem_words.link_clicked.emit("0")

    assert said.startswith("Your list has no column “Ім’я”. Use instead: ")
    assert field.text == "Hi {Ім’я клієнта|друже}, {Ім’я клієнта}!"
    assert show_problems(field) == ""


@pytest.mark.parametrize(
    ("text", "name", "expected", "typed"),
    [
        pytest.param(
            "Привіт {Ім’я}!", "Ім’я", "Привіт {Ім’я|друже}!", "Привіт {Ім’я|друже}!you", id="a name"
        ),
        pytest.param("Code: {Код}!", "Код", "Code: {Код|}!", "Code: {Код|you}!", id="no proposal"),
    ],
)
def test_empty_cells_get_other_words(
    qtbot: QtBot, make: Make, text: str, name: str, expected: str, typed: str
) -> None:
    field = make(text)
    field.edit.moveCursor(QTextCursor.MoveOperation.End)
    field.show_facts(RowFacts(missing=((name, 12),), too_long=0, longest_units=0))
    box = field.notices.missing_offers.boxes[0]

    said = box.words.html
    box.buttons[0].click()

    assert said == f"<b>12 people</b> have nothing in “{name}” and get no message."
    assert field.text == expected
    qtbot.keyClicks(field.edit, "you")
    assert field.text == typed


@pytest.mark.parametrize(
    ("text", "change", "expected"),
    [
        pytest.param("“🌟”\u200b today|, “Sale”", "clean", '"🌟" today|, "Sale"', id="cleaned"),
        pytest.param("Щастя {Код} вам|…", "latin", "Shchastia {Код} vam|...", id="in Latin"),
        pytest.param("“Ні” {Ко|д}…", "signs", '"Ні" {Ко|д}...', id="inside a name"),
        pytest.param("Hi {Ім’я}, you|", "rename", "Hi {Ім’я клієнта}, you|", id="another column"),
        pytest.param("{Ім’я|} you", "rename", "{Ім’я клієнта|} you", id="before the brace"),
    ],
)
def test_typing_goes_on_where_it_was(
    qtbot: QtBot, make: Make, text: str, change: str, expected: str
) -> None:
    """The bar stands for the place where somebody types."""
    bare, at = text.replace("|", ""), text.index("|")
    field = make()
    paste(field, bare)
    cursor = field.edit.textCursor()
    cursor.setPosition(count_units(bare[:at]))
    field.edit.setTextCursor(cursor)
    show_problems(field)

    match change:
        case "clean":
            field.notices.paste_offer.buttons[0].click()
        case "rename":
            field.notices.problem_words.link_clicked.emit("0")
        case spelling:
            field.spell(spelling)
    qtbot.keyClicks(field.edit, "|")

    assert field.text == expected
    field.edit.undo()
    field.edit.undo()
    assert field.text == bare


def test_a_question_with_values_tells_its_longest(make: Make) -> None:
    field = make("Good, {Код}?", Kind.SURVEY)
    before = field.counter_words.html
    spy = QSignalSpy(field.rows_wanted)

    field.show_facts(RowFacts(missing=(), too_long=3, longest_units=88))
    after = field.counter_words.html
    field.counter_words.link_clicked.emit("rows")

    assert before == "7 of 85 characters, and what is inserted"
    assert after == (
        "longest with what is inserted: 88 of 85, 3 people over: <a href='rows'>see them</a>"
    )
    assert (field.counter_words.property("tone"), spy.count()) == ("amber", 1)


def test_a_brace_that_is_being_typed_is_not_wrong_yet(qtbot: QtBot, make: Make) -> None:
    field = make()
    field.edit.setFocus()
    field.edit.edited.connect(lambda: show_problems(field))

    qtbot.keyClicks(field.edit, "{")
    seen = [field.notices.isVisible(), field.edit.property("tone")]
    qtbot.keyClick(field.edit, Qt.Key.Key_Escape)

    assert seen == [False, ""]
    assert field.notices.problem_words.html.startswith("A brace is missing")
    assert field.edit.property("tone") == "danger"
