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
    OPERATOR_PAUSED = "operator_paused"
    OPERATOR_STOPPED = "operator_stopped"
    INTERRUPTED = "interrupted"
    NO_CONNECTION = "no_connection"
    SLOW_CONNECTION = "slow_connection"
    NOT_PRIVATE = "not_private"
    PROXY_LOGIN = "proxy_login"
    PROXY_DOWN = "proxy_down"
    NO_ANSWER = "no_answer"
    STRANGE_ANSWER = "strange_answer"
    WEB_PAGE = "web_page"
    REDIRECTED = "redirected"
    KEY_REFUSED = "key_refused"
    NO_RIGHTS = "no_rights"
    WRONG_ADDRESS = "wrong_address"
    BATCH_REFUSED = "batch_refused"
    ALL_REFUSED = "all_refused"
    TOO_LARGE = "too_large"
    TOO_FAST = "too_fast"
    SERVER_BUSY = "server_busy"
    SERVER_ERROR = "server_error"
    CONFLICT = "conflict"
    NOT_NAMED = "not_named"
    OTHER_REFUSAL = "other_refusal"
    TOO_MANY_UNKNOWN = "too_many_unknown"
    SCHEDULE_PASSED = "schedule_passed"
    DISK_FULL = "disk_full"
