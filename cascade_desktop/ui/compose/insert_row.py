"""The chips that put a column's placeholder into a text."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QWidget

from cascade_desktop.core.template import quote
from cascade_desktop.ui.compose.emoji_popup import EmojiPopup
from cascade_desktop.ui.theme import mark
from cascade_desktop.ui.widgets.buttons import ChipButton
from cascade_desktop.ui.widgets.flow import FlowLayout

SHOWN_AT_ONCE = 8
MENU_MOST = 200
LONGEST_NAME = 28


class InsertRow(QWidget):
    """*Insert:* and a chip for each column; more than eight wait under one chip."""

    chosen = Signal(str)
    unsubscribe_wanted = Signal()
    emoji_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, unsubscribe: bool = False) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._chips: list[ChipButton] = []
        self._insert_label = QLabel()
        mark(self._insert_label, role="muted")
        self.menu = QMenu(self)
        self.more_button = ChipButton(parent=self)
        self.more_button.clicked.connect(self._open_menu)
        self.unsubscribe_button = ChipButton(parent=self)
        self.unsubscribe_button.clicked.connect(self.unsubscribe_wanted)
        self.unsubscribe_button.setVisible(unsubscribe)
        self.emoji_button = ChipButton("🙂", self)
        self.emoji_button.clicked.connect(self._open_emoji)
        self.emoji_popup: EmojiPopup | None = None
        self._flow = FlowLayout(self)
        self._flow.addWidget(self._insert_label)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._say()
        self.set_names(())

    def set_names(self, names: Sequence[str]) -> None:
        """Offer other columns."""
        for chip in (*self._chips, *self._others):
            self._flow.removeWidget(chip)
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._names = tuple(names)
        self._chips = [self._chip(name) for name in self._names[:SHOWN_AT_ONCE]]
        for chip in (*self._chips, *self._others):
            self._flow.addWidget(chip)
        self.more_button.setVisible(len(self._names) > SHOWN_AT_ONCE)
        if self.parent() is not None:  # without one, showing it would open a window
            self._insert_label.setVisible(bool(self._names))

    @property
    def _others(self) -> tuple[ChipButton, ...]:
        return self.more_button, self.unsubscribe_button, self.emoji_button

    @property
    def chips(self) -> tuple[ChipButton, ...]:
        """Return the chips of the columns in their order."""
        return tuple(self._chips)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def _chip(self, name: str) -> ChipButton:
        chip = ChipButton(_shown(name), self)
        chip.setAccessibleName(self.tr("Insert {name}").format(name=name))
        chip.setToolTip(quote(name))
        chip.clicked.connect(lambda: self.chosen.emit(name))
        return chip

    def _open_menu(self) -> None:
        menu = self.menu
        menu.clear()
        for name in self._names[SHOWN_AT_ONCE : SHOWN_AT_ONCE + MENU_MOST]:
            menu.addAction(_shown(name), lambda name=name: self.chosen.emit(name))
        menu.popup(self.more_button.mapToGlobal(QPoint(0, self.more_button.height())))

    def _open_emoji(self) -> None:
        """Open the sheet, made only for those who want it."""
        if self.emoji_popup is None:
            self.emoji_popup = EmojiPopup(self)
            self.emoji_popup.chosen.connect(self.emoji_chosen)
        self.emoji_popup.open_beside(self.emoji_button)

    def _say(self) -> None:
        self._insert_label.setText(self.tr("Insert:"))
        self.more_button.setText(self.tr("More columns…"))
        self.emoji_button.setAccessibleName(self.tr("Insert an emoji"))
        self.emoji_button.setToolTip(self.tr("Insert an emoji"))
        if self.emoji_popup is not None:  # made again in the new language
            self.emoji_popup.deleteLater()
            self.emoji_popup = None
        self.unsubscribe_button.setText(self.tr("How to unsubscribe"))


def _shown(name: str) -> str:
    """Return a column's name as a button shows it; & would be read as a mnemonic."""
    short = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
    return " ".join(short.split()).replace("&", "&&")
