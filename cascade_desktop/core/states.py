"""Where a message stands; the codes of the journal, the report and ``--json``."""

from enum import StrEnum


class State(StrEnum):
    """A message's state (sending-policy.md); each recipient is in exactly one."""

    READY = "ready"
    SENDING = "sending"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    LEFT_OUT = "left_out"


class Resolution(StrEnum):
    """What the operator decided about an unknown message; its state stays unknown."""

    CLOSED = "closed"
    MARKED_SENT = "marked_sent"
    RESENT = "resent"


class CampaignState(StrEnum):
    """Where a campaign stands."""

    RUNNING = "running"
    FINISHED = "finished"
    PAUSED = "paused"
    STOPPED = "stopped"


class Delivery(StrEnum):
    """What became of an accepted message, in the service's words; the last three are final."""

    SCHEDULED = "scheduled"
    PROCESSING = "processing"
    DELIVERED = "delivered"
    UNDELIVERABLE = "undeliverable"
    PERMANENT_ERROR = "permanenterror"


class Reason(StrEnum):
    """Why a campaign waits, pauses or stops, or a message is not known."""

    NONE = ""
    OPERATOR_PAUSED = "OPERATOR_PAUSED"
    OPERATOR_STOPPED = "OPERATOR_STOPPED"
    INTERRUPTED = "INTERRUPTED"
    NO_CONNECTION = "NO_CONNECTION"
    SLOW_CONNECTION = "SLOW_CONNECTION"
    NOT_PRIVATE = "NOT_PRIVATE"
    PROXY_LOGIN = "PROXY_LOGIN"
    PROXY_DOWN = "PROXY_DOWN"
    NO_ANSWER = "NO_ANSWER"
    STRANGE_ANSWER = "STRANGE_ANSWER"
    WEB_PAGE = "WEB_PAGE"
    REDIRECTED = "REDIRECTED"
    KEY_REFUSED = "KEY_REFUSED"
    NO_RIGHTS = "NO_RIGHTS"
    WRONG_ADDRESS = "WRONG_ADDRESS"
    BATCH_REFUSED = "BATCH_REFUSED"
    ALL_REFUSED = "ALL_REFUSED"
    TOO_LARGE = "TOO_LARGE"
    TOO_FAST = "TOO_FAST"
    OWN_PACE = "OWN_PACE"
    SERVER_BUSY = "SERVER_BUSY"
    SERVER_ERROR = "SERVER_ERROR"
    CONFLICT = "CONFLICT"
    ALREADY_KNOWN = "ALREADY_KNOWN"
    REFUSED_AGAIN = "REFUSED_AGAIN"
    NAMED_TWICE = "NAMED_TWICE"
    NOT_NAMED = "NOT_NAMED"
    OTHER_REFUSAL = "OTHER_REFUSAL"
    TOO_MANY_UNKNOWN = "TOO_MANY_UNKNOWN"
    SCHEDULE_PASSED = "SCHEDULE_PASSED"
    TOO_OLD = "TOO_OLD"
    LONG_AWAY = "LONG_AWAY"
    DISK_FULL = "DISK_FULL"
    BUSY_ELSEWHERE = "BUSY_ELSEWHERE"
    OTHER_TARGET = "OTHER_TARGET"
    UNFINISHED_SPLIT = "UNFINISHED_SPLIT"
    OLDER_COPY = "OLDER_COPY"
    UNKNOWN_FOLDER = "UNKNOWN_FOLDER"
    LEFT_BEFORE_COPY = "LEFT_BEFORE_COPY"
    STATE_UNWRITABLE = "STATE_UNWRITABLE"
    DAMAGED_DATA = "DAMAGED_DATA"
    DATA_MOVED = "DATA_MOVED"
