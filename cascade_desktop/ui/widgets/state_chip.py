"""The outcome of one person as a coloured word with an icon."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cascade_desktop.ui.theme import SMALL_PX, colour, current_scheme, draw_icon, ui_font
from cascade_desktop.ui.widgets.painting import draw_panel
from cascade_desktop.ui.widgets.table import CELL_PADDING_PX, AnyIndex, draw_ground

CHIP_HEIGHT_PX = 24
CHIP_PADDING_PX = 11
MARK_PX = 15


class Shown(StrEnum):
    """The outcomes a person sees; the words for them are `ui.wording`'s."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    NOT_DELIVERED = "not_delivered"
    NOT_SENT = "not_sent"
    UNCERTAIN = "uncertain"
    NOT_INCLUDED = "not_included"


@dataclass(frozen=True, slots=True)
class Chip:
    """How a chip looks: its word's colour, the ground, and the icon before the word."""

    ink: str
    ground: str
    mark: str = ""


LOOKS = {
    Shown.WAITING: Chip("muted", "inset"),
    Shown.SENDING: Chip("muted", "inset", "send"),
    Shown.SENT: Chip("ok", "ok_soft", "check"),
    Shown.DELIVERED: Chip("ok", "ok_soft", "check-check"),
    Shown.NOT_DELIVERED: Chip("danger", "danger_soft", "x"),
    Shown.NOT_SENT: Chip("danger", "danger_soft", "x"),
    Shown.UNCERTAIN: Chip("uncertain", "uncertain_soft", "circle-question-mark"),
    Shown.NOT_INCLUDED: Chip("muted", "inset", "minus"),
}


def chip_font() -> QFont:
    """Return the font of a chip's word."""
    return ui_font(SMALL_PX, QFont.Weight.DemiBold)


def chip_pixmap(chip: Chip, word: str, ratio: float) -> QPixmap:
    """Return a chip drawn once, to be laid into a grid many times."""
    font = chip_font()
    word_px = QFontMetrics(font).horizontalAdvance(word)
    mark_px = MARK_PX + 4 if chip.mark else 0
    size = QSize(word_px + mark_px + 2 * CHIP_PADDING_PX, CHIP_HEIGHT_PX)
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw_panel(painter, QRectF(QRect(QPoint(), size)), size.height() / 2, colour(chip.ground))
    if chip.mark:
        place = QRectF(CHIP_PADDING_PX - 1, (size.height() - MARK_PX) / 2, MARK_PX, MARK_PX)
        draw_icon(painter, place, chip.mark, colour(chip.ink), stroke=3.0)
    painter.setFont(font)
    painter.setPen(colour(chip.ink))
    left = CHIP_PADDING_PX + mark_px
    painter.drawText(left, 0, word_px + 2, size.height(), Qt.AlignmentFlag.AlignVCenter, word)
    painter.end()
    return pixmap


class StateChipDelegate(QStyledItemDelegate):
    """Draws the outcome column: `role` holds a `Shown` value, `say` gives its word.

    Chips are drawn once for each word, scheme and screen, then copied: a cell costs a blit.
    """

    def __init__(
        self, say: Callable[[Shown], str], role: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._say = say
        self._role = role
        self._drawn: dict[tuple[Shown, str, str, float], QPixmap] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the cell's ground, then the chip."""
        draw_ground(painter, option)
        value = index.data(self._role)
        if value is None:
            return
        chip = self._chip(Shown(value), painter.device().devicePixelRatioF())
        height = round(chip.height() / chip.devicePixelRatio())
        top = option.rect.top() + (option.rect.height() - height) // 2
        painter.drawPixmap(option.rect.left() + CELL_PADDING_PX, top, chip)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Wish for the chip and the cell's padding."""
        value = index.data(self._role)
        word = self._say(Shown(value)) if value is not None else ""
        width = QFontMetrics(chip_font()).horizontalAdvance(word) + MARK_PX + 4
        return QSize(width + 2 * (CHIP_PADDING_PX + CELL_PADDING_PX), CHIP_HEIGHT_PX + 14)

    def _chip(self, shown: Shown, ratio: float) -> QPixmap:
        word = self._say(shown)
        key = (shown, word, current_scheme().value, ratio)
        if key not in self._drawn:
            self._drawn[key] = chip_pixmap(LOOKS[shown], word, ratio)
        return self._drawn[key]
