"""The results page: what became of every message, while it happens and afterwards."""

import html
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QDate, QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.states import CampaignState, Reason
from cascade_desktop.engine.journal.values import Counts, Head
from cascade_desktop.engine.tracker import Halt
from cascade_desktop.ui.answer_watch import Silence
from cascade_desktop.ui.details_dialog import about_campaign
from cascade_desktop.ui.results_grid import ResultsGrid
from cascade_desktop.ui.results_model import ResultsModel
from cascade_desktop.ui.results_notice import TroubleNotice
from cascade_desktop.ui.results_top import FinishedCard, ProgressCard, TitleLine, UndoStrip
from cascade_desktop.ui.row_outcome import Filter, Outcome
from cascade_desktop.ui.stop_dialog import StopDialog
from cascade_desktop.ui.theme import MARGIN_PX
from cascade_desktop.ui.widgets.buttons import PrimaryButton
from cascade_desktop.ui.widgets.sentence import Sentence
from cascade_desktop.ui.widgets.tile import ResultTile
from cascade_desktop.ui.wording import say_kind
from cascade_desktop.ui.wording_delivery import say_known, say_not_told
from cascade_desktop.ui.wording_trouble import say_lost, say_pausing, say_silence

ANNOUNCE_EVERY_PERCENT = 10


class ResultsView(QWidget):
    """Shows one campaign; it is told what happens and says what the operator wants."""

    pause_wanted = Signal()
    stop_wanted = Signal()
    """Emitted after the operator confirmed it."""
    hold_wanted = Signal(bool)
    """Emits True when stopping is asked about: no batch shall leave until it is answered."""
    continue_wanted = Signal()
    undo_wanted = Signal()
    save_wanted = Signal()
    decide_wanted = Signal()
    split_allowed = Signal()
    compose_wanted = Signal()
    never_wanted = Signal(object)
    """Emits a tuple of phones, E.164, that shall never be messaged again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._head: Head | None = None
        self._counts = Counts()
        self._model = ResultsModel()
        self._practice = False
        self._halt: Halt | None = None
        self._back_until: datetime | None = None
        self._leaving_off = ""
        self._announced = 0
        self._question: StopDialog | None = None
        self.title_line = TitleLine()
        self.undo_strip = UndoStrip()
        self.notice = TroubleNotice()
        self.progress_card = ProgressCard()
        self.finished_card = FinishedCard()
        self.tiles = {
            Filter.SENT: ResultTile("ok"),
            Filter.NOT_SENT: ResultTile("danger"),
            Filter.UNCERTAIN: ResultTile("uncertain"),
        }
        self.delivery_words = Sentence(role="muted")
        self.grid = ResultsGrid()
        self.compose_button = PrimaryButton(big=True)
        self._assemble()
        self._connect()
        self._say()

    def show_nothing(self) -> None:
        """Say that there is no campaign yet."""
        self._head = None
        self._pages.setCurrentIndex(0)

    def show_campaign(self, head: Head, *, practice: bool, model: ResultsModel) -> None:
        """Show a campaign as the journal has it."""
        self._model.tallied.disconnect(self._show_tiles)
        self._model = model
        model.tallied.connect(self._show_tiles)
        self._practice = practice
        self._announced = 0
        self._back_until = None
        self.grid.show_model(model)
        self._pages.setCurrentIndex(1)
        self.show_ending(head)

    def show_progress(self, counts: Counts, rate_per_s: float = 0.0) -> None:
        """Show how far it is; whatever it waited for is over."""
        if self._head is not None and self._head.state is not CampaignState.RUNNING:
            self.show_running(self._head)
        self._counts = counts
        self.undo_strip.hide()
        self._show_course()
        self._show_progress(rate_per_s)
        if self._question is not None:
            self._question.show_counts(counts)
        self._announce()

    def show_running(self, head: Head) -> None:
        """Show that a campaign is being sent, whatever it waited for before."""
        self._back_until = None
        self.show_ending(replace(head, state=CampaignState.RUNNING, reason=Reason.NONE))

    def show_undo(self, seconds_left: int) -> None:
        """Count down the seconds in which nothing has left yet."""
        self.undo_strip.show_seconds(seconds_left)
        self.undo_strip.show()
        self.notice.rest()
        for button in self.title_line.buttons:
            button.hide()

    def show_waiting(self, reason: Reason, seconds: float) -> None:
        """Say what it waits for and that nothing is lost."""
        self.notice.show_wait(reason, seconds)
        self.progress_card.left_label.clear()  # nobody can tell

    def show_silence(self, silence: Silence) -> None:
        """Say since when the service owes an answer: then no wait is counted down any more."""
        if self.notice.is_disk_full:  # its answer is there, and has no room
            return
        self.progress_card.show_silence(silence.since)
        if silence.is_long and not self._leaving_off:
            self.notice.show_words(say_silence(silence.until))
        else:
            self._show_course()

    def show_ending(self, head: Head) -> None:
        """Show where a campaign stands: running, paused and why, stopped, or finished."""
        self._head = head
        self._counts = head.counts
        self._leaving_off = ""
        self.undo_strip.hide()
        self._show_title(head)
        self._show_buttons(head)
        self.notice.show_head(head, self._back_until)
        if self._question is not None and head.state is not self._question.asked_in:
            self._question.reject()  # it is another question now, or there is nothing left to stop
        finished = head.state is CampaignState.FINISHED
        self._show_progress(0.0)
        self._show_tiles()  # what has its words before it is seen is laid out at once
        self.title_line.setVisible(not finished)
        self.progress_card.setVisible(not finished)
        self.finished_card.setVisible(finished)

    def show_comeback(self, until: datetime | None) -> None:
        """Say until when the campaign that is paused goes on by itself, if it does."""
        self._back_until = until
        if self._head is not None:
            self.notice.show_head(self._head, until)
            self._show_buttons(self._head)

    def show_halt(self, halt: Halt | None) -> None:
        """Say where nobody can tell what was delivered."""
        self._halt = halt
        self._show_delivery()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
            if self._head is not None:
                self.show_ending(self._head)

    def _connect(self) -> None:
        line = self.title_line
        line.pause_button.clicked.connect(self._pause)
        line.stop_button.clicked.connect(self._ask_stop)
        line.continue_button.clicked.connect(self.continue_wanted)
        line.save_button.clicked.connect(self.save_wanted)
        self.undo_strip.undo_clicked.connect(self.undo_wanted)
        self.finished_card.save_button.clicked.connect(self.save_wanted)
        self.notice.action_clicked.connect(self.split_allowed)
        self.notice.details_wanted.connect(self._show_details)
        self.compose_button.clicked.connect(self.compose_wanted)
        self.tiles[Filter.UNCERTAIN].link_clicked.connect(self.decide_wanted)
        for key, tile in self.tiles.items():
            tile.clicked.connect(lambda _=False, key=key: self._toggle(key))
        self.grid.filtered.connect(self._mark_tiles)
        self.grid.never_wanted.connect(self.never_wanted)
        self._model.tallied.connect(self._show_tiles)

    def _show_details(self) -> None:
        if self._head is not None:
            about_campaign(self._head, self).open()

    def _pause(self) -> None:
        self._leave_off(say_pausing(stop=False))
        self.pause_wanted.emit()

    def _stop(self) -> None:
        self._leave_off(say_pausing(stop=True))
        self.stop_wanted.emit()

    def _leave_off(self, words: str) -> None:
        """Say what the operator's wish still waits for, while messages are on their way."""
        self.title_line.pause_button.setEnabled(False)
        if self._head is not None and self._head.state is CampaignState.RUNNING:
            self._leaving_off = words
            self._show_course()

    def _show_course(self) -> None:
        """Say what is worth knowing while sending goes on; nothing while all is well."""
        lost = self._counts.unknown - (self._head.counts.unknown if self._head else 0)
        if self._leaving_off:
            self.notice.show_words(self._leaving_off, "")
        elif lost > 0:
            self.notice.show_words(say_lost(lost))
        else:
            self.notice.rest()

    def _ask_stop(self) -> None:
        if self._head is None:
            return
        dialog = self._question = StopDialog(self._counts, self._head.state, self)
        dialog.agreed.connect(self._stop)
        dialog.finished.connect(self._on_stop_answered)
        self.hold_wanted.emit(True)
        dialog.open()

    def _on_stop_answered(self) -> None:
        if self._question is not None:
            self._question.deleteLater()
            self._question = None
        self.hold_wanted.emit(False)

    def _toggle(self, key: Filter) -> None:
        """A tile shows only its rows; pressed again, all."""
        self.grid.choose(Filter.ALL if self._model.filter is key else key)

    def _mark_tiles(self, chosen: str) -> None:
        for key, tile in self.tiles.items():
            tile.setChecked(key.value == chosen)

    def _show_title(self, head: Head) -> None:
        started = self.tr("started {time}").format(time=local_time(head.created_at))
        detail = f"{say_kind(Kind(head.kind))} · {started}"
        self.title_line.show_name(head.name, detail, practice=self._practice)

    def _show_buttons(self, head: Head) -> None:
        line = self.title_line
        running = head.state is CampaignState.RUNNING
        asked = head.state is CampaignState.PAUSED and head.reason is Reason.BATCH_REFUSED
        line.pause_button.setVisible(running or self._back_until is not None)
        line.pause_button.setEnabled(True)
        line.stop_button.setVisible(
            running or (head.state is CampaignState.PAUSED and head.counts.ready > 0)
        )
        line.continue_button.setVisible(not running and not asked and head.counts.ready > 0)
        line.save_button.setVisible(True)

    def _show_finished(self, head: Head) -> None:
        self.finished_card.show_end(
            head.counts,
            head.undecided,
            f"{head.name} · {say_kind(Kind(head.kind))} · {local_time(head.created_at)}",
            self._model.repeats,
            practice=self._practice,
        )

    def _show_progress(self, rate_per_s: float) -> None:
        left = self.progress_card.time_left(self._counts, rate_per_s)
        self.progress_card.show_counts(self._counts, left)

    def _show_tiles(self) -> None:
        model = self._model
        counts = model.counts()
        sent = model.count_of(Filter.SENT)
        delivered = counts[Outcome.DELIVERED]
        words = self.tr("sent")
        if delivered:
            words = self.tr("sent, %Ln of them delivered so far", "", delivered)
        self.tiles[Filter.SENT].show_count(sent, words)
        self.tiles[Filter.NOT_SENT].show_count(counts[Outcome.NOT_SENT], self.tr("not sent"))
        head = self._head
        if head is not None and head.state is CampaignState.FINISHED:
            self._show_finished(head)
        ask = head is not None and head.state is not CampaignState.RUNNING and head.undecided > 0
        uncertain = self.tr("uncertain") if ask else self.tr("uncertain: may have arrived")
        self.tiles[Filter.UNCERTAIN].show_count(counts[Outcome.UNCERTAIN], uncertain)
        self.tiles[Filter.UNCERTAIN].set_link(self.tr("decide…") if ask else "")
        self._show_delivery()

    def _show_delivery(self) -> None:
        """Say of how many messages the end is known; nothing while they are being sent."""
        counts = self._model.counts()
        known = counts[Outcome.DELIVERED] + counts[Outcome.NOT_DELIVERED]
        sent = known + counts[Outcome.SENT]
        running = self._head is None or self._head.state is CampaignState.RUNNING
        words = ""
        if self._halt is Halt.NOT_TOLD and sent > known:
            words = say_not_told()
        elif sent and not running and (known or self._halt is None):
            words = say_known(known, sent, self._model.content.bill)
        self.delivery_words.set_html(html.escape(words, quote=False))
        self.delivery_words.setVisible(bool(words) and self._model.complete)

    def _announce(self) -> None:
        """Tell screen readers every ten percent."""
        percent = 100 * self._counts.done // max(1, self._counts.planned)
        step = percent - percent % ANNOUNCE_EVERY_PERCENT
        if step > self._announced and QAccessible.isActive():
            text = self.progress_card.done_label.text()
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
        self._announced = max(self._announced, step)

    def _assemble(self) -> None:
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._empty_page())
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(MARGIN_PX, 14, MARGIN_PX, 24)
        column.setSpacing(12)
        for part in (
            self.title_line,
            self.undo_strip,
            self.notice,
            self.finished_card,
            self.progress_card,
        ):
            column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(12)
        for tile in self.tiles.values():
            row.addWidget(tile, 1)
        column.addLayout(row)
        column.addWidget(self.delivery_words)
        column.addWidget(self.grid, 1)
        self._pages.addWidget(page)
        for part in (self.undo_strip, self.notice, self.finished_card):
            part.hide()

    def _empty_page(self) -> QWidget:
        self._empty_label = QLabel()
        self._empty_label.setProperty("role", "hero-title")
        self._empty_words = QLabel()
        self._empty_words.setProperty("role", "muted")
        page = QWidget()
        column = QVBoxLayout(page)
        column.setSpacing(12)
        column.addStretch(1)
        for part in (self._empty_label, self._empty_words):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            part.setWordWrap(True)
            column.addWidget(part)
        column.addSpacing(8)
        column.addWidget(self.compose_button, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(2)
        return page

    def _say(self) -> None:
        self._empty_label.setText(self.tr("No campaign yet"))
        self._empty_words.setText(
            self.tr("After sending you see here what became of every single message.")
        )
        self.compose_button.setText(self.tr("Compose a message"))


def local_time(at: datetime) -> str:
    """Return a moment as a clock on this wall shows it; with its day unless that is today."""
    local = at.astimezone()
    clock = f"{local:%H:%M}"
    if local.date() == datetime.now().astimezone().date():
        return clock
    day = QDate(local.year, local.month, local.day)
    return f"{QLocale().toString(day, 'd MMMM')}, {clock}"
