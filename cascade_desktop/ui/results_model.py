"""The rows of a campaign for the grid: columns, an index for filter and search, no widgets."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum
from itertools import islice
from typing import Any

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal

from cascade_desktop.core.outcome import NO_WORDS, ServiceWords
from cascade_desktop.core.phones import show_phone
from cascade_desktop.core.plan import tracking_id
from cascade_desktop.core.states import Resolution, State
from cascade_desktop.engine.journal.values import Change, Entry
from cascade_desktop.ui.indexed_model import RIGHT, ROOT, AnyIndex, IndexedModel
from cascade_desktop.ui.own_columns import SAMPLE_ROWS, own_columns
from cascade_desktop.ui.row_outcome import FILTERS, Filter, Outcome, outcome_of
from cascade_desktop.ui.row_search import SearchText, bare_phone, phone_digits
from cascade_desktop.ui.row_words import say_outcome, say_why

OUTCOME_ROLE = int(Qt.ItemDataRole.UserRole) + 1
ROW_ROLE = OUTCOME_ROLE + 1
WRITTEN_ROLE = ROW_ROLE + 1
"""Whether a phone is only what the sheet says, which nothing can be sent to."""
PHONE_ROLE = WRITTEN_ROLE + 1
"""The number of a line, E.164; "" where there is none."""
PAGE = 2000
ID_LEAST = 6
"""A message id is looked for from so many characters on."""
_OUTCOMES = tuple(Outcome)
_LEFT = (*FILTERS[Filter.SENT], Outcome.UNCERTAIN)
_CODE = {outcome: code for code, outcome in enumerate(_OUTCOMES)}


class Column(IntEnum):
    """What a column of the grid shows; `OWN` are the operator's own columns."""

    ROW = 0
    PHONE = 1
    OWN = 2
    OUTCOME = 3
    WHY = 4
    TRACKING_ID = 5
    MESSAGE_ID = 6
    TIME = 7


@dataclass(frozen=True, slots=True)
class _Why:
    """What a reason is said from; many rows share one."""

    state: State
    why: str = ""
    words: ServiceWords = NO_WORDS
    resolution: Resolution | None = None


@dataclass(frozen=True, slots=True)
class Repeats:
    """Who was sent more than one message."""

    twice: bool
    """Whether somebody may have got the same one twice, as far as is known."""
    several: int = 0
    """People who were sent different ones: their rows share a number."""


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
        self._id_stem = id_stem
        self._names = tuple(names)
        self._phone_column = phone_column
        self._own = own_columns(names, phone_column)
        self._columns = columns_with(len(self._own))
        self._rows = np.empty(0, np.int64)
        self._sheet_rows = np.empty(0, np.int64)
        self._numbers = np.empty(0, np.int64)
        self._dialled = np.empty(0, np.int64)
        """The number that each row's message goes to; 0 without one."""
        self._codes = np.empty(0, np.uint8)
        self._whys = np.empty(0, np.int32)
        self._phones: list[str] = []
        self._written: dict[int, str] = {}
        """Of the rows without a phone, what their sheet has in its place."""
        self._cells: list[tuple[str, ...]] = []
        self._message_ids: list[str] = []
        self._times: list[datetime | None] = []
        self._reasons: list[_Why] = []
        self._reason_codes: dict[_Why, int] = {}
        self._sentences: dict[int, str] = {}
        self._early: dict[int, Change] = {}
        self._search = SearchText()
        self._needle = ""
        self._filter = Filter.ALL
        self._any_resent = False
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

    def apply(self, changes: Sequence[Change]) -> None:
        """Take over what a batch changed, and tell the view once, for the rows it watches."""
        if not changes:
            return
        rows = np.fromiter((change.row for change in changes), np.int64, len(changes))
        places = np.searchsorted(self._rows, rows)
        touched: list[int] = []
        for change, place in zip(changes, places.tolist(), strict=True):
            if place < len(self._rows) and self._rows[place] == change.row:
                self._settle(place, change)
                touched.append(place)
            else:
                self._early[change.row] = change
        if touched:
            self._refresh()
            self._tell(np.array(touched, np.int64))
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
        if not self._complete:
            return Repeats(twice=True)
        left = _codes_in(_LEFT)[self._codes]
        dialled = np.sort(self._dialled[left & (self._dialled > 0)])
        shared = np.unique(dialled[1:][dialled[1:] == dialled[:-1]])
        return Repeats(twice=self._any_resent, several=len(shared))

    @property
    def complete(self) -> bool:
        """Tell whether all rows are here; until then counts and claims are not the whole truth."""
        return self._complete

    @property
    def last_uncertain_at(self) -> datetime | None:
        """Return when the last of the uncertain messages became so; None without any."""
        uncertain = np.flatnonzero(self._codes == _CODE[Outcome.UNCERTAIN])
        times = [at for place in uncertain.tolist() if (at := self._times[place]) is not None]
        return max(times, default=None)

    def counts(self) -> dict[Outcome, int]:
        """Count all rows, shown or not, by their outcome."""
        tally = np.bincount(self._codes, minlength=len(_OUTCOMES))
        return {outcome: int(tally[code]) for code, outcome in enumerate(_OUTCOMES)}

    def count_of(self, wanted: Filter) -> int:
        """Count the rows that a filter would show, the search aside."""
        counts = self.counts()
        return sum(counts[outcome] for outcome in FILTERS[wanted])

    def column_of(self, kind: Column) -> int:
        """Return where the first column of a kind stands."""
        return self._columns.index(kind)

    def retranslate(self) -> None:
        """Say everything again in the language of now."""
        self._sentences.clear()
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
        if role == Qt.ItemDataRole.TextAlignmentRole and kind is Column.ROW:
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
            case Qt.ItemDataRole.TextAlignmentRole if kind is Column.ROW:
                return RIGHT
            case _ if role == OUTCOME_ROLE:
                return _OUTCOMES[self._codes[place]]
            case _ if role in (ROW_ROLE, PHONE_ROLE):
                return int(self._rows[place]) if role == ROW_ROLE else self._phones[place]
            case _ if role == WRITTEN_ROLE:
                return kind is Column.PHONE and place in self._written
        return None

    def _text(self, kind: Column, place: int, column: int) -> str:
        match kind:
            case Column.ROW:
                return str(self._sheet_rows[place])
            case Column.PHONE:
                phone = self._phones[place]
                return show_phone(phone) if phone else self._written.get(place, "")
            case Column.OWN:
                return self._cells[place][column - self.column_of(Column.OWN)]
            case Column.OUTCOME:
                return say_outcome(_OUTCOMES[self._codes[place]])
            case Column.WHY:
                return self._sentence(int(self._whys[place]))
            case _:
                return self._detail(kind, place)

    def _detail(self, kind: Column, place: int) -> str:
        """Return what is hidden until wanted: ids and times."""
        if kind is Column.TRACKING_ID:
            number = int(self._numbers[place])
            return tracking_id(self._id_stem, number) if number else ""
        if kind is Column.MESSAGE_ID:
            return self._message_ids[place]
        at = self._times[place]
        return "" if at is None else f"{at.astimezone():%Y-%m-%d %H:%M:%S}"

    def _title(self, kind: Column, section: int) -> str:
        if kind is Column.OWN:
            return self._names[self._own[section - self.column_of(Column.OWN)]]
        return {
            Column.ROW: self.tr("Row"),
            Column.PHONE: self.tr("Phone"),
            Column.OUTCOME: self.tr("Outcome"),
            Column.WHY: self.tr("Why, and what to do"),
            Column.TRACKING_ID: self.tr("Our id"),
            Column.MESSAGE_ID: self.tr("SMSBAT’s id"),
            Column.TIME: self.tr("Handed over"),
        }[kind]

    def _sentence(self, code: int) -> str:
        if code not in self._sentences:
            why = self._reasons[code]
            self._sentences[code] = say_why(why.state, why.why, why.words, why.resolution)
        return self._sentences[code]

    def _next_page(self) -> None:
        page = tuple(islice(self._coming, PAGE))
        if len(page) < PAGE:
            self._streaming.stop()
            self._complete = True
        self.append_rows(page)
        if not page:
            self.tallied.emit()

    def _take(self, entries: Sequence[Entry]) -> None:
        count = len(entries)
        if not len(self._rows):
            columns = tuple(zip(*(e.cells for e in entries[:SAMPLE_ROWS]), strict=True))
            self._own = own_columns(self._names, self._phone_column, columns)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)
        own = self._own
        whys = [self._code_of(_Why(e.state, e.why, e.words, e.resolution)) for e in entries]
        codes = [_CODE[outcome_of(e.state, e.delivery)] for e in entries]
        first = len(self._rows)
        cells = [tuple(e.cells[at] for at in own) for e in entries]
        self._rows = _longer(self._rows, (e.row for e in entries), count)
        self._sheet_rows = _longer(self._sheet_rows, (e.sheet_row for e in entries), count)
        self._numbers = _longer(self._numbers, (e.number or 0 for e in entries), count)
        dialled = (int(e.phone[1:]) if e.number else 0 for e in entries)
        self._dialled = _longer(self._dialled, dialled, count)
        self._codes = _longer(self._codes, codes, count)
        self._whys = _longer(self._whys, whys, count)
        self._phones.extend(e.phone for e in entries)
        self._cells.extend(cells)
        self._message_ids.extend(" ".join(e.message_ids) for e in entries)
        self._times.extend(e.settled_at for e in entries)
        for place, e in enumerate(entries, first):
            if not e.phone and e.cells[self._phone_column].strip():
                self._written[place] = e.cells[self._phone_column]
        self._search.add(self._texts(e, mine) for e, mine in zip(entries, cells, strict=True))
        self._any_resent |= any(e.resolution is Resolution.RESENT for e in entries)
        for place in range(first, len(self._rows)) if self._early else ():
            change = self._early.pop(int(self._rows[place]), None)
            if change is not None:
                self._settle(place, change)

    def _texts(self, entry: Entry, own: tuple[str, ...]) -> tuple[str, ...]:
        """Return what a row can be found by; without a phone, by what is in its place."""
        if entry.phone:
            return (entry.phone, *own)
        written = entry.cells[self._phone_column]
        return (written, bare_phone(written), *own)

    def _settle(self, place: int, change: Change) -> None:
        words = change.words if change.words.item is None else replace(change.words, item=None)
        self._codes[place] = _CODE[outcome_of(change.state)]
        self._whys[place] = self._code_of(_Why(change.state, change.why, words))
        self._message_ids[place] = " ".join(change.message_ids)
        self._times[place] = change.settled_at

    def _code_of(self, why: _Why) -> int:
        code = self._reason_codes.setdefault(why, len(self._reasons))
        if code == len(self._reasons):
            self._reasons.append(why)
        return code

    def _wanted(self) -> "np.ndarray[Any, np.dtype[np.bool_]]":
        """Return for every row whether it is to be shown."""
        mask = _codes_in(FILTERS[self._filter])[self._codes]
        if self._needle:
            found = np.zeros(len(mask), np.bool_)
            found[self._hits()] = True
            mask &= found
        return mask

    def _hits(self) -> list[int]:
        needle = self._needle.casefold()
        hits = self._search.find(needle)
        if (digits := phone_digits(needle)) and digits != needle:
            hits += self._search.find(digits)
        stem, _, number = needle.rpartition("-")
        if stem == self._id_stem and number.isdecimal():
            hits += np.flatnonzero(self._numbers == int(number)).tolist()
        if len(needle) >= ID_LEAST:
            ids = enumerate(self._message_ids)
            hits += [place for place, known in ids if known and needle in known.casefold()]
        return hits


def columns_with(own: int) -> tuple[Column, ...]:
    """Return the columns of the grid with so many of the operator's own."""
    return tuple(kind for kind in Column for _ in range(own if kind is Column.OWN else 1))


def _codes_in(outcomes: Sequence[Outcome]) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """Return for every outcome's code whether it is among these."""
    table = np.zeros(len(_OUTCOMES), np.bool_)
    table[[_CODE[outcome] for outcome in outcomes]] = True
    return table


def _longer(known: Any, more: Iterable[int], count: int) -> Any:
    return np.concatenate([known, np.fromiter(more, known.dtype, count)])
