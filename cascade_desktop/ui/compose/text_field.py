"""A labelled text with its placeholders to insert and, where there is a limit, a counter."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cascade_desktop.core.drafts import SURVEY_UNITS, Kind
from cascade_desktop.core.template import parse, quote
from cascade_desktop.core.text_length import count_units
from cascade_desktop.ui.compose.insert_row import InsertRow
from cascade_desktop.ui.compose.text_edit import TemplateEdit
from cascade_desktop.ui.theme import mark

HEIGHTS_PX = {
    Kind.TRANSACTION: (130, 260),
    Kind.PROMO: (150, 260),
    Kind.SURVEY: (64, 140),
    Kind.FLASHCALL: (90, 200),
}
UNSUBSCRIBE = {
    "uk": "Щоб більше не отримувати: ",
    "it": "Per non ricevere più messaggi: ",
    "en": "No more messages: ",
}
"""Content of a message, so it follows the message's language and not the window's.

Each ends where a link or a number must be typed: only the operator knows one that works.
"""
_ITALIAN = frozenset(
    {"il", "la", "di", "per", "che", "con", "solo", "fino", "tuo", "sconto", "ciao"}
)
ITALIAN_LEAST = 2
"""So many of these words make a text Italian."""


class TextField(QWidget):
    """The text of one kind of message: label, editor, chips."""

    edited = Signal()

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        least_px, most_px = HEIGHTS_PX[kind]
        self.edit = TemplateEdit(least_px=least_px, most_px=most_px)
        self.insert_row = InsertRow(unsubscribe=kind is Kind.PROMO)
        self._title_label = QLabel()
        self._title_label.setBuddy(self.edit)
        mark(self._title_label, role="field-label")
        self._optional_label = QLabel()
        mark(self._optional_label, role="field-label", tone="muted")
        self.counter_label = QLabel()
        mark(self.counter_label, role="field-label")
        self._assemble()
        self.edit.edited.connect(self._on_edited)
        self.insert_row.chosen.connect(lambda name: self.edit.insert(quote(name)))
        self.insert_row.unsubscribe_wanted.connect(self._insert_unsubscribe)
        self._say()

    @property
    def text(self) -> str:
        """Return the text as it stands."""
        return self.edit.text

    def set_text(self, text: str) -> None:
        """Show another text without telling anybody."""
        self.edit.set_text(text)
        self._count()

    def set_names(self, names: Sequence[str], offered: Sequence[str]) -> None:
        """Learn the columns; only some are worth a chip."""
        self.edit.set_names(names)
        self.insert_row.set_names(offered)
        before: QWidget = self.edit
        for chip in self.insert_row.chips:  # Qt has what is added at the end of the window
            self.setTabOrder(before, chip)
            before = chip

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(5)
        head.addWidget(self._title_label)
        head.addWidget(self._optional_label)
        head.addStretch(1)
        head.addWidget(self.counter_label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        column.addLayout(head)
        column.addWidget(self.edit)
        column.addWidget(self.insert_row)
        column.setAlignment(self.edit, Qt.AlignmentFlag(0))

    def _on_edited(self) -> None:
        self._count()
        self.edited.emit()

    def _insert_unsubscribe(self) -> None:
        """Begin the sentence at the end, or go to where it was begun."""
        words = UNSUBSCRIBE[self._language()]
        cursor, found = self.edit.textCursor(), self.text.find(words.strip())
        if found < 0:
            cursor.movePosition(QTextCursor.MoveOperation.End)
        else:
            begun = words if self.text.startswith(words, found) else words.strip()
            cursor.setPosition(count_units(self.text[:found] + begun))
        self.edit.setTextCursor(cursor)
        self.edit.insert("" if found >= 0 else words)

    def _language(self) -> str:
        """Tell the language of the text by its own letters; of the window where it has none."""
        written = parse(self.text).literal.casefold()
        if any("а" <= char <= "я" or char in "іїєґ" for char in written):
            return "uk"
        own = self.locale().name()[:2]
        if not written.strip() and own in UNSUBSCRIBE:
            return own
        words = set(re.findall(r"\w+", written))
        return "it" if len(words & _ITALIAN) >= ITALIAN_LEAST else "en"

    def _count(self) -> None:
        if self._kind is not Kind.SURVEY:
            return
        template = parse(self.text)
        units = count_units(template.literal)
        words = (
            self.tr("{units} of {limit} characters, and what is inserted")
            if template.placeholders
            else self.tr("{units} of {limit} characters")
        )
        self.counter_label.setText(words.format(units=units, limit=SURVEY_UNITS))
        mark(self.counter_label, tone="danger" if units > SURVEY_UNITS else "muted")

    def _say(self) -> None:
        match self._kind:
            case Kind.SURVEY:
                title, hint = self.tr("&Question"), self.tr("Ask one short question.")
            case Kind.FLASHCALL:
                title, hint = self.tr("&If the call fails, send this SMS"), self.tr("No SMS")
            case Kind.PROMO:
                title = self.tr("&Text")
                hint = self.tr("Pictures and buttons cannot be sent this way; a link can.")
            case Kind.TRANSACTION:
                title = self.tr("&Text")
                hint = self.tr("About an order, a visit or a payment. No advertising here.")
        self._title_label.setText(title)
        self.edit.setAccessibleName(title.replace("&", ""))
        self.edit.setPlaceholderText(hint)
        optional = self._kind is Kind.FLASHCALL
        self._optional_label.setText(self.tr("(optional)") if optional else "")
        self.counter_label.setVisible(self._kind is Kind.SURVEY)
        self._count()
