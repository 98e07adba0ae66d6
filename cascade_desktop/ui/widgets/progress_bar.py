"""A thin bar in as many colours as there are outcomes."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cascade_desktop.ui.theme import colour

HEIGHT_PX = 12
LEAST_PART_PX = 3.0  # one person among a million is still seen


class SegmentedBar(QWidget):
    """Shows parts of a total; what no part covers stays grey.

    Tones: ok, danger, uncertain, accent. It is drawn, not read: the words beside it carry the
    numbers.
    """

    def __init__(self, parent: QWidget | None = None, *, height_px: int = HEIGHT_PX) -> None:
        super().__init__(parent)
        self._parts: tuple[tuple[str, int], ...] = ()
        self._total = 0
        self._height_px = height_px
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: Sequence[tuple[str, int]], total: int) -> None:
        """Show how much of the total each tone has."""
        fresh = tuple(parts)
        if (fresh, total) != (self._parts, self._total):
            self._parts, self._total = fresh, total
            self.update()

    def widths(self) -> tuple[float, ...]:
        """Return how wide each part is drawn."""
        if self._total <= 0:
            return tuple(0.0 for _ in self._parts)
        room = float(self.width())
        return tuple(
            max(LEAST_PART_PX, room * count / self._total) if count > 0 else 0.0
            for _, count in self._parts
        )

    def sizeHint(self) -> QSize:
        """Be thin."""
        return QSize(160, self._height_px)

    def minimumSizeHint(self) -> QSize:
        """Be thin."""
        return QSize(40, self._height_px)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the parts one after the other inside rounded ends."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        radius = self.height() / 2
        outline.addRoundedRect(QRectF(self.rect()), radius, radius)
        painter.fillPath(outline, colour("line"))
        x = 0.0
        for (tone, _), width in zip(self._parts, self.widths(), strict=True):
            part = QPainterPath()
            part.addRect(QRectF(x, 0, width, self.height()))
            token = tone if tone == "accent" else f"{tone}_bar"
            painter.fillPath(part.intersected(outline), colour(token))
            x += width
