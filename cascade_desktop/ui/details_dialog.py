"""What an administrator or SMSBAT needs to know of a stop or a fault; it names nobody."""

import platform
import re
from dataclasses import asdict
from importlib.metadata import version

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from cascade_desktop.engine.journal.values import Head
from cascade_desktop.engine.log import safe_trace
from cascade_desktop.ui.message_dialog import MessageDialog
from cascade_desktop.ui.widgets.buttons import LinkButton, SecondaryButton
from cascade_desktop.ui.wording import say_failure

LINES_PX = 190
_CODE = re.compile(r"[A-Za-z_]{1,40}")
"""What a service may name a fault without telling of whom."""


def campaign_details(head: Head) -> str:
    """Return codes, counts and times; no phone, no text, no key, not the service's own words.

    Those may hold a phone. The lines are English in every language, as logs are.
    """
    last = head.last_batch
    code = head.words.code if _CODE.fullmatch(head.words.code) else ""
    status = f"HTTP {head.words.status}" if head.words.status else ""
    answer = " ".join(part for part in (status, code) if part)
    lines = [
        _program(),
        f"campaign: {head.code}",
        f"created: {head.created_at.isoformat(timespec='seconds')}",
        f"state: {head.state.value} {head.reason.value}".rstrip(),
        f"service: {head.host}",
        *([f"last batch: {last.number}, {last.size} messages, {last.at}"] if last else []),
        *([f"answer: {answer}"] if answer else []),
        ", ".join(f"{name} {count}" for name, count in asdict(head.counts).items()),
    ]
    return "\n".join(lines)


def fault_details(error: BaseException) -> str:
    """Return what an administrator needs to know of a fault: versions and places, no values."""
    return "\n".join(
        (
            _program(),
            f"Python {platform.python_version()}, Qt {qVersion()}",
            f"{platform.system()} {platform.release()} {platform.machine()}",
            safe_trace(error),
        )
    )


class DetailsDialog(MessageDialog):
    """Says something, and opens the details, which can be copied."""

    def __init__(self, title: str, text: str, details: str, parent: QWidget) -> None:
        super().__init__(title, text, parent)
        self.details_button = LinkButton(icon_name="chevron-right")
        self.details_button.setText(self.tr("&Details for your administrator"))
        self.details_edit = QPlainTextEdit(details)
        self.details_edit.setReadOnly(True)
        self.details_edit.setTabChangesFocus(True)
        self.details_edit.setFixedHeight(LINES_PX)
        self.details_edit.setAccessibleName(self.tr("Details for your administrator"))
        self.copy_button = SecondaryButton(self.tr("C&opy the details"))
        self.body.addWidget(self.details_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.details_edit)
        self.button_row.insertWidget(0, self.copy_button)
        self.show_details(shown=False)
        self.details_button.clicked.connect(
            lambda: self.show_details(shown=self.details_edit.isHidden())
        )
        self.copy_button.clicked.connect(self._copy)

    def show_details(self, *, shown: bool) -> None:
        """Open or close the details."""
        self.details_edit.setVisible(shown)
        self.copy_button.setVisible(shown)
        self.details_button.set_icon("chevron-down" if shown else "chevron-right")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details_edit.toPlainText())
        self.copy_button.setText(self.tr("Copied"))


def about_fault(error: BaseException, parent: QWidget) -> DetailsDialog:
    """Say that the program failed at something; the details wait until they are wanted."""
    title = QCoreApplication.translate("DetailsDialog", "Something went wrong")
    return DetailsDialog(title, say_failure(type(error).__name__), fault_details(error), parent)


def about_campaign(head: Head, parent: QWidget) -> DetailsDialog:
    """Show what can be told of a campaign: the details were asked for."""
    title = QCoreApplication.translate("DetailsDialog", "Details for your administrator or SMSBAT")
    text = QCoreApplication.translate(
        "DetailsDialog", "They hold no names, no phone numbers and no texts."
    )
    dialog = DetailsDialog(title, text, campaign_details(head), parent)
    dialog.show_details(shown=True)
    dialog.details_button.hide()
    return dialog


def _program() -> str:
    return f"Cascade Desktop {version('cascade-desktop')}"
