"""The review: who, when, at most how much; nothing leaves before what was asked is confirmed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cascade_desktop.core.confirmations import Confirmation
from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.prices import Cost, CountryParts
from cascade_desktop.ui.review_dialog import EarlierLine, ReviewDialog, ReviewFacts
from cascade_desktop.ui.widgets.buttons import LinkButton
from cascade_desktop.ui.wording_plurals import EnglishPlurals

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
FACTS = ReviewFacts(
    kind=Kind.PROMO,
    count=122,
    people=122,
    example_to="Олена",
    example_text="Вітаємо, Олена!\n<b>20%</b>",
    by_country=(("UA", 100), ("IT", 12), ("PL", 6), ("DE", 3), ("FR", 1)),
    not_included=39,
    when="Thursday 26 November, 10:00",
    when_detail="in 2 days 18 h",
    day="on Thursday",
    sms_parts=244,
    practice=False,
    confirmations=(Confirmation.AGREEMENT, Confirmation.NOT_CALLED_BACK),
)


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


def opened(facts: ReviewFacts, parent: QWidget) -> ReviewDialog:
    dialog = ReviewDialog(facts, parent)
    dialog.open()
    return dialog


def words_of(facts: ReviewFacts, parent: QWidget) -> str:
    return words(opened(facts, parent))


def words(dialog: ReviewDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_the_blanks_of_a_message_are_kept(parent: QWidget) -> None:
    told = words_of(replace(FACTS, example_text="a  b\n c"), parent)

    assert '<span style="white-space: pre-wrap">a  b<br> c</span>' in told


def test_the_facts_are_told_in_three_lines(parent: QWidget) -> None:
    told = words(opened(FACTS, parent))

    assert "<b>122 people</b>, 100 in Ukraine, 12 in Italy, 6 in Poland, 4 elsewhere." in told
    assert "39 are not included." in told
    assert "<b>Thursday 26 November, 10:00</b>, in 2 days 18 h" in told
    assert "<b>244 SMS</b> if all went by SMS" in told


UKRAINE, ITALY = CountryParts("UA", 188, 376), CountryParts("IT", 33, 66)
COST = Cost("UAH", Decimal("957.3"), (UKRAINE,), ())
AMOUNTS = [
    pytest.param(
        COST,
        False,
        "<b>about 958 UAH</b> if all went by SMS. Make sure it is on your account.",
        id="live",
    ),
    pytest.param(
        COST,
        True,
        "<b>about 958 UAH</b> if it were real and all went by SMS. Practice costs nothing.",
        id="practice",
    ),
    pytest.param(
        replace(COST, amount=Decimal("12.301")), False, "<b>about 12.31 UAH</b>", id="a small sum"
    ),
    pytest.param(
        replace(COST, unpriced=(ITALY,)),
        False,
        "account. 188 in Ukraine priced; 33 in Italy have no price.",
        id="a country without a price",
    ),
]


def test_prices_of_messages_are_not_taken_for_people(parent: QWidget) -> None:
    told = words_of(replace(FACTS, people=120, cost=replace(COST, unpriced=(ITALY,))), parent)

    assert "Messages: 188 in Ukraine priced; 33 in Italy have no price." in told


@pytest.mark.parametrize(("cost", "practice", "words"), AMOUNTS)
def test_what_it_costs_at_most_is_told(
    parent: QWidget, cost: Cost, practice: bool, words: str
) -> None:
    assert words in words_of(replace(FACTS, cost=cost, practice=practice), parent)


CALLED_BACK = (
    "I know: SMSBAT takes these now and sends on Thursday. After that they cannot be called back."
)
EARLIER = (EarlierLine("320 got one.", (0, 1), 2), EarlierLine("12 got it.", (1,), 1))


@pytest.mark.parametrize(
    ("facts", "offer", "signal", "words"),
    [
        pytest.param(
            {"earlier": EARLIER}, 0, "leave_out_wanted", "Leave them out", id="who got any"
        ),
        pytest.param(
            {"earlier": EARLIER}, 1, "leave_out_wanted", "Leave only these out", id="the same text"
        ),
        pytest.param({"taken_out": 2}, 0, "take_back_wanted", "Undo", id="left out"),
        pytest.param(
            {"changed_file": "a.xlsx"}, 0, "read_again_wanted", "Read it again", id="another file"
        ),
    ],
)
def test_a_remark_offers_what_to_do_and_leaves_the_review(
    parent: QWidget, qtbot: QtBot, facts: dict, offer: int, signal: str, words: str
) -> None:
    dialog = opened(replace(FACTS, **facts), parent)
    emitted: list[tuple] = []
    getattr(dialog, signal).connect(lambda *values: emitted.append(values))
    (button,) = dialog.offers[offer].findChildren(LinkButton)

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert button.text().replace("&", "") == words
    assert emitted == [(EARLIER[offer],) if "earlier" in facts else ()]
    assert dialog.isHidden()


def test_nothing_leaves_before_the_last_remark_was_in_sight(parent: QWidget, qtbot: QtBot) -> None:
    facts = replace(FACTS, confirmations=(), remarks=tuple(f"Remark {n}." for n in range(14)))
    dialog = opened(facts, parent)
    agreed: list[bool] = []
    dialog.agreed.connect(lambda: agreed.append(True))
    bar = dialog._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)

    qtbot.mouseClick(dialog.hand_over_button, Qt.MouseButton.LeftButton)
    first = list(agreed)
    while bar.value() < bar.maximum():
        qtbot.mouseClick(dialog.hand_over_button, Qt.MouseButton.LeftButton)
    before = list(agreed)
    qtbot.mouseClick(dialog.hand_over_button, Qt.MouseButton.LeftButton)

    assert (first, before, agreed) == ([], [], [True])


def test_leaving_everybody_out_is_told_in_the_review(parent: QWidget, qtbot: QtBot) -> None:
    line = EarlierLine("17 got one.", tuple(range(18)), 17)
    dialog = opened(replace(FACTS, count=18, people=17, earlier=(line,)), parent)
    wanted: list[object] = []
    dialog.leave_out_wanted.connect(wanted.append)
    (button,) = dialog.offers[0].findChildren(LinkButton)

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert "17 got one. <b>That would leave nobody.</b>" in words(dialog)
    assert dialog.isVisible()
    assert not button.isVisible()
    assert wanted == []


def test_what_was_confirmed_is_kept_as_it_was_asked(parent: QWidget) -> None:
    facts = replace(FACTS, confirmations=tuple(Confirmation), quiet="Late.", earlier=EARLIER)
    facts = replace(facts, confirmations=tuple(set(Confirmation) - {Confirmation.SENT_BEFORE}))
    dialog = opened(facts, parent)
    dialog.number_edit.setText(" 122 ")

    kept = {given.question: (given.words, given.answer) for given in dialog.given(NOON)}

    assert kept == {
        "CONFIRM_AGREEMENT": ("These people agreed to get advertising from us.", "yes"),
        "CONFIRM_QUIET_HOURS": ("Late.", "yes"),
        "CONFIRM_NOT_CALLED_BACK": (
            CALLED_BACK,
            "yes",
        ),
        "CONFIRM_LARGE_NUMBER": ("That is a lot. Type the number 122 to go on:", "122"),
        "CONFIRM_SENT_BEFORE": ("320 got one.", "sent all the same"),
    }
    assert {given.at for given in dialog.given(NOON)} == {NOON}


def test_messages_are_not_called_people(parent: QWidget) -> None:
    calls = replace(FACTS, kind=Kind.FLASHCALL, people=119)

    told = words(opened(replace(FACTS, people=119), parent))
    ringing = opened(calls, parent)

    assert "<b>122 messages to 119 people</b>, 100 in Ukraine" in told
    assert ringing.windowTitle() == "Make 122 flash calls?"
    assert ringing.hand_over_button.text() == "&Ring 119 phones"


def test_what_people_wrote_is_shown_as_they_wrote_it(parent: QWidget) -> None:
    told = words(opened(FACTS, parent))

    assert "Вітаємо, Олена!<br>&lt;b&gt;20%&lt;/b&gt;" in told


@pytest.mark.parametrize(
    ("kind", "practice", "title", "button"),
    [
        pytest.param(
            Kind.PROMO, False, "Hand over 122 promo messages?", "Hand over 122 messages", id="promo"
        ),
        pytest.param(
            Kind.PROMO,
            True,
            "Practise with 122 promo messages?",
            "Practise with 122: nothing is sent",
            id="practice",
        ),
        pytest.param(
            Kind.TRANSACTION,
            False,
            "Hand over 122 transaction messages?",
            "Hand over 122 messages",
            id="transaction",
        ),
        pytest.param(
            Kind.SURVEY, False, "Hand over 122 surveys?", "Hand over 122 messages", id="survey"
        ),
        pytest.param(
            Kind.FLASHCALL, False, "Let 122 phones ring once?", "Ring 122 phones", id="flash call"
        ),
    ],
)
def test_title_and_button_say_what_happens(
    parent: QWidget, kind: Kind, practice: bool, title: str, button: str
) -> None:
    dialog = opened(replace(FACTS, kind=kind, practice=practice), parent)

    assert dialog.windowTitle() == title
    assert dialog.hand_over_button.text().replace("&", "") == button
    assert dialog.hand_over_button.practice is practice


def test_what_leaves_now_is_sent_and_not_handed_over(parent: QWidget) -> None:
    dialog = opened(replace(FACTS, when="", day=""), parent)

    assert dialog.windowTitle() == "Send 122 promo messages?"
    assert dialog.hand_over_button.text() == "&Send 122 messages"


def test_the_button_lives_when_every_tick_is_set(parent: QWidget, qtbot: QtBot) -> None:
    dialog = opened(FACTS, parent)
    ticks = list(dialog.ticks.values())
    states = [dialog.hand_over_button.isEnabled()]
    for tick in ticks:
        tick.setChecked(True)
        states.append(dialog.hand_over_button.isEnabled())

    with qtbot.waitSignal(dialog.agreed):
        qtbot.mouseClick(dialog.hand_over_button, Qt.MouseButton.LeftButton)

    assert states == [False, False, True]
    assert dialog.isHidden()


def test_with_nothing_to_confirm_enter_is_enough(parent: QWidget, qtbot: QtBot) -> None:
    dialog = opened(replace(FACTS, confirmations=()), parent)

    with qtbot.waitSignal(dialog.agreed):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)


def test_going_back_agrees_to_nothing(parent: QWidget, qtbot: QtBot) -> None:
    dialog = opened(replace(FACTS, confirmations=()), parent)

    with qtbot.assertNotEmitted(dialog.agreed):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert dialog.isHidden()


@pytest.mark.parametrize(
    ("typed", "enabled"),
    [
        pytest.param("", False, id="nothing"),
        pytest.param("12345", False, id="another number"),
        pytest.param("12000", True, id="the number"),
        pytest.param("12 000", True, id="with a blank"),
    ],
)
def test_a_large_number_is_typed(parent: QWidget, typed: str, enabled: bool) -> None:
    facts = replace(FACTS, count=12_000, people=12_000, confirmations=(Confirmation.LARGE_NUMBER,))
    dialog = opened(facts, parent)

    dialog.number_edit.setText(typed)

    assert dialog.hand_over_button.isEnabled() is enabled


def test_quiet_hours_are_a_tick_where_asked_else_a_remark(parent: QWidget) -> None:
    facts = replace(FACTS, quiet="It will be 22:00 there.", confirmations=())
    remarked = opened(facts, parent)
    asked = opened(replace(facts, confirmations=(Confirmation.QUIET_HOURS,)), parent)

    assert not remarked.ticks
    assert "It will be 22:00 there." in words(remarked)
    assert list(asked.ticks) == [Confirmation.QUIET_HOURS]


def test_what_goes_now_can_be_undone_and_says_so(parent: QWidget) -> None:
    told = words(opened(replace(FACTS, when="", when_detail=""), parent))

    assert "<b>Now</b>, after ten seconds in which you can undo it" in told


def test_a_flash_call_has_no_text_or_tells_its_sms(parent: QWidget) -> None:
    calls = replace(FACTS, kind=Kind.FLASHCALL, example_text="", sms_parts=0)

    silent = words(opened(calls, parent))
    backed = words(opened(replace(calls, example_text="We called."), parent))

    assert "The phone rings once and stops; there is no text." in silent
    assert "At most" not in silent
    assert "If the call fails, this SMS: We called." in backed


def test_a_surveys_answers_are_shown(parent: QWidget) -> None:
    facts = replace(FACTS, kind=Kind.SURVEY, options=("Так", "Ні"))

    told = words(opened(facts, parent))

    assert "<b>Так · Ні</b>" in told


def test_it_fits_a_small_window(parent: QWidget) -> None:
    facts = replace(
        FACTS, count=12_000, people=12_000, quiet="Late.", confirmations=tuple(Confirmation)
    )

    dialog = opened(facts, parent)

    assert dialog.height() <= 700 + 2 * 40
