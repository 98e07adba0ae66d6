"""What was understood of a list, and of a row where room is scarce."""

import html

from cascade_desktop.core.numbering import show_phone
from cascade_desktop.core.reading_problems import (
    AmbiguousPhone,
    NotCalculated,
    PhoneProblem,
    PlusNeeded,
    RoundedByExcel,
    TwoPhones,
)
from cascade_desktop.core.recipients import Recipients
from cascade_desktop.core.table import column_letter
from cascade_desktop.ui.wording_plurals import translate
from cascade_desktop.ui.wording_reading import country_name, say_reading

CHOICE = 2
"""So many numbers stand beside a row as buttons."""


def say_understood(recipients: Recipients) -> str:
    """Say how the file was understood, with a link to change it."""
    source = recipients.table.source
    at = recipients.phone_column
    column = recipients.table.names[at] or column_letter(at)
    facts = {
        "sheet": source.sheet or source.file,
        "row": str(source.header_row or ""),
        "column": column,
        "country": country_name(recipients.country),
    }
    said = {name: f"<b>{html.escape(text)}</b>" for name, text in facts.items()}
    if source.header_row is None:
        words = translate(
            "wording",
            "We read {sheet}, which has no column names, with the phones in column {column};"
            " numbers without a code are from {country}.",
        )
    elif source.sheet:
        words = translate(
            "wording",
            "We read the sheet {sheet}, column names in row {row}, phones in {column};"
            " numbers without a code are from {country}.",
        )
    else:
        words = translate(
            "wording",
            "We read {sheet}, column names in row {row}, phones in {column}; numbers without"
            " a code are from {country}.",
        )
    change = translate("wording", "Change")
    return f"{words.format(**said)} <a href='change'>{change}</a>"


def say_in_grid(problem: PhoneProblem) -> str:
    """Tell why a phone cannot be used, in a row's few lines; the tip has all of it."""
    match problem:
        case RoundedByExcel():
            return translate("wording", "Excel rounded it: digits are lost. See the original list.")
        case NotCalculated():
            return translate("wording", "Never calculated. Open the file in Excel and save it.")
        case TwoPhones(phones) if len(phones) == CHOICE:
            return translate("wording", "Two numbers in one cell: choose one.")
        case AmbiguousPhone(phones) if len(phones) == CHOICE:
            return translate("wording", "It may be a number of two countries: choose one.")
        case PlusNeeded(phone) if phone:
            text = translate(
                "wording", "Nobody can see whether it is a mobile. If so, use {phone}."
            )
            return text.format(phone=show_phone(phone))
        case _:
            return say_reading(problem)


def say_leave_out() -> str:
    """Name the button that leaves a row out."""
    return translate("wording", "Leave out")


def say_take_back() -> str:
    """Name the button that takes back a row that was left out."""
    return translate("wording", "Take back")


def say_never(count: int) -> str:
    """Name the entry of the menu that puts the chosen numbers on the “Do not message” list."""
    if count == 1:
        return translate("wording", "Never message again…")
    return translate("wording", "Never message %Ln number(s) again…", None, count)
