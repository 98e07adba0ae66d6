"""The program behind the window: desks wired to views, one account open at a time."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.preparation import Prepared
from cascade_desktop.core.target import Target
from cascade_desktop.engine.account import Account, practice_account, proxy_of
from cascade_desktop.engine.comeback import unfinished_in
from cascade_desktop.engine.environment import ScaleWrong, data_folder, target_of, waits_for
from cascade_desktop.engine.list_memory import ListMemory
from cascade_desktop.engine.private import make_private
from cascade_desktop.engine.secrets import KeyStore
from cascade_desktop.engine.settings import Settings, SettingsStore
from cascade_desktop.engine.tables.child import WarmReader
from cascade_desktop.engine.waits import Waits
from cascade_desktop.engine.worker import Worker
from cascade_desktop.engine.workspace import Workspace
from cascade_desktop.practice.server import PracticeServer
from cascade_desktop.ui.account_flow import AccountFlow
from cascade_desktop.ui.autosave import Autosave
from cascade_desktop.ui.awaited_list import AwaitedList
from cascade_desktop.ui.campaign_desk import CampaignDesk
from cascade_desktop.ui.campaign_report import report_of
from cascade_desktop.ui.campaigns_flow import CampaignsFlow
from cascade_desktop.ui.closing_flow import ClosingFlow
from cascade_desktop.ui.delivery_desk import DeliveryDesk
from cascade_desktop.ui.draft_desk import DraftDesk
from cascade_desktop.ui.example_flow import ExampleFlow
from cascade_desktop.ui.frozen_flow import FrozenFlow
from cascade_desktop.ui.list_desk import ListDesk
from cascade_desktop.ui.list_flow import ListFlow
from cascade_desktop.ui.list_watch import ListWatch
from cascade_desktop.ui.main_window import COMPOSE, MainWindow
from cascade_desktop.ui.outside_flow import OutsideFlow
from cascade_desktop.ui.results_flow import ResultsFlow
from cascade_desktop.ui.review_flow import ReviewFlow
from cascade_desktop.ui.sending_tray import SendingTray
from cascade_desktop.ui.settings_flow import SettingsFlow
from cascade_desktop.ui.stop_desk import StopDesk
from cascade_desktop.ui.stop_flow import StopFlow
from cascade_desktop.ui.system_end import LOG_OFF_S
from cascade_desktop.ui.tasks import Tasks
from cascade_desktop.ui.text_desk import TextDesk
from cascade_desktop.ui.trial_flow import TrialFlow
from cascade_desktop.ui.unusable import UNUSABLE, say_unusable
from cascade_desktop.ui.wording_folder import say_left_live
from cascade_desktop.ui.wording_trouble import say_trying

DEFAULT_COUNTRY = "UA"


class Program:
    """Everything that runs while the window is open."""

    def __init__(self, root: Path, base_url: str = "", state: Path | None = None) -> None:
        self.root = root
        self._state = state
        self._base_url = base_url
        self.settings = SettingsStore(root)
        self.keys = KeyStore()
        self.tasks = Tasks()
        self.closed: asyncio.Future[None] = asyncio.get_event_loop().create_future()
        self._reader = WarmReader()
        self._worker = Worker()
        self._practice: PracticeServer | None = None
        self._space: Workspace | None = None
        self.desk: CampaignDesk | None = None
        self.deliveries: DeliveryDesk | None = None
        window = self.window = MainWindow()
        country = self.settings.load().country or DEFAULT_COUNTRY
        self.lists = ListDesk(self.tasks, self._reader, ListMemory(root), country)
        self.stops = StopDesk(self.tasks, self._reader)
        self.drafts = DraftDesk(self.tasks, Waits(), self._campaign)
        self.text_desk = TextDesk(self.tasks, self.window, self.drafts)
        self.list_flow = ListFlow(self.window, self.lists, self.drafts)
        self.list_watch = ListWatch(self.window, self.tasks, self.lists)
        self.autosave = Autosave(self.window, self.tasks, self.lists, root)  # after the list flow
        self.campaigns = CampaignsFlow(self.window, self.tasks, self.lists, self.autosave, root)
        self.example_flow = ExampleFlow(self.window, self.tasks, self.lists)
        self.stop_flow = StopFlow(self.window, self.stops, self.lists)
        self.results_flow = ResultsFlow(self.window)
        self.frozen_flow = FrozenFlow(self.window, self.tasks)
        self.review_flow = ReviewFlow(window, self.drafts, self.lists, self.settings, self.tasks)
        self.trial_flow = TrialFlow(self.window, self.tasks, self.drafts, self.lists)
        self.account_flow = AccountFlow(
            self.window, self.tasks, self.settings, self.keys, given_url=base_url.rstrip("/")
        )
        self.settings_flow = SettingsFlow(
            self.window, self.tasks, self.settings, self.keys, account=self.account_flow, root=root
        )
        self.tray = SendingTray(self.window)
        self.closing_flow = ClosingFlow(self.window, self.tray)
        self.outside_flow = OutsideFlow(self.window, self.tray)
        self._connect()

    async def open(self) -> None:
        """Restore the drafts and open the account that was in use.

        Raises:
            LockedError: another process has the data folder.
            NewerJournalError, DamagedJournalError, UnwritableJournalError, OSError: it cannot be
                used.
        """
        self.tasks.spawn(self._worker.run(self._reader.warm))
        await self.autosave.restore()
        learning = self.tasks.spawn(self._learn_keys())
        live = self.settings.load().live
        if live:  # who practises need not wait for a key store that may be locked
            await learning
        live = await self._may_go_live() if live else False
        await self._open(practice=not live)

    async def _learn_keys(self) -> None:
        """Ask the key store, which may take as long as the operator needs to unlock it."""
        await self.keys.load()
        if self.settings.load().proxy:
            await self.keys.load_proxy_login()
        self._show_connected()

    async def _may_go_live(self) -> bool:
        """Tell whether there is a key and an address to go live with.

        If not, say what is missing, and what of the live campaigns is not finished.
        """
        if self.keys.keys and self._live_target() is not None:
            return True
        folder = data_folder(self.root, practice=False)
        left = await self._worker.run(unfinished_in, folder)
        unfinished = "" if left is None else f"\n\n{say_left_live(left)}"
        if self.keys.keys:
            self._tell_address(unfinished)
            return False
        text = QCoreApplication.translate(
            "Program",
            "This computer’s key store has no key of yours, or did not open. Unlock it and start"
            " again, or connect your account under Settings.",
        )
        title = QCoreApplication.translate("Program", "You are practising: there is no key")
        self.account_flow.tell(title, text + unfinished)
        return False

    async def switch(self, *, practice: bool) -> None:
        """Open the other account, or the same one with other keys; the one before it if it fails.

        Nothing is switched while a campaign is under way.
        """
        if self.desk is not None and self.desk.is_sending:
            return
        if not practice and self._live_target() is None:
            self._tell_address()
            return
        try:
            await self._open(practice=practice)
        except tuple(UNUSABLE) as error:
            self.account_flow.tell(
                QCoreApplication.translate("Program", "It stays as it was"), say_unusable(error)
            )
            return
        with suppress(OSError):
            self.settings.save(replace(self.settings.load(), live=not practice))
        self.window.show_page(COMPOSE)

    async def close(self) -> None:
        """End what runs, in order; the batch under way is finished first."""
        await self.autosave.finish()
        if self.desk is not None:
            await self.desk.close()
        if self.deliveries is not None:  # which the end of a campaign sets to work
            await self.deliveries.close()
        self.stops.detach()
        self.lists.cancel()
        self.drafts.rest()
        self.list_watch.rest()
        await self.tasks.cancel_all()
        await self._worker.run(self._end_threads)
        self._worker.close()
        self.window.finish_closing()
        if not self.closed.done():
            self.closed.set_result(None)

    def leave_soon(self) -> None:
        """End because the system does: what is not finished in 3 s is left to the next start."""
        self.closing_flow.ask_no_more()
        if self.desk is not None:
            self.tasks.spawn(self.desk.close(LOG_OFF_S))
        self._on_closing()

    def _connect(self) -> None:
        AwaitedList(self.window, self.lists, self.drafts, self.autosave.returns)
        self.closing_flow.leave_wanted.connect(self._on_closing)
        self.account_flow.switch_wanted.connect(
            lambda practice: self.tasks.spawn(self.switch(practice=practice))
        )
        self.account_flow.settings_changed.connect(self._take_settings)
        self.account_flow.disconnected.connect(self._on_disconnected)
        self.settings_flow.changed.connect(
            lambda elsewhere: self.tasks.spawn(self._take_account(elsewhere=elsewhere))
        )
        self.account_flow.is_sending = self._is_sending
        self.account_flow.is_trying = self._is_trying
        self.review_flow.is_sending = lambda: self._is_sending() and not self._is_trying()
        for flow in (self.account_flow, self.review_flow):
            flow.is_held = self._is_held
        self.list_flow.campaign_wanted.connect(self.campaigns.open_file)
        self.review_flow.agreed.connect(self._start)
        self.tasks.failed.connect(self.results_flow.show_failure)

    def _is_sending(self) -> bool:
        return self.desk is not None and self.desk.is_sending

    def _is_trying(self) -> bool:
        return self.desk is not None and self.desk.is_sending and self.desk.is_trying

    def _is_held(self) -> bool:
        return self.desk is not None and self.desk.is_held

    def _on_closing(self) -> None:
        if not self.closed.done():
            self.closed.set_result(None)

    def _start(self, prepared: Prepared) -> None:
        if self.desk is not None and self.desk.start(prepared):
            return
        if self._is_trying():
            self.account_flow.tell(*say_trying())
        else:
            self.review_flow.tell_busy()

    def _campaign(self) -> Campaign:
        return self.autosave.campaign()

    def _take_settings(self, settings: Settings) -> None:
        self.window.history.set_keep_days(settings.keep_days)
        self.lists.usual_country = settings.country or DEFAULT_COUNTRY
        self.review_flow.offer_senders(settings)

    async def _take_account(self, *, elsewhere: bool) -> None:
        """Let the next campaign leave as the settings now say."""
        self.window.history.set_keep_days(self.settings.load().keep_days)
        practice = self.account_flow.practice
        if elsewhere and not practice:
            await self.switch(practice=False)
        elif self.desk is not None and not self.desk.is_sending:
            account = await self._worker.run(self._account, practice=practice)
            self.desk.account = account
            if self.deliveries is not None:
                await self.deliveries.use(account)

    def _on_disconnected(self) -> None:
        self._show_connected()
        if not self.account_flow.practice:
            self.tasks.spawn(self.switch(practice=True))

    def _show_connected(self) -> None:
        self.window.compose.set_connected(bool(self.keys.keys))

    async def _open(self, *, practice: bool) -> None:
        """Open an account's folder, then leave the other's."""
        account = await self._worker.run(self._account, practice=practice)
        space = self._space
        if space is None or space.folder != account.folder:
            space = await self._worker.run(
                Workspace, account.folder, waits=account.waits, state=self._state
            )
        self.stops.detach()
        if self.desk is not None:
            await self.desk.close()
        if self.deliveries is not None:  # which the end of a campaign sets to work
            await self.deliveries.close()
        if self._space is not None and self._space is not space:
            await self._worker.run(self._space.close)
        self._space = space
        self._attach(account, space)

    def _attach(self, account: Account, space: Workspace) -> None:
        self.desk = CampaignDesk(self.tasks, account, space, report_of)
        self.window.history.set_keep_days(self.settings.load().keep_days)
        self.window.set_practice(account.practice)
        self._show_connected()
        self.review_flow.attach(account.folder, practice=account.practice)
        self.account_flow.practice = account.practice
        self.stop_flow.set_practice(account.practice)
        self.stops.attach(space)
        self.frozen_flow.attach(self.desk, space)
        self.tasks.spawn(self._tidy(space))
        self.deliveries = DeliveryDesk(self.tasks, account, space, self._is_sending)
        self.results_flow.attach(self.desk, self.deliveries, practice=account.practice)
        self.trial_flow.attach(self.desk, space, self.deliveries, practice=account.practice)
        self.deliveries.start()
        self.outside_flow.attach(self.desk)
        self.closing_flow.attach(self.desk)
        self.desk.show_unfinished()

    async def _tidy(self, space: Workspace) -> None:
        await space.may_send()  # the journal is looked through beside, and nobody waits for it
        days = self.settings.load().keep_days
        await space.worker.run(space.tidy, days)
        await self.autosave.forget_older(days)

    def _account(self, *, practice: bool) -> Account:
        """Return an account; the practice service is started the first time."""
        target = self._live_target()
        if practice or target is None:
            waits = _waits(is_loopback=True)
            found = practice_account(self.root, self._practice_url(), waits)
        else:
            waits = _waits(is_loopback=target.is_loopback)
            folder = data_folder(self.root, practice=False)
            found = Account(folder, target, self.keys.keys, waits, practice=False)
        settings = self.settings.load()
        proxy = proxy_of(settings, self.keys.proxy_login)
        return replace(found, proxy=proxy, pace_per_s=settings.pace)

    def _practice_url(self) -> str:
        if self._practice is None:
            folder = data_folder(self.root, practice=True) / "service"
            make_private(folder)
            self._practice = PracticeServer(folder)
            self._practice.start()
        return self._practice.base_url

    def _live_target(self) -> Target | None:
        target = target_of(self._base_url or self.settings.load().base_url)
        return target if isinstance(target, Target) else None

    def _tell_address(self, unfinished: str = "") -> None:
        text = QCoreApplication.translate(
            "Program", "You are practising. Correct the address under Settings."
        )
        title = QCoreApplication.translate("Program", "The service address cannot be used")
        self.account_flow.tell(title, text + unfinished)

    def _end_threads(self) -> None:
        if self._space is not None:
            self._space.close()
        if self._practice is not None:
            self._practice.stop()
        desks = (
            self.lists,
            self.list_watch,
            self.stops,
            self.drafts,
            self.text_desk,
            self.review_flow.desk,
        )
        for part in (*desks, self.autosave, self.campaigns, self._reader):
            part.close()


def _waits(*, is_loopback: bool) -> Waits:
    waits = waits_for(is_loopback=is_loopback)
    return Waits() if isinstance(waits, ScaleWrong) else waits
