"""The quick reader of plain sheets and the careful one must always agree."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workbooks import MAIN, row, sheet, text, write_xlsx

from cascade_desktop.core.reading_problems import FileProblem
from cascade_desktop.engine.tables.cell_text import CellText
from cascade_desktop.engine.tables.gate import Parts
from cascade_desktop.engine.tables.grid import MOST_ROWS, Grid
from cascade_desktop.engine.tables.number_text import NumberFormat
from cascade_desktop.engine.tables.quick_sheet import read_quickly
from cascade_desktop.engine.tables.sheet import SheetReader
from cascade_desktop.engine.tables.unreadable import UnreadableFileError
from cascade_desktop.engine.tables.workbook import _Strings, read_strings

PART = "xl/worksheets/sheet1.xml"
FORMATS = (NumberFormat("General"), NumberFormat("dd.mm.yyyy"), NumberFormat("0.00"))
STRINGS = ("+380501112233", "Олена", "")


def both(path: Path) -> tuple[Grid | FileProblem | None, Grid | FileProblem]:
    """Read a sheet both ways; a problem instead of a grid where one was met."""
    texts = CellText(STRINGS, FORMATS)
    with Parts(path) as parts:
        try:
            quick = read_quickly(parts, PART, texts)
        except UnreadableFileError as error:
            quick = error.problem
        careful = SheetReader(texts, MOST_ROWS)
        try:
            parts.parse(PART, careful.listen)
        except UnreadableFileError as error:
            return quick, error.problem
        return quick, careful.done()


CELLS = st.sampled_from(
    [
        ' t="inlineStr"><is><t>050 111 22 33</t></is></c>',
        ' t="inlineStr"><is><t xml:space="preserve"> a &amp;#65; &lt;b&gt; &#1031; </t></is></c>',
        ' t="inlineStr"><is><t/></is></c>',
        ' t="inlineStr"><is><t>a_x000D_\r\nb</t></is></c>',
        ' t="inlineStr"><is><r><t>rich</t></r></is></c>',
        ' t="s"><v>0</v></c>',
        ' t="s"><v>1</v></c>',
        ' t="s"><v>9</v></c>',
        ' t="str"><f>A1</f><v>x</v></c>',
        ' t="str"><f>A1</f><v></v></c>',
        "><f>A1</f></c>",
        '><f t="shared" si="0"/><v>7</v></c>',
        "><f>A1</f><v/></c>",
        "><v>3.80501112233E+11</v></c>",
        ' s="1"><v>46352</v></c>',
        ' s="2" t="n"><v>1.5</v></c>',
        ' s="77"><v>1.5</v></c>',
        ' s="1"/>',
        ' t="b"><v>1</v></c>',
        ' t="e"><v>#N/A</v></c>',
        "><v>abc</v></c>",
        "><!-- a remark --><v>1</v></c>",
    ]
)
REFERENCES = st.sampled_from(["A", "B", "C", "AA", "XFD", "XFE", "a"])
ROWS = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.sampled_from(["", ' hidden="1"', ' spans="1:3" ht="15"', ' hidden="0"']),
        st.lists(st.tuples(REFERENCES, CELLS), max_size=4),
    ),
    max_size=6,
)
LAYOUTS = st.sampled_from(
    ["", '<mergeCells count="1"><mergeCell ref="A1:B4"/></mergeCells>', '<rowBreaks count="1"/>']
)


@settings(max_examples=400, deadline=None)
@given(ROWS, LAYOUTS, st.booleans())
def test_both_readers_find_the_same(
    rows: list[tuple[int, str, list[tuple[str, str]]]], layout: str, hides: bool
) -> None:
    written: list[str] = []
    number = 0
    for step, attributes, cells in rows:
        number += step
        inside = "".join(f'<c r="{letters}{number}"{rest}' for letters, rest in cells)
        written.append(f'<row r="{number}"{attributes}>{inside}</row>')
    columns = '<cols><col min="2" max="3" hidden="1"/></cols>' if hides else ""
    with TemporaryDirectory() as folder:
        book = sheet(*written, before=columns, after=layout)
        quick, careful = both(write_xlsx(Path(folder) / "a.xlsx", book))

    if isinstance(quick, FileProblem):
        assert isinstance(careful, FileProblem)
        assert quick.fault is careful.fault
    elif quick is not None:
        assert quick == careful


@pytest.mark.parametrize(
    "book",
    [
        pytest.param(f"<x:worksheet xmlns:x='{MAIN}'><x:sheetData/></x:worksheet>", id="prefix"),
        pytest.param(sheet("<row><c><v>1</v></c></row>"), id="no places"),
        pytest.param(sheet("<row r='1'><c r='A1'><v>1</v></c></row>"), id="single quotes"),
        pytest.param(sheet(row(1, text("A1", "<![CDATA[x]]>"))), id="character data"),
        pytest.param(sheet("<row r='1' ><c t='n' r='A1'><v>1</v></c></row>"), id="another order"),
    ],
)
def test_odd_sheets_are_left_to_the_careful_reader(tmp_path: Path, book: str) -> None:
    quick, careful = both(write_xlsx(tmp_path / "a.xlsx", book))

    assert quick is None
    assert isinstance(careful, Grid)


def test_what_programs_write_is_read_quickly(tmp_path: Path) -> None:
    rows = [row(n, f"+38050{n:07d}", "Олена") for n in range(1, 9000)]

    quick, careful = both(write_xlsx(tmp_path / "a.xlsx", sheet(*rows)))

    assert isinstance(quick, Grid)
    assert quick == careful
    assert len(quick.row_numbers) == 8999


NUMBERS = st.lists(st.sampled_from(["0", "7", "1234.5", "12.345", "-1", "", "1E5", "007", "x"]))


@given(NUMBERS, st.sampled_from(["General", "0", "0.00", "#,##0.00", "0.000", "dd.mm.yyyy", "@"]))
def test_many_cells_show_what_each_of_them_shows(stored: list[str], code: str) -> None:
    one, many = (CellText(STRINGS, [NumberFormat(code)]) for _ in range(2))
    for kind in ("", "n", "s", "str", "b", "d"):
        try:
            each = [one.show(kind, "0", text, "A") if text else "" for text in stored]
        except UnreadableFileError:
            with pytest.raises(UnreadableFileError):
                many.show_all(kind, "0", stored, "A")
            continue

        assert list(many.show_all(kind, "0", stored, "A")) == each


def test_cells_over_many_pieces_of_a_sheet_stand_where_they_stood(tmp_path: Path) -> None:
    rows = [
        row(
            n,
            f'<c r="A{n}"><v>{n}</v></c>',
            *([f'<c r="D{n}" t="b"><v>1</v></c>'] if n == 9 else []),
        )
        if n % 7
        else f'<row r="{n}" hidden="1"/>'
        for n in range(1, 30_000, 3)
    ]
    layout = '<mergeCells count="1"><mergeCell ref="A1:A7"/></mergeCells>'

    quick, careful = both(write_xlsx(tmp_path / "a.xlsx", sheet(*rows, after=layout)))

    assert quick == careful


@pytest.mark.parametrize(
    "items",
    [
        pytest.param("<si><t>050</t></si>" * 30_000, id="plain"),
        pytest.param('<si><t xml:space="preserve"> a </t></si><si><t/></si>', id="blanks"),
        pytest.param("<si><t>a</t></si><si/><si><t>b</t></si>", id="nothing in one"),
        pytest.param("<si><t>a</t></si><si/>", id="nothing in the last"),
        pytest.param("<si/>", id="nothing in the only one"),
        pytest.param("<si><r><t>a</t></r><r><t>b</t></r></si><si><t>c</t></si>", id="runs"),
        pytest.param("<si><t>a</t><rPh><t>b</t></rPh></si>", id="hints"),
        pytest.param("<si><t>&lt;&#1031;_x0041_</t></si>", id="escapes"),
        pytest.param("<si><t>a</t></si><!-- <si><t>b</t></si> -->", id="a remark"),
        pytest.param("<si><t>a\r\nb</t></si>", id="line ends"),
        pytest.param("", id="none"),
    ],
)
def test_shared_texts_are_read_as_they_stand(tmp_path: Path, items: str) -> None:
    cells = [f'<c r="A{n}" t="s"><v>{n - 1}</v></c>' for n in (1, 2)]
    book = write_xlsx(
        tmp_path / "a.xlsx", sheet(row(1, *cells)), strings=f'<sst xmlns="{MAIN}">{items}</sst>'
    )
    with Parts(book) as parts:
        careful = _Strings()
        parts.parse("xl/st.xml", careful.listen)

        assert read_strings(parts) == careful.found
