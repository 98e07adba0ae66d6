"""Ctrl-C, a closed terminal, a system that ends: noted from the first moment, never lost."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Self

_HANG_UP = getattr(signal, "SIGHUP", None)
"""What comes when a terminal is closed; Windows does not know it."""


class Interrupts:
    """Ends a command at once before it sends, and after the batch under way while it does.

    The wish is remembered: an exception that a signal raises can be swallowed by whatever it
    falls into, and then the campaign would leave after all.
    """

    def __init__(self, *, wanted: bool = False) -> None:
        self.wanted = wanted
        self._pause: Callable[[], None] | None = None
        self._before: dict[int, object] = {}

    def __enter__(self) -> Self:
        numbers = [signal.SIGINT, signal.SIGTERM]
        if _HANG_UP is not None and signal.getsignal(_HANG_UP) is not signal.SIG_IGN:  # nohup
            numbers.append(_HANG_UP)
        for number in numbers:
            self._before[number] = signal.signal(number, self._note)
        if self.wanted:
            self.__exit__(None, None, None)
            raise KeyboardInterrupt
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
