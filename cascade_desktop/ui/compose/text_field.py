"""A labelled text with its placeholders to insert and, where there is a limit, a counter."""

import re
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cascade_desktop.core.completion import renamed, with_fallback
from cascade_desktop.core.drafts import SURVEY_UNITS, Kind
from cascade_desktop.core.problems import BraceMissing, DraftProblem, TextEmpty
from cascade_desktop.core.spelling_offers import Spelling, spell
from cascade_desktop.core.template import match_key, parse, quote
from cascade_desktop.core.text_facts import RowFacts
from cascade_desktop.core.text_length import count_units
from cascade_desktop.core.word_leftovers import clean, find_leftovers
from cascade_desktop.ui.compose.insert_row import InsertRow
from cascade_desktop.ui.compose.text_edit import TemplateEdit
from cascade_desktop.ui.compose.text_notices import TextNotices
from cascade_desktop.ui.theme import mark
from cascade_desktop.ui.widgets.sentence import Sentence

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
FRIEND = {"uk": "друже", "it": "amico", "en": "friend"}
"""Proposed where a name is missing."""
_NAMES_A_PERSON = re.compile("імя|имя|піб|name|nome|imię|клієнт|клиент|пацієнт|пациент")
_ITALIAN = frozenset(
    {"il", "la", "di", "per", "che", "con", "solo", "fino", "tuo", "sconto", "ciao"}
)
ITALIAN_LEAST = 2
"""So many of these words make a text Italian."""


class TextField(QWidget):
    """The text of one kind of message: label, editor, chips."""

    edited = Signal()
    rows_wanted = Signal()
    """Emitted to see the people whose message is too long."""

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
        self.counter_words = Sentence(role="field-label")
        self.counter_words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        self.counter_words.link_clicked.connect(self.rows_wanted)
        self.notices = TextNotices(kind)
        self._was_pasted = False
        self._facts: RowFacts | None = None
        self._problems: tuple[DraftProblem, ...] = ()
        self._assemble()
        self.edit.edited.connect(self._on_edited)
        self.insert_row.chosen.connect(lambda name: self.edit.insert(quote(name)))
        self.insert_row.unsubscribe_wanted.connect(self._insert_unsubscribe)
        self.insert_row.emoji_chosen.connect(lambda sign: self.edit.insert(sign, apart=False))
        self.edit.pasted.connect(self._on_pasted)
        self.edit.column_list.opened.connect(self._tell_problems)
        self.notices.column_chosen.connect(self._rename)
        self.notices.fallback_wanted.connect(self._say_otherwise)
        self.notices.clean_wanted.connect(lambda: self.edit.rewrite(clean))
        self.notices.left_as_pasted.connect(self._leave_as_pasted)
        self._say()

    @property
    def text(self) -> str:
        """Return the text as it stands."""
        return self.edit.text

    def set_text(self, text: str) -> None:
        """Show another text without telling anybody."""
        self.edit.set_text(text)
        self._was_pasted = False
        self._facts = None
        self._count()
        self._tell_leftovers()

    def set_names(self, names: Sequence[str], offered: Sequence[str]) -> None:
        """Learn the columns; only some are worth a chip."""
        self.edit.set_names(names)
        self.insert_row.set_names(offered)
        before: QWidget = self.edit
        for chip in self.insert_row.chips:  # Qt has what is added at the end of the window
            self.setTabOrder(before, chip)
            before = chip

    def show_problems(self, problems: Sequence[DraftProblem]) -> None:
        """Say below the text what is wrong with it; a brace that is being typed is not yet."""
        self._problems = tuple(problems)
        self._tell_problems()

    def show_facts(self, facts: RowFacts | None) -> None:
        """Tell what the rows make of this text: None while nobody knows."""
        self._facts = facts
        self.notices.show_missing(facts.missing if facts else ())
        self._count()

    def spell(self, spelling: str) -> None:
        """Write the text in another spelling, as one step that can be undone."""
        self.edit.rewrite(lambda text: spell(text, Spelling(spelling)))

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
        head.addWidget(self.counter_words, 1)
        if self._kind is not Kind.SURVEY:
            head.addStretch(1)  # or what is optional would stand far from its title
        head.setAlignment(self._title_label, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        column.addLayout(head)
        column.addWidget(self.edit)
        column.addWidget(self.insert_row)
        column.addWidget(self.notices)
        column.setAlignment(self.edit, Qt.AlignmentFlag(0))

    def _on_edited(self) -> None:
        self._facts = None
        self._count()
        self._tell_leftovers()
        self.edited.emit()

    def _tell_problems(self) -> None:
        typing = BraceMissing if self.edit.column_list.is_open else ()
        told = [problem for problem in self._problems if not isinstance(problem, typing)]
        self.edit.set_wrong(any(not isinstance(problem, TextEmpty) for problem in told))
        self.notices.show_problems(told)

    def _on_pasted(self, _text: str) -> None:
        self._was_pasted = True
        self._tell_leftovers()

    def _leave_as_pasted(self) -> None:
        self._was_pasted = False
        self._tell_leftovers()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_leftovers(self) -> None:
        self.notices.show_leftovers(find_leftovers(self.text) if self._was_pasted else ())

    def _rename(self, old: str, new: str) -> None:
        self.edit.rewrite(lambda text: renamed(text, old, new))

    def _say_otherwise(self, name: str) -> None:
        """Write something to say where a cell is empty, or go to where it must be typed."""
        person = _NAMES_A_PERSON.search(match_key(name))
        words = FRIEND[self._language()] if person else ""
        if words:
            self.edit.rewrite(lambda text: with_fallback(text, name, words)[0])
        else:
            self.edit.replace(*with_fallback(self.text, name, words))

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
        number = self.locale().toString
        people = 0
        if not template.placeholders:
            words = self.tr("{units} of {limit} characters")
        elif self._facts is None or units > SURVEY_UNITS:
            words = self.tr("{units} of {limit} characters, and what is inserted")
        else:
            units, people = self._facts.longest_units, self._facts.too_long
            words = self.tr("longest with what is inserted: {units} of {limit}")
        said = escape(words.format(units=number(units), limit=number(SURVEY_UNITS)))
        if people:
            over = self.tr("%Ln (person/people) over: <a href='rows'>see them</a>", "", people)
            said = f"{said}, {over}"
        self.counter_words.set_html(said)
        stops = units > SURVEY_UNITS and not people
        mark(self.counter_words, tone="danger" if stops else "amber" if people else "muted")

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
        self.counter_words.setVisible(self._kind is Kind.SURVEY)
        self._count()
