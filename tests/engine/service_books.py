"""The service of a state machine: it plays faults, and keeps the books that laws are held to."""

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

from fault_server import Act, FaultServer, Request, receipts
from faults import BEHAVIOURS, FAULTS

from cascade_desktop.practice.server import PracticeServer


class Service(Protocol):
    """What a machine needs of a service."""

    names: tuple[str, ...]
    """What it can be asked to do wrong."""

    @property
    def url(self) -> str: ...

    def plays(self, *names: str) -> None:
        """Treat the next requests so, one after another, then honestly."""
        ...

    def taken(self) -> "Counter[str]":
        """Count how often each tracking id was taken."""
        ...


class RawSockets:
    """The fault server; every whole request is shown to a witness before it is answered."""

    names = tuple(sorted(FAULTS))

    def __init__(
        self, stack: ExitStack, clock: Callable[[], datetime], witness: Callable[[Request], None]
    ) -> None:
        self._server = stack.enter_context(FaultServer())
        self._witness = witness

        def honest(request: Request) -> bytes:
            return receipts(request, f"Date: {format_datetime(clock(), usegmt=True)}")

        self._server.default = self._seen(Act(answer=honest))

    @property
    def url(self) -> str:
        return self._server.url

    def plays(self, *names: str) -> None:
        self._server.plays(*(self._seen(FAULTS[name]) for name in names))

    def taken(self) -> "Counter[str]":
        return self._server.taken

    def _seen(self, act: Act) -> Act:
        return replace(act, before=self._witness)


class Practice:
    """The practice service, whose rules are its own."""

    names = tuple(sorted(BEHAVIOURS))

    def __init__(self, stack: ExitStack, clock: Callable[[], datetime], folder: Path) -> None:
        self._server = stack.enter_context(
            PracticeServer(folder, clock=lambda: clock().timestamp())
        )

    @property
    def url(self) -> str:
        return self._server.base_url

    def plays(self, *names: str) -> None:
        self._server.behave(*(BEHAVIOURS[name] for name in names))

    def taken(self) -> "Counter[str]":
        return self._server.books.counts()
