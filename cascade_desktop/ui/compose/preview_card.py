"""What they see: one person's own message, drawn on a phone."""

from collections.abc import Iterator, Sequence
from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from cascade_desktop.core.drafts import (
    VIBER_UNITS,
    Draft,
    FlashCall,
    Kind,
    Survey,
    text_of,
)
from cascade_desktop.core.phones import show_phone
from cascade_desktop.core.recipients import Recipients
from cascade_desktop.core.text_length import count_units
from cascade_desktop.ui.compose.person_jumps import Jump, is_possible, walk_to
from cascade_desktop.ui.compose.person_menu import COPY, PersonMenu
from cascade_desktop.ui.compose.person_message import message_pieces, plain_text
from cascade_desktop.ui.compose.person_search import PersonSearch, walk_to_text
from cascade_desktop.ui.compose.reveal import reveal
from cascade_desktop.ui.own_columns import name_columns
from cascade_desktop.ui.theme import mark
from cascade_desktop.ui.widgets.banner import Notice
from cascade_desktop.ui.widgets.buttons import IconButton, LinkButton
from cascade_desktop.ui.widgets.card import Card
from cascade_desktop.ui.widgets.flow import FlowLayout
from cascade_desktop.ui.widgets.phone_preview import App, PhonePreview, Piece
from cascade_desktop.ui.widgets.segmented import Segmented
from cascade_desktop.ui.widgets.sentence import Sentence, unbroken

PHONE_HEIGHTS_PX = (256, 400)
LINKS_GAP_PX = 10
APPS = {
    Kind.TRANSACTION: (App.VIBER, App.TELEGRAM, App.RCS, App.SMS),
    Kind.PROMO: (App.VIBER, App.TELEGRAM, App.RCS, App.SMS),
    Kind.SURVEY: (App.VIBER, App.SMS),
    Kind.FLASHCALL: (App.CALL, App.SMS),
}
LIMITS = {App.VIBER: VIBER_UNITS, App.RCS: 3072}
"""The longest texts that these apps take (cascade-api.md)."""


class _SearchEdit(QLineEdit):
    """A search field that Esc leaves."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class PreviewCard(Card):
    """The third panel: person 17 of 1,221 as Viber, Telegram, RCS or SMS would show it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, scrolling=True)
        self._draft: Draft | None = None
        self._time = ""
        self._recipients: Recipients | None = None
        self._rows: Sequence[int] = ()
        self._position = 0
        self._counted = self._several = False
        self._name_columns: tuple[int, ...] = ()
        self.earlier_button = IconButton("chevron-left", "")
        self.later_button = IconButton("chevron-right", "")
        self.place_label = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.person_words = Sentence(role="muted")
        self.person_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.apps = Segmented(equal=True)
        for app in App:
            self.apps.add(app, "")
        self.phone = PhonePreview()
        self.phone.setMaximumHeight(PHONE_HEIGHTS_PX[1])
        self.longest_button, self.find_button = LinkButton(), LinkButton()
        self.search_edit = _SearchEdit()
        mark(self.search_edit, small=True)
        self.notice = Notice()
        self._search = PersonSearch(self)
        self._missed = ""
        self._lay_out()
        self._wire()
        self._say()

    @property
    def row(self) -> int | None:
        """Return the index of the row whose person is shown."""
        return self._rows[self._position] if self._rows else None

    @property
    def position(self) -> int:
        """Return which person is shown, counted from 0."""
        return self._position

    def show_draft(self, draft: Draft, time: str) -> None:
        """Show another text, as far as it is written."""
        self._draft, self._time = draft, time
        self._offer_apps(draft)
        self._show()

    def show_people(
        self, recipients: Recipients, rows: Sequence[int], longest: int, *, several: bool = False
    ) -> None:
        """Show these people; whoever was shown stays if possible.

        `longest` is the position of the longest message, -1 before the messages were counted;
        `several` tells that somebody gets several, so that messages are counted.
        """
        self._several = several
        row = self.row if recipients is self._recipients else None
        if recipients is not self._recipients or rows is not self._rows:
            self._search.stop()
        if recipients is not self._recipients:
            table = recipients.table
            self._name_columns = name_columns(table.names, recipients.phone_column, table.columns)
        self._recipients, self._rows, self._counted = recipients, rows, longest >= 0
        if row is not None and not (self._position < len(rows) and rows[self._position] == row):
            self._position = rows.index(row) if row in rows else 0
        elif row is None:
            self._position = 0
        self._show()

    def go_to(self, position: int) -> None:
        """Show the person at a position; past either end it goes on at the other."""
        if self._rows:
            self.notice.hide()
            self._position = position % len(self._rows)
            self._show()

    def copy(self) -> None:
        """Put the message of the person shown on the clipboard, a survey's answers below it."""
        draft = self._draft
        if draft is None:
            return
        options = draft.options if isinstance(draft, Survey) else ()
        lines = (plain_text(self._pieces(draft)), *(one for one in options if one.strip()))
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._tell(self.tr("Copied. It can be pasted anywhere."), "")

    def focus_first(self) -> None:
        """Go to the arrows between people, or to the search."""
        part = self.later_button if self.later_button.isEnabled() else self.find_button
        part.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def _lay_out(self) -> None:
        place = QHBoxLayout()
        place.setContentsMargins(0, 0, 0, 0)
        for part, stretch in (
            (self.earlier_button, 0),
            (self.place_label, 1),
            (self.later_button, 0),
        ):
            place.addWidget(part, stretch)
        links = FlowLayout(gap_px=LINKS_GAP_PX)
        for part in (self.longest_button, self.find_button):
            links.addWidget(part)
        self.phone.setMinimumHeight(PHONE_HEIGHTS_PX[0])
        self.body.setSpacing(8)
        self.body.addLayout(place)
        self.body.addWidget(self.person_words)
        self.body.addWidget(self.apps)
        self.body.addWidget(self.phone, 1)
        self.body.addLayout(links)
        self.body.addWidget(self.search_edit)
        self.body.addWidget(self.notice)
        self.body.addStretch(0)
        self.search_edit.hide()
        self.notice.hide()

    def _wire(self) -> None:
        self.earlier_button.clicked.connect(lambda: self.go_to(self._position - 1))
        self.later_button.clicked.connect(lambda: self.go_to(self._position + 1))
        self.apps.chosen.connect(self._show)
        self.link_clicked.connect(self._open_menu)
        self.longest_button.clicked.connect(lambda: self._jump(Jump.LONGEST))
        self.find_button.clicked.connect(self._toggle_search)
        self.search_edit.textEdited.connect(lambda: self._look(self._position))
        self.search_edit.returnPressed.connect(lambda: self._look(self._position + 1))
        self.search_edit.left.connect(self._toggle_search)
        self._search.found.connect(self.go_to)
        self._search.missed.connect(self._on_missed)

    def _offer_apps(self, draft: Draft) -> None:
        calls_only = isinstance(draft, FlashCall) and not text_of(draft)
        offered = (App.CALL,) if calls_only else APPS[draft.kind]
        before = App(self.apps.current)
        for app in App:
            self.apps.set_shown(app, app in offered)
        self.apps.choose(before if before in offered else offered[0])

    def _open_menu(self) -> None:
        draft, found = self._draft, self._recipients
        if draft is None or found is None:
            return
        possible = {jump for jump in Jump if self._rows and is_possible(jump, draft, found)}
        menu = PersonMenu(possible, self, may_copy=bool(text_of(draft)))
        menu.chosen.connect(lambda key: self.copy() if key == COPY else self._jump(Jump(key)))
        menu.open_below(self._link_button)

    def _jump(self, jump: Jump) -> None:
        draft, found = self._draft, self._recipients
        if draft is not None and found is not None and self._rows:
            rows, first = self._rows, self._position + 1
            self._follow(
                walk_to(jump, draft, found, rows, first),
                self.tr("Nobody who will get it is like that."),
            )

    def _follow(self, steps: Iterator[int | None], missed: str) -> None:
        self.notice.hide()
        self._missed = missed
        self._search.start(steps)

    def _toggle_search(self) -> None:
        opened = self.search_edit.isHidden()
        self.search_edit.setVisible(opened)
        self.notice.hide()
        self._search.stop()
        field = self.search_edit if opened else self.find_button
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search_edit.clear()
        reveal(field)

    def _look(self, first: int) -> None:
        self.notice.hide()
        needle = self.search_edit.text()
        if self._recipients is not None and self._rows and needle.strip():
            words = self.tr("Nobody who will get it has “{text}” in their row.")
            missed = words.format(text=f"<b>{escape(needle.strip())}</b>")
            self._follow(walk_to_text(self._recipients, self._rows, needle, first), missed)
        else:
            self._search.stop()

    def _on_missed(self) -> None:
        self._tell(self._missed, "amber")

    def _tell(self, html: str, tone: str) -> None:
        self.notice.set_tone(tone)
        self.notice.set_html(html)
        self.notice.show()
        reveal(self.notice)

    def _person(self) -> str:
        """Say whose message it is, as the list and their phone do."""
        row, found = self.row, self._recipients
        if found is None or row is None:
            return ""
        cells = (" ".join(found.table.columns[at][row].split()) for at in self._name_columns)
        name = " ".join(cell for cell in cells if cell)
        return " · ".join(part for part in (name, show_phone(found.phones[row])) if part)

    def _show(self) -> None:
        count = len(self._rows)
        number = self.locale().toString
        person = self.tr("person {position} of {count}")
        place = self.tr("message {position} of {count}") if self._several else person
        shown = place.format(position=number(self._position + 1), count=number(count))
        self.place_label.setText(shown if count else self.tr("nobody"))
        self.person_words.set_html(escape(unbroken(self._person())))
        self.person_words.setVisible(count > 0)
        for button in (self.earlier_button, self.later_button):
            button.setEnabled(count > 1)
        known = self._counted and self._draft is not None and bool(text_of(self._draft))
        self.longest_button.setVisible(known)
        if self._draft is not None:
            self._show_phone(self._draft)

    def _show_phone(self, draft: Draft) -> None:
        app = App(self.apps.current)
        if app is App.CALL:
            self.phone.show_call(self._caller(), self.tr("rings once"))
            return
        options = draft.options if isinstance(draft, Survey) and app is App.VIBER else ()
        pieces = self._pieces(draft)
        self.phone.show_message(
            app,
            draft.sender.strip() or self.tr("From"),
            pieces,
            time=self._time,
            answers=[option for option in options if option.strip()],
            note=self._note(draft.kind, app, count_units(plain_text(pieces))),
        )

    def _caller(self) -> str:
        """Return a number as a flash call shows it: some number of the person's country."""
        row = self.row
        phone = self._recipients.phones[row] if self._recipients and row is not None else ""
        shown = show_phone(phone) if phone else "+000 00 000 00 00"
        code, *rest = shown.split(" ")
        return " ".join((code, *("•" * len(group) for group in rest)))

    def _pieces(self, draft: Draft) -> list[Piece]:
        return message_pieces(draft, self._recipients, self.row)

    def _note(self, kind: Kind, app: App, units: int) -> str:
        """Say when this app brings the message; the apps are tried in their order."""
        if app in LIMITS and units > LIMITS[app]:
            return self.tr("Too long for it: the next app or SMS brings it")
        match app:
            case App.TELEGRAM:
                return self.tr("Tried first")
            case App.VIBER if kind is not Kind.SURVEY:
                return self.tr("If Telegram does not reach them")
            case App.RCS:
                return self.tr("If Telegram and Viber do not reach them")
            case App.SMS:
                return self._sms_note(kind)
        return ""

    def _sms_note(self, kind: Kind) -> str:
        if kind is Kind.SURVEY:
            return self.tr("Without the buttons, if Viber does not reach them")
        if kind is Kind.FLASHCALL:
            return self.tr("If the call fails")
        return self.tr("If no app reaches them")

    def _say(self) -> None:
        self.set_title(self.tr("3 · What they see"))
        self.set_link(self.tr("Mor&e"))
        self.earlier_button.set_name(self.tr("The person before"))
        self.later_button.set_name(self.tr("The next person"))
        for app, word in (
            (App.VIBER, self.tr("Viber")),
            (App.TELEGRAM, self.tr("Telegram")),
            (App.RCS, self.tr("RCS")),
            (App.SMS, self.tr("SMS")),
            (App.CALL, self.tr("Call")),
        ):
            self.apps.set_text(app, word)
        self.longest_button.setText(self.tr("&Longest message"))
        self.find_button.setText(self.tr("Find a &person"))
        self.search_edit.setPlaceholderText(self.tr("Name or phone"))
        self.search_edit.setAccessibleName(self.tr("Find a person by name or phone"))
        self.phone.setAccessibleName(self.tr("The message as this person sees it"))
        self._show()
