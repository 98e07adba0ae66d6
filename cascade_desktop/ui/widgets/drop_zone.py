"""The first screen's panel: whose numbers, by whichever way one has them."""

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cascade_desktop.ui.theme import colour, mark
from cascade_desktop.ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from cascade_desktop.ui.widgets.flow import FlowLayout
from cascade_desktop.ui.widgets.painting import draw_panel, inside
from cascade_desktop.ui.widgets.sentence import Sentence

BOX_PX = 640
RADIUS_PX = 14.0


class Start(StrEnum):
    """The ways to begin that the panel offers."""

    OPEN = "open"
    PASTE = "paste"
    TYPE = "type"
    SAMPLE = "sample"
    EXAMPLE = "example"
    CONNECT = "connect"


def dropped_file(data: QMimeData) -> Path | None:
    """Return the one local file that is being dropped; several or none give None."""
    files = dropped_paths(data)
    return files[0] if len(files) == 1 and not files[0].is_dir() else None


def dropped_paths(data: QMimeData) -> tuple[Path, ...]:
    """Return everything from a disk that is being dropped."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())


class DropZone(QFrame):
    """A dashed panel that takes a dropped file and offers every other way to begin.

    `chosen` emits a `Start` value.
    """

    file_dropped = Signal(Path)
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._over = False
        self._title_label = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._detail_label = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        for label, role in ((self._title_label, "hero-title"), (self._detail_label, "muted")):
            label.setWordWrap(True)
            label.setProperty("role", role)
        self.open_button = PrimaryButton(big=True)
        ways = (Start.PASTE, Start.TYPE, Start.SAMPLE, Start.EXAMPLE)
        self._links = {way: LinkButton() for way in ways}
        self._connect_box = QFrame()
        self._connect_box.setProperty("role", "notice")
        self._connect_words = Sentence()
        self.connect_button = SecondaryButton()
        self._assemble()
        self._wire()
        self._say()

    def set_connected(self, connected: bool) -> None:
        """Hide the offer to connect an account once one is."""
        self._connect_box.setVisible(not connected)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome a file."""
        if dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Go back to rest."""
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the file on."""
        self._light(False)
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.file_dropped.emit(path)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dashed edge, blue while a file hangs over it."""
        painter = QPainter(self)
        rect = inside(self.rect(), 1)
        draw_panel(painter, rect, RADIUS_PX, colour("accent_soft" if self._over else "panel"))
        pen = QPen(colour("accent" if self._over else "field_line"), 2)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, RADIUS_PX, RADIUS_PX)

    def _light(self, over: bool) -> None:
        self._over = over
        self.update()

    def _wire(self) -> None:
        self.open_button.clicked.connect(lambda: self.chosen.emit(Start.OPEN))
        self.connect_button.clicked.connect(lambda: self.chosen.emit(Start.CONNECT))
        for way, link in self._links.items():
            link.clicked.connect(lambda _checked=False, way=way: self.chosen.emit(way))

    def _assemble(self) -> None:
        center = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(0)
        column.addStretch(2)
        column.addWidget(self._title_label)
        column.addSpacing(12)
        column.addWidget(self._detail_label)
        column.addSpacing(26)
        column.addWidget(self.open_button, 0, center)
        column.addSpacing(18)
        column.addWidget(self._link_row(), 0, center)
        column.addSpacing(56)
        self._fill_connect_box()
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._connect_box, 1000)
        middle.addStretch(1)
        self._connect_box.setMaximumWidth(BOX_PX)
        column.addLayout(middle)
        column.addStretch(4)

    def _link_row(self) -> QWidget:
        holder = QWidget()
        row = FlowLayout(holder, gap_px=6)
        for place, link in enumerate(self._links.values()):
            if place:
                dot = QLabel("·")
                mark(dot, tone="muted")
                row.addWidget(dot)
            row.addWidget(link)
        return holder

    def _fill_connect_box(self) -> None:
        row = QHBoxLayout(self._connect_box)
        row.setContentsMargins(14, 11, 12, 11)
        row.setSpacing(16)
        row.addWidget(self._connect_words, 1)
        row.addWidget(self.connect_button)

    def _say(self) -> None:
        self._title_label.setText(self.tr("Who should get your message?"))
        self._detail_label.setText(
            self.tr(
                "Drop your Excel or CSV file here. Any layout: we find the phone numbers"
                " and show you what we understood."
            )
        )
        self.open_button.setText(self.tr("Open your list…"))
        self._links[Start.PASTE].setText(self.tr("Paste numbers from Excel"))
        self._links[Start.TYPE].setText(self.tr("Type numbers"))
        self._links[Start.SAMPLE].setText(self.tr("Try it with a sample list"))
        self._links[Start.EXAMPLE].setText(self.tr("Make an example file to fill in…"))
        self._connect_words.set_html(
            self.tr(
                "<b>You are practising.</b> Compose, send and save a report:"
                " nothing leaves this computer."
            )
        )
        self.connect_button.setText(self.tr("Connect your SMSBAT account…"))
