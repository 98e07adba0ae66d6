"""The program behind the window: desks wired to views, one account open at a time."""

import asyncio
from pathlib import Path

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.preparation import Prepared
from cascade_desktop.core.target import Keys, Target
from cascade_desktop.engine.account import Account, practice_account
from cascade_desktop.engine.drafts_store import DraftsStore
from cascade_desktop.engine.environment import ScaleWrong, data_folder, target_of, waits_for
from cascade_desktop.engine.secrets import KeyStore
from cascade_desktop.engine.settings import SettingsStore
from cascade_desktop.engine.tables.child import WarmReader
from cascade_desktop.engine.waits import Waits
from cascade_desktop.engine.worker import Worker
from cascade_desktop.engine.workspace import Workspace
from cascade_desktop.practice.server import PracticeServer
from cascade_desktop.ui.account_flow import AccountFlow
from cascade_desktop.ui.campaign_desk import CampaignDesk
from cascade_desktop.ui.campaign_report import report_of
from cascade_desktop.ui.draft_desk import DraftDesk
from cascade_desktop.ui.list_desk import ListDesk
from cascade_desktop.ui.list_flow import ListFlow
from cascade_desktop.ui.main_window import COMPOSE, MainWindow
from cascade_desktop.ui.results_flow import ResultsFlow
from cascade_desktop.ui.review_flow import ReviewFlow
from cascade_desktop.ui.tasks import Tasks

DEFAULT_COUNTRY = "UA"


class Program:
    """Everything that runs while the window is open."""

    def __init__(self, root: Path, base_url: str = "") -> None:
        self.root = root
        self._base_url = base_url
        self.settings = SettingsStore(root)
        self.keys = KeyStore()
        self.tasks = Tasks()
        self.closed: asyncio.Future[None] = asyncio.get_event_loop().create_future()
        self._drafts_store = DraftsStore(root)
        self._reader = WarmReader()
        self._worker = Worker()
        self._practice: PracticeServer | None = None
        self._space: Workspace | None = None
        self.desk: CampaignDesk | None = None
        self.window = MainWindow()
        country = self.settings.load().country or DEFAULT_COUNTRY
        self.lists = ListDesk(self.tasks, self._reader, country)
        self.drafts = DraftDesk(self.tasks, Waits(), self._campaign)
        self.list_flow = ListFlow(self.window, self.lists, self.drafts)
        self.results_flow = ResultsFlow(self.window)
        self.review_flow = ReviewFlow(self.window, self.drafts, self.settings)
        self.account_flow = AccountFlow(self.window, self.tasks, self.settings, self.keys)
        self._connect()

    async def open(self) -> None:
        """Restore the drafts and open the account that was in use.

        Raises:
            LockedError: another process has the data folder.
            NewerJournalError, DamagedJournalError, OSError: the folder cannot be used.
        """
        for kind in Kind:
            draft = self._drafts_store.load(kind)
            if draft is not None:
                self.window.compose.set_campaign(draft)
        self.tasks.spawn(self._worker.run(self._reader.warm))
        settings = self.settings.load()
        live = settings.live and bool(self.keys.load())
        self._attach(await self._worker.run(self._open_account, practice=not live))

    async def switch(self, *, practice: bool) -> None:
        """Close the account that is open and open the other."""
        await self._detach()
        self._attach(await self._worker.run(self._open_account, practice=practice))
        self.window.show_page(COMPOSE)

    async def close(self) -> None:
        """End what runs, in order; the batch under way is finished first."""
        self._save_drafts()
        self.lists.close()
        await self._detach()
        await self.tasks.cancel_all()
        self.drafts.close()
        if self._practice is not None:
            await self._worker.run(self._practice.stop)
        await self._worker.run(self._reader.close)
        self._worker.close()
        self.window.finish_closing()
        if not self.closed.done():
            self.closed.set_result(None)

    def _connect(self) -> None:
        window = self.window
        window.closing.connect(self._on_closing)
        window.compose.edited.connect(self._save_drafts)
        self.account_flow.switch_wanted.connect(
            lambda practice: self.tasks.spawn(self.switch(practice=practice))
        )
        self.account_flow.is_sending = lambda: self.desk is not None and self.desk.is_sending
        self.tasks.failed.connect(self.results_flow.show_failure)
        self.review_flow.agreed.connect(self._start)

    def _on_closing(self) -> None:
        if not self.closed.done():
            self.closed.set_result(None)

    def _start(self, prepared: Prepared) -> None:
        if self.desk is not None:
            self.desk.start(prepared)

    def _campaign(self) -> Campaign:
        return self.window.compose.campaign(self.window.compose.kind())

    def _save_drafts(self) -> None:
        compose = self.window.compose
        try:
            self._drafts_store.save(compose.campaign(compose.kind()))
        except (OSError, UnicodeEncodeError):
            return

    def _attach(self, opened: tuple[Account, Workspace]) -> None:
        account, self._space = opened
        self.desk = CampaignDesk(self.tasks, account, self._space, report_of)
        self.window.set_practice(account.practice)
        self.window.compose.set_connected(not account.practice or bool(self.keys.load()))
        self.review_flow.practice = account.practice
        self.results_flow.attach(self.desk, practice=account.practice)
        self.desk.show_unfinished()

    async def _detach(self) -> None:
        if self.desk is not None:
            await self.desk.close()
            self.desk = None
        if self._space is not None:
            await self._worker.run(self._space.close)
            self._space = None

    def _open_account(self, *, practice: bool) -> tuple[Account, Workspace]:
        account = self._practice_account() if practice else self._live_account()
        return account, Workspace(account.folder, waits=account.waits)

    def _practice_account(self) -> Account:
        if self._practice is None:
            folder = data_folder(self.root, practice=True) / "service"
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._practice = PracticeServer(folder)
            self._practice.start()
        return practice_account(self.root, self._practice.base_url, _waits(is_loopback=True))

    def _live_account(self) -> Account:
        target = target_of(self._base_url or self.settings.load().base_url)
        if not isinstance(target, Target):
            target = target_of()
        assert isinstance(target, Target)  # noqa: S101
        folder = data_folder(self.root, practice=False)
        keys: Keys = self.keys.load()
        return Account(folder, target, keys, _waits(is_loopback=target.is_loopback), practice=False)


def _waits(*, is_loopback: bool) -> Waits:
    waits = waits_for(is_loopback=is_loopback)
    return Waits() if isinstance(waits, ScaleWrong) else waits
