"""The second panel: one form for each kind, of which one is shown."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QWidget

from cascade_desktop.core.drafts import Kind
from cascade_desktop.ui.compose.message_form import MessageForm
from cascade_desktop.ui.compose.when_field import Clock
from cascade_desktop.ui.widgets.card import Card

SAVED_MS = 2_000


class MessageCard(Card):
    """Keeps what was written for each kind while another one is shown."""

    edited = Signal()
    time_passed = Signal()

    def __init__(self, clock: Clock, zone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, scrolling=True)
        self._kind = Kind.TRANSACTION
        self.forms = {kind: MessageForm(kind, clock, zone) for kind in Kind}
        for form in self.forms.values():
            self.body.addWidget(form)
            form.edited.connect(self.edited)
            form.time_passed.connect(self.time_passed)
        self.body.addStretch(1)
        self._saved_timer = QTimer(self, singleShot=True, interval=SAVED_MS)
        self._saved_timer.timeout.connect(self._say)
        self.show_kind(self._kind)

    @property
    def form(self) -> MessageForm:
        """Return the form that is shown."""
        return self.forms[self._kind]

    def show_kind(self, kind: Kind) -> None:
        """Show another kind's form from its top."""
        if self._scroll is not None and kind is not self._kind:
            self._scroll.verticalScrollBar().setValue(0)
        self._kind = kind
        for one, form in self.forms.items():
            form.setVisible(one is kind)
        self._say()

    def show_saved(self) -> None:
        """Say for a moment that the campaign was saved."""
        self.set_link(self.tr("Saved"))
        self._saved_timer.start()

    def set_senders(self, names: Sequence[str]) -> None:
        """Offer sender names in every form."""
        for form in self.forms.values():
            form.set_senders(names)

    def set_names(self, names: Sequence[str], offered: Sequence[str]) -> None:
        """Learn the list's columns in every form."""
        for form in self.forms.values():
            form.set_names(names, offered)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def _say(self) -> None:
        self.set_link(self.tr("Saved campaigns"))
        match self._kind:
            case Kind.SURVEY:
                self.set_title(self.tr("2 · Question"))
            case Kind.FLASHCALL:
                self.set_title(self.tr("2 · Flash call"))
            case Kind.TRANSACTION | Kind.PROMO:
                self.set_title(self.tr("2 · Message"))
