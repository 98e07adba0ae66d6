"""Ask for a file to open or a place to save; never blocks, as exec() would under qasync."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from cascade_desktop.ui.main_window import MainWindow

translate = QCoreApplication.translate


def choose_list(window: MainWindow, chosen: Callable[[Path], None]) -> None:
    """Ask which list to open."""
    dialog = QFileDialog(window, translate("FileChoice", "Open your list"))
    dialog.setDirectory(str(window.folders.start()))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(
        [
            translate("FileChoice", "Lists")
            + " (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt)",
            translate("FileChoice", "All files") + " (*)",
        ]
    )
    _open(dialog, window, chosen)


def choose_report(window: MainWindow, name: str, chosen: Callable[[Path], None]) -> None:
    """Ask where to save a report; the ending decides between Excel and CSV."""
    _choose_place(window, translate("FileChoice", "Save the report"), name, chosen)


def choose_workbook(window: MainWindow, name: str, chosen: Callable[[Path], None]) -> None:
    """Ask where to save some rows of the list as a workbook."""
    title = translate("FileChoice", "Save these rows")
    _choose_place(window, title, name, chosen, csv_too=False)


def choose_example(window: MainWindow, name: str, chosen: Callable[[Path], None]) -> None:
    """Ask where to save an example workbook."""
    title = translate("FileChoice", "Save the example file")
    _choose_place(window, title, name, chosen, csv_too=False)


def choose_stop_list(window: MainWindow, name: str, chosen: Callable[[Path], None]) -> None:
    """Ask where to save the “Do not message” list."""
    _choose_place(window, translate("FileChoice", "Save the list"), name, chosen)


def _choose_place(
    window: MainWindow,
    title: str,
    name: str,
    chosen: Callable[[Path], None],
    *,
    csv_too: bool = True,
) -> None:
    dialog = QFileDialog(window, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    workbook = translate("FileChoice", "Excel workbook") + " (*.xlsx)"
    dialog.setNameFilters([workbook, "CSV (*.csv)"] if csv_too else [workbook])
    dialog.setDefaultSuffix("xlsx")
    dialog.filterSelected.connect(
        lambda text: dialog.setDefaultSuffix("csv" if "csv" in text else "xlsx")
    )
    dialog.setDirectory(str(window.folders.start()))
    dialog.selectFile(name)
    _open(dialog, window, chosen)


def _open(dialog: QFileDialog, window: MainWindow, chosen: Callable[[Path], None]) -> None:
    dialog.fileSelected.connect(lambda name: window.folders.use(Path(name)))
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
