"""The editor of a text with ``{Column}`` placeholders that look like chips."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from cascade_desktop.core.template import bind, parse
from cascade_desktop.core.text_length import count_units
from cascade_desktop.ui.theme import colour, mark
from cascade_desktop.ui.widgets.painting import draw_panel

CHIP_CORNER_PX = 5.0
OPENING = "(«„“\"'/=\u2029"
"""After these an inserted word needs no blank; Qt ends paragraphs with the last."""
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
    """

    edited = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, least_px: int = 90, most_px: int = 240
    ) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._known: dict[str, bool] = {}
        self._last = ""
        self._heights_px = (least_px, most_px)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._highlighter = _Highlighter(self)
        self.textChanged.connect(self._on_text_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    @property
    def text(self) -> str:
        """Return the text as it stands."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Replace the text without telling anybody; there is nothing to undo after it."""
        self._last = text
        self.setPlainText(text)
        self._last = self.toPlainText()

    def set_names(self, names: Sequence[str]) -> None:
        """Learn the columns that placeholders can mean."""
        self._names = tuple(names)
        self._known.clear()
        self._highlighter.rehighlight()
        self.viewport().update()

    def set_wrong(self, wrong: bool) -> None:
        """Show a red edge while the text stops sending."""
        mark(self, tone="danger" if wrong else "")

    def insert(self, text: str) -> None:
        """Put text where the cursor is, apart from the word before it."""
        cursor = self.textCursor()
        start = cursor.selectionStart()
        before = self.document().characterAt(start - 1) if start else " "
        gap = "" if not text or before.isspace() or before in OPENING else " "
        cursor.insertText(gap + text)
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def spans(self, line: str) -> Iterator[Span]:
        """Yield the placeholders of one line."""
        if "{" not in line:
            return
        for found in parse(line).placeholders:
            start = count_units(line[: found.start])
            end = start + count_units(line[found.start : found.end])
            yield Span(start, end, self._is_known(found.name))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Leave dropped files to the page, which opens them."""
        return not source.hasUrls() and super().canInsertFromMimeData(source)

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
        text = self.toPlainText()
        if text != self._last:
            self._last = text
            self.edited.emit()

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


def _x_of(answer: object) -> float:
    """Return the x that ``cursorToX`` gives alone or beside the position."""
    return float(answer[0] if isinstance(answer, tuple) else answer)  # type: ignore[arg-type]
