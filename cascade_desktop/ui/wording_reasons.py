"""The sentences about why a campaign waits, pauses or stops, or a message is uncertain.

Each has an owner (the operator, their administrator, SMSBAT) and a next step.
"""

from typing import Literal, assert_never

from cascade_desktop.core.states import Reason
from cascade_desktop.ui.wording_plurals import translate

_Here = Literal[
    Reason.NONE,
    Reason.OPERATOR_PAUSED,
    Reason.OPERATOR_STOPPED,
    Reason.INTERRUPTED,
    Reason.DISK_FULL,
    Reason.BUSY_ELSEWHERE,
    Reason.OTHER_TARGET,
]
_Office = Literal[
    Reason.NO_CONNECTION,
    Reason.SLOW_CONNECTION,
    Reason.NOT_PRIVATE,
    Reason.PROXY_LOGIN,
    Reason.PROXY_DOWN,
    Reason.WEB_PAGE,
    Reason.REDIRECTED,
]
_Refusal = Literal[
    Reason.KEY_REFUSED,
    Reason.NO_RIGHTS,
    Reason.WRONG_ADDRESS,
    Reason.BATCH_REFUSED,
    Reason.ALL_REFUSED,
    Reason.OTHER_REFUSAL,
    Reason.UNFINISHED_SPLIT,
]
_Doubt = Literal[
    Reason.NO_ANSWER,
    Reason.STRANGE_ANSWER,
    Reason.SERVER_ERROR,
    Reason.CONFLICT,
    Reason.NOT_NAMED,
    Reason.TOO_MANY_UNKNOWN,
    Reason.LEFT_BEFORE_COPY,
]
_Wait = Literal[Reason.TOO_LARGE, Reason.TOO_FAST, Reason.OWN_PACE, Reason.SERVER_BUSY]
_Late = Literal[Reason.SCHEDULE_PASSED, Reason.TOO_OLD, Reason.LONG_AWAY]
_Taken = Literal[Reason.ALREADY_KNOWN, Reason.REFUSED_AGAIN, Reason.NAMED_TWICE]
_Folder = Literal[
    Reason.OLDER_COPY,
    Reason.UNKNOWN_FOLDER,
    Reason.STATE_UNWRITABLE,
    Reason.DAMAGED_DATA,
    Reason.DATA_MOVED,
]


def say_reason(reason: Reason) -> str:
    """Tell why a campaign waits, pauses or stops, or a message is uncertain; "" for no reason."""
    match reason:
        case (
            Reason.OLDER_COPY
            | Reason.UNKNOWN_FOLDER
            | Reason.STATE_UNWRITABLE
            | Reason.DAMAGED_DATA
            | Reason.DATA_MOVED
        ):
            return _say_folder(reason)
        case _:
            return _say_course(reason)


def _say_course(reason: _Doubt | _Refusal | _Wait | _Late | _Taken | _Office | _Here) -> str:
    match reason:
        case (
            Reason.NO_ANSWER
            | Reason.STRANGE_ANSWER
            | Reason.SERVER_ERROR
            | Reason.CONFLICT
            | Reason.NOT_NAMED
            | Reason.TOO_MANY_UNKNOWN
            | Reason.LEFT_BEFORE_COPY
        ):
            return _say_doubt(reason)
        case (
            Reason.KEY_REFUSED
            | Reason.NO_RIGHTS
            | Reason.WRONG_ADDRESS
            | Reason.BATCH_REFUSED
            | Reason.ALL_REFUSED
            | Reason.OTHER_REFUSAL
            | Reason.UNFINISHED_SPLIT
        ):
            return _say_refusal(reason)
        case Reason.TOO_LARGE | Reason.TOO_FAST | Reason.OWN_PACE | Reason.SERVER_BUSY:
            return _say_wait(reason)
        case Reason.SCHEDULE_PASSED | Reason.TOO_OLD | Reason.LONG_AWAY:
            return _say_late(reason)
        case Reason.ALREADY_KNOWN | Reason.REFUSED_AGAIN | Reason.NAMED_TWICE:
            return _say_taken(reason)
        case (
            Reason.NO_CONNECTION
            | Reason.SLOW_CONNECTION
            | Reason.NOT_PRIVATE
            | Reason.PROXY_LOGIN
            | Reason.PROXY_DOWN
            | Reason.WEB_PAGE
            | Reason.REDIRECTED
        ):
            return _say_office(reason)
        case _:
            return _say_here(reason)


def _say_here(reason: _Here) -> str:
    match reason:
        case Reason.NONE:
            return ""
        case Reason.OPERATOR_PAUSED:
            return translate("wording", "You paused it. Continue when you are ready.")
        case Reason.OPERATOR_STOPPED:
            return translate("wording", "You stopped it. The rest was not sent.")
        case Reason.INTERRUPTED:
            return translate(
                "wording", "The program was closed while sending. The message may have arrived."
            )
        case Reason.DISK_FULL:
            return translate("wording", "The disk is full. Make room on it, then go on.")
        case Reason.BUSY_ELSEWHERE:
            return translate(
                "wording", "Another window of this program is sending. Continue there."
            )
        case Reason.OTHER_TARGET:
            return translate(
                "wording",
                "This campaign began with another account. Choose that account to continue.",
            )
    assert_never(reason)


def _say_office(reason: _Office) -> str:
    match reason:
        case Reason.NO_CONNECTION:
            return translate(
                "wording", "No connection. Nothing is lost; check that the internet works."
            )
        case Reason.SLOW_CONNECTION:
            return translate(
                "wording", "The connection is slow. Nothing is lost; check that the internet works."
            )
        case Reason.NOT_PRIVATE:
            return translate(
                "wording",
                "The connection is not private; perhaps the office network or an antivirus reads"
                " along. Ask your administrator.",
            )
        case Reason.PROXY_LOGIN:
            return translate(
                "wording", "The office proxy asks for a login. Ask your administrator for it."
            )
        case Reason.PROXY_DOWN:
            return translate("wording", "The office proxy does not answer. Ask your administrator.")
        case Reason.WEB_PAGE:
            return translate(
                "wording",
                "A web page answered instead of SMSBAT. Does the Wi-Fi ask you to sign in?",
            )
        case Reason.REDIRECTED:
            return translate(
                "wording",
                "The service address leads somewhere else. Ask SMSBAT for the right address.",
            )
    assert_never(reason)


def _say_refusal(reason: _Refusal) -> str:
    match reason:
        case Reason.KEY_REFUSED:
            return translate("wording", "SMSBAT did not accept the key. Check it in Settings.")
        case Reason.NO_RIGHTS:
            return translate(
                "wording",
                "SMSBAT does not let this account send. Ask SMSBAT about its balance and rights.",
            )
        case Reason.WRONG_ADDRESS:
            return translate(
                "wording",
                "The service is not at this address. Check it in Settings, or ask SMSBAT.",
            )
        case Reason.BATCH_REFUSED:
            return translate(
                "wording",
                "SMSBAT refused a batch because of one message; by its documents it took none of"
                " the others. Go on without the bad one?",
            )
        case Reason.ALL_REFUSED:
            return translate(
                "wording",
                "SMSBAT refuses every message for the same reason. Change the message and send"
                " again.",
            )
        case Reason.OTHER_REFUSAL:
            return translate(
                "wording", "SMSBAT refused, and nothing was sent. Ask SMSBAT for the reason."
            )
        case Reason.UNFINISHED_SPLIT:
            return translate(
                "wording",
                "SMSBAT refuses many messages, and not all bad ones are found yet. Continue to"
                " search on.",
            )
    assert_never(reason)


def _say_doubt(reason: _Doubt) -> str:
    match reason:
        case Reason.NO_ANSWER:
            return translate(
                "wording", "No answer came after sending. The message may have arrived."
            )
        case Reason.STRANGE_ANSWER:
            return translate(
                "wording",
                "SMSBAT answered in a form this version does not understand. The message may have"
                " arrived; look for a newer version.",
            )
        case Reason.SERVER_ERROR:
            return translate(
                "wording",
                "SMSBAT had a fault of its own. The message may have arrived; ask SMSBAT.",
            )
        case Reason.CONFLICT:
            return translate(
                "wording",
                "SMSBAT says it already has the message. It may have arrived; ask SMSBAT.",
            )
        case Reason.NOT_NAMED:
            return translate(
                "wording",
                "SMSBAT sent no receipt for it. The message may have arrived; ask SMSBAT.",
            )
        case Reason.TOO_MANY_UNKNOWN:
            return translate(
                "wording",
                "Too many receipts are missing. Most probably the messages arrived; ask SMSBAT"
                " before you continue.",
            )
        case Reason.LEFT_BEFORE_COPY:
            return translate(
                "wording",
                "It left before the data was put back from a copy. The message may have arrived.",
            )
    assert_never(reason)


def _say_folder(reason: _Folder) -> str:
    match reason:
        case Reason.OLDER_COPY:
            return translate(
                "wording",
                "This copy of the data is older than what was sent from this computer. Nothing is"
                " sent from it until you confirm that you want to go on with it.",
            )
        case Reason.UNKNOWN_FOLDER:
            return translate(
                "wording",
                "This computer does not know these campaigns: they may have been sent from another"
                " one. Nothing is sent until you confirm that you want to go on with them here.",
            )
        case Reason.STATE_UNWRITABLE:
            return translate(
                "wording",
                "The program cannot note on this computer what it sends, so it sends nothing. Ask"
                " your administrator for a folder for it that you may write: --state-dir.",
            )
        case Reason.DAMAGED_DATA:
            return translate(
                "wording",
                "The record of campaigns is damaged, so nothing is sent. Ask your administrator to"
                " put it back from a copy; Help tells how. Nobody gets anything twice.",
            )
        case Reason.DATA_MOVED:
            return translate(
                "wording",
                "The data folder was moved or deleted while the program was open, so nothing more"
                " is sent. Close the program, put the folder back where it was, then go on.",
            )
    assert_never(reason)


def _say_wait(reason: _Wait) -> str:
    match reason:
        case Reason.TOO_LARGE:
            return translate(
                "wording", "The message is too large for SMSBAT. Shorten it and send again."
            )
        case Reason.TOO_FAST:
            return translate(
                "wording", "SMSBAT asks to go slower. Nothing is lost, there is nothing to do."
            )
        case Reason.OWN_PACE:
            return translate("wording", "It is sent at the pace that you chose.")
        case Reason.SERVER_BUSY:
            return translate(
                "wording", "SMSBAT is busy. Nothing is lost; if it stays so, ask SMSBAT."
            )
    assert_never(reason)


def _say_taken(reason: _Taken) -> str:
    match reason:
        case Reason.ALREADY_KNOWN:
            return translate("wording", "SMSBAT already had the message: it counts as sent.")
        case Reason.REFUSED_AGAIN:
            return translate(
                "wording",
                "SMSBAT refused it the second time. The first one may have arrived; ask SMSBAT.",
            )
        case Reason.NAMED_TWICE:
            return translate(
                "wording",
                "SMSBAT sent two receipts for it. It may arrive twice; do not send it again.",
            )
    assert_never(reason)


def _say_late(reason: _Late) -> str:
    match reason:
        case Reason.SCHEDULE_PASSED:
            return translate(
                "wording",
                "By SMSBAT’s clock the time to send has passed, or is too near or too far. Look"
                " whether this computer’s clock is right; if it is, save the report and make a new"
                " campaign for those who are left.",
            )
        case Reason.TOO_OLD:
            return translate(
                "wording",
                "The time for which it makes sense has passed, so it was not sent again. Make a new"
                " campaign if it is still needed.",
            )
        case Reason.LONG_AWAY:
            return translate(
                "wording",
                "Sending was held up for a long time. Look whether it is still a good moment, then"
                " continue.",
            )
    assert_never(reason)
