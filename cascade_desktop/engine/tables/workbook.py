"""Read .xlsx and .xlsm: which sheets there are, shared strings, and the formats of cells."""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote
from xml.parsers.expat import XMLParserType

from cascade_desktop.core.reading_problems import FileFault
from cascade_desktop.engine.tables.gate import Parts
from cascade_desktop.engine.tables.number_text import BUILTIN_FORMATS
from cascade_desktop.engine.tables.unreadable import refuse

_MAIN = "xl/workbook.xml"
_LONGEST_FORMAT = 255
_STRING = re.compile(r'<si><t(?: xml:space="preserve")?(?:/>|>([^<]*)</t>)</si>')
_USUAL_ENCODING = b'encoding="UTF-8"'
_ODD_IN_STRINGS = (b"&", b"\r", b"_x", b"<!", b"encoding=")
_END_OF_STRINGS = re.compile(rb"\s*(?:</sst>\s*|<sst[^>]*/>\s*)?\Z")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it."""

    name: str
    part: str
    visible: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the workbook says about all its sheets."""

    sheets: tuple[SheetEntry, ...]
    active: int
    uses_1904: bool
    macros: bool
    formats: tuple[str, ...]
    """The number format of each style."""

    @property
    def visible(self) -> tuple[SheetEntry, ...]:
        """Return the sheets a person sees; all, when every one is hidden."""
        return tuple(sheet for sheet in self.sheets if sheet.visible) or self.sheets


def local(name: str) -> str:
    """Return a tag's or attribute's name without its prefix."""
    return name.rpartition(":")[2]


def unescaped(text: str) -> str:
    r"""Undo _x000D_, which is how Excel writes what XML cannot hold; controls become blanks.

    >>> unescaped("+380501112233_x000D_")
    '+380501112233\r'
    """
    if "_x" not in text:
        return text
    told = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text).replace("\x00", "")
    return told.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@dataclass(slots=True)
class _Book:
    sheets: list[tuple[str, str, bool]] = field(default_factory=list[tuple[str, str, bool]])
    active: int = 0
    uses_1904: bool = False
    root: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.root = self.root or local(name)
        match local(name):
            case "sheet":
                relation = next((v for k, v in attributes.items() if local(k) == "id"), "")
                seen = attributes.get("state", "visible") == "visible"
                self.sheets.append((attributes.get("name", ""), relation, seen))
            case "workbookView":
                active = attributes.get("activeTab", "0")
                self.active = int(active) if active.isdecimal() else 0
            case "workbookPr":
                self.uses_1904 = attributes.get("date1904", "0") in {"1", "true"}
            case _:
                pass


def read_workbook(parts: Parts) -> Workbook:
    """Read everything of a workbook but its cells."""
    main = _main_part(parts)
    book = _Book()
    parts.parse(main, lambda parser: _listen(parser, book.start))
    targets = _relations(parts, main)
    sheets = tuple(
        SheetEntry(name, targets[relation][1], visible)
        for name, relation, visible in book.sheets
        if relation in targets and targets[relation][0] == "worksheet"
    )
    if book.root != "workbook":
        refuse(FileFault.NOT_A_SPREADSHEET)
    if not sheets:
        refuse(FileFault.CORRUPT, detail=main)
    names = [entry[0] for entry in book.sheets]
    active = names[book.active] if book.active < len(names) else ""
    place = next((i for i, sheet in enumerate(sheets) if sheet.name == active), 0)
    macros = any(name.casefold().endswith("vbaproject.bin") for name in parts.names)
    return Workbook(sheets, place, book.uses_1904, macros, _formats(parts, targets))


def read_strings(parts: Parts) -> list[str]:
    """Return the shared strings, runs joined, phonetic hints left out."""
    part = next(
        (t for k, t in _relations(parts, _main_part(parts)).values() if k == "sharedStrings"), ""
    )
    if not part or not parts.has(part):
        return []
    quick = _plain_strings(parts, part)
    if quick is not None:
        return quick
    strings = _Strings()
    parts.parse(part, strings.listen)
    return strings.found


def _plain_strings(parts: Parts, part: str) -> list[str] | None:
    """Read strings without runs, escapes or anything else odd three times as fast; else None."""
    found: list[str] = []
    rest = b""
    for chunk in parts.checked_chunks(part):
        piece = rest + chunk
        end = piece.rfind(b"</si>") + len(b"</si>")
        if end < len(b"</si>"):
            end = 0
        whole, rest = piece[:end], piece[end:]
        if not found:
            whole = whole.replace(_USUAL_ENCODING, b"", 1)
        if any(odd in whole for odd in _ODD_IN_STRINGS):
            return None
        texts = _STRING.findall(whole.decode())
        if not len(texts) == whole.count(b"<si") == whole.count(b"</si>"):
            return None
        found += texts
    return found if _END_OF_STRINGS.match(rest) else None


def _main_part(parts: Parts) -> str:
    for kind, target in _relations(parts, "").values():
        if kind == "officeDocument" and parts.has(target):
            if target.casefold().endswith(".bin"):
                refuse(FileFault.NOT_A_SPREADSHEET)
            return target
    if not parts.has(_MAIN):
        refuse(FileFault.NOT_A_SPREADSHEET)
    return _MAIN


def _relations(parts: Parts, part: str) -> dict[str, tuple[str, str]]:
    """Return a part's relations: id -> (kind, target)."""
    folder, name = posixpath.split(part)
    listing = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "Relationship" and attributes.get("TargetMode") != "External":
            target = unquote(attributes.get("Target", "")).replace("\\", "/")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = (kind, posixpath.normpath(whole))

    if parts.has(listing):
        parts.parse(listing, lambda parser: _listen(parser, start))
    return found


def _formats(parts: Parts, relations: dict[str, tuple[str, str]]) -> tuple[str, ...]:
    part = next((target for kind, target in relations.values() if kind == "styles"), "")
    if not part or not parts.has(part):
        return ()
    codes: dict[int, str] = {}
    styles: list[int] = []
    inside = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        match local(name):
            case "numFmt":
                number = attributes.get("numFmtId", "")
                if number.isdecimal():
                    codes[int(number)] = attributes.get("formatCode", "")[:_LONGEST_FORMAT]
            case "cellXfs" | "cellStyleXfs" as group:
                inside = group
            case "xf" if inside == "cellXfs":
                number = attributes.get("numFmtId", "0")
                styles.append(int(number) if number.isdecimal() else 0)
            case _:
                pass

    parts.parse(part, lambda parser: _listen(parser, start))
    return tuple(codes.get(style) or BUILTIN_FORMATS.get(style, "General") for style in styles)


def _listen(parser: XMLParserType, start: Callable[[str, dict[str, str]], None]) -> None:
    parser.StartElementHandler = start


class _Strings:
    """Collect the shared strings."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._phonetic = 0
        self._in_text = False

    def listen(self, parser: XMLParserType) -> None:
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        match local(name):
            case "si":
                self._pieces = []
            case "t":
                self._in_text = not self._phonetic
            case "rPh":
                self._phonetic += 1
            case _:
                pass

    def _text(self, text: str) -> None:
        if self._in_text:
            self._pieces.append(text)

    def _end(self, name: str) -> None:
        match local(name):
            case "si":
                self.found.append(unescaped("".join(self._pieces)))
            case "t":
                self._in_text = False
            case "rPh":
                self._phonetic -= 1
            case _:
                pass
