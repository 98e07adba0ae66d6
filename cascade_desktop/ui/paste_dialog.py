"""Paste cells from Excel, or type numbers, as the list."""

from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from cascade_desktop.core.reading_problems import FileProblem
from cascade_desktop.ui.widgets.banner import Notice
from cascade_desktop.ui.widgets.buttons import PrimaryButton, SecondaryButton
from cascade_desktop.ui.widgets.dialog import Sheet
from cascade_desktop.ui.widgets.paste_edit import PasteEdit
from cascade_desktop.ui.wording_reading import say_reading


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
        self._notice = Notice(tone="amber")
        self._notice.hide()
        self.text_edit = PasteEdit()
        self.text_edit.setAccessibleName(self.tr("Numbers"))
        self.text_edit.setPlaceholderText("+380501112233\n050 111 22 44")
        self.text_edit.setMinimumHeight(220)
        self.text_edit.refused.connect(self._tell)
        if from_clipboard:
            self.text_edit.paste()
        self.body.addWidget(hint_label)
        self.body.addWidget(self.text_edit)
        self.body.addWidget(self._notice)
        back_button = SecondaryButton(self.tr("Back"))
        self.use_button = PrimaryButton(self.tr("Use these numbers"))
        back_button.clicked.connect(self.reject)
        self.use_button.clicked.connect(self._take)
        self.add_button(back_button)
        self.add_button(self.use_button, default=True)
        self.text_edit.textChanged.connect(self._enable)
        self._enable()

    def _enable(self) -> None:
        self.use_button.setEnabled(not self.text_edit.is_blank())

    def _tell(self, problem: FileProblem | None) -> None:
        """Say why what was pasted is not here."""
        self._notice.setVisible(problem is not None)
        if problem is not None:
            self._notice.set_html(escape(say_reading(problem)))

    def _take(self) -> None:
        self.taken.emit(self.text_edit.toPlainText())
        self.accept()
