"""Which place's clock a time is of: shown by name, chosen by typing a city."""

from zoneinfo import available_timezones

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from cascade_desktop.ui.compose.choice_field import ChoiceField
from cascade_desktop.ui.compose.reveal import reveal
from cascade_desktop.ui.theme import mark
from cascade_desktop.ui.widgets.buttons import LinkButton
from cascade_desktop.ui.widgets.flow import FlowLayout

FIELD_MOST_PX = 420


class ZoneField(QWidget):
    """*Europe/Kyiv time · 08:00 UTC*, and a search for another zone behind a link."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = ""
        self.words_label = QLabel()
        mark(self.words_label, role="muted")
        self.change_button = LinkButton()
        self.zone_combo = ChoiceField(writable=True)
        self.zone_combo.setMaximumWidth(FIELD_MOST_PX)
        completer = self.zone_combo.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        line = FlowLayout(gap_px=8)
        line.addWidget(self.words_label)
        line.addWidget(self.change_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(line)
        column.addWidget(self.zone_combo)
        self.zone_combo.hide()
        self.change_button.clicked.connect(self._toggle)
        self.zone_combo.activated.connect(self._take)
        edit = self.zone_combo.lineEdit()
        if edit is not None:
            edit.returnPressed.connect(self._take)
        self._say()

    def show_zone(self, zone: str, words: str) -> None:
        """Show a zone, and what its clock means elsewhere."""
        self._zone = zone
        self.words_label.setText(words)
        if not self.zone_combo.hasFocus():
            self.zone_combo.setEditText(zone)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def _toggle(self) -> None:
        opened = self.zone_combo.isHidden()
        if opened and not self.zone_combo.count():
            self.zone_combo.addItems(sorted(available_timezones()))
        self.zone_combo.setEditText(self._zone)
        self.zone_combo.setVisible(opened)
        field = self.zone_combo if opened else self.change_button
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        edit = self.zone_combo.lineEdit()
        if opened and edit is not None:
            edit.selectAll()
            reveal(self.zone_combo)

    def _take(self) -> None:
        """Take what was chosen or typed: a zone's name, or words that only one name holds."""
        typed = self.zone_combo.currentText().strip().casefold().replace(" ", "_")
        names = [self.zone_combo.itemText(at) for at in range(self.zone_combo.count())]
        exact = [name for name in names if name.casefold() == typed]
        city = [name for name in names if name.casefold().rpartition("/")[2] == typed]
        holding = [name for name in names if typed and typed in name.casefold()]
        found = next((group for group in (exact, city, holding) if len(group) == 1), None)
        if found is None:
            self.zone_combo.setEditText(self._zone)
            return
        self.zone_combo.hide()
        self.change_button.setFocus(Qt.FocusReason.OtherFocusReason)
        if found[0] != self._zone:
            self.chosen.emit(found[0])

    def _say(self) -> None:
        self.change_button.setText(self.tr("Another time zone…"))
        self.zone_combo.setAccessibleName(self.tr("Time zone: type a city"))
        edit = self.zone_combo.lineEdit()
        if edit is not None:
            edit.setPlaceholderText(self.tr("Type a city, such as Rome"))
