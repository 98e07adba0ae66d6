"""The report's words: every row with its outcome, sums that add up, a name for every system."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from shown_campaigns import AT, NAMES, STEM, entry, head_of, mixed

from cascade_desktop.core.campaign_file import Campaign, write_campaign
from cascade_desktop.core.confirmations import Given
from cascade_desktop.core.drafts import Transaction
from cascade_desktop.core.states import Resolution, State
from cascade_desktop.engine.journal.values import Entry
from cascade_desktop.engine.tables.report import write_report
from cascade_desktop.ui.campaign_report import report_name, report_of, summary_of


def rows_of(entries: Sequence[Entry]) -> list[tuple[str, str]]:
    report = report_of(head_of(entries), entries, practice=False)
    return [(row.outcome, row.reason) for row in report.rows]


def test_every_imported_row_is_in_the_report_with_its_outcome() -> None:
    rows = rows_of(mixed())

    assert [outcome for outcome, _ in rows] == [
        *("Sent", "Delivered", "Sent", "Sent", "Not sent", "Uncertain", "Uncertain"),
        *("Not included", "Not included", "Waiting"),
    ]
    assert rows[4][1] == "SMSBAT says the number is not valid. Correct it in your list."
    assert rows[8][1].startswith("Too short")
    assert rows[0][1] == ""


def test_the_operators_columns_come_first_with_ids_and_times() -> None:
    report = report_of(head_of(mixed()), mixed(), practice=False)

    first = next(iter(report.rows))

    assert report.names == NAMES
    assert first.cells == ("0501112000", "Оксана", "K-0")
    assert (first.row, first.tracking_id) == (2, f"{STEM}-000001")
    assert (first.message_id, first.sent_utc) == ("message-000000", "2026-11-26 08:02:00")


def test_what_was_not_handed_over_has_no_time() -> None:
    report = report_of(head_of(mixed()), mixed(), practice=False)

    times = [row.sent_utc for row in report.rows]

    assert [bool(time) for time in times] == [True] * 4 + [False, True, True] + [False] * 3


def test_the_summary_adds_up_to_the_file() -> None:
    summary = dict(summary_of(mixed()))

    states = ("Sent", "Not sent", "Uncertain", "Waiting", "Not included")
    assert [summary[state] for state in states] == [4, 1, 2, 1, 2]
    assert sum(summary[state] for state in states) == summary["Rows imported"] == 10


@pytest.mark.parametrize(
    ("why", "line"),
    [
        pytest.param("duplicate", "– of these: Same number twice", id="a verdict"),
        pytest.param("to_fix", "– of these: the phone needs to be corrected", id="to fix"),
        pytest.param(
            '["RefusedElsewhere",36]', "– of these: Did not agree to get advertising", id="a no"
        ),
        pytest.param(
            '["TooShort","+380",9,6]', "– of these: the phone needs to be corrected", id="a phone"
        ),
        pytest.param(
            '["ValueMissing","Ім’я"]',
            "– of these: their message could not be finished",
            id="a message",
        ),
    ],
)
def test_those_not_included_are_grouped_by_reason(why: str, line: str) -> None:
    summary = summary_of([entry(0), entry(1, State.LEFT_OUT, why), entry(2, State.LEFT_OUT, why)])

    name, count = summary[-1]
    assert name.startswith(line)
    assert count == 2


def test_a_wrong_number_typed_by_hand_is_shown() -> None:
    draft = write_campaign(
        Campaign("Sale", Transaction("Shop", "Hi"), edits={2: "12 34", 3: "0501112233"})
    )
    empty = entry(0, State.LEFT_OUT, "to_fix")._replace(phone="", cells=("", "Олена", "K"))
    mended = entry(1, State.ACCEPTED)._replace(cells=("", "Іван", "K"))
    head = replace(head_of([empty, mended]), draft=draft)

    report = report_of(head, [empty, mended], practice=False)

    assert [row.cells[0] for row in report.rows] == ["12 34", ""]
    assert [row.cells[0] for row in report.removed] == ["12 34"]


def test_what_was_confirmed_is_told_with_its_date() -> None:
    at = datetime(2026, 11, 23, 12, 5).astimezone()
    given = Given("CONFIRM_AGREEMENT", "These people agreed.", "yes", at)
    head = replace(head_of([entry(0)]), given=(given,))

    report = report_of(head, [entry(0)], practice=False)

    assert report.notes == ("Agreed to on 23 November 2026, 12:05: “These people agreed.”",)


def test_what_was_sent_again_is_told() -> None:
    again = entry(0, State.ACCEPTED, resolution=Resolution.RESENT)

    summary = summary_of([again, entry(1)])

    assert summary[-1] == ("Sent again as you decided; may arrive twice", 1)


def test_those_not_included_are_listed_with_why() -> None:
    report = report_of(head_of(mixed()), mixed(), practice=False)

    removed = list(report.removed)

    assert [row.row for row in removed] == [9, 10]
    assert removed[0].why.startswith("Same number twice")
    assert removed[1].phone == "+380501112008"


def test_a_report_is_written_and_read_by_another_program(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"

    write_report(path, report_of(head_of(mixed()), mixed(), practice=True))

    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Results", "Summary", "Not included"]
    assert book["Results"].max_row == 11
    assert "PRACTICE" in str(book["Summary"]["A2"].value)


def test_a_day_that_is_in_the_name_is_not_said_again() -> None:
    day = f"{AT.astimezone():%Y-%m-%d}"

    made = report_name(head_of(mixed(), name=f"Transaction people {day}"), practice=True)

    assert made == f"PRACTICE Transaction people {day} {AT.astimezone():%H-%M}.xlsx"


@pytest.mark.parametrize(
    ("name", "practice", "expected"),
    [
        pytest.param("Зимовий розпродаж", False, "Зимовий розпродаж 2026-", id="live"),
        pytest.param("Зимовий розпродаж", True, "PRACTICE Зимовий розпродаж", id="practice"),
        pytest.param('a/b\\c:d*e?"<f>|g', False, "a b c d e f g 2026", id="signs"),
        pytest.param("", False, "2026-11-26", id="no name"),
        pytest.param("Sale...", False, "Sale 2026", id="dots at the end"),
        pytest.param("x" * 300, False, "x" * 80 + " 2026", id="long"),
    ],
)
def test_a_reports_name_suits_every_system(name: str, practice: bool, expected: str) -> None:
    made = report_name(head_of(mixed(), name=name), practice)

    assert made.startswith(expected)
    assert made.endswith(".xlsx")
    assert len(made) < 120


def test_deliveries_and_costs_are_in_the_rows_and_in_the_summary() -> None:
    entries = mixed()
    for row, (status, cost) in enumerate((("undeliverable", 0.0), ("delivered", 0.1))):
        entries[row] = entries[row]._replace(delivery=status, parts=2, cost=cost, currency="EUR")
    entries[2] = entries[2]._replace(delivery="read by all")

    report = report_of(head_of(entries), entries, practice=False)
    first, *others = report.rows
    summary = dict(report.summary)

    assert (first.delivery, first.parts, first.cost, first.currency) == (
        *("Not delivered", 2, Decimal("0.0"), "EUR"),
    )
    assert first.reason.endswith("Check the number.")
    assert [row.delivery for row in others[:3]] == ["Delivered", "read by all", ""]
    assert [count for name, count in report.summary if name.startswith("– of these")][:3] == [
        *(1, 1, 2),
    ]
    assert (summary["SMS"], summary["Cost, EUR"]) == (4, Decimal("0.1"))


@pytest.mark.parametrize(
    ("resolution", "words"),
    [
        pytest.param(None, "Nothing is decided about it yet.", id="later"),
        pytest.param(Resolution.CLOSED, "You decided not to send it again.", id="not again"),
        pytest.param(Resolution.MARKED_SENT, "You marked it as sent.", id="marked as sent"),
    ],
)
def test_what_was_decided_about_an_uncertain_row_is_said(
    resolution: Resolution | None, words: str
) -> None:
    ((outcome, reason),) = rows_of([entry(0, State.UNKNOWN, "NO_ANSWER", resolution=resolution)])

    assert (outcome, reason.endswith(words)) == ("Uncertain", True)
