"""The parts of the settings: account, connection, sending, and what is kept."""

import html
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from cascade_desktop.core.proxy import Proxy, ProxyLogin, ProxyMode, ProxyWrong, read_proxy
from cascade_desktop.core.target import DEFAULT_URL
from cascade_desktop.engine.batching import PACE_PER_S
from cascade_desktop.engine.settings import KEEP_DAYS, Settings
from cascade_desktop.ui.connect_dialog import KeyEdit
from cascade_desktop.ui.theme import mark
from cascade_desktop.ui.widgets.buttons import SecondaryButton
from cascade_desktop.ui.widgets.check_row import CheckRow
from cascade_desktop.ui.widgets.fields import NumberField
from cascade_desktop.ui.widgets.segmented import Segmented
from cascade_desktop.ui.widgets.sentence import Sentence

FASTEST_PER_S = 10_000
HIGHEST_PORT = 65_535
USUAL_PORT = 3128
LONGEST_DAYS = 3650
BACK_MOST_DAYS = 90
NARROW_PX = 130
_LEFT = Qt.AlignmentFlag.AlignLeft


class Section(QWidget):
    """One part of the settings: fields under their names, in a column."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 8, 0, 0)
        self.column.setSpacing(8)

    def add(self, name: str, field: QWidget, column: QVBoxLayout | None = None) -> None:
        """Put a field under its name."""
        label = QLabel(name)
        mark(label, role="field-label")
        label.setBuddy(field)
        field.setAccessibleName(name.replace("&", ""))
        place = self.column if column is None else column
        place.addWidget(label)
        place.addWidget(field)

    def say(self, words: str) -> Sentence:
        """Add a quiet sentence."""
        sentence = Sentence(words, role="muted")
        self.column.addWidget(sentence)
        return sentence


class AccountSection(Section):
    """Which account is connected, and the ways to change or leave it."""

    connect_wanted = Signal()
    disconnect_wanted = Signal()

    def __init__(self, *, connected: bool, is_kept: bool) -> None:
        super().__init__()
        if not connected:
            words = self.tr("No SMSBAT account is connected. You can practise without one.")
        elif is_kept:
            words = self.tr(
                "An SMSBAT account is connected. Its key is in this computer’s own key store."
            )
        else:
            words = self.tr(
                "An SMSBAT account is connected for this session only: this computer’s key store"
                " did not keep the key."
            )
        self.words = Sentence(words)
        self.column.addWidget(self.words)
        text = self.tr("C&hange key, sender, country…") if connected else self.tr("C&onnect…")
        self.connect_button = SecondaryButton(text)
        self.disconnect_button = SecondaryButton(self.tr("&Disconnect this account…"))
        self.disconnect_button.setVisible(connected)
        for button in (self.connect_button, self.disconnect_button):
            self.column.addWidget(button, 0, _LEFT)
        self.column.addStretch(1)
        self.connect_button.clicked.connect(self.connect_wanted)
        self.disconnect_button.clicked.connect(self.disconnect_wanted)


class ConnectionSection(Section):
    """The service's address and the office's proxy."""

    edited = Signal()

    def __init__(self, settings: Settings, login: ProxyLogin | None) -> None:
        super().__init__()
        self.url_edit = QLineEdit(settings.base_url or DEFAULT_URL)
        self.mode_choice = Segmented()
        self.host_edit = QLineEdit()
        self.port_field = NumberField()
        self.user_edit = QLineEdit(login.user if login else "")
        self.password_edit = KeyEdit(login.password if login else "")
        self._manual = QWidget()
        self._lay_out()
        self._load(read_proxy(settings.proxy))
        for edit in (self.url_edit, self.host_edit, self.user_edit, self.password_edit):
            edit.textChanged.connect(self.edited)
        self.port_field.valueChanged.connect(self.edited)
        self.host_edit.editingFinished.connect(self._split_host)
        self.mode_choice.chosen.connect(self._on_mode)

    @property
    def url(self) -> str:
        """Return the address as it was typed."""
        return self.url_edit.text().strip() or DEFAULT_URL

    @property
    def proxy(self) -> Proxy | ProxyWrong:
        """Return the proxy with its login, or what is wrong with it."""
        mode = ProxyMode(self.mode_choice.current)
        if mode is not ProxyMode.MANUAL:
            return Proxy(mode)
        self._split_host()
        host = self.host_edit.text().strip()
        named = f"[{host}]" if host.count(":") > 1 and not host.startswith("[") else host
        found = read_proxy(named if named.count("://") else f"{named}:{self.port_field.value()}")
        if isinstance(found, ProxyWrong):
            return found
        return found.with_login(self.user_edit.text().strip(), self.password_edit.text())

    def _split_host(self) -> None:
        """Put the port in its own field where somebody typed it behind the host."""
        typed = read_proxy(self.host_edit.text())
        if isinstance(typed, Proxy) and typed.mode is ProxyMode.MANUAL:
            self._load(typed)

    def _load(self, proxy: Proxy | ProxyWrong) -> None:
        known = proxy if isinstance(proxy, Proxy) else Proxy()
        self.mode_choice.choose(known.mode.value)
        self.host_edit.setText(known.host)
        self.port_field.setValue(known.port or USUAL_PORT)
        self._manual.setVisible(known.mode is ProxyMode.MANUAL)

    def _on_mode(self, mode: str) -> None:
        self._manual.setVisible(mode == ProxyMode.MANUAL)
        if mode == ProxyMode.MANUAL:
            self.host_edit.setFocus()
        self.edited.emit()

    def _lay_out(self) -> None:
        self.add(self.tr("Service &address"), self.url_edit)
        self.say(self.tr("SMSBAT’s usual one, unless your manager there gave you another."))
        for mode, words in (
            (ProxyMode.SYSTEM, self.tr("As the system has it")),
            (ProxyMode.MANUAL, self.tr("By hand")),
            (ProxyMode.NONE, self.tr("None")),
        ):
            self.mode_choice.add(mode.value, words)
        self.column.addSpacing(6)
        self.add(self.tr("Office pro&xy"), self.mode_choice)
        self.port_field.setRange(1, HIGHEST_PORT)
        self.port_field.setGroupSeparatorShown(False)
        rows = QVBoxLayout(self._manual)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addLayout(self._row(self.tr("H&ost"), self.host_edit, self.tr("Po&rt"), NARROW_PX))
        rows.addLayout(self._row(self.tr("&Name"), self.user_edit, self.tr("Pass&word"), 0))
        hint = Sentence(
            self.tr(
                "Name and password only if the proxy asks for them; the password goes to the key"
                " store."
            ),
            role="muted",
        )
        rows.addWidget(hint)
        self.column.addWidget(self._manual)
        self.column.addStretch(1)

    def _row(self, left: str, field: QLineEdit, right: str, right_px: int) -> QHBoxLayout:
        """Put two fields side by side: the given one, and the one that belongs to it."""
        other = self.port_field if right_px else self.password_edit
        if right_px:
            other.setFixedWidth(right_px)
        row = QHBoxLayout()
        row.setSpacing(12)
        for name, part, stretch in ((left, field, 1), (right, other, 0 if right_px else 1)):
            column = QVBoxLayout()
            column.setSpacing(6)
            self.add(name, part, column)
            row.addLayout(column, stretch)
        return row


class SendingSection(Section):
    """How fast messages leave, and what the review asks about."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.pace_field = NumberField()
        self.pace_field.setRange(1, FASTEST_PER_S)
        self.pace_field.setFixedWidth(NARROW_PX)
        self.pace_field.setValue(settings.pace_per_s or int(PACE_PER_S))
        self.free_row = CheckRow(self.tr("No ceiling: as fast as SMSBAT takes them"))
        self.add(self.tr("Messages a second, at &most"), self.pace_field)
        self.column.addWidget(self.free_row)
        self.say(
            self.tr(
                "200 suits most accounts. Where SMSBAT asks for less, the program slows down by"
                " itself and says so. A slower pace gives you more time to stop."
            )
        )
        self._add_care(settings)
        self.column.addStretch(1)
        self.free_row.toggled.connect(lambda on: self.pace_field.setEnabled(not on))
        self.free_row.setChecked(settings.pace_per_s <= 0)

    @property
    def pace_per_s(self) -> int:
        """Return the ceiling; 0 for none."""
        return 0 if self.free_row.isChecked() else self.pace_field.value()

    def _add_care(self, settings: Settings) -> None:
        """Add what the review asks about: the hour where people are, and earlier messages."""
        self.before_field, self.from_field = NumberField(), NumberField()
        self.days_field = NumberField()
        for field, least, most, value, unit in (
            (self.before_field, 0, 23, settings.quiet_before_h, ":00"),
            (self.from_field, 1, 24, settings.quiet_from_h, ":00"),
            (self.days_field, 0, BACK_MOST_DAYS, settings.sent_before_days, ""),
        ):
            field.setRange(least, most)
            field.setValue(value)
            field.setSuffix(unit)
            field.setFixedWidth(NARROW_PX)
        self.before_field.valueChanged.connect(lambda hour: self.from_field.setMinimum(hour + 1))
        self.from_field.setMinimum(self.before_field.value() + 1)
        self.days_field.setSpecialValueText(self.tr("nobody"))
        line = QHBoxLayout()
        line.setSpacing(12)
        for name, field in (
            (self.tr("Ask before sendin&g before"), self.before_field),
            (self.tr("or &from, where they are"), self.from_field),
        ):
            column = QVBoxLayout()
            column.setSpacing(6)
            self.add(name, field, column)
            line.addLayout(column)
        line.addStretch(1)
        self.column.addSpacing(6)
        self.column.addLayout(line)
        self.column.addSpacing(6)
        self.add(self.tr("&Days back, to tell who got a message before"), self.days_field)


class KeptSection(Section):
    """What stays on this computer, and where."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        super().__init__()
        self.days_field = NumberField()
        self.days_field.setRange(1, LONGEST_DAYS)
        self.days_field.setFixedWidth(NARROW_PX)
        self.days_field.setValue(settings.keep_days or KEEP_DAYS)
        self.keep_row = CheckRow(self.tr("Keep them until I delete them"))
        self.add(self.tr("&Days after a campaign until its names and phones go"), self.days_field)
        self.column.addWidget(self.keep_row)
        self.keep_row.toggled.connect(lambda on: self.days_field.setEnabled(not on))
        self.keep_row.setChecked(settings.keep_days <= 0)
        self.column.addWidget(
            Sentence(
                self.tr(
                    "Campaigns, with their phones and texts, stay in this folder. They are not"
                    " encrypted: ask your administrator to encrypt the disk."
                )
            )
        )
        self.folder_words = Sentence(html.escape(str(folder)), role="muted")
        self.column.addWidget(self.folder_words)
        self.folder_button = SecondaryButton(self.tr("Open the &folder"), icon_name="folder-open")
        self.folder_button.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        )
        self.column.addWidget(self.folder_button, 0, _LEFT)
        self.say(
            self.tr(
                "The log beside them is for your administrator: it holds counts and times, and"
                " names nobody. Keys are never in a file."
            )
        )
        self.column.addStretch(1)

    @property
    def keep_days(self) -> int:
        """Return how many days; 0 for as long as nobody deletes them."""
        return 0 if self.keep_row.isChecked() else self.days_field.value()
