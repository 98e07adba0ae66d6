"""What several widgets paint alike: rounded panels, stripes of practice, the focus ring."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

STRIPE_PX = 8.0
RING_PX = 2.0


def inside(rect: QRect, inset: float = 0.5) -> QRectF:
    """Return the rectangle whose one-pixel outline falls on whole pixels."""
    return QRectF(rect).adjusted(inset, inset, -inset, -inset)


def draw_panel(
    painter: QPainter, rect: QRectF, radius: float, ground: QColor, edge: QColor | None = None
) -> None:
    """Fill a rounded rectangle, with a one-pixel edge if there is one."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge, 1.0) if edge is not None else Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, radius, radius)


def draw_stripes(
    painter: QPainter, rect: QRectF, radius: float, ground: QColor, stripe: QColor
) -> None:
    """Fill a rounded rectangle with the slanted stripes that mean practice."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = QPainterPath()
    outline.addRoundedRect(rect, radius, radius)
    painter.fillPath(outline, ground)
    bands = QPainterPath()
    x = rect.left() - rect.height()
    while x < rect.right():
        band = (
            QPointF(x, rect.bottom()),
            QPointF(x + rect.height(), rect.top()),
            QPointF(x + rect.height() + STRIPE_PX * 1.4, rect.top()),
            QPointF(x + STRIPE_PX * 1.4, rect.bottom()),
        )
        bands.addPolygon(list(band))
        bands.closeSubpath()
        x += STRIPE_PX * 2.8
    # An intersection keeps the rounded ends smooth, where a clip would leave steps.
    painter.fillPath(bands.intersected(outline), stripe)
    painter.restore()


def ring_shown(widget: QWidget) -> bool:
    """Tell whether the keyboard is on a widget and brought the focus there."""
    by_keyboard = Qt.WidgetAttribute.WA_KeyboardFocusChange
    return widget.hasFocus() and widget.window().testAttribute(by_keyboard)


def draw_ring(painter: QPainter, rect: QRectF, radius: float, ink: QColor) -> None:
    """Draw the ring of keyboard focus just inside a rectangle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, RING_PX))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = rect.adjusted(RING_PX / 2, RING_PX / 2, -RING_PX / 2, -RING_PX / 2)
    painter.drawRoundedRect(inner, radius - 1, radius - 1)
