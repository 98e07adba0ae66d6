"""The sentences about a test: what its button does, what became of it, and what to do now."""

from datetime import datetime

from PySide6.QtCore import QDate, QLocale

from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.numbering import show_phone
from cascade_desktop.core.outcome import ServiceWords
from cascade_desktop.core.states import Reason, State
from cascade_desktop.core.trial import OF_ONE_MESSAGE
from cascade_desktop.engine.journal.trials import TrialOutcome
from cascade_desktop.ui.wording_plurals import translate
from cascade_desktop.ui.wording_reasons import say_reason
from cascade_desktop.ui.wording_sending import say_service


def say_trial(outcome: TrialOutcome, kind: Kind, *, practice: bool) -> str:
    """Tell what became of a test, and what to do now."""
    match outcome.state:
        case State.ACCEPTED:
            said = _say_sent(outcome, kind, practice=practice)
            twice = outcome.reason is Reason.NAMED_TWICE
            return f"{said} {say_reason(outcome.reason)}" if twice else said
        case State.UNKNOWN:
            said = translate(
                "wording",
                "Uncertain: it was handed over, and no receipt came. Look at the phone before you"
                " send another.",
            )
            return f"{said} {say_reason(outcome.reason)}".rstrip()
        case State.LEFT_OUT:
            return say_on_stop_list()
        case _:
            return _say_not_sent(outcome)


def say_on_stop_list() -> str:
    """Tell that a number must not be messaged, and the way out."""
    return translate(
        "wording",
        "Nothing is sent to this number: it is on your “Do not message” list. Take it off the"
        " list, or use another number.",
    )


def say_interrupted(outcome: TrialOutcome) -> str:
    """Tell of a test that a crash or a power cut broke off."""
    text = translate(
        "wording",
        "The last test, to {phone}{when}, was interrupted: it may have arrived. Look at the phone.",
    )
    when = "" if outcome.left_at is None else f", {_moment(outcome.left_at)}"
    return text.format(phone=show_phone(outcome.phone), when=when)


def _say_sent(outcome: TrialOutcome, kind: Kind, *, practice: bool) -> str:
    at = "" if outcome.at is None else f"{outcome.at.astimezone():%H:%M}"
    if practice:
        text = (
            translate("wording", "Practised: nothing was sent. SMSBAT would send it at {time}.")
            if at
            else translate("wording", "Practised: nothing was sent. SMSBAT would have taken it.")
        )
    elif kind is Kind.FLASHCALL:
        text = (
            translate("wording", "SMSBAT has taken it: the phone rings once at {time}.")
            if at
            else translate("wording", "Sent: the phone rings once.")
        )
    elif at:
        text = translate("wording", "SMSBAT has taken it. Look at the phone at {time}.")
    else:
        text = translate("wording", "Sent: look at the phone.")
    return text.format(time=at)


def _say_not_sent(outcome: TrialOutcome) -> str:
    said = translate("wording", "Not sent.")
    match outcome.reason:
        case Reason.OPERATOR_STOPPED:
            return translate("wording", "Not sent: you stopped it.")
        case Reason.SCHEDULE_PASSED:
            why = translate("wording", "Its time came too near meanwhile. Send it again.")
        case reason if reason in OF_ONE_MESSAGE:
            why = _say_refusal(outcome.words)
        case reason:
            why = say_reason(reason)
            if outcome.words.code or outcome.words.message:
                why = f"{why} {say_service(outcome.words)}"
    return f"{said} {why}"


def _say_refusal(words: ServiceWords) -> str:
    if words.code == "INVALID_PHONE" or (words.field == "toPhone" and not words.code):
        return translate("wording", "SMSBAT says that this number is not valid. Check it.")
    return say_service(words)


def _moment(at: datetime) -> str:
    """Write a moment of a day or two ago as the operator's language does."""
    local = at.astimezone()
    day = QLocale().toString(QDate(local.year, local.month, local.day), "d MMMM")
    return f"{day}, {local:%H:%M}"
