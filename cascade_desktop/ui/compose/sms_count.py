"""The live sentence on what a text costs as SMS, and its details."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cascade_desktop.core.sms_summary import SmsSummary
from cascade_desktop.ui.compose.reveal import reveal
from cascade_desktop.ui.compose.text_details import DetailsPanel
from cascade_desktop.ui.widgets.sentence import Sentence


class SmsCount(QWidget):
    """*SMS: 2 per person, 3 for 23 people*, counted over everybody; *Details* opens more."""

    opened = Signal()
    """Emitted when Details come into sight: only then are they worth counting."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: Sequence[str] = ()
        self._summary: SmsSummary | None = None
        self._open = False
        self._words = Sentence()
        self._words.link_clicked.connect(self._toggle)
        self._details = DetailsPanel()
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
    def details(self) -> DetailsPanel:
        """Return what *Details* opens."""
        return self._details

    @property
    def is_open(self) -> bool:
        """Tell whether Details are in sight."""
        return self._open

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
        if self._open:
            self.opened.emit()
            reveal(self._details)

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
            self._details.show_summary(summary)

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


def _common(summary: SmsSummary) -> int:
    return max(summary.histogram, key=lambda pair: pair[1])[0]
