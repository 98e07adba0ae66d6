"""The sentences about delivery: what became of a message, what it took, how long asking takes."""

from decimal import Decimal

from PySide6.QtCore import QLocale

from cascade_desktop.core.delivery import BillSum
from cascade_desktop.core.states import Delivery
from cascade_desktop.ui.wording_plurals import translate

MINUTE_S, HOUR_S = 60, 3600
LONG_S = 120
"""From here on it is told how long asking takes."""
HOURS_FROM_S = 90 * MINUTE_S
ASKED_PER_S = 10


def say_delivery(delivery: str) -> str:
    """Name a delivery in a column of its own; a word that nobody documents stays as it came."""
    match delivery:
        case Delivery.SCHEDULED:
            return translate("wording", "Waits for its time")
        case Delivery.PROCESSING:
            return translate("wording", "On its way")
        case Delivery.DELIVERED:
            return translate("wording", "Delivered")
        case Delivery.UNDELIVERABLE | Delivery.PERMANENT_ERROR:
            return translate("wording", "Not delivered")
        case _:
            return delivery


def say_undelivered(delivery: str) -> str:
    """Tell why a message that was sent did not arrive, and what to do; "" where it may have."""
    match delivery:
        case Delivery.UNDELIVERABLE:
            return translate(
                "wording", "It could not be delivered: the phone may be off. Check the number."
            )
        case Delivery.PERMANENT_ERROR:
            return translate(
                "wording", "It can never be delivered to this number. Correct it in your list."
            )
        case _:
            return ""


def say_cost(cost: float | Decimal, currency: str) -> str:
    """Write an amount of money as the operator's language does."""
    exact = Decimal(str(cost)).normalize()
    places = max(2, -int(exact.as_tuple().exponent))
    return f"{QLocale().toString(float(exact), 'f', places)} {currency}".strip()


def say_bill(bill: BillSum) -> str:
    """Tell what all messages took so far: parts and money; "" while nothing is known."""
    parts = bill.parts
    words = translate("wording", "%Ln SMS", None, parts) if parts else ""
    costs = (say_cost(cost, currency) for currency, cost in bill.costs if cost)
    return ", ".join(part for part in (words, *costs) if part)


def say_known(known: int, sent: int, bill: BillSum) -> str:
    """Tell of how many messages the end is known, what they took, how long the rest takes."""
    if known >= sent:
        words = [translate("wording", "Delivery is known for all {all}.")]
    else:
        words = [translate("wording", "Delivery is known for {known} of {all} so far.")]
    if (sent - known) / ASKED_PER_S > LONG_S:
        words.append(_say_long(round((sent - known) / ASKED_PER_S)))
    if taken := say_bill(bill):
        words.append(f"{taken}.")
    return " ".join(words).format(known=_number(known), all=_number(sent))


def say_not_told() -> str:
    """Tell that the service does not know our messages where it is asked about them."""
    return translate(
        "wording",
        "SMSBAT does not tell this program what was delivered. Ask SMSBAT for a delivery report.",
    )


def _say_long(seconds: int) -> str:
    if seconds < HOURS_FROM_S:
        minutes = round(seconds / MINUTE_S)
        time = translate("wording", "%Ln minute(s)", None, minutes)
    else:
        hours = round(seconds / HOUR_S)
        time = translate("wording", "%Ln hour(s)", None, hours)
    words = translate(
        "wording",
        "SMSBAT answers ten questions a second: asking about the others takes about {time}, while"
        " this program is open.",
    )
    return words.replace("{time}", time)


def _number(value: int) -> str:
    return QLocale().toString(value)
