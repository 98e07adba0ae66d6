"""The sentences while a campaign waits, and whose turn it is when it stopped."""

from datetime import datetime
from typing import assert_never

from cascade_desktop.core.owners import Owner
from cascade_desktop.core.states import Reason
from cascade_desktop.ui.wording_plurals import translate
from cascade_desktop.ui.wording_reasons import say_reason


def say_wait(reason: Reason, clock: str) -> str:
    """Tell what a campaign waits for, and in how long it goes on; the clock is such as 0:42."""
    match reason:
        case Reason.TOO_FAST:
            text = translate(
                "wording", "SMSBAT asked us to slow down: going on in {time}. Nothing is lost."
            )
        case Reason.OWN_PACE:
            text = translate("wording", "Sending at the pace you chose: going on in {time}.")
        case Reason.NO_CONNECTION:
            text = translate(
                "wording", "No connection. Waiting, nothing is lost: trying again in {time}."
            )
        case Reason.SLOW_CONNECTION:
            text = translate(
                "wording",
                "The connection is slow. Waiting, nothing is lost: trying again in {time}.",
            )
        case Reason.PROXY_DOWN:
            text = translate(
                "wording",
                "The office proxy does not answer. Waiting, nothing is lost: trying again in"
                " {time}.",
            )
        case Reason.SERVER_BUSY:
            text = translate(
                "wording", "SMSBAT is busy. Waiting, nothing is lost: trying again in {time}."
            )
        case Reason.DISK_FULL:
            text = translate(
                "wording",
                "The disk is full: do not close the program, its last results are not written"
                " yet. Make room; trying again in {time}.",
            )
        case _:
            goes_on = translate("wording", "Going on in {time}.")
            text = f"{say_reason(reason)} {goes_on}"
    return text.replace("{time}", clock)


def say_slow(since: datetime) -> str:
    """Tell since when an answer is awaited."""
    text = translate("wording", "SMSBAT is taking its time: no answer since {time}")
    return text.replace("{time}", f"{since.astimezone():%H:%M:%S}")


def say_silence(until: datetime) -> str:
    """Tell until when an answer is awaited, and what happens then."""
    text = translate(
        "wording",
        "No answer from SMSBAT yet. We wait until {time}; then the messages that are on their way"
        " are marked uncertain.",
    )
    return text.replace("{time}", f"{until.astimezone():%H:%M:%S}")


def say_pausing(*, stop: bool) -> str:
    """Tell what a pause or a stop still waits for; the minutes are the client's deadline."""
    if stop:
        return translate(
            "wording",
            "Stopping: waiting for SMSBAT’s answer to the messages that are on their way, two"
            " minutes at most.",
        )
    return translate(
        "wording",
        "Pausing: waiting for SMSBAT’s answer to the messages that are on their way, two minutes at"
        " most.",
    )


def say_lost(messages: int) -> str:
    """Tell that messages became uncertain while sending goes on."""
    return translate(
        "wording",
        "%Ln message(s) became uncertain: no whole answer came. Sending goes on with few at a"
        " time.",
        None,
        messages,
    )


def say_busy(*, held: bool) -> tuple[str, str]:
    """Tell, under a title, that one campaign at a time is sent, and what to do meanwhile."""
    if held:
        title = translate("wording", "A campaign is about to be sent")
        return title, translate("wording", "Wait until it is finished, or press Undo in Results.")
    title = translate("wording", "A campaign is being sent")
    return title, translate("wording", "Wait until it is finished, or pause it first.")


def say_trying() -> tuple[str, str]:
    """Tell, under a title, that a test is being sent; soon it is over."""
    title = translate("wording", "A test is being sent")
    return title, translate("wording", "Wait a moment until it has an answer, or stop it.")


def say_comeback(until: datetime) -> str:
    """Tell until when a paused campaign goes on by itself."""
    text = translate(
        "wording",
        "It goes on by itself if the service answers again before {time}. Pause keeps it waiting,"
        " Continue tries now.",
    )
    return text.replace("{time}", f"{until.astimezone():%H:%M}")


def say_owner(owner: Owner) -> str:
    """Tell whose turn it is."""
    match owner:
        case Owner.YOU:
            return translate("wording", "Your turn:")
        case Owner.ADMINISTRATOR:
            return translate("wording", "For your administrator:")
        case Owner.SMSBAT:
            return translate("wording", "For SMSBAT:")
    assert_never(owner)
