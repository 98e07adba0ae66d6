"""The window: the header and the pages; it knows every view and decides nothing."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cascade_desktop.ui.compose.compose_view import ComposeView
from cascade_desktop.ui.folders import Folders
from cascade_desktop.ui.help_view import HelpView
from cascade_desktop.ui.history_view import HistoryView
from cascade_desktop.ui.recipients_view import RecipientsView
from cascade_desktop.ui.results_view import ResultsView
from cascade_desktop.ui.stop_list_view import StopListView
from cascade_desktop.ui.widgets.drop_zone import dropped_file, dropped_paths
from cascade_desktop.ui.widgets.header import Header

COMPOSE, RESULTS, HISTORY = "compose", "results", "history"
SIZE_PX = (1280, 800)
LEAST_PX = 640
FRAME_PX = (8, 40)
"""What a window manager's frame and title bar may take."""


class MainWindow(QWidget):
    """Holds the pages; `closing` asks the program to end, which answers by `finish_closing`."""

    closing = Signal()
    file_dropped = Signal(Path)
    others_dropped = Signal(object)
    """Emits the paths where what was dropped is not one file: a folder, several, a web link."""
    page_shown = Signal(str)
    account_wanted = Signal()
    settings_wanted = Signal()
    never_wanted = Signal(object)
    """Emits a tuple of phones, E.164, that shall never be messaged again."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(QGuiApplication.applicationDisplayName())
        self.setAcceptDrops(True)
        self.header = Header()
        self.compose = ComposeView()
        self.recipients = RecipientsView()
        self.results = ResultsView()
        self.history = HistoryView()
        self.stop_list = StopListView()
        self.folders = Folders()
        self._help: HelpView | None = None
        self._may_close = False
        self._before_stop_list: QWidget | None = None
        self._pages = QStackedWidget()
        for page in (self.compose, self.recipients, self.results, self.history, self.stop_list):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self._pages, 1)
        self._connect()
        self._fit_screen()

    def show_page(self, key: str) -> None:
        """Open one of the header's pages."""
        pages = {COMPOSE: self.compose, RESULTS: self.results, HISTORY: self.history}
        self._pages.setCurrentWidget(pages[key])
        self.header.show_page(key)
        self.page_shown.emit(key)

    def show_verdicts(self) -> None:
        """Open the page that says what becomes of each row."""
        self._pages.setCurrentWidget(self.recipients)

    def show_stop_list(self) -> None:
        """Open the “Do not message” list; Back leads to where one came from."""
        if self.page() is not self.stop_list:
            self._before_stop_list = self.page()
        self._pages.setCurrentWidget(self.stop_list)

    def page(self) -> QWidget | None:
        """Return the page that is open."""
        return self._pages.currentWidget()

    def set_practice(self, practice: bool, account: str = "") -> None:
        """Say where messages go, everywhere it is said."""
        if practice:
            self.header.show_practice()
        else:
            self.header.show_live(account)
        self.compose.set_practice(practice)

    def show_help(self) -> None:
        """Open the user guide."""
        if self._help is None:
            self._help = HelpView(self)
        self._help.show()
        self._help.raise_()

    def finish_closing(self) -> None:
        """Close, now that everything has ended."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let what runs end first."""
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.closing.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file; what is none, or more than one, gets a sentence."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the file that was dropped anywhere on the window."""
        path = dropped_file(event.mimeData())
        event.acceptProposedAction()
        if path is not None:
            self.file_dropped.emit(path)
        else:
            self.others_dropped.emit(dropped_paths(event.mimeData()))

    def _connect(self) -> None:
        self.header.page_chosen.connect(self.show_page)
        self.header.account_clicked.connect(self.account_wanted)
        self.header.settings_clicked.connect(self.settings_wanted)
        self.header.help_clicked.connect(self.show_help)
        self.compose.file_dropped.connect(self.file_dropped)
        self.compose.verdicts_wanted.connect(self.recipients.show_left_out)
        self.compose.verdicts_wanted.connect(self.show_verdicts)
        self.history.stop_list_wanted.connect(self.show_stop_list)
        self.stop_list.back_wanted.connect(self._leave_stop_list)
        self.results.never_wanted.connect(self.never_wanted)
        self.recipients.back_wanted.connect(lambda: self.show_page(COMPOSE))
        self.results.compose_wanted.connect(lambda: self.show_page(COMPOSE))
        for keys, wanted in (
            (QKeySequence(QKeySequence.StandardKey.HelpContents), self.show_help),
            (QKeySequence(QKeySequence.StandardKey.Open), self.compose.open_wanted.emit),
        ):
            shortcut = QShortcut(keys, self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(wanted)

    def _leave_stop_list(self) -> None:
        self._pages.setCurrentWidget(self._before_stop_list or self.compose)

    def _fit_screen(self) -> None:
        """Begin at the usual size, or smaller where the screen is."""
        screen = QGuiApplication.primaryScreen().availableSize()
        self.setMinimumSize(LEAST_PX, LEAST_PX)
        self.resize(
            min(SIZE_PX[0], screen.width() - FRAME_PX[0]),
            min(SIZE_PX[1], screen.height() - FRAME_PX[1]),
        )
