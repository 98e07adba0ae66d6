"""Tell what a file is by what it holds; its name is only a hint between csv, tsv and txt."""

import re
from enum import StrEnum
from pathlib import Path

from cascade_desktop.core.reading_problems import FileFault
from cascade_desktop.engine.tables.unreadable import refuse

HEAD_BYTES = 8192


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
        refuse(FileFault.NOT_A_SPREADSHEET, detail="XML")
    if text.startswith((b"{", b"[{")) and b'":' in text:
        refuse(FileFault.NOT_A_SPREADSHEET, detail="JSON")
