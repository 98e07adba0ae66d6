"""What they see: one person's own message, drawn on a phone."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from cascade_desktop.core.drafts import Draft, FlashCall, Kind, Survey, text_of
from cascade_desktop.core.phones import show_phone
from cascade_desktop.core.recipients import Recipients
from cascade_desktop.core.template import Template, bind, parse
from cascade_desktop.ui.compose.person_search import PersonSearch
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

PHONE_HEIGHTS_PX = (264, 400)
LINKS_GAP_PX = 12
APPS = {
    Kind.TRANSACTION: (App.VIBER, App.TELEGRAM, App.RCS, App.SMS),
    Kind.PROMO: (App.VIBER, App.TELEGRAM, App.RCS, App.SMS),
    Kind.SURVEY: (App.VIBER, App.SMS),
    Kind.FLASHCALL: (App.CALL,),
}


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
        self._longest = -1
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
        self.missed_notice = Notice(tone="amber")
        self._search = PersonSearch(self)
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
        if self._draft is None or draft.kind is not self._draft.kind:
            self._offer_apps(draft.kind)
        self._draft, self._time = draft, time
        self._show()

    def show_people(self, recipients: Recipients, rows: Sequence[int], longest: int) -> None:
        """Show these people; whoever was shown stays if possible.

        `longest` is the position of the longest message, -1 where it is not known.
        """
        row = self.row if recipients is self._recipients else None
        self._search.stop()
        if recipients is not self._recipients:
            table = recipients.table
            self._name_columns = name_columns(table.names, recipients.phone_column, table.columns)
        self._recipients, self._rows, self._longest = recipients, rows, longest
        if row is not None and not (self._position < len(rows) and rows[self._position] == row):
            self._position = rows.index(row) if row in rows else 0
        elif row is None:
            self._position = 0
        self._show()

    def go_to(self, position: int) -> None:
        """Show the person at a position; past either end it goes on at the other."""
        if self._rows:
            self._position = position % len(self._rows)
            self._show()

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
        self.body.addWidget(self.missed_notice)
        self.body.addStretch(0)
        self.search_edit.hide()
        self.missed_notice.hide()

    def _wire(self) -> None:
        self.earlier_button.clicked.connect(lambda: self.go_to(self._position - 1))
        self.later_button.clicked.connect(lambda: self.go_to(self._position + 1))
        self.apps.chosen.connect(self._show)
        self.longest_button.clicked.connect(lambda: self.go_to(self._longest))
        self.find_button.clicked.connect(self._toggle_search)
        self.search_edit.textEdited.connect(lambda: self._look(self._position))
        self.search_edit.returnPressed.connect(lambda: self._look(self._position + 1))
        self.search_edit.left.connect(self._toggle_search)
        self._search.found.connect(self.go_to)
        self._search.missed.connect(self._tell_missed)

    def _offer_apps(self, kind: Kind) -> None:
        for app in App:
            self.apps.set_shown(app, app in APPS[kind])
        if App(self.apps.current) not in APPS[kind]:
            self.apps.choose(APPS[kind][0])

    def _toggle_search(self) -> None:
        opened = self.search_edit.isHidden()
        self.search_edit.setVisible(opened)
        self.missed_notice.hide()
        self._search.stop()
        field = self.search_edit if opened else self.find_button
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search_edit.clear()
        reveal(field)

    def _look(self, first: int) -> None:
        self.missed_notice.hide()
        needle = self.search_edit.text()
        if self._recipients is not None and self._rows and needle.strip():
            self._search.start(self._recipients, self._rows, needle, first)
        else:
            self._search.stop()

    def _tell_missed(self) -> None:
        needle = escape(self.search_edit.text().strip())
        words = self.tr("Nobody who will get it has “{text}” in their row.")
        self.missed_notice.set_html(words.format(text=f"<b>{needle}</b>"))
        self.missed_notice.show()
        reveal(self.missed_notice)

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
        self.place_label.setText(
            self.tr("person {position} of {count}").format(
                position=number(self._position + 1), count=number(count)
            )
            if count
            else self.tr("nobody")
        )
        self.person_words.set_html(escape(unbroken(self._person())))
        self.person_words.setVisible(count > 0)
        for button in (self.earlier_button, self.later_button):
            button.setEnabled(count > 1)
        known = self._longest >= 0 and self._draft is not None and bool(text_of(self._draft))
        self.longest_button.setVisible(known)
        if self._draft is not None:
            self._show_phone(self._draft)

    def _show_phone(self, draft: Draft) -> None:
        if isinstance(draft, FlashCall):
            self.phone.show_call(self._caller(), self.tr("rings once"))
            return
        app = App(self.apps.current)
        options = draft.options if isinstance(draft, Survey) and app is App.VIBER else ()
        self.phone.show_message(
            app,
            draft.sender.strip() or self.tr("From"),
            self._pieces(draft),
            time=self._time,
            answers=[option for option in options if option.strip()],
            note=self._note(draft.kind, app),
        )

    def _caller(self) -> str:
        """Return a number as a flash call shows it: some number of the person's country."""
        row = self.row
        phone = self._recipients.phones[row] if self._recipients and row is not None else ""
        shown = show_phone(phone) if phone else "+000 00 000 00 00"
        code, *rest = shown.split(" ")
        return " ".join((code, *("•" * len(group) for group in rest)))

    def _pieces(self, draft: Draft) -> list[Piece]:
        template = parse(text_of(draft))
        row = self.row
        if self._recipients is None or row is None:
            return [_as_written(piece) for piece in template.pieces]
        return _filled(template, self._recipients, row)

    def _note(self, kind: Kind, app: App) -> str:
        match app:
            case App.TELEGRAM:
                return self.tr("Tried first")
            case App.VIBER if kind is not Kind.SURVEY:
                return self.tr("If Telegram does not reach them")
            case App.RCS:
                return self.tr("If Telegram and Viber do not reach them")
            case App.SMS if kind is Kind.SURVEY:
                return self.tr("Without the buttons, if Viber does not reach them")
            case App.SMS:
                return self.tr("If no app reaches them")
        return ""

    def _say(self) -> None:
        self.set_title(self.tr("3 · What they see"))
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


def _filled(template: Template, recipients: Recipients, row: int) -> list[Piece]:
    """Return a message in pieces; what no column or fallback fills stays as it is written."""
    bound, _ = bind(template, recipients.table.names)
    columns = iter(bound.columns)
    pieces: list[Piece] = []
    for piece in template.pieces:
        if isinstance(piece, str):
            pieces.append(Piece(piece))
            continue
        at = next(columns)
        cell = recipients.table.columns[at][row] if at >= 0 else ""
        if cell.strip():
            is_link = cell.startswith(("https://", "http://"))  # its colour tells it apart
            pieces.append(Piece(cell, is_value=not is_link))
        elif at >= 0 and piece.fallback is not None:
            pieces.append(Piece(piece.fallback))
        else:
            pieces.append(_as_written(piece))
    return pieces


def _as_written(piece: object) -> Piece:
    return Piece(piece) if isinstance(piece, str) else Piece(f"{{{getattr(piece, 'name', '')}}}")
