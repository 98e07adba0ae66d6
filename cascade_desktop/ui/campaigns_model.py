"""The saved campaigns as rows: what each is called, where it is, or why it cannot be opened."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from cascade_desktop.engine.saved_campaigns import Place, Saved
from cascade_desktop.ui.theme import colour
from cascade_desktop.ui.wording import say_kind
from cascade_desktop.ui.wording_campaigns import say_unusable_briefly

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class CampaignsModel(QAbstractTableModel):
    """The recent campaigns, the latest first, and the templates below them."""

    def __init__(self, saved: Sequence[Saved], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._saved = tuple(saved)

    def load(self, saved: Sequence[Saved]) -> None:
        """Show these."""
        self.beginResetModel()
        self._saved = tuple(saved)
        self.endResetModel()

    def saved(self, row: int) -> Saved:
        """Return what a row shows."""
        return self._saved[row]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of campaigns."""
        return 0 if parent.isValid() else len(self._saved)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._titles())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's title."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles()[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's words; what cannot be opened is grey."""
        saved = self._saved[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._cells(saved)[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return str(saved.path) if saved.place is Place.FILE else None
            case Qt.ItemDataRole.ForegroundRole if saved.problem is not None:
                return colour("muted")
        return None

    def _titles(self) -> tuple[str, ...]:
        return (self.tr("Campaign"), self.tr("Kind"), self.tr("What it is"), self.tr("Saved"))

    def _cells(self, saved: Saved) -> tuple[str, ...]:
        kind = "" if saved.kind is None else say_kind(saved.kind)
        what = self._what(saved)
        if saved.at is None:
            return saved.name, kind, what, ""
        at = QDateTime.fromSecsSinceEpoch(int(saved.at.timestamp()))
        return saved.name, kind, what, QLocale().toString(at, QLocale.FormatType.ShortFormat)

    def _what(self, saved: Saved) -> str:
        if saved.problem is not None:
            return say_unusable_briefly(saved.problem)
        match saved.place:
            case Place.FILE:
                return self.tr("file")
            case Place.KEPT:
                return self.tr("draft that was replaced")
            case Place.TEMPLATE:
                return self.tr("template")
