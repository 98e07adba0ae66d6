"""Phones as they may stand where no phone belongs: logs, titles, error boxes."""

import re

_PHONE = re.compile(r"(?<!\w)\+?\d(?:[\s().\-–]{0,2}\d){8,}")
"""Nine digits or more, however they are grouped; a date and an id of a message are shorter."""
_DOTS = "•••••"
_WITH_CODE = 11
"""So many digits hold a country's code too."""


def mask_phones(text: str) -> str:
    """Hide the middle of everything in a text that looks like a phone.

    >>> mask_phones("call +380 50 111 22 33")
    'call +380•••••2233'
    """
    return _PHONE.sub(_mask, text)


def _mask(found: re.Match[str]) -> str:
    digits = "".join(char for char in found[0] if char.isdecimal())
    plus = "+" if found[0].startswith("+") else ""
    if len(digits) < _WITH_CODE:
        return f"{plus}{_DOTS}{digits[-2:]}"
    return f"{plus}{digits[:3]}{_DOTS}{digits[-4:]}"
