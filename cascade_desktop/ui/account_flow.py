"""Connecting an account, going live, and going back to practice: deliberate, and told."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from cascade_desktop.core.target import DEFAULT_URL, Target, read_target
from cascade_desktop.engine.client import Client
from cascade_desktop.engine.secrets import KeyStore
from cascade_desktop.engine.settings import SettingsStore
from cascade_desktop.ui.connect_dialog import ConnectDialog, Connection
from cascade_desktop.ui.main_window import MainWindow
from cascade_desktop.ui.message_dialog import MessageDialog
from cascade_desktop.ui.tasks import Tasks


class AccountFlow(QObject):
    """Asks for keys, checks them without sending, and switches between practice and live."""

    switch_wanted = Signal(bool)
    """Emits whether practice is wanted (True) or live (False)."""
    settings_changed = Signal(object)
    """Emits the Settings after the operator changed them."""

    def __init__(
        self, window: MainWindow, tasks: Tasks, settings: SettingsStore, keys: KeyStore
    ) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._settings = settings
        self._keys = keys
        self.is_sending: Callable[[], bool] = lambda: False
        self.practice = True
        self.dialog: ConnectDialog | MessageDialog | None = None
        window.account_wanted.connect(self.ask_switch)
        window.settings_wanted.connect(self.ask_account)
        window.compose.connect_wanted.connect(self.ask_account)

    def ask_account(self) -> None:
        """Ask for the account's keys."""
        if self._is_busy():
            return
        settings = self._settings.load()
        dialog = ConnectDialog(
            Connection(
                keys=self._keys.load(),
                base_url=settings.base_url or DEFAULT_URL,
                sender=settings.sender,
                country=settings.country or "UA",
            ),
            self._window,
            needs_key=not self.practice,
        )
        dialog.check_wanted.connect(lambda wanted: self._tasks.spawn(self._check(dialog, wanted)))
        dialog.saved.connect(self._confirm_host)
        self._open(dialog)

    def ask_switch(self) -> None:
        """Ask whether to go live, or back to practice."""
        if self._is_busy():
            return
        if self.practice and not self._keys.load():
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

    def tell(self, title: str, text: str) -> None:
        """Say something that the operator only has to know."""
        self._open(MessageDialog(title, text, self._window))

    def _is_busy(self) -> bool:
        """Say that nothing is changed while a campaign is sent, if one is."""
        if not self.is_sending():
            return False
        self.tell(
            self.tr("A campaign is being sent"),
            self.tr("Wait until it is finished, or pause it first."),
        )
        return True

    def _switch(self, *, practice: bool) -> None:
        if not self._is_busy():
            self.switch_wanted.emit(practice)

    def _confirm_host(self, connection: Connection) -> None:
        """Ask once more before keys and numbers go to a service that is not SMSBAT's own."""
        target = read_target(connection.base_url)
        if not isinstance(target, Target) or target.is_vendor or target.is_loopback:
            self._save(connection)
            return
        title = self.tr("Send everything to {host}?").format(host=target.host)
        text = self.tr(
            "This is not an address of SMSBAT. Your key and your people's numbers will go there."
            " Go on only if SMSBAT gave you this address."
        )
        dialog = MessageDialog(title, text, self._window)
        dialog.offer(self.tr("&Use this address"), lambda: self._save(connection))
        self._open(dialog)

    def _save(self, connection: Connection) -> None:
        if self._is_busy():
            return
        kept = connection.keys == self._keys.load() or self._keys.save(connection.keys)
        url = "" if connection.base_url.rstrip("/") == DEFAULT_URL else connection.base_url
        settings = replace(
            self._settings.load(),
            base_url=url,
            sender=connection.sender,
            country=connection.country,
        )
        try:
            self._settings.save(settings)
        except OSError:
            self.tell(
                self.tr("The settings could not be saved"),
                self.tr("Check that the disk has room. They count until you close the program."),
            )
        self.settings_changed.emit(settings)
        if not connection.keys:
            return
        if kept:
            self._go_on()
            return
        title = self.tr("The key is kept for this session only")
        text = self.tr("This computer has no key store. You will be asked again next time.")
        dialog = MessageDialog(title, text, self._window)
        dialog.finished.connect(self._go_on)
        self._open(dialog)

    def _go_on(self) -> None:
        """Offer to go live; who is live already uses the new keys at once."""
        if self.practice:
            self.ask_live()
        else:
            self.switch_wanted.emit(False)

    async def _check(self, dialog: ConnectDialog, connection: Connection) -> None:
        target = read_target(connection.base_url)
        if not isinstance(target, Target):
            return
        client = Client(target, connection.keys)
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
