"""While a list is read it can be given up, and another takes its place at once."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from operator_at_work import Operator

from cascade_desktop.core.report import ReportProblem
from cascade_desktop.ui.message_dialog import MessageDialog
from cascade_desktop.ui.recipients_model import Tab


@pytest.fixture
def long_list(tmp_path: Path) -> Path:
    path = tmp_path / "long.csv"
    rows = (f"+38050{row:07d},Anna" for row in range(150_000))
    path.write_text("Phone,Name\n" + "\n".join(rows), encoding="utf-8")
    return path


@pytest.fixture
def short_list(tmp_path: Path) -> Path:
    path = tmp_path / "short.csv"
    path.write_text(
        "Phone,Name\n+380501112233,Anna\n0501112244,Ivan\n0501234,Olha\n+380501112233,Petro\n",
        encoding="utf-8",
    )
    return path


def test_another_list_takes_the_place_of_one_that_is_being_read(
    operator: Operator, long_list: Path, short_list: Path
) -> None:
    lists, shown = operator.program.lists, []
    lists.changed.connect(lambda found: shown.append(found.table.source.file))

    lists.open(long_list)
    assert operator.window.compose.reading_panel.isVisible()
    lists.open(short_list)
    operator.waits_until(lambda: lists.recipients is not None)
    operator.leaves()

    assert shown == ["short.csv"]


def test_a_list_that_was_given_up_never_comes(
    operator: Operator, long_list: Path, short_list: Path
) -> None:
    lists, compose = operator.program.lists, operator.window.compose

    lists.open(long_list)
    compose.reading_panel.cancelled.emit()
    before = (compose.start_page.isVisible(), lists.recipients)
    operator.opens(short_list)

    assert before == (True, None)
    assert operator.recipients.table.source.file == "short.csv"


@pytest.mark.parametrize(
    ("tab", "rows"),
    [
        (Tab.TO_FIX, {"4": "0501234"}),
        (Tab.DUPLICATE, {"5": "+380501112233"}),
        (Tab.REPAIRED, {"3": "0501112244"}),
        (Tab.READY, {"2": "+380501112233", "3": "0501112244"}),
        (
            Tab.ALL,
            {"2": "+380501112233", "3": "0501112244", "4": "0501234", "5": "+380501112233"},
        ),
    ],
)
def test_each_group_is_saved_with_its_reasons(
    operator: Operator, short_list: Path, tmp_path: Path, tab: Tab, rows: dict[str, str]
) -> None:
    operator.opens(short_list)
    operator.window.recipients.show_tab(tab)
    path = tmp_path / "saved.xlsx"

    operator.program.list_flow.save_rows(path)
    operator.waits_until(path.exists)
    sheet = load_workbook(path).active
    assert sheet is not None
    saved = list(sheet.iter_rows(min_row=2))

    assert sheet.cell(1, 4).value == "Row in the list"
    assert {row[3].value: row[0].value for row in saved} == rows
    assert {row[0].data_type for row in saved} == {"s"}
    assert all(row[2].value for row in saved) or tab in (Tab.READY, Tab.ALL)


def test_what_is_saved_is_what_was_shown_whatever_is_decided_while_it_is_written(
    operator: Operator, short_list: Path, tmp_path: Path
) -> None:
    operator.opens(short_list)
    operator.window.recipients.show_tab(Tab.TO_FIX)
    path = tmp_path / "saved.xlsx"

    operator.program.list_flow.save_rows(path)
    operator.program.lists.edit({4: "0631112255"})
    operator.waits_until(lambda: operator.recipients.counts.to_fix == 0)
    operator.window.recipients.show_tab(Tab.ALL)
    operator.waits_until(path.exists)
    sheet = load_workbook(path).active

    assert sheet is not None
    saved = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [(row[0], "short" in str(row[2])) for row in saved] == [("0501234", True)]


def test_rows_are_never_saved_over_the_list_that_is_open(
    operator: Operator, tmp_path: Path
) -> None:
    path = tmp_path / "people.xlsx"
    book = Workbook()
    for row in (("Phone", "Name"), ("+380501112233", "Anna"), ("0501234", "Olha")):
        book.worksheets[0].append(row)
    book.save(path)
    before = path.read_bytes()
    operator.opens(path)
    refused: list[ReportProblem] = []
    operator.program.lists.rows_refused.connect(refused.append)

    operator.program.list_flow.save_rows(path)
    dialog = operator.window.findChild(MessageDialog)
    operator.leaves()

    assert refused == [ReportProblem.THE_LIST]
    assert isinstance(dialog, MessageDialog)
    assert path.read_bytes() == before
