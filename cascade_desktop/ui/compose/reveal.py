"""Bring a part of the page into sight."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

ROUND_PX = 24
AGAIN_MS = 60


def reveal(part: QWidget) -> None:
    """Scroll whatever a widget is inside of until it is seen, once the page is laid out.

    Words that wrap tell their height late, so that it is looked at twice.
    """
    for delay_ms in (0, AGAIN_MS):
        QTimer.singleShot(delay_ms, part, lambda: _scroll_to(part))


def _scroll_to(part: QWidget) -> None:
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(part, 0, ROUND_PX)
        above = above.parentWidget()
