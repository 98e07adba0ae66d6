"""Send a test: the sheet says what leaves, to whom, and what became of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.outcome import NO_WORDS, ServiceWords
from cascade_desktop.core.states import Delivery, Reason, State
from cascade_desktop.engine.journal.trials import TrialOutcome
from cascade_desktop.ui.compose.action_bar import ActionBar
from cascade_desktop.ui.trial_dialog import SOON, TrialDialog, TrialFacts
from cascade_desktop.ui.wording_plurals import EnglishPlurals
from cascade_desktop.ui.wording_trial import say_trial

OWN, OTHER, THIRD = "+380501112233", "+380672223344", "+380635556677"
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LOCAL = f"{AT.astimezone():%H:%M}"
FACTS = TrialFacts(Kind.PROMO, "MyBrand", "Олена", "Вітаємо!\n<b>20%</b>", practice=False)
SENT = TrialOutcome("CODE", OWN, State.ACCEPTED, Reason.NONE, NO_WORDS)


@pytest.fixture(scope="module", autouse=True)
def english(qapp: QApplication) -> Iterator[None]:
    plurals = EnglishPlurals()
    qapp.installTranslator(plurals)
    yield
    qapp.removeTranslator(plurals)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(1024, 700)
    qtbot.addWidget(window)
    window.show()
    return window


def opened(facts: TrialFacts, parent: QWidget) -> TrialDialog:
    dialog = TrialDialog(facts, parent)
    dialog.open()
    return dialog


def words(dialog: TrialDialog) -> str:
    shown = (label for label in dialog.findChildren(QLabel) if label.isVisible())
    return "\n".join(label.text() for label in shown)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        pytest.param(FACTS, ("What Олена gets from MyBrand", "&lt;b&gt;20%"), id="a text"),
        pytest.param(
            replace(FACTS, kind=Kind.SURVEY, options=("Yes", "No")), ("Yes · No",), id="a survey"
        ),
        pytest.param(
            replace(FACTS, kind=Kind.FLASHCALL, text=""),
            ("This phone rings once and stops; there is no text.", "Ring your own phone?"),
            id="a call",
        ),
        pytest.param(
            replace(FACTS, kind=Kind.FLASHCALL, text="We called"),
            ("If the call fails, this SMS: We called",),
            id="a call with its message",
        ),
        pytest.param(replace(FACTS, practice=True), ("Practise a test?",), id="practice"),
        pytest.param(
            replace(
                FACTS,
                latest=SENT._replace(state=State.UNKNOWN, reason=Reason.INTERRUPTED, left_at=AT),
            ),
            ("+380 50 111 22 33", LOCAL, "was interrupted: it may have arrived"),
            id="one that was cut short",
        ),
    ],
)
def test_the_sheet_tells_what_comes(
    parent: QWidget, facts: TrialFacts, told: tuple[str, ...]
) -> None:
    dialog = opened(facts, parent)
    assert all(word in words(dialog) for word in told)


@pytest.mark.parametrize(
    ("facts", "phones", "said"),
    [
        pytest.param(FACTS, (), "&Send this message", id="nobody yet"),
        pytest.param(FACTS, (OWN,), "&Send a real message to +380 50 111 22 33", id="one"),
        pytest.param(FACTS, (OWN, OTHER), "&Send 2 real messages", id="two"),
        pytest.param(
            replace(FACTS, kind=Kind.FLASHCALL), (OWN,), "&Ring +380 50 111 22 33", id="a call"
        ),
        pytest.param(
            replace(FACTS, kind=Kind.FLASHCALL), (OWN, OTHER), "&Ring 2 phones", id="two calls"
        ),
        pytest.param(replace(FACTS, kind=Kind.FLASHCALL), (), "&Ring this phone", id="no call yet"),
        pytest.param(
            replace(FACTS, practice=True), (OWN,), "&Practise: nothing is sent", id="practice"
        ),
    ],
)
def test_the_button_says_what_it_does(
    parent: QWidget, facts: TrialFacts, phones: tuple[str, ...], said: str
) -> None:
    dialog = opened(facts, parent)
    for phone in phones:
        dialog.numbers.edit.setText(phone)
        dialog.numbers.take()
    assert dialog.send_button.text() == said
    assert dialog.send_button.isEnabled() is bool(phones)
    assert dialog.send_button.practice is facts.practice


class TestNumbers:
    def test_the_latest_that_may_be_messaged_is_there_already(self, parent: QWidget) -> None:
        facts = replace(FACTS, remembered=(OWN, OTHER, THIRD), stopped=frozenset({OWN}))
        numbers = opened(facts, parent).numbers
        assert numbers.phones == (OTHER,)
        assert [chip.text() for chip in numbers.remembered_chips.buttons] == [
            "+380 50 111 22 33",
            "+380 63 555 66 77",
        ]

    def test_one_that_must_not_be_messaged_is_not_taken_by_a_click_either(
        self, parent: QWidget
    ) -> None:
        facts = replace(FACTS, remembered=(OWN,), stopped=frozenset({OWN}))
        dialog = opened(facts, parent)
        dialog.numbers.remembered_chips.buttons[0].click()
        assert (dialog.numbers.phones, dialog.numbers.notice.isVisible()) == ((), True)

    def test_the_same_one_twice_is_one(self, parent: QWidget) -> None:
        numbers = opened(replace(FACTS, remembered=(OWN,)), parent).numbers
        numbers.edit.setText("050 111-22-33")
        assert numbers.phones == (OWN,)
        assert numbers.take()
        assert numbers.phones == (OWN,)

    def test_a_number_is_read_as_in_the_usual_country(self, parent: QWidget) -> None:
        numbers = opened(replace(FACTS, country="IT"), parent).numbers
        numbers.edit.setText("333 111 2233")
        assert numbers.phones == ("+393331112233",)

    def test_three_are_enough(self, parent: QWidget, qtbot: QtBot) -> None:
        dialog = opened(replace(FACTS, remembered=(OWN, OTHER)), parent)
        numbers = dialog.numbers
        numbers.edit.setText(THIRD)
        qtbot.keyClick(numbers.edit, Qt.Key.Key_Return)
        assert numbers.edit.isEnabled()
        numbers.remembered_chips.buttons[0].click()
        assert (len(numbers.phones), numbers.edit.isEnabled()) == (3, False)
        assert "No more than 3" in numbers.edit.placeholderText()

    def test_one_that_is_typed_counts_among_the_three(self, parent: QWidget) -> None:
        facts = replace(FACTS, remembered=(OWN, OTHER, THIRD))
        dialog = opened(facts, parent)
        numbers, sent = dialog.numbers, []
        dialog.send_wanted.connect(lambda phones, _: sent.append(phones))
        numbers.remembered_chips.buttons[0].click()
        numbers.edit.setText("+380931112233")
        numbers.remembered_chips.buttons[0].click()
        assert numbers.phones == (OWN, OTHER, "+380931112233")
        numbers.edit.setText("+38093")
        numbers.remembered_chips.buttons[0].click()
        numbers.edit.setText("+380931112233")
        dialog.send_button.click()
        assert (numbers.phones, sent) == ((OWN, OTHER, THIRD), [])
        assert "No more than 3 numbers" in words(dialog)
        numbers.edit.clear()
        dialog.send_button.click()
        assert (sent, numbers.edit.isEnabled()) == ([(OWN, OTHER, THIRD)], False)

    def test_what_is_typed_goes_along_when_the_button_is_pressed(
        self, parent: QWidget, qtbot: QtBot
    ) -> None:
        dialog = opened(FACTS, parent)
        dialog.numbers.edit.setText(OWN)
        dialog.when.choose(SOON)
        with qtbot.waitSignal(dialog.send_wanted) as wanted:
            dialog.send_button.click()
        assert wanted.args == [(OWN,), True]


class TestWhatBecameOfIt:
    @pytest.mark.parametrize(
        ("outcome", "kind", "practice", "said"),
        [
            pytest.param(SENT, Kind.PROMO, False, "Sent: look at the phone.", id="sent"),
            pytest.param(SENT, Kind.FLASHCALL, False, "Sent: the phone rings once.", id="a call"),
            pytest.param(
                SENT._replace(at=AT),
                Kind.PROMO,
                False,
                f"SMSBAT has taken it. Look at the phone at {LOCAL}.",
                id="for later",
            ),
            pytest.param(
                SENT._replace(at=AT),
                Kind.FLASHCALL,
                False,
                f"SMSBAT has taken it: the phone rings once at {LOCAL}.",
                id="a call for later",
            ),
            pytest.param(
                SENT,
                Kind.PROMO,
                True,
                "Practised: nothing was sent. SMSBAT would have taken it.",
                id="practised",
            ),
            pytest.param(
                SENT._replace(at=AT),
                Kind.PROMO,
                True,
                f"Practised: nothing was sent. SMSBAT would send it at {LOCAL}.",
                id="practised for later",
            ),
            pytest.param(
                SENT._replace(state=State.LEFT_OUT),
                Kind.PROMO,
                False,
                "Nothing is sent to this number: it is on your “Do not message” list. Take it off"
                " the list, or use another number.",
                id="on the list",
            ),
            pytest.param(
                SENT._replace(state=State.REFUSED, reason=Reason.KEY_REFUSED),
                Kind.PROMO,
                False,
                "Not sent. SMSBAT did not accept the key. Check it in Settings.",
                id="a wrong key",
            ),
            pytest.param(
                SENT._replace(state=State.READY, reason=Reason.SCHEDULE_PASSED),
                Kind.PROMO,
                False,
                "Not sent. Its time came too near meanwhile. Send it again.",
                id="too late",
            ),
            pytest.param(
                SENT._replace(
                    state=State.REFUSED,
                    reason=Reason.BATCH_REFUSED,
                    words=ServiceWords("BAD", "no such name", "fromName"),
                ),
                Kind.PROMO,
                False,
                "Not sent. SMSBAT did not accept the sender name: “no such name”. Choose another,"
                " or ask SMSBAT.",
                id="a wrong sender",
            ),
            pytest.param(
                SENT._replace(state=State.REFUSED, reason=Reason.OPERATOR_STOPPED),
                Kind.PROMO,
                False,
                "Not sent: you stopped it.",
                id="stopped",
            ),
        ],
    )
    def test_it_is_said_with_what_to_do(
        self, outcome: TrialOutcome, kind: Kind, practice: bool, said: str
    ) -> None:
        assert say_trial(outcome, kind, practice=practice) == said

    def test_doubt_says_to_look_at_the_phone(self) -> None:
        doubt = SENT._replace(state=State.UNKNOWN, reason=Reason.NO_ANSWER)
        assert "Look at the phone before you send another." in say_trial(
            doubt, Kind.PROMO, practice=False
        )

    def test_two_receipts_are_told(self) -> None:
        twice = SENT._replace(reason=Reason.NAMED_TWICE)
        assert len(say_trial(twice, Kind.PROMO, practice=False)) > len("Sent: look at the phone. ")

    def test_a_delivery_takes_the_words_place_when_it_is_final(self, parent: QWidget) -> None:
        dialog = opened(FACTS, parent)
        dialog.show_sending((OWN,))
        dialog.show_outcome(SENT)
        dialog.show_over()
        for code, told in (("OTHER", Delivery.DELIVERED), ("CODE", Delivery.PROCESSING)):
            dialog.show_delivery(code, told)
        assert "look at the phone" in words(dialog)
        dialog.show_delivery("CODE", Delivery.DELIVERED)
        assert "Delivered." in words(dialog)
        dialog.show_delivery("CODE", Delivery.UNDELIVERABLE)
        assert "could not be delivered" in words(dialog)

    def test_a_second_number_waits_for_the_first(self, parent: QWidget) -> None:
        dialog = opened(FACTS, parent)
        dialog.show_sending((OWN, OTHER))
        assert "Being handed over…" in words(dialog)
        assert "Comes next…" in words(dialog)

    def test_after_the_end_enter_closes(self, parent: QWidget, qtbot: QtBot) -> None:
        dialog = opened(FACTS, parent)
        dialog.show_sending((OWN,))
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
        assert dialog.isVisible()
        dialog.show_outcome(SENT)
        dialog.show_over()
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
        assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("reasons", "people", "counted", "late", "may"),
    [
        pytest.param((), 2, True, True, True, id="everything is ready"),
        pytest.param((), 2, False, True, False, id="still counting"),
        pytest.param(("Write something",), 2, True, False, False, id="a problem"),
        pytest.param(("Choose a later time",), 2, True, True, True, id="only the time"),
        pytest.param((), 0, True, True, False, id="nobody"),
    ],
)
def test_a_test_needs_a_sound_draft_and_a_person(
    qtbot: QtBot, reasons: tuple[str, ...], people: int, counted: bool, late: bool, may: bool
) -> None:
    bar = ActionBar()
    qtbot.addWidget(bar)
    bar.show_state(reasons, people, counted=counted, late=late)
    assert bar.test_button.isEnabled() is may
