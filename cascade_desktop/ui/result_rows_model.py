"""What the results grid knows of each row of a campaign: columns side by side, no Qt."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum
from itertools import groupby
from typing import Any

import numpy as np

from cascade_desktop.core.delivery import FINAL, Bill, BillSum, sum_bills
from cascade_desktop.core.phones import show_phone
from cascade_desktop.core.plan import tracking_id
from cascade_desktop.core.states import Resolution, State
from cascade_desktop.engine.journal.deliveries import Delivered
from cascade_desktop.engine.journal.values import Change, Entry
from cascade_desktop.ui.own_columns import SAMPLE_ROWS, own_columns
from cascade_desktop.ui.row_outcome import FILTERS, Filter, Outcome, handed_over, outcome_of
from cascade_desktop.ui.row_search import SearchText, bare_phone, phone_digits
from cascade_desktop.ui.row_words import RowWhy, say_outcome, say_why, why_of
from cascade_desktop.ui.wording_delivery import say_cost

ID_LEAST = 6
"""A message id is looked for from so many characters on."""
OUTCOMES = tuple(Outcome)
Places = np.ndarray[Any, np.dtype[np.int64]]
"""Where rows stand in the file's order."""
_LEFT = (*FILTERS[Filter.SENT], Outcome.UNCERTAIN)
_CODE = {outcome: code for code, outcome in enumerate(OUTCOMES)}


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
    PARTS = 8
    COST = 9


@dataclass(frozen=True, slots=True)
class Repeats:
    """Who was sent more than one message."""

    twice: bool
    """Whether somebody may have got the same one twice, as far as is known."""
    several: int = 0
    """People who were sent different ones: their rows share a number."""


class ResultRows:
    """Every row of a campaign, by its place in the file's order."""

    def __init__(self, names: Sequence[str], phone_column: int, id_stem: str) -> None:
        self._id_stem = id_stem
        self._names = tuple(names)
        self._phone_column = phone_column
        self.own = own_columns(names, phone_column)
        self.rows = np.empty(0, np.int64)
        self._sheet_rows = np.empty(0, np.int64)
        self._numbers = np.empty(0, np.int64)
        self._dialled = np.empty(0, np.int64)
        """The number that each row's message goes to; 0 without one."""
        self.codes = np.empty(0, np.uint8)
        self._whys = np.empty(0, np.int32)
        self._bills = np.empty(0, np.int32)
        self.phones: list[str] = []
        self.written: dict[int, str] = {}
        """Of the rows without a phone, what their sheet has in its place."""
        self._cells: list[tuple[str, ...]] = []
        self._message_ids: list[str] = []
        self._times: list[datetime | None] = []
        self._known_whys: list[RowWhy] = []
        self._why_codes: dict[RowWhy, int] = {}
        self._known_bills: list[Bill] = [Bill()]
        self._bill_codes: dict[Bill, int] = {Bill(): 0}
        self._sentences: dict[int, str] = {}
        self._search = SearchText()
        self._any_twice = False
        self._counts: Mapping[Outcome, int] | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, entries: Sequence[Entry]) -> None:
        """Add rows at the end; the first ones decide which own columns are shown."""
        count, first = len(entries), len(self.rows)
        if not first:
            columns = tuple(zip(*(e.cells for e in entries[:SAMPLE_ROWS]), strict=True))
            self.own = own_columns(self._names, self._phone_column, columns)
        whys = [self._why_code(why_of(e)) for e in entries]
        bills = [self._bill_code(Bill(e.parts, e.cost, e.currency)) for e in entries]
        codes = [_CODE[outcome_of(e.state, e.delivery)] for e in entries]
        cells = [tuple(e.cells[at] for at in self.own) for e in entries]
        self.rows = _longer(self.rows, (e.row for e in entries), count)
        self._sheet_rows = _longer(self._sheet_rows, (e.sheet_row for e in entries), count)
        self._numbers = _longer(self._numbers, (e.number or 0 for e in entries), count)
        dialled = (int(e.phone[1:]) if e.number else 0 for e in entries)
        self._dialled = _longer(self._dialled, dialled, count)
        self.codes = _longer(self.codes, codes, count)
        self._counts = None
        self._whys = _longer(self._whys, whys, count)
        self._bills = _longer(self._bills, bills, count)
        self.phones.extend(e.phone for e in entries)
        self._cells.extend(cells)
        self._message_ids.extend(" ".join(e.message_ids) for e in entries)
        self._times.extend(handed_over(e.state, e.settled_at) for e in entries)
        for place, e in enumerate(entries, first):
            if not e.phone and e.cells[self._phone_column].strip():
                self.written[place] = e.cells[self._phone_column]
        self._search.add(self._texts(e, mine) for e, mine in zip(entries, cells, strict=True))
        self._any_twice |= any(
            e.resolution is Resolution.RESENT or len(e.message_ids) > 1 for e in entries
        )

    def settle(self, places: Places, changes: Sequence[Change]) -> None:
        """Take over what a batch did to its rows: most of them share all but their ids."""
        _, states, reasons, words, ids, times, resolutions = zip(*changes, strict=True)
        first = 0
        for shared, run in groupby(zip(states, reasons, words, resolutions, strict=True)):
            last = first + sum(1 for _ in run)
            self._stand(places[first:last], RowWhy(*shared))
            first = last
        for place, state, some, at in zip(places.tolist(), states, ids, times, strict=True):
            self._message_ids[place] = " ".join(some)
            self._times[place] = handed_over(state, at)
        self._any_twice |= max(map(len, ids)) > 1

    def _stand(self, places: Places, why: RowWhy) -> None:
        """Let rows stand where all of them stand for the same reason."""
        if why.words.item is not None:
            why = replace(why, words=replace(why.words, item=None))
        self.codes[places] = _CODE[outcome_of(why.state)]
        self._whys[places] = self._why_code(why)
        if why.state is State.LEFT_OUT:
            self._numbers[places] = self._dialled[places] = 0
        self._counts = None

    def deliver(self, places: Places, news: Sequence[Delivered]) -> None:
        """Take over what became of messages after they were accepted."""
        for place, delivered in zip(places.tolist(), news, strict=True):
            known = self._known_whys[self._whys[place]]
            if known.state is State.ACCEPTED:
                self.codes[place] = _CODE[outcome_of(State.ACCEPTED, delivered.delivery)]
                end = delivered.delivery if delivered.delivery in FINAL else ""
                self._whys[place] = self._why_code(replace(known, delivery=end))
                self._bills[place] = self._bill_code(delivered.bill)
        self._counts = None

    def text(self, kind: Column, place: int, own_at: int = 0) -> str:
        """Return what a cell says."""
        match kind:
            case Column.ROW:
                return str(self._sheet_rows[place])
            case Column.PHONE:
                phone = self.phones[place]
                return show_phone(phone) if phone else self.written.get(place, "")
            case Column.OWN:
                return self._cells[place][own_at]
            case Column.OUTCOME:
                return say_outcome(OUTCOMES[self.codes[place]])
            case Column.WHY:
                return self._sentence(int(self._whys[place]))
            case _:
                return self._detail(kind, place)

    def forget_sentences(self) -> None:
        """Say everything again in the language of now."""
        self._sentences.clear()

    @property
    def repeats(self) -> Repeats:
        """Tell what is known of people who were sent more than one message."""
        left = codes_in(_LEFT)[self.codes]
        dialled = np.sort(self._dialled[left & (self._dialled > 0)])
        shared = set(dialled[1:][dialled[1:] == dialled[:-1]].tolist())
        return Repeats(twice=self._any_twice, several=len(shared))

    @property
    def bill(self) -> BillSum:
        """Add up what all messages took, as far as the service said."""
        tally = np.bincount(self._bills, minlength=len(self._known_bills)).tolist()
        return sum_bills(dict(zip(self._known_bills, tally, strict=True)))

    def counts(self) -> Mapping[Outcome, int]:
        """Count all rows by their outcome."""
        if self._counts is None:
            tally = np.bincount(self.codes, minlength=len(OUTCOMES)).tolist()
            self._counts = dict(zip(OUTCOMES, tally, strict=True))
        return self._counts

    def find(self, needle: str) -> list[int]:
        """Return the places whose phone, first columns or ids hold a text."""
        needle = needle.casefold()
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

    def _detail(self, kind: Column, place: int) -> str:
        """Return what is hidden until wanted: ids, times, what it took."""
        match kind:
            case Column.TRACKING_ID:
                number = int(self._numbers[place])
                return tracking_id(self._id_stem, number) if number else ""
            case Column.MESSAGE_ID:
                return self._message_ids[place]
            case Column.TIME:
                at = self._times[place]
                return "" if at is None else f"{at.astimezone():%Y-%m-%d %H:%M:%S}"
            case _:
                bill = self._known_bills[self._bills[place]]
                if kind is Column.PARTS:
                    return "" if bill.parts is None else str(bill.parts)
                return "" if bill.cost is None else say_cost(bill.cost, bill.currency)

    def _sentence(self, code: int) -> str:
        if code not in self._sentences:
            self._sentences[code] = say_why(self._known_whys[code])
        return self._sentences[code]

    def _texts(self, entry: Entry, own: tuple[str, ...]) -> tuple[str, ...]:
        """Return what a row can be found by; without a phone, by what is in its place."""
        if entry.phone:
            return (entry.phone, *own)
        written = entry.cells[self._phone_column]
        return (written, bare_phone(written), *own)

    def _why_code(self, why: RowWhy) -> int:
        code = self._why_codes.setdefault(why, len(self._known_whys))
        if code == len(self._known_whys):
            self._known_whys.append(why)
        return code

    def _bill_code(self, bill: Bill) -> int:
        code = self._bill_codes.setdefault(bill, len(self._known_bills))
        if code == len(self._known_bills):
            self._known_bills.append(bill)
        return code


def codes_in(outcomes: Sequence[Outcome]) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """Return for every outcome's code whether it is among these."""
    table = np.zeros(len(OUTCOMES), np.bool_)
    table[[_CODE[outcome] for outcome in outcomes]] = True
    return table


def _longer(known: Any, more: Iterable[int], count: int) -> Any:
    return np.concatenate([known, np.fromiter(more, known.dtype, count)])
