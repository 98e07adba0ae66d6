"""The page that says what becomes of each row, and lets it be mended in place."""

import html
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from cascade_desktop.core.questions import Question
from cascade_desktop.core.recipients import Recipients
from cascade_desktop.core.repairs import Repairs
from cascade_desktop.ui.grid_layout import let_wrap
from cascade_desktop.ui.offers_panel import OffersPanel
from cascade_desktop.ui.recipient_actions import Act, Action
from cascade_desktop.ui.recipient_groups_model import RowGroups
from cascade_desktop.ui.recipients_menu import RowMenu
from cascade_desktop.ui.recipients_model import (
    RecipientsModel,
    Tab,
)
from cascade_desktop.ui.recipients_table import RecipientsTable
from cascade_desktop.ui.theme import MARGIN_PX
from cascade_desktop.ui.undo_line import UndoLine
from cascade_desktop.ui.widgets.banner import Notice
from cascade_desktop.ui.widgets.buttons import SecondaryButton
from cascade_desktop.ui.widgets.segmented import Segmented
from cascade_desktop.ui.widgets.sentence import Sentence
from cascade_desktop.ui.wording_offers import (
    Offer,
    country_offers,
    hidden_offers,
    repair_offers,
    shared_offers,
    stopped_offers,
)
from cascade_desktop.ui.wording_recipients import say_understood

WITH_PEOPLE = (Tab.DIFFERING, Tab.REPAIRED, Tab.READY, Tab.ALL)
"""Tabs with rows that will get the message."""


class RecipientsView(QWidget):
    """Shows a list by verdict; the sums are the rows of the file."""

    back_wanted = Signal()
    change_wanted = Signal()
    """How the file was read is wrong."""
    edited = Signal(int, str)
    """Emits a sheet row and its new phone cell."""
    left_out = Signal(object, bool)
    """Emits sheet rows, and whether they are left out or taken back."""
    answered = Signal(object, object)
    """Emits an Offer and the Answer that was pressed."""
    never_wanted = Signal(object, int)
    """Emits a tuple of phones, E.164, that shall never be messaged again, and how many of the
    chosen rows have none."""
    undo_wanted = Signal()
    save_wanted = Signal(str)
    """Emits a Tab's value: whose rows are wanted as a file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.model = RecipientsModel()
        self._recipients: Recipients | None = None
        self._questions: Sequence[Question] = ()
        self._tab_names: dict[Tab, str] = {}
        self._repairs: tuple[Offer, ...] = ()
        self.back_button = SecondaryButton(icon_name="chevron-left")
        self.title_label = QLabel()
        self.title_label.setProperty("role", "page-title")
        self.sum_words = Sentence(role="muted")
        self.save_button = SecondaryButton()
        self.never_button = SecondaryButton(small=True, icon_name="ban")
        self.reading_notice = Notice()
        self.segments = Segmented([(tab.value, "") for tab in Tab])
        let_wrap(self.segments)
        self.offers_panel = OffersPanel(wide=True)
        self.table = RecipientsTable(self.model)
        self.undo_line = UndoLine()
        self.nobody_label = QLabel()
        self.nobody_label.setProperty("role", "muted")
        self.nobody_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._assemble()
        self._connect()
        self._say()

    def show_list(self, groups: RowGroups) -> None:
        """Show a list, with a message's own faults if there is one; the place is kept."""
        known, recipients = self._recipients, groups.recipients
        self._recipients = recipients
        another = known is None or known.table is not recipients.table
        columns = self.model.columns
        self.model.show_list(groups)
        if another or columns != self.model.columns:  # also after another column of phones
            self.table.lay_out_columns()
        if another:
            self.show_tab(self._first_tab())
        self._say_list()
        self.table.fit_columns()

    def show_undo(self, words: str) -> None:
        """Tell what was decided last, with a way to take it back; "" where nothing was."""
        self.undo_line.show_words(words)

    def ask(self, questions: Sequence[Question], repairs: Repairs) -> None:
        """Ask these about the list, where its rows are concerned, and offer to mend it."""
        self._questions = questions
        self._repairs = repair_offers(repairs)
        self._say_offers()

    @property
    def tab_name(self) -> str:
        """Return what the tab that is shown is called."""
        return self._tab_names[self.model.tab]

    def show_tab(self, tab: Tab) -> None:
        """Show only some rows."""
        self.segments.choose(tab.value)
        self.model.choose(tab)
        self.table.fit_columns()
        self.table.scrollToTop()
        self._say_list()

    def show_left_out(self) -> None:
        """Show some who will not get the message, if not shown already."""
        if self.model.tab in WITH_PEOPLE:
            self.show_tab(self._first_tab())

    def showEvent(self, event: QShowEvent) -> None:
        """Open at the top, with every row where it belongs."""
        super().showEvent(event)
        if not event.spontaneous():
            self.show_tab(self.model.tab)
            self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)
            if self.model.rowCount():
                self.table.go_to(0)
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
            self._say_list()

    def act(self, sheet_row: int, action: Action) -> None:
        """Do what was pressed on a row."""
        what, _, phone = action
        match what:
            case Act.USE:
                self.edited.emit(sheet_row, phone)
            case Act.LEAVE_OUT:
                self.left_out.emit((sheet_row,), True)
            case Act.TAKE_BACK:
                self.left_out.emit((sheet_row,), False)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.back_wanted)
        self.save_button.clicked.connect(self._save)
        self.reading_notice.link_clicked.connect(lambda _: self.change_wanted.emit())
        self.segments.chosen.connect(lambda key: self.show_tab(Tab(key)))
        self.model.edited.connect(self.edited)
        self.model.tallied.connect(self._say_list)
        self.table.pressed_action.connect(self.act)
        self.never_button.clicked.connect(self._never)
        self.table.selectionModel().selectionChanged.connect(self._enable_never)
        self.table.clicked.connect(self.table.edit_phone)
        self.table.deleted.connect(self._leave_out)
        self.offers_panel.answered.connect(self.answered)
        self.undo_line.undo_wanted.connect(self.undo_wanted)
        self.table.customContextMenuRequested.connect(self._open_menu)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.back_wanted.emit)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        undo = QKeySequence(QKeySequence.StandardKey.Undo)
        QShortcut(undo, self, self.undo_wanted.emit, context=inside)

    def _save(self) -> None:
        """Offer the rows of the tab; those that only kept their place are not among them."""
        self.show_tab(self.model.tab)
        self.save_wanted.emit(self.model.tab.value)

    def _leave_out(self, lines: tuple[int, ...]) -> None:
        rows, out = self.model.leavable(lines)
        if rows:
            self.left_out.emit(rows, out)

    def _never(self) -> None:
        self.never_wanted.emit(*self.model.stoppable(self.table.chosen_lines()))

    def _enable_never(self) -> None:
        """Let numbers be stopped where some are chosen that are not stopped yet."""
        chosen = self.table.selectionModel().hasSelection()
        self.never_button.setEnabled(chosen and self.model.tab not in (Tab.STOPPED, Tab.BLANK))

    def _first_tab(self) -> Tab:
        """Begin where something can be done, else where people are."""
        counts = self.model.counts()
        order = (Tab.TO_FIX, Tab.DUPLICATE, Tab.STOPPED, Tab.LEFT_OUT, Tab.NO_CONSENT)
        order += (Tab.HIDDEN, Tab.BLANK)
        return next((tab for tab in order if counts[tab]), Tab.READY)

    def _open_menu(self, at: QPoint) -> None:
        """Offer a row's actions to the keyboard's menu key and the right button."""
        index = self.table.indexAt(at) if self.table.indexAt(at).isValid() else None
        menu = RowMenu(index or self.table.currentIndex(), self.table, self.model)
        menu.acted.connect(self.act)
        menu.never_wanted.connect(self.never_wanted)
        menu.open(at)

    def _say_list(self) -> None:
        recipients = self._recipients
        if recipients is None:
            return
        counts = self.model.counts()
        wont = counts[Tab.ALL] - counts[Tab.READY]
        title = self.tr("Everybody in the list will get this")
        if wont:
            title = self.tr("%Ln (row/rows) of the list will not get this", "", wont)
        self.title_label.setText(title)
        self.sum_words.set_html(self._sum())
        self.reading_notice.set_html(say_understood(recipients))
        for tab in Tab:
            self.segments.set_count(tab.value, counts[tab])
            always = tab in (Tab.TO_FIX, Tab.READY, Tab.ALL)
            always |= tab is Tab.HIDDEN and bool(recipients.table.hidden_rows)
            self.segments.set_shown(tab.value, always or bool(counts[tab]) or tab is self.model.tab)
        shown = counts[self.model.tab]
        self.save_button.setText(self.tr("&Save (this/these) %Ln as Excel…", "", shown))
        self.save_button.setEnabled(shown > 0)
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)
        self.nobody_label.setText(self._say_nobody())
        self._enable_never()
        self._say_offers()

    def _say_offers(self) -> None:
        """Ask what can be settled about the rows of this tab with one press."""
        recipients, offers = self._recipients, tuple[Offer, ...]()
        if recipients is not None:
            match self.model.tab:
                case Tab.TO_FIX:
                    offers = (
                        *country_offers(recipients, self._questions),
                        *self._repairs,
                    )
                case Tab.HIDDEN:
                    offers = hidden_offers(recipients)
                case Tab.DUPLICATE | Tab.DIFFERING:
                    offers = shared_offers(self.model.composition)
                case Tab.STOPPED:
                    count = self.model.counts()[Tab.STOPPED]
                    offers = stopped_offers(count) if count else ()
                case _:
                    pass
        self.offers_panel.ask(offers)

    def _say_nobody(self) -> str:
        match self.model.tab:
            case Tab.TO_FIX:
                return self.tr("Nothing to fix.")
            case Tab.DUPLICATE:
                return self.tr("Nobody is left out because of a number that stands twice.")
            case Tab.READY:
                return self.tr("Nobody gets this message yet.")
            case _:
                return self.tr("Nobody here.")

    def _sum(self) -> str:
        """Say the sums of the verdicts: they add up to the rows of the file."""
        counts = self.model.counts()
        parts = (
            self.tr("%Ln will get it", "", counts[Tab.READY]),
            self.tr("%Ln to fix", "", counts[Tab.TO_FIX]),
            self.tr("%Ln same number twice", "", counts[Tab.DUPLICATE]),
            self.tr("%Ln “do not message”", "", counts[Tab.STOPPED]),
            self.tr("%Ln left out by you", "", counts[Tab.LEFT_OUT]),
            self.tr("%Ln did not agree", "", counts[Tab.NO_CONSENT]),
            self.tr("%Ln hidden", "", counts[Tab.HIDDEN]),
            self.tr("%Ln empty", "", counts[Tab.BLANK]),
        )
        tabs = (Tab.READY, Tab.TO_FIX, Tab.DUPLICATE, Tab.STOPPED)
        tabs += (Tab.LEFT_OUT, Tab.NO_CONSENT, Tab.HIDDEN, Tab.BLANK)
        shown = [part for part, tab in zip(parts, tabs, strict=True) if counts[tab]]
        rows = self.tr("%Ln row(s)", "", counts[Tab.ALL])
        return html.escape(f"{rows} = {' + '.join(shown)}", quote=False)

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, 14, MARGIN_PX, 24)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(14)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title_label)
        words.addWidget(self.sum_words)
        head.addWidget(self.back_button)
        head.addLayout(words, 1)
        head.addWidget(self.save_button)
        column.addLayout(head)
        column.addWidget(self.reading_notice)
        column.addWidget(self._card(), 1)

    def _card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 10, 1, 8)
        column.setSpacing(10)
        line = QHBoxLayout()
        line.setContentsMargins(12, 0, 12, 0)
        line.addWidget(self.segments, 1)
        line.addStretch()
        line.addWidget(self.never_button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        asked = QVBoxLayout()
        asked.setContentsMargins(12, 0, 12, 0)
        asked.addWidget(self.offers_panel)
        column.addLayout(asked)
        rows = QWidget()
        self._stack = QStackedLayout(rows)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nobody_label)
        column.addWidget(rows, 1)
        column.addWidget(self.undo_line)
        return card

    def _say(self) -> None:
        self.back_button.setText(self.tr("&Back to the message"))
        self.never_button.setText(self.tr("&Never message again…"))
        self.table.setAccessibleName(self.tr("The rows of the list and what becomes of them"))
        for tab, text in (
            (Tab.TO_FIX, self.tr("To fix")),
            (Tab.DUPLICATE, self.tr("Same number twice")),
            (Tab.STOPPED, self.tr("Do not message")),
            (Tab.LEFT_OUT, self.tr("Left out by you")),
            (Tab.NO_CONSENT, self.tr("Did not agree")),
            (Tab.HIDDEN, self.tr("Hidden")),
            (Tab.BLANK, self.tr("Empty")),
            (Tab.DIFFERING, self.tr("Different messages")),
            (Tab.REPAIRED, self.tr("Corrected")),
            (Tab.READY, self.tr("Will get it")),
            (Tab.ALL, self.tr("All")),
        ):
            self.segments.set_text(tab.value, text)
            self._tab_names[tab] = text
