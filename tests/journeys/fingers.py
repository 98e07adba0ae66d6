"""Ten fingers for an operator without a mouse."""

from pathlib import Path

import shiboken6
from operator_at_work import Operator
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot


class Keys:
    """Ten fingers: every key goes to what has the focus, as the system sends it."""

    def __init__(self, qtbot: QtBot, operator: Operator) -> None:
        self._bot = qtbot
        self._operator = operator

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
        self._bot.keyClick(self._focused(), key, held or Qt.KeyboardModifier.NoModifier)

    def type(self, text: str) -> None:
        for sign in text:
            self._bot.keyClick(self._focused(), sign)

    def name_file(self, path: Path) -> None:
        """Answer the system's dialog for a file with its path."""
        self._operator.waits_until(lambda: isinstance(self._focused().window(), QFileDialog))
        dialog, field = self._focused().window(), self._focused()
        assert isinstance(field, QLineEdit)
        field.setText(str(path))  # its list of suggestions is the system's own
        self.press(Qt.Key.Key_Return)
        self._operator.waits_until(lambda: not shiboken6.isValid(dialog) or dialog.isHidden())
        self._operator.window.activateWindow()

    def _focused(self) -> QWidget:
        return QApplication.focusWidget() or self._operator.window
