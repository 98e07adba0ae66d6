"""Workbooks of every shape: sheets, hidden and merged cells, parts as other programs write them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from own_case import NAMES, P1, P2, P3, PHONES, Case, asks, fails, rows
from workbooks import MAIN, RELATIONS, row, sheet, text, write_ods, write_parts, write_xlsx, zipped

KEPT = Path(__file__).parents[1] / "spreadsheets" / "own"
"""Files that other programs wrote."""
HEAD = row(1, "phone", "name")
PEOPLE = (HEAD, row(2, P1, NAMES[0]), row(3, P2, NAMES[1]), row(4, P3, NAMES[2]))
TEXTS = {"name": list(NAMES)}
_STRICT = "http://purl.oclc.org/ooxml"


def book(*rows_: str, **more: Any) -> Callable[[Path], Path]:
    """Return what writes a workbook of one sheet."""
    layout = {key: more.pop(key) for key in ("before", "after") if key in more}
    return lambda path: write_xlsx(path, sheet(*rows_, **layout), **more)


def sheets(named: dict[str, str], **more: Any) -> Callable[[Path], Path]:
    """Return what writes a workbook of several sheets."""
    return lambda path: write_xlsx(path, named, **more)


def raw(part: str) -> Callable[[Path], Path]:
    """Return what writes a workbook whose sheet is this."""
    return lambda path: write_xlsx(path, part)


def hidden() -> Iterator[Case]:
    """Yield what is hidden and merged."""
    last = row(4, P3, NAMES[2], hidden=True)
    gone = (*PEOPLE[:3], last)
    two = [P1, P2]
    yield asks(
        "h02_filtered.xlsx",
        book(*gone, after='<autoFilter ref="A1:B4"/>'),
        "HIDDEN_ROWS",
        phones=two,
        counts={"hidden": 1},
    )
    flat = last.replace('hidden="1"', 'ht="0" customHeight="1"')
    yield asks("h02_row_of_no_height.xlsx", book(*PEOPLE[:3], flat), "HIDDEN_ROWS", phones=two)
    true = last.replace('hidden="1"', 'hidden="true" outlineLevel="1"')
    yield asks("h02_grouped.xlsx", book(*PEOPLE[:3], true), "HIDDEN_ROWS", phones=two)
    blank = '<row r="5" hidden="1"/>'
    yield rows("h02_hidden_blank_row.xlsx", book(*PEOPLE, blank))
    columns = '<cols><col min="1" max="1" hidden="1"/></cols>'
    wide = [row(1, "phone", "mobile", "name"), row(2, P2, P1, "a")]
    yield rows("h03_hidden_phone_column.xlsx", book(*wide, before=columns), [P1], also=["ask"])
    yield rows("h03_only_phone_column_hidden.xlsx", book(*PEOPLE, before=columns), also=["ask"])
    narrow = '<cols><col min="1" max="1" width="0" customWidth="1"/></cols>'
    yield rows("h03_column_of_no_width.xlsx", book(*wide, before=narrow), [P1], also=["ask"])
    old = sheet(HEAD, row(2, "+380661112233", "x"))
    for state in ("hidden", "veryHidden"):
        both = {"Старі": old, "Нові": sheet(*PEOPLE)}
        yield rows(f"h04_sheet_{state}.xlsx", sheets(both, states={"Старі": state}))
    yield rows(
        "h04_active_is_hidden.xlsx",
        sheets({"a": old, "b": sheet(*PEOPLE)}, states={"a": "hidden"}, active=0),
    )
    yield rows(
        "h04_all_hidden.xlsx", sheets({"a": sheet(*PEOPLE)}, states={"a": "hidden"}), also=["ask"]
    )
    yield asks(
        "h05_two_sheets.xlsx",
        sheets({"a": sheet(*PEOPLE), "b": old}),
        "SEVERAL_SHEETS",
        phones=list(PHONES),
    )
    yield asks(
        "h05_second_active.xlsx",
        sheets({"a": old, "b": sheet(*PEOPLE)}, active=1),
        "SEVERAL_SHEETS",
        phones=list(PHONES),
    )
    notes = sheet(row(1, "Як заповнювати"), row(2, "Один рядок — одна людина"))
    yield rows(
        "h05_notes_first.xlsx", sheets({"Довідка": notes, "Люди": sheet(*PEOPLE)}), texts=TEXTS
    )
    yield rows("h05_empty_sheets.xlsx", sheets({"a": sheet(), "b": sheet(*PEOPLE), "c": sheet()}))
    yield fails(
        "h08_all_sheets_empty.xlsx", sheets({"a": sheet(), "b": sheet()}), "NO_ROWS", also=["error"]
    )


def merged() -> Iterator[Case]:
    """Yield merged cells and headers over several rows."""

    def merge(*references: str) -> str:
        return (
            "<mergeCells>"
            + "".join(f'<mergeCell ref="{r}"/>' for r in references)
            + "</mergeCells>"
        )

    down = (HEAD, row(2, P1, "Київ"), row(3, text("A3", P2)), row(4, text("A4", P3)))
    yield rows(
        "m01_city_merged_down.xlsx", book(*down, after=merge("B2:B4")), texts={"name": ["Київ"] * 3}
    )
    phone = (HEAD, row(2, P1, "a"), row(3, text("B3", "b")), row(4, P3, "c"))
    yield rows(
        "m01_phone_merged_down.xlsx",
        book(*phone, after=merge("A2:A3")),
        [P1, P3],
        counts={"duplicates": 1},
    )
    across = (row(1, "phone", "name", "city"), row(2, P1, "Олена"), row(3, P2, "b", "c"))
    yield rows(
        "m02_merged_across.xlsx",
        book(*across, after=merge("B2:C2")),
        [P1, P2],
        texts={"city": ["", "c"]},
    )
    block = (HEAD, row(2, P1, "x"), row(3, text("A3", P2)), row(4, text("A4", P3)))
    yield rows("m02_block.xlsx", book(*block, after=merge("B2:D4")), texts={"name": ["x"] * 3})
    levels = (
        row(1, "Телефон", "ПІБ"),
        row(2, text("B2", "Ім’я"), text("C2", "Прізвище")),
        row(3, P1, "Олена", "Коваль"),
        row(4, P2, "Андрій", "Бойко"),
    )
    over = merge("A1:A2", "B1:C1")
    yield rows(
        "m03_header_of_two_rows.xlsx",
        book(*levels, after=over),
        [P1, P2],
        texts={"Ім’я": ["Олена", "Андрій"]},
        invalid=0,
    )
    title = (row(1, "Клієнти, листопад"), row(3, "phone", "name"), row(4, P1, "a"), row(5, P2, "b"))
    yield rows(
        "m03_title_merged.xlsx",
        book(*title, after=merge("A1:F1")),
        [P1, P2],
        texts={"name": ["a", "b"]},
        invalid=0,
    )
    yield rows(
        "m04_nonsense_ranges.xlsx",
        book(*PEOPLE, after=merge("A2", "B9:A1", "XFD1:XFD1048576", "", "Z1:A9999999")),
        texts=TEXTS,
        also=["error"],
    )
    yield rows(
        "m04_overlapping.xlsx",
        book(*PEOPLE, after=merge(*["B2:B1048576"] * 20_000)),
        texts=TEXTS,
        also=["error"],
    )
    sections = (HEAD, row(2, "Київ"), row(3, P1, "a"), row(4, "Львів"), row(5, P2, "b"))
    yield rows(
        "m05_sections.xlsx", book(*sections, after=merge("A2:B2", "A4:B4")), [P1, P2], invalid=2
    )


def parts() -> Iterator[Case]:
    """Yield workbooks whose parts are put together in other ways."""
    people = sheet(*PEOPLE)
    prefixed = people.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    yield rows("x20_prefixes.xlsx", raw(prefixed), texts=TEXTS)
    yield rows("x20_strict.xlsx", _strict, texts=TEXTS)
    yield rows(
        "x20_absolute_targets.xlsx", _relinked('Target="worksheets/', 'Target="/xl/worksheets/')
    )
    yield rows("x20_odd_case.xlsx", _relinked('Target="worksheets/', 'Target="WorkSheets/'))
    yield rows(
        "x20_part_dots.xlsx", _relinked('Target="worksheets/', 'Target="../xl/./worksheets/')
    )
    yield rows("x20_macros.xlsm", book(*PEOPLE, extra={"xl/vbaProject.bin": "x"}), texts=TEXTS)
    single = people.replace('"', "'")
    yield rows("x21_single_quotes.xlsx", raw(single), texts=TEXTS)
    spaced = people.replace("><", ">\n  <")
    yield rows("x21_indented.xlsx", raw(spaced))
    yield rows("x21_utf16.xlsx", _encoded("utf-16"), texts=TEXTS)
    yield rows("x21_bom.xlsx", _encoded("utf-8-sig"), texts=TEXTS)
    yield rows(
        "x21_cp1251.xlsx", _encoded("windows-1251"), texts=TEXTS, also=["error"], also_phones=[]
    )
    for name, dimension in (("wrong", "A1:A1"), ("huge", "A1:XFD1048576"), ("nonsense", "??")):
        yield rows(
            f"x22_dimension_{name}.xlsx",
            book(*PEOPLE, before=f'<dimension ref="{dimension}"/>'),
            texts=TEXTS,
        )
    bare = people.replace(' r="', ' x="')
    yield rows("x24_nothing_has_r.xlsx", raw(bare), texts=TEXTS)
    swapped = HEAD + f'<row r="2">{text("B2", "Олена")}{text("A2", P1)}</row>'
    yield rows("x24_cells_backwards.xlsx", raw(sheet(swapped)), [P1], texts={"name": ["Олена"]})
    twice = f'<row r="2">{text("A2", P2)}{text("A2", P1)}</row>'
    yield rows("x24_cell_twice.xlsx", raw(sheet(HEAD, twice)), [P1], also=["error"], also_phones=[])
    stray = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    yield rows("x25_stray_last_cell.xlsx", book(*PEOPLE, stray), invalid=1)
    styled = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(5, 200_001))
    yield rows("x25_styled_rows.xlsx", book(*PEOPLE, styled), counts={"rows": 3})
    gap = row(900_000, "+380661112233", "x")
    yield rows(
        "x25_far_row.xlsx", book(*PEOPLE, gap), [*PHONES, "+380661112233"], counts={"rows": 4}
    )
    for name, reference in (
        ("column", "XFE2"),
        ("letters", "AAAA2"),
        ("zero", "A0"),
        ("words", "phone"),
    ):
        cell = f'<row r="2"><c r="{reference}"><v>1</v></c></row>'
        yield fails(f"x27_{name}.xlsx", book(HEAD, cell), "CORRUPT")
    for index in ("9", "-0", "1.0", "99999999999999999999", "x", "٠"):
        cell = f'<row r="2"><c r="A2" t="s"><v>{index}</v></c></row>'
        strings = f'<sst xmlns="{MAIN}"><si><t>{P1}</t></si></sst>'
        yield fails(f"x28_string_{index}.xlsx", book(HEAD, cell, strings=strings), "CORRUPT")
    name = {"Клієнти &amp; &quot;друзі&quot; 🌻": people}
    yield rows("x29_sheet_name.xlsx", sheets(name), texts=TEXTS)
    yield rows("x29_chart_first.xlsx", _with_chart, texts=TEXTS)


def other_kinds() -> Iterator[Case]:
    """Yield .ods, and what other programs wrote as .xls and .xlsb."""

    def cell(shown: str, more: str = "") -> str:
        return f"<table:table-cell {more}><text:p>{shown}</text:p></table:table-cell>"

    def line(*cells: str, more: str = "") -> str:
        return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"

    def ods(*lines: str, more: str = "", styles: str = "") -> Callable[[Path], Path]:
        tables = f'<table:table table:name="S">{"".join(lines)}</table:table>{more}'
        return lambda path: write_ods(path, tables, styles=styles)

    head = line(cell("phone"), cell("name"))
    people = [line(cell(phone), cell(name)) for phone, name in zip(PHONES, NAMES, strict=True)]
    yield rows("o05_plain.ods", ods(head, *people), texts=TEXTS)
    note = "<office:annotation><text:p>+380661112233</text:p></office:annotation>"
    noted = line(f"<table:table-cell>{note}<text:p>{P1}</text:p></table:table-cell>", cell("a"))
    yield rows("o05_annotation.ods", ods(head, noted), [P1])
    covered = line(
        cell(P1, 'table:number-columns-spanned="2"'), "<table:covered-table-cell/>", cell("x")
    )
    yield rows(
        "o05_covered.ods",
        ods(line(cell("phone"), cell("-"), cell("city")), covered),
        [P1],
        texts={"city": ["x"]},
    )
    gone = line(cell(P3), cell("c"), more='table:visibility="filter"')
    yield asks("o05_filtered.ods", ods(head, *people[:2], gone), "HIDDEN_ROWS", phones=[P1, P2])
    blanks = line("<table:table-cell/>", more='table:number-rows-repeated="1000000"')
    yield rows(
        "o05_far_row.ods",
        ods(head, people[0], blanks, people[1]),
        [P1, P2],
        counts={"rows": 2},
        also=["rows"],
        also_phones=[P1, P2],
    )
    money = line(cell(P1), cell("1 234,50 ₴", 'office:value-type="currency" office:value="1234.5"'))
    yield rows("o05_money.ods", ods(head, money), [P1], texts={"name": ["1 234,50 ₴"]})
    spans = line(
        cell(f"<text:span>{P1[:5]}</text:span>{P1[5:]}"), cell("a<text:tab/>b<text:line-break/>c")
    )
    yield rows("o05_spans.ods", ods(head, spans), [P1], texts={"name": ["a\tb\nc"]})
    hidden_table = (
        '<table:table table:name="T" table:style-name="h">'
        + head
        + line(cell("+380661112233"), cell("x"))
        + "</table:table>"
    )
    gone_style = '<style:table-properties table:display="false"/>'
    style = f'<style:style style:name="h" style:family="table">{gone_style}</style:style>'
    yield rows("o05_hidden_sheet.ods", ods(head, *people, more=hidden_table, styles=style))
    wide = line(cell("x", 'table:number-columns-repeated="16385"'))
    yield fails("o05_wide.ods", ods(head, wide), "TOO_MANY_COLUMNS", also=["error"])
    spaces = line(cell(P1), cell("<text:s text:c='999999999'/>" * 3))
    yield rows("o05_many_blanks.ods", ods(head, spaces), [P1], also=["error"], also_phones=[])
    for kind in ("xls", "xlsb"):
        yield rows(f"o06_written.{kind}", (KEPT / f"people.{kind}").read_bytes(), texts=TEXTS)
        yield rows(f"o06_{kind}_named.csv", (KEPT / f"people.{kind}").read_bytes(), texts=TEXTS)


def _strict(path: Path) -> Path:
    write_xlsx(path, sheet(*PEOPLE))
    parts_ = {
        n: p.replace(RELATIONS.encode(), f"{_STRICT}/officeDocument/relationships".encode())
        for n, p in zipped(path).items()
    }
    return write_parts(
        path,
        {
            n: p.replace(MAIN.encode(), f"{_STRICT}/spreadsheetml/main".encode())
            for n, p in parts_.items()
        },
    )


def _relinked(before: str, after: str) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        write_xlsx(path, sheet(*PEOPLE))
        return write_parts(
            path, {n: p.replace(before.encode(), after.encode()) for n, p in zipped(path).items()}
        )

    return write


def _encoded(encoding: str) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        told = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
        return write_xlsx(
            path, "x", extra={"xl/worksheets/sheet1.xml": (told + sheet(*PEOPLE)).encode(encoding)}
        )

    return write


def _with_chart(path: Path) -> Path:
    write_xlsx(path, {"Графік": sheet(), "Люди": sheet(*PEOPLE)})
    parts_ = zipped(path)
    listing = "xl/_rels/workbook.xml.rels"
    parts_[listing] = parts_[listing].replace(b'/worksheet"', b'/chartsheet"', 1)
    return write_parts(path, parts_)


def shape_cases() -> Iterator[Case]:
    """Yield all cases of shapes."""
    yield from hidden()
    yield from merged()
    yield from parts()
    yield from other_kinds()
