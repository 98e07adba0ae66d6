"""From *Send a test…* to the phone: what is previewed leaves once, and the sheet tells the end."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.drafts import Survey
from cascade_desktop.core.states import State
from cascade_desktop.core.trial import in_five_minutes, make_trial
from cascade_desktop.engine.journal.trials import TrialOutcome
from cascade_desktop.engine.sending import Progress
from cascade_desktop.engine.tracker import Deliveries
from cascade_desktop.engine.workspace import Workspace
from cascade_desktop.ui.answer_watch import Silence
from cascade_desktop.ui.campaign_desk import CampaignDesk
from cascade_desktop.ui.delivery_desk import DeliveryDesk
from cascade_desktop.ui.draft_desk import Composed, DraftDesk
from cascade_desktop.ui.list_desk import ListDesk
from cascade_desktop.ui.main_window import MainWindow
from cascade_desktop.ui.message_dialog import MessageDialog
from cascade_desktop.ui.own_columns import name_of
from cascade_desktop.ui.tasks import Tasks
from cascade_desktop.ui.trial_desk import TrialDesk
from cascade_desktop.ui.trial_dialog import TrialDialog, TrialFacts
from cascade_desktop.ui.wording_trouble import say_busy, say_silence, say_slow, say_wait

MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is to be tried: the message of the person in the preview."""

    campaign: Campaign
    person: str
    text: str
    trials: TrialDesk | None
    """Of the account that it was asked for."""


class TrialFlow(QObject):
    """Opens the sheet on what was composed last; a test under way is shown again, not doubled."""

    def __init__(
        self, window: MainWindow, tasks: Tasks, drafts: DraftDesk, lists: ListDesk
    ) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._drafts = drafts
        self._lists = lists
        self._practice = True
        self._desk: CampaignDesk | None = None
        self._trials: TrialDesk | None = None
        self._deliveries: DeliveryDesk | None = None
        self._space: Workspace | None = None
        self._wanted = False
        self.dialog: TrialDialog | None = None
        window.compose.action_bar.test_clicked.connect(self.open)
        drafts.composed.connect(self._on_composed)

    def attach(
        self, desk: CampaignDesk, space: Workspace, deliveries: DeliveryDesk, *, practice: bool
    ) -> None:
        """Follow another account's desks."""
        self._forget_dialog()
        self._desk, self._space, self._practice = desk, space, practice
        self._deliveries = deliveries
        trials = self._trials = TrialDesk(self._tasks, desk, space)
        trials.waits.connect(self._on_wait)
        trials.answer_awaited.connect(self._on_silence)
        trials.settled.connect(self._on_settled)
        trials.ended.connect(self._on_ended)
        trials.ended.connect(deliveries.start)
        deliveries.learned.connect(self._on_learned)

    def open(self) -> None:
        """Ask to which number; what is still being counted is waited for."""
        if self._desk is None or self._trials is None or self._drafts.is_awaiting():
            return
        if self._trials.is_under_way and self.dialog is not None:
            self.dialog.open()
            return
        if self._desk.is_sending:
            self._tell_busy()
            return
        composed = self._drafts.current
        self._wanted = composed is None
        shown = None if composed is None else self._shown(composed)
        if shown is not None:
            self._trials.ask_book(lambda *book: self._show(shown, *book))

    def _on_composed(self, composed: Composed | None) -> None:
        wanted, self._wanted = self._wanted, False
        if wanted and composed is not None:
            self.open()

    def _shown(self, composed: Composed) -> _Shown | None:
        """Return the message in the preview; None where there is none."""
        composition = composed.prepared.composition
        if composition.problems or not len(composition.rows):
            return None
        row = self._window.compose.preview_card.row
        place = composition.rows.index(row) if row in composition.rows else 0
        person = name_of(composition.recipients, composition.rows[place])
        return _Shown(composed.prepared.campaign, person, composition.texts[place], self._trials)

    def _show(
        self,
        shown: _Shown,
        numbers: tuple[str, ...],
        latest: TrialOutcome | None,
        stopped: frozenset[str],
    ) -> None:
        if shown.trials is not self._trials:  # another account came while it was read
            return
        if self.dialog is not None and self.dialog.isVisible():  # a second press
            return
        draft = shown.campaign.draft
        facts = TrialFacts(
            kind=draft.kind,
            sender=draft.sender.strip(),
            person=shown.person,
            text=shown.text,
            options=draft.options if isinstance(draft, Survey) else (),
            practice=self._practice,
            country=self._lists.usual_country,
            remembered=numbers,
            stopped=stopped,
            latest=latest,
        )
        self._forget_dialog()
        dialog = self.dialog = TrialDialog(facts, self._window)
        dialog.send_wanted.connect(lambda phones, soon: self._send(shown, phones, soon=soon))
        dialog.stop_wanted.connect(lambda: self._trials and self._trials.stop())
        dialog.list_wanted.connect(self._window.show_stop_list)
        dialog.open()

    def _send(self, shown: _Shown, phones: Sequence[str], *, soon: bool) -> None:
        if self._trials is None or self._space is None or self.dialog is None:
            return
        at = in_five_minutes(self._space.waits.now()) if soon else None
        trials = [make_trial(shown.campaign, phone, shown.text, at) for phone in phones]
        if self._trials.start(trials):
            self.dialog.show_sending(phones)
        else:
            self._tell_busy()

    def _tell_busy(self) -> None:
        """Say that a test waits for the campaign under way, which is not disturbed."""
        if self._desk is None:
            return
        title, text = say_busy(held=self._desk.is_held)
        after = self.tr("A test can be sent after that.")
        MessageDialog(title, f"{text} {after}", self._window).open()

    def _on_wait(self, progress: Progress) -> None:
        if self.dialog is not None:
            minutes, seconds = divmod(max(1, round(progress.waiting_s)), MINUTE_S)
            self.dialog.show_wait(say_wait(progress.reason, f"{minutes}:{seconds:02}"))

    def _on_silence(self, silence: Silence) -> None:
        if self.dialog is not None:
            words = say_silence(silence.until) if silence.is_long else say_slow(silence.since)
            self.dialog.show_wait(words)

    def _on_settled(self, outcome: TrialOutcome) -> None:
        if self.dialog is not None:
            self.dialog.show_outcome(outcome)

    def _on_ended(self) -> None:
        """Tell the end; a sheet that was closed meanwhile comes back only with bad news."""
        dialog = self.dialog
        if dialog is None:
            return
        dialog.show_over()
        sent = all(outcome.state is State.ACCEPTED for outcome in dialog.outcomes.values())
        if not dialog.isVisible() and not sent and self._window.isVisible():
            dialog.open()

    def _on_learned(self, learned: Deliveries) -> None:
        if self.dialog is not None:
            for change in learned.changes:
                self.dialog.show_delivery(learned.campaign, change.delivery)

    def _forget_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
