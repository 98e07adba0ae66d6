"""How lists were read the last time, remembered by their shape."""

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from workbooks import write_ods

from cascade_desktop.core.reading_problems import PhonesGone
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.table import Source, Table
from cascade_desktop.core.understanding import (
    Columns,
    Understanding,
    find_columns,
    shape_in_kind,
    shape_of,
)
from cascade_desktop.engine.list_memory import FILE_NAME, MOST, ListMemory
from cascade_desktop.engine.list_opening import Opened, open_list, understood
from cascade_desktop.engine.tables.child import WarmReader
from cascade_desktop.engine.tables.grid import ReadChoice
from cascade_desktop.engine.tables.reading import read_table

KNOWN = Understanding("Моб.", "UA", header_row=2)
NAMES = ("Хто", "Телефон", "Моб.")


def table(names: tuple[str, ...] = NAMES, phone: str = "0501112233") -> Table:
    columns = tuple((phone if name == "Моб." else "x",) for name in names)
    return Table(Source("x.csv", "csv"), names, columns, (2,))


def test_what_was_chosen_is_found_again_after_a_restart(tmp_path: Path) -> None:
    ListMemory(tmp_path / "new").remember("shape", KNOWN)

    assert ListMemory(tmp_path / "new").recall("shape") == KNOWN


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("{", id="cut off"),
        pytest.param("[]", id="a list"),
        pytest.param('{"shape": 3}', id="no entry"),
        pytest.param('{"shape": {"phone_column": 3, "country": "UA"}}', id="no text"),
        pytest.param('{"shape": {"phone_column": "a"}}', id="field missing"),
        pytest.param("[" * 100_000, id="too deep"),
        pytest.param(" " * (2 << 20), id="too large"),
    ],
)
def test_a_damaged_memory_is_forgotten_without_fuss(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
    memory = ListMemory(tmp_path)

    assert memory.recall("shape") is None
    memory.remember("shape", KNOWN)
    assert memory.recall("shape") == KNOWN


def test_only_the_newest_shapes_are_kept(tmp_path: Path) -> None:
    memory = ListMemory(tmp_path)
    old = {str(n): {"phone_column": "a", "country": "UA"} for n in range(MOST)}
    entry = {"sheet": "", "header_row": None, "encoding": "", "separator": "", "consent_column": ""}
    (tmp_path / FILE_NAME).write_text(json.dumps({n: e | entry for n, e in old.items()}))

    memory.remember("0", KNOWN)
    memory.remember("new", KNOWN)

    assert memory.recall("1") is None
    assert memory.recall("0") == memory.recall("new") == KNOWN


def test_nothing_of_the_list_but_its_chosen_columns_is_kept(tmp_path: Path) -> None:
    memory = ListMemory(tmp_path)
    memory.remember(shape_of(table()), KNOWN)

    kept = (tmp_path / FILE_NAME).read_text(encoding="utf-8")

    assert "Моб." in kept
    assert "Хто" not in kept
    assert "0501112233" not in kept


def test_a_shape_is_its_names_however_they_are_written_or_ordered() -> None:
    assert shape_of(table()) == shape_of(table(("МОБ", "хто ", "телефон")))
    assert shape_of(table()) != shape_of(table((*NAMES, "Ще")))
    assert shape_of(table(("", ""))) == shape_in_kind(table(("", ""))) == ""
    assert shape_of(table()) != shape_in_kind(table())


@pytest.mark.parametrize(
    ("names", "phone", "found"),
    [
        pytest.param(NAMES, "0501112233", Columns(2, None), id="as it was"),
        pytest.param(("Моб.", "Хто"), "0501112233", Columns(0, None), id="moved"),
        pytest.param(("Хто",), "0501112233", None, id="column gone"),
        pytest.param(NAMES, "немає", None, id="no phones in it"),
        pytest.param(("Моб.", "моб"), "0501112233", None, id="two of them"),
    ],
)
def test_a_memory_that_does_not_fit_is_not_used(
    names: tuple[str, ...], phone: str, found: Columns | None
) -> None:
    assert find_columns(KNOWN, table(names, phone), "UA") == found


def test_a_consent_column_that_is_gone_ends_the_memory() -> None:
    known = Understanding("Моб.", "UA", consent_column="Згода")

    assert find_columns(known, table(), "UA") is None
    assert find_columns(known, table((*NAMES, "Згода")), "UA") == Columns(2, 3)


def opened(folder: Path, text: str, known: Understanding | None) -> Opened:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    memory, reader = ListMemory(folder), WarmReader()
    try:
        first = open_list(reader, memory, path, "UA", cancelled=threading.Event())
        if known is not None:
            memory.remember(first.shape, known)
        return open_list(reader, memory, path, "IT", cancelled=threading.Event())
    finally:
        reader.close()


TWO = "Телефон,Моб.\nстарий,новий\n0501112233,0672223344\n"


def test_a_file_is_read_as_one_of_its_shape_was(tmp_path: Path) -> None:
    found = opened(tmp_path, TWO, Understanding("новий", "UA", header_row=2))

    assert found.columns == Columns(1, None)
    assert (found.table.source.header_row, found.country) == (2, "UA")


def test_a_memory_that_makes_it_worse_leaves_the_file_as_it_is(tmp_path: Path) -> None:
    found = opened(tmp_path, TWO, Understanding("новий", "UA", sheet="Лист", header_row=77))

    assert found.columns is None
    assert (found.table.source.header_row, found.country) == (1, "IT")


HEADER = ("№", "ПІБ учня", "Клас", "Тел. мами", "Тел. тата", "Згода")
PUPILS = (
    ("1", "Коваль Олена", "5-А", "0501112233", "0671112233", "так"),
    ("2", "Їжак Андрій", "5-Б", "0501112244", "0671112244", "ні"),
    ("3", "Ґудзь Ганна", "6-А", "0501112255", "0671112255", "так"),
)
TITLES = (("Школа 7", "", "", "", "", ""), ("Список учнів", "", "", "", "", ""), ("",) * 6)
MOTHERS = Columns(3, 5)
Rows = tuple[tuple[str, ...], ...]


def as_xlsx(path: Path, rows: Rows, sheet: str = "Учні") -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(row)
    book.save(path)
    return path


def as_csv(path: Path, rows: Rows, encoding: str = "cp1251", separator: str = ";") -> Path:
    text = "".join(f"{separator.join(row)}\r\n" for row in rows)
    path.write_bytes(text.encode(encoding))
    return path


def as_ods(path: Path, rows: Rows) -> Path:
    def cell(text: str) -> str:
        said = f"<text:p>{text}</text:p>"
        return f'<table:table-cell office:value-type="string">{said}</table:table-cell>'

    lines = (f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    return write_ods(path, f'<table:table table:name="Лист1">{"".join(lines)}</table:table>')


class School:
    """A place where lists are opened, and told how to be read."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.memory = folder, ListMemory(folder)

    def opens(self, path: Path, country: str = "UA") -> Opened:
        reader = WarmReader()
        try:
            return open_list(reader, self.memory, path, country, cancelled=threading.Event())
        finally:
            reader.close()

    def chooses(self, path: Path, column: int, how: ReadChoice, consent: int | None = None) -> None:
        read = read_table(path, how)
        choice = Choice(how.country, column, consent_column=consent)
        found = read_recipients(read, choice)
        assert isinstance(found, Recipients)
        known = understood(found, how, how.country)
        assert known is not None
        self.memory.remember(self.opens(path).shape, known)


@pytest.fixture
def school(tmp_path: Path) -> School:
    """Where the mothers' phones were chosen in a workbook with title lines."""
    school = School(tmp_path)
    path = as_xlsx(tmp_path / "Учні школи 2026.xlsx", (*TITLES, HEADER, *PUPILS))
    school.chooses(path, 3, ReadChoice(header_row=4), consent=5)
    return school


OTHER_FILES = {
    "csv": lambda to: as_csv(to / "учні.csv", (HEADER, *PUPILS)),
    "csv with the titles": lambda to: as_csv(to / "учні.csv", (*TITLES, HEADER, *PUPILS)),
    "csv in Unicode": lambda to: as_csv(to / "учні.csv", (HEADER, *PUPILS), "utf-8-sig", ","),
    "tab text": lambda to: as_csv(to / "учні.txt", (HEADER, *PUPILS), "utf-16", "\t"),
    "ods": lambda to: as_ods(to / "учні.ods", (*TITLES, HEADER, *PUPILS)),
    "ods without titles": lambda to: as_ods(to / "учні.ods", (HEADER, *PUPILS)),
    "xlsx of another sheet": lambda to: as_xlsx(to / "a.xlsx", (HEADER, *PUPILS), "Листопад"),
}


@pytest.mark.parametrize("write", OTHER_FILES.values(), ids=list(OTHER_FILES))
def test_columns_and_country_go_with_the_names_whatever_the_file(
    school: School, write: Callable[[Path], Path]
) -> None:
    found = school.opens(write(school.folder), "IT")

    assert (found.columns, found.country, found.doubt) == (MOTHERS, "UA", None)
    assert found.table.columns[3] == [pupil[3] for pupil in PUPILS]


def test_a_binary_workbook_is_read_as_a_text_with_its_names_was(tmp_path: Path) -> None:
    xls = Path(__file__).parents[1] / "spreadsheets" / "own" / "people.xls"
    read, school = read_table(xls), School(tmp_path)
    rows = (read.names, *(read.row(at) for at in range(len(read))))
    at = read_recipients(read, Choice())
    assert isinstance(at, Recipients)
    school.chooses(as_csv(tmp_path / "p.csv", rows, "utf-8"), at.phone_column, ReadChoice())

    found = school.opens(xls, "IT")

    assert found.table.source.kind == "xls"
    assert (found.columns, found.country) == (Columns(at.phone_column, None), "UA")


def test_the_latest_choice_for_the_names_holds_in_every_kind_of_file(school: School) -> None:
    csv = as_csv(school.folder / "учні.csv", (HEADER, *PUPILS))
    school.chooses(csv, 4, ReadChoice())

    found = school.opens(school.folder / "Учні школи 2026.xlsx")

    assert found.columns == Columns(4, None)


@pytest.mark.parametrize("mothers", ["", "немає"], ids=["empty", "no phones"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_chosen_column_without_phones_is_asked_about_not_replaced(
    school: School, ending: str, mothers: str
) -> None:
    without = tuple((*pupil[:3], mothers, *pupil[4:]) for pupil in PUPILS)
    write = as_csv if ending == "csv" else as_xlsx

    found = school.opens(write(school.folder / f"нові.{ending}", (HEADER, *without)))

    assert (found.columns, found.doubt) == (None, PhonesGone("Тел. мами"))


def test_a_memory_of_before_the_names_alone_counted_is_still_used(tmp_path: Path) -> None:
    school = School(tmp_path)
    path = as_csv(tmp_path / "учні.csv", (HEADER, *PUPILS))
    entry = {"phone_column": "Тел. мами", "country": "UA", "sheet": "", "header_row": None}
    entry |= {"encoding": "", "separator": "", "consent_column": "Згода"}
    old = {shape_in_kind(read_table(path)): entry}
    (tmp_path / FILE_NAME).write_text(json.dumps(old), encoding="utf-8")

    assert school.opens(path, "IT").columns == MOTHERS


def test_an_encoding_once_chosen_does_not_spoil_a_file_proven_to_be_another(
    tmp_path: Path,
) -> None:
    school = School(tmp_path)
    rows = (("Name", "Phone", "Mobile"), ("Олена", "0671112233", "0501112233"))
    school.chooses(as_csv(tmp_path / "a.csv", rows, "cp866"), 2, ReadChoice(encoding="cp866"))

    found = school.opens(as_csv(tmp_path / "b.csv", rows, "utf-8"))

    assert (found.columns, found.table.columns[0][0]) == (Columns(2, None), "Олена")


def test_a_sheet_is_taken_again_where_there_is_one_of_its_name(tmp_path: Path) -> None:
    school, path = School(tmp_path), tmp_path / "a.xlsx"
    book = Workbook()
    for name, pupils in (("Жовтень", PUPILS), ("Листопад", PUPILS[:1])):
        page = book.create_sheet(name)
        for row in (HEADER, *pupils):
            page.append(row)
    del book["Sheet"]
    book.save(path)
    school.chooses(path, 3, ReadChoice(sheet="Листопад"))

    again, other = school.opens(path), school.opens(as_csv(tmp_path / "b.csv", (HEADER, *PUPILS)))

    assert (again.table.source.sheet, len(again.table)) == ("Листопад", 1)
    assert (other.columns, len(other.table)) == (Columns(3, None), 3)
