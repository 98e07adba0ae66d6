"""Show a spreadsheet's day number as a date format does."""

import datetime as dt

from cascade_desktop.engine.tables.date_names import names_of

_DAY_S = 86_400
_NOON = 12
_LAST_DAY = 2_958_465  # 9999-12-31
_LEAP_BUG = 60  # Excel believes in 29 February 1900
_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001  (sheets know no zones)
DAYS_TO_1904 = 1462
Token = tuple[str, str]


def show_date(serial: float, tokens: tuple[Token, ...], language: str = "en") -> str | None:
    """Return the date as shown, or None where Excel shows ##### or plain numbers.

    >>> show_date(46023.5, (("date", "yyyy"), ("sign", "-"), ("date", "mm")))
    '2026-01'
    """
    if not 0 <= serial < _LAST_DAY + 1:
        return None
    fractions = sum(kind == "digit" for kind, _ in tokens)
    seconds = round(serial * _DAY_S, min(3, fractions))
    if seconds >= (_LAST_DAY + 1) * _DAY_S:
        return None
    shift = 1 if serial < _LEAP_BUG else 0
    moment = _EPOCH + dt.timedelta(days=shift, seconds=seconds)
    shower = _Shower(moment, seconds, tokens, language)
    return "".join(shower.show(kind, text) for kind, text in _meanings(tokens)).strip()


def _called(moment: dt.datetime, days: int) -> tuple[int, int, int]:
    """Return year, month and day as Excel calls them: 0 January and 29 February 1900 too."""
    odd = {0: (1900, 1, 0), _LEAP_BUG: (1900, 2, 29)}
    return odd.get(days, (moment.year, moment.month, moment.day))


def _meanings(tokens: tuple[Token, ...]) -> list[Token]:
    """Tell minutes from months: m after h, or before s, is minutes."""
    meant: list[Token] = []
    parts = [i for i, (kind, _) in enumerate(tokens) if kind in {"date", "elapsed"}]
    for index, (kind, text) in enumerate(tokens):
        lower = text.casefold() if kind in {"date", "elapsed"} else text
        if kind == "date" and lower[0] == "m" and len(lower) <= 2:  # noqa: PLR2004
            place = parts.index(index)
            before = tokens[parts[place - 1]][1].casefold() if place else ""
            after = tokens[parts[place + 1]][1].casefold() if place + 1 < len(parts) else ""
            if "h" in before or "s" in after:
                meant.append(("minutes", lower))
                continue
        meant.append((kind, lower))
    return meant


class _Shower:
    """Show one moment, part by part."""

    def __init__(
        self, moment: dt.datetime, seconds: float, tokens: tuple[Token, ...], language: str
    ) -> None:
        kinds = {kind for kind, _ in tokens}
        self._moment = moment
        self._seconds = seconds
        self._year, self._month, self._day = _called(moment, int(seconds // _DAY_S))
        self._fraction = f"{seconds % 1:.3f}"[2:]
        self._half_days = "ampm" in kinds
        self._names = names_of(language, with_day=("date", "d") in _first_letters(tokens))

    def show(self, kind: str, text: str) -> str:
        """Return one part of the format as text."""
        match kind:
            case "date":
                return self._show_part(text)
            case "minutes":
                return f"{self._moment.minute:0{len(text)}d}"
            case "elapsed":
                unit = {"h": 3600, "m": 60, "s": 1}[text[1]]
                return f"{int(self._seconds // unit):0{len(text) - 2}d}"
            case "ampm":
                half = "AM" if self._moment.hour < _NOON else "PM"
                return half if len(text) > len("A/P") else half[0]
            case "digit":
                digit, self._fraction = self._fraction[:1], self._fraction[1:]
                return digit or "0"
            case _:
                return "" if text == "@" else text

    def _show_part(self, text: str) -> str:
        size, moment = len(text), self._moment
        match text[0]:
            case "y" | "e":
                return f"{self._year % 100:02d}" if size <= 2 else f"{self._year:04d}"  # noqa: PLR2004
            case "m":
                short, long = self._names.short[self._month - 1], self._names.long[self._month - 1]
                named = {3: short, 4: long, 5: long[0]}
                return named.get(size, f"{self._month:0{min(size, 2)}d}")
            case "d":
                day = self._names.days[moment.weekday()]
                named = {3: self._names.short_days[moment.weekday()], 4: day}
                return named.get(size, f"{self._day:0{min(size, 2)}d}")
            case "h":
                hour = (moment.hour % _NOON or _NOON) if self._half_days else moment.hour
                return f"{hour:0{min(size, 2)}d}"
            case "s":
                return f"{moment.second:0{min(size, 2)}d}"
            case _:
                return ""


def _first_letters(tokens: tuple[Token, ...]) -> set[Token]:
    """Return the kinds of parts, whole days only: d and dd, not ddd, which is a weekday."""
    return {(kind, text[0].casefold()) for kind, text in tokens if 0 < len(text) <= 2}  # noqa: PLR2004
