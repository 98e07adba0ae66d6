"""The exported list as another computer reads it: through the reading child, nothing lost."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cascade_desktop.core.reading_problems import FileFault
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.report import ReportProblem
from cascade_desktop.core.stop_list import Stopped, tidy_reason
from cascade_desktop.core.stop_reading import StopReading, questions_of, read_stop_list
from cascade_desktop.engine.tables.reading import read_table
from cascade_desktop.engine.tables.report import ReportNotWrittenError
from cascade_desktop.engine.tables.stop_file import write_stop_list
from cascade_desktop.engine.tables.unreadable import UnreadableFileError

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
NAMES = ("Phone", "Added (UTC)", "Reason")
HARD = (
    "", "asked by phone", "=1+1", "+380671112233 is hers too", "'quoted'", "'=x", "a;b,c d",
    'she said "no"', "не пишіть 🙂", "NA", "null", "0050", "1e5", "12/05", "-", "@home", "#N/A",
    "true", "007",
)  # fmt: skip


def entries_of(*reasons: str) -> tuple[Stopped, ...]:
    return tuple(
        Stopped(f"+38050{1_000_000 + at}", NOW.replace(second=at % 60), reason)
        for at, reason in enumerate(reasons)
    )


def read_back(path: Path) -> StopReading:
    table = read_table(path)
    found = read_recipients(table, Choice(country="IT", include_hidden=True))
    assert isinstance(found, Recipients)
    assert questions_of(table, found) == ()
    return read_stop_list(found, NOW)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("names", [NAMES, ("Телефон", "Додано (UTC)", "Причина")])
def test_a_list_comes_back_with_nothing_lost(
    tmp_path: Path, suffix: str, names: tuple[str, str, str]
) -> None:
    entries = entries_of(*HARD)
    path = tmp_path / f"list{suffix}"
    write_stop_list(path, "Do not message", names, entries)
    assert read_back(path) == StopReading(entries)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(reasons=st.lists(st.text(max_size=30).map(tidy_reason), min_size=1, max_size=5))
def test_whatever_the_reasons_are(tmp_path: Path, suffix: str, reasons: list[str]) -> None:
    entries = entries_of(*reasons)
    path = tmp_path / f"list{suffix}"
    write_stop_list(path, "List", NAMES, entries)
    assert read_back(path) == StopReading(entries)


def test_phones_are_text_in_the_workbook(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "list.xlsx"
    write_stop_list(path, "Do not message", NAMES, entries_of("a"))
    sheet = load_workbook(path).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == list(NAMES)
    assert [cell.data_type for cell in sheet[2]] == ["s", "s", "s"]


def test_an_empty_list_is_a_file_with_its_names(tmp_path: Path) -> None:
    for suffix in (".xlsx", ".csv"):
        write_stop_list(tmp_path / f"list{suffix}", "List", NAMES, ())
        with pytest.raises(UnreadableFileError) as told:
            read_table(tmp_path / f"list{suffix}")
        assert told.value.problem.fault is FileFault.NO_ROWS


@pytest.mark.parametrize(
    ("name", "problem"),
    [("list.txt", ReportProblem.WRONG_ENDING), ("gone/list.csv", ReportProblem.NO_FOLDER)],
)
def test_what_cannot_be_written_is_told(tmp_path: Path, name: str, problem: ReportProblem) -> None:
    with pytest.raises(ReportNotWrittenError) as told:
        write_stop_list(tmp_path / name, "List", NAMES, ())
    assert told.value.problem is problem
