"""The command line: the same engine without a window, for administrators, tests and installers."""

import argparse
import io
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from cascade_desktop.cli_campaign import (
    FAULT,
    NEEDS_SOMEBODY,
    OK,
    UNUSABLE,
    CommandEndError,
    account_of,
    column_of,
    open_workspace,
    place_campaign,
    read_journal,
    resume,
    send,
    unusable,
)
from cascade_desktop.core.recipients import Choice, read_recipients
from cascade_desktop.core.states import Reason, Resolution
from cascade_desktop.engine.environment import data_root
from cascade_desktop.engine.journal.schema import (
    DamagedJournalError,
    NewerJournalError,
    UnwritableJournalError,
)
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.journal.values import Head
from cascade_desktop.engine.lock import LockedError
from cascade_desktop.engine.log import safe_trace, start_log
from cascade_desktop.engine.tables.check import check_report
from cascade_desktop.engine.tables.child import read_in_child
from cascade_desktop.engine.tables.grid import ReadChoice
from cascade_desktop.engine.tables.report import ReportNotWrittenError, write_csv, write_report
from cascade_desktop.engine.tables.unreadable import UnreadableFileError
from cascade_desktop.practice.server import serve
from cascade_desktop.ui import wording, wording_cli, wording_reading
from cascade_desktop.ui.campaign_report import report_of

_log = logging.getLogger(__name__)

_ENDS: dict[type[BaseException], tuple[int, Callable[[], str], str]] = {
    LockedError: (NEEDS_SOMEBODY, wording_cli.say_busy, Reason.BUSY_ELSEWHERE.value),
    NewerJournalError: (UNUSABLE, wording_cli.say_newer_journal, "NEWER_DATA"),
    DamagedJournalError: (UNUSABLE, wording_cli.say_damaged_journal, "DAMAGED_DATA"),
    UnwritableJournalError: (NEEDS_SOMEBODY, wording_cli.say_folder_unusable, "DISK_FULL"),
    OSError: (UNUSABLE, wording_cli.say_folder_unusable, "FOLDER_UNUSABLE"),
}


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = _parser().parse_args(list(argv))
    start_log(data_root(arguments.data_dir))
    try:
        return arguments.run(arguments)
    except CommandEndError as end:
        return _tell_end(arguments, end)
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except tuple(_ENDS) as error:
        exit_code, say, code = next(end for kind, end in _ENDS.items() if isinstance(error, kind))
        return _tell_end(arguments, CommandEndError(exit_code, say(), code=code))
    except KeyboardInterrupt:
        return NEEDS_SOMEBODY
    except Exception as error:
        _log.error("a command failed: %s", safe_trace(error))
        print(wording_cli.say_fault(type(error).__name__), file=sys.stderr)
        return FAULT


def _tell_end(arguments: argparse.Namespace, end: CommandEndError) -> int:
    for sentence in end.sentences:
        print(sentence, file=sys.stderr)
    if arguments.json and end.exit_code == NEEDS_SOMEBODY:
        counts = dict.fromkeys(
            ("ready", "sending", "accepted", "refused", "unknown", "left_out"), 0
        )
        _print_json({"campaign": "", "state": "paused", "reason": end.code, "counts": counts})
    return end.exit_code


def _check(arguments: argparse.Namespace) -> int:
    """Say what a list holds: who would get a message, who not and why."""
    country = (arguments.country or "UA").upper()
    choice = ReadChoice(arguments.sheet or None, arguments.header_row, country=country)
    table = found = None
    try:
        table = read_in_child(Path(arguments.file), choice)
        column = column_of(table, arguments.phone_column)
        found = read_recipients(table, Choice(country=country, phone_column=column))
        report = check_report(table, found, wording_reading.say_reading, country=country)
    except UnreadableFileError as error:
        report = check_report(error.problem, None, wording_reading.say_reading)
    report["rss_mb"] = _rss_mb()
    if arguments.json:
        _print_json(report)
        return OK
    print(report["message"])
    return UNUSABLE if report["status"] == "error" else OK


def _resolve(arguments: argparse.Namespace) -> int:
    """Settle the uncertain messages of a campaign as the operator decided."""
    place_campaign(arguments)
    with account_of(arguments, need_keys=False) as account, open_workspace(account) as space:
        head = space.journal.head(arguments.id)
        choice: Resolution = arguments.choice
        expected = head.undecided
        if choice is Resolution.RESENT and arguments.may_arrive_twice != expected:
            raise unusable(wording_cli.say_nothing_to_settle(expected))
        settled = space.journal.resolve(head.code, choice, expected)
        if arguments.json:
            _print_json({"campaign": head.code, "resolution": choice.value, "count": settled})
        elif choice is Resolution.RESENT:
            print(wording_cli.say_resent(settled, head.code))
        else:
            print(wording_cli.say_settled(settled))
    return OK


def _history(arguments: argparse.Namespace) -> int:
    """List the campaigns, the newest first; reads while another process sends."""
    found = False
    for practice in (True,) if arguments.practice else (False, True):
        for head in read_journal(arguments, lambda journal: journal.heads(), (), practice=practice):
            found = True
            if arguments.json:
                _print_json(_head_fields(head, practice=practice))
            else:
                print(wording_cli.say_head(head, practice=practice))
    if not found and not arguments.json:
        print(wording_cli.say_no_history())
    return OK


def _report(arguments: argparse.Namespace) -> int:
    """Write a campaign's results to a file; reads while another process sends."""
    place_campaign(arguments)

    def write(journal: Journal) -> None:
        head = journal.head(arguments.id)
        _write_report(journal, head, arguments.file, practice=arguments.practice)

    read_journal(arguments, write, None, practice=arguments.practice)
    if arguments.json:
        _print_json({"campaign": arguments.id, "file": arguments.file})
    else:
        print(wording_cli.say_report_written(arguments.file))
    return OK


def _practice(arguments: argparse.Namespace) -> int:
    """Serve the practice service alone until interrupted."""
    folder = data_root(arguments.data_dir) / "practice-service"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    serve(folder, arguments.port)
    return OK


def _write_report(journal: Journal, head: Head, path: str, *, practice: bool) -> None:
    report = report_of(head, journal.entries(head.code), practice)
    try:
        if path.casefold().endswith(".csv"):
            write_csv(Path(path), report, ";")
        else:
            write_report(Path(path), report)
    except ReportNotWrittenError as error:
        raise unusable(wording.say_report_problem(error.problem)) from None


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


def _print_json(line: dict[str, object]) -> None:
    print(json.dumps(line, ensure_ascii=False), flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cascade-desktop",
        description="Send one-off messaging campaigns from a spreadsheet. Without a command: the"
        " window.",
    )
    parser.add_argument(
        "--version", action="version", version=f"%(prog)s {version('cascade-desktop')}"
    )
    _common(parser)
    parser.set_defaults(data_dir="", base_url="", practice=False, json=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(
        name: str, run: Callable[[argparse.Namespace], int], *groups: Callable[..., object]
    ) -> argparse.ArgumentParser:
        text = (run.__doc__ or "").splitlines()[0]
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(run=run, write_report=_write_report)
        for add in (_common, *groups):
            add(made)
        return made

    command("check", _check, _reading).add_argument("file", metavar="FILE")
    sending = command("send", send, _reading, _running)
    sending.add_argument("campaign", metavar="CAMPAIGN.json")
    sending.add_argument("--recipients", default="", metavar="FILE")
    sending.add_argument(
        "--yes", action="store_true", help="answer the review's questions with yes"
    )
    command("resume", resume, _running).add_argument("id", metavar="ID")
    resolving = command("resolve", _resolve)
    resolving.add_argument("id", metavar="ID")
    choice = resolving.add_mutually_exclusive_group(required=True)
    for flag, value in (
        ("--close", Resolution.CLOSED),
        ("--marked-sent", Resolution.MARKED_SENT),
        ("--resend", Resolution.RESENT),
    ):
        choice.add_argument(flag, dest="choice", action="store_const", const=value)
    resolving.add_argument("--may-arrive-twice", type=int, default=-1, metavar="N")
    command("history", _history)
    reporting = command("report", _report)
    reporting.add_argument("id", metavar="ID")
    reporting.add_argument("file", metavar="FILE", help="a name that ends in .xlsx or .csv")
    command("practice", _practice).add_argument("--port", type=int, default=0, metavar="N")
    return parser


def _common(parser: argparse.ArgumentParser) -> None:
    """Add what all commands take; it may stand before the command too, which sets the defaults."""
    silent = argparse.SUPPRESS
    parser.add_argument(
        "--data-dir", default=silent, metavar="DIR", help="where campaigns are kept"
    )
    parser.add_argument("--base-url", default=silent, metavar="URL", help="the service's address")
    parser.add_argument(
        "--practice", action="store_true", default=silent, help="send to nobody, on this computer"
    )
    parser.add_argument("--json", action="store_true", default=silent, help="answer in JSON")


def _reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--country", default="", metavar="UA", help="of numbers without a code")
    parser.add_argument("--sheet", default="", metavar="S")
    parser.add_argument("--header-row", type=int, default=None, metavar="N")
    parser.add_argument("--phone-column", default="", metavar="C", help="name, letter or number")


def _running(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--report", default="", metavar="FILE", help="write the results here")
    parser.add_argument("--accept", action="append", default=[], metavar="CODE")


def _rss_mb() -> int:
    """Return the most memory that this process and its reading child used, in MB."""
    try:
        import resource
    except ImportError:
        return 0
    used = sum(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return used // (1024 * 1024 if sys.platform == "darwin" else 1024)
