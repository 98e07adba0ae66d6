"""The sentences about saved campaigns: why one does not open, what of it did not come back."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import assert_never

from PySide6.QtCore import QLocale

from cascade_desktop.core.campaign_file import Campaign, NewerCampaign
from cascade_desktop.engine.campaign_files import Fault, Unreadable
from cascade_desktop.engine.list_presence import Presence
from cascade_desktop.ui.wording import say_file
from cascade_desktop.ui.wording_plurals import translate

ROWS_NAMED = 6
PROBLEMS_TOLD = 4


def say_unreadable(problem: Unreadable) -> str:
    """Tell why a campaign file does not open, and what to do."""
    if problem.fault is not None:
        return _say_fault(problem.fault).format(file=problem.file)
    told = [say_file(one) for one in problem.problems[:PROBLEMS_TOLD]]
    begin = translate("wording", "“{file}” was not opened.").format(file=problem.file)
    if len(problem.problems) > PROBLEMS_TOLD:
        more = len(problem.problems) - PROBLEMS_TOLD
        told.append(translate("wording", "And %Ln more problem(s).", None, more))
    return "\n".join((begin, *told))


def say_unusable_briefly(problem: Unreadable) -> str:
    """Tell in a few words why a saved campaign cannot be opened."""
    match problem.fault:
        case None if any(isinstance(one, NewerCampaign) for one in problem.problems):
            return translate("wording", "saved by a newer version")
        case None | Fault.EMPTY | Fault.TOO_BIG:
            return translate("wording", "damaged, or no campaign")
        case Fault.MISSING:
            return translate("wording", "not there any more")
        case Fault.NO_PERMISSION:
            return translate("wording", "you may not read it")
        case Fault.CANNOT_READ | Fault.IS_FOLDER:
            return translate("wording", "cannot be read")
    assert_never(problem.fault)


def say_list_missing(campaign: Campaign) -> str:
    """Tell where a campaign's list was, and what to do."""
    place = Path(campaign.recipients.file)
    if not place.is_absolute():
        text = translate(
            "wording",
            "The message is open. It is not known where its list was: “{file}”. Choose that list,"
            " or open another one.",
        )
    else:
        text = translate(
            "wording",
            "The message is open, but its list is not there any more: {folder} has no “{file}”."
            " Choose where the list is now, or open another one.",
        )
    return text.format(file=place.name, folder=place.parent)


def say_list_not_read(campaign: Campaign, why: str) -> str:
    """Tell why a campaign's list did not come back."""
    file = Path(campaign.recipients.file).name
    begin = translate("wording", "The message is open, but its list “{file}” is not.")
    return f"{begin.format(file=file)} {why}"


def say_list_awaited(campaign: Campaign, *, reads: bool) -> str:
    """Tell why a campaign does not leave: another list is open than its own."""
    file = Path(campaign.recipients.file).name
    if reads:
        text = translate("wording", "The list of this campaign is still being read.")
    elif file:
        text = translate("wording", "This campaign is for “{file}”, which is not open.")
    else:
        text = translate(
            "wording", "This campaign is for numbers pasted or typed then, which are not open."
        )
    return text.format(file=file)


def say_not_kept() -> str:
    """Tell that what was typed before could not be kept, so that nothing took its place."""
    return translate(
        "wording",
        "What you typed before could not be kept: the disk does not take it. Is it full? Your text"
        " stays as it is. Save it under another name, or make room, and open again.",
    )


def say_list_presence(presence: Presence, file: str) -> str:
    """Tell that the file of the open list is not what was read; "" where it is."""
    match presence:
        case Presence.SAME:
            return ""
        case Presence.CHANGED:
            text = translate(
                "wording",
                "“{file}” was changed after you opened it. What you see, and what is sent, is what"
                " it held then.",
            )
        case Presence.GONE:
            text = translate(
                "wording",
                "“{file}” is not where it was. What you see, and what is sent, is what it held.",
            )
        case _:
            assert_never(presence)
    return text.format(file=file)


def say_list_changed(campaign: Campaign) -> str:
    """Tell that a list is not what it was, and which decisions about its rows do not hold."""
    file = Path(campaign.recipients.file).name
    begin = translate("wording", "“{file}” has changed since.").format(file=file)
    dropped = say_dropped(campaign.edits, campaign.left_out)
    end = (
        translate(
            "wording",
            "Look through the list again. What you decided for the old contents is kept under"
            " Saved campaigns.",
        )
        if dropped
        else translate("wording", "Look at who gets the message.")
    )
    return " ".join((begin, *dropped, end))


def say_dropped(edits: Collection[int], left_out: Collection[int]) -> tuple[str, ...]:
    """Tell which decisions about rows do not hold in a list, by the rows' numbers."""
    told: list[str] = []
    if edits:
        count = len(edits)
        text = translate(
            "wording", "Corrections of %Ln row(s) were not applied: {rows}.", None, count
        )
        told.append(text.format(rows=_rows(sorted(edits))))
    if left_out:
        count = len(left_out)
        text = translate(
            "wording", "%Ln row(s) you left out (is/are) in again: {rows}.", None, count
        )
        told.append(text.format(rows=_rows(sorted(left_out))))
    return tuple(told)


def say_kept_aside(count: int) -> str:
    """Tell that drafts of the last time could not be read."""
    return translate(
        "wording",
        "%Ln draft(s) of the last time could not be read: damaged, or saved by a newer version of"
        " this program. Nothing was deleted: you find (it/them) under Saved campaigns.",
        None,
        count,
    )


def _say_fault(fault: Fault) -> str:
    match fault:
        case Fault.MISSING:
            return translate("wording", "“{file}” is not there. Was it moved or renamed?")
        case Fault.IS_FOLDER:
            return translate("wording", "“{file}” is a folder. Choose a campaign file in it.")
        case Fault.NO_PERMISSION:
            return translate(
                "wording",
                "You are not allowed to read “{file}”. Copy it to your own folder, or ask your"
                " administrator.",
            )
        case Fault.EMPTY:
            return translate(
                "wording", "“{file}” is empty. Choose another campaign file, or get it once more."
            )
        case Fault.TOO_BIG:
            return translate("wording", "“{file}” is far too big for a campaign file.")
        case Fault.CANNOT_READ:
            return translate(
                "wording",
                "“{file}” could not be read from the disk. Copy it to this computer and choose the"
                " copy.",
            )
    assert_never(fault)


def _rows(rows: Sequence[int]) -> str:
    shown = ", ".join(QLocale().toString(row) for row in rows[:ROWS_NAMED])
    return f"{shown} …" if len(rows) > ROWS_NAMED else shown
