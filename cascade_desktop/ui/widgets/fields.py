"""Fields for numbers and times that look like the others, and their calendar."""

import datetime as dt

from PySide6.QtCore import QDate, QEvent, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QShowEvent, QTextCharFormat, QWheelEvent
from PySide6.QtWidgets import QCalendarWidget, QDateTimeEdit, QSpinBox, QWidget

from cascade_desktop.ui.theme import colour
from cascade_desktop.ui.widgets.painting import draw_panel

FRIDAY = 5
PALE = 0.55
RADIUS_PX = 8.0
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
        self._calendar = Calendar(self)
        self.setCalendarWidget(self._calendar)

    def offer_days(self, first: QDate, last: QDate) -> None:
        """Offer these days in the calendar; what is typed may be any, and is told about."""
        self._calendar.offer_days(first, last)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class Calendar(QCalendarWidget):
    """A month to pick a day from; weekends are grey, for red means trouble here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: tuple[QDate, QDate] | None = None
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setMinimumSize(340, 300)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)  # or it has no border
        self.setContentsMargins(1, 1, 1, 1)
        self._tint()

    def offer_days(self, first: QDate, last: QDate) -> None:
        """Let only these days be chosen."""
        self._offered = first, last

    def showEvent(self, event: QShowEvent) -> None:
        """Keep to the days on offer: the field has just set its own."""
        super().showEvent(event)
        if self._offered is not None:
            blocked = self.blockSignals(True)  # a day that has passed stays written in the field
            self.setDateRange(*self._offered)
            self.blockSignals(blocked)

    def changeEvent(self, event: QEvent) -> None:
        """Recolour the weekends with the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def paintCell(self, painter: QPainter, rect: QRect, date: QDate | dt.date) -> None:
        """Draw a day; one that cannot be chosen, or is of another month, is much paler."""
        day = date if isinstance(date, QDate) else QDate(date.year, date.month, date.day)
        can_be = self.minimumDate() <= day <= self.maximumDate()
        ink = "text" if day.dayOfWeek() <= FRIDAY else "muted"
        if not can_be or day.month() != self.monthShown():
            ink = "disabled"
        painter.save()
        painter.setOpacity(1 if can_be else PALE)
        if day == self.selectedDate():
            ink = "on_accent"
            draw_panel(painter, QRectF(rect).adjusted(3, 3, -3, -3), RADIUS_PX, colour("accent"))
        painter.setPen(colour(ink))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), str(day.day()))
        painter.restore()

    def _tint(self) -> None:
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            weekend = QTextCharFormat()
            weekend.setForeground(colour("muted"))
            self.setWeekdayTextFormat(day, weekend)
