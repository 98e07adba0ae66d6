"""One thread for SQLite and JSON, so that neither the loop nor the window waits for a disk."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Worker:
    """Runs calls one after another in a thread of its own."""

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="journal")

    async def run(self, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a call in the thread and return what it returns.

        A cancelled caller waits for the call's end: a half-recorded batch must not happen.
        """
        future = self._executor.submit(partial(call, *args, **kwargs))
        waiting = asyncio.wrap_future(future)
        try:
            return await asyncio.shield(waiting)
        except asyncio.CancelledError:
            await asyncio.wait({waiting})
            raise

    def start(self, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> "Future[R]":
        """Queue a call for whoever asks for it later."""
        return self._executor.submit(partial(call, *args, **kwargs))

    def close(self) -> None:
        """Let queued calls end, then end the thread."""
        self._executor.shutdown(wait=True)
