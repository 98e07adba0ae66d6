"""The settings: five short parts, saved together; they count from the next campaign on."""

from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from cascade_desktop.core.prices import write_prices
from cascade_desktop.core.proxy import Proxy, ProxyLogin, ProxyWrong
from cascade_desktop.core.target import DEFAULT_URL, Target, read_target
from cascade_desktop.engine.client import KeyCheck
from cascade_desktop.engine.settings import Settings
from cascade_desktop.ui.settings_prices import PricesSection, PricesWrong
from cascade_desktop.ui.settings_sections import (
    AccountSection,
    ConnectionSection,
    KeptSection,
    SendingSection,
)
from cascade_desktop.ui.widgets.banner import Notice
from cascade_desktop.ui.widgets.buttons import PrimaryButton, SecondaryButton
from cascade_desktop.ui.widgets.dialog import Sheet
from cascade_desktop.ui.widgets.segmented import Segmented
from cascade_desktop.ui.wording_cli import say_url
from cascade_desktop.ui.wording_settings import say_connection, say_proxy

ACCOUNT, CONNECTION, SENDING, PRICES, KEPT = "account", "connection", "sending", "prices", "kept"
USUAL_COUNTRY = "UA"


@dataclass(frozen=True, slots=True)
class Now:
    """What holds when the settings are opened."""

    settings: Settings
    login: ProxyLogin | None
    folder: Path
    connected: bool
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """What the operator set; the proxy's login goes to the key store, the rest to a file."""

    settings: Settings
    target: Target
    proxy: Proxy


@dataclass(frozen=True, slots=True)
class Unusable:
    """What cannot be saved as it was set: in which part, and why."""

    section: str
    words: str


class SettingsDialog(Sheet):
    """Shows the settings by part; what is wrong is told where it is."""

    saved = Signal(object)
    """Emits the Wish to keep."""
    check_wanted = Signal(object)
    """Emits a Wish whose service shall be looked for; nothing is sent."""
    connect_wanted = Signal()
    disconnect_wanted = Signal()

    def __init__(self, now: Now, parent: QWidget) -> None:
        super().__init__("", parent, width_px=680)
        self.set_title(self.tr("Settings"))
        self._now = now
        self.account = AccountSection(connected=now.connected, is_kept=now.is_kept)
        self.connection = ConnectionSection(now.settings, now.login)
        self.sending = SendingSection(now.settings)
        self.prices = PricesSection(now.settings.own_prices, now.settings.country or USUAL_COUNTRY)
        self.kept = KeptSection(now.folder, now.settings)
        self.choice = Segmented()
        self._pages = QStackedWidget()
        self.notice = Notice()
        self.check_button = SecondaryButton(self.tr("&Check the connection"))
        self.back_button = SecondaryButton(self.tr("&Back"))
        self.save_button = PrimaryButton(self.tr("&Save"))
        self._lay_out()
        self._connect()
        self.show_section(ACCOUNT)

    def show_section(self, key: str) -> None:
        """Open one part."""
        parts = {
            ACCOUNT: self.account,
            CONNECTION: self.connection,
            SENDING: self.sending,
            PRICES: self.prices,
            KEPT: self.kept,
        }
        self.choice.choose(key)
        self._pages.setCurrentWidget(parts[key])
        self.check_button.setVisible(key == CONNECTION)
        self.notice.hide()

    def set_result(self, found: KeyCheck) -> None:
        """Say what looking for the service told."""
        self.check_button.setEnabled(True)
        good = found.is_right or (found.is_wrong and not self._now.connected)
        words = say_connection(found, has_key=self._now.connected)
        self._tell(words, "ok" if good else "amber")

    def wish(self) -> Wish | Unusable:
        """Return what was set, or what of it cannot be used."""
        target, proxy = read_target(self.connection.url), self.connection.proxy
        prices = self.prices.prices
        if not isinstance(target, Target):
            return Unusable(CONNECTION, say_url(target))
        if isinstance(proxy, ProxyWrong):
            return Unusable(CONNECTION, say_proxy(proxy))
        if isinstance(prices, PricesWrong):
            return Unusable(PRICES, prices.words)
        settings = replace(
            self._now.settings,
            base_url="" if target.url == DEFAULT_URL else target.url,
            proxy=proxy.text,
            pace_per_s=self.sending.pace_per_s,
            quiet_before_h=self.sending.before_field.value(),
            quiet_from_h=self.sending.from_field.value(),
            sent_before_days=self.sending.days_field.value(),
            keep_days=self.kept.keep_days,
            currency=prices.currency,
            prices=write_prices(prices),
        )
        return Wish(settings, target, proxy)

    def _taken(self) -> Wish | None:
        wish = self.wish()
        if isinstance(wish, Wish):
            return wish
        self.show_section(wish.section)
        self._tell(wish.words, "danger")
        return None

    def _check(self) -> None:
        wish = self._taken()
        if wish is not None:
            self.check_button.setEnabled(False)
            self._tell(self.tr("Looking for SMSBAT; nothing is sent…"), "")
            self.check_wanted.emit(wish)

    def _save(self) -> None:
        wish = self._taken()
        if wish is not None:
            self.accept()
            self.saved.emit(wish)

    def _tell(self, words: str, tone: str) -> None:
        self.notice.set_tone(tone)
        self.notice.set_html(escape(words))
        self.notice.show()

    def _connect(self) -> None:
        self.choice.chosen.connect(self.show_section)
        for part in (self.connection, self.prices):
            part.edited.connect(self.notice.hide)
        self.account.connect_wanted.connect(self._on_connect)
        self.account.disconnect_wanted.connect(self._on_disconnect)
        self.check_button.clicked.connect(self._check)
        self.back_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)

    def _on_connect(self) -> None:
        self.reject()
        self.connect_wanted.emit()

    def _on_disconnect(self) -> None:
        self.reject()
        self.disconnect_wanted.emit()

    def _lay_out(self) -> None:
        for key, words in (
            (ACCOUNT, self.tr("Account")),
            (CONNECTION, self.tr("Connection")),
            (SENDING, self.tr("Sending")),
            (PRICES, self.tr("Prices")),
            (KEPT, self.tr("What is kept")),
        ):
            self.choice.add(key, words)
        self.choice.setAccessibleName(self.tr("Part of the settings"))
        self.body.addWidget(self.choice)
        for part in (self.account, self.connection, self.sending, self.prices, self.kept):
            self._pages.addWidget(part)
        self.body.addWidget(self._pages)
        self.body.addWidget(self.notice)
        self.button_row.insertWidget(0, self.check_button)
        self.add_button(self.back_button)
        self.add_button(self.save_button, default=True)
