"""Something went wrong inside the program: said plainly, with details that name nobody."""

import platform
from importlib.metadata import version

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from cascade_desktop.engine.log import safe_trace
from cascade_desktop.ui.message_dialog import MessageDialog
from cascade_desktop.ui.widgets.buttons import LinkButton, SecondaryButton
from cascade_desktop.ui.wording import say_failure

LINES_PX = 130


def fault_details(error: BaseException) -> str:
    """Return what an administrator needs to know of a fault: versions and places, no values."""
    return "\n".join(
        (
            f"Cascade Desktop {version('cascade-desktop')}",
            f"Python {platform.python_version()}, Qt {qVersion()}",
            f"{platform.system()} {platform.release()} {platform.machine()}",
            safe_trace(error),
        )
    )


class FaultDialog(MessageDialog):
    """Says that the program failed at something; *Details* opens what can be copied."""

    def __init__(self, error: BaseException, parent: QWidget) -> None:
        super().__init__("", say_failure(type(error).__name__), parent)
        self.set_title(self.tr("Something went wrong"))
        self.details_button = LinkButton(icon_name="chevron-right")
        self.details_button.setText(self.tr("&Details for your administrator"))
        self.details_edit = QPlainTextEdit(fault_details(error))
        self.details_edit.setReadOnly(True)
        self.details_edit.setTabChangesFocus(True)
        self.details_edit.setFixedHeight(LINES_PX)
        self.details_edit.setAccessibleName(self.tr("Details for your administrator"))
        self.copy_button = SecondaryButton(self.tr("C&opy the details"))
        self.body.addWidget(self.details_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.details_edit)
        self.button_row.insertWidget(0, self.copy_button)
        self._show_details(shown=False)
        self.details_button.clicked.connect(
            lambda: self._show_details(shown=self.details_edit.isHidden())
        )
        self.copy_button.clicked.connect(self._copy)

    def _show_details(self, *, shown: bool) -> None:
        self.details_edit.setVisible(shown)
        self.copy_button.setVisible(shown)
        self.details_button.set_icon("chevron-down" if shown else "chevron-right")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details_edit.toPlainText())
        self.copy_button.setText(self.tr("Copied"))
