"""The icon near the clock: how far a campaign is while its window is out of sight."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

_CLICKS = (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick)


class SendingTray(QObject):
    """Shows progress and a menu; it names no campaign and no person."""

    open_wanted = Signal()
    pause_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._menu = QMenu(parent)
        self.open_action = QAction(self.tr("&Open"), self._menu)
        self.pause_action = QAction(self.tr("&Pause"), self._menu)
        self.quit_action = QAction(self.tr("&Finish this batch and quit"), self._menu)
        self._menu.addActions((self.open_action, self.pause_action, self.quit_action))
        self._menu.setDefaultAction(self.open_action)
        self.icon = QSystemTrayIcon(QGuiApplication.windowIcon(), self)
        self.icon.setContextMenu(self._menu)
        self.icon.activated.connect(self._on_activated)
        self.icon.messageClicked.connect(self.open_wanted)
        self.open_action.triggered.connect(self.open_wanted)
        self.pause_action.triggered.connect(self.pause_wanted)
        self.quit_action.triggered.connect(self.quit_wanted)
        self.show_progress(QGuiApplication.applicationDisplayName(), sending=False)

    @staticmethod
    def is_available() -> bool:
        """Tell whether this desktop has a place for such icons."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show_progress(self, words: str, *, sending: bool) -> None:
        """Say how far it is to who points at the icon."""
        self.icon.setToolTip(words)
        self.pause_action.setEnabled(sending)

    def notify(self, title: str, words: str) -> None:
        """Tell what happened to who works with something else."""
        self.icon.showMessage(title, words, QGuiApplication.windowIcon())

    def _on_activated(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how in _CLICKS:
            self.open_wanted.emit()
