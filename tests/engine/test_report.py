"""A report as another program reads it: openpyxl, calamine, the csv reader."""

import csv
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from cascade_desktop.core.report import (
    RemovedRow,
    Report,
    ReportProblem,
    ReportRow,
    ReportTitles,
)
from cascade_desktop.engine.tables.report import (
    CELL_UNITS,
    REPORT_SUFFIXES,
    ReportNotWrittenError,
    _problem,
    _replace,
    target_problem,
    write_csv,
    write_report,
)
from cascade_desktop.engine.tables.saving import save_report

TITLES = ReportTitles(
    results_sheet="Результати",
    summary_sheet="Підсумок",
    removed_sheet="Не включені",
    practice="PRACTICE: nothing was sent",
    row="Row",
    sent_to="Sent to",
    outcome="Outcome",
    reason="Reason",
    delivery="Delivery",
    parts="SMS parts",
    cost="Cost",
    currency="Currency",
    tracking_id="Tracking id",
    message_id="Message id",
    sent_utc="Sent, UTC",
    sent_local="Sent",
    phone="Phone",
    why="Why",
    number="Number",
)
PHONE = "+380501112233"
ROOT = Path(__file__).resolve().parents[2]

HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://127.0.0.1")',
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "  =1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM",
    PHONE,
    "+38 (050) 111-22-33",
    "00123",
    "1E5",
    "1/2",
    "12345678901234567890",
    "0,5",
    "TRUE",
    "#N/A",
    "NULL",
    "_x0041_",
    "'quoted",
    '"quoted"',
    "a;b,c\td",
    "two\nlines",
    " blanks ",
    "<b>&amp;</b>",
    "💛 Ім’я",
    "\u202eright to left",
    "http://127.0.0.1/",
)


def row(number: int, *cells: str, outcome: str = "Sent") -> ReportRow:
    return ReportRow(
        cells=cells,
        row=number,
        outcome=outcome,
        sent_to=PHONE,
        parts=2,
        cost=Decimal("0.05"),
        currency="UAH",
        tracking_id=f"sale-abcd2345-{number:06}",
        message_id="00000000-0000-4000-8000-000000000000",
        sent_utc="2026-11-23 07:30:56",
        sent_local="2026-11-23 09:30:56",
    )


def report(*rows: ReportRow, names: tuple[str, ...] = ("Name", "Phone")) -> Report:
    return Report("Winter sale", False, TITLES, names, rows, (("Rows", len(rows)),))


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_workbook_has_results_then_summary_then_those_not_included(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    removed = RemovedRow(("Olha", "050"), 3, "050", "Too short")

    write_report(path, replace(report(row(2, "Ivan", PHONE)), removed=[removed]))

    found = sheets(path)
    assert list(found) == ["Результати", "Підсумок", "Не включені"]
    assert found["Результати"][0] == ["Name", "Phone", *TITLES.results]
    assert found["Результати"][1][:5] == ["Ivan", PHONE, 2.0, PHONE, "Sent"]
    assert found["Підсумок"] == [["Winter sale", "Number"], ["Rows", 1.0]]
    assert found["Не включені"][1] == ["Olha", "050", 3.0, "050", "Too short"]


def test_hostile_cells_stay_the_text_they_were(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"

    write_report(path, report(*(row(n, cell, PHONE) for n, cell in enumerate(HOSTILE, 2))))

    assert [line[0] for line in sheets(path)["Результати"][1:]] == list(HOSTILE)
    sheet = openpyxl.load_workbook(path)["Результати"]
    kinds = {cell.data_type for line in sheet.iter_rows(max_col=2) for cell in line}
    assert kinds == {"s"}


def test_the_header_is_frozen_filtered_and_wide_enough(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"

    write_report(path, report(row(2, "Ivan", PHONE), row(3, "Olha", PHONE)))

    sheet = openpyxl.load_workbook(path)["Результати"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:N3")
    assert sheet.column_dimensions["A"].width > 15
    assert sheet["A1"].font.bold


def test_columns_of_the_same_name_or_none_keep_their_own_cells(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    names = ("Name", "Name", "", "", "Outcome")

    write_report(path, report(row(2, "a", "b", "c", "d", "e"), names=names))

    found = sheets(path)["Результати"]
    assert found[0][:5] == list(names)
    assert found[1][:5] == list("abcde")


def test_a_report_without_rows_still_has_its_headers(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"

    write_report(path, report())

    found = sheets(path)
    assert found["Результати"][0] == ["Name", "Phone", *TITLES.results]
    assert found["Не включені"][0] == ["Name", "Phone", *TITLES.removed]


def test_a_practice_report_says_so_in_its_summary(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"

    write_report(path, replace(report(row(2, "Ivan", PHONE)), practice=True))

    assert sheets(path)["Підсумок"][1][0] == "PRACTICE: nothing was sent"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        pytest.param("a\x00\x0bb", "ab", id="control characters"),
        pytest.param("a\ud800b", "a\ufffdb", id="half of a pair"),
        pytest.param("a\uffffb", "ab", id="not a character"),
        pytest.param("a\r\nb\rc", "a\nb\nc", id="line ends"),
        pytest.param("x" * 40_000, "x" * (CELL_UNITS - 1) + "…", id="too long"),
        pytest.param("💛" * 20_000, "💛" * 16_383 + "…", id="too long in pairs"),
    ],
)
def test_what_a_workbook_cannot_hold_does_not_break_it(
    tmp_path: Path, cell: str, written: str
) -> None:
    path = tmp_path / "results.xlsx"

    write_report(path, report(row(2, cell, PHONE), names=(cell, "Phone")))

    found = sheets(path)["Результати"]
    assert (found[0][0], found[1][0]) == (written, written)


@given(st.lists(st.text(st.characters(codec=None), max_size=8), min_size=1, max_size=20))
def test_any_text_at_all_is_written_and_read_again(
    tmp_path_factory: pytest.TempPathFactory, cells: list[str]
) -> None:
    path = tmp_path_factory.mktemp("any") / "results.xlsx"

    write_report(path, report(*(row(n, cell, PHONE) for n, cell in enumerate(cells, 2))))

    assert [line[1] for line in sheets(path)["Результати"][1:]] == [PHONE] * len(cells)


def test_csv_opens_in_excel_and_guards_formulas_but_not_phones(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"

    write_csv(path, report(*(row(n, cell, PHONE) for n, cell in enumerate(HOSTILE, 2))), ";")

    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file, delimiter=";"))
    assert [line[1] for line in lines[1:]] == [PHONE] * len(HOSTILE)
    guarded = [cell for cell, line in zip(HOSTILE, lines[1:], strict=True) if line[0] == "'" + cell]
    assert guarded == [*HOSTILE[:11], HOSTILE[12]]


@pytest.mark.parametrize(
    ("separator", "cost"), [pytest.param(",", "0.05", id=","), pytest.param(";", "0,05", id=";")]
)
def test_csv_writes_costs_with_the_decimal_sign_that_goes_with_its_separator(
    tmp_path: Path, separator: str, cost: str
) -> None:
    path = tmp_path / "results.csv"

    write_csv(path, report(row(2, "Ivan", PHONE)), separator)

    with path.open(encoding="utf-8-sig", newline="") as file:
        line = next(csv.DictReader(file, delimiter=separator))
    assert (line["Cost"], line["SMS parts"]) == (cost, "2")


def broken_off() -> Iterator[ReportRow]:
    yield row(2, "Ivan", PHONE)
    raise KeyboardInterrupt


@pytest.mark.parametrize("write", [write_report, write_csv])
def test_a_report_broken_off_leaves_the_old_file_alone(tmp_path: Path, write) -> None:
    path = tmp_path / "results.xlsx"
    path.write_text("the old one")

    with pytest.raises(KeyboardInterrupt):
        write(path, replace(report(), rows=broken_off()))

    assert path.read_text() == "the old one"
    assert [file.name for file in tmp_path.iterdir()] == ["results.xlsx"]


@pytest.mark.parametrize("write", [write_report, write_csv])
def test_a_folder_that_is_gone_is_told(tmp_path: Path, write) -> None:
    with pytest.raises(ReportNotWrittenError) as caught:
        write(tmp_path / "gone" / "results.xlsx", report())

    assert caught.value.problem is ReportProblem.NO_FOLDER


@pytest.mark.parametrize("write", [write_report, write_csv])
def test_a_target_that_cannot_be_replaced_is_told_and_nothing_is_left(
    tmp_path: Path, write
) -> None:
    (tmp_path / "results.xlsx").mkdir()

    with pytest.raises(ReportNotWrittenError):
        write(tmp_path / "results.xlsx", report())

    assert [file.name for file in tmp_path.iterdir()] == ["results.xlsx"]


def test_a_report_is_written_as_its_ending_says(tmp_path: Path) -> None:
    for suffix in REPORT_SUFFIXES:
        save_report(tmp_path / f"results{suffix.upper()}", report(row(2, "Ivan", PHONE)))

    assert (tmp_path / "results.XLSX").read_bytes().startswith(b"PK")
    assert "Ivan;+380" in (tmp_path / "results.CSV").read_text("utf-8-sig")


@pytest.mark.parametrize("name", ["results.pdf", "results", "results.xls", ".xlsx"])
def test_another_ending_is_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReportNotWrittenError) as caught:
        save_report(tmp_path / name, report(row(2, "Ivan", PHONE)))

    assert caught.value.problem is target_problem(tmp_path / name) is ReportProblem.WRONG_ENDING
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["results.xlsx", "results.csv"])
def test_a_report_takes_the_place_of_an_earlier_one(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    save_report(path, report(row(2, "Ivan", PHONE)))

    save_report(path, report(row(2, "Olha", PHONE), row(3, "Marco", PHONE)))

    again = tmp_path / f"again{path.suffix}"
    save_report(again, report(row(2, "Olha", PHONE), row(3, "Marco", PHONE)))
    assert path.stat().st_size == again.stat().st_size


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("people.csv", b"Name;Phone\nIvan;+380501112233\n", id="a list"),
        pytest.param("people.csv", b"\xff\xfe\x00\xd8", id="no text"),
        pytest.param("people.xlsx", b"PK\x03\x04 broken", id="a broken workbook"),
        pytest.param("people.xlsx", b"Name;Phone\n", id="text named as a workbook"),
    ],
)
def test_another_file_is_never_replaced(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(ReportNotWrittenError) as caught:
        save_report(tmp_path / name, report(row(2, "Ivan", PHONE)))

    assert caught.value.problem is ReportProblem.NOT_A_REPORT
    assert (tmp_path / name).read_bytes() == content


def test_another_workbook_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    openpyxl.Workbook().save(path)
    before = path.read_bytes()

    with pytest.raises(ReportNotWrittenError) as caught:
        save_report(path, report(row(2, "Ivan", PHONE)))

    assert caught.value.problem is ReportProblem.NOT_A_REPORT
    assert path.read_bytes() == before


def test_the_list_is_never_replaced_though_it_was_a_report_itself(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    save_report(path, report(row(2, "Ivan", PHONE)))
    before = path.read_bytes()

    with pytest.raises(ReportNotWrittenError) as caught:
        save_report(path, replace(report(row(2, "Olha", PHONE)), source="People.csv"))

    assert caught.value.problem is ReportProblem.THE_LIST
    assert path.read_bytes() == before


def test_an_empty_file_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / "made.csv").touch()

    save_report(tmp_path / "made.csv", report(row(2, "Ivan", PHONE)))

    assert "Ivan" in (tmp_path / "made.csv").read_text("utf-8-sig")


def test_what_stands_in_the_way_of_a_report_is_known_before_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "folder.xlsx").mkdir()

    assert target_problem(tmp_path / "gone" / "results.xlsx") is ReportProblem.NO_FOLDER
    assert target_problem(tmp_path / "folder.xlsx") is ReportProblem.READ_ONLY
    assert target_problem(tmp_path / "results.xlsx") is None


def test_ten_thousand_rows_are_all_written(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    rows = (row(n, f"Ім’я {n}", f"+3805011{n:05}") for n in range(2, 10_002))

    write_report(path, replace(report(), rows=rows))

    assert len(sheets(path)["Результати"]) == 10_001


class OpenInExcel(type(Path())):
    """A finished file whose target another program holds open, as Windows tells it."""

    def replace(self, target: object) -> Path:
        raise PermissionError(13, "Access is denied", str(target))


def test_a_file_open_in_excel_is_told(tmp_path: Path) -> None:
    target = tmp_path / "results.xlsx"
    target.touch()

    with pytest.raises(ReportNotWrittenError) as caught:
        _replace(OpenInExcel(tmp_path / "unfinished"), target)

    assert caught.value.problem is ReportProblem.IN_USE


@pytest.mark.parametrize(
    ("message", "problem"),
    [
        pytest.param("No space left (os error 28)", ReportProblem.NO_ROOM, id="full"),
        pytest.param("Os { code: 28, kind: StorageFull }", ReportProblem.NO_ROOM, id="panic"),
        pytest.param("Permission denied (os error 13)", ReportProblem.READ_ONLY, id="closed"),
        pytest.param("Something else", ReportProblem.OTHER, id="anything else"),
    ],
)
def test_what_the_workbook_writer_says_is_understood(message: str, problem: ReportProblem) -> None:
    assert _problem(OSError(message)) is problem


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on the size of a file")
@pytest.mark.parametrize("write", ["write_report", "write_csv"])
def test_a_full_disk_is_told_and_nothing_is_left(tmp_path: Path, write: str) -> None:
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from tests.engine import test_report as t\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "rows = (t.row(n, str(hash(str(n))), t.PHONE) for n in range(2, 20_000))\n"
        f"try: t.{write}(Path(sys.argv[1]), t.replace(t.report(), rows=rows))\n"
        "except t.ReportNotWrittenError as error: print(error.problem)\n"
    )

    command = [sys.executable, "-c", script, str(tmp_path / "results")]
    told = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)

    assert told.stdout.strip() == "no_room"
    assert list(tmp_path.iterdir()) == []


def test_more_rows_than_a_sheet_holds_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cascade_desktop.engine.tables.report.SHEET_ROWS", 3)

    with pytest.raises(ReportNotWrittenError) as caught:
        write_report(tmp_path / "results.xlsx", report(*(row(n, "a", PHONE) for n in (2, 3, 4))))

    assert caught.value.problem is ReportProblem.TOO_MANY_ROWS
