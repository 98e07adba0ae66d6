"""Open a list: as the program finds it, or as one of the same shape was read the last time."""

import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cascade_desktop.core.progress import Report, tell_nobody
from cascade_desktop.core.recipients import Recipients
from cascade_desktop.core.table import Table
from cascade_desktop.core.understanding import Columns, Understanding, find_columns, shape_of
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
    """Of the list as the program finds it by itself, whichever way it was read then."""
    how: ReadChoice
    """How the file had to be read."""
    columns: Columns | None = None
    """Where the columns are that were chosen the last time; None where nothing is known."""


def open_list(
    reader: WarmReader,
    memory: ListMemory,
    path: Path,
    country: str,
    *,
    cancelled: threading.Event,
    report: Report = tell_nobody,
) -> Opened:
    """Read a file; what was chosen about its shape counts, unless that would make it worse.

    Raises:
        UnreadableFileError: with a problem for the operator.
        ReadingCancelledError: `cancelled` was set.
    """
    how = ReadChoice(country=country)
    table = reader.read(path, how, cancelled=cancelled, report=report)
    shape = shape_of(table)
    known = memory.recall(shape)
    if known is not None:
        how_then = _how(known) if known.needs_reading else how
        again = _read_again(reader, path, how_then, cancelled) if known.needs_reading else table
        columns = find_columns(known, again) if again is not None else None
        if again is not None and columns is not None:
            return Opened(again, known.country, shape, how_then, columns)
    return Opened(table, country, shape, how)


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
    )


def _how(known: Understanding) -> ReadChoice:
    return ReadChoice(
        sheet=known.sheet or None,
        header_row=known.header_row,
        separator=known.separator or None,
        encoding=known.encoding or None,
        country=known.country,
    )


def _read_again(
    reader: WarmReader, path: Path, how: ReadChoice, cancelled: threading.Event
) -> Table | None:
    with suppress(UnreadableFileError):
        return reader.read(path, how, cancelled=cancelled)
    return None
