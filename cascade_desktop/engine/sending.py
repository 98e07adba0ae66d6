"""What a run of a campaign tells while it sends, and how it ended."""

from collections.abc import Callable
from dataclasses import dataclass

from cascade_desktop.core.outcome import NO_WORDS, ServiceWords
from cascade_desktop.core.states import CampaignState, Reason
from cascade_desktop.engine.journal.values import Change, Counts


@dataclass(frozen=True, slots=True)
class Progress:
    """What one batch, or one wait, changed."""

    campaign: str
    batch: int
    changes: tuple[Change, ...]
    counts: Counts
    waiting_s: float = 0.0
    reason: Reason = Reason.NONE


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run of a campaign ended."""

    campaign: str
    state: CampaignState
    reason: Reason
    words: ServiceWords
    counts: Counts


Report = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class End:
    """Where a campaign shall stand, and why."""

    state: CampaignState
    reason: Reason
    words: ServiceWords = NO_WORDS


@dataclass(frozen=True, slots=True)
class Step:
    """What to do after a batch: wait, slow down, end, or simply go on."""

    wait_s: float = 0.0
    reason: Reason = Reason.NONE
    slow_down: bool = False
    end: End | None = None


GO_ON = Step()


def pause(reason: Reason, words: ServiceWords = NO_WORDS) -> Step:
    """Return the step that leaves the rest to somebody who is needed."""
    return Step(end=End(CampaignState.PAUSED, reason, words))
