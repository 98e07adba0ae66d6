"""The first rows of a file: a person who has no phone, a letterhead that has one."""

from pathlib import Path

import pytest

from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.engine.tables.check import check_report
from cascade_desktop.engine.tables.child import read_in_child
from cascade_desktop.engine.tables.grid import ReadChoice
from cascade_desktop.ui.wording_reading import say_reading

A, B = "+380501112233", "+380672223344"
FIRST = "Олена;-;Суми\nПетро;0501112233;Київ\nІван;0672223344;Львів\n"
ABOVE = "Наш салон;0501112299\nІм’я;Телефон\nПетро;0501112233\nІван;0672223344\n"


@pytest.mark.parametrize(
    ("text", "rows", "header_row", "told"),
    [
        pytest.param(FIRST, [1, 2, 3], None, "Row 1 (“Олена”, “-”, “Суми”) has no", id="first"),
        pytest.param(ABOVE, [3, 4], 2, "Row 1 (“Наш салон”, “0501112299”) has a", id="above"),
    ],
)
def test_what_may_be_a_person_is_asked_and_the_others_are_proposed(
    tmp_path: Path, text: str, rows: list[int], header_row: int | None, told: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")

    table = read_in_child(path, ReadChoice())
    report = check_report(table, read_recipients(table, Choice()), say_reading)

    assert (list(table.row_numbers), table.source.header_row) == (rows, header_row)
    assert (report["status"], report["code"]) == ("ask", "HEADER_ROW")
    assert report["phones"] == [A, B]
    assert told in report["message"]


@pytest.mark.parametrize(("text", "answer", "rows"), [(FIRST, 1, [2, 3]), (ABOVE, 0, [1, 2, 3, 4])])
def test_an_answer_settles_it(tmp_path: Path, text: str, answer: int, rows: list[int]) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")

    table = read_in_child(path, ReadChoice(header_row=answer))
    found = read_recipients(table, Choice(phone_column=1))

    assert (list(table.row_numbers), table.source.doubtful_row) == (rows, None)
    assert isinstance(found, Recipients)
    assert len(found.verdicts) == len(rows)
