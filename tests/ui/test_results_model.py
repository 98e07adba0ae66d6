"""The rows of a campaign in the grid: every row once, found, filtered, changed in place."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from shown_campaigns import BAD_PHONE, NAMES, STEM, change, delivered, entry, mixed

from cascade_desktop.core.delivery import BillSum
from cascade_desktop.core.outcome import NO_WORDS, ServiceWords
from cascade_desktop.core.states import Reason, Resolution, State
from cascade_desktop.engine.journal.values import Entry
from cascade_desktop.ui.result_rows_model import Column
from cascade_desktop.ui.results_model import (
    OUTCOME_ROLE,
    ROW_ROLE,
    WRITTEN_ROLE,
    ResultsModel,
)
from cascade_desktop.ui.row_outcome import Filter, Outcome

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


@pytest.fixture
def model(qapp: object) -> Iterator[ResultsModel]:
    model = ResultsModel(NAMES, 0, STEM)
    tester = QAbstractItemModelTester(model, FATAL)
    yield model
    tester.deleteLater()


def cell(model: ResultsModel, row: int, kind: Column) -> str:
    return model.index(row, model.column_of(kind)).data()


def rows(model: ResultsModel) -> list[int]:
    return [model.index(row, 0).data(ROW_ROLE) for row in range(model.rowCount())]


def test_a_row_shows_what_the_sheet_and_the_journal_say(model: ResultsModel) -> None:
    model.append_rows(mixed())

    assert model.rowCount() == 10
    assert cell(model, 4, Column.ROW) == "6"
    assert cell(model, 4, Column.PHONE) == "+380 50 111 20 04"
    assert cell(model, 4, Column.OWN) == "Marco"
    assert cell(model, 4, Column.OUTCOME) == "Not sent"
    assert cell(model, 4, Column.WHY).startswith("SMSBAT says the number is not valid")
    assert cell(model, 8, Column.WHY).startswith("Too short")
    assert cell(model, 0, Column.TRACKING_ID) == f"{STEM}-000001"
    assert model.index(1, 0).data(OUTCOME_ROLE) == Outcome.DELIVERED


def test_the_headers_are_the_operators_own_names(model: ResultsModel) -> None:
    titles = [
        model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())
    ]

    assert titles[:4] == ["Row", "Phone", "Ім’я", "Код"]


def test_the_counts_add_up_to_the_rows(model: ResultsModel) -> None:
    model.append_rows(mixed())

    parts = (Filter.SENT, Filter.NOT_SENT, Filter.UNCERTAIN, Filter.WAITING, Filter.NOT_INCLUDED)
    assert [model.count_of(part) for part in parts] == [4, 1, 2, 1, 2]
    assert sum(map(model.count_of, parts)) == model.count_of(Filter.ALL) == 10


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        pytest.param(Filter.ALL, list(range(10)), id="all"),
        pytest.param(Filter.SENT, [0, 1, 2, 3], id="sent, delivered ones too"),
        pytest.param(Filter.DELIVERED, [1], id="delivered"),
        pytest.param(Filter.NOT_SENT, [4], id="not sent"),
        pytest.param(Filter.UNCERTAIN, [5, 6], id="uncertain"),
        pytest.param(Filter.WAITING, [9], id="waiting"),
        pytest.param(Filter.NOT_INCLUDED, [7, 8], id="not included"),
    ],
)
def test_a_filter_shows_its_rows_in_the_files_order(
    model: ResultsModel, wanted: Filter, expected: list[int]
) -> None:
    model.append_rows(mixed())

    model.choose(wanted)

    assert rows(model) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("marco", [4], id="name, case aside"),
        pytest.param("окса", [0], id="part of a name"),
        pytest.param("050 111 20 03", [3], id="national phone"),
        pytest.param("+380 (50) 111-20-03", [3], id="international phone"),
        pytest.param("K-8", [8], id="another column"),
        pytest.param(f"{STEM}-000003", [2], id="our id"),
        pytest.param("MESSAGE-000001", [1], id="SMSBAT's id"),
        pytest.param("nobody", [], id="nobody"),
        pytest.param("  ", list(range(10)), id="blank"),
    ],
)
def test_a_search_finds_people(model: ResultsModel, text: str, expected: list[int]) -> None:
    model.append_rows(mixed())

    model.search(text)

    assert rows(model) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("(044) 123", id="as written"),
        pytest.param("0441234567", id="digits alone"),
        pytest.param("44 123 45", id="digits inside"),
    ],
)
def test_who_was_not_included_is_found_by_the_number_in_the_sheet(
    model: ResultsModel, text: str
) -> None:
    landline = entry(1, State.LEFT_OUT, "duplicate")
    cells = ("(044) 123-45-67", *landline.cells[1:])
    model.append_rows([entry(0), landline._replace(phone="", cells=cells), entry(2)])

    model.search(text)

    phone = model.index(0, model.column_of(Column.PHONE))
    assert rows(model) == [1]
    assert (phone.data(), phone.data(WRITTEN_ROLE)) == ("(044) 123-45-67", True)


def test_names_take_the_place_of_counters(qapp: object) -> None:
    model = ResultsModel(("Phone", "Line", "City", "Name"), 0, STEM)

    cells = [("0501112000", str(row + 1), "Kyiv", "Olena") for row in range(4)]
    model.append_rows([entry(row)._replace(cells=cells[row]) for row in range(4)])

    titles = [model.headerData(at, Qt.Orientation.Horizontal) for at in (2, 3)]
    assert titles == ["Name", "City"]


def test_a_batch_changes_its_rows_with_one_signal(model: ResultsModel, qtbot: QtBot) -> None:
    model.append_rows([entry(row) for row in range(100)])
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(
        lambda first, last: told.append((first.row(), last.row()))  # type: ignore[misc]
    )

    with qtbot.waitSignal(model.tallied):
        model.apply([change(row) for row in range(10, 20)])

    assert told == [(10, 19)]
    assert model.counts()[Outcome.SENT] == 10


def test_rows_of_one_batch_that_fared_differently_each_say_their_own(
    model: ResultsModel,
) -> None:
    model.append_rows([entry(row) for row in range(4)])
    states = [State.REFUSED, State.ACCEPTED, State.REFUSED, State.UNKNOWN]

    model.apply(
        [
            change(row, states[row], "", BAD_PHONE if states[row] is State.REFUSED else NO_WORDS)
            for row in (2, 0, 1, 3)
        ]
    )

    assert [cell(model, row, Column.OUTCOME) for row in range(4)] == [
        "Not sent",
        "Sent",
        "Not sent",
        "Uncertain",
    ]
    ids = [cell(model, row, Column.MESSAGE_ID) for row in range(4)]
    times = [bool(cell(model, row, Column.TIME)) for row in range(4)]
    assert ids == ["", "message-000001", "", ""]
    assert times == [False, True, False, True]


def test_only_rows_on_the_screen_are_told(model: ResultsModel) -> None:
    model.append_rows([entry(row) for row in range(100)])
    model.watch(0, 14)
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(
        lambda first, last: told.append((first.row(), last.row()))  # type: ignore[misc]
    )

    model.apply([change(row) for row in range(10, 60)])
    model.apply([change(row) for row in range(60, 90)])

    assert told == [(10, 14)]
    assert model.counts()[Outcome.SENT] == 80


def test_rows_leave_a_filter_when_they_change(model: ResultsModel) -> None:
    model.append_rows([entry(row) for row in range(6)])
    model.choose(Filter.WAITING)

    model.apply([change(1), change(2, State.REFUSED, "", BAD_PHONE), change(5)])
    waiting = rows(model)
    model.choose(Filter.SENT)

    assert (waiting, rows(model)) == ([0, 3, 4], [1, 5])


def test_many_scattered_rows_leave_a_filter_at_once(model: ResultsModel) -> None:
    model.append_rows([entry(row) for row in range(400)])
    model.choose(Filter.WAITING)

    model.apply([change(row) for row in range(0, 400, 2)])

    assert rows(model) == list(range(1, 400, 2))


def test_a_change_may_come_before_its_row(model: ResultsModel) -> None:
    model.append_rows([entry(0)])

    model.apply([change(1), change(0)])
    model.append_rows([entry(1), entry(2)])

    assert model.counts()[Outcome.SENT] == 2
    assert model.counts()[Outcome.WAITING] == 1


def test_the_position_in_a_batch_makes_no_new_reason(model: ResultsModel) -> None:
    model.append_rows([entry(0), entry(1)])
    said = [ServiceWords("INVALID_PHONE", "bad phone", "toPhone", item) for item in (3, 7)]

    model.apply([change(row, State.REFUSED, "", said[row]) for row in range(2)])

    assert len(model.content._known_whys) == 2


def test_rows_that_stream_in_take_the_changes_that_came_before_them(
    model: ResultsModel, qtbot: QtBot
) -> None:
    model.stream(entry(row) for row in range(5000))
    first = (model.rowCount(), model.complete)

    model.apply([change(4999)])
    qtbot.waitUntil(lambda: model.complete)

    assert first == (2000, False)
    assert (model.rowCount(), model.counts()[Outcome.SENT]) == (5000, 1)


@pytest.mark.parametrize("count", [0, 1, 1999, 2000, 4000])
def test_a_stream_of_any_length_ends(model: ResultsModel, qtbot: QtBot, count: int) -> None:
    model.stream(entry(row) for row in range(count))

    qtbot.waitUntil(lambda: model.complete)

    assert model.rowCount() == count
    assert not model._streaming.isActive()


@pytest.mark.parametrize(
    ("resolution", "again"),
    [pytest.param(Resolution.RESENT, True, id="re-sent"), pytest.param(None, False, id="once")],
)
def test_a_resend_in_the_journal_is_known(
    model: ResultsModel, resolution: Resolution | None, again: bool
) -> None:
    model.append_rows([entry(0, State.ACCEPTED, resolution=resolution)])

    assert model.repeats.twice is again


def test_a_list_without_other_columns_still_has_a_grid(qapp: object) -> None:
    model = ResultsModel(("Phone",), 0, STEM)

    model.append_rows([entry(0)._replace(cells=("0501112000",))])

    assert model.columnCount() == 9
    assert model.data(QModelIndex()) is None


def test_a_hundred_thousand_rows_load_in_pieces_that_leave_the_others_in_place(
    qapp: object,
) -> None:
    model = ResultsModel(NAMES, 0, STEM)
    every: list[Entry] = [entry(row) for row in range(100_000)]
    resets, pieces = 0, list[int]()

    def count() -> None:
        nonlocal resets
        resets += 1

    model.modelReset.connect(count)
    model.rowsInserted.connect(lambda _, first, last: pieces.append(last - first + 1))
    for first in range(0, len(every), 2000):
        model.append_rows(every[first : first + 2000])
    model.apply([change(row) for row in range(1000)])

    assert (resets, pieces) == (0, [2000] * 50)
    model.choose(Filter.SENT)
    model.search("1112")
    assert model.rowCount() == 1000


def test_deliveries_change_rows_in_place_and_add_up(model: ResultsModel, qtbot: QtBot) -> None:
    model.append_rows(mixed())
    model.choose(Filter.DELIVERED)

    with qtbot.assertNotEmitted(model.modelReset):
        model.apply([delivered(0), delivered(2, "undeliverable"), delivered(3, "processing")])

    assert rows(model) == [0, 1]
    counts = model.counts()
    assert (counts[Outcome.SENT], counts[Outcome.NOT_DELIVERED]) == (1, 1)
    assert model.content.bill == BillSum(3, (("EUR", Decimal("0.15")),))
    assert (cell(model, 0, Column.PARTS), cell(model, 0, Column.COST)) == ("1", "0.05 EUR")


def test_a_message_that_did_not_arrive_says_what_to_do(model: ResultsModel) -> None:
    model.append_rows(mixed())

    model.apply([delivered(0, "undeliverable"), delivered(2, "read by all")])

    assert cell(model, 0, Column.OUTCOME) == "Not delivered"
    assert cell(model, 0, Column.WHY).endswith("Check the number.")
    assert (cell(model, 2, Column.OUTCOME), cell(model, 2, Column.WHY)) == ("Sent", "")


def test_a_delivery_may_come_before_its_row_and_after_its_batch(model: ResultsModel) -> None:
    model.apply([change(1)])
    model.apply([delivered(1)])

    model.append_rows([entry(0), entry(1)])

    assert [cell(model, row, Column.OUTCOME) for row in (0, 1)] == ["Waiting", "Delivered"]


def test_a_delivery_of_a_row_that_was_not_accepted_changes_nothing(model: ResultsModel) -> None:
    model.append_rows([entry(0, State.UNKNOWN, Reason.NO_ANSWER.value)])

    model.apply([delivered(0)])

    assert cell(model, 0, Column.OUTCOME) == "Uncertain"


def test_what_was_decided_stays_said_when_it_was_sent_again(model: ResultsModel) -> None:
    model.append_rows([entry(row, resolution=Resolution.RESENT) for row in range(3)])

    model.apply(
        [
            change(0, resolution=Resolution.RESENT),
            change(1, State.REFUSED, "", BAD_PHONE, Resolution.RESENT),
            change(2, State.UNKNOWN, "NO_ANSWER"),
        ]
    )

    said = [cell(model, row, Column.WHY) for row in range(3)]
    assert said[0] == "It was sent again, as you decided."
    assert said[1].endswith("this time SMSBAT refused it.")
    assert said[2].endswith("Nothing is decided about it yet.")


def test_a_message_with_two_receipts_is_flagged_and_nobody_claims_otherwise(
    model: ResultsModel,
) -> None:
    model.append_rows([entry(0), entry(1)])

    twice = change(0, why=Reason.NAMED_TWICE.value)._replace(message_ids=("m-1", "m-2"))
    model.apply([twice, change(1)])

    assert "two receipts" in cell(model, 0, Column.WHY)
    assert model.repeats.twice


@pytest.mark.parametrize("state", [State.READY, State.REFUSED, State.LEFT_OUT])
def test_only_what_left_has_a_time(model: ResultsModel, state: State) -> None:
    model.append_rows([entry(0, State.ACCEPTED), entry(1, State.REFUSED)])
    assert [bool(cell(model, row, Column.TIME)) for row in (0, 1)] == [True, False]

    model.apply([change(0, state)])

    assert cell(model, 0, Column.TIME) == ""


def test_whoever_is_left_out_at_the_last_moment_has_no_id(model: ResultsModel) -> None:
    model.append_rows([entry(0, State.READY)])

    model.apply([change(0, State.LEFT_OUT, "stopped")])

    assert cell(model, 0, Column.TRACKING_ID) == ""
