"""Who must act when a campaign waits or stops, or a message is uncertain; as data."""

from collections.abc import Mapping
from enum import StrEnum

from cascade_desktop.core.states import Reason


class Owner(StrEnum):
    """Whose turn it is."""

    YOU = "you"
    ADMINISTRATOR = "administrator"
    SMSBAT = "smsbat"


OWNERS: Mapping[Reason, Owner] = {
    Reason.OPERATOR_PAUSED: Owner.YOU,
    Reason.OPERATOR_STOPPED: Owner.YOU,
    Reason.INTERRUPTED: Owner.YOU,
    Reason.NO_CONNECTION: Owner.YOU,
    Reason.SLOW_CONNECTION: Owner.YOU,
    Reason.NOT_PRIVATE: Owner.ADMINISTRATOR,
    Reason.PROXY_LOGIN: Owner.ADMINISTRATOR,
    Reason.PROXY_DOWN: Owner.ADMINISTRATOR,
    Reason.NO_ANSWER: Owner.SMSBAT,
    Reason.STRANGE_ANSWER: Owner.SMSBAT,
    Reason.WEB_PAGE: Owner.YOU,
    Reason.REDIRECTED: Owner.SMSBAT,
    Reason.KEY_REFUSED: Owner.YOU,
    Reason.NO_RIGHTS: Owner.SMSBAT,
    Reason.WRONG_ADDRESS: Owner.YOU,
    Reason.BATCH_REFUSED: Owner.YOU,
    Reason.ALL_REFUSED: Owner.YOU,
    Reason.TOO_LARGE: Owner.YOU,
    Reason.TOO_FAST: Owner.SMSBAT,
    Reason.OWN_PACE: Owner.YOU,
    Reason.SERVER_BUSY: Owner.SMSBAT,
    Reason.SERVER_ERROR: Owner.SMSBAT,
    Reason.CONFLICT: Owner.SMSBAT,
    Reason.ALREADY_KNOWN: Owner.SMSBAT,
    Reason.REFUSED_AGAIN: Owner.SMSBAT,
    Reason.NAMED_TWICE: Owner.SMSBAT,
    Reason.NOT_NAMED: Owner.SMSBAT,
    Reason.OTHER_REFUSAL: Owner.SMSBAT,
    Reason.TOO_MANY_UNKNOWN: Owner.SMSBAT,
    Reason.SCHEDULE_PASSED: Owner.YOU,
    Reason.TOO_OLD: Owner.YOU,
    Reason.LONG_AWAY: Owner.YOU,
    Reason.DISK_FULL: Owner.YOU,
    Reason.BUSY_ELSEWHERE: Owner.YOU,
    Reason.OTHER_TARGET: Owner.YOU,
    Reason.UNFINISHED_SPLIT: Owner.YOU,
    Reason.OLDER_COPY: Owner.YOU,
    Reason.UNKNOWN_FOLDER: Owner.YOU,
    Reason.LEFT_BEFORE_COPY: Owner.YOU,
    Reason.STATE_UNWRITABLE: Owner.ADMINISTRATOR,
    Reason.DAMAGED_DATA: Owner.ADMINISTRATOR,
    Reason.DATA_MOVED: Owner.YOU,
}


def owner(reason: Reason) -> Owner | None:
    """Return whose turn it is; None where there is no reason.

    >>> owner(Reason.PROXY_LOGIN).value
    'administrator'
    """
    return OWNERS.get(reason)
