"""The review, whole: what it costs, who got something before, what is confirmed and kept."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from fingers import Keys
from operator_at_work import Operator
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from cascade_desktop.core.confirmations import Confirmation
from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.target import Keys as AccountKeys
from cascade_desktop.engine.settings import Settings
from cascade_desktop.engine.waits import Waits
from cascade_desktop.practice.server import PracticeServer
from cascade_desktop.program import Program
from cascade_desktop.ui.review_dialog import ReviewDialog
from cascade_desktop.ui.settings_dialog import PRICES
from cascade_desktop.ui.widgets.buttons import LinkButton
from cascade_desktop.ui.wording_review import say_given

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
OKSANA, IVAN, MARCO = "+380501112233", "+380671112233", "+393331112233"
PRICED = Settings(country="UA", currency="UAH", prices=("UA 0.85",))


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(
        f"Phone,Name\n{OKSANA},Oksana\n{IVAN},Ivan\n{MARCO},Marco\n{OKSANA},Oksana again\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def ivan(tmp_path: Path) -> Path:
    path = tmp_path / "ivan.csv"
    path.write_text(f"Phone,Name\n{IVAN},Ivan\n{OKSANA},Oksana\n", encoding="utf-8")
    return path


def by_day(operator: Operator) -> None:
    """Let no hour be quiet, whenever this test runs."""
    settings = operator.program.settings
    settings.save(Settings(**{**_fields(settings.load()), "quiet_before_h": 0, "quiet_from_h": 24}))


def _fields(settings: Settings) -> dict:
    return {name: getattr(settings, name) for name in settings.__dataclass_fields__}


def composes(operator: Operator, path: Path, text: str = "Hello", kind: Kind = Kind.TRANSACTION):
    operator.opens(path)
    operator.chooses(kind)
    operator.signs("MyBrand")
    operator.writes(text)


def words(dialog: ReviewDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def next_review(operator: Operator, before: ReviewDialog) -> ReviewDialog:
    flow = operator.program.review_flow
    operator.waits_until(lambda: flow.dialog not in {None, before})
    assert flow.dialog is not None
    return flow.dialog


@pytest.fixture
def sent_once(operator: Operator, ivan: Path, people: Path) -> Operator:
    """Send to Ivan and Oksana, Ivan the text that he is to get again; compose for all."""
    by_day(operator)
    composes(operator, ivan, "Hello {Name}")
    assert operator.sends().counts.accepted == 2
    operator.window.show_page("compose")
    composes(operator, people, "Hello {Name}")
    return operator


def test_who_got_something_is_told_and_left_out_with_all_their_rows(sent_once: Operator):
    dialog = sent_once.reviews()
    told = words(dialog)
    sent_once.presses(dialog.offers[0].findChildren(LinkButton)[0])
    fewer = next_review(sent_once, dialog)

    assert "2 of them got this very text in practice" in told
    assert "<b>4 messages to 3 people</b>" in told
    assert "<b>1 person</b>, 1 in Italy. 3 are not included." in words(fewer)
    assert sent_once.recipients.choice.left_out == {2, 3, 5}
    assert fewer.windowTitle() == "Practise with 1 transaction message?"
    fewer.reject()


def test_nobody_is_left_out_of_a_list_that_came_behind_the_review(
    sent_once: Operator, tmp_path: Path
):
    other = tmp_path / "other.csv"
    other.write_text("Phone,Name\n+380931112233,Taras\n+380931112244,Lesia\n", encoding="utf-8")
    dialog = sent_once.reviews()
    sent_once.opens(other)

    sent_once.presses(dialog.offers[0].findChildren(LinkButton)[0])
    again = next_review(sent_once, dialog)

    assert sent_once.recipients.table.source.file == "other.csv"
    assert sent_once.recipients.choice.left_out == frozenset()
    assert "<b>2 people</b>, 2 in Ukraine" in words(again)
    again.reject()


def test_only_who_was_left_out_in_the_review_comes_back_in_it(sent_once: Operator):
    dialog = sent_once.reviews()
    sent_once.presses(dialog.offers[0].findChildren(LinkButton)[0])
    fewer = next_review(sent_once, dialog)
    sent_once.program.lists.edit({4: IVAN.replace("67", "93")})

    sent_once.presses(fewer.offers[0].findChildren(LinkButton)[0])
    again = next_review(sent_once, fewer)

    assert sent_once.recipients.choice.edits == {4: IVAN.replace("67", "93")}
    assert sent_once.recipients.choice.left_out == {2, 3, 5}
    again.reject()


def test_who_was_left_out_by_the_keyboard_comes_back_by_the_keyboard(
    sent_once: Operator, keys: Keys
):
    sent_once.waits_until(sent_once.may_review)
    keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    dialog = next_review(sent_once, sent_once.program.review_flow.dialog)  # type: ignore[arg-type]
    dialog.activateWindow()
    sent_once.waits_until(dialog.isActiveWindow)
    keys.press(Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    fewer = next_review(sent_once, dialog)
    told = words(fewer)
    fewer.activateWindow()
    sent_once.waits_until(fewer.isActiveWindow)
    keys.press(Qt.Key.Key_U, Qt.KeyboardModifier.AltModifier)
    again = next_review(sent_once, fewer)

    assert "You left 2 people out." in told
    assert sent_once.recipients.choice.left_out == frozenset()
    assert "<b>4 messages to 3 people</b>" in words(again)
    again.reject()


def test_nobody_is_told_of_when_the_operator_looks_no_days_back(sent_once: Operator):
    settings = sent_once.program.settings
    settings.save(Settings(**{**_fields(settings.load()), "sent_before_days": 0}))

    dialog = sent_once.reviews()

    assert dialog.offers == []
    dialog.reject()


def test_what_was_practised_is_not_told_of_live(
    hire: Callable[..., Operator], service: PracticeServer, people: Path
):
    def live(program: Program) -> None:
        program.settings.save(Settings(live=True, quiet_before_h=0, quiet_from_h=24))
        program.keys.hold(AccountKeys("right"))

    operator = hire(service.base_url, live)
    composes(operator, people)
    operator.sends()
    operator.window.show_page("compose")
    dialog = operator.reviews()
    told, button = words(dialog), dialog.hand_over_button.text()
    dialog.reject()
    operator.program.tasks.spawn(operator.program.switch(practice=True))
    operator.waits_until(lambda: operator.desk.account.practice)
    operator.program.review_flow.dialog = None
    practised = operator.reviews()

    assert "3 of them got this very text" in told
    assert button == "&Send 3 messages"
    assert practised.offers == []
    practised.reject()


def test_prices_are_typed_in_the_settings_and_told_in_the_review(
    operator: Operator, people: Path, keys: Keys
):
    by_day(operator)
    operator.presses(operator.window.header.settings_button)
    dialog = operator.program.settings_flow.dialog
    assert dialog is not None
    dialog.show_section(PRICES)
    prices = dialog.prices
    dialog.activateWindow()
    operator.waits_until(dialog.isActiveWindow)
    prices.rows[0].price_edit.setFocus()
    keys.type("0,85x")
    operator.presses(dialog.save_button)
    refused = dialog.notice._words.html
    dialog.activateWindow()
    operator.waits_until(dialog.isActiveWindow)
    prices.rows[0].price_edit.setFocus()
    keys.press(Qt.Key.Key_Backspace)
    prices.add_button.setFocus()
    keys.press(Qt.Key.Key_Space)
    added = prices.rows[1].country_box.country
    operator.presses(prices.rows[1].remove_button)
    changed = []
    operator.program.settings_flow.changed.connect(changed.append)
    operator.presses(dialog.save_button)
    operator.waits_until(lambda: changed)
    composes(operator, people)

    review = operator.reviews()

    assert (refused, added) == ("Write a price such as 0.85 for Ukraine.", "*")
    assert operator.program.settings.load().prices == ("UA 0.85",)
    told = words(review)
    assert "<b>about 1.70 UAH</b> if it were real and all went by SMS." in told
    assert "2 in Ukraine priced; 1 in Italy have no price." in told
    review.reject()


def test_a_list_that_changed_on_the_disk_is_told_of_and_read_again(
    operator: Operator, people: Path
):
    by_day(operator)
    composes(operator, people)
    dialog = operator.reviews()
    before = words(dialog)
    dialog.reject()
    people.write_text(f"Phone,Name\n{MARCO},Marco\n", encoding="utf-8")
    operator.program.review_flow.dialog = None
    dialog = operator.reviews()
    told = words(dialog)
    operator.presses(dialog.offers[0].findChildren(LinkButton)[0])
    operator.waits_until(lambda: len(operator.recipients.table) == 1)
    operator.program.review_flow.dialog = None
    again = operator.reviews()

    assert "was changed after you opened it" not in before
    assert "The file <b>people.csv</b> was changed after you opened it." in told
    assert operator.form.draft.sender == "MyBrand"
    assert again.windowTitle() == "Practise with 1 transaction message?"
    assert again.offers == []
    again.reject()


@pytest.mark.parametrize("change", ["text", "list"])
def test_what_changes_behind_the_review_is_not_agreed_to(
    operator: Operator, people: Path, change: str
):
    by_day(operator)
    composes(operator, people)
    dialog = operator.reviews()
    if change == "text":
        operator.writes("Goodbye")
    else:
        operator.program.lists.leave_out([4], out=True)

    operator.presses(dialog.hand_over_button)
    again = next_review(operator, dialog)

    assert not operator.desk.is_sending
    expected = "Goodbye" if change == "text" else "<b>2 people</b>, 2 in Ukraine"
    assert expected in words(again)
    again.reject()


def test_the_agreement_is_ticked_by_the_keyboard_and_kept_with_its_date(
    operator: Operator, people: Path, keys: Keys, tmp_path: Path
):
    by_day(operator)
    composes(operator, people, "Sale: shop.example, stop: 0800", Kind.PROMO)
    ended = []
    operator.desk.ended.connect(ended.append)
    operator.waits_until(operator.may_review)
    keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    flow = operator.program.review_flow
    operator.waits_until(lambda: flow.dialog is not None)
    dialog = flow.dialog
    assert dialog is not None
    dialog.activateWindow()
    operator.waits_until(dialog.isActiveWindow)
    keys.press(Qt.Key.Key_Return)
    still_asked = dialog.isVisible()
    while not dialog.ticks[Confirmation.AGREEMENT].box.hasFocus():
        keys.press(Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_Space)
    keys.press(Qt.Key.Key_Return)
    operator.waits_until(lambda: ended)
    report = tmp_path / "report.xlsx"
    operator.saves_report(report)
    operator.window.show_page("history")
    table = operator.window.history.table
    operator.waits_until(lambda: table.model().rowCount() == 1)
    table.selectRow(0)

    assert still_asked
    (given,) = ended[-1].given
    assert given.words == "These people agreed to get advertising from us."
    assert operator.window.history.given_label.text() == say_given(given)
    summary = openpyxl.load_workbook(report)["Summary"]
    assert say_given(given) in [row[0].value for row in summary]


def test_the_operators_own_quiet_hours_are_asked_about_for_now_too(
    operator: Operator, people: Path
):
    settings = operator.program.settings
    settings.save(Settings(**{**_fields(settings.load()), "quiet_before_h": 0, "quiet_from_h": 1}))
    composes(operator, people, "Sale: shop.example, stop: 0800", Kind.PROMO)
    flow = operator.program.review_flow
    flow._waits = Waits(now=lambda: datetime(2026, 11, 26, 10, 0, tzinfo=UTC))

    dialog = operator.reviews()

    asked = dialog.ticks[Confirmation.QUIET_HOURS].box.accessibleName()
    assert asked.startswith("When this arrives it will be 12:00 in Ukraine, 11:00 in Italy.")
    for tick in dialog.ticks.values():
        assert not dialog.hand_over_button.isEnabled()
        operator.presses(tick.box)
    assert dialog.hand_over_button.isEnabled()
    dialog.reject()


def test_while_it_is_looked_for_what_was_sent_the_bar_says_so(operator: Operator, people: Path):
    composes(operator, people)
    operator.waits_until(operator.may_review)
    bar = operator.window.compose.action_bar

    operator.presses(bar.review_button)
    operator.waits_until(lambda: bar.ready_label.text() == "Looking at what was sent before…")
    operator.waits_until(lambda: operator.program.review_flow.dialog is not None)

    assert bar.ready_label.text() == "Everything is ready"
    dialog = operator.program.review_flow.dialog
    assert dialog is not None
    dialog.reject()
