"""Open a list: as the program finds it, or as one with the same names was read the last time."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from cascade_desktop.core.campaign_file import ListRef
from cascade_desktop.core.columns import resolve_column
from cascade_desktop.core.progress import Report, tell_nobody
from cascade_desktop.core.reading_problems import PhonesGone
from cascade_desktop.core.recipients import Recipients
from cascade_desktop.core.table import Source, Table
from cascade_desktop.core.understanding import (
    Columns,
    Understanding,
    find_columns,
    find_doubt,
    shape_in_kind,
    shape_of,
)
from cascade_desktop.engine.list_memory import ListMemory
from cascade_desktop.engine.tables.child import WarmReader
from cascade_desktop.engine.tables.grid import ReadChoice
from cascade_desktop.engine.tables.unreadable import UnreadableFileError


@dataclass(frozen=True, slots=True)
class Opened:
    """A list that was read."""

    table: Table
    country: str
    shape: str
    """Of the list in its kind as the program finds it by itself, however it was read then."""
    how: ReadChoice
    """How the file had to be read."""
    columns: Columns | None = None
    """Where the columns are that were chosen the last time; None where nothing is known."""
    doubt: PhonesGone | None = None
    """Why the column chosen the last time is not used, so that none may be taken unasked."""


def open_list(
    reader: WarmReader,
    memory: ListMemory,
    path: Path,
    country: str,
    *,
    cancelled: threading.Event,
    report: Report = tell_nobody,
) -> Opened:
    """Read a file; what was chosen about its names counts, unless that would make it worse.

    Raises:
        UnreadableFileError: with a problem for the operator.
        ReadingCancelledError: `cancelled` was set.
    """
    how = ReadChoice(country=country)
    table = reader.read(path, how, cancelled=cancelled, report=report)
    shape = shape_in_kind(table)
    doubt = None
    for way, known in _ways(memory, table, how):
        again = table if way is how else _read_again(reader, path, way, cancelled)
        if again is None or (way is not how and known.shape not in {"", shape_of(again)}):
            continue
        latest = memory.recall(shape_of(again)) or known
        for where in (latest.country, country):
            columns = find_columns(latest, again, where)
            if columns is not None:
                return Opened(again, where, shape, way, columns)
        doubt = doubt or (find_doubt(latest, again) if way is how else None)
    return Opened(table, country, shape, how, doubt=doubt)


def open_as(
    reader: WarmReader,
    memory: ListMemory,
    path: Path,
    country: str,
    ref: ListRef,
    *,
    cancelled: threading.Event,
    report: Report = tell_nobody,
) -> Opened:
    """Read a file as a campaign says that its list was read, as far as that can still be.

    Raises:
        UnreadableFileError: with a problem for the operator.
        ReadingCancelledError: `cancelled` was set.
    """
    opened = open_list(reader, memory, path, country, cancelled=cancelled, report=report)
    source = opened.table.source
    is_other = ref.sheet not in {"", source.sheet}
    if is_other or ref.header_row not in {None, source.header_row}:
        way = replace(opened.how, sheet=ref.sheet or None, header_row=ref.header_row)
        again = _read_again(reader, path, way, cancelled)
        if again is not None:
            opened = Opened(again, country, opened.shape, way)
    phone = resolve_column(opened.table, ref.phone_column) if ref.phone_column else None
    if phone is None:
        return opened
    consent = opened.columns.consent if opened.columns else None
    return replace(opened, country=country, columns=Columns(phone, consent), doubt=None)


def _ways(
    memory: ListMemory, table: Table, how: ReadChoice
) -> Iterator[tuple[ReadChoice, Understanding]]:
    """Return the ways to read a file of which something is known, the likeliest first."""
    by_names = memory.recall(shape_of(table))
    by_kind = memory.recall(shape_in_kind(table))
    for known in (by_kind, by_names):
        if known is not None:
            way = _way(known, table)
            if way is not None:
                yield way, known
    if by_names is not None:
        yield how, by_names
    elif by_kind is not None and not by_kind.shape:
        yield how, by_kind


def _way(known: Understanding, table: Table) -> ReadChoice | None:
    """Return how to read a file again as one was; None where that adds nothing.

    Where the names are found without it, only another sheet or a doubtful encoding counts.
    """
    source = table.source
    is_found = known.shape == shape_of(table)
    sheet = known.sheet if known.sheet in source.sheets else ""
    encoding = known.encoding if _may_be_in(known.encoding, source, is_found=is_found) else ""
    if is_found and sheet in {"", source.sheet} and not encoding:
        return None
    way = ReadChoice(
        sheet=sheet or None,
        header_row=known.header_row if sheet or not is_found else None,
        separator=known.separator or None if source.encoding else None,
        encoding=encoding or None,
        country=known.country,
    )
    return None if way == ReadChoice(country=known.country) else way


def _may_be_in(encoding: str, source: Source, *, is_found: bool) -> bool:
    """Tell whether a text may be in an encoding: Unicode is proven by its own rules."""
    if is_found or source.encoding.startswith("utf"):
        return encoding in source.encodings
    return bool(source.encoding)


def understood(recipients: Recipients, how: ReadChoice, country: str) -> Understanding | None:
    """Return what was chosen about a list; None where its column of phones has no name."""
    names, choice = recipients.table.names, recipients.choice
    consent = choice.consent_column
    if not names[recipients.phone_column]:
        return None
    return Understanding(
        phone_column=names[recipients.phone_column],
        country=country,
        sheet=how.sheet or "",
        header_row=how.header_row,
        encoding=how.encoding or "",
        separator=how.separator or "",
        consent_column="" if consent is None else names[consent],
        shape=shape_of(recipients.table),
    )


def _read_again(
    reader: WarmReader, path: Path, how: ReadChoice, cancelled: threading.Event
) -> Table | None:
    with suppress(UnreadableFileError):
        return reader.read(path, how, cancelled=cancelled)
    return None
