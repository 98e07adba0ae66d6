"""Show a spreadsheet's day number as a date format does."""

import datetime as dt

_DAY_S = 86_400
_LAST_DAY = 2_958_465  # 9999-12-31
_LEAP_BUG = 60  # Excel believes in 29 February 1900
_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001  (sheets know no zones)
_EPOCH_1904_DAYS = 1462
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Token = tuple[str, str]


def show_date(serial: float, tokens: tuple[Token, ...], *, uses_1904: bool) -> str | None:
    """Return the date as shown, or None where Excel shows ##### or plain numbers.

    >>> show_date(46023.5, (("date", "yyyy"), ("sign", "-"), ("date", "mm")), uses_1904=False)
    '2026-01'
    """
    if uses_1904:
        serial += _EPOCH_1904_DAYS
    if not 0 <= serial < _LAST_DAY + 1:
        return None
    fractions = any(kind == "digit" for kind, _ in tokens)
    seconds = round(serial * _DAY_S, 3 if fractions else 0)
    if seconds >= (_LAST_DAY + 1) * _DAY_S:
        return None
    shift = 1 if serial < _LEAP_BUG else 0
    moment = _EPOCH + dt.timedelta(days=shift, seconds=seconds)
    half = any(kind == "ampm" for kind, _ in tokens)
    meanings = _meanings(tokens)
    return "".join(_show(kind, text, moment, seconds, half=half) for kind, text in meanings).strip()


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


def _show(kind: str, text: str, moment: dt.datetime, seconds: float, *, half: bool) -> str:
    match kind:
        case "date":
            return _show_part(text, moment, half=half)
        case "minutes":
            return f"{moment.minute:0{len(text)}d}"
        case "elapsed":
            unit = {"h": 3600, "m": 60, "s": 1}[text[1]]
            return f"{int(seconds // unit):0{len(text) - 2}d}"
        case "ampm":
            return "AM" if moment.hour < 12 else "PM"  # noqa: PLR2004
        case "digit":
            return str(moment.microsecond // 1000 // 100)
        case _:
            return "" if text == "@" else text


def _show_part(text: str, moment: dt.datetime, *, half: bool) -> str:
    size = len(text)
    match text[0]:
        case "y" | "e":
            return f"{moment.year % 100:02d}" if size <= 2 else f"{moment.year:04d}"  # noqa: PLR2004
        case "m":
            name = _MONTHS[moment.month - 1]
            return {3: name[:3], 4: name, 5: name[0]}.get(size, f"{moment.month:0{min(size, 2)}d}")
        case "d":
            name = _DAYS[moment.weekday()]
            return {3: name[:3], 4: name}.get(size, f"{moment.day:0{min(size, 2)}d}")
        case "h":
            hour = (moment.hour % 12 or 12) if half else moment.hour
            return f"{hour:0{min(size, 2)}d}"
        case "s":
            return f"{moment.second:0{min(size, 2)}d}"
        case _:
            return ""
