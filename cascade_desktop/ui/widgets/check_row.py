"""A tick beside a sentence that may wrap, which a bare QCheckBox cannot."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from cascade_desktop.ui.widgets.clickable import plain
from cascade_desktop.ui.widgets.sentence import Sentence


class CheckRow(QWidget):
    """Something to agree to; a click on the words ticks it too."""

    toggled = Signal(bool)

    def __init__(self, html: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QCheckBox()
        self._words = Sentence()
        self._words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusProxy(self.box)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(2)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignTop)
        self.box.toggled.connect(self.toggled)
        self.set_html(html)

    def set_html(self, html: str) -> None:
        """Say what is agreed to."""
        self._words.set_html(html)
        self.box.setAccessibleName(plain(html))

    def isChecked(self) -> bool:
        """Tell whether it is ticked."""
        return self.box.isChecked()

    def setChecked(self, on: bool) -> None:
        """Tick it, or not."""
        self.box.setChecked(on)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick it with a click on the words."""
        if self.isEnabled() and self.rect().contains(event.position().toPoint()):
            self.box.toggle()
