"""While a list is read the window lives, and nothing that comes late is ever shown."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import shiboken6
from operator_at_work import Operator
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QProgressBar
from pytestqt.qtbot import QtBot

from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.reading_problems import FileFault, FileProblem
from cascade_desktop.ui import theme
from cascade_desktop.ui.list_desk import ListDesk
from cascade_desktop.ui.reading_choice import ReadingChoice
from cascade_desktop.ui.reading_dialog import ReadingDialog

TWO_COLUMNS = "Телефон;Моб.\n0501112233;0671112233\n0501112244;0671112244\n"


@pytest.fixture
def anna(tmp_path: Path) -> Path:
    path = tmp_path / "anna.csv"
    path.write_text("Phone,Name\n+380501112233,Anna\n0501,Ivan\n", encoding="utf-8")
    return path


@pytest.fixture
def olha(tmp_path: Path) -> Path:
    path = tmp_path / "olha.csv"
    path.write_text("Name,Phone\nOlha,+380671112233\n", encoding="utf-8")
    return path


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    path = tmp_path / "doubtful.csv"
    path.write_text(TWO_COLUMNS, encoding="utf-8")
    return path


@pytest.fixture
def big(tmp_path: Path) -> Path:
    path = tmp_path / "big.csv"
    rows = (f"+38050{row:07d},Anna,{row}" for row in range(150_000))
    path.write_text("Phone,Name,Sum\n" + "\n".join(rows), encoding="utf-8")
    return path


@contextmanager
def held(operator: Operator) -> Iterator["subprocess.Popen[bytes]"]:
    """Stop the child that waits for the next file, so that a reading lasts as long as we want."""
    reader = operator.program._reader
    operator.waits_until(lambda: reader._child is not None)
    child = reader._child
    assert child is not None
    os.kill(child.pid, signal.SIGSTOP)
    try:
        yield child
    finally:
        if child.poll() is None:
            os.kill(child.pid, signal.SIGCONT)


def shown_file(operator: Operator) -> str:
    found = operator.program.lists.recipients
    return found.table.source.file if found else ""


def files_shown(lists: ListDesk) -> list[str]:
    shown: list[str] = []
    lists.changed.connect(lambda found: shown.append(found.table.source.file))
    return shown


def dialog_of(operator: Operator) -> ReadingDialog:
    operator.waits_until(lambda: isinstance(operator.program.list_flow.dialog, ReadingDialog))
    dialog = operator.program.list_flow.dialog
    assert isinstance(dialog, ReadingDialog)
    return dialog


def is_gone(dialog: ReadingDialog) -> bool:
    return not shiboken6.isValid(dialog) or dialog.isHidden()


def test_the_operator_writes_and_changes_tab_and_theme_meanwhile(
    operator: Operator, qtbot: QtBot, qapp: QApplication, anna: Path, big: Path
) -> None:
    operator.opens(anna)
    operator.chooses(Kind.PROMO)
    with held(operator):
        operator.program.lists.open(big)
        edit = operator.form.text_field.edit
        edit.setFocus()
        qtbot.keyClicks(edit, "Hello")
        theme.apply(qapp, theme.Scheme.DARK)
        operator.chooses(Kind.TRANSACTION)
        operator.signs("Shop")
        theme.apply(qapp, theme.Scheme.LIGHT)
        operator.chooses(Kind.PROMO)
        still_reading = operator.window.compose.recipients_card.reading_panel.isVisible()
        file_meanwhile = shown_file(operator)
    operator.waits_until(lambda: shown_file(operator) == "big.csv")

    assert (still_reading, file_meanwhile) == (True, "anna.csv")
    assert operator.form.text_field.edit.toPlainText() == "Hello"
    operator.chooses(Kind.TRANSACTION)
    assert operator.form.sender_combo.currentText() == "Shop"


def test_a_decision_about_the_list_before_is_shown_while_the_next_is_read(
    operator: Operator, anna: Path, olha: Path
) -> None:
    operator.opens(anna)
    lists, card = operator.program.lists, operator.window.compose.recipients_card
    with held(operator):
        lists.open(olha)
        lists.edit({3: "0501112244"})
        operator.waits_until(lambda: operator.recipients.counts.ready == 2)
        may_cancel = card.reading_panel.cancel_button.isVisible()
    operator.waits_until(lambda: shown_file(operator) == "olha.csv")

    assert may_cancel
    assert not card.reading_panel.isVisible()


@pytest.mark.parametrize("way", ["button", "escape"])
@pytest.mark.parametrize("before", [False, True], ids=["no list", "a list"])
def test_cancel_leaves_everything_as_it_was(
    operator: Operator, qtbot: QtBot, anna: Path, olha: Path, way: str, *, before: bool
) -> None:
    operator.window.activateWindow()
    compose, lists = operator.window.compose, operator.program.lists
    if before:
        operator.opens(anna)
    panel = compose.recipients_card.reading_panel if before else compose.reading_panel
    with held(operator):
        lists.open(olha)
        operator.waits_until(panel.isVisible)
        if way == "button":
            operator.presses(panel.cancel_button)
        else:
            qtbot.keyClick(operator.window, Qt.Key.Key_Escape)
        hidden = not panel.isVisible()
    shown = files_shown(lists)
    as_before = shown_file(operator)
    operator.opens(olha)

    assert (hidden, as_before) == (True, "anna.csv" if before else "")
    assert shown == ["olha.csv"]


def test_the_bar_moves_forward_and_counts_the_rows(operator: Operator, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("Phone,Name\n" + "+380501112233,Anna\n" * 400_000, encoding="utf-8")
    panel = operator.window.compose.reading_panel
    seen: list[tuple[float, str]] = []
    bar = panel.findChild(QProgressBar)
    assert isinstance(bar, QProgressBar)
    bar.valueChanged.connect(lambda _: seen.append((panel.share, panel.progress_label.text())))

    operator.program.lists.open(path)
    operator.waits_until(lambda: operator.program.lists.recipients is not None)

    shares, words = [share for share, _ in seen], " ".join(text for _, text in seen)
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] <= 1
    assert "rows so far" in words
    assert "rows checked" in words


def test_two_files_at_once_show_the_second_only(
    operator: Operator, anna: Path, olha: Path, big: Path
) -> None:
    lists = operator.program.lists
    shown = files_shown(lists)

    for path in (big, anna, big, olha):
        lists.open(path)
    operator.waits_until(lambda: shown)

    assert (shown, lists.reading) == (["olha.csv"], None)


def test_the_verdicts_of_a_list_that_was_given_up_never_come(
    operator: Operator, big: Path, anna: Path
) -> None:
    lists = operator.program.lists
    shown = files_shown(lists)

    lists.open(big)
    operator.waits_until(lambda: lists._arriving is not None)
    lists.cancel()
    lists.open(anna)
    operator.waits_until(lambda: shown)

    assert shown == ["anna.csv"]


def test_a_file_dropped_over_a_question_takes_the_question_away(
    operator: Operator, doubtful: Path, olha: Path
) -> None:
    operator.opens(doubtful)
    dialog = dialog_of(operator)

    operator.opens(olha)

    assert is_gone(dialog)
    assert operator.program.list_flow.dialog is None
    assert list(operator.recipients.phones) == ["+380671112233"]


def test_a_question_about_the_list_before_goes_when_the_next_one_comes(
    operator: Operator, anna: Path, olha: Path
) -> None:
    operator.opens(anna)
    with held(operator):
        operator.program.lists.open(olha)
        operator.program.list_flow.ask_reading()
        dialog = dialog_of(operator)
    operator.waits_until(lambda: shown_file(operator) == "olha.csv")

    assert is_gone(dialog)
    assert operator.program.list_flow.dialog is None


def test_an_answer_is_about_the_list_that_was_asked_about_not_the_one_before(
    operator: Operator, anna: Path, doubtful: Path
) -> None:
    operator.opens(anna)
    with held(operator):
        operator.program.lists.open(doubtful)
        operator.program.list_flow.ask_reading()
        about_anna = dialog_of(operator)
    operator.waits_until(lambda: operator.program.list_flow.dialog is not about_anna)

    operator.presses(dialog_of(operator).read_button)
    operator.waits_until(lambda: shown_file(operator) == "doubtful.csv")

    assert list(operator.recipients.phones) == ["+380671112233", "+380671112244"]


def test_a_question_given_up_while_read_again_leaves_the_looks_with_the_list_shown(
    operator: Operator, anna: Path, doubtful: Path
) -> None:
    operator.opens(anna)
    operator.opens(doubtful)
    dialog_of(operator).accept()
    lists = operator.program.lists
    with held(operator):
        lists.read_as(ReadingChoice(None, 1, 1, "UA", separator=";"))
        lists.cancel()
    looked = []
    lists.looks.looked.connect(lambda _, read: looked.append(read.source.file))
    lists.looks.look(ReadingChoice(None, None, None, "UA"))
    operator.waits_until(lambda: looked)

    assert looked == ["anna.csv"]


def test_numbers_put_on_the_stop_list_meanwhile_count_for_both(
    operator: Operator, anna: Path, olha: Path
) -> None:
    operator.opens(anna)
    lists = operator.program.lists
    with held(operator):
        lists.open(olha)
        lists.set_stopped(frozenset({"+380501112233", "+380671112233"}))
        operator.waits_until(lambda: operator.recipients.counts.stopped == 1)
        before = shown_file(operator)
    operator.waits_until(lambda: shown_file(operator) == "olha.csv")

    assert before == "anna.csv"
    assert operator.recipients.counts.stopped == 1


def test_a_child_that_the_system_kills_is_told_and_the_next_file_opens(
    operator: Operator, anna: Path, olha: Path
) -> None:
    operator.opens(anna)
    told: list[FileProblem] = []
    lists = operator.program.lists
    lists.failed.connect(told.append)
    with held(operator) as child:
        lists.open(olha)
        operator.waits_until(lambda: operator.program._reader._child is not child)
        child.kill()
        operator.waits_until(lambda: told)
    as_before = shown_file(operator)
    operator.opens(olha)

    assert told == [FileProblem(FileFault.READER_FAILED, "olha.csv")]
    assert (as_before, shown_file(operator)) == ("anna.csv", "olha.csv")


@pytest.mark.parametrize("look", [False, True], ids=["reading", "looking"])
def test_the_window_closes_while_a_child_hangs(
    hire: Callable[..., Operator], anna: Path, olha: Path, *, look: bool
) -> None:
    operator = hire()
    operator.opens(anna)
    with held(operator):
        if look:
            operator.program.lists.looks.look(ReadingChoice(None, None, None, "UA"))
        else:
            operator.program.lists.open(olha)
        operator.leaves()

    assert operator.program.closed.done()
