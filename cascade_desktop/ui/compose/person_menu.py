"""Whom else to look at in the preview, and the message to take along."""

from collections.abc import Collection

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from cascade_desktop.ui.compose.person_jumps import Jump

COPY = "copy"


class PersonMenu(QMenu):
    """Opens below a link, ready for the arrow keys; what leads to nobody is grey."""

    chosen = Signal(str)
    """Emits a `Jump` value, or `COPY`."""

    def __init__(self, possible: Collection[Jump], parent: QWidget, *, may_copy: bool) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for jump, words in (
            (Jump.SHORTEST, self.tr("&Shortest message")),
            (Jump.MOST_SMS, self.tr("&Most SMS")),
            (Jump.CORRECTED, self.tr("A corrected &number")),
            (Jump.ABROAD, self.tr("Another &country")),
            (Jump.FALLBACK, self.tr("Used a &fallback")),
        ):
            self._add(jump, words, on=jump in possible)
        self.addSeparator()
        self._add(COPY, self.tr("Copy as &text"), on=may_copy)

    def open_below(self, button: QWidget) -> None:
        """Open at the button's right edge, with the first entry chosen."""
        right = button.mapToGlobal(button.rect().bottomRight())
        self.popup(right - QPoint(self.sizeHint().width(), 0))
        first = next((entry for entry in self.actions() if entry.isEnabled()), None)
        if first is not None:
            self.setActiveAction(first)

    def _add(self, key: str, words: str, *, on: bool) -> None:
        entry = QAction(words, self)
        entry.setData(key)
        entry.setEnabled(on)
        entry.triggered.connect(lambda: self.chosen.emit(key))
        self.addAction(entry)
