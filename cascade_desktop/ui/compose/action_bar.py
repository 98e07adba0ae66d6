"""The bar at the bottom: what stops sending, what waits for an answer, and the one way on."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from cascade_desktop.ui.theme import MARGIN_PX, mark
from cascade_desktop.ui.widgets.banner import StopPill
from cascade_desktop.ui.widgets.buttons import PrimaryButton, SecondaryButton

HEIGHT_PX = 64


class ActionBar(QFrame):
    """One red reason that leads to its field, or *Everything is ready*; *Send a test…*, *Review …*.

    Questions about the list stop nothing, but while one is open not everything is ready.
    """

    problem_clicked = Signal()
    held_clicked = Signal()
    """What stops sending is not the draft: see `hold`."""
    question_clicked = Signal()
    review_clicked = Signal()
    test_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, role="footer")
        self.setFixedHeight(HEIGHT_PX)
        self._people = 0
        self._counted = False
        self._calls = False
        self._stopped = False
        self._held = ""
        self._reasons: tuple[str, ...] = ()
        self._late = False
        self._looking = False
        self._waiting: tuple[str, ...] = ()
        self.stop_pill = StopPill()
        self.question_pill = StopPill(tone="amber")
        self.ready_label = QLabel()
        mark(self.ready_label, role="muted")
        self.test_button = SecondaryButton()
        self.review_button = PrimaryButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, 0)
        row.setSpacing(10)
        row.addWidget(self.stop_pill)
        row.addWidget(self.question_pill)
        row.addWidget(self.ready_label)
        row.addStretch(1)
        row.addWidget(self.test_button)
        row.addWidget(self.review_button)
        self.stop_pill.clicked.connect(self._on_stop_clicked)
        self.question_pill.clicked.connect(self.question_clicked)
        self.test_button.clicked.connect(self.test_clicked)
        self.review_button.clicked.connect(self.review_clicked)
        QShortcut(QKeySequence("Ctrl+T"), self, self._test_or_go_to_problem)
        self.show_state((), 0, counted=False)

    def show_state(
        self,
        reasons: Sequence[str],
        people: int,
        *,
        counted: bool,
        calls: bool = False,
        late: bool = False,
    ) -> None:
        """Show what stops sending, or that nothing does, and how many get a message or a call.

        ``late`` tells that only the time stops it: a test chooses its own.
        """
        self._people, self._counted, self._calls = people, counted, calls
        self._reasons, self._late = tuple(reasons), late
        self._show_state()

    def hold(self, reason: str) -> None:
        """Let nothing leave for a reason that is not the draft's; "" lets it."""
        if reason != self._held:
            self._held = reason
            self._show_state()

    def _show_state(self) -> None:
        reasons = (self._held, *self._reasons) if self._held else self._reasons
        counted, late = self._counted and not self._held, self._late and not self._held
        self._stopped = bool(reasons)
        self.stop_pill.set_text(reasons[0] if reasons else "")
        if len(reasons) > 1:
            self.stop_pill.setToolTip("\n".join(reasons))
            self.stop_pill.setAccessibleDescription("\n".join(reasons[1:]))
        self.review_button.setEnabled(counted and not reasons)
        self.test_button.setEnabled(counted and self._people > 0 and (late or not reasons))
        self._say()

    def show_looking(self, *, on: bool) -> None:
        """Say that the review is on its way: with a long history that takes some seconds."""
        self._looking = on
        self._say()

    def ask(self, waiting: Sequence[str]) -> None:
        """Name the questions about the list that wait for an answer."""
        self._waiting = tuple(waiting)
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

    def _test_or_go_to_problem(self) -> None:
        if self.test_button.isEnabled():
            self.test_clicked.emit()
        else:
            self._on_stop_clicked()

    def _on_stop_clicked(self) -> None:
        wanted = self.held_clicked if self._held else self.problem_clicked
        wanted.emit()

    def _say(self) -> None:
        ready = self.tr("Everything is ready") if self._counted else self.tr("Counting…")
        looking = self.tr("Looking at what was sent before…")
        self.ready_label.setText(looking if self._looking else ready)
        self._say_questions()
        self.test_button.setText(self.tr("Send a te&st…"))
        self.test_button.setToolTip(self.tr("To your own phone, with this person’s values: Ctrl+T"))
        people = self._people
        self.review_button.setText(
            self.tr("Re&view %Ln call(s)…", "", people)
            if self._calls
            else self.tr("Re&view %Ln message(s)…", "", people)
        )

    def _say_questions(self) -> None:
        """Name the first question; beside what stops sending there is room for their number."""
        count = len(self._waiting)
        words = self.tr("%Ln question(s) about the list", "", count) if count else ""
        if count and not self._stopped:
            words = f"{words}: {self._waiting[0]}"
        self.question_pill.set_text(words)
        self.question_pill.setToolTip("\n".join(self._waiting))
        self.ready_label.setVisible(not self._stopped and not count)
