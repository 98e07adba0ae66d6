"""The user guide, read from the files that ship with the program."""

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QImageReader,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextImageFormat,
)
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from cascade_desktop.engine.resources import resource

PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"
ABOVE_HEADING_PX, BELOW_HEADING_PX = 24, 6


class GuideBrowser(QTextBrowser):
    """Shows the guide with air above its headings and pictures no wider than itself."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenExternalLinks(False)
        self.setSearchPaths([str(resource("help"))])
        self.setSource(QUrl.fromLocalFile(str(resource("help/guide.md"))))
        self._space_headings()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pictures to the new width."""
        super().resizeEvent(event)
        room = self.viewport().width() - 2 * round(self.document().documentMargin())
        cursor = self.document().find(PICTURE)
        while not cursor.isNull():
            if cursor.charFormat().isImageFormat():
                self._fit(cursor, room)
            cursor = self.document().find(PICTURE, cursor)

    def _fit(self, cursor: QTextCursor, room: int) -> None:
        shown = cursor.charFormat().toImageFormat()
        size = QImageReader(str(resource("help") / shown.name())).size()
        if size.width() > room:
            size = size.scaled(QSize(room, size.height()), Qt.AspectRatioMode.KeepAspectRatio)
        fitted = QTextImageFormat(shown)
        fitted.setWidth(size.width())
        fitted.setHeight(size.height())
        cursor.setCharFormat(fitted)

    def _space_headings(self) -> None:
        block = self.document().firstBlock()
        while block.isValid():
            if block.blockFormat().headingLevel():
                spaced = QTextBlockFormat(block.blockFormat())
                spaced.setTopMargin(ABOVE_HEADING_PX)
                spaced.setBottomMargin(BELOW_HEADING_PX)
                QTextCursor(block).setBlockFormat(spaced)
            block = block.next()


class HelpView(QDialog):
    """Shows the guide in a window of its own, beside the work."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Cascade Desktop: help"))
        self.browser = GuideBrowser()
        self.browser.setAccessibleName(self.tr("User guide"))
        layout = QVBoxLayout(self)
        layout.addWidget(self.browser)
        self.resize(760, 640)
