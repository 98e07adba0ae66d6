"""The command line: the same engine without a window, for administrators, tests and installers."""

import argparse
import io
import logging
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from cascade_desktop.cli_arguments import make_parser
from cascade_desktop.cli_campaign import (
    account_of,
    place_campaign,
    resume,
    save,
    send,
)
from cascade_desktop.cli_delete import delete
from cascade_desktop.cli_delivery import delivery
from cascade_desktop.cli_folder import (
    folder_unusable,
    open_workspace,
    read_journal,
    stopped_phones,
    tell_copy,
)
from cascade_desktop.cli_interrupts import Interrupts
from cascade_desktop.cli_output import (
    CommandEndError,
    as_json,
    print_answer,
    print_json,
    print_line,
    print_sentence,
    print_unfinished_json,
    unusable,
)
from cascade_desktop.cli_stop_list import stop_list
from cascade_desktop.core.columns import resolve_column
from cascade_desktop.core.exit_codes import FAULT, NEEDS_SOMEBODY, OK, UNUSABLE
from cascade_desktop.core.reading_problems import ColumnProblem, NoSuchColumn
from cascade_desktop.core.recipients import Choice, Recipients, Verdict, read_recipients
from cascade_desktop.core.states import Reason, Resolution
from cascade_desktop.core.table import Table
from cascade_desktop.engine.crash import keep_crashes
from cascade_desktop.engine.environment import data_root
from cascade_desktop.engine.journal.schema import (
    DamagedJournalError,
    NewerJournalError,
    UnwritableJournalError,
    told,
)
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.journal.values import Head
from cascade_desktop.engine.lock import LockedError
from cascade_desktop.engine.log import safe_trace, start_log
from cascade_desktop.engine.private import make_private
from cascade_desktop.engine.sender import OtherTargetError
from cascade_desktop.engine.tables.check import Fact, check_report
from cascade_desktop.engine.tables.child import read_in_child
from cascade_desktop.engine.tables.grid import ReadChoice
from cascade_desktop.engine.tables.unreadable import UnreadableFileError
from cascade_desktop.practice.server import serve
from cascade_desktop.ui import (
    wording,
    wording_cli,
    wording_folder,
    wording_reading,
    wording_telling,
)

_log = logging.getLogger(__name__)

_ENDS: dict[type[Exception], tuple[int, Callable[[], str], str]] = {
    LockedError: (NEEDS_SOMEBODY, wording_cli.say_busy, Reason.BUSY_ELSEWHERE.value),
    OtherTargetError: (
        NEEDS_SOMEBODY,
        lambda: wording.say_reason(Reason.OTHER_TARGET),
        Reason.OTHER_TARGET.value,
    ),
    NewerJournalError: (UNUSABLE, wording_cli.say_newer_journal, "NEWER_DATA"),
    UnwritableJournalError: (
        NEEDS_SOMEBODY,
        wording_cli.say_folder_unusable,
        Reason.DISK_FULL.value,
    ),
}


def main(argv: Sequence[str], *, interrupted: bool = False) -> int:
    """Run one command and return its exit code; one that was interrupted before only says so."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    commands = (
        check,
        send,
        resume,
        resolve,
        delivery,
        history,
        report,
        delete,
        stop_list,
        practice,
    )
    named = {run.__name__.replace("_", "-"): run for run in commands}
    arguments = make_parser(named).parse_args(list(argv))
    try:
        with told(), Interrupts(wanted=interrupted) as arguments.interrupts:
            start_log(data_root(arguments.data_dir))
            keep_crashes(data_root(arguments.data_dir))
            return arguments.run(arguments)
    except CommandEndError as error:
        end = error
    except DamagedJournalError as error:
        sentence = wording_folder.say_damaged_journal(error.copy)
        end = CommandEndError(UNUSABLE, sentence, code=Reason.DAMAGED_DATA.value)
    except tuple(_ENDS) as error:
        exit_code, say, code = next(end for kind, end in _ENDS.items() if isinstance(error, kind))
        end = CommandEndError(exit_code, say(), code=code)
    except KeyboardInterrupt:
        reason = Reason.OPERATOR_PAUSED.value
        end = CommandEndError(NEEDS_SOMEBODY, _say_interrupted(arguments), code=reason)
    except Exception as error:
        _log.error("a command failed: %s", safe_trace(error))
        sentence = wording_cli.say_fault(type(error).__name__)
        end = CommandEndError(FAULT, sentence, code=Reason.INTERRUPTED.value)
    return _tell_end(arguments, end)


def _say_interrupted(arguments: argparse.Namespace) -> str:
    nothing_left = arguments.tells_last and arguments.head is None
    return wording_telling.say_interrupted(nothing_left=nothing_left)


def _tell_end(arguments: argparse.Namespace, end: CommandEndError) -> int:
    """Say why a command came to no end of its own; one that sends says where that leaves it."""
    for sentence in end.sentences:
        print_sentence(sentence)
    stands = end.exit_code == NEEDS_SOMEBODY or (end.exit_code == FAULT and arguments.head)
    if arguments.json and arguments.tells_last and stands:
        print_unfinished_json(arguments.head, arguments.id, end.code)
    return end.exit_code


def check(arguments: argparse.Namespace) -> int:
    """Say what a list holds: who would get a message, who not and why."""
    country = arguments.country or "UA"
    choice = ReadChoice(arguments.sheet or None, arguments.header_row, country=country)
    try:
        table = read_in_child(Path(arguments.file), choice)
    except UnreadableFileError as error:
        told = check_report(error.problem, None, wording_reading.say_reading)
        return _tell_check(arguments, told)
    stopped = stopped_phones(arguments, practice=arguments.practice)
    found = _people(table, arguments.phone_column, Choice(country=country, stopped=stopped))

    def say(fact: Fact) -> str:
        if isinstance(fact, NoSuchColumn):
            return wording_cli.say_no_column(arguments.phone_column, table.names)
        return wording_reading.say_reading(fact)

    told = check_report(table, found, say, country=country, stopped=stopped)
    return _tell_check(arguments, told, found if isinstance(found, Recipients) else None)


def _people(table: Table, named: str, choice: Choice) -> Recipients | ColumnProblem:
    column = resolve_column(table, named) if named else None
    if named and column is None:
        return NoSuchColumn(named)
    return read_recipients(table, replace(choice, phone_column=column))


def _tell_check(
    arguments: argparse.Namespace, told: dict[str, object], found: Recipients | None = None
) -> int:
    """Print all of it as JSON, or what a person wants to know: the sum, then each row's why."""
    if arguments.json:
        print_answer(as_json({**told, "rss_mb": _rss_mb()}))
        return OK
    lines = [str(told["message"])]
    if found is not None:
        sums = wording_reading.say_counts(found.counts)
        lines += [] if lines == [sums] else [sums]
        lines += _left_out(found)
    print_answer("\n".join(lines))
    return UNUSABLE if told["status"] == "error" else OK


def _left_out(found: Recipients) -> Iterator[str]:
    """Yield a line for each row that gets nothing, in the file's order."""
    for row, verdict in enumerate(found.verdicts):
        if verdict is not Verdict.READY:
            problem = found.problems.get(row)
            known = wording.say_left_out(verdict.value)
            why = known if problem is None else wording_reading.say_phone(problem)
            yield wording_cli.say_row(found.table.row_numbers[row], why)


def resolve(arguments: argparse.Namespace) -> int:
    """Settle the uncertain messages of a campaign as the operator decided."""
    place_campaign(arguments)
    with (
        account_of(arguments, need_keys=False) as account,
        open_workspace(arguments, account.folder, account.waits) as space,
    ):
        head = space.journal.head(arguments.id)
        choice: Resolution = arguments.choice
        expected = head.undecided
        if choice is Resolution.RESENT and arguments.may_arrive_twice != expected:
            raise unusable(wording_cli.say_nothing_to_settle(expected))
        settled = space.journal.resolve(head.code, choice, expected)
    if arguments.json:
        print_json({"campaign": head.code, "resolution": choice.value, "count": settled})
    elif choice is Resolution.RESENT:
        print_line(wording_cli.say_resent(settled, head.code))
    else:
        print_line(wording_cli.say_settled(settled))
    return OK


def history(arguments: argparse.Namespace) -> int:
    """List the campaigns, the newest first; reads while another process sends."""
    found = False
    for of_practice in (True,) if arguments.practice else (False, True):
        heads, is_copy = read_journal(
            arguments,
            lambda journal: (journal.heads(), tell_copy(arguments, journal)),
            ((), False),
            practice=of_practice,
        )
        for head in heads:
            found = True
            if arguments.json:
                fields = _head_fields(head, practice=of_practice)
                print_answer(as_json({**fields, "older_copy": is_copy}))
            else:
                print_answer(wording_cli.say_head(head, practice=of_practice))
    if not found and not arguments.json:
        print_answer(wording_cli.say_no_history())
    return OK


def report(arguments: argparse.Namespace) -> int:
    """Write a campaign's results to a file; reads while another process sends."""
    place_campaign(arguments)

    def write(journal: Journal) -> None:
        tell_copy(arguments, journal)
        save(journal, journal.head(arguments.id), arguments.file, arguments.practice)

    read_journal(arguments, write, None, practice=arguments.practice)
    if arguments.json:
        print_json({"campaign": arguments.id, "file": arguments.file})
    else:
        print_line(wording_cli.say_report_written(arguments.file))
    return OK


def practice(arguments: argparse.Namespace) -> int:
    """Serve the practice service alone until interrupted."""
    folder = data_root(arguments.data_dir) / "practice-service"
    try:
        make_private(folder)
        serve(folder, arguments.port)
    except OSError as error:
        if error.filename is not None:
            raise folder_unusable() from error
        raise unusable(wording_cli.say_port_taken(arguments.port)) from error
    return OK


def _head_fields(head: Head, *, practice: bool) -> dict[str, object]:
    return {
        "campaign": head.code,
        "practice": practice,
        "name": head.name,
        "type": head.kind,
        "file": head.source,
        "created": head.created_at.isoformat(),
        "state": head.state.value,
        "reason": head.reason.value,
        "counts": asdict(head.counts),
        "undecided": head.undecided,
    }


def _rss_mb() -> int:
    """Return the most memory that this process and its reading child used, in MB."""
    try:
        import resource
    except ImportError:
        return 0
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    used = child + (_own_peak_kb() or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return used // (1024 * 1024 if sys.platform == "darwin" else 1024)


def _own_peak_kb() -> int:
    """Return Linux's own count of this program: getrusage begins with who started it."""
    try:
        told = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    found = re.search(r"^VmHWM:\s*([0-9]+) kB", told, re.MULTILINE)
    return int(found[1]) if found else 0
