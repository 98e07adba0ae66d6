"""Tell what a file is by what it holds; its name is only a hint between csv, tsv and txt."""

import re
from enum import StrEnum
from pathlib import Path

from cascade_desktop.core.reading_problems import FileFault
from cascade_desktop.engine.tables.unreadable import refuse

HEAD_BYTES = 8192


_WORKBOOK_BEGINS = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_FILEPASS = b"\x2f\x00"
_FIRST_RECORDS = 8


class Kind(StrEnum):
    """How a file is read."""

    ZIP = "zip"
    OLE = "ole"
    TEXT = "text"


_OTHER_FILES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"MZ", "exe"),
    (b"\x7fELF", "exe"),
    (b"{\\rtf", "RTF"),
    (b"SQLite format 3", "SQLite"),
    (b"BEGIN:VCARD", "vCard"),
    (b"PAR1", "Parquet"),
)
_MARKUP = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|table|head|body|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML_TABLE = re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet|<Workbook\b")


def kind_of_file(path: Path, head: bytes) -> Kind:
    """Return how to read a file, or refuse what is no list at all."""
    if path.name.startswith("~$"):
        refuse(FileFault.LOCK_FILE)
    if not head:
        refuse(FileFault.EMPTY_FILE)
    if head.startswith(b"PK"):
        return Kind.ZIP
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Kind.OLE
    for start, name in _OTHER_FILES:
        if head.startswith(start):
            refuse(FileFault.NOT_A_SPREADSHEET, detail=name)
    _refuse_markup(head)
    return Kind.TEXT


def _refuse_markup(head: bytes) -> None:
    text = head.removeprefix(b"\xef\xbb\xbf")
    if text[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        text = text.replace(b"\x00", b"")[2:]
    text = text.lstrip()
    if _MARKUP.match(text):
        refuse(FileFault.HTML_TABLE)
    if text.startswith((b"<?xml", b"<Workbook")):
        if _XML_TABLE.search(text):
            refuse(FileFault.XML_TABLE)
        if re.search(rb"<(?:html|table)\b", text, re.IGNORECASE):
            refuse(FileFault.HTML_TABLE)
        refuse(FileFault.NOT_A_SPREADSHEET)
    if text.startswith((b"{", b"[{")) and b'":' in text:
        refuse(FileFault.NOT_A_SPREADSHEET, detail="JSON")


def refuse_other_office_files(data: bytes) -> None:
    """Refuse an OLE file that is locked, cut off, or of another Office program."""
    if _named(data, "EncryptedPackage") or _has_password(data):
        refuse(FileFault.ENCRYPTED)
    if _named(data, "Workbook") or _named(data, "Book"):
        return
    sector = 1 << min(20, int.from_bytes(data[30:32], "little"))
    directory = (int.from_bytes(data[48:52], "little") + 1) * sector
    if directory >= len(data) and len(data) > sector:
        refuse(FileFault.CORRUPT)
    refuse(FileFault.NOT_A_SPREADSHEET, detail="Office")


def _named(data: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in data


def _has_password(data: bytes) -> bool:
    """Look for the record FILEPASS among the first of a workbook (MS-XLS 2.4.117)."""
    at = data.find(_WORKBOOK_BEGINS)
    for _ in range(_FIRST_RECORDS):
        if at < 0 or at + 4 > len(data):
            return False
        if data[at : at + 2] == _FILEPASS:
            return True
        at += 4 + int.from_bytes(data[at + 2 : at + 4], "little")
    return False
