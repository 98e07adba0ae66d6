"""The saved campaigns: save this one, open another, keep templates."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QWidget,
)

from cascade_desktop.engine.saved_campaigns import Place, Saved
from cascade_desktop.ui.campaigns_model import CampaignsModel
from cascade_desktop.ui.widgets.buttons import PrimaryButton, SecondaryButton
from cascade_desktop.ui.widgets.dialog import Sheet
from cascade_desktop.ui.widgets.sentence import Sentence
from cascade_desktop.ui.widgets.table import ROW_PX, DataTable

SHEET_PX = 760
ROWS_SHOWN = 8
HEAD_PX = 38
NAME_LONGEST = 80


class CampaignsSheet(Sheet):
    """Lists what was saved; whatever is wanted closes it, but for what changes the list."""

    save_wanted = Signal()
    save_as_wanted = Signal()
    template_wanted = Signal()
    file_wanted = Signal()
    chosen = Signal(object)
    """Emits the Saved to open."""
    rename_wanted = Signal(object)
    remove_wanted = Signal(object)

    def __init__(self, saved: Sequence[Saved], parent: QWidget) -> None:
        super().__init__("", parent, width_px=SHEET_PX)
        self.set_title(self.tr("Saved campaigns"))
        self.save_button = SecondaryButton(self.tr("&Save"))
        self.save_as_button = SecondaryButton(self.tr("Save &as…"))
        self.template_button = SecondaryButton(self.tr("Save as a &template…"))
        self.file_button = SecondaryButton(self.tr("Open a &file…"), icon_name="folder-open")
        self.save_button.setToolTip(self.tr("Ctrl+S"))
        self.save_as_button.setToolTip(self.tr("Ctrl+Shift+S"))
        self.model = CampaignsModel(saved, self)
        self.table = DataTable()
        self.empty_words = Sentence(
            self.tr(
                "Nothing was saved yet. What you write is kept by itself; save a campaign to keep"
                " it under a name, or as a template to begin others with."
            ),
            role="muted",
        )
        self.rename_button = SecondaryButton(self.tr("&Rename…"))
        self.remove_button = SecondaryButton(self.tr("&Delete"))
        self.back_button = SecondaryButton(self.tr("&Back"))
        self.open_button = PrimaryButton(self.tr("&Open"))
        self._lay_out()
        self._wire()
        self.show_saved(saved)
        (self.table if saved else self.save_button).setFocus()

    def show_saved(self, saved: Sequence[Saved]) -> None:
        """Show these campaigns; the row that was chosen stays chosen by its place."""
        row = max(0, self.table.currentIndex().row())
        self.model.load(saved)
        self.table.setVisible(bool(saved))
        self.empty_words.setVisible(not saved)
        high = HEAD_PX + ROW_PX * min(ROWS_SHOWN, max(1, len(saved))) + 4
        self.table.setFixedHeight(high)
        self.table.selectRow(min(row, len(saved) - 1))
        self._enable()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter open and Delete remove the chosen row."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.open_button.click()
                return True
            if event.key() == Qt.Key.Key_Delete:
                self.remove_button.click()
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        for button in (self.save_button, self.save_as_button, self.template_button):
            line.addWidget(button)
        line.addStretch(1)
        line.addWidget(self.file_button)
        self.body.addLayout(line)
        self.table.setAccessibleName(self.tr("Saved campaigns"))
        self.table.setModel(self.model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.body.addWidget(self.table)
        self.body.addWidget(self.empty_words)
        self.button_row.insertWidget(0, self.remove_button)
        self.button_row.insertWidget(0, self.rename_button)
        self.add_button(self.back_button)
        self.add_button(self.open_button, default=True)

    def _wire(self) -> None:
        self.table.installEventFilter(self)
        self.table.selectionModel().selectionChanged.connect(self._enable)
        self.table.doubleClicked.connect(lambda _: self.open_button.click())
        self.back_button.clicked.connect(self.reject)
        for button, wanted in (
            (self.save_button, self.save_wanted),
            (self.save_as_button, self.save_as_wanted),
            (self.template_button, self.template_wanted),
            (self.file_button, self.file_wanted),
        ):
            button.clicked.connect(self.accept)
            button.clicked.connect(wanted)
        self.open_button.clicked.connect(self._open)
        self.rename_button.clicked.connect(lambda: self._emit(self.rename_wanted))
        self.remove_button.clicked.connect(lambda: self._emit(self.remove_wanted))

    def _chosen(self) -> Saved | None:
        rows = self.table.chosen_lines()
        return self.model.saved(rows[0]) if rows else None

    def _open(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.accept()
            self.chosen.emit(chosen)

    def _emit(self, wanted: SignalInstance) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.accept()  # what is asked next lies over the window, not over this
            wanted.emit(chosen)

    def _enable(self) -> None:
        chosen = self._chosen()
        is_template = chosen is not None and chosen.place is Place.TEMPLATE
        self.open_button.setEnabled(chosen is not None and chosen.problem is None)
        self.rename_button.setEnabled(is_template)
        self.remove_button.setEnabled(chosen is not None)
        is_file = chosen is not None and chosen.place is Place.FILE
        self.remove_button.setText(self.tr("Take &off the list") if is_file else self.tr("&Delete"))


class NameSheet(Sheet):
    """Asks for the name of a template."""

    named = Signal(str)

    def __init__(self, title: str, name: str, parent: QWidget) -> None:
        super().__init__(title, parent, width_px=520)
        label = QLabel(self.tr("&Name"))
        label.setProperty("role", "field-label")
        self.name_edit = QLineEdit(name)
        self.name_edit.setMaxLength(NAME_LONGEST)
        self.name_edit.setAccessibleName(self.tr("Name"))
        self.name_edit.selectAll()
        label.setBuddy(self.name_edit)
        self._problem_words = Sentence(role="muted")
        self._problem_words.hide()
        for part in (label, self.name_edit, self._problem_words):
            self.body.addWidget(part)
        self.back_button = SecondaryButton(self.tr("&Back"))
        self.keep_button = PrimaryButton(self.tr("&Save"))
        self.back_button.clicked.connect(self.reject)
        self.keep_button.clicked.connect(lambda: self.named.emit(self.name_edit.text().strip()))
        self.add_button(self.back_button)
        self.add_button(self.keep_button, default=True)
        self.name_edit.textChanged.connect(self._enable)
        self.finished.connect(self.deleteLater)
        self._enable()
        self.name_edit.setFocus()

    def refuse(self, sentence: str) -> None:
        """Say why this name cannot be."""
        self._problem_words.set_html(sentence)
        self._problem_words.show()
        self.name_edit.setFocus()

    def _enable(self) -> None:
        self.keep_button.setEnabled(bool(self.name_edit.text().strip()))
        self._problem_words.hide()
