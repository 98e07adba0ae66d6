"""The data folder as commands use it: one writes, others read meanwhile."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from cascade_desktop.cli_output import CommandEndError
from cascade_desktop.core.exit_codes import UNUSABLE
from cascade_desktop.engine.environment import data_folder, data_root
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.waits import Waits
from cascade_desktop.engine.workspace import Workspace
from cascade_desktop.ui import wording_cli

_T = TypeVar("_T")


@contextmanager
def open_workspace(folder: Path, waits: Waits | None = None) -> Iterator[Workspace]:
    """Yield the writer of a folder."""
    try:
        space = Workspace(folder, waits=waits)
    except OSError as error:
        raise folder_unusable() from error
    try:
        yield space
    finally:
        space.close()


def read_journal(
    arguments: argparse.Namespace, use: Callable[[Journal], _T], default: _T, *, practice: bool
) -> _T:
    """Read the practice or the live journal, even while another process sends."""
    folder = data_folder(data_root(arguments.data_dir), practice=practice)
    try:
        journal = Journal(folder, readonly=True)
    except FileNotFoundError:
        return default
    except OSError as error:
        raise folder_unusable() from error
    try:
        return use(journal)
    finally:
        journal.close()


def stopped_phones(arguments: argparse.Namespace, *, practice: bool) -> frozenset[str]:
    """Return the numbers that the practice or the live campaigns must not message."""
    return read_journal(
        arguments, lambda journal: journal.stop_list.phones(), frozenset(), practice=practice
    )


def folder_unusable() -> CommandEndError:
    """Return the end of a command whose data folder cannot be made, read or written."""
    return CommandEndError(UNUSABLE, wording_cli.say_folder_unusable(), code="FOLDER_UNUSABLE")
