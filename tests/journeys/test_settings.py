"""The settings: opened from the header, refused while sending, counted from the next campaign."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import keyring
import pytest
from keyring.backend import KeyringBackend
from operator_at_work import Operator
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.proxy import NO_PROXY, ProxyMode
from cascade_desktop.core.target import Keys
from cascade_desktop.engine.settings import Settings
from cascade_desktop.practice.server import PracticeServer
from cascade_desktop.program import Program
from cascade_desktop.ui.connect_dialog import ConnectDialog
from cascade_desktop.ui.message_dialog import MessageDialog
from cascade_desktop.ui.settings_dialog import ACCOUNT, CONNECTION, SENDING, SettingsDialog


def opens_settings(operator: Operator) -> SettingsDialog:
    operator.presses(operator.window.header.settings_button)
    dialog = operator.program.settings_flow.dialog
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def saves(operator: Operator, dialog: SettingsDialog) -> None:
    changed = []
    operator.program.settings_flow.changed.connect(changed.append)
    operator.presses(dialog.save_button)
    answer(operator, "Use this address")
    operator.waits_until(lambda: changed)


def answer(operator: Operator, words: str) -> None:
    for sheet in operator.window.findChildren(MessageDialog):
        for button in sheet.findChildren(QPushButton) if sheet.isVisible() else ():
            if words in button.text():
                operator.presses(button)
                return


def test_pace_and_proxy_count_from_the_next_campaign(operator: Operator, root: Path):
    dialog = opens_settings(operator)
    dialog.show_section(SENDING)
    dialog.sending.pace_field.setValue(25)
    dialog.connection.mode_choice.choose("none")

    saves(operator, dialog)

    operator.waits_until(lambda: operator.desk.account.pace_per_s == 25)
    assert operator.desk.account.proxy == NO_PROXY
    deliveries = operator.program.deliveries
    assert deliveries is not None
    operator.waits_until(lambda: deliveries._account is operator.desk.account)
    kept = (root / "settings.json").read_text("utf-8")
    assert '"pace_per_s": 25' in kept
    assert '"proxy": "none"' in kept


def test_a_host_that_is_not_smsbats_is_shown_and_asked_about_once(operator: Operator):
    asked = []
    for _ in range(2):
        dialog = opens_settings(operator)
        dialog.show_section(CONNECTION)
        dialog.connection.url_edit.setText("https://sms.example.com")
        operator.presses(dialog.save_button)
        asked.append("Send everything to sms.example.com?" in operator.reads())
        answer(operator, "Use this address")
        operator.waits_until(
            lambda: operator.program.settings.load().base_url == "https://sms.example.com"
        )
        operator.program.settings.save(
            Settings(trusted_hosts=operator.program.settings.load().trusted_hosts)
        )

    assert asked == [True, False]


def test_a_host_that_is_refused_changes_nothing_but_stays_typed(operator: Operator):
    dialog = opens_settings(operator)
    dialog.connection.url_edit.setText("https://sms.example.com")
    dialog.sending.pace_field.setValue(25)
    operator.presses(dialog.save_button)
    operator.closes_sheets()

    again = operator.program.settings_flow.dialog
    assert again is not None
    assert (again is not dialog, again.isVisible()) == (True, True)
    assert again.connection.url == "https://sms.example.com"
    assert again.sending.pace_per_s == 25
    assert operator.program.settings.load() == Settings()
    again.reject()


def test_the_address_of_the_command_is_shown_and_not_kept(hire: Callable[..., Operator]):
    operator = hire("http://127.0.0.1:9")
    operator.program.account_flow.ask_account()
    connecting = operator.program.account_flow.dialog
    assert isinstance(connecting, ConnectDialog)
    asked = connecting.url_edit.text()
    connecting.reject()

    dialog = opens_settings(operator)
    shown = dialog.connection.url
    saves(operator, dialog)

    assert (asked, shown) == ("http://127.0.0.1:9", "http://127.0.0.1:9")
    assert operator.program.settings.load().base_url == ""


def test_looking_for_the_service_sends_nothing(hire: Callable[..., Operator], tmp_path: Path):
    with PracticeServer(tmp_path / "service", keys={"right"}) as service:
        operator = hire(service.base_url, lambda program: program.keys.hold(Keys("right")))
        dialog = opens_settings(operator)
        dialog.show_section(CONNECTION)
        dialog.connection.url_edit.setText(service.base_url)
        operator.presses(dialog.check_button)
        operator.waits_until(dialog.check_button.isEnabled)

        assert "probably right" in dialog.notice._words.html
        assert list(service.books.messages()) == []
        dialog.reject()


def test_disconnecting_forgets_the_key_and_goes_back_to_practice(
    hire: Callable[..., Operator], service: PracticeServer
):
    def live(program: Program) -> None:
        program.settings.save(Settings(live=True))
        program.keys.hold(Keys("right"))

    operator = hire(service.base_url, live)
    dialog = opens_settings(operator)
    dialog.show_section(ACCOUNT)
    operator.presses(dialog.account.disconnect_button)
    answer(operator, "Disconnect")
    operator.waits_until(lambda: not operator.window.header.pill.live)
    operator.closes_sheets()

    assert not operator.program.keys.keys
    assert not operator.program.settings.load().live


@pytest.mark.parametrize(
    ("held", "said"),
    [
        pytest.param(True, "press Undo in Results.", id="while undo is offered"),
        pytest.param(False, "pause it first.", id="while it is sent"),
    ],
)
def test_the_settings_say_what_to_do_while_a_campaign_is_under_way(
    operator: Operator, held: bool, said: str
):
    flow = operator.program.account_flow
    flow.is_sending, flow.is_held = (lambda: True), (lambda: held)

    operator.presses(operator.window.header.settings_button)

    assert f"Wait until it is finished, or {said}" in operator.reads()
    operator.closes_sheets()


def test_who_was_live_and_has_no_key_any_more_is_told(hire: Callable[..., Operator]):
    operator = hire(prepare=lambda program: program.settings.save(Settings(live=True)))

    assert "there is no key" in operator.reads()
    assert not operator.window.header.pill.live
    operator.closes_sheets()


def test_settings_by_the_keyboard(operator: Operator, qtbot):
    operator.window.activateWindow()
    operator.window.header.settings_button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(operator.window.header.settings_button, Qt.Key.Key_Space)
    dialog = operator.program.settings_flow.dialog
    assert dialog is not None
    segments = dialog.choice.findChildren(QPushButton)
    for segment in segments[:2]:
        qtbot.keyClick(segment, Qt.Key.Key_Right)
    shown = dialog.sending.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert shown
    assert not dialog.isVisible()


class LockedKeyring(KeyringBackend):
    """A key store that keeps everybody waiting until it is unlocked."""

    priority = -1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.unlocked = Event()
        self.waiting = Event()

    def get_password(self, service: str, username: str) -> str | None:
        self._wait()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._wait()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._wait()
        del self.kept[service, username]

    def _wait(self) -> None:
        self.waiting.set()
        assert self.unlocked.wait(60)


@pytest.fixture
def locked() -> Iterator[LockedKeyring]:
    before = keyring.get_keyring()
    store = LockedKeyring()
    keyring.set_keyring(store)
    yield store
    store.unlocked.set()
    keyring.set_keyring(before)


def is_live(program: Program) -> None:
    """Let a program start live, with a key that was not the key store's."""
    program.settings.save(Settings(live=True))
    program.keys.hold(Keys("old"))


def test_a_new_key_counts_while_the_key_store_is_locked(
    hire: Callable[..., Operator], tmp_path: Path, locked: LockedKeyring
):
    path = tmp_path / "one.csv"
    path.write_text("Phone\n+380501112233\n", encoding="utf-8")
    with PracticeServer(tmp_path / "service", keys={"new"}) as service:
        operator = hire(service.base_url, is_live)
        before = operator.desk
        operator.program.account_flow.ask_account()
        dialog = operator.program.account_flow.dialog
        assert isinstance(dialog, ConnectDialog)
        dialog.key_edit.setText("new")
        operator.presses(dialog.save_button)
        operator.waits_until(lambda: operator.program.desk is not before)
        operator.opens(path)
        operator.chooses(Kind.TRANSACTION)
        operator.signs("MyBrand")
        operator.writes("Hello")
        head = operator.sends()
        waited = locked.waiting.is_set() and not operator.program.keys.is_kept
        locked.unlocked.set()
        operator.waits_until(lambda: operator.program.keys.is_kept)

        assert (head.counts.accepted, waited) == (1, True)
        assert "new" in locked.kept["Cascade Desktop", "default"]


def test_a_new_proxy_counts_while_the_key_store_is_locked(
    operator: Operator, locked: LockedKeyring
):
    dialog = opens_settings(operator)
    dialog.show_section(CONNECTION)
    dialog.connection.mode_choice.choose(ProxyMode.MANUAL.value)
    dialog.connection.host_edit.setText("proxy.example.com")
    dialog.connection.user_edit.setText("office")
    dialog.connection.password_edit.setText("invented-password")

    saves(operator, dialog)
    operator.waits_until(lambda: operator.desk.account.proxy.login is not None)
    operator.waits_until(locked.waiting.is_set)
    kept = dict(locked.kept)
    locked.unlocked.set()

    operator.waits_until(lambda: ("Cascade Desktop", "proxy") in locked.kept)
    assert kept == {}


def test_who_disconnects_practises_while_the_key_store_is_locked(
    hire: Callable[..., Operator], service: PracticeServer, locked: LockedKeyring
):
    operator = hire(service.base_url, is_live)
    locked.kept["Cascade Desktop", "default"] = "old"
    dialog = opens_settings(operator)
    dialog.show_section(ACCOUNT)
    operator.presses(dialog.account.disconnect_button)
    answer(operator, "Disconnect")

    operator.waits_until(lambda: not operator.window.header.pill.live)
    kept = dict(locked.kept)
    locked.unlocked.set()
    operator.waits_until(lambda: not locked.kept)
    operator.closes_sheets()

    assert (len(kept), operator.desk.account.practice) == (1, True)
