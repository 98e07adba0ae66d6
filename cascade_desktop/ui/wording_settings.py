"""The sentences of the settings: the way to the service, and what a look at it told."""

from typing import assert_never

from cascade_desktop.core.proxy import ProxyFault, ProxyWrong
from cascade_desktop.core.states import Reason
from cascade_desktop.engine.client import KeyCheck
from cascade_desktop.ui.wording import say_reason
from cascade_desktop.ui.wording_plurals import translate


def say_proxy(problem: ProxyWrong) -> str:
    """Tell why a proxy cannot be used."""
    match problem.fault:
        case ProxyFault.NOT_AN_ADDRESS:
            return translate(
                "wording", "This is not the address of a proxy. It looks like proxy.office:3128."
            )
        case ProxyFault.NO_PORT:
            return translate("wording", "Add the proxy's port, such as 3128.")
        case ProxyFault.HAS_LOGIN:
            return translate(
                "wording",
                "Give the proxy's address alone. Its name and password are kept apart, in the key"
                " store.",
            )
    assert_never(problem.fault)


def say_connection(found: KeyCheck, *, has_key: bool) -> str:
    """Tell what looking for the service told, and what to do."""
    if found.reason is not Reason.NONE:
        return _say_unanswered(found.reason)
    if found.is_wrong and has_key:
        return translate(
            "wording", "The connection works, but SMSBAT does not know your key. Copy it again."
        )
    if found.is_wrong:
        return translate("wording", "The connection works. Connect your account to send for real.")
    if found.is_right:
        return translate("wording", "The connection works, and the key is probably right.")
    return translate(
        "wording",
        "Something answered, but not as SMSBAT does. Check the service address, or ask SMSBAT.",
    )


def _say_unanswered(reason: Reason) -> str:
    """Tell why a check got no answer: no message was on its way, so none is lost or in doubt."""
    match reason:
        case Reason.NO_ANSWER:
            return translate(
                "wording",
                "SMSBAT did not answer. Nothing was sent. Check the service address, and try again"
                " in a minute; if it stays so, ask SMSBAT.",
            )
        case Reason.NO_CONNECTION:
            return translate(
                "wording",
                "SMSBAT could not be reached. Nothing was sent. Check that the internet works, and"
                " the service address.",
            )
        case Reason.SLOW_CONNECTION:
            return translate(
                "wording",
                "The connection is too slow. Nothing was sent. Check that the internet works.",
            )
        case Reason.KEY_REFUSED:
            return translate("wording", "The key cannot be right. Nothing was sent. Copy it again.")
        case _:
            return say_reason(reason)
