"""What a draft comes to over a million rows, in the time between two keys: exactly as `compose`."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cascade_desktop.core.composition import (
    Composition,
    Duplicates,
    SharedNumbers,
    columns_used,
    draft_problems,
    fill_texts,
    proposed_duplicates,
)
from cascade_desktop.core.consent import Unheeded, find_consent_column, without_consent
from cascade_desktop.core.drafts import (
    ADVERTISING,
    VIBER_KINDS,
    VIBER_UNITS,
    Draft,
    FlashCall,
    limit_of,
    text_of,
)
from cascade_desktop.core.problems import (
    DraftProblem,
    NobodyToSend,
    Remark,
    RowControlSyntax,
    RowProblem,
    RowTextBroken,
    RowTextEmpty,
    RowTextTooLong,
    ValueMissing,
    ViberSkipped,
)
from cascade_desktop.core.recipients import Recipients
from cascade_desktop.core.rows import RowCodes, RowList
from cascade_desktop.core.sms_summary import SmsSummary, excess_of
from cascade_desktop.core.table import Table
from cascade_desktop.core.template import bind, find_control_syntax, parse
from cascade_desktop.core.text_length import Encoding, sure_room
from cascade_desktop.core.verdicts import Verdict
from cascade_desktop.engine.tables.cell_vectors import CellVectors, measure_cells
from cascade_desktop.engine.tables.text_vectors import (
    BROKEN,
    EMPTY,
    MISSING,
    TOO_LONG,
    Rules,
    TextVectors,
    measure_texts,
)

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[Any, Any]

_STEPS = 512
"""Rows looked at one by one before somebody may end the work."""


@dataclass(frozen=True, slots=True, eq=False)
class _People:
    """What is known of a list whatever is written."""

    recipients: Recipients
    reachable: "Numbers"
    """Whether a row has a number, doubles included."""
    twins: tuple[int, ...]
    """The reachable rows whose number another row has."""
    phones: tuple[str, ...]
    """The numbers of these."""


@dataclass(frozen=True, slots=True, eq=False)
class _Unagreed:
    """Who must get no advertising by what a column says."""

    rows: Mapping[int, int]
    flags: "Numbers"
    agreed_phones: frozenset[str]
    """The numbers of doubles that say yes."""


class QuickComposer:
    """Composes drafts for the list that is open; what it learned of the list it keeps.

    One thread at a time. `step` is called now and then, and what it raises ends the work.
    """

    def __init__(self) -> None:
        self._table: Table | None = None
        self._columns: dict[int, CellVectors] = {}
        self._people: _People | None = None
        self._twin_cells: dict[int, tuple[str, ...]] = {}
        self._unagreed: dict[int, _Unagreed] = {}
        self._consent_column: int | None = None

    def compose(
        self,
        draft: Draft,
        recipients: Recipients,
        duplicates: Duplicates | None,
        step: Callable[[], None],
    ) -> tuple[Composition, SmsSummary]:
        """Return what `compose` and `summarise` do."""
        import numpy as np

        people = self._learn(recipients)
        texts = self._measure(draft, recipients, step)
        unagreed = self._without_consent(draft, recipients)
        agreed = people.reachable if unagreed is None else people.reachable & ~unagreed.flags
        codes = np.where(agreed, texts.codes, np.uint16(0))
        getting = agreed & (codes == 0)
        shared = SharedNumbers(duplicates or proposed_duplicates(draft.kind))
        doubles = _settle(people, shared, getting, self._twin_texts(draft, people), step)
        rows = np.flatnonzero(getting)
        listed = RowList(array("I", rows.astype(np.uint32).tobytes()))
        composition = Composition(
            recipients=recipients,
            rows=listed,
            texts=fill_texts(draft, recipients, listed),
            faults=_faults(codes, texts, limit_of(draft)),
            doubles=doubles,
            unagreed=unagreed.rows if unagreed else {},
            duplicates=shared.choice,
            differing=shared.differing,
            shared=frozenset(shared.differing_phones),
            columns=columns_used(draft, recipients),
            by_country=_by_country(recipients, getting),
            repaired=_repaired(recipients, getting),
            problems=_problems(draft, recipients, rows, texts, step),
            remarks=(*draft.remarks(), *shared.remarks(), *_long_texts(draft, rows, texts)),
        )
        return composition, _summarise(draft, rows, codes, texts)

    def without_message(self, composition: Composition) -> Composition:
        """Return what `without_message` does."""
        import numpy as np

        people = self._learn(composition.recipients)
        phones = composition.recipients.phones
        getting = people.reachable.copy()
        if isinstance(composition.unagreed, RowCodes):
            getting &= np.asarray(composition.unagreed.codes) == 0
        first: dict[str, int] = {}
        doubles: dict[int, int] = {}
        for row in people.twins:
            if getting[row] and (earlier := first.setdefault(phones[row], row)) != row:
                doubles[row] = earlier
        getting[list(doubles)] = False
        rows = np.flatnonzero(getting)
        return replace(
            composition,
            rows=RowList(array("I", rows.astype(np.uint32).tobytes())),
            texts=("",) * len(rows),
            faults={},
            doubles=doubles,
            differing=0,
            shared=frozenset(),
            columns=(),
            by_country=_by_country(composition.recipients, getting),
            repaired=_repaired(composition.recipients, getting),
        )

    def seems_to_tell(self, recipients: Recipients) -> bool:
        """Return what `seems_to_tell` does."""
        self._learn(recipients)
        return recipients.choice.consent_column is not None or self._consent_column is not None

    def find_unheeded(self, recipients: Recipients, rows: Sequence[int]) -> Unheeded | None:
        """Return what `find_unheeded` does."""
        import numpy as np

        self._learn(recipients)
        column = self._consent_column
        if recipients.choice.consent_column is not None or column is None:
            return None
        said, phones = self._said(recipients, column), recipients.phones
        places = rows.places if isinstance(rows, RowList) else array("I", rows)
        silent = np.asarray(places)[said.flags[np.asarray(places)]]
        people = len(silent)
        if said.agreed_phones:
            people -= sum(phones[row] in said.agreed_phones for row in silent.tolist())
        return Unheeded(column, people) if people else None

    def _learn(self, recipients: Recipients) -> _People:
        import numpy as np

        if self._people is not None and self._people.recipients is recipients:
            return self._people
        if recipients.table is not self._table:
            self._table = recipients.table
            self._columns.clear()
            self._consent_column = find_consent_column(recipients.table)
        self._unagreed.clear()
        self._twin_cells.clear()
        reachable = recipients.verdicts.rows(Verdict.READY, Verdict.DUPLICATE)
        twins = sorted({*recipients.duplicate_of, *recipients.duplicate_of.values()})
        self._people = _People(
            recipients,
            np.frombuffer(reachable.flags, np.bool_),
            tuple(twins),
            tuple(recipients.phones[row] for row in twins),
        )
        return self._people

    def _measure(
        self, draft: Draft, recipients: Recipients, step: Callable[[], None]
    ) -> TextVectors:
        bound, _ = bind(parse(text_of(draft)), recipients.table.names)
        columns = [self._column(recipients.table, at, step) for at in bound.columns]
        rules = Rules(limit_of(draft), isinstance(draft, FlashCall))
        return measure_texts(bound, columns, len(recipients.verdicts), rules, step)

    def _column(self, table: Table, at: int, step: Callable[[], None]) -> CellVectors:
        """Read a column the first time; -1 is one that was not found, and always empty."""
        if at not in self._columns:
            cells = table.columns[at] if at >= 0 else ("",) * len(table)
            self._columns[at] = measure_cells(cells, step)
        return self._columns[at]

    def _twin_texts(self, draft: Draft, people: _People) -> Iterator[str]:
        """Yield the text of each row that shares its number, in order."""
        bound, _ = bind(parse(text_of(draft)), people.recipients.table.names)
        cells = [self._cells_of_twins(people, at) for at in bound.columns]
        for at in range(len(people.twins)):
            yield bound.fill([column[at] for column in cells])[0]

    def _cells_of_twins(self, people: _People, at: int) -> tuple[str, ...]:
        """Return a column's cells for the rows that share a number, read the first time."""
        if at not in self._twin_cells:
            table = people.recipients.table
            column = table.columns[at] if at >= 0 else ("",) * len(table)
            self._twin_cells[at] = tuple(column[row] for row in people.twins)
        return self._twin_cells[at]

    def _without_consent(self, draft: Draft, recipients: Recipients) -> _Unagreed | None:
        column = recipients.choice.consent_column
        if column is None or draft.kind not in ADVERTISING:
            return None
        return self._said(recipients, column)

    def _said(self, recipients: Recipients, column: int) -> _Unagreed:
        import numpy as np

        if column not in self._unagreed:
            codes = np.zeros(len(recipients.verdicts), np.uint32)
            found = without_consent(recipients, column)
            if found:
                codes[list(found)] = np.fromiter(found.values(), np.uint32, len(found)) + 1
            rows = RowCodes(array("I", codes.tobytes()), _who, len(found))
            phones = recipients.phones
            agreed = frozenset(phones[row] for row in recipients.duplicate_of if row not in found)
            self._unagreed[column] = _Unagreed(rows, codes > 0, agreed)
        return self._unagreed[column]


def _who(_row: int, code: int) -> int:
    return code - 1


def _settle(
    people: _People,
    shared: SharedNumbers,
    getting: "Numbers",
    texts: Iterable[str],
    step: Callable[[], None],
) -> dict[int, int]:
    """Take out the rows whose number gets a message for another one, and return these."""
    doubles: dict[int, int] = {}
    phones = people.phones
    told = getting[list(people.twins)].tolist()
    for at, (row, gets, text) in enumerate(zip(people.twins, told, texts, strict=True)):
        if at % _STEPS == 0:
            step()
        if not gets:
            continue
        instead = shared.row_instead(row, phones[at], text)
        if instead is not None:
            doubles[row] = instead
    getting[list(doubles)] = False
    return doubles


def _faults(codes: "Numbers", texts: TextVectors, limit: int) -> Mapping[int, RowProblem]:
    import numpy as np

    units = texts.units
    same: dict[int, RowProblem] = {
        EMPTY: RowTextEmpty(),
        BROKEN: RowTextBroken(),
        **{MISSING + at: ValueMissing(name) for at, name in enumerate(texts.missing)},
    }

    def say(row: int, code: int) -> RowProblem:
        return RowTextTooLong(int(units[row]), limit) if code == TOO_LONG else same[code]

    return RowCodes(array("H", codes.tobytes()), say, int(np.count_nonzero(codes)))


def _by_country(recipients: Recipients, getting: "Numbers") -> tuple[tuple[str, int], ...]:
    import numpy as np

    countries = recipients.countries
    tally = np.bincount(np.frombuffer(countries.codes, np.uint8)[getting]).tolist()
    found = [(name, number) for name, number in zip(countries.names, tally, strict=False) if name]
    return tuple(sorted((one for one in found if one[1]), key=lambda one: (-one[1], one[0])))


def _repaired(recipients: Recipients, getting: "Numbers") -> int:
    import numpy as np

    return int(np.count_nonzero(np.frombuffer(recipients.repaired.flags, np.bool_) & getting))


def _problems(
    draft: Draft,
    recipients: Recipients,
    rows: "Numbers",
    texts: TextVectors,
    step: Callable[[], None],
) -> tuple[DraftProblem, ...]:
    suspects = rows[texts.suspects[rows]]
    found = _controls(draft, recipients, suspects.tolist(), step) if len(suspects) else ()
    problems = (*draft_problems(draft, recipients.table.names), *found)
    return problems if len(rows) or problems else (NobodyToSend(),)


def _controls(
    draft: Draft, recipients: Recipients, rows: Iterable[int], step: Callable[[], None]
) -> tuple[RowControlSyntax, ...]:
    texts = fill_texts(draft, recipients, ())
    for at, row in enumerate(rows):
        if at % _STEPS == 0:
            step()
        if control := find_control_syntax(texts.of_row(row)):
            return (RowControlSyntax(control, recipients.table.row_numbers[row]),)
    return ()


def _long_texts(draft: Draft, rows: "Numbers", texts: TextVectors) -> tuple[Remark, ...]:
    if draft.kind not in VIBER_KINDS:
        return ()
    people = int((texts.units[rows] > VIBER_UNITS).sum())
    return (ViberSkipped(people),) if people else ()


def _summarise(draft: Draft, rows: "Numbers", codes: "Numbers", texts: TextVectors) -> SmsSummary:
    import numpy as np

    if not len(rows):
        return SmsSummary((), -1, 0)
    parts, units = texts.parts[rows], texts.sms_units[rows]
    tally = np.bincount(parts).tolist()
    histogram = tuple((count, people) for count, people in enumerate(tally) if people)
    longest = int((parts.astype(np.int64) * (1 << 32) + units).argmax())
    found = SmsSummary(histogram, longest, 0)
    common = found.common
    if histogram[-1][0] <= common:
        return found
    too_long, limit = np.flatnonzero(codes == TOO_LONG), limit_of(draft)

    def need_of(less: int) -> int:
        return _over_room(texts, too_long[texts.units[too_long] - less <= limit], common)

    written = len(parse(text_of(draft)).literal)
    return replace(found, excess=excess_of(_over_room(texts, rows, common), need_of, written))


def _over_room(texts: TextVectors, rows: "Numbers", parts: int) -> int:
    """Return by how many units the worst of these exceeds what surely fits into so many parts."""
    import numpy as np

    if not len(rows):
        return 0
    gsm7, ucs2 = (sure_room(encoding, parts, 0) for encoding in (Encoding.GSM7, Encoding.UCS2))
    room = np.where(texts.is_foreign[rows], ucs2, gsm7)
    room -= np.minimum(parts - 1, texts.doubled[rows])
    return max(0, int((texts.sms_units[rows] - room).max()))
