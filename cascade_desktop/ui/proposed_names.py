"""Propose a campaign's name, and know a proposed one again."""

from contextlib import suppress
from datetime import date
from pathlib import PurePath

from cascade_desktop.core.drafts import Kind
from cascade_desktop.ui.wording import say_kind


def proposed_name(kind: Kind, file: str, today: date) -> str:
    """Name a campaign by its kind, its list and the day: *Promo people 2026-11-26*."""
    return " ".join(part for part in (say_kind(kind), PurePath(file).stem, str(today)) if part)


def is_proposed(name: str, kind: Kind) -> bool:
    """Tell whether a name was proposed, on any day, and may be proposed afresh."""
    begin, _, day = name.rpartition(" ")
    with suppress(ValueError):
        date.fromisoformat(day)
        return begin.startswith(say_kind(kind))
    return not name
