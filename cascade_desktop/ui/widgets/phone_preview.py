"""A drawn phone that shows one person's message as the app would, roughly."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from html import escape
from itertools import pairwise

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTextBoundaryFinder
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from cascade_desktop.ui.theme import BODY_PX, colour, draw_icon, mark, tokens, ui_font
from cascade_desktop.ui.widgets.card import BodyScroll
from cascade_desktop.ui.widgets.painting import draw_panel, inside
from cascade_desktop.ui.widgets.sentence import LINE_HEIGHT, unbroken

FRAME_PX = 9
CORNER_PX = 32.0
BUBBLE_CORNER_PX = 14.0
LONGEST_RUN = 20
_URL = re.compile(r"https?://[^\s\u200b]+")
_RUN = re.compile(rf"[^\s-]{{{LONGEST_RUN + 1},}}")
_NEW_LINE = re.compile(r"\r\n|[\r\n\u2028\u2029]")
_SPACE = re.compile(r"\s")
_STRONG = frozenset({"L", "R", "AL"})
_BREAK = "\u200b"


class App(StrEnum):
    """The looks the phone has."""

    VIBER = "viber"
    TELEGRAM = "telegram"
    RCS = "rcs"
    SMS = "sms"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a message; values of the person's row are shown in bold."""

    text: str
    is_value: bool = False


_SCREENS = {App.TELEGRAM: "screen_telegram", App.RCS: "screen_rcs", App.SMS: "screen_sms"}
_BUBBLES = {App.RCS: "bubble_rcs", App.SMS: "bubble_sms"}


def message_html(pieces: Sequence[Piece], link: str) -> str:
    """Return one line of a message as HTML: values bold, addresses coloured, long runs breakable.

    >>> message_html([Piece("Hi "), Piece("Ann", is_value=True)], "#0000ff")
    'Hi <b>Ann</b>'
    """
    parts: list[str] = []
    run = 0
    for piece in pieces:
        text = piece.text
        first, last = _SPACE.split(text, maxsplit=1)[0], _SPACE.split(text)[-1]
        if run and first and run + len(first) > LONGEST_RUN:
            parts.append(_BREAK)
            run = 0
        parts.append(_piece_html(piece, link))
        run = run + len(text) if first == text else len(last)
    return "".join(parts)


def bubble_html(pieces: Sequence[Piece], link: str) -> str:
    """Return a whole message: its lines and blanks kept, each line in its own direction."""
    return "".join(
        f'<p dir="{_direction(line)}" style="margin: 0; white-space: pre-wrap;'
        f' line-height: {LINE_HEIGHT}">{message_html(line, link) or _BREAK}</p>'
        for line in _lines(pieces)
    )


def _lines(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Cut a message where a new line begins."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *others = _NEW_LINE.split(piece.text)
        lines[-1].append(replace(piece, text=first))
        lines.extend([replace(piece, text=other)] for other in others)
    return lines


def _direction(line: Sequence[Piece]) -> str:
    """Return which way a line runs: as its first letter does, as phones have it."""
    letters = (unicodedata.bidirectional(char) for piece in line for char in piece.text)
    first = next((kind for kind in letters if kind in _STRONG), "L")
    return "ltr" if first == "L" else "rtl"


def _piece_html(piece: Piece, link: str) -> str:
    parts: list[str] = []
    end = 0
    for found in _URL.finditer(piece.text):
        parts.append(_plain_html(piece.text[end : found.start()]))
        address = _plain_html(found.group())
        parts.append(f'<span style="color: {link}">{address}</span>')
        end = found.end()
    rest = piece.text[end:]
    parts.append(_plain_html(unbroken(rest) if piece.is_value else rest))
    joined = "".join(parts)
    return f"<b>{joined}</b>" if piece.is_value and joined else joined


def _plain_html(text: str) -> str:
    return escape(_RUN.sub(lambda run: _broken_up(run.group()), text))


def _broken_up(run: str) -> str:
    """Let a long run go on in the next line, but never tear an emoji or a letter's accent off."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, run)
    units = run.encode("utf-16-le", "surrogatepass")  # as Qt counts
    cuts = [0]
    while (at := finder.toNextBoundary()) >= 0:
        cuts.append(at)
    cuts = [*cuts[:-1:LONGEST_RUN], cuts[-1]]
    parts = (units[2 * one : 2 * other] for one, other in pairwise(cuts))
    return _BREAK.join(part.decode("utf-16-le", "surrogatepass") for part in parts)


class _Bubble(QWidget):
    """The speech bubble: its words, and below them the time."""

    def __init__(self) -> None:
        super().__init__()
        self.ground_ink = "bubble"
        self.words_label = QLabel(textFormat=Qt.TextFormat.RichText)
        self.words_label.setWordWrap(True)
        self.words_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.time_label = QLabel(alignment=Qt.AlignmentFlag.AlignRight)
        mark(self.time_label, role="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 9, 12, 9)
        column.setSpacing(0)
        column.addWidget(self.words_label)
        column.addWidget(self.time_label)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bubble, square at the corner it speaks from."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = inside(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(rect, BUBBLE_CORNER_PX, BUBBLE_CORNER_PX)
        corner = QPainterPath()
        corner.addRoundedRect(QRectF(rect.left(), rect.bottom() - 18, 18, 18), 4, 4)
        whole = shape.united(corner)
        painter.translate(0, 1)
        painter.fillPath(whole, colour("shadow"))
        painter.translate(0, -1)
        painter.fillPath(whole, colour(self.ground_ink))


class _Answer(QLabel):
    """An answer button of a Viber survey, as drawn on the phone."""

    def __init__(self, text: str) -> None:
        super().__init__(escape(text), alignment=Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setContentsMargins(10, 8, 10, 8)
        self.setFont(ui_font(BODY_PX, QFont.Weight.DemiBold))
        mark(self, role="answer")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the coloured button under the words."""
        painter = QPainter(self)
        draw_panel(painter, inside(self.rect()), 9, colour("survey"))
        painter.end()
        super().paintEvent(event)


class _Handset(QWidget):
    """The incoming call's round picture."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(84, 84)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a handset in a circle."""
        painter = QPainter(self)
        draw_panel(painter, inside(self.rect()), 42, colour("accent_soft"))
        draw_icon(painter, QRectF(24, 24, 36, 36), "phone", colour("accent"))


class PhonePreview(QWidget):
    """A phone with a message, a survey or an incoming call on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = App.VIBER
        self._pieces: tuple[Piece, ...] = ()
        self._sender_label = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._sender_label.setWordWrap(True)
        mark(self._sender_label, role="strong")
        self._bubble = _Bubble()
        self._answers = QVBoxLayout()
        self._note_label = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._note_label.setWordWrap(True)
        mark(self._note_label, role="muted")
        self._handset = _Handset()
        self._number_label = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        mark(self._number_label, role="page-title")
        self._rings_label = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        mark(self._rings_label, role="muted")
        self._assemble()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Look like a phone."""
        return QSize(266, 280)

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(200, 260)

    def show_message(
        self,
        app: App,
        sender: str,
        pieces: Sequence[Piece],
        *,
        time: str = "",
        answers: Sequence[str] = (),
        note: str = "",
    ) -> None:
        """Show a message as an app would, with a survey's answers and a note below."""
        self._app, self._pieces = app, tuple(pieces)
        self._show_call(False)
        self._sender_label.setText(escape(sender))
        self._bubble.ground_ink = _BUBBLES.get(app, "bubble")
        self._bubble.time_label.setText(time)
        self._bubble.time_label.setVisible(bool(time))
        self._show_answers(answers)
        self._note_label.setText(note)
        self._note_label.setVisible(bool(note))
        self._scroll.set_ground(_SCREENS.get(app, "screen"))
        self._show_words()

    def show_call(self, number: str, words: str) -> None:
        """Show an incoming call from a number, and what will happen."""
        self._app = App.CALL
        self._show_call(True)
        self._number_label.setText(escape(number))
        self._rings_label.setText(words)
        self.setAccessibleDescription(f"{number}, {words}")
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Recolour the links with the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_words()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the phone's body and screen."""
        painter = QPainter(self)
        draw_panel(painter, inside(self.rect()), CORNER_PX, colour("phone"), colour("phone_edge"))
        screen = QRectF(self.rect()).adjusted(FRAME_PX, FRAME_PX, -FRAME_PX, -FRAME_PX)
        ground = colour(_SCREENS.get(self._app, "screen"))
        draw_panel(painter, screen, CORNER_PX - FRAME_PX, ground)

    def _assemble(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 2, 12, 8)
        column.setSpacing(8)
        column.addWidget(self._bubble)
        column.addLayout(self._answers)
        self._answers.setSpacing(6)
        column.addStretch(1)
        center = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(self._handset, 0, center)
        column.addWidget(self._number_label)
        column.addWidget(self._rings_label)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(FRAME_PX, FRAME_PX + 12, FRAME_PX, FRAME_PX + 10)
        outer.setSpacing(8)
        outer.addWidget(self._sender_label)
        self._scroll = BodyScroll(page)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(self._note_label)

    def _show_words(self) -> None:
        self._bubble.words_label.setText(bubble_html(self._pieces, tokens().accent))
        spoken = "".join(piece.text for piece in self._pieces)
        self.setAccessibleDescription(f"{self._sender_label.text()}: {spoken}")
        self.update()

    def _show_answers(self, answers: Sequence[str]) -> None:
        while (item := self._answers.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        for answer in answers:
            self._answers.addWidget(_Answer(answer))

    def _show_call(self, call: bool) -> None:
        for part in (self._sender_label, self._bubble, self._note_label):
            part.setVisible(not call)
        for part in (self._handset, self._number_label, self._rings_label):
            part.setVisible(call)
        if call:
            self._show_answers(())
