"""The fields of the compose page, each alone."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QDate, QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QTextCharFormat, QTextCursor, QWheelEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from cascade_desktop.core.drafts import Kind, Route
from cascade_desktop.core.problems import (
    TimePast,
    TimeSkipped,
    TimeTooFar,
    TimeTwice,
    ZoneUnknown,
)
from cascade_desktop.core.sms_summary import summarise_sms
from cascade_desktop.ui import theme
from cascade_desktop.ui.compose.answers import AnswersList
from cascade_desktop.ui.compose.choice_field import ChoiceField
from cascade_desktop.ui.compose.insert_row import SHOWN_AT_ONCE, InsertRow
from cascade_desktop.ui.compose.more_options import MoreOptions
from cascade_desktop.ui.compose.sms_count import SmsCount
from cascade_desktop.ui.compose.text_edit import TemplateEdit
from cascade_desktop.ui.compose.text_field import TextField
from cascade_desktop.ui.compose.until import until_words
from cascade_desktop.ui.compose.when_field import LATER, NOW, WhenField
from cascade_desktop.ui.wording_plurals import EnglishPlurals

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CLOCK = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
KYIV = "Europe/Kyiv"
NAMES = ("Phone", "Ім’я", "Код")


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    plurals = EnglishPlurals(qapp)
    qapp.installTranslator(plurals)
    if not qapp.styleSheet():
        theme.apply(qapp, theme.Scheme.LIGHT)
    yield
    qapp.removeTranslator(plurals)
    QLocale.setDefault(before)


@pytest.fixture
def shown(qapp: QApplication) -> Iterator[Callable[[QWidget], None]]:
    parts: list[QWidget] = []

    def show(part: QWidget) -> None:
        part.resize(580, 300)
        part.show()
        parts.append(part)

    yield show
    for part in parts:
        part.close()
        delete(part)


Shown = Callable[[QWidget], None]


def looks(edit: TemplateEdit, at: int) -> tuple[str, bool]:
    """Return the ink at a place of the first line, and whether it is underlined."""
    for span in edit.document().firstBlock().layout().formats():
        if span.start <= at < span.start + span.length:
            waved = QTextCharFormat.UnderlineStyle.WaveUnderline
            return span.format.foreground().color().name(), span.format.underlineStyle() is waved
    return "", False


def test_known_placeholders_are_blue_and_unknown_ones_red_and_underlined(shown: Shown) -> None:
    edit = TemplateEdit()
    shown(edit)
    edit.set_names(NAMES)

    edit.set_text("🌟 {Імя} {Cod} {{x}}")

    assert looks(edit, 4) == (theme.tokens().accent, False)
    assert looks(edit, 10) == (theme.tokens().danger, True)
    assert looks(edit, 17) == ("", False)


def test_a_placeholder_lies_on_a_coloured_ground(shown: Shown) -> None:
    edit = TemplateEdit()
    shown(edit)
    edit.set_names(NAMES)
    edit.set_text("{Код}")

    image = QImage(edit.size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    edit.render(painter, QPoint())
    painter.end()

    soft = theme.colour("accent_soft").rgb()
    inks = {image.pixel(x, y) for x in range(8, 60) for y in range(8, 30)}
    assert soft in inks


def test_colours_alone_are_no_edit(qtbot: QtBot, shown: Shown) -> None:
    edit = TemplateEdit()
    shown(edit)
    spy = QSignalSpy(edit.edited)

    edit.set_text("{Код}")
    edit.set_names(NAMES)
    qtbot.keyClicks(edit, "x")

    assert spy.count() == 1


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        pytest.param("", "{Код}", id="empty"),
        pytest.param("🌟", "🌟 {Код}", id="after an emoji"),
        pytest.param("Hi ", "Hi {Код}", id="after a blank"),
        pytest.param("a\n", "a\n{Код}", id="new line"),
        pytest.param("(", "({Код}", id="bracket"),
        pytest.param("https://a.example/", "https://a.example/{Код}", id="address"),
    ],
)
def test_a_chip_inserts_its_placeholder(shown: Shown, before: str, expected: str) -> None:
    field = TextField(Kind.PROMO)
    shown(field)
    field.set_names(NAMES, NAMES[1:])
    field.edit.insertPlainText(before)

    field.insert_row.chosen.emit("Код")

    assert field.text == expected
    assert field.focusWidget() is field.edit


def test_a_text_grows_with_its_lines_and_then_scrolls(shown: Shown) -> None:
    edit = TemplateEdit(least_px=60, most_px=120)
    shown(edit)
    heights = []
    for lines in (1, 4, 40):
        edit.set_text("\n".join("x" * lines))
        heights.append(edit.height())

    assert heights[0] == 60
    assert 60 < heights[1] < 120
    assert heights[2] == 120


def test_many_columns_wait_under_one_chip(qtbot: QtBot, shown: Shown) -> None:
    row = InsertRow()
    holder = QWidget()
    row.setParent(holder)
    shown(holder)
    row.set_names([f"Column & {at}" for at in range(SHOWN_AT_ONCE + 3)])
    spy = QSignalSpy(row.chosen)

    row.more_button.click()
    menu = row.menu
    menu.actions()[-1].trigger()
    menu.close()

    assert spy.at(0)[0] == f"Column & {SHOWN_AT_ONCE + 2}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Sale, {Ім’я}!", "Sale, {Ім’я}! No more messages: ", id="latin"),
        pytest.param("Знижка", "Знижка Щоб більше не отримувати: ", id="cyrillic"),
        pytest.param(
            "Знижка a.example\n", "Знижка a.example\nЩоб більше не отримувати: ", id="line"
        ),
        pytest.param("Ciao! Solo oggi", "Ciao! Solo oggi Per non ricevere più messaggi: ", id="it"),
    ],
)
def test_how_to_unsubscribe_is_begun_in_the_messages_language(
    qtbot: QtBot, shown: Shown, text: str, expected: str
) -> None:
    field = TextField(Kind.PROMO)
    shown(field)
    field.edit.insertPlainText(text)
    field.edit.moveCursor(QTextCursor.MoveOperation.Start)

    field.insert_row.unsubscribe_button.click()
    field.insert_row.unsubscribe_button.click()
    begun = field.text
    qtbot.keyClicks(field.edit, "x")

    assert begun == expected
    assert field.text == f"{expected}x"


@pytest.mark.parametrize(
    ("text", "words", "tone"),
    [
        pytest.param("x" * 85, "85 of 85 characters", "muted", id="fits"),
        pytest.param("💛" * 43, "86 of 85 characters", "danger", id="emoji count twice"),
        pytest.param("Hi {Name}", "3 of 85 characters, and what is inserted", "muted", id="column"),
    ],
)
def test_a_question_counts_as_viber_does(shown: Shown, text: str, words: str, tone: str) -> None:
    field = TextField(Kind.SURVEY)
    shown(field)

    field.set_text(text)

    assert field.counter_words.html == words
    assert field.counter_words.property("tone") == tone


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(["a"] * 3, "SMS: 1 per person.", id="all the same"),
        pytest.param(
            ["а" * 134] * 30 + ["а" * 141] * 23,
            "SMS: 2 per person, 3 for 23 people. Shorten by 7 characters and everybody gets 2.",
            id="the picture",
        ),
        pytest.param(
            ["а" * 100] * 3 + ["а" * 135, "a"],
            "SMS: 2 per person, 1 for 1 person, 3 for 1 person. Shorten by 1 character and nobody"
            " gets more than 2.",
            id="some get fewer",
        ),
    ],
)
def test_one_sentence_counts_over_everybody(shown: Shown, texts: list[str], expected: str) -> None:
    count = SmsCount()
    shown(count)

    count.show_summary(texts, summarise_sms(texts))

    plain = count.sentence.html.replace("<b>", "").replace("</b>", "")
    assert plain.partition(" <a")[0].strip() == expected


def test_nothing_is_counted_where_there_is_no_text(shown: Shown) -> None:
    count = SmsCount()
    shown(count)

    for texts in ([], ["", ""]):
        count.show_summary(texts, summarise_sms(texts))
        assert not count.isVisible()


def answers(shown: Shown, *options: str) -> tuple[AnswersList, QSignalSpy]:
    part = AnswersList()
    shown(part)
    part.set_options(options)
    return part, QSignalSpy(part.edited)


def test_answers_are_added_up_to_five_and_removed_down_to_two(qtbot: QtBot, shown: Shown) -> None:
    part, spy = answers(shown)
    assert [edit.remove_button.isEnabled() for edit in part.edits] == [False, False]

    for _ in range(3):
        part.add_button.click()
    qtbot.keyClicks(part.edits[4], "Last")
    assert not part.add_button.isVisible()

    part.edits[0].remove_button.click()
    assert part.options == ("", "", "", "Last")
    assert spy.count() == 3 + 4 + 1


def test_answers_move_by_keyboard(qtbot: QtBot, shown: Shown) -> None:
    part, spy = answers(shown, "A", "B", "C")
    alt = Qt.KeyboardModifier.AltModifier

    qtbot.keyClick(part.edits[2], Qt.Key.Key_Up, alt)
    qtbot.keyClick(part.edits[1], Qt.Key.Key_Up, alt)
    qtbot.keyClick(part.edits[0], Qt.Key.Key_Up, alt)

    assert part.options == ("C", "A", "B")
    assert [edit.accessibleName() for edit in part.edits] == ["Answer 1", "Answer 2", "Answer 3"]
    assert spy.count() == 2


def test_answers_move_by_dragging_the_grip(qtbot: QtBot, shown: Shown) -> None:
    part, spy = answers(shown, "A", "B", "C")
    QApplication.sendPostedEvents()
    below = part.edits[2].mapToGlobal(part.edits[2].rect().bottomLeft())

    part.edits[0].dragged.emit(below)

    assert part.options == ("B", "C", "A")
    assert spy.count() == 1


def test_enter_goes_on_to_the_next_answer(qtbot: QtBot, shown: Shown) -> None:
    part, _ = answers(shown, "A", "B")

    qtbot.keyClick(part.edits[0], Qt.Key.Key_Return)
    assert part.focusWidget() is part.edits[1]

    qtbot.keyClick(part.edits[1], Qt.Key.Key_Return)
    assert len(part.edits) == 3
    assert part.focusWidget() is part.edits[2]


def test_a_long_answer_is_amber(shown: Shown) -> None:
    part, _ = answers(shown, "x" * 30, "x" * 31)

    assert [edit.counter_label.text() for edit in part.edits] == ["30 of 30", "31 of 30"]
    assert [edit.counter_label.property("tone") for edit in part.edits] == ["", "amber"]
    assert part.long_words.html == "An answer over 30 characters may be cut on some phones."
    assert part.long_words.isVisible()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param(("Yes", "yes"), "Answers 1 and 2", id="capitals"),
        pytest.param(("So so", "No", "Soso"), "Answers 1 and 3", id="blanks"),
        pytest.param(("Yes", "Yes"), "", id="the very same is stopped instead"),
        pytest.param(("", " "), "", id="empty"),
    ],
)
def test_answers_that_look_the_same_are_remarked(
    shown: Shown, options: tuple[str, ...], words: str
) -> None:
    part, _ = answers(shown, *options)

    assert part.alike_words.isVisible() is bool(words)
    assert part.alike_words.html.startswith(words)


def when(shown: Shown, schedule: str = "", zone: str = KYIV) -> WhenField:
    field = WhenField(lambda: CLOCK, KYIV)
    shown(field)
    field.set_schedule(schedule, zone)
    return field


def test_now_is_the_beginning(shown: Shown) -> None:
    field = when(shown)

    assert field.schedule == ""
    assert field.problems == ()
    assert field.field_button.accessibleName() == "Now"
    assert field.shown_time == "16:00"


def test_a_time_says_how_far_away_it_is(shown: Shown) -> None:
    field = when(shown, "2026-11-26T10:00")

    words = field.field_button.accessibleName()
    assert words == "Thursday 26 November, 10:00, in 2 days 18 h"
    assert field.shown_time == "10:00"


def test_choosing_a_time_proposes_tomorrow_and_can_be_taken_back(
    qtbot: QtBot, shown: Shown
) -> None:
    field = when(shown)
    spy = QSignalSpy(field.edited)
    field.field_button.click()
    assert field.choice.isVisible()

    field.choice.chosen.emit(LATER)
    assert field.schedule == "2026-11-24T10:00"
    field.time_edit.setDateTime(field.time_edit.dateTime().addSecs(1800))
    assert field.schedule == "2026-11-24T10:30"

    field.choice.chosen.emit(NOW)
    assert (field.schedule, spy.count()) == ("", 3)


@pytest.mark.parametrize(
    ("schedule", "problem"),
    [
        pytest.param("2026-11-23T15:00", TimePast, id="passed"),
        pytest.param("2026-11-23T16:01", TimePast, id="too near"),
        pytest.param("2026-12-24T10:00", TimeTooFar, id="over 30 days"),
        pytest.param("2027-03-28T03:30", TimeSkipped, id="clocks jump"),
        pytest.param("2026-10-25T03:30", TimeTwice, id="clocks go back"),
    ],
)
def test_a_time_that_cannot_be_sent_at_is_told(shown: Shown, schedule: str, problem: type) -> None:
    field = when(shown, schedule)

    assert [type(found) for found in field.problems] == [problem]
    assert field.notice.isVisible()


def test_a_time_that_happens_twice_is_settled_by_a_click(shown: Shown) -> None:
    field = when(shown, "2026-10-25T03:30")

    field.notice.link_clicked.emit("second")

    assert field.schedule == "2026-10-25T03:30+02:00"
    assert TimeTwice not in {type(found) for found in field.problems}

    again = when(shown, field.schedule)
    assert again.schedule == field.schedule


def test_a_time_that_is_skipped_moves_to_the_next_one(shown: Shown) -> None:
    field = when(shown, "2027-03-28T03:30")

    field.notice.link_clicked.emit("next")

    assert field.schedule == "2027-03-28T04:00"


def test_a_time_of_another_zone_stays_on_its_clock_and_says_what_this_one_shows(
    shown: Shown,
) -> None:
    field = when(shown, "2026-11-26T09:00", "Europe/Rome")
    field.focus()

    assert (field.schedule, field.zone) == ("2026-11-26T09:00", "Europe/Rome")
    words = field.zone_field.words_label.text()
    assert words == "Europe/Rome time · 08:00 UTC · 10:00 here"
    assert when(shown, "2026-11-26T08:00+00:00").schedule == "2026-11-26T10:00"


def test_the_closed_field_names_the_place_of_another_clock(shown: Shown) -> None:
    field = when(shown, "2026-12-06T03:30", "America/New_York")
    field.set_spread(4)

    assert field.field_button.accessibleName().startswith("Sunday 6 December, 03:30 · New York,")
    assert field.spread_words.text().count("Sunday 6 December, 07:30 · New York.") == 1
    same = when(shown, "2026-12-06T03:30", "Europe/Kiev")
    assert same.field_button.accessibleName().startswith("Sunday 6 December, 03:30, in")


def test_now_is_told_on_this_computers_clock_whatever_was_chosen_before(shown: Shown) -> None:
    field = when(shown, "2026-11-26T10:00", "Asia/Tokyo")
    field.set_spread(2)

    field.choice.chosen.emit(NOW)

    assert (field.zone, field.shown_time) == (KYIV, "16:00")
    assert "The last message leaves by Monday 23 November, 18:05." in field.spread_words.text()


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        pytest.param("Київ", "Europe/Kyiv", id="a city in Cyrillic"),
        pytest.param("рим", "Europe/Rome", id="small letters"),
        pytest.param("Polska", "Europe/Warsaw", id="a country by its own name"),
        pytest.param("Romania", "Europe/Bucharest", id="a country in English"),
        pytest.param("new york", "America/New_York", id="two words"),
    ],
)
def test_a_zone_is_found_by_what_people_call_its_place(
    qtbot: QtBot, shown: Shown, typed: str, zone: str
) -> None:
    field = when(shown, "2026-11-26T10:00", "Asia/Kathmandu")
    field.focus()
    field.zone_field.change_button.click()
    combo = field.zone_field.zone_combo
    edit, completer = combo.lineEdit(), combo.completer()
    assert edit is not None
    assert completer is not None

    completer.setCompletionPrefix(typed)
    offered = [completer.completionModel().index(at, 0).data() for at in range(20)]
    edit.setText(typed)
    qtbot.keyClick(edit, Qt.Key.Key_Return)

    assert zone in offered
    assert completer.pathFromIndex(completer.completionModel().index(0, 0)) == offered[0]
    assert field.zone == zone
    assert combo.findText("Europe/Kiev") == -1


def test_the_closed_field_shows_what_it_has_room_for(shown: Shown) -> None:
    field = when(shown, "2026-11-25T10:00", "America/New_York")
    button = field.field_button
    labels = button.findChildren(QLabel)
    told = []
    for width in (480, 380, 300):
        button.resize(width, button.height())
        told.append((labels[0].text(), labels[1].isVisible()))

    assert button.minimumSizeHint().width() < 200
    whole, short = "Wednesday 25 November, 10:00 · New York", "Wed 25 Nov, 10:00 · New York"
    assert told == [(whole, True), (whole, False), (short, False)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(QDate(2026, 11, 22), "2026-11-22T09:00", id="yesterday stays as written"),
        pytest.param(QDate(2026, 12, 20), "2026-12-20T09:00", id="in a month"),
    ],
)
def test_the_calendar_offers_only_days_that_can_be_sent_on(
    qtbot: QtBot, shown: Shown, day: QDate, expected: str
) -> None:
    field = when(shown, f"{day.toString(Qt.DateFormat.ISODate)}T09:00")
    field.focus()
    edit = field.time_edit
    arrow = QPoint(edit.width() - 12, edit.height() // 2)

    qtbot.mouseClick(edit, Qt.MouseButton.LeftButton, pos=arrow)
    calendar = edit.calendarWidget()
    offered = calendar.minimumDate(), calendar.maximumDate()
    calendar.window().close()

    assert offered == (QDate(2026, 11, 23), QDate(2026, 12, 23))
    assert field.schedule == expected


def test_another_zone_is_found_by_its_city(qtbot: QtBot, shown: Shown) -> None:
    field = when(shown, "2026-11-26T10:00")
    field.focus()
    zones, spy = field.zone_field, QSignalSpy(field.edited)

    zones.change_button.click()
    edit = zones.zone_combo.lineEdit()
    assert edit is not None
    qtbot.keyClicks(edit, "rome")
    qtbot.keyClick(edit, Qt.Key.Key_Return)

    assert (field.zone, field.schedule) == ("Europe/Rome", "2026-11-26T10:00")
    assert zones.words_label.text() == "Europe/Rome time · 09:00 UTC · 11:00 here"
    assert not zones.zone_combo.isVisible()
    assert spy.count() == 1


def test_words_that_name_no_zone_change_nothing(qtbot: QtBot, shown: Shown) -> None:
    field = when(shown, "2026-11-26T10:00")
    field.focus()
    zones = field.zone_field

    zones.change_button.click()
    edit = zones.zone_combo.lineEdit()
    assert edit is not None
    qtbot.keyClicks(edit, "zzz")
    qtbot.keyClick(edit, Qt.Key.Key_Return)

    assert (field.zone, edit.text()) == (KYIV, KYIV)


def test_a_zone_that_is_not_known_here_can_be_left(shown: Shown) -> None:
    field = when(shown, "2026-11-26T10:00", "Mars/Olympus")
    assert [type(found) for found in field.problems] == [ZoneUnknown]

    field.notice.link_clicked.emit("next")

    assert (field.zone, field.problems) == (KYIV, ())


@pytest.mark.parametrize(
    ("schedule", "hours", "words"),
    [
        pytest.param("2026-11-26T10:00", 0, "", id="a weekday"),
        pytest.param("2026-11-29T10:00", 0, "That is a Sunday.", id="Sunday"),
        pytest.param("2026-11-26T23:30", 0, "23:30 is late.", id="late"),
        pytest.param("2026-11-26T07:00", 0, "07:00 is early.", id="early"),
        pytest.param("2026-11-26T17:00", 4, "21:00 is late.", id="late at the end"),
        pytest.param(
            "2026-11-28T22:00",
            4,
            "That is a Sunday. 22:00 is late.",
            id="into a Sunday",
        ),
    ],
)
def test_a_night_or_a_sunday_is_remarked(
    shown: Shown, schedule: str, hours: float, words: str
) -> None:
    field = when(shown, schedule)

    field.set_spread(hours)

    assert field.odd_notice._words.html == words
    assert field.odd_notice.isVisible() is bool(words)
    assert field.problems == ()


def test_spread_messages_say_when_the_last_leaves(shown: Shown) -> None:
    field = when(shown, "2026-11-26T10:00")
    field.set_spread(4)
    later = field.spread_words.html
    field.set_schedule("", KYIV)

    assert later == "The last message leaves by Thursday 26 November, 14:00."
    assert field.spread_words.html == (
        "The first leaves in 5 minutes. The last message leaves by Monday 23 November, 20:05."
    )


def test_the_last_of_spread_messages_may_be_too_far_away(shown: Shown) -> None:
    field = when(shown, "2026-12-23T15:00")
    assert field.problems == ()

    field.set_spread(4)

    assert [type(found) for found in field.problems] == [TimeTooFar]


def test_time_goes_on_and_is_told(shown: Shown) -> None:
    times = [CLOCK]
    field = WhenField(lambda: times[-1], KYIV)
    shown(field)
    field.set_schedule("2026-11-23T17:00", KYIV)
    assert field.problems == ()

    times.append(CLOCK + timedelta(hours=2))
    spy = QSignalSpy(field.passed_on)
    field.timer.timeout.emit()

    assert spy.count() == 1
    assert [type(found) for found in field.problems] == [TimePast]
    assert field.notice.isVisible()


@pytest.mark.parametrize(
    ("left", "words"),
    [
        pytest.param(timedelta(seconds=20), "in 1 min", id="seconds"),
        pytest.param(timedelta(hours=3, minutes=5), "in 3 h 5 min", id="hours"),
        pytest.param(timedelta(days=1), "in 1 day", id="a day"),
        pytest.param(timedelta(days=1, hours=2), "in 1 day 2 h", id="a day and hours"),
        pytest.param(timedelta(0), "", id="passed"),
    ],
)
def test_how_far_away_in_words(left: timedelta, words: str) -> None:
    assert until_words(left) == words


def test_more_options_are_closed_and_say_what_is_set(shown: Shown) -> None:
    options = MoreOptions(Kind.PROMO)
    shown(options)

    assert not options.is_open
    assert options.toggle_button.accessibleDescription() == (
        "Send through the best app each person has · keep trying for 2 days"
    )
    options.toggle_button.click()
    assert options.is_open
    assert options.ttl_combo.currentText() == "2 days (recommended)"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        pytest.param(Kind.TRANSACTION, "from 1 hour to 1 day", id="transaction"),
        pytest.param(Kind.PROMO, "from 1 day to 3 days", id="promo"),
        pytest.param(Kind.SURVEY, "7 days", id="survey"),
        pytest.param(Kind.FLASHCALL, "from 1 minute to 5 minutes", id="flash call"),
    ],
)
def test_what_is_recommended_stands_below_the_choice(shown: Shown, kind: Kind, words: str) -> None:
    options = MoreOptions(kind)
    shown(options)
    options.set_open(True)

    assert options.ttl_combo.currentText().endswith("(recommended)")
    assert options._advice.html == f"SMSBAT recommends {words} for this."


def test_prices_and_pace_lead_to_the_settings(shown: Shown) -> None:
    options = MoreOptions(Kind.PROMO)
    shown(options)
    options.set_open(True)
    spy = QSignalSpy(options.settings_wanted)

    options.prices_button.click()
    options.pace_button.click()

    assert [spy.at(0)[0], spy.at(1)[0]] == ["prices", "sending"]


def test_flash_calls_have_no_route_to_choose(shown: Shown) -> None:
    options = MoreOptions(Kind.FLASHCALL)
    shown(options)
    options.set_open(True)

    assert options.toggle_button.accessibleDescription() == "keep trying for 5 minutes"
    assert not options.route_combo.isVisible()


@pytest.mark.parametrize("ttl_s", [pytest.param(None, id="none"), pytest.param(5_400, id="odd")])
def test_a_time_to_live_from_a_file_is_kept(shown: Shown, ttl_s: int | None) -> None:
    options = MoreOptions(Kind.TRANSACTION)
    shown(options)
    spy = QSignalSpy(options.edited)

    options.load(Route.TG_VIBER, ttl_s, 2.5)

    assert (options.route, options.ttl_s, options.spread_hours) == (Route.TG_VIBER, ttl_s, 2.5)
    assert options.toggle_button.accessibleDescription().endswith("spread over 2 hours 30 minutes")
    assert spy.count() == 0


def test_messages_can_be_spread_over_hours(shown: Shown) -> None:
    options = MoreOptions(Kind.PROMO)
    shown(options)
    options.set_open(True)
    spy = QSignalSpy(options.edited)

    options.spread_combo.setFocus()
    QTest.keyClick(options.spread_combo, Qt.Key.Key_Down)
    QTest.keyClick(options.spread_combo, Qt.Key.Key_Down)

    assert options.spread_hours == 2
    assert options.toggle_button.accessibleDescription().endswith("spread over 2 hours")
    assert spy.count() == 2


def test_the_wheel_changes_no_choice_by_accident(shown: Shown) -> None:
    field = ChoiceField()
    field.addItems(["a", "b"])
    shown(field)

    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, wheel)

    assert field.currentIndex() == 0
