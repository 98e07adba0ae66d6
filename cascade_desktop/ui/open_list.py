"""A list with what was decided about it, and the reading that it may still come from."""

import threading
from dataclasses import dataclass, replace
from pathlib import Path

from cascade_desktop.core.decisions import Lost, RowDecisions, bare, rows_key, why_lost
from cascade_desktop.core.pasted import Pasted
from cascade_desktop.core.progress import Progress
from cascade_desktop.core.questions import Question, find_questions
from cascade_desktop.core.reading_problems import ColumnProblem, PhonesGone
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.repairs import Repairs, find_repairs
from cascade_desktop.core.table import Table
from cascade_desktop.engine.list_opening import Opened
from cascade_desktop.engine.tables.child import ReadingCancelledError
from cascade_desktop.engine.tables.grid import ReadChoice

_BY_ITSELF = ReadChoice()


class Reading:
    """One file on its way to the screen; a worker's thread tells how far it is."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.cancelled = threading.Event()
        self.progress = Progress()

    def report(self, progress: Progress) -> None:
        """Take how far it is; it never goes back, though a file may be read twice.

        Raises:
            ReadingCancelledError: the operator gave it up.
        """
        if self.cancelled.is_set():
            raise ReadingCancelledError
        if progress.overall >= self.progress.overall:
            self.progress = progress


@dataclass(frozen=True, slots=True)
class OpenList:
    """A table with where it came from and what was decided about it."""

    table: Table
    path: Path | None
    choice: Choice
    how: ReadChoice = _BY_ITSELF
    shape: str = ""
    """Under which the operator's choices about the reading are remembered."""
    pasted: Pasted | None = None
    """What it was made of where it is no file."""
    to_remember: bool = False
    as_last_time: bool = False
    doubt: PhonesGone | None = None
    """Why no column of phones may be taken unasked."""
    lost: Lost | None = None
    """Why decisions about its rows, or of the list before it, do not hold."""
    reading: Reading | None = None
    """What it comes from; None once it is on the screen."""

    def settled(self) -> "OpenList":
        """Return it as it stands once it is on the screen."""
        return replace(self, to_remember=False, lost=None, reading=None)

    def with_decisions(self, known: RowDecisions | None, before: "OpenList | None") -> "OpenList":
        """Lay what was decided about these very rows over it; tell what is left behind."""
        if known is not None:
            choice, lost = known.over(self.choice)
            return replace(self, choice=choice, lost=lost or self.lost)
        source = self.table.source
        lost = why_lost(before.choice, before.table.source, source) if before else None
        return replace(self, choice=bare(self.choice), lost=lost or self.lost)

    def decisions(self, column: int | None) -> RowDecisions:
        """Return what was decided about its rows, their phones in a column."""
        choice = self.choice
        return RowDecisions(column, choice.left_out, choice.edits, choice.include_hidden)

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what its rows' numbers are worth something within."""
        return rows_key(self.table.source)


def as_opened(opened: Opened, path: Path, reading: Reading) -> OpenList:
    """Return a list as it was read, before anything was decided about its rows."""
    columns = opened.columns
    choice = Choice(
        country=opened.country,
        phone_column=columns.phone if columns else None,
        consent_column=columns.consent if columns else None,
    )
    return OpenList(
        opened.table,
        path,
        choice,
        opened.how,
        opened.shape,
        as_last_time=columns is not None,
        doubt=opened.doubt,
        reading=reading,
    )


def judge(
    about: OpenList, choice: Choice, before: Recipients | None
) -> tuple[Recipients | ColumnProblem, tuple[Question, ...], Repairs]:
    """Return the verdicts, what must be asked and what can be mended.

    Raises:
        ReadingCancelledError: the reading was given up meanwhile.
    """
    table, reading = about.table, about.reading
    if about.doubt is not None and choice.phone_column is None:
        return about.doubt, (), {}
    if reading is None:
        found = read_recipients(table, choice, before)
    else:
        rows = len(table)
        found = read_recipients(
            table, choice, before, lambda done: reading.report(Progress.checking(done, rows))
        )
    repairs = find_repairs(found) if isinstance(found, Recipients) else {}
    return found, find_questions(table, found), repairs


def is_same_column(before: Recipients | None, found: Recipients) -> bool:
    """Tell whether decisions about single cells still mean the same cells."""
    if before is None or before.table is not found.table:
        return False
    return before.phone_column == found.phone_column
