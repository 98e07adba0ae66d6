"""The dialogs that ask for a place offer only what is then written."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from cascade_desktop.ui.file_choice import (
    choose_example,
    choose_list,
    choose_report,
    choose_workbook,
)
from cascade_desktop.ui.folders import Folders
from cascade_desktop.ui.main_window import MainWindow


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
    window = MainWindow()
    qtbot.addWidget(window)

    choose(window, "people.xlsx", lambda _: None)
    dialog = window.findChild(QFileDialog)

    assert isinstance(dialog, QFileDialog)
    assert [name.split()[-1] for name in dialog.nameFilters()] == endings
    dialog.reject()


def test_a_window_begins_where_the_last_file_was_else_where_the_list_is(
    qtbot: QtBot, tmp_path: Path
) -> None:
    lists, saved = tmp_path / "lists", tmp_path / "saved"
    for folder in (lists, saved):
        folder.mkdir()
    window = MainWindow()
    qtbot.addWidget(window)
    window.folders.of_list = lists
    begun: list[str] = []

    choose_example(window, "people.xlsx", lambda _: None)
    first = window.findChild(QFileDialog)
    assert isinstance(first, QFileDialog)
    begun.append(first.directory().absolutePath())
    first.fileSelected.emit(str(saved / "people.xlsx"))
    first.setParent(None)
    choose_list(window, lambda _: None)
    second = window.findChild(QFileDialog)
    assert isinstance(second, QFileDialog)
    begun.append(second.directory().absolutePath())

    assert begun == [str(lists), str(saved)]
    for dialog in (first, second):
        dialog.reject()


def test_without_a_folder_of_its_own_a_window_begins_among_the_documents() -> None:
    folders = Folders()
    folders.of_list = Path("gone")

    documents = QStandardPaths.StandardLocation.DocumentsLocation
    assert folders.start() == Path(QStandardPaths.writableLocation(documents))
