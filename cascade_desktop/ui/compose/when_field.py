"""When to send: now, or at a clock time of this computer's zone."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from html import escape
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QDateTime, QEvent, Qt, QTime, QTimer, QTimeZone, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cascade_desktop.core.problems import TimeProblem, TimeSkipped, TimeTwice, ZoneUnknown
from cascade_desktop.core.schedule import time_problems, to_utc
from cascade_desktop.ui.compose.reveal import reveal
from cascade_desktop.ui.compose.until import until_words
from cascade_desktop.ui.theme import mark
from cascade_desktop.ui.widgets.banner import Notice
from cascade_desktop.ui.widgets.clickable import FieldButton
from cascade_desktop.ui.widgets.fields import TimeField
from cascade_desktop.ui.widgets.segmented import Segmented
from cascade_desktop.ui.wording import say

NOW, LATER = "now", "later"
FIELD_MOST_PX = 420
PROPOSED_HOUR = 10
REFRESH_MS = 20_000
FIRST, SECOND, NEXT = "first", "second", "next"

Clock = Callable[[], datetime]


class WhenField(QWidget):
    """A field that says when; opened, *now* or a date and time, with what is wrong with it.

    ``clock`` tells the time in UTC. Times are naive local clock times until they are sent.
    """

    edited = Signal()
    passed_on = Signal()
    """Time went on, so that a time may have become too near."""

    def __init__(self, clock: Clock, zone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock, self._zone = clock, zone
        self._at: datetime | None = None
        self._fold: int | None = None
        self._title_label = QLabel()
        mark(self._title_label, role="field-label")
        self.field_button = FieldButton()
        self.field_button.setMaximumWidth(FIELD_MOST_PX)
        self._title_label.setBuddy(self.field_button)
        self.choice = Segmented(((NOW, ""), (LATER, "")))
        self.time_edit = TimeField()
        self._utc_label = QLabel()
        mark(self._utc_label, role="muted")
        self.notice = Notice()
        self._panel = QFrame()
        self.timer = QTimer(self, interval=REFRESH_MS)
        self._assemble()
        self._wire()
        self._say()

    @property
    def schedule(self) -> str:
        """Return the time as a campaign file holds it; "" for now."""
        if self._at is None:
            return ""
        return self._exact(self._at).isoformat(timespec="minutes")

    @property
    def problems(self) -> tuple[TimeProblem, ...]:
        """Return why this time cannot be sent at."""
        moment = self._moment()
        match moment:
            case None:
                return ()
            case datetime():
                return time_problems(moment, self._clock())
            case _:
                return (moment,)

    @property
    def shown_time(self) -> str:
        """Return the time of day that a phone would show."""
        local = self._at or self._now_here()
        return f"{local:%H:%M}"

    def set_schedule(self, schedule: str, zone: str) -> None:
        """Show another time without telling anybody; one of another zone is converted."""
        self._at, self._fold = None, None
        with suppress(ValueError):
            read = datetime.fromisoformat(schedule) if schedule else None
            self._at, self._fold = self._localise(read, zone or self._zone)
        self._show()

    def focus(self) -> None:
        """Open, and go to the time."""
        self._panel.show()
        field = self.time_edit if self._at else self.field_button
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        reveal(self._panel)

    def refresh(self) -> None:
        """Say again how far away the time is."""
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def _assemble(self) -> None:
        # The editor counts in UTC, where no time is skipped: gaps are told, not jumped.
        self.time_edit.setTimeZone(QTimeZone(QTimeZone.Initialization.UTC))
        line = QHBoxLayout(self._panel)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(self.choice)
        line.addWidget(self.time_edit)
        line.addWidget(self._utc_label)
        line.addStretch(1)
        self._panel.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        for part in (self._title_label, self.field_button, self._panel, self.notice):
            column.addWidget(part)
        self.notice.set_tone("danger")

    def _wire(self) -> None:
        self.field_button.clicked.connect(self._toggle)
        self.choice.chosen.connect(self._choose)
        self.time_edit.dateTimeChanged.connect(self._on_time_changed)
        self.notice.link_clicked.connect(self._settle)
        self.timer.timeout.connect(self._on_tick)

    def _toggle(self) -> None:
        self._panel.setVisible(self._panel.isHidden())
        reveal(self._panel)

    def _choose(self, key: str) -> None:
        if key == NOW:
            self._at = None
        elif self._at is None:
            tomorrow = self._now_here() + timedelta(days=1)
            self._at = tomorrow.replace(hour=PROPOSED_HOUR, minute=0)
        self._fold = None
        self._show()
        self.edited.emit()

    def _on_time_changed(self, shown: QDateTime) -> None:
        day, time = shown.date(), shown.time()
        self._at = datetime(  # noqa: DTZ001 (a clock time; its zone is this computer's)
            day.year(), day.month(), day.day(), time.hour(), time.minute()
        )
        self._fold = None
        self._show()
        self.edited.emit()

    def _settle(self, link: str) -> None:
        problem = next(iter(self.problems), None)
        match problem:
            case TimeTwice():
                self._fold = 0 if link == FIRST else 1
            case TimeSkipped(next_valid=valid):
                self._at = valid.replace(tzinfo=None)
        self._show()
        self.edited.emit()

    def _on_tick(self) -> None:
        self._show()
        self.passed_on.emit()

    def _localise(self, read: datetime | None, zone: str) -> tuple[datetime | None, int | None]:
        """Return a file's time on this computer's clock, and which one where it happens twice."""
        if read is None or (read.tzinfo is None and zone == self._zone):
            return read, None
        moment = to_utc(read, zone)
        if not isinstance(moment, datetime):
            return read.replace(tzinfo=None), None
        here = moment.astimezone(ZoneInfo(self._zone))
        naive = here.replace(tzinfo=None, fold=0)
        twice = isinstance(to_utc(naive, self._zone), TimeTwice)
        return naive, here.fold if twice else None

    def _exact(self, local: datetime) -> datetime:
        if self._fold is None:
            return local
        return local.replace(tzinfo=ZoneInfo(self._zone), fold=self._fold)

    def _moment(self) -> datetime | ZoneUnknown | TimeSkipped | TimeTwice | None:
        return None if self._at is None else to_utc(self._exact(self._at), self._zone)

    def _now_here(self) -> datetime:
        here = self._clock().astimezone(ZoneInfo(self._zone))
        return here.replace(tzinfo=None, second=0, microsecond=0)

    def _show(self) -> None:
        self.choice.choose(LATER if self._at else NOW)
        self.time_edit.setVisible(self._at is not None)
        self._utc_label.setVisible(self._at is not None)
        if self._at is None:
            self.timer.stop()
            self.field_button.set_words(self.tr("Now"))
        else:
            self.timer.start()
            self._show_time(self._at)
        self._show_problem()

    def _show_time(self, at: datetime) -> None:
        shown = QDateTime(
            QDate(at.year, at.month, at.day),
            QTime(at.hour, at.minute),
            QTimeZone(QTimeZone.Initialization.UTC),
        )
        if self.time_edit.dateTime() != shown:
            self.time_edit.blockSignals(True)
            self.time_edit.setDateTime(shown)
            self.time_edit.blockSignals(False)
        moment = self._moment()
        known = isinstance(moment, datetime)
        until = until_words(moment - self._clock()) if isinstance(moment, datetime) else ""
        self.field_button.set_words(self._date_words(at), until)
        utc = moment.astimezone(UTC).strftime("%H:%M") if isinstance(moment, datetime) else ""
        self._utc_label.setText(self.tr("{time} UTC").format(time=utc) if known else "")

    def _date_words(self, at: datetime) -> str:
        same_year = at.year == self._now_here().year
        pattern = "dddd d MMMM" if same_year else "dddd d MMMM yyyy"
        day = self.locale().toString(QDate(at.year, at.month, at.day), pattern)
        return f"{day[:1].upper()}{day[1:]}, {at.hour:02}:{at.minute:02}"

    def _show_problem(self) -> None:
        problem = next(iter(self.problems), None)
        self.notice.setVisible(problem is not None)
        if problem is None:
            return
        links = " · ".join(
            f'<a href="{key}">{escape(words)}</a>' for key, words in self._ways_out(problem)
        )
        self.notice.set_html(escape(say(problem)) + (f"<br>{links}" if links else ""))

    def _ways_out(self, problem: TimeProblem) -> tuple[tuple[str, str], ...]:
        match problem:
            case TimeTwice(first, second):
                return (
                    (FIRST, self.tr("The first, UTC{offset}").format(offset=f"{first:%z}"[:3])),
                    (SECOND, self.tr("The second, UTC{offset}").format(offset=f"{second:%z}"[:3])),
                )
            case TimeSkipped(next_valid=valid):
                return ((NEXT, self.tr("Use {time}").format(time=f"{valid:%H:%M}")),)
        return ()

    def _say(self) -> None:
        self._title_label.setText(self.tr("Se&nd"))
        self.choice.set_text(NOW, self.tr("Now"))
        self.choice.set_text(LATER, self.tr("At a time"))
        self.time_edit.setAccessibleName(self.tr("Date and time to send"))
        self.time_edit.setLocale(self.locale())
        self.time_edit.setDisplayFormat("ddd d MMM yyyy, HH:mm")
        self._show()
