"""Says where a file was saved, and leads there."""

import html
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from cascade_desktop.ui.message_dialog import MessageDialog
from cascade_desktop.ui.widgets.buttons import SecondaryButton
from cascade_desktop.ui.widgets.sentence import Sentence

MAY_BREAK = "\u200b"
"""Where a path may go on in the next line: it has no blanks of its own."""


class SavedDialog(MessageDialog):
    """Names the file and its folder; both can be opened where the system has a way to."""

    def __init__(self, title: str, path: Path, parent: QWidget) -> None:
        super().__init__(title, "", parent)
        self.set_html(f"<b>{_breaking(path.name)}</b><br>{_breaking(str(path.parent))}")
        self.open_button = SecondaryButton(self.tr("&Open"))
        self.folder_button = SecondaryButton(self.tr("&Show in folder"), icon_name="folder-open")
        self._failed_words = Sentence(self.tr("Your system did not open it."), role="muted")
        self._failed_words.hide()
        self.body.addWidget(self._failed_words)
        self.open_button.clicked.connect(lambda: self._go(path))
        self.folder_button.clicked.connect(lambda: self._go(path.parent))
        self.button_row.insertWidget(0, self.folder_button)
        self.button_row.insertWidget(0, self.open_button)

    def add_words(self, sentence: str) -> None:
        """Say something more about what was saved."""
        self.body.addWidget(Sentence(html.escape(sentence), role="muted"))

    def _go(self, path: Path) -> None:
        """Open a file or folder as a double click would, and be done; or say that it failed."""
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.accept()
        else:
            self._failed_words.show()


def _breaking(path: str) -> str:
    """Return a path as HTML that breaks after each of its parts."""
    return MAY_BREAK.join(html.escape(part) for part in _parts(path))


def _parts(path: str) -> list[str]:
    cut = path
    for sign in "/\\-_. ":
        cut = cut.replace(sign, f"{sign}\0")
    return cut.split("\0")
