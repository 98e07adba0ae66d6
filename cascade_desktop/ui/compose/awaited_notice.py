"""The box that tells that a campaign's own list is not open, and the ways out."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from cascade_desktop.ui.compose.reveal import reveal
from cascade_desktop.ui.widgets.banner import Notice
from cascade_desktop.ui.widgets.sentence import breakable

CHOOSE, INSTEAD = "choose", "instead"


class AwaitedNotice(Notice):
    """Says whose list is missing; nothing leaves until it is found or another one is taken."""

    choose_wanted = Signal()
    instead_wanted = Signal()
    """The list on the screen shall be used."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, tone="amber")
        self.link_clicked.connect(self._on_link)
        self.hide()

    def show_list(self, sentence: str, shown: str) -> None:
        """Tell which list is not open, and offer the one that is on the screen."""
        said = escape(breakable(sentence))
        choose = self.tr("Choose the list…")
        use = self.tr("Use “{list}” instead").format(list=escape(breakable(shown)))
        links = f'<a href="{CHOOSE}">{choose}</a><br><a href="{INSTEAD}">{use}</a>'
        self.set_html(f"{said}<br>{links}")
        self.show()

    def focus_choice(self) -> None:
        """Go to the ways out."""
        reveal(self)
        for label in self.findChildren(QLabel):
            label.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_link(self, link: str) -> None:
        wanted = self.choose_wanted if link == CHOOSE else self.instead_wanted
        wanted.emit()
