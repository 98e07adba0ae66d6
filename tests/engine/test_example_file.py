"""The workbook to be filled in: what a message needs, read back as a list."""

from pathlib import Path

from openpyxl import load_workbook

from cascade_desktop.core.composition import compose
from cascade_desktop.core.drafts import Promo
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.engine.tables.example_file import EXAMPLE_PHONES, write_example
from cascade_desktop.engine.tables.reading import read_table
from cascade_desktop.ui.example_flow import example_names

DRAFT = Promo("Shop", "{Ім’я}, {  сума |0} UAH until {=Дата}. {ім’я}!")


def test_an_example_is_a_list_that_fits_its_message(tmp_path: Path) -> None:
    path = tmp_path / "example.xlsx"
    write_example(path, "Телефон", example_names(DRAFT), "{name} {number}")

    found = read_recipients(read_table(path), Choice())

    assert isinstance(found, Recipients)
    composition = compose(DRAFT, found)
    assert composition.problems == ()
    assert tuple(found.phones[row] for row in composition.rows) == EXAMPLE_PHONES


def test_every_cell_to_be_filled_in_is_text(tmp_path: Path) -> None:
    path = tmp_path / "example.xlsx"
    write_example(path, "Phone", ["=SUM(A1)"], "{name} {number}")

    sheet = load_workbook(path).active

    assert sheet is not None
    assert sheet["B1"].data_type == "s"
    assert {sheet.cell(row, 1).number_format for row in (1, 2, 5, 100)} == {"@"}
