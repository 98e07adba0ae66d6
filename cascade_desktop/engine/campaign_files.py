"""Campaign files on the disk: read with a plain reason where they are none, written whole."""

import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from cascade_desktop.core.campaign_file import (
    Campaign,
    FileProblem,
    read_campaign,
    write_campaign,
)
from cascade_desktop.engine.settings import write_whole

ENDING = ".cascade.json"
LARGEST = 16 << 20
"""A campaign file is a few kilobytes; nothing much larger is read into memory."""
NAME_BYTES = 160
"""Disks take names of 255 bytes, what is written beside them included."""
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$")


class Fault(StrEnum):
    """Tell why a file could not even be looked into."""

    MISSING = "missing"
    IS_FOLDER = "is_folder"
    NO_PERMISSION = "no_permission"
    EMPTY = "empty"
    TOO_BIG = "too_big"
    CANNOT_READ = "cannot_read"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Say why a file gave no campaign: a fault, or what is wrong with its contents."""

    file: str
    fault: Fault | None = None
    problems: tuple[FileProblem, ...] = ()


def is_campaign_file(path: Path) -> bool:
    """Tell by its name whether a file is a campaign."""
    return path.name.casefold().endswith(ENDING)


def read_file(path: Path) -> Campaign | Unreadable:
    """Read a campaign file; its list's place counts from the file's own folder."""
    fault, text = _text_of(path)
    if fault is not None:
        return Unreadable(path.name, fault)
    found = read_campaign(text)
    if not isinstance(found, Campaign):
        return Unreadable(path.name, None, found)
    ref = found.recipients
    place = str(path.parent / ref.file) if ref.file else ""
    return replace(found, recipients=replace(ref, file=place))


def write_file(path: Path, campaign: Campaign) -> None:
    """Write a campaign file, private and whole; a list beside it is named without its folder.

    Raises:
        OSError: it cannot be written.
    """
    ref = campaign.recipients
    place = Path(ref.file)
    if ref.file:
        with suppress(ValueError):
            place = place.relative_to(path.parent)
    told = replace(ref, file=place.as_posix() if ref.file else "")
    write_whole(Path(os.path.realpath(path)), write_campaign(replace(campaign, recipients=told)))


def with_ending(path: Path) -> Path:
    """Return a place with the ending of campaign files."""
    if is_campaign_file(path):
        return path
    name = path.name.removesuffix(".json").removesuffix(".cascade")
    return path.with_name(name + ENDING)


def unreserved(name: str) -> str:
    """Return a file's name that Windows does not keep for a device, such as CON."""
    return f"_{name}" if _RESERVED.match(name) else name


def file_name(name: str) -> str:
    """Return a campaign's name as a file's name that every system takes."""
    kept = "".join(sign if sign.isalnum() or sign in " -_().,’'" else "-" for sign in name)
    short = kept.strip(" .").encode("utf-8", "replace")[:NAME_BYTES].decode("utf-8", "ignore")
    return unreserved(short.strip(" .") or "campaign") + ENDING


def _text_of(path: Path) -> tuple[Fault | None, str]:
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            return Fault.IS_FOLDER, ""
        if not stat.S_ISREG(about.st_mode):
            return Fault.CANNOT_READ, ""
        if about.st_size > LARGEST:
            return Fault.TOO_BIG, ""
        text = path.read_bytes().decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return Fault.MISSING, ""
    except PermissionError:
        return Fault.NO_PERMISSION, ""
    except UnicodeDecodeError:
        return None, "?"  # no campaign, as any text that is none
    except (OSError, ValueError):
        return Fault.CANNOT_READ, ""
    return (None, text) if text.strip() else (Fault.EMPTY, "")
