"""Find since when and why numbers are on a list: by the names of its columns, or by their cells."""

import re
from collections.abc import Callable, Sequence

from cascade_desktop.core.columns import plain_name
from cascade_desktop.core.stop_dates import read_moment
from cascade_desktop.core.table import Table

_DATE = re.compile(r"дат|додан|добавл|внесен|date|added|since|aggiunt|fecha|datum|dodan|hinzugef")
_DATA = frozenset({"data", "datautc", "dal", "когда", "коли", "seit", "od", "when"})
_OTHER_DATE = re.compile(r"народ|рожд|birth|nasc|urodz|geb|updat|оновл|обновл")
_REASON = re.compile(
    r"причин|прим[іе]т|примеч|комент|коммент|чому|почему|reason|why|note|remark|comment"
    r"|motiv|nota|perch|powód|powod|uwag|grund|bemerk|anmerk"
)
_STOPPING = re.compile(
    r"відпис|отпис|відмов|отказ|стоп|блок|unsub|optout|stop|block|revok|withdr|disiscr|cancell"
    r"|revoc|wypis|rezygn|abmeld|abgemeld|widerr|gesperr"
)
_SAID = re.compile(
    r"відпис|отпис|відмов|отказ|стоп|заблок|не хоч|не пис|не пиш|не турб|не беспок|не надс|не шл"
    r"|прос[ия]|попрос|скарг|жалоб|спам|unsub|opt.?out|stop|block|spam|asked|request|complain"
    r"|disiscr|richie|chiest|reclam|non vuole|cancell|wypis|rezygn|prosi|skarg|nie chce|abmeld"
    r"|abgemeld|beschwer|gebeten|will nicht|bounce|do not|don[’']t"
)
"""What people write when somebody wants no more messages."""
_SAMPLE = 200
_MOSTLY = 0.5
_FIRST_YEAR = 2010
"""An older date in a column that nothing calls a date is rather somebody's birthday."""


def find_dates(table: Table, phone_column: int) -> int | None:
    """Return the column that says since when; one that is about stopping before any other."""
    ranks: dict[int, tuple[bool, bool, int]] = {}
    for at, name in _others(table, (phone_column,)):
        named = name in _DATA or _DATE.search(name) is not None
        stopping = _STOPPING.search(name) is not None
        holds = _holds_dates(table.columns[at], of_any_year=named or stopping)
        if not _OTHER_DATE.search(name) and (named or holds):
            ranks[at] = (not holds, not stopping, at)
    return min(ranks, key=lambda at: ranks[at]) if ranks else None


def find_reasons(table: Table, phone_column: int, date_column: int | None) -> int | None:
    """Return the column that says why; without such a name the one whose cells do."""
    others = list(_others(table, (phone_column, date_column)))
    named = (at for at, name in others if _REASON.search(name))
    said = (at for at, _ in others if _share(table.columns[at], _says_why) >= _MOSTLY)
    return next(named, next(said, None))


def _others(table: Table, taken: Sequence[int | None]) -> list[tuple[int, str]]:
    names = enumerate(table.names)
    return [(at, plain_name(name)) for at, name in names if at not in taken]


def _holds_dates(column: Sequence[str], *, of_any_year: bool) -> bool:
    read = [moment for cell in _filled(column) if (moment := read_moment(cell))]
    recent = of_any_year or all(moment.year >= _FIRST_YEAR for moment in read)
    return bool(read) and recent and len(read) >= len(_filled(column)) * _MOSTLY


def _says_why(cell: str) -> bool:
    return _SAID.search(cell.casefold()) is not None


def _share(column: Sequence[str], is_meant: Callable[[str], bool]) -> float:
    filled = _filled(column)
    return sum(map(is_meant, filled)) / len(filled) if filled else 0.0


def _filled(column: Sequence[str]) -> list[str]:
    step = max(1, len(column) // _SAMPLE)
    return [cell for cell in column[::step] if cell.strip()]
