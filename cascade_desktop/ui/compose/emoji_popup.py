"""A small sheet of common emoji that opens beside the text."""

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from cascade_desktop.ui.theme import mark

COLUMNS = 10
SIDE_PX = 36
GAP_PX = 4
MARGIN_PX = 10
STEPS = {
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Up: (-1, 0),
}


class EmojiPopup(QFrame):
    """Four groups of emoji; arrows go between them, Enter or a click chooses, Esc closes."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        mark(self, role="popup")
        self.buttons: list[list[QPushButton]] = []
        self._titles: list[QLabel] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        column.setSpacing(GAP_PX)
        for title, signs in self._groups():
            label = QLabel(title)
            mark(label, role="muted")
            column.addWidget(label)
            column.addLayout(self._grid(signs))
        self.setAccessibleName(self.tr("Emoji"))

    def open_beside(self, part: QWidget) -> None:
        """Open below a button, or above it where there is no room, with the first one marked."""
        self.adjustSize()
        screen = part.screen().availableGeometry()
        place = QRect(part.mapToGlobal(QPoint(0, 0)), part.size())
        top = place.bottom() + GAP_PX
        if top + self.height() > screen.bottom():
            top = max(screen.top(), place.top() - GAP_PX - self.height())
        left = max(screen.left(), min(place.left(), screen.right() - self.width()))
        self.move(left, top)
        self.show()
        self.buttons[0][0].setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from one to another."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self._step(*step)
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _grid(self, signs: tuple[tuple[str, str], ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(GAP_PX)
        for at, (sign, name) in enumerate(signs):
            if at % COLUMNS == 0:
                self.buttons.append([])
            button = _EmojiButton(sign, name)
            button.clicked.connect(lambda _=False, sign=sign: self._choose(sign))
            grid.addWidget(button, at // COLUMNS, at % COLUMNS)
            self.buttons[-1].append(button)
        grid.setColumnStretch(COLUMNS, 1)
        return grid

    def _choose(self, sign: str) -> None:
        self.close()
        self.chosen.emit(sign)

    def _step(self, down: int, right: int) -> None:
        row, at = next(
            (row, at)
            for row, line in enumerate(self.buttons)
            for at, button in enumerate(line)
            if button is self.focusWidget()
        )
        row = (row + down) % len(self.buttons)
        line = self.buttons[row]
        at = (at + right) % len(line) if right else min(at, len(line) - 1)
        line[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _groups(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        return (
            (self.tr("Faces and hands"), self._faces()),
            (self.tr("Hearts and feasts"), self._feasts()),
            (self.tr("Shop and services"), self._shop()),
            (self.tr("Signs"), self._signs()),
        )

    def _faces(self) -> tuple[tuple[str, str], ...]:
        return (
            ("🙂", self.tr("smile")),
            ("😊", self.tr("warm smile")),
            ("😀", self.tr("laugh")),
            ("😍", self.tr("in love")),
            ("🤩", self.tr("delighted")),
            ("😉", self.tr("wink")),
            ("😢", self.tr("tear")),
            ("👍", self.tr("thumb up")),
            ("🙏", self.tr("thank you")),
            ("👏", self.tr("applause")),
        )

    def _feasts(self) -> tuple[tuple[str, str], ...]:
        return (
            ("❤️", self.tr("red heart")),
            ("💛", self.tr("yellow heart")),
            ("💙", self.tr("blue heart")),
            ("🌟", self.tr("star")),
            ("✨", self.tr("sparkles")),
            ("🎉", self.tr("party")),
            ("🎂", self.tr("cake")),
            ("🎄", self.tr("Christmas tree")),
            ("🌷", self.tr("tulip")),
            ("☀️", self.tr("sun")),
        )

    def _shop(self) -> tuple[tuple[str, str], ...]:
        return (
            ("🎁", self.tr("present")),
            ("🛍️", self.tr("shopping bags")),
            ("🛒", self.tr("trolley")),
            ("🔥", self.tr("fire")),
            ("💰", self.tr("money")),
            ("🏷️", self.tr("price tag")),
            ("🚚", self.tr("delivery")),
            ("📦", self.tr("parcel")),
            ("💳", self.tr("bank card")),
            ("☕", self.tr("coffee")),
        )

    def _signs(self) -> tuple[tuple[str, str], ...]:
        return (
            ("✅", self.tr("done")),
            ("❗", self.tr("attention")),
            ("❓", self.tr("question")),
            ("👉", self.tr("look here")),
            ("📅", self.tr("calendar")),
            ("⏰", self.tr("alarm clock")),
            ("📍", self.tr("place")),
            ("📞", self.tr("telephone")),
            ("✉️", self.tr("letter")),
            ("🔔", self.tr("bell")),
        )


class _EmojiButton(QPushButton):
    """One emoji, with its name for the tip and for those who listen."""

    def __init__(self, sign: str, name: str) -> None:
        super().__init__(sign)
        mark(self, role="emoji")
        self.setFixedSize(SIDE_PX, SIDE_PX)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setAutoDefault(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the sheet; Enter and the space bar press."""
        if Qt.Key(event.key()) in STEPS:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEvent) -> None:  # type: ignore[override]
        """Mark what the pointer is on."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().enterEvent(event)  # type: ignore[arg-type]
