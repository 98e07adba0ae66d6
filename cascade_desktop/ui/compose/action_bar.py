"""The bar at the bottom: what stops sending, and the one way on."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from cascade_desktop.ui.theme import MARGIN_PX, mark
from cascade_desktop.ui.widgets.banner import StopPill
from cascade_desktop.ui.widgets.buttons import PrimaryButton

HEIGHT_PX = 64


class ActionBar(QFrame):
    """One red reason that leads to its field, or *Everything is ready*; and *Review …*."""

    problem_clicked = Signal()
    review_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, role="footer")
        self.setFixedHeight(HEIGHT_PX)
        self._people = 0
        self._counted = False
        self._calls = False
        self.stop_pill = StopPill()
        self.ready_label = QLabel()
        mark(self.ready_label, role="muted")
        self.review_button = PrimaryButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, 0)
        row.setSpacing(10)
        row.addWidget(self.stop_pill)
        row.addWidget(self.ready_label)
        row.addStretch(1)
        row.addWidget(self.review_button)
        self.stop_pill.clicked.connect(self.problem_clicked)
        self.review_button.clicked.connect(self.review_clicked)
        self.show_state((), 0, counted=False)

    def show_state(
        self, reasons: Sequence[str], people: int, *, counted: bool, calls: bool = False
    ) -> None:
        """Show what stops sending, or that nothing does, and how many get a message or a call."""
        self._people, self._counted, self._calls = people, counted, calls
        self.stop_pill.set_text(reasons[0] if reasons else "")
        if len(reasons) > 1:
            self.stop_pill.setToolTip("\n".join(reasons))
            self.stop_pill.setAccessibleDescription("\n".join(reasons[1:]))
        self.ready_label.setVisible(not reasons)
        self.review_button.setEnabled(counted and not reasons)
        self._say()

    def set_practice(self, on: bool) -> None:
        """Wear the stripes of practice, or not."""
        self.review_button.set_practice(on)

    def focus_first(self) -> None:
        """Go to what stops sending, or to the review."""
        part = self.review_button if self.review_button.isEnabled() else self.stop_pill
        part.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def _say(self) -> None:
        self.ready_label.setText(
            self.tr("Everything is ready") if self._counted else self.tr("Counting…")
        )
        people = self._people
        self.review_button.setText(
            self.tr("Re&view %Ln call(s)…", "", people)
            if self._calls
            else self.tr("Re&view %Ln message(s)…", "", people)
        )
