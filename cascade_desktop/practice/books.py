"""The service's books: every POST it received and every message it took, on disk.

One line of JSON a request, written whole before the answer leaves, so a batch is booked entirely
or not at all and a killed process forgets nothing it answered for. Only the place of each line is
kept in memory: a million messages cost kilobytes.
"""

import json
import os
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO

from cascade_desktop.practice.rules import Message

FILE_NAME = "books.jsonl"
_UUID_LENGTH = 36


@dataclass(frozen=True, slots=True)
class Entry:
    """One POST as the service saw it, with the messages that it took."""

    at: float
    route: str
    content_bytes: int
    size: int
    """Messages in the array, taken or not."""
    keys: tuple[str, ...]
    """Names of the key headers that came, never their values."""
    in_flight: int
    """Requests being answered at that moment, this one included."""
    client_port: int
    status: int
    """The answer's status; 0 when the connection was dropped instead."""
    fault: str
    """Code of the rule that was broken, whatever the answer said."""
    taken: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Booked:
    """One message as it stands in the books."""

    message: Message
    message_id: str
    request: int
    at: float


class Books:
    """Append-only record of all requests, kept in a folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path = folder / FILE_NAME
        self._file = _open_private(self.path)
        self._places = array("Q")
        self._cached: tuple[int, Entry | None] = (-1, None)
        self._load()

    @property
    def next_request(self) -> int:
        """Number that the next request will have; the first has 0."""
        return len(self._places)

    def write(self, entry: Entry) -> None:
        """Append one request and hand it to the system, so that a kill cannot lose it."""
        written = {field.name: getattr(entry, field.name) for field in fields(entry)}
        line = json.dumps(written, ensure_ascii=False, separators=(",", ":"))
        place = self._file.seek(0, os.SEEK_END)
        self._file.write(line.encode() + b"\n")
        self._file.flush()
        self._places.append(place)

    def entries(self) -> Iterator[tuple[int, Entry]]:
        """Walk all requests with their numbers; safe from any thread, sees whole lines only."""
        with self.path.open("rb") as file:
            for number, line in enumerate(file):
                entry = _read(line) if line.endswith(b"\n") else None
                if entry is not None:
                    yield number, entry

    def messages(self) -> Iterator[Booked]:
        """Walk all messages taken, in the order of their requests."""
        for number, entry in self.entries():
            yield from booked(number, entry)

    def counts(self) -> Counter[str]:
        """Count how many times each tracking id was taken."""
        return Counter(taken.message["id"] for taken in self.messages())

    def find(self, message_id: str) -> Booked | None:
        """Look a message up by the id that the service gave it."""
        place = _place_of(message_id)
        if place is None or place[0] >= len(self._places):
            return None
        entry = self._entry(place[0])
        if entry is None or place[1] >= len(entry.taken):
            return None
        message = entry.taken[place[1]]
        if identify(place[0], place[1], message["id"]) != message_id:
            return None
        return Booked(message, message_id, place[0], entry.at)

    def forget(self) -> None:
        """Erase everything: the books hold the phones and texts of real lists."""
        self._file.truncate(0)
        self._file.flush()
        del self._places[:]
        self._cached = (-1, None)

    def close(self) -> None:
        """Release the file."""
        self._file.close()

    def _entry(self, number: int) -> Entry | None:
        # Statuses are asked for a batch at a time: the last line read answers most of them.
        if self._cached[0] != number:
            self._file.seek(self._places[number])
            self._cached = (number, _read(self._file.readline()))
        return self._cached[1]

    def _load(self) -> None:
        """Find every line; a torn last one was never answered for, and goes."""
        self._file.seek(0)
        place = 0
        for line in self._file:
            if not line.endswith(b"\n"):
                self._file.truncate(place)
                break
            self._places.append(place)
            place += len(line)


def forget_messages(folder: Path, prefix: str) -> None:
    """Blank the messages whose ids begin so, in the books of a service that does not run.

    Their ids and places stay, so that every message keeps its message id.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return
    part = path.with_suffix(".part")
    with path.open("rb") as old, _open_private(part) as new:
        new.truncate(0)
        for line in old:
            new.write(_blanked(line, prefix))
        new.flush()
        os.fsync(new.fileno())
    part.replace(path)


def _blanked(line: bytes, prefix: str) -> bytes:
    entry = _read(line)
    if entry is None or not any(str(one["id"]).startswith(prefix) for one in entry.taken):
        return line
    found: dict[str, Any] = json.loads(line)
    found["taken"] = [
        {"id": one["id"], "toPhone": ""} if str(one["id"]).startswith(prefix) else one
        for one in entry.taken
    ]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def booked(number: int, entry: Entry) -> Iterator[Booked]:
    """Walk the messages that one request brought, each with its message id."""
    for position, message in enumerate(entry.taken):
        yield Booked(message, identify(number, position, message["id"]), number, entry.at)


def identify(request: int, position: int, tracking_id: str) -> str:
    """Give a message its UUID, whose last group says where in the books it stands.

    >>> identify(2, 5, "promo-1")[-12:]
    '000000002005'
    """
    head = blake2b(f"{request}.{position}.{tracking_id}".encode(), digest_size=9).hexdigest()
    return f"{head[:8]}-{head[8:12]}-4{head[12:15]}-8{head[15:18]}-{request:09x}{position:03x}"


def _place_of(message_id: str) -> tuple[int, int] | None:
    try:
        place = int(message_id[-12:], 16)
    except ValueError:
        return None
    return (place >> 12, place & 0xFFF) if len(message_id) == _UUID_LENGTH else None


def _read(line: bytes) -> Entry | None:
    """Read one line, or nothing where the disk or a person spoilt it."""
    try:
        found: dict[str, Any] = json.loads(line)
        found["keys"] = tuple(found["keys"])
        found["taken"] = tuple(found["taken"])
        return Entry(**found)
    except (ValueError, TypeError, KeyError):
        return None


def _open_private(path: Path) -> BinaryIO:
    """Open for reading and appending, readable by its owner only where the system can."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    return os.fdopen(descriptor, "r+b")
