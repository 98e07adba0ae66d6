"""What the screen calls a row's state, and the sentence that says why."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from cascade_desktop.core.states import Delivery, State


class Outcome(StrEnum):
    """What a person reads of a message's state and delivery together."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    NOT_DELIVERED = "not_delivered"
    NOT_SENT = "not_sent"
    UNCERTAIN = "uncertain"
    NOT_INCLUDED = "not_included"


class Filter(StrEnum):
    """Which rows are shown; all but delivered and not delivered add up to all."""

    ALL = "all"
    SENT = "sent"
    DELIVERED = "delivered"
    NOT_DELIVERED = "not_delivered"
    NOT_SENT = "not_sent"
    UNCERTAIN = "uncertain"
    WAITING = "waiting"
    NOT_INCLUDED = "not_included"


FILTERS: Mapping[Filter, tuple[Outcome, ...]] = {
    Filter.ALL: tuple(Outcome),
    Filter.SENT: (Outcome.SENT, Outcome.DELIVERED, Outcome.NOT_DELIVERED),
    Filter.DELIVERED: (Outcome.DELIVERED,),
    Filter.NOT_DELIVERED: (Outcome.NOT_DELIVERED,),
    Filter.NOT_SENT: (Outcome.NOT_SENT,),
    Filter.UNCERTAIN: (Outcome.UNCERTAIN,),
    Filter.WAITING: (Outcome.WAITING, Outcome.SENDING),
    Filter.NOT_INCLUDED: (Outcome.NOT_INCLUDED,),
}
_OF_STATE = {
    State.READY: Outcome.WAITING,
    State.SENDING: Outcome.SENDING,
    State.ACCEPTED: Outcome.SENT,
    State.REFUSED: Outcome.NOT_SENT,
    State.UNKNOWN: Outcome.UNCERTAIN,
    State.LEFT_OUT: Outcome.NOT_INCLUDED,
}
_OF_DELIVERY = {
    Delivery.DELIVERED.value: Outcome.DELIVERED,
    Delivery.UNDELIVERABLE.value: Outcome.NOT_DELIVERED,
    Delivery.PERMANENT_ERROR.value: Outcome.NOT_DELIVERED,
}


def outcome_of(state: State, delivery: str = "") -> Outcome:
    """Return what the screen shows for a state and a delivery.

    >>> outcome_of(State.ACCEPTED, "delivered").value
    'delivered'
    """
    outcome = _OF_STATE[state]
    return _OF_DELIVERY.get(delivery, outcome) if outcome is Outcome.SENT else outcome


def handed_over(state: State, settled_at: datetime | None) -> datetime | None:
    """Return when a message left; None for one that waits, was refused or left out."""
    return settled_at if state in (State.ACCEPTED, State.UNKNOWN) else None
