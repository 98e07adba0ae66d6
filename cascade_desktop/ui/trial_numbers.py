"""To which numbers a test goes: typed, or chosen among those that tests went to before."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from cascade_desktop.core.numbering import show_phone
from cascade_desktop.core.phones import read_phone
from cascade_desktop.core.trial import MOST_NUMBERS
from cascade_desktop.ui.widgets.banner import Notice
from cascade_desktop.ui.widgets.buttons import Button, ChipButton, SecondaryButton
from cascade_desktop.ui.widgets.flow import FlowLayout
from cascade_desktop.ui.wording_reading import say_phone
from cascade_desktop.ui.wording_trial import say_on_stop_list

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _NumberEdit(QLineEdit):
    """A field whose Enter takes the number; only an empty one leaves Enter to the sheet."""

    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what is typed with Enter."""
        if event.key() in _ENTER and self.text().strip():
            self.taken.emit()
        else:
            super().keyPressEvent(event)


class _Chips(QWidget):
    """A line of numbers under a word, each a button."""

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        label = QLabel(words)
        label.setProperty("role", "muted")
        self._flow.addWidget(label)
        self.buttons: tuple[Button, ...] = ()

    def show_buttons(self, buttons: Sequence[Button]) -> None:
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = tuple(buttons)
        for button in buttons:
            self._flow.addWidget(button)
        self.setVisible(bool(buttons))
        self.updateGeometry()


class TrialNumbers(QWidget):
    """Up to three numbers, each with its way to take it off again."""

    changed = Signal()
    list_wanted = Signal()
    """The “Do not message” list shall be opened."""

    def __init__(
        self, country: str, remembered: Sequence[str], stopped: frozenset[str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._country = country
        self._remembered = tuple(remembered)
        self._stopped = stopped
        self._chosen = [phone for phone in remembered if phone not in stopped][:1]
        self.edit = _NumberEdit()
        self.add_button = SecondaryButton(self.tr("&Add"))
        self.chosen_chips = _Chips(self.tr("To:"), self)
        self.remembered_chips = _Chips(self.tr("Used before:"), self)
        self.notice = Notice(tone="amber")
        self._lay_out()
        self.edit.taken.connect(self.take)
        self.edit.textChanged.connect(self._on_typed)
        self.add_button.clicked.connect(self.take)
        self.notice.action_clicked.connect(self.list_wanted)
        self._show()

    @property
    def phones(self) -> tuple[str, ...]:
        """Return the numbers that are chosen, and the one that is typed where it is one."""
        typed = read_phone(self.edit.text(), self._country).phone
        known = {"", *self._chosen, *self._stopped}
        return (*self._chosen, *(() if typed in known else (typed,)))[:MOST_NUMBERS]

    @property
    def is_blank(self) -> bool:
        """Tell whether there is nothing to take."""
        return not self.edit.text().strip()

    def take(self) -> bool:
        """Take what is typed to the chosen numbers; say why not, where it cannot be."""
        if self.is_blank:
            return True
        reading = read_phone(self.edit.text(), self._country)
        if reading.problem is not None:
            self._tell(say_phone(reading.problem))
        elif reading.phone in self._stopped:
            self._tell_stopped()
        elif reading.phone not in self.phones:
            self._tell(self._say_full())
        else:
            self._choose(reading.phone)
            self.edit.clear()
            return True
        self.edit.setFocus()
        self.edit.selectAll()
        return False

    def _choose(self, phone: str) -> None:
        self.notice.hide()
        if phone in self._stopped:
            self._tell_stopped()
        elif phone not in self._chosen and len(self._chosen) < MOST_NUMBERS:
            self._chosen.append(phone)
        self._show()

    def _remove(self, phone: str) -> None:
        self._chosen.remove(phone)
        self._show()
        self.edit.setFocus()

    def _on_typed(self) -> None:
        self.notice.hide()
        self._enable()
        self.changed.emit()

    def _tell(self, words: str, action: str = "") -> None:
        self.notice.set_html(escape(words, quote=False))
        self.notice.set_action(action)
        self.notice.show()

    def _tell_stopped(self) -> None:
        self._tell(say_on_stop_list(), self.tr("&Open the list"))

    def _show(self) -> None:
        self.chosen_chips.show_buttons([self._chosen_chip(phone) for phone in self._chosen])
        others = [phone for phone in self._remembered if phone not in self._chosen]
        self.remembered_chips.show_buttons([self._remembered_chip(phone) for phone in others])
        self._enable()
        self.changed.emit()

    def _enable(self) -> None:
        has_room = len(self._chosen) < MOST_NUMBERS
        self.edit.setEnabled(has_room or not self.is_blank)
        self.add_button.setEnabled(has_room and not self.is_blank)
        for chip in self.remembered_chips.buttons:
            chip.setEnabled(len(self.phones) < MOST_NUMBERS)
        another = self.tr("Another number") if self._chosen else self.tr("Number of your own phone")
        self.edit.setPlaceholderText(another if has_room else self._say_full())

    def _say_full(self) -> str:
        return self.tr("No more than {count} numbers").format(count=MOST_NUMBERS)

    def _chosen_chip(self, phone: str) -> Button:
        chip = ChipButton(show_phone(phone), self, icon_name="x")
        chip.icon_ink = "accent"
        chip.set_icon("x")
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        chip.setAccessibleName(self.tr("Take {phone} off").format(phone=show_phone(phone)))
        chip.setToolTip(chip.accessibleName())
        chip.clicked.connect(lambda: self._remove(phone))
        return chip

    def _remembered_chip(self, phone: str) -> Button:
        chip = ChipButton(show_phone(phone), self)
        chip.setAccessibleName(self.tr("Send to {phone} too").format(phone=show_phone(phone)))
        chip.clicked.connect(lambda: self._choose(phone))
        return chip

    def _lay_out(self) -> None:
        label = QLabel(self.tr("To which n&umber"))
        label.setProperty("role", "field-label")
        label.setBuddy(self.edit)
        self.edit.setAccessibleName(label.text().replace("&", ""))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.edit, 1)
        line.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label)
        column.addWidget(self.chosen_chips)
        column.addLayout(line)
        column.addWidget(self.notice)
        column.addWidget(self.remembered_chips)
        self.notice.hide()
