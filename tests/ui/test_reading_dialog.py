"""How a list is read: another column at once, another sheet or row by reading again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cascade_desktop.core.table import Source, Table
from cascade_desktop.ui.country_box import sorted_countries
from cascade_desktop.ui.reading_dialog import ReadingChoice, ReadingDialog

SOURCE = Source("people.xlsx", "xlsx", "Лист1", ("Лист1", "Архів"), 3)
NAMES = ("Ім’я", "Моб. телефон", "")
COLUMNS = (("Олена", "Іван"), ("", "0501112233"), ("x", "y"))


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(1024, 700)
    qtbot.addWidget(window)
    window.show()
    return window


def opened(parent: QWidget, source: Source = SOURCE, column: int | None = 1) -> ReadingDialog:
    table = Table(source, NAMES, COLUMNS, (4, 5))
    dialog = ReadingDialog(table, column, "UA", "", parent)
    dialog.open()
    return dialog


def test_columns_are_named_with_what_stands_in_them(parent: QWidget) -> None:
    dialog = opened(parent)

    texts = [dialog.column_box.itemText(at) for at in range(3)]

    assert texts == ["A · Ім’я: Олена, Іван", "B · Моб. телефон: 0501112233", "C: x, y"]
    assert dialog.column_box.currentIndex() == 1


def test_another_column_needs_no_reading_again(parent: QWidget, qtbot: QtBot) -> None:
    dialog = opened(parent)
    dialog.column_box.setCurrentIndex(2)

    with qtbot.waitSignal(dialog.chosen) as told:
        qtbot.mouseClick(dialog.read_button, Qt.MouseButton.LeftButton)

    assert told.args == [ReadingChoice(None, None, 2, "UA")]


@pytest.mark.parametrize(
    ("sheet", "row", "expected"),
    [
        pytest.param("Архів", 3, ReadingChoice("Архів", None, None, "UA"), id="another sheet"),
        pytest.param("Лист1", 1, ReadingChoice("Лист1", 1, None, "UA"), id="another row"),
        pytest.param("Лист1", 0, ReadingChoice("Лист1", 0, None, "UA"), id="no names"),
    ],
)
def test_another_sheet_or_row_is_read_again(
    parent: QWidget, sheet: str, row: int, expected: ReadingChoice
) -> None:
    dialog = opened(parent)

    dialog.sheet_box.setCurrentText(sheet)
    dialog.header_box.setValue(row)

    assert dialog.choice == expected
    assert not dialog.column_box.isEnabled()


def test_another_country_is_told(parent: QWidget) -> None:
    dialog = opened(parent)

    dialog.country_box.setCurrentIndex(dialog.country_box.findData("IT"))

    assert dialog.choice.country == "IT"


def test_typed_numbers_have_neither_sheet_nor_row(parent: QWidget) -> None:
    dialog = opened(parent, Source("Typed numbers", "typed"), None)

    assert not dialog.header_box.isVisible()
    assert dialog.choice == ReadingChoice(None, None, 0, "UA")


def test_countries_are_those_with_phones(qapp: object) -> None:
    codes = [code for code, _ in sorted_countries()]

    assert {"UA", "IT", "PL"} <= set(codes)
    assert len(codes) == len(set(codes))
