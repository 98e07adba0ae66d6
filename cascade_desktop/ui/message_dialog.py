"""A short message with one or two answers; what the static message boxes would block for."""

import html
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from cascade_desktop.ui.widgets.buttons import PrimaryButton, SecondaryButton
from cascade_desktop.ui.widgets.dialog import Sheet
from cascade_desktop.ui.widgets.sentence import Sentence


class MessageDialog(Sheet):
    """Says something; the operator closes it, or chooses between going on and going back."""

    def __init__(self, title: str, text: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self._words = Sentence(html.escape(text).replace("\n", "<br>"))
        self.body.addWidget(self._words)
        self.back_button = SecondaryButton(self.tr("&Close"))
        self.back_button.clicked.connect(self.reject)
        self.add_button(self.back_button, default=True)
        self.finished.connect(self.deleteLater)

    def set_html(self, words: str) -> None:
        """Say something else, in HTML."""
        self._words.set_html(words)

    def offer(self, text: str, act: Callable[[], None]) -> None:
        """Add a button that goes on."""
        self.back_button.setText(self.tr("&Back"))
        button = PrimaryButton(text)
        button.clicked.connect(self.accept)
        self.accepted.connect(act)
        self.add_button(button)
