"""The words for one row of a campaign: what became of its message, why, and what to do."""

from cascade_desktop.core.outcome import ServiceWords
from cascade_desktop.core.recipients import Verdict
from cascade_desktop.core.states import Delivery, Reason, Resolution, State
from cascade_desktop.ui.row_outcome import Outcome
from cascade_desktop.ui.wording import say_left_out, say_reason, say_service, say_state
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


def say_why(state: State, why: str, words: ServiceWords, resolution: Resolution | None) -> str:
    """Tell why a row stands where it stands, and what to do; "" where all is well."""
    match state:
        case State.LEFT_OUT:
            return say_left_out(why)
        case State.UNKNOWN:
            return " ".join(part for part in (_reason(why), _decision(resolution)) if part)
        case State.REFUSED:
            said = bool(words.code or words.message or words.field)
            return say_service(words) if said else _reason(why)
        case State.READY if resolution is Resolution.RESENT:
            return translate("wording", "It will be sent again, as you decided.")
        case State.ACCEPTED if resolution is Resolution.RESENT:
            return translate("wording", "It was sent again, as you decided.")
        case _:
            return ""


def _decision(resolution: Resolution | None) -> str:
    match resolution:
        case Resolution.CLOSED:
            return translate("wording", "You decided not to send it again.")
        case Resolution.MARKED_SENT:
            return translate("wording", "You marked it as sent.")
        case _:
            return ""


def _reason(why: str) -> str:
    if why == Verdict.STOPPED:  # put on the list before it could be sent again
        return say_left_out(why)
    return say_reason(Reason(why)) if why in set(Reason) else ""
