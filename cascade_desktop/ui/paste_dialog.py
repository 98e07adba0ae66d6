"""Paste cells from Excel, or type numbers, as the list."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from cascade_desktop.ui.widgets.buttons import PrimaryButton, SecondaryButton
from cascade_desktop.ui.widgets.dialog import Sheet


class PasteDialog(Sheet):
    """Takes numbers or cells; emits their text."""

    taken = Signal(str)

    def __init__(self, parent: QWidget, *, from_clipboard: bool) -> None:
        super().__init__("", parent)
        self.set_title(
            self.tr("Paste numbers from Excel") if from_clipboard else self.tr("Type numbers")
        )
        hint_label = QLabel(
            self.tr(
                "One number on each line, or whole rows copied from Excel with their column names."
            )
        )
        hint_label.setWordWrap(True)
        hint_label.setProperty("role", "muted")
        self.text_edit = QPlainTextEdit()
        self.text_edit.setAccessibleName(self.tr("Numbers"))
        self.text_edit.setPlaceholderText("+380501112233\n050 111 22 44")
        self.text_edit.setTabChangesFocus(True)
        self.text_edit.setMinimumHeight(220)
        if from_clipboard:
            self.text_edit.setPlainText(QGuiApplication.clipboard().text())
        self.body.addWidget(hint_label)
        self.body.addWidget(self.text_edit)
        back_button = SecondaryButton(self.tr("Back"))
        self.use_button = PrimaryButton(self.tr("Use these numbers"))
        back_button.clicked.connect(self.reject)
        self.use_button.clicked.connect(self._take)
        self.add_button(back_button)
        self.add_button(self.use_button, default=True)
        self.text_edit.textChanged.connect(self._enable)
        self._enable()

    def _enable(self) -> None:
        self.use_button.setEnabled(bool(self.text_edit.toPlainText().strip()))

    def _take(self) -> None:
        self.taken.emit(self.text_edit.toPlainText())
        self.accept()
