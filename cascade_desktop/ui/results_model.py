"""The rows of a campaign for the grid: columns, an index for filter and search, no widgets."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, islice
from typing import Any, cast

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal

from cascade_desktop.engine.journal.deliveries import Delivered
from cascade_desktop.engine.journal.values import Change, Entry
from cascade_desktop.ui.indexed_model import RIGHT, ROOT, AnyIndex, IndexedModel
from cascade_desktop.ui.result_rows_model import (
    OUTCOMES,
    Column,
    Places,
    Repeats,
    ResultRows,
    codes_in,
)
from cascade_desktop.ui.row_outcome import FILTERS, Filter, Outcome

OUTCOME_ROLE = int(Qt.ItemDataRole.UserRole) + 1
ROW_ROLE = OUTCOME_ROLE + 1
WRITTEN_ROLE = ROW_ROLE + 1
"""Whether a phone is only what the sheet says, which nothing can be sent to."""
PHONE_ROLE = WRITTEN_ROLE + 1
"""The number of a line, E.164; "" where there is none."""
AnyChange = Change | Delivered
PAGE = 2000
SEEN_MOST = 100
_NOWHERE = -1


class ResultsModel(IndexedModel):
    """One line a person, whatever became of the message to them.

    Rows arrive in the file's order, in pages; changes may arrive before their row does.
    """

    tallied = Signal()
    """The counts may have changed."""

    def __init__(
        self,
        names: Sequence[str] = (),
        phone_column: int = 0,
        id_stem: str = "",
    ) -> None:
        super().__init__()
        self._names = tuple(names)
        self.content = ResultRows(names, phone_column, id_stem)
        """What is known of all rows, shown or not."""
        self._columns = columns_with(len(self.content.own))
        self._early: dict[int, list[AnyChange]] = {}
        self._needle = ""
        self._filter = Filter.ALL
        self._coming: Iterator[Entry] = iter(())
        self._complete = True
        self._streaming = QTimer(self)
        self._streaming.timeout.connect(self._next_page)

    def stream(self, entries: Iterable[Entry]) -> None:
        """Add all of these rows, a page each time the window has nothing else to do."""
        self._coming = iter(entries)
        self._complete = False
        self._next_page()
        if not self._complete:
            self._streaming.start()

    def append_rows(self, entries: Sequence[Entry]) -> None:
        """Add a page of rows at the end."""
        if entries:
            self._take(entries)
            self._grow(len(entries))
            self._refresh()
            self.tallied.emit()

    def apply(self, changes: Sequence[AnyChange]) -> None:
        """Take over what became of rows, and tell the view once, for those it watches."""
        if not changes:
            return
        known = self.content.rows
        rows = np.fromiter((change.row for change in changes), np.int64, len(changes))
        places = np.searchsorted(known, rows)
        here = np.append(known, _NOWHERE)[places] == rows
        if not here.all():
            for at in np.flatnonzero(~here).tolist():
                self._early.setdefault(changes[at].row, []).append(changes[at])
            places = places[here]
            changes = tuple(compress(changes, here))
        if changes:
            self._change(places, changes)
            if self._needle or self._filter is not Filter.ALL:
                self._refresh()
            self._tell(places)
            self.tallied.emit()

    def choose(self, wanted: Filter) -> None:
        """Show only some rows."""
        if wanted is not self._filter:
            self._filter = wanted
            self._refresh()

    def search(self, text: str) -> None:
        """Show only rows whose phone, first columns or ids hold a text; "" is all."""
        if text.strip() != self._needle:
            self._needle = text.strip()
            self._refresh()

    @property
    def filter(self) -> Filter:
        """Return which rows are shown."""
        return self._filter

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return what each column shows."""
        return self._columns

    @property
    def repeats(self) -> Repeats:
        """Tell what is known of people who were sent more than one message."""
        return self.content.repeats if self._complete else Repeats(twice=True)

    @property
    def seen(self) -> tuple[int, ...]:
        """Return the rows on the screen."""
        first, last = self._watched
        places = self._shown[first : min(last + 1, first + SEEN_MOST)]
        return tuple(self.content.rows[places].tolist())

    @property
    def complete(self) -> bool:
        """Tell whether all rows are here; until then counts and claims are not the whole truth."""
        return self._complete

    def counts(self) -> Mapping[Outcome, int]:
        """Count all rows, shown or not, by their outcome."""
        return self.content.counts()

    def count_of(self, wanted: Filter) -> int:
        """Count the rows that a filter would show, the search aside."""
        counts = self.counts()
        return sum(counts[outcome] for outcome in FILTERS[wanted])

    def column_of(self, kind: Column) -> int:
        """Return where the first column of a kind stands."""
        return self._columns.index(kind)

    def retranslate(self) -> None:
        """Say everything again in the language of now."""
        self.content.forget_sentences()
        self._tell_all()

    def columnCount(self, parent: AnyIndex = ROOT) -> int:
        """Count the columns, those hidden at first included."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Name a column."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        kind = self._columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and kind in _NUMBERS:
            return RIGHT
        return self._title(kind, section) if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell: words to show, or a native value for those who paint and sort."""
        if not index.isValid() or not 0 <= index.row() < len(self._shown):
            return None
        place = int(self._shown[index.row()])
        kind = self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(kind, place, index.column())
            case Qt.ItemDataRole.ToolTipRole if kind in (Column.PHONE, Column.WHY, Column.OWN):
                return self._text(kind, place, index.column()) or None
            case Qt.ItemDataRole.TextAlignmentRole if kind in _NUMBERS:
                return RIGHT
            case _ if role == OUTCOME_ROLE:
                return OUTCOMES[self.content.codes[place]]
            case _ if role in (ROW_ROLE, PHONE_ROLE):
                return (
                    int(self.content.rows[place])
                    if role == ROW_ROLE
                    else self.content.phones[place]
                )
            case _ if role == WRITTEN_ROLE:
                return kind is Column.PHONE and place in self.content.written
        return None

    def _text(self, kind: Column, place: int, column: int) -> str:
        return self.content.text(kind, place, column - self.column_of(kind))

    def _title(self, kind: Column, section: int) -> str:
        if kind is Column.OWN:
            return self._names[self.content.own[section - self.column_of(Column.OWN)]]
        return {
            Column.ROW: self.tr("Row"),
            Column.PHONE: self.tr("Phone"),
            Column.OUTCOME: self.tr("Outcome"),
            Column.WHY: self.tr("Why, and what to do"),
            Column.TRACKING_ID: self.tr("Our id"),
            Column.MESSAGE_ID: self.tr("SMSBAT’s id"),
            Column.TIME: self.tr("Handed over"),
            Column.PARTS: self.tr("SMS"),
            Column.COST: self.tr("Cost"),
        }[kind]

    def _next_page(self) -> None:
        page = tuple(islice(self._coming, PAGE))
        if len(page) < PAGE:
            self._streaming.stop()
            self._complete = True
        self.append_rows(page)
        if not page:
            self.tallied.emit()

    def _take(self, entries: Sequence[Entry]) -> None:
        first = len(self.content)
        self.content.take(entries)
        if not first:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)
        for place in range(first, len(self.content)) if self._early else ():
            for change in self._early.pop(int(self.content.rows[place]), ()):
                self._change(np.array([place]), (change,))

    def _change(self, places: Places, changes: Sequence[AnyChange]) -> None:
        if isinstance(changes[0], Change):
            self.content.settle(places, cast("Sequence[Change]", changes))
        else:
            self.content.deliver(places, cast("Sequence[Delivered]", changes))

    def _wanted(self) -> "np.ndarray[Any, np.dtype[np.bool_]]":
        """Return for every row whether it is to be shown."""
        mask = codes_in(FILTERS[self._filter])[self.content.codes]
        if self._needle:
            found = np.zeros(len(mask), np.bool_)
            found[self.content.find(self._needle)] = True
            mask &= found
        return mask


_NUMBERS = (Column.ROW, Column.PARTS, Column.COST)


def columns_with(own: int) -> tuple[Column, ...]:
    """Return the columns of the grid with so many of the operator's own."""
    return tuple(kind for kind in Column for _ in range(own if kind is Column.OWN else 1))
