"""From the header's Settings to what is kept: refused while sending, counted from then on."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cascade_desktop.engine.client import Client
from cascade_desktop.engine.secrets import KeyStore
from cascade_desktop.engine.settings import SettingsStore
from cascade_desktop.ui.account_flow import AccountFlow
from cascade_desktop.ui.main_window import MainWindow
from cascade_desktop.ui.settings_dialog import Now, SettingsDialog, Wish
from cascade_desktop.ui.tasks import Tasks


class SettingsFlow(QObject):
    """Opens the settings, looks for the service without sending, and keeps what was set."""

    changed = Signal(bool)
    """Emits whether the service is another one than before."""

    def __init__(
        self,
        window: MainWindow,
        tasks: Tasks,
        settings: SettingsStore,
        keys: KeyStore,
        *,
        account: AccountFlow,
        root: Path,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._settings = settings
        self._keys = keys
        self._account = account
        self._root = root
        self.dialog: SettingsDialog | None = None
        window.settings_wanted.connect(self.ask)

    def ask(self) -> None:
        """Open the settings, unless a campaign is being sent."""
        if self._account.is_busy():
            return
        now = Now(
            settings=self._settings.load(),
            login=self._keys.proxy_login,
            folder=self._root,
            connected=bool(self._keys.keys),
            is_kept=self._keys.is_kept,
        )
        dialog = SettingsDialog(now, self._window)
        dialog.check_wanted.connect(lambda wish: self._tasks.spawn(self._check(dialog, wish)))
        dialog.saved.connect(
            lambda wish: self._account.confirm_host(wish.target, lambda: self._save(wish))
        )
        dialog.connect_wanted.connect(self._account.ask_account)
        dialog.disconnect_wanted.connect(self._account.ask_disconnect)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def _save(self, wish: Wish) -> None:
        if not self._account.is_busy():
            self._tasks.spawn(self._keep(wish))

    async def _keep(self, wish: Wish) -> None:
        before = self._settings.load()
        trusted = before.trusted_hosts  # a host may have been added a moment ago
        self._account.keep_settings(replace(wish.settings, trusted_hosts=trusted))
        login, kept = wish.proxy.login, True
        if login != self._keys.proxy_login:
            kept = await self._keys.save_proxy_login(login)
        self.changed.emit(before.base_url != wish.settings.base_url)
        if not kept and login is not None:
            self._account.tell(
                self.tr("The proxy’s password is kept for this session only"),
                self.tr("This computer’s key store did not take it. Type it again next time."),
            )

    async def _check(self, dialog: SettingsDialog, wish: Wish) -> None:
        client = Client(wish.target, self._keys.keys, proxy=wish.proxy)
        try:
            found = await client.check_keys()
        finally:
            await client.aclose()
        with suppress(RuntimeError):  # the sheet was closed meanwhile
            if dialog is self.dialog and dialog.isVisible():
                dialog.set_result(found)
