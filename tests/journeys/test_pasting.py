"""Numbers that are pasted: every line has a verdict, and what is not clear is asked."""

import pytest
from operator_at_work import Operator

from cascade_desktop.core.questions import QuestionCode
from cascade_desktop.core.recipients import Verdict
from cascade_desktop.ui.paste_dialog import PasteDialog
from cascade_desktop.ui.wording_offers import Answer, Wish, card_offers

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
ROWS = "Олена\t-\nПетро\t050 111 22 33\nІван\t067 111 22 33\n"


def paste(operator: Operator, text: str) -> None:
    seen: list[object] = []
    lists = operator.program.lists
    for signal in (lists.changed, lists.failed):
        signal.connect(seen.append)
    operator.window.compose.paste_wanted.emit()
    dialog = operator.program.list_flow.dialog
    assert isinstance(dialog, PasteDialog)
    dialog.text_edit.setPlainText(text)
    operator.presses(dialog.use_button)
    operator.waits_until(lambda: seen)


def answer(operator: Operator, wish: Wish) -> Answer:
    lists = operator.program.lists
    (offer,) = card_offers(operator.recipients, None, lists.questions)
    wanted = next(one for one in offer.answers if one.wish is wish)
    operator.window.compose.recipients_card.answered.emit(offer, wanted)
    return wanted


def test_a_first_person_without_a_phone_is_there_until_somebody_says_it_is_none(
    operator: Operator,
) -> None:
    paste(operator, ROWS)
    first = operator.recipients

    answer(operator, Wish.HEADER)
    operator.waits_until(lambda: len(operator.recipients.table) == 2)

    assert list(first.verdicts) == [Verdict.TO_FIX, Verdict.READY, Verdict.READY]
    assert operator.recipients.table.names == ("Олена", "-")
    assert not operator.program.lists.questions


def test_a_chat_is_read_line_by_line(operator: Operator) -> None:
    paste(operator, "1. Олена 050 111 22 33\n2. +380671112233\n3. немає\n")

    assert list(operator.recipients.verdicts) == [Verdict.TO_FIX, Verdict.READY, Verdict.TO_FIX]
    assert QuestionCode.HEADER_ROW not in {one.code for one in operator.program.lists.questions}


def test_nothing_but_separators_is_told(operator: Operator) -> None:
    paste(operator, ";;;\n,")

    assert operator.program.lists.recipients is None
