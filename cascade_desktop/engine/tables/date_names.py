"""Months and weekdays as spreadsheets write them in the languages of the product's lists."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    """The words of one language."""

    long: tuple[str, ...]
    short: tuple[str, ...]
    days: tuple[str, ...]
    short_days: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_MONTHS_ALONE = {
    "uk": _words(
        "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад"
        " грудень"
    ),
    "ru": _words("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"),
    "pl": _words(
        "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad"
        " grudzień"
    ),
}
"""Beside a day these languages bend the month's name; alone they do not."""

_NAMES = {
    "en": Names(
        _words(
            "January February March April May June July August September October November December"
        ),
        _words("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
        _words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
        _words("Mon Tue Wed Thu Fri Sat Sun"),
    ),
    "uk": Names(
        _words(
            "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня"
        ),
        _words("січ лют бер кві тра чер лип сер вер жов лис гру"),
        _words("понеділок вівторок середа четвер п’ятниця субота неділя"),
        _words("пн вт ср чт пт сб нд"),
    ),
    "ru": Names(
        _words("января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
        _words("янв фев мар апр май июн июл авг сен окт ноя дек"),
        _words("понедельник вторник среда четверг пятница суббота воскресенье"),
        _words("пн вт ср чт пт сб вс"),
    ),
    "it": Names(
        _words(
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre"
            " dicembre"
        ),
        _words("gen feb mar apr mag giu lug ago set ott nov dic"),
        _words("lunedì martedì mercoledì giovedì venerdì sabato domenica"),
        _words("lun mar mer gio ven sab dom"),
    ),
    "pl": Names(
        _words(
            "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października"
            " listopada grudnia"
        ),
        _words("sty lut mar kwi maj cze lip sie wrz paź lis gru"),
        _words("poniedziałek wtorek środa czwartek piątek sobota niedziela"),
        _words("pon. wt. śr. czw. pt. sob. niedz."),
    ),
    "de": Names(
        _words(
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
        ),
        _words("Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez"),
        _words("Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag"),
        _words("Mo Di Mi Do Fr Sa So"),
    ),
}
_COUNTRIES = {"UA": "uk", "IT": "it", "PL": "pl", "DE": "de", "AT": "de", "RU": "ru", "BY": "ru"}
_PRIMARY = {0x22: "uk", 0x10: "it", 0x15: "pl", 0x07: "de", 0x19: "ru", 0x09: "en"}
_PRIMARY_BITS = 0x3FF


def names_of(language: str, *, with_day: bool) -> Names:
    """Return a language's words, for a date with a day in it or for a month alone."""
    names = _NAMES[language]
    if with_day or language not in _MONTHS_ALONE:
        return names
    return Names(_MONTHS_ALONE[language], names.short, names.days, names.short_days)


def language_of(country: str) -> str:
    """Return the language that a spreadsheet of a country most likely uses."""
    return _COUNTRIES.get(country, "en")


def language_tagged(tag: str) -> str:
    """Return the language of a format's locale tag such as 422 (MS-LCID), or "".

    >>> language_tagged("422"), language_tagged("F800")
    ('uk', '')
    """
    try:
        return _PRIMARY.get(int(tag[-4:], 16) & _PRIMARY_BITS, "")
    except ValueError:
        return ""
