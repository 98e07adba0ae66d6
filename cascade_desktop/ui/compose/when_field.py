"""When to send: now, or at a clock time of this computer's zone or of another one."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from html import escape
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QDateTime, QEvent, Qt, QTime, QTimer, QTimeZone, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from cascade_desktop.core.confirmations import DAY
from cascade_desktop.core.preparation import SPREAD_STARTS_IN
from cascade_desktop.core.problems import TimeProblem, TimeSkipped, TimeTwice, ZoneUnknown
from cascade_desktop.core.schedule import FURTHEST, time_problems, to_utc
from cascade_desktop.ui.compose.reveal import reveal
from cascade_desktop.ui.compose.until import until_words
from cascade_desktop.ui.compose.zone_field import ZoneField
from cascade_desktop.ui.theme import mark
from cascade_desktop.ui.widgets.banner import Notice
from cascade_desktop.ui.widgets.clickable import FieldButton
from cascade_desktop.ui.widgets.fields import TimeField
from cascade_desktop.ui.widgets.flow import FlowLayout
from cascade_desktop.ui.widgets.segmented import Segmented
from cascade_desktop.ui.widgets.sentence import Sentence
from cascade_desktop.ui.wording import say
from cascade_desktop.ui.wording_times import is_zone, say_moment, say_place

NOW, LATER = "now", "later"
SUNDAY = 7
FIELD_MOST_PX = 480
PROPOSED_HOUR = 10
REFRESH_MS = 20_000
FIRST, SECOND, NEXT = "first", "second", "next"

Clock = Callable[[], datetime]


class WhenField(QWidget):
    """A field that says when; opened, *now* or a date and time, with what is wrong with it.

    ``clock`` tells the time in UTC. Times are naive clock times of the zone until they are sent.
    """

    edited = Signal()
    passed_on = Signal()
    """Time went on, so that a time may have become too near."""

    def __init__(self, clock: Clock, zone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock, self._zone, self._own_zone = clock, zone, zone
        self._spread = timedelta(0)
        self._at: datetime | None = None
        self._fold: int | None = None
        self._title_label = QLabel()
        mark(self._title_label, role="field-label")
        self.field_button = FieldButton()
        self.field_button.setMaximumWidth(FIELD_MOST_PX)
        self._title_label.setBuddy(self.field_button)
        self.choice = Segmented(((NOW, ""), (LATER, "")))
        self.time_edit = TimeField()
        self.zone_field = ZoneField()
        self.spread_words = Sentence(role="muted")
        self.notice = Notice()
        self.odd_notice = Notice(tone="amber")
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
    def zone(self) -> str:
        """Return the zone whose clock the time is of."""
        return self._zone

    @property
    def problems(self) -> tuple[TimeProblem, ...]:
        """Return why this time cannot be sent at."""
        moment, now = self._moment(), self._clock()
        match moment:
            case None:
                return ()
            case datetime():
                ends = (moment, moment + self._spread)
                found = (problem for at in ends for problem in time_problems(at, now))
                return tuple(dict.fromkeys(found))
            case _:
                return (moment,)

    @property
    def shown_time(self) -> str:
        """Return the time of day that a phone would show."""
        local = self._at or self._now_here()
        return f"{local:%H:%M}"

    def set_schedule(self, schedule: str, zone: str) -> None:
        """Show another time without telling anybody, on the clock of its zone."""
        self._at, self._fold, self._zone = None, None, self._own_zone
        with suppress(ValueError):
            read = datetime.fromisoformat(schedule) if schedule else None
            self._zone = (zone if read is not None else "") or self._own_zone
            self._at, self._fold = self._localise(read)
        self._show()

    def set_spread(self, hours: float) -> None:
        """Learn over how many hours the messages are spread."""
        self._spread = timedelta(hours=hours)
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
        line = FlowLayout(gap_px=8)
        line.addWidget(self.choice)
        line.addWidget(self.time_edit)
        inside = QVBoxLayout(self._panel)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addLayout(line)
        inside.addWidget(self.zone_field)
        self._panel.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        for part in (
            self._title_label,
            self.field_button,
            self._panel,
            self.spread_words,
            self.notice,
            self.odd_notice,
        ):
            column.addWidget(part)
        self.notice.set_tone("danger")

    def _wire(self) -> None:
        self.field_button.clicked.connect(self._toggle)
        self.choice.chosen.connect(self._choose)
        self.time_edit.dateTimeChanged.connect(self._on_time_changed)
        self.zone_field.chosen.connect(self._choose_zone)
        self.notice.link_clicked.connect(self._settle)
        self.timer.timeout.connect(self._on_tick)

    def _toggle(self) -> None:
        self._panel.setVisible(self._panel.isHidden())
        reveal(self._panel)

    def _choose(self, key: str) -> None:
        if key == NOW:
            self._at, self._zone = None, self._own_zone
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

    def _choose_zone(self, zone: str) -> None:
        """Mean another place's clock: the time that is written stays as it is."""
        self._zone, self._fold = zone, None
        self._show()
        self.edited.emit()

    def _settle(self, link: str) -> None:
        problem = next(iter(self.problems), None)
        match problem:
            case TimeTwice():
                self._fold = 0 if link == FIRST else 1
            case TimeSkipped(next_valid=valid):
                self._at = valid.replace(tzinfo=None)
            case ZoneUnknown():
                self._zone = self._own_zone
        self._show()
        self.edited.emit()

    def _on_tick(self) -> None:
        self._show()
        self.passed_on.emit()

    def _localise(self, read: datetime | None) -> tuple[datetime | None, int | None]:
        """Return a file's time on the zone's clock, and which one where it happens twice."""
        if read is None or read.tzinfo is None or not is_zone(self._zone):
            return read, None
        there = read.astimezone(ZoneInfo(self._zone))
        naive = there.replace(tzinfo=None, fold=0)
        twice = isinstance(to_utc(naive, self._zone), TimeTwice)
        return naive, there.fold if twice else None

    def _exact(self, local: datetime) -> datetime:
        if self._fold is None:
            return local
        return local.replace(tzinfo=ZoneInfo(self._zone), fold=self._fold)

    def _moment(self) -> datetime | ZoneUnknown | TimeSkipped | TimeTwice | None:
        return None if self._at is None else to_utc(self._exact(self._at), self._zone)

    def _now_here(self) -> datetime:
        return self._there(self._clock()).replace(second=0, microsecond=0)

    def _there(self, moment: datetime) -> datetime:
        """Return what the zone's clock shows at a moment."""
        zone = self._zone if is_zone(self._zone) else self._own_zone
        return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)

    def _show(self) -> None:
        self.choice.choose(LATER if self._at else NOW)
        self.time_edit.setVisible(self._at is not None)
        self.zone_field.setVisible(self._at is not None)
        if self._at is None:
            self.field_button.set_words(self.tr("Now"))
        else:
            self._show_time(self._at)
        if self._at is None and not self._spread:
            self.timer.stop()
        else:
            self.timer.start()
        self._show_spread()
        self._show_problem()
        self._show_odd()

    def _show_time(self, at: datetime) -> None:
        shown = QDateTime(
            QDate(at.year, at.month, at.day),
            QTime(at.hour, at.minute),
            QTimeZone(QTimeZone.Initialization.UTC),
        )
        today = self._now_here()
        last = today + FURTHEST
        self.time_edit.offer_days(
            QDate(today.year, today.month, today.day), QDate(last.year, last.month, last.day)
        )
        if self.time_edit.dateTime() != shown:
            self.time_edit.blockSignals(True)
            self.time_edit.setDateTime(shown)
            self.time_edit.blockSignals(False)
        moment = self._moment()
        until = until_words(moment - self._clock()) if isinstance(moment, datetime) else ""
        short = self._date_words(at, short=True)
        self.field_button.set_words(self._date_words(at), until, short)
        self.zone_field.show_zone(self._zone, " · ".join(self._zone_words(moment)))

    def _zone_words(self, moment: datetime | TimeProblem | None) -> Iterator[str]:
        """Say whose clock it is, and what others show then."""
        yield self.tr("{zone} time").format(zone=self._zone)
        if isinstance(moment, datetime):
            utc, own = moment.astimezone(UTC), moment.astimezone(ZoneInfo(self._own_zone))
            yield self.tr("{time} UTC").format(time=f"{utc:%H:%M}")
            if self._zone != self._own_zone:
                yield self.tr("{time} here").format(time=f"{own:%H:%M}")

    def _show_spread(self) -> None:
        first = self._clock() + SPREAD_STARTS_IN if self._at is None else self._moment()
        shown = bool(self._spread) and isinstance(first, datetime)
        self.spread_words.setVisible(shown)
        if shown and isinstance(first, datetime):
            last = self._date_words(self._there(first + self._spread))
            words = self.tr("The last message leaves by {time}.").format(time=last)
            if self._at is None:
                words = self.tr("The first leaves in 5 minutes.") + f" {words}"
            self.spread_words.set_html(escape(words))

    def _show_odd(self) -> None:
        """Remark on a Sunday or a night by the zone's clock; the review looks at everybody's."""
        moment = self._moment()
        times: list[datetime] = []
        if isinstance(moment, datetime) and not self.problems:
            times = [self._there(moment), self._there(moment + self._spread)]
        words: list[str] = []
        if any(time.isoweekday() == SUNDAY for time in times):
            words.append(self.tr("That is a Sunday."))
        night = next((time for time in times if DAY.is_quiet(time)), None)
        if night is not None:
            early, late = self.tr("{time} is early."), self.tr("{time} is late.")
            words.append((early if night.hour < DAY.first else late).format(time=f"{night:%H:%M}"))
        self.odd_notice.set_html(escape(" ".join(words)))
        self.odd_notice.setVisible(bool(words))

    def _date_words(self, at: datetime, *, short: bool = False) -> str:
        place = say_place(self._zone, self._own_zone)
        return say_moment(at, self._now_here(), place, short=short)

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
            case ZoneUnknown():
                return ((NEXT, self.tr("Use {zone} time").format(zone=self._own_zone)),)
        return ()

    def _say(self) -> None:
        self._title_label.setText(self.tr("Se&nd"))
        self.choice.set_text(NOW, self.tr("Now"))
        self.choice.set_text(LATER, self.tr("At a time"))
        self.time_edit.setAccessibleName(self.tr("Date and time to send"))
        self.time_edit.setLocale(self.locale())
        self.time_edit.setDisplayFormat("ddd d MMM yyyy, HH:mm")
        self._show()
