"""The sentences about the “Do not message” list; the window and the command line share them."""

from typing import assert_never

from cascade_desktop.core.numbering import show_phone
from cascade_desktop.core.stop_list import Stopped, StopSum
from cascade_desktop.core.stop_reading import UnreadDate, UnreadRow
from cascade_desktop.ui.wording_plurals import translate
from cascade_desktop.ui.wording_reading import say_phone


def list_name() -> str:
    """Name the list, as files and dialogs call it."""
    return translate("wording", "Do not message")


def list_columns() -> tuple[str, str, str]:
    """Name the columns of an exported list; reading finds them by these names."""
    return (
        translate("wording", "Phone"),
        translate("wording", "Added (UTC)"),
        translate("wording", "Reason"),
    )


def say_stop_sum(done: StopSum) -> str:
    """Tell what adding numbers did."""
    added, known = done.added, done.known
    said = translate("wording", "%Ln number(s) added.", None, added)
    if not known:
        return said
    there = translate("wording", "%Ln (was/were) on the list already.", None, known)
    return f"{said} {there}"


def say_stopped_count(count: int) -> str:
    """Tell how many people will never be messaged again, beside the button that undoes it."""
    return translate("wording", "%Ln number(s) (is/are) on “Do not message” now.", None, count)


def say_unstopped(count: int) -> str:
    """Tell how many numbers were taken off the list."""
    return translate("wording", "%Ln number(s) taken off the list.", None, count)


def say_not_stopped(count: int) -> str:
    """Tell how many numbers were not on the list to begin with."""
    return translate("wording", "%Ln (was/were) not on the list.", None, count)


def say_unread_count(count: int) -> str:
    """Tell how many rows gave no number."""
    return translate(
        "wording", "%Ln row(s) could not be read and (was/were) not added:", None, count
    )


def say_undated_count(count: int) -> str:
    """Tell how many numbers count from today because their date cannot be read."""
    return translate(
        "wording",
        "%Ln date(s) could not be read; (this/these) (counts/count) from today:",
        None,
        count,
    )


def say_unread(row: UnreadRow | UnreadDate) -> str:
    """Tell what is wrong with a row, and show what stands in it."""
    match row:
        case UnreadRow(number, cell, problem):
            why = say_phone(problem)
            if not cell.strip() or cell.strip() in why:
                return translate("wording", "Row {row}: {why}").format(row=number, why=why)
            text = translate("wording", "Row {row}: “{cell}”. {why}")
            return text.format(row=number, cell=_cut(cell), why=why)
        case UnreadDate(number, cell):
            text = translate("wording", "Row {row}: “{cell}” is not a date.")
            return text.format(row=number, cell=_cut(cell))
    assert_never(row)


def say_unread_number(row: UnreadRow) -> str:
    """Tell what is wrong with a number that was typed."""
    text = translate("wording", "“{cell}”: {why}")
    return text.format(cell=_cut(row.cell), why=say_phone(row.problem))


def say_no_numbers() -> str:
    """Tell that nothing of what was given is a number."""
    return translate("wording", "There is no number here that can be put on the list.")


def say_nobody_stopped() -> str:
    """Tell that the list is empty."""
    return translate("wording", "Nobody is on the list.")


def say_stopped(entry: Stopped) -> str:
    """Say who is on the list since when and why, on one line."""
    when = f"{entry.added_at.astimezone():%Y-%m-%d}"
    return "  ".join(part for part in (show_phone(entry.phone), when, entry.reason) if part)


def say_list_written(path: str, count: int) -> str:
    """Tell where the exported list is."""
    text = translate("wording", "%Ln number(s) (is/are) in {path}", None, count)
    return text.format(path=path)


def _cut(text: str, longest: int = 60) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"
