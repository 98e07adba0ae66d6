"""The operator's own prices in the settings: a line for each country, one currency for all."""

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cascade_desktop.core.prices import OTHERS, Prices, read_price
from cascade_desktop.ui.country_box import CountryBox, sorted_countries
from cascade_desktop.ui.settings_sections import NARROW_PX, Section
from cascade_desktop.ui.widgets.buttons import IconButton, SecondaryButton
from cascade_desktop.ui.wording_reading import country_name

CURRENCIES = ("UAH", "EUR", "USD", "PLN", "GBP")
CURRENCY_LONGEST = 8
_LEFT = Qt.AlignmentFlag.AlignLeft
_FOCUS = Qt.FocusReason.OtherFocusReason


@dataclass(frozen=True, slots=True)
class PricesWrong:
    """What of the prices cannot be used, in words."""

    words: str


class PriceRow(QWidget):
    """One country and what an SMS part to it costs."""

    edited = Signal()
    removed = Signal()

    def __init__(self, country: str, price: str, *, proposed: bool = False) -> None:
        super().__init__()
        self.country_box = CountryBox(country)
        self.country_box.insertItem(0, self.tr("All other countries"), OTHERS)
        self.country_box.setCurrentIndex(max(0, self.country_box.findData(country)))
        self.country_box.setAccessibleName(self.tr("Country"))
        self.price_edit = QLineEdit(price)
        self.price_edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        example = self.locale().toString(0.85, "f", 2)
        self.price_edit.setPlaceholderText(self.tr("for example {price}").format(price=example))
        self._proposed = country if proposed else None
        self.country_box.installEventFilter(self)
        self.price_edit.setFixedWidth(NARROW_PX)
        self.remove_button = IconButton("x", "")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.country_box, 1)
        row.addWidget(self.price_edit)
        row.addWidget(self.remove_button)
        self.country_box.currentIndexChanged.connect(self._name)
        self.country_box.currentIndexChanged.connect(self.edited)
        self.price_edit.textChanged.connect(self.edited)
        self.remove_button.clicked.connect(self.removed)
        self._name()

    @property
    def is_wanted(self) -> bool:
        """Tell whether somebody chose this country: the line that is proposed may stay empty."""
        return self.country_box.country != self._proposed

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on to the price with Enter: it does not close the settings from the country."""
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        pressed = event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in enter:
            self.price_edit.setFocus(_FOCUS)
            return True
        return super().eventFilter(watched, event)

    def _name(self) -> None:
        name = self.country_box.currentText()
        self.price_edit.setAccessibleName(self.tr("Price for {country}").format(country=name))
        self.remove_button.set_name(self.tr("Remove {country}").format(country=name))


class PricesSection(Section):
    """What one SMS costs, country by country."""

    edited = Signal()

    def __init__(self, prices: Prices, country: str) -> None:
        super().__init__()
        self._country = country
        self.rows: list[PriceRow] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.currency_box = QComboBox()
        self.add_button = SecondaryButton(self.tr("A&dd a country"), icon_name="plus")
        self._lay_out(prices)
        for code, price in prices.per_part:
            shown = f"{price:f}".replace(".", self.locale().decimalPoint())
            self._put(PriceRow(code, shown))
        if not self.rows:
            self._put(PriceRow(country, "", proposed=True))
        self.add_button.clicked.connect(self._add)

    @property
    def prices(self) -> Prices | PricesWrong:
        """Return the prices as they were typed, or what is wrong with them."""
        found: dict[str, Decimal] = {}
        for row in self.rows:
            typed, country = row.price_edit.text().strip(), row.country_box.country
            price = read_price(typed) if typed else None
            if typed and price is None:
                return self._wrong(row, self.tr("Write a price such as 0.85 for {country}."))
            if not typed and row.is_wanted:
                return self._wrong(
                    row, self.tr("Write a price for {country}, or remove that line.")
                )
            if price is not None:
                if country in found:
                    return self._wrong(row, self.tr("Remove one of the prices for {country}."))
                found[country] = price
        currency = self.currency_box.currentText().strip()
        if found and not currency:
            return PricesWrong(self.tr("Choose the currency of your prices."))
        return Prices(currency if found else "", tuple(found.items()))

    def _wrong(self, row: PriceRow, words: str) -> PricesWrong:
        code = row.country_box.country
        name = self.tr("all other countries") if code == OTHERS else country_name(code)
        return PricesWrong(words.format(country=name))

    def _add(self) -> None:
        """Add a line: for the usual country, the others, or any that has none yet."""
        taken = {row.country_box.country for row in self.rows}
        wanted = (self._country, OTHERS, *(code for code, _ in sorted_countries()))
        row = PriceRow(next((code for code in wanted if code not in taken), OTHERS), "")
        self._put(row)
        row.country_box.setFocus(_FOCUS)
        self.edited.emit()

    def _put(self, row: PriceRow) -> None:
        self.rows.append(row)
        self._lines.addWidget(row)
        row.edited.connect(self.edited)
        row.removed.connect(lambda: self._remove(row))

    def _remove(self, row: PriceRow) -> None:
        """Take a line away; the focus stays near, for whoever has no mouse."""
        at = self.rows.index(row)
        self.rows.remove(row)
        near = self.rows[min(at, len(self.rows) - 1)].remove_button if self.rows else None
        (near or self.add_button).setFocus(_FOCUS)
        self._lines.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.edited.emit()

    def _lay_out(self, prices: Prices) -> None:
        self.say(
            self.tr(
                "What SMSBAT charges you for one SMS; a long message is several. With your prices"
                " the review says how much a campaign costs at most."
            )
        )
        self.currency_box.setEditable(True)
        self.currency_box.addItems(CURRENCIES)
        self.currency_box.setCurrentText(
            prices.currency or ("UAH" if self._country == "UA" else "EUR")
        )
        line = self.currency_box.lineEdit()
        if line is not None:
            line.setMaxLength(CURRENCY_LONGEST)
        self.currency_box.setFixedWidth(NARROW_PX)
        self.currency_box.currentTextChanged.connect(self.edited)
        self.add(self.tr("C&urrency"), self.currency_box)
        self.column.addLayout(self._lines)
        self.column.addWidget(self.add_button, 0, _LEFT)
        self.column.addStretch(1)
