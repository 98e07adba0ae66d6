"""How the operator had a list read, to be used again for files of the same shape."""

import hashlib
from dataclasses import dataclass

from cascade_desktop.core.column_names import plain_name
from cascade_desktop.core.columns import holds_phones
from cascade_desktop.core.consent import may_say_consent
from cascade_desktop.core.reading_problems import PhonesGone
from cascade_desktop.core.table import Table


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was chosen about a list; empty where it is as the program found it by itself."""

    phone_column: str
    country: str
    sheet: str = ""
    header_row: int | None = None
    encoding: str = ""
    separator: str = ""
    consent_column: str = ""
    shape: str = ""
    """Of the list as it was read in the end; "" where it was kept before that was told."""

    @property
    def needs_reading(self) -> bool:
        """Tell whether a file must be read in another way than by itself."""
        return bool(self.sheet or self.encoding or self.separator or self.header_row is not None)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where an understanding's columns stand in a table."""

    phone: int
    consent: int | None


def shape_of(table: Table) -> str:
    """Return a fingerprint of a list's column names; "" for one without names.

    It is a hash: whatever stands in the first row, nothing of it is kept.
    """
    return _fingerprint(table, "")


def shape_in_kind(table: Table) -> str:
    """Return a fingerprint of a list's kind of file and column names; "" for one without names."""
    return _fingerprint(table, table.source.kind)


def find_columns(known: Understanding, table: Table, country: str) -> Columns | None:
    """Find the columns again; None where they are gone, or hold no phones any more."""
    phone = _find(table, known.phone_column)
    if phone is None or not holds_phones(table, phone, country):
        return None
    consent = _find(table, known.consent_column) if known.consent_column else None
    if known.consent_column and (consent is None or not may_say_consent(known.consent_column)):
        return None
    return Columns(phone, consent)


def find_doubt(known: Understanding, table: Table) -> PhonesGone | None:
    """Say that the column chosen the last time is there but holds no phones."""
    phone = _find(table, known.phone_column)
    return None if phone is None else PhonesGone(table.names[phone])


def _fingerprint(table: Table, kind: str) -> str:
    names = sorted(plain for name in table.names if (plain := plain_name(name)))
    if not names:
        return ""
    told = "\0".join((kind, *names))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()


def _find(table: Table, name: str) -> int | None:
    """Return the one column of a name; which of two would be a guess."""
    plain = plain_name(name)
    same = [at for at, other in enumerate(table.names) if plain and plain_name(other) == plain]
    return same[0] if len(same) == 1 else None
