"""What is dropped on the window and is not a list gets a plain sentence."""

from pathlib import Path

import pytest
from operator_at_work import Operator
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel

from cascade_desktop.ui.message_dialog import MessageDialog


def drop(operator: Operator, *paths: Path) -> None:
    drop_addresses(operator, *(QUrl.fromLocalFile(str(path)) for path in paths))


def drop_addresses(operator: Operator, *addresses: QUrl) -> None:
    """Drop on the middle of the window, as the system does: to whoever lies there, then up."""
    data = QMimeData()
    data.setUrls(list(addresses))
    window = operator.window
    at = window.rect().center()
    target = window.childAt(at) or window
    where = target.mapFrom(window, at)
    keys = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entered = QDragEnterEvent(QPoint(where), Qt.DropAction.CopyAction, data, *keys)
    QApplication.sendEvent(target, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(
        target, QDropEvent(QPointF(where), Qt.DropAction.CopyAction, data, *keys)
    )


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["folder"], "This is a folder. Open it and drop the list itself."),
        (["one.csv", "two.csv"], "Drop one file at a time"),
        (["folder", "one.csv"], "Drop one file at a time"),
    ],
    ids=["folder", "two-files", "folder-and-file"],
)
def test_what_is_not_a_list_gets_a_sentence(
    operator: Operator, tmp_path: Path, names: list[str], sentence: str
) -> None:
    (tmp_path / "folder").mkdir()
    for name in ("one.csv", "two.csv"):
        (tmp_path / name).write_text("{}", encoding="utf-8")

    drop(operator, *(tmp_path / name for name in names))
    dialog = operator.window.findChild(MessageDialog)

    assert isinstance(dialog, MessageDialog)
    assert any(sentence in label.text() for label in dialog.findChildren(QLabel))
    assert operator.program.lists.recipients is None
    dialog.reject()


def test_a_list_that_is_dropped_is_opened(operator: Operator, tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    path.write_text("Phone\n+380501112233\n", encoding="utf-8")

    drop(operator, path)
    operator.waits_until(lambda: operator.program.lists.recipients is not None)

    assert operator.recipients.table.source.file == "one.csv"


def test_a_link_from_a_browser_gets_a_sentence(operator: Operator) -> None:
    drop_addresses(operator, QUrl("https://example.org/people.xlsx"))

    assert "Save the list on this computer" in operator.reads()
    operator.closes_sheets()


def test_several_files_from_the_file_manager_get_a_sentence(
    operator: Operator, tmp_path: Path
) -> None:
    operator.program.list_flow.open_files((tmp_path / "a.csv", tmp_path / "b.csv"))

    assert "one file at a time" in operator.reads()
    operator.closes_sheets()
