"""Read the dates of a “Do not message” list as people and programs write them."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

_TAIL = r"(?:\s*[рг]\.?)?(?:[T ,]+(.+))?\Z"
_YEAR_FIRST = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})(?:[T ,]+(.+))?\Z")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4}|[0-9]{2})" + _TAIL)
_DAY_NAMED = re.compile(r"([0-9]{1,2})[-. /]+([^\W\d_]{3,})[-. ,/]+([0-9]{4}|[0-9]{2})" + _TAIL)
_NAMED_DAY = re.compile(r"([^\W\d_]{3,})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})" + _TAIL)
_HALF_DAY = re.compile(r"([0-9]{1,2})(:[0-9]{2}(?::[0-9]{2})?)\s*([ap])\.?m\.?\Z", re.IGNORECASE)
_MONTHS = (
    ("січ", "янв", "jan", "gen", "sty", "jän"),
    ("лют", "фев", "feb", "lut"),
    ("бер", "мар", "mar", "mär", "mrz"),
    ("кві", "апр", "apr", "kwi"),
    ("тра", "май", "мая", "may", "mag", "maj", "mai"),
    ("чер", "июн", "jun", "giu", "cze"),
    ("лип", "июл", "jul", "lug", "lip"),
    ("сер", "авг", "aug", "ago", "sie"),
    ("вер", "сен", "sep", "set", "wrz"),
    ("жов", "окт", "oct", "ott", "paź", "paz", "okt"),
    ("лис", "ноя", "nov", "lis"),
    ("гру", "дек", "dec", "dic", "gru", "dez"),
)
_OF_NAME = {stem: month for month, stems in enumerate(_MONTHS, 1) for stem in stems}
_SHORT_YEAR = 2
_NOON = "12:00"
"""For a date without a time: the same day in nearly every zone."""


def read_moment(text: str, *, month_first: bool = False) -> datetime | None:
    """Read a date, perhaps with a time, of UTC where no zone is named; None for anything else.

    Where both could be either, days come before months, or after them if so told.

    >>> read_moment("23.11.2026 10:15"), read_moment("11/23/2026") == read_moment("2026-11-23")
    (datetime.datetime(2026, 11, 23, 10, 15, tzinfo=datetime.timezone.utc), True)
    """
    text = " ".join(text.split()).removesuffix("UTC").rstrip()
    parts = _parts(text, month_first=month_first)
    if parts is None:
        return None
    year, month, day, time = parts
    year = f"20{year}" if len(year) == _SHORT_YEAR else year
    try:
        moment = datetime.fromisoformat(f"{year}-{month:0>2}-{day:0>2}T{_clock(time)}")
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None


def is_month_first(cells: Sequence[str]) -> bool:
    """Tell whether a column's dates are American: some can be nothing else, and none is not.

    >>> is_month_first(("11/05/2026", "11/23/2026")), is_month_first(("11/05/2026", "23/11/2026"))
    (True, False)
    """
    found = [match.groups() for cell in cells if (match := _YEAR_LAST.match(cell.strip()))]
    months = len(_MONTHS)
    american = any(int(second) > months for _, second, _, _ in found)
    return american and not any(int(first) > months for first, _, _, _ in found)


def _parts(text: str, *, month_first: bool) -> tuple[str, str, str, str | None] | None:
    """Return year, month, day and time as they are written."""
    if match := _YEAR_FIRST.match(text):
        year, month, day, time = match.groups()
    elif match := _YEAR_LAST.match(text):
        day, month, year, time = match.groups()
        if int(month) > len(_MONTHS) or (month_first and int(day) <= len(_MONTHS)):
            day, month = month, day
    elif match := _DAY_NAMED.match(text):
        day, month, year, time = match.groups()
        month = _month(month)
    elif match := _NAMED_DAY.match(text):
        month, day, year, time = match.groups()
        month = _month(month)
    else:
        return None
    return year, month, day, time


def _month(name: str) -> str:
    return str(_OF_NAME.get(name.casefold()[:3], ""))


def _clock(time: str | None) -> str:
    clock = _NOON if time is None else time.strip()
    if half := _HALF_DAY.match(clock):
        hour, rest, which = half.groups()
        clock = f"{int(hour) % 12 + (12 if which in 'pP' else 0)}{rest}"
    return f"0{clock}" if clock[1:2] == ":" else clock
