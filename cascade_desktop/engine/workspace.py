"""One data folder at work: its lock, its journal, its worker, its service."""

import asyncio
import logging
from contextlib import ExitStack
from pathlib import Path

from cascade_desktop.core.proxy import NO_PROXY, Proxy
from cascade_desktop.core.states import Reason
from cascade_desktop.core.target import Keys, Target
from cascade_desktop.engine.batching import PACE_PER_S
from cascade_desktop.engine.campaign_run import HAND_ON_FROM
from cascade_desktop.engine.client import Client
from cascade_desktop.engine.environment import state_root
from cascade_desktop.engine.journal.checking import QuickCheck
from cascade_desktop.engine.journal.copies import StoppedError, copies, copy_journal, is_due
from cascade_desktop.engine.journal.schema import DamagedJournalError, UnwritableJournalError
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.lock import FolderLock
from cascade_desktop.engine.log import safe_trace
from cascade_desktop.engine.private import make_private
from cascade_desktop.engine.sender import Sender
from cascade_desktop.engine.waits import Waits
from cascade_desktop.engine.worker import Worker

_log = logging.getLogger(__name__)


class Workspace:
    """The writer of one data folder; ``state`` is where this computer notes what left.

    Raises, when it is made:
        LockedError: another process sends from this folder.
        NewerJournalError: a newer version wrote its journal.
        DamagedJournalError: its journal is not sound.
        UnwritableJournalError: its journal cannot be written.
        OSError: the folder cannot be made or used.
    """

    def __init__(
        self, folder: Path, *, waits: Waits | None = None, state: Path | None = None
    ) -> None:
        self.waits = waits or Waits()
        make_private(folder)
        self.folder = folder
        self._lock = FolderLock(folder)
        self._lock.acquire()
        try:
            self._open(state or state_root())
        except DamagedJournalError as error:
            error.copy = next((str(copy) for copy in copies(folder)), "")
            raise
        self.worker = Worker()
        self._checker = Worker()
        self._is_closing = False
        self._is_sound = self._checker.start(self._check.is_sound)
        self._checker.start(self._copy_when_due)

    def _open(self, state: Path) -> None:
        with ExitStack() as undo:
            undo.callback(self._lock.release)
            self.journal = Journal(
                self.folder,
                state=state,
                now=self.waits.now,
                monotonic=self.waits.monotonic,
            )
            undo.callback(self.journal.close)
            self.journal.recover()
            self.journal.standing()
            self._check = QuickCheck(self.folder)
            undo.pop_all()

    def sender(
        self,
        client: Client,
        *,
        pace_per_s: float | None = PACE_PER_S,
        hand_on_from: int = HAND_ON_FROM,
    ) -> Sender:
        """Return a sender for one campaign."""
        return Sender(
            self.journal,
            client,
            self.worker,
            waits=self.waits,
            pace_per_s=pace_per_s,
            hand_on_from=hand_on_from,
            begin=self._begin,
        )

    async def may_send(self) -> Reason:
        """Return NONE once the journal is found sound and in step with the ledger, or why not."""
        if not await asyncio.shield(asyncio.wrap_future(self._is_sound)):
            return Reason.DAMAGED_DATA
        return await self.worker.run(self.journal.standing)

    async def _begin(self) -> Reason:
        """Let a run begin, unless nothing may be sent."""
        why = await self.may_send()
        if why is Reason.NONE:
            self._checker.start(self._copy_when_due)
        return why

    def tidy(self, keep_days: int) -> int:
        """Delete the people of campaigns that ended so long ago; return of how many.

        Only a journal that was found sound is written anew.
        """
        if not self._is_sound.result() or self._is_closing:
            return 0
        try:
            return self.journal.deleting.older_than(keep_days)
        except UnwritableJournalError as error:
            _log.warning("old campaigns could not be tidied: %s", safe_trace(error))
            return 0

    def _copy_when_due(self) -> None:
        """Keep a copy a day of a journal that was found sound; work goes on without one."""
        now = self.waits.now()
        if self._is_closing or not self._is_sound.result() or not is_due(self.folder, now):
            return
        try:
            with self.journal.deleting.copying:
                copy_journal(self.folder, now, lambda: self._is_closing)
        except StoppedError:
            return
        except UnwritableJournalError as error:
            _log.warning("no daily copy could be made: %s", safe_trace(error))

    def client(self, target: Target, keys: Keys, proxy: Proxy = NO_PROXY) -> Client:
        """Return a client for a service and an account."""
        return Client(target, keys, proxy=proxy, waits=self.waits)

    def close(self) -> None:
        """End the worker, close the journal, free the folder."""
        self._is_closing = True
        self._check.stop()
        self._checker.close()
        self.worker.close()
        self.journal.close()
        self._lock.release()
