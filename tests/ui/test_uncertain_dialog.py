"""The box about uncertain messages: closing is one press, sending again two."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shown_campaigns import AT, head_of, mixed

from cascade_desktop.core.campaign_file import Campaign, write_campaign
from cascade_desktop.core.drafts import FlashCall, Transaction
from cascade_desktop.engine.journal.values import HandedOver, Head
from cascade_desktop.ui.uncertain_dialog import UncertainDialog
from cascade_desktop.ui.wording_plurals import EnglishPlurals

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module", autouse=True)
def english(qapp: QApplication) -> Iterator[None]:
    plurals = EnglishPlurals()
    qapp.installTranslator(plurals)
    yield
    qapp.removeTranslator(plurals)


def uncertain(first: datetime = AT, last: datetime = AT) -> Head:
    return replace(head_of(mixed()), handed_over=HandedOver(first, last))


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(1024, 700)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def dialog(window: QWidget) -> UncertainDialog:
    dialog = UncertainDialog(uncertain(), window)
    dialog.open()
    return dialog


def test_it_names_the_number_and_the_time(dialog: UncertainDialog) -> None:
    assert dialog.windowTitle() == "2 messages are uncertain"
    when = f"26 November, {AT.astimezone():%H:%M}"
    assert f"handed them over ({when}), and no whole receipt came" in dialog._words.html
    assert when in dialog.ask_words.html


def test_what_left_over_a_while_tells_from_when_until_when(window: QWidget) -> None:
    dialog = UncertainDialog(uncertain(AT, AT + timedelta(minutes=7)), window)
    dialog.ask_words.link_clicked.emit("copy")

    first, last = AT.astimezone(), (AT + timedelta(minutes=7)).astimezone()
    assert f"26 November, {first:%H:%M}–{last:%H:%M}" in dialog.ask_words.html
    assert f"{first:%H:%M} – 2026-11-26 {last:%H:%M}" in QGuiApplication.clipboard().text()


def test_not_sending_again_is_the_first_choice(dialog: UncertainDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.decided) as told:
        qtbot.mouseClick(dialog.close_card, LEFT)

    assert told.args == ["closed"]


def test_enter_presses_the_card_the_keyboard_is_on(dialog: UncertainDialog, qtbot: QtBot) -> None:
    dialog.close_card.setFocus()

    with qtbot.waitSignal(dialog.decided) as told:
        qtbot.keyClick(dialog.close_card, Qt.Key.Key_Return)

    assert told.args == ["closed"]


def test_sending_again_is_asked_twice_with_its_number(
    dialog: UncertainDialog, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(dialog.decided):
        qtbot.mouseClick(dialog.resend_card, LEFT)
    sure = dialog.sure_notice._words.html
    with qtbot.waitSignal(dialog.decided) as told:
        qtbot.mouseClick(dialog.resend_button, LEFT)

    assert "Send 2 messages again?" in sure
    assert "they get it twice" in sure
    assert told.args == ["resent"]


def test_going_back_from_sending_again_shows_the_choices(
    dialog: UncertainDialog, qtbot: QtBot
) -> None:
    qtbot.mouseClick(dialog.resend_card, LEFT)

    qtbot.mouseClick(dialog.back_button, LEFT)

    assert dialog.close_card.isVisible()
    assert not dialog.resend_button.isVisible()


@pytest.mark.parametrize("by", [pytest.param("card", id="card"), pytest.param("esc", id="esc")])
def test_later_decides_nothing(dialog: UncertainDialog, qtbot: QtBot, by: str) -> None:
    with qtbot.waitSignal(dialog.decided) as told:
        if by == "card":
            qtbot.mouseClick(dialog.later_card, LEFT)
        else:
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert told.args == [""]


def test_the_code_can_be_copied(dialog: UncertainDialog) -> None:
    dialog.ask_words.link_clicked.emit("copy")

    assert QGuiApplication.clipboard().text().startswith("K7F2M3Q4, 2026-11-26")
    assert "Copied" in dialog.ask_words.html


def test_without_a_time_it_names_none(window: QWidget) -> None:
    dialog = UncertainDialog(head_of(mixed()), window)

    assert "handed them over, and no whole receipt came" in dialog._words.html


CALLS = write_campaign(Campaign("Calls", FlashCall("MyBrand")))
LATER_CALLS = write_campaign(
    Campaign("Calls", FlashCall("MyBrand"), schedule="2026-11-27T10:00+02:00", zone="Europe/Kyiv")
)
NOTICE = write_campaign(Campaign("Notice", Transaction("MyBrand", "Hello", 86_400)))
BY_THEN = "The time for which they make sense has passed: they are not sent again."


@pytest.mark.parametrize(
    ("draft", "passed_s", "too_late"),
    [
        pytest.param(CALLS, 301, True, id="calls, after their time"),
        pytest.param(CALLS, 299, False, id="calls, within it"),
        pytest.param(LATER_CALLS, 301, False, id="calls that were scheduled"),
        pytest.param(NOTICE, 86_401, False, id="a notice"),
    ],
)
def test_what_can_never_leave_again_is_not_offered(
    window: QWidget, draft: str, passed_s: int, too_late: bool
) -> None:
    head = replace(uncertain(), draft=draft)

    dialog = UncertainDialog(head, window, lambda: AT + timedelta(seconds=passed_s))

    assert dialog.resend_card.isHidden() is too_late
    assert (BY_THEN in dialog._words.html) is too_late
    assert not dialog.close_card.isHidden()
