"""How far a campaign is, for who looks elsewhere: title, taskbar, tray, and a word at the end.

Nothing of this names a campaign or a person: it is read over shoulders and kept by systems.
"""

from PySide6.QtCore import QEvent, QLocale, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from cascade_desktop.core.states import CampaignState, Reason
from cascade_desktop.engine.journal.values import Counts, Head
from cascade_desktop.engine.sending import Progress
from cascade_desktop.ui.campaign_desk import CampaignDesk
from cascade_desktop.ui.main_window import MainWindow
from cascade_desktop.ui.sending_tray import SendingTray
from cascade_desktop.ui.taskbar import taskbar_of
from cascade_desktop.ui.wording import say_reason

_OWN_WISHES = (Reason.OPERATOR_PAUSED, Reason.OPERATOR_STOPPED)


class OutsideFlow(QObject):
    """Follows the desk of the account that is open."""

    def __init__(self, window: MainWindow, tray: SendingTray) -> None:
        super().__init__(window)
        self._window = window
        self._tray = tray
        self._show_percent = taskbar_of(window)
        self._percent: int | None = None
        window.installEventFilter(self)

    def attach(self, desk: CampaignDesk) -> None:
        """Follow another account's desk."""
        desk.began.connect(lambda head: self._show(head.counts))
        desk.settled.connect(self._on_settled)
        desk.ended.connect(self._on_ended)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the icon away once its news has been seen."""
        if event.type() == QEvent.Type.WindowActivate:
            self._tray.icon.hide()
        return super().eventFilter(watched, event)

    def _on_settled(self, progress: Progress) -> None:
        if not progress.waiting_s and self._percent is not None:
            self._show(progress.counts)

    def _show(self, counts: Counts) -> None:
        percent = 100 * counts.done // max(1, counts.planned)
        if percent == self._percent:
            return
        self._percent = percent
        program = QGuiApplication.applicationDisplayName()
        words = self.tr("{percent} % · {program}").format(percent=percent, program=program)
        self._window.setWindowTitle(words)
        self._tray.show_progress(words, sending=True)
        self._show_percent(percent)

    def _on_ended(self, head: Head) -> None:
        self._percent = None
        program = QGuiApplication.applicationDisplayName()
        self._window.setWindowTitle(program)
        self._tray.show_progress(program, sending=False)
        self._show_percent(None)
        if not self._window.isActiveWindow() and head.reason not in _OWN_WISHES:
            self._tell(head)

    def _tell(self, head: Head) -> None:
        """Say how it ended, where people look while they do something else."""
        QApplication.alert(self._window)
        if self._tray.is_available():
            self._tray.icon.show()
            self._tray.notify(*self._words(head))

    def _words(self, head: Head) -> tuple[str, str]:
        number = QLocale().toString
        counts = head.counts
        parts = (
            (counts.accepted, self.tr("{count} sent")),
            (counts.refused, self.tr("{count} not sent")),
            (counts.unknown, self.tr("{count} uncertain")),
            (counts.ready, self.tr("{count} left")),
        )
        said = ", ".join(words.format(count=number(count)) for count, words in parts if count)
        if head.state is CampaignState.FINISHED:
            return self.tr("Finished"), f"{said}."
        return self.tr("Sending has stopped"), f"{said}. {say_reason(head.reason)}".strip()
