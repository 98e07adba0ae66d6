"""What an administrator or SMSBAT needs to know of a campaign that stopped; it names nobody."""

import re
from dataclasses import asdict
from importlib.metadata import version

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from cascade_desktop.engine.journal.values import Head
from cascade_desktop.ui.message_dialog import MessageDialog
from cascade_desktop.ui.widgets.buttons import SecondaryButton

LINES_PX = 190
_CODE = re.compile(r"[A-Za-z_]{1,40}")
"""What a service may name a fault without telling of whom."""


def campaign_details(head: Head) -> str:
    """Return codes, counts and times; no phone, no text, no key, not the service's own words.

    Those may hold a phone. The lines are English in every language, as logs are.
    """
    last = head.last_batch
    lines = [
        f"Cascade Desktop {version('cascade-desktop')}",
        f"campaign: {head.code}",
        f"created: {head.created_at.isoformat(timespec='seconds')}",
        f"state: {head.state.value} {head.reason.value}".rstrip(),
        f"service: {head.host}",
        *([f"last batch: {last.number}, {last.size} messages, {last.at}"] if last else []),
        *([f"answer: {head.words.code}"] if _CODE.fullmatch(head.words.code) else []),
        ", ".join(f"{name} {count}" for name, count in asdict(head.counts).items()),
    ]
    return "\n".join(lines)


class DetailsDialog(MessageDialog):
    """Shows the details and lets them be copied."""

    def __init__(self, head: Head, parent: QWidget) -> None:
        super().__init__("", "", parent)
        self.set_title(self.tr("Details for your administrator or SMSBAT"))
        self.set_html(self.tr("They hold no names, no phone numbers and no texts."))
        self.details_edit = QPlainTextEdit(campaign_details(head))
        self.details_edit.setReadOnly(True)
        self.details_edit.setTabChangesFocus(True)
        self.details_edit.setFixedHeight(LINES_PX)
        self.details_edit.setAccessibleName(self.tr("Details"))
        self.copy_button = SecondaryButton(self.tr("C&opy the details"))
        self.body.addWidget(self.details_edit)
        self.button_row.insertWidget(0, self.copy_button)
        self.copy_button.clicked.connect(self._copy)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details_edit.toPlainText())
        self.copy_button.setText(self.tr("Copied"))
