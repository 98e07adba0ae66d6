"""Connect an SMSBAT account: a key, checked without sending, and what is usual."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from cascade_desktop.core.target import (
    DEFAULT_URL,
    Keys,
    KeyWrong,
    UrlWrong,
    read_keys,
    read_target,
)
from cascade_desktop.engine.client import KeyCheck
from cascade_desktop.ui.country_box import CountryBox
from cascade_desktop.ui.theme import icon
from cascade_desktop.ui.widgets.banner import Notice
from cascade_desktop.ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from cascade_desktop.ui.widgets.dialog import PADDING_PX, Sheet
from cascade_desktop.ui.wording_cli import say_key, say_url
from cascade_desktop.ui.wording_settings import say_connection


@dataclass(frozen=True, slots=True)
class Connection:
    """An account as an operator sets it."""

    keys: Keys
    base_url: str = DEFAULT_URL
    sender: str = ""
    country: str = "UA"


class KeyEdit(QLineEdit):
    """A field that hides a key until its eye is pressed."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = QAction(icon("eye", "muted"), self.tr("Show the key"), self)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._reveal)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)

    def _reveal(self, on: bool) -> None:
        mode = QLineEdit.EchoMode
        self.setEchoMode(mode.Normal if on else mode.Password)


class ConnectDialog(Sheet):
    """Asks for at least one key; nothing is sent by checking it."""

    check_wanted = Signal(object)
    """Emits a Connection whose key shall be checked."""
    saved = Signal(object)
    """Emits the Connection to keep."""

    def __init__(self, connection: Connection, parent: QWidget, *, needs_key: bool = True) -> None:
        super().__init__("", parent, width_px=600)
        self._needs_key = needs_key
        self.set_title(self.tr("Connect your SMSBAT account"))
        self.key_edit = KeyEdit(connection.keys.api_key)
        self.viber_edit = KeyEdit(connection.keys.viber_token)
        self.telegram_edit = KeyEdit(connection.keys.tg_key)
        self.url_edit = QLineEdit(connection.base_url or DEFAULT_URL)
        self.sender_edit = QLineEdit(connection.sender)
        self.country_box = CountryBox(connection.country)
        self.more_button = LinkButton(icon_name="chevron-right")
        self.notice = Notice()
        self.check_button = SecondaryButton(self.tr("C&heck the key"))
        self.back_button = SecondaryButton(self.tr("&Back"))
        self.save_button = PrimaryButton(self.tr("&Save"))
        self._more = QWidget()
        self._lay_out()
        self._connect()
        keys = connection.keys
        self._show_more(shown=bool(keys.viber_token or keys.tg_key) or self._url() != DEFAULT_URL)
        self._enable()

    def set_result(self, found: KeyCheck) -> None:
        """Say what the check told."""
        self._enable()
        if found.is_wrong:
            self._tell(self.tr("SMSBAT does not know this key. Copy it again."), "danger")
        elif found.is_right:
            self._tell(self.tr("The key is probably right: SMSBAT answered."), "ok")
        else:
            failed, save = self.tr("Not checked."), self.tr("You can save the key all the same.")
            self._tell(f"{failed} {say_connection(found, has_key=True)} {save}", "amber")

    def connection(self) -> Connection | KeyWrong | UrlWrong:
        """Return what was typed, or what is wrong with it."""
        edits = (self.key_edit, self.viber_edit, self.telegram_edit)
        keys = read_keys(*(edit.text() for edit in edits))
        target = read_target(self._url())
        if isinstance(keys, KeyWrong):
            return keys
        if isinstance(target, UrlWrong):
            return target
        return Connection(
            keys, target.url, self.sender_edit.text().strip(), self.country_box.country
        )

    def _url(self) -> str:
        return self.url_edit.text().strip() or DEFAULT_URL

    def _taken(self) -> Connection | None:
        """Return a connection that can be used, or say what stops it."""
        found = self.connection()
        if isinstance(found, Connection):
            return found
        if isinstance(found, UrlWrong):
            self._show_more(shown=True)
            self.url_edit.setFocus()
        self._tell(say_key(found) if isinstance(found, KeyWrong) else say_url(found), "danger")
        return None

    def _check(self) -> None:
        connection = self._taken()
        if connection is not None:
            self.check_button.setEnabled(False)
            self._tell(self.tr("Checking; nothing is sent…"), "")
            self.check_wanted.emit(connection)

    def _save(self) -> None:
        connection = self._taken()
        if connection is not None:
            self.accept()
            self.saved.emit(connection)

    def _enable(self) -> None:
        """Offer checking when there is a key; who practises may save the rest without one."""
        edits = (self.key_edit, self.viber_edit, self.telegram_edit)
        any_key = any(edit.text().strip() for edit in edits)
        self.check_button.setEnabled(any_key)
        self.save_button.setEnabled(any_key or not self._needs_key)

    def _on_edit(self) -> None:
        """What was said about another key counts no more."""
        self.notice.hide()
        self._enable()

    def _tell(self, words: str, tone: str) -> None:
        self.notice.set_tone(tone)
        self.notice.set_html(words)
        self.notice.show()

    def _show_more(self, *, shown: bool) -> None:
        self._more.setVisible(shown)
        self.more_button.set_icon("chevron-down" if shown else "chevron-right")

    def _connect(self) -> None:
        for edit in (self.key_edit, self.viber_edit, self.telegram_edit, self.url_edit):
            edit.textChanged.connect(self._on_edit)
        self.more_button.clicked.connect(lambda: self._show_more(shown=self._more.isHidden()))
        self.check_button.clicked.connect(self._check)
        self.back_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)

    def _lay_out(self) -> None:
        words = self.tr(
            "Nothing is sent by connecting. The key stays in this computer’s own key store."
        )
        hint_label = QLabel(words)
        hint_label.setProperty("role", "muted")
        hint_label.setWordWrap(True)
        self.body.addWidget(hint_label)
        body = self.body
        self._add(body, self.tr("SMSBAT &key"), self.key_edit)
        self._add(body, self.tr("Your usual sender &name"), self.sender_edit)
        self._add(body, self.tr("Your &country"), self.country_box)
        self.more_button.setText(self.tr("&More: Viber, Telegram, service address"))
        body.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        more = QVBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(10)
        self._add(more, self.tr("&Viber bot token"), self.viber_edit)
        self._add(more, self.tr("&Telegram bot token"), self.telegram_edit)
        self._add(more, self.tr("Service &address"), self.url_edit)
        body.addWidget(self._more)
        self._lay_out_notice()
        self.button_row.insertWidget(0, self.check_button)
        self.add_button(self.back_button)
        self.add_button(self.save_button, default=True)

    def _lay_out_notice(self) -> None:
        """Keep what is said above the buttons, where it is seen however far one has scrolled."""
        place = QWidget()
        row = QVBoxLayout(place)
        row.setContentsMargins(PADDING_PX, 0, PADDING_PX, 0)
        row.addWidget(self.notice)
        outer = self.layout()
        if isinstance(outer, QVBoxLayout):
            outer.insertWidget(outer.count() - 1, place)
        self.notice.hide()

    def _add(self, column: QVBoxLayout, name: str, field: QWidget) -> None:
        label = QLabel(name)
        label.setProperty("role", "field-label")
        label.setBuddy(field)
        field.setAccessibleName(name.replace("&", ""))
        column.addWidget(label)
        column.addWidget(field)
