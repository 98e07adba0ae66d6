"""What was decided last, with a way to take it back, and which keys do what."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from cascade_desktop.ui.widgets.buttons import SecondaryButton


class UndoLine(QWidget):
    """The line under the rows."""

    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words_label = QLabel()
        self.undo_button = SecondaryButton(small=True, icon_name="undo-2")
        self._keys_label = QLabel()
        self._keys_label.setProperty("role", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(12)
        row.addWidget(self.words_label)
        row.addWidget(self.undo_button)
        row.addStretch(1)
        row.addWidget(self._keys_label, 0, Qt.AlignmentFlag.AlignRight)
        self.undo_button.clicked.connect(self.undo_wanted)
        self.show_words("")
        self._say()

    def show_words(self, words: str) -> None:
        """Tell what was decided last; "" where there is nothing to take back."""
        self.words_label.setText(words)
        self.words_label.setVisible(bool(words))
        self.undo_button.setVisible(bool(words))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def _say(self) -> None:
        self.undo_button.setText(self.tr("&Undo"))
        self._keys_label.setText(
            self.tr("Enter: write and go on · Delete: leave out · Ctrl+Z: undo")
        )
