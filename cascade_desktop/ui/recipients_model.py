"""Every row of a list with its verdict, for the page that says who will not get it and why."""

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum, StrEnum
from typing import Any

import numpy as np
from PySide6.QtCore import Qt, Signal

from cascade_desktop.core.composition import Composition
from cascade_desktop.core.recipients import Recipients
from cascade_desktop.core.table import Source, Table, column_letter
from cascade_desktop.ui.indexed_model import RIGHT, ROOT, AnyIndex, IndexedModel
from cascade_desktop.ui.own_columns import own_columns
from cascade_desktop.ui.recipient_actions import Action, row_actions, row_menu
from cascade_desktop.ui.recipient_groups_model import (
    CODE,
    GROUPS,
    Group,
    RowGroups,
    decided,
)
from cascade_desktop.ui.wording_rows import RowWords

ACTIONS_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""A tuple of (`Act`, words, phone): what can be done about a row with one press."""
SHEET_ROW_ROLE = ACTIONS_ROLE + 1
STRUCK_ROLE = SHEET_ROW_ROLE + 1
"""Whether a row was left out by the operator, so that it is shown struck through."""
MENU_ROLE = STRUCK_ROLE + 1
"""What the row's own menu offers: its buttons, and to leave it out."""


class Tab(StrEnum):
    """What the page can show; the corrected and the differing are also among others."""

    TO_FIX = "to_fix"
    DUPLICATE = "duplicate"
    STOPPED = "stopped"
    LEFT_OUT = "left_out"
    NO_CONSENT = "no_consent"
    HIDDEN = "hidden"
    BLANK = "blank"
    DIFFERING = "differing"
    REPAIRED = "repaired"
    READY = "ready"
    ALL = "all"


class Column(IntEnum):
    """What a column of the grid shows."""

    ROW = 0
    PHONE = 1
    OWN = 2
    WHY = 3
    ACTIONS = 4


class RecipientsModel(IndexedModel):
    """One line a row of the file; the phone can be written over in place.

    A row that was decided about stays where it is until another tab is chosen: were it to go at
    once, the next press would hit the next person.
    """

    edited = Signal(int, str)
    """Emits a sheet row and what was typed as its phone."""
    tallied = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._recipients: Recipients | None = None
        self._composition: Composition | None = None
        self._table = Table(Source(""), (), (), ())
        self._own: tuple[int, ...] = ()
        self._columns: tuple[Column, ...] = ()
        self._codes = np.empty(0, np.uint8)
        self._verdicts = np.empty(0, np.uint8)
        self._kept = np.empty(0, np.bool_)
        self._repaired = np.empty(0, np.bool_)
        self._differing = np.empty(0, np.bool_)
        self._tab = Tab.ALL

    def show_list(self, groups: RowGroups) -> None:
        """Show a list; one whose table is known changes only where its verdicts did.

        After a decision the list comes first and its composition later; until then rows that
        the decision did not touch stay as they were.
        """
        before, recipients = self._recipients, groups.recipients
        known = (
            before is not None
            and recipients.table is self._table
            and before.phone_column == recipients.phone_column
        )
        if not known:
            self.beginResetModel()
        codes = groups.codes
        if known and groups.composition is None and recipients is not before:
            codes = np.where(groups.verdicts == self._verdicts, self._codes, codes)
            self._take(recipients, self._composition)
        else:
            self._take(recipients, groups.composition)
            self._differing = groups.differing
        self._verdicts, self._codes = groups.verdicts, codes
        repaired = np.frombuffer(recipients.repaired.flags, np.bool_)
        self._repaired = repaired & (codes == CODE[Group.READY])
        if known and before is not None:
            self._kept = self._kept | (self._mask & decided(before, recipients))
            self._refresh()
            self._tell_all()
        else:
            self._kept = np.zeros(len(codes), np.bool_)
            self._mask = self._wanted()
            self._shown = np.flatnonzero(self._mask)
            self.endResetModel()
        self.tallied.emit()

    def choose(self, tab: Tab) -> None:
        """Show only some rows; those that were kept in their place go where they belong."""
        if tab is not self._tab or self._kept.any():
            self._tab = tab
            self._kept = np.zeros(len(self._codes), np.bool_)
            self._show_anew(self._wanted())
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    @property
    def tab(self) -> Tab:
        """Return which rows are shown."""
        return self._tab

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return what each column shows."""
        return self._columns

    def counts(self) -> Mapping[Tab, int]:
        """Count the rows of each tab; all is the sum of the groups."""
        codes = self._codes
        return {
            **{Tab(group): int(np.count_nonzero(codes == CODE[group])) for group in GROUPS},
            Tab.DIFFERING: int(np.count_nonzero(self._differing)),
            Tab.REPAIRED: int(np.count_nonzero(self._repaired)),
            Tab.ALL: len(self._codes),
        }

    @property
    def words(self) -> RowWords | None:
        """Return what there is to say about each row as it stands."""
        if self._recipients is None:
            return None
        return RowWords(
            self._recipients,
            self._composition,
            self._codes,
            self._repaired,
            self._kept,
            self._tab is Tab.DIFFERING,
        )

    @property
    def composition(self) -> Composition | None:
        """Return what the message comes to for this list."""
        return self._composition

    def next_to_fix(self, line: int, step: int = 1) -> int:
        """Return the line to go on to: the next one to fix, from the top again after the last."""
        if self._tab is not Tab.TO_FIX:
            return max(0, min(line + step, self.rowCount() - 1))
        lines = np.flatnonzero(self._codes[self._shown] == CODE[Group.TO_FIX])
        lines = lines[lines != line]
        ahead = lines[lines > line] if step > 0 else lines[lines < line][::-1]
        found = ahead if len(ahead) else lines[::step]
        return int(found[0]) if len(found) else line

    def leavable(self, lines: Sequence[int]) -> tuple[tuple[int, ...], bool]:
        """Return which sheet rows of these lines to leave out; or to take back, if all are out."""
        places = self._shown[list(lines)]
        codes = self._codes[places]
        out = not (codes == CODE[Group.LEFT_OUT]).all()
        may = (Group.READY, Group.TO_FIX) if out else (Group.LEFT_OUT,)
        rows = places[np.isin(codes, [CODE[group] for group in may])]
        return tuple(self._table.row_numbers[place] for place in rows.tolist()), out

    def stoppable(self, lines: Sequence[int]) -> tuple[tuple[str, ...], int]:
        """Return the numbers of these lines that may go on the “Do not message” list.

        The count is of the rows that have no number to put there.
        """
        found = self._recipients
        if found is None:
            return (), 0
        rows: list[int] = self._shown[list(lines)].tolist()
        phones = [phone for row in rows if (phone := found.phones[row])]
        stopped = found.choice.stopped
        wanted = dict.fromkeys(phone for phone in phones if phone not in stopped)
        return tuple(wanted), len(rows) - len(phones)

    def table_rows(self) -> tuple[int, ...]:
        """Return the indexes of the table's rows that are shown."""
        return tuple(self._shown.tolist())

    def columnCount(self, parent: AnyIndex = ROOT) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Name a column: the operator's own by their own names."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        kind = self._columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and kind is Column.ROW:
            return RIGHT
        return self._title(kind, section) if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Let the phone be written over."""
        flags = super().flags(index)
        if index.isValid() and self._columns[index.column()] is Column.PHONE:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell."""
        if not index.isValid() or not 0 <= index.row() < len(self._shown):
            return None
        place = int(self._shown[index.row()])
        kind = self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return self._text(kind, place, index.column())
            case Qt.ItemDataRole.ToolTipRole if kind is Column.WHY:
                return (self.words.whole(place) or None) if self.words else None
            case Qt.ItemDataRole.ToolTipRole if kind is Column.OWN:
                return self._text(kind, place, index.column()) or None
            case Qt.ItemDataRole.TextAlignmentRole if kind is Column.ROW:
                return RIGHT
            case _:
                return self._about_row(place, role)

    def _about_row(self, place: int, role: int) -> Any:
        said: dict[int, Callable[[], Any]] = {
            ACTIONS_ROLE: lambda: self._actions(place),
            SHEET_ROW_ROLE: lambda: self._table.row_numbers[place],
            STRUCK_ROLE: lambda: self._codes[place] == CODE[Group.LEFT_OUT],
            MENU_ROLE: lambda: self._menu(place),
        }
        return said[role]() if role in said else None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Pass on what was typed as a phone; the new verdict comes with the next list."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        if str(value) != self.data(index):
            self.edited.emit(int(index.data(SHEET_ROW_ROLE)), str(value))
        return True

    def _text(self, kind: Column, place: int, column: int) -> str:
        words = self.words
        if words is None:
            return ""
        match kind:
            case Column.ROW:
                return str(self._table.row_numbers[place])
            case Column.PHONE:
                return words.recipients.phone_cell(place)
            case Column.OWN:
                own = self._own[column - self._columns.index(Column.OWN)]
                return self._table.columns[own][place]
            case Column.WHY:
                return words.briefly(place)
            case Column.ACTIONS:
                return " ".join(words for _, words, _ in self._actions(place))

    def _title(self, kind: Column, section: int) -> str:
        match kind:
            case Column.ROW:
                return self.tr("Row")
            case Column.PHONE:
                at = self._recipients.phone_column if self._recipients else 0
                return self._table.names[at] or self.tr("Column {letter}").format(
                    letter=column_letter(at)
                )
            case Column.OWN:
                return self._table.names[self._own[section - self._columns.index(Column.OWN)]]
            case Column.WHY:
                return self.tr("Problem") if self._tab is Tab.TO_FIX else self.tr("What happened")
            case Column.ACTIONS:
                return ""

    def _actions(self, place: int) -> tuple[Action, ...]:
        found = self._recipients
        return row_actions(found, place, GROUPS[self._codes[place]]) if found else ()

    def _menu(self, place: int) -> tuple[Action, ...]:
        found = self._recipients
        return row_menu(found, place, GROUPS[self._codes[place]]) if found else ()

    def _take(self, recipients: Recipients, composition: Composition | None) -> None:
        self._recipients, self._composition = recipients, composition
        table = self._table = recipients.table
        self._own = own_columns(table.names, recipients.phone_column, table.columns)
        self._columns = tuple(
            kind for kind in Column for _ in range(len(self._own) if kind is Column.OWN else 1)
        )

    def _wanted(self) -> "np.ndarray[Any, np.dtype[np.bool_]]":
        match self._tab:
            case Tab.ALL:
                return np.ones(len(self._codes), np.bool_)
            case Tab.REPAIRED:
                return self._repaired | self._kept
            case Tab.DIFFERING:
                return self._differing | self._kept
            case tab:
                return (self._codes == CODE[Group(tab.value)]) | self._kept
