"""The campaigns that were sent: each with its counts, opened by a key or a double click."""

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from shown_campaigns import entry, head_of, mixed

from cascade_desktop.core.confirmations import Given
from cascade_desktop.core.states import CampaignState, State
from cascade_desktop.ui.history_view import SENDING_COLUMN, HistoryView


@pytest.fixture
def view(qtbot: QtBot) -> HistoryView:
    view = HistoryView()
    view.resize(1024, 600)
    qtbot.addWidget(view)
    view.show()
    return view


def row(view: HistoryView, number: int) -> list[str]:
    model = view.model
    return [str(model.index(number, at).data()) for at in range(model.columnCount())]


def test_what_was_confirmed_is_told_of_the_chosen_campaign(view: HistoryView) -> None:
    at = datetime(2026, 11, 23, 12, 5).astimezone()
    given = (
        Given("CONFIRM_AGREEMENT", "These people agreed.", "yes", at),
        Given("CONFIRM_SENT_BEFORE", "2 of them got one.", "sent all the same", at),
    )
    head = head_of(mixed())
    view.show_heads([replace(head, given=given), head])
    shown = [view.given_label.isVisible()]
    told = []
    for number in (0, 1):
        view.table.selectRow(number)
        shown.append(view.given_label.isVisible())
        told.append(view.given_label.text())
    view.table.selectRow(0)
    view.show_heads([])

    assert shown == [False, True, False]
    assert told[0] == (
        "Agreed to on 23 November 2026, 12:05: “These people agreed.”\n"
        "Confirmed on 23 November 2026, 12:05: “2 of them got one.”"
    )
    assert not view.given_label.isVisible()


def test_before_the_first_campaign_it_says_what_will_be_here(view: HistoryView) -> None:
    view.show_heads(())

    assert not view.table.isVisible()


def test_a_campaign_shows_where_everybody_is(view: HistoryView) -> None:
    head = head_of(mixed(), CampaignState.PAUSED)
    tester = QAbstractItemModelTester(view.model)

    view.show_heads([head])

    counts = head.counts
    numbers = (
        *(counts.accepted, counts.refused, counts.unknown),
        *(counts.sending, counts.ready, counts.left_out),
    )
    assert row(view, 0)[1:] == [head.name, "Promo", "Paused", *map(str, numbers)]
    assert sum(numbers) == counts.rows == len(mixed())
    assert view.table.isColumnHidden(SENDING_COLUMN)
    del tester


def test_what_is_being_sent_does_not_wait(view: HistoryView) -> None:
    quiet = head_of(mixed())
    busy = head_of([entry(0, State.SENDING), entry(1, State.SENDING), entry(2)])

    view.show_heads([quiet, busy])

    titles = [view.model.headerData(at, Qt.Orientation.Horizontal) for at in (7, 8)]
    assert titles == ["Being sent", "Waiting"]
    assert row(view, 1)[7:9] == ["2", "1"]
    assert not view.table.isColumnHidden(SENDING_COLUMN)


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (CampaignState.RUNNING, "Sending"),
        (CampaignState.FINISHED, "Finished"),
        (CampaignState.PAUSED, "Paused"),
        (CampaignState.STOPPED, "Stopped"),
    ],
)
def test_a_state_is_a_word(view: HistoryView, state: CampaignState, word: str) -> None:
    view.show_heads([head_of([entry(0)], state)])

    assert row(view, 0)[3] == word


def test_a_campaign_is_opened_with_the_keys(view: HistoryView, qtbot: QtBot) -> None:
    newest, older = head_of([entry(0)]), replace(head_of([entry(0)]), code="OLDEROLD")
    view.show_heads([newest, older])
    view.table.selectRow(1)

    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view.table, Qt.Key.Key_Return)

    assert opened.args == [older.code]


def test_a_campaign_is_opened_with_the_button(view: HistoryView, qtbot: QtBot) -> None:
    view.show_heads([head_of([entry(0)])])
    before = view.open_button.isEnabled()
    view.table.selectRow(0)

    with qtbot.waitSignal(view.opened) as opened:
        qtbot.mouseClick(view.open_button, Qt.MouseButton.LeftButton)

    assert not before
    assert opened.args == [head_of([entry(0)]).code]
