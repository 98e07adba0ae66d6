"""The “Do not message” list from the command line: list, add, remove, import, export."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cascade_desktop.cli_folder import open_workspace, read_journal
from cascade_desktop.cli_list import column_of, load_table
from cascade_desktop.cli_output import (
    CommandEndError,
    print_json,
    print_line,
    print_sentence,
    unusable,
)
from cascade_desktop.core.exit_codes import INCOMPLETE, NEEDS_SOMEBODY, OK
from cascade_desktop.core.phones import read_phone
from cascade_desktop.core.questions import proposed
from cascade_desktop.core.reading_problems import ColumnProblem
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.stop_list import Stopped, StopSum, tidy_reason
from cascade_desktop.core.stop_reading import (
    StopReading,
    UnreadRow,
    questions_of,
    read_stop_list,
)
from cascade_desktop.core.table import Table
from cascade_desktop.engine.environment import data_folder, data_root
from cascade_desktop.engine.journal.store import utc_now
from cascade_desktop.engine.tables.grid import ReadChoice
from cascade_desktop.engine.tables.report import ReportNotWrittenError
from cascade_desktop.engine.tables.stop_file import write_stop_list
from cascade_desktop.ui import wording, wording_reading, wording_stop


def stop_list(arguments: argparse.Namespace) -> int:
    """Show or change who must not be messaged: list, add, remove, import, export."""
    return {"list": _list, "add": _add, "remove": _remove, "import": _import, "export": _export}[
        arguments.action
    ](arguments)


def _list(arguments: argparse.Namespace) -> int:
    entries = _entries(arguments)
    for entry in entries:
        if arguments.json:
            print_json(_fields(entry))
        else:
            print_line(wording_stop.say_stopped(entry))
    if not entries and not arguments.json:
        print_line(wording_stop.say_nobody_stopped())
    return OK


def _add(arguments: argparse.Namespace) -> int:
    phones, unread = _typed(arguments)
    reason, now = tidy_reason(arguments.reason), utc_now()
    reading = StopReading(tuple(Stopped(phone, now, reason) for phone in phones), unread)
    return _keep(arguments, reading)


def _import(arguments: argparse.Namespace) -> int:
    country = arguments.country or "UA"
    choice = ReadChoice(arguments.sheet or None, arguments.header_row, country=country)
    table = load_table(Path(arguments.file), choice)
    column = column_of(table, arguments.phone_column)
    people = Choice(country=country, phone_column=column, include_hidden=True)
    return _keep(arguments, read_stop_list(_understood(arguments, table, people), utc_now()))


def _remove(arguments: argparse.Namespace) -> int:
    phones, unread = _typed(arguments)
    wanted = set(phones)
    with open_workspace(arguments, _folder(arguments)) as space:
        removed = space.journal.stop_list.remove(wanted)
    unknown = len(wanted) - removed
    if arguments.json:
        print_json({"removed": removed, "unknown": unknown, "unread": _unread(unread)})
    else:
        print_line(wording_stop.say_unstopped(removed))
        if unknown:
            print_sentence(wording_stop.say_not_stopped(unknown))
    for row in unread:
        print_sentence(wording_stop.say_unread_number(row))
    return INCOMPLETE if unread or unknown else OK


def _export(arguments: argparse.Namespace) -> int:
    entries = _entries(arguments)
    names = wording_stop.list_columns()
    try:
        write_stop_list(Path(arguments.file), wording_stop.list_name(), names, entries)
    except ReportNotWrittenError as error:
        raise unusable(wording.say_report_problem(error.problem)) from None
    if arguments.json:
        print_json({"file": arguments.file, "count": len(entries)})
    else:
        print_line(wording_stop.say_list_written(arguments.file, len(entries)))
    return OK


def _keep(arguments: argparse.Namespace, reading: StopReading) -> int:
    """Put what was read on the list, then tell it, and all that could not be read."""
    done = StopSum()
    if reading.entries:
        with open_workspace(arguments, _folder(arguments)) as space:
            done = space.journal.stop_list.add(reading.entries)
    typed = arguments.action == "add"
    if arguments.json:
        undated = [{"row": row.row, "date": row.cell} for row in reading.undated]
        unread = _unread(reading.unread)
        print_json({"added": done.added, "known": done.known, "unread": unread, "undated": undated})
    elif reading.entries:
        print_line(wording_stop.say_stop_sum(done))
    say_row = wording_stop.say_unread_number if typed else wording_stop.say_unread
    for row in reading.unread:
        print_sentence(say_row(row))
    if reading.undated:
        print_sentence(wording_stop.say_undated_count(len(reading.undated)))
    for row in reading.undated:
        print_sentence(wording_stop.say_unread(row))
    if not reading.entries:
        raise unusable(wording_stop.say_no_numbers())
    return INCOMPLETE if reading.unread else OK


def _understood(arguments: argparse.Namespace, table: Table, people: Choice) -> Recipients:
    """Return the numbers of a table, once every question about it is accepted."""
    found = read_recipients(table, people)
    _refuse_open(arguments, table, found)
    if not isinstance(found, Recipients):
        likely = proposed(found, table, people.country)
        if likely is None:
            raise unusable(wording_reading.say_reading(found))
        again = read_recipients(table, replace(people, phone_column=likely.phone_column))
        found = again if isinstance(again, Recipients) else likely
        _refuse_open(arguments, table, found)
    return found


def _refuse_open(
    arguments: argparse.Namespace, table: Table, found: Recipients | ColumnProblem
) -> None:
    for question in questions_of(table, found):
        if question.code.value not in arguments.accept:
            words = wording_reading.say_reading(question)
            raise CommandEndError(NEEDS_SOMEBODY, words, code=question.code.value)


def _typed(arguments: argparse.Namespace) -> tuple[Sequence[str], tuple[UnreadRow, ...]]:
    """Return the numbers of the arguments, and those that are none."""
    phones: list[str] = []
    unread: list[UnreadRow] = []
    for at, cell in enumerate(arguments.numbers, 1):
        reading = read_phone(cell, arguments.country or "UA")
        if reading.problem is None:
            phones.append(reading.phone)
        else:
            unread.append(UnreadRow(at, cell, reading.problem))
    return phones, tuple(unread)


def _entries(arguments: argparse.Namespace) -> tuple[Stopped, ...]:
    return read_journal(
        arguments, lambda journal: journal.stop_list.entries(), (), practice=arguments.practice
    )


def _folder(arguments: argparse.Namespace) -> Path:
    return data_folder(data_root(arguments.data_dir), practice=arguments.practice)


def _unread(rows: Sequence[UnreadRow]) -> list[dict[str, object]]:
    return [
        {"row": row.row, "cell": row.cell, "reason": wording_reading.say_phone(row.problem)}
        for row in rows
    ]


def _fields(entry: Stopped) -> dict[str, object]:
    return {
        "phone": entry.phone,
        "added": entry.added_at.isoformat(),
        "reason": entry.reason,
    }
