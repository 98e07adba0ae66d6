"""Look for a person in a list of any length without holding the window up."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from cascade_desktop.core.recipients import Recipients
from cascade_desktop.ui.row_search import phone_digits

AT_ONCE = 4_000
"""Rows looked at before the window gets its turn again."""
DIGITS_LEAST = 3


class PersonSearch(QObject):
    """Goes through people a slice at a time until somebody is found."""

    found = Signal(int)
    missed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: Iterator[int | None] = iter(())
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    def start(self, steps: Iterator[int | None]) -> None:
        """Follow a walk that yields None after each slice, and then a position."""
        self._steps = steps
        self._timer.start()

    def stop(self) -> None:
        """Forget what was looked for."""
        self._timer.stop()

    def _go_on(self) -> None:
        for position in self._steps:
            if position is None:
                return
            self._timer.stop()
            self.found.emit(position)
            return
        self._timer.stop()
        self.missed.emit()


def walk_to_text(
    recipients: Recipients, rows: Sequence[int], needle: str, first: int
) -> Iterator[int | None]:
    """Yield None after each slice, and the position of each person whose row holds a text.

    It begins at position `first` and goes on round the end.
    """
    needle = needle.strip().casefold()
    digits = phone_digits(needle)
    digits = digits if len(digits) >= DIGITS_LEAST else ""
    for step in range(len(rows)):
        position = (first + step) % len(rows)
        row = rows[position]
        if (digits and digits in recipients.phones[row]) or any(
            needle in cell.casefold() for cell in recipients.table.row(row)
        ):
            yield position
        if step % AT_ONCE == AT_ONCE - 1:
            yield None
