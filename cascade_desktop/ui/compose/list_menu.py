"""The ways to give another list while one is open: the same as on the start page."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from cascade_desktop.ui.widgets.drop_zone import Start


class ListMenu(QMenu):
    """Opens below a button, ready for the arrow keys."""

    chosen = Signal(str)
    """Emits a `Start` value."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for way, words in (
            (Start.OPEN, self.tr("&Open a file…")),
            (Start.PASTE, self.tr("&Paste from Excel…")),
            (Start.TYPE, self.tr("&Type numbers…")),
            (Start.EXAMPLE, self.tr("&Make an example file to fill in…")),
        ):
            if way is Start.EXAMPLE:
                self.addSeparator()
            entry = QAction(words, self)
            entry.triggered.connect(lambda _=False, way=way: self.chosen.emit(way.value))
            self.addAction(entry)

    def open_below(self, button: QWidget) -> None:
        """Open at the button's right edge, with the first way chosen."""
        right = button.mapToGlobal(button.rect().bottomRight())
        self.popup(right - QPoint(self.sizeHint().width(), 0))
        self.setActiveAction(self.actions()[0])
