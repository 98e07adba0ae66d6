"""Type or paste numbers that must not be messaged, with the reason."""

from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from cascade_desktop.core.reading_problems import FileProblem
from cascade_desktop.core.stop_list import REASON_LONGEST
from cascade_desktop.ui.widgets.banner import Notice
from cascade_desktop.ui.widgets.buttons import PrimaryButton, SecondaryButton
from cascade_desktop.ui.widgets.dialog import Sheet
from cascade_desktop.ui.widgets.paste_edit import PasteEdit
from cascade_desktop.ui.wording_reading import say_reading


class StopAddDialog(Sheet):
    """Takes numbers; emits their text and the reason that they share."""

    taken = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent, width_px=560)
        self.set_title(self.tr("Who shall get no messages any more?"))
        self._notice = Notice(tone="amber")
        self._notice.hide()
        self.numbers_edit = PasteEdit()
        self.numbers_edit.refused.connect(self._tell)
        self.numbers_edit.setMinimumHeight(150)
        self.reason_edit = QLineEdit()
        self.reason_edit.setMaxLength(REASON_LONGEST)
        self.reason_edit.setPlaceholderText(self.tr("for example: asked by phone"))
        self._add(self.tr("&Numbers, one on each line"), self.numbers_edit)
        self.body.addWidget(self._notice)
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
        self.add_numbers_button.setEnabled(not self.numbers_edit.is_blank())

    def _tell(self, problem: FileProblem | None) -> None:
        """Say why what was pasted is not here."""
        self._notice.setVisible(problem is not None)
        if problem is not None:
            self._notice.set_html(escape(say_reading(problem)))

    def _take(self) -> None:
        self.taken.emit(self.numbers_edit.toPlainText(), self.reason_edit.text())
        self.accept()
