"""Files of other programs under the names of lists, and lists under strange names."""

import bz2
import gzip
import lzma
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from own_case import P1, P2, P3, Case, asks, fails, rows, table
from own_shape_cases import KEPT, PEOPLE, TEXTS, book
from workbooks import write_ods, write_parts, zipped

_LIST = table().encode()
_OTHER_PROGRAMS: dict[str, bytes] = {
    "cabinet.xlsx": b"MSCF\0\0\0\0",
    "xz.xlsx": lzma.compress(_LIST),
    "bzip2.csv": bz2.compress(_LIST),
    "gzip.csv": gzip.compress(_LIST),
    "zstd.csv": b"\x28\xb5\x2f\xfd\x24\x10",
    "tar.csv": b"people.csv".ljust(257, b"\0") + b"ustar  \0" + _LIST,
    "tiff.csv": b"II*\0" + bytes(100),
    "webp.csv": b"RIFF\x24\0\0\0WEBPVP8 ",
    "video.csv": b"\0\0\0\x18ftypmp42" + bytes(50),
    "music.csv": b"ID3\x03\0\0\0",
    "shortcut.csv": b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0" + bytes(60),
    "shortcut.url": b"[InternetShortcut]\r\nURL=https://example.com/list.xlsx\r\n",
    "launcher.csv": b"[Desktop Entry]\nType=Link\nURL=https://example.com\n",
    "pointer.gsheet": b'{"":"WARNING!","doc_id":"1abc","email":"a@example.com"}',
    "json_pretty.csv": f'[\n  {{\n    "phone": "{P1}"\n  }}\n]\n'.encode(),
    "json_bare.csv": f'[ "{P1}", "{P2}" ]'.encode(),
    "json_marked.csv": f'\ufeff{{\n  "people": [ {{"phone": "{P1}"}} ]\n}}'.encode(),
    "json_utf16.csv": f'{{"phone": "{P1}"}}'.encode("utf-16"),
    "contact.vcf": f"begin:vcard\r\nversion:2.1\r\nTEL:{P1}\r\nend:vcard\r\n".encode(),
    "contact_marked.csv": f"\ufeffBEGIN:VCARD\r\nTEL:{P1}\r\nEND:VCARD\r\n".encode(),
    "contact_utf16.vcf": f"BEGIN:VCARD\r\nTEL:{P1}\r\nEND:VCARD\r\n".encode("utf-16"),
    "calendar.csv": b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
    "letter.eml": f"From: a@b.c\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\n{P1}\r\n".encode(),
    "sylk.csv": f'ID;PWXL;N;E\r\nC;Y1;X1;K"phone"\r\nC;Y2;X1;K"{P1}"\r\nE\r\n'.encode(),
    "dif.csv": b'TABLE\r\n0,1\r\n"EXCEL"\r\nVECTORS\r\n0,2\r\n',
    "excel_2.xls": b"\x09\x00\x04\x00\x02\x00\x10\x00" + b"\x04\0\x0b\0phone" * 3,
    "excel_4.xls": b"\x09\x04\x06\x00\x00\x04\x10\x00" + bytes(60),
    "access.xls": b"\0\1\0\0Standard Jet DB\0" + bytes(100),
    "key.csv": b"-----BEGIN CERTIFICATE-----\nMIIB\n",
    "script.csv": f'#!/usr/bin/env python3\nprint("{P1}")\n'.encode(),
    "mac_fork.xlsx": b"\0\5\x16\7\0\2\0\0Mac OS X        " + bytes(100),
    "feed.csv": b'<rss xmlns="http://example.com"><phone>+380501112233</phone></rss>',
}
_PAGES: dict[str, bytes] = {
    "div.xls": b"<div><table><tr><td>+380501112233</td></tr></table></div>",
    "style.xls": b"<style>td{}</style>\n<table><tr><td>1</td></tr></table>",
    "center.xls": b"<center>x</center><table></table>",
    "rows_alone.xls": b"<tr><td>+380501112233</td></tr>",
    "font.xls": b"<font face='x'><table><tr>",
    "heading.xls": b"<h1>Clients</h1><table><tr><td>",
    "script.xls": b"<script>x</script><html>",
    "of_xhtml.xls": b'<?xml version="1.0"?>\n<!DOCTYPE html>\n<html xmlns="http://w3.org">',
    "utf16_unmarked.xls": "<html><table><tr><td>1</td></tr></table></html>".encode("utf-16-le"),
    "long_comment.xls": b"<!--" + b"x" * 9000 + b"--><html><table>",
    "in_one_file.xls": b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html><table>",
}
_OLD_XML = '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'


def programs() -> Iterator[Case]:
    """Yield what other programs wrote."""
    for name, content in _OTHER_PROGRAMS.items():
        yield fails(f"k01_{name}", content, "NOT_A_SPREADSHEET")
    for name, content in _PAGES.items():
        yield fails(f"k02_page_{name}", content, "HTML_TABLE")
    told = '<?xml version="1.0" encoding="utf-16"?>' + _OLD_XML
    for name, content in {
        "utf16.xls": told.encode("utf-16"),
        "utf16_unmarked.xls": told.encode("utf-16-le"),
        "prefixed.xls": _OLD_XML.replace("<Work", "<ss:Work").replace("xmlns", "xmlns:ss").encode(),
        "commented.xls": f"<!-- CRM --> {_OLD_XML}".encode(),
    }.items():
        yield fails(f"k03_{name}", content, "XML_TABLE")
    yield fails(".~lock.people.ods#", b",olena,pc,01.11.2026 10:00;", "LOCK_FILE")
    for name, content in {"nuls.csv": bytes(50), "signs.csv": b';;"";\r\n,\t|\n'}.items():
        yield fails(f"k04_{name}", content, "EMPTY_FILE")
    yield rows("k05_page_words_above.csv", "<br>\n<b>Warning</b>: x in y.php<br>\n" + table())
    yield rows("k05_angles_in_names.csv", table(head=("<phone>", "<name>")))
    yield rows("k05_id_and_phone.csv", f"ID;Phone\nC1;{P1}\nF2;{P2}\n", [P1, P2])
    yield rows("k05_brackets.csv", table(head=("[phone]", "{name}")))
    for name in ("people", "люди (копія) №1.dat", "people.CSV", "csv.numbers", "csv.ods"):
        yield rows(f"k06_{name}", table(), texts=TEXTS)
    yield rows("k06_tabs_in_utf16.xls", table("\t").encode("utf-16"), texts=TEXTS)


def archives() -> Iterator[Case]:
    """Yield zips in other ways than Excel's."""
    for name, change in {
        "backslashes_in_names": lambda parts: {k.replace("/", "\\"): v for k, v in parts.items()},
        "backslash_in_target": _targets(b"worksheets/sheet1", b"worksheets\\sheet1"),
        "percent_in_target": lambda parts: {
            k.replace("sheet1", "my sheet"): v.replace(b"/sheet1", b"/my%20sheet")
            for k, v in parts.items()
        },
        "dot_in_target": _targets(b'"worksheets/', b'"./worksheets/'),
        "main_renamed": lambda parts: {
            k.replace("workbook.xml", "book.xml"): v.replace(b"workbook.xml", b"book.xml")
            for k, v in parts.items()
        },
        "marks_on_all_parts": lambda parts: {
            k: b'\xef\xbb\xbf<?xml version="1.0" encoding="UTF-8"?>\r\n' + v
            for k, v in parts.items()
        },
        "all_parts_in_utf16": lambda parts: {
            k: ('<?xml version="1.0" encoding="UTF-16"?>' + v.decode()).encode("utf-16")
            for k, v in parts.items()
        },
        "no_root_relations": lambda parts: {k: v for k, v in parts.items() if k != "_rels/.rels"},
    }.items():
        yield rows(f"k07_{name}.xlsx", _repacked(change), texts=TEXTS)
    written = (KEPT / "people.xls").read_bytes()
    last = written.find(b"\x08\x02\x10\x00\x03\x00")
    gone = bytearray(written)
    gone[last + 16] |= 0x20
    two = [P1, P2]
    yield asks("k09_hidden_row.xls", bytes(gone), "HIDDEN_ROWS", phones=two, counts={"hidden": 1})
    far = bytearray(written)
    cell = written.find(b"\xfd\x00\x0a\x00\x03\x00\x01\x00")
    far[cell + 4 : cell + 8] = b"\xff\xff\xff\x00"
    yield fails("k09_stray_last_cell.xls", bytes(far), "TOO_BIG", max_s=3, max_mb=150)
    for name, method in (("stored", zipfile.ZIP_STORED), ("large", zipfile.ZIP_DEFLATED)):
        yield rows(f"k07_{name}.xlsx", _zipped_as(method), texts=TEXTS)
    yield fails("k08_checksums.xlsx", _wrong_checksums, "CORRUPT")
    for part in ("[Content_Types].xml", "docProps/core.xml", "xl/theme/theme1.xml"):
        name = f"k08_doctype_{Path(part).name}.xlsx"
        told = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'
        yield fails(name, book(*PEOPLE, extra={part: told}), "UNSAFE_FILE")
        yield fails(
            name.replace("doctype", "doctype_utf16"),
            book(*PEOPLE, extra={part: told.encode("utf-16")}),
            "UNSAFE_FILE",
        )
    yield fails("k08_doctype_styles.ods", _ods_with_doctype, "UNSAFE_FILE")
    listed = "".join(f'<sheet name="x{n}" sheetId="{n}" r:id="rId1"/>' for n in range(9000))
    yield fails(
        "k08_one_sheet_listed_often.xlsx",
        _repacked(_targets(b"</sheets>", listed.encode() + b"</sheets>")),
        "UNSAFE_FILE",
    )
    crowd = "".join(f'<c r="XFD{n}"><v>1</v></c>' for n in range(3, 4))
    stray = f'<row r="3">{crowd}</row>'
    far = '<row r="9000"><c r="A9000"><v>380933334455</v></c></row>'
    yield rows("k08_wide_and_long.xlsx", book(*PEOPLE[:2], stray, far), [P1, P3], invalid=1)


def kind_cases() -> Iterator[Case]:
    """Yield all cases of kinds."""
    yield from programs()
    yield from archives()


_Change = Callable[[dict[str, bytes]], dict[str, bytes]]


def _targets(before: bytes, after: bytes) -> _Change:
    return lambda parts: {k: v.replace(before, after) for k, v in parts.items()}


def _repacked(change: _Change) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        book(*PEOPLE)(path)
        return write_parts(path, change(zipped(path)))

    return write


def _zipped_as(method: int) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        parts = zipped(book(*PEOPLE)(path))
        with zipfile.ZipFile(path, "w", method) as archive:
            for name, part in parts.items():
                with archive.open(name, "w", force_zip64=True) as member:
                    member.write(part)

    return write


def _wrong_checksums(path: Path) -> None:
    data = bytearray(book(*PEOPLE)(path).read_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", data, at + 16, 0x12345678)
        at = data.find(b"PK\x01\x02", at + 4)
    path.write_bytes(bytes(data))


def _ods_with_doctype(path: Path) -> None:
    write_ods(path, '<table:table table:name="S"/>')
    write_parts(path, {**zipped(path), "styles.xml": b"<!DOCTYPE x><x/>"})
