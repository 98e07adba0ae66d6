"""What a report of a campaign holds; its words come from the caller, in the operator's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class ReportRow(NamedTuple):
    """One person of the operator's sheet, with what became of the message to them."""

    cells: tuple[str, ...]
    row: int
    outcome: str
    sent_to: str = ""
    """The number as it was sent to, E.164; the operator's own cell may be written otherwise."""
    reason: str = ""
    delivery: str = ""
    parts: int | None = None
    cost: Decimal | None = None
    currency: str = ""
    tracking_id: str = ""
    message_id: str = ""
    sent_utc: str = ""
    sent_local: str = ""


class RemovedRow(NamedTuple):
    """One row of the operator's sheet that got no message, and why."""

    cells: tuple[str, ...]
    row: int
    phone: str
    why: str


@dataclass(frozen=True, slots=True)
class ReportTitles:
    """The names of a report's sheets and columns, and the stamp of a practice campaign."""

    results_sheet: str
    summary_sheet: str
    removed_sheet: str
    practice: str
    row: str
    sent_to: str
    outcome: str
    reason: str
    delivery: str
    parts: str
    cost: str
    currency: str
    tracking_id: str
    message_id: str
    sent_utc: str
    sent_local: str
    phone: str
    why: str
    number: str

    @property
    def results(self) -> tuple[str, ...]:
        """Return the columns that follow the operator's own on the first sheet."""
        return (
            self.row,
            self.sent_to,
            self.outcome,
            self.reason,
            self.delivery,
            self.parts,
            self.cost,
            self.currency,
            self.tracking_id,
            self.message_id,
            self.sent_utc,
            self.sent_local,
        )

    @property
    def removed(self) -> tuple[str, ...]:
        """Return the columns that follow the operator's own on the sheet of those not included."""
        return (self.row, self.phone, self.why)


@dataclass(frozen=True, slots=True)
class Report:
    """A campaign's results as they are written to a file.

    Rows may come from a generator: they are taken once, in order, one at a time. An exception
    that it raises (the operator cancelled) ends the writing and leaves no file behind.
    """

    title: str
    practice: bool
    titles: ReportTitles
    names: tuple[str, ...]
    rows: Iterable[ReportRow]
    summary: tuple[tuple[str, int | Decimal], ...]
    removed: Iterable[RemovedRow] = ()
    notes: tuple[str, ...] = ()
    """What else the summary tells, without a number."""
    source: str = ""
    """The name of the list that it tells of, whose place it must not take."""


class ReportProblem(StrEnum):
    """Why a report could not be written, by what the operator can do about it."""

    IN_USE = "in_use"
    NO_ROOM = "no_room"
    READ_ONLY = "read_only"
    NO_FOLDER = "no_folder"
    TOO_MANY_ROWS = "too_many_rows"
    WRONG_ENDING = "wrong_ending"
    THE_LIST = "the_list"
    NOT_A_REPORT = "not_a_report"
    OTHER = "other"
