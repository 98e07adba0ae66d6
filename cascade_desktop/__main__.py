"""Start: the reading child, the command line, or the window."""

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

READ_TABLE = "__read_table__"
COMMANDS = (
    "check",
    "send",
    "resume",
    "resolve",
    "delivery",
    "history",
    "report",
    "delete",
    "stop-list",
    "practice",
)
_WITH_VALUE = ("--data-dir", "--state-dir", "--base-url", "--demo")
NEEDS_SOMEBODY = 4
"""As `core.exit_codes` has it; nothing is imported before it is known what is wanted."""
_ABOUT = ("-h", "--help", "--version")


def main(argv: Sequence[str] | None = None) -> int:
    """Run what the arguments ask for and return the exit code."""
    try:
        return _run(list(sys.argv[1:] if argv is None else argv))
    except KeyboardInterrupt:
        return NEEDS_SOMEBODY


def _run(arguments: list[str]) -> int:
    if arguments[:1] == [READ_TABLE]:
        from cascade_desktop.engine.tables.child import main as read_table

        return read_table(arguments[1:])
    about = [argument for argument in arguments if argument in _ABOUT]
    if names_command(arguments) or about:
        with _uninterrupted() as came:
            _guard()
            from cascade_desktop.cli import main as command_line

        return command_line(
            arguments if names_command(arguments) else about, interrupted=bool(came)
        )
    _guard()
    from cascade_desktop.app import main as window

    return window(arguments)


def _guard() -> None:
    from cascade_desktop.engine.crash import guard_process

    guard_process()


@contextmanager
def _uninterrupted() -> Iterator[list[int]]:
    """Hold an interrupt back while modules load: Qt's own aborts the process in the middle."""
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield came
    finally:
        signal.signal(signal.SIGINT, before)


def names_command(arguments: Sequence[str]) -> bool:
    """Tell whether the first argument that is no option, nor an option's value, is a command.

    >>> names_command(["--data-dir", "x", "check"]), names_command(["--data-dir", "check"])
    (True, False)
    """
    left = iter(arguments)
    for argument in left:
        if argument in _WITH_VALUE:
            next(left, None)
        elif not argument.startswith("-"):
            return argument in COMMANDS
    return False


if __name__ == "__main__":
    sys.exit(main())
