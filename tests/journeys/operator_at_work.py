"""An operator at the real window: what a person does and sees, nothing more."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel
from pytestqt.qtbot import QtBot

from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.recipients import Recipients
from cascade_desktop.engine.journal.values import Head
from cascade_desktop.program import Program
from cascade_desktop.ui.campaign_desk import CampaignDesk
from cascade_desktop.ui.compose.message_form import MessageForm
from cascade_desktop.ui.connect_dialog import ConnectDialog
from cascade_desktop.ui.message_dialog import MessageDialog
from cascade_desktop.ui.review_dialog import ReviewDialog
from cascade_desktop.ui.widgets.drop_zone import Start

LONG_MS = 30_000


class Operator:
    """Drives one program through its window."""

    def __init__(self, qtbot: QtBot, program: Program) -> None:
        self._bot = qtbot
        self._program = program
        self.window = program.window
        self._has_left = False
        self.failures: list[BaseException] = []
        program.tasks.failed.connect(self.failures.append)

    @property
    def program(self) -> Program:
        return self._program

    @property
    def form(self) -> MessageForm:
        return self.window.compose.message_card.form

    @property
    def desk(self) -> CampaignDesk:
        assert self._program.desk is not None
        return self._program.desk

    @property
    def recipients(self) -> Recipients:
        assert self._program.lists.recipients is not None
        return self._program.lists.recipients

    def starts(self) -> None:
        """Open the program and wait until an account is open."""
        self.window.show()
        self._program.tasks.spawn(self._program.open())
        self.waits_until(lambda: self._program.desk is not None)

    def waits_until(self, happened: Callable[[], object]) -> None:
        self._bot.waitUntil(lambda: bool(happened()), timeout=LONG_MS)

    def opens(self, path: Path) -> None:
        """Give a list, and wait until it is understood or refused."""
        seen = []
        for signal in (self._program.lists.changed, self._program.lists.failed):
            signal.connect(lambda *_: seen.append(1))
        self._program.lists.asked.connect(lambda *_: seen.append(1))
        self.window.file_dropped.emit(path)
        self.waits_until(lambda: seen)

    def opens_sample(self) -> None:
        self.window.compose.start_page.drop_zone.chosen.emit(Start.SAMPLE.value)
        self.waits_until(lambda: self._program.lists.recipients is not None)

    def chooses(self, kind: Kind) -> None:
        tab = self.window.compose.tabs
        tab.choose(kind.value)
        tab.chosen.emit(kind.value)

    def signs(self, sender: str) -> None:
        self.form.sender_combo.setFocus()
        edit = self.form.sender_combo.lineEdit()
        assert edit is not None
        edit.clear()
        self._bot.keyClicks(edit, sender)

    def writes(self, text: str) -> None:
        edit = self.form.text_field.edit
        edit.setFocus()
        edit.selectAll()
        edit.insertPlainText(text)

    def answers(self, *options: str) -> None:
        answers = self.form.answers
        while len(answers.edits) < len(options):
            self.presses(answers.add_button)
        for edit, option in zip(answers.edits, options, strict=True):
            edit.setText(option)

    def presses(self, button: QAbstractButton) -> None:
        self._bot.mouseClick(button, Qt.MouseButton.LeftButton)

    def is_stopped_by(self) -> str:
        """Return the sentence in the bar that stops sending."""
        pill = self.window.compose.action_bar.stop_pill
        return pill.text() if pill.isVisible() else ""

    def may_review(self) -> bool:
        return self.window.compose.action_bar.review_button.isEnabled()

    def reviews(self) -> ReviewDialog:
        self.waits_until(self.may_review)
        self.presses(self.window.compose.action_bar.review_button)
        self.waits_until(lambda: self._program.review_flow.dialog is not None)
        assert self._program.review_flow.dialog is not None
        return self._program.review_flow.dialog

    def agrees(self) -> None:
        """Review, tick what must be ticked, and press the button that says it all."""
        dialog = self.reviews()
        for tick in dialog.ticks.values():
            tick.setChecked(True)
        self.presses(dialog.hand_over_button)
        self._program.review_flow.dialog = None

    def sends(self) -> Head:
        """Send and wait for the end of the run, whatever it is."""
        ended = []
        self.desk.ended.connect(ended.append)
        self.agrees()
        self.waits_until(lambda: ended)
        return ended[-1]

    def continues(self) -> Head:
        ended = []
        self.desk.ended.connect(ended.append)
        self.presses(self.window.results.title_line.continue_button)
        self.waits_until(lambda: ended)
        return ended[-1]

    def saves_report(self, path: Path) -> None:
        saved = []
        self.desk.report_saved.connect(saved.append)
        self._program.results_flow.save_report(path)
        self.waits_until(lambda: saved)
        self.closes_sheets()

    def sees(self) -> Counter:
        """Count the outcome words on the results grid."""
        model = self.window.results.grid.table.model()
        column = next(
            at
            for at in range(model.columnCount())
            if model.headerData(at, Qt.Orientation.Horizontal) == "Outcome"
        )
        return Counter(str(model.index(row, column).data()) for row in range(model.rowCount()))

    def reads(self) -> str:
        """Return every word that a message sheet over the window says."""
        return "\n".join(
            label.text()
            for sheet in self.window.findChildren(MessageDialog)
            if sheet.isVisible()
            for label in sheet.findChildren(QLabel)
        )

    def told(self) -> str:
        """Return what the results page says of a campaign that waits or was paused."""
        return "\n".join(label.text() for label in self.window.results.notice.findChildren(QLabel))

    def closes_sheets(self) -> None:
        for sheet in self.window.findChildren(QDialog):
            if sheet.isVisible() and not isinstance(sheet, ConnectDialog):
                sheet.reject()

    def leaves(self) -> None:
        """Close the window and wait until everything has ended; the second time does nothing."""
        if self._has_left:
            return
        self._has_left = True
        self.window.close()
        closing = self._program.tasks.spawn(self._program.close())
        self._bot.waitUntil(closing.done, timeout=LONG_MS)
        # Every window that is left alive is styled again with every theme of a later test.
        shiboken6.delete(self.window)
