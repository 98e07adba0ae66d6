"""How far ahead a moment is, in words."""

from datetime import timedelta

from cascade_desktop.ui.wording_plurals import translate

MINUTE_S = 60


def until_words(left: timedelta) -> str:
    """Say how far ahead a moment is: *in 2 days 18 h*; "" for one that has passed.

    >>> until_words(timedelta(days=2, hours=18, minutes=5))
    'in 2 days 18 h'
    """
    if left <= timedelta(0):
        return ""
    minutes = int(left.total_seconds()) // MINUTE_S
    hours, minutes = divmod(minutes, 60)
    days, rest = divmod(hours, 24)
    if days and rest:
        return translate("wording", "in %Ln day(s) {hours} h", None, days).format(hours=rest)
    if days:
        return translate("wording", "in %Ln day(s)", None, days)
    if hours:
        words = translate("wording", "in {hours} h {minutes} min")
        return words.format(hours=hours, minutes=minutes)
    return translate("wording", "in {minutes} min").format(minutes=max(1, minutes))
