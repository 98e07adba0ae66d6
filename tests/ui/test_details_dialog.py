"""A fault of the program: one sentence, and details that can be copied and name nobody."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cascade_desktop.ui.details_dialog import DetailsDialog, about_fault

PHONE = "+380501112233"


@pytest.fixture
def dialog(qtbot: QtBot) -> DetailsDialog:
    window = QWidget()
    window.resize(1024, 700)
    qtbot.addWidget(window)
    window.show()
    with pytest.raises(ValueError, match="invalid literal") as caught:
        int(PHONE + "x")
    dialog = about_fault(caught.value, window)
    dialog.open()
    window.dialog = dialog  # type: ignore[attr-defined]
    return dialog


def test_details_wait_until_they_are_wanted(dialog: DetailsDialog, qtbot: QtBot) -> None:
    waited = dialog.details_edit.isHidden() and dialog.copy_button.isHidden()

    qtbot.mouseClick(dialog.details_button, Qt.MouseButton.LeftButton)

    assert waited
    assert dialog.details_edit.isVisible()


def test_what_is_copied_says_where_and_nothing_of_whom(dialog: DetailsDialog, qtbot: QtBot) -> None:
    dialog.details_button.click()

    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)

    copied = QGuiApplication.clipboard().text()
    assert "ValueError at test_details_dialog.py" in copied
    assert "Python 3" in copied
    assert PHONE not in copied
