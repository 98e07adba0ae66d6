"""Send a test: the previewed person's message to one's own phone, once, and nobody's campaign."""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fingers import Keys
from operator_at_work import Operator
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.drafts import Kind, Promo
from cascade_desktop.core.states import Reason, State
from cascade_desktop.core.stop_list import Stopped
from cascade_desktop.core.target import Keys as ServiceKeys
from cascade_desktop.core.trial import make_trial
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.journal.values import Counts
from cascade_desktop.practice.behaviour import Answer, Behaviour
from cascade_desktop.practice.server import PracticeServer
from cascade_desktop.program import Program
from cascade_desktop.ui.trial_dialog import SOON, TrialDialog

OWN, OTHER = "+380501112233", "+380672223344"
LIST = "Phone;Name\n+380503334455;Olena\n+380503334466;Ivan\n"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.fixture
def live(hire: Callable[..., Operator], service: PracticeServer) -> Operator:
    def prepare(program: Program) -> None:
        program.keys.hold(ServiceKeys("a-key"))
        program.settings.save(replace(program.settings.load(), live=True))

    operator = hire(service.base_url, prepare)
    assert operator.window.header.pill.live
    return operator


def composes(operator: Operator, people: Path, kind: Kind = Kind.PROMO) -> None:
    operator.opens(people)
    operator.chooses(kind)
    if kind is not Kind.FLASHCALL:
        operator.writes("Hello, {Name}!")
    if kind is Kind.SURVEY:
        operator.answers("Good", "Bad")
    operator.signs("MyBrand")


def opens_sheet(operator: Operator) -> TrialDialog:
    button = operator.window.compose.action_bar.test_button
    operator.waits_until(button.isEnabled)
    operator.presses(button)
    return shown_sheet(operator)


def shown_sheet(operator: Operator) -> TrialDialog:
    flow = operator.program.trial_flow
    operator.waits_until(lambda: flow.dialog is not None and flow.dialog.isVisible())
    assert flow.dialog is not None
    return flow.dialog


def sends(operator: Operator, dialog: TrialDialog) -> None:
    operator.presses(dialog.send_button)
    operator.waits_until(lambda: not dialog.close_button.isHidden())


def words(dialog: TrialDialog) -> str:
    shown = (label for label in dialog.findChildren(QLabel) if label.isVisible())
    return "\n".join(label.text() for label in shown)


def messages(service: PracticeServer) -> list[dict[str, Any]]:
    """Return what arrived, and see that each message came in a request of its own."""
    entries = [entry for _, entry in service.books.entries()]
    assert [entry.size for entry in entries] == [1] * len(entries)
    return [dict(message) for entry in entries for message in entry.taken]


def books(root: Path) -> list[dict[str, Any]]:
    lines = (root / "practice" / "service" / "books.jsonl").read_text("utf-8").splitlines()
    return [message for line in lines for message in json.loads(line)["taken"]]


def journal(operator: Operator) -> Journal:
    return operator.desk._space.journal


def test_the_previewed_persons_message_leaves_once_and_no_campaign_knows(
    operator: Operator, people: Path, root: Path
) -> None:
    people.write_text(LIST.replace("+380503334466", OWN), encoding="utf-8")
    composes(operator, people)
    operator.waits_until(operator.may_review)
    operator.presses(operator.window.compose.preview_card.later_button)
    first = opens_sheet(operator)
    assert "Hello, Ivan!" in words(first)
    first.numbers.edit.setText("050 111 22 33")
    assert first.send_button.text() == "&Practise: nothing is sent"
    sends(operator, first)
    (message,) = books(root)
    assert (message["toPhone"], message["text"]) == (OWN, "Hello, Ivan!")
    assert "Practised: nothing was sent" in words(first)
    operator.presses(first.close_button)
    again = opens_sheet(operator)
    assert again.numbers.phones == (OWN,)  # it is there the next time
    operator.presses(again.back_button)
    now = datetime.now(UTC)
    assert list(journal(operator).sent(now - timedelta(days=1), now)) == []
    head = operator.sends()
    assert head.counts == Counts(accepted=2)
    operator.window.show_page("history")
    assert [one.code for one in journal(operator).heads()] == [head.code]


def test_several_numbers_get_one_each_and_can_be_taken_off(
    operator: Operator, people: Path, root: Path
) -> None:
    journal(operator).stop_list.add([Stopped("+380509998877", datetime.now(UTC), "asked")])
    composes(operator, people, Kind.SURVEY)
    dialog = opens_sheet(operator)
    numbers = dialog.numbers
    assert "Good · Bad" in words(dialog)
    for phone in (OWN, "+380501234567", OTHER):
        numbers.edit.setText(phone)
        operator.presses(numbers.add_button)
    assert not numbers.edit.isEnabled()
    operator.presses(numbers.chosen_chips.buttons[1])
    assert numbers.phones == (OWN, OTHER)
    numbers.edit.setText("call me")
    operator.presses(dialog.send_button)
    assert "is not a phone number" in words(dialog)
    numbers.edit.clear()
    sends(operator, dialog)
    assert [message["toPhone"] for message in books(root)] == [OWN, OTHER]
    operator.presses(dialog.again_button)
    numbers.edit.setText("+380509998877")
    operator.presses(dialog.send_button)
    assert "Do not message" in words(dialog)
    assert len(books(root)) == 2
    numbers.notice.action_clicked.emit()
    assert operator.window.page() is operator.window.stop_list


def test_while_a_campaign_is_held_a_test_waits(operator: Operator, people: Path) -> None:
    composes(operator, people)
    operator.waits_until(operator.may_review)
    ticks: list[int] = []
    operator.desk.undo_ticked.connect(ticks.append)
    operator.agrees()
    operator.waits_until(lambda: ticks)
    operator.window.show_page("compose")
    operator.presses(operator.window.compose.action_bar.test_button)
    assert "A test can be sent after that." in operator.reads()
    operator.closes_sheets()
    operator.presses(operator.window.results.undo_strip.undo_button)
    operator.waits_until(lambda: not operator.desk.is_sending)


def test_by_keyboard_alone(keys: Keys, operator: Operator, people: Path) -> None:
    composes(operator, people)
    button = operator.window.compose.action_bar.test_button
    operator.waits_until(button.isEnabled)
    operator.writes("Hello, {Nme}!")
    operator.waits_until(lambda: not button.isEnabled())
    operator.form.sender_combo.setFocus()
    keys.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert operator.form.text_field.edit.hasFocus()  # where the problem is
    operator.writes("Hello, {Name}!")
    operator.form.when_field.set_schedule("2020-01-01T10:00", "Europe/Kyiv")
    operator.form.edited.emit()
    operator.waits_until(lambda: operator.is_stopped_by() and button.isEnabled())
    keys.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    dialog = shown_sheet(operator)
    keys.type("0501112233")
    keys.press(Qt.Key.Key_Return)
    assert (dialog.numbers.phones, dialog.outcomes) == ((OWN,), {})
    keys.press(Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    operator.waits_until(lambda: dialog.when.current == SOON)
    keys.press(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    operator.waits_until(lambda: not dialog.close_button.isHidden())
    assert dialog.outcomes[OWN].state is State.ACCEPTED
    keys.press(Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_live_exactly_one_message_arrives_at_once_and_one_for_later(
    live: Operator, service: PracticeServer, people: Path
) -> None:
    composes(live, people)
    dialog = opens_sheet(live)
    dialog.numbers.edit.setText(OWN)
    assert dialog.send_button.text() == "&Send a real message to +380 50 111 22 33"
    live.presses(dialog.send_button)
    live.presses(dialog.send_button)  # a second press does nothing twice
    live.presses(live.window.compose.action_bar.test_button)
    live.waits_until(lambda: not dialog.close_button.isHidden())
    (message,) = messages(service)
    assert (message["toPhone"], message["text"]) == (OWN, "Hello, Olena!")
    assert "scheduledSent" not in message
    assert "Sent: look at the phone" in words(dialog)

    live.presses(dialog.again_button)
    live.presses(dialog.when.findChildren(QPushButton)[1])
    before = datetime.now(UTC)
    sends(live, dialog)
    _, message = messages(service)
    at = datetime.strptime(message["scheduledSent"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(minutes=4, seconds=58) <= at - before <= timedelta(minutes=6)
    assert f"{at.astimezone():%H:%M}" in words(dialog)


def test_a_refusal_and_an_uncertain_one_are_told_and_nobody_is_asked(
    live: Operator, service: PracticeServer, people: Path
) -> None:
    composes(live, people)
    dialog = opens_sheet(live)
    dialog.numbers.edit.setText(OWN)
    service.behave(Behaviour(refuse_phones=(OWN,)))
    sends(live, dialog)
    assert "Not sent. SMSBAT says that this number is not valid. Check it." in words(dialog)

    service.behave(Behaviour(requests=1, answer=Answer.DROP))
    live.presses(dialog.again_button)
    sends(live, dialog)
    assert "Uncertain" in words(dialog)
    assert len(messages(service)) == 1
    assert journal(live).heads() == ()


def test_one_that_waits_is_found_again_stopped_and_closed_with_the_window(
    live: Operator, service: PracticeServer, people: Path
) -> None:
    service.behave(Behaviour(status=429, retry_after_s=600))
    composes(live, people)
    dialog = opens_sheet(live)
    dialog.numbers.edit.setText(OWN)
    live.presses(dialog.send_button)
    live.waits_until(lambda: "asked us to slow down" in words(dialog))
    live.presses(dialog.back_button)
    assert not dialog.isVisible()
    live.presses(live.window.compose.action_bar.test_button)
    assert shown_sheet(live) is dialog
    live.presses(dialog.stop_button)
    live.presses(dialog.back_button)
    live.waits_until(dialog.isVisible)  # it comes back with bad news
    assert "you stopped it" in words(dialog)
    assert dialog.outcomes[OWN].reason is Reason.OPERATOR_STOPPED

    live.presses(dialog.again_button)
    live.presses(dialog.send_button)
    live.waits_until(lambda: service.books.next_request == 2)
    folder = live.desk._space.folder
    live.leaves()
    assert live.program.closing_flow.dialog is None
    with closing(Journal(folder, readonly=True)) as reader:
        latest = reader.trials.latest()
    assert latest is not None
    assert (latest.state, latest.reason) == (State.REFUSED, Reason.OPERATOR_STOPPED)


def test_one_that_a_kill_cut_short_is_told_in_its_sheet_and_nowhere_else(
    hire: Callable[..., Operator], people: Path, root: Path
) -> None:
    journal = Journal(root / "practice")
    trial = make_trial(Campaign("Winter", Promo("MyBrand", "Hello")), OWN, "Hello")
    journal.trials.create(trial, "TRIALAAA", host="practice", account="x")
    journal.open_batch("TRIALAAA", [1], "sha")
    journal.close()
    operator = hire()
    composes(operator, people)
    assert operator.desk.code == ""
    dialog = opens_sheet(operator)
    assert "was interrupted: it may have arrived" in words(dialog)
    sends(operator, dialog)
    operator.presses(dialog.again_button)
    assert "was interrupted" not in words(dialog)
