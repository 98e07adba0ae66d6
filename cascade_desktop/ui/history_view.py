"""The campaigns that were sent: look at one again, or go on with it."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.states import CampaignState
from cascade_desktop.engine.journal.values import Head
from cascade_desktop.ui.indexed_model import RIGHT
from cascade_desktop.ui.widgets.buttons import SecondaryButton
from cascade_desktop.ui.widgets.table import DataTable
from cascade_desktop.ui.wording import say_kind
from cascade_desktop.ui.wording_folder import say_kept
from cascade_desktop.ui.wording_review import say_given

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_NUMBERS_FROM = 4
SENDING_COLUMN = 7
"""Shown only where something is being sent."""


class HistoryModel(QAbstractTableModel):
    """The heads of campaigns, the newest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heads: tuple[Head, ...] = ()

    def load(self, heads: Sequence[Head]) -> None:
        """Show these campaigns."""
        self.beginResetModel()
        self._heads = tuple(heads)
        self.endResetModel()

    def head(self, row: int) -> Head:
        """Return the campaign of a row."""
        return self._heads[row]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of campaigns."""
        return 0 if parent.isValid() else len(self._heads)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._titles())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles()[section]
        return (
            RIGHT
            if role == Qt.ItemDataRole.TextAlignmentRole and section >= _NUMBERS_FROM
            else None
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's words."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells(self._heads[index.row()])[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() >= _NUMBERS_FROM:
            return RIGHT
        return None

    def _titles(self) -> tuple[str, ...]:
        return (
            self.tr("When"),
            self.tr("Campaign"),
            self.tr("Kind"),
            self.tr("State"),
            self.tr("Sent"),
            self.tr("Not sent"),
            self.tr("Uncertain"),
            self.tr("Being sent"),
            self.tr("Waiting"),
            self.tr("Not included"),
        )

    def _cells(self, head: Head) -> tuple[str, ...]:
        locale = QLocale()
        counts = head.counts
        made = QDateTime.fromSecsSinceEpoch(int(head.created_at.timestamp()))
        when = locale.toString(made, QLocale.FormatType.ShortFormat)
        numbers = (
            counts.accepted,
            counts.refused,
            counts.unknown,
            counts.sending,
            counts.ready,
            counts.left_out,
        )
        words = (when, head.name, say_kind(Kind(head.kind)), self._state(head.state))
        return (*words, *(locale.toString(number) for number in numbers))

    def _state(self, state: CampaignState) -> str:
        match state:
            case CampaignState.RUNNING:
                return self.tr("Sending")
            case CampaignState.FINISHED:
                return self.tr("Finished")
            case CampaignState.PAUSED:
                return self.tr("Paused")
            case CampaignState.STOPPED:
                return self.tr("Stopped")


class HistoryView(QWidget):
    """Lists the campaigns; a double click or Enter opens one's results."""

    opened = Signal(str)
    clone_wanted = Signal(object)
    """Emits the Head of a campaign to be written again."""
    stop_list_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = HistoryModel(self)
        title_label = QLabel(self.tr("History"))
        title_label.setProperty("role", "page-title")
        self.open_button = SecondaryButton(self.tr("&Open"))
        self.open_button.setEnabled(False)
        self.clone_button = SecondaryButton(self.tr("&Clone"), icon_name="copy")
        self.clone_button.setToolTip(self.tr("Write it again: its text, its settings and its list"))
        self.clone_button.setEnabled(False)
        self.clone_button.clicked.connect(self._clone)
        self.stop_list_button = SecondaryButton(self.tr("“&Do not message” list…"), icon_name="ban")
        self.stop_list_button.clicked.connect(self.stop_list_wanted)
        self.table = DataTable()
        self.table.setAccessibleName(self.tr("Campaigns"))
        self.table.setModel(self.model)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.activated.connect(lambda index: self.opened.emit(self._code(index)))
        chosen = self.table.selectionModel()
        for button in (self.open_button, self.clone_button):
            chosen.selectionChanged.connect(
                lambda *_, button=button: button.setEnabled(chosen.hasSelection())
            )
            self.model.modelReset.connect(lambda button=button: button.setEnabled(False))
        self.given_label, self.keep_label = _quiet_label(), _quiet_label()
        self.given_label.hide()
        chosen.selectionChanged.connect(self._show_given)
        self.model.modelReset.connect(self.given_label.hide)
        self.open_button.clicked.connect(self._open)
        self._lay_out(title_label)

    def _lay_out(self, title_label: QLabel) -> None:
        empty_label = QLabel(self.tr("Nothing was sent yet. Campaigns appear here by themselves."))
        empty_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty_label.setProperty("role", "muted")
        place = QWidget()
        self._stack = QStackedLayout(place)
        self._stack.addWidget(empty_label)
        self._stack.addWidget(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 18)
        line = QHBoxLayout()
        line.addWidget(title_label, 1)
        line.addWidget(self.stop_list_button)
        line.addWidget(self.clone_button)
        line.addWidget(self.open_button)
        layout.addLayout(line)
        layout.addWidget(place, 1)
        layout.addWidget(self.given_label)
        layout.addWidget(self.keep_label)

    def set_keep_days(self, days: int) -> None:
        """Say how long names and phones stay."""
        self.keep_label.setText(say_kept(days))

    def show_heads(self, heads: Sequence[Head]) -> None:
        """Show these campaigns, the newest first."""
        self.model.load(heads)
        is_quiet = not any(head.counts.sending for head in heads)
        self.table.setColumnHidden(SENDING_COLUMN, is_quiet)
        self._stack.setCurrentIndex(1 if heads else 0)

    def _open(self) -> None:
        for index in self.table.selectionModel().selectedRows():
            self.opened.emit(self._code(index))

    def _show_given(self) -> None:
        """Say what was confirmed before the chosen campaign left, and when."""
        rows = self.table.selectionModel().selectedRows()
        given = self.model.head(rows[0].row()).given if rows else ()
        self.given_label.setText("\n".join(map(say_given, given)))
        self.given_label.setVisible(bool(given))

    def _clone(self) -> None:
        for index in self.table.selectionModel().selectedRows():
            self.clone_wanted.emit(self.model.head(index.row()))

    def _code(self, index: QModelIndex) -> str:
        return self.model.head(index.row()).code


def _quiet_label() -> QLabel:
    label = QLabel(wordWrap=True)
    label.setProperty("role", "muted")
    return label
