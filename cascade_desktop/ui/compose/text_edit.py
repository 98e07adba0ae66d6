"""The editor of a text with ``{Column}`` placeholders that look like chips."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocumentFragment,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from cascade_desktop.core.completion import choosable, find_unfinished, offered
from cascade_desktop.core.drafts import TELEGRAM_UNITS
from cascade_desktop.core.rewriting import place_after
from cascade_desktop.core.template import bind, parse
from cascade_desktop.core.text_length import count_units
from cascade_desktop.ui.compose.column_list import ColumnList
from cascade_desktop.ui.compose.reveal import reveal_cursor
from cascade_desktop.ui.theme import colour, mark
from cascade_desktop.ui.widgets.painting import draw_panel

CHIP_CORNER_PX = 5.0
_ENDLESS = re.compile(r"\S{2000}")
"""Looking for a place to break such a word takes Qt a second."""
_LINE_ENDS = str.maketrans("\u2028\u2029", "\n\n")
OPENING = "(«„“\"'/=\u2029"
"""After these an inserted word needs no blank; Qt ends paragraphs with the last."""
LONGEST_COLOURED = 2 * TELEGRAM_UNITS
"""A line that nobody can send needs no colours, and thousands of them would take minutes."""
EDGES_PX = 26
"""What the frame and the padding take from the height of the text."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where a placeholder stands in a line, in UTF-16 units as Qt counts."""

    start: int
    end: int
    known: bool


class TemplateEdit(QPlainTextEdit):
    """A text whose placeholders are blue chips where the list has their column, red elsewhere.

    It grows with its text from ``least_px`` to ``most_px`` and then scrolls. Tab leaves it.
    A ``{`` opens a list of the columns.
    """

    edited = Signal()
    pasted = Signal(str)
    """Emits the text that was pasted, as it came."""

    def __init__(
        self, parent: QWidget | None = None, *, least_px: int = 90, most_px: int = 240
    ) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._offered: tuple[str, ...] = ()
        self._known: dict[str, bool] = {}
        self._last = ""
        self._heights_px = (least_px, most_px)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._highlighter = _Highlighter(self)
        self.column_list = ColumnList(self)
        self.column_list.chosen.connect(self._complete)
        self._is_declined = False
        self.textChanged.connect(self._on_text_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    @property
    def text(self) -> str:
        """Return the text as it stands, with the blanks that do not break."""
        return self.document().toRawText().translate(_LINE_ENDS)

    def set_text(self, text: str) -> None:
        """Replace the text without telling anybody; there is nothing to undo after it."""
        self._last = text
        self._wrap(text)
        self.setPlainText(text)
        self._last = self.text

    def rewrite(self, change: Callable[[str], str]) -> None:
        """Write the text in another way; typing goes on where it was among the words."""
        cursor = self.textCursor()
        cursor.setPosition(cursor.position())
        cursor.movePosition(QTextCursor.MoveOperation.Start, QTextCursor.MoveMode.KeepAnchor)
        before = self.text
        at = place_after(before, len(cursor.selectedText()), change)
        self.replace(change(before), (at, at))

    def replace(self, text: str, select: tuple[int, int] | None = None) -> None:
        """Change the text to another one in a single step that can be undone."""
        before = self.text
        start = _alike(before, text)
        end = _alike(before[start:][::-1], text[start:][::-1])
        cursor = self.textCursor()
        cursor.setPosition(count_units(before[:start]))
        last = count_units(before[: len(before) - end])
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        with self._one_step():
            cursor.insertText(text[start : len(text) - end])
        if select is not None:
            cursor.setPosition(count_units(text[: select[0]]))
            cursor.setPosition(count_units(text[: select[1]]), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_names(self, names: Sequence[str]) -> None:
        """Learn the columns that placeholders can mean."""
        self._names = tuple(names)
        self._known.clear()
        self._offered = choosable(self._names)
        self.column_list.hide()
        self._highlighter.rehighlight()
        self.viewport().update()

    def set_wrong(self, wrong: bool) -> None:
        """Show a red edge while the text stops sending."""
        mark(self, tone="danger" if wrong else "")

    def insert(self, text: str, *, apart: bool = True) -> None:
        """Put text where the cursor is, apart from the word before it."""
        cursor = self.textCursor()
        start = cursor.selectionStart()
        before = self.document().characterAt(start - 1) if start and apart else " "
        gap = "" if not text or before.isspace() or before in OPENING else " "
        with self._one_step():
            cursor.insertText(gap + text)
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def spans(self, line: str) -> Iterator[Span]:
        """Yield the placeholders of one line."""
        if "{" not in line or len(line) > LONGEST_COLOURED:
            return
        for found in parse(line).placeholders:
            start = count_units(line[: found.start])
            end = start + count_units(line[found.start : found.end])
            yield Span(start, end, self._is_known(found.name))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Leave dropped files to the page, which opens them."""
        return not source.hasUrls() and (source.hasText() or source.hasHtml())

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words without their looks, as one step."""
        html = QTextDocumentFragment.fromHtml(source.html()) if source.hasHtml() else None
        text = source.text() if source.hasText() or html is None else html.toRawText()
        self._wrap(text)
        with self._one_step():
            self.textCursor().insertText(text.replace("\r\n", "\n"))
        self.ensureCursorVisible()
        self.pasted.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the list of columns have its keys while it is open."""
        if self.column_list.is_open and self._goes_to_list(event):
            event.accept()
            return
        super().keyPressEvent(event)
        if _types(event):
            self._suggest()
        elif self.column_list.is_open or self._is_declined:
            self._suggest(opens=self.column_list.is_open)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Offer columns to those who type by other means, too."""
        super().inputMethodEvent(event)
        if event.commitString():
            self._suggest()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002
        """Take the marked column with Tab while the list is open."""
        if self.column_list.is_open and next:
            self.column_list.take()
            return True
        return super().focusNextPrevChild(next)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close the list with whatever takes the keys away."""
        super().focusOutEvent(event)
        self.column_list.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the chips' grounds under the words."""
        painter = QPainter(self.viewport())
        block = self.firstVisibleBlock()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if place.top() > self.viewport().height():
                break
            self._paint_chips(painter, block, place.topLeft())
            block = block.next()
        painter.end()
        super().paintEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Recolour the placeholders with the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_highlighter"):
            self._highlighter.rehighlight()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grow where lines wrap."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _on_text_changed(self) -> None:
        # Highlighting emits textChanged too; only another text is an edit.
        text = self.text
        if text != self._last:
            self._last = text
            self._wrap(text)
            self.edited.emit()
            if self.hasFocus():
                reveal_cursor(self)

    def _wrap(self, text: str) -> None:
        mode, endless = QTextOption.WrapMode, _ENDLESS.search(text)
        self.setWordWrapMode(mode.WrapAnywhere if endless else mode.WrapAtWordBoundaryOrAnywhere)

    @contextmanager
    def _one_step(self) -> Iterator[None]:
        """Keep an edit apart from what is typed before and after it when it is undone."""
        self.document().setModified(False)
        yield
        self.document().setModified(False)

    def _goes_to_list(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Down:
                self.column_list.step(1)
            case Qt.Key.Key_Up:
                self.column_list.step(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers():
                self.column_list.take()
            case Qt.Key.Key_Escape:
                self.column_list.hide()
                self._is_declined = True
            case _:
                return False
        return True

    def _suggest(self, *, opens: bool = True) -> None:
        """Offer the columns that fit the placeholder under the cursor, if there is one."""
        unfinished = find_unfinished(*self._halves())
        self._is_declined = self._is_declined and unfinished is not None
        if unfinished is None or self._is_declined or not opens:
            self.column_list.hide()
        else:
            self.column_list.offer(offered(self._offered, unfinished.typed))

    def _halves(self) -> tuple[str, str]:
        """Return what stands before and after the cursor in its line."""
        cursor = self.textCursor()
        end = cursor.block().position() + cursor.block().length() - 1
        halves: list[str] = []
        for edge in (cursor.block().position(), end):
            cursor.setPosition(self.textCursor().position())
            cursor.setPosition(edge, QTextCursor.MoveMode.KeepAnchor)
            halves.append(cursor.selectedText())
        return halves[0], halves[1]

    def _complete(self, name: str) -> None:
        """Write the name that was chosen in place of what was typed of it."""
        unfinished = find_unfinished(*self._halves())
        if unfinished is None:
            return
        cursor = self.textCursor()
        at = cursor.position()
        closing = 1 if unfinished.ending == "}" else 0
        cursor.setPosition(at - count_units(unfinished.typed))
        last = at + count_units(unfinished.rest) + closing
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        with self._one_step():
            cursor.insertText(name if unfinished.ending == "|" else name + "}")
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        least_px, most_px = self._heights_px
        lines = round(self.document().size().height())
        wish = lines * self.fontMetrics().lineSpacing() + EDGES_PX
        self.setFixedHeight(max(least_px, min(most_px, wish)))

    def _is_known(self, name: str) -> bool:
        if name not in self._known:
            _, problems = bind(parse("{" + name + "}"), self._names)
            self._known[name] = not problems
        return self._known[name]

    def _paint_chips(self, painter: QPainter, block: QTextBlock, origin: QPointF) -> None:
        for span in self.spans(block.text()):
            ground = colour("accent_soft" if span.known else "danger_soft")
            for rect in _line_rects(block.layout(), span):
                draw_panel(painter, rect.translated(origin), CHIP_CORNER_PX, ground)


class _Highlighter(QSyntaxHighlighter):
    """Colours placeholders; an unknown one is underlined too, as colour is never alone."""

    def __init__(self, edit: TemplateEdit) -> None:
        super().__init__(edit.document())
        self._edit = edit

    def highlightBlock(self, text: str) -> None:
        """Give one line its colours."""
        for span in self._edit.spans(text):
            look = QTextCharFormat()
            look.setForeground(colour("accent" if span.known else "danger"))
            look.setFontWeight(QFont.Weight.DemiBold)
            if not span.known:
                look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
                look.setUnderlineColor(colour("danger"))
            self.setFormat(span.start, span.end - span.start, look)


def _line_rects(layout: QTextLayout, span: Span) -> Iterator[QRectF]:
    """Yield a rectangle for each line that a placeholder reaches into."""
    for at in range(layout.lineCount()):
        line = layout.lineAt(at)
        start = max(span.start, line.textStart())
        end = min(span.end, line.textStart() + line.textLength())
        if start < end:
            left, right = _x_of(line.cursorToX(start)), _x_of(line.cursorToX(end))
            yield QRectF(left - 2, line.y(), right - left + 4, line.height())


def _types(event: QKeyEvent) -> bool:
    """Tell whether a key wrote a sign; many keyboards write braces with AltGr, Ctrl and Alt."""
    held = event.modifiers()
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    is_command = bool(held & control) and not held & alt
    return bool(event.text()) and event.text().isprintable() and not is_command


def _alike(one: str, other: str) -> int:
    """Return how many signs two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _x_of(answer: object) -> float:
    """Return the x that ``cursorToX`` gives alone or beside the position."""
    return float(answer[0] if isinstance(answer, tuple) else answer)  # type: ignore[arg-type]
