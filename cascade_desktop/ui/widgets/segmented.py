"""One choice out of a few, side by side: pages, filters, apps of the preview."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLayout, QSizePolicy, QWidget

from cascade_desktop.ui.widgets.buttons import Button
from cascade_desktop.ui.widgets.flow import FlowLayout

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class _Segment(Button):
    """One choice; arrow keys ask to step to a neighbour."""

    role = "segment"
    radius_px = 7.0
    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn arrow keys into steps."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)


class _Switch(_Segment):
    role = "switch"


class Segmented(QFrame):
    """Choices on one quiet track; wraps into lines where there is no room.

    `equal=True` gives the look of the preview's apps: equal widths, the chosen one tinted.
    """

    chosen = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[str, str]] = (),
        parent: QWidget | None = None,
        *,
        equal: bool = False,
        large: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "switches" if equal else "segments")
        self._equal, self._large = equal, large
        self._segments: dict[str, _Segment] = {}
        self._texts: dict[str, str] = {}
        self._counts: dict[str, int | None] = {}
        self._group = QButtonGroup(self)
        self._lay_out(QHBoxLayout() if equal else FlowLayout(gap_px=2, margin_px=3))
        for key, text in choices:
            self.add(key, text)
        across = QSizePolicy.Policy.Preferred if equal else QSizePolicy.Policy.Maximum
        policy = QSizePolicy(across, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(not equal)
        self.setSizePolicy(policy)

    @property
    def current(self) -> str:
        """Return the key of the choice; empty before there is one."""
        checked = self._group.checkedButton()
        return next((key for key, button in self._segments.items() if button is checked), "")

    def add(self, key: str, text: str) -> None:
        """Add a choice at the end; the first one added is chosen."""
        kind = _Switch if self._equal else _Segment
        segment = kind(text)
        segment.setCheckable(True)
        segment.setProperty("large", self._large)
        segment.clicked.connect(lambda: self._pick(key))
        segment.stepped.connect(lambda step: self._step(key, step))
        self._segments[key], self._texts[key], self._counts[key] = segment, text, None
        self._group.addButton(segment)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(segment)
        if len(self._segments) == 1:
            segment.setChecked(True)
        self._aim_tab()

    def choose(self, key: str) -> None:
        """Show another choice without telling anybody."""
        self._segments[key].setChecked(True)
        self._aim_tab()

    def set_text(self, key: str, text: str) -> None:
        """Rename a choice."""
        self._texts[key] = text
        self._show(key)

    def set_count(self, key: str, count: int | None) -> None:
        """Put a number after a choice's text, or take it away."""
        if self._counts[key] != count:
            self._counts[key] = count
            self._show(key)

    def set_shown(self, key: str, shown: bool) -> None:
        """Show or hide a choice; a hidden one that was chosen hands over to the first shown."""
        if self._segments[key].isHidden() is not shown:
            return
        self._segments[key].setVisible(shown)
        if not shown and self.current == key:
            others = [one for one, segment in self._segments.items() if not segment.isHidden()]
            if others:
                self._pick(others[0])

    def _lay_out(self, layout: QLayout) -> None:
        if self._equal:
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(4)
        self.setLayout(layout)

    def _show(self, key: str) -> None:
        count = self._counts[key]
        number = "" if count is None else f" {self.locale().toString(count)}"
        self._segments[key].setText(self._texts[key] + number)

    def _pick(self, key: str) -> None:
        self.choose(key)
        self.chosen.emit(key)

    def _step(self, key: str, step: int) -> None:
        shown = [one for one, segment in self._segments.items() if not segment.isHidden()]
        target = shown[(shown.index(key) + step) % len(shown)]
        self._segments[target].setFocus(Qt.FocusReason.TabFocusReason)
        self._pick(target)

    def _aim_tab(self) -> None:
        # Tab reaches only the chosen one; arrows go on from there.
        for key, segment in self._segments.items():
            policy = Qt.FocusPolicy.TabFocus if key == self.current else Qt.FocusPolicy.NoFocus
            segment.setFocusPolicy(policy)
