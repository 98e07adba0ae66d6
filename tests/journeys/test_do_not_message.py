"""The “Do not message” list at the window: practice lives apart, live obeys it, undo works."""

from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import run
from operator_at_work import Operator

from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.target import Keys
from cascade_desktop.practice.server import PracticeServer
from cascade_desktop.program import Program
from cascade_desktop.ui.reading_dialog import ReadingDialog
from cascade_desktop.ui.widgets.sentence import Sentence

OLENA, IVAN = "+380501112233", "+380671112233"


@pytest.fixture
def both(tmp_path: Path) -> Path:
    path = tmp_path / "both.csv"
    path.write_text(f"Phone\n{OLENA}\n{IVAN}\n", encoding="utf-8")
    return path


def goes_live(operator: Operator) -> None:
    before = operator.desk
    operator.program.account_flow.switch_wanted.emit(False)
    operator.waits_until(lambda: operator.program.desk not in (None, before))


def listed(operator: Operator) -> frozenset[str]:
    return operator.program.stops.rows.phones


def stops(operator: Operator, *phones: str) -> None:
    operator.program.stop_flow.ask_stop(phones)
    dialog = operator.program.stop_flow.dialog
    assert dialog is not None
    dialog.accept()
    operator.waits_until(lambda: set(phones) <= listed(operator))
    operator.closes_sheets()


def test_practice_lives_apart_and_live_obeys_the_real_list(
    hire: Callable[..., Operator], both: Path, tmp_path: Path
):
    with PracticeServer(tmp_path / "service", keys={"right"}) as service:

        def connect(program: Program) -> None:
            program.keys.hold(Keys("right"))

        operator = hire(service.base_url, connect)
        stops(operator, IVAN)
        operator.opens(both)
        operator.waits_until(lambda: operator.recipients.counts.stopped == 1)
        goes_live(operator)
        operator.waits_until(lambda: not operator.recipients.counts.stopped)
        assert listed(operator) == frozenset()

        stops(operator, OLENA)
        operator.waits_until(lambda: operator.recipients.counts.stopped == 1)
        operator.chooses(Kind.TRANSACTION)
        operator.signs("MyBrand")
        operator.writes("Hello")
        head = operator.sends()
        report = tmp_path / "report.csv"
        operator.saves_report(report)

        assert (head.counts.accepted, head.counts.left_out) == (1, 1)
        assert [booked.message["toPhone"] for booked in service.books.messages()] == [IVAN]
        assert operator.sees() == {"Sent": 1, "Not included": 1}
        assert "On your “Do not message” list." in report.read_text("utf-8-sig")


def test_the_live_list_of_another_program_counts_from_going_live_on(
    hire: Callable[..., Operator], both: Path, root: Path, tmp_path: Path
):
    with PracticeServer(tmp_path / "service", keys={"right"}) as service:
        operator = hire(service.base_url, lambda program: program.keys.hold(Keys("right")))
        operator.opens(both)
        while_practising = run(root, "stop-list", "add", OLENA)
        assert (while_practising.exit_code, operator.recipients.counts.stopped) == (0, 0)

        goes_live(operator)
        operator.waits_until(lambda: operator.recipients.counts.stopped == 1)
        while_live = run(root, "stop-list", "add", IVAN)

        assert while_live.exit_code == 4
        assert "already running with this data folder" in while_live.err
        assert listed(operator) == {OLENA}


def test_numbers_are_typed_found_taken_off_and_put_back(operator: Operator):
    view, flow = operator.window.stop_list, operator.program.stop_flow
    operator.presses(operator.window.history.stop_list_button)
    assert operator.window.page() is view

    flow.ask_numbers()
    dialog = flow.dialog
    assert dialog is not None
    dialog.numbers_edit.setPlainText("050 111 22 33\n12345\n0671112233")  # type: ignore[union-attr]
    dialog.reason_edit.setText("asked")  # type: ignore[union-attr]
    operator.presses(dialog.add_numbers_button)  # type: ignore[union-attr]
    operator.waits_until(lambda: listed(operator) == {OLENA, IVAN} and operator.reads())
    assert "2 numbers added." in operator.reads()
    assert "Row 2: “12345”" in operator.reads()
    operator.closes_sheets()

    view.search_edit.setText("067 111")
    operator.waits_until(lambda: view.model.rowCount() == 1)
    view.table.selectRow(0)
    assert view.chosen()[0].reason == "asked"
    operator.presses(view.remove_button)
    operator.waits_until(lambda: listed(operator) == {OLENA})
    operator.waits_until(view.undo_notice.isVisible)
    view.undo_notice.action_clicked.emit()
    operator.waits_until(lambda: listed(operator) == {OLENA, IVAN})


def test_a_list_comes_from_another_computer(operator: Operator, tmp_path: Path):
    operator.window.show_stop_list()
    stops(operator, OLENA)
    saved = []
    operator.program.stops.written.connect(saved.append)
    operator.program.stops.export(tmp_path / "list.xlsx")
    operator.waits_until(lambda: saved)
    operator.closes_sheets()
    entries = operator.program.stops.rows.entries
    operator.program.stops.remove(entries)
    operator.waits_until(lambda: not listed(operator))

    operator.program.stop_flow.import_file(tmp_path / "list.xlsx")

    notice = operator.window.stop_list.reading_notice
    assert notice.isVisible()
    operator.waits_until(lambda: listed(operator) == {OLENA})
    operator.waits_until(lambda: not notice.isVisible())
    assert operator.program.stops.rows.entries == entries


def test_a_list_that_may_be_read_in_two_ways_is_asked_about(operator: Operator, tmp_path: Path):
    path = tmp_path / "two.csv"
    path.write_text(f"Phone 1;Phone 2;Agreed\n{OLENA};{IVAN};no\n", encoding="utf-8")
    flow = operator.program.stop_flow
    flow.import_file(path)
    operator.waits_until(lambda: isinstance(flow.dialog, ReadingDialog))
    assert isinstance(flow.dialog, ReadingDialog)

    assert not flow.dialog.consent_box.isVisible()
    assert not any("Agreed" in words.html for words in flow.dialog.findChildren(Sentence))

    flow.dialog.column_box.setCurrentIndex(flow.dialog.column_box.findData(1))
    operator.presses(flow.dialog.read_button)

    operator.waits_until(lambda: listed(operator) == {IVAN})
    operator.closes_sheets()
