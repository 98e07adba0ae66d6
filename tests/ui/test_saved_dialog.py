"""Where a file was saved is told, and one press leads there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from cascade_desktop.ui.saved_dialog import MAY_BREAK, SavedDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Desktop(QObject):
    """Takes what the system would open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    taking = Desktop()
    QDesktopServices.setUrlHandler("file", taking, "take")  # type: ignore[arg-type]
    yield taking
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> SavedDialog:
    window = QWidget()
    window.resize(1024, 700)
    qtbot.addWidget(window)
    window.show()
    sheet = SavedDialog("The report is saved", tmp_path / "звіт.xlsx", window)
    sheet.open()
    return sheet


def test_the_file_and_its_folder_are_opened(
    dialog: SavedDialog, desktop: Desktop, qtbot: QtBot, tmp_path: Path
) -> None:
    qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.folder_button, Qt.MouseButton.LeftButton)

    assert desktop.opened == [tmp_path / "звіт.xlsx", tmp_path]
    assert not dialog.isVisible()


def test_without_a_desktop_it_says_so_and_stays(dialog: SavedDialog, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)

    said = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    assert any("did not open it" in words for words in said)
    assert any("звіт" in words.replace(MAY_BREAK, "") for words in said)


def test_a_long_path_is_shown_whole(qtbot: QtBot, dialog: SavedDialog) -> None:
    window = dialog.parentWidget()
    assert window is not None
    path = Path("/", *["very-long-folder-of-somebody"] * 8, "report.xlsx")
    sheet = SavedDialog("Saved", path, window)
    sheet.open()

    words = next(label for label in sheet.findChildren(QLabel) if "report" in label.text())
    assert words.minimumSizeHint().width() <= sheet.width() - 130
