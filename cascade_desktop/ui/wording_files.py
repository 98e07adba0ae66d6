"""The sentences about files that cannot be read: what was found, and what to do."""

from typing import assert_never

from PySide6.QtCore import QLocale

from cascade_desktop.core.decisions import Lost
from cascade_desktop.core.reading_problems import FileFault, FileProblem
from cascade_desktop.ui.wording_plurals import translate


def say_file(problem: FileProblem) -> str:
    """Tell why a file gave no list."""
    fault = problem.fault
    match fault:
        case FileFault.MISSING | FileFault.IS_FOLDER | FileFault.NO_PERMISSION | FileFault.IN_USE:
            return _say_place(problem)
        case FileFault.CANNOT_READ | FileFault.TOO_SLOW:
            return _say_failure(problem)
        case FileFault.STILL_WRITTEN | FileFault.READER_FAILED:
            return _say_failure(problem)
        case FileFault.LOCK_FILE | FileFault.NOT_A_SPREADSHEET | FileFault.HTML_TABLE:
            return _say_kind(problem)
        case FileFault.XML_TABLE | FileFault.ENCRYPTED | FileFault.EMPTY_FILE | FileFault.NO_ROWS:
            return _say_content(problem)
        case (
            FileFault.CORRUPT
            | FileFault.UNSAFE_FILE
            | FileFault.TOO_BIG
            | FileFault.TOO_MUCH_PASTED
        ):
            return _say_damage(problem)
        case FileFault.TOO_MANY_COLUMNS | FileFault.NO_SUCH_SHEET | FileFault.WRONG_ENCODING:
            return _say_choice(problem)
    assert_never(fault)


def say_dropped(count: int) -> str:
    """Tell why what was dropped is not opened: a link, a folder, or several files at once."""
    if not count:
        return translate(
            "wording",
            "This is a link to a web page, not a file. Save the list on this computer and drop the"
            " file.",
        )
    if count == 1:
        return translate("wording", "This is a folder. Open it and drop the list itself.")
    return translate("wording", "Drop one file at a time: a campaign has one list.")


def say_lost(why: Lost, file: str) -> str:
    """Tell that corrections and left-out rows do not hold, and what to do."""
    match why:
        case Lost.FILE_CHANGED:
            text = translate(
                "wording",
                "“{file}” has changed since you opened it. Your corrections and the rows you left"
                " out were for the old contents: look through the list again.",
            )
        case Lost.OTHER_ROWS:
            text = translate(
                "wording",
                "Your corrections and the rows you left out were for the list as it was read"
                " before: look through the list again.",
            )
        case Lost.OTHER_COLUMN:
            text = translate(
                "wording",
                "Your corrections were made in another column and do not count here: look through"
                " the list again.",
            )
        case _:
            assert_never(why)
    return text.format(file=file)


def _say_place(problem: FileProblem) -> str:
    match problem.fault:
        case FileFault.MISSING:
            text = translate("wording", "“{file}” is not there. Was it moved or renamed?")
        case FileFault.IS_FOLDER:
            text = translate("wording", "“{file}” is a folder. Choose a file in it.")
        case FileFault.IN_USE:
            text = translate(
                "wording",
                "“{file}” is open in another program. Close it there and choose it again.",
            )
        case _:
            text = translate(
                "wording",
                "You are not allowed to read “{file}”. Copy it to your own folder, or ask your"
                " administrator.",
            )
    return text.format(file=problem.file)


def _say_failure(problem: FileProblem) -> str:
    match problem.fault:
        case FileFault.CANNOT_READ:
            text = translate(
                "wording",
                "“{file}” could not be read from the disk. Copy it to this computer and choose the"
                " copy.",
            )
        case FileFault.STILL_WRITTEN:
            text = translate(
                "wording",
                "“{file}” changed while it was being read. Wait until it is saved whole and choose"
                " it again.",
            )
        case FileFault.TOO_SLOW:
            text = translate(
                "wording",
                "Reading “{file}” took too long and was stopped. Open it in Excel, copy only the"
                " people into a new workbook and choose that.",
            )
        case _:
            text = translate(
                "wording",
                "“{file}” could not be read. Open it in Excel, save it as an Excel workbook (.xlsx)"
                " and choose that.",
            )
    return text.format(file=problem.file)


def _say_kind(problem: FileProblem) -> str:
    match problem.fault:
        case FileFault.LOCK_FILE:
            return translate(
                "wording",
                "This is the lock file that Excel makes while a workbook is open. Choose the file"
                " without ~$.",
            )
        case FileFault.HTML_TABLE:
            text = translate(
                "wording",
                "“{file}” is a web page, although its name says spreadsheet. Open it in Excel, save"
                " it as an Excel workbook (.xlsx) and choose that.",
            )
        case _ if problem.detail:
            text = translate(
                "wording",
                "“{file}” is not a list but a file of another kind ({kind}). Choose a spreadsheet"
                " (.xlsx, .xls, .ods) or a text list (.csv, .txt).",
            )
        case _:
            text = translate(
                "wording",
                "“{file}” is not a spreadsheet. Choose a spreadsheet (.xlsx, .xls, .ods) or a text"
                " list (.csv, .txt).",
            )
    return text.format(file=problem.file, kind=problem.detail)


def _say_content(problem: FileProblem) -> str:
    match problem.fault:
        case FileFault.ENCRYPTED:
            return translate(
                "wording",
                "This file is protected with a password. Open it in Excel, remove the password"
                " (File → Info → Protect Workbook) and save.",
            )
        case FileFault.XML_TABLE:
            text = translate(
                "wording",
                "“{file}” is in an old Excel format from 2003. Open it in Excel, save it as an"
                " Excel workbook (.xlsx) and choose that.",
            )
        case FileFault.EMPTY_FILE:
            text = translate("wording", "“{file}” is empty. Choose the file that holds your list.")
        case _:
            text = translate(
                "wording", "There is nobody in “{file}”: no rows below the column names."
            )
    return text.format(file=problem.file)


def _say_damage(problem: FileProblem) -> str:
    match problem.fault:
        case FileFault.TOO_MUCH_PASTED:
            return say_too_much_pasted(problem.limit)
        case FileFault.CORRUPT:
            text = translate(
                "wording",
                "“{file}” is damaged. Open it in Excel, let it repair the file, save it and choose"
                " it again; or get the file once more from where it came.",
            )
        case FileFault.UNSAFE_FILE:
            text = translate(
                "wording",
                "“{file}” is built in a way that no spreadsheet program writes and could harm this"
                " computer. It was not opened. Ask the sender for a new copy saved by Excel.",
            )
        case _:
            text = translate(
                "wording",
                "“{file}” is too big for one list. Copy the people into a new workbook of at most"
                " 1,048,575 rows and choose that.",
            )
    return text.format(file=problem.file)


def _say_choice(problem: FileProblem) -> str:
    match problem.fault:
        case FileFault.TOO_MANY_COLUMNS:
            text = translate(
                "wording",
                "“{file}” has {count} columns, more than any spreadsheet. Was it saved with the"
                " wrong separator?",
            )
        case FileFault.NO_SUCH_SHEET:
            text = translate("wording", "There is no sheet “{name}” in “{file}”.")
        case _:
            text = translate(
                "wording",
                "“{file}” cannot be read this way. Choose another way to read its letters.",
            )
    return text.format(file=problem.file, count=problem.count, name=problem.detail)


def say_too_much_pasted(limit: int) -> str:
    """Tell that a text is longer than what can be pasted, and what to do."""
    return translate(
        "wording",
        "This is too much to paste: up to {limit} lines fit. Save it as an Excel workbook or a text"
        " file and open that; files may be far longer.",
    ).format(limit=QLocale().toString(limit))


def say_doubtful_row(row: int, header_row: int, cells: str) -> str:
    """Ask about a row that may be a person: above the names of the columns, or without a phone."""
    if header_row:
        text = translate(
            "wording",
            "Row {row} ({cells}) has a phone, but stands above the names of the columns: it gets no"
            " message. Is it a person?",
        )
    else:
        text = translate(
            "wording",
            "Row {row} ({cells}) has no phone. Is it a person, or are these the names of the"
            " columns?",
        )
    return text.format(row=row, cells=cells)
