"""A question with one-press answers: a sentence in a box, and small buttons."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from cascade_desktop.ui.theme import mark
from cascade_desktop.ui.widgets.buttons import SecondaryButton
from cascade_desktop.ui.widgets.flow import FlowLayout
from cascade_desktop.ui.widgets.sentence import Sentence

LEAST_PX = 90
ICON_GAP_PX = 4
HOLDS = "check"
"""The icon of the answer that holds now."""


class AnswerButton(SecondaryButton):
    """One answer; the second click of a double one is nobody's answer to the next question.

    Words too long for its place, such as a sheet's name, end in dots; the tip has all of them.
    """

    def minimumSizeHint(self) -> QSize:
        """Need room for the first words."""
        wish = super().minimumSizeHint()
        return QSize(min(wish.width(), LEAST_PX), wish.height())

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """Draw as many of the words as have room."""
        super().initStyleOption(option)
        part = QStyle.SubElement.SE_PushButtonContents
        room = self.style().subElementRect(part, option, self).width() + 1
        if not self.icon().isNull():
            room -= self.iconSize().width() + ICON_GAP_PX
        mnemonic = int(Qt.TextFlag.TextShowMnemonic)
        option.text = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room, mnemonic
        )

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Let it go by: another question may stand here since the first click."""
        event.accept()


class OfferBox(QFrame):
    """One question; `wide` puts the answers beside it instead of below."""

    pressed = Signal(int)
    """Emits which answer."""

    def __init__(
        self, parent: QWidget | None = None, *, wide: bool = False, tone: str = ""
    ) -> None:
        super().__init__(parent)
        mark(self, role="notice", tone=tone)
        self.words = Sentence()
        self.buttons: list[AnswerButton] = []
        self._row = QWidget()
        self._flow = FlowLayout(self._row, gap_px=8)
        across = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        box = QBoxLayout(across, self)
        box.setContentsMargins(13, 8, 12, 8)
        box.setSpacing(8)
        box.addWidget(self.words, 1)
        box.addWidget(self._row)

    def show_offer(self, html: str, answers: Sequence[tuple[str, bool]]) -> None:
        """Ask with these words; each answer says whether it holds now."""
        self.words.set_html(html)
        while len(self.buttons) > len(answers):
            button = self.buttons.pop()
            self._flow.removeWidget(button)
            button.deleteLater()
        while len(self.buttons) < len(answers):
            self._add_button()
        for button, (text, holds) in zip(self.buttons, answers, strict=True):
            button.setText(text.replace("&", "&&"))
            button.setToolTip(text)
            button.set_icon(HOLDS if holds else "")
            button.setAccessibleDescription(self.tr("This holds now") if holds else "")
        self.setVisible(bool(answers))

    def _add_button(self) -> None:
        at = len(self.buttons)
        button = AnswerButton(small=True)
        button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self.pressed.emit(at))
        self.buttons.append(button)
        self._flow.addWidget(button)


class OfferList(QWidget):
    """Questions below one another; those that stay keep their place and the keyboard's focus."""

    pressed = Signal(int, int)
    """Emits which question and which of its answers."""

    def __init__(
        self, parent: QWidget | None = None, *, wide: bool = False, tone: str = ""
    ) -> None:
        super().__init__(parent)
        self.boxes: list[OfferBox] = []
        self._wide = wide
        self._tone = tone
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.hide()

    def show_offers(self, offers: Sequence[tuple[str, Sequence[tuple[str, bool]]]]) -> None:
        """Show these, each a sentence with its answers."""
        while len(self.boxes) < len(offers):
            self._add_box()
        for box in self.boxes[len(offers) :]:
            box.hide()
        for box, (html, answers) in zip(self.boxes, offers, strict=False):
            box.show_offer(html, answers)
        self.setVisible(bool(offers))

    def _add_box(self) -> None:
        at = len(self.boxes)
        box = OfferBox(wide=self._wide, tone=self._tone)
        box.pressed.connect(lambda answer: self.pressed.emit(at, answer))
        self.boxes.append(box)
        self._column.addWidget(box)
