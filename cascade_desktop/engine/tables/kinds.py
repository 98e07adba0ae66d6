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
    (b"%!PS", "PostScript"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"RIFF", "WebP"),
    (b"8BPS", "Photoshop"),
    (b"AT&TFORM", "DjVu"),
    (b"ID3\x03", "MP3"),
    (b"ID3\x04", "MP3"),
    (b"OggS", "Ogg"),
    (b"fLaC", "FLAC"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x04\x22\x4d\x18", "lz4"),
    (b"MSCF", "CAB"),
    (b"MZ", "exe"),
    (b"\x7fELF", "exe"),
    (b"{\\rtf", "RTF"),
    (b"SQLite format 3", "SQLite"),
    (b"\x00\x01\x00\x00Standard", "Access"),
    (b"PAR1", "Parquet"),
    (b"!BDN", "Outlook"),
    (b"\x00\x05\x16\x07", "macOS"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "lnk"),
    (b"\x09\x00\x04\x00", "Excel 2"),
    (b"\x09\x02\x06\x00", "Excel 3"),
    (b"\x09\x04\x06\x00", "Excel 4"),
)
_FURTHER_IN: tuple[tuple[int, bytes, str], ...] = (
    (4, b"ftyp", "MP4"),
    (257, b"ustar", "tar"),
)
_TEXTS_OF_PROGRAMS: tuple[tuple[re.Pattern[bytes], str], ...] = tuple(
    (re.compile(start, re.IGNORECASE), name)
    for start, name in (
        (rb"\[\s*[{\[\"\]]|\{\s*[\"}]", "JSON"),
        (rb"begin:vcard", "vCard"),
        (rb"begin:vcalendar", "iCalendar"),
        (rb"\[(?:internetshortcut|desktop entry)\]", "url"),
        (rb"-----begin [a-z ]+-----", "PEM"),
        (rb"#!/", "script"),
        (rb"ID;P[^\r\n]*\r?\n(?:P;P|C;[XYF]|B;[XY]|F;|O;|NN;)", "SYLK"),
        (rb"table\r?\n0,1\r?\n", "DIF"),
    )
)
_COMMENTS = re.compile(rb"\A(?>(?:\s*<!--.*?-->)*)\s*", re.DOTALL)
"""Not a possessive repeat: Python before 3.11.5 forgets where its last try began."""
_MARKUP = re.compile(rb"<(?:[a-z!?][a-z0-9-]*(?::[a-z]+)?[\s>/]|!--)", re.IGNORECASE)
_PAGE = re.compile(
    rb"<(?:!doctype\s+html|html|table|head|body|meta|tr|td|style|script|div|span|form)\b",
    re.IGNORECASE,
)
_XML_TABLE = re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet|<Workbook\b")
_XML = re.compile(rb"<\?xml|<[a-z0-9:]+ [^>]*xmlns\b|<!doctype\b", re.IGNORECASE)
_MAIL = re.compile(
    rb"(?:mime-version|received|return-path|delivered-to|from|to|subject|date|message-id|x-[a-z-]+"
    rb"|content-type): ",
    re.IGNORECASE,
)
_MAIL_FURTHER = re.compile(
    rb"^(?:mime-version|content-type|received|message-id): ", re.IGNORECASE | re.MULTILINE
)
_PAGE_IN_MAIL = re.compile(rb"multipart/related|<html|<table", re.IGNORECASE)
"""How Excel saves a web page in one file."""


def kind_of_file(path: Path, head: bytes) -> Kind:
    """Return how to read a file, or refuse what is no list at all."""
    if path.name.startswith("~$") or (path.name.startswith(".~lock.") and path.name[-1] == "#"):
        refuse(FileFault.LOCK_FILE)
    if not head:
        refuse(FileFault.EMPTY_FILE)
    if head.startswith(b"PK"):
        return Kind.ZIP
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Kind.OLE
    for place, start, name in (*((0, *known) for known in _OTHER_FILES), *_FURTHER_IN):
        if head.startswith(start, place):
            refuse(FileFault.NOT_A_SPREADSHEET, detail=name)
    _refuse_other_texts(_plain(head))
    return Kind.TEXT


def _plain(head: bytes) -> bytes:
    """Return the text without a byte order mark, and of UTF-16 the half that tells tags."""
    text = head.removeprefix(b"\xef\xbb\xbf")
    if text[:2] in {b"\xff\xfe", b"\xfe\xff"} or text[:4].count(0) == 2:  # noqa: PLR2004
        text = text.replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return text.lstrip()


def _refuse_other_texts(text: bytes) -> None:
    """Refuse markup, mail and what programs write for each other."""
    for start, name in _TEXTS_OF_PROGRAMS:
        if start.match(text):
            refuse(FileFault.NOT_A_SPREADSHEET, detail=name)
    if _MAIL.match(text) and _MAIL_FURTHER.search(text):
        if _PAGE_IN_MAIL.search(text):
            refuse(FileFault.HTML_TABLE)
        refuse(FileFault.NOT_A_SPREADSHEET, detail="e-mail")
    text = _COMMENTS.sub(b"", text, count=1)
    if _MARKUP.match(text):
        _refuse_markup(text)


def _refuse_markup(text: bytes) -> None:
    if _XML_TABLE.search(text):
        refuse(FileFault.XML_TABLE)
    if _PAGE.search(text) or text.startswith(b"<!--"):
        refuse(FileFault.HTML_TABLE)
    if _XML.match(text):
        refuse(FileFault.NOT_A_SPREADSHEET)


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
