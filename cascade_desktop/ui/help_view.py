"""The user guide, read from the files that ship with the program."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from cascade_desktop.engine.resources import resource


class HelpView(QDialog):
    """Shows the guide in a window of its own, beside the work."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Cascade Desktop: help"))
        self.browser = QTextBrowser()
        self.browser.setAccessibleName(self.tr("User guide"))
        self.browser.setOpenExternalLinks(False)
        self.browser.setSearchPaths([str(resource("help"))])
        self.browser.setSource(QUrl.fromLocalFile(str(resource("help/guide.md"))))
        layout = QVBoxLayout(self)
        layout.addWidget(self.browser)
        self.resize(760, 640)
