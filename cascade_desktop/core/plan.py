"""The plan: exact messages with their ids and times, frozen as they were agreed."""

import base64
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from cascade_desktop.core.composition import Composition
from cascade_desktop.core.consent import RefusedElsewhere
from cascade_desktop.core.drafts import Draft, Route
from cascade_desktop.core.facts import encode_fact
from cascade_desktop.core.recipients import Recipients, Verdict

SLUG_LENGTH = 24
CODE_BYTES = 5


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a plan; ``index`` counts from 1 and stays for ever."""

    index: int
    row: int
    """Index of its row in the table."""
    phone: str
    text: str
    at: datetime | None
    """When the service shall send it, in UTC; None for now."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that one campaign sends, and whom it leaves out and why."""

    code: str
    name: str
    draft: Draft
    route: Route
    recipients: Recipients
    messages: tuple[Message, ...]
    left_out: Mapping[int, str]
    """Row index → a code (a verdict), or a problem value as `core.facts` writes it."""

    @property
    def id_stem(self) -> str:
        """Return what every tracking id of this plan begins with."""
        return f"{slug(self.name) or self.draft.kind.value.replace('_', '-')}-{self.code.lower()}"


def tracking_id(stem: str, index: int) -> str:
    """Return SLUG-CODE-NNNNNN, the id that a message keeps for ever (decisions.md).

    >>> tracking_id("winter-sale-k7f2m3q4", 17)
    'winter-sale-k7f2m3q4-000017'
    """
    return f"{stem}-{index:06d}"


def make_code(random_bytes: bytes) -> str:
    """Turn five random bytes into a campaign's code of eight base-32 characters."""
    return base64.b32encode(random_bytes[:CODE_BYTES]).decode("ascii")


def slug(name: str) -> str:
    """Return a name's ASCII letters and digits joined by hyphens, at most 24 characters.

    >>> slug("Winter sale: 20 %!")
    'winter-sale-20'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    words = "".join(char if char.isalnum() else " " for char in plain).split()
    return "-".join(words)[:SLUG_LENGTH].strip("-")


def build_plan(
    draft: Draft,
    composition: Composition,
    *,
    name: str,
    code: str,
    route: Route = Route.STANDARD,
    at: datetime | None = None,
    spread: timedelta = timedelta(0),
) -> Plan:
    """Freeze what the review showed: each message with its id, text and own time.

    Raises:
        ValueError: the composition still has problems, or a spread has no time to start from.
    """
    if composition.problems or (spread and at is None):
        raise ValueError(composition.problems)
    recipients = composition.recipients
    count = len(composition.rows)
    messages = tuple(
        Message(
            index=number,
            row=row,
            phone=recipients.phones[row],
            text=text,
            at=None if at is None else _spread(at, spread, number - 1, count),
        )
        for number, (row, text) in enumerate(
            zip(composition.rows, composition.texts, strict=True), 1
        )
    )
    return Plan(
        code=code,
        name=name,
        draft=draft,
        route=route,
        recipients=recipients,
        messages=messages,
        left_out=left_out(composition),
    )


def left_out(composition: Composition) -> dict[int, str]:
    """Return why each row that gets no message does not, in file order."""
    recipients = composition.recipients
    sent = set(composition.rows)
    reasons: dict[int, str] = {}
    for index, verdict in enumerate(recipients.verdicts):
        if index in sent:
            continue
        if (who := composition.unagreed.get(index)) is not None:
            elsewhere = RefusedElsewhere(recipients.table.row_numbers[who])
            reasons[index] = Verdict.NO_CONSENT.value if who == index else encode_fact(elsewhere)
        elif fault := composition.faults.get(index) or recipients.problems.get(index):
            reasons[index] = encode_fact(fault)
        else:
            reasons[index] = (Verdict.DUPLICATE if verdict is Verdict.READY else verdict).value
    return reasons


def _spread(at: datetime, over: timedelta, position: int, count: int) -> datetime:
    return (at + over * position / count).replace(microsecond=0)
