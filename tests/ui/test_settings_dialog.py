"""The settings: four parts, saved together; what cannot be used is told where it is."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cascade_desktop.core.prices import Prices
from cascade_desktop.core.proxy import NO_PROXY, Proxy, ProxyLogin, read_proxy
from cascade_desktop.core.states import Reason
from cascade_desktop.engine.client import KeyCheck
from cascade_desktop.engine.settings import Settings
from cascade_desktop.ui.settings_dialog import CONNECTION, SENDING, Now, SettingsDialog, Wish
from cascade_desktop.ui.settings_prices import PricesWrong
from cascade_desktop.ui.wording_settings import say_connection

LOGIN = ProxyLogin("office", "invented-password")
NOW = Now(Settings(), None, Path("data"), connected=False, is_kept=False)


@pytest.fixture
def put(qtbot: QtBot):
    """Return a way to open the settings over a window."""
    window = QWidget()
    window.resize(1024, 700)
    qtbot.addWidget(window)
    window.show()

    def show(now: Now = NOW) -> SettingsDialog:
        dialog = SettingsDialog(now, window)
        dialog.open()
        window.dialog = dialog  # type: ignore[attr-defined]
        return dialog

    return show


def said(dialog: SettingsDialog) -> str:
    return dialog.notice._words.html if dialog.notice.isVisible() else ""


def wish_of(dialog: SettingsDialog) -> Wish:
    wish = dialog.wish()
    assert isinstance(wish, Wish)
    return wish


def test_settings_that_nobody_touched_stay_as_they_were(put):
    kept = Settings(base_url="https://it.smsbat.com", proxy="proxy.office:8080", pace_per_s=50)
    now = Now(kept, LOGIN, Path("data"), connected=True, is_kept=True)

    wish = wish_of(put(now))

    assert wish.settings == kept
    assert wish.proxy.login == LOGIN


def test_a_proxy_by_hand_is_saved_without_its_login(put, qtbot: QtBot):
    dialog = put()
    dialog.show_section(CONNECTION)
    dialog.connection.mode_choice.choose("manual")
    dialog.connection.mode_choice.chosen.emit("manual")
    dialog.connection.host_edit.setText(" proxy.office ")
    dialog.connection.port_field.setValue(8080)
    dialog.connection.user_edit.setText("office")
    dialog.connection.password_edit.setText("invented-password")

    with qtbot.waitSignal(dialog.saved) as told:
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)

    wish: Wish = (told.args or [])[0]
    assert wish.settings.proxy == "proxy.office:8080"
    assert wish.proxy == read_proxy("proxy.office:8080").with_login(  # type: ignore[union-attr]
        "office", "invented-password"
    )


def test_no_proxy_and_no_ceiling_can_be_chosen(put):
    dialog = put()
    dialog.connection.mode_choice.choose("none")
    dialog.sending.free_row.setChecked(True)

    wish = wish_of(dialog)

    assert wish.proxy == NO_PROXY
    assert wish.settings.pace is None
    assert not dialog.sending.pace_field.isEnabled()


WRONG = [
    pytest.param("http://example.com", "proxy", "https://", id="not private"),
    pytest.param("https://k@smsbat.com", "proxy", "no user name", id="extras"),
    pytest.param("", "socks5://proxy", "not the address of a proxy", id="another kind"),
    pytest.param("", "me@proxy", "address alone", id="login in the address"),
    pytest.param("", "", "not the address of a proxy", id="no proxy given"),
]


@pytest.mark.parametrize(("url", "host", "words"), WRONG)
def test_what_cannot_be_used_is_told_where_it_is(put, qtbot: QtBot, url, host, words):
    dialog = put()
    dialog.connection.url_edit.setText(url)
    dialog.connection.mode_choice.choose("manual")
    dialog.connection.host_edit.setText(host)
    dialog.show_section(SENDING)

    with qtbot.assertNotEmitted(dialog.saved):
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)

    assert words in said(dialog)
    assert dialog.connection.isVisible()


@pytest.mark.parametrize(
    ("typed", "host", "port"),
    [
        pytest.param("proxy.office:8080", "proxy.office", 8080, id="host and port"),
        pytest.param("http://proxy.office:8080/", "proxy.office", 8080, id="an address"),
        pytest.param("[::1]:8080", "::1", 8080, id="numbers in brackets"),
        pytest.param("proxy.office", "proxy.office", 3128, id="a host alone"),
    ],
)
def test_a_port_that_was_typed_behind_the_host_goes_to_its_field(
    put, qtbot: QtBot, typed: str, host: str, port: int
):
    part = put().connection
    part.mode_choice.choose("manual")
    part.mode_choice.chosen.emit("manual")

    qtbot.keyClicks(part.host_edit, typed)
    before = part.host_edit.text()
    qtbot.keyClick(part.host_edit, Qt.Key.Key_Tab)
    part.port_field.setFocus()
    found = part.proxy

    assert (before, part.host_edit.text(), part.port_field.value()) == (typed, host, port)
    assert isinstance(found, Proxy)
    assert (found.host, found.port) == (host, port)


def check(wrong: bool = False, right: bool = False, reason: Reason = Reason.NONE) -> KeyCheck:
    return KeyCheck(is_wrong=wrong, is_right=right, reason=reason)


FOUND = [
    pytest.param(check(right=True), True, "probably right", id="200 or 404"),
    pytest.param(check(wrong=True), True, "does not know your key", id="401"),
    pytest.param(check(wrong=True), False, "Connect your account", id="401 without a key"),
    pytest.param(check(reason=Reason.PROXY_LOGIN), True, "proxy asks for a login", id="407"),
    pytest.param(check(reason=Reason.WEB_PAGE), True, "web page", id="sign-in page"),
    pytest.param(check(), True, "not as SMSBAT does", id="something else"),
]


@pytest.mark.parametrize(("found", "connected", "words"), FOUND)
def test_a_look_for_the_service_says_what_it_told(put, qtbot: QtBot, found, connected, words):
    dialog = put(Now(Settings(), None, Path("data"), connected=connected, is_kept=True))
    dialog.show_section(CONNECTION)
    with qtbot.waitSignal(dialog.check_wanted):
        qtbot.mouseClick(dialog.check_button, Qt.MouseButton.LeftButton)
    assert "nothing is sent" in said(dialog)

    dialog.set_result(found)

    assert words in said(dialog)
    assert dialog.check_button.isEnabled()


CHECK_ENDS = (
    Reason.NO_ANSWER,
    Reason.NO_CONNECTION,
    Reason.SLOW_CONNECTION,
    Reason.KEY_REFUSED,
    Reason.NOT_PRIVATE,
    Reason.PROXY_LOGIN,
    Reason.PROXY_DOWN,
    Reason.WEB_PAGE,
)


@pytest.mark.parametrize("reason", CHECK_ENDS)
def test_a_check_without_an_answer_speaks_of_no_message(reason: Reason):
    words = say_connection(check(reason=reason), has_key=True)

    assert words
    assert not any(false in words.lower() for false in ("message", "arrived", "lost", "after send"))


def test_where_the_key_is_kept_is_said(put):
    words = [
        put(Now(Settings(), None, Path("data"), connected=c, is_kept=k)).account.words.html
        for c, k in ((False, False), (True, True), (True, False))
    ]

    assert "No SMSBAT account" in words[0]
    assert "own key store" in words[1]
    assert "this session only" in words[2]


def test_a_proxy_password_is_hidden_until_asked_for(put):
    edit = put().connection.password_edit

    assert edit.echoMode() is edit.EchoMode.Password


def test_everything_has_a_name_for_screen_readers(put):
    dialog = put()
    part = dialog.connection
    fields = (part.url_edit, part.mode_choice, part.host_edit, part.port_field, part.user_edit)

    assert all(field.accessibleName() for field in (*fields, dialog.sending.pace_field))


def test_a_country_without_a_price_is_told_and_enter_goes_to_the_price(put, qtbot: QtBot):
    dialog = put()
    prices = dialog.prices
    prices.add_button.click()
    row = prices.rows[-1]

    found = prices.prices
    qtbot.keyClick(row.country_box, Qt.Key.Key_Return)

    assert isinstance(found, PricesWrong)
    assert found.words.startswith("Write a price for ")
    assert dialog.isVisible()
    assert row.price_edit.placeholderText().startswith("for example ")
    row.price_edit.setText("0.85")
    assert isinstance(prices.prices, Prices)


def test_the_country_that_is_proposed_needs_no_price(put):
    assert put().prices.prices == Prices()
