"""How a list is read: another column at once, another sheet or row by reading again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cascade_desktop.core.recipients import Choice
from cascade_desktop.core.table import Source, Table
from cascade_desktop.ui.country_box import sorted_countries
from cascade_desktop.ui.encoding_question import cells_at, telling_places
from cascade_desktop.ui.first_rows import FirstRows
from cascade_desktop.ui.reading_choice import ReadingChoice
from cascade_desktop.ui.reading_dialog import ReadingDialog

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
    dialog = ReadingDialog(table, column, Choice(country="UA"), "", parent)
    dialog.open()
    return dialog


def texts_of(rows: FirstRows) -> list[str]:
    return [str(rows.model().index(0, at).data()) for at in range(rows.columnCount())]


def test_columns_are_named_with_what_stands_in_them(parent: QWidget) -> None:
    dialog = opened(parent)

    texts = [dialog.column_box.itemText(at) for at in range(3)]

    assert texts == ["A · Ім’я: Олена, Іван", "B · Моб. телефон: 0501112233", "C: x, y"]
    assert dialog.column_box.currentIndex() == 1


def test_a_column_shows_its_cells_whole_or_not_at_all(parent: QWidget) -> None:
    box = opened(parent).column_box
    metrics = box.fontMetrics()
    text = "B · Phone: +380501112233, +380501112244"
    box.setFixedWidth(box.width() - box.room() + metrics.horizontalAdvance(text) - 5)

    assert box.fitting(text) == "B · Phone: +380501112233"
    assert box.fitting("B · Phone") == "B · Phone"
    assert box.fitting("x" * 90).endswith("x…")


def test_another_column_needs_no_reading_again(parent: QWidget, qtbot: QtBot) -> None:
    dialog = opened(parent)
    dialog.column_box.setCurrentIndex(2)

    with qtbot.waitSignal(dialog.chosen) as told:
        qtbot.mouseClick(dialog.read_button, Qt.MouseButton.LeftButton)

    assert told.args == [ReadingChoice(None, None, 2, "UA")]


@pytest.mark.parametrize(
    ("sheet", "row", "expected"),
    [
        pytest.param("Архів", 3, ReadingChoice("Архів", None, 1, "UA"), id="another sheet"),
        pytest.param("Лист1", 1, ReadingChoice(None, 1, 1, "UA"), id="another row"),
        pytest.param("Лист1", 0, ReadingChoice(None, 0, 1, "UA"), id="no names"),
    ],
)
def test_another_sheet_or_row_is_looked_at_before_it_is_read(
    parent: QWidget, qtbot: QtBot, sheet: str, row: int, expected: ReadingChoice
) -> None:
    dialog = opened(parent)

    with qtbot.waitSignal(dialog.look_wanted) as told:
        dialog.sheet_box.setCurrentText(sheet)
        dialog.header_box.setValue(row)

    assert told.args == [expected]
    assert not dialog.read_button.isEnabled()


def test_a_look_shows_its_columns_and_finds_the_phones(parent: QWidget) -> None:
    dialog = opened(parent)
    dialog.sheet_box.setCurrentText("Архів")

    other = Table(SOURCE, ("Номер", "Хто"), (("0672223344", "0933334455"), ("А", "Б")), (2, 3))
    dialog.show_look(dialog.choice, other)

    assert dialog.choice == ReadingChoice("Архів", None, 0, "UA")
    assert texts_of(dialog.first_rows) == ["2", "0672223344", "А"]
    assert dialog.read_button.isEnabled()


def test_a_look_that_is_out_of_date_is_not_shown(parent: QWidget) -> None:
    dialog = opened(parent)
    late = dialog.choice
    dialog.header_box.setValue(1)

    dialog.show_look(late, Table(SOURCE, ("x",), (("y",),), (2,)))

    assert dialog.column_box.count() == 3


def test_a_way_that_gives_no_list_is_told(parent: QWidget) -> None:
    dialog = opened(parent)
    dialog.header_box.setValue(900)

    dialog.show_problem(dialog.choice, "There is nobody in this list.")

    assert not dialog.read_button.isEnabled()
    assert not dialog.first_rows.isVisible()


def test_the_column_must_be_chosen_where_none_holds_phones(parent: QWidget) -> None:
    table = Table(SOURCE, ("a", "b"), (("x",), ("y",)), (4,))
    dialog = ReadingDialog(table, None, Choice(), "", parent)
    dialog.open()

    assert dialog.choice.phone_column is None
    assert not dialog.read_button.isEnabled()


def test_consent_is_offered_and_never_assumed(parent: QWidget) -> None:
    table = Table(
        SOURCE, ("Телефон", "Згода", "Opt-out"), (("0501112233",), ("так",), ("так",)), (4,)
    )
    dialog = ReadingDialog(table, 0, Choice(), "", parent)
    dialog.open()
    before = dialog.choice.consent_column

    dialog.consent_box.setCurrentIndex(dialog.consent_box.findData(1))

    assert before is None
    assert dialog.choice.consent_column == 1
    assert dialog.consent_box.findData(2) < 0


def test_who_agreed_is_counted_in_the_whole_list_only(parent: QWidget) -> None:
    columns = (("0501112233", "0501112244"), ("так", "ні"))
    table = Table(SOURCE, ("Телефон", "Згода"), columns, (4, 5))
    dialog = ReadingDialog(table, 0, Choice(consent_column=1), "", parent)
    dialog.open()
    of_the_whole = dialog._consent_words.html

    dialog.header_box.setValue(4)
    first_rows = Table(SOURCE, ("Телефон", "Згода"), (("0501112244",), ("ні",)), (5,))
    dialog.show_look(dialog.choice, first_rows)

    assert of_the_whole.startswith("Yes: 1. No: 1. Nothing, or neither: 0. Only those who")
    assert dialog._consent_words.html.startswith("Only those who say yes")


def test_names_are_shown_in_every_way_that_is_plausible(parent: QWidget) -> None:
    source = Source("l.csv", "csv", header_row=1, encoding="cp1251", encodings=("koi8-u",))
    dialog = opened(parent, source)
    question = dialog.encoding_question

    question.show_samples(
        "koi8-u", Table(source, NAMES, (("нКЕМЮ", "х"), ("", "0501112233")), (4, 5))
    )
    question.buttons["koi8-u"].click()

    assert not question.wrong_button.isVisible()
    assert dialog.choice.encoding == "koi8-u"


def test_of_a_very_wide_list_only_the_first_rows_are_looked_at() -> None:
    source = Source("l.csv", "csv", encoding="cp1251")
    cells = ("",) * 100 + ("Олена",)

    narrow = Table(source, ("A",), (cells,), tuple(range(101)))
    wide = Table(source, ("A",) * 5000, (cells,) * 5000, tuple(range(101)))

    assert (telling_places(narrow), telling_places(wide)) == (((100, 0),), ())


def test_unicode_is_not_asked_about(parent: QWidget) -> None:
    dialog = opened(parent, Source("l.csv", "csv", header_row=1, encoding="utf-8"))

    assert not dialog.encoding_question.isVisible()


def test_another_country_is_told(parent: QWidget) -> None:
    dialog = opened(parent)

    dialog.country_box.setCurrentIndex(dialog.country_box.findData("IT"))

    assert dialog.choice.country == "IT"


def test_typed_numbers_have_neither_sheet_nor_row(parent: QWidget) -> None:
    dialog = opened(parent, Source("Typed numbers", "typed"), 1)

    assert not dialog.header_box.isVisible()
    assert dialog.choice == ReadingChoice(None, None, 1, "UA")


def test_countries_are_those_with_phones(qapp: object) -> None:
    codes = [code for code, _ in sorted_countries()]

    assert {"UA", "IT", "PL"} <= set(codes)
    assert len(codes) == len(set(codes))


def test_a_long_cell_shows_that_it_goes_on() -> None:
    source = Source("l.csv", "csv", encoding="cp1251")
    table = Table(source, ("A",), (("Коваленко Тарас", "Коваленко Тарас Миколайович"),), (1, 2))

    assert cells_at(table, ((0, 0), (1, 0))) == ("Коваленко Тарас", "Коваленко Тарас М…")
