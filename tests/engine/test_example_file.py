"""The workbook to be filled in: what a message needs, read back as a list."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from cascade_desktop.core.composition import compose
from cascade_desktop.core.drafts import Promo
from cascade_desktop.core.numbering import phone_hint
from cascade_desktop.core.reading_problems import ToFillIn
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.engine.tables.example_file import write_example
from cascade_desktop.engine.tables.reading import read_table
from cascade_desktop.ui.example_flow import example_names

NOTE = "← This row is an example."
DRAFT = Promo("Shop", "{Ім’я}, {  сума |0} UAH until {=Дата}. {ім’я}!")


def test_an_example_is_a_list_that_fits_its_message(tmp_path: Path) -> None:
    path = tmp_path / "example.xlsx"
    write_example(path, "Телефон", example_names(DRAFT), phone_hint("UA"), NOTE)
    book = load_workbook(path)
    assert book.active is not None
    book.active.append(("0501112233", "Олена", "100", "05.12"))
    book.save(path)

    found = read_recipients(read_table(path), Choice())

    assert isinstance(found, Recipients)
    composition = compose(DRAFT, found)
    assert composition.problems == ()
    assert [found.phones[row] for row in composition.rows] == ["+380501112233"]
    assert found.problems == {0: ToFillIn()}


@pytest.mark.parametrize("country", ["UA", "IT", "US", "DE", "PL", "GB", "FR", "AR"])
@pytest.mark.parametrize("names", [[], ["Ім’я"], ["Візит", "Лікар", "Номер"]], ids=len)
def test_an_example_that_nobody_filled_in_is_sent_to_nobody(
    tmp_path: Path, country: str, names: list[str]
) -> None:
    path = tmp_path / "example.xlsx"
    write_example(path, "Phone", names, phone_hint(country), NOTE)

    found = read_recipients(read_table(path), Choice(country))

    assert isinstance(found, Recipients)
    assert (found.counts.ready, found.problems) == (0, {0: ToFillIn()})


def test_a_phone_written_over_the_example_brings_no_made_up_words(tmp_path: Path) -> None:
    path = tmp_path / "example.xlsx"
    write_example(path, "Телефон", example_names(DRAFT), phone_hint("UA"), NOTE)

    found = read_recipients(read_table(path), Choice(edits={2: "0501112233"}))

    assert isinstance(found, Recipients)
    assert (found.counts.ready, compose(DRAFT, found).rows) == (1, ())


def test_every_cell_to_be_filled_in_is_text(tmp_path: Path) -> None:
    path = tmp_path / "example.xlsx"
    write_example(path, "Phone", ["=SUM(A1)"], phone_hint("UA"), NOTE)

    sheet = load_workbook(path).active

    assert sheet is not None
    assert sheet["B1"].data_type == "s"
    assert {sheet.cell(row, 1).number_format for row in (1, 2, 5, 100)} == {"@"}
