"""The live sentence on what a text costs as SMS, and its details."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cascade_desktop.core.sms_summary import SmsSummary
from cascade_desktop.core.text_length import (
    Encoding,
    count_units,
    measure_sms,
    unicode_characters,
)
from cascade_desktop.ui.widgets.sentence import Sentence

CHARACTERS_SHOWN = 14


class SmsCount(QWidget):
    """*SMS: 2 per person, 3 for 23 people*, counted over everybody; *Details* opens more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: Sequence[str] = ()
        self._summary: SmsSummary | None = None
        self._open = False
        self._words = Sentence()
        self._words.link_clicked.connect(self._toggle)
        self._details = Sentence(role="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._words)
        column.addWidget(self._details)
        self._show()

    @property
    def sentence(self) -> Sentence:
        """Return the sentence itself."""
        return self._words

    @property
    def details(self) -> Sentence:
        """Return what *Details* opens."""
        return self._details

    def show_summary(self, texts: Sequence[str], summary: SmsSummary | None) -> None:
        """Count these finished texts; without any, say nothing."""
        self._texts, self._summary = texts, summary
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show()

    def _toggle(self) -> None:
        self._open = not self._open
        self._show()

    def _show(self) -> None:
        summary = self._summary
        counted = summary is not None and bool(summary.histogram) and any(self._texts)
        self.setVisible(counted)
        self._details.setVisible(counted and self._open)
        if summary is None or not counted:
            return
        link = self.tr("Hide details") if self._open else self.tr("Details")
        self._words.set_html(
            f'<b>{self._parts(summary)}</b> {self._shorten(summary)} <a href="details">{link}</a>'
        )
        if self._open:
            self._details.set_html("<br>".join(self._facts(summary)))

    def _parts(self, summary: SmsSummary) -> str:
        common = _common(summary)
        number = self.locale().toString
        first = self.tr("SMS: {parts} per person").format(parts=number(common))
        others = (
            self.tr("{parts} for %Ln (person/people)", "", people).format(parts=number(parts))
            for parts, people in summary.histogram
            if parts != common
        )
        return ", ".join((first, *others)) + "."

    def _shorten(self, summary: SmsSummary) -> str:
        if not summary.excess:
            return ""
        common = _common(summary)
        fewer = any(parts < common for parts, _ in summary.histogram)
        words = (
            self.tr(
                "Shorten by %Ln character(s) and nobody gets more than {parts}.", "", summary.excess
            )
            if fewer
            else self.tr(
                "Shorten by %Ln character(s) and everybody gets {parts}.", "", summary.excess
            )
        )
        return words.format(parts=self.locale().toString(common))

    def _facts(self, summary: SmsSummary) -> list[str]:
        text = self._texts[summary.longest]
        size = measure_sms(text)
        facts = [
            self.tr(
                "The longest message has %Ln character(s), as Viber counts.", "", count_units(text)
            )
        ]
        if size.encoding is Encoding.GSM7:
            facts.append(
                self.tr("Plain SMS alphabet (GSM-7): 160 in one SMS, 153 in each of several.")
            )
        else:
            facts.append(self.tr("Unicode: 70 in one SMS, 67 in each of several."))
            facts.append(self._forced(text))
        facts.append(self.tr("%Ln SMS for all people together.", "", summary.total_parts))
        return facts

    def _forced(self, text: str) -> str:
        found = unicode_characters(text)
        shown = " ".join(escape(char) for char in found[:CHARACTERS_SHOWN])
        if len(found) > CHARACTERS_SHOWN:
            shown += " …"
        return self.tr("It is Unicode because of: {characters}").format(characters=shown)


def _common(summary: SmsSummary) -> int:
    return max(summary.histogram, key=lambda pair: pair[1])[0]
