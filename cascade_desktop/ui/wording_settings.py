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
        return say_reason(found.reason)
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
