"""Keep what was decided about single rows with the rows it was decided about."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from cascade_desktop.core.campaign_file import ListRef
from cascade_desktop.core.recipients import Choice
from cascade_desktop.core.table import Source

RowsKey = tuple[str, str, str]
"""Rows under the same key are the same rows with the same numbers."""


class Lost(StrEnum):
    """Tell why decisions about rows do not hold any more."""

    FILE_CHANGED = "file_changed"
    OTHER_ROWS = "other_rows"
    OTHER_COLUMN = "other_column"


def rows_key(source: Source) -> RowsKey:
    """Return what a row's number is worth something within: a file's contents, one sheet."""
    return source.sha256, source.sheet, source.separator


def is_about(ref: ListRef, source: Source) -> bool:
    """Tell whether a campaign's row numbers mean this list's rows; a file by hand names no sum."""
    if ref.sha256:
        same = ref.sha256.lower() == source.sha256
    else:
        same = not ref.file or ref.file.replace("\\", "/").rpartition("/")[2] == source.file
    return same and ref.sheet in {"", source.sheet}


@dataclass(frozen=True, slots=True)
class RowDecisions:
    """What was decided about the rows of one list; a row's number means nothing in another."""

    column: int | None = None
    """The column of phones that `edits` were written over."""
    left_out: frozenset[int] = frozenset()
    edits: Mapping[int, str] = field(default_factory=dict[int, str])
    include_hidden: bool = False

    def over(self, choice: Choice) -> tuple[Choice, Lost | None]:
        """Lay them over a choice about the same rows; corrections hold in their own column."""
        column = self.column if choice.phone_column is None else choice.phone_column
        same = column == self.column
        laid = replace(
            choice,
            phone_column=column,
            left_out=self.left_out,
            edits=self.edits if same else {},
            include_hidden=self.include_hidden,
        )
        return laid, Lost.OTHER_COLUMN if self.edits and not same else None


def bare(choice: Choice) -> Choice:
    """Return a choice without anything about single rows."""
    return replace(choice, left_out=frozenset(), edits={}, include_hidden=False)


def why_lost(choice: Choice, before: Source, after: Source) -> Lost | None:
    """Tell why what was decided about one list's rows does not hold in another's."""
    if not (choice.left_out or choice.edits) or rows_key(before) == rows_key(after):
        return None
    return Lost.FILE_CHANGED if before.sha256 != after.sha256 else Lost.OTHER_ROWS
