"""Say what a file of our own holds and what must come out of it, in the manifest's form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

P1, P2, P3 = "+380501112233", "+380672223344", "+380933334455"
PHONES = (P1, P2, P3)
NAMES = ("Олена", "Андрій", "Ґанна Ї.")

Content = bytes | str | Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class Case:
    """A file and what `check --json` must say of it."""

    name: str
    content: Content
    wanted: Mapping[str, Any]

    def write(self, folder: Path) -> Path:
        """Write the file into a folder."""
        path = folder / self.name
        match self.content:
            case bytes():
                path.write_bytes(self.content)
            case str():
                path.write_bytes(self.content.encode())
            case write:
                write(path)
        return path


def rows(name: str, content: Content, phones: Sequence[str] = PHONES, **more: Any) -> Case:
    """Expect people."""
    return _case(name, content, {"expect": "rows", "phones": list(phones), **more})


def asks(name: str, content: Content, code: str, **more: Any) -> Case:
    """Expect a question."""
    return _case(name, content, {"expect": "ask", "code": code, **more})


def fails(name: str, content: Content, code: str, **more: Any) -> Case:
    """Expect a refusal."""
    return _case(name, content, {"expect": "error", "code": code, **more})


def table(separator: str = ";", end: str = "\r\n", head: Sequence[str] = ("phone", "name")) -> str:
    """Return a small list as delimited text."""
    lines = [head, *zip(PHONES, NAMES, strict=True)]
    return "".join(separator.join(line) + end for line in lines)


def _case(name: str, content: Content, wanted: dict[str, Any]) -> Case:
    limits = {"group": "own", "max_s": 5, "max_mb": 300}
    return Case(name, content, {**limits, **wanted})
