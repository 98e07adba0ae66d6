"""Choose among a list's columns by letter, name and first cells."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

LEAST_CHARACTERS = 12
BETWEEN = ", "
"""Stands between the cells that a column's text ends with."""


class ColumnBox(QComboBox):
    """Choose among a list's columns or sheets; a cell is shown whole or not at all."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LEAST_CHARACTERS)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def showPopup(self) -> None:
        """Open the list as wide as its words, as far as the window reaches."""
        widest = self.view().sizeHintForColumn(0) + self.width() - self.room()
        right = self.window().mapFromGlobal(self.mapToGlobal(self.rect().topLeft())).x()
        self.view().setMinimumWidth(min(widest, self.window().width() - right))
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field with as many cells as have room."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        if self.currentIndex() < 0:
            option.currentText = self.placeholderText()
        option.currentText = self.fitting(option.currentText)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def fitting(self, text: str) -> str:
        """Return a text without the last cells that have no room."""
        room, metrics = self.room(), self.fontMetrics()
        while metrics.horizontalAdvance(text) > room:
            shorter = text.rpartition(BETWEEN)[0] or text.partition(": ")[0]
            if shorter == text:
                return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            text = shorter
        return text

    def room(self) -> int:
        """Return how wide the words may be."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        return (
            self.style()
            .subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
            .width()
        )
