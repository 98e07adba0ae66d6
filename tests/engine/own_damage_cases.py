"""Files that are no lists, are damaged, or were made to hurt."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from own_case import P1, Case, fails, rows, table
from own_shape_cases import HEAD, KEPT, PEOPLE, book, raw
from workbooks import MAIN, row, sheet, text, write_ods, write_parts, write_xlsx, zipped

_QUICK: dict[str, Any] = {"max_s": 3, "max_mb": 150}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def other_files() -> Iterator[Case]:
    """Yield files of other kinds under the names of lists."""
    for name, content in (
        ("page.csv", b"<!DOCTYPE html><html><table><tr><td>+380501112233</td></tr></table></html>"),
        ("page_bom_utf16.xls", "\ufeff<html><body><table>".encode("utf-16-le")),
        ("page_of_office.xls", b'<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>'),
        ("page_commented.xls", b"<!-- made by CRM -->\n<table><tr><td>1</td></tr></table>"),
    ):
        yield fails(f"o02_{name}", content, "HTML_TABLE")
    old = b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns='
    yield fails(
        "o03_xml_of_2003.xls", old + b'"urn:schemas-microsoft-com:office:spreadsheet">', "XML_TABLE"
    )
    yield fails("o03_xml.csv", b'<?xml version="1.0"?><people/>', "NOT_A_SPREADSHEET")
    for name, content in (
        ("pdf.xlsx", b"%PDF-1.7\n%\xe2\xe3\n"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
        ("json.csv", b'[{"phone": "+380501112233"}]'),
        ("program.csv", b"MZ\x90\x00\x03\x00\x00\x00"),
        ("rtf.txt", b"{\\rtf1\\ansi +380501112233}"),
        ("noise.csv", bytes((7 * n * n + n) % 256 for n in range(4000))),
        ("word.xls", _OLE + b"\x00" * 500 + "WordDocument".encode("utf-16-le") + b"\x00" * 500),
        ("gzip.xlsx", b"\x1f\x8b\x08\x00\x00\x00\x00\x00"),
    ):
        yield fails(f"o07_{name}", content, "NOT_A_SPREADSHEET")
    for name, parts in (
        ("word.xlsx", {"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"}),
        ("slides.xlsx", {"ppt/presentation.xml": "<presentation/>"}),
        ("numbers.xlsx", {"Index/Document.iwa": "x", "Metadata/Properties.plist": "x"}),
        ("pages.zip", {"Index.zip": "x", "preview.jpg": "x"}),
        ("list_in_zip.csv", {"people.csv": table()}),
        ("program.jar", {"META-INF/MANIFEST.MF": "x"}),
    ):
        yield fails(f"o08_{name}", _parts(parts), "NOT_A_SPREADSHEET")
    yield fails("~$people.xlsx", b"\x05Olena" + b" " * 160, "LOCK_FILE")
    yield fails("o09_folder.xlsx", lambda path: path.mkdir(), "IS_FOLDER")
    yield fails("o09_empty.csv", b"", "EMPTY_FILE")
    yield fails("o09_blanks.xlsx", b" \r\n" * 20, "EMPTY_FILE")
    writer = (
        '<office:text xmlns:office="x"><text:p xmlns:text="y">+380501112233</text:p></office:text>'
    )
    yield fails("o09_letter.odt", _parts({"content.xml": writer}), "NOT_A_SPREADSHEET")


def protected() -> Iterator[Case]:
    """Yield files that only open with a password."""
    yield fails(
        "x40_agile.xlsx", _OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "ENCRYPTED"
    )
    yield fails("x40_member.xlsx", _locked_member, "ENCRYPTED")
    entry = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    manifest = f'<manifest:manifest xmlns:manifest="m">{entry}</manifest:manifest>'
    yield fails(
        "x40_locked.ods",
        _parts({"content.xml": "\x8f\x01x", "META-INF/manifest.xml": manifest}),
        "ENCRYPTED",
    )
    yield fails("x40_locked.xls", _locked_xls(), "ENCRYPTED")
    guarded = '<sheetProtection password="CC1A" sheet="1"/>'
    yield rows("x41_sheet_protected.xlsx", book(*PEOPLE, after=guarded))


def damaged() -> Iterator[Case]:
    """Yield files that were cut, mixed up or half written."""
    good = _bytes(lambda path: write_xlsx(path, sheet(*PEOPLE)))
    for share in (10, 50, 90, 99):
        yield fails(f"x31_first_{share}_percent.xlsx", good[: len(good) * share // 100], "CORRUPT")
    yield fails("x31_only_pk.xlsx", b"PK\x03\x04", "CORRUPT")
    yield rows("x31_garbage_before.xlsx", _moved(good), also=["error"], also_phones=[])
    yield rows("x31_garbage_behind.xlsx", good + b"\x00" * 300, also=["error"], also_phones=[])
    for part, code in (
        ("xl/worksheets/sheet1.xml", "CORRUPT"),
        ("xl/workbook.xml", "NOT_A_SPREADSHEET"),
        ("xl/_rels/workbook.xml.rels", "CORRUPT"),
    ):
        yield fails(f"x32_no_{Path(part).name}", _without(part), code, also=["error"])
        yield fails(
            f"x32_cut_{Path(part).name}", _changed(part, lambda data: data[:-20]), "CORRUPT"
        )
    for name, part in (
        ("nothing", ""),
        ("words", "Олена"),
        ("twice", "<worksheet/><worksheet/>"),
    ):
        yield fails(
            f"x35_sheet_{name}.xlsx",
            lambda path, part=part: write_xlsx(path, part),
            "CORRUPT",
            also=["error"],
        )
    yield fails("x35_sheet_other.xlsx", raw("<a/>"), "NO_ROWS", also=["error"])
    for xls in ("people.xls", "people.xlsb"):
        data = (KEPT / xls).read_bytes()
        yield fails(f"x36_cut_{xls}", data[: len(data) // 2], "CORRUPT")
    yield fails(
        "x36_only_head.xls", _OLE + b"\x00" * 504 + "Workbook".encode("utf-16-le"), "CORRUPT"
    )
    slip = {"../../evil.txt": "x", "/etc/evil": "x", "C:\\evil": "x"}
    yield rows("x37_names_outside.xlsx", book(*PEOPLE, extra=slip))
    yield rows("x37_member_twice.xlsx", _doubled, also=["error"], also_phones=[])


def attacks() -> Iterator[Case]:
    """Yield bombs, loops and nonsense: each refused at once and in little memory."""
    entity = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    for part in ("xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"):
        name = f"x11_doctype_{part.rpartition('/')[2]}"
        yield fails(
            f"{name}.xlsx",
            _changed(part, lambda data: entity.encode() + data),
            "UNSAFE_FILE",
            **_QUICK,
        )
    doctype = _changed("content.xml", lambda data: entity.encode() + data, ods=True)
    yield fails("x11_doctype.ods", doctype, "UNSAFE_FILE", **_QUICK)
    blank = "<worksheet><sheetData>" + " " * (20 << 20) + "</sheetData></worksheet>"
    yield fails(
        "x12_blank_bomb.xlsx", lambda path: write_xlsx(path, blank), "UNSAFE_FILE", **_QUICK
    )
    strings = f'<sst xmlns="{MAIN}">' + "<si><t/></si>" * 1_000_000 + "</sst>"
    yield fails("x12_strings_bomb.xlsx", book(HEAD, strings=strings), "UNSAFE_FILE", **_QUICK)
    yield fails("x12_lying_size.xlsx", _lying, "CORRUPT", also=["error"], **_QUICK)
    deep = f'<worksheet xmlns="{MAIN}"><sheetData>' + "<a>" * 600_000
    yield fails(
        "x13_deep.xlsx", lambda path: write_xlsx(path, deep), "CORRUPT", also=["error"], **_QUICK
    )
    wide = f'<worksheet xmlns="{MAIN}"><sheetData x="' + "y" * 1_900_000 + '"/></worksheet>'
    yield fails(
        "x13_long_attribute.xlsx",
        lambda path: write_xlsx(path, wide),
        "NO_ROWS",
        also=["error"],
        **_QUICK,
    )
    many = " ".join(f'a{n}=""' for n in range(200_000))
    crowd = f'<worksheet xmlns="{MAIN}"><sheetData {many}/></worksheet>'
    yield fails(
        "x13_many_attributes.xlsx",
        lambda path: write_xlsx(path, crowd),
        "NO_ROWS",
        also=["error"],
        **_QUICK,
    )
    yield fails(
        "x14_many_parts.xlsx",
        book(*PEOPLE, extra={f"a/{n}": "" for n in range(5001)}),
        "UNSAFE_FILE",
        **_QUICK,
    )
    long = f'<sst xmlns="{MAIN}"><si><t>{"x" * 1_000_000}</t></si></sst>'
    echo = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 40_000))
    yield fails("x15_echo.xlsx", book(echo, strings=long), "TOO_BIG", **_QUICK)
    filled = f'<row r="1">{text("A1", "x" * 1_000_000)}</row>' + "".join(
        f'<row r="{n}"><c r="B{n}"><v>1</v></c></row>' for n in range(2, 40_000)
    )
    down = '<mergeCells><mergeCell ref="A1:A1048576"/></mergeCells>'
    yield fails("x15_echo_merged.xlsx", book(filled, after=down), "TOO_BIG", **_QUICK)
    merges = "<mergeCells>" + '<mergeCell ref="A1:A1048576"/>' * 60_000 + "</mergeCells>"
    tall = "".join(f'<row r="{n}"><c r="B{n}"><v>1</v></c></row>' for n in range(1, 40_000))
    yield fails(
        "x16_merges.xlsx",
        book(tall.replace('<c r="B1">', '<c r="A1"><v>7</v></c><c r="B1">', 1), after=merges),
        "NO_PHONE_COLUMN",
        also=["rows", "error"],
        also_phones=[],
        **_QUICK,
    )
    columns = "<cols>" + '<col min="1" max="16384" hidden="1"/>' * 100_000 + "</cols>"
    yield rows("x16_columns.xlsx", book(*PEOPLE, before=columns), also=["ask", "error"], **_QUICK)
    words = f"<text:p>{'x' * 100_000}</text:p>"
    cell = f"<table:table-cell table:number-columns-repeated='16384'>{words}</table:table-cell>"
    lines = f"<table:table-row table:number-rows-repeated='150'>{cell}</table:table-row>"
    yield fails(
        "x17_repeated_words.ods",
        lambda path: write_ods(path, f'<table:table table:name="S">{lines}</table:table>'),
        "TOO_BIG",
        **_QUICK,
    )
    blanks = (
        "<table:table-cell><text:p>"
        + "<text:s text:c='999999'/>" * 50_000
        + "</text:p></table:table-cell>"
    )
    yield fails(
        "x17_blanks.ods",
        lambda path: write_ods(
            path,
            '<table:table table:name="S"><table:table-row>'
            f"{blanks}</table:table-row></table:table>",
        ),
        "TOO_BIG",
        also=["error"],
        **_QUICK,
    )
    nested = '<table:table table:name="S">' * 60_000
    yield fails(
        "x17_deep.ods", lambda path: write_ods(path, nested), "CORRUPT", also=["error"], **_QUICK
    )
    yield rows("x18_quotes.csv", table() + '"' * 3_000_000, also=["error"], **_QUICK)
    yield rows("x18_open_quotes.csv", table() + ';"' * 500_000, also=["error"], **_QUICK)
    yield rows("x18_separators.csv", table() + ";" * 3_000_000, also=["error"], **_QUICK)
    yield rows(
        "x18_wide_line.csv",
        table() + '"' + ";" * 12_000 + '"\n' + "x;y\n" * 20_000,
        invalid=20_001,
        **_QUICK,
    )
    cells = "".join(f"+38050{n:07d} " for n in range(20_000))
    yield fails(
        "x18_phones_in_a_line.csv",
        cells,
        "NO_ROWS",
        also=["rows", "ask"],
        also_phones=[],
        **_QUICK,
    )
    odd = (
        "(" * 40 + "моб" + "-" * 40 + "1 " * 200 + "[",
        "/".join("1" * 5 for _ in range(150)),
        "0 " * 400 + "x",
    )
    yield rows(
        "x19_slow_cells.csv",
        "phone;n\n" + "".join(f"{cell};x\n" for cell in odd) * 300 + f"{P1};x\n",
        [P1],
        also=["ask"],
        also_phones=[P1],
        **_QUICK,
    )


def _bytes(write: Callable[[Path], object]) -> bytes:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        write(path)
        return path.read_bytes()


def _parts(parts: Mapping[str, str]) -> Callable[[Path], Path]:
    return lambda path: write_parts(path, parts)


def _without(name: str) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        write_xlsx(path, sheet(*PEOPLE))
        return write_parts(path, {n: part for n, part in zipped(path).items() if n != name})

    return write


def _changed(
    name: str, change: Callable[[bytes], bytes], *, ods: bool = False
) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        if ods:
            write_ods(path, '<table:table table:name="S"/>')
        else:
            write_xlsx(path, sheet(*PEOPLE))
        parts = zipped(path)
        return write_parts(path, {**parts, name: change(parts[name])})

    return write


def _moved(good: bytes) -> bytes:
    return b"PK" + b"\x00" * 300 + good


def _doubled(path: Path) -> None:
    write_xlsx(path, sheet(*PEOPLE))
    parts = [*zipped(path).items()]
    other = sheet(HEAD, row(2, "+380661112233", "x"))
    central = io.BytesIO()
    with zipfile.ZipFile(central, "w") as archive:
        for name, part in parts:
            archive.writestr(name, part)
        archive.writestr("xl/worksheets/sheet1.XML", other)
    path.write_bytes(central.getvalue())


def _locked_member(path: Path) -> None:
    data = bytearray(_bytes(lambda place: write_xlsx(place, sheet(*PEOPLE))))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    path.write_bytes(bytes(data))


def _locked_xls() -> bytes:
    """Turn the record behind the workbook's first one into FILEPASS."""
    data = bytearray((KEPT / "people.xls").read_bytes())
    start = data.find(b"\x09\x08\x10\x00")
    length = struct.unpack_from("<H", data, start + 2)[0]
    struct.pack_into("<H", data, start + 4 + length, 0x2F)
    return bytes(data)


def _lying(path: Path) -> None:
    """Write a sheet that says it is small and is not."""
    data = bytearray(_bytes(lambda place: write_xlsx(place, sheet(*PEOPLE, after=" " * 2_000_000))))
    name = b"xl/worksheets/sheet1.xml"
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        if data[at + 46 : at + 46 + len(name)] == name:
            struct.pack_into("<I", data, at + 24, 500)
        at = data.find(b"PK\x01\x02", at + 4)
    path.write_bytes(bytes(data))


def damage_cases() -> Iterator[Case]:
    """Yield all cases of damage and attack."""
    yield from other_files()
    yield from protected()
    yield from damaged()
    yield from attacks()
