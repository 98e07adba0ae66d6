"""One of a few decisions, explained, pressed anywhere."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cascade_desktop.ui.widgets.clickable import Clickable, plain
from cascade_desktop.ui.widgets.sentence import Sentence


class ChoiceCard(Clickable):
    """A decision with a line on what it means; the recommended one is edged in blue."""

    def __init__(
        self,
        html: str,
        detail: str = "",
        parent: QWidget | None = None,
        *,
        recommended: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setChecked(recommended)
        self._title = Sentence()
        self._detail = Sentence(role="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 11)
        column.setSpacing(1)
        for part in (self._title, self._detail):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(part)
        self.set_words(html, detail)

    def set_words(self, html: str, detail: str = "") -> None:
        """Say what the decision is and what it means."""
        self._title.set_html(html)
        self._detail.set_html(detail)
        self._detail.setVisible(bool(detail))
        self.setAccessibleName(plain(html))
        self.setAccessibleDescription(plain(detail))

    def nextCheckState(self) -> None:
        """Leave the blue edge where the recommendation is."""
