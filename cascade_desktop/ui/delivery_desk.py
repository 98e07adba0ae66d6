"""Deliveries are asked for in the background while the program is open."""

import asyncio
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from cascade_desktop.engine.account import Account
from cascade_desktop.engine.tracker import RATE_PER_S, Halt, Tracker
from cascade_desktop.engine.workspace import Workspace
from cascade_desktop.ui.tasks import Tasks

WHILE_SENDING_PER_S = 2.0
"""Asking must not cost the sending its pace, here or at the service."""


class DeliveryDesk(QObject):
    """Asks for one account; it ends quietly where the service does not tell."""

    learned = Signal(object)
    """Emits Deliveries: what became of some rows of a campaign."""
    halted = Signal(object)
    """Emits the Halt for which asking ended."""

    def __init__(
        self,
        tasks: Tasks,
        account: Account,
        workspace: Workspace,
        is_sending: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._account = account
        self._space = workspace
        self._is_sending = is_sending
        self._tracker: Tracker | None = None
        self._work: asyncio.Task[None] | None = None
        self._seen: tuple[str, Sequence[int]] = ("", ())
        self.halt: Halt | None = None
        """Why asking ended, if it did."""

    def start(self) -> None:
        """Begin to ask, if nobody does; where the service does not tell, not again."""
        under_way = self._work is not None and not self._work.done()
        if not under_way and self.halt is not Halt.NOT_TOLD and self._account.keys:
            self.halt = None
            self._work = self._tasks.spawn(self._ask())

    def look(self, code: str, rows: Sequence[int]) -> None:
        """Ask first about these rows of a campaign: they are on the screen."""
        self._seen = code, rows
        if self._tracker is not None:
            self._tracker.show(code, rows)

    async def use(self, account: Account) -> None:
        """Ask as the settings now say, through another proxy perhaps."""
        await self.close()
        self._account = account
        self.start()

    async def close(self) -> None:
        """End asking; nothing is lost by it."""
        if self._work is not None and not self._work.done():
            self._work.cancel()
            await asyncio.wait({self._work})

    async def _ask(self) -> None:
        account = self._account
        client = self._space.client(account.target, account.keys, account.proxy)
        self._tracker = Tracker(
            self._space.journal,
            client,
            self._space.worker,
            waits=self._space.waits,
            report=self.learned.emit,
            rate_per_s=lambda: WHILE_SENDING_PER_S if self._is_sending() else RATE_PER_S,
        )
        self._tracker.show(*self._seen)
        try:
            self.halt = await self._tracker.run()
        finally:
            self._tracker = None
            await client.aclose()
        self.halted.emit(self.halt)
