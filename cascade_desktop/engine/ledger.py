"""What left from a data folder, kept outside it: a folder put back from a copy sends nothing twice.

A text file for each data folder, only ever appended to. A line holds a batch: its mark, and a
keyed hash for each of its tracking ids. The journal notes the latest mark with the intent, so a
journal whose mark is not the last one is older than what was sent.
"""

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from cascade_desktop.engine.lock import hold_alone
from cascade_desktop.engine.private import PRIVATE_FILE, make_private

FOLDER = "ledger"
_KEY_SUFFIX = ".key"
_KEY_BYTES = 32
_HASH_LENGTH = 24
_MARK_LENGTH = 16
_KEY_LINE, _BATCH_LINE = "k", "b"
_BINARY = getattr(os, "O_BINARY", 0)


def make_mark() -> str:
    """Return a mark that no other batch has."""
    return secrets.token_hex(_MARK_LENGTH // 2)


class MovedOnError(OSError):
    """Another program, at work in a copy of the folder, has entered a batch meanwhile."""


class Ledger:
    """One data folder's ledger in this computer's state folder.

    Every method that touches the disk may raise OSError. What others enter is seen at once: two
    copies of a folder may be open at the same time.
    """

    def __init__(self, state: Path, folder_id: str) -> None:
        self._path = state / FOLDER / f"{folder_id}.txt"
        self._marks: list[tuple[str, int]] = []
        self._size = -1
        self._fingerprint = ""
        self._ahead: tuple[str, dict[str, str]] = ("", {})

    def last(self) -> str:
        """Return the mark of the latest batch; "" when this computer does not know the folder."""
        marks = self._load()
        return marks[-1][0] if marks else ""

    def knows(self, mark: str) -> bool:
        """Tell whether a batch, or the beginning, has this mark."""
        return any(mark == known for known, _ in self._load())

    def is_whole(self) -> bool:
        """Tell whether no line is torn: what was torn off may have left."""
        return all(_is_line(kind, words) for kind, words in _lines(self._path))

    def count_after(self, mark: str) -> int:
        """Return how many messages left after a mark."""
        count = 0
        for known, size in reversed(self._load()):
            if known == mark:
                break
            count += size
        return count

    def may_write(self) -> bool:
        """Tell whether a batch could be entered: the file can be opened, and its key be read."""
        try:
            os.close(self._open())
            _read_key(self._path)
        except OSError:
            return False
        return True

    def prepare(self, ids: Iterable[str]) -> None:
        """Work out ahead what an entry of these ids will hold."""
        key = _read_key(self._path)
        self._ahead = (_fingerprint(key), {name: _hash(key, name) for name in ids})

    def append(self, mark: str, ids: Iterable[str]) -> None:
        """Enter a batch; it is on the disk when this returns, and not at all when it fails.

        Raises:
            MovedOnError: somebody else entered one since this ledger was last asked.
        """
        if self._size < 0:
            self._load()
        handle = self._open()
        try:
            hold_alone(handle)
            size = os.fstat(handle).st_size
            if size != self._size:
                raise MovedOnError
            key = self._own_key()
            made_with, known = self._ahead
            known = known if made_with == _fingerprint(key) else {}
            hashes = [known.get(name) or _hash(key, name) for name in ids]
            line = f"{self._begin(handle, size, key)}{_BATCH_LINE} {mark} {''.join(hashes)}\n"
            try:
                _write(handle, line.encode("ascii"))
            except OSError:
                with suppress(OSError):
                    os.ftruncate(handle, size)
                raise
        finally:
            os.close(handle)
        self._fingerprint = _fingerprint(key)
        self._marks.append((mark, len(hashes)))
        self._size = size + len(line)

    def holds(self, ids: Iterable[str]) -> set[str]:
        """Return which of these ids ever left this computer, whatever folder they were in.

        All of them where it cannot be told: the key that they were entered with is gone.
        """
        asked = set(ids)
        found: set[str] = set()
        for path in self._path.parent.glob("*.txt"):
            key = _read_key(path)
            entered: set[str] = set()
            fingerprint = ""
            for kind, words in _lines(path):
                if kind == _KEY_LINE:
                    fingerprint = "".join(words)
                elif kind == _BATCH_LINE and len(words) > 1:
                    if fingerprint != _fingerprint(key):
                        return asked
                    entered.update(_split(words[1]))
            found |= {name for name in asked if _hash(key, name) in entered}
        return found

    def _load(self) -> list[tuple[str, int]]:
        size = 0
        with suppress(FileNotFoundError):
            size = self._path.stat().st_size
        if size != self._size:
            marks: list[tuple[str, int]] = []
            self._fingerprint = ""
            for kind, words in _lines(self._path):
                if kind == _KEY_LINE:
                    self._fingerprint = "".join(words)
                elif kind == _BATCH_LINE and len("".join(words[:1])) == _MARK_LENGTH:
                    marks.append((words[0], len("".join(words[1:])) // _HASH_LENGTH))
            self._marks, self._size = marks, size
        return self._marks

    def _open(self) -> int:
        for folder in (self._path.parent.parent, self._path.parent):
            make_private(folder)
        is_new = not self._path.exists()
        handle = os.open(self._path, os.O_CREAT | os.O_APPEND | os.O_RDWR | _BINARY, PRIVATE_FILE)
        if is_new:
            _sync_folder(self._path.parent)
        return handle

    def _own_key(self) -> bytes:
        """Return the key of this ledger; a new one where it is gone or torn."""
        key = _read_key(self._path)
        if not key:
            key = secrets.token_bytes(_KEY_BYTES)
            flags = os.O_CREAT | os.O_TRUNC | os.O_WRONLY | _BINARY
            handle = os.open(self._path.with_suffix(_KEY_SUFFIX), flags, PRIVATE_FILE)
            try:
                _write(handle, key)
            finally:
                os.close(handle)
            _sync_folder(self._path.parent)
        return key

    def _begin(self, handle: int, size: int, key: bytes) -> str:
        """Return what comes before a batch: an end to a torn line, the name of a new key."""
        torn = False
        if size:
            os.lseek(handle, -1, os.SEEK_END)
            torn = os.read(handle, 1) != b"\n"
        fingerprint = _fingerprint(key)
        named = "" if fingerprint == self._fingerprint else f"{_KEY_LINE} {fingerprint}\n"
        return ("\n" if torn else "") + named


def _read_key(path: Path) -> bytes:
    """Return the key of a ledger; nothing where it is gone or torn."""
    with suppress(FileNotFoundError):
        key = path.with_suffix(_KEY_SUFFIX).read_bytes()
        if len(key) == _KEY_BYTES:
            return key
    return b""


def _lines(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each line's kind and words; a torn one as far as it goes, for it may have left."""
    if not path.exists():
        return
    with path.open(encoding="ascii", errors="replace") as file:
        for line in file:
            kind, *words = line.split() or [""]
            yield kind, words


def _is_line(kind: str, words: list[str]) -> bool:
    sizes = [len(word) for word in words]
    if kind == _KEY_LINE:
        return sizes == [_HASH_LENGTH]
    hashes = sizes[1:]
    is_batch = kind == _BATCH_LINE and sizes[:1] == [_MARK_LENGTH]
    return is_batch and len(hashes) <= 1 and sum(hashes) % _HASH_LENGTH == 0


def _split(hashes: str) -> Iterator[str]:
    for at in range(0, len(hashes), _HASH_LENGTH):
        yield hashes[at : at + _HASH_LENGTH]


def _hash(key: bytes, name: str) -> str:
    # Keyed BLAKE2b is a MAC as HMAC is, in a third of its time: it is paid for every message.
    return blake2b(name.encode(), key=key, digest_size=_HASH_LENGTH // 2).hexdigest()


def _fingerprint(key: bytes) -> str:
    return _hash(key, "")


def _write(handle: int, data: bytes) -> None:
    """Write everything and wait until it is on the disk."""
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]
    os.fsync(handle)


def _sync_folder(folder: Path) -> None:
    """Let a new file's name survive a power cut; Windows has no way to say so and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
