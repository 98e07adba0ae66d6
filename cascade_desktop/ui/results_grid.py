"""The card with the grid of results: filters that add up, a search, one line a person."""

from PySide6.QtCore import QEvent, QPersistentModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
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

from cascade_desktop.ui.grid_layout import QuietDelegate, WidthWatch, let_wrap
from cascade_desktop.ui.result_rows_model import Column
from cascade_desktop.ui.results_model import (
    OUTCOME_ROLE,
    PHONE_ROLE,
    WRITTEN_ROLE,
    ResultsModel,
)
from cascade_desktop.ui.row_outcome import Filter, Outcome
from cascade_desktop.ui.row_words import say_outcome
from cascade_desktop.ui.theme import icon
from cascade_desktop.ui.widgets.buttons import IconButton
from cascade_desktop.ui.widgets.segmented import Segmented
from cascade_desktop.ui.widgets.state_chip import Shown, StateChipDelegate
from cascade_desktop.ui.widgets.table import DataTable

SEARCH_LEAST_PX, SEARCH_MOST_PX = 160, 260
WHY_LEAST_PX = 240
WHY_ROOM_PX = 350
"""What long names leave to the sentence about a row."""
ROOMY_PX = 1150
"""From this width on there is room for two of the operator's own columns."""
SEARCH_DELAY_MS = 120
WIDTHS_PX = {
    Column.ROW: 76,
    Column.PHONE: 182,
    Column.OWN: 136,
    Column.OUTCOME: 168,
    Column.WHY: 420,
    Column.TRACKING_ID: 320,
    Column.MESSAGE_ID: 320,
    Column.TIME: 180,
    Column.PARTS: 70,
    Column.COST: 110,
}
OWN_LEAST_PX = 90
MEASURED_ROWS = 200
"""So many tell how wide a column is; measuring a hundred thousand would take seconds."""
ALWAYS = (Column.ROW, Column.PHONE, Column.OUTCOME)
HIDDEN_AT_FIRST = (
    Column.TRACKING_ID,
    Column.MESSAGE_ID,
    Column.TIME,
    Column.PARTS,
    Column.COST,
)


class ResultsGrid(QFrame):
    """Shows a results model; the filter is chosen here or by the tiles above."""

    filtered = Signal(str)
    never_wanted = Signal(object)
    """Emits a tuple of phones, E.164, that shall never be messaged again."""
    rows_seen = Signal(object)
    """Emits a tuple of the rows that are on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._model: ResultsModel | None = None
        self.segments = Segmented([(key.value, "") for key in Filter])
        let_wrap(self.segments)
        self.search_edit = QLineEdit()
        self.more_button = IconButton("ellipsis", "")
        self.table = DataTable()
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.horizontalHeader().setResizeContentsPrecision(MEASURED_ROWS)
        self._needed_px: dict[int, int] = {}
        """How wide the operator's own columns would be."""
        self.nobody_label = QLabel()
        self.nobody_label.setProperty("role", "muted")
        self.nobody_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._top, self._top_px = QPersistentModelIndex(), 0
        """The first line on the screen, and where it begins."""
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(SEARCH_DELAY_MS)
        self._ids_action = QAction(self)
        self._ids_action.setCheckable(True)
        self._chips = StateChipDelegate(_say_shown, OUTCOME_ROLE, self)
        self._phones = QuietDelegate(WRITTEN_ROLE, self)
        self._assemble()
        self._connect()
        self._say()

    def show_model(self, model: ResultsModel) -> None:
        """Show another campaign's rows."""
        if model is self._model:
            return
        if self._model is not None:
            self._model.tallied.disconnect(self.refresh)
        self._model = model
        self.search_edit.clear()
        self.table.scrollToTop()
        self.table.setModel(model)
        model.tallied.connect(self.refresh)
        for moved in (model.rowsInserted, model.rowsRemoved):
            moved.connect(self._keep_place)
            moved.connect(self._show_rows)
        model.modelReset.connect(self._show_rows)
        self._lay_out_columns(model)
        self.choose(Filter.ALL)
        self.refresh()

    def choose(self, key: Filter) -> None:
        """Show only some rows."""
        if self._model is None:
            return
        self.segments.choose(key.value)
        self.table.scrollToTop()
        self._model.choose(key)
        self._show_rows()
        self.filtered.emit(key.value)

    def refresh(self) -> None:
        """Count the rows again."""
        model = self._model
        if model is None:
            return
        for key in Filter:
            count = model.count_of(key)
            self.segments.set_count(key.value, count)
            always = key in (Filter.ALL, Filter.SENT, Filter.NOT_SENT, Filter.UNCERTAIN)
            shown = always or count > 0 or key is model.filter
            self.segments.set_shown(key.value, shown)
        self._show_rows()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
            if self._model is not None:
                self._model.retranslate()
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_search_mark()

    def _connect(self) -> None:
        self.segments.chosen.connect(lambda key: self.choose(Filter(key)))
        self.search_edit.textChanged.connect(lambda _: self._typing.start())
        self._typing.timeout.connect(self._search)
        self.more_button.clicked.connect(self._open_menu)
        self.table.customContextMenuRequested.connect(self._open_row_menu)
        self._ids_action.toggled.connect(self._show_ids)
        bar = self.table.verticalScrollBar()
        bar.valueChanged.connect(self._watch)
        bar.rangeChanged.connect(self._watch)
        WidthWatch(self.table).changed.connect(self._fit_columns)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setContext(Qt.ShortcutContext.WindowShortcut)
        find.activated.connect(self.search_edit.setFocus)

    def _search(self) -> None:
        if self._model is not None:
            self.table.scrollToTop()
            self._model.search(self.search_edit.text())
            self._show_rows()

    def _show_rows(self) -> None:
        """Show the grid, or say that nobody is in it."""
        model = self._model
        self._stack.setCurrentIndex(0 if model is not None and model.rowCount() else 1)
        self._watch()

    def _keep_place(self) -> None:
        """Leave the lines on the screen where they are when others come or go above them."""
        bar = self.table.verticalScrollBar()
        if bar.value() and self._top.isValid():
            moved = self.table.rowViewportPosition(self._top.row()) - self._top_px
            if moved:
                self.table.doItemsLayout()  # a bar that can go so far
                bar.setValue(bar.value() + moved)

    def _watch(self) -> None:
        if self._model is None:
            return
        first = self.table.rowAt(0)
        self._top = QPersistentModelIndex(self._model.index(max(first, 0), 0))
        self._top_px = self.table.rowViewportPosition(max(first, 0))
        last = self.table.rowAt(self.table.viewport().height() - 1)
        self._model.watch(max(first, 0), last if last >= 0 else 2**31)
        self.rows_seen.emit(self._model.seen)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self._ids_action)
        corner = QPoint(self.more_button.width() - menu.sizeHint().width(), 0)
        menu.popup(self.more_button.mapToGlobal(corner + QPoint(0, self.more_button.height())))

    def _open_row_menu(self, at: QPoint) -> None:
        """Offer what can be done about the people of the chosen lines."""
        lines = self.table.selectionModel().selectedRows()
        phones = tuple(dict.fromkeys(filter(None, (line.data(PHONE_ROLE) for line in lines))))
        if not phones:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = QAction(self.tr("Never message again…"), menu)
        action.triggered.connect(lambda: self.never_wanted.emit(phones))
        menu.addAction(action)
        menu.popup(self.table.viewport().mapToGlobal(at))

    def _show_ids(self, on: bool) -> None:
        if self._model is not None:
            for kind in HIDDEN_AT_FIRST:
                self.table.setColumnHidden(self._model.column_of(kind), not on)
            self._fit_columns()

    def _fit_columns(self) -> None:
        """Give the operator's own columns what they need, and the sentence about a row the rest."""
        if self._model is None:
            return
        columns, table = self._model.columns, self.table
        own = [at for at, kind in enumerate(columns) if kind is Column.OWN]
        for at in own[1:]:
            table.setColumnHidden(at, self.width() < ROOMY_PX)
        shown = [at for at in own if not table.isColumnHidden(at)]
        room = table.viewport().width() - sum(WIDTHS_PX[kind] for kind in ALWAYS)
        usual = {at: min(WIDTHS_PX[Column.OWN], self._needed_px[at]) for at in shown}
        spare = max(0, room - WHY_ROOM_PX - sum(usual.values()))
        for at in shown:
            more = min(spare, self._needed_px[at] - usual[at])
            table.setColumnWidth(at, usual[at] + more)
            spare -= more
        left = room - sum(map(table.columnWidth, shown))
        table.setColumnWidth(self._model.column_of(Column.WHY), max(WHY_LEAST_PX, left))

    def _lay_out_columns(self, model: ResultsModel) -> None:
        for column, kind in enumerate(model.columns):
            self.table.setColumnWidth(column, WIDTHS_PX[kind])
            self.table.setItemDelegateForColumn(column, None)  # type: ignore[arg-type]
            if kind is Column.OWN:
                self._needed_px[column] = max(
                    OWN_LEAST_PX,
                    self.table.sizeHintForColumn(column),
                    self.table.horizontalHeader().sectionSizeHint(column),
                )
        self.table.setItemDelegateForColumn(model.column_of(Column.OUTCOME), self._chips)
        self.table.setItemDelegateForColumn(model.column_of(Column.PHONE), self._phones)
        self._show_ids(self._ids_action.isChecked())

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 10, 1, 8)
        column.setSpacing(10)
        line = QHBoxLayout()
        line.setContentsMargins(12, 0, 12, 0)
        line.setSpacing(8)
        line.addWidget(self.segments, 1)
        line.addStretch(0)
        line.addWidget(self.search_edit)
        line.addWidget(self.more_button)
        column.addLayout(line)
        self.search_edit.setMinimumWidth(SEARCH_LEAST_PX)
        self.search_edit.setMaximumWidth(SEARCH_MOST_PX)
        self._search_action = QAction(self)
        self.search_edit.addAction(self._search_action, QLineEdit.ActionPosition.LeadingPosition)
        self.search_edit.setClearButtonEnabled(True)
        self._draw_search_mark()
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        rows = QWidget()
        self._stack = QStackedLayout(rows)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nobody_label)
        column.addWidget(rows, 1)

    def _draw_search_mark(self) -> None:
        self._search_action.setIcon(icon("search", "muted"))

    def _say(self) -> None:
        for key, text in (
            (Filter.ALL, self.tr("All")),
            (Filter.SENT, self.tr("Sent")),
            (Filter.DELIVERED, self.tr("Delivered")),
            (Filter.NOT_DELIVERED, self.tr("Not delivered")),
            (Filter.NOT_SENT, self.tr("Not sent")),
            (Filter.UNCERTAIN, self.tr("Uncertain")),
            (Filter.WAITING, self.tr("Waiting")),
            (Filter.NOT_INCLUDED, self.tr("Not included")),
        ):
            self.segments.set_text(key.value, text)
        self.search_edit.setPlaceholderText(self.tr("Find a phone or a name"))
        self.search_edit.setAccessibleName(self.tr("Find a phone or a name"))
        self.more_button.set_name(self.tr("More about the grid"))
        self.table.setAccessibleName(self.tr("What became of each person’s message"))
        self.nobody_label.setText(self.tr("Nobody here."))
        self._ids_action.setText(self.tr("Show ids, times and costs"))


def _say_shown(shown: Shown) -> str:
    return say_outcome(Outcome(shown.value))
