"""The page where a campaign is composed; it shows values and tells what was wanted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePath

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cascade_desktop.core.campaign_file import Campaign, ListRef
from cascade_desktop.core.columns import name_column
from cascade_desktop.core.composition import Composition, Duplicates
from cascade_desktop.core.consent import Unheeded
from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.problems import DraftProblem, NobodyToSend, RowControlSyntax, ViberSkipped
from cascade_desktop.core.recipients import Recipients
from cascade_desktop.core.sms_summary import SmsSummary
from cascade_desktop.ui.compose.action_bar import ActionBar
from cascade_desktop.ui.compose.campaign_name import CampaignNames
from cascade_desktop.ui.compose.message_card import MessageCard
from cascade_desktop.ui.compose.message_form import MessageForm
from cascade_desktop.ui.compose.preview_card import PreviewCard
from cascade_desktop.ui.compose.reading_panel import ReadingPanel
from cascade_desktop.ui.compose.recipients_card import RecipientsCard
from cascade_desktop.ui.compose.start_page import StartPage
from cascade_desktop.ui.compose.when_field import Clock
from cascade_desktop.ui.own_columns import offered_columns
from cascade_desktop.ui.theme import MARGIN_PX, mark
from cascade_desktop.ui.widgets.columns import ThreeColumns
from cascade_desktop.ui.widgets.drop_zone import Start, dropped_file
from cascade_desktop.ui.widgets.kind_tabs import KindTabs
from cascade_desktop.ui.wording import say
from cascade_desktop.ui.wording_times import system_zone

TABS_TOP_PX = 8
Counted = tuple[Composition, SmsSummary, Composition | None, Unheeded | None]


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


class ComposeView(QWidget):
    """Tabs of four kinds over the list, the message and the preview, and a bar below.

    Counting over all rows is done elsewhere: `edited` asks for it, `show_composition` shows it.
    """

    open_wanted = Signal()
    file_dropped = Signal(Path)
    paste_wanted = Signal()
    type_wanted = Signal()
    sample_wanted = Signal()
    example_wanted = Signal()
    connect_wanted = Signal()
    change_reading_wanted = Signal()
    verdicts_wanted = Signal()
    reading_cancelled = Signal()
    edited = Signal()
    kind_changed = Signal(str)
    review_wanted = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, clock: Clock = utc_now, zone: str = ""
    ) -> None:
        super().__init__(parent)
        self._zone = zone or system_zone()
        self.names = CampaignNames(clock, self._zone)
        self._recipients: Recipients | None = None
        self._ready: Sequence[int] = ()
        self._counted: dict[Kind, Counted] = {}
        self._duplicates: dict[tuple[Kind, ListRef], Duplicates] = {}
        self.tabs = KindTabs()
        self.start_page = StartPage()
        self.reading_panel = ReadingPanel(centred=True)
        self.recipients_card = RecipientsCard()
        self.message_card = MessageCard(clock, self._zone)
        self.preview_card = PreviewCard()
        self.columns = ThreeColumns(self.recipients_card, self.message_card, self.preview_card)
        self.action_bar = ActionBar()
        self._pages = QStackedWidget()
        self._assemble()
        self._wire()
        self._bind_keys()
        self._show_kind(Kind.PROMO)
        self.show_start()

    def kind(self) -> Kind:
        """Return the kind whose tab is open."""
        return Kind(self.tabs.current)

    def campaign(self, kind: Kind) -> Campaign:
        """Return what a tab holds, with the list as it was read."""
        form = self.message_card.forms[kind]
        found = self._recipients
        campaign = Campaign(
            name=self.names.name(kind, found.table.source.file if found else ""),
            draft=form.draft,
            route=form.more_options.route,
            schedule=form.when_field.schedule,
            zone=form.when_field.zone,
            spread_hours=form.more_options.spread_hours,
        )
        if found is None:
            return campaign
        ref = _list_ref(found)
        return replace(
            campaign,
            country=found.country,
            recipients=ref,
            duplicates=self._duplicates.get((kind, _rows_of(ref))),
            include_hidden=found.choice.include_hidden,
            edits=found.choice.edits,
            left_out=tuple(sorted(found.choice.left_out)),
        )

    def set_campaign(self, campaign: Campaign) -> None:
        """Fill the tab of a campaign's kind; which tab is open does not change."""
        kind = campaign.draft.kind
        self.message_card.forms[kind].load(campaign)
        self._counted.pop(kind, None)
        self.names.take(kind, campaign.name)
        if campaign.duplicates is not None:
            self._duplicates[kind, _rows_of(campaign.recipients)] = campaign.duplicates
        if kind is self.kind():
            self._refresh()

    def settle_duplicates(self, answer: Duplicates) -> None:
        """Take the answer of whether a number gets all of its different messages, for this tab."""
        if self._recipients is not None:
            self._duplicates[self.kind(), _rows_of(_list_ref(self._recipients))] = answer
            self._on_edited()

    def choose_kind(self, kind: Kind) -> None:
        """Open another tab."""
        self.tabs.choose(kind)
        self._show_kind(kind)

    def set_senders(self, names: Sequence[str]) -> None:
        """Offer the sender names that were given before."""
        self.message_card.set_senders(names)
        self._refresh()

    def set_practice(self, on: bool) -> None:
        """Wear the stripes of practice, or not."""
        self.action_bar.set_practice(on)

    def set_connected(self, connected: bool) -> None:
        """Stop offering to connect an account once one is."""
        self.start_page.drop_zone.set_connected(connected)

    def show_start(self) -> None:
        """Show the ways to get a list; the list that was there is gone."""
        self._recipients = None
        self._counted.clear()
        self.start_page.show_problem("")
        self._pages.setCurrentWidget(self.start_page)
        self.action_bar.hide()

    def show_reading(self, file_name: str) -> None:
        """Show that a file is being read, with a way to stop it."""
        if self._recipients is not None:
            self.recipients_card.show_reading(file_name)
            return
        self.reading_panel.show_file(file_name)
        self._pages.setCurrentWidget(self.reading_panel)

    def show_problem(self, sentence: str) -> None:
        """Tell why a file gave no list; the list that was there stays."""
        if self._recipients is not None:
            self.recipients_card.show_problem(sentence)
            return
        self.start_page.show_problem(sentence)
        self._pages.setCurrentWidget(self.start_page)

    def show_recipients(self, recipients: Recipients, *, as_last_time: bool = False) -> None:
        """Show a list that was read, or the same one after a decision."""
        before = self._recipients
        if before is not None and before.table.source != recipients.table.source:
            self.names.forget()
        self._recipients, self._ready = recipients, recipients.ready
        self._counted.clear()
        self.recipients_card.show_recipients(recipients, as_last_time=as_last_time)
        table = recipients.table
        offered = offered_columns(table, recipients.phone_column)
        self.message_card.set_names(table.names, offered)
        self._pages.setCurrentWidget(self.columns)
        self.action_bar.show()
        self._refresh()
        if before is None:
            self.message_card.form.focus_first()

    def show_composition(
        self,
        composition: Composition | None,
        summary: SmsSummary | None,
        reach: Composition | None = None,
        unheeded: Unheeded | None = None,
    ) -> None:
        """Show what the open tab's draft comes to over all rows, or whom it reaches while wrong."""
        if composition is None or summary is None:
            self._counted.pop(self.kind(), None)
        else:
            self._counted[self.kind()] = (composition, summary, reach, unheeded)
        self._refresh()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome a file anywhere on the page."""
        if dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the file on."""
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.file_dropped.emit(path)

    def _assemble(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        mark(self, role="page")
        self.setAcceptDrops(True)
        for page in (self.start_page, self.reading_panel, self.columns):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        tabs = QVBoxLayout()
        tabs.setContentsMargins(MARGIN_PX, TABS_TOP_PX, MARGIN_PX, 0)
        tabs.addWidget(self.tabs)
        column.addLayout(tabs)
        column.addWidget(self._pages, 1)
        column.addWidget(self.action_bar)

    def _wire(self) -> None:
        self.tabs.chosen.connect(lambda kind: self._on_kind_chosen(Kind(kind)))
        drop_zone, card = self.start_page.drop_zone, self.recipients_card
        drop_zone.file_dropped.connect(self.file_dropped)
        drop_zone.chosen.connect(self._on_start_chosen)
        card.list_wanted.connect(self._on_start_chosen)
        card.change_reading_wanted.connect(self.change_reading_wanted)
        card.verdicts_wanted.connect(self.verdicts_wanted)
        for panel in (self.reading_panel.cancelled, card.reading_cancelled):
            panel.connect(self._on_reading_cancelled)
        self.message_card.edited.connect(self._on_edited)
        self.message_card.time_passed.connect(self._refresh)
        card.asked.connect(self._say_waiting)
        self.action_bar.problem_clicked.connect(self._go_to_problem)
        self.action_bar.question_clicked.connect(card.focus_question)
        self.action_bar.review_clicked.connect(self.review_wanted)

    def _bind_keys(self) -> None:
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, act in (
            ("Ctrl+Return", self._review_or_go_to_problem),
            ("Ctrl+Enter", self._review_or_go_to_problem),
            ("F6", lambda: self._step_column(1)),
            ("Shift+F6", lambda: self._step_column(-1)),
        ):
            QShortcut(QKeySequence(keys), self, act, context=inside)

    def _on_start_chosen(self, way: str) -> None:
        wanted = {
            Start.OPEN: self.open_wanted,
            Start.PASTE: self.paste_wanted,
            Start.TYPE: self.type_wanted,
            Start.SAMPLE: self.sample_wanted,
            Start.EXAMPLE: self.example_wanted,
            Start.CONNECT: self.connect_wanted,
        }
        wanted[Start(way)].emit()

    def _on_reading_cancelled(self) -> None:
        self.recipients_card.end_reading()
        if self._recipients is None:
            self._pages.setCurrentWidget(self.start_page)
        self.reading_cancelled.emit()

    def _on_kind_chosen(self, kind: Kind) -> None:
        self._show_kind(kind)
        self.kind_changed.emit(kind.value)

    def _on_edited(self) -> None:
        self._refresh()
        self.edited.emit()

    def _show_kind(self, kind: Kind) -> None:
        self.tabs.choose(kind)
        self.message_card.show_kind(kind)
        self._refresh()

    def _refresh(self) -> None:
        """Draw everything that follows from the draft, the list and what was counted."""
        form, found = self.message_card.form, self._recipients
        self.preview_card.show_draft(form.draft, form.when_field.shown_time)
        if found is None:
            return
        composition, summary, reach, unheeded = self._counted.get(form.kind) or (
            None,
            None,
            None,
            None,
        )
        problems = self._problems(form)
        telling = composition if _tells(composition, problems) else reach
        settled = (form.kind, _rows_of(_list_ref(found))) in self._duplicates
        self.recipients_card.show_composition(telling, unheeded, shared_settled=settled)
        form.show_summary(composition.texts if composition else (), summary)
        form.show_remarks((*form.draft.remarks(), *_counted_remarks(composition)))
        rows = (telling.rows if telling else ()) or self._ready
        longest = summary.longest if summary and composition and composition.rows else -1
        several = telling is not None and telling.several > 0
        self.preview_card.show_people(found, rows, longest, several=several)
        form.show_problems(problems)
        shown = len(telling.rows if telling else self._ready)
        form.show_people(telling.people if telling else shown)
        reasons = [say(problem, form.kind) for problem in problems]
        calls = form.kind is Kind.FLASHCALL
        counted, late = composition is not None, len(reasons) == len(form.when_field.problems)
        self.action_bar.show_state(reasons, shown, counted=counted, calls=calls, late=late)
        self._say_waiting()

    def _say_waiting(self) -> None:
        self.action_bar.ask([offer.brief for offer in self.recipients_card.waiting])

    def _problems(self, form: MessageForm) -> tuple[DraftProblem, ...]:
        counted = self._counted.get(form.kind)
        over_rows = counted[0].problems if counted else ()
        # With a text that fits no row nobody is left, but that is not the news.
        own = form.problems
        telling = RowControlSyntax if own else NobodyToSend | RowControlSyntax
        return (*own, *(problem for problem in over_rows if isinstance(problem, telling)))

    def _go_to_problem(self) -> None:
        form = self.message_card.form
        problem = next(iter(self._problems(form)), None)
        if problem is not None and not form.focus_problem(problem):
            self.verdicts_wanted.emit()

    def _review_or_go_to_problem(self) -> None:
        if self._pages.currentWidget() is not self.columns:
            return
        if self.action_bar.review_button.isEnabled():
            self.review_wanted.emit()
        else:
            self.action_bar.stop_pill.click()

    def _step_column(self, step: int) -> None:
        if self._pages.currentWidget() is not self.columns:
            return
        stops = (
            (self.recipients_card, self.recipients_card.focus_first),
            (self.message_card, self.message_card.form.focus_first),
            (self.preview_card, self.preview_card.focus_first),
            (self.action_bar, self.action_bar.focus_first),
        )
        focused = self.focusWidget()
        here = (at for at, (part, _) in enumerate(stops) if focused and part.isAncestorOf(focused))
        at = next(here, -1 if step > 0 else 0)
        stops[(at + step) % len(stops)][1]()


def _tells(composition: Composition | None, problems: Sequence[DraftProblem]) -> bool:
    """Tell whether a composition says who gets it; one of a wrong draft only says nobody."""
    return composition is not None and (bool(composition.rows) or NobodyToSend() in problems)


def _counted_remarks(composition: Composition | None) -> tuple[ViberSkipped, ...]:
    """Return the remarks that only all rows together can give."""
    remarks = composition.remarks if composition else ()
    return tuple(remark for remark in remarks if isinstance(remark, ViberSkipped))


def _list_ref(found: Recipients) -> ListRef:
    source = found.table.source
    return ListRef(
        file=source.file,
        sha256=source.sha256,
        sheet=source.sheet,
        header_row=source.header_row,
        phone_column=name_column(found.table, found.phone_column),
    )


def _rows_of(ref: ListRef) -> ListRef:
    """Return which rows a campaign means, wherever their file is."""
    return replace(ref, file=PurePath(ref.file).name)
