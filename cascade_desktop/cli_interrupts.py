"""Ctrl-C, and a wish of the system to end: noted from the first moment, and never lost."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Self


class Interrupts:
    """Ends a command at once before it sends, and after the batch under way while it does.

    The wish is remembered: an exception that a signal raises can be swallowed by whatever it
    falls into, and then the campaign would leave after all.
    """

    def __init__(self) -> None:
        self.wanted = False
        self._pause: Callable[[], None] | None = None
        self._before: dict[int, object] = {}

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    @contextmanager
    def handed_to(self, pause: Callable[[], None]) -> Iterator[None]:
        """Let an interrupt pause a campaign instead; one that came before pauses it at once."""
        self._pause = pause
        if self.wanted:
            pause()
        try:
            yield
        finally:
            self._pause = None

    def _note(self, _signal: int, _frame: FrameType | None) -> None:
        self.wanted = True
        if self._pause is None:
            raise KeyboardInterrupt
        self._pause()
