"""A field for many pasted lines, which stays quick however much is pasted."""

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from cascade_desktop.core.pasted import too_much

_CERTAIN = 10_000
"""Nobody pastes so many blanks and nothing else."""


class PasteEdit(QPlainTextEdit):
    """Takes lines; what is longer than a list to paste stays outside and is told."""

    refused = Signal(object)
    """Emits the FileProblem of what was not taken, and None for what was."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        # one line of 100,000 signs takes seconds to be wrapped
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take what is pasted or dropped, if it is not too much."""
        problem = too_much(source.text(), "")
        if problem is None:
            super().insertFromMimeData(source)
        self.refused.emit(problem)

    def is_blank(self) -> bool:
        """Tell whether nothing is there but blanks."""
        long = self.document().characterCount() > _CERTAIN
        return not long and not self.toPlainText().strip()
