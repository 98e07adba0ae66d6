"""A field to choose from a few words, or to write one."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

LEAST_PX = 200


class ChoiceField(QComboBox):
    """A drop-down field; the wheel scrolls the page instead of changing it by accident."""

    def __init__(self, parent: QWidget | None = None, *, writable: bool = False) -> None:
        super().__init__(parent)
        self.setEditable(writable)
        completer = self.completer()
        if completer is not None:
            # Completed inside the field, "Sho" would become the "Shop" of another time.
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def minimumSizeHint(self) -> QSize:
        """Cut long words short rather than be wider than the column."""
        least = super().minimumSizeHint()
        return QSize(min(LEAST_PX, least.width()), least.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()
