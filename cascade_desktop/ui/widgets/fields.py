"""Fields for numbers and times that look like the others, and their calendar."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QTextCharFormat, QWheelEvent
from PySide6.QtWidgets import QCalendarWidget, QDateTimeEdit, QSpinBox, QWidget

from cascade_desktop.ui.theme import colour

TEXT_MARGIN_PX = 10  # the style sheet's padding does not reach the text of a spin box


class NumberField(QSpinBox):
    """A number; the wheel scrolls the page instead of changing it by accident."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lineEdit().setTextMargins(TEXT_MARGIN_PX, 0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class TimeField(QDateTimeEdit):
    """A day and time, with a calendar to pick the day from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCalendarPopup(True)
        self.setCalendarWidget(Calendar(self))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class Calendar(QCalendarWidget):
    """A month to pick a day from; weekends are grey, for red means trouble here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setMinimumSize(340, 300)
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Recolour the weekends with the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            weekend = QTextCharFormat()
            weekend.setForeground(colour("muted"))
            self.setWeekdayTextFormat(day, weekend)
