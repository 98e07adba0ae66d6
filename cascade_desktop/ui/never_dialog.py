"""Ask before people are never messaged again."""

import html
from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from cascade_desktop.core.numbering import show_phone
from cascade_desktop.core.stop_list import REASON_LONGEST
from cascade_desktop.ui.widgets.buttons import PrimaryButton, SecondaryButton
from cascade_desktop.ui.widgets.dialog import Sheet
from cascade_desktop.ui.widgets.sentence import Sentence


class NeverDialog(Sheet):
    """Says how many numbers go on which list; `accepted` when the operator agrees."""

    def __init__(
        self, phones: Sequence[str], parent: QWidget, *, practice: bool, without: int = 0
    ) -> None:
        super().__init__("", parent, width_px=560)
        count = len(phones)
        title = self.tr("Never message %Ln number(s) again?", "", count)
        if count == 1:
            title = self.tr("Never message {phone} again?").format(phone=show_phone(phones[0]))
        self.set_title(title)
        self.words = Sentence(html.escape(self._text(practice=practice)))
        self.body.addWidget(self.words)
        if without:
            left = self.tr("%Ln chosen row(s) (has/have) no number and (stays/stay).", "", without)
            self.body.addWidget(Sentence(html.escape(left), role="muted"))
        label = QLabel(self.tr("&Reason, if you like"))
        label.setProperty("role", "field-label")
        self.reason_edit = QLineEdit()
        self.reason_edit.setMaxLength(REASON_LONGEST)
        self.reason_edit.setPlaceholderText(self.tr("for example: asked by phone"))
        self.reason_edit.setAccessibleName(label.text().replace("&", ""))
        label.setBuddy(self.reason_edit)
        self.body.addWidget(label)
        self.body.addWidget(self.reason_edit)
        self.back_button = SecondaryButton(self.tr("&Back"))
        self.never_button = PrimaryButton(self.tr("&Never message again"))
        self.back_button.clicked.connect(self.reject)
        self.never_button.clicked.connect(self.accept)
        self.add_button(self.back_button)
        self.add_button(self.never_button, default=True)
        self.reason_edit.setFocus()

    @property
    def reason(self) -> str:
        """Return why, as it was typed."""
        return self.reason_edit.text()

    def _text(self, *, practice: bool) -> str:
        if practice:
            return self.tr(
                "You are practising: this changes the list of practice. Your real “Do not message”"
                " list is kept apart and is not touched."
            )
        return self.tr(
            "Whoever is on your “Do not message” list gets nothing from any campaign, whatever list"
            " they are in. You can take people off again there."
        )
