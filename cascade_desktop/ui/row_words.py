"""The words for one row of a campaign: what became of its message, why, and what to do."""

from dataclasses import dataclass

from cascade_desktop.core.delivery import FINAL
from cascade_desktop.core.outcome import NO_WORDS, ServiceWords
from cascade_desktop.core.recipients import Verdict
from cascade_desktop.core.states import Delivery, Reason, Resolution, State
from cascade_desktop.engine.journal.values import Entry
from cascade_desktop.ui.row_outcome import Outcome
from cascade_desktop.ui.wording import say_left_out, say_reason, say_service, say_state
from cascade_desktop.ui.wording_delivery import say_undelivered
from cascade_desktop.ui.wording_plurals import translate

_SAID_AS = {
    Outcome.WAITING: (State.READY, ""),
    Outcome.SENDING: (State.SENDING, ""),
    Outcome.SENT: (State.ACCEPTED, ""),
    Outcome.DELIVERED: (State.ACCEPTED, Delivery.DELIVERED.value),
    Outcome.NOT_DELIVERED: (State.ACCEPTED, Delivery.UNDELIVERABLE.value),
    Outcome.NOT_SENT: (State.REFUSED, ""),
    Outcome.UNCERTAIN: (State.UNKNOWN, ""),
    Outcome.NOT_INCLUDED: (State.LEFT_OUT, ""),
}


def say_outcome(outcome: Outcome) -> str:
    """Name an outcome in the one word that screens and reports share."""
    return say_state(*_SAID_AS[outcome])


@dataclass(frozen=True, slots=True)
class RowWhy:
    """What a row's reason is said from; many rows share one."""

    state: State
    why: str = ""
    words: ServiceWords = NO_WORDS
    resolution: Resolution | None = None
    delivery: str = ""
    """How its message ended, once that is known."""


def why_of(entry: Entry) -> RowWhy:
    """Return what the journal knows of a row's reason."""
    end = entry.delivery if entry.delivery in FINAL else ""
    return RowWhy(entry.state, entry.why, entry.words, entry.resolution, end)


def say_why(row: RowWhy) -> str:
    """Tell why a row stands where it stands, and what to do; "" where all is well."""
    match row.state:
        case State.LEFT_OUT:
            return say_left_out(row.why)
        case State.UNKNOWN if row.why in (Reason.ALREADY_KNOWN, Reason.TOO_OLD):
            return _reason(row.why)
        case State.UNKNOWN:
            return _joined(_reason(row.why), _decision(row.resolution))
        case State.REFUSED:
            said = bool(row.words.code or row.words.message or row.words.field)
            return _joined(say_service(row.words) if said else _reason(row.why), _again(row))
        case State.READY:
            return _again(row)
        case State.ACCEPTED:
            return _joined(_reason(row.why), say_undelivered(row.delivery), _again(row))
        case _:
            return ""


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _again(row: RowWhy) -> str:
    if row.resolution is not Resolution.RESENT:
        return ""
    match row.state:
        case State.READY:
            return translate("wording", "It will be sent again, as you decided.")
        case State.REFUSED:
            return translate(
                "wording", "You decided to send it again; this time SMSBAT refused it."
            )
        case _:
            return translate("wording", "It was sent again, as you decided.")


def _decision(resolution: Resolution | None) -> str:
    match resolution:
        case Resolution.CLOSED:
            return translate("wording", "You decided not to send it again.")
        case Resolution.MARKED_SENT:
            return translate("wording", "You marked it as sent.")
        case _:
            return translate("wording", "Nothing is decided about it yet.")


def _reason(why: str) -> str:
    if why == Verdict.STOPPED:  # put on the list before it could be sent again
        return say_left_out(why)
    return say_reason(Reason(why)) if why in set(Reason) else ""
