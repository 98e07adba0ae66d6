"""Build what `check --json` prints: the object that the README documents."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from cascade_desktop.core.questions import Question, find_question, proposed
from cascade_desktop.core.reading_problems import (
    ColumnProblem,
    DuplicateHeader,
    FileProblem,
    NoPhoneColumn,
    NoRows,
    NoSuchColumn,
    PhoneProblem,
    PhonesGone,
    SeveralPhoneColumns,
)
from cascade_desktop.core.recipients import Counts, Recipients
from cascade_desktop.core.table import Table, column_letter

Fact = FileProblem | ColumnProblem | PhoneProblem | Question | Counts
Say = Callable[[Fact], str]
"""Turns a fact into a sentence for the operator."""

MOST_VALUES = 1_000
"""So many rows' cells are printed; phones and reasons are printed for all."""

_MOST_CELLS = 500_000
"""Of a very wide sheet fewer rows are printed."""

_COLUMN_CODES: dict[type, str] = {
    NoRows: "NO_ROWS",
    NoPhoneColumn: "NO_PHONE_COLUMN",
    NoSuchColumn: "NO_SUCH_COLUMN",
    PhonesGone: "NO_PHONE_COLUMN",
    SeveralPhoneColumns: "TWO_PHONE_COLUMNS",
    DuplicateHeader: "DUPLICATE_HEADER",
}


def check_report(
    read: Table | FileProblem,
    found: Recipients | ColumnProblem | None,
    say: Say,
    *,
    country: str = "UA",
    stopped: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """Return status, code, message, phones, invalid rows, values, counts and what was understood.

    With the status "ask" the phones are those of the proposal. The caller adds `rss_mb`.
    """
    if isinstance(read, FileProblem):
        return _failed(read.fault.value, say(read))
    if found is None:
        found = NoRows()
    if isinstance(found, Recipients):
        recipients = found
    elif (recipients := proposed(found, read, country, stopped)) is None:
        report = _failed(_COLUMN_CODES[type(found)], say(found))
        return {**report, "values": _values(read), "understood": _understood(read, None)}
    question = find_question(read, found)
    return {
        "status": "ask" if question else "rows",
        "code": question.code.value if question else "OK",
        "message": say(question) if question else say(recipients.counts),
        "phones": [recipients.phones[row] for row in recipients.ready],
        "invalid": [
            {"row": read.row_numbers[row], "reason": say(why)}
            for row, why in sorted(recipients.problems.items())
        ],
        "values": _values(read),
        "counts": asdict(recipients.counts),
        "understood": _understood(read, recipients.phone_column),
    }


def _failed(code: str, message: str) -> dict[str, Any]:
    return {"status": "error", "code": code, "message": message, "phones": [], "invalid": []}


def _values(table: Table) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    most = min(MOST_VALUES, max(1, _MOST_CELLS // max(1, len(table.columns))))
    for index, column in enumerate(table.columns):
        values.setdefault(table.names[index] or column_letter(index), list(column[:most]))
    return values


def _understood(table: Table, column: int | None) -> dict[str, Any]:
    source = table.source
    return {
        "kind": source.kind,
        "sheet": source.sheet,
        "header_row": source.header_row,
        "encoding": source.encoding,
        "separator": source.separator,
        "phone_column": None if column is None else table.names[column] or column_letter(column),
    }
