"""Read delimited text: encodings and separators by rules, nothing guessed about types."""

from pathlib import Path

import pytest

from cascade_desktop.core.reading_problems import FileFault
from cascade_desktop.engine.tables.delimited import find_separator
from cascade_desktop.engine.tables.encodings import decode
from cascade_desktop.engine.tables.grid import ReadChoice
from cascade_desktop.engine.tables.reading import read_table
from cascade_desktop.engine.tables.unreadable import UnreadableFileError

A, B = "+380501112233", "+380672223344"
UKRAINIAN = f"телефон;ім’я;місто\r\n{A};Ґанна Їжак;Київ\r\n{B};Юрій Щедрик;Львів\r\n"
RUSSIAN = f"телефон;имя\r\n{A};Объездчиков Пётр\r\n"
ITALIAN = "telefono;nome;città\r\n+393201234567;Niccolò;Forlì\r\n+393201234568;Perché;Là\r\n"
POLISH = "telefon;imię\r\n+48501123456;Łucja Śliwińska\r\n"


def write(path: Path, content: str | bytes) -> Path:
    """Write a file."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows(path: Path, choice: ReadChoice | None = None) -> list[tuple[str, ...]]:
    """Read a file and return its rows."""
    table = read_table(path, choice or ReadChoice())
    return [table.row(index) for index in range(len(table))]


@pytest.mark.parametrize(
    ("text", "encoding", "country"),
    [
        *[
            pytest.param(UKRAINIAN, name, "UA", id=f"Ukrainian {name}")
            for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
        ],
        pytest.param(UKRAINIAN, "cp1251", "UA", id="Ukrainian cp1251"),
        pytest.param(UKRAINIAN.replace("’", "'"), "koi8-u", "UA", id="Ukrainian koi8-u"),
        pytest.param(UKRAINIAN.replace("Ґ", "Г"), "mac-cyrillic", "UA", id="Ukrainian Mac"),
        pytest.param(
            UKRAINIAN.replace("Ґ", "Г").replace("’", "'"), "iso-8859-5", "UA", id="Ukrainian ISO"
        ),
        pytest.param(RUSSIAN, "cp866", "UA", id="Russian DOS"),
        pytest.param(RUSSIAN, "cp1251", "RU", id="Russian cp1251"),
        pytest.param(ITALIAN, "cp1252", "IT", id="Italian cp1252"),
        pytest.param(ITALIAN, "mac-roman", "IT", id="Italian Mac"),
        pytest.param(POLISH, "cp1250", "PL", id="Polish cp1250"),
        pytest.param(UKRAINIAN, "cp1251", "IT", id="Ukrainian list in Italy"),
    ],
)
def test_text_is_read_in_its_own_encoding(text: str, encoding: str, country: str) -> None:
    decoded = decode(text.encode(encoding), country)

    assert decoded.text == text


def test_one_short_name_is_enough_for_utf8() -> None:
    assert decode("Є;+380501112233".encode(), "UA").encoding == "utf-8"


def test_a_file_cut_within_a_letter_keeps_its_people(tmp_path: Path) -> None:
    cut = UKRAINIAN.encode()[:-4]

    assert rows(write(tmp_path / "a.csv", cut))[0][1] == "Ґанна Їжак"


def test_an_encoding_can_be_chosen_by_hand(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", UKRAINIAN.encode("cp1251"))

    assert rows(path, ReadChoice(encoding="cp1251"))[0][1] == "Ґанна Їжак"
    with pytest.raises(UnreadableFileError) as caught:
        read_table(path, ReadChoice(encoding="utf-8"))
    assert caught.value.problem.fault is FileFault.WRONG_ENCODING


def test_doubtful_encodings_are_named(tmp_path: Path) -> None:
    source = read_table(write(tmp_path / "a.csv", UKRAINIAN.encode("cp1251"))).source

    assert source.encoding == "cp1251"
    assert "cp1251" not in source.encodings


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        pytest.param("phone;name\n1;a", ";", id="semicolon"),
        pytest.param("phone,name\n1,a", ",", id="comma"),
        pytest.param("phone\tname\n1\ta", "\t", id="tab"),
        pytest.param("phone|name\n1|a", "|", id="bar"),
        pytest.param("phone;sum\n1;1,50\n2;2,50", ";", id="decimal comma beside"),
        pytest.param('phone,name\n1,"a;b;c"\n2,"d;e;f"', ",", id="within quotes"),
        pytest.param("0501112233\n0672223344", "", id="one column"),
        pytest.param("80501112238\n80672223388", "", id="digit 8 is no separator"),
        pytest.param("phone;name;\n1;a;\n2;b;", ";", id="trailing"),
        pytest.param("phone;text\n1;Hi, all\n2;Hi, you\n3;one, two", ";", id="commas in text"),
        pytest.param("050 Оля, 067 Іван\n063\n093\n097", "", id="a line with a comma"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_the_separator_is_what_cuts_the_lines_alike(text: str, separator: str) -> None:
    assert find_separator(text) == separator


@pytest.mark.parametrize(
    ("text", "people"),
    [
        pytest.param(f"phone;name\n{A};a\n", [(A, "a")], id="plain"),
        pytest.param(f"phone;name\r{A};a\r", [(A, "a")], id="Mac's line ends"),
        pytest.param(f"sep=|\nphone|name\n{A}|a", [(A, "a")], id="instruction"),
        pytest.param(f"SEP=,\r\nphone,name\r\n{A},a;b", [(A, "a;b")], id="instruction with comma"),
        pytest.param(f'phone;name\n{A};"a\nb"\n{B};c', [(A, "a\nb"), (B, "c")], id="quoted lines"),
        pytest.param(f'phone;name\n{A};"a ""b"" c"', [(A, 'a "b" c')], id="doubled quotes"),
        pytest.param(f'phone;name\n{A};ТОВ "Ромашка"', [(A, 'ТОВ "Ромашка"')], id="inner quotes"),
        pytest.param(f'phone;name\n{A};"a\n{B};b', [(A, '"a'), (B, "b")], id="quote never closed"),
        pytest.param(f"phone;name;\n{A};a;\n", [(A, "a")], id="trailing separators"),
        pytest.param(f"phone;name\n{A}\n{B};b;c", [(A, "", ""), (B, "b", "c")], id="ragged"),
        pytest.param(f"{A}\n{B}\n", [(A,), (B,)], id="a bare list"),
        pytest.param(f"phone;n\n{A};NA\n{B};null", [(A, "NA"), (B, "null")], id="NA is a name"),
        pytest.param(f"phone;n\n{A};007\n", [(A, "007")], id="zeros stay"),
        pytest.param(f"phone;n\n{A}; a \n", [(A, " a ")], id="blanks stay"),
        pytest.param(f"phone;n\n{A};1e5\n", [(A, "1e5")], id="numbers are text"),
        pytest.param(f"phone;n\n{A};a\x00b\x1a", [(A, "ab")], id="NUL and end of file"),
    ],
)
def test_cells_are_exactly_what_the_file_says(
    tmp_path: Path, text: str, people: list[tuple[str, ...]]
) -> None:
    assert rows(write(tmp_path / "a.csv", text)) == people


def test_row_numbers_count_blank_lines_and_the_instruction(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "a.csv", f"sep=;\n\nphone;n\n\n{A};a\n\n"))

    assert (table.source.header_row, list(table.row_numbers)) == (3, [4, 5])
    assert table.row(1) == (A, "a")


def test_the_header_can_be_said_by_hand(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", f"x;y\nphone;name\n{A};a\n")

    assert read_table(path, ReadChoice(header_row=1)).names == ("x", "y")
    assert read_table(path, ReadChoice(header_row=0)).names == ("", "")
    assert len(read_table(path, ReadChoice(header_row=0))) == 3


def test_too_many_columns_are_a_problem_of_the_separator(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_table(write(tmp_path / "a.csv", ";".join(["x"] * 20000)))
    problem = caught.value.problem
    assert (problem.fault, problem.count) == (FileFault.TOO_MANY_COLUMNS, 20000)


def test_where_a_table_came_from_is_told(tmp_path: Path) -> None:
    source = read_table(write(tmp_path / "people.TXT", UKRAINIAN)).source

    assert (source.file, source.kind, source.separator) == ("people.TXT", "txt", ";")
    assert (source.encoding, len(source.sha256)) == ("utf-8", 64)


def test_tabs_between_quoted_cells_are_found(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", f'"Телефон"\t"Ім’я"\n"{A}"\t"Ганна"\n"{B}"\t"Олег"\n')

    assert rows(path) == [(A, "Ганна"), (B, "Олег")]
