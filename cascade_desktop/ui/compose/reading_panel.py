"""A file is being read: its name, that work goes on, and a way to stop it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from cascade_desktop.core.progress import Progress, Stage
from cascade_desktop.ui.theme import mark
from cascade_desktop.ui.widgets.buttons import SecondaryButton
from cascade_desktop.ui.widgets.sentence import breakable

BAR_MOST_PX = 420
WHOLE = 1000
"""Of the bar."""


class ReadingPanel(QWidget):
    """Shows that a file is being read; in the middle of a page, or small inside a card."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None, *, centred: bool) -> None:
        super().__init__(parent)
        self._file = ""
        self._words_label = QLabel(wordWrap=True)
        mark(self._words_label, role="page-title" if centred else "strong")
        self._bar = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self._bar.setMaximumWidth(BAR_MOST_PX)
        self._progress = Progress()
        self.progress_label = QLabel(wordWrap=True)
        mark(self.progress_label, tone="muted")
        self.cancel_button = SecondaryButton(small=True)
        self.cancel_button.clicked.connect(self.cancelled)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.cancelled.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        side = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        for label in (self._words_label, self.progress_label):
            label.setAlignment(side)
        if centred:
            column.addStretch(2)
        column.addWidget(self._words_label)
        column.addWidget(self._bar)
        column.addWidget(self.progress_label)
        column.addWidget(self.cancel_button, 0, side)
        if centred:
            column.setAlignment(self._bar, side)
            self._bar.setMinimumWidth(BAR_MOST_PX)
            column.addStretch(3)
        self._say()

    def show_file(self, name: str) -> None:
        """Say which file is being read."""
        self._file = name
        self._say()
        self.show_progress(Progress())

    @property
    def share(self) -> float:
        """Return how much of the bar is full; 0 while nobody can tell."""
        return self._bar.value() / WHOLE if self._bar.maximum() else 0.0

    def show_progress(self, progress: Progress) -> None:
        """Say how far it is; the bar only moves to and fro while nobody can tell."""
        self._progress = progress
        self._bar.setMaximum(WHOLE if progress.overall else 0)
        self._say_progress()
        self._bar.setValue(round(progress.overall * WHOLE))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def _say(self) -> None:
        self._words_label.setText(self.tr("Reading {file}…").format(file=breakable(self._file)))
        self._words_label.setTextFormat(Qt.TextFormat.PlainText)
        self._bar.setAccessibleName(self.tr("Reading {file}…").format(file=self._file))
        self.cancel_button.setText(self.tr("Cancel"))
        self._say_progress()

    def _say_progress(self) -> None:
        rows, words = self._progress.rows, ""
        match self._progress.stage:
            case Stage.READING if rows:
                words = self.tr("%Ln row(s) so far", "", rows)
            case Stage.CHECKING:
                words = self.tr("%Ln row(s) checked", "", rows)
            case _:
                pass
        self.progress_label.setText(words)
