"""Connecting an account, going live, and going back to practice: deliberate, and told."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from cascade_desktop.core.target import DEFAULT_URL, Keys, Target, read_target
from cascade_desktop.engine.account import proxy_of
from cascade_desktop.engine.client import Client
from cascade_desktop.engine.secrets import KeyStore
from cascade_desktop.engine.settings import Settings, SettingsStore
from cascade_desktop.ui.connect_dialog import ConnectDialog, Connection
from cascade_desktop.ui.main_window import MainWindow
from cascade_desktop.ui.message_dialog import MessageDialog
from cascade_desktop.ui.tasks import Tasks
from cascade_desktop.ui.wording_trouble import say_busy, say_trying


class AccountFlow(QObject):
    """Asks for keys, checks them without sending, and switches between practice and live."""

    switch_wanted = Signal(bool)
    """Emits whether practice is wanted (True) or live (False)."""
    disconnected = Signal()
    settings_changed = Signal(object)
    """Emits the Settings after the operator changed them."""

    def __init__(
        self,
        window: MainWindow,
        tasks: Tasks,
        settings: SettingsStore,
        keys: KeyStore,
        *,
        given_url: str = "",
    ) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._settings = settings
        self._keys = keys
        self.is_sending: Callable[[], bool] = lambda: False
        self.is_held: Callable[[], bool] = lambda: False
        self.is_trying: Callable[[], bool] = lambda: False
        self.given_url = given_url  # by the command: it counts before what is kept, and is not kept
        self.practice = True
        self.dialog: ConnectDialog | MessageDialog | None = None
        window.account_wanted.connect(self.ask_switch)
        window.compose.connect_wanted.connect(self.ask_account)

    def ask_account(self) -> None:
        """Ask for the account's keys."""
        if self.is_busy():
            return
        settings = self._settings.load()
        self._ask_account(
            Connection(
                keys=self._keys.keys,
                base_url=self.given_url or settings.base_url or DEFAULT_URL,
                sender=settings.sender,
                country=settings.country or "UA",
            )
        )

    def _ask_account(self, connection: Connection) -> None:
        dialog = ConnectDialog(
            connection,
            self._window,
            needs_key=not self.practice,
        )
        dialog.check_wanted.connect(lambda wanted: self._tasks.spawn(self._check(dialog, wanted)))
        dialog.saved.connect(self._confirm)
        self._open(dialog)

    def ask_switch(self) -> None:
        """Ask whether to go live, or back to practice."""
        if self.is_busy():
            return
        if self.practice and not self._keys.keys:
            self.ask_account()
        elif self.practice:
            self.ask_live()
        else:
            title = self.tr("Go back to practice?")
            text = self.tr(
                "Nothing leaves this computer then. Your live campaigns stay as they are."
            )
            dialog = MessageDialog(title, text, self._window)
            dialog.offer(self.tr("&Practise"), lambda: self._switch(practice=True))
            self._open(dialog)

    def ask_live(self) -> None:
        """Ask whether messages shall go to real people from now on."""
        title = self.tr("Go live?")
        text = self.tr(
            "From now on messages go to real people and cost money. The mark at the top turns blue"
            " and says so."
        )
        dialog = MessageDialog(title, text, self._window)
        dialog.offer(self.tr("&Go live"), lambda: self._switch(practice=False))
        self._open(dialog)

    def ask_disconnect(self) -> None:
        """Ask whether the account's keys shall be deleted from this computer."""
        title = self.tr("Disconnect this account?")
        text = self.tr(
            "The key is deleted from this computer, and you practise from then on. Your campaigns"
            " stay. To send for real again you need the key from your SMSBAT account."
        )
        dialog = MessageDialog(title, text, self._window)
        dialog.offer(self.tr("&Disconnect"), self._disconnect)
        self._open(dialog)

    def confirm_host(
        self, target: Target, go_on: Callable[[], None], go_back: Callable[[], None]
    ) -> None:
        """Ask once for each host before keys and numbers go to a service that is not SMSBAT's."""
        known = self._settings.load().trusted_hosts
        if target.is_vendor or target.is_loopback or target.host in known:
            go_on()
            return
        title = self.tr("Send everything to {host}?").format(host=target.host)
        text = self.tr(
            "This is not an address of SMSBAT. Your key and your people's numbers will go there."
            " Go on only if SMSBAT gave you this address."
        )

        def trust() -> None:
            settings = self._settings.load()
            hosts = (*settings.trusted_hosts, target.host)
            self.keep_settings(replace(settings, trusted_hosts=hosts))
            go_on()

        dialog = MessageDialog(title, text, self._window)
        dialog.offer(self.tr("&Use this address"), trust)
        dialog.rejected.connect(go_back)
        self._open(dialog)

    def keep_settings(self, settings: Settings) -> None:
        """Save settings, and tell those who use them."""
        try:
            self._settings.save(settings)
        except OSError:
            self.tell(
                self.tr("The settings could not be saved"),
                self.tr("Check that the disk has room. They count until you close the program."),
            )
        self.settings_changed.emit(settings)

    def tell(self, title: str, text: str) -> None:
        """Say something that the operator only has to know."""
        self._open(MessageDialog(title, text, self._window))

    def is_busy(self) -> bool:
        """Say that nothing is changed while a campaign or a test is sent, if one is."""
        if not self.is_sending():
            return False
        self.tell(*(say_trying() if self.is_trying() else say_busy(held=self.is_held())))
        return True

    def _switch(self, *, practice: bool) -> None:
        if not self.is_busy():
            self.switch_wanted.emit(practice)

    def _confirm(self, connection: Connection) -> None:
        target = read_target(connection.base_url)
        if isinstance(target, Target):
            self.confirm_host(
                target,
                lambda: self._save(connection),
                lambda: self._ask_account(connection),
            )

    def _save(self, connection: Connection) -> None:
        if not self.is_busy():
            self._tasks.spawn(self._keep(connection))

    async def _keep(self, connection: Connection) -> None:
        is_new = connection.keys != self._keys.keys
        if is_new:
            self._keys.hold(connection.keys)
        before, url = self._settings.load(), connection.base_url
        if url == self.given_url:
            url = before.base_url
        settings = replace(
            before,
            base_url="" if url.rstrip("/") == DEFAULT_URL else url,
            sender=connection.sender,
            country=connection.country,
        )
        self.keep_settings(settings)
        if connection.keys and not self.practice:
            self.switch_wanted.emit(False)  # at once: a key store may keep us waiting, sending not
        kept = not is_new or await self._keys.save(connection.keys)
        if not connection.keys:
            return
        if kept:
            self._offer_live()
            return
        title = self.tr("The key is kept for this session only")
        text = self.tr(
            "This computer’s key store is missing or locked. You will be asked again next time."
        )
        dialog = MessageDialog(title, text, self._window)
        dialog.finished.connect(self._offer_live)
        self._open(dialog)

    def _disconnect(self) -> None:
        if not self.is_busy():
            self._tasks.spawn(self._forget())

    async def _forget(self) -> None:
        self._keys.hold(Keys())
        self.disconnected.emit()  # at once here too
        gone = await self._keys.forget()
        if not gone:
            self.tell(
                self.tr("The key may still be in the key store"),
                self.tr(
                    "This computer’s key store did not answer. Delete the entry “Cascade Desktop”"
                    " there yourself."
                ),
            )

    def _offer_live(self) -> None:
        """Offer to go live; who is live already uses the new keys."""
        if self.practice and self._keys.keys:
            self.ask_live()

    async def _check(self, dialog: ConnectDialog, connection: Connection) -> None:
        target = read_target(connection.base_url)
        if not isinstance(target, Target):
            return
        proxy = proxy_of(self._settings.load(), self._keys.proxy_login)
        client = Client(target, connection.keys, proxy=proxy)
        try:
            found = await client.check_keys()
        finally:
            await client.aclose()
        if dialog is self.dialog and dialog.isVisible():
            dialog.set_result(found)

    def _open(self, dialog: ConnectDialog | MessageDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()
