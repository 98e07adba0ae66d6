"""The one way to start long work: it is held, cancelled on closing, and its failure is shown."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QObject, Signal

from cascade_desktop.engine.log import safe_trace

_log = logging.getLogger(__name__)


class Tasks(QObject):
    """Holds the running tasks of one window."""

    failed = Signal(object)
    """Emits the exception of a task that nobody caught."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: set[asyncio.Task[Any]] = set()

    def spawn(self, work: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        """Start work and keep hold of it until it ends."""
        task = asyncio.get_event_loop().create_task(self._guard(work))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        task.add_done_callback(lambda _: work.close())  # cancelled before its first step
        return task

    async def cancel_all(self) -> None:
        """Cancel everything but the caller, and wait until it has ended."""
        others = [task for task in self._running if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _guard(self, work: Coroutine[Any, Any, Any]) -> Any:
        try:
            return await work
        except asyncio.CancelledError:
            raise
        except Exception as error:
            _log.error("a task failed: %s", safe_trace(error))
            self.failed.emit(error)
            return None
