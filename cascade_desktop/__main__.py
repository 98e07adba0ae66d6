"""Start: the reading child, the command line, or the window."""

import sys
from collections.abc import Sequence

READ_TABLE = "__read_table__"
COMMANDS = ("check", "send", "resume", "resolve", "history", "report", "practice")


def main(argv: Sequence[str] | None = None) -> int:
    """Run what the arguments ask for and return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == [READ_TABLE]:
        from cascade_desktop.engine.tables.child import main as read_table

        return read_table(arguments[1:])
    if any(argument in COMMANDS for argument in arguments) or "--help" in arguments:
        from cascade_desktop.cli import main as command_line

        return command_line(arguments)
    from cascade_desktop.app import main as window

    return window(arguments)


if __name__ == "__main__":
    sys.exit(main())
