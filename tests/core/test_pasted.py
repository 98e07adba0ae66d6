"""What people really paste: cells, columns, chats, lists in a text; every line is somewhere."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cascade_desktop.core.pasted import MOST_LINES, Pasted, table_from_text
from cascade_desktop.core.reading_problems import FileFault, FileProblem
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.table import Table

ONE, TWO, THREE = "0501112233", "0671112233", "0931112233"
CASES = [
    pytest.param("050 111 22 33", [("050 111 22 33",)], id="one number"),
    pytest.param("0501112233\n0671112233\n", [("0501112233",), ("0671112233",)], id="lines"),
    pytest.param("0501112233, 0671112233", [("0501112233",), ("0671112233",)], id="commas"),
    pytest.param("0501112233;\r\n\r\n0671112233", [("0501112233",), ("0671112233",)], id="mixed"),
    pytest.param("A\t0501112233\nB\t067", [("A", "0501112233"), ("B", "067")], id="cells"),
    pytest.param('"A\nB"\t0501112233', [("A\nB", "0501112233")], id="a line break in a cell"),
    pytest.param("A\t0501112233\nB", [("A", "0501112233"), ("B", "")], id="ragged"),
    pytest.param(f'{ONE}\t"A\n{TWO}\tB\n', [(ONE, '"A'), (TWO, "B")], id="a quotation mark alone"),
    pytest.param(f'"A\t{ONE}\n"B\t{TWO}', [('"A', ONE), ('"B', TWO)], id="two of them"),
    pytest.param(f'{ONE}\t"A ""B"""', [(ONE, 'A "B"')], id="quotation marks in quotes"),
    pytest.param(f"{ONE}\t\r\n\t{TWO}\t", [(ONE, "", ""), ("", TWO, "")], id="empty cells"),
    pytest.param(f"{ONE}\t" + "y" * 90_000, [(ONE, "y" * 90_000)], id="a cell without an end"),
    pytest.param(f'"A\tB"\t{ONE}', [("A\tB", ONE)], id="a tab in a cell"),
    pytest.param(f"A\t{ONE}\rB\t{TWO}\r", [("A", ONE), ("B", TWO)], id="line ends of old Macs"),
    pytest.param(f"A\t{ONE}\t\t\nB\t{TWO}\t\t", [("A", ONE, "", ""), ("B", TWO, "", "")], id="tab"),
    pytest.param(f"A\t{ONE}\n\t{TWO}", [("A", ONE), ("", TWO)], id="a merged cell's rest"),
    pytest.param(f"{ONE}\v{TWO}\u2028{THREE}", [(ONE,), (TWO,), (THREE,)], id="lines of Word"),
    pytest.param(f"1. {ONE}\n2. {TWO}\n3.{THREE}", [(ONE,), (TWO,), (THREE,)], id="counted"),
    pytest.param(f"7) {ONE}\n8) {TWO}", [(ONE,), (TWO,)], id="counted from seven"),
    pytest.param(f"• {ONE}\n– {TWO}", [(ONE,), (TWO,)], id="bullets"),
    pytest.param(f"{ONE} {TWO} +380931112233", [(ONE,), (TWO,), ("+380931112233",)], id="blanks"),
    pytest.param(f"Олена;{ONE}\nПетро;{TWO}", [("Олена", ONE), ("Петро", TWO)], id="a text file"),
    pytest.param(f"Олена, {ONE}\nПетро, {TWO}", [("Олена", ONE), ("Петро", TWO)], id="name, phone"),
    pytest.param(f"Оля {ONE}, Петро {TWO}", [(f"Оля {ONE}",), (f"Петро {TWO}",)], id="a sentence"),
    pytest.param(f"{ONE}, після обіду", [(f"{ONE}, після обіду",)], id="a note with a comma"),
    pytest.param(f"38{ONE},0\n38{TWO},0", [(f"38{ONE},0",), (f"38{TWO},0",)], id="decimals"),
    pytest.param(f"{ONE};\n{TWO};\n", [(ONE,), (TWO,)], id="a separator at each end"),
    pytest.param(f"Олена {ONE}\nПетро {TWO}", [(f"Олена {ONE}",), (f"Петро {TWO}",)], id="chat"),
    pytest.param(f"<b>{ONE}</b>", [(f"<b>{ONE}</b>",)], id="tags"),
    pytest.param(f"\u200f{ONE}\u202c\n\u00a0{TWO}", [(f"\u200f{ONE}\u202c",), (TWO,)], id="marks"),
    pytest.param("050\x001112233\ud800", [("0501112233?",)], id="broken signs"),
    pytest.param("немає", [("немає",)], id="no number at all"),
]  # fmt: skip


def read(text: str) -> Table:
    table = table_from_text(text, "typed")
    assert isinstance(table, Table)
    return table


@pytest.mark.parametrize(("text", "rows"), CASES)
def test_every_pasted_cell_has_its_place(text: str, rows: list[tuple[str, ...]]) -> None:
    table = read(text)

    assert [table.row(index) for index in range(len(table))] == rows
    assert tuple(table.row_numbers) == tuple(range(1, len(rows) + 1))


def test_pasted_names_of_columns_are_names() -> None:
    table = read("Name\tPhone\nA\t0501112233\nB\t0671112233")

    assert table.names == ("Name", "Phone")
    assert tuple(table.row_numbers) == (2, 3)
    assert table.source.header_row == 1


def test_a_first_person_without_a_phone_is_pasted_too() -> None:
    text = f"Олена\t-\nПетро\t{ONE}\nІван\t{TWO}"
    asked = read(text)
    answered = Pasted(text, "typed", header_row=1).table()

    assert (len(asked), asked.source.doubtful_row) == (3, 1)
    assert isinstance(answered, Table)
    assert (answered.names, len(answered), answered.source.doubtful_row) == (
        ("Олена", "-"),
        2,
        None,
    )


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        pytest.param("1. Олена +380501112233\n2. Петро 067 111 22 33", [], id="names before"),
        pytest.param("4. 0731112233\n5. 0671112233", ["+380731112233", "+380671112233"], id="4."),
        pytest.param("[23.11.2026 13:52] Олена: 0501112233", [], id="a chat's date"),
        pytest.param("0501112233 / 0671112233", [], id="two numbers"),
        pytest.param("\u202a+380\u00a050\u00a01112233\u202c", ["+380501112233"], id="from the web"),
        pytest.param("+380501112233 моб.", ["+380501112233"], id="a label"),
    ],
)
def test_only_a_number_alone_is_messaged_and_the_rest_is_told(text: str, phones: list[str]) -> None:
    found = read_recipients(read(text), Choice())

    assert isinstance(found, Recipients)
    assert [found.phones[row] for row in found.ready] == phones
    assert len(found.problems) + len(found.ready) == len(found.table)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("", FileFault.NO_ROWS, id="nothing"),
        pytest.param(" \n\t\n \r\n", FileFault.NO_ROWS, id="blanks"),
        pytest.param(";;,\n,", FileFault.NO_ROWS, id="separators"),
        pytest.param("Name\tPhone\n", FileFault.NO_ROWS, id="only names"),
        pytest.param("x\n" * (MOST_LINES + 2), FileFault.TOO_MUCH_PASTED, id="lines"),
        pytest.param("xy\n" * 700_000, FileFault.TOO_MUCH_PASTED, id="a million"),
        pytest.param("x" * 100_001, FileFault.TOO_MUCH_PASTED, id="signs"),
        pytest.param("\t" * 20_000 + ONE, FileFault.TOO_MANY_COLUMNS, id="columns"),
        pytest.param(f"{ONE}\n" * 5000 + "\t" * 2000, FileFault.TOO_MANY_COLUMNS, id="cells"),
    ],
)
def test_what_is_no_list_is_a_sentence(text: str, fault: FileFault) -> None:
    table = table_from_text(text, "typed")

    assert isinstance(table, FileProblem)
    assert table.fault is fault


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet='ab1,;"\t\n\r\v 0', max_size=60))
def test_no_letter_or_digit_of_a_text_is_lost(text: str) -> None:
    table = Pasted(text, "typed", header_row=0).table()

    if isinstance(table, Table):
        cells = "".join("".join(table.row(row)) for row in range(len(table)))
        kept = [sign for sign in cells if sign in "ab10"]
        assert sorted(kept) == sorted(sign for sign in text if sign in "ab10")
    else:
        assert not text.strip(' ,;"\t\n\r\v')
