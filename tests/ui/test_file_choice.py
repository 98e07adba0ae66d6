"""The dialogs that ask for a place offer only what is then written."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from cascade_desktop.ui.file_choice import choose_example, choose_report, choose_workbook


@pytest.mark.parametrize(
    ("choose", "endings"),
    [
        (choose_example, ["(*.xlsx)"]),
        (choose_workbook, ["(*.xlsx)"]),
        (choose_report, ["(*.xlsx)", "(*.csv)"]),
    ],
    ids=["example", "rows", "report"],
)
def test_a_place_is_asked_for_what_is_written(
    qtbot: QtBot, choose: Callable[..., None], endings: list[str]
) -> None:
    window = QWidget()
    qtbot.addWidget(window)

    choose(window, "people.xlsx", lambda _: None)
    dialog = window.findChild(QFileDialog)

    assert isinstance(dialog, QFileDialog)
    assert [name.split()[-1] for name in dialog.nameFilters()] == endings
    dialog.reject()
