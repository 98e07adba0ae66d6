"""The results page through a campaign's life: held, running, waiting, paused, finished."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from shown_campaigns import (
    AT,
    BAD_PHONE,
    NAMES,
    STEM,
    change,
    counts_of,
    delivered,
    entry,
    head_of,
    mixed,
)

from cascade_desktop.core.outcome import ServiceWords
from cascade_desktop.core.owners import owner
from cascade_desktop.core.states import CampaignState, Reason, Resolution, State
from cascade_desktop.engine.journal.values import Counts, Entry, Head, LastBatch
from cascade_desktop.engine.tracker import Halt
from cascade_desktop.ui.answer_watch import Silence
from cascade_desktop.ui.closing_dialog import ClosingDialog
from cascade_desktop.ui.details_dialog import DetailsDialog
from cascade_desktop.ui.result_rows_model import Column
from cascade_desktop.ui.results_grid import WHY_ROOM_PX
from cascade_desktop.ui.results_model import ResultsModel
from cascade_desktop.ui.results_view import ResultsView
from cascade_desktop.ui.row_outcome import Filter
from cascade_desktop.ui.stop_dialog import StopDialog
from cascade_desktop.ui.wording_plurals import EnglishPlurals
from cascade_desktop.ui.wording_trouble import say_owner

LEFT = Qt.MouseButton.LeftButton
LINK = " <a href='details'>Details</a>"


@pytest.fixture(scope="module", autouse=True)
def english(qapp: QApplication) -> Iterator[None]:
    plurals = EnglishPlurals()
    qapp.installTranslator(plurals)
    yield
    qapp.removeTranslator(plurals)


@pytest.fixture
def view(qtbot: QtBot) -> ResultsView:
    view = ResultsView()
    view.resize(1024, 648)
    qtbot.addWidget(view)
    view.show()
    return view


def show(
    view: ResultsView, entries: Sequence[Entry], head: Head, *, practice: bool = False
) -> ResultsModel:
    model = ResultsModel(NAMES, 0, STEM)
    model.append_rows(entries)
    view.show_campaign(head, practice=practice, model=model)
    return model


def buttons(view: ResultsView) -> list[str]:
    """Return the words of the title line's buttons that can be seen."""
    shown = (button for button in view.title_line.buttons if button.isVisible())
    return [button.text().replace("&", "") for button in shown]


def notice(view: ResultsView) -> str:
    """Return the words of the notice, without whose turn it is and the link to the details."""
    words = view.notice._words.html if view.notice.isVisible() else ""
    return words.partition("</b> ")[2].removesuffix(LINK) if words.startswith("<b>") else words


def filters(view: ResultsView) -> list[str]:
    segments = view.grid.segments
    return [part.text() for part in segments._segments.values() if not part.isHidden()]


def test_before_the_first_campaign_it_says_what_will_be_here(
    view: ResultsView, qtbot: QtBot
) -> None:
    view.show_nothing()

    with qtbot.waitSignal(view.compose_wanted):
        qtbot.mouseClick(view.compose_button, LEFT)

    assert not view.grid.isVisible()


def test_while_held_only_undo_is_offered(view: ResultsView, qtbot: QtBot) -> None:
    entries = [entry(row) for row in range(3)]
    show(view, entries, head_of(entries, CampaignState.PAUSED, Reason.INTERRUPTED), practice=True)

    view.show_undo(10)
    words = view.undo_strip._words.html
    with qtbot.waitSignal(view.undo_wanted):
        qtbot.mouseClick(view.undo_strip.undo_button, LEFT)

    assert words == "<b>Sending starts in 10 seconds.</b> Nothing has left yet."
    assert (buttons(view), notice(view)) == ([], "")
    assert view.title_line.stamp.isVisible()


def test_a_running_campaign_shows_how_far_it_is(view: ResultsView) -> None:
    entries = mixed()
    show(view, entries, head_of(entries, CampaignState.RUNNING))

    view.show_progress(Counts(ready=99, accepted=700), 50.0)

    assert view.progress_card.done_label.text() == "700 of 799 done"
    assert view.progress_card.left_label.text() == "about 2 seconds left"
    assert buttons(view) == ["Pause", "Stop…", "Save the report…"]


@pytest.mark.parametrize(
    ("left", "words"),
    [
        pytest.param(100, "about 1 second left", id="a second"),
        pytest.param(8000, "about 80 seconds left", id="seconds"),
        pytest.param(30_000, "about 5 minutes left", id="minutes"),
        pytest.param(1_000_000, "about 3 hours left", id="hours"),
        pytest.param(0, "", id="done"),
    ],
)
def test_the_time_left_is_told_in_round_numbers(view: ResultsView, left: int, words: str) -> None:
    assert view.progress_card.time_left(Counts(ready=left), 100.0) == words


def test_progress_begins_a_run_whatever_the_journal_said_before(view: ResultsView) -> None:
    entries = [entry(row) for row in range(3)]
    show(view, entries, head_of(entries, CampaignState.PAUSED, Reason.OPERATOR_PAUSED))

    view.show_progress(Counts(ready=2, accepted=1), 1.0)

    assert (buttons(view), notice(view)) == (["Pause", "Stop…", "Save the report…"], "")


def test_filters_and_tiles_add_up_to_the_rows(view: ResultsView) -> None:
    entries = mixed()

    show(view, entries, head_of(entries, CampaignState.RUNNING))

    assert filters(view) == [
        *("All 10", "Sent 4", "Delivered 1", "Not sent 1"),
        *("Uncertain 2", "Waiting 1", "Not included 2"),
    ]
    names = [tile.accessibleName() for tile in view.tiles.values()]
    assert names == [
        "4 sent, 1 of them delivered so far",
        "1 not sent",
        "2 uncertain: may have arrived",
    ]


@pytest.mark.parametrize(
    ("name", "width_px", "whole"),
    [
        pytest.param("Іван", 1024, True, id="short"),
        pytest.param("Олександра-Вікторія", 1024, True, id="a long first name"),
        pytest.param("Олександра-Вікторія Коваленко", 1280, True, id="long, where there is room"),
        pytest.param("Олександра-Вікторія " * 9, 1280, False, id="endless"),
    ],
)
def test_a_column_is_as_wide_as_its_names_need_and_reasons_keep_their_room(
    view: ResultsView, name: str, width_px: int, whole: bool
) -> None:
    view.resize(width_px, 700)
    entries = [entry(row, name=name) for row in range(300)]
    model = show(view, entries, head_of(entries, CampaignState.RUNNING))
    table = view.grid.table
    own, why = model.column_of(Column.OWN), model.column_of(Column.WHY)

    assert (table.columnWidth(own) >= table.sizeHintForColumn(own)) is whole
    assert table.columnWidth(why) >= WHY_ROOM_PX
    widths = sum(table.columnWidth(at) for at in range(why + 1))
    assert widths == table.viewport().width()


def test_a_tile_is_a_filter_and_pressed_again_shows_all(view: ResultsView, qtbot: QtBot) -> None:
    entries = mixed()
    model = show(view, entries, head_of(entries))
    tile = view.tiles[Filter.NOT_SENT]

    tile.click()
    only = (model.rowCount(), tile.isChecked(), view.grid.segments.current)
    tile.click()

    assert only == (1, True, "not_sent")
    assert (model.rowCount(), tile.isChecked()) == (10, False)


def test_a_filter_without_anybody_says_so(view: ResultsView) -> None:
    entries = [entry(0)]
    show(view, entries, head_of(entries, CampaignState.RUNNING))

    view.tiles[Filter.UNCERTAIN].click()

    assert view.grid.nobody_label.isVisible()


def test_a_search_waits_until_typing_stops(view: ResultsView, qtbot: QtBot) -> None:
    entries = mixed()
    model = show(view, entries, head_of(entries))

    qtbot.keyClicks(view.grid.search_edit, "marco")

    qtbot.waitUntil(lambda: model.rowCount() == 1, timeout=2000)


def test_ids_and_times_are_hidden_until_wanted(view: ResultsView) -> None:
    entries = mixed()
    model = show(view, entries, head_of(entries))
    column = model.column_of(Column.MESSAGE_ID)
    hidden = view.grid.table.isColumnHidden(column)

    view.grid._ids_action.setChecked(True)

    assert hidden
    assert not view.grid.table.isColumnHidden(column)


def test_a_wait_is_counted_down_and_ends_with_the_next_progress(
    view: ResultsView, qtbot: QtBot
) -> None:
    entries = [entry(0)]
    show(view, entries, head_of(entries, CampaignState.RUNNING))

    view.show_waiting(Reason.TOO_FAST, 30)
    first = notice(view)
    view.notice._tick()
    second = notice(view)
    view.show_progress(Counts(ready=1), 0.0)

    assert "slow down: going on in 0:30." in first
    assert "in 0:29." in second
    assert notice(view) == ""
    assert not view.notice._countdown.isActive()


@pytest.mark.parametrize(
    ("reason", "words", "action", "expected"),
    [
        pytest.param(
            Reason.OPERATOR_PAUSED,
            "You paused it. Continue when you are ready. 1 is left; nobody gets it twice.",
            "",
            ["Continue", "Stop…", "Save the report…"],
            id="by the operator",
        ),
        pytest.param(
            Reason.INTERRUPTED,
            "The program was closed while sending. 1 is left; nobody gets it twice.",
            "",
            ["Continue", "Stop…", "Save the report…"],
            id="closed or crashed",
        ),
        pytest.param(
            Reason.KEY_REFUSED,
            "SMSBAT did not accept the key. Check it in Settings. 1 is left; nobody gets it twice.",
            "",
            ["Continue", "Stop…", "Save the report…"],
            id="wrong key",
        ),
        pytest.param(
            Reason.BATCH_REFUSED,
            "SMSBAT refused a batch because of one message; by its documents it took none of the"
            " others. Go on without the bad one?",
            "Go on without the bad one",
            ["Stop…", "Save the report…"],
            id="refused batch",
        ),
    ],
)
def test_a_paused_campaign_says_why_and_what_to_do(
    view: ResultsView, reason: Reason, words: str, action: str, expected: list[str]
) -> None:
    entries = mixed()

    show(view, entries, head_of(entries, CampaignState.PAUSED, reason))

    assert notice(view) == words
    assert view.notice._action_button.text() == action
    assert buttons(view) == expected


def test_what_the_service_said_is_told_too(view: ResultsView) -> None:
    entries = mixed()

    show(view, entries, head_of(entries, CampaignState.PAUSED, Reason.BATCH_REFUSED, BAD_PHONE))

    assert notice(view).endswith("SMSBAT says the number is not valid. Correct it in your list.")


def test_a_refused_key_has_one_thing_to_do(view: ResultsView) -> None:
    entries, words = mixed(), ServiceWords("", "Unauthorized")
    show(view, entries, head_of(entries, CampaignState.PAUSED, Reason.KEY_REFUSED, words))

    assert "Check it in Settings. 1 is left" in notice(view)
    assert "SMSBAT says" not in notice(view)


def test_the_one_time_question_is_answered_by_its_link(view: ResultsView, qtbot: QtBot) -> None:
    entries = mixed()
    show(view, entries, head_of(entries, CampaignState.PAUSED, Reason.BATCH_REFUSED))

    with qtbot.waitSignal(view.split_allowed):
        view.notice._action_button.click()


def test_a_finished_campaign_is_one_sentence_and_one_next_step(
    view: ResultsView, qtbot: QtBot
) -> None:
    entries = mixed()[:9]

    show(view, entries, head_of(entries))
    with qtbot.waitSignal(view.save_wanted):
        qtbot.mouseClick(view.finished_card.save_button, LEFT)

    assert view.finished_card.title_label.text() == "Finished: 4 of 7 sent"
    assert view.finished_card.words.html == (
        "1 was not sent, 2 are uncertain, 2 were not included. Nobody got it twice."
        " <b>2 are left to decide: press “decide…” below.</b>"
    )
    assert not view.progress_card.isVisible()
    assert "Waiting" not in " ".join(filters(view))


@pytest.mark.parametrize("width", [1024, 1280])
def test_the_end_is_laid_out_before_anybody_sees_it(view: ResultsView, width: int) -> None:
    view.resize(width, 648)
    entries = mixed()
    show(view, entries, head_of(entries, CampaignState.RUNNING), practice=True)
    QApplication.sendPostedEvents()

    view.show_ending(head_of(entries))
    card = view.finished_card
    parts = (card, card.title_label, card.words, card.detail_label, card.stamp, card.save_button)
    first = [part.geometry() for part in parts]
    QApplication.sendPostedEvents()

    assert first == [part.geometry() for part in parts]


def test_a_perfect_campaign_says_all(view: ResultsView) -> None:
    entries = [entry(row, State.ACCEPTED) for row in range(3)]

    show(view, entries, head_of(entries))

    assert view.finished_card.title_label.text() == "Finished: all 3 sent"
    assert view.finished_card.words.html == "Nobody got it twice."


@pytest.mark.parametrize(
    ("states", "mark"),
    [
        pytest.param((State.ACCEPTED,), ("circle-check", "ok"), id="all sent"),
        pytest.param((State.ACCEPTED, State.LEFT_OUT), ("circle-check", "ok"), id="one left out"),
        pytest.param((State.ACCEPTED, State.REFUSED), ("triangle-alert", "amber"), id="refused"),
        pytest.param((State.ACCEPTED, State.UNKNOWN), ("triangle-alert", "amber"), id="uncertain"),
        pytest.param((State.LEFT_OUT,), ("info", "muted"), id="nobody was to get it"),
    ],
)
def test_the_tick_is_for_a_campaign_of_which_all_was_sent(
    view: ResultsView, states: tuple[State, ...], mark: tuple[str, str]
) -> None:
    entries = [entry(row, state) for row, state in enumerate(states)]

    show(view, entries, head_of(entries))

    assert (view.finished_card.mark.name, view.finished_card.mark.tone) == mark


def test_what_was_decided_is_left_to_nobody(view: ResultsView) -> None:
    entries = mixed()[:9]

    show(view, entries, replace(head_of(entries), undecided=0))

    assert "2 are uncertain" in view.finished_card.words.html
    assert "left to decide" not in view.finished_card.words.html


def test_nobody_got_it_twice_is_said_only_when_it_is_true(view: ResultsView) -> None:
    entries = [entry(0, State.ACCEPTED, resolution=Resolution.RESENT), entry(1, State.ACCEPTED)]

    show(view, entries, head_of(entries))

    assert "twice" not in view.finished_card.words.html


def test_people_who_got_several_messages_are_told(view: ResultsView) -> None:
    first, second, other = (entry(row, State.ACCEPTED) for row in range(3))
    entries = [first, second._replace(phone=first.phone), other]
    left_out = entry(3, State.LEFT_OUT, "duplicate")._replace(phone=other.phone)

    show(view, [*entries, left_out], head_of(entries))

    assert view.finished_card.words.html == (
        "1 person was sent several different messages: that number stands in more than one row."
        " Nobody got the same message twice."
    )


def test_it_claims_nothing_before_all_rows_are_here(view: ResultsView, qtbot: QtBot) -> None:
    entries = [entry(row, State.ACCEPTED) for row in range(3000)]
    model = ResultsModel(NAMES, 0, STEM)
    model.stream(entries)
    view.show_campaign(head_of(entries), practice=False, model=model)
    early = view.finished_card.words.html

    qtbot.waitUntil(lambda: model.complete)

    assert (early, view.finished_card.words.html) == ("", "Nobody got it twice.")


def test_practice_is_stamped_and_said(view: ResultsView) -> None:
    entries = [entry(0, State.ACCEPTED)]

    show(view, entries, head_of(entries), practice=True)

    assert view.finished_card.stamp.isVisible()
    assert "This was practice: nothing left this computer." in view.finished_card.words.html


def test_uncertain_ones_can_be_decided_once_nothing_is_sent(
    view: ResultsView, qtbot: QtBot
) -> None:
    entries = mixed()
    tile = view.tiles[Filter.UNCERTAIN]
    show(view, entries, head_of(entries, CampaignState.RUNNING))
    while_running = tile._link_button.isVisible()

    view.show_ending(head_of(entries, CampaignState.FINISHED))
    with qtbot.waitSignal(view.decide_wanted):
        qtbot.mouseClick(tile._link_button, LEFT)
    view.show_ending(replace(head_of(entries), undecided=0))

    assert not while_running
    assert not tile._link_button.isVisible()


def press(name: str) -> Callable[[ResultsView], QPushButton]:
    return lambda view: getattr(view.title_line, name)


@pytest.mark.parametrize(
    ("state", "button", "signal"),
    [
        pytest.param(CampaignState.RUNNING, "pause_button", "pause_wanted", id="pause"),
        pytest.param(CampaignState.RUNNING, "save_button", "save_wanted", id="save"),
        pytest.param(CampaignState.PAUSED, "continue_button", "continue_wanted", id="continue"),
        pytest.param(CampaignState.STOPPED, "continue_button", "continue_wanted", id="go on"),
    ],
)
def test_a_button_says_what_is_wanted(
    view: ResultsView, qtbot: QtBot, state: CampaignState, button: str, signal: str
) -> None:
    entries = mixed()
    show(view, entries, head_of(entries, state, Reason.OPERATOR_PAUSED))
    settle(view, qtbot)

    with qtbot.waitSignal(getattr(view, signal)):
        qtbot.mouseClick(press(button)(view), LEFT)


def settle(view: ResultsView, qtbot: QtBot) -> None:
    """Wait until the buttons have been seen."""
    qtbot.waitUntil(lambda: not any(guard.fresh for guard in view.title_line.guards))


def test_a_double_click_on_continue_stops_nothing(view: ResultsView, qtbot: QtBot) -> None:
    entries = mixed()
    show(view, entries, head_of(entries, CampaignState.PAUSED, Reason.OPERATOR_PAUSED))
    view.continue_wanted.connect(lambda: view.show_running(head_of(entries, CampaignState.RUNNING)))
    settle(view, qtbot)

    qtbot.mouseClick(view.title_line.continue_button, LEFT)
    qtbot.mouseDClick(view.title_line.stop_button, LEFT)
    early = view.findChild(StopDialog)
    settle(view, qtbot)
    qtbot.mouseClick(view.title_line.stop_button, LEFT)

    assert early is None
    assert view.findChild(StopDialog) is not None


def test_pause_comes_where_continue_was(view: ResultsView, qtbot: QtBot) -> None:
    entries = mixed()
    line = view.title_line
    show(view, entries, head_of(entries, CampaignState.STOPPED, Reason.OPERATOR_STOPPED))
    settle(view, qtbot)
    before = line.continue_button.geometry()

    view.show_running(head_of(entries, CampaignState.RUNNING))
    settle(view, qtbot)

    assert line.pause_button.geometry().right() == before.right()
    assert not line.stop_button.geometry().intersects(before)


def test_while_stopping_is_asked_about_it_holds_and_counts(view: ResultsView, qtbot: QtBot) -> None:
    entries = mixed()
    show(view, entries, head_of(entries, CampaignState.RUNNING))
    held: list[bool] = []
    view.hold_wanted.connect(held.append)

    view.title_line.stop_button.click()
    dialog = view.findChild(StopDialog)
    assert dialog is not None
    view.show_progress(Counts(ready=7, accepted=93), 1.0)
    words = dialog.counts_words.html
    qtbot.mouseClick(dialog.back_button, LEFT)

    assert "93 have left already" in words
    assert "7 have not left" in words
    assert held == [True, False]


@pytest.mark.parametrize("ask", [StopDialog, ClosingDialog])
def test_what_is_on_the_way_is_not_said_to_stay(
    view: ResultsView, ask: type[StopDialog | ClosingDialog]
) -> None:
    if issubclass(ask, StopDialog):
        dialog = ask(Counts(), CampaignState.RUNNING, view)
    else:
        dialog = ask(view, tray=False)
    dialog.show_counts(Counts(ready=7, sending=3, accepted=90))
    words = "".join(label.text() for label in dialog.findChildren(QLabel))
    dialog.show_counts(Counts(ready=7, accepted=93))
    later = "".join(label.text() for label in dialog.findChildren(QLabel))

    assert all(part in words for part in ("90 have left", "3 are on the way.", "7 have not"))
    assert "on the way." not in later


def test_a_question_about_stopping_goes_when_all_is_sent(view: ResultsView) -> None:
    entries = mixed()
    show(view, entries, head_of(entries, CampaignState.RUNNING))
    view.title_line.stop_button.click()
    dialog = view.findChild(StopDialog)
    assert dialog is not None

    view.show_ending(head_of(entries))

    assert not dialog.isVisible()


def test_stop_asks_in_numbers_before_it_stops(view: ResultsView, qtbot: QtBot) -> None:
    entries = mixed()
    show(view, entries, head_of(entries, CampaignState.RUNNING))

    view.title_line.stop_button.click()
    dialog = view.findChild(StopDialog)
    assert dialog is not None
    words = "".join(label.text() for label in dialog.findChildren(QLabel))
    with qtbot.waitSignal(view.stop_wanted):
        qtbot.mouseClick(dialog.stop_button, LEFT)

    assert "6 have left already" in words
    assert "1 has not left and will not be sent" in words


def test_a_paused_campaign_can_be_stopped_for_good(view: ResultsView, qtbot: QtBot) -> None:
    entries = mixed()
    head = head_of(entries, CampaignState.PAUSED, Reason.NO_CONNECTION)
    show(view, entries, head)
    held: list[bool] = []
    view.hold_wanted.connect(held.append)

    view.title_line.stop_button.click()
    dialog = view.findChild(StopDialog)
    assert dialog is not None
    view.show_comeback(None)  # it no longer goes on by itself
    with qtbot.waitSignal(view.stop_wanted):
        qtbot.mouseClick(dialog.stop_button, LEFT)

    assert dialog.windowTitle() == "Stop this campaign?"
    assert held == [True, False]


def test_the_grid_follows_a_batch(view: ResultsView) -> None:
    entries = [entry(row) for row in range(5)]
    model = show(view, entries, head_of(entries, CampaignState.RUNNING))

    model.apply([change(0), change(1, State.REFUSED, "", BAD_PHONE)])

    assert view.tiles[Filter.SENT].accessibleName() == "1 sent"
    assert view.tiles[Filter.NOT_SENT].accessibleName() == "1 not sent"


def test_another_campaign_starts_with_all_its_rows(view: ResultsView) -> None:
    entries = mixed()
    first = show(view, entries, head_of(entries))
    view.tiles[Filter.NOT_SENT].click()

    second = show(view, entries[:4], head_of(entries[:4]))

    assert second.rowCount() == 4
    assert view.grid.table.model() is second
    first.apply([change(9)])
    assert counts_of(entries[:4]).accepted == second.count_of(Filter.SENT)


def test_deliveries_move_neither_the_lines_on_the_screen_nor_the_choice(
    view: ResultsView, qtbot: QtBot
) -> None:
    entries = [
        entry(row, State.ACCEPTED, delivery="delivered" if row % 2 else "") for row in range(400)
    ]
    model = show(view, entries, head_of(entries))
    table = view.grid.table
    view.grid.choose(Filter.DELIVERED)
    table.selectRow(120)
    table.scrollTo(model.index(100, 0), table.ScrollHint.PositionAtTop)
    qtbot.wait(0)
    before = [model.index(table.rowAt(y), 0).data() for y in (0, 80, 160)]
    chosen = table.selectionModel().selectedRows()[0].data()

    for first in range(0, 400, 40):
        model.apply([delivered(row) for row in range(first, first + 40, 2)])
        qtbot.wait(0)

    assert model.rowCount() == 400
    assert [model.index(table.rowAt(y), 0).data() for y in (0,)] == before[:1]
    assert table.selectionModel().selectedRows()[0].data() == chosen


def test_below_the_tiles_it_says_what_is_known_of_deliveries(view: ResultsView) -> None:
    entries = [entry(row, State.ACCEPTED) for row in range(4)]
    model = show(view, entries, head_of(entries))

    model.apply([delivered(0), delivered(1, "undeliverable", 0.0)])
    some = view.delivery_words.html
    model.apply([delivered(2), delivered(3)])

    assert some == "Delivery is known for 2 of 4 so far. 2 SMS, 0.05 EUR."
    assert view.delivery_words.html == "Delivery is known for all 4. 4 SMS, 0.15 EUR."
    assert view.tiles[Filter.SENT].accessibleName() == "4 sent, 3 of them delivered so far"


def test_where_the_service_does_not_tell_of_deliveries_it_says_so(view: ResultsView) -> None:
    entries = [entry(row, State.ACCEPTED) for row in range(4)]
    show(view, entries, head_of(entries))

    view.show_halt(Halt.NOT_ALLOWED)
    quiet = view.delivery_words.isVisible()
    view.show_halt(Halt.NOT_TOLD)

    assert not quiet
    assert view.delivery_words.html.startswith("SMSBAT does not tell this program")


def test_while_it_is_sent_nothing_is_said_of_deliveries(view: ResultsView) -> None:
    entries = mixed()
    show(view, entries, head_of(entries, CampaignState.RUNNING))

    assert not view.delivery_words.isVisible()


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.NONE])
def test_every_stop_says_whose_turn_it_is_and_has_details(
    view: ResultsView, reason: Reason
) -> None:
    entries = mixed()
    show(view, entries, head_of(entries, CampaignState.PAUSED, reason))
    words = view.notice._words.html

    whose = owner(reason)
    assert whose is not None
    calm = reason in (Reason.OPERATOR_PAUSED, Reason.OPERATOR_STOPPED)
    assert words.startswith(f"<b>{say_owner(whose)}</b> ") is not calm
    assert words.endswith(LINK) is not calm


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        pytest.param(
            Reason.TOO_FAST,
            "SMSBAT asked us to slow down: going on in 1:30. Nothing is lost.",
            id="slow down",
        ),
        pytest.param(
            Reason.NO_CONNECTION,
            "No connection. Waiting, nothing is lost: trying again in 1:30.",
            id="no connection",
        ),
        pytest.param(
            Reason.OWN_PACE,
            "Sending at the pace you chose: going on in 1:30.",
            id="own pace",
        ),
        pytest.param(
            Reason.DISK_FULL,
            "The disk is full: do not close the program, its last results are not written yet."
            " Make room; trying again in 1:30.",
            id="disk full",
        ),
    ],
)
def test_a_wait_says_what_for_and_how_long(view: ResultsView, reason: Reason, said: str) -> None:
    entries = mixed()
    show(view, entries, head_of(entries, CampaignState.RUNNING))

    view.show_waiting(reason, 90.2)

    assert notice(view) == said
    assert buttons(view)[:2] == ["Pause", "Stop…"]
    assert view.notice.property("tone") == ("" if reason is Reason.OWN_PACE else "amber")


@pytest.mark.parametrize(
    ("waited", "waits", "silence"),
    [
        pytest.param(Reason.NO_CONNECTION, False, True, id="a batch is on its way again"),
        pytest.param(Reason.DISK_FULL, True, False, id="what it answered has no room"),
    ],
)
def test_a_slow_answer_and_a_wait_are_not_told_together(
    view: ResultsView, waited: Reason, waits: bool, silence: bool
) -> None:
    entries = mixed()
    show(view, entries, head_of(entries, CampaignState.RUNNING))
    view.show_waiting(waited, 2.0)

    view.show_silence(Silence(AT, AT + timedelta(seconds=120), is_long=False))

    assert view.notice.isVisible() is waits
    assert ("no answer since" in view.progress_card.left_label.text()) is silence


def test_a_long_silence_tells_until_when_it_is_waited_and_what_then(view: ResultsView) -> None:
    entries = mixed()
    show(view, entries, head_of(entries, CampaignState.RUNNING))
    until = AT + timedelta(seconds=120)

    view.show_silence(Silence(AT, until, is_long=True))

    assert f"We wait until {until.astimezone():%H:%M:%S}" in notice(view)
    assert "marked uncertain" in notice(view)


def test_messages_that_became_uncertain_are_told_while_sending_goes_on(view: ResultsView) -> None:
    entries = mixed()
    head = head_of(entries, CampaignState.RUNNING)
    show(view, entries, head)
    view.show_progress(head.counts)
    calm = notice(view)

    view.show_progress(replace(head.counts, unknown=head.counts.unknown + 100))
    view.show_progress(replace(head.counts, unknown=head.counts.unknown + 100, accepted=9))

    assert calm == ""
    assert "100 messages became uncertain" in notice(view)


@pytest.mark.parametrize("stop", [False, True])
def test_a_wish_to_leave_off_tells_what_it_waits_for(view: ResultsView, stop: bool) -> None:
    entries = mixed()
    head = head_of(entries, CampaignState.RUNNING)
    show(view, entries, head)

    if stop:
        view.title_line.stop_button.click()
        dialog = view.findChild(StopDialog)
        assert dialog is not None
        dialog.agreed.emit()
        dialog.accept()
    else:
        view.title_line.pause_button.click()
    view.show_progress(head.counts)
    view.show_silence(Silence(AT, AT + timedelta(seconds=120), is_long=True))
    waiting = notice(view)
    view.show_ending(head_of(entries, CampaignState.PAUSED, Reason.OPERATOR_PAUSED))

    assert waiting.startswith("Stopping:" if stop else "Pausing:")
    assert "two minutes at most" in waiting
    assert "You paused it" in notice(view)


def test_the_details_can_be_copied_and_name_nobody(view: ResultsView, qtbot: QtBot) -> None:
    entries = mixed()
    words = ServiceWords("BAD +380501112000", "no +380501112000", "toPhone", status=400)
    head = head_of(entries, CampaignState.PAUSED, Reason.BATCH_REFUSED, words)
    show(view, entries, replace(head, last_batch=LastBatch(7, 100, "2026-11-26T08:02:00+00:00")))

    view.notice.link_clicked.emit("details")
    (dialog,) = view.findChildren(DetailsDialog)
    qtbot.mouseClick(dialog.copy_button, LEFT)
    copied = QApplication.clipboard().text()
    dialog.reject()

    assert "campaign: K7F2M3Q4" in copied
    assert "last batch: 7, 100 messages, 2026-11-26T08:02:00+00:00" in copied
    assert "BATCH_REFUSED" in copied
    assert "answer: HTTP 400\n" in copied
    assert not any(private in copied for private in ("38050", "Олена", "Вітаємо"))
