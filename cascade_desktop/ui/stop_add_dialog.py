"""Type or paste numbers that must not be messaged, with the reason."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from cascade_desktop.core.stop_list import REASON_LONGEST
from cascade_desktop.ui.widgets.buttons import PrimaryButton, SecondaryButton
from cascade_desktop.ui.widgets.dialog import Sheet


class StopAddDialog(Sheet):
    """Takes numbers; emits their text and the reason that they share."""

    taken = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent, width_px=560)
        self.set_title(self.tr("Who shall get no messages any more?"))
        self.numbers_edit = QPlainTextEdit()
        self.numbers_edit.setTabChangesFocus(True)
        self.numbers_edit.setMinimumHeight(150)
        self.reason_edit = QLineEdit()
        self.reason_edit.setMaxLength(REASON_LONGEST)
        self.reason_edit.setPlaceholderText(self.tr("for example: asked by phone"))
        self._add(self.tr("&Numbers, one on each line"), self.numbers_edit)
        self._add(self.tr("&Reason, if you like"), self.reason_edit)
        self.back_button = SecondaryButton(self.tr("&Back"))
        self.add_numbers_button = PrimaryButton(self.tr("&Put on the list"))
        self.back_button.clicked.connect(self.reject)
        self.add_numbers_button.clicked.connect(self._take)
        self.add_button(self.back_button)
        self.add_button(self.add_numbers_button, default=True)
        self.numbers_edit.textChanged.connect(self._enable)
        self._enable()
        self.numbers_edit.setFocus()

    def _add(self, name: str, field: QWidget) -> None:
        label = QLabel(name)
        label.setProperty("role", "field-label")
        label.setBuddy(field)
        field.setAccessibleName(name.replace("&", ""))
        self.body.addWidget(label)
        self.body.addWidget(field)

    def _enable(self) -> None:
        self.add_numbers_button.setEnabled(bool(self.numbers_edit.toPlainText().strip()))

    def _take(self) -> None:
        self.taken.emit(self.numbers_edit.toPlainText(), self.reason_edit.text())
        self.accept()
