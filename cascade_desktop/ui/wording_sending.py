"""The sentences about sending: what the service said, what became of whom, why a report failed."""

from typing import Literal, assert_never

from cascade_desktop.core.consent import RefusedElsewhere
from cascade_desktop.core.facts import decode_fact, kinds_of
from cascade_desktop.core.outcome import ServiceWords
from cascade_desktop.core.problems import RowProblem
from cascade_desktop.core.reading_problems import PhoneProblem
from cascade_desktop.core.recipients import Verdict
from cascade_desktop.core.report import ReportProblem
from cascade_desktop.core.states import Delivery, State
from cascade_desktop.ui.wording_drafts import say_refused, say_row
from cascade_desktop.ui.wording_plurals import translate
from cascade_desktop.ui.wording_reading import say_phone

_FACTS = kinds_of(RowProblem | PhoneProblem | RefusedElsewhere)


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
