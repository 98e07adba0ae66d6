"""What *Details* opens: lengths, parts, apps and spellings, over all people."""

from collections.abc import Sequence
from html import escape
from unicodedata import category

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from cascade_desktop.core.sms_summary import SmsSummary
from cascade_desktop.core.spelling_offers import Spelling, SpellingOffer
from cascade_desktop.core.text_facts import Channel, Overrun, TextDetails
from cascade_desktop.ui.compose.parts_chart import PartsChart
from cascade_desktop.ui.theme import mark
from cascade_desktop.ui.widgets.offer_box import OfferList
from cascade_desktop.ui.widgets.sentence import Sentence

SIGNS_SHOWN = 8
LETTERS_SHOWN = 4
BETWEEN_PX = 6


class DetailsPanel(QWidget):
    """A table of facts, a chart, and the spellings that are offered."""

    people_wanted = Signal(object)
    """Emits the Overrun whose people are to be seen."""
    spelling_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._summary: SmsSummary | None = None
        self._details: TextDetails | None = None
        self._offers: tuple[SpellingOffer, ...] = ()
        self.chart = PartsChart()
        self.facts = [Sentence() for _ in range(5)]
        self._labels = [QLabel() for _ in self.facts]
        self._chart_label = QLabel()
        self.offers = OfferList()
        self.offers.pressed.connect(
            lambda at, _: self.spelling_wanted.emit(self._offers[at].spelling)
        )
        for words in self.facts:
            words.link_clicked.connect(self._want_people)
        self._assemble()
        self._say()

    def show_summary(self, summary: SmsSummary) -> None:
        """Show the count of SMS, which is known before everything else."""
        self._summary = summary
        self._say()

    def show_details(self, details: TextDetails | None, offers: Sequence[SpellingOffer]) -> None:
        """Show what was counted; None while nobody knows."""
        self._details, self._offers = details, tuple(offers)
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def _assemble(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(BETWEEN_PX)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for at, (label, words) in enumerate(
            ((self._chart_label, self.chart), *zip(self._labels, self.facts, strict=True))
        ):
            mark(label, role="muted")
            label.setContentsMargins(0, 3 if at == 0 else 0, 0, 0)
            grid.addWidget(label, at, 0, top)
            grid.addWidget(words, at, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(10)
        column.addLayout(grid)
        column.addWidget(self.offers)

    def _say(self) -> None:
        number = self.locale().toString
        self._chart_label.setText(self.tr("People by SMS"))
        self.chart.setAccessibleName(self.tr("People by SMS"))
        histogram = self._summary.histogram if self._summary else ()
        self.chart.show_lines(
            [
                (
                    self.tr("{parts} SMS").format(parts=number(parts)),
                    people,
                    self.tr("%Ln (person/people)", "", people),
                )
                for parts, people in histogram
            ]
        )
        said = (
            (self.tr("SMS in all"), self._say_total()),
            (self.tr("Characters"), self._say_lengths()),
            (self.tr("SMS alphabet"), self._say_alphabet()),
            (self.tr("App limits"), self._say_overruns()),
            (self.tr("Unicode due to"), self._say_forcing()),
        )
        for label, words, (name, html) in zip(self._labels, self.facts, said, strict=True):
            label.setText(name)
            words.set_html(html)
            label.setVisible(bool(html))
            words.setVisible(bool(html))
        self.offers.show_offers(
            [(self._say_offer(one), ((self._answer(one.spelling), False),)) for one in self._offers]
        )

    def _say_total(self) -> str:
        if self._summary is None:
            return ""
        total = self.locale().toString(self._summary.total_parts)
        over = self._details.long_sms if self._details else None
        if over is None or not over.people:
            return total
        return f"{total}; {self._say_over(over)}"

    def _say_lengths(self) -> str:
        if self._details is None:
            return ""
        number = self.locale().toString
        shortest, longest = self._details.shortest_units, self._details.longest_units
        said = (
            self.tr("{least} in each message")
            if shortest == longest
            else self.tr("{least} to {most}")
        )
        note = self.tr("as the apps count; most emoji are 2")
        return f"{said.format(least=number(shortest), most=number(longest))} ({note})"

    def _say_alphabet(self) -> str:
        details = self._details
        if details is None:
            return ""
        plain = self.tr("Plain (GSM-7): 160 in one SMS, 153 in each of several")
        wide = self.tr("Unicode: 70 in one SMS, 67 in each of several")
        if details.unicode_people in (0, details.people):
            return f"{wide if details.unicode_people else plain}."
        people = self.tr("%Ln (person/people)", "", details.unicode_people)
        others = self.tr("%Ln (person/people)", "", details.people - details.unicode_people)
        return f"{wide}, {people}.<br>{plain}, {others}."

    def _say_overruns(self) -> str:
        if self._details is None:
            return ""
        lines: list[str] = []
        fits: list[str] = []
        for one in self._details.overruns:
            limit = self.locale().toString(one.limit_units)
            name = f"{_app(one.channel)} {limit}"
            if one.people:
                lines.append(f"{name}: {self._say_over(one)}")
            else:
                fits.append(name)
        if fits:
            lines.append(self.tr("{apps}: everybody fits").format(apps=", ".join(fits)))
        return "<br>".join(lines)

    def _say_over(self, one: Overrun) -> str:
        people = self.tr("%Ln (person/people) over", "", one.people)
        if one.channel is Channel.SMS:
            parts = self.locale().toString(one.limit_units)
            people = self.tr("more than {parts} for %Ln (person/people)", "", one.people).format(
                parts=parts
            )
        see = self.tr("see them")
        return f'{people}, <a href="{one.channel}">{see}</a>'

    def _say_forcing(self) -> str:
        if self._details is None:
            return ""
        signs = [one for one in self._details.forcing if _is_seen(one[0])]
        letters = [sign for sign, _ in signs if sign.isalpha()]
        groups: dict[int, list[str]] = {}
        for sign, count in [one for one in signs if not one[0].isalpha()][:SIGNS_SHOWN]:
            groups.setdefault(count, []).append(escape(sign))
        shown = [
            self.tr("{signs} in %Ln message(s)", "", count).format(signs=f"<b>{' '.join(some)}</b>")
            for count, some in groups.items()
        ]
        if letters:
            some = " ".join(map(escape, letters[:LETTERS_SHOWN]))
            more = " …" if len(letters) > LETTERS_SHOWN else ""
            shown.append(self.tr("letters: {letters}").format(letters=f"<b>{some}</b>{more}"))
        return ", ".join(shown)

    def _say_offer(self, offer: SpellingOffer) -> str:
        changed = " &nbsp; ".join(self._say_change(*words) for words in offer.changed)
        lines = [changed] if changed else []
        if offer.left_out:
            signs = " ".join(escape(sign) for sign in offer.left_out if _is_seen(sign))
            lines.append(self.tr("Without {signs}").format(signs=signs))
        return "<br>".join((*lines, self._say_effect(offer)))

    def _say_change(self, before: str, after: str) -> str:
        """Show both spellings; name the sign where they look alike."""
        if before.replace("…", "...") == after:
            words = self.tr("{word}: the one sign … as <b>three dots</b>")
            return words.format(word=escape(before))
        return f"{escape(before)} → <b>{escape(after)}</b>"

    def _say_effect(self, offer: SpellingOffer) -> str:
        number = self.locale().toString
        said: list[str] = []
        if offer.after.common < offer.before.common:
            words = self.tr("{before} SMS per person now, {after} then.")
            before, after = number(offer.before.common), number(offer.after.common)
            said.append(words.format(before=before, after=after))
        if offer.saved > 0:
            said.append(self.tr("%Ln SMS fewer in all.", "", offer.saved))
        elif offer.saved < 0:
            said.append(self.tr("%Ln SMS more in all.", "", -offer.saved))
        else:
            said.append(self.tr("As many SMS as now."))
        stay = offer.after.unicode_people
        if 0 < stay < offer.people:
            said.append(
                self.tr("%Ln message(s) (stays/stay) Unicode: what is inserted needs it.", "", stay)
            )
        return f'<span class="muted">{" ".join(said)}</span>'

    def _answer(self, spelling: Spelling) -> str:
        match spelling:
            case Spelling.SIGNS:
                return self.tr("Use plain signs")
            case Spelling.LATIN:
                return self.tr("Write in Latin letters")
            case Spelling.BARE:
                return self.tr("Write so, without the signs")

    def _want_people(self, link: str) -> None:
        if self._details is not None:
            overruns = (self._details.long_sms, *self._details.overruns)
            self.people_wanted.emit(next(one for one in overruns if one.channel == link))


def _app(channel: Channel) -> str:
    """Name an app as it names itself, in every language."""
    names = {Channel.VIBER: "Viber", Channel.RCS: "RCS", Channel.TELEGRAM: "Telegram"}
    return names.get(channel, "SMS")


def _is_seen(sign: str) -> bool:
    """Tell whether a sign can be shown by itself: joiners and variants of emoji cannot."""
    return category(sign) not in ("Cf", "Mn", "Cs")
