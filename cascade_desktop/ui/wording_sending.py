"""The sentences about sending: why it waits or stops, what the service said, what became of whom.

Each has an owner (the operator, their administrator, SMSBAT) and a next step.
"""

from typing import Literal, assert_never

from cascade_desktop.core.consent import RefusedElsewhere
from cascade_desktop.core.facts import decode_fact, kinds_of
from cascade_desktop.core.outcome import ServiceWords
from cascade_desktop.core.problems import RowProblem
from cascade_desktop.core.reading_problems import PhoneProblem
from cascade_desktop.core.recipients import Verdict
from cascade_desktop.core.report import ReportProblem
from cascade_desktop.core.states import Delivery, Reason, State
from cascade_desktop.ui.wording_drafts import say_refused, say_row
from cascade_desktop.ui.wording_plurals import translate
from cascade_desktop.ui.wording_reading import say_phone

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
]
_FACTS = kinds_of(RowProblem | PhoneProblem | RefusedElsewhere)


def say_reason(reason: Reason) -> str:
    """Tell why a campaign waits, pauses or stops, or a message is uncertain; "" for no reason."""
    match reason:
        case (
            Reason.NO_ANSWER
            | Reason.STRANGE_ANSWER
            | Reason.SERVER_ERROR
            | Reason.CONFLICT
            | Reason.NOT_NAMED
            | Reason.TOO_MANY_UNKNOWN
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
        case Reason.TOO_LARGE | Reason.TOO_FAST | Reason.SERVER_BUSY | Reason.SCHEDULE_PASSED:
            return _say_wait(reason)
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


def say_service(words: ServiceWords) -> str:
    """Tell what the service said of a refusal and what to do; its own words where unknown."""
    if words.code == "INVALID_PHONE" or (words.field == "toPhone" and not words.code):
        return translate("wording", "SMSBAT says the number is not valid. Correct it in your list.")
    said = " ".join((words.message or words.code).split()).rstrip(".")
    match words.field:
        case "fromName":
            text = translate(
                "wording",
                "SMSBAT did not accept the sender name: “{said}”. Choose another, or ask SMSBAT.",
            )
        case "text":
            text = translate(
                "wording", "SMSBAT did not accept the text: “{said}”. Change it and send again."
            )
        case "scheduledSent":
            text = translate(
                "wording", "SMSBAT did not accept the time: “{said}”. Choose another time."
            )
        case _:
            text = translate("wording", "SMSBAT says: “{said}”. Ask SMSBAT what to change.")
    if not said:
        return translate("wording", "SMSBAT refused it and did not say why. Ask SMSBAT.")
    return text.format(said=said)


def say_state(state: State, delivery: str = "") -> str:
    """Name what became of a message, as every screen and report calls it."""
    match state:
        case State.READY:
            return translate("wording", "Waiting")
        case State.SENDING:
            return translate("wording", "Sending")
        case State.ACCEPTED:
            return _say_delivery(delivery)
        case State.REFUSED:
            return translate("wording", "Not sent")
        case State.UNKNOWN:
            return translate("wording", "Uncertain")
        case State.LEFT_OUT:
            return translate("wording", "Not included")
    assert_never(state)


def say_left_out(code: str) -> str:
    """Tell why a row is not included: a verdict's code, or a problem of the row or its phone."""
    if code in set(Verdict):
        return _say_verdict(Verdict(code))
    fact = decode_fact(code, _FACTS)
    if isinstance(fact, RowProblem):
        return say_row(fact)
    if isinstance(fact, PhoneProblem):
        return say_phone(fact)
    if isinstance(fact, RefusedElsewhere):
        return say_refused(fact)
    return translate("wording", "Not included.")


def say_report_problem(problem: ReportProblem) -> str:
    """Tell why a report could not be saved."""
    match problem:
        case ReportProblem.IN_USE:
            return translate(
                "wording",
                "The file is open in another program. Close it there, or save under another name.",
            )
        case ReportProblem.NO_ROOM:
            return translate("wording", "The disk is full. Make room, or save to another place.")
        case ReportProblem.READ_ONLY:
            return translate("wording", "Nothing can be saved there. Choose another folder.")
        case ReportProblem.NO_FOLDER:
            return translate("wording", "This folder does not exist. Choose another one.")
        case ReportProblem.TOO_MANY_ROWS:
            return translate(
                "wording", "An Excel sheet cannot hold so many rows. Save the report as CSV."
            )
        case ReportProblem.WRONG_ENDING | ReportProblem.THE_LIST | ReportProblem.NOT_A_REPORT:
            return _say_name(problem)
        case ReportProblem.OTHER:
            return translate(
                "wording", "The report could not be saved. Choose another folder and try again."
            )
    assert_never(problem)


def _say_name(
    problem: Literal[
        ReportProblem.WRONG_ENDING, ReportProblem.THE_LIST, ReportProblem.NOT_A_REPORT
    ],
) -> str:
    match problem:
        case ReportProblem.WRONG_ENDING:
            return translate(
                "wording", "A report's name ends in .xlsx or .csv. Choose such a name."
            )
        case ReportProblem.THE_LIST:
            return translate(
                "wording",
                "The report would replace the list that this campaign was made from. Give the"
                " report another name.",
            )
        case ReportProblem.NOT_A_REPORT:
            return translate(
                "wording",
                "There is a file of this name already, and it is not a report. Give the report"
                " another name.",
            )
    assert_never(problem)


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
            return translate(
                "wording", "The disk is full. Make room on it; do not close the program."
            )
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
                "wording", "The connection broke after sending. The message may have arrived."
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
    assert_never(reason)


def _say_wait(
    reason: Literal[Reason.TOO_LARGE, Reason.TOO_FAST, Reason.SERVER_BUSY, Reason.SCHEDULE_PASSED],
) -> str:
    match reason:
        case Reason.TOO_LARGE:
            return translate(
                "wording", "The message is too large for SMSBAT. Shorten it and send again."
            )
        case Reason.TOO_FAST:
            return translate(
                "wording", "SMSBAT asks to go slower. Nothing is lost, there is nothing to do."
            )
        case Reason.SERVER_BUSY:
            return translate(
                "wording", "SMSBAT is busy. Nothing is lost; if it stays so, ask SMSBAT."
            )
        case Reason.SCHEDULE_PASSED:
            return translate(
                "wording", "The time to send has passed. Choose a new time for the rest."
            )
    assert_never(reason)


def _say_delivery(delivery: str) -> str:
    if delivery == Delivery.DELIVERED:
        return translate("wording", "Delivered")
    if delivery in (Delivery.UNDELIVERABLE, Delivery.PERMANENT_ERROR):
        return translate("wording", "Not delivered")
    return translate("wording", "Sent")


def _say_verdict(verdict: Verdict) -> str:
    match verdict:
        case Verdict.READY:
            return translate("wording", "Ready.")
        case Verdict.TO_FIX:
            return translate("wording", "The phone number needs to be corrected.")
        case Verdict.DUPLICATE:
            return translate("wording", "Same number twice: it gets one message.")
        case Verdict.STOPPED:
            return translate("wording", "On your “Do not message” list.")
        case Verdict.LEFT_OUT:
            return translate("wording", "Left out by you.")
        case Verdict.BLANK | Verdict.HIDDEN:
            return _say_unseen(verdict)
        case Verdict.NO_CONSENT:
            return translate(
                "wording", "Did not agree to get advertising, or the list does not say."
            )
    assert_never(verdict)


def _say_unseen(verdict: Literal[Verdict.BLANK, Verdict.HIDDEN]) -> str:
    if verdict is Verdict.BLANK:
        return translate("wording", "An empty row.")
    return translate("wording", "A row that is hidden in the file.")
