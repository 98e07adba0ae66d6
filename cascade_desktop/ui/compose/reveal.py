"""Bring a part of the page into sight."""

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QWidget

ROUND_PX = 28
AGAIN_MS = (60, 240)


def reveal(part: QWidget) -> None:
    """Scroll whatever a widget is inside of until it is seen, once the page is laid out.

    Words that wrap, and long lists, tell their height late, so that it is looked at again.
    """
    for delay_ms in (0, *AGAIN_MS):
        QTimer.singleShot(delay_ms, part, lambda: _scroll_to(part))


def reveal_cursor(edit: QPlainTextEdit) -> None:
    """Scroll whatever an editor is inside of until the place of typing is seen."""
    QTimer.singleShot(0, edit, lambda: _scroll_to_cursor(edit))


def _scroll_to_cursor(edit: QPlainTextEdit) -> None:
    place = edit.cursorRect()
    above = edit.parentWidget()
    while above is not None:
        inside = above.widget() if isinstance(above, QScrollArea) else None
        if isinstance(above, QScrollArea) and inside is not None:
            for at in (place.bottomLeft(), place.topLeft()):
                above.ensureVisible(0, edit.viewport().mapTo(inside, at).y(), 0, ROUND_PX)
        above = above.parentWidget()


def _scroll_to(part: QWidget) -> None:
    above = part.parentWidget()
    while above is not None:
        inside = above.widget() if isinstance(above, QScrollArea) else None
        if isinstance(above, QScrollArea) and inside is not None:
            # Not ensureWidgetVisible, which looks at the cursor alone where text is written.
            top = part.mapTo(inside, QPoint(0, 0)).y()
            above.ensureVisible(0, top + part.height(), 0, ROUND_PX)
            above.ensureVisible(0, top, 0, ROUND_PX)
        above = above.parentWidget()
