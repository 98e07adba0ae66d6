"""The figures of all rows follow the keys; what was counted for an older text never shows."""

import threading
from pathlib import Path

from fingers import Keys
from operator_at_work import Operator

from cascade_desktop.core.composition import compose
from cascade_desktop.core.drafts import Kind, Transaction
from cascade_desktop.core.sms_summary import summarise


def open_list(operator: Operator, folder: Path) -> None:
    """Open a list of people with names from short to long."""
    rows = (f"05011{number:05d};{'я' * (number % 60 + 1)}" for number in range(600))
    path = folder / "people.csv"
    path.write_text("Phone;Name\n" + "\n".join(rows), encoding="utf-8")
    operator.chooses(Kind.TRANSACTION)
    operator.opens(path)
    operator.form.text_field.edit.setFocus()


def test_typed_with_the_keyboard_the_sentence_is_that_of_all_rows(
    operator: Operator, keys: Keys, tmp_path: Path
) -> None:
    open_list(operator, tmp_path)

    keys.type("Hi {Name}, see you tomorrow at noon!")
    drafts = operator.program.drafts
    operator.waits_until(lambda: drafts.current is not None)

    draft = Transaction("", operator.form.text_field.text)
    law = summarise(draft, compose(draft, operator.recipients))
    assert drafts.current is not None
    assert drafts.current.sms == law
    assert law.histogram == ((1, 400), (2, 200))
    said = operator.form.sms_count.sentence.text()
    assert "1 per person, 2 for 200 people" in said
    assert "Shorten by 20 characters and everybody gets 1." in said


def test_an_older_count_never_shows_over_a_newer_one(
    operator: Operator, keys: Keys, tmp_path: Path
) -> None:
    open_list(operator, tmp_path)
    drafts = operator.program.drafts
    operator.waits_until(lambda: drafts.current is not None)
    told: list[str] = []
    drafts.composed.connect(lambda one: told.append(one.prepared.campaign.draft.text))
    gate = threading.Event()
    operator.program.tasks.spawn(drafts._worker.run(gate.wait))

    for sign in "ab":
        keys.type(sign)
        operator.waits_until(lambda: not drafts._timer.isActive())
    gate.set()
    operator.waits_until(lambda: told)

    assert told == ["ab"]
