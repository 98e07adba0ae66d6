"""The questions of a list as a panel that tells which answer was pressed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cascade_desktop.ui.widgets.offer_box import OfferList
from cascade_desktop.ui.wording_offers import Answer, Offer


class OffersPanel(OfferList):
    """Shows offers; a press emits the Offer and the Answer."""

    answered = Signal(object, object)

    def __init__(
        self, parent: QWidget | None = None, *, wide: bool = False, tone: str = ""
    ) -> None:
        super().__init__(parent, wide=wide, tone=tone)
        self.offers: tuple[Offer, ...] = ()
        self.pressed.connect(self._on_pressed)

    def ask(self, offers: Sequence[Offer]) -> None:
        """Ask these."""
        self.offers = tuple(offers)
        self.show_offers([(o.words, [(a.words, a.holds) for a in o.answers]) for o in offers])

    def _on_pressed(self, offer: int, answer: int) -> None:
        asked = self.offers[offer]
        given: Answer = asked.answers[answer]
        self.answered.emit(asked, given)
