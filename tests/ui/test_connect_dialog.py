"""Connecting an account: keys are checked for what no key has, and nothing is sent."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from cascade_desktop.core.states import Reason
from cascade_desktop.core.target import DEFAULT_URL, Keys
from cascade_desktop.engine.client import KeyCheck
from cascade_desktop.ui.connect_dialog import ConnectDialog, Connection


@pytest.fixture
def dialog(qtbot: QtBot) -> ConnectDialog:
    window = QWidget()
    window.resize(1024, 700)
    qtbot.addWidget(window)
    window.show()
    dialog = ConnectDialog(Connection(Keys()), window)
    dialog.open()
    window.dialog = dialog  # type: ignore[attr-defined]
    return dialog


def said(dialog: ConnectDialog) -> str:
    return dialog.notice._words.html if dialog.notice.isVisible() else ""


def test_without_a_key_nothing_can_be_checked_or_saved(dialog: ConnectDialog) -> None:
    assert not dialog.check_button.isEnabled()
    assert not dialog.save_button.isEnabled()


def test_who_practises_may_save_a_sender_without_a_key(dialog: ConnectDialog, qtbot: QtBot) -> None:
    practising = ConnectDialog(Connection(Keys()), dialog, needs_key=False)
    practising.open()
    practising.sender_edit.setText("MyBrand")

    with qtbot.waitSignal(practising.saved) as told:
        qtbot.mouseClick(practising.save_button, Qt.MouseButton.LeftButton)

    assert told.args == [Connection(Keys(), DEFAULT_URL, "MyBrand", "UA")]


def test_any_one_of_the_keys_is_enough(dialog: ConnectDialog) -> None:
    dialog.telegram_edit.setText("token")

    assert dialog.save_button.isEnabled()


def test_a_key_that_is_saved_comes_without_blanks(dialog: ConnectDialog, qtbot: QtBot) -> None:
    dialog.key_edit.setText("  abc123  ")
    dialog.sender_edit.setText(" MyBrand ")

    with qtbot.waitSignal(dialog.saved) as told:
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)

    assert told.args == [Connection(Keys("abc123"), DEFAULT_URL, "MyBrand", "UA")]


@pytest.mark.parametrize(
    ("key", "url", "words"),
    [
        pytest.param("abc і", DEFAULT_URL, "Character 4", id="a letter no key has"),
        pytest.param("abc", "http://example.com", "https://", id="not private"),
        pytest.param("abc", "not an address", "not a web address", id="no address"),
    ],
)
def test_what_cannot_be_used_is_told_and_not_saved(
    dialog: ConnectDialog, qtbot: QtBot, key: str, url: str, words: str
) -> None:
    dialog.key_edit.setText(key)
    dialog.url_edit.setText(url)

    with qtbot.assertNotEmitted(dialog.saved):
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)

    assert words in said(dialog)


def test_a_wrong_address_is_shown_even_when_it_was_folded_away(
    dialog: ConnectDialog, qtbot: QtBot
) -> None:
    dialog.key_edit.setText("abc")
    dialog.url_edit.setText("nowhere")

    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)

    assert dialog.url_edit.isVisible()


@pytest.mark.parametrize(
    ("found", "words"),
    [
        pytest.param(KeyCheck(is_wrong=True, is_right=False), "does not know this key", id="401"),
        pytest.param(KeyCheck(is_wrong=False, is_right=True), "probably right", id="404"),
        pytest.param(KeyCheck(is_wrong=False, is_right=False), "not as SMSBAT does", id="else"),
        pytest.param(KeyCheck(False, False, Reason.NO_ANSWER), "Nothing was sent", id="silence"),
        pytest.param(KeyCheck(False, False, Reason.PROXY_LOGIN), "for a login", id="407"),
    ],
)
def test_a_check_says_what_it_told(
    dialog: ConnectDialog, qtbot: QtBot, found: KeyCheck, words: str
) -> None:
    dialog.key_edit.setText("abc")
    with qtbot.waitSignal(dialog.check_wanted):
        qtbot.mouseClick(dialog.check_button, Qt.MouseButton.LeftButton)
    waited = not dialog.check_button.isEnabled()

    dialog.set_result(found)

    assert waited
    assert words in said(dialog)
    assert dialog.check_button.isEnabled()


def test_another_key_takes_the_result_back(dialog: ConnectDialog) -> None:
    dialog.key_edit.setText("abc")
    dialog.set_result(KeyCheck(is_wrong=True, is_right=False))

    dialog.key_edit.setText("abcd")

    assert said(dialog) == ""


def test_keys_are_hidden_until_asked_for(dialog: ConnectDialog) -> None:
    hidden = dialog.key_edit.echoMode()

    dialog.key_edit.actions()[-1].trigger()

    assert hidden is QLineEdit.EchoMode.Password
    assert dialog.key_edit.echoMode() is QLineEdit.EchoMode.Normal


def test_everything_has_a_name_for_screen_readers(dialog: ConnectDialog) -> None:
    fields = (dialog.key_edit, dialog.viber_edit, dialog.url_edit, dialog.country_box)

    assert all(field.accessibleName() for field in fields)
