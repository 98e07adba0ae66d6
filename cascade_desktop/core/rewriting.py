"""Where a place in a text is found again after the text was written anew."""

from collections.abc import Callable

from cascade_desktop.core.template import parse


def place_after(text: str, at: int, change: Callable[[str], str]) -> int:
    """Return where somebody who typed at a place goes on typing once a text was changed.

    A place inside a placeholder stays inside it, as far from its closing brace.

    >>> place_after("one\u200b two", 8, lambda text: text.replace("\u200b", ""))
    7
    """
    inside = next((one for one in parse(text).placeholders if one.start < at < one.end), None)
    if inside is None:
        return min(len(change(text[:at])), len(change(text)))
    least = len(change(text[: inside.start]))
    last = len(change(text[: inside.end]))
    return max(least, last - (inside.end - at))
