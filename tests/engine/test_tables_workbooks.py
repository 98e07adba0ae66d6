"""Read .xlsx and .ods as the sheet shows them, and refuse what could hurt."""

import zipfile
from pathlib import Path

import pytest
from workbooks import MAIN, row, sheet, text, write_ods, write_xlsx

from cascade_desktop.core.reading_problems import FileFault
from cascade_desktop.core.table import CellFault, Table
from cascade_desktop.engine.tables.grid import ReadChoice
from cascade_desktop.engine.tables.reading import read_table
from cascade_desktop.engine.tables.unreadable import UnreadableFileError

A, B, C = "+380501112233", "+380672223344", "+380933334455"
HEAD = row(1, "phone", "name")


def fault_of(path: Path, choice: ReadChoice | None = None) -> FileFault:
    """Return why a file is refused."""
    with pytest.raises(UnreadableFileError) as caught:
        read_table(path, choice or ReadChoice())
    assert caught.value.problem.file == path.name
    return caught.value.problem.fault


def rows_of(table: Table) -> list[tuple[str, ...]]:
    """Return a table's rows."""
    return [table.row(index) for index in range(len(table))]


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        pytest.param("General", "380501112233", "380501112233", id="integer"),
        pytest.param("General", "3.80501112233E+11", "380501112233", id="integer in E notation"),
        pytest.param("0.00E+00", "380501112233", "380501112233", id="scientific format"),
        pytest.param("General", "380501112233.0", "380501112233", id="integer with .0"),
        pytest.param("General", "0.30000000000000004", "0.3", id="binary dust"),
        pytest.param("General", "1234.5", "1234.5", id="decimal"),
        pytest.param("0", "1234.5", "1235", id="rounded half up"),
        pytest.param("0.00", "1234.5", "1234.50", id="two decimals"),
        pytest.param("#,##0.00", "1234567.891", "1,234,567.89", id="thousands"),
        pytest.param("#,##0", "0", "0", id="thousands of nothing"),
        pytest.param("#.##", "0.5", ".5", id="optional places"),
        pytest.param("0%", "0.125", "13%", id="percent"),
        pytest.param("0.0%", "0.125", "12.5%", id="percent with decimals"),
        pytest.param("#,##0.00 [$₴-422]", "99.9", "99.90 ₴", id="hryvnia"),
        pytest.param("[$€-410] #,##0.00", "99.9", "€ 99.90", id="euro"),
        pytest.param("#,##0.00\\ &quot;грн&quot;", "5", "5.00 грн", id="quoted unit"),
        pytest.param("0000000000", "501112233", "0501112233", id="leading zeros"),
        pytest.param(
            "&quot;+38&quot;0000000000", "501112233", "+380501112233", id="plus in format"
        ),
        pytest.param("000-000-00-00", "501112233", "050-111-22-33", id="phone pattern"),
        pytest.param("0;-0;;@", "0", "", id="nothing for zero"),
        pytest.param("0;(0)", "-5", "(5)", id="negative in brackets"),
        pytest.param("0.0", "-2.25", "-2.3", id="negative"),
        pytest.param("@", "501112233", "501112233", id="text format"),
        pytest.param("dd.mm.yyyy", "46352", "26.11.2026", id="date"),
        pytest.param("yyyy\\-mm\\-dd", "46352.75", "2026-11-26", id="ISO date"),
        pytest.param("dd/mm/yy h:mm", "46352.75", "26/11/26 18:00", id="date and time"),
        pytest.param("h:mm AM/PM", "0.75", "6:00 PM", id="half day clock"),
        pytest.param("[h]:mm", "1.5", "36:00", id="elapsed hours"),
        pytest.param("mm:ss", "0.0007523148", "01:05", id="minutes, not months"),
        pytest.param("d mmmm yyyy", "46352", "26 листопада 2026", id="month by name"),
        pytest.param("[$-422]d mmmm yyyy", "46352", "26 листопада 2026", id="Ukrainian month"),
        pytest.param("[$-409]mmmm d, yyyy", "46352", "November 26, 2026", id="English month"),
        pytest.param("mmmm yyyy", "46352", "листопад 2026", id="month alone"),
        pytest.param("dddd", "46352", "четвер", id="weekday"),
        pytest.param("[$-410]d mmm yyyy", "46352", "26 nov 2026", id="Italian month"),
        pytest.param("dd.mm.yyyy", "-5", "-5", id="no such day"),
        pytest.param("[&lt;=9999999]000-0000;000-000-0000", "5551234", "555-1234", id="condition"),
        pytest.param("# ?/?", "0.5", "1/2", id="fraction"),
    ],
)
def test_a_number_is_text_as_its_format_shows_it(
    tmp_path: Path, code: str, stored: str, shown: str
) -> None:
    cell = f'<c r="B2" s="1"><v>{stored}</v></c>'
    path = write_xlsx(tmp_path / "a.xlsx", sheet(HEAD, row(2, A, cell)), formats=[code])

    assert read_table(path).row(0) == (A, shown)


def test_days_count_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    cell = '<c r="B2" s="1"><v>44890</v></c>'
    path = write_xlsx(
        tmp_path / "a.xlsx",
        sheet(HEAD, row(2, A, cell)),
        formats=["dd.mm.yyyy"],
        properties='<workbookPr date1904="1"/>',
    )

    assert read_table(path).row(0)[1] == "26.11.2026"


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        pytest.param('<c r="B2" t="b"><v>1</v></c>', "TRUE", id="truth"),
        pytest.param('<c r="B2" t="e"><v>#N/A</v></c>', "#N/A", id="error"),
        pytest.param('<c r="B2" t="str"><f>A2</f><v>x</v></c>', "x", id="formula's text"),
        pytest.param('<c r="B2"><f>1+1</f><v>2</v></c>', "2", id="formula's number"),
        pytest.param('<c r="B2" t="str"><f>""</f><v></v></c>', "", id="formula's nothing"),
        pytest.param('<c r="B2" t="d"><v>2026-11-26T00:00:00</v></c>', "2026-11-26", id="ISO date"),
        pytest.param(text("B2", "NA"), "NA", id="NA is a name"),
        pytest.param(text("B2", "a&#160;b"), "a\u00a0b", id="no-break space stays"),
        pytest.param(text("B2", "a_x000D__x0041_b"), "a\rAb", id="Excel's escapes"),
        pytest.param(text("B2", "<![CDATA[a<b]]>"), "a<b", id="character data"),
        pytest.param(
            '<c r="B2" t="inlineStr"><is><r><t>Оле</t></r><r><t>на</t></r>'
            "<rPh><t>x</t></rPh></is></c>",
            "Олена",
            id="runs without phonetics",
        ),
    ],
)
def test_other_cells_are_text_too(tmp_path: Path, cell: str, shown: str) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", sheet(HEAD, row(2, A, cell)))

    assert read_table(path).row(0)[1] == shown


def test_shared_strings_are_found_by_their_place(tmp_path: Path) -> None:
    strings = (
        f'<sst xmlns="{MAIN}"><si><t>{A}</t></si><si><r><t>a</t></r><r><t>b</t></r></si></sst>'
    )
    cells = '<c r="A2" t="s"><v>0</v></c>', '<c r="B2" t="s"><v>1</v></c>'
    path = write_xlsx(tmp_path / "a.xlsx", sheet(HEAD, row(2, *cells)), strings=strings)

    assert read_table(path).row(0) == (A, "ab")


def test_a_formula_never_calculated_is_a_fault_of_its_cell(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx", sheet(HEAD, row(2, "<c r='A2'><f>1</f></c>", text("B2", "x")))
    )

    assert read_table(path).cell_faults == {(0, 0): CellFault.NOT_CALCULATED}


def test_hidden_rows_and_columns_are_told(tmp_path: Path) -> None:
    columns = '<cols><col min="2" max="16384" hidden="1"/></cols>'
    path = write_xlsx(
        tmp_path / "a.xlsx",
        sheet(HEAD, row(2, A, "x"), row(3, B, "y", hidden=True), before=columns),
    )

    table = read_table(path)

    assert (table.hidden_rows, table.hidden_columns) == (frozenset({3}), frozenset({1}))


def test_merged_cells_give_each_row_their_value(tmp_path: Path) -> None:
    merged = '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
    path = write_xlsx(
        tmp_path / "a.xlsx",
        sheet(HEAD, row(2, A, "x"), row(3, text("B3", "y")), row(4, B, "z"), after=merged),
    )

    assert rows_of(read_table(path)) == [(A, "x"), (A, "y"), (B, "z")]


def test_row_numbers_are_the_sheets_own(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", sheet(row(3, "phone", "n"), row(7, A, "x"), row(9, B)))

    table = read_table(path)

    assert (table.source.header_row, list(table.row_numbers)) == (3, [7, 9])


def test_a_stray_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    stray = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    path = write_xlsx(tmp_path / "a.xlsx", sheet(HEAD, row(2, A, "x"), stray))

    table = read_table(path)

    assert (len(table), len(table.columns)) == (2, 16384)


def test_formatted_rows_below_the_people_are_not_rows(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(3, 500))
    path = write_xlsx(tmp_path / "a.xlsx", sheet(HEAD, row(2, A, "x"), empty))

    assert len(read_table(path)) == 1


def test_prefixed_tags_and_another_encoding_are_read(tmp_path: Path) -> None:
    part = f'<?xml version="1.0" encoding="UTF-16"?><x:worksheet xmlns:x="{MAIN}"><x:sheetData>'
    part += f'<x:row r="1"><x:c r="A1"><x:v>{A[1:]}</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    path = write_xlsx(tmp_path / "a.xlsx", "x")
    rewrite(path, "xl/worksheets/sheet1.xml", part.encode("utf-16"))

    assert rows_of(read_table(path)) == [(A[1:],)]


class TestSheets:
    """Which of several sheets is read."""

    people = sheet(HEAD, row(2, A, "x"))
    others = sheet(HEAD, row(2, B, "y"))
    notes = sheet(row(1, "just notes"))

    def test_the_active_one_is_proposed_and_the_others_named(self, tmp_path: Path) -> None:
        book = {"one": self.people, "two": self.others, "notes": self.notes}
        source = read_table(write_xlsx(tmp_path / "a.xlsx", book, active=1)).source

        assert (source.sheet, source.sheets) == ("two", ("one", "two", "notes"))
        assert source.phone_sheets == ("one", "two")

    def test_the_only_one_with_phones_wins_over_the_active(self, tmp_path: Path) -> None:
        book = {"notes": self.notes, "people": self.people}
        source = read_table(write_xlsx(tmp_path / "a.xlsx", book)).source

        assert (source.sheet, source.phone_sheets) == ("people", ("people",))

    def test_hidden_ones_are_not_proposed_but_can_be_chosen(self, tmp_path: Path) -> None:
        book = {"old": self.others, "people": self.people}
        path = write_xlsx(tmp_path / "a.xlsx", book, states={"old": "veryHidden"})

        assert read_table(path).source.sheets == ("people",)
        assert read_table(path, ReadChoice(sheet="old")).row(0)[0] == B

    def test_one_that_is_not_there_is_told(self, tmp_path: Path) -> None:
        path = write_xlsx(tmp_path / "a.xlsx", self.people)

        assert fault_of(path, ReadChoice(sheet="no")) is FileFault.NO_SUCH_SHEET


def rewrite(path: Path, name: str, part: bytes | str) -> Path:
    """Replace one part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    parts[name] = part.encode() if isinstance(part, str) else part
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, data in parts.items():
            archive.writestr(place, data)
    return path


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param('<row r="2"><c r="XFE2"><v>1</v></c></row>', id="column beyond XFD"),
        pytest.param(
            '<row r="1048577"><c r="A1048577"><v>1</v></c></row>', id="row beyond the last"
        ),
        pytest.param('<row r="2"><c r="A3"><v>1</v></c></row>', id="cell of another row"),
        pytest.param('<row r="2"/><row r="2"/>', id="a row twice"),
        pytest.param('<row r="3"/><row r="2"/>', id="rows backwards"),
        pytest.param('<row r="2"><c r="a2"><v>1</v></c></row>', id="small letters"),
        pytest.param('<row r="2"><c r="A2" t="s"><v>7</v></c></row>', id="no such string"),
        pytest.param('<row r="2"><c r="A2"><v>12x</v></c></row>', id="words in a number"),
        pytest.param('<row r="2"><c r="A2"><v>1</v></row>', id="not well formed"),
    ],
)
def test_nonsense_in_a_sheet_is_damage(tmp_path: Path, rows: str) -> None:
    assert fault_of(write_xlsx(tmp_path / "a.xlsx", sheet(HEAD, rows))) is FileFault.CORRUPT


def test_a_doctype_is_refused_anywhere(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", sheet(HEAD, row(2, A)))
    for part in ("xl/workbook.xml", "xl/styles.xml", "_rels/.rels"):
        with zipfile.ZipFile(path) as archive:
            good = archive.read(part)
        rewrite(path, part, b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + good)
        assert fault_of(path) is FileFault.UNSAFE_FILE
        rewrite(path, part, good)


def test_a_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", "<worksheet>" + " " * (30 << 20) + "</worksheet>")

    assert fault_of(path) is FileFault.UNSAFE_FILE


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    extra = {f"x/{n}": "" for n in range(5001)}

    path = write_xlsx(tmp_path / "a.xlsx", sheet(HEAD, row(2, A)), extra=extra)

    assert fault_of(path) is FileFault.UNSAFE_FILE


def test_a_flipped_byte_is_damage(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", sheet(HEAD, *(row(n, A, "x" * n) for n in range(2, 90))))
    data = bytearray(path.read_bytes())
    place = data.find(b"xl/worksheets/sheet1.xml") + 200
    data[place] ^= 0xFF
    path.write_bytes(bytes(data))

    assert fault_of(path) is FileFault.CORRUPT


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        pytest.param("~$people.xlsx", b"\x05Olena", FileFault.LOCK_FILE, id="Excel's lock file"),
        pytest.param("a.xlsx", b"", FileFault.EMPTY_FILE, id="empty"),
        pytest.param("a.pdf", b"%PDF-1.7\n", FileFault.NOT_A_SPREADSHEET, id="PDF"),
        pytest.param("a.csv", b"\x89PNG\r\n\x1a\n\0\0", FileFault.NOT_A_SPREADSHEET, id="picture"),
        pytest.param("a.csv", bytes(range(32)) * 9, FileFault.NOT_A_SPREADSHEET, id="binary"),
        pytest.param("a.xls", b"<html><table>", FileFault.HTML_TABLE, id="web page"),
        pytest.param("a.xls", b"\xef\xbb\xbf \n<TABLE border=1>", FileFault.HTML_TABLE, id="table"),
        pytest.param(
            "a.xls",
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            FileFault.XML_TABLE,
            id="XML of 2003",
        ),
        pytest.param("a.csv", b'{"phones": ["+380"]}', FileFault.NOT_A_SPREADSHEET, id="JSON"),
        pytest.param("a.csv", b" \r\n\t\n", FileFault.EMPTY_FILE, id="blank"),
        pytest.param("a.csv", b"phone;name\r\n", FileFault.NO_ROWS, id="names only"),
        pytest.param(
            "a.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            FileFault.NOT_A_SPREADSHEET,
            id="Word",
        ),
        pytest.param("a.xlsx", b"PK\x03\x04 and no more", FileFault.CORRUPT, id="cut zip"),
    ],
)
def test_what_is_no_list_is_named(
    tmp_path: Path, name: str, content: bytes, fault: FileFault
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    assert fault_of(path) is fault


def test_other_documents_in_a_zip_are_no_spreadsheet(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.docx", "x")
    target = 'Type="x/officeDocument" Target="word/d.xml"'
    rels = f'<Relationships><Relationship Id="r" {target}/></Relationships>'
    rewrite(path, "_rels/.rels", rels)
    rewrite(path, "word/d.xml", "<w:document xmlns:w='x'/>")

    assert fault_of(path) is FileFault.NOT_A_SPREADSHEET


def test_what_is_not_there_or_is_a_folder_is_told(tmp_path: Path) -> None:
    assert fault_of(tmp_path / "no.xlsx") is FileFault.MISSING
    assert fault_of(tmp_path) is FileFault.IS_FOLDER


def cell(shown: str, more: str = "") -> str:
    """Return a cell of an OpenDocument sheet."""
    return f"<table:table-cell {more}><text:p>{shown}</text:p></table:table-cell>"


def test_ods_cells_are_what_libreoffice_showed(tmp_path: Path) -> None:
    rows = (
        f"<table:table-row>{cell('phone')}{cell('n')}{cell('sum')}</table:table-row>"
        f"<table:table-row>{cell(A)}{cell('a<text:s text:c=' + chr(34) + '2' + chr(34) + '/>b')}"
        f"{cell('12,50 ₴', 'office:value-type=' + chr(34) + 'float' + chr(34))}</table:table-row>"
        '<table:table-row table:visibility="collapse">' + cell(B) + "</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/>'
        "</table:table-row>"
    )
    path = write_ods(tmp_path / "a.ods", f'<table:table table:name="S">{rows}</table:table>')

    table = read_table(path)

    assert table.row(0) == (A, "a  b", "12,50 ₴")
    assert (table.hidden_rows, table.source.kind) == (frozenset({3}), "ods")


def test_ods_repetition_is_laid_out_within_bounds(tmp_path: Path) -> None:
    head = f"<table:table-row>{cell('phone')}</table:table-row>"
    twice = f'<table:table-row table:number-rows-repeated="2">{cell(A)}</table:table-row>'
    bomb = twice.replace('"2"', '"999999999"')

    good = write_ods(tmp_path / "a.ods", f'<table:table table:name="S">{head}{twice}</table:table>')
    bad = write_ods(tmp_path / "b.ods", f'<table:table table:name="S">{head}{bomb}</table:table>')

    assert list(read_table(good).row_numbers) == [2, 3]
    assert fault_of(bad) is FileFault.TOO_BIG
