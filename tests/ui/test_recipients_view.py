"""The page of verdicts: sums that are the file, rows mended in place or left out."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from cascade_desktop.core.composition import compose
from cascade_desktop.core.drafts import Promo
from cascade_desktop.core.reading_problems import (
    AmbiguousPhone,
    ErrorCell,
    LetterInPhone,
    NotCalculated,
    PhoneProblem,
    PlusNeeded,
    RoundedByExcel,
    TooShort,
    TwoPhones,
    WordsBesidePhone,
)
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.table import Source, Table
from cascade_desktop.ui.recipient_actions import Act
from cascade_desktop.ui.recipient_groups_model import group_rows
from cascade_desktop.ui.recipients_cells import WRAPPED, fits_in_lines
from cascade_desktop.ui.recipients_menu import RowMenu
from cascade_desktop.ui.recipients_model import (
    ACTIONS_ROLE,
    STRUCK_ROLE,
    Column,
    RecipientsModel,
    Tab,
)
from cascade_desktop.ui.recipients_table import ROW_PX
from cascade_desktop.ui.recipients_view import RecipientsView
from cascade_desktop.ui.theme import colour
from cascade_desktop.ui.widgets.table import CELL_PADDING_PX
from cascade_desktop.ui.wording_offers import say_change
from cascade_desktop.ui.wording_plurals import EnglishPlurals
from cascade_desktop.ui.wording_recipients import say_in_grid

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
PHONES = (
    "+380501112233",
    "050 111 22 44",
    "0501234",
    "050 111 22 33 / 067 444 55 66",
    "+380501112233",
    "+380501112255",
    "+380501112266",
    "",
    "+380501112277",
)
PEOPLE = ("Олена", "Іван", "Марія", "Юрій", "Олена", "Петро", "Ніна", "", "")
TABLE = Table(
    Source("people.xlsx", "xlsx", "Лист1", ("Лист1",), 3),
    ("Моб. телефон", "Ім’я"),
    (PHONES, PEOPLE),
    tuple(range(4, 4 + len(PHONES))),
)


@pytest.fixture(scope="module", autouse=True)
def english(qapp: QApplication) -> Iterator[None]:
    plurals = EnglishPlurals()
    qapp.installTranslator(plurals)
    yield
    qapp.removeTranslator(plurals)


def read(**choice: object) -> Recipients:
    given = {"stopped": frozenset({"+380501112255"}), "left_out": frozenset({10}), **choice}
    found = read_recipients(TABLE, Choice(**given))  # type: ignore[arg-type]
    assert isinstance(found, Recipients)
    return found


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[RecipientsView]:
    view = RecipientsView()
    tester = QAbstractItemModelTester(view.model, FATAL)
    view.resize(1280, 748)
    qtbot.addWidget(view)
    view.show()
    view.show_list(group_rows(read()))
    yield view
    tester.deleteLater()


def cells(model: RecipientsModel, kind: Column) -> list[str]:
    column = model.columns.index(kind)
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_the_sums_are_the_rows_of_the_file(view: RecipientsView) -> None:
    counts = view.model.counts()

    parts = [tab for tab in Tab if tab not in (Tab.ALL, Tab.REPAIRED)]
    assert sum(counts[part] for part in parts) == counts[Tab.ALL] == len(PHONES)
    assert view.sum_words.html == (
        "9 rows = 3 will get it + 2 to fix + 1 same number twice + 1 “do not message”"
        " + 1 left out by you + 1 empty"
    )
    assert view.title_label.text() == "6 rows of the list will not get this"


def test_it_opens_on_what_can_be_mended(view: RecipientsView) -> None:
    assert view.model.tab is Tab.TO_FIX
    assert cells(view.model, Column.ROW) == ["6", "7"]
    assert cells(view.model, Column.WHY)[0].startswith("Too short")


def test_what_was_understood_is_told_with_a_way_to_change_it(
    view: RecipientsView, qtbot: QtBot
) -> None:
    words = view.reading_notice._words.html

    with qtbot.waitSignal(view.change_wanted):
        view.reading_notice.link_clicked.emit("change")

    for fact in ("<b>Лист1</b>", "<b>3</b>", "<b>Моб. телефон</b>", "<b>Ukraine</b>"):
        assert fact in words


@pytest.mark.parametrize(
    ("tab", "rows", "why"),
    [
        pytest.param(Tab.DUPLICATE, ["8"], "The same number as in row 4", id="twice"),
        pytest.param(Tab.STOPPED, ["9"], "On your “Do not message” list", id="stopped"),
        pytest.param(Tab.LEFT_OUT, ["10"], "Left out by you", id="left out"),
        pytest.param(Tab.BLANK, ["11"], "An empty row", id="empty"),
        pytest.param(Tab.REPAIRED, ["5"], "Corrected: 050 111 22 44 → +380", id="corrected"),
        pytest.param(Tab.READY, ["4", "5", "12"], "", id="will get it"),
    ],
)
def test_each_tab_shows_its_rows_and_why(
    view: RecipientsView, tab: Tab, rows: list[str], why: str
) -> None:
    view.show_tab(tab)

    assert cells(view.model, Column.ROW) == rows
    assert cells(view.model, Column.WHY)[0].startswith(why)


def test_a_phone_is_written_over_in_place(view: RecipientsView, qtbot: QtBot) -> None:
    index = view.model.index(0, view.model.columns.index(Column.PHONE))
    spot = view.table.visualRect(index).center()

    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    editor = view.table.findChild(QLineEdit)
    assert editor is not None
    editor.setText("0501234567")
    with qtbot.waitSignal(view.edited) as told:
        qtbot.keyClick(editor, Qt.Key.Key_Return)

    assert told.args == [6, "0501234567"]
    assert editor.accessibleName() == "Phone in row 6"


def test_a_mended_row_stays_in_its_place_until_another_tab(view: RecipientsView) -> None:
    view.show_list(group_rows(read(edits={6: "0501234567"})))
    kept = (cells(view.model, Column.ROW), cells(view.model, Column.WHY)[0])
    counts, words = view.model.counts(), view.save_button.text().replace("&", "")

    view.show_tab(Tab.READY)
    view.show_tab(Tab.TO_FIX)

    assert kept == (["6", "7"], "Corrected: 0501234 → +380 50 123 45 67")
    assert (counts[Tab.TO_FIX], counts[Tab.READY]) == (1, 4)
    assert words == "Save this 1 as Excel…"
    assert cells(view.model, Column.ROW) == ["7"]


def test_a_double_click_leaves_out_one_person(view: RecipientsView, qtbot: QtBot) -> None:
    view.show_tab(Tab.READY)
    view.left_out.connect(
        lambda rows, out: view.show_list(group_rows(read(left_out=frozenset({10, *rows}))))
    )
    told: list[tuple[int, bool]] = []
    view.left_out.connect(lambda rows, out: told.append((*rows, out)))
    column = view.model.columns.index(Column.ACTIONS)
    spot = view.table.visualRect(view.model.index(0, column)).topLeft() + QPoint(30, 25)

    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.mouseDClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    first = view.model.index(0, 0)
    assert told[0] == (4, True)
    assert {row for row, _ in told} == {4}
    assert cells(view.model, Column.ROW)[0] == "4"
    assert first.data(ACTIONS_ROLE) != ()


def test_enter_goes_on_to_the_next_row_to_fix_and_round_again(
    view: RecipientsView, qtbot: QtBot
) -> None:
    told: list[tuple[int, str]] = []
    view.edited.connect(lambda row, cell: told.append((row, cell)))
    view.table.setFocus()
    view.table.go_to(0)

    for phone in ("0501234567", "0671234567"):
        qtbot.keyClick(view.table, phone[0])
        editor = view.focusWidget()
        qtbot.keyClicks(editor, phone[1:])
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda phone=phone: bool(told) and told[-1][1] == phone)

    assert told == [(6, "0501234567"), (7, "0671234567")]
    assert view.table.currentIndex().row() == 0


def test_delete_leaves_the_chosen_rows_out_and_takes_them_back(
    view: RecipientsView, qtbot: QtBot
) -> None:
    told: list[tuple[tuple[int, ...], bool]] = []
    view.left_out.connect(lambda rows, out: told.append((rows, out)))
    view.show_tab(Tab.ALL)
    view.table.selectAll()

    qtbot.keyClick(view.table, Qt.Key.Key_Delete)
    view.show_tab(Tab.LEFT_OUT)
    view.table.go_to(0)
    qtbot.keyClick(view.table, Qt.Key.Key_Delete)

    assert told == [((4, 5, 6, 7, 12), True), ((10,), False)]


def test_the_last_decision_is_told_with_a_way_back(view: RecipientsView, qtbot: QtBot) -> None:
    view.show_undo(say_change(Choice(), Choice(edits={6: "0501234567"})))
    line = view.undo_line

    with qtbot.waitSignal(view.undo_wanted):
        line.undo_button.click()
    with qtbot.waitSignal(view.undo_wanted):
        qtbot.keySequence(view.table, "Ctrl+Z")

    assert line.words_label.text() == "The phone in row 6 was changed."
    view.show_undo("")
    assert not line.undo_button.isVisible()


def test_a_row_that_was_left_out_is_struck_through_with_a_way_back(view: RecipientsView) -> None:
    view.show_tab(Tab.READY)

    view.show_list(group_rows(read(left_out=frozenset({10, 4}))))

    first = view.model.index(0, 0)
    ((act, _, _),) = first.data(ACTIONS_ROLE)
    assert (first.data(), first.data(STRUCK_ROLE), act) == ("4", True, Act.TAKE_BACK)
    assert cells(view.model, Column.WHY)[0].startswith("Left out by you")
    # Its double takes the number's place.
    assert cells(view.model, Column.ROW) == ["4", "5", "8", "12"]


def test_rows_wait_in_their_place_while_the_message_is_counted_again(
    view: RecipientsView,
) -> None:
    draft, before = Promo("Shop", "Вітаємо, {Ім’я}!"), read()
    view.show_list(group_rows(before, compose(draft, before)))
    with_fault = cells(view.model, Column.ROW)

    after = read(edits={6: "0501234567"})
    view.show_list(group_rows(after))
    meanwhile = cells(view.model, Column.ROW)
    view.show_list(group_rows(after, compose(draft, after)))

    assert with_fault == meanwhile == cells(view.model, Column.ROW) == ["6", "7", "12"]


@pytest.mark.parametrize("width", [1280, 1024])
def test_the_reason_has_the_room_that_others_leave(view: RecipientsView, width: int) -> None:
    view.resize(width, 700)
    header = view.table.horizontalHeader()

    why = view.model.columns.index(Column.WHY)
    assert view.table.columnWidth(why) >= 330
    assert header.length() == view.table.viewport().width()


@pytest.mark.parametrize(
    "problem",
    [
        pytest.param(RoundedByExcel("3.8E+11"), id="rounded"),
        pytest.param(NotCalculated(), id="not calculated"),
        pytest.param(PlusNeeded("+12015550123"), id="plus needed"),
        pytest.param(TwoPhones(("+380501112233", "+380674445566")), id="two numbers"),
        pytest.param(AmbiguousPhone(("+380501112233", "+393336665544")), id="two countries"),
        pytest.param(LetterInPhone("O", "0", "+380501112233"), id="letter"),
        pytest.param(WordsBesidePhone("+380501112233"), id="words"),
        pytest.param(WordsBesidePhone(""), id="words without a number"),
        pytest.param(ErrorCell("#ЗНАЧ!"), id="error"),
        pytest.param(TooShort("+380", 9, 6), id="too short"),
    ],
)
def test_every_reason_is_shown_whole_in_a_small_window(
    view: RecipientsView, problem: PhoneProblem
) -> None:
    view.resize(1024, 700)
    why = view.model.columns.index(Column.WHY)
    room = QRect(0, 0, view.table.columnWidth(why) - 2 * CELL_PADDING_PX, ROW_PX)

    needed = view.table.fontMetrics().boundingRect(room, WRAPPED, say_in_grid(problem))

    assert needed.height() <= room.height()


def test_a_reason_that_is_shortened_is_told_whole_in_its_tip(view: RecipientsView) -> None:
    view.show_list(group_rows(read(edits={6: "3.80501E+11"})))
    index = view.model.index(0, view.model.columns.index(Column.WHY))

    assert index.data() == "Excel rounded it: digits are lost. See the original list."
    assert str(index.data(Qt.ItemDataRole.ToolTipRole)).startswith("Excel has rounded this number")


def test_what_happened_has_the_room_of_buttons_that_no_row_has(view: RecipientsView) -> None:
    view.show_tab(Tab.HIDDEN)
    hidden = view.table.isColumnHidden(view.model.columns.index(Column.ACTIONS))
    view.show_tab(Tab.TO_FIX)

    assert hidden
    assert not view.table.isColumnHidden(view.model.columns.index(Column.ACTIONS))


def test_a_name_has_room_where_the_reason_needs_less(view: RecipientsView) -> None:
    view.resize(1280, 748)

    assert view.table.columnWidth(view.model.columns.index(Column.OWN)) >= 160


def test_the_title_of_the_reason_follows_the_tab(view: RecipientsView, qtbot: QtBot) -> None:
    why = view.model.columns.index(Column.WHY)

    with qtbot.waitSignal(view.model.headerDataChanged):
        view.show_tab(Tab.READY)

    assert view.model.headerData(why, Qt.Orientation.Horizontal) == "What happened"


def test_the_pointer_tints_its_whole_row(view: RecipientsView, qtbot: QtBot) -> None:
    view.table.clearSelection()
    spot = view.table.visualRect(view.model.index(0, 0)).center()

    qtbot.mouseMove(view.table.viewport(), spot)
    qtbot.waitUntil(lambda: view.table.pointer_y == spot.y())

    far = view.table.viewport().width() - 4
    picture = view.table.viewport().grab().toImage()
    edge = picture.pixelColor(far, view.table.rowViewportPosition(0) + 3)
    assert edge == colour("hover")


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        pytest.param("Олена", False, id="one line"),
        pytest.param("Прикладенко Олександр", True, id="two lines"),
        pytest.param("Олена " * 20, False, id="too many lines"),
        pytest.param("х" * 60, False, id="one long word"),
    ],
)
def test_words_are_wrapped_only_where_that_shows_them_whole(
    view: RecipientsView, words: str, fits: bool
) -> None:
    assert fits_in_lines(view.table.fontMetrics(), QRect(0, 0, 120, 50), words) is fits


def test_esc_goes_back_and_it_opens_at_the_top(view: RecipientsView, qtbot: QtBot) -> None:
    view.resize(1280, 320)
    view.show_tab(Tab.ALL)
    view.table.scrollToBottom()
    view.hide()
    view.show()
    qtbot.waitExposed(view)

    with qtbot.waitSignal(view.back_wanted):
        qtbot.keyClick(view.table, Qt.Key.Key_Escape)

    assert view.table.verticalScrollBar().value() == 0


def test_two_numbers_are_two_buttons(view: RecipientsView, qtbot: QtBot) -> None:
    column = view.model.columns.index(Column.ACTIONS)
    cell = view.table.visualRect(view.model.index(1, column))

    with qtbot.waitSignal(view.edited) as first:
        top = cell.topLeft() + QPoint(30, 12)
        qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=top)
    with qtbot.waitSignal(view.edited) as second:
        bottom = cell.bottomLeft() + QPoint(30, -12)
        qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=bottom)

    assert (first.args, second.args) == ([7, "+380501112233"], [7, "+380674445566"])


@pytest.mark.parametrize(
    ("tab", "act", "row", "out"),
    [
        pytest.param(Tab.READY, Act.LEAVE_OUT, 4, True, id="leave out"),
        pytest.param(Tab.LEFT_OUT, Act.TAKE_BACK, 10, False, id="take back"),
    ],
)
def test_a_row_can_be_left_out_and_taken_back(
    view: RecipientsView, qtbot: QtBot, tab: Tab, act: Act, row: int, out: bool
) -> None:
    view.show_tab(tab)
    (action,) = view.model.index(0, 0).data(ACTIONS_ROLE)

    with qtbot.waitSignal(view.left_out) as told:
        view.act(row, action)

    assert action[0] is act
    assert told.args == [(row,), out]


@pytest.mark.qt_log_ignore("does not support")
@pytest.mark.parametrize(
    ("chosen", "at", "offered", "phones"),
    [
        pytest.param((), 4, ["Never message again…"], ("+380501112233",), id="twice in the list"),
        pytest.param((), 0, ["Leave out", "Never message again…"], ("+380501112233",), id="ready"),
        pytest.param((), 5, [], None, id="stopped already"),
        pytest.param((), 2, ["Leave out"], None, id="without a number"),
        pytest.param(
            (0, 1, 4),
            1,
            ["Leave out", "Never message 2 numbers again…"],
            ("+380501112233", "+380501112244"),
            id="several rows",
        ),
        pytest.param(
            (0, 1),
            4,
            ["Never message again…"],
            ("+380501112233",),
            id="another row than the chosen ones",
        ),
    ],
)
def test_the_menu_of_a_row_stops_the_numbers_that_are_chosen(
    view: RecipientsView,
    chosen: tuple[int, ...],
    at: int,
    offered: list[str],
    phones: tuple[str, ...] | None,
) -> None:
    view.show_tab(Tab.ALL)
    view.table.setSelectionMode(view.table.SelectionMode.MultiSelection)
    for line in chosen:
        view.table.selectRow(line)
    wanted: list[tuple[str, ...]] = []
    view.never_wanted.connect(lambda given, _: wanted.append(given))

    view.table.customContextMenuRequested.emit(
        view.table.visualRect(view.model.index(at, 0)).center()
    )
    entries = [entry for menu in view.findChildren(RowMenu) for entry in menu.actions()]
    if phones:
        entries[-1].trigger()

    assert [entry.text() for entry in entries] == offered
    assert wanted == ([phones] if phones else [])
    for menu in view.findChildren(RowMenu):
        menu.close()


@pytest.mark.qt_log_ignore("does not support")
def test_the_menu_goes_when_another_list_comes(view: RecipientsView) -> None:
    view.show_tab(Tab.ALL)
    view.table.customContextMenuRequested.emit(
        view.table.visualRect(view.model.index(0, 0)).center()
    )
    menu = view.findChildren(RowMenu)[0]
    other = Table(Source("other.csv"), ("Phone",), (("+380671112200",),), (1,))
    found = read_recipients(other, Choice())
    assert isinstance(found, Recipients)
    assert menu.isVisible()

    view.show_list(group_rows(found))

    assert not menu.isVisible()


def test_another_column_of_phones_leaves_the_buttons_in_their_column(view: RecipientsView) -> None:
    table = Table(
        Source("two.csv"),
        ("", "Phone"),
        (("+380501112233", "+380501112244"), ("+380671112233", "+380671112244")),
        (2, 3),
    )
    in_first, in_second = (read_recipients(table, Choice(phone_column=at)) for at in (0, 1))
    assert isinstance(in_first, Recipients)
    assert isinstance(in_second, Recipients)
    view.show_list(group_rows(in_first))
    buttons = view.table.itemDelegateForColumn(view.model.columns.index(Column.ACTIONS))

    view.show_list(group_rows(in_second))

    at = view.model.columns.index(Column.ACTIONS)
    assert len(view.model.columns) == 4
    assert view.table.itemDelegateForColumn(at) is buttons


def test_the_rows_that_are_shown_are_offered_as_a_file(view: RecipientsView, qtbot: QtBot) -> None:
    text = view.save_button.text().replace("&", "")

    with qtbot.waitSignal(view.save_wanted) as told:
        qtbot.mouseClick(view.save_button, Qt.MouseButton.LeftButton)

    assert text == "Save these 2 as Excel…"
    assert told.args == ["to_fix"]
    assert view.model.table_rows() == (2, 3)


def test_a_file_holds_no_row_that_only_kept_its_place(view: RecipientsView) -> None:
    saved: list[tuple[int, ...]] = []
    view.save_wanted.connect(lambda _: saved.append(view.model.table_rows()))
    view.show_list(group_rows(read(edits={6: "0501234567"})))

    view.save_button.click()

    assert saved == [(3,)]


def test_a_messages_own_faults_count_too(view: RecipientsView) -> None:
    recipients = read()
    composition = compose(Promo("Shop", "Вітаємо, {Ім’я}!"), recipients)

    view.show_list(group_rows(recipients, composition))

    assert view.model.counts()[Tab.TO_FIX] == 3
    assert cells(view.model, Column.WHY)[2] != ""


def test_a_row_that_agreed_tells_which_row_of_its_number_says_no(view: RecipientsView) -> None:
    phones, said = ("0501112233", "+380501112233", "0671112244"), ("так", "ні", "")
    table = Table(Source("a.csv"), ("Телефон", "Згода"), (phones, said), (35, 36, 37))
    found = read_recipients(table, Choice(phone_column=0, consent_column=1))
    assert isinstance(found, Recipients)

    view.show_list(group_rows(found, compose(Promo("Shop", "Sale"), found)))
    view.show_tab(Tab.NO_CONSENT)

    words = view.model.words
    itself = "Did not agree to get advertising, or the list does not say."
    expected = ["The same number in row 36 says no to getting advertising.", itself, itself]
    assert cells(view.model, Column.WHY) == expected
    assert words is not None
    assert [words.whole(place) for place in view.model.table_rows()] == expected


def test_a_perfect_list_opens_on_those_who_get_it(qtbot: QtBot) -> None:
    table = Table(Source("a.csv", "csv"), ("Phone",), (("+380501112233",),), (1,))
    found = read_recipients(table, Choice())
    assert isinstance(found, Recipients)
    view = RecipientsView()
    qtbot.addWidget(view)

    view.show_list(group_rows(found))

    assert view.title_label.text() == "Everybody in the list will get this"
    assert view.model.tab is Tab.READY
    assert "no column names" in view.reading_notice._words.html


def test_names_of_columns_and_files_are_shown_as_they_are(qtbot: QtBot) -> None:
    table = Table(Source("<b>.csv", "csv", header_row=1), ("<i>",), (("+380501112233",),), (2,))
    found = read_recipients(table, Choice(phone_column=0))
    assert isinstance(found, Recipients)
    view = RecipientsView()
    qtbot.addWidget(view)

    view.show_list(group_rows(found))

    assert "&lt;b&gt;.csv" in view.reading_notice._words.html
    assert "&lt;i&gt;" in view.reading_notice._words.html


def test_a_hundred_thousand_rows_are_shown_at_once(qapp: QApplication) -> None:
    count = 100_000
    phones = tuple(f"+38050{row:07d}" for row in range(count))
    table = Table(Source("big.csv", "csv"), ("Phone",), (phones,), range(1, count + 1))
    found = read_recipients(table, Choice())
    assert isinstance(found, Recipients)
    model = RecipientsModel()

    pieces: list[int] = []
    model.rowsInserted.connect(lambda _, first, last: pieces.append(last - first))
    model.rowsRemoved.connect(lambda _, first, last: pieces.append(last - first))
    model.show_list(group_rows(found))
    model.choose(Tab.TO_FIX)
    model.choose(Tab.READY)

    assert model.rowCount() == count
    assert pieces == []
