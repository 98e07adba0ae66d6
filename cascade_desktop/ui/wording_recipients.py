"""What was understood of a list, in a sentence."""

import html

from cascade_desktop.core.recipients import Recipients
from cascade_desktop.core.table import column_letter
from cascade_desktop.ui.wording_plurals import translate
from cascade_desktop.ui.wording_reading import country_name


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
            " numbers without a country code are from {country}.",
        )
    elif source.sheet:
        words = translate(
            "wording",
            "We read the sheet {sheet}, column names in row {row}, phones in {column};"
            " numbers without a country code are from {country}.",
        )
    else:
        words = translate(
            "wording",
            "We read {sheet}, column names in row {row}, phones in {column}; numbers without"
            " a country code are from {country}.",
        )
    change = translate("wording", "Change")
    return f"{words.format(**said)} <a href='change'>{change}</a>"


def say_leave_out() -> str:
    """Name the button that leaves a row out."""
    return translate("wording", "Leave out")


def say_take_back() -> str:
    """Name the button that takes back a row that was left out."""
    return translate("wording", "Take back")
