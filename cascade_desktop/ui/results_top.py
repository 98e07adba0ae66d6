"""What stands above the grid of results: the campaign's name, undo, progress, the end."""

from datetime import datetime

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from cascade_desktop.engine.journal.values import Counts
from cascade_desktop.ui.result_rows_model import Repeats
from cascade_desktop.ui.theme import colour, draw_icon
from cascade_desktop.ui.widgets.buttons import DangerButton, PrimaryButton, SecondaryButton
from cascade_desktop.ui.widgets.progress_bar import SegmentedBar
from cascade_desktop.ui.widgets.sentence import Sentence
from cascade_desktop.ui.widgets.stamp import PracticeStamp
from cascade_desktop.ui.wording_trouble import say_slow

MINUTE_S, HOUR_S = 60, 3600
MINUTES_FROM_S, HOURS_FROM_S = 90, 90 * 60
"""Up to here the smaller unit is told."""
FRESH_MS = 800
"""So long a double click may last for those who click slowly."""


class FreshGuard(QObject):
    """Keeps clicks from buttons that have only just appeared: they were meant for another."""

    def __init__(self, button: QWidget) -> None:
        super().__init__(button)
        self._shown = QElapsedTimer()
        button.installEventFilter(self)

    @property
    def fresh(self) -> bool:
        """Tell whether its button has only just appeared."""
        return self._shown.isValid() and self._shown.elapsed() < FRESH_MS

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Swallow the pointer's presses at first; the keyboard's are always meant."""
        if event.type() == QEvent.Type.Show:
            self._shown.start()
        presses = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
        return (event.type() in presses and self.fresh) or super().eventFilter(watched, event)


class BigMark(QWidget):
    """A shipped icon, drawn large in a tone's colour."""

    def __init__(self, name: str, tone: str, size_px: int = 40) -> None:
        super().__init__()
        self.name, self.tone, self._size_px = name, tone, size_px
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_mark(self, name: str, tone: str) -> None:
        """Show another icon."""
        self.name, self.tone = name, tone
        self.update()

    def sizeHint(self) -> QSize:
        """Be square."""
        return QSize(self._size_px, self._size_px)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon in the colour of now."""
        painter = QPainter(self)
        draw_icon(painter, QRectF(self.rect()), self.name, colour(self.tone), stroke=2.2)


class TitleLine(QWidget):
    """The campaign's name, how it started, and what can be done with it."""

    def __init__(self) -> None:
        super().__init__()
        self.name_label = QLabel()
        self.name_label.setProperty("role", "page-title")
        self.name_label.setTextFormat(Qt.TextFormat.PlainText)
        self.detail_label = QLabel()
        self.detail_label.setProperty("role", "muted")
        self.stamp = PracticeStamp(brief=True)
        self.pause_button = SecondaryButton(icon_name="pause")
        self.continue_button = PrimaryButton()
        self.stop_button = DangerButton()
        self.save_button = SecondaryButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for part in (self.name_label, self.detail_label, self.stamp):
            row.addWidget(part)
        row.addStretch(1)
        for button in self.buttons:
            row.addWidget(button)
        keeps = self.stop_button.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)  # Pause comes where Continue was, and Stop does not
        self.stop_button.setSizePolicy(keeps)
        self.guards = FreshGuard(self.pause_button), FreshGuard(self.stop_button)
        self.name_label.setMinimumWidth(60)
        self.name_label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._say()

    @property
    def buttons(self) -> tuple[SecondaryButton | DangerButton | PrimaryButton, ...]:
        """Return the buttons in their order."""
        return (self.pause_button, self.continue_button, self.stop_button, self.save_button)

    def show_name(self, name: str, detail: str, *, practice: bool) -> None:
        """Name the campaign."""
        self.name_label.setText(name)
        self.name_label.setToolTip(name)
        self.detail_label.setText(detail)
        self.stamp.setVisible(practice)
        self.continue_button.set_practice(practice)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def _say(self) -> None:
        self.pause_button.setText(self.tr("&Pause"))
        self.continue_button.setText(self.tr("&Continue"))
        self.stop_button.setText(self.tr("S&top…"))
        self.save_button.setText(self.tr("&Save the report…"))


class UndoStrip(QFrame):
    """The seconds in which nothing has left yet."""

    undo_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._words = Sentence()
        self.undo_button = SecondaryButton(icon_name="undo-2")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(12)
        row.addWidget(BigMark("clock", "accent", 24))
        row.addWidget(self._words, 1)
        row.addWidget(self.undo_button)
        self.undo_button.clicked.connect(self.undo_clicked)

    def show_seconds(self, seconds: int) -> None:
        """Count down."""
        self.undo_button.setText(self.tr("&Undo"))
        first = self.tr("Sending starts in %Ln second(s).", "", seconds)
        rest = self.tr("Nothing has left yet.")
        self._words.set_html(f"<b>{first}</b> {rest}")


class ProgressCard(QFrame):
    """How many are done, how long the rest takes, and a bar of the outcomes."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.done_label = QLabel()
        self.done_label.setProperty("role", "strong")
        self.left_label = QLabel()
        self.left_label.setProperty("role", "muted")
        self._bar = SegmentedBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 13)
        column.setSpacing(8)
        line = QHBoxLayout()
        line.addWidget(self.done_label, 1)
        line.addWidget(self.left_label)
        column.addLayout(line)
        column.addWidget(self._bar)

    def show_counts(self, counts: Counts, left: str) -> None:
        """Show how far a campaign is."""
        number = self.locale().toString
        words = self.tr("{done} of {all} done")
        self.done_label.setText(words.format(done=number(counts.done), all=number(counts.planned)))
        self.left_label.setText(left)
        parts = (
            ("ok", counts.accepted),
            ("danger", counts.refused),
            ("uncertain", counts.unknown),
        )
        self._bar.show_parts(parts, counts.planned)

    def show_silence(self, since: datetime) -> None:
        """Say since when an answer is awaited, until there is progress again."""
        self.left_label.setText(say_slow(since))

    def time_left(self, counts: Counts, rate_per_s: float) -> str:
        """Say how long the rest takes at this rate; nothing while there is none."""
        left = counts.ready + counts.sending
        if rate_per_s <= 0 or not left:
            return ""
        seconds = max(1, round(left / rate_per_s))
        if seconds < MINUTES_FROM_S:
            return self.tr("about %Ln second(s) left", "", seconds)
        if seconds < HOURS_FROM_S:
            return self.tr("about %Ln minute(s) left", "", round(seconds / MINUTE_S))
        return self.tr("about %Ln hour(s) left", "", round(seconds / HOUR_S))


class FinishedCard(QFrame):
    """The end of a campaign in one sentence, with the one next step."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.mark = BigMark("circle-check", "ok")
        self.title_label = QLabel()
        self.title_label.setProperty("role", "sheet-title")
        self.title_label.setWordWrap(True)
        self.words = Sentence()
        self.detail_label = QLabel()
        self.detail_label.setProperty("role", "muted")
        self.detail_label.setTextFormat(Qt.TextFormat.PlainText)
        self.stamp = PracticeStamp(brief=True)
        self.save_button = PrimaryButton()
        self._assemble()

    def show_end(
        self, counts: Counts, undecided: int, name: str, repeats: Repeats, *, practice: bool
    ) -> None:
        """Say how it ended: what everybody got, who did not, what is left to decide.

        The tick is for a campaign of which all was sent.
        """
        self.mark.show_mark(*_mark_of(counts))
        self.title_label.setText(self._title(counts))
        left = self.tr("%Ln (is/are) left to decide: press “decide…” below.", "", undecided)
        sentences = self._sentences(counts, practice, repeats)
        self.words.set_html(" ".join([*sentences, *([f"<b>{left}</b>"] if undecided else [])]))
        self.detail_label.setText(name)
        self.stamp.setVisible(practice)
        self.save_button.setText(self.tr("&Save the report…"))

    def _title(self, counts: Counts) -> str:
        number = self.locale().toString
        if counts.accepted == counts.planned:
            return self.tr("Finished: all {all} sent").format(all=number(counts.planned))
        return self.tr("Finished: {sent} of {all} sent").format(
            sent=number(counts.accepted), all=number(counts.planned)
        )

    def _sentences(self, counts: Counts, practice: bool, repeats: Repeats) -> list[str]:
        """Return what is worth saying; only what is true."""
        parts = [
            self.tr("%Ln (was/were) not sent", "", counts.refused) if counts.refused else "",
            self.tr("%Ln (is/are) uncertain", "", counts.unknown) if counts.unknown else "",
            self.tr("%Ln (was/were) not included", "", counts.left_out) if counts.left_out else "",
        ]
        rest = ", ".join(part for part in parts if part)
        return [
            *([f"{rest}."] if rest else []),
            *([self._say_several(repeats.several)] if repeats.several else []),
            *([] if repeats.twice else [self._say_once(repeats.several)]),
            *([self.tr("This was practice: nothing left this computer.")] if practice else []),
        ]

    def _say_several(self, people: int) -> str:
        return self.tr(
            "%Ln (person/people) (was/were) sent several different messages: (that/each) number"
            " stands in more than one row.",
            "",
            people,
        )

    def _say_once(self, several: int) -> str:
        if several:
            return self.tr("Nobody got the same message twice.")
        return self.tr("Nobody got it twice.")

    def _assemble(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 24, 16)
        row.setSpacing(20)
        row.addWidget(self.mark)
        column = QVBoxLayout()
        column.setSpacing(2)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.title_label, 1)
        column.addLayout(line)
        column.addWidget(self.words)
        column.addWidget(self.detail_label)
        row.addLayout(column, 1)
        row.addWidget(self.stamp)
        row.addWidget(self.save_button)


def _mark_of(counts: Counts) -> tuple[str, str]:
    """Return the icon and the tone of a campaign's end."""
    if not counts.planned:
        return "info", "muted"
    all_sent = counts.accepted == counts.planned
    return ("circle-check", "ok") if all_sent else ("triangle-alert", "amber")
