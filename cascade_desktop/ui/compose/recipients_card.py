"""Who gets it: what was understood of the list, and the sums."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from cascade_desktop.core.composition import Composition
from cascade_desktop.core.consent import Unheeded
from cascade_desktop.core.questions import Question
from cascade_desktop.core.recipients import Counts, Recipients
from cascade_desktop.core.table import column_letter
from cascade_desktop.ui.compose.awaited_notice import AwaitedNotice
from cascade_desktop.ui.compose.list_menu import ListMenu
from cascade_desktop.ui.compose.reading_panel import ReadingPanel
from cascade_desktop.ui.compose.reveal import reveal
from cascade_desktop.ui.offers_panel import OffersPanel
from cascade_desktop.ui.theme import mark
from cascade_desktop.ui.widgets.banner import Notice
from cascade_desktop.ui.widgets.card import Card
from cascade_desktop.ui.widgets.clickable import RowLink
from cascade_desktop.ui.widgets.progress_bar import SegmentedBar
from cascade_desktop.ui.widgets.sentence import Sentence, breakable
from cascade_desktop.ui.wording_offers import Offer, card_offers
from cascade_desktop.ui.wording_reading import country_name

BAR_PX = 9
COUNTRIES_SHOWN = 6
CHANGE, SEE, STOP, AGAIN = "change", "see", "stop", "again"


class RecipientsCard(Card):
    """The first panel: the file, how many get the message, and who does not."""

    change_reading_wanted = Signal()
    list_wanted = Signal(str)
    """Emits the `Start` value of the way to give another list."""
    verdicts_wanted = Signal()
    corrected_wanted = Signal()
    reading_cancelled = Signal()
    answered = Signal(object, object)
    """Emits an Offer and the Answer that was pressed."""
    consent_unwanted = Signal()
    """The column that says who agreed to get advertising shall not be used."""
    read_again_wanted = Signal()
    """The file was changed, and shall be read as it is now."""
    asked = Signal()
    """Other questions wait for an answer than before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, scrolling=True)
        self._recipients: Recipients | None = None
        self._counts: Counts | None = None
        self._composition: Composition | None = None
        self.awaited_notice = AwaitedNotice()
        self.notice = Notice(tone="amber")
        self.reading_panel = ReadingPanel(centred=False)
        self.offers_panel = OffersPanel(tone="amber")
        """The first question that waits for an answer; the others follow one by one."""
        self.more_words = Sentence(role="muted")
        self.settled_panel = OffersPanel()
        """What was decided, or needs no decision, and can be changed."""
        self.waiting: tuple[Offer, ...] = ()
        self._questions: Sequence[Question] = ()
        self._shared_settled = self._consent_settled = False
        self._unheeded: Unheeded | None = None
        self._file_frame = QFrame()
        mark(self._file_frame, role="notice")
        self._file_label = Sentence(role="strong")
        self.reading_words = Sentence(role="muted")
        self.consent_words = Sentence(role="muted")
        self._as_last_time = False
        self.number_label = QLabel()
        mark(self.number_label, role="big-number")
        self._people_words = Sentence()
        self.several_words = Sentence(role="muted")
        self.corrected_words = Sentence(role="muted")
        self._bar = SegmentedBar(height_px=BAR_PX)
        self.others_link = RowLink()
        self.sums = Sentence(role="muted")
        self._lay_out()
        self._wire()
        self._say()

    def show_recipients(self, recipients: Recipients, *, as_last_time: bool = False) -> None:
        """Show another list, or the same one read in another way."""
        self._as_last_time = as_last_time
        self._recipients, self._composition, self._unheeded = recipients, None, None
        self._counts, self._questions = recipients.counts, ()
        self.notice.hide()
        self.reading_panel.hide()
        self._show()

    def show_composition(
        self,
        composition: Composition | None,
        unheeded: Unheeded | None = None,
        *,
        shared_settled: bool,
    ) -> None:
        """Be about those who get the message as it is written; None before it was counted."""
        known = (self._unheeded, self._shared_settled)
        if composition is not self._composition or (unheeded, shared_settled) != known:
            self._composition, self._unheeded = composition, unheeded
            self._shared_settled = shared_settled
            self._show()

    def ask(self, questions: Sequence[Question], *, consent_settled: bool = False) -> None:
        """Ask these about the list, and who agreed to advertising unless that is settled."""
        self._questions, self._consent_settled = questions, consent_settled
        self._show()
        self.asked.emit()

    def focus_question(self) -> None:
        """Go to the question that waits for an answer."""
        if self.waiting:
            reveal(self.offers_panel)
            self.offers_panel.boxes[0].buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_reading(self, file_name: str) -> None:
        """Show that another file is being read."""
        self.notice.hide()
        self.reading_panel.show_file(file_name)
        self.reading_panel.show()

    def end_reading(self) -> None:
        """Go back to the list that was there."""
        self.reading_panel.hide()

    def show_problem(self, sentence: str) -> None:
        """Tell why a file gave no list; the list that was there stays."""
        self.reading_panel.hide()
        said = escape(breakable(sentence))
        if self._recipients is not None:
            stays = self.tr("The list before it stays open: <b>{list}</b>.")
            said = f"{said} {stays.format(list=escape(self._name(self._recipients)))}"
        self._tell(said)

    def show_news(self, sentence: str) -> None:
        """Tell something about the list that is shown."""
        self._tell(escape(breakable(sentence)))

    def show_presence(self, sentence: str, *, again: bool) -> None:
        """Tell that the list's file is not what was read; "" where it is again."""
        self._tell(escape(breakable(sentence)))
        self.notice.setVisible(bool(sentence))
        if again:
            read = self.tr("Read it again")
            self.notice.set_html(f'{escape(breakable(sentence))} <a href="{AGAIN}">{read}</a>')

    def focus_first(self) -> None:
        """Go to those who will not get it, or else to the list."""
        for part in (self.others_link, self._link_button):
            if part.isVisible():
                part.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self._file_frame)
        box.setContentsMargins(13, 9, 12, 10)
        box.setSpacing(0)
        box.addWidget(self._file_label)
        box.addWidget(self.reading_words)
        box.addWidget(self.consent_words)
        numbers = QVBoxLayout()
        numbers.setSpacing(0)
        numbers.addWidget(self.number_label)
        numbers.addWidget(self._people_words)
        numbers.addWidget(self.several_words)
        numbers.addWidget(self.corrected_words)
        self.body.addWidget(self.awaited_notice)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.reading_panel)
        self.body.addWidget(self._file_frame)
        self.body.addLayout(numbers)
        self.body.addWidget(self._bar)
        self.body.addWidget(self.others_link)
        self.body.addWidget(self.offers_panel)
        self.body.addWidget(self.more_words)
        self.body.addWidget(self.settled_panel)
        self.body.addWidget(self.sums)
        self.body.addStretch(1)
        self.notice.hide()
        self.reading_panel.hide()

    def _wire(self) -> None:
        self.link_clicked.connect(self._open_menu)
        self.reading_words.link_clicked.connect(self.change_reading_wanted)
        self.consent_words.link_clicked.connect(self.consent_unwanted)
        self.notice.link_clicked.connect(self.read_again_wanted)
        self.corrected_words.link_clicked.connect(self.corrected_wanted)
        self.others_link.clicked.connect(self.verdicts_wanted)
        self.reading_panel.cancelled.connect(self.reading_cancelled)
        for panel in (self.offers_panel, self.settled_panel):
            panel.answered.connect(self.answered)

    def _tell(self, words: str) -> None:
        self.notice.set_html(words)
        self.notice.show()

    def _open_menu(self) -> None:
        menu = ListMenu(self)
        menu.chosen.connect(self.list_wanted)
        menu.open_below(self._link_button)

    def _say(self) -> None:
        self.set_title(self.tr("1 · Recipients"))
        self.set_link(self.tr("&Change list"))
        self._show()

    def _show(self) -> None:
        found, counts = self._recipients, self._counts
        if found is None or counts is None:
            return
        self._show_reading(found)
        counted = self._composition
        self._show_offers(found)
        messages = len(counted.rows) if counted else counts.ready
        people = counted.people if counted else counts.ready
        repaired = counted.repaired if counted else counts.repaired
        self.number_label.setText(self.locale().toString(people))
        self._people_words.set_html(self.tr("(person/people) will get it", "", people))
        self._say_several(messages, counted.several if counted else 0)
        self.corrected_words.setVisible(repaired > 0)
        corrected = self.tr("of these, %Ln number(s) (was/were) corrected", "", repaired)
        see = self.tr("see")
        self.corrected_words.set_html(f'{corrected} <a href="{SEE}">{see}</a>')
        self._bar.show_parts((("ok", messages),), counts.rows)
        others = counts.rows - messages
        self.others_link.setVisible(others > 0)
        self.others_link.set_html(self.tr("<b>%Ln will not.</b> See why", "", others))
        in_file = found.table.source.kind != "typed"
        rows = (
            self.tr("%Ln row(s) in the file", "", counts.rows)
            if in_file
            else self.tr("%Ln row(s) in what you pasted or typed", "", counts.rows)
        )
        by_country = counted.people_by_country if counted else found.by_country
        countries = " · ".join(self._countries(by_country))
        self.sums.set_html("<br>".join(part for part in (countries, rows) if part))

    def _say_several(self, messages: int, several: int) -> None:
        """Tell messages from people where somebody gets more than one."""
        said = self.tr("%Ln message(s)", "", messages)
        who = self.tr("%Ln number(s) (gets/get) several", "", several)
        self.several_words.set_html(f"{said}: {who}")
        self.several_words.setVisible(several > 0)

    def _show_offers(self, found: Recipients) -> None:
        """Ask one question at a time, so that it is seen whole; keep what was settled at hand."""
        offers = card_offers(
            found,
            self._composition,
            self._questions,
            self._unheeded,
            shared_settled=self._shared_settled,
            consent_settled=self._consent_settled,
        )
        self.waiting = tuple(offer for offer in offers if offer.brief)
        self.offers_panel.ask(self.waiting[:1])
        self.settled_panel.ask([offer for offer in offers if not offer.brief])
        more = len(self.waiting) - 1
        self.more_words.setVisible(more > 0)
        self.more_words.set_html(self.tr("%Ln more question(s) after this", "", more))

    def _show_reading(self, found: Recipients) -> None:
        source = found.table.source
        name = found.table.names[found.phone_column]
        self._file_label.set_html(f"<b>{escape(self._name(found))}</b>")
        column = name or self.tr("column {letter}").format(letter=column_letter(found.phone_column))
        parts = [
            self.tr("Phones: {column}").format(column=escape(column)),
            escape(country_name(found.country)),
        ]
        if len(source.sheets) > 1:
            parts.insert(0, self.tr("Sheet: {sheet}").format(sheet=escape(source.sheet)))
        if self._as_last_time:
            parts.append(self.tr("same columns as last time"))
        change = self.tr("change")
        self.reading_words.set_html(" · ".join((*parts, f'<a href="{CHANGE}">{change}</a>')))
        self._show_consent(found)

    def _name(self, found: Recipients) -> str:
        """Return what the list is called."""
        return breakable(found.table.source.file or self.tr("Typed numbers"))

    def _show_consent(self, found: Recipients) -> None:
        """Say which column tells who agreed to advertising, where one is used."""
        at = found.choice.consent_column
        self.consent_words.setVisible(at is not None)
        if at is not None:
            name = escape(found.table.names[at] or column_letter(at))
            words = self.tr("Promo and Survey: only those who said yes in “{name}”")
            words, link = words.format(name=name), self.tr("do not use it")
            self.consent_words.set_html(f'{words} <a href="{STOP}">{link}</a>')

    def _countries(self, countries: Sequence[tuple[str, int]]) -> list[str]:
        number = self.locale().toString
        shown = [f"{number(n)} {escape(country_name(c))}" for c, n in countries[:COUNTRIES_SHOWN]]
        rest = sum(count for _, count in countries[COUNTRIES_SHOWN:])
        if rest:
            shown.append(self.tr("{count} elsewhere").format(count=number(rest)))
        return shown
