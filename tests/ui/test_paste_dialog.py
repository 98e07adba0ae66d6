"""Numbers pasted or typed as the list."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cascade_desktop.ui.paste_dialog import PasteDialog
from cascade_desktop.ui.widgets.banner import Notice
from cascade_desktop.ui.widgets.sentence import Sentence

CELLS = "Ім’я\tТелефон\nОлена\t050 111 22 33\n"


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    parent.resize(1024, 700)
    qtbot.addWidget(parent)
    parent.show()
    return parent


def test_what_was_copied_is_there_and_is_handed_on_as_it_is(parent: QWidget, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText(CELLS)
    dialog = PasteDialog(parent, from_clipboard=True)
    dialog.open()

    with qtbot.waitSignal(dialog.taken) as told:
        qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)

    assert told.args == [CELLS]
    assert not dialog.isVisible()


def test_nothing_can_be_used_before_something_is_typed(parent: QWidget, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText(CELLS)
    dialog = PasteDialog(parent, from_clipboard=False)
    dialog.open()

    assert (dialog.text_edit.toPlainText(), dialog.use_button.isEnabled()) == ("", False)
    qtbot.keyClicks(dialog.text_edit, "  ")
    assert not dialog.use_button.isEnabled()
    qtbot.keyClicks(dialog.text_edit, "0501112233")
    assert dialog.use_button.isEnabled()


@pytest.mark.parametrize("text", ["0501112233\n" * 1_000_000, "0501112233," * 100_000])
def test_too_much_to_paste_is_told_and_stays_outside(
    parent: QWidget, text: str, qtbot: QtBot
) -> None:
    QGuiApplication.clipboard().setText(text)
    dialog = PasteDialog(parent, from_clipboard=True)
    dialog.open()

    assert dialog.text_edit.toPlainText() == ""
    assert not dialog.use_button.isEnabled()
    assert "too much to paste" in dialog.findChildren(Notice)[0].findChildren(Sentence)[0].text()
    dialog.text_edit.insertPlainText("0501112233")
    assert dialog.use_button.isEnabled()


def test_a_long_line_is_taken(parent: QWidget) -> None:
    QGuiApplication.clipboard().setText("0501112233," * 9_000)

    dialog = PasteDialog(parent, from_clipboard=True)

    assert len(dialog.text_edit.toPlainText()) == 99_000
