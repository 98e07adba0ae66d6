"""Problem values as text for the journal, and back: a name and its fields."""

import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any, cast, get_args


def encode_fact(fact: object) -> str:
    """Write a problem value as JSON; its fields are text, whole numbers and tuples of text.

    >>> from cascade_desktop.core.problems import ValueMissing
    >>> encode_fact(ValueMissing("Name"))
    '["ValueMissing","Name"]'
    """
    if not is_dataclass(fact) or isinstance(fact, type):
        raise TypeError(fact)
    values = (getattr(fact, field.name) for field in fields(fact))
    name = type(fact).__name__
    return json.dumps([name, *values], ensure_ascii=False, separators=(",", ":"))


def decode_fact(text: str, kinds: Iterable[type]) -> object | None:
    """Read a problem value back; None for one of an unknown kind or another shape."""
    try:
        parsed: object = json.loads(text)
    except ValueError:
        return None
    if not isinstance(parsed, list) or not parsed:
        return None
    name, *values = cast("list[Any]", parsed)
    kind = next((kind for kind in kinds if kind.__name__ == name), None)
    if kind is None or len(fields(kind)) != len(values):
        return None
    return kind(*(tuple(cast("list[str]", v)) if isinstance(v, list) else v for v in values))


def kinds_of(union: object) -> tuple[type, ...]:
    """Return the classes of a union of problem values, nested unions included."""
    parts = get_args(union)
    if not parts:
        return (cast("type", union),)
    return tuple(kind for part in parts for kind in kinds_of(part))
