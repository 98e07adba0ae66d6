"""A disk as a power cut leaves it, told from the calls of a process that a shim noted."""

import itertools
import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

SECTOR = 512
_HEADER = struct.Struct("<c3xIQQ")


class Kind(StrEnum):
    """What a call does; the letters are the shim's."""

    WRITE = "w"
    TRUNCATE = "t"
    REMOVE = "u"
    RENAME = "r"
    SYNC = "f"
    SEND = "s"
    PLACE = "P"
    """A renamed file takes its new name; never in a log."""


class Call(NamedTuple):
    """What a process did to one file, or sent: ``at`` is an offset, a length or a handle."""

    kind: Kind
    path: str
    at: int
    data: bytes


def read_calls(log: Path) -> Iterator[Call]:
    """Yield what a shim noted, in order."""
    with log.open("rb") as file:
        while header := file.read(_HEADER.size):
            kind, path_size, at, size = _HEADER.unpack(header)
            path = file.read(path_size).decode()
            yield Call(Kind(kind.decode()), path, at, file.read(size))


@dataclass(slots=True)
class Disk:
    """Files, each with what is surely there and what a power cut may still take."""

    sure: dict[str, bytes] = field(default_factory=dict)
    pending: dict[str, list[Call]] = field(default_factory=dict)

    def take(self, call: Call) -> None:
        """Note a call; a sync makes sure what was done to its file before."""
        match call.kind:
            case Kind.SEND:
                pass
            case Kind.SYNC:
                self._put(call.path, self._whole(call.path))
                self.pending.pop(call.path, None)
            case Kind.RENAME:
                content = self._whole(call.path) or b""
                self._wait(Call(Kind.PLACE, call.data.decode(), 0, content))
                self._wait(Call(Kind.REMOVE, call.path, 0, b""))
            case _:
                self._wait(call)

    def after_a_cut(self, dice: random.Random) -> dict[str, bytes]:
        """Return the files of one way in which it may end."""
        share, torn = dice.choice((0.0, 0.1, 0.5, 0.9, 1.0)), dice.random() < 0.5
        found: dict[str, bytes] = {}
        for path in self.sure.keys() | self.pending.keys():
            kept = [call for call in self.pending.get(path, ()) if dice.random() < share]
            if torn:
                kept = [part for call in kept for part in _sectors(call, dice)]
            content = _after(self.sure.get(path), kept)
            if content is not None:
                found[path] = content
        return found

    def _wait(self, call: Call) -> None:
        self.pending.setdefault(call.path, []).append(call)

    def _whole(self, path: str) -> bytes | None:
        return _after(self.sure.get(path), self.pending.get(path, []))

    def _put(self, path: str, content: bytes | None) -> None:
        if content is None:
            self.sure.pop(path, None)
        else:
            self.sure[path] = content


def _after(content: bytes | None, calls: list[Call]) -> bytes | None:
    """Return a file after these calls; None where there is none."""
    now = None if content is None else bytearray(content)
    for call in calls:
        match call.kind:
            case Kind.REMOVE:
                now = None
                continue
            case Kind.PLACE:
                now = bytearray(call.data)
                continue
        now = bytearray() if now is None else now
        end = call.at + len(call.data)
        now.extend(bytes(max(0, end - len(now))))
        if call.kind is Kind.WRITE:
            now[call.at : end] = call.data
        else:
            del now[call.at :]
    return None if now is None else bytes(now)


def _sectors(call: Call, dice: random.Random) -> list[Call]:
    """Tear a write: of its sectors some survive."""
    if call.kind is not Kind.WRITE:
        return [call]
    first = SECTOR - call.at % SECTOR
    cuts = [0, *range(first, len(call.data), SECTOR), len(call.data)]
    parts = [
        call._replace(at=call.at + begin, data=call.data[begin:end])
        for begin, end in itertools.pairwise(cuts)
    ]
    return [part for part in parts if dice.random() < 0.5]
