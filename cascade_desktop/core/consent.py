"""Who agreed to get advertising: the optional column of the list that says so."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cascade_desktop.core.columns import plain_name
from cascade_desktop.core.recipients import Recipients
from cascade_desktop.core.table import Table

SAMPLE_ROWS = 300


class Consent(StrEnum):
    """What a cell says; what is neither yes nor no counts as nothing."""

    YES = "yes"
    NO = "no"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ConsentCounts:
    """How many rows of a list say what."""

    yes: int
    no: int
    nothing: int


@dataclass(frozen=True, slots=True)
class RefusedElsewhere:
    """A row gets no advertising because another row, of its number, says no."""

    row: int
    """The other row's number in the sheet."""


@dataclass(frozen=True, slots=True)
class Unheeded:
    """A column seems to say who agreed, and some who get a message do not say yes in it."""

    column: int
    people: int


_NAMED = re.compile(
    r"згод|дозвіл|погодж|соглас|разреш|consent|consens|agree|permission|autorizz|optin"
    r"|zgod|einwillig|zustimm|einverst|marketing|gdpr|rodo|dsgvo|newsletter|розсилк|рассылк"
)
_REVERSED = re.compile(
    r"optout|unsubscr|donot|dont|blacklist|stoplist|незгод|несоглас|відмов|отказ|відпис|отпис"
    r"|нетурб|небеспок|заборон|запрет|disiscr|revoc|rifiut|noncontatt|abgemeldet|abmeld|widerruf"
    r"|widerspr|nichtkontakt|sprzeciw|wypis|niekontakt|cofni|withdraw|refus|noconsent|noagree"
)
_YES = frozenset(
    {
        *("1", "+", "x", "х", "v", "✓", "✔", "☑", "✅", "🗸", "🗹"),
        *("так", "т", "є", "згода", "є згода", "згоден", "згодна", "погоджуюсь", "погоджуюся"),
        *("дозволяю", "надано", "отримано", "істина", "підписаний", "підписана"),
        *("sì", "si", "sí", "s", "vero", "accetto", "acconsento", "consento", "autorizzo"),
        *("concesso", "dato", "iscritto", "iscritta"),
        *("yes", "y", "true", "t", "ok", "on", "agree", "agreed", "i agree", "accepted"),
        *("granted", "given", "consented", "allowed", "subscribed"),
        *("opt-in", "opt in", "optin", "opted in", "opted-in"),
        *("tak", "prawda", "zgoda", "zgadzam się", "wyrażam zgodę", "wyrażona", "udzielona"),
        *("ja", "j", "wahr", "einverstanden", "zugestimmt", "erteilt", "ich stimme zu"),
        *("да", "д", "истина", "согласен", "согласна", "согласие", "подписан", "подписана"),
    }
)
_NO = frozenset(
    {
        *("0", "✗", "✘", "❌", "✖"),
        *("ні", "н", "немає", "нема", "хибність", "не згоден", "не згодна", "відмова"),
        *("відмовився", "відмовилась", "відмовилася", "відкликано", "без згоди", "немає згоди"),
        *("no", "n", "false", "f", "off", "declined", "denied", "refused", "withdrawn"),
        *("revoked", "unsubscribed", "not agreed", "opt-out", "opt out", "optout", "opted out"),
        *("falso", "rifiuto", "rifiutato", "negato", "revocato", "non acconsento", "non accetto"),
        *("nie", "fałsz", "brak", "brak zgody", "odmowa", "nie wyrażam zgody", "wycofana"),
        *("nein", "falsch", "abgelehnt", "widerrufen", "nicht einverstanden", "verweigert"),
        *("нет", "не согласен", "не согласна", "отказ", "ложь", "отозвано", "отозван"),
    }
)
_MOSTLY = 0.5
"""So many of a named column's filled cells must say yes or no before it is offered."""


def read_consent(cell: str) -> Consent:
    """Read what a cell says, in six languages or with a sign.

    >>> read_consent("Так"), read_consent(" Sì. "), read_consent("ні"), read_consent("maybe")
    (<Consent.YES: 'yes'>, <Consent.YES: 'yes'>, <Consent.NO: 'no'>, <Consent.NOTHING: 'nothing'>)
    """
    text = unicodedata.normalize("NFKC", cell).replace("\ufe0f", "").casefold()
    said = " ".join(text.split()).strip(".!,;\"'«»“” ")
    if said in _YES:
        return Consent.YES
    return Consent.NO if said in _NO else Consent.NOTHING


def may_say_consent(name: str) -> bool:
    """Tell whether a column's yes can mean consent; "unsubscribed: yes" means the contrary."""
    return not _REVERSED.search(plain_name(name))


def find_consent_column(table: Table) -> int | None:
    """Return the column that seems to say who agreed, to be offered; None where none does."""
    for at, name in enumerate(table.names):
        if at in table.hidden_columns or not _NAMED.search(plain_name(name)):
            continue
        said = [read_consent(cell) for cell in _sample(table.columns[at]) if cell.strip()]
        known = sum(consent is not Consent.NOTHING for consent in said)
        if may_say_consent(name) and known and known >= len(said) * _MOSTLY:
            return at
    return None


def count_consent(table: Table, column: int) -> ConsentCounts:
    """Count what the rows of a list say."""
    said = _read_all(table.columns[column])
    return ConsentCounts(
        said.count(Consent.YES), said.count(Consent.NO), said.count(Consent.NOTHING)
    )


def without_consent(recipients: Recipients, column: int | None) -> Mapping[int, int]:
    """Return the rows with a number that must get no advertising, each with the row that says so.

    A number that says no anywhere in the list has said no.
    """
    if column is None:
        return {}
    said, phones = _read_all(recipients.table.columns[column]), recipients.phones
    refused: dict[str, int] = {}
    for row, consent in enumerate(said):
        if consent is Consent.NO:
            refused.setdefault(phones[row], row)
    unagreed: dict[int, int] = {}
    for row in (*recipients.ready, *recipients.duplicate_of):
        if said[row] is not Consent.YES:
            unagreed[row] = row
        elif refused and (other := refused.get(phones[row])) is not None:
            unagreed[row] = other
    return unagreed


def seems_to_tell(recipients: Recipients) -> bool:
    """Tell whether a list says who agreed: in a column that was named, or in a likely one."""
    named = recipients.choice.consent_column is not None
    return named or find_consent_column(recipients.table) is not None


def find_unheeded(recipients: Recipients, rows: Iterable[int]) -> Unheeded | None:
    """Return what a likely column says of those who get a message, while it is not used."""
    if recipients.choice.consent_column is not None:
        return None
    column = find_consent_column(recipients.table)
    if column is None:
        return None
    unagreed, phones = without_consent(recipients, column), recipients.phones
    agreed = {phones[row] for row in recipients.duplicate_of if row not in unagreed}
    people = sum(row in unagreed and phones[row] not in agreed for row in rows)
    return Unheeded(column, people) if people else None


def _read_all(cells: Iterable[str]) -> list[Consent]:
    """Read a whole column: the same few words stand in it over and over."""
    known: dict[str, Consent] = {}
    said: list[Consent] = []
    for cell in cells:
        consent = known.get(cell)
        if consent is None:
            consent = known[cell] = read_consent(cell)
        said.append(consent)
    return said


def _sample(column: Sequence[str]) -> Sequence[str]:
    step = max(1, len(column) // SAMPLE_ROWS)
    return column[::step]
