"""How a list was understood is changed, remembered, and told when it comes again."""

from collections.abc import Callable
from pathlib import Path

from operator_at_work import Operator

from cascade_desktop.core.drafts import Kind
from cascade_desktop.ui.reading_dialog import ReadingDialog

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


def test_consent_is_used_once_the_operator_says_so(tmp_path: Path, hire: Hire) -> None:
    path = tmp_path / "klienty.csv"
    path.write_text(TWO.replace(";Телефон", ";Примітка"), encoding="utf-8")
    operator = hire()
    operator.chooses(Kind.PROMO)
    operator.opens(path)
    card = operator.window.compose.recipients_card
    operator.signs("Shop")
    operator.writes("Sale")
    offered = card.consent_words.html
    all_of_them = operator.recipients.counts.ready

    card.consent_words.link_clicked.emit("3")
    drafts = operator.program.drafts
    operator.waits_until(
        lambda: drafts.current is not None and drafts.current.prepared.composition.unagreed
    )

    assert "Згода" in offered
    assert (all_of_them, operator.recipients.choice.consent_column) == (3, 3)
    assert drafts.current is not None
    assert drafts.current.prepared.composition.rows == (0,)


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
