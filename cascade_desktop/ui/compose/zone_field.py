"""Which place's clock a time is of: shown by name, chosen by typing a city."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from cascade_desktop.ui.compose.choice_field import ChoiceField
from cascade_desktop.ui.compose.reveal import reveal
from cascade_desktop.ui.compose.zone_names import (
    SOUGHT_ROLE,
    ZoneCompleter,
    sought_by,
    zone_names,
)
from cascade_desktop.ui.theme import mark
from cascade_desktop.ui.widgets.buttons import LinkButton
from cascade_desktop.ui.widgets.flow import FlowLayout
from cascade_desktop.ui.wording_times import city_of

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
        self.zone_combo.setCompleter(ZoneCompleter(self.zone_combo.model(), self))
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
            for zone in zone_names():
                self.zone_combo.addItem(zone, sought_by(zone))
        self.zone_combo.setEditText(self._zone)
        self.zone_combo.setVisible(opened)
        field = self.zone_combo if opened else self.change_button
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        edit = self.zone_combo.lineEdit()
        if opened and edit is not None:
            edit.selectAll()
            reveal(self.zone_combo)

    def _take(self) -> None:
        """Take what was chosen or typed: a zone's name, or words that only one is found by."""
        typed = self.zone_combo.currentText().strip().casefold()
        found = self._only_one(typed) if typed else None
        if found is None:
            self.zone_combo.setEditText(self._zone)
            return
        self.zone_combo.hide()
        self.change_button.setFocus(Qt.FocusReason.OtherFocusReason)
        if found != self._zone:
            self.chosen.emit(found)

    def _only_one(self, typed: str) -> str | None:
        """Return the only zone of that name, else of that city, else found by these words."""
        combo = self.zone_combo
        sought = {
            combo.itemText(at): str(combo.itemData(at, SOUGHT_ROLE)).casefold().split("\n")
            for at in range(combo.count())
        }
        exact = [zone for zone, names in sought.items() if typed in names]
        city = [zone for zone in sought if city_of(zone).casefold() == typed]
        holding = [zone for zone, names in sought.items() if any(typed in name for name in names)]
        return next((group[0] for group in (exact, city, holding) if len(group) == 1), None)

    def _say(self) -> None:
        self.change_button.setText(self.tr("Another time zone…"))
        self.zone_combo.setAccessibleName(self.tr("Time zone: type a city"))
        edit = self.zone_combo.lineEdit()
        if edit is not None:
            edit.setPlaceholderText(self.tr("Type a city, such as Rome"))
