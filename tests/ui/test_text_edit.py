"""The editor of a text: what is offered while typing, what is pasted, what is undone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QLocale, QMimeData, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from cascade_desktop.ui import theme
from cascade_desktop.ui.compose.text_edit import TemplateEdit
from cascade_desktop.ui.wording_plurals import EnglishPlurals

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NAMES = ("Моб. телефон", "Ім’я", "Код знижки", "Price | {EUR}", "Name", "name ")
KEY = Qt.Key


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
def edit(qtbot: QtBot) -> Iterator[TemplateEdit]:
    page = QWidget()
    part = TemplateEdit()
    QVBoxLayout(page).addWidget(part)
    page.resize(580, 420)
    page.show()
    part.set_names(NAMES)
    part.setFocus()
    yield part
    page.close()
    delete(page)


def type_in(edit: TemplateEdit, text: str) -> None:
    """Type letters of any alphabet: the test library's own keys are Latin only."""
    for sign in text:
        key = KEY.Key_Return if sign == "\n" else KEY.Key_unknown
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, sign)
        QApplication.sendEvent(edit, event)


def press(bot: QtBot, edit: TemplateEdit, *keys: Qt.Key) -> None:
    for key in keys:
        bot.keyClick(edit, key)


def pasted(edit: TemplateEdit, text: str = "", html: str = "") -> None:
    source = QMimeData()
    if text:
        source.setText(text)
    if html:
        source.setHtml(html)
    edit.insertFromMimeData(source)


def test_a_brace_opens_the_columns(qtbot: QtBot, edit: TemplateEdit) -> None:
    type_in(edit, "Hi {")

    assert edit.column_list.is_open
    names = ("Моб. телефон", "Ім’я", "Код знижки", "Price EUR", "Name", "name")
    assert edit.column_list.names == names


@pytest.mark.parametrize(
    ("typed", "keys", "expected"),
    [
        pytest.param("{імя", (KEY.Key_Return,), "{Ім’я}", id="forgivingly"),
        pytest.param("{", (KEY.Key_Down, KEY.Key_Tab), "{Ім’я}", id="the next one with Tab"),
        pytest.param("{", (KEY.Key_Up, KEY.Key_Enter), "{name}", id="the last one"),
        pytest.param("{eur", (KEY.Key_Return,), "{Price EUR}", id="written to be found"),
        pytest.param("{Ім", (KEY.Key_Escape,), "{Ім", id="not wanted"),
        pytest.param("{Хто", (), "{Хто", id="nothing fits"),
        pytest.param("{{ім", (), "{{ім", id="a plain brace"),
    ],
)
def test_keys_choose_a_column(
    qtbot: QtBot, edit: TemplateEdit, typed: str, keys: tuple[Qt.Key, ...], expected: str
) -> None:
    type_in(edit, typed)
    press(qtbot, edit, *keys)

    assert edit.text == expected
    assert not edit.column_list.is_open
    assert edit.hasFocus()


def test_the_mouse_chooses_a_column(qtbot: QtBot, edit: TemplateEdit) -> None:
    type_in(edit, "{")
    column_list = edit.column_list

    place = column_list.visualItemRect(column_list.item(2)).center()
    qtbot.mouseClick(column_list.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert edit.text == "{Код знижки}"


def test_what_is_not_wanted_stays_away_until_the_next_brace(
    qtbot: QtBot, edit: TemplateEdit
) -> None:
    type_in(edit, "{")
    press(qtbot, edit, KEY.Key_Escape)
    type_in(edit, "i")
    seen = [edit.column_list.is_open]
    type_in(edit, "} {")
    seen.append(edit.column_list.is_open)

    assert seen == [False, True]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("Hi {^ef}!", "Hi {Ім’я}!", id="the rest is replaced"),
        pytest.param("Hi {^ef|friend}!", "Hi {Ім’я|friend}!", id="a fallback stays"),
        pytest.param("Hi {^, see {Name}", "Hi {Ім’я}, see {Name}", id="another one stays"),
    ],
)
def test_a_name_is_changed_in_its_place(
    qtbot: QtBot, edit: TemplateEdit, line: str, expected: str
) -> None:
    before, after = line.split("^")
    edit.set_text("🌟 " + before + after)
    cursor = edit.textCursor()
    cursor.setPosition(len("🌟 " + before) + 1)
    edit.setTextCursor(cursor)

    type_in(edit, "ім")
    press(qtbot, edit, KEY.Key_Return)

    assert edit.text == "🌟 " + expected


def test_the_list_stays_inside_the_window(qtbot: QtBot, edit: TemplateEdit) -> None:
    edit.window().resize(320, 170)
    type_in(edit, "\n\n\n\nA long line before {")

    inside = edit.window().rect().contains(edit.column_list.geometry().topLeft())
    assert edit.column_list.isVisible()
    assert inside
    assert edit.column_list.geometry().right() <= edit.window().width()


def test_the_list_goes_with_the_keys(qtbot: QtBot, edit: TemplateEdit) -> None:
    type_in(edit, "{")

    edit.clearFocus()

    assert not edit.column_list.is_open


def test_each_insertion_is_undone_by_itself(qtbot: QtBot, edit: TemplateEdit) -> None:
    type_in(edit, "Hi")
    edit.insert("{Name}")
    type_in(edit, " and ")
    edit.insert("🌟", apart=False)
    pasted(edit, "pasted")
    edit.replace("Hello {Name} and 🌟pasted")

    seen = []
    while edit.document().isUndoAvailable():
        qtbot.keyClick(edit, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
        seen.append(edit.text)

    steps = ["Hi {Name} and 🌟", "Hi {Name} and ", "Hi {Name}", "Hi", ""]
    assert seen == ["Hi {Name} and 🌟pasted", *steps]


def test_an_undone_replacement_comes_back(qtbot: QtBot, edit: TemplateEdit) -> None:
    edit.insertPlainText("🌟 one two")
    edit.replace("🌟 one three four", (6, 11))
    chosen = edit.textCursor().selectedText()

    edit.undo()
    edit.redo()

    assert (chosen, edit.text) == ("three", "🌟 one three four")


@pytest.mark.parametrize(
    ("text", "html", "expected"),
    [
        pytest.param("Hi", "<b>Hi</b>", "Hi", id="words beside looks"),
        pytest.param("", "<p>Hi <b>you</b></p><p>two</p>", "Hi you\ntwo", id="only looks"),
        pytest.param("a\r\nb\rc\u2028d", "", "a\nb\nc\nd", id="line ends"),
        pytest.param("5\u00a0000\u202f₴", "", "5\u00a0000\u202f₴", id="hard blanks as they are"),
    ],
)
def test_pasted_words_lose_their_looks(
    edit: TemplateEdit, text: str, html: str, expected: str
) -> None:
    spy = QSignalSpy(edit.pasted)

    pasted(edit, text, html)

    assert (edit.text, spy.count()) == (expected, 1)
    assert not edit.textCursor().charFormat().fontWeight() > 400


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x" * 100_000, id="one line"),
        pytest.param("{" * 100_000, id="nothing but braces"),
        pytest.param("{Name}" * 17_000, id="nothing but placeholders"),
        pytest.param("🌟\n" * 50_000, id="many lines"),
    ],
)
def test_a_hundred_thousand_characters_are_taken(edit: TemplateEdit, text: str) -> None:
    pasted(edit, text)
    edit.repaint()

    assert edit.text == text


def test_the_list_is_not_the_pages_to_move(edit: TemplateEdit, qtbot: QtBot) -> None:
    type_in(edit, "{")
    first = edit.column_list.pos()
    edit.column_list.hide()
    type_in(edit, "n")

    assert edit.column_list.parentWidget() is edit.window()
    assert edit.column_list.pos().y() == first.y() != QPoint().y()
