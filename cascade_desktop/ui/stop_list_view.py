"""The page of the “Do not message” list: who gets nothing from any live campaign."""

import html

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from cascade_desktop.core.stop_list import Stopped
from cascade_desktop.ui.row_search import SearchText
from cascade_desktop.ui.stop_list_model import StopListModel
from cascade_desktop.ui.theme import MARGIN_PX, icon
from cascade_desktop.ui.widgets.banner import Notice
from cascade_desktop.ui.widgets.buttons import PrimaryButton, SecondaryButton
from cascade_desktop.ui.widgets.sentence import Sentence
from cascade_desktop.ui.widgets.stamp import PracticeStamp
from cascade_desktop.ui.widgets.table import DataTable

WIDTHS_PX = (230, 150)
SEARCH_PX = 320
TYPING_MS = 150
NOBODY, NOT_FOUND, ROWS = range(3)


class _Numbers(DataTable):
    """Chooses a line when the keyboard comes to it, so that Delete has something to work on."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin where the cursor is, or at the first line."""
        super().focusInEvent(event)
        by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason
        if not by_mouse and not self.selectionModel().hasSelection():
            self.selectRow(max(0, self.currentIndex().row()))


class StopListView(QWidget):
    """Shows the list and says what the operator wants with it."""

    back_wanted = Signal()
    add_wanted = Signal()
    import_wanted = Signal()
    export_wanted = Signal()
    remove_wanted = Signal(object)
    """Emits the tuple of Stopped that shall be taken off."""
    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.model = StopListModel()
        self._count = 0
        self._practice = True
        self._taken_off = 0
        self.back_button = SecondaryButton(icon_name="chevron-left")
        self.title_label = QLabel()
        self.title_label.setProperty("role", "page-title")
        self.sum_words = Sentence(role="muted")
        self.stamp = PracticeStamp(brief=True)
        self.add_button = PrimaryButton(icon_name="plus")
        self.import_button = SecondaryButton(icon_name="upload")
        self.export_button = SecondaryButton(icon_name="download")
        self.practice_notice = Notice()
        self.undo_notice = Notice()
        self.reading_notice = Notice()
        self.reading_notice.hide()
        self.search_edit = QLineEdit()
        self.remove_button = SecondaryButton(icon_name="trash-2")
        self.table = _Numbers()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._assemble()
        self._connect()
        self._say()

    def show_list(self, entries: tuple[Stopped, ...], search: SearchText) -> None:
        """Show the list as it stands; the place on the screen is kept."""
        bar = self.table.verticalScrollBar()
        at = bar.value()
        self.model.show_list(entries, search)
        self._count = len(entries)
        bar.setValue(at)
        self._say_list()

    def set_practice(self, practice: bool) -> None:
        """Say whose list it is."""
        self._practice = practice
        self.forget_removal()
        self._say_list()

    def show_reading(self, file: str) -> None:
        """Say that a file is being read; "" when that has ended."""
        words = self.tr("Reading {file}…").format(file=file)
        self.reading_notice.set_html(html.escape(words))
        self.reading_notice.setVisible(bool(file))
        if layout := self.layout():
            layout.activate()

    def show_removed(self, count: int) -> None:
        """Say that numbers were taken off, and offer to undo it."""
        self._taken_off = count
        self._say_list()

    def forget_removal(self) -> None:
        """Offer no undo any more."""
        self._taken_off = 0
        self._say_list()

    def chosen(self) -> tuple[Stopped, ...]:
        """Return the numbers of the lines that are chosen."""
        return tuple(self.model.entry(line) for line in self.table.chosen_lines())

    def showEvent(self, event: QShowEvent) -> None:
        """Begin anew: what was taken off another time is not undone by accident."""
        super().showEvent(event)
        if not event.spontaneous():
            self.forget_removal()
            self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language, wear the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
            self.model.retranslate()
        if event.type() == QEvent.Type.PaletteChange:
            self._search_action.setIcon(icon("search", "muted"))

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.back_wanted)
        for button in (self.add_button, self.first_add_button):
            button.clicked.connect(self.add_wanted)
        for button in (self.import_button, self.first_import_button):
            button.clicked.connect(self.import_wanted)
        self.export_button.clicked.connect(self.export_wanted)
        self.remove_button.clicked.connect(self._remove)
        self.undo_notice.action_clicked.connect(self.undo_wanted)
        self.search_edit.textChanged.connect(lambda _: self._typing.start())
        self._typing.timeout.connect(self._search)
        self.table.selectionModel().selectionChanged.connect(self._enable)
        self.model.modelReset.connect(self._enable)
        self.table.customContextMenuRequested.connect(self._open_menu)
        for keys, wanted in (
            (QKeySequence(QKeySequence.StandardKey.Find), self.search_edit.setFocus),
            (QKeySequence(Qt.Key.Key_Escape), self.back_wanted.emit),
        ):
            QShortcut(keys, self, wanted)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove)

    def _remove(self) -> None:
        if entries := self.chosen():
            self.remove_wanted.emit(entries)

    def _search(self) -> None:
        self.table.scrollToTop()
        self.table.clearSelection()
        self.model.search(self.search_edit.text())
        self._say_list()

    def _enable(self) -> None:
        self.remove_button.setEnabled(self.table.selectionModel().hasSelection())

    def _open_menu(self, at: QPoint) -> None:
        if not self.chosen():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = QAction(self.tr("Take off the list"), menu)
        action.triggered.connect(self._remove)
        menu.addAction(action)
        menu.popup(self.table.viewport().mapToGlobal(at))

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, 14, MARGIN_PX, 24)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title_label)
        words.addWidget(self.sum_words)
        head.addWidget(self.back_button)
        head.addSpacing(4)
        head.addLayout(words, 1)
        for part in (self.stamp, self.export_button, self.import_button, self.add_button):
            head.addWidget(part)
        column.addLayout(head)
        column.addWidget(self.practice_notice)
        column.addWidget(self.reading_notice)
        column.addWidget(self.undo_notice)
        column.addWidget(self._card(), 1)

    def _card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 10, 1, 8)
        column.setSpacing(10)
        self._tools = QWidget()
        line = QHBoxLayout(self._tools)
        line.setContentsMargins(12, 0, 12, 0)
        line.addWidget(self.search_edit)
        line.addStretch(1)
        line.addWidget(self.remove_button)
        column.addWidget(self._tools)
        self.search_edit.setFixedWidth(SEARCH_PX)
        self.search_edit.setClearButtonEnabled(True)
        self._search_action = QAction(icon("search", "muted"), "", self)
        self.search_edit.addAction(self._search_action, QLineEdit.ActionPosition.LeadingPosition)
        self._not_found_label = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._not_found_label.setProperty("role", "muted")
        rows = QWidget()
        self._stack = QStackedLayout(rows)
        for part in (self._empty_page(), self._not_found_label, self.table):
            self._stack.addWidget(part)
        column.addWidget(rows, 1)
        self.table.setModel(self.model)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        for at, width in enumerate(WIDTHS_PX):
            self.table.setColumnWidth(at, width)
        return card

    def _empty_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(60, 24, 60, 24)
        column.setSpacing(12)
        self._empty_label = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._empty_label.setProperty("role", "hero-title")
        self._empty_words = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._empty_words.setProperty("role", "muted")
        self.first_add_button = PrimaryButton(big=True)
        self.first_import_button = SecondaryButton()
        column.addStretch(1)
        for part in (self._empty_label, self._empty_words):
            part.setWordWrap(True)
            column.addWidget(part)
        column.addSpacing(8)
        for button in (self.first_add_button, self.first_import_button):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        return page

    def _say(self) -> None:
        self.back_button.setText(self.tr("&Back"))
        self.title_label.setText(self.tr("Do not message"))
        self.add_button.setText(self.tr("&Add numbers…"))
        self.import_button.setText(self.tr("&Import…"))
        self.export_button.setText(self.tr("&Export…"))
        self.first_add_button.setText(self.tr("Add numbers…"))
        self.first_import_button.setText(self.tr("Import a list…"))
        self.remove_button.setText(self.tr("&Take off the list"))
        self.search_edit.setPlaceholderText(self.tr("Find a phone or a reason"))
        self.search_edit.setAccessibleName(self.tr("Find a phone or a reason"))
        self.table.setAccessibleName(self.tr("Numbers that must not be messaged"))
        self._not_found_label.setText(self.tr("Nobody here."))
        self._empty_label.setText(self.tr("Nobody is on the list"))
        self._empty_words.setText(
            self.tr(
                "Put the numbers of people here who asked not to get messages. No campaign will"
                " write to them, whatever list they are in. Type the numbers, or import them from"
                " Excel or from another computer."
            )
        )
        self._say_list()

    def _say_list(self) -> None:
        count = self._count
        words = self.tr(
            "%Ln number(s) that (gets/get) nothing from your live campaigns.", "", count
        )
        if self._practice:
            words = self.tr("%Ln number(s) on the list of practice.", "", count)
        self.sum_words.set_html(html.escape(words))
        self.sum_words.setVisible(count > 0)
        self.stamp.setVisible(self._practice)
        self.practice_notice.setVisible(self._practice)
        self.practice_notice.set_html(
            self.tr(
                "You are practising: this list is for trying and counts in practice only. Your"
                " real list is kept apart and is not touched. Go live to see it."
            )
        )
        taken = self.tr("%Ln number(s) taken off the list.", "", self._taken_off)
        self.undo_notice.set_html(html.escape(taken))
        self.undo_notice.set_action(self.tr("&Undo"))
        self.undo_notice.setVisible(self._taken_off > 0)
        for part in (self._tools, self.export_button, self.import_button, self.add_button):
            part.setVisible(count > 0)
        shown = self.model.rowCount()
        self._stack.setCurrentIndex(ROWS if shown else NOT_FOUND if count else NOBODY)
        self._enable()
