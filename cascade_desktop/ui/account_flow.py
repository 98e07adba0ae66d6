"""Connecting an account, going live, and going back to practice: deliberate, and told."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from cascade_desktop.core.target import DEFAULT_URL, Keys, Target, read_target
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
        settings = self._settings.load()
        dialog = ConnectDialog(
            Connection(
                keys=self._keys.load(),
                base_url=settings.base_url or DEFAULT_URL,
                sender=settings.sender,
                country=settings.country or "UA",
            ),
            self._window,
        )
        dialog.check_wanted.connect(lambda wanted: self._tasks.spawn(self._check(dialog, wanted)))
        dialog.saved.connect(self._save)
        self._open(dialog)

    def ask_switch(self) -> None:
        """Ask whether to go live, or back to practice."""
        if self.is_sending():
            title = self.tr("A campaign is being sent")
            text = self.tr("Wait until it is finished, or pause it first.")
            self._open(MessageDialog(title, text, self._window))
        elif self.practice and not self._keys.load():
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

    def _switch(self, *, practice: bool) -> None:
        try:
            self._settings.save(replace(self._settings.load(), live=not practice))
        except OSError:
            self._tell_unsaved()
        self.switch_wanted.emit(practice)

    def _save(self, connection: Connection) -> None:
        kept = self._keys.save(connection.keys)
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
            self._tell_unsaved()
            return
        if not kept:
            title = self.tr("The key is kept for this session only")
            text = self.tr("This computer has no key store. You will be asked again next time.")
            dialog = MessageDialog(title, text, self._window)
            dialog.finished.connect(self.ask_live)
            self._open(dialog)
        elif self.practice:
            self.ask_live()
        else:
            self.switch_wanted.emit(False)

    def _tell_unsaved(self) -> None:
        title = self.tr("The settings could not be saved")
        text = self.tr("Check that the disk has room. They count until you close the program.")
        self._open(MessageDialog(title, text, self._window))

    async def _check(self, dialog: ConnectDialog, connection: Connection) -> None:
        target = read_target(connection.base_url)
        if not isinstance(target, Target):
            return
        keys: Keys = connection.keys
        client = Client(target, keys)
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
