"""A survey's answers: write, add, remove, and put them in another order."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from cascade_desktop.core.drafts import OPTION_ADVISED, OPTIONS_LEAST, OPTIONS_MOST
from cascade_desktop.core.text_length import count_units
from cascade_desktop.ui.compose.reveal import reveal
from cascade_desktop.ui.theme import mark
from cascade_desktop.ui.widgets.buttons import IconButton, LinkButton
from cascade_desktop.ui.widgets.sentence import Sentence

GAP_PX = 3
"""Between an answer and its counter."""
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class _Grip(IconButton):
    """Dragged up and down to move its answer; the arrow keys do the same."""

    dragged = Signal(QPoint)
    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__("grip-vertical", "")
        self.setCursor(Qt.CursorShape.SizeVerCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with an arrow."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(step)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell where the pointer is."""
        super().mouseMoveEvent(event)
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(event.globalPosition().toPoint())


class AnswerEdit(QLineEdit):
    """One answer with its length, a grip and a cross inside the field."""

    moved = Signal(int)
    dragged = Signal(QPoint)
    removed = Signal()

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.counter_label = QLabel()
        mark(self.counter_label, role="muted")
        self.grip = _Grip()
        self.remove_button = IconButton("x", "")
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 5, 0)
        inside.setSpacing(0)
        inside.addStretch(1)
        for part in (self.counter_label, self.grip, self.remove_button):
            inside.addWidget(part)
        inside.insertSpacing(2, 6)
        self._inside = inside
        self.textChanged.connect(self._count)
        self.grip.dragged.connect(self.dragged)
        self.grip.moved.connect(self.moved)
        self.remove_button.clicked.connect(self.removed)
        self._count()
        self.setCursorPosition(0)

    def name(self, position: int) -> None:
        """Say which answer this is."""
        self.setAccessibleName(self.tr("Answer {position}").format(position=position))
        self.setPlaceholderText(self.tr("Answer {position}").format(position=position))
        self.setAccessibleDescription(self.tr("Alt and up or down moves it."))
        self.grip.set_name(
            self.tr("Drag to move answer {position}, or press up or down").format(position=position)
        )
        self.remove_button.set_name(self.tr("Remove answer {position}").format(position=position))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Alt and an arrow."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show its beginning again where there is no room for all of it."""
        super().focusOutEvent(event)
        self.setCursorPosition(0)

    @property
    def is_long(self) -> bool:
        """Tell whether a phone may have no room for all of it."""
        return count_units(self.text()) > OPTION_ADVISED

    def _count(self) -> None:
        words = self.tr("{units} of {advised}")
        units = count_units(self.text())
        self.counter_label.setText(words.format(units=units, advised=OPTION_ADVISED))
        mark(self.counter_label, tone="amber" if self.is_long else "")
        self.setTextMargins(0, 0, self._inside.sizeHint().width() + GAP_PX, 0)


class AnswersList(QWidget):
    """Two to five answers, each in a field of its own."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edits: list[AnswerEdit] = []
        self._before: QWidget | None = None
        self._title_label = QLabel()
        mark(self._title_label, role="field-label")
        self._count_label = QLabel()
        mark(self._count_label, role="field-label", tone="muted")
        self.long_words = Sentence(tone="amber")
        self.alike_words = Sentence(tone="amber")
        self.add_button = LinkButton()
        self.add_button.clicked.connect(self._add_wanted)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self._assemble()
        self.set_options(())

    @property
    def edits(self) -> tuple[AnswerEdit, ...]:
        """Return the fields in their order."""
        return tuple(self._edits)

    @property
    def options(self) -> tuple[str, ...]:
        """Return the answers in their order, empty ones too."""
        return tuple(edit.text() for edit in self._edits)

    def set_options(self, options: Sequence[str]) -> None:
        """Show other answers without telling anybody; there are at least two fields."""
        while self._edits:
            self._drop(self._edits[-1])
        missing = max(0, OPTIONS_LEAST - len(options))
        for option in (*options, *[""] * missing):
            self._add(option)
        self._renumber()

    def focus(self, position: int) -> None:
        """Go to an answer, counted from 1."""
        edit = self._edits[min(max(position, 1), len(self._edits)) - 1]
        edit.setFocus(Qt.FocusReason.OtherFocusReason)
        reveal(edit)

    def follow(self, part: QWidget) -> None:
        """Be reached by Tab after a part of the page, whatever is added later."""
        self._before = part
        self._renumber()

    def mark_wrong(self, positions: frozenset[int]) -> None:
        """Show a red edge on the answers that stop sending, counted from 1."""
        for position, edit in enumerate(self._edits, 1):
            mark(edit, tone="danger" if position in positions else "")

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._renumber()

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title_label)
        head.addStretch(1)
        head.addWidget(self._count_label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(self._rows)
        column.addWidget(self.long_words)
        column.addWidget(self.alike_words)
        column.addWidget(self.add_button)

    def _add_wanted(self) -> None:
        self._add("")
        self._renumber()
        self.focus(len(self._edits))
        if not self.add_button.isHidden():
            reveal(self.add_button)
        self.edited.emit()

    def _add(self, text: str) -> None:
        edit = AnswerEdit(text)
        edit.textChanged.connect(self._remark)
        edit.textEdited.connect(self.edited)
        edit.moved.connect(lambda step: self._move(edit, self._edits.index(edit) + step))
        edit.dragged.connect(lambda place: self._drag(edit, place))
        edit.removed.connect(lambda: self._remove(edit))
        edit.returnPressed.connect(lambda: self._go_on(edit))
        self._edits.append(edit)
        self._rows.addWidget(edit)
        edit.show()  # at once, or it could not take the focus

    def _drop(self, edit: AnswerEdit) -> None:
        self._edits.remove(edit)
        self._rows.removeWidget(edit)
        edit.hide()
        edit.deleteLater()

    def _remove(self, edit: AnswerEdit) -> None:
        at = self._edits.index(edit)
        self._drop(edit)
        self._renumber()
        self.focus(at + 1)
        self.edited.emit()

    def _go_on(self, edit: AnswerEdit) -> None:
        at = self._edits.index(edit) + 1
        if at < len(self._edits):
            self.focus(at + 1)
        elif len(self._edits) < OPTIONS_MOST and edit.text().strip():
            self._add_wanted()

    def _move(self, edit: AnswerEdit, to: int) -> None:
        if not 0 <= to < len(self._edits) or self._edits[to] is edit:
            return
        self._edits.remove(edit)
        self._edits.insert(to, edit)
        self._rows.removeWidget(edit)
        self._rows.insertWidget(to, edit)
        self._renumber()
        if not edit.grip.hasFocus():
            edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _drag(self, edit: AnswerEdit, place: QPoint) -> None:
        y = self.mapFromGlobal(place).y()
        to = sum(other.geometry().center().y() < y for other in self._edits if other is not edit)
        self._move(edit, to)

    def _renumber(self) -> None:
        for position, edit in enumerate(self._edits, 1):
            edit.name(position)
            edit.remove_button.setEnabled(len(self._edits) > OPTIONS_LEAST)
        self._order_tabs()
        self._remark()
        self._title_label.setText(self.tr("Ans&wers"))
        self._title_label.setBuddy(self._edits[0])
        self._count_label.setText(
            self.tr("%Ln answer(s), {least} to {most} allowed", "", len(self._edits)).format(
                least=OPTIONS_LEAST, most=OPTIONS_MOST
            )
        )
        self.add_button.setText(self.tr("+ Add an answer"))
        self.add_button.setVisible(len(self._edits) < OPTIONS_MOST)

    def _order_tabs(self) -> None:
        """Put what was added where it stands; Qt has it at the end of the window."""
        before = self._before
        for edit in self._edits:
            for part in (edit, edit.grip, edit.remove_button):
                if before is not None:
                    self.setTabOrder(before, part)
                before = part

    def _remark(self) -> None:
        self.long_words.setVisible(any(edit.is_long for edit in self._edits))
        words = self.tr("An answer over {advised} characters may be cut on some phones.")
        self.long_words.set_html(words.format(advised=OPTION_ADVISED))
        alike = self._alike()
        self.alike_words.setVisible(alike is not None)
        if alike is not None:
            words = self.tr("Answers {first} and {second} differ only in capitals or blanks.")
            self.alike_words.set_html(words.format(first=alike[0], second=alike[1]))

    def _alike(self) -> tuple[int, int] | None:
        """Return two answers that SMSBAT takes for different ones, but hardly anybody else."""
        seen: dict[str, int] = {}
        for position, option in enumerate(self.options, 1):
            folded = "".join(option.casefold().split())
            first = seen.setdefault(folded, position)
            same = self.options[first - 1].strip() == option.strip()
            if folded and first != position and not same:
                return first, position
        return None
