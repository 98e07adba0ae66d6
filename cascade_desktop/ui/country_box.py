"""A list of countries by name, with their calling codes."""

from PySide6.QtCore import QCollator, QLocale, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from cascade_desktop.core.numbering import code_of
from cascade_desktop.ui.wording_reading import country_name


class CountryBox(QComboBox):
    """Choose a country; typing its first letters jumps to it."""

    def __init__(self, country: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for code, name in sorted_countries():
            self.addItem(f"{name} (+{code_of(code)})", code)
        self.setCurrentIndex(max(0, self.findData(country)))

    @property
    def country(self) -> str:
        """Return the chosen country's two letters."""
        return str(self.currentData())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


def sorted_countries() -> list[tuple[str, str]]:
    """Return all countries with phones, (two letters, name), as the language sorts names."""
    codes = {QLocale.territoryToCode(territory) for territory in QLocale.Country}
    named = [(code, country_name(code)) for code in codes if len(code) == len("UA")]
    collator = QCollator(QLocale())
    return sorted(
        ((code, name) for code, name in named if code_of(code)),
        key=lambda pair: collator.sortKey(pair[1]),
    )
