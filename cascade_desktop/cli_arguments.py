"""The arguments of the command line: its commands, their options, and what each may say."""

import argparse
from collections.abc import Callable, Mapping
from importlib.metadata import version

from cascade_desktop.core.numbering import code_of
from cascade_desktop.core.proxy import SYSTEM_PROXY, Proxy, ProxyWrong, read_proxy
from cascade_desktop.core.questions import QuestionCode
from cascade_desktop.core.states import Reason, Resolution
from cascade_desktop.engine.batching import PACE_PER_S
from cascade_desktop.ui import wording_cli, wording_settings

Run = Callable[[argparse.Namespace], int]

FILE_CHANGED = "FILE_CHANGED"
ACCEPTED = (
    *(code.value for code in QuestionCode),
    FILE_CHANGED,
    Reason.BATCH_REFUSED.value,
    Reason.OLDER_COPY.value,
    Reason.UNKNOWN_FOLDER.value,
)
"""What ``--accept`` answers: the questions about a list, then those of sending."""
_HIGHEST_PORT = 65_535
_FASTEST_PER_S = 10_000
_LAST_ROW = 1_048_576


def make_parser(commands: Mapping[str, Run]) -> argparse.ArgumentParser:
    """Return the parser of these commands; a command's docstring is its help."""
    parser = argparse.ArgumentParser(
        prog="cascade-desktop",
        description="Send one-off messaging campaigns from a spreadsheet. Without a command the"
        " window opens: cascade-desktop [--data-dir DIR] [--base-url URL] [--demo DIR] [FILE]",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version", action="version", version=f"%(prog)s {version('cascade-desktop')}"
    )
    _everywhere(parser)
    parser.set_defaults(data_dir="", state_dir="", base_url="", practice=False, json=False)
    parser.set_defaults(id="", head=None, tells_last=False)
    parser.set_defaults(pace=int(PACE_PER_S), proxy=SYSTEM_PROXY)
    added = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run in commands.items():
        text = (run.__doc__ or "").splitlines()[0]
        made = added.add_parser(name, help=text, description=text, allow_abbrev=False)
        made.set_defaults(run=run)
        _everywhere(made)
        _OF_COMMAND[name](made)
    return parser


def read_country(text: str) -> str:
    """Take a country's two letters, small or capital.

    Raises:
        argparse.ArgumentTypeError: there is no such country.
    """
    country = text.upper()
    if not code_of(country):
        raise argparse.ArgumentTypeError(wording_cli.say_no_country(text))
    return country


def read_accepted(text: str) -> str:
    """Take the code of a question, small or capital.

    Raises:
        argparse.ArgumentTypeError: there is no such question.
    """
    code = text.strip().upper()
    if code not in ACCEPTED:
        raise argparse.ArgumentTypeError(wording_cli.say_not_accepted(text, ACCEPTED))
    return code


def read_proxy_argument(text: str) -> Proxy:
    """Take a proxy's address, ``system`` or ``none``; a login does not belong in a command.

    Raises:
        argparse.ArgumentTypeError: it is none of these.
    """
    proxy = read_proxy(text)
    if isinstance(proxy, ProxyWrong):
        raise argparse.ArgumentTypeError(wording_settings.say_proxy(proxy))
    return proxy


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text) if text.isdecimal() and text.isascii() else -1
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(wording_cli.say_not_whole(text, least, most))
        return number

    return read


def _everywhere(parser: argparse.ArgumentParser) -> None:
    """Add what all commands take; it may stand before the command too, which sets the defaults."""
    silent = argparse.SUPPRESS
    parser.add_argument(
        "--data-dir", default=silent, metavar="DIR", help="where campaigns are kept"
    )
    parser.add_argument(
        "--state-dir", default=silent, metavar="DIR", help="where this computer notes what left"
    )
    parser.add_argument("--base-url", default=silent, metavar="URL", help="the service's address")
    parser.add_argument(
        "--practice", action="store_true", default=silent, help="send to nobody, on this computer"
    )
    parser.add_argument("--json", action="store_true", default=silent, help="answer in JSON")


def _reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--country", type=read_country, default=None, metavar="UA", help="of numbers without a code"
    )
    parser.add_argument("--sheet", default="", metavar="S", help="the sheet's name")
    parser.add_argument(
        "--header-row",
        type=_whole(0, _LAST_ROW),
        default=None,
        metavar="N",
        help="the row of the column names; 0 when there is none",
    )
    parser.add_argument("--phone-column", default="", metavar="C", help="name, letter or number")


def _accepting(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--accept",
        type=read_accepted,
        action="append",
        default=[],
        metavar="CODE",
        help="go on with what is proposed",
    )


def _running(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(tells_last=True)
    parser.add_argument(
        "--pace",
        type=_whole(0, _FASTEST_PER_S),
        default=int(PACE_PER_S),
        metavar="N",
        help="at most so many messages a second; 0 for no ceiling",
    )
    parser.add_argument(
        "--proxy",
        type=read_proxy_argument,
        default=SYSTEM_PROXY,
        metavar="HOST:PORT",
        help="the proxy to go through, system or none",
    )
    parser.add_argument(
        "--report", default="", metavar="FILE", help="write the results here: .xlsx or .csv"
    )
    _accepting(parser)


def _of_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a spreadsheet or a text list")
    _reading(parser)


def _of_send(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("campaign", metavar="CAMPAIGN.json")
    parser.add_argument("--recipients", default="", metavar="FILE", help="the list to use")
    parser.add_argument("--yes", action="store_true", help="answer the review's questions with yes")
    _reading(parser)
    _running(parser)


def _of_resume(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="the campaign's code")
    _running(parser)


def _of_resolve(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(tells_last=True)
    parser.add_argument("id", metavar="ID", help="the campaign's code")
    choice = parser.add_mutually_exclusive_group(required=True)
    for flag, value, text in (
        ("--close", Resolution.CLOSED, "leave them uncertain and do not ask again"),
        ("--marked-sent", Resolution.MARKED_SENT, "note that they have arrived"),
        ("--resend", Resolution.RESENT, "let them leave again"),
    ):
        choice.add_argument(flag, dest="choice", action="store_const", const=value, help=text)
    parser.add_argument(
        "--may-arrive-twice",
        type=_whole(0, _LAST_ROW),
        default=-1,
        metavar="N",
        help="with --resend: how many people may get it twice",
    )


def _of_delivery(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="the campaign's code")
    parser.add_argument("--watch", action="store_true", help="go on until every end is known")


def _of_history(_parser: argparse.ArgumentParser) -> None:
    """Take nothing but what all commands take."""


def _of_report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="the campaign's code")
    parser.add_argument("file", metavar="FILE", help="a name that ends in .xlsx or .csv")


def _of_delete(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="the campaign's code")
    parser.add_argument(
        "--people-only", action="store_true", help="delete names, phones and texts; keep the totals"
    )


def _of_stop_list(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(required=True, metavar="ACTION", dest="action")

    def add(name: str, text: str) -> argparse.ArgumentParser:
        made = actions.add_parser(name, help=text, description=text, allow_abbrev=False)
        _everywhere(made)
        return made

    add("list", "print the numbers, the latest first")
    added = add("add", "put numbers on the list")
    added.add_argument("--reason", default="", metavar="TEXT", help="why they are on it")
    for made in (added, add("remove", "take numbers off the list")):
        made.add_argument("numbers", nargs="+", metavar="NUMBER", help="a phone number")
        made.add_argument(
            "--country",
            type=read_country,
            default=None,
            metavar="UA",
            help="of numbers without a code",
        )
    taken = add("import", "add the numbers of a file; dates and reasons come with them")
    taken.add_argument("file", metavar="FILE", help="a spreadsheet or a text list")
    _accepting(taken)
    _reading(taken)
    given = add("export", "write the list to a file that another computer can import")
    given.add_argument("file", metavar="FILE", help="a name that ends in .xlsx or .csv")


def _of_practice(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=_whole(0, _HIGHEST_PORT), default=0, metavar="N", help="0 for any free one"
    )


_OF_COMMAND: Mapping[str, Callable[[argparse.ArgumentParser], None]] = {
    "check": _of_check,
    "send": _of_send,
    "resume": _of_resume,
    "resolve": _of_resolve,
    "delivery": _of_delivery,
    "history": _of_history,
    "report": _of_report,
    "delete": _of_delete,
    "stop-list": _of_stop_list,
    "practice": _of_practice,
}
