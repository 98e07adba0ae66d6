"""Look at a zip's parts before any parser does: bombs, loops and nonsense stop here."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Self, TypeVar
from xml.parsers import expat

from cascade_desktop.core.progress import Progress, Report, Stage, tell_nobody
from cascade_desktop.core.reading_problems import FileFault
from cascade_desktop.engine.tables.unreadable import refuse

MOST_MEMBERS = 5_000
LARGEST_PART = 200 << 20
LARGEST_SHEET = 700 << 20
"""A sheet of 1,048,576 rows unpacks to some 300 MB; it is read as a stream."""
LARGEST_SUM = 800 << 20
_SUSPICIOUS_RATIO = 300
"""Sheets pack some 10 to 60 times, the emptiest 150; deflate ends at 1,032."""
_SMALL = 2 << 20
_CHUNK = 1 << 18
_ENCRYPTED = 1
_PROLOG = 4096
"""A DOCTYPE stands before a part's first tag; parts that are parsed are looked at whole."""

_T = TypeVar("_T")


class Parts:
    """The parts of a zipped document, opened only within limits."""

    def __init__(self, path: Path, report: Report = tell_nobody) -> None:
        self._report = report
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
            refuse(FileFault.CORRUPT)
        self._infos: dict[str, zipfile.ZipInfo] = {}
        try:
            self._admit(self._zip.infolist())
            self._refuse_doctypes()
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    @property
    def names(self) -> tuple[str, ...]:
        """Return the parts' names as the archive spells them."""
        return tuple(info.filename for info in self._infos.values())

    def has(self, name: str) -> bool:
        """Tell whether there is such a part; case does not matter, as in Excel."""
        return name.casefold() in self._infos

    def size(self, name: str) -> int:
        """Return how long a part is unpacked."""
        return self._infos[name.casefold()].file_size

    def read(self, name: str) -> bytes:
        """Return a small part whole."""
        with self._open(name) as part:
            return _guarded(part.read)

    def parse(self, name: str, prepare: Callable[[expat.XMLParserType], object]) -> None:
        """Stream a part through expat, which refuses any DOCTYPE and what is not well formed."""
        parser = _parser()
        prepare(parser)
        for chunk in self._chunks(name):
            _feed(parser, chunk, name)
        _feed(parser, b"", name, last=True)

    def checked_chunks(self, name: str) -> Iterator[bytes]:
        """Stream a part; each piece has passed expat, which refuses what `parse` refuses."""
        parser = _parser()
        for chunk in self._chunks(name):
            _feed(parser, chunk, name)
            yield chunk
        _feed(parser, b"", name, last=True)

    def _chunks(self, name: str) -> Iterator[bytes]:
        """Stream a part, and tell how far it is where people are in it."""
        has_people = "worksheets/" in name or name == "content.xml"
        size, done, rows = max(1, self.size(name) if self.has(name) else 1), 0, 0
        with self._open(name) as part:
            while chunk := _guarded(lambda: part.read(_CHUNK)):
                yield chunk
                if has_people:
                    done, rows = done + len(chunk), rows + chunk.count(b"<row ")
                    self._report(Progress(Stage.READING, done / size, rows))

    def _open(self, name: str) -> IO[bytes]:
        info = self._infos.get(name.casefold())
        if info is None:
            refuse(FileFault.CORRUPT, detail=name)
        return _guarded(lambda: self._zip.open(info))

    def _admit(self, infos: list[zipfile.ZipInfo]) -> None:
        if len(infos) > MOST_MEMBERS:
            refuse(FileFault.UNSAFE_FILE, count=len(infos), limit=MOST_MEMBERS)
        total = 0
        for info in infos:
            total += info.file_size
            sheet = "worksheets/" in info.filename.casefold()
            if info.file_size > (LARGEST_SHEET if sheet else LARGEST_PART) or total > LARGEST_SUM:
                refuse(FileFault.TOO_BIG, detail=info.filename, count=total, limit=LARGEST_SUM)
            packed = max(1, info.compress_size)
            if info.file_size > _SMALL and info.file_size > packed * _SUSPICIOUS_RATIO:
                refuse(FileFault.UNSAFE_FILE, detail=info.filename)
            if info.flag_bits & _ENCRYPTED:
                refuse(FileFault.ENCRYPTED)
            self._infos.setdefault(info.filename.replace("\\", "/").casefold(), info)

    def _refuse_doctypes(self) -> None:
        """Refuse a DOCTYPE in the parts that nothing here parses, too."""
        for name in self._infos:
            if name.endswith((".xml", ".rels")):
                with self._open(name) as part:
                    head = _guarded(lambda part=part: part.read(_PROLOG))
                if b"<!DOCTYPE" in head.replace(b"\x00", b""):
                    _refuse_doctype()


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    return parser


def _feed(parser: expat.XMLParserType, chunk: bytes, name: str, *, last: bool = False) -> None:
    try:
        parser.Parse(chunk, last)
    except (expat.ExpatError, UnicodeError):
        refuse(FileFault.CORRUPT, detail=name)
    except LookupError as error:
        if type(error) is not LookupError:  # an unknown encoding's is exactly this
            raise
        refuse(FileFault.CORRUPT, detail=name)


def _guarded(work: Callable[[], _T]) -> _T:
    """Turn what a damaged zip raises into a problem."""
    try:
        return work()
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ):
        refuse(FileFault.CORRUPT)


def _refuse_doctype(*_: object) -> None:
    refuse(FileFault.UNSAFE_FILE, detail="DOCTYPE")
