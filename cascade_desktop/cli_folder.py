"""The data folder as commands use it: one writes, others read meanwhile."""

import argparse
import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from cascade_desktop.cli_output import CommandEndError, print_sentence
from cascade_desktop.core.exit_codes import NEEDS_SOMEBODY, UNUSABLE
from cascade_desktop.core.states import Reason
from cascade_desktop.engine.environment import data_folder, data_root, state_root
from cascade_desktop.engine.journal.schema import UnwritableJournalError
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.settings import SettingsStore
from cascade_desktop.engine.waits import Waits
from cascade_desktop.engine.workspace import Workspace
from cascade_desktop.ui import wording_cli, wording_folder
from cascade_desktop.ui.wording_reasons import say_reason

_T = TypeVar("_T")

ACCEPTED_OF_FOLDER = (Reason.OLDER_COPY, Reason.UNKNOWN_FOLDER)
"""What an operator may confirm about a folder that nothing may be sent from."""


@contextmanager
def open_workspace(
    arguments: argparse.Namespace, folder: Path, waits: Waits | None = None
) -> Iterator[Workspace]:
    """Yield the writer of a folder."""
    try:
        space = Workspace(folder, waits=waits, state=state_root(arguments.state_dir))
    except OSError as error:
        raise folder_unusable() from error
    try:
        space.tidy(SettingsStore(data_root(arguments.data_dir)).load().keep_days)
        yield space
    finally:
        space.close()


def refuse_frozen(arguments: argparse.Namespace, space: Workspace) -> None:
    """End a command that sends where nothing may be sent, unless ``--accept`` names the reason."""
    why = asyncio.run(space.may_send())
    if why in ACCEPTED_OF_FOLDER and why.value in arguments.accept:
        gap = space.journal.gap()
        try:
            unknown = space.journal.accept_copy()
        except UnwritableJournalError as error:
            why = Reason.STATE_UNWRITABLE
            raise CommandEndError(NEEDS_SOMEBODY, say_reason(why), code=why.value) from error
        print_sentence(wording_folder.say_copy_accepted(unknown, gap))
    elif why is not Reason.NONE:
        sentences = [say_reason(why)]
        if why in ACCEPTED_OF_FOLDER:
            sentences.append(wording_folder.say_accept_copy(why, space.journal.gap()))
        raise CommandEndError(NEEDS_SOMEBODY, *sentences, code=why.value)


def read_journal(
    arguments: argparse.Namespace, use: Callable[[Journal], _T], default: _T, *, practice: bool
) -> _T:
    """Read the practice or the live journal, even while another process sends."""
    folder = data_folder(data_root(arguments.data_dir), practice=practice)
    for path in (folder.parent, folder):
        if path.exists() and not path.is_dir():
            sentence = wording_folder.say_not_a_folder(str(path))
            raise CommandEndError(UNUSABLE, sentence, code="FOLDER_UNUSABLE")
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


def tell_copy(arguments: argparse.Namespace, journal: Journal) -> bool:
    """Tell that a journal is older than what was sent from here; return whether it is."""
    left = journal.overtaken(state_root(arguments.state_dir))
    if left:
        print_sentence(wording_folder.say_read_from_copy(left))
    return left > 0


def stopped_phones(arguments: argparse.Namespace, *, practice: bool) -> frozenset[str]:
    """Return the numbers that the practice or the live campaigns must not message."""
    return read_journal(
        arguments, lambda journal: journal.stop_list.phones(), frozenset(), practice=practice
    )


def folder_unusable() -> CommandEndError:
    """Return the end of a command whose data folder cannot be made, read or written."""
    return CommandEndError(UNUSABLE, wording_cli.say_folder_unusable(), code="FOLDER_UNUSABLE")
