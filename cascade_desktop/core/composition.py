"""What each recipient would get from a draft: the finished texts, and who cannot get one."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import overload

from cascade_desktop.core.consent import without_consent
from cascade_desktop.core.drafts import (
    ADVERTISING,
    VIBER_KINDS,
    VIBER_UNITS,
    Draft,
    FlashCall,
    Kind,
    limit_of,
    text_of,
)
from cascade_desktop.core.problems import (
    DraftProblem,
    NobodyToSend,
    NumbersShared,
    Remark,
    RowControlSyntax,
    RowProblem,
    RowTextBroken,
    RowTextEmpty,
    RowTextTooLong,
    ValueMissing,
    ViberSkipped,
)
from cascade_desktop.core.recipients import Recipients, Verdict
from cascade_desktop.core.rows import RowSet
from cascade_desktop.core.template import Bound, bind, find_control_syntax, is_broken, parse
from cascade_desktop.core.text_length import count_units

# a million rows can have the same problem: one object for all of them keeps collections short
_EMPTY, _BROKEN = RowTextEmpty(), RowTextBroken()
_missing = lru_cache(maxsize=64)(ValueMissing)
_too_long = lru_cache(maxsize=4096)(RowTextTooLong)


class Duplicates(StrEnum):
    """Who gets a message where rows share a number but their messages differ."""

    FIRST = "first"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Composition:
    """A draft written out for every row of a list."""

    recipients: Recipients
    rows: Sequence[int]
    """Indexes of the rows that will get a message, in file order."""
    texts: Sequence[str]
    """Their finished texts; for flash calls the SMS's, or empty."""
    faults: Mapping[int, RowProblem]
    """Row index → why its message cannot be finished."""
    doubles: Mapping[int, int]
    """Row index → index of the row with the same number that gets the message instead."""
    unagreed: Mapping[int, int]
    """Row index → index of the row that keeps it from advertising: itself, or one of its number.

    They say no, or nothing, about consent."""
    duplicates: Duplicates
    """What holds where rows share a number while their messages differ: chosen, or proposed."""
    differing: int
    """How many more messages all of them come to than only the first of each number."""
    shared: frozenset[str]
    """The numbers whose rows have different messages."""
    columns: tuple[int, ...]
    """Columns of the list that the message uses."""
    by_country: tuple[tuple[str, int], ...]
    """How many of the people who will get it each country has, most first."""
    repaired: int
    """How many of their numbers were corrected."""
    problems: tuple[DraftProblem, ...]
    remarks: tuple[Remark, ...]

    @property
    def several(self) -> int:
        """Return how many numbers get several messages."""
        return len(self.shared) if self.duplicates is Duplicates.BOTH else 0

    @property
    def people(self) -> int:
        """Return how many will get something: fewer than messages where a number gets several."""
        return len(self.rows) - (self.differing if self.several else 0)

    @property
    def people_by_country(self) -> tuple[tuple[str, int], ...]:
        """Return how many people each country has, most first."""
        if not self.several:
            return self.by_country
        found, people = self.recipients, Counter(dict(self.by_country))
        kept_out = (self.faults, self.doubles, self.unagreed)
        getting: set[str] = set()
        twins = sorted({*found.duplicate_of, *found.duplicate_of.values()})
        for row in (row for row in twins if found.phones[row] in self.shared):
            if not any(row in some for some in kept_out):
                if found.phones[row] in getting:
                    people[found.countries.names[found.countries.codes[row]]] -= 1
                getting.add(found.phones[row])
        return tuple(people.most_common())

    def per_person(self) -> Counter[str]:
        """Count the messages of each number: a number in several rows may get several."""
        return Counter(self.recipients.phones[row] for row in self.rows)


@dataclass(frozen=True, slots=True)
class FilledTexts(Sequence[str]):
    """The finished texts of some rows, each made when it is asked for."""

    bound: Bound
    columns: tuple[Sequence[str], ...]
    """The column of each placeholder."""
    rows: Sequence[int]

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...
    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        return self.of_row(self.rows[index])

    def of_row(self, row: int) -> str:
        """Return the text of a row of the list, whether it is among these or not."""
        text, _ = self.bound.fill([column[row] for column in self.columns])
        return text


def fill_texts(draft: Draft, recipients: Recipients, rows: Sequence[int]) -> FilledTexts:
    """Return what a draft says to these rows."""
    bound, columns = _bound(draft, recipients)
    return FilledTexts(bound, columns, rows)


def proposed_duplicates(kind: Kind) -> Duplicates:
    """Return what is proposed where one number has different messages (PRODUCT.md)."""
    return Duplicates.BOTH if kind is Kind.TRANSACTION else Duplicates.FIRST


def draft_problems(draft: Draft, names: Sequence[str]) -> tuple[DraftProblem, ...]:
    """Return what stops a draft, its placeholders looked up among a table's column names."""
    own = draft.problems()
    template = parse(text_of(draft))
    _, unbound = bind(template, names)
    return (*own, *(problem for problem in unbound if problem not in own))


def compose(
    draft: Draft, recipients: Recipients, duplicates: Duplicates | None = None
) -> Composition:
    """Write the draft out for every row that can get it, in file order."""
    shared = SharedNumbers(duplicates or proposed_duplicates(draft.kind))
    unagreed = _unagreed(draft, recipients)
    twins = _with_a_twin(recipients)
    rows: list[int] = []
    texts: list[str] = []
    faults: dict[int, RowProblem] = {}
    doubles: dict[int, int] = {}
    for index, text, fault in _written_out(draft, recipients):
        if index in unagreed:
            continue
        if fault is not None:
            faults[index] = fault
        elif (
            twins[index]
            and (instead := shared.row_instead(index, recipients.phones[index], text)) is not None
        ):
            doubles[index] = instead
        else:
            rows.append(index)
            texts.append(text)
    return Composition(
        recipients=recipients,
        rows=tuple(rows),
        texts=tuple(texts),
        faults=faults,
        doubles=doubles,
        unagreed=unagreed,
        duplicates=shared.choice,
        differing=shared.differing,
        shared=frozenset(shared.differing_phones),
        columns=columns_used(draft, recipients),
        by_country=_by_country(recipients, rows),
        repaired=sum(row in recipients.repaired for row in rows),
        problems=_problems(draft, recipients, rows, texts),
        remarks=(*draft.remarks(), *shared.remarks(), *_long_texts(draft, texts)),
    )


def written_out(draft: Draft, composition: Composition) -> Composition:
    """Return what was counted quickly as `compose` itself says it: only that is sent.

    Raises:
        ValueError: the two do not agree on who gets it.
    """
    if isinstance(composition.texts, tuple):
        return composition
    exact = compose(draft, composition.recipients, composition.duplicates)
    if exact.rows != tuple(composition.rows):
        raise ValueError(len(exact.rows), len(composition.rows))
    return exact


def without_message(composition: Composition) -> Composition:
    """Return who would get it whatever it says: what can be told while a draft is wrong."""
    found, unagreed = composition.recipients, composition.unagreed
    first: dict[str, int] = {}
    rows: list[int] = []
    doubles: dict[int, int] = {}
    twins = _with_a_twin(found)
    for index in found.verdicts.rows(Verdict.READY, Verdict.DUPLICATE):
        if index in unagreed:
            continue
        if twins[index] and (earlier := first.setdefault(found.phones[index], index)) != index:
            doubles[index] = earlier
        else:
            rows.append(index)
    return replace(
        composition,
        rows=tuple(rows),
        texts=("",) * len(rows),
        faults={},
        doubles=doubles,
        differing=0,
        shared=frozenset(),
        columns=(),
        by_country=_by_country(found, rows),
        repaired=sum(row in found.repaired for row in rows),
    )


def columns_used(draft: Draft, recipients: Recipients) -> tuple[int, ...]:
    """Return the columns of a list that a draft uses."""
    bound, _ = bind(parse(text_of(draft)), recipients.table.names)
    return tuple(sorted({at for at in bound.columns if at >= 0}))


class SharedNumbers:
    """Settles which of the rows that share a number get a message."""

    def __init__(self, choice: Duplicates) -> None:
        self.choice = choice
        self._first: dict[str, tuple[int, str]] = {}
        self._others: dict[str, dict[str, int]] = {}
        self.differing = 0
        self.differing_phones: set[str] = set()

    def remarks(self) -> tuple[Remark, ...]:
        """Tell what happens where messages differ, chosen or proposed."""
        both = self.choice is Duplicates.BOTH
        return (NumbersShared(self.differing, both),) if self.differing else ()

    def row_instead(self, index: int, phone: str, text: str) -> int | None:
        """Return the row that gets the message in this one's place; None where this one does.

        To be asked in the file's order.
        """
        first, already = self._first.setdefault(phone, (index, text))
        if first == index:
            return None
        if text == already:
            return first
        others = self._others.setdefault(phone, {})
        if (same := others.setdefault(text, index)) == index:
            self.differing += 1
            self.differing_phones.add(phone)
        if self.choice is Duplicates.FIRST:
            return first
        return None if same == index else same


@dataclass(frozen=True, slots=True)
class _RowCheck:
    limit: int
    may_be_empty: bool

    def __call__(self, text: str) -> RowProblem | None:
        if not self.may_be_empty and not text.strip():
            return _EMPTY
        if len(text) * 2 > self.limit and (units := count_units(text)) > self.limit:
            return _too_long(units, self.limit)
        return _BROKEN if is_broken(text) else None


def _written_out(
    draft: Draft, recipients: Recipients
) -> Iterator[tuple[int, str, RowProblem | None]]:
    """Yield every row that has a number, doubles included: its text and what is wrong with it."""
    bound, columns = _bound(draft, recipients)
    check = _RowCheck(limit_of(draft), isinstance(draft, FlashCall))
    for index in recipients.verdicts.rows(Verdict.READY, Verdict.DUPLICATE):
        text, missing = bound.fill([column[index] for column in columns])
        yield index, text, _missing(missing) if missing else check(text)


def _bound(draft: Draft, recipients: Recipients) -> tuple[Bound, tuple[Sequence[str], ...]]:
    """Return a draft's template with the column of each placeholder; one not found is empty."""
    table = recipients.table
    bound, _ = bind(parse(text_of(draft)), table.names)
    blank = ("",) * len(table.row_numbers)
    return bound, tuple(table.columns[at] if at >= 0 else blank for at in bound.columns)


def _with_a_twin(recipients: Recipients) -> bytearray:
    """Mark the rows whose number another row has."""
    twins = bytearray(len(recipients.verdicts))
    for row, first in recipients.duplicate_of.items():
        twins[row] = twins[first] = 1
    return twins


def _problems(
    draft: Draft, recipients: Recipients, rows: Sequence[int], texts: Sequence[str]
) -> tuple[DraftProblem, ...]:
    names = recipients.table.names
    problems = (*draft_problems(draft, names), *_controls(recipients, rows, texts))
    return problems if rows or problems else (NobodyToSend(),)


def _unagreed(draft: Draft, recipients: Recipients) -> Mapping[int, int]:
    column = recipients.choice.consent_column
    return without_consent(recipients, column if draft.kind in ADVERTISING else None)


def _by_country(recipients: Recipients, rows: Sequence[int]) -> tuple[tuple[str, int], ...]:
    getting = bytearray(len(recipients.verdicts))
    for row in rows:
        getting[row] = 1
    return tuple(recipients.countries.count(RowSet(getting)).items())


def _controls(
    recipients: Recipients, rows: Sequence[int], texts: Sequence[str]
) -> Iterator[RowControlSyntax]:
    for index, text in zip(rows, texts, strict=True):
        if "%" in text and (found := find_control_syntax(text)):
            yield RowControlSyntax(found, recipients.table.row_numbers[index])
            return


def _long_texts(draft: Draft, texts: Sequence[str]) -> tuple[Remark, ...]:
    if draft.kind not in VIBER_KINDS:
        return ()
    people = sum(count_units(text) > VIBER_UNITS for text in texts)
    return (ViberSkipped(people),) if people else ()
