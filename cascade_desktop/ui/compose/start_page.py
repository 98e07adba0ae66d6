"""What is shown before there is a list: the ways to get one, and why one failed."""

from html import escape

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cascade_desktop.ui.theme import MARGIN_PX
from cascade_desktop.ui.widgets.banner import Notice
from cascade_desktop.ui.widgets.drop_zone import DropZone


class StartPage(QWidget):
    """The drop zone, with a notice above it where a file could not be read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = Notice(tone="amber")
        self.drop_zone = DropZone()
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, 26, MARGIN_PX, MARGIN_PX)
        column.setSpacing(12)
        column.addWidget(self.notice)
        column.addWidget(self.drop_zone, 1)
        self.show_problem("")

    def show_problem(self, sentence: str) -> None:
        """Tell why a file gave no list, or nothing."""
        self.notice.set_html(escape(sentence))
        self.notice.setVisible(bool(sentence))
