"""A wrapped sentence with bold parts and links inside it."""

import re
from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from cascade_desktop.ui.theme import mark, tokens

LINE_HEIGHT = "114%"
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse
_LINKS = (
    Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
)


_PHONE_GAP = re.compile(r"(?<=\d) (?=\d)")
_SHORT_HYPHENED = re.compile(r"(?<![\w-])\w{1,4}-(?=\w{1,4}(?![\w-]))")
_LONG_WORD = re.compile(r"\S{16}(?=\S)")


def breakable(text: str) -> str:
    """Let words too long for a card, such as a file's name, go on in the next line.

    >>> breakable("Reading " + 20 * "x").split("\u200b")
    ['Reading xxxxxxxxxxxxxxxx', 'xxxx']
    """
    return _LONG_WORD.sub("\\g<0>\u200b", text)


def unbroken(text: str) -> str:
    """Keep a phone, or a short word with a hyphen, in one line: for painting, never in a value.

    >>> unbroken("4-А").split("\u2060"), unbroken("+380 67 1").split()
    (['4-', 'А'], ['+380', '67', '1'])
    """
    return _SHORT_HYPHENED.sub("\\g<0>\u2060", _PHONE_GAP.sub("\u00a0", text))


def as_written(text: str) -> str:
    r"""Return a message as HTML that keeps its lines and its blanks, as phones do.

    >>> as_written("a  b\n<c>")
    '<span style="white-space: pre-wrap">a  b<br>&lt;c&gt;</span>'
    """
    lines = escape(text).replace("\n", "<br>")
    return f'<span style="white-space: pre-wrap">{lines}</span>'


class Sentence(QLabel):
    """Words that wrap, at an easy line height; a link emits `link_clicked` with its address.

    The words are HTML: pass what people wrote through `html.escape`. Links recolour with the
    theme, which a bare QLabel forgets, and so does `<span class="muted">`.
    """

    link_clicked = Signal(str)

    def __init__(
        self, html: str = "", parent: QWidget | None = None, *, role: str = "", tone: str = ""
    ) -> None:
        super().__init__(parent)
        self._html = ""
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        self.linkActivated.connect(self.link_clicked)
        self.set_html(html)

    @property
    def html(self) -> str:
        """Return the words as they were given."""
        return self._html

    def set_html(self, html: str) -> None:
        """Say something else; nothing is repainted when it is the same."""
        if html != self._html:
            self._html = html
            self.setTextInteractionFlags(_LINKS if "<a " in html else _SELECTABLE)
            self._show()

    def set_tone(self, tone: str) -> None:
        """Take the colour of a tone: ok, danger, uncertain, amber, muted, or none."""
        mark(self, tone=tone)

    def changeEvent(self, event: QEvent) -> None:
        """Lay the links out again in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._html:
            self.setText("")
            self._show()

    def _show(self) -> None:
        styled = self._html.replace("<a ", '<a style="text-decoration: none; font-weight: 500" ')
        styled = styled.replace('class="muted"', f'style="color: {tokens().muted}"')
        self.setText(f'<div style="line-height: {LINE_HEIGHT}">{styled}</div>' if styled else "")
