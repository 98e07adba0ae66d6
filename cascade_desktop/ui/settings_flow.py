"""From the header's Settings to what is kept: refused while sending, counted from then on."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cascade_desktop.core.proxy import ProxyLogin
from cascade_desktop.engine.client import Client
from cascade_desktop.engine.secrets import KeyStore
from cascade_desktop.engine.settings import Settings, SettingsStore
from cascade_desktop.ui.account_flow import AccountFlow
from cascade_desktop.ui.main_window import MainWindow
from cascade_desktop.ui.settings_dialog import CONNECTION, Now, SettingsDialog, Wish
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
        for form in window.compose.message_card.forms.values():
            form.more_options.settings_wanted.connect(self.ask)

    def ask(self, section: str = "") -> None:
        """Open the settings, perhaps at one part, unless a campaign is being sent."""
        if self._account.is_busy():
            return
        settings = self._settings.load()
        address = self._account.given_url or settings.base_url
        dialog = self._open(replace(settings, base_url=address), self._keys.proxy_login)
        if section:
            dialog.show_section(section)

    def _open(self, settings: Settings, login: ProxyLogin | None) -> SettingsDialog:
        now = Now(
            settings=settings,
            login=login,
            folder=self._root,
            connected=bool(self._keys.keys),
            is_kept=self._keys.is_kept,
        )
        dialog = SettingsDialog(now, self._window)
        dialog.check_wanted.connect(lambda wish: self._tasks.spawn(self._check(dialog, wish)))
        dialog.saved.connect(self._confirm)
        dialog.connect_wanted.connect(self._account.ask_account)
        dialog.disconnect_wanted.connect(self._account.ask_disconnect)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()
        return dialog

    def _confirm(self, wish: Wish) -> None:
        """Ask about an address that is not SMSBAT's; who goes back finds what was typed."""
        self._account.confirm_host(
            wish.target,
            lambda: self._save(wish),
            lambda: self._open(wish.settings, wish.proxy.login).show_section(CONNECTION),
        )

    def _save(self, wish: Wish) -> None:
        if not self._account.is_busy():
            self._tasks.spawn(self._keep(wish))

    async def _keep(self, wish: Wish) -> None:
        before = self._settings.load()
        url = wish.settings.base_url
        if wish.target.url == self._account.given_url:
            url = before.base_url
        trusted = before.trusted_hosts  # a host may have been added a moment ago
        self._account.keep_settings(replace(wish.settings, base_url=url, trusted_hosts=trusted))
        login, known = wish.proxy.login, self._keys.proxy_login
        self._keys.proxy_login = login
        self.changed.emit(before.base_url != url)  # a key store may keep us waiting, sending not
        kept = login == known or await self._keys.save_proxy_login(login)
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
