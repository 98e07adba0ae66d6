from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QFontMetrics, QStandardItemModel, QWheelEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMainWindow, QVBoxLayout, QWidget

from cascade_desktop.ui import theme
from cascade_desktop.ui.theme import Scheme
from cascade_desktop.ui.widgets.banner import Notice, StopPill
from cascade_desktop.ui.widgets.buttons import IconButton, PrimaryButton, SecondaryButton
from cascade_desktop.ui.widgets.card import BodyScroll, Card
from cascade_desktop.ui.widgets.check_row import CheckRow
from cascade_desktop.ui.widgets.choice_card import ChoiceCard
from cascade_desktop.ui.widgets.columns import ThreeColumns
from cascade_desktop.ui.widgets.dialog import Sheet
from cascade_desktop.ui.widgets.drop_zone import DropZone, Start, dropped_file
from cascade_desktop.ui.widgets.fields import Calendar, NumberField
from cascade_desktop.ui.widgets.flow import FlowLayout
from cascade_desktop.ui.widgets.header import Header
from cascade_desktop.ui.widgets.kind_tabs import KindTabs
from cascade_desktop.ui.widgets.offer_box import OfferBox
from cascade_desktop.ui.widgets.phone_preview import (
    App,
    PhonePreview,
    Piece,
    bubble_html,
    message_html,
)
from cascade_desktop.ui.widgets.progress_bar import SegmentedBar
from cascade_desktop.ui.widgets.segmented import Segmented
from cascade_desktop.ui.widgets.sentence import Sentence
from cascade_desktop.ui.widgets.stamp import PracticeStamp
from cascade_desktop.ui.widgets.state_chip import LOOKS, Shown, StateChipDelegate
from cascade_desktop.ui.widgets.table import ROW_PX, DataTable
from cascade_desktop.ui.widgets.tile import ResultTile

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture(autouse=True)
def light(qapp):
    theme.apply(qapp, Scheme.LIGHT)


@pytest.fixture
def show(qtbot):
    def show(widget: QWidget, width: int = 0, height: int = 0) -> QWidget:
        qtbot.addWidget(widget)
        widget.resize(width or widget.sizeHint().width(), height or widget.sizeHint().height())
        with qtbot.waitExposed(widget):
            widget.show()
        widget.activateWindow()
        return widget

    return show


def said(spy: QSignalSpy) -> list:
    return [spy.at(index)[0] for index in range(spy.count())]


# segmented


def test_arrow_keys_choose_the_next_filter_and_wrap_round(show, qtbot):
    filters = show(Segmented([("all", "All"), ("sent", "Sent"), ("not_sent", "Not sent")]))
    chosen = QSignalSpy(filters.chosen)
    filters._segments["all"].setFocus()
    qtbot.keyClick(filters._segments["all"], Qt.Key.Key_Right)
    qtbot.keyClick(filters._segments["sent"], Qt.Key.Key_Left)
    qtbot.keyClick(filters._segments["all"], Qt.Key.Key_Left)
    assert said(chosen) == ["sent", "all", "not_sent"]
    assert filters.current == "not_sent"


def test_a_count_changes_without_rebuilding_the_filter(show):
    filters = show(Segmented([("all", "All"), ("not_sent", "Not sent")]))
    before = filters._segments["not_sent"]
    filters.set_count("not_sent", 13)
    assert filters._segments["not_sent"].text() == "Not sent 13"
    assert filters._segments["not_sent"] is before
    filters.set_count("not_sent", None)
    assert filters._segments["not_sent"].text() == "Not sent"


def test_choosing_from_outside_tells_nobody(show):
    filters = show(Segmented([("all", "All"), ("sent", "Sent")]))
    chosen = QSignalSpy(filters.chosen)
    filters.choose("sent")
    assert (filters.current, chosen.count()) == ("sent", 0)


def test_hiding_the_chosen_filter_goes_back_to_the_first(show):
    filters = show(Segmented([("all", "All"), ("delivered", "Delivered")]))
    filters.choose("delivered")
    filters.set_shown("delivered", False)
    assert filters.current == "all"


def test_filters_wrap_into_lines_where_there_is_no_room(show):
    labels = ("Усі", "Надіслано", "Не надіслано", "Невизначено", "Очікують", "Не включено")
    filters = show(Segmented([(label, label) for label in labels]), 320, 200)
    assert filters.heightForWidth(320) > filters.heightForWidth(1200)
    assert all(button.geometry().right() <= 320 for button in filters._segments.values())


# tabs and header


def test_tabs_are_walked_with_the_arrow_keys(show, qtbot):
    tabs = show(KindTabs())
    chosen = QSignalSpy(tabs.chosen)
    tabs._tabs["transaction"].setFocus()
    qtbot.keyClick(tabs._tabs["transaction"], Qt.Key.Key_Right)
    qtbot.keyClick(tabs._tabs["promo"], Qt.Key.Key_Right)
    assert said(chosen) == ["promo", "viber_survey"]
    assert tabs.current == "viber_survey"


def test_a_tab_says_its_second_line_to_screen_readers(show):
    tabs = show(KindTabs())
    assert tabs._tabs["promo"].accessibleName() == "Promo: sale, news"


def test_the_header_tells_practice_from_live(show):
    header = show(Header(), 1280)
    header.show_practice()
    assert (header.pill.live, header.pill.text()) == (
        False,
        "Practice: nothing leaves this computer",
    )
    header.show_live()
    assert (header.pill.live, header.pill.text()) == (True, "Live: real people get these")
    header.show_live("Shop")
    assert header.pill.text() == "Live, Shop: real people get these"


def test_a_narrow_header_shortens_the_pill_and_clips_nothing(show):
    header = show(Header(), 1280)
    assert header.pill.shown_text() == "Practice: nothing leaves this computer"
    header.resize(760, header.height())
    assert header.pill.shown_text() == "Practice"
    assert header.help_button.geometry().right() <= header.width()


def test_a_click_in_the_header_asks_for_a_page(show, qtbot):
    header = show(Header(), 1280)
    chosen = QSignalSpy(header.page_chosen)
    qtbot.mouseClick(header.pages._segments["results"], Qt.MouseButton.LeftButton)
    assert said(chosen) == ["results"]


# buttons and boxes


def test_a_click_on_a_button_leaves_the_cursor_where_it_was_typing():
    assert SecondaryButton("Name").focusPolicy() is Qt.FocusPolicy.TabFocus


def test_the_main_button_wears_stripes_in_practice(show):
    button = show(PrimaryButton("Practise with 1,221: nothing is sent"))
    live = button.grab().toImage()
    button.set_practice(True)
    assert button.practice
    assert button.grab().toImage() != live


def test_the_keyboard_ring_shows_only_after_tab(show, qtbot):
    window = QWidget()
    column = QVBoxLayout(window)
    first, second = SecondaryButton("First"), SecondaryButton("Second")
    column.addWidget(first)
    column.addWidget(second)
    show(window, 200, 120)
    resting = second.grab().toImage()
    first.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Tab)
    assert second.hasFocus()
    assert second.grab().toImage() != resting


def test_an_icon_button_has_a_name(show):
    assert show(IconButton("x", "Remove the answer")).accessibleName() == "Remove the answer"


@pytest.mark.parametrize(
    "text", ["Переглянути 1 221 повідомлення…", "Controlla 1.221 messaggi…", "Зберегти звіт…"]
)
def test_a_button_is_never_narrower_than_its_words(text):
    button = PrimaryButton(text)
    button.ensurePolished()
    words = QFontMetrics(button.font()).horizontalAdvance(text)
    assert button.minimumSizeHint().width() >= words


def test_a_stop_without_words_is_not_there(show):
    pill = StopPill("Shorten the question by 6 characters")
    assert not pill.isHidden()
    pill.set_text("")
    assert pill.isHidden()


def test_a_remark_offers_its_action(show, qtbot):
    remark = show(Notice("320 got a message yesterday.", tone="amber", action="Leave them out"))
    asked = QSignalSpy(remark.action_clicked)
    qtbot.mouseClick(remark._action_button, Qt.MouseButton.LeftButton)
    assert asked.count() == 1


def test_a_sentence_grows_with_its_words(show):
    sentence = show(Sentence("of these, 104 numbers were corrected"), 600, 100)
    one_line = sentence.heightForWidth(600)
    assert sentence.heightForWidth(120) >= 2 * one_line


def test_a_link_in_a_sentence_says_its_address(show):
    sentence = show(Sentence('39 will not. <a href="why">See why</a>'))
    asked = QSignalSpy(sentence.link_clicked)
    sentence.linkActivated.emit("why")
    assert said(asked) == ["why"]


def test_a_click_on_the_words_ticks_the_box(show, qtbot):
    row = show(CheckRow("I know: they <b>cannot</b> be called back."))
    ticks = QSignalSpy(row.toggled)
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert row.isChecked()
    assert (said(ticks), row.box.accessibleName()) == (
        [True],
        "I know: they cannot be called back.",
    )


# tiles, choices, bar


def test_a_whole_tile_is_a_filter_and_its_link_something_else(show, qtbot):
    tile = show(ResultTile("danger"))
    tile.show_count(13, "not sent")
    tile.set_link("try these again…")
    tile.resize(tile.sizeHint())
    clicks, links = QSignalSpy(tile.clicked), QSignalSpy(tile.link_clicked)
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton, pos=tile._number_label.geometry().center())
    qtbot.mouseClick(tile._link_button, Qt.MouseButton.LeftButton)
    assert (clicks.count(), links.count()) == (1, 1)
    assert tile.accessibleName() == "13 not sent"


def test_enter_and_space_press_a_choice(show, qtbot):
    choice = show(ChoiceCard("<b>Do not send again</b> (recommended)", "They stay marked."))
    clicks = QSignalSpy(choice.clicked)
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Space)
    assert clicks.count() == 1
    assert choice.accessibleName() == "Do not send again (recommended)"


def test_a_single_person_is_still_seen_in_the_bar(show):
    bar = show(SegmentedBar(), 400)
    bar.show_parts([("ok", 999_998), ("danger", 1), ("uncertain", 0)], 1_000_000)
    widths = bar.widths()
    assert widths[1] >= 3
    assert widths[2] == 0


def test_an_empty_total_draws_an_empty_bar(show):
    bar = show(SegmentedBar(), 400)
    bar.show_parts([("ok", 0)], 0)
    assert bar.widths() == (0.0,)


# drop zone


def mime(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_a_dropped_file_is_handed_on(show, tmp_path):
    people = tmp_path / "клієнти листопад.xlsx"
    people.write_bytes(b"")
    zone = show(DropZone(), 900, 500)
    dropped = QSignalSpy(zone.file_dropped)
    data = mime(people)
    zone.dropEvent(
        QDropEvent(
            QPointF(10, 10),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert said(dropped) == [people]


def test_a_folder_or_two_files_are_not_taken(tmp_path):
    one, two = tmp_path / "a.csv", tmp_path / "b.csv"
    assert dropped_file(mime(tmp_path)) is None
    assert dropped_file(mime(one, two)) is None


def test_every_way_to_begin_is_offered(show, qtbot):
    zone = show(DropZone(), 900, 560)
    chosen = QSignalSpy(zone.chosen)
    for button in (zone.open_button, *zone._links.values(), zone.connect_button):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert said(chosen) == list(Start)


def test_a_connected_account_is_not_offered_again(show):
    zone = show(DropZone(), 900, 560)
    zone.set_connected(True)
    assert not zone.connect_button.isVisible()


# sheet


@pytest.mark.parametrize("wanted", ["Back", "Look", "Go on"])
def test_enter_presses_the_button_that_wears_the_ring(show, qtbot, wanted):
    sheet = Sheet("Go on?", show(QMainWindow(), 1024, 700))
    buttons = {words: SecondaryButton(words) for words in ("Back", "Look", "Go on")}
    for words, button in buttons.items():
        sheet.add_button(button, default=words == "Go on")
    sheet.open()
    qtbot.waitUntil(lambda: sheet.focusWidget() is not None and sheet.isActiveWindow())
    told = QSignalSpy(buttons[wanted].clicked)

    qtbot.keyClick(sheet.focusWidget(), Qt.Key.Key_Tab)
    while not buttons[wanted].hasFocus():
        qtbot.keyClick(sheet.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(sheet.focusWidget(), Qt.Key.Key_Return)

    assert told.count() == 1
    sheet.reject()


def sheet_over(window: QMainWindow) -> Sheet:
    sheet = Sheet("Hand over 1,221 promo messages?", window)
    sheet.body.addWidget(Sentence("Вітаємо, Олександро-Вікторіє! " * 8))
    sheet.add_button(SecondaryButton("Back"))
    return sheet


def test_a_sheet_dims_the_window_and_esc_takes_it_away(show, qtbot):
    window = show(QMainWindow(), 1024, 700)
    sheet = sheet_over(window)
    rejected = QSignalSpy(sheet.rejected)
    sheet.open()
    qtbot.waitUntil(sheet.isVisible)
    veil = sheet._veil
    assert veil is not None
    assert veil.size() == window.size()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert (rejected.count(), sheet.result()) == (1, QDialog.DialogCode.Rejected)
    assert sheet._veil is None


def window_with_a_line(show) -> tuple[QMainWindow, QLabel]:
    window, page = QMainWindow(), QWidget()
    column = QVBoxLayout(page)
    line = QLabel("Reading people.xlsx…")
    for label in (line, QLabel("+380 50 111 22 33")):
        label.setFixedHeight(60)
        column.addWidget(label)
    column.addStretch(1)
    window.setCentralWidget(page)
    return show(window, 1024, 700), line


def test_a_sheet_lies_over_the_window_as_it_is_once_a_line_has_gone(show):
    window, line = window_with_a_line(show)
    sheet = sheet_over(window)
    line.hide()
    sheet.open()

    assert sheet._veil is not None
    assert sheet._backdrop.toImage() == sheet._veil.picture().toImage()
    sheet.reject()


def test_a_sheet_follows_what_changes_below_it(show, qtbot):
    window, line = window_with_a_line(show)
    sheet = sheet_over(window)
    sheet.open()
    before = sheet._backdrop.toImage()
    line.hide()

    qtbot.waitUntil(lambda: sheet._backdrop.toImage() != before)
    assert sheet._veil is not None
    assert sheet._backdrop.toImage() == sheet._veil.picture().toImage()
    sheet.reject()


def test_a_sheet_shows_all_its_words_without_scrolling_where_there_is_room(show, qtbot):
    window = show(QMainWindow(), 1280, 800)
    sheet = sheet_over(window)
    sheet.open()
    qtbot.waitUntil(sheet.isVisible)
    assert sheet._scroll.heightForWidth(sheet._scroll.width()) <= sheet._scroll.height()


@pytest.mark.parametrize("lines", [1, 60])
def test_a_sheet_that_has_its_place_looks_for_no_other(show, qtbot, lines: int):
    class Counted(Sheet):
        fits = 0

        def fit(self) -> None:
            self.fits += 1
            super().fit()

    window = show(QMainWindow(), 1024, 700)
    sheet = Counted("Hand over 1,221 promo messages?", window)
    for _ in range(lines):
        sheet.body.addWidget(QLabel("a line"))
    sheet.open()
    qtbot.waitUntil(sheet.isVisible)
    for _ in range(20):
        QApplication.processEvents()
    settled = sheet.fits
    for _ in range(20):
        QApplication.processEvents()

    assert sheet.fits == settled
    sheet.reject()


def test_a_sheet_is_never_higher_than_its_window(show, qtbot):
    window = show(QMainWindow(), 1024, 700)
    sheet = sheet_over(window)
    for _ in range(60):
        sheet.body.addWidget(QLabel("a line"))
    sheet.open()
    qtbot.waitUntil(sheet.isVisible)
    assert sheet.height() - 2 * 40 <= window.height()


# columns


def three_columns() -> ThreeColumns:
    cards = [Card(title, scrolling=True) for title in ("1 · Recipients", "2 · Message", "3 · See")]
    for card in cards:
        for _ in range(30):
            card.body.addWidget(QLabel("a line of words"))
    return ThreeColumns(*cards)


@pytest.mark.parametrize(("width", "side"), [(1280, 300), (1920, 300), (1024, 278)])
def test_a_wide_window_has_three_columns_that_fit(show, width, side):
    columns = show(three_columns(), width, 560)
    left, middle, right = columns._cards
    assert not columns.stacked
    assert (left.width(), right.width()) == (side, side)
    assert left.geometry().right() < middle.x() < right.x()
    assert right.geometry().right() <= width
    assert middle.geometry().bottom() <= 560


def test_what_goes_on_below_fades_until_its_end_is_reached(show):
    page = QWidget()
    column = QVBoxLayout(page)
    for _ in range(20):
        column.addWidget(Sentence("a line of words"))
    scroll = show(BodyScroll(page), 200, 100)
    QApplication.sendPostedEvents()
    bar, fade = scroll.verticalScrollBar(), scroll._fade
    seen = [fade.isVisible()]

    bar.setValue(bar.maximum())
    seen.append(fade.isVisible())

    assert bar.maximum() > 0
    assert seen == [True, False]


def test_a_narrow_window_stacks_them_and_scrolls(show):
    columns = show(three_columns(), 800, 560)
    left, middle, right = columns._cards
    assert columns.stacked
    assert left.geometry().bottom() < middle.y() < right.y()
    assert columns.verticalScrollBar().maximum() > 0


# phone


def test_values_are_bold_addresses_coloured_and_markup_is_shown_as_written():
    pieces = [Piece("Hi "), Piece("<Ann>", is_value=True), Piece(" see https://shop.example/z")]
    html = message_html(pieces, "#123456")
    assert "<b>&lt;Ann&gt;</b>" in html
    assert '<span style="color: #123456">https://shop.example' in html


def test_a_short_value_with_a_hyphen_is_not_torn_apart():
    pieces = [Piece("Class 4-A "), Piece("4-А", is_value=True), Piece("well-known", is_value=True)]

    assert message_html(pieces, "#123456") == "Class 4-A <b>4-\u2060А</b><b>well-known</b>"


def test_each_line_of_a_message_runs_as_its_first_letter_does():
    pieces = [
        Piece("20% שלום "),
        Piece("Olena", is_value=True),
        Piece("\nHello שלום\r\n\n  two  blanks"),
    ]

    html = bubble_html(pieces, "#123456")

    directions = [line.partition('"')[0] for line in html.split('<p dir="')[1:]]
    assert directions == ["rtl", "ltr", "ltr", "ltr"]
    assert "white-space: pre-wrap" in html
    assert ">  two  blanks</p>" in html


def test_right_to_left_lines_stand_at_the_right_and_others_at_the_left(show):
    phone = show(PhonePreview(), 266, 400)
    edges = []
    for text in ("שלום", "Hi"):
        phone.show_message(App.SMS, "MyBrand", [Piece(text)])
        label = phone._bubble.words_label
        image = label.grab().toImage()
        ground = image.pixel(1, 1)
        inked = [
            x
            for x in range(image.width())
            for y in range(image.height())
            if image.pixel(x, y) != ground
        ]
        edges.append((min(inked), image.width() - max(inked)))

    assert edges[0][0] > 60 > edges[0][1]
    assert edges[1][1] > 60 > edges[1][0]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("👨‍👩‍👧‍👦" * 30, id="families"),
        pytest.param("e\u0301" * 60, id="accents"),
        pytest.param("🇺🇦" * 45, id="flags"),
    ],
)
def test_a_long_run_is_never_torn_inside_a_sign(text: str):
    sign = text[: text.index(text[0], 2)] if text[0] != "🇺" else "🇺🇦"

    parts = message_html([Piece(text)], "#123456").split("\u200b")

    assert len(parts) > 1
    assert {part.replace(sign, "") for part in parts} == {""}


def test_a_long_run_over_several_pieces_can_be_broken_too():
    pieces = [Piece("x" * 15), Piece("y" * 15, is_value=True), Piece(" z")]

    assert message_html(pieces, "#123456") == f"{'x' * 15}\u200b<b>{'y' * 15}</b> z"


@pytest.mark.parametrize("app", [App.VIBER, App.TELEGRAM, App.RCS, App.SMS])
def test_a_message_without_blanks_stays_inside_the_phone(show, app):
    phone = show(PhonePreview(), 266, 400)
    phone.show_message(app, "MyBrand", [Piece("x" * 600)], time="10:00", note="If it fails")
    phone.grab()
    assert phone._bubble.mapTo(phone, phone._bubble.rect().topRight()).x() < 266 - 9


def test_a_survey_shows_its_answers_and_a_call_shows_none(show):
    phone = show(PhonePreview(), 266, 400)
    phone.show_message(App.VIBER, "MyBrand", [Piece("Come back?")], answers=("Так", "Ні"))
    assert phone._answers.count() == 2
    phone.show_call("+380 •• ••• •• ••", "rings once")
    assert phone._answers.count() == 0
    assert not phone._bubble.isVisible()
    assert phone._handset.isVisible()


def test_the_phone_tells_screen_readers_what_it_shows(show):
    phone = show(PhonePreview(), 266, 400)
    phone.show_message(App.SMS, "MyBrand", [Piece("Hi "), Piece("Ann", is_value=True)])
    assert phone.accessibleDescription() == "MyBrand: Hi Ann"


# grid


def outcomes(parent: QWidget) -> QStandardItemModel:
    """One column of outcomes, as a model has them: codes, no colours."""
    model = QStandardItemModel(len(Shown), 1, parent)
    for row, shown in enumerate(Shown):
        model.setData(model.index(row, 0), shown.value, Qt.ItemDataRole.UserRole)
    return model


def test_every_outcome_has_a_look_that_differs_in_more_than_colour():
    said_apart = {(look.mark, shown) for shown, look in LOOKS.items()}
    assert len(said_apart) == len(Shown)
    assert LOOKS[Shown.SENT].mark != LOOKS[Shown.DELIVERED].mark != LOOKS[Shown.NOT_SENT].mark


def test_a_chip_is_drawn_once_and_again_for_another_theme(show, qapp):
    table = show(DataTable(), 300, 400)
    delegate = StateChipDelegate(lambda shown: shown.value, Qt.ItemDataRole.UserRole, table)
    table.setModel(outcomes(table))
    table.setItemDelegateForColumn(0, delegate)
    table.grab()
    table.grab()
    assert len(delegate._drawn) == len(Shown)
    theme.apply(qapp, Scheme.DARK)
    table.grab()
    assert len(delegate._drawn) == 2 * len(Shown)


def test_rows_of_a_grid_are_38_px_high(show):
    table = show(DataTable(), 300, 400)
    table.setModel(outcomes(table))
    assert table.rowHeight(0) == ROW_PX


# fields


def test_the_wheel_scrolls_the_page_and_leaves_numbers_alone(show):
    field = show(NumberField(), 120, 41)
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, wheel)
    assert field.value() == 0
    assert not wheel.isAccepted()


def test_weekends_in_the_calendar_are_not_red(show):
    calendar = show(Calendar())
    weekend = calendar.weekdayTextFormat(Qt.DayOfWeek.Sunday).foreground().color().name()
    assert weekend == theme.LIGHT.muted


# words


def test_chips_flow_into_the_next_line(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder)
    for text in ("Ім’я", "Код", "Місто", "Посилання"):
        flow.addWidget(SecondaryButton(text))
    assert flow.heightForWidth(200) > flow.heightForWidth(900)
    assert flow.sizeHint().height() == flow.heightForWidth(900)


def test_chips_that_grow_or_hide_flow_anew(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder)
    chips = [SecondaryButton("Код") for _ in range(3)]
    for chip in chips:
        flow.addWidget(chip)
    one_line = flow.heightForWidth(400)
    chips[0].setText("Куди доставити замовлення, якщо нікого немає")
    two_lines = flow.heightForWidth(400)
    chips[0].hide()
    assert two_lines > one_line == flow.heightForWidth(400)


def test_the_stamp_reads_practice(show):
    stamp = show(PracticeStamp())
    assert stamp.accessibleName() == "PRACTICE"
    assert stamp.minimumSizeHint().width() < stamp.sizeHint().width()


def test_an_answer_of_many_words_asks_for_no_more_room_than_there_is(show) -> None:
    long = "Постачальники, партнери та інші, кому ми пишемо щороку"
    box = show(OfferBox())
    box.show_offer("Which sheet should be used?", [(long, True), ("Клієнти", False)])
    box.resize(220, 160)

    assert box.minimumSizeHint().width() <= 220
    assert box.buttons[0].toolTip() == long
