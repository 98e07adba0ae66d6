"""The compose page with real lists, drafts and counts."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale, QMimeData, QPointF, Qt, QTranslator, QUrl
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.composition import Duplicates, compose
from cascade_desktop.core.drafts import Draft, FlashCall, Kind, Promo, Route, Survey, Transaction
from cascade_desktop.core.pasted import table_from_text
from cascade_desktop.core.questions import find_questions
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.sms_summary import summarise_sms
from cascade_desktop.core.table import Source, Table
from cascade_desktop.ui import theme
from cascade_desktop.ui.compose.compose_view import ComposeView
from cascade_desktop.ui.compose.person_menu import PersonMenu
from cascade_desktop.ui.compose.preview_card import PreviewCard
from cascade_desktop.ui.widgets.card import BodyScroll
from cascade_desktop.ui.widgets.drop_zone import Start
from cascade_desktop.ui.wording_plurals import EnglishPlurals

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
NAMES = ("Моб. телефон", "Ім’я", "Код")
ROWS = (
    ("+380501112233", "Олена", "ZYMA-1"),
    ("050 111 22 34", "Андрій", "ZYMA-2"),
    ("+393471112233", "", "ZYMA-3"),
    ("abc", "Марко", "ZYMA-4"),
    ("(0)501112235", "Софія", "ZYMA-5"),
)
ABROAD = ("+393471112233", "+393471112244", "+393471112255")


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    plurals = EnglishPlurals(qapp)
    qapp.installTranslator(plurals)
    if not qapp.styleSheet():  # again and again it would restyle every widget there is
        theme.apply(qapp, theme.Scheme.LIGHT)
    yield
    qapp.removeTranslator(plurals)
    QLocale.setDefault(before)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ComposeView]:
    page = ComposeView(clock=lambda: NOW, zone="Europe/Kyiv")
    page.resize(1280, 740)
    page.show()
    yield page
    page.close()
    delete(page)  # deleteLater waits for an event loop, which tests without waiting never enter


def read(rows: tuple[tuple[str, ...], ...] = ROWS, file: str = "люди.xlsx") -> Recipients:
    columns = tuple(zip(*rows, strict=True))
    source = Source(file, "xlsx", sheet="Лист1", sheets=("Лист1",), header_row=1, sha256="ab12")
    found = read_recipients(
        Table(source, NAMES, columns, range(2, len(rows) + 2)), Choice(phone_column=0)
    )
    assert isinstance(found, Recipients)
    return found


def fill(page: ComposeView, draft: Draft, recipients: Recipients | None = None) -> Recipients:
    """Open a list and a draft as the program does, and count."""
    found = recipients or read()
    page.show_recipients(found)
    page.set_campaign(Campaign("", draft))
    page.choose_kind(draft.kind)
    recount(page, found)
    return found


def recount(page: ComposeView, recipients: Recipients) -> None:
    composition = compose(page.campaign(page.kind()).draft, recipients)
    page.show_composition(composition, summarise_sms(composition.texts))


def write(field: QWidget, text: str) -> None:
    """Type a text as a keyboard would; QTest knows ASCII alone."""
    for char in text:
        key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, char)
        QApplication.sendEvent(field, key)


def focused(page: ComposeView) -> QWidget | None:
    return page.focusWidget()


def test_the_first_screen_offers_every_way_to_get_a_list(view: ComposeView) -> None:
    ways = {
        Start.OPEN: view.open_wanted,
        Start.PASTE: view.paste_wanted,
        Start.TYPE: view.type_wanted,
        Start.SAMPLE: view.sample_wanted,
        Start.EXAMPLE: view.example_wanted,
        Start.CONNECT: view.connect_wanted,
    }
    spies = {way: QSignalSpy(signal) for way, signal in ways.items()}

    for way in ways:
        view.start_page.drop_zone.chosen.emit(way.value)

    assert [spy.count() for spy in spies.values()] == [1] * len(ways)
    assert not view.action_bar.isVisible()


def test_a_file_that_is_being_read_can_be_given_up(qtbot: QtBot, view: ComposeView) -> None:
    spy = QSignalSpy(view.reading_cancelled)
    view.show_reading("люди.xlsx")
    assert view.reading_panel.isVisible()

    qtbot.mouseClick(view.reading_panel.cancel_button, Qt.MouseButton.LeftButton)

    assert spy.count() == 1
    assert view.start_page.isVisible()


def test_a_file_that_cannot_be_read_is_told_and_the_list_before_stays(view: ComposeView) -> None:
    view.show_problem("The file is empty.")
    assert view.start_page.notice.isVisible()

    view.show_recipients(read())
    view.show_reading("other.xlsx")
    view.show_problem("The file is <locked>.")

    said = " ".join(label.text() for label in view.recipients_card.notice.findChildren(QLabel))
    assert "&lt;locked&gt;" in said
    assert "The list before it stays open: <b>люди.xlsx</b>." in said
    assert not view.recipients_card.reading_panel.isVisible()
    assert view.recipients_card.number_label.text() == "4"


def test_numbers_that_came_from_no_file_are_not_said_to_be_in_one(view: ComposeView) -> None:
    table = table_from_text("0501112233\n0501112244", "Pasted numbers")
    assert isinstance(table, Table)
    found = read_recipients(table, Choice())
    assert isinstance(found, Recipients)

    view.show_recipients(found)

    assert "2 rows in what you pasted or typed" in view.recipients_card.sums.html


def test_the_recipients_card_adds_up_to_the_file(view: ComposeView) -> None:
    view.show_recipients(read())
    card = view.recipients_card

    assert card.number_label.text() == "4"
    assert "Phones: Моб. телефон · Ukraine" in card.reading_words.html
    assert "of these, 2 numbers were corrected" in card.corrected_words.html
    assert card.others_link.accessibleName() == "1 will not. See why"
    assert card.sums.html == "3 Ukraine · 1 Italy<br>5 rows in the file"


def test_numbers_are_grouped_as_the_language_does(view: ComposeView) -> None:
    many = tuple((f"+38050111{at:04}", "Олена", "X") for at in range(1221))
    fill(view, Promo("MyBrand", "Вітаємо, {Ім’я}! http://a.example"), read(many))

    assert view.recipients_card.number_label.text() == "1,221"
    assert view.action_bar.review_button.text().replace("&", "") == "Review 1,221 messages…"
    assert view.preview_card.place_label.text() == "person 1 of 1,221"


def test_a_missing_value_takes_its_row_out_of_the_count(view: ComposeView) -> None:
    fill(view, Promo("MyBrand", "Вітаємо, {Ім’я}! http://a.example"))

    assert view.recipients_card.number_label.text() == "3"
    assert view.recipients_card.others_link.accessibleName() == "2 will not. See why"


def test_all_sums_of_the_card_are_about_those_who_get_it(view: ComposeView) -> None:
    fill(view, Promo("MyBrand", "Вітаємо, {Ім’я}! http://a.example"))
    named = (view.recipients_card.corrected_words.html, view.recipients_card.sums.html)

    fill(view, Promo("MyBrand", "Вітаємо! http://a.example"))

    assert "of these, 2 numbers were corrected" in named[0]
    assert named[1] == "3 Ukraine<br>5 rows in the file"
    assert view.recipients_card.sums.html == "3 Ukraine · 1 Italy<br>5 rows in the file"


def test_links_of_the_recipients_card_say_what_is_wanted(view: ComposeView) -> None:
    view.show_recipients(read())
    card = view.recipients_card
    seen = [QSignalSpy(s) for s in (view.verdicts_wanted, view.change_reading_wanted)]
    corrected = QSignalSpy(card.corrected_wanted)

    card.others_link.click()
    card.corrected_words.linkActivated.emit("see")
    card.reading_words.linkActivated.emit("change")

    assert [spy.count() for spy in seen] == [1, 1]
    assert corrected.count() == 1


@pytest.mark.parametrize("steps", range(4), ids=["open a file", "paste", "type", "example"])
def test_another_list_is_given_in_the_ways_of_the_start_page(
    qtbot: QtBot, view: ComposeView, steps: int
) -> None:
    view.show_recipients(read())
    ways = (view.open_wanted, view.paste_wanted, view.type_wanted, view.example_wanted)
    wanted = [QSignalSpy(signal) for signal in ways]
    view.recipients_card.link_clicked.emit()
    menu = view.recipients_card.findChild(QMenu)
    assert menu is not None

    for _ in range(steps):
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)

    assert [spy.count() for spy in wanted] == [int(at == steps) for at in range(4)]


def test_each_tab_keeps_its_own_text_and_settings(qtbot: QtBot, view: ComposeView) -> None:
    view.show_recipients(read())
    spy = QSignalSpy(view.kind_changed)
    view.choose_kind(Kind.TRANSACTION)
    write(view.message_card.form.text_field.edit, "Order")

    view.tabs.chosen.emit("flashcall")
    view.tabs.chosen.emit("transaction")

    assert spy.count() == 2
    assert view.campaign(Kind.TRANSACTION).draft == Transaction("", "Order", 86_400)
    assert view.campaign(Kind.FLASHCALL).draft == FlashCall("", 300)


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param(Transaction("MyBrand", "Ваш код {Код}", 3_600), id="transaction"),
        pytest.param(Promo("MyBrand", "Вітаємо, {Ім’я|друже}!\nhttps://a.example"), id="promo"),
        pytest.param(Survey("MyBrand", "Сподобалось?", ("Так", "Ні 💛"), 604_800), id="survey"),
        pytest.param(FlashCall("MyBrand", 90, "Ми дзвонили"), id="flash call"),
    ],
)
def test_a_campaign_comes_back_as_it_was_put_in(view: ComposeView, draft: Draft) -> None:
    found = read()
    view.show_recipients(found)
    given = view.campaign(draft.kind)
    wanted = Campaign(
        name="Winter",
        draft=draft,
        route=Route.TG_VIBER,
        schedule="2026-11-26T10:00",
        zone="Europe/Kyiv",
        spread_hours=2,
        recipients=given.recipients,
    )
    edited = QSignalSpy(view.edited)

    view.set_campaign(wanted)

    back = view.campaign(draft.kind)
    assert back == wanted
    assert (back.recipients.file, back.recipients.phone_column) == ("люди.xlsx", "Моб. телефон")
    assert edited.count() == 0


def test_people_and_messages_are_told_apart(view: ComposeView) -> None:
    again = (ROWS[0][0], "Petro", *ROWS[0][2:])
    fill(view, Transaction("Shop", "Hi {Ім’я}"), read((*ROWS, again)))
    card = view.recipients_card
    people, messages = int(card.number_label.text()), int(card.number_label.text()) + 1

    assert card.several_words.html == f"{messages} messages: 1 number gets several"
    assert card.several_words.isVisible()
    assert view.action_bar.review_button.text().replace("&", "") == f"Review {messages} messages…"
    assert view.preview_card.place_label.text() == f"message 1 of {messages}"
    fill(view, Promo("Shop", "Hi {Ім’я}"), read((*ROWS, again)))
    assert card.number_label.text() == str(people)
    assert not card.several_words.isVisible()
    assert view.preview_card.place_label.text() == f"person 1 of {people}"


@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_is_wider_than_its_column(view: ComposeView, qtbot: QtBot, kind: Kind) -> None:
    view.resize(1024, 640)
    drafts = {
        Kind.TRANSACTION: Transaction("Shop", "Hi…"),
        Kind.PROMO: Promo("Shop", "Hi…"),
        Kind.SURVEY: Survey("Shop", "Well?", ("Yes", "No")),
        Kind.FLASHCALL: FlashCall("Shop", 60, "Hi…"),
    }
    fill(view, drafts[kind])
    form = view.message_card.form
    form.when_field.set_schedule("2026-09-30T10:00", "Europe/Kyiv")
    form.more_options.set_open(True)
    form.when_field.focus()
    form.when_field.zone_field.change_button.click()
    form.text_field.edit.setFocus()
    qtbot.waitUntil(lambda: form.more_options.route_combo.width() > 1)

    page, cards = view.columns.widget(), (view.recipients_card, view.message_card)
    assert page is not None
    assert page.minimumSizeHint().width() <= view.columns.viewport().width()
    assert all(card.minimumSizeHint().width() <= card.width() for card in cards)
    assert form.minimumSizeHint().width() <= form.width()


def test_typing_brings_the_text_into_sight(view: ComposeView, qtbot: QtBot) -> None:
    view.resize(1024, 640)
    fill(view, Promo("Shop", "Hi there"))
    form = view.message_card.form
    form.more_options.set_open(True)
    edit, area = form.text_field.edit, view.message_card.findChild(BodyScroll)
    assert area is not None
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 300)
    edit.setFocus()
    bar.setValue(bar.maximum())

    qtbot.keyClicks(edit, "a")

    qtbot.waitUntil(lambda: not edit.viewport().visibleRegion().isEmpty())
    seen = edit.viewport().visibleRegion().boundingRect()
    assert seen.contains(edit.cursorRect().center())


def test_each_kind_and_list_keeps_its_answer_about_shared_numbers(view: ComposeView) -> None:
    fill(view, Promo("Shop", "Hi"))
    view.settle_duplicates(Duplicates.BOTH)
    kept = view.campaign(Kind.PROMO)

    view.show_recipients(read(file="others.xlsx"))
    other = view.campaign(Kind.PROMO).duplicates
    later = ComposeView(clock=lambda: NOW, zone="Europe/Kyiv")
    later.set_campaign(kept)
    later.show_recipients(read())

    assert (kept.duplicates, other, later.campaign(Kind.PROMO)) == (Duplicates.BOTH, None, kept)
    assert later.campaign(Kind.TRANSACTION).duplicates is None


def test_a_campaign_without_a_name_is_named_afresh_each_day(view: ComposeView) -> None:
    view.show_recipients(read())
    view.set_campaign(Campaign("Promo люди 2026-01-01", Promo("A", "B")))
    view.set_campaign(Campaign("Autumn", Transaction("A", "B")))

    assert view.campaign(Kind.PROMO).name == "Promo люди 2026-11-23"
    assert view.campaign(Kind.TRANSACTION).name == "Autumn"

    view.show_recipients(read(file="others.xlsx"))
    assert view.campaign(Kind.TRANSACTION).name == "Transaction others 2026-11-23"


def test_every_change_is_told_once(qtbot: QtBot, view: ComposeView) -> None:
    view.show_recipients(read())
    view.choose_kind(Kind.SURVEY)
    form, spy = view.message_card.form, QSignalSpy(view.edited)

    write(form.text_field.edit, "A")
    form.sender_combo.setEditText("Shop")
    write(form.answers.edits[0], "Y")
    form.more_options.route_combo.setCurrentIndex(1)
    form.when_field.choice.chosen.emit("later")

    assert spy.count() == 5


def test_everything_is_ready_once_all_rows_were_counted(view: ComposeView) -> None:
    spy = QSignalSpy(view.review_wanted)
    found = read()
    view.show_recipients(found)
    view.set_campaign(Campaign("", Promo("MyBrand", "Hello http://a.example")))
    bar = view.action_bar
    assert not bar.review_button.isEnabled()

    recount(view, found)
    bar.review_button.click()

    assert bar.ready_label.isVisible()
    assert bar.ready_label.text() == "Everything is ready"
    assert spy.count() == 1


def test_a_question_about_the_list_stands_beside_what_stops_sending(view: ComposeView) -> None:
    rows = tuple((phone, name, code) for phone, (_, name, code) in zip(ABROAD, ROWS, strict=False))
    found = fill(view, Promo("MyBrand", "Hello http://a.example"), read(rows))
    bar = view.action_bar
    view.recipients_card.ask(find_questions(found.table, found))
    assert bar.question_pill.text() == "1 question about the list: Is this the right list?"
    assert bar.review_button.isEnabled()

    write(view.message_card.form.text_field.edit, "{Nobody}")

    assert bar.stop_pill.isVisible()
    assert bar.question_pill.text() == "1 question about the list"


def test_what_stops_sending_is_told_at_once_and_leads_to_its_field(
    qtbot: QtBot, view: ComposeView
) -> None:
    fill(view, Survey("MyBrand", "Good?", ("Yes", "No")))
    bar, form = view.action_bar, view.message_card.form
    form.text_field.edit.set_text("x" * 91)
    form.text_field.edit.edited.emit()
    assert bar.stop_pill.text() == "Shorten the question by 6 characters."
    assert not bar.review_button.isEnabled()
    assert form.text_field.counter_words.html == "91 of 85 characters"
    assert form.text_field.edit.property("tone") == "danger"

    bar.stop_pill.click()

    assert focused(view) is form.text_field.edit
    assert view.recipients_card.number_label.text() == "4"


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        pytest.param(Promo("", "Hi"), "sender", id="sender"),
        pytest.param(Promo("A", "{Nobody}"), "text", id="placeholder"),
        pytest.param(Survey("A", "Q", ("Yes", "Yes")), "answer 2", id="same answer"),
        pytest.param(Survey("A", "Q", ("%name=1%", "Yes")), "answer 1", id="control syntax"),
        pytest.param(Survey("A", "Q", ("Yes", "")), "answer 2", id="empty answer"),
        pytest.param(FlashCall("A", 30), "ttl", id="time to live"),
    ],
)
def test_the_pill_leads_to_the_field(view: ComposeView, draft: Draft, field: str) -> None:
    fill(view, draft)
    form = view.message_card.form
    fields = {
        "sender": form.sender_combo,
        "text": form.text_field.edit,
        "answer 1": form.answers.edits[0],
        "answer 2": form.answers.edits[1],
        "ttl": form.more_options.ttl_combo,
    }

    view.action_bar.stop_pill.click()

    reached = focused(view)
    assert reached is fields[field] or fields[field].isAncestorOf(reached or view)


def test_nobody_to_send_to_leads_to_the_reasons(view: ComposeView) -> None:
    spy = QSignalSpy(view.verdicts_wanted)
    fill(view, Promo("A", "Hi http://a.example"), read((("abc", "Олена", "X"),)))

    view.action_bar.stop_pill.click()

    assert view.preview_card.place_label.text() == "nobody"
    assert spy.count() == 1


def test_control_syntax_in_a_cell_stops_sending(view: ComposeView) -> None:
    rows = (("+380501112233", "%name=1%", "X"),)
    fill(view, Promo("A", "Hi {Ім’я} http://a.example"), read(rows))

    assert not view.action_bar.review_button.isEnabled()
    assert "%name=1%" in view.action_bar.stop_pill.text()


def test_remarks_are_told_and_stop_nothing(view: ComposeView) -> None:
    fill(view, Promo("My Brand Ltd.", "Sale!"))
    form = view.message_card.form

    assert form.remarks_notice.isVisible()
    assert view.action_bar.review_button.isEnabled()

    form.text_field.insert_row.unsubscribe_button.click()
    write(form.text_field.edit, "0800 123")
    form.sender_combo.setEditText("MyBrand")
    assert not form.remarks_notice.isVisible()


def test_the_preview_shows_the_rows_own_values_in_bold(view: ComposeView) -> None:
    fill(view, Promo("MyBrand", "Вітаємо, {Ім’я|друже}! {Код} http://a.example"))
    preview = view.preview_card
    shown = preview.phone.accessibleDescription()

    preview.later_button.click()
    preview.later_button.click()

    assert shown == "MyBrand: Вітаємо, Олена! ZYMA-1 http://a.example"
    assert "Вітаємо, друже! ZYMA-3" in preview.phone.accessibleDescription()
    assert preview.place_label.text() == "person 3 of 4"


def test_the_preview_follows_every_key(qtbot: QtBot, view: ComposeView) -> None:
    fill(view, Transaction("MyBrand", ""))

    write(view.message_card.form.text_field.edit, "Hi {код} {x}")

    assert view.preview_card.phone.accessibleDescription() == "MyBrand: Hi ZYMA-1 {x}"


def test_the_person_stays_when_the_text_changes(view: ComposeView) -> None:
    found = fill(view, Promo("MyBrand", "Hi http://a.example"))
    view.preview_card.go_to(3)
    row = view.preview_card.row

    view.set_campaign(Campaign("", Promo("MyBrand", "Hi {Ім’я} http://a.example")))
    recount(view, found)

    assert view.preview_card.row == row
    assert view.preview_card.place_label.text() == "person 3 of 3"


def test_the_longest_message_is_one_click_away(qtbot: QtBot, view: ComposeView) -> None:
    fill(view, Promo("MyBrand", "Вітаємо, {Ім’я} http://a.example"))
    shown = view.preview_card.phone.accessibleDescription

    view.preview_card.longest_button.click()

    qtbot.waitUntil(lambda: "Андрій" in shown())


def menu_of(preview: PreviewCard) -> PersonMenu:
    preview._link_button.click()
    (menu,) = (found for found in preview.findChildren(PersonMenu) if found.isVisible())
    return menu


def choose(preview: PreviewCard, key: str) -> None:
    menu = menu_of(preview)
    (entry,) = (entry for entry in menu.actions() if entry.data() == key)
    assert entry.isEnabled()
    entry.trigger()
    menu.close()


@pytest.mark.parametrize(
    ("key", "position"),
    [
        pytest.param("shortest", 2, id="shortest"),
        pytest.param("most_sms", 3, id="most SMS though not the longest"),
        pytest.param("corrected", 1, id="corrected"),
        pytest.param("abroad", 2, id="another country"),
        pytest.param("fallback", 2, id="fallback"),
        pytest.param("longest", 1, id="longest"),
    ],
)
def test_the_menu_leads_to_people_worth_a_look(
    qtbot: QtBot, view: ComposeView, key: str, position: int
) -> None:
    rows = (
        ("+380501112233", "a" * 40, ""),
        ("050 111 22 34", "b" * 150, ""),
        ("+393471112233", "", ""),
        ("+380501112235", "ж" * 75, ""),
    )
    fill(view, Promo("MyBrand", "{Ім’я|Hi} a.tk"), read(rows))
    preview = view.preview_card

    if key == "longest":
        preview.longest_button.click()
    else:
        choose(preview, key)

    qtbot.waitUntil(lambda: preview.position == position)


def test_the_menu_goes_on_to_the_next_who_is_meant(qtbot: QtBot, view: ComposeView) -> None:
    rows = tuple((phone, "A", "") for phone in (*ABROAD[:2], "+380501112233"))
    found = fill(view, Promo("MyBrand", "Hi http://a.example"), read(rows))
    preview = view.preview_card
    assert found.country == "UA"

    seen = []
    for expected in (1, 0):
        choose(preview, "abroad")
        qtbot.waitUntil(lambda expected=expected: preview.position == expected)
        seen.append(preview.position)

    assert seen == [1, 0]


def test_what_leads_to_nobody_is_grey_in_the_menu(view: ComposeView) -> None:
    fill(view, Promo("MyBrand", "Hi http://a.example"), read((("+380501112233", "A", ""),)))

    menu = menu_of(view.preview_card)
    enabled = {entry.data() for entry in menu.actions() if entry.isEnabled() and entry.data()}
    menu.close()

    assert enabled == {"shortest", "most_sms", "copy"}


def test_a_message_is_copied_as_it_will_be_sent(view: ComposeView) -> None:
    fill(view, Survey("MyBrand", "{Ім’я}, how was it?\n" + "x" * 30, ("Good", "Bad")))

    choose(view.preview_card, "copy")

    copied = QApplication.clipboard().text()
    assert copied == f"Олена, how was it?\n{'x' * 30}\nGood\nBad"
    assert view.preview_card.notice._words.html == "Copied. It can be pasted anywhere."


def test_the_sms_of_a_flash_call_can_be_seen(view: ComposeView) -> None:
    fill(view, FlashCall("MyBrand", 300, "Call us, {Ім’я}"))
    preview = view.preview_card
    assert preview.apps.current == "call"

    preview.apps._pick("sms")
    assert preview.phone.accessibleDescription() == "MyBrand: Call us, Олена"

    view.set_campaign(Campaign("", FlashCall("MyBrand", 300, "")))
    assert preview.apps.current == "call"


def test_a_text_too_long_for_an_app_says_so_in_its_preview(view: ComposeView) -> None:
    fill(view, Promo("MyBrand", "x" * 1001))

    assert view.preview_card.phone._note_label.text().startswith("Too long for it")


@pytest.mark.parametrize(
    ("words", "position"),
    [
        pytest.param("соф", 3, id="name"),
        pytest.param("050 111 22 34", 1, id="phone as people write it"),
        pytest.param("347111", 2, id="digits inside"),
    ],
)
def test_a_person_is_found_by_name_or_phone(
    qtbot: QtBot, view: ComposeView, words: str, position: int
) -> None:
    fill(view, Promo("MyBrand", "Hi http://a.example"))
    preview = view.preview_card

    preview.find_button.click()
    write(preview.search_edit, words)

    qtbot.waitUntil(lambda: preview.position == position)
    assert focused(view) is preview.search_edit


def test_a_person_who_is_not_there_is_told_and_esc_leaves(qtbot: QtBot, view: ComposeView) -> None:
    fill(view, Promo("MyBrand", "Hi http://a.example"))
    preview = view.preview_card
    preview.find_button.click()
    write(preview.search_edit, "zzz")
    qtbot.waitUntil(preview.notice.isVisible)
    answer = preview.notice._words.html

    qtbot.keyClick(preview.search_edit, Qt.Key.Key_Escape)

    assert not preview.search_edit.isVisible()
    assert not preview.notice.isVisible()
    assert answer == "Nobody who will get it has “<b>zzz</b>” in their row."


def test_the_preview_says_who_it_is(view: ComposeView) -> None:
    fill(view, Promo("MyBrand", "Hi http://a.example"))
    preview = view.preview_card

    first = preview.person_words.html
    preview.go_to(2)

    assert first.replace("\xa0", " ") == "Олена · +380 50 111 22 33"
    assert preview.person_words.html.replace("\xa0", " ") == "+39 347 111 2233"


def test_tab_goes_through_a_message_as_it_is_read(view: ComposeView) -> None:
    fill(view, Promo("MyBrand", "Hi http://a.example"))
    promo = view.message_card.form

    assert tabs_from(view, promo.text_field.edit, 7) == [
        *promo.text_field.insert_row.chips,
        promo.text_field.insert_row.unsubscribe_button,
        promo.text_field.insert_row.emoji_button,
        promo.sms_count.sentence,
        promo.when_field.field_button,
        promo.more_options.toggle_button,
    ]


def test_tab_goes_through_answers_added_later_too(view: ComposeView) -> None:
    fill(view, Survey("MyBrand", "Good?", ("Yes", "No")))
    survey = view.message_card.form
    survey.answers.add_button.click()
    edits = survey.answers.edits

    parts = [part for edit in edits for part in (edit, edit.grip, edit.remove_button)]
    assert tabs_from(view, edits[0], 9) == [
        *(part for part in parts[1:] if part.isEnabled()),
        survey.answers.add_button,
    ]


def tabs_from(page: ComposeView, first: QWidget, steps: int) -> list[QWidget | None]:
    """Return where Tab leads from a field on."""
    first.setFocus()
    reached: list[QWidget | None] = []
    for _ in range(steps):
        page.focusNextPrevChild(True)
        reached.append(page.focusWidget())
    return reached


def test_an_added_answer_is_seen_whole(qtbot: QtBot, view: ComposeView) -> None:
    view.resize(1024, 520)
    fill(view, Survey("MyBrand", "Good?", ("Yes", "No", "Maybe")))

    view.message_card.form.answers.add_button.click()

    added = view.message_card.form.answers.edits[-1]
    qtbot.waitUntil(lambda: added.visibleRegion().boundingRect() == added.rect())


def test_another_kind_is_shown_from_its_top(qtbot: QtBot, view: ComposeView) -> None:
    view.resize(1024, 460)
    fill(view, Survey("MyBrand", "Good?", ("Yes", "No", "Maybe")))
    scroll = view.message_card._scroll
    assert scroll is not None
    bar = scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())

    view.tabs.chosen.emit("promo")

    assert bar.value() == 0


def test_flash_calls_are_calls_and_not_messages(view: ComposeView) -> None:
    fill(view, FlashCall("MyBrand", 300))

    assert view.action_bar.review_button.text().replace("&", "") == "Review 4 calls…"


@pytest.mark.parametrize(
    ("draft", "apps"),
    [
        pytest.param(Promo("A", "B"), ["Viber", "Telegram", "RCS", "SMS"], id="promo"),
        pytest.param(Survey("A", "B", ("Yes", "No")), ["Viber", "SMS"], id="survey"),
        pytest.param(FlashCall("A"), ["Call"], id="flash call"),
    ],
)
def test_the_preview_offers_the_apps_of_the_kind(
    view: ComposeView, draft: Draft, apps: list[str]
) -> None:
    fill(view, draft)
    buttons = view.preview_card.apps.findChildren(QAbstractButton)

    assert [button.text() for button in buttons if button.isVisible()] == apps
    assert next(button.text() for button in buttons if button.isChecked()) == apps[0]


def test_a_flash_call_shows_a_number_of_the_persons_country(view: ComposeView) -> None:
    fill(view, FlashCall("MyBrand", 300))

    assert view.preview_card.phone.accessibleDescription() == "+380 •• ••• •• ••, rings once"
    assert not view.preview_card.longest_button.isVisible()


def test_ctrl_enter_reviews_or_leads_to_what_stops(qtbot: QtBot, view: ComposeView) -> None:
    found = fill(view, Promo("", "Hi http://a.example"))
    spy, form = QSignalSpy(view.review_wanted), view.message_card.form
    control = Qt.KeyboardModifier.ControlModifier
    form.text_field.edit.setFocus()

    qtbot.keyClick(form.text_field.edit, Qt.Key.Key_Return, control)
    assert (spy.count(), focused(view)) == (0, form.sender_combo)

    form.sender_combo.setEditText("MyBrand")
    recount(view, found)
    qtbot.keyClick(form.text_field.edit, Qt.Key.Key_Return, control)
    assert (spy.count(), form.text_field.text) == (1, "Hi http://a.example")


def test_f6_goes_round_the_columns(qtbot: QtBot, view: ComposeView) -> None:
    fill(view, Promo("MyBrand", "Hi http://a.example"))
    form = view.message_card.form
    form.text_field.edit.setFocus()
    stops: list[QWidget | None] = []

    for _ in range(4):
        qtbot.keyClick(focused(view), Qt.Key.Key_F6)
        stops.append(focused(view))

    assert stops == [
        view.preview_card.later_button,
        view.action_bar.review_button,
        view.recipients_card.others_link,
        form.text_field.edit,
    ]
    qtbot.keyClick(focused(view), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert focused(view) is view.recipients_card.others_link


def test_a_file_dropped_anywhere_is_handed_on(view: ComposeView, tmp_path: Path) -> None:
    view.show_recipients(read())
    file = tmp_path / "people.csv"
    file.write_text("x", "utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    spy = QSignalSpy(view.file_dropped)

    view.dropEvent(
        QDropEvent(
            QPointF(50, 50),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )

    assert spy.at(0)[0] == file
    assert not view.message_card.form.text_field.edit.canInsertFromMimeData(data)


def test_practice_stripes_the_main_button(view: ComposeView) -> None:
    view.set_practice(True)
    assert view.action_bar.review_button.practice

    view.set_practice(False)
    assert not view.action_bar.review_button.practice


def test_senders_given_before_are_offered_and_what_is_typed_stays(view: ComposeView) -> None:
    view.set_campaign(Campaign("", Promo("Typed", "Hi")))

    view.set_senders(["MyBrand", "Shop"])

    assert view.campaign(Kind.PROMO).draft.sender == "Typed"
    assert view.campaign(Kind.SURVEY).draft.sender == "MyBrand"
    combo = view.message_card.forms[Kind.PROMO].sender_combo
    assert [combo.itemText(at) for at in range(combo.count())] == ["MyBrand", "Shop"]


@pytest.mark.parametrize(
    ("width", "stacked"), [pytest.param(1024, False, id="1024"), pytest.param(800, True, id="800")]
)
def test_columns_stand_side_by_side_from_1024_px(
    view: ComposeView, width: int, stacked: bool
) -> None:
    fill(view, Promo("MyBrand", "Hi"))

    view.resize(width, 700)

    assert view.width() == width
    assert view.columns.stacked is stacked


def test_all_fields_and_buttons_have_names(view: ComposeView) -> None:
    for kind in Kind:
        fill(view, {k.kind: k for k in _one_of_each()}[kind])
        reached = [
            part
            for part in view.findChildren(QWidget)
            if part.isVisible()
            and part.focusPolicy() & Qt.FocusPolicy.TabFocus
            and part.focusProxy() is None
            and not part.objectName().startswith("qt_")
        ]
        nameless = [p for p in reached if not (p.accessibleName() or _text_of(p))]
        assert nameless == []


def test_no_two_mnemonics_of_a_tab_clash(view: ComposeView) -> None:
    for draft in _one_of_each():
        fill(view, draft)
        view.message_card.form.more_options.set_open(True)
        texts = [_text_of(part) for part in view.findChildren(QWidget) if part.isVisible()]
        keys = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
        assert sorted(keys) == sorted(set(keys))


def _one_of_each() -> tuple[Draft, ...]:
    return (
        Transaction("A", "B"),
        Promo("A", "B"),
        Survey("A", "B", ("Yes", "No")),
        FlashCall("A"),
    )


def _text_of(part: QWidget) -> str:
    text = getattr(part, "text", "")
    return str(text() if callable(text) else text)


def test_what_stops_sending_is_brought_into_sight(qtbot: QtBot, view: ComposeView) -> None:
    view.resize(1024, 460)
    fill(view, FlashCall("MyBrand", 30))

    view.action_bar.stop_pill.click()

    ttl = view.message_card.form.more_options.ttl_combo
    qtbot.waitUntil(lambda: not ttl.visibleRegion().isEmpty())


def test_another_language_is_spoken_at_once(qapp: QApplication, view: ComposeView) -> None:
    fill(view, Promo("MyBrand", "Hi http://a.example"))
    translator = Ukrainian(qapp)

    qapp.installTranslator(translator)
    QApplication.sendPostedEvents()
    shown = (view.action_bar.ready_label.text(), view.recipients_card.sums.html)
    qapp.removeTranslator(translator)

    assert shown == ("Усе готово", "3 Ukraine · 1 Italy<br>Рядків у файлі: 5")


class Ukrainian(QTranslator):
    """Two sentences of another language."""

    def translate(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, _context: str, source_text: str, *_rest: object
    ) -> str | None:
        said = {
            "Everything is ready": "Усе готово",
            "%Ln row(s) in the file": "Рядків у файлі: %Ln",
        }
        return said.get(source_text)

    def isEmpty(self) -> bool:  # noqa: N802 (Qt's name)
        return False
