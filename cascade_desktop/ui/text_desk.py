"""What all rows say about the open text, found out off the screen's thread."""

from functools import partial

from PySide6.QtCore import QObject

from cascade_desktop.core.drafts import text_of
from cascade_desktop.core.spelling_offers import find_offers
from cascade_desktop.core.text_facts import Overrun, look_closely, row_facts
from cascade_desktop.engine.worker import Worker
from cascade_desktop.ui.draft_desk import Composed, DraftDesk
from cascade_desktop.ui.main_window import MainWindow
from cascade_desktop.ui.tasks import Tasks


class TextDesk(QObject):
    """Follows what was composed; an older answer never shows, and Details only while open."""

    def __init__(
        self,
        tasks: Tasks,
        window: MainWindow,
        drafts: DraftDesk,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._compose = window.compose
        self._worker = Worker()
        self._composed: Composed | None = None
        self._latest = 0
        self._seen: tuple[Overrun | None, int] = (None, -1)
        drafts.composed.connect(self._on_composed)
        self._compose.edited.connect(self._on_edited)
        for form in self._compose.message_card.forms.values():
            form.text_field.rows_wanted.connect(self._compose.verdicts_wanted)
            form.sms_count.opened.connect(self._on_details_opened)
            form.sms_count.details.people_wanted.connect(self._show_next)

    def close(self) -> None:
        """End the thread."""
        self._latest += 1
        self._worker.close()

    def _on_edited(self) -> None:
        self._latest += 1
        self._composed = None

    def _on_composed(self, composed: Composed | None) -> None:
        self._latest += 1
        self._composed = composed
        if composed is not None:
            self._tasks.spawn(self._look(composed, self._latest))
            return
        for form in self._compose.message_card.forms.values():
            form.text_field.show_facts(None)
            form.sms_count.details.show_details(None, ())

    def _on_details_opened(self) -> None:
        if self._composed is not None:
            self._tasks.spawn(self._look(self._composed, self._latest))

    async def _look(self, composed: Composed, number: int) -> None:
        kind = composed.prepared.campaign.draft.kind
        facts = await self._worker.run(row_facts, kind, composed.prepared.composition)
        if not self._is_wanted(number):
            return
        form = self._compose.message_card.forms[kind]
        form.text_field.show_facts(facts)
        if form.sms_count.is_open:
            await self._look_closely(composed, number)

    async def _look_closely(self, composed: Composed, number: int) -> None:
        composition, common = composed.prepared.composition, composed.sms.common
        wanted = partial(self._is_wanted, number)
        run = self._worker.run
        details = await run(look_closely, composition.texts, common, wanted)
        draft = composed.prepared.campaign.draft
        offers = await run(find_offers, text_of(draft), composition, wanted)
        if self._is_wanted(number):
            form = self._compose.message_card.forms[draft.kind]
            form.sms_count.details.show_details(details, offers)

    def _is_wanted(self, number: int) -> bool:
        return number == self._latest

    def _show_next(self, over: Overrun) -> None:
        """Show the next of the people whose message is over a limit, as they would see it."""
        before, step = self._seen
        step = (step + 1) % len(over.positions) if over == before else 0
        self._seen = (over, step)
        self._compose.preview_card.go_to(over.positions[step])
        self._compose.preview_card.focus_first()
