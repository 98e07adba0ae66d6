"""What most campaigns leave as it is: which way, for how long, and over how many hours."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cascade_desktop.core.drafts import TTL_CHOICES_S, TTL_RECOMMENDED_S, Kind, Route
from cascade_desktop.ui.compose.choice_field import ChoiceField
from cascade_desktop.ui.compose.reveal import reveal
from cascade_desktop.ui.theme import mark
from cascade_desktop.ui.widgets.buttons import LinkButton
from cascade_desktop.ui.widgets.flow import FlowLayout
from cascade_desktop.ui.widgets.sentence import Sentence
from cascade_desktop.ui.wording import say_duration

FIELD_MOST_PX = 420
SPREAD_CHOICES_H = (0, 1, 2, 4, 8, 24)
HOUR_S = 3600
TTL_SAID_S = {
    Kind.TRANSACTION: (HOUR_S, 24 * HOUR_S),
    Kind.PROMO: (24 * HOUR_S, 72 * HOUR_S),
    Kind.SURVEY: (168 * HOUR_S, 168 * HOUR_S),
    Kind.FLASHCALL: (60, 300),
}
"""What the documents recommend (cascade-api.md); a code in a transaction lives 5 to 10 minutes."""
PRICES, PACE = "prices", "sending"
_TOP_LEFT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft


class MoreOptions(QWidget):
    """A closed line that says what is set; opened, the fields to set it."""

    edited = Signal()
    settings_wanted = Signal(str)
    """Emits the part of the settings to open, `PRICES` or `PACE`."""

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self.toggle_button = LinkButton(icon_name="chevron-right")
        self._summary = Sentence(role="muted")
        self._panel = QWidget()
        self._route_label, self._ttl_label, self._spread_label = QLabel(), QLabel(), QLabel()
        self._advice = Sentence(role="muted")
        self.prices_button, self.pace_button = LinkButton(), LinkButton()
        self.route_combo, self.ttl_combo, self.spread_combo = (ChoiceField() for _ in range(3))
        self._fields = (
            (self._route_label, self.route_combo),
            (self._ttl_label, self.ttl_combo),
            (self._spread_label, self.spread_combo),
        )
        for route in Route:
            self.route_combo.addItem("", route)
        for seconds in TTL_CHOICES_S[kind]:
            self.ttl_combo.addItem("", seconds)
        for hours in SPREAD_CHOICES_H:
            self.spread_combo.addItem("", float(hours))
        self._assemble()
        self._say()
        self.load(Route.STANDARD, TTL_RECOMMENDED_S[kind], 0)
        for _, combo in self._fields:
            combo.currentIndexChanged.connect(self._on_changed)
        self.toggle_button.clicked.connect(lambda: self.set_open(not self.is_open))
        self.prices_button.clicked.connect(lambda: self.settings_wanted.emit(PRICES))
        self.pace_button.clicked.connect(lambda: self.settings_wanted.emit(PACE))

    @property
    def is_open(self) -> bool:
        """Tell whether the fields are shown."""
        return not self._panel.isHidden()

    @property
    def route(self) -> Route:
        """Return which way messages go."""
        return Route(self.route_combo.currentData())

    @property
    def ttl_s(self) -> int | None:
        """Return for how long a message is tried; None leaves it to the service."""
        return self.ttl_combo.currentData() or None

    @property
    def spread_hours(self) -> float:
        """Return over how many hours the messages are spread; 0 for all at once."""
        return self.spread_combo.currentData() or 0

    def load(self, route: Route, ttl_s: int | None, spread_hours: float) -> None:
        """Show other settings without telling anybody."""
        wanted, spread = ttl_s or 0, float(spread_hours)
        for _, combo in self._fields:
            combo.blockSignals(True)
        self.route_combo.setCurrentIndex(self.route_combo.findData(route))
        if self.ttl_combo.findData(wanted) < 0:
            self.ttl_combo.addItem(self._ttl_words(wanted), wanted)
        self.ttl_combo.setCurrentIndex(self.ttl_combo.findData(wanted))
        if self.spread_combo.findData(spread) < 0:
            self.spread_combo.addItem(self._spread_words(spread), spread)
        self.spread_combo.setCurrentIndex(self.spread_combo.findData(spread))
        for _, combo in self._fields:
            combo.blockSignals(False)
        self._summarise()

    def set_open(self, on: bool) -> None:
        """Show the fields, or the line that says what they hold."""
        self._panel.setVisible(on)
        self._summary.setVisible(not on)
        self.toggle_button.set_icon("chevron-down" if on else "chevron-right")
        if on:
            reveal(self._panel)

    def focus_ttl(self) -> None:
        """Open and go to the time to live."""
        self.set_open(True)
        self.ttl_combo.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def _assemble(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.toggle_button, 0, _TOP_LEFT)
        line.addWidget(self._summary, 1)
        fields = QVBoxLayout(self._panel)
        fields.setContentsMargins(0, 4, 0, 0)
        fields.setSpacing(7)
        for label, combo in self._fields:
            mark(label, role="field-label")
            label.setBuddy(combo)
            combo.setMaximumWidth(FIELD_MOST_PX)
            fields.addWidget(label)
            fields.addWidget(combo)
            if self._kind is Kind.FLASHCALL and combo is self.route_combo:
                label.hide()
                combo.hide()
            if combo is self.ttl_combo:
                fields.addWidget(self._advice)
        links = FlowLayout(gap_px=12)
        links.addWidget(self.prices_button)
        links.addWidget(self.pace_button)
        fields.addLayout(links)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(line)
        column.addWidget(self._panel)
        self._panel.hide()

    def _on_changed(self) -> None:
        self._summarise()
        self.edited.emit()

    def _say(self) -> None:
        self.toggle_button.setText(self.tr("&More options"))
        self._route_label.setText(self.tr("Send t&hrough"))
        self._ttl_label.setText(
            self.tr("If a phone is not reached, &keep trying for")
            if self._kind is Kind.FLASHCALL
            else self.tr("If a phone is off, &keep trying for")
        )
        self._spread_label.setText(self.tr("Spread o&ut over"))
        for label, combo in self._fields:
            combo.setAccessibleName(label.text().replace("&", ""))
        self.route_combo.setItemText(0, self.tr("The best app each person has (recommended)"))
        self.route_combo.setItemText(1, self.tr("Telegram and Viber first"))
        for at in range(self.ttl_combo.count()):
            self.ttl_combo.setItemText(at, self._ttl_words(self.ttl_combo.itemData(at)))
        for at in range(self.spread_combo.count()):
            words = self._spread_words(self.spread_combo.itemData(at))
            self.spread_combo.setItemText(at, words)
        self._advice.set_html(self._advised())
        self.prices_button.setText(self.tr("Prices…"))
        self.prices_button.setAccessibleDescription(self.tr("Opens the settings"))
        self.pace_button.setText(self.tr("Pace…"))
        self.pace_button.setAccessibleDescription(self.tr("Opens the settings"))
        self._summarise()

    def _advised(self) -> str:
        """Say what is recommended for this kind of message, or all that is allowed."""
        least, most = (say_duration(seconds) for seconds in TTL_SAID_S[self._kind])
        if least == most:
            return self.tr("SMSBAT recommends {time} for this.").format(time=most)
        words = self.tr("SMSBAT recommends from {least} to {most} for this.")
        return words.format(least=least, most=most)

    def _ttl_words(self, seconds: int) -> str:
        if not seconds:
            return self.tr("as long as SMSBAT does by itself")
        words = say_duration(seconds)
        if seconds == TTL_RECOMMENDED_S[self._kind]:
            return self.tr("{duration} (recommended)").format(duration=words)
        return words

    def _spread_words(self, hours: float) -> str:
        if not hours:
            return self.tr("no time: all at once")
        return say_duration(round(hours * HOUR_S))

    def _summarise(self) -> None:
        parts: list[str] = []
        if self._kind is not Kind.FLASHCALL:
            parts.append(
                self.tr("Send through the best app each person has")
                if self.route is Route.STANDARD
                else self.tr("Send through Telegram and Viber first")
            )
        seconds = self.ttl_s
        if seconds is not None:
            parts.append(
                self.tr("keep trying for {duration}").format(duration=say_duration(seconds))
            )
        if self.spread_hours:
            over = self._spread_words(self.spread_hours)
            parts.append(self.tr("spread over {time}").format(time=over))
        self._summary.set_html(" · ".join(parts))
        self.toggle_button.setAccessibleDescription(" · ".join(parts))
