"""Ask for a file to open or a place to save; never blocks, as exec() would under qasync."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from cascade_desktop.ui.main_window import MainWindow

translate = QCoreApplication.translate


LISTS = "*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt"
CAMPAIGNS = "*.cascade.json"


def choose_list(window: MainWindow, chosen: Callable[[Path], None]) -> None:
    """Ask which list to open."""
    _choose_file(window, translate("FileChoice", "Open your list"), (_lists(),), chosen)


def choose_list_or_campaign(window: MainWindow, chosen: Callable[[Path], None]) -> None:
    """Ask which list to open, or which campaign with its own."""
    both = translate("FileChoice", "Lists and campaigns") + f" ({LISTS} {CAMPAIGNS})"
    filters = (both, _lists(), _campaigns())
    _choose_file(window, translate("FileChoice", "Open your list"), filters, chosen)


def choose_campaign(window: MainWindow, chosen: Callable[[Path], None]) -> None:
    """Ask which campaign to open."""
    _choose_file(window, translate("FileChoice", "Open a campaign"), (_campaigns(),), chosen)


def choose_campaign_place(window: MainWindow, name: str, chosen: Callable[[Path], None]) -> None:
    """Ask where to save a campaign."""
    dialog = QFileDialog(window, translate("FileChoice", "Save the campaign"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setNameFilters([_campaigns()])
    dialog.setDefaultSuffix("cascade.json")
    dialog.setDirectory(str(window.folders.start()))
    dialog.selectFile(name)
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


def _lists() -> str:
    return translate("FileChoice", "Lists") + f" ({LISTS})"


def _campaigns() -> str:
    return translate("FileChoice", "Campaigns") + f" ({CAMPAIGNS})"


def _choose_file(
    window: MainWindow, title: str, filters: Sequence[str], chosen: Callable[[Path], None]
) -> None:
    dialog = QFileDialog(window, title)
    dialog.setDirectory(str(window.folders.start()))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([*filters, translate("FileChoice", "All files") + " (*)"])
    _open(dialog, window, chosen)


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
