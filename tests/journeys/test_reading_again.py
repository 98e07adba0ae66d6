"""How a list was understood is changed, remembered, and told when it comes again."""

from collections.abc import Callable
from pathlib import Path

from operator_at_work import Operator

from cascade_desktop.core.drafts import Kind
from cascade_desktop.ui.reading_dialog import ReadingDialog
from cascade_desktop.ui.recipients_model import Tab

TWO = (
    "Клієнт;Телефон;Моб.;Згода\n"
    "Олена Коваль;0501112233;0671112233;так\n"
    "Андрій Їжак;0501112244;0671112244;ні\n"
    "Ганна Ґудзь;0501112255;0671112255;\n"
)

Hire = Callable[[], Operator]


def dialog_of(operator: Operator) -> ReadingDialog:
    operator.waits_until(lambda: isinstance(operator.program.list_flow.dialog, ReadingDialog))
    dialog = operator.program.list_flow.dialog
    assert isinstance(dialog, ReadingDialog)
    return dialog


def reads_it(operator: Operator, dialog: ReadingDialog) -> None:
    seen = []
    operator.program.lists.changed.connect(lambda _: seen.append(1))
    operator.waits_until(dialog.read_button.isEnabled)
    operator.presses(dialog.read_button)
    operator.waits_until(lambda: seen)
    operator.program.list_flow.dialog = None


def test_an_answer_is_kept_for_lists_of_the_same_shape(tmp_path: Path, hire: Hire) -> None:
    first, later = tmp_path / "listopad.csv", tmp_path / "hruden.csv"
    first.write_bytes(TWO.encode("cp1251"))
    later.write_bytes(TWO.replace("067111", "093111").encode("cp1251"))
    operator = hire()
    operator.opens(first)
    dialog = dialog_of(operator)
    dialog.column_box.setCurrentIndex(2)
    reads_it(operator, dialog)

    operator.opens(later)

    assert operator.recipients.phone_column == 2
    assert operator.recipients.phones[0] == "+380931112233"
    assert "same columns as last time" in operator.window.compose.recipients_card.reading_words.html


def test_letters_that_look_wrong_are_read_in_another_way(tmp_path: Path, hire: Hire) -> None:
    path = tmp_path / "klienty.csv"
    path.write_bytes(TWO.encode("cp1251"))
    operator = hire()
    operator.opens(path)
    dialog = dialog_of(operator)
    dialog.encoding_question.wrong_button.click()
    operator.waits_until(lambda: len(dialog.encoding_question.buttons) > 2)

    dialog.encoding_question.buttons["cp866"].click()
    operator.waits_until(lambda: dialog.choice.phone_column is not None)
    reads_it(operator, dialog)

    assert operator.recipients.table.source.encoding == "cp866"


def _asked(operator: Operator) -> tuple[str, tuple[str, ...]]:
    """Return the question that waits on the card, and its answers."""
    card = operator.window.compose.recipients_card
    operator.waits_until(lambda: operator.program.drafts.current is not None)
    panel = card.offers_panel
    if not card.waiting:
        return "", ()
    return panel.offers[0].words, tuple(button.text() for button in panel.boxes[0].buttons)


def _people(operator: Operator) -> str:
    operator.waits_until(lambda: operator.program.drafts.current is not None)
    return operator.window.compose.recipients_card.number_label.text()


def test_consent_is_asked_about_before_there_is_a_text(tmp_path: Path, hire: Hire) -> None:
    path = tmp_path / "klienty.csv"
    path.write_text(TWO.replace(";Телефон", ";Примітка"), encoding="utf-8")
    operator = hire()
    operator.chooses(Kind.PROMO)
    operator.opens(path)
    compose = operator.window.compose
    words, answers = _asked(operator)
    assert words == ("“Згода” seems to say who agreed to get advertising. 2 people do not say yes.")
    assert answers == ("Leave 2 out", "Send to them too")
    assert compose.action_bar.question_pill.isVisible()
    assert _people(operator) == "3"

    operator.presses(compose.recipients_card.offers_panel.boxes[0].buttons[0])
    operator.waits_until(lambda: operator.recipients.choice.consent_column == 3)
    on_promo = _people(operator)
    tabs = operator.window.recipients.model.counts()
    operator.chooses(Kind.TRANSACTION)
    on_transaction = _people(operator)

    assert (on_promo, on_transaction) == ("1", "3")
    assert (tabs[Tab.NO_CONSENT], tabs[Tab.READY]) == (2, 1)
    assert _asked(operator) == ("", ())


def test_consent_is_no_question_of_a_transaction(tmp_path: Path, hire: Hire) -> None:
    path = tmp_path / "klienty.csv"
    path.write_text(TWO.replace(";Телефон", ";Примітка"), encoding="utf-8")
    operator = hire()
    operator.chooses(Kind.TRANSACTION)

    operator.opens(path)

    assert _asked(operator) == ("", ())
    operator.chooses(Kind.SURVEY)
    assert _asked(operator)[1] == ("Leave 2 out", "Send to them too")


def test_sending_without_a_yes_is_said_in_the_review(tmp_path: Path, hire: Hire) -> None:
    path = tmp_path / "klienty.csv"
    path.write_text(TWO.replace(";Телефон", ";Примітка"), encoding="utf-8")
    operator = hire()
    operator.chooses(Kind.PROMO)
    operator.opens(path)
    operator.signs("Shop")
    operator.writes("Sale")
    assert _asked(operator)[0]
    card = operator.window.compose.recipients_card

    operator.presses(card.offers_panel.boxes[0].buttons[1])
    operator.waits_until(lambda: not card.waiting)

    assert [answer.holds for answer in card.settled_panel.offers[0].answers] == [False, True]
    review = operator.reviews()
    assert "2 of them do not say yes in “Згода”." in review._facts.remarks
    review.reject()


def test_consent_is_used_once_the_operator_says_so(tmp_path: Path, hire: Hire) -> None:
    path = tmp_path / "klienty.csv"
    path.write_text(TWO.replace(";Телефон", ";Примітка"), encoding="utf-8")
    operator = hire()
    operator.chooses(Kind.PROMO)
    operator.opens(path)
    card = operator.window.compose.recipients_card
    operator.signs("Shop")
    operator.writes("Sale")
    drafts = operator.program.drafts
    offered, _ = _asked(operator)
    all_of_them = operator.recipients.counts.ready

    operator.presses(card.offers_panel.boxes[0].buttons[0])
    operator.waits_until(
        lambda: drafts.current is not None and drafts.current.prepared.composition.unagreed
    )

    assert "Згода" in offered
    assert (all_of_them, operator.recipients.choice.consent_column) == (3, 3)
    assert drafts.current is not None
    assert drafts.current.prepared.composition.rows == (0,)
    card.consent_words.link_clicked.emit("")
    operator.waits_until(lambda: operator.recipients.choice.consent_column is None)
    assert _people(operator) == "3"
    assert not card.waiting


def test_another_column_than_last_times_is_never_taken_with_one_press(
    tmp_path: Path, hire: Hire
) -> None:
    names = "Учень;Тел. мами;Тел. тата\n"
    first, later = tmp_path / "2025.csv", tmp_path / "2026.csv"
    first.write_text(f"{names}Олена;0501112233;0671112233\n", encoding="utf-8")
    later.write_text(f"{names}Олена;;0671112233\n", encoding="utf-8")
    operator = hire()
    operator.opens(first)
    dialog = dialog_of(operator)
    dialog.column_box.setCurrentIndex(1)
    reads_it(operator, dialog)

    operator.opens(later)
    asked = dialog_of(operator)
    unanswered = asked.column_box.currentData(), asked.read_button.isEnabled()
    asked.column_box.setCurrentIndex(2)
    reads_it(operator, asked)

    assert unanswered == (None, False)
    assert operator.recipients.phones[0] == "+380671112233"
