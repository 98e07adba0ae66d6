"""Why a data folder cannot be used, in words; at the start and when the account is switched."""

from collections.abc import Callable

from cascade_desktop.engine.journal.schema import (
    DamagedJournalError,
    NewerJournalError,
    UnwritableJournalError,
)
from cascade_desktop.engine.lock import LockedError
from cascade_desktop.ui import wording_cli, wording_folder

UNUSABLE: dict[type[Exception], Callable[[], str]] = {
    LockedError: wording_cli.say_already_open,
    NewerJournalError: wording_cli.say_newer_journal,
    DamagedJournalError: wording_folder.say_damaged_journal,
    UnwritableJournalError: wording_cli.say_folder_unusable,
    OSError: wording_cli.say_folder_unusable,
}


def say_unusable(error: BaseException) -> str:
    """Tell why a folder cannot be used."""
    if isinstance(error, DamagedJournalError):
        return wording_folder.say_damaged_journal(error.copy)
    return next(say() for kind, say in UNUSABLE.items() if isinstance(error, kind))
