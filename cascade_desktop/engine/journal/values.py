"""What the journal takes and gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from cascade_desktop.core.confirmations import Given
from cascade_desktop.core.outcome import ServiceWords
from cascade_desktop.core.states import CampaignState, Reason, Resolution, State


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of a campaign are in each state; their sum is the imported file (I6)."""

    ready: int = 0
    sending: int = 0
    accepted: int = 0
    refused: int = 0
    unknown: int = 0
    left_out: int = 0

    @property
    def rows(self) -> int:
        """Return all rows."""
        return self.planned + self.left_out

    @property
    def planned(self) -> int:
        """Return the rows that were to get a message."""
        return self.ready + self.sending + self.accepted + self.refused + self.unknown

    @property
    def done(self) -> int:
        """Return the messages that have left for good, one way or another."""
        return self.accepted + self.refused + self.unknown


class HandedOver(NamedTuple):
    """Between when the undecided messages left: what the service can look for."""

    first: datetime
    last: datetime


class LastBatch(NamedTuple):
    """The batch that left last: what the service can be asked about."""

    number: int
    size: int
    at: str
    """When it was handed over, whenever its outcome was known; UTC."""


@dataclass(frozen=True, slots=True)
class Head:
    """One campaign as the journal knows it."""

    code: str
    name: str
    kind: str
    draft: str
    """The campaign as `core.campaign_file` writes it."""
    route: str
    host: str
    account: str
    """The fingerprint of the keys it was made with."""
    id_stem: str
    source: str
    """The name of the file that the recipients came from."""
    columns: tuple[str, ...]
    phone_column: int
    created_at: datetime
    state: CampaignState
    reason: Reason
    words: ServiceWords
    counts: Counts
    undecided: int
    """Unknown messages that nobody has decided about."""
    to_fix: int
    """Rows that got nothing because something in them must be mended."""
    last_batch: LastBatch | None = None
    handed_over: HandedOver | None = None
    """When the undecided messages left; None without any."""
    given: tuple[Given, ...] = ()
    """What was asked before it left, and answered."""


class Waiting(NamedTuple):
    """A message that may be sent."""

    number: int
    """Its place in the plan, from 1."""
    row: int
    phone: str
    text: str
    at: datetime | None
    is_again: bool = False
    """Whether it was uncertain and leaves again because the operator said so."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of a batch; ``accepted`` maps a message's number to its message ids."""

    accepted: Mapping[int, tuple[str, ...]]
    rest: State
    reason: Reason = Reason.NONE
    words: ServiceWords = field(default_factory=ServiceWords)
    resolution: Resolution | None = None
    """What is already decided about the rest, where that is unknown."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A batch that was accepted whole, and not recorded yet."""

    batch: int
    outcome: Settlement


class Entry(NamedTuple):
    """One imported row with everything that is known about it."""

    row: int
    sheet_row: int
    number: int | None
    """Its place in the plan; None for a row that gets nothing."""
    phone: str
    cells: tuple[str, ...]
    text: str
    state: State
    why: str
    """A Reason, a verdict's code, or a problem value as `core.facts` writes it."""
    words: ServiceWords
    message_ids: tuple[str, ...]
    at: datetime | None
    settled_at: datetime | None
    resolution: Resolution | None
    delivery: str
    parts: int | None
    cost: float | None
    currency: str


@dataclass(frozen=True, slots=True)
class Gap:
    """What a journal that is not in step with its ledger may lack."""

    left: int = 0
    """How many messages left this computer after the journal was put aside."""
    untold: int = 0
    """Of how many that wait nothing tells whether they left: not the journal, not the ledger."""


class Change(NamedTuple):
    """What a settled batch changed of one row; what the grid needs and no more."""

    row: int
    state: State
    why: str
    words: ServiceWords
    message_ids: tuple[str, ...]
    settled_at: datetime | None
    """None where nothing was handed over."""
    resolution: Resolution | None = None
